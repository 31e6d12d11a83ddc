"""A sheet that goes downward: labels in one column, the value in the next, as of the mechanism."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from docgen.errors import DocgenError
from docgen.model.fields import FieldSpec, Origin, fields_of
from docgen.sheets.addresses import address_of, column_letters, place_in_sheet
from docgen.sheets.faults import NoHeader, RepeatedColumn, ReservedColumn
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.cells import parser_for
from docgen.sheets.reading.extra import as_they_read, extra_label
from docgen.sheets.reading.headers import heading
from docgen.sheets.reading.parsed import TEXTS, Cells, Table, odd_in


def read_form(table: Table, grid: Grid, year: int | None, refused: Collection[str]) -> None:
    """Read a sheet that goes downward: labels in one column, the value in the next."""
    specs = fields_of(table.record)
    labels = {heading(spec.label): spec for spec in specs}
    found = [
        (labels[heading(value)], line, column)
        for line, row in enumerate(grid.rows)
        for column, value in enumerate(row[:3])
        if heading(value) in labels
    ]
    places = {spec.name: (line, column + 1) for spec, line, column in reversed(found)}
    if len(places) < 2:
        table.faults.append(NoHeader(table.shown, tuple(spec.header for spec in specs if spec.required)))
        return
    table.faults += _repeated_labels(table.shown, found)
    addresses = {name: address_of(line, column) for name, (line, column) in places.items()}
    cells = Cells(table, grid, {spec.name: parser_for(spec, year, grid.day_zero) for spec in specs})
    raw = [(spec, _value_at(grid, places.get(spec.name))) for spec in specs]
    added = _added_lines(table, grid, set(places.values()), labels, refused)
    row = cells.row(Origin(table.shown, 0, {**addresses, **added}), raw)
    if added:
        row.values["extra"] = {
            label: value
            for label, cell in added.items()
            for value in as_they_read([_at(grid, cell)])[0]
            if value is not None
        }
    table.rows.append(row)
    cells.report_formulas()
    for spec, found_there in raw:
        if spec.name in places and spec.shape in TEXTS:
            line, column = places[spec.name]
            table.advices += odd_in((table.shown, column_letters(column), spec), (line,), [found_there])


def _added_lines(
    table: Table,
    grid: Grid,
    places: Collection[tuple[int, int]],
    labels: Collection[str],
    refused: Collection[str],
) -> dict[str, str]:
    """Return the addresses of the values of lines from the first known one on that no field has, by label."""
    column = max(place[1] for place in places)
    found: dict[str, str] = {}
    for line in range(min(line for line, _ in places), len(grid.rows)):
        header = grid.rows[line][column - 1]
        label = extra_label(header) if heading(header) not in labels else ""
        if not label:
            continue
        if label in refused and not is_blank(_value_at(grid, (line, column))):
            table.faults.append(ReservedColumn(table.shown, address_of(line, column - 1), label))
        elif label not in found:
            found[label] = address_of(line, column)
    table.extras = tuple(found)
    return found


def _at(grid: Grid, cell: str) -> Any:
    return None if grid.is_special(cell) else _value_at(grid, place_in_sheet(cell))


def _repeated_labels(shown: str, found: Iterable[tuple[FieldSpec, int, int]]) -> list[DocgenError]:
    cells: dict[str, list[str]] = {}
    for spec, line, column in found:
        cells.setdefault(spec.header, []).append(address_of(line, column))
    return [RepeatedColumn(shown, header, tuple(each)) for header, each in cells.items() if len(each) > 1]


def _value_at(grid: Grid, place: tuple[int, int] | None) -> Any:
    if place is None or place[1] >= len(grid.rows[place[0]]):
        return None
    return grid.rows[place[0]][place[1]]
