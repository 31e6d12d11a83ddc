"""A table as a workbook of one sheet: dates that are dates, text that stays text, a head to filter by, ready to print.

Registers (`ledger.py`) and lists are such tables. Equal tables give equal bytes: the workbook says neither when nor
where it was saved. A total is a formula that follows the filter, with its value for programs that do not reckon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.sheets.looks import BOX, HEAD_FILL, LINE, fill, print_across, put, style
from docgen.sheets.saving import saved
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.standard.measures.lines import count_lines
from docgen.standard.measures.widths import BOUNDARY
from docgen.standard.measures.widths import width as width_of

HEADER_ROW: Final = 3
TEXT: Final = "@"
_DATE: Final = "yyyy-mm-dd"
_GENERAL: Final = "General"
_SIZE: Final = Pt(10)
_LINE_HEIGHT: Final = 13.5  # points, of 10-point text
_TITLE_SIZE: Final = Pt(16)
_TITLE_HEIGHT: Final = 30.0
_TITLE_LINE: Final = 22.0
_TALLEST: Final = 409  # points; Excel makes no row higher
_FEWEST_A_ROW: Final = 12  # lines; a text of fewer hanzi than these hold is surely not cut
_WIDER: Final = 1.15
_WIDEST_COLUMN: Final = Mm(250)
_BODY: Final = Font(name="宋体", size=10)
_STRUCK: Final = Font(name="宋体", size=10, strike=True)
_HEADING: Final = Font(name="黑体", size=10)
_TITLE: Final = Font(name="黑体", size=16)
_VOID_FILL: Final = PatternFill("solid", fgColor="EDEDED")
_GROUP_FILL: Final = PatternFill("solid", fgColor="F2F2F2")
_PADDING: Final = Mm(1.6)
_ROOM: Final = Mm(2.4)  # beside the widest line of a column given in hanzi
_MM_PER_CHARACTER: Final = 7 / 96 * 25.4
_CHARACTER_PADDING: Final = 5 / 7
_SHEET_NAME_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]")
_WIDEST: Final = _SIZE * (1 + BOUNDARY)  # that a character takes with the room beside it
_KEPT: Final = 4096  # texts whose lines have been counted
_SUBTOTAL: Final = "=SUBTOTAL(9,{0}{1}:{0}{2})"  # sums what a filter shows, and leaves out other subtotals


class Row(Enum):
    """What a row is, which decides how it looks."""

    PLAIN = auto()
    VOID = auto()
    GROUP = auto()
    TOTAL = auto()


@dataclass(frozen=True)
class Sum:
    """The sum of a column's cells in rows from `start` to before `end`, counted from 0; `value` is what it comes to."""

    value: int | Decimal
    start: int
    end: int


Value = str | int | Decimal | date | Sum | None


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        head: its head; a line feed begins a line.
        width: on the sheet.
        align: how its cells stand: left, center, right.
        format: of its values, as workbooks have it; empty for numbers as they are.
        struck: whether a void row has it struck through.
    """

    head: str
    width: Length
    align: str = "left"
    format: str = TEXT
    struck: bool = False


@dataclass(frozen=True)
class Table:
    """A table to be printed.

    Args:
        title: one line.
        above: what stands over the table at the left and at the right.
        columns: at least one.
        rows: the values of each row, with what it is. The words of a GROUP stand in its first cell and run over the
            empty ones beside it; TOTAL rows come last.
        below: lines under the table.
        foot: what each page says at its foot, beside its number.
        empty: what the table says when it has no rows.
        paper: A4 or A3.
        frozen: how many columns stay in sight.
    """

    title: str
    above: tuple[str, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Row, tuple[Value, ...]], ...]
    below: tuple[str, ...] = ()
    foot: str = ""
    empty: str = ""
    paper: str = "A4"
    frozen: int = 2


def width_of_hanzi(count: int) -> Length:
    """Return the width of a column in which so many hanzi stand on a line."""
    return _SIZE * count + _ROOM


def workbook_of(table: Table) -> bytes:
    """Return a table as a workbook of one sheet."""
    table = replace(table, columns=_widened(table))
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has an active sheet
    sheet.title = _SHEET_NAME_ILLEGAL.sub("", legible(table.title))[:31].strip("'") or "清单"
    book.properties.title, book.properties.creator = legible(table.title), "docgen"
    _top(sheet, table)
    last = _rows(sheet, table)
    _notes(sheet, table, last + 2)
    _set_up(sheet, table, last)
    return saved(book, dict(_sums(table)))


def _widened(table: Table) -> tuple[Column, ...]:
    """Return the columns, those wider in which a text would be cut because no row is as high as it needs."""
    columns = list(table.columns)
    for place, column in enumerate(columns):
        most = _FEWEST_A_ROW * (column.width / _SIZE)
        long = {text for _, values in table.rows if len(text := _text_at(values, place)) > most}
        width = column.width
        while width < _WIDEST_COLUMN and any(_height([(each, width)]) >= _TALLEST for each in long):
            width *= _WIDER
        columns[place] = replace(column, width=width)
    return tuple(columns)


def _text_at(values: Sequence[Value], place: int) -> str:
    found = values[place] if place < len(values) else None
    return legible(found) if isinstance(found, str) else ""


def _top(sheet: Worksheet, table: Table) -> None:
    """Write title, what stands above, heads and widths."""
    columns, count = table.columns, len(table.columns)
    _Words(table.title, _TITLE, "center").across(sheet, 1, 1, count)
    lines = count_lines(legible(table.title), _whole(table) - _PADDING, None, _TITLE_SIZE, NONE)
    sheet.row_dimensions[1].height = max(_TITLE_HEIGHT, _TITLE_LINE * lines + 8)
    sheet.row_dimensions[2].height = _above(sheet, table)
    for place, column in enumerate(columns, start=1):
        style(put(sheet, HEADER_ROW, place, column.head), _HEADING, "center", HEAD_FILL)
        characters = column.width.mm / _MM_PER_CHARACTER - _CHARACTER_PADDING
        sheet.column_dimensions[get_column_letter(place)].width = round(characters, 2)
    sheet.row_dimensions[HEADER_ROW].height = _height((column.head, column.width) for column in columns)


def _above(sheet: Worksheet, table: Table) -> float:
    """Write what stands over the table, each part in the room it needs; return how high the line is."""
    left, right = map(legible, table.above)
    widths, count = [each.width for each in table.columns], len(table.columns)
    if count == 1:
        _Words(f"{left}　{right}", _BODY, "left").across(sheet, 2, 1, 1)
        return _height([(f"{left}　{right}", widths[0])])
    cut = _cut(widths, width_of(right, _SIZE, NONE) + _ROOM)
    _Words(left, _BODY, "left").across(sheet, 2, 1, cut)
    _Words(right, _BODY, "right").across(sheet, 2, cut + 1, count)
    return _height([(left, sum(widths[:cut], NONE)), (right, sum(widths[cut:], NONE))])


def _cut(widths: Sequence[Length], needed: Length) -> int:
    """Return how many columns are left of a text at the right that needs so much; not more than half of the whole."""
    cut, room, half = len(widths) - 1, widths[-1], sum(widths, NONE) * 0.5
    while cut > 1 and room < min(needed, half):
        cut -= 1
        room += widths[cut]
    return cut


def _rows(sheet: Worksheet, table: Table) -> int:
    """Write the rows, or that there are none; return the last row's number."""
    if not table.rows:
        row = HEADER_ROW + 1
        _Words(table.empty, _BODY, "center", box=True).across(sheet, row, 1, len(table.columns))
        sheet.row_dimensions[row].height = 36
        return row
    looks = _Looks(table.columns)
    for number, (kind, values) in enumerate(table.rows, start=HEADER_ROW + 1):
        for place, value in enumerate(values):
            cell = sheet.cell(number, place + 1)
            looks.give(cell, place, kind, value)
            if isinstance(value, Sum):
                cell.value = _formula(value, get_column_letter(place + 1))
            else:
                fill(cell, legible(value) if isinstance(value, str) else value)
        sheet.row_dimensions[number].height = _height_of(kind, values, table.columns)
    return HEADER_ROW + len(table.rows)


class _Looks:
    """Gives cells their looks; those of a column, of a kind of row and of a format are made once and copied."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._known: dict[tuple[int, Row, str], Any] = {}

    def give(self, cell: Any, place: int, kind: Row, value: Value) -> None:
        """Give a cell of the column at a place its looks."""
        key = (place, kind, _format(value, self._columns[place]))
        if key in self._known:
            cell._style = copy(self._known[key])  # noqa: SLF001  ten times as fast as setting each part
            return
        self._make(cell, *key)
        self._known[key] = copy(cell._style)  # noqa: SLF001

    def _make(self, cell: Any, place: int, kind: Row, number_format: str) -> None:
        column, is_group = self._columns[place], kind is Row.GROUP
        font = _HEADING if kind in (Row.GROUP, Row.TOTAL) else _BODY
        if kind is Row.VOID and column.struck:
            font = _STRUCK
        first = place == 0 and kind in (Row.GROUP, Row.TOTAL)
        align = ("left" if is_group else "center") if first else column.align
        style(cell, font, align, {Row.VOID: _VOID_FILL, Row.GROUP: _GROUP_FILL}.get(kind))
        cell.number_format = number_format
        if is_group:
            cell.border = Border(
                left=LINE if place == 0 else None,
                right=LINE if place == len(self._columns) - 1 else None,
                top=LINE, bottom=LINE,
            )  # fmt: skip
            cell.alignment = Alignment(horizontal=align, vertical="center")


def _format(value: Value, column: Column) -> str:
    """Return the format of a cell: a text's wherever one stands, no text's for a date or a number."""
    if isinstance(value, str):
        return TEXT
    if value is None or column.format not in ("", TEXT):
        return column.format or _GENERAL
    return _DATE if isinstance(value, date) else _GENERAL


def _height_of(kind: Row, values: Sequence[Value], columns: Sequence[Column]) -> float:
    if kind is Row.GROUP:
        return _LINE_HEIGHT + 7
    return _height((_shown(value), column.width) for value, column in zip(values, columns, strict=True))


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
        if last > first:
            sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _notes(sheet: Worksheet, table: Table, first: int) -> None:
    room = _whole(table)
    for number, line in enumerate(table.below, start=first):
        _Words(line, _BODY, "left").across(sheet, number, 1, len(table.columns))
        sheet.row_dimensions[number].height = max(18.0, _LINE_HEIGHT * _count(line, room) + 4)


def _set_up(sheet: Worksheet, table: Table, last: int) -> None:
    """Freeze the head, offer the filter, and set the sheet up for printing."""
    columns, totals = len(table.columns), sum(kind is Row.TOTAL for kind, _ in table.rows)
    sheet.freeze_panes = f"{get_column_letter(min(table.frozen, columns - 1) + 1)}{HEADER_ROW + 1}"
    if table.rows:
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(columns)}{last - totals}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    print_across(sheet, table.paper)
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    _footer(sheet, legible(table.foot))


def _footer(sheet: Worksheet, words: str) -> None:
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = words.replace("&", "&&"), "第&P页 共&N页"
    footer.left.size = footer.right.size = 8


def _whole(table: Table) -> Length:
    return sum((column.width for column in table.columns), NONE)


def _height(cells: Iterable[tuple[str, Length]]) -> float:
    """Return the height in points that a row needs, because not every program finds it on opening."""
    lines = max(_count(text, width) for text, width in cells)
    return min(lines * _LINE_HEIGHT + 5, _TALLEST)


@lru_cache(maxsize=_KEPT)
def _count(text: str, width: Length) -> int:
    """Return how many lines a text takes in a column; most take one, and many come again."""
    room = width - _PADDING
    if "\n" not in text and len(text) * _WIDEST <= room:
        return 1
    return sum(count_lines(line, room, None, _SIZE, NONE) for line in text.split("\n"))


def _formula(value: Sum, column: str) -> str:
    first = HEADER_ROW + 1
    return _SUBTOTAL.format(column, first + value.start, first + value.end - 1)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Sum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else legible(str(value))


def _sums(table: Table) -> Iterator[tuple[str, int | Decimal]]:
    """Yield the address of each sum with its value."""
    for number, (_, values) in enumerate(table.rows, start=HEADER_ROW + 1):
        for place, value in enumerate(values, start=1):
            if isinstance(value, Sum):
                yield f"{get_column_letter(place)}{number}", value.value
