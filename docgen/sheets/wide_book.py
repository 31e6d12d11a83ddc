"""The approvals written with a row for each project and a column for each item: to be printed, or sent and read."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.sheets.blank import STATE_FILLS, number_pages, pages_across
from docgen.sheets.design import PLAIN_DESIGN, Design, restyle
from docgen.sheets.guide import BODY, HEADING, TITLE
from docgen.sheets.heights import fit_height
from docgen.sheets.looks import HEAD_FILL, print_across, put, style
from docgen.sheets.saving import saved
from docgen.sheets.wide import WideApprovals, written

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
    places = {id(each): len(_PROJECT) + at for at, each in enumerate(items, 1)}
    for row, project in enumerate(projects, _HEAD + 1):
        cells = {places[id(each.item)]: each for each in records.approvals_of(project)}
        _line(sheet, row, project, cells, widths)
    put(sheet, _HEAD + len(projects) + 1, 1, _NOTE).font = BODY
    _paper(sheet, widths)
    restyle(sheet, design, range(_HEAD - 1, _HEAD + 1), _HEAD + len(projects))
    return saved(book)


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


def _line(
    sheet: Worksheet, row: int, project: Project, cells: dict[int, Approval], widths: list[int]
) -> None:
    leads = "、".join(each.short_name for each in project.lead_units) or None
    shown: list[Any] = [project.number, project.name, project.total_investment, leads]
    found = (written(cells[at]) if at in cells else None for at in range(len(shown) + 1, len(widths) + 1))
    values = [*shown, *found]
    for column, value in enumerate(values, 1):
        cell = put(sheet, row, column, value)
        style(cell, BODY, "left" if isinstance(value, str) else "center")
        cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
        state = cells[column].state.value if column in cells else ""
        if state in STATE_FILLS:
            cell.fill = PatternFill("solid", fgColor=STATE_FILLS[state])
    fit_height(sheet, row, zip(values, widths, strict=True))


def _paper(sheet: Worksheet, widths: list[int]) -> None:
    print_across(sheet, "A3")
    sheet.page_setup.fitToWidth = pages_across(widths)
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"1:{_HEAD}", "A:B"
    number_pages(sheet)
