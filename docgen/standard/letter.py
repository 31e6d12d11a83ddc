"""The letter format 信函格式 (clause 10.1), as which 函 are sent: a template of it is declared, then built."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.standard import package, page
from docgen.standard.blocks import document_end
from docgen.standard.drawing import lower_rule
from docgen.standard.elements import Align
from docgen.standard.look import STANDARD, Look, PageNumbers
from docgen.standard.ooxml import paragraph, properties, w
from docgen.standard.parts import Part, Slot, join
from docgen.standard.styles import styles


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


def build(letter: Letter, look: Look = STANDARD) -> bytes:
    """Return the letter's template as a .docx; equal declarations and looks give equal bytes."""
    end = "" if isinstance(letter.parts[-1], Slot) else document_end()
    body = join(letter.parts) + end + _section(look)
    dashes = look.page_numbers is PageNumbers.DASHED
    numbered = (package.page_number(side, dashes=dashes) for side in (Align.RIGHT, Align.LEFT))
    footers = (paragraph("PageNumber", lower_rule()), *numbered)
    looks = styles(look.faces, line=look.line)
    return package.make(package.Content(body, looks, look.faces, footers, letter.title, letter.author))


def _section(look: Look) -> str:
    footers = {"even": package.EVEN_FOOTER, "default": package.ODD_FOOTER, "first": package.FIRST_FOOTER}
    references = "".join(
        f'<w:footerReference w:type="{kind}" r:id="{identifier}"/>' for kind, identifier in footers.items()
    )
    margins = {"top": look.top, "right": page.RIGHT, "bottom": look.bottom, "left": page.LEFT}
    others = {"header": page.TOP * 0.5, "footer": page.FOOTER_DISTANCE, "gutter": page.TOP * 0}
    return properties(
        "sectPr",
        references,
        w("pgSz", w=page.PAGE_WIDTH.twips, h=page.PAGE_HEIGHT.twips),
        w("pgMar", **{side: room.twips for side, room in (margins | others).items()}),
        w("cols", space=0),
        w("titlePg"),
        w("docGrid", type="lines", linePitch=look.line.twips),
    )
