"""A table as a workbook of one sheet: dates that are dates, text that stays text, a head to filter by, ready to print.

Registers (`ledger.py`) and lists are such tables. Equal tables give equal bytes: the workbook says neither when nor
where it was saved. A total is a formula that follows the filter, with its value for programs that do not reckon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.sheets.writing.design import PLAIN_DESIGN, Design, Look, Part
from docgen.sheets.writing.looks import BOX, print_across, put
from docgen.sheets.writing.saving import Streamed, saved
from docgen.sheets.writing.streamed import Looks, row_elements
from docgen.sheets.writing.tables import SIZE, Column, Count, Row, Sum, Table, Value, width_of_hanzi
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.standard.measures.lines import count_lines
from docgen.standard.measures.widths import BOUNDARY
from docgen.standard.measures.widths import width as width_of

HEADER_ROW: Final = 3
_LINE_HEIGHT: Final = 13.5  # points, of 10-point text
_TITLE_HEIGHT: Final = 30.0
_TITLE_LINE: Final = 1.375  # of its size
_TALLEST: Final = 409  # points; Excel makes no row higher
_FEWEST_A_ROW: Final = 12  # lines; a text of fewer hanzi than these hold is surely not cut
_WIDER: Final = 1.15
_WIDEST_COLUMN: Final = Mm(250)
_PADDING: Final = Mm(1.6)
_ROOM: Final = Mm(2.4)  # beside a line that stands over the table at its right
_MM_PER_CHARACTER: Final = 7 / 96 * 25.4
_CHARACTER_PADDING: Final = 5 / 7
_SHEET_NAME_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]")
_WIDEST: Final = SIZE * (1 + BOUNDARY)  # that a character takes with the room beside it
_KEPT: Final = 4096  # texts whose lines have been counted


def workbook_of(table: Table, design: Design = PLAIN_DESIGN) -> bytes:
    """Return a table as a workbook of one sheet; its rows are packed one after the other."""
    table = _styled(table, design)
    table = replace(table, columns=_widened(table))
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has an active sheet
    sheet.title = _SHEET_NAME_ILLEGAL.sub("", legible(table.title))[:31].strip("'") or "清单"
    book.properties.title, book.properties.creator = legible(table.title), "docgen"
    _top(sheet, table, design)
    last = HEADER_ROW + max(1, len(table.rows))
    _notes(sheet, table, last + 2, design)
    _set_up(sheet, table, last)
    if not table.rows:
        _empty(sheet, table, design)
        return saved(book)
    looks = Looks(sheet, table.columns, {kind for kind, _ in table.rows}, design)
    elements = row_elements(
        table.rows, HEADER_ROW + 1, looks, partial(_height_of, columns=table.columns, scale=_scale(design))
    )
    area = f"A1:{get_column_letter(len(table.columns))}{max(last, sheet.max_row)}"
    return saved(book, Streamed(HEADER_ROW, area, elements))


def _styled(table: Table, design: Design) -> Table:
    """Return a table with the paper of a design, and the columns as wide as it says."""
    columns = tuple(
        replace(each, width=width_of_hanzi(design.widths[each.head])) if each.head in design.widths else each
        for each in table.columns
    )
    return replace(table, columns=columns, paper=design.paper or table.paper)


def _widened(table: Table) -> tuple[Column, ...]:
    """Return the columns, those wider in which a text would be cut because no row is as high as it needs."""
    columns = list(table.columns)
    for place, column in enumerate(columns):
        most = _FEWEST_A_ROW * (column.width / SIZE)
        long = {text for _, values in table.rows if len(text := _text_at(values, place)) > most}
        width = column.width
        while width < _WIDEST_COLUMN and any(_height([(each, width)]) >= _TALLEST for each in long):
            width *= _WIDER
        columns[place] = replace(column, width=width)
    return tuple(columns)


def _text_at(values: Sequence[Value], place: int) -> str:
    found = values[place] if place < len(values) else None
    return legible(found) if isinstance(found, str) else ""


def _top(sheet: Worksheet, table: Table, design: Design) -> None:
    """Write title, what stands above, heads and widths."""
    columns, count = table.columns, len(table.columns)
    title = design.looks[Part.TITLE]
    _Words(table.title, title, "center").across(sheet, 1, 1, count)
    size = Pt(float(title.font.size or 16))
    lines = count_lines(legible(table.title), _whole(table) - _PADDING, None, size, NONE)
    sheet.row_dimensions[1].height = max(_TITLE_HEIGHT, size / Pt(1) * _TITLE_LINE * lines + 8)
    sheet.row_dimensions[2].height = _above(sheet, table, design.looks[Part.ABOVE])
    for place, column in enumerate(columns, start=1):
        design.looks[Part.HEAD].give(put(sheet, HEADER_ROW, place, column.head), "center")
        characters = column.width.mm / _MM_PER_CHARACTER - _CHARACTER_PADDING
        sheet.column_dimensions[get_column_letter(place)].width = round(characters, 2)
    sheet.row_dimensions[HEADER_ROW].height = _height((column.head, column.width) for column in columns)


def _above(sheet: Worksheet, table: Table, look: Look) -> float:
    """Write what stands over the table, each part in the room it needs; return how high the line is."""
    left, right = map(legible, table.above)
    widths, count = [each.width for each in table.columns], len(table.columns)
    if count == 1:
        _Words(f"{left}　{right}", look, "left").across(sheet, 2, 1, 1)
        return _height([(f"{left}　{right}", widths[0])])
    cut = _cut(widths, width_of(right, SIZE, NONE) + _ROOM)
    _Words(left, look, "left").across(sheet, 2, 1, cut)
    _Words(right, look, "right").across(sheet, 2, cut + 1, count)
    return _height([(left, sum(widths[:cut], NONE)), (right, sum(widths[cut:], NONE))])


def _cut(widths: Sequence[Length], needed: Length) -> int:
    """Return how many columns are left of a text at the right that needs so much; not more than half of the whole."""
    cut, room, half = len(widths) - 1, widths[-1], sum(widths, NONE) * 0.5
    while cut > 1 and room < min(needed, half):
        cut -= 1
        room += widths[cut]
    return cut


def _empty(sheet: Worksheet, table: Table, design: Design) -> None:
    """Write that there are no rows."""
    row = HEADER_ROW + 1
    _Words(table.empty, design.looks[Part.PLAIN], "center", box=True).across(
        sheet, row, 1, len(table.columns)
    )
    sheet.row_dimensions[row].height = 36


def _scale(design: Design) -> float:
    """Return how many times larger the words of a design's rows are than those by which heights are known."""
    return float(design.looks[Part.PLAIN].font.size or 10) / (SIZE / Pt(1))


def _height_of(kind: Row, values: Sequence[Value], columns: Sequence[Column], scale: float) -> float:
    if kind is Row.GROUP:
        return _LINE_HEIGHT * scale + 7
    cells = (
        (_shown(value), column.width * (1 / scale)) for value, column in zip(values, columns, strict=True)
    )
    return min(_height(cells) * scale, _TALLEST)


@dataclass(frozen=True)
class _Words:
    """Words, and how they stand in cells made one."""

    words: str
    look: Look
    align: str
    box: bool = False

    def across(self, sheet: Worksheet, row: int, first: int, last: int) -> None:
        """Write the words across the columns from one to another."""
        self.look.give(put(sheet, row, first, legible(self.words)), self.align)
        for column in range(first + 1, last + 1) if self.box else ():
            sheet.cell(row, column).border = BOX
        if last > first:
            sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _notes(sheet: Worksheet, table: Table, first: int, design: Design) -> None:
    room = _whole(table)
    for number, line in enumerate(table.below, start=first):
        _Words(line, design.looks[Part.NOTE], "left").across(sheet, number, 1, len(table.columns))
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
    return sum(count_lines(line, room, None, SIZE, NONE) for line in text.split("\n"))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Sum | Count):
        return f"{value.value}{value.unit if isinstance(value, Count) else ''}"
    return value.isoformat() if isinstance(value, date) else legible(str(value))
