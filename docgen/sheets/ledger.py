"""A ledger as a workbook: dates that are dates, text that stays text, a head to filter by, ready to print across A4.

Equal ledgers give equal bytes: the workbook says neither when nor where it was saved.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.sheets.looks import BOX, HEAD_FILL, print_on_a4, put, style
from docgen.standard.build.ledger import Kind, Ledger, LedgerColumn, LedgerRow, Value
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.standard.measures.lines import count_lines

HEADER_ROW: Final = 3
_SIZE: Final = Pt(10)
_LINE_HEIGHT: Final = 13.5  # points, of 10-point text
_TALLEST: Final = 409  # points; Excel makes no row higher
_BODY: Final = Font(name="宋体", size=10)
_STRUCK: Final = Font(name="宋体", size=10, strike=True)
_HEADING: Final = Font(name="黑体", size=10)
_TITLE: Final = Font(name="黑体", size=16)
_VOID_FILL: Final = PatternFill("solid", fgColor="EDEDED")
_FORMATS: Final = {Kind.DATE: "yyyy-mm-dd", Kind.COUNT: "0"}
# A column is wider than on paper, for larger type and whole digests: the print set-up makes the sheet fit the page.
_WIDER: Final = 1.12
_DIGEST_WIDTH: Final = Mm(40)
_PADDING: Final = Mm(1.6)
_MM_PER_CHARACTER: Final = 7 / 96 * 25.4
_CHARACTER_PADDING: Final = 5 / 7
_SHEET_NAME_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]")
_SAVED_AT: Final = re.compile(rb"<dcterms:(?:created|modified).*?</dcterms:\w+>")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def ledger_xlsx(ledger: Ledger) -> bytes:
    """Return a ledger as a workbook of one sheet."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has an active sheet
    sheet.title = _SHEET_NAME_ILLEGAL.sub("", legible(ledger.title))[:31]
    book.properties.title, book.properties.creator = legible(ledger.title), "docgen"
    _top(sheet, ledger)
    last = _rows(sheet, ledger)
    _notes(sheet, ledger, last + 2)
    _set_up(sheet, ledger, last)
    return _saved(book)


def _top(sheet: Worksheet, ledger: Ledger) -> None:
    """Write title, what stands above, heads and widths."""
    count = len(ledger.columns)
    _Words(ledger.title, _TITLE, "center").across(sheet, 1, 1, count)
    sheet.row_dimensions[1].height = 30
    _Words(ledger.above[0], _BODY, "left").across(sheet, 2, 1, count // 2)
    _Words(ledger.above[1], _BODY, "right").across(sheet, 2, count // 2 + 1, count)
    for place, column in enumerate(ledger.columns, start=1):
        style(put(sheet, HEADER_ROW, place, column.head), _HEADING, "center", HEAD_FILL)
        width = _width(column).mm / _MM_PER_CHARACTER - _CHARACTER_PADDING
        sheet.column_dimensions[get_column_letter(place)].width = round(width, 2)
    sheet.row_dimensions[HEADER_ROW].height = _height((column.head, column) for column in ledger.columns)


def _rows(sheet: Worksheet, ledger: Ledger) -> int:
    """Write the rows, or that there are none; return the last row's number."""
    if not ledger.rows:
        row = HEADER_ROW + 1
        _Words(ledger.empty, _BODY, "center", box=True).across(sheet, row, 1, len(ledger.columns))
        sheet.row_dimensions[row].height = 36
        return row
    for number, row_values in enumerate(ledger.rows, start=HEADER_ROW + 1):
        _row(sheet, number, ledger.columns, row_values)
    return HEADER_ROW + len(ledger.rows)


def _row(sheet: Worksheet, number: int, columns: Sequence[LedgerColumn], row: LedgerRow) -> None:
    for place, (column, value) in enumerate(zip(columns, row.values, strict=True), start=1):
        cell = put(sheet, number, place, _held(value))
        font = _STRUCK if row.void and column.struck else _BODY
        style(cell, font, column.kind.align.value, _VOID_FILL if row.void else None)
        cell.number_format = _FORMATS.get(column.kind, "@")
    cells = zip(map(_shown, row.values), columns, strict=True)
    sheet.row_dimensions[number].height = _height(cells)


def _notes(sheet: Worksheet, ledger: Ledger, first: int) -> None:
    room = sum((_width(column) for column in ledger.columns), NONE)
    for number, line in enumerate(ledger.below, start=first):
        _Words(line, _BODY, "left").across(sheet, number, 1, len(ledger.columns))
        sheet.row_dimensions[number].height = max(18.0, _LINE_HEIGHT * _count(line, room) + 4)


def _set_up(sheet: Worksheet, ledger: Ledger, last: int) -> None:
    """Freeze the head, offer the filter, and set the sheet up for printing."""
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    if ledger.rows:
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(ledger.columns))}{last}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    print_on_a4(sheet)
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    _footer(sheet, legible(ledger.foot))


def _footer(sheet: Worksheet, words: str) -> None:
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = words.replace("&", "&&"), "第&P页 共&N页"
    footer.left.size = footer.right.size = 8


@dataclass(frozen=True)
class _Words:
    """Words, and how they stand in cells made one."""

    words: str
    font: Font
    align: str
    box: bool = False

    def across(self, sheet: Worksheet, row: int, first: int, last: int) -> None:
        """Write the words across the columns from one to another."""
        style(put(sheet, row, first, legible(self.words)), self.font, self.align, box=self.box)
        for column in range(first + 1, last + 1) if self.box else ():
            sheet.cell(row, column).border = BOX
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _width(column: LedgerColumn) -> Length:
    return _DIGEST_WIDTH if column.kind is Kind.DIGEST else column.width * _WIDER


def _height(cells: Iterable[tuple[str, LedgerColumn]]) -> float:
    """Return the height in points that a row needs, because not every program finds it on opening."""
    lines = max(_count(text, _width(column)) for text, column in cells)
    return min(lines * _LINE_HEIGHT + 5, _TALLEST)


def _count(text: str, width: Length) -> int:
    return sum(count_lines(line, width - _PADDING, None, _SIZE, NONE) for line in text.split("\n"))


def _held(value: Value) -> Value:
    return legible(value) if isinstance(value, str) else value


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(_held(value))


def _saved(book: Workbook) -> bytes:
    """Return a workbook's bytes without the times at which it was saved."""
    saved, stable = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as package, zipfile.ZipFile(stable, "w") as target:
        for entry in package.infolist():
            content = _SAVED_AT.sub(b"", package.read(entry))
            target.writestr(zipfile.ZipInfo(entry.filename, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return stable.getvalue()
