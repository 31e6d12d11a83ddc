"""The workbook that a unit is handed: a guide, then its rows, of which only its own columns can be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.model.fields import FieldSpec, Record, fields_of
from docgen.model.records import Records
from docgen.model.values import Level
from docgen.rules.workdays import weekday
from docgen.sheets.round.foot import FOOT, UNIT_LINE
from docgen.sheets.round.handed import HEAD, Handed, HandedRow, HandedSheet
from docgen.sheets.round.identity import Identity, write_identity
from docgen.sheets.round.said import key_of
from docgen.sheets.round.shares import LIMIT_HEAD, Beside, Terms
from docgen.sheets.writing.arrangement import GUIDE
from docgen.sheets.writing.blank import MOST_ON_A4, heading_cell, number_pages, raw_value, value_cell
from docgen.sheets.writing.guide import BODY, HEADING, TITLE, write_guide
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_across, put, style
from docgen.sheets.writing.offers import Options, check_shape, colour_by_day, drop_down
from docgen.sheets.writing.saving import saved

_RAISED: Final = 20
"""Blank rows in which a unit may raise something new."""
_TO_FILL: Final = PatternFill("solid", fgColor="FFF9E5")
_LOCKED: Final = PatternFill("solid", fgColor="F2F2F2")
_FREE: Final = Protection(locked=False)


@dataclass(frozen=True)
class Office:
    """What a guide says of the office: its name, whom to call, the phone, the room."""

    name: str
    contact: str
    phone: str
    room: str = ""


@dataclass(frozen=True)
class Sheets:
    """What workbooks are made from: the records, deadlines, drop-downs, headers, and what the guide says."""

    records: Records
    terms: Terms
    office: Office
    offered: Mapping[type, Sequence[str]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)


def handed_workbook(handed: Handed, unit_name: str, period_name: str, sheets: Sheets) -> bytes:
    """Return a unit's workbook.

    Args:
        handed: what it holds.
        unit_name: the unit's full name.
        period_name: as official writing has it.
        sheets: what it is made from.
    """
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE
    options = Options(book, sheets.offered, sheets.called)
    for each in handed.sheets:
        _Laid(book.create_sheet(each.sheet), each, sheets, options).lay(unit_name, period_name)
    _guide(guide, handed, (unit_name, period_name), sheets.office)
    options.write()
    write_identity(book, Identity(handed.id, handed.unit, handed.period))
    return saved(book)


class _Laid:
    """One sheet being laid out."""

    def __init__(self, sheet: Worksheet, handed: HandedSheet, sheets: Sheets, options: Options) -> None:
        self.sheet, self.handed, self.sheets, self.options = sheet, handed, sheets, options
        self.share = handed.share
        self.columns = list(self._in_order())
        self.widths = [
            each.width if isinstance(each, Beside) else max(each.column.width, 2 * len(each.label) + 1)
            for each in self.columns
        ]

    def _in_order(self) -> Iterator[FieldSpec | Beside]:
        """Yield the key, what stands beside it, what is only shown, and what is filled in."""
        specs = self.share.specs(self.handed.filled)
        keys = [each for each in specs if each.name in self.share.key]
        yield from keys
        yield from self.share.beside
        yield from (each for each in specs if each not in keys and each.name in self.share.shown)
        yield from (each for each in specs if each not in keys and each.name not in self.share.shown)

    def lay(self, unit: str, period: str) -> None:
        """Write title, heads, rows and foot; protect the sheet and set it up for paper."""
        last = len(self.columns)
        self._line(1, f"{period}{self.share.record.title}", TITLE, "center", 30)
        self._line(2, f"{UNIT_LINE}{unit}　　　　填报日期：", BODY, "left", 20)
        for place, column in enumerate(self.columns, 1):
            self._head(place, column)
        fit_height(
            self.sheet, HEAD, [(self._header(c), w) for c, w in zip(self.columns, self.widths, strict=True)]
        )
        row = self._rows()
        self._line(row + 1, FOOT, BODY, "left", 26)
        letter = get_column_letter(last)
        self.sheet.auto_filter.ref = f"A{HEAD}:{letter}{max(row, HEAD + 1)}"
        self.sheet.freeze_panes = f"{get_column_letter(len(self.share.key) + 1)}{HEAD + 1}"
        self.sheet.print_title_rows = f"1:{HEAD}"
        print_across(self.sheet, "A3" if last > MOST_ON_A4 else "A4")
        number_pages(self.sheet)
        self._protect()

    def _line(self, row: int, words: str, font: Font, align: str, height: int) -> None:
        style(put(self.sheet, row, 1, words), font, align, box=False)
        self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(self.columns))
        self.sheet.row_dimensions[row].height = height
        if row != 1:
            self.sheet.cell(row, 1).protection = _FREE

    def _header(self, column: FieldSpec | Beside) -> str:
        return column.header if isinstance(column, Beside) else self.options.header(column)

    def _head(self, place: int, column: FieldSpec | Beside) -> None:
        self.sheet.column_dimensions[get_column_letter(place)].width = self.widths[place - 1]
        if isinstance(column, Beside):
            style(put(self.sheet, HEAD, place, column.header), HEADING, "center", HEAD_FILL)
        else:
            heading_cell(self.sheet, place, column, self.options.header(column), HEAD)

    def _rows(self) -> int:
        """Write the rows, with blank ones where the unit may raise something; return the last row's number."""
        specs = {each.name: each for each in fields_of(self.share.record)}
        records = {key_of(each, specs, self.share.key): each for each in self._records()}
        row = HEAD
        for row, (key, handed) in enumerate(self.handed.rows.items(), HEAD + 1):
            self._row(row, records[key], handed)
        first_raised = row + 1
        for row in range(first_raised, first_raised + _RAISED) if self.share.raised else ():
            self._raised(row)
        self._offer(row)
        self._colour(row)
        return row

    def _colour(self, last: int) -> None:
        """Colour limits that have passed red and near ones yellow, until the row says that it is done or not needed."""
        letters = {
            each.header if isinstance(each, Beside) else each.name: get_column_letter(place)
            for place, each in enumerate(self.columns, 1)
        }
        limit = letters.get(LIMIT_HEAD) or letters.get("deadline")
        if limit and last > HEAD:
            colour_by_day(
                self.sheet,
                limit,
                [letters[each] for each in ("done", "reason") if each in letters],
                (HEAD + 1, last),
            )

    def _records(self) -> Sequence[Record]:
        return self.sheets.records.of(self.share.record)

    def _row(self, row: int, record: Record, handed: HandedRow) -> None:
        shown: list[tuple[Any, int]] = []
        for place, column in enumerate(self.columns, 1):
            if isinstance(column, Beside):
                value: Any = column.value(record, self.sheets.terms)
                style(
                    put(self.sheet, row, place, value), BODY, "center" if isinstance(value, date) else "left"
                )
                self.sheet.cell(row, place).number_format = "yyyy-mm-dd" if isinstance(value, date) else "@"
            else:
                value = self._shown(getattr(record, column.name), column)
                value_cell((self.sheet, row, place), column, value)
            free = not isinstance(column, Beside) and column.name in handed.filled
            self._mark(row, place, free=free)
            shown.append((value, self.widths[place - 1]))
        fit_height(self.sheet, row, shown)

    def _shown(self, value: Any, column: FieldSpec) -> Any:
        """Return what a cell shows: of a level the mechanism's own word."""
        if isinstance(value, Level):
            return self.sheets.records.mechanism.level_word(value)
        return raw_value(value, column)

    def _raised(self, row: int) -> None:
        for place, column in enumerate(self.columns, 1):
            free = not isinstance(column, Beside) and column.name in self.share.raised
            if isinstance(column, Beside):
                style(put(self.sheet, row, place, None), BODY, "left")
            else:
                value_cell((self.sheet, row, place), column, None)
            self._mark(row, place, free=free)

    def _mark(self, row: int, place: int, *, free: bool) -> None:
        cell = self.sheet.cell(row, place)
        cell.fill = _TO_FILL if free else _LOCKED
        if free:
            cell.protection = _FREE

    def _offer(self, last: int) -> None:
        """Offer the words of each column that is filled in."""
        for place, column in enumerate(self.columns, 1):
            if not isinstance(column, Beside) and last > HEAD:
                letter = get_column_letter(place)
                cells = f"{letter}{HEAD + 1}:{letter}{last}"
                drop_down(self.sheet, cells, column, self.options)
                check_shape(self.sheet, cells, column)

    def _protect(self) -> None:
        """Lock what the unit does not fill in; widths, heights and filters stay free, and no password hinders."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False


def _guide(sheet: Worksheet, handed: Handed, names: tuple[str, str], office: Office) -> None:
    """Write the first sheet: what to fill in, by when, and whom to call."""
    unit, period = names
    due = handed.due
    room = f"，{office.room}" if office.room else ""
    lines = [
        ("填报单位", unit),
        ("期", period),
        ("报送时限", f"{due.year}年{due.month}月{due.day}日（{weekday(due)}）前报回"),
        ("报给谁", f"{office.name}，联系人：{office.contact}，电话：{office.phone}{room}"),
        *((f"“{each.sheet}”表", _what(each)) for each in handed.sheets),
        ("怎样填", "只填浅黄色的格；灰色的格由办公室填写，已经锁定。有下拉列表的，从列表中选。"),
        ("日期", "写成 2026-01-31 或 2026年1月31日；没有发生的空着。"),
        ("没有变化", "没有变化也要报回，原样发回即可。"),
        ("请不要", "改工作表的名称和表头、删行、加列；可以调整列宽和行高、筛选和打印。"),
        ("怎样报回", "保存为 .xlsx 发回，文件名可以改。需要盖章的，打印后盖章，扫描件一并发来。"),
    ]
    write_guide(sheet, f"{period}填报说明", lines)
    sheet.protection.sheet = True


def _what(handed: HandedSheet) -> str:
    """Say what a unit does on a sheet."""
    share = handed.share
    labels = [each.label for each in share.specs(handed.filled) if each.name in handed.filled]
    told = [f"{len(handed.rows)}行，填：{'、'.join(labels)}"] if handed.rows else []
    if share.raised:
        told.append("新的问题写在下面的空行，编号空着，由办公室编")
    return "。".join(told) + "。"
