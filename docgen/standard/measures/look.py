"""The settings of a workspace's documents: faces, margins, the mark's size, page numbers, where the 版记 lies.

What is not set is as the standard has it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.measures import page
from docgen.standard.measures.fonts import GB2312, Faces
from docgen.standard.measures.lengths import Length


class Margins(StrEnum):
    """How the 37 mm above the text area are read: to the first line's box, or to its ink."""

    NOMINAL = "nominal"
    INK = "ink"


class PageNumbers(StrEnum):
    """How a page's number looks: `— 1 —` as clause 7.5 has it, or bare."""

    DASHED = "dashed"
    PLAIN = "plain"


@dataclass(frozen=True)
class Look:
    """The look of a set of documents.

    Args:
        faces: The fonts.
        margins: The reading of the margins (5.2.1). `INK` moves the text up by 3.8 mm and widens its lines, so that
            the ink itself fills the text area.
        even_last_page: Whether the 版记 lies on an even page, the back of the last leaf.
        mark_size: The mark's type size where the organ's name is short enough (7.2.4 leaves it free).
        page_numbers: How page numbers look.
        keep: Words that the lines of titles do not part.
    """

    faces: Faces = GB2312
    margins: Margins = Margins.NOMINAL
    even_last_page: bool = True
    mark_size: Length = page.MARK_SIZE
    page_numbers: PageNumbers = PageNumbers.DASHED
    keep: tuple[str, ...] = ()

    @property
    def line(self) -> Length:
        """Return the height of a line of text."""
        return page.INK_LINE if self.margins is Margins.INK else page.LINE

    @property
    def top(self) -> Length:
        """Return the margin above the first line's box."""
        return page.INK_TOP if self.margins is Margins.INK else page.TOP

    @property
    def bottom(self) -> Length:
        """Return the margin below the last line's box."""
        return page.INK_BOTTOM if self.margins is Margins.INK else page.BOTTOM


STANDARD: Final = Look()
