"""How many pages a document has, estimated on the grid of 22 lines by 28 characters, without a word processor.

Widths and line breaks are those of `lines.py`. What is kept with what follows goes to the next page with it. The
tests compare the estimate with LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final

from docgen.standard.build.flowing import Flowing
from docgen.standard.build.looks import Styles
from docgen.standard.build.reading import (
    Known,
    Stretch,
    Tables,
    stretches,
    stretches_again,
    stretches_of,
)
from docgen.standard.measures.lengths import Length, Twip

_TWO_ROWS: Final = 2


def pages(document: bytes) -> int:
    """Return how many pages a .docx that this package built will have."""
    return pages_of(list(stretches(document)))


def pages_of(items: Sequence[Stretch]) -> int:
    """Return how many pages stretches take."""
    return max((last for _, _, last in _laid(items)), default=1)


class Pages:
    """The pages of a body whose paragraphs change while it is asked; its tables do not, and are measured once.

    Args:
        body: The element `w:body`.
        styles: The looks of its styles.
    """

    def __init__(self, body: Any, styles: Styles) -> None:
        self.body, self.styles = body, styles
        self._tables: Tables = {}

    def flow(self) -> Iterator[Stretch]:
        """Yield what flows over the pages, as it is now."""
        return stretches_of(self.body, self.styles, self._tables)

    def laid(self) -> dict[Any, tuple[int, int]]:
        """Return on which page each paragraph and table begins, and on which it ends, by its element."""
        placed = _laid(list(self.flow()))
        return {stretch.node: (first, last) for stretch, first, last in placed if stretch.node is not None}

    def torn(self, until: Any = None) -> list[Any]:
        """Return the first elements of what holds together with tables that begin a page with their head and one row.

        A table of three rows or more should begin with its head and two, else on the next page. Each is found as if
        those before it had been moved.

        Args:
            until: The paragraph or table before which the last table in question stands; None for the body's end.
        """
        flow = _Flow(rows=_TWO_ROWS)
        ours = takewhile(lambda each: until is None or each.node is not until, self.flow())
        _laid(list(ours), flow)
        return flow.moved


def _laid(items: Sequence[Stretch], flow: _Flow | None = None) -> list[tuple[Stretch, int, int]]:
    flow = flow or _Flow()
    placed: list[tuple[Stretch, int, int]] = []
    at = 0
    while at < len(items):
        group = _group(items, at)
        placed += flow.lay(group)
        at += len(group)
    return placed


def height(flowing: Flowing, styles: Styles, known: Known) -> tuple[Length, Length]:
    """Return how high all that flows before the first page break is, and how high a page is that takes it.

    Args:
        flowing: The body.
        styles: The looks of its styles.
        known: What was measured before in these styles; takes what is measured now.
    """
    first, *others = stretches_again(flowing, styles, known)
    ours = takewhile(lambda each: not each.new_page, others)
    return Twip(sum(sum(each.heights) for each in ours)), Twip(first.capacity)


def _group(items: Sequence[Stretch], at: int) -> Sequence[Stretch]:
    """Return the stretches that hold together from a place on."""
    end = at
    while items[end].keep and end + 1 < len(items) and not items[end + 1].new_page:
        end += 1
    return items[at : end + 1]


@dataclass
class _Flow:
    """The page being filled: its number, its height and what is used of it, in twips.

    `rows` is how many rows of a table its first page must hold; `moved` gathers what went over for more than one.
    """

    page: int = 1
    capacity: int = 0
    used: int = 0
    rows: int = 1
    moved: list[Any] = field(default_factory=list)

    def lay(self, group: Sequence[Stretch]) -> list[tuple[Stretch, int, int]]:
        """Lay stretches that hold together; they begin a page together if they do not fit.

        Returns each with the page on which it begins and that on which it ends.
        """
        self._begin(group[0])
        if self.used and not self._fits(group, self.rows):
            if self._fits(group, 1):
                self.moved.append(group[0].node)
            self._turn()
        return [(stretch, *self._place(stretch)) for stretch in group]

    def _begin(self, stretch: Stretch) -> None:
        if stretch.new_page and (self.used or stretch.capacity):
            self._turn()
        if stretch.even and self.page % 2:
            self._turn()
        self.capacity = stretch.capacity or self.capacity

    def _fits(self, group: Sequence[Stretch], rows: int) -> bool:
        return self.used + _needed(group, rows) <= self.capacity

    def _place(self, stretch: Stretch) -> tuple[int, int]:
        self.used = max(self.used, stretch.reaches)
        first = 0
        for place, height in enumerate(stretch.heights):
            if self.used and self.used + height > self.capacity:
                self._turn()
                self.used = stretch.head if place else 0
            self.used += height
            first = first or self.page
        return first or self.page, self.page

    def _turn(self) -> None:
        self.page += 1
        self.used = 0


def _needed(group: Sequence[Stretch], rows: int) -> int:
    """Return the room stretches ask for on one page: all but the last whole, and of the last its first lines.

    Of a table these are its head and as many rows.
    """
    *held, last = group
    first = last.heights[: 1 + rows if last.head else 1]
    return sum(sum(each.heights) for each in held) + sum(first)
