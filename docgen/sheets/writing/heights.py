"""Row heights set for the text in them, because not every program finds them on opening."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from openpyxl.worksheet.worksheet import Worksheet

_LINE_HEIGHT: Final = 15  # points, for 11-point text
_TALLEST: Final = 400  # points; Excel takes no more than 409


def fit_height(sheet: Worksheet, row: int, cells: Iterable[tuple[Any, int]]) -> None:
    """Make a row as high as its longest text needs, because not every program does so on opening.

    Args:
        sheet: the sheet.
        row: the row.
        cells: values, each with the width of its column in characters.
    """
    sheet.row_dimensions[row].height = height_of(cells)


def height_of(cells: Iterable[tuple[Any, int]]) -> float:
    """Return how many points high a row has to be; `cells` as `fit_height` takes them."""
    lines = max((_lines(str(value), width - 1) for value, width in cells if value is not None), default=1)
    return min(lines * _LINE_HEIGHT + 5, _TALLEST)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of a width."""
    return sum(max(1, -(-_width(line) // width)) for line in text.split("\n"))


def _width(text: str) -> int:
    """Return the width of a text in Latin characters; a hanzi counts as two."""
    return sum(1 if unicodedata.east_asian_width(each) in ("N", "Na", "H") else 2 for each in text)
