"""Sections of a document: the upright pages, pages that lie across (横排), and pages without numbers."""

from __future__ import annotations

from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build.drawing import Box, lower_rule, text_box
from docgen.standard.build.elements import END, Align
from docgen.standard.build.ooxml import paragraph, properties, w
from docgen.standard.build.package import page_number
from docgen.standard.build.parts import Part, When, Xml, join
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE
from docgen.standard.measures.look import STANDARD, Look, PageNumbers

# The footers of a letter, and of every other form, in the order of the package; their identifiers.
LETTER_FIRST: Final = "rId4"
LETTER_ODD: Final = "rId5"
LETTER_EVEN: Final = "rId6"
LETTER_ACROSS_ODD: Final = "rId7"
LETTER_ACROSS_EVEN: Final = "rId8"
ODD: Final = "rId4"
EVEN: Final = "rId5"
ACROSS_ODD: Final = "rId6"
ACROSS_EVEN: Final = "rId7"
BARE: Final = "rId8"
_ODD_BOX: Final = 91
_EVEN_BOX: Final = 92


def footers(look: Look = STANDARD) -> tuple[str, ...]:
    """Return the footers' contents: odd and even pages, odd and even pages that lie across, pages without number."""
    odd, even = _numbered(look)
    across = _side_number(_ODD_BOX, odd), _side_number(_EVEN_BOX, even)
    return odd, even, *across, paragraph("PageNumber")


def letter_footers(look: Look = STANDARD, *, lying: bool = False) -> tuple[str, ...]:
    """Return the footers' contents of a letter: page 1 with the lower rule, odd and even pages.

    With `lying` also those of odd and even pages that lie across.
    """
    upright_ = _numbered(look)
    across_ = footers(look)[2:4] if lying else ()
    return paragraph("PageNumber", lower_rule()), *upright_, *across_


def _numbered(look: Look) -> tuple[str, str]:
    dashes = look.page_numbers is PageNumbers.DASHED
    return page_number(Align.RIGHT, dashes=dashes), page_number(Align.LEFT, dashes=dashes)


def upright(look: Look = STANDARD) -> str:
    """Return the section properties of upright pages of 22 lines by 28 characters (5.2)."""
    return _upright(references(ODD, EVEN), look)


def letter(look: Look = STANDARD) -> str:
    """Return the section properties of a letter, whose page 1 has a footer of its own (10.1)."""
    first = f'<w:footerReference w:type="first" r:id="{LETTER_FIRST}"/>'
    return _upright(references(LETTER_ODD, LETTER_EVEN) + first, look, w("titlePg"))


def _upright(footers_meant: str, look: Look, *more: str) -> str:
    sides = {"top": look.top, "right": page.RIGHT, "bottom": look.bottom, "left": page.LEFT}
    others = {"header": page.TOP * 0.5, "footer": page.FOOTER_DISTANCE, "gutter": NONE}
    return properties(
        "sectPr",
        footers_meant,
        w("pgSz", w=page.PAGE_WIDTH.twips, h=page.PAGE_HEIGHT.twips),
        w("pgMar", **{side: room.twips for side, room in (sides | others).items()}),
        w("cols", space=0),
        *more,
        w("docGrid", type="lines", linePitch=look.line.twips),
    )


def across(odd: str = ACROSS_ODD, even: str = ACROSS_EVEN) -> str:
    """Return the section properties of pages that lie across: the upright page turned, its left side on top (7.3.7).

    Held upright again, the head of a table stands at the left, the text area and the number where they always are.
    There is no grid: LibreOffice would put half of what its lines leave over, 1.4 mm, above the first.
    """
    sides = {"top": page.LEFT, "right": page.TOP, "bottom": page.RIGHT, "left": page.BOTTOM}
    others = {"header": page.LEFT * 0.5, "footer": page.RIGHT * 0.5, "gutter": NONE}
    return properties(
        "sectPr",
        references(odd, even),
        w("pgSz", w=page.PAGE_HEIGHT.twips, h=page.PAGE_WIDTH.twips, orient="landscape"),
        w("pgMar", **{side: room.twips for side, room in (sides | others).items()}),
        w("cols", space=0),
    )


def references(odd: str, even: str) -> str:
    """Return the references of a section to its footers."""
    return "".join(
        f'<w:footerReference w:type="{kind}" r:id="{identifier}"/>'
        for kind, identifier in (("even", even), ("default", odd))
    )


def ends(section: str) -> str:
    """Return a paragraph without room that ends a section of such properties."""
    return paragraph(END.id, layout=(section,))


@dataclass(frozen=True)
class Landscape:
    """Parts on pages that lie across, for tables too wide for upright ones; what follows begins a new upright page.

    The first part should be an `AnnexHead`. `columns` of tables may be 225 mm wide together.

    Args:
        parts: What stands on the pages.
        look: The settings.
        letter: Whether the document is a letter.
        unless: A condition of the template engine: where it holds, the pages before lie across themselves.
    """

    parts: tuple[Part, ...]
    look: Look = STANDARD
    letter: bool = False
    unless: str = ""

    def xml(self) -> str:
        """Return the parts between the ends of the section before them and of their own."""
        opening = ends(letter(self.look) if self.letter else upright(self.look))
        if self.unless:
            opening = When(f"not ({self.unless})", (Xml(opening),)).xml()
        own = across(LETTER_ACROSS_ODD, LETTER_ACROSS_EVEN) if self.letter else across()
        return opening + join(self.parts) + ends(own)


def _side_number(number: int, content: str) -> str:
    """Return a footer whose number stands at the side of a page that lies across, turned with the page."""
    thickness = page.PAGE_NUMBER_LINE
    # The page's left side is the upright page's foot: its footer's line begins so far from the edge.
    box = Box(page.FOOTER_DISTANCE, page.LEFT, thickness, page.TEXT_WIDTH)
    return paragraph("PageNumber", text_box(number, "横排页码", box, content, turned=True))
