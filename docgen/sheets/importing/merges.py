"""Cells of a list whose value stands elsewhere: merged over rows or with a cell at the left, or beside their head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from docgen.dataclass import dataclass
from docgen.sheets.opening.grid import Grid, Merged
from docgen.sheets.reading.cell_texts import is_blank


@dataclass(frozen=True)
class Merges:
    """What merged cells of a sheet say.

    Args:
        grid: the sheet.
        columns: those that are read, from 0.
        heads: the rows of the heads, from 0.
    """

    grid: Grid
    columns: frozenset[int]
    heads: range

    def cells(self, column: int, rows: Sequence[int]) -> list[tuple[int, Any]]:
        """Return the cells of a column that hold anything, each merged area once, with their rows."""
        found: list[tuple[int, Any]] = []
        for number in rows:
            value = self.grid.rows[number][column]
            if is_blank(value):
                value = self._at_the_left(column, number) or self._below_the_head(column, number)
            if not is_blank(value) and not (found and self.goes_on(column, number)):
                found.append((number, value))
        return found

    def goes_on(self, column: int, number: int) -> bool:
        """Whether a cell is merged with the one above it."""
        return (number, column) in self._below

    def _at_the_left(self, column: int, number: int) -> Any:
        """Return the value of a cell that is merged with one at its left whose column is not read."""
        areas = self._wide.get(number, ())
        area = next((each for each in areas if each[0][1] < column <= each[1][1]), None)
        if area is None or area[0][1] in self.columns:
            return None
        return self.grid.rows[area[0][0]][area[0][1]]

    def _below_the_head(self, column: int, number: int) -> Any:
        """Return what stands further right below a head that is merged over several columns."""
        line = self.grid.rows[number]
        places = range(column + 1, self._last.get(column, column) + 1)
        return next((line[each] for each in places if not is_blank(line[each])), None)

    @cached_property
    def _below(self) -> set[tuple[int, int]]:
        areas = ((left, range(top + 1, bottom + 1)) for (top, left), (bottom, _) in self.grid.merged)
        return {(row, column) for column, rows in areas for row in rows}

    @cached_property
    def _wide(self) -> Mapping[int, Sequence[Merged]]:
        """Return the areas wider than a column, by each of their rows."""
        found: dict[int, list[Merged]] = {}
        for each in self.grid.merged:
            (top, left), (bottom, right) = each
            for row in range(top, bottom + 1) if right > left else ():
                found.setdefault(row, []).append(each)
        return found

    @cached_property
    def _last(self) -> Mapping[int, int]:
        """Return the last column below each head that is wider than one, by the first, where no other is read."""
        return {
            left: right
            for (top, left), (bottom, right) in self.grid.merged
            if top in self.heads
            and bottom == self.heads[-1]
            and not any(left < each <= right for each in self.columns)
        }
