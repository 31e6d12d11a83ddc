"""A sheet taken apart into rows of parsed values, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import Advice, DocgenError
from docgen.model.fields import FieldSpec, Origin, Record, fields_of
from docgen.sheets.cells import NotUnderstood, is_blank, parser_for
from docgen.sheets.faults import BlankCell, ErrorInCell, FormulaInCells, NoHeader, WrongValue
from docgen.sheets.headers import find_header, heading
from docgen.sheets.workbook import Grid, column_letters


@dataclass(frozen=True)
class Row:
    """One row of a sheet: parsed values by field name; `sound` is False when a cell of it has a fault."""

    origin: Origin
    values: Mapping[str, Any]
    sound: bool


@dataclass
class Table:
    """The rows of one sheet with all faults and advice of reading it."""

    record: type[Record]
    shown: str
    rows: list[Row] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


def read_table(record: type[Record], grid: Grid, shown: str, year: int | None) -> Table:
    """Take a sheet apart.

    Args:
        record: the type whose fields the columns hold.
        grid: the sheet.
        shown: the sheet as messages write it.
        year: the year of dates written without one.
    """
    table = Table(record, shown)
    if record.form:
        _read_form(table, grid, year)
    else:
        _read_rows(table, grid, year)
    return table


def _read_rows(table: Table, grid: Grid, year: int | None) -> None:
    specs = fields_of(table.record)
    found = find_header(grid, table.shown, specs)
    table.faults += found.faults
    table.advices += found.advices
    if found.layout is None:
        return
    columns = found.layout.columns
    letters = {name: column_letters(index) for name, index in columns.items()}
    present = [spec for spec in specs if spec.name in columns]
    cells = _Cells(table, grid, {spec.name: parser_for(spec, year) for spec in present})
    for index in range(found.layout.first, len(grid.rows)):
        row = grid.rows[index]
        raw = [(spec, row[columns[spec.name]]) for spec in present]
        if any(not is_blank(value) for _, value in raw):
            table.rows.append(cells.row(Origin(table.shown, index + 1, letters), raw))
    cells.report_formulas()


def _read_form(table: Table, grid: Grid, year: int | None) -> None:
    """Read a sheet that goes downward: labels in one column, the value in the next."""
    specs = fields_of(table.record)
    labels = {heading(spec.label): spec for spec in specs}
    places = {
        labels[heading(value)].name: (line, column + 1)
        for line, row in enumerate(grid.rows)
        for column, value in enumerate(row[:3])
        if heading(value) in labels
    }
    if len(places) < 2:
        table.faults.append(NoHeader(table.shown, tuple(spec.header for spec in specs if spec.required)))
        return
    addresses = {name: f"{column_letters(column)}{line + 1}" for name, (line, column) in places.items()}
    cells = _Cells(table, grid, {spec.name: parser_for(spec, year) for spec in specs})
    raw = [(spec, _value_at(grid, places.get(spec.name))) for spec in specs]
    table.rows.append(cells.row(Origin(table.shown, 0, addresses), raw))
    cells.report_formulas()


def _value_at(grid: Grid, place: tuple[int, int] | None) -> Any:
    if place is None or place[1] >= len(grid.rows[place[0]]):
        return None
    return grid.rows[place[0]][place[1]]


@dataclass
class _Cells:
    """Parses the cells of one table and gathers their faults; formulas are reported once a column."""

    table: Table
    grid: Grid
    parsers: Mapping[str, Any]
    formulas: dict[str, list[tuple[str, FieldSpec]]] = field(default_factory=dict)

    def row(self, origin: Origin, raw: Iterable[tuple[FieldSpec, Any]]) -> Row:
        """Parse one row."""
        values: dict[str, Any] = {}
        sound = True
        for spec, found in raw:
            try:
                value = self.parsers[spec.name](found)
            except NotUnderstood as fault:
                self._report(WrongValue, origin, spec, found, str(fault))
                sound = False
                continue
            if self._special(origin, spec):
                sound = False
            elif value is None or value == ():
                sound = self._blank_is_fine(origin, spec, found) and sound
            else:
                values[spec.name] = value
        return Row(origin, values, sound)

    def _report(
        self, fault: type[WrongValue], origin: Origin, spec: FieldSpec, found: Any, want: str
    ) -> None:
        place = (origin.sheet, origin.cell(spec.name), spec.header)
        self.table.faults.append(fault(*place, str(found).strip(), want))

    def _special(self, origin: Origin, spec: FieldSpec) -> bool:
        """Whether the cell holds a formula or an error value; both are reported."""
        cell = origin.cell(spec.name)
        if cell in self.grid.formulas:
            self.formulas.setdefault(spec.name, []).append((cell, spec))
            return True
        if cell in self.grid.errors:
            self.table.faults.append(ErrorInCell(origin.sheet, cell, spec.header, self.grid.errors[cell]))
            return True
        return False

    def _blank_is_fine(self, origin: Origin, spec: FieldSpec, found: Any) -> bool:
        if not spec.required:
            return True
        want = expected_words(spec)
        if is_blank(found):
            self.table.faults.append(BlankCell(origin.sheet, origin.cell(spec.name), spec.header, want))
        else:
            self._report(WrongValue, origin, spec, found, want + "，这一项必填")
        return False

    def report_formulas(self) -> None:
        """Report each column that holds formulas, with the first of them."""
        for found in self.formulas.values():
            cell, spec = found[0]
            formula = self.grid.formulas[cell]
            self.table.faults.append(FormulaInCells(self.table.shown, cell, spec.header, formula, len(found)))


def expected_words(spec: FieldSpec) -> str:
    """Return what a field wants, in a few words with an example."""
    if spec.words:
        return "、".join(f"“{each}”" for each in spec.offered) + "之一"
    example = f"，例如 {spec.column.example}" if spec.column.example else ""
    return f"{spec.label}{example}"
