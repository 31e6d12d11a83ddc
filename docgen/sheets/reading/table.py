"""A sheet taken apart into rows of parsed values, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import FieldSpec, Origin, Record, fields_of
from docgen.sheets.addresses import column_letters
from docgen.sheets.faults import as_written, quoted
from docgen.sheets.opening.grid import Grid
from docgen.sheets.opening.marked import UNMARKED
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.cells import Parser, parser_for
from docgen.sheets.reading.continued import continued, is_unnamed, keys_of, merged_on
from docgen.sheets.reading.extra import added_columns
from docgen.sheets.reading.form import read_form
from docgen.sheets.reading.headers import Layout, find_header
from docgen.sheets.reading.no_records import HEADING, heading_in, instead_of_record
from docgen.sheets.reading.parsed import TEXTS, Block, Cells, Row, Table, odd_in
from docgen.sheets.reading.sections import inherit, told

_NAMED: Final = 10


def read_table(
    record: type[Record], grid: Grid, shown: str, year: int | None, refused: Collection[str] = ()
) -> Table:
    """Take a sheet apart.

    Args:
        record: the type whose fields the columns hold.
        grid: the sheet.
        shown: the sheet as messages write it.
        year: the year of dates written without one.
        refused: labels that no added column may have.
    """
    table = Table(record, shown)
    if record.form:
        read_form(table, grid, year, refused)
    else:
        _read_rows(table, grid, year, refused, fields_of(record))
    return table


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet, or of several that are alike: where they stand, and how their cells are read.

    Args:
        layout: where they stand.
        specs: the fields that have one.
        parsers: of the fields, by their names.
    """

    layout: Layout
    specs: tuple[FieldSpec, ...]
    parsers: Mapping[str, Parser]

    @cached_property
    def letters(self) -> dict[str, str]:
        """Return the letters of each column by the name of its field, of added ones by the label."""
        places = {**self.layout.columns, **self.layout.extras}
        return {name: column_letters(index) for name, index in places.items()}


def columns_of(specs: Sequence[FieldSpec], layout: Layout, year: int | None, day_zero: date) -> Columns:
    """Return the columns of a sheet.

    Args:
        specs: the fields looked for.
        layout: where those that are there stand.
        year: of dates written without one.
        day_zero: the day from which plain numbers count days.
    """
    present = tuple(spec for spec in specs if spec.name in layout.columns)
    return Columns(layout, present, {spec.name: parser_for(spec, year, day_zero) for spec in present})


def read_lines(table: Table, grid: Grid, columns: Columns, numbers: Sequence[int]) -> None:
    """Take some rows of a sheet apart; columns that no field has are passed over.

    Args:
        table: what they are added to.
        grid: the sheet.
        columns: where the fields stand.
        numbers: of the rows, from 0, in their order.
    """
    if numbers:
        standing = list(zip(*(grid.rows[each] for each in numbers), strict=True))
        _read_lines(table, columns, _Lines(grid, numbers, standing, [{}] * len(numbers)))


def read_cells(
    table: Table, grid: Grid, columns: Columns, number: int, places: Collection[int]
) -> tuple[Row, list[str]]:
    """Return a row of which only some cells are read, and the names of their fields.

    Args:
        table: what is wrong with the cells is added to it.
        grid: the sheet.
        columns: where the fields stand.
        number: of the row, from 0.
        places: the columns of the cells, from 0; those without a field are passed over.
    """
    line = grid.rows[number]
    raw = [(spec, line[at]) for spec in columns.specs if (at := columns.layout.columns[spec.name]) in places]
    cells = Cells(table, grid, columns.parsers)
    row = cells.row(Origin(table.shown, number + 1, columns.letters), raw)
    cells.report_formulas()
    for spec, found in raw:
        if spec.shape in TEXTS:
            table.advices += odd_in((table.shown, columns.letters[spec.name], spec), (number,), (found,))
    return row, [spec.name for spec, _ in raw]


def _read_rows(
    table: Table, grid: Grid, year: int | None, refused: Collection[str], specs: Sequence[FieldSpec]
) -> None:
    found = find_header(grid, table.shown, specs, refused, year)
    table.faults += found.faults
    table.advices += found.advices
    if found.layout is None or found.layout.first >= len(grid.rows):
        return
    first = found.layout.first
    columns = columns_of(specs, found.layout, year, grid.day_zero)
    standing = list(zip(*grid.rows[first:], strict=True))
    table.extras, extras, advices = added_columns(grid, table.shown, first, found.layout.extras, standing)
    table.advices += advices
    keys = keys_of(table.record, columns.layout.columns)
    going_on = merged_on(grid, [columns.layout.columns[each.name] for each in keys], first) if keys else {}
    lines = _Lines(grid, range(first, len(grid.rows)), standing, extras, tuple(keys), going_on)
    _read_lines(table, columns, lines)
    table.advices += told(inherit(table, columns.specs), table.shown)


@dataclass(frozen=True)
class _Lines:
    """Rows of a grid by their numbers, from 0; `standing` are their cells by column, `extras` their added values.

    `keys` are the fields that name a record, `going_on` the rows that go on with another, with that.
    """

    grid: Grid
    numbers: Sequence[int]
    standing: Sequence[Sequence[Any]]
    extras: Sequence[Mapping[str, Any]]
    keys: tuple[FieldSpec, ...] = ()
    going_on: Mapping[int, int] = field(default_factory=dict)


def _read_lines(table: Table, columns: Columns, lines: _Lines) -> None:
    """Read rows, whole columns at a time; those in which a cell may be at fault are gone through one by one."""
    places, letters = columns.layout.columns, columns.letters
    grid, numbers, standing = lines.grid, lines.numbers, lines.standing
    cells = Cells(table, grid, columns.parsers)
    parsed = {spec.name: cells.column(spec, standing[places[spec.name]]) for spec in columns.specs}
    special = cells.special_rows({letters[spec.name] for spec in columns.specs})
    doubtful = cells.doubtful | {
        index
        for index, each in enumerate(numbers)
        if (special and each + 1 in special) or each in lines.going_on
    }
    block = Block(table.shown, letters, [each + 1 for each in numbers], parsed, lines.extras)
    others: list[Row] = []
    if doubtful:
        others = _read_doubtful(table, cells, columns, lines, doubtful)
        block = block.without(doubtful)
    table.add(block, others)
    cells.report_formulas()
    table.advices += _marked(table, grid)
    for spec in columns.specs:
        if spec.shape in TEXTS and spec.name not in cells.usual:
            place = (table.shown, letters[spec.name], spec)
            table.advices += odd_in(place, numbers, standing[places[spec.name]])


def _read_doubtful(
    table: Table, cells: Cells, columns: Columns, lines: _Lines, doubtful: Collection[int]
) -> list[Row]:
    """Read the rows, by their places from 0, in which a cell may be at fault; those that are records are returned."""
    found: list[Row] = []
    above: int | None = None
    before = -1
    for index in sorted(doubtful):
        if index - 1 > before:
            above = lines.numbers[index - 1]
        row = _doubtful_row(table, cells, columns, lines, (index, above))
        if row:
            found.append(row)
            above = lines.numbers[index]
        before = index
    return found


def _doubtful_row(
    table: Table, cells: Cells, columns: Columns, lines: _Lines, at: tuple[int, int | None]
) -> Row | None:
    """Read a row by its place; None for a line that is no record, which is passed over with a word.

    `at` is followed by the number of the last record above it, from 0.
    """
    index, last = at
    number = lines.numbers[index]
    places, line = columns.layout.columns, lines.grid.rows[number]
    origin = Origin(table.shown, number + 1, columns.letters)
    raw = [(spec, line[places[spec.name]]) for spec in columns.specs]
    if cells.blank(origin, raw):
        return None
    instead = instead_of_record(line, {places[spec.name]: spec for spec in columns.specs})
    if instead:
        table.advices.append(passed_over(origin, instead, line))
        if instead == HEADING:
            table.headings[origin.row] = heading_in(line)
        return None
    above = lines.going_on.get(number)
    if above is None and last is not None and is_unnamed(cells, origin, lines.keys, raw):
        above = last
    if above is not None:
        table.faults += continued(cells, origin, above + 1, lines.keys, raw)
        return None
    row = cells.row(origin, raw)
    row.values["extra"] = lines.extras[index]
    return row


def _marked(table: Table, grid: Grid) -> Iterator[Advice]:
    """Ask about records in rows that are hidden or struck through; they are read like the others."""
    if grid.marked == UNMARKED:
        return
    records = set(table.numbers)
    for found, how in ((grid.marked.hidden, "是隐藏的"), (grid.marked.struck, "有删除线，可能已经取消")):
        rows = [each for each in found if each in records]
        if rows:
            named = "、".join(map(str, rows[:_NAMED])) + (f"等{len(rows)}" if len(rows) > _NAMED else "")
            yield Advice("row-marked", f"{table.shown} 第{named}行{how}，已照常读取，请核对")


def passed_over(origin: Origin, what: str, line: Sequence[Any]) -> Advice:
    """Return what is said of a line that is no record.

    Args:
        origin: its row.
        what: it is, in Chinese.
        line: its cells.
    """
    first = next(each for each in line if isinstance(each, str) and not is_blank(each))
    shown = quoted(as_written(first))
    return Advice("row-passed-over", f"{origin.sheet} 第{origin.row}行：{shown}是{what}，没有读取")
