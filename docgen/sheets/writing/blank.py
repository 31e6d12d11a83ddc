"""Sheets handed to clerks: headed, noted, with drop-downs, frozen, coloured and ready to print.

A sheet is written from a record type's declarations and, when there are any, rows of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.approval import Approval
from docgen.model.fields import FieldSpec, Linked, Record, Shape, fields_of
from docgen.model.values import Choice
from docgen.sheets.writing.arrangement import GUIDE
from docgen.sheets.writing.guide import BODY, HEADING, TITLE, lines_of, write_guide
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_across, print_on_a4, put, style
from docgen.sheets.writing.offers import (
    LAST_ROW,
    Options,
    check_shape,
    colour_by_date,
    dependent_drop_down,
    drop_down,
    help_of,
    rule_filled_rows,
)
from docgen.sheets.writing.saving import saved

Raw = Mapping[str, Any]

HEADER_ROW: Final = 2
MOST_ON_A4: Final = 12
"""Columns; a sheet with more is printed on A3 (practice of such offices)."""
WIDEST_ON_A3: Final = 370
"""Characters of 11 points, which are 6 points in print: smaller ones nobody reads."""
REQUIRED_FILL: Final = PatternFill("solid", fgColor="FCE4D6")
FORMATS: Final = {
    Shape.DATE: "yyyy-mm-dd",
    Shape.INTEGER: "0",
    Shape.DECIMAL: "0.00##",
}
_CENTRED: Final = (
    Shape.INTEGER, Shape.DECIMAL, Shape.DATE, Shape.CHOICE, Shape.YES_NO, Shape.MONTH, Shape.MONTH_DAY,
    Shape.PERIOD,
)  # fmt: skip
RULED_ROWS: Final = 20
"""A sheet with fewer rows is ruled down to here, so that a printed one can be filled in by hand."""
STATE_FILLS: Final = {
    **dict.fromkeys(("办结", "已销号", "已落实", "已确认", "已解除"), "E2EFDA"),
    **dict.fromkeys(("无需办理", "取消"), "EDEDED"),
    "组卷中": "F2F2F2",
    "不予许可": "F8CBAD",
    **dict.fromkeys(("补正", "待销号"), "FFF2CC"),
    "上报上级": "DDEBF7",
}


def workbook_bytes(
    sheets: Sequence[tuple[type[Record], Iterable[Raw]]],
    offered: Mapping[type, Sequence[str]],
    called: Mapping[str, str] = MappingProxyType({}),
    needed: Sequence[tuple[str, str]] = (),
    *,
    guided: bool = False,
) -> bytes:
    """Return a workbook with one sheet for each record type.

    Args:
        sheets: record types, each with rows of values by field name (none for a blank sheet).
        offered: for each linkable type the names its drop-downs offer.
        called: headers that the mechanism has other words for, by label.
        needed: which items each project needs: its number and the item's name, project by project.
        guided: whether a sheet stands first that says how to fill in the others.
    """
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has an active sheet
    options = Options(book, offered, called, needed)
    if guided:
        write_guide(book.create_sheet(GUIDE), GUIDE, lines_of([record for record, _ in sheets]))
    for record, rows in sheets:
        sheet = book.create_sheet(record.sheet)
        (_form if record.form else _columns)(sheet, record, list(rows), options)
    options.write()
    return saved(book)


def raw_value(value: Any, spec: FieldSpec) -> Any:
    """Return a value as the cell of its field would hold it."""
    if spec.many:
        return ("\n" if spec.column.lines else "、").join(str(_raw_one(each)) for each in value) or None
    return _raw_one(value)


def _raw_one(value: Any) -> Any:
    if isinstance(value, Linked):
        return int(value.handle) if value.handle.isdigit() else value.handle
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if value is None or isinstance(value, int | float | Decimal | date) else str(value)


def _columns(sheet: Worksheet, record: type[Record], rows: Sequence[Raw], options: Options) -> None:
    """Lay out a sheet with one record a row."""
    specs = fields_of(record)
    title_cell(sheet, record.title, _on_first_page([spec.column.width for spec in specs]))
    for column, spec in enumerate(specs, start=1):
        heading_cell(sheet, column, spec, options.header(spec))
        _column(sheet, column, spec, options)
    if record is not Approval:  # where any item may be new to a project
        dependent_drop_down(sheet, specs, HEADER_ROW + 1, options)
    colour_by_date(sheet, specs, HEADER_ROW + 1)
    rule_filled_rows(sheet, len(specs), HEADER_ROW + 1)
    fit_height(sheet, HEADER_ROW, [(options.header(spec), spec.column.width) for spec in specs])
    blank: list[Raw] = [{}] * max(0, RULED_ROWS - len(rows))
    for row, values in enumerate([*rows, *blank], start=HEADER_ROW + 1):
        for column, spec in enumerate(specs, start=1):
            value_cell((sheet, row, column), spec, values.get(spec.name))
        fit_height(sheet, row, [(values.get(spec.name), spec.column.width) for spec in specs])
    last = get_column_letter(len(specs))
    sheet.freeze_panes = f"{get_column_letter(3 if len(specs) > 3 else 1)}{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{max(HEADER_ROW + len(rows), HEADER_ROW + 1)}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    _paper(sheet, specs)
    number_pages(sheet)


def _paper(sheet: Worksheet, specs: Sequence[FieldSpec]) -> None:
    """Set the sheet up for paper: many columns on A3, very many on several pages with the first two repeated."""
    if len(specs) <= MOST_ON_A4:
        print_on_a4(sheet)
        return
    print_across(sheet, "A3")
    sheet.page_setup.fitToWidth = pages_across([spec.column.width for spec in specs])
    sheet.print_title_cols = "A:B"


def pages_across(widths: Sequence[int]) -> int:
    """Return how many pages of A3 stand side by side; on each but the first the first two columns stand again.

    Args:
        widths: of the columns, in characters of their font.
    """
    again = sum(widths[:2])
    return max(1, -(-(sum(widths) - again) // (WIDEST_ON_A3 - again)))


def _on_first_page(widths: Sequence[int]) -> int:
    """Return how many columns stand on the first page; the title stands above these."""
    widest = (sum(widths) + sum(widths[:2]) * (pages_across(widths) - 1)) / pages_across(widths)
    return sum(so_far <= widest for so_far in accumulate(widths))


def _form(sheet: Worksheet, record: type[Record], rows: Sequence[Raw], options: Options) -> None:
    """Lay out a sheet that goes downward: label, value, help."""
    values = rows[0] if rows else {}
    title_cell(sheet, record.title, 3)
    for column, (word, width) in enumerate((("项目", 18), ("内容", 46), ("填写说明", 44)), start=1):
        style(put(sheet, HEADER_ROW, column, word), HEADING, "center", HEAD_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, spec in enumerate(fields_of(record), start=HEADER_ROW + 1):
        fill = REQUIRED_FILL if spec.required else HEAD_FILL
        style(put(sheet, row, 1, spec.header), HEADING, "left", fill)
        value_cell((sheet, row, 2), spec, values.get(spec.name), "left")
        style(put(sheet, row, 3, help_of(spec)), Font(name="宋体", size=10, color="595959"), "left")
        drop_down(sheet, f"B{row}", spec, options)
        fit_height(sheet, row, [(spec.header, 18), (values.get(spec.name), 46), (help_of(spec), 44)])
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    print_on_a4(sheet, landscape=False)
    number_pages(sheet)


def title_cell(sheet: Worksheet, title: str, columns: int) -> None:
    """Write the title above some columns."""
    style(put(sheet, 1, 1, title), TITLE, "center", box=False)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.row_dimensions[1].height = 30


def heading_cell(sheet: Worksheet, column: int, spec: FieldSpec, header: str, row: int = HEADER_ROW) -> None:
    """Write a column's header with its help as a note, in colour where the column is required."""
    cell = put(sheet, row, column, header)
    style(cell, HEADING, "center", REQUIRED_FILL if spec.required else HEAD_FILL)
    note = Comment(help_of(spec), "docgen")
    note.width, note.height = 260, 110
    cell.comment = note


def _column(sheet: Worksheet, column: int, spec: FieldSpec, options: Options) -> None:
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = spec.column.width
    whole = sheet.column_dimensions[letter]  # for the rows that the clerk adds
    whole.number_format, whole.font = FORMATS.get(spec.shape, "@"), BODY
    whole.alignment = Alignment(horizontal=_aligned(None, spec), vertical="center", wrap_text=True)
    cells = f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}"
    drop_down(sheet, cells, spec, options)
    check_shape(sheet, cells, spec)
    for word, colour in STATE_FILLS.items() if spec.label == "状态" else ():
        formula = [f'{letter}{HEADER_ROW + 1}="{word}"']
        rule = FormulaRule(formula, fill=PatternFill(bgColor=colour))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(cells, rule)


def value_cell(
    place: tuple[Worksheet, int, int], spec: FieldSpec, value: Any, align: str | None = None
) -> None:
    """Write a value as its field is shown."""
    cell = put(*place, str(value) if isinstance(value, Choice) else value)
    style(cell, BODY, align or _aligned(value, spec))
    cell.number_format = FORMATS.get(spec.shape, "@")


def _aligned(value: Any, spec: FieldSpec) -> str:
    return "center" if isinstance(value, int) or (spec.shape in _CENTRED and not spec.many) else "left"


def number_pages(sheet: Worksheet) -> None:
    """Number the pages of a sheet at their foot."""
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"  # type: ignore[union-attr]  # always there
