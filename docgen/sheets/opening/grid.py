"""A worksheet as rows of values, and what is done to them before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.sheets.addresses import address_of, row_number
from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.opening.marked import UNMARKED, Marked

LONGEST_TEXT: Final = 32_767
"""Characters of a cell, the most that Excel and WPS allow."""
BETWEEN: Final = "\x1f"
"""Stands between the cells of a row written as one text; no cell can hold it."""
Rows = list[list[Any]]
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """One worksheet as rows of values from A1 on, cells merged downward filled with their value.

    `formulas` gives the formula (without =) of each cell address that holds one, `errors` the error values
    (#N/A), `long` the lengths of texts longer than a cell can be; these two stand as blanks in `rows`. `day_zero` is
    the day from which plain numbers count days, `marked` the rows that are hidden or struck through, `merged` the areas
    whose cells are one, first and last cell by row and column from 0 (`counted_areas`).
    """

    name: str
    rows: Rows
    formulas: Mapping[str, str]
    errors: Mapping[str, str]
    long: Mapping[str, int] = field(default_factory=dict)
    day_zero: date = DAY_ZERO
    marked: Marked = UNMARKED
    merged: tuple[Merged, ...] = ()

    def is_special(self, cell: str) -> bool:
        """Whether a cell holds a formula, an error value, or a text too long or struck through in part."""
        return any(cell in each for each in (self.formulas, self.errors, self.long, self.marked.partly))


def counted_areas(merged: Iterable[Merged], rows: Rows) -> tuple[Merged, ...]:
    """Return merged areas as far as there are cells, in order of rows.

    A cell belongs to one area at most. Where a file says otherwise, the first of those that begin in a column counts,
    and none that begins within it.
    """
    last, width = len(rows) - 1, len(rows[0]) if rows else 0
    ends: dict[int, int] = {}
    found: list[Merged] = []
    for (top, left), (bottom, right) in sorted(set(merged)):
        if left < width and ends.get(left, -1) < top <= last:
            ends[left] = min(bottom, last)
            found.append(((top, left), (ends[left], min(right, width - 1))))
    return tuple(found)


def fill_merged(rows: Rows, merged: Iterable[Merged]) -> None:
    """Repeat the value of cells merged downward; what is merged to the right stays in its first column."""
    for (top, left), (bottom, _) in counted_areas(merged, rows):
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]


def take_out_long(rows: Rows) -> dict[str, int]:
    """Blank the texts that no spreadsheet program lets a cell hold, and return their lengths by address."""
    long = {
        (line, column): len(value)
        for line, row in enumerate(rows)
        for column, value in enumerate(row)
        if type(value) is str and len(value) > LONGEST_TEXT
    }
    for line, column in long:
        rows[line][column] = ""
    return {address_of(line, column): length for (line, column), length in long.items()}


def lengthen(rows: Rows, cells: Iterable[str]) -> None:
    """Add blank rows down to the last of some cells; those never calculated are not among the values."""
    last = max((row_number(each) for each in cells), default=0)
    width = len(rows[0]) if rows else 0
    rows += [[""] * width for _ in range(len(rows), last)]
