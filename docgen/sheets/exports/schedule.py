"""The backward schedule: a row for each approval that is owed, bars against a header of ten-day periods.

A bar runs from the latest submission (or the day of submission) to the deadline. Bars are conditional formats over the
two dates of the row, so that they move when a date is changed by hand; so is the colour of the light.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.rules.deadlines import Deadline, Source, latest_submission
from docgen.rules.periods import Period, PeriodKind, period_of
from docgen.sheets.exports.approvals import pending
from docgen.sheets.exports.frame import SIGNED_BY_HEAD, Facts, filled
from docgen.sheets.writing.blank import number_pages
from docgen.sheets.writing.design import PLAIN_DESIGN, Design, restyle, taller
from docgen.sheets.writing.guide import BODY, HEADING, TITLE
from docgen.sheets.writing.heights import height_of
from docgen.sheets.writing.looks import FORMULA_SIGNS, HEAD_FILL, print_across, put, style
from docgen.sheets.writing.saving import Streamed, saved
from docgen.sheets.writing.streamed import cell_element
from docgen.standard.measures.legible import legible

NAME: Final = "倒排工期调度表"
USUAL_TITLE: Final = "{year}年{projects}前期手续倒排工期调度表"
_HEADS: Final = (
    ("序号", 5), ("项目名称", 26), ("审批事项", 20), ("审批单位", 13), ("责任人", 8), ("状态", 9), ("最迟申报", 11),
    ("办结时限", 11),
)  # fmt: skip
_START, _END = 7, 8
"""The columns of the dates between which a bar runs."""
_HEAD: Final = 4
_FIRST: Final = _HEAD + 1
_NARROW: Final = 3.2
_TOGETHER: Final = 5
_MOST: Final = 27
"""Ten-day periods, nine months: more would be too narrow to be read on A3."""
_BAR: Final = PatternFill("solid", bgColor="8FB4E3")
_LATE_BAR: Final = PatternFill("solid", bgColor="F4B6B6")
_TODAY: Final = PatternFill("solid", bgColor="FFE699")
_LATE: Final = PatternFill("solid", bgColor="F8CBAD")
_SOON: Final = PatternFill("solid", bgColor="FFE699")
_TENS: Final = ("上", "中", "下")


@dataclass(frozen=True)
class _Line:
    """An approval of the schedule, and the days between which its bar lies."""

    approval: Approval
    start: date | None
    end: date | None


@dataclass(frozen=True)
class _Row:
    """A row: its number, the approval, and for how many rows its project's name stands, 0 below such a name."""

    number: int
    line: _Line
    together: int

    @property
    def values(self) -> list[Any]:
        """Return what stands before the calendar."""
        each = self.line.approval
        return [
            self.number, each.project.name if self.together else None, each.item.name, each.unit.short_name,
            each.responsible, each.state.value, self.line.start, self.line.end,
        ]  # fmt: skip

    @property
    def height(self) -> float:
        """Return how high it has to be; a name has room in the rows for which it stands."""
        cells = [(value, width) for value, (_, width) in zip(self.values, _HEADS, strict=True)]
        return height_of(cells if self.together == 1 else [*cells[:1], *cells[2:]])


def schedule_workbook(facts: Facts, design: Design = PLAIN_DESIGN) -> bytes:
    """Return the schedule of the final list; the calendar begins with the month of the day."""
    lines = [_line(each, facts) for each in pending(facts)]
    periods = list(_calendar(facts.today, lines))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = NAME
    last = len(_HEADS) + len(periods)
    _top(sheet, facts, last, filled(design.title or USUAL_TITLE, facts))
    _head(sheet, periods)
    rows = list(_rows(lines))
    if rows:
        _pattern(sheet, rows[0], last)
    end = _HEAD + len(rows)
    _bars(sheet, max(end, _HEAD + 1), last, facts)
    style(put(sheet, _FIRST + 1, 1, _NOTE), BODY, "left", box=False)
    style(put(sheet, _FIRST + 2, 1, SIGNED_BY_HEAD), BODY, "left", box=False)
    restyle(sheet, design, range(_HEAD - 1, _HEAD + 1), _FIRST)
    sheet.move_range(f"A{_FIRST + 1}:A{_FIRST + 2}", rows=end - _FIRST)
    for row in (end + 1, end + 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    sheet.row_dimensions[end + 2].height = 30
    _set_up(sheet, end)
    if not rows:
        return saved(book)
    sheet.merged_cells.ranges |= {CellRange(f"B{first}:B{end}") for first, end in _merged(rows)}
    area = f"A1:{get_column_letter(last)}{end + 2}"
    return saved(book, Streamed(_FIRST, area, _elements(sheet, rows[1:], last, design)))


_NOTE: Final = (
    "注：横条从最迟申报（已申报的为申报日期）到办结时限；红色的已超期；黄色的一列是今天所在的旬。"
    "改动日期，横条随之移动。"
)


def _line(approval: Approval, facts: Facts) -> _Line:
    until = facts.deadline(approval)
    basis = facts.records.mechanism.term_basis
    latest = latest_submission(approval, Deadline(until, Source.RULE), basis, facts.calendar)
    return _Line(approval, approval.submitted or latest, until)


def _calendar(today: date, lines: Sequence[_Line]) -> Iterator[Period]:
    """Yield the ten-day periods from this month's first to that of the last deadline."""
    period = period_of(PeriodKind.TEN_DAYS, today.replace(day=1))
    last = max((each.end for each in lines if each.end), default=today)
    for _ in range(_MOST):
        yield period
        period = period.after
        if period.start > max(last, today + timedelta(days=60)):
            return


def _top(sheet: Worksheet, facts: Facts, last: int, title: str) -> None:
    day = facts.today
    style(put(sheet, 1, 1, title), TITLE, "center", box=False)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet.row_dimensions[1].height = 32
    words = f"填报单位（盖章）：{facts.records.mechanism.office}　　　　统计截止{day.year}年{day.month}月{day.day}日"
    style(put(sheet, 2, 1, words), BODY, "left", box=False)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last)


def _head(sheet: Worksheet, periods: Sequence[Period]) -> None:
    for column, (word, width) in enumerate(_HEADS, 1):
        for row in (_HEAD - 1, _HEAD):
            style(put(sheet, row, column, word if row < _HEAD else None), HEADING, "center", HEAD_FILL)
        sheet.merge_cells(start_row=_HEAD - 1, start_column=column, end_row=_HEAD, end_column=column)
        sheet.column_dimensions[get_column_letter(column)].width = width
    first = len(_HEADS) + 1
    for column, period in enumerate(periods, first):
        month = f"{period.start.year}年{period.start.month}月"
        style(put(sheet, _HEAD - 1, column, month), HEADING, "center", HEAD_FILL)
        cell = put(sheet, _HEAD, column, period.start)
        style(cell, HEADING, "center", HEAD_FILL)
        cell.number_format = f'"{_TENS[(period.place - 1) % 3]}";;;'  # shown as a word, held as the first day
        sheet.column_dimensions[get_column_letter(column)].width = _NARROW
    for _, found in groupby(
        enumerate(periods, first), key=lambda each: (each[1].start.year, each[1].start.month)
    ):
        columns = [each[0] for each in found]
        if len(columns) > 1:
            sheet.merge_cells(
                start_row=_HEAD - 1, start_column=columns[0], end_row=_HEAD - 1, end_column=columns[-1]
            )
    sheet.row_dimensions[_HEAD - 1].height = 20
    sheet.row_dimensions[_HEAD].height = 18


def _rows(lines: Sequence[_Line]) -> Iterator[_Row]:
    """Yield what stands in each row; the name of a project once for a few rows, so that pages can break."""
    number = 0
    for _, found in groupby(lines, key=lambda each: each.approval.project.number):
        project = list(found)
        for at, line in enumerate(project):
            number += 1
            together = min(_TOGETHER, len(project) - at) if at % _TOGETHER == 0 else 0
            yield _Row(number, line, together)


def _merged(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of each name that stands for several."""
    for each in rows:
        if each.together > 1:
            yield _HEAD + each.number, _HEAD + each.number + each.together - 1


def _pattern(sheet: Worksheet, row: _Row, last: int) -> None:
    """Write the first row, whose cells all others look like."""
    for column, value in enumerate(row.values, 1):
        cell = put(sheet, _FIRST, column, value)
        style(cell, BODY, "left" if column in (2, 3, 4) else "center")
        if column in (_START, _END):
            cell.number_format = "yyyy-mm-dd"
    for column in range(len(_HEADS) + 1, last + 1):
        style(put(sheet, _FIRST, column, None), BODY, "center")
    sheet.row_dimensions[_FIRST].height = row.height


def _elements(sheet: Worksheet, rows: Sequence[_Row], last: int, design: Design) -> Iterator[bytes]:
    """Yield the elements of the other rows, written one after the other."""
    pattern: list[Any] = [sheet.cell(_FIRST, column) for column in range(1, last + 1)]
    looks = [(each.style_id, _as_text(each)) for each in pattern]
    blank = [None] * (last - len(_HEADS))
    for row in rows:
        shown = [legible(each) if isinstance(each, str) else each for each in (*row.values, *blank)]
        cells = "".join(
            cell_element(f"{each.column_letter}{_HEAD + row.number}", look[_begins_as_formula(value)], value)
            for each, look, value in zip(pattern, looks, shown, strict=True)
        )
        height = taller(row.height, design)
        yield f'<row r="{_HEAD + row.number}" ht="{height:g}" customHeight="1">{cells}</row>'.encode()


def _begins_as_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA_SIGNS)


def _as_text(pattern: Any) -> int:
    """Return the number of the look of a cell whose text stays text when it is edited."""
    cell: Any = Cell(pattern.parent, row=1, column=1)
    cell._style = copy(pattern._style)  # noqa: SLF001  # openpyxl gives no other way to take over how a cell looks
    cell.quotePrefix = True
    return int(cell.style_id)


def _bars(sheet: Worksheet, last_row: int, last: int, facts: Facts) -> None:
    """Colour the calendar and the deadlines by formulas over the dates of each row."""
    row, first = _HEAD + 1, get_column_letter(len(_HEADS) + 1)
    cells = f"{first}{row}:{get_column_letter(last)}{last_row}"
    start, end = f"${get_column_letter(_START)}{row}", f"${get_column_letter(_END)}{row}"
    begin = f"{first}${_HEAD}"
    finish = f"EDATE({begin},IF(DAY({begin})>20,1,0))-IF(DAY({begin})>20,DAY({begin}),-9)"
    today = f"DATE({facts.today.year},{facts.today.month},{facts.today.day})"
    runs = f'AND({end}<>"",{begin}<={end},{finish}>=IF({start}="",{end},{start}))'
    rules = (
        (cells, f"AND({runs},{end}<{today})", _LATE_BAR),
        (cells, runs, _BAR),
        (cells, f"AND({begin}<={today},{finish}>={today})", _TODAY),
        (f"H{row}:H{last_row}", f'AND({end}<>"",{end}<{today})', _LATE),
        (f"H{row}:H{last_row}", f'AND({end}<>"",{end}<={today}+7)', _SOON),
    )
    for area, formula, fill in rules:
        rule = FormulaRule([formula], fill=fill, stopIfTrue=True)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(area, rule)


def _set_up(sheet: Worksheet, last: int) -> None:
    sheet.freeze_panes = f"D{_HEAD + 1}"
    sheet.auto_filter.ref = f"A{_HEAD}:{get_column_letter(len(_HEADS))}{max(last, _HEAD + 1)}"
    sheet.print_title_rows = f"1:{_HEAD}"
    print_across(sheet, "A3")
    number_pages(sheet)
