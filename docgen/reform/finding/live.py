"""The lines and tables of a draft that say something, by their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.dataclass import dataclass
from docgen.reform.draft import Block, Line


@dataclass(frozen=True)
class Live:
    """The blocks of a draft that are not blank."""

    blocks: Sequence[Block]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.blocks)

    def line(self, place: int, end: int | None = None) -> Line | None:
        """Return the line at a place before an end; None for a table, and beyond the ends."""
        last = len(self.blocks) if end is None else end
        block = self.blocks[place] if 0 <= place < last else None
        return block if isinstance(block, Line) else None

    def lines(self, start: int, end: int) -> Iterator[tuple[int, Line]]:
        """Yield the lines between two places, each with its own."""
        for place in range(start, end):
            line = self.line(place)
            if line is not None:
                yield place, line
