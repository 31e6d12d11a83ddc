"""Workbooks filled in from a text: beside each value stands the sentence it was read from."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.fields import Record, fields_of
from docgen.model.mechanism import Mechanism
from docgen.sheets.writing.arrangement import BOOKS
from docgen.sheets.writing.blank import HEADER_ROW, number_pages, title_cell, workbook_bytes
from docgen.sheets.writing.guide import HEADING
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_on_a4, put, style
from docgen.sheets.writing.saving import saved

SOURCE: Final = "出处"
WIDTH: Final = 60
_SMALL: Final = Font(name="宋体", size=9, color="595959")
Rows = Sequence[tuple[Mapping[str, Any], str]]
"""Values by field name, and where they were read."""


def sourced_workbooks(
    mechanism: Mapping[str, tuple[Any, str]], rows: Mapping[str, Rows], offered: Mapping[type, Sequence[str]]
) -> dict[str, bytes]:
    """Return all workbooks of a new workspace by file name, with what was read and a column that says where.

    Args:
        mechanism: Values of the sheet 工作机制 by field name, each with where it was read.
        rows: Rows of other sheets by the sheet's name.
        offered: What drop-downs of links offer.
    """
    made = {}
    for name, types in BOOKS.items():
        filled = [(each, _values(each, mechanism, rows)) for each in types]
        data = workbook_bytes(filled, offered, guided=True)
        made[f"{name}.xlsx"] = _with_sources(data, types, mechanism, rows)
    return made


def _values(
    record: type[Record], mechanism: Mapping[str, tuple[Any, str]], rows: Mapping[str, Rows]
) -> list[Mapping[str, Any]]:
    if record is Mechanism:
        return [{name: _cell(value) for name, (value, _) in mechanism.items()}]
    return [{name: _cell(each) for name, each in values.items()} for values, _ in rows.get(record.sheet, ())]


def _cell(value: Any) -> Any:
    return "、".join(map(str, value)) if isinstance(value, tuple) else value


def _with_sources(
    data: bytes,
    types: Sequence[type[Record]],
    mechanism: Mapping[str, tuple[Any, str]],
    rows: Mapping[str, Rows],
) -> bytes:
    """Return a workbook with a column of sources in each sheet that something was read for."""
    wanted = [
        each
        for each in types
        if (mechanism if each is Mechanism else any(source for _, source in rows.get(each.sheet, ())))
    ]
    if not wanted:
        return data
    book = load_workbook(io.BytesIO(data))
    for each in wanted:
        sheet = book[each.sheet]
        if each is Mechanism:
            said = [mechanism[spec.name][1] if spec.name in mechanism else "" for spec in fields_of(each)]
            _column(sheet, 4, said)
        else:
            _column(sheet, len(fields_of(each)) + 1, [source for _, source in rows[each.sheet]])
    return saved(book)


def _column(sheet: Worksheet, column: int, said: Sequence[str]) -> None:
    style(put(sheet, HEADER_ROW, column, SOURCE), HEADING, "center", HEAD_FILL)
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    for row, words in enumerate(said, start=HEADER_ROW + 1):
        style(put(sheet, row, column, words or None), _SMALL, "left")
        if words:
            _raise(sheet, row, words)


def _raise(sheet: Worksheet, row: int, words: str) -> None:
    """Make a row as high as its source needs, and no lower than it was."""
    before = sheet.row_dimensions[row].height or 0
    fit_height(sheet, row, [(words, WIDTH)])
    sheet.row_dimensions[row].height = max(before, sheet.row_dimensions[row].height or 0)


def report_workbook(title: str, rows: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the workbook that lists what is left to the clerk: what, why, and what the text says of it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new workbook has one
    sheet.title = "待补和待核"
    title_cell(sheet, title, 3)
    for column, (word, width) in enumerate((("事项", 24), ("情况", 44), ("原文", WIDTH)), start=1):
        style(put(sheet, HEADER_ROW, column, word), HEADING, "center", HEAD_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, cells in enumerate(rows, start=HEADER_ROW + 1):
        for column, words in enumerate(cells, start=1):
            style(put(sheet, row, column, words or None), Font(name="宋体", size=11), "left")
        fit_height(sheet, row, list(zip(cells, (24, 44, WIDTH), strict=True)))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    print_on_a4(sheet)
    number_pages(sheet)
    return saved(book)
