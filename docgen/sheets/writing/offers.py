"""What helps a clerk while filling in: drop-downs, checks of dates and numbers, hints, colours for what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.fields import FieldSpec, Shape
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.values import Level
from docgen.sheets.addresses import column_number
from docgen.sheets.opening.workbook import OPTIONS
from docgen.sheets.writing.looks import BOX, put

LAST_ROW: Final = 3000
FIRST_LIST: Final = 1
NEEDED_AT: Final = ("AA", "AB")
"""The columns of the hidden sheet that hold which project needs which items."""
_LONGEST_LIST: Final = 255
"""Spreadsheet programs refuse a workbook with a longer list of words in a drop-down itself."""
_TITLE: Final = 32
_MESSAGE: Final = 225
"""Characters of a check's title and of its message (ISO/IEC 29500-1, 18.3.1.32)."""
_ENDED: Final = {
    "deadline": ("done", "closed", "confirmed"),
    "planned": ("done",),
    "due": ("returned",),
    "reply_by": ("replied",),
    "deferred_until": ("done",),
}
"""Columns of days by which something is due, each with those that say that it is done."""
_LATE: Final = PatternFill(bgColor="F8CBAD")
_SOON: Final = PatternFill(bgColor="FFE699")
_WARNED: Final = 7  # days of the calendar, five working days
_TYPES: Final = {
    Shape.DATE: ("date", "36526", "73050", "日期，如 2026-01-31"),
    Shape.INTEGER: ("whole", "0", "999999", "整数"),
    Shape.DECIMAL: ("decimal", "0", "100000000", "数字"),
}


class Options:
    """The hidden sheet that long drop-downs draw on, and the mechanism's own words for headers."""

    def __init__(
        self,
        book: Workbook,
        offered: Mapping[type, Sequence[str]],
        called: Mapping[str, str] = MappingProxyType({}),
        needed: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.book = book
        self.needed = needed
        self.uses_needed = False
        self.called = called
        self.offered = {kind: names for kind, names in offered.items() if names}
        self.used: list[type] = []

    def formula(self, spec: FieldSpec) -> str | None:
        """Return the list formula of a column's drop-down; None when it has none."""
        if spec.many and not spec.column.suggestions:  # a list sets one word where several may stand
            return None
        inline = ",".join(self.words(spec))
        if inline and len(inline) <= _LONGEST_LIST:
            return f'"{inline}"'
        if inline:
            self.offered[spec.type] = spec.offered
        return self._listed(spec.type)

    def _listed(self, kind: type) -> str | None:
        """Return the place of a list on the hidden sheet."""
        if kind not in self.offered:
            return None
        if kind not in self.used:
            self.used.append(kind)
        letter = get_column_letter(self.used.index(kind) + FIRST_LIST)
        return f"{OPTIONS}!${letter}$1:${letter}${len(self.offered[kind])}"

    def words(self, spec: FieldSpec) -> Sequence[str]:
        """Return what a drop-down in the cell itself offers: of levels the mechanism's own words."""
        return self.offered.get(spec.type, spec.offered) if spec.type is Level else spec.offered

    def of_project(self, spec: FieldSpec, project: str) -> str | None:
        """Return the list formula that offers the items of the project that a cell names; all where it needs none."""
        everything = self._listed(spec.type)
        if not self.needed or everything is None:
            return None
        self.uses_needed = True
        numbers = f"{OPTIONS}!${NEEDED_AT[0]}$1:${NEEDED_AT[0]}${len(self.needed)}"
        first = f"{OPTIONS}!${NEEDED_AT[1]}$1"
        count = f"COUNTIF({numbers},{project})"
        return f"IF({count}=0,{everything},OFFSET({first},MATCH({project},{numbers},0)-1,0,{count},1))"

    def header(self, spec: FieldSpec) -> str:
        """Return what stands above a column."""
        return self.called.get(spec.label, spec.header)

    def write(self) -> None:
        """Write the lists that were used."""
        if not self.used and not self.uses_needed:
            return
        sheet = self.book.create_sheet(OPTIONS)
        sheet.sheet_state = "hidden"
        for column, kind in enumerate(self.used, start=FIRST_LIST):
            for row, name in enumerate(self.offered[kind], start=1):
                put(sheet, row, column, int(name) if name.isdigit() else name)
        for row, (number, name) in enumerate(self.needed if self.uses_needed else (), start=1):
            put(sheet, row, column_number(NEEDED_AT[0]), int(number))
            put(sheet, row, column_number(NEEDED_AT[1]), name)


def help_of(spec: FieldSpec) -> str:
    """Return what is to be filled in, with an example."""
    parts = [spec.column.help, f"例如 {spec.column.example}" if spec.column.example else ""]
    said = "；".join(part for part in parts if part)
    return (
        f"{'必填' if spec.required else '可不填'}。{said}"
        if said
        else ("必填" if spec.required else "可不填")
    )


def drop_down(sheet: Worksheet, cells: str, spec: FieldSpec, options: Options) -> None:
    """Offer the words of a field in cells; where only these are taken, others are stopped."""
    formula = options.formula(spec)
    if formula is None:
        return
    strict = bool(spec.words) or spec.type is bool
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.showErrorMessage = strict
    words = f"：{'、'.join(options.words(spec))}" if strict else ""
    rule.errorTitle, rule.error = spec.label[:_TITLE], f"请从下拉列表中选择{words}"[:_MESSAGE]
    _prompt(rule, spec)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _prompt(rule: DataValidation, spec: FieldSpec) -> None:
    """Show what is to be filled in when the cell is entered, where there is something to say."""
    if spec.column.help:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = spec.label[:_TITLE], help_of(spec)[:_MESSAGE]


def check_shape(sheet: Worksheet, cells: str, spec: FieldSpec) -> None:
    """Warn of what is no date or number where one is wanted; reading takes more than the check, so it may stay."""
    if spec.shape not in _TYPES or spec.many:
        return
    kind, least, most, words = _TYPES[spec.shape]
    rule = DataValidation(type=kind, operator="between", formula1=least, formula2=most, allow_blank=True)  # type: ignore[arg-type]  # one of the kinds
    rule.errorStyle, rule.showErrorMessage = "warning", True
    unit = f"，单位{spec.column.unit}" if spec.column.unit else ""
    rule.errorTitle = spec.label[:_TITLE]
    rule.error = f"这里填{words}{unit}。写法确实不同的（如“8月底前”）可以选“是”保留。"
    _prompt(rule, spec)
    rule.add(cells)
    sheet.add_data_validation(rule)


def dependent_drop_down(sheet: Worksheet, specs: Sequence[FieldSpec], first: int, options: Options) -> None:
    """Offer in the column of items only those that the project of the row needs."""
    columns = {(each.name, each.type): at for at, each in enumerate(specs, 1)}
    item, project = columns.get(("item", Item)), columns.get(("project", Project))
    if (
        not item or not project or any(each.name == "dossier" for each in specs)
    ):  # approvals: any item may be new
        return
    formula = options.of_project(specs[item - 1], f"${get_column_letter(project)}{first}")
    if formula is None:
        return
    letter = get_column_letter(item)
    for each in sheet.data_validations.dataValidation:
        if f"{letter}{first}" in each.sqref:
            each.formula1 = formula


def colour_by_date(sheet: Worksheet, specs: Sequence[FieldSpec], first: int) -> None:
    """Colour days that have passed red and near ones yellow, where the row does not say that it is done."""
    letters = {each.name: get_column_letter(at) for at, each in enumerate(specs, 1)}
    for name, ended in _ENDED.items():
        done = [letters[each] for each in ended if each in letters]
        if name not in letters or not done:
            continue
        colour_by_day(sheet, letters[name], done, (first, LAST_ROW))


def colour_by_day(sheet: Worksheet, letter: str, done: Sequence[str], rows: tuple[int, int]) -> None:
    """Colour the days of a column red where they have passed and yellow where they are near.

    Args:
        sheet: the sheet.
        letter: of the column.
        done: columns of which one with a day says that the row is done.
        rows: the first and the last.
    """
    first, last = rows
    cell, open_row = f"{letter}{first}", "".join(f',${each}{first}=""' for each in done)
    for limit, fill in (("TODAY()", _LATE), (f"TODAY()+{_WARNED}", _SOON)):
        formula = f"AND(ISNUMBER({cell}),{cell}<{limit}{open_row})"
        rule: Any = FormulaRule([formula], fill=fill, stopIfTrue=True)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(f"{cell}:{letter}{last}", rule)


def rule_filled_rows(sheet: Worksheet, columns: int, first: int) -> None:
    """Draw lines around the rows that the clerk adds, as soon as something stands in them."""
    last = get_column_letter(columns)
    rule: Any = FormulaRule([f"COUNTA($A{first}:${last}{first})>0"], border=BOX)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{first}:{last}{LAST_ROW}", rule)
