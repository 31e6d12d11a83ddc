"""The heads of a list of any shape: one to three rows, parents merged over their columns, words split down.

A merged area says the same in all its cells; what stands one below the other in a column is read as one head.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.names import plain
from docgen.sheets.addresses import column_letters
from docgen.sheets.faults import as_written
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.extra import BRACKETS

SEARCHED: Final = 30
MOST_ROWS: Final = 3


@lru_cache(4096)
def compared(text: str) -> str:
    """Return a head as it is compared: without brackets, marks of required columns and white space."""
    return plain(BRACKETS.sub("", text))


@dataclass(frozen=True)
class Head:
    """What stands above a column, from the top down, each part once; `column` is counted from 0."""

    column: int
    parts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Return the head as a message shows it."""
        return " / ".join(self.parts)

    @property
    def letters(self) -> str:
        """Return the letters of the column."""
        return column_letters(self.column)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the parts as they are compared: without brackets, marks and white space."""
        return tuple(filter(None, map(compared, self.parts)))


@dataclass(frozen=True)
class Block:
    """The rows of heads of a sheet, from `top` to `bottom`, counted from 0."""

    top: int
    bottom: int
    heads: tuple[Head, ...]


def find_block(grid: Grid, known: Callable[[Head], Hashable]) -> Block | None:
    """Return the rows that hold most of the heads that are known, in the first 30 rows; None where less than two are.

    Args:
        grid: the sheet.
        known: what a head is known as beyond doubt, each once; None for one that is not.
    """
    best: tuple[int, Block] | None = None
    for block in blocks(grid):
        score = len({found for each in block.heads if (found := known(each)) is not None})
        if score >= 2 and (best is None or score > best[0]):
            best = (score, block)
    return best[1] if best else None


def blocks(grid: Grid) -> Iterator[Block]:
    """Yield what may be the rows of heads: one to three of them, as merged areas allow, from each of the first 30."""
    rows = _spread(grid)
    for top in range(min(SEARCHED, len(rows))):
        if any(first < top <= last for (first, _), (last, _) in grid.merged):
            continue
        merged = max((last for (first, _), (last, _) in grid.merged if first == top), default=top)
        lowest = min(top + MOST_ROWS, len(rows)) - 1
        bottoms = [merged] if top < merged <= lowest else range(top, lowest + 1)
        for bottom in bottoms:
            covered = {
                column
                for (first, left), (last, right) in grid.merged
                for column in range(left + 1, right + 1)
                if first <= bottom <= last
            }
            yield Block(top, bottom, tuple(_heads(rows[top : bottom + 1], covered)))


def _heads(rows: Sequence[Sequence[str]], covered: Collection[int]) -> Iterator[Head]:
    """Yield the heads; columns whose lowest part is merged with one at their left have none of their own."""
    for column, said in enumerate(zip(*rows, strict=True)):
        parts = tuple(dict.fromkeys(filter(None, said)))
        if parts and column not in covered:
            yield Head(column, parts)


def _spread(grid: Grid) -> list[list[str]]:
    """Return the words of the first rows, without white space, those of each merged area in all its cells."""
    rows = [list(each) for each in grid.rows[: SEARCHED + MOST_ROWS]]
    for (top, left), (bottom, right) in grid.merged:
        if top < len(rows) and left < len(rows[top]) and not is_blank(rows[top][left]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return [["".join(as_written(cell).split()) for cell in row] for row in rows]
