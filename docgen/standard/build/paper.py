"""Papers of the office that are no official documents (ledgers, forms), made into a .docx.

They have the faces of the standard. Their pages are counted 第1页 共2页, and each says at its foot what paper it
belongs to, so that a loose page finds its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.standard.build import package, section
from docgen.standard.build.elements import END, FORM_ELEMENTS, PAGE_NUMBER, Element
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.styles import exact, size_of, styles
from docgen.standard.measures import page
from docgen.standard.measures.fonts import GB2312, Faces
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt

# Free by the standard, which has official documents in mind. The left is wider, because ledgers are bound there.
ACROSS_LEFT: Final = Mm(20)
ACROSS_RIGHT: Final = Mm(12)
ACROSS_TOP: Final = Mm(18)
ACROSS_BOTTOM: Final = Mm(18)
ACROSS_WIDTH: Final = page.PAGE_HEIGHT - ACROSS_LEFT - ACROSS_RIGHT
ACROSS_HEIGHT: Final = page.PAGE_WIDTH - ACROSS_TOP - ACROSS_BOTTOM
UPRIGHT_TOP: Final = Mm(24)
UPRIGHT_BOTTOM: Final = Mm(22)
UPRIGHT_HEIGHT: Final = page.PAGE_HEIGHT - UPRIGHT_TOP - UPRIGHT_BOTTOM
_FOOT_SIZE: Final = Pt(9)
_FOOT_LINE: Final = Pt(12)
_FOOT_DISTANCE: Final = Mm(9)


def upright(body: str, title: str, foot: str, faces: Faces = GB2312) -> bytes:
    """Return a .docx of upright pages, 156 mm wide as the standard's and 251 mm high within their margins.

    Args:
        body: The XML of its paragraphs and tables.
        title: The title in its properties.
        foot: What each page says at its foot, beside its number; one line.
        faces: The fonts.
    """
    return _made(body + _UPRIGHT, title, _footer(foot, page.TEXT_WIDTH), faces)


def across(
    body: str, title: str, foot: str, faces: Faces = GB2312, elements: Sequence[Element] = ()
) -> bytes:
    """Return a .docx of pages that lie across, 265 mm wide and 174 mm high within their margins.

    Args:
        body: The XML of its paragraphs and tables.
        title: The title in its properties.
        foot: What each page says at its foot, beside its number; one line.
        faces: The fonts.
        elements: The styles it uses beside those of forms.
    """
    return _made(body + _ACROSS, title, _footer(foot, ACROSS_WIDTH), faces, elements)


def _made(body: str, title: str, footer: str, faces: Faces, elements: Sequence[Element] = ()) -> bytes:
    looks = styles(faces, (*FORM_ELEMENTS, *elements))
    return package.make(package.Content(body, looks, faces, (footer, footer), title))


def _section(size: tuple[Length, Length], sides: dict[str, Length]) -> str:
    width, height = size
    others = {"header": _FOOT_DISTANCE, "footer": _FOOT_DISTANCE, "gutter": NONE}
    orient = {"orient": "landscape"} if width > height else {}
    return properties(
        "sectPr",
        section.references(section.ODD, section.EVEN),
        w("pgSz", w=width.twips, h=height.twips, **orient),
        w("pgMar", **{side: room.twips for side, room in (sides | others).items()}),
        w("cols", space=0),
    )


_UPRIGHT: Final = _section(
    (page.PAGE_WIDTH, page.PAGE_HEIGHT),
    {"top": UPRIGHT_TOP, "right": page.RIGHT, "bottom": UPRIGHT_BOTTOM, "left": page.LEFT},
)
_ACROSS: Final = _section(
    (page.PAGE_HEIGHT, page.PAGE_WIDTH),
    {"top": ACROSS_TOP, "right": ACROSS_RIGHT, "bottom": ACROSS_BOTTOM, "left": ACROSS_LEFT},
)


def _footer(words: str, width: Length) -> str:
    looks = (w("rFonts", hint="eastAsia"), *size_of(_FOOT_SIZE))
    stop = w("tabs", w("tab", val="right", pos=width.twips))
    pieces = (
        run(f"{words}\t第", *looks),
        w("fldSimple", run("1", *looks), instr=" PAGE "),
        run("页 共", *looks),
        w("fldSimple", run("1", *looks), instr=" NUMPAGES "),
        run("页", *looks),
    )
    return paragraph(PAGE_NUMBER.id, *pieces, layout=(stop, exact(_FOOT_LINE), w("jc", val="left")))


def end() -> str:
    """Return the last paragraph of a paper, which takes no room: Word wants one after a table."""
    return paragraph(END.id)
