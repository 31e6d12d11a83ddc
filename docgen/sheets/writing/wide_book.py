"""The approvals written with a row for each project and a column for each item: to be printed, or sent and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import product
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.sheets.reading.wide import WideApprovals, written
from docgen.sheets.writing.blank import STATE_FILLS, number_pages, pages_across
from docgen.sheets.writing.design import PLAIN_DESIGN, Design, restyle, restyle_cell, taller
from docgen.sheets.writing.guide import BODY, HEADING, TITLE
from docgen.sheets.writing.heights import fit_height, height_of
from docgen.sheets.writing.looks import FORMULA_SIGNS, HEAD_FILL, print_across, put, style
from docgen.sheets.writing.saving import Streamed, saved
from docgen.sheets.writing.streamed import cell_element
from docgen.standard.measures.legible import legible

_PARENT: Final = "前期手续"
_HEAD: Final = 3
_PROJECT: Final = (("序号", 6), ("项目名称", 28), ("总投资（亿元）", 9), ("牵头单位", 12))
_WIDTH: Final = 12  # of an item's column
_NOTE: Final = (
    "注：已办结的写办结日期；没有办结的写状态，可以加“：说明”；"
    "无需办理的写“无需办理：理由”；项目没有这项手续的空着。"
)


def wide_workbook(records: Records, title: str, design: Design = PLAIN_DESIGN) -> bytes:
    """Return the workbook: every project that has approvals, in the order of the list, and every item they need."""
    items = sorted({id(each.item): each.item for each in records.of(Approval)}.values(), key=_order)
    projects = sorted(
        (each for each in records.of(Project) if records.approvals_of(each)), key=lambda each: each.number
    )
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = WideApprovals.sheet
    widths = [*(width for _, width in _PROJECT), *(_WIDTH for _ in items)]
    put(sheet, 1, 1, title).font = TITLE
    sheet.row_dimensions[1].height = 30
    _heads(sheet, [each.name for each in items], widths)
    put(sheet, _HEAD + 1, 1, _NOTE).font = BODY
    _paper(sheet, widths)
    restyle(sheet, design, range(_HEAD - 1, _HEAD + 1), _HEAD)
    last = _HEAD + len(projects)
    sheet.move_range(f"A{_HEAD + 1}", rows=last - _HEAD)
    rows = _Rows(records, items, widths, design)
    looks = {key: _look(sheet, *key, design) for key in product(_Kind, ("", *STATE_FILLS))}
    elements = (rows.element(number, each, looks) for number, each in enumerate(projects, _HEAD + 1))
    return saved(book, Streamed(_HEAD, f"A1:{get_column_letter(len(widths))}{last + 1}", elements))


def _order(item: Item) -> int:
    return item.order


def _heads(sheet: Worksheet, items: list[str], widths: list[int]) -> None:
    first = len(_PROJECT) + 1
    for column, (word, _) in enumerate(_PROJECT, 1):
        for row in (_HEAD - 1, _HEAD):
            style(put(sheet, row, column, word if row < _HEAD else None), HEADING, "center", HEAD_FILL)
        sheet.merge_cells(start_row=_HEAD - 1, start_column=column, end_row=_HEAD, end_column=column)
    for column, item in enumerate(items, first):
        style(
            put(sheet, _HEAD - 1, column, _PARENT if column == first else None), HEADING, "center", HEAD_FILL
        )
        style(put(sheet, _HEAD, column, item), HEADING, "center", HEAD_FILL)
    if len(items) > 1:
        sheet.merge_cells(
            start_row=_HEAD - 1, start_column=first, end_row=_HEAD - 1, end_column=first + len(items) - 1
        )
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, _HEAD, [(item, _WIDTH) for item in items])


@dataclass(frozen=True)
class _Rows:
    """What the row of each project is made from."""

    records: Records
    items: Sequence[Item]
    widths: Sequence[int]
    design: Design

    def element(self, row: int, project: Project, looks: Mapping[tuple[_Kind, str], int]) -> bytes:
        """Return the element of a row."""
        cells = {id(each.item): each for each in self.records.approvals_of(project)}
        approvals = [cells.get(id(each)) for each in self.items]
        leads = "、".join(each.short_name for each in project.lead_units) or None
        values: list[Any] = [project.number, project.name, project.total_investment, leads]
        values += [each and written(each) for each in approvals]
        states = [*[""] * len(_PROJECT), *(each.state.value if each else "" for each in approvals)]
        shown = [legible(each) if isinstance(each, str) else each for each in values]
        elements = "".join(
            cell_element(f"{get_column_letter(at)}{row}", looks[_kind(value), _filled(state)], value)
            for at, (value, state) in enumerate(zip(shown, states, strict=True), 1)
        )
        height = taller(height_of(zip(shown, self.widths, strict=True)), self.design)
        return f'<row r="{row}" ht="{height:g}" customHeight="1">{elements}</row>'.encode()


class _Kind(Enum):
    """What a cell holds, by which it looks: words, words that begin as a formula does, a day, anything else."""

    WORDS = 1
    SIGN = 2
    DAY = 3
    OTHER = 4


def _kind(value: Any) -> _Kind:
    if isinstance(value, str):
        return _Kind.SIGN if value.startswith(FORMULA_SIGNS) else _Kind.WORDS
    return _Kind.DAY if isinstance(value, date) else _Kind.OTHER


def _filled(state: str) -> str:
    return state if state in STATE_FILLS else ""


def _look(sheet: Worksheet, kind: _Kind, state: str, design: Design) -> int:
    """Return the number of the look of a cell: words at the left, days as days, the colour of a state."""
    cell: Any = Cell(sheet, row=1, column=1)
    style(cell, BODY, "left" if kind in (_Kind.WORDS, _Kind.SIGN) else "center")
    cell.number_format = "yyyy-mm-dd" if kind is _Kind.DAY else "General"
    cell.quotePrefix = kind is _Kind.SIGN
    if state:
        cell.fill = PatternFill("solid", fgColor=STATE_FILLS[state])
    restyle_cell(cell, design)
    return int(cell.style_id)


def _paper(sheet: Worksheet, widths: list[int]) -> None:
    print_across(sheet, "A3")
    sheet.page_setup.fitToWidth = pages_across(widths)
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"1:{_HEAD}", "A:B"
    number_pages(sheet)
