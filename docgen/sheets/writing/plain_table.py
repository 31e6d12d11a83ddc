"""A table of words with a title, a head to filter by and lines, as the office gets to look over and decide in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.sheets.writing.blank import number_pages
from docgen.sheets.writing.guide import BODY, HEADING, TITLE
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_across, put, style

HEAD: Final = 2
"""The row of the heads; the title stands above it."""
_WIDEST_ON_A4: Final = 180
"""Characters that the columns of a table on A4 have together."""


def lay_table(
    sheet: Worksheet, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> None:
    """Write a table.

    Args:
        sheet: an empty one.
        title: above it.
        columns: the heads, each with how many characters wide its column is.
        rows: the values.
    """
    put(sheet, 1, 1, title).font = TITLE
    sheet.row_dimensions[1].height = 30
    for place, (word, width) in enumerate(columns, 1):
        style(put(sheet, HEAD, place, word), HEADING, "center", HEAD_FILL)
        sheet.column_dimensions[get_column_letter(place)].width = width
    fit_height(sheet, HEAD, columns)
    row = HEAD
    for row, values in enumerate(rows, HEAD + 1):
        for place, value in enumerate(values, 1):
            cell = put(sheet, row, place, value)
            style(cell, BODY, "left")
            if value is None or isinstance(value, str):
                cell.number_format = "@"
        fit_height(sheet, row, [(value, width) for value, (_, width) in zip(values, columns, strict=True)])
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(columns))}{max(row, HEAD + 1)}"
    sheet.print_title_rows = f"1:{HEAD}"
    print_across(sheet, "A3" if sum(width for _, width in columns) > _WIDEST_ON_A4 else "A4")
    number_pages(sheet)
