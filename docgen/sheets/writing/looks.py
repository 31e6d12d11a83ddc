"""How the cells of all our workbooks look and hold their values, and how their sheets are printed."""

from __future__ import annotations

from copy import copy
from typing import Any, Final
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HEAD_FILL: Final = PatternFill("solid", fgColor="DDEBF7")
LINE: Final = Side(style="thin", color="A6A6A6")
BOX: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FORMULA_SIGNS: Final = ("=", "+", "-", "@")


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """Write a value and return its cell; text stays text, also when it is edited, though it begins as a formula."""
    return fill(sheet.cell(row, column), value)


def fill(cell: Any, value: Any) -> Any:
    """Write a value into a cell and return it, as `put` does."""
    cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def style(cell: Any, font: Font, align: str, fill: PatternFill | None = None, *, box: bool = True) -> None:
    """Set a cell's font, how its words stand, its colour and the rules around it.

    openpyxl looks each of the four up among all of the workbook's; cells that are to look like one that was set before
    take over its numbers instead.
    """
    # ruff: noqa: SLF001  # openpyxl gives no other way to take over how a cell looks
    known = _LOOKS.setdefault(cell.parent.parent, {})
    key = (tuple(cell._style or ()), id(font), align, id(fill), box)
    if key not in known:
        _set(cell, font, align, fill, box=box)
        known[key] = (copy(cell._style), font, fill)  # which keeps them, so that their ids are theirs alone
        return
    cell._style = copy(known[key][0])


_LOOKS: Final[WeakKeyDictionary[Workbook, dict[tuple[Any, ...], tuple[Any, ...]]]] = WeakKeyDictionary()


def _set(cell: Any, font: Font, align: str, fill: PatternFill | None, *, box: bool) -> None:
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    if box:
        cell.border = BOX
    if fill:
        cell.fill = fill


def print_across(sheet: Worksheet, paper: str) -> None:
    """Set a sheet up to be printed as wide as a page of A4 or A3 that lies across."""
    print_on_a4(sheet)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if paper == "A3" else sheet.PAPERSIZE_A4


def print_on_a4(sheet: Worksheet, *, landscape: bool = True) -> None:
    """Set a sheet up to be printed as wide as an A4 page, on as many pages as it needs."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
