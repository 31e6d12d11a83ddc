"""The letter format 信函格式 (clause 10.1), as which 函 are sent: a template of it is declared, then built."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.standard import package, page
from docgen.standard.blocks import document_end
from docgen.standard.fonts import GB2312, Faces
from docgen.standard.ooxml import properties, w
from docgen.standard.parts import Part, Slot, join


@dataclass(frozen=True)
class Letter:
    """A template in letter format.

    Args:
        parts: From the mark's slot to that of the 版记, in the order of the page. A slot at the end must be filled
            with at least one paragraph, as `letter_copies` does.
        title: The document's title in its properties; may hold tags.
        author: Its author in its properties; may hold tags.
    """

    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""


def build(letter: Letter, faces: Faces = GB2312) -> bytes:
    """Return the letter's template as a .docx; equal declarations give equal bytes."""
    end = "" if isinstance(letter.parts[-1], Slot) else document_end()
    body = join(letter.parts) + end + _section()
    return package.letter_package(body, letter.title, letter.author, faces)


def _section() -> str:
    footers = {"even": package.EVEN_FOOTER, "default": package.ODD_FOOTER, "first": package.FIRST_FOOTER}
    references = "".join(
        f'<w:footerReference w:type="{kind}" r:id="{identifier}"/>' for kind, identifier in footers.items()
    )
    margins = {"top": page.TOP, "right": page.RIGHT, "bottom": page.BOTTOM, "left": page.LEFT}
    others = {"header": page.TOP * 0.5, "footer": page.FOOTER_DISTANCE, "gutter": page.TOP * 0}
    return properties(
        "sectPr",
        references,
        w("pgSz", w=page.PAGE_WIDTH.twips, h=page.PAGE_HEIGHT.twips),
        w("pgMar", **{side: room.twips for side, room in (margins | others).items()}),
        w("cols", space=0),
        w("titlePg"),
        w("docGrid", type="lines", linePitch=page.PAGE_GRID.twips),
    )
