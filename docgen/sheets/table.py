"""A sheet taken apart into rows of parsed values, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from string import ascii_uppercase, digits
from typing import Any, Final

from docgen.errors import Advice, DocgenError
from docgen.model.fields import FieldSpec, Origin, Record, Shape, fields_of
from docgen.model.spelling import odd_characters
from docgen.model.spelling import shown as character_shown
from docgen.sheets.cells import NotUnderstood, Parser, is_blank, parser_for
from docgen.sheets.extra import added_columns, as_they_read, by_row, extra_label
from docgen.sheets.faults import (
    BlankCell,
    ErrorInCell,
    FormulaInCells,
    LongText,
    NoHeader,
    RepeatedColumn,
    ReservedColumn,
    WrongValue,
    as_written,
    quoted,
)
from docgen.sheets.headers import find_header, heading
from docgen.sheets.no_records import instead_of_record
from docgen.sheets.workbook import LONGEST_TEXT, Grid, column_letters, column_number

_TEXTS: Final = (Shape.TEXT, Shape.LONG_TEXT, Shape.LINK)
_NAMED: Final = 10
_REFUSED: Final = object()
"""Stands for a cell that is not understood."""


@dataclass(slots=True)
class Row:
    """One row of a sheet: parsed values by field name; `sound` is False when a cell of it has a fault.

    The reader replaces names in `values` by the records they mean; `origin` stands among them too.
    """

    origin: Origin
    values: dict[str, Any]
    sound: bool


@dataclass
class Table:
    """The rows of one sheet with all faults and advice of reading it; `extras` are the labels of added columns."""

    record: type[Record]
    shown: str
    rows: list[Row] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    extras: tuple[str, ...] = ()


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
        _read_form(table, grid, year, refused)
    else:
        _read_rows(table, grid, year, refused, fields_of(record))
    return table


def read_columns(
    record: type[Record], specs: Sequence[FieldSpec], grid: Grid, shown: str, year: int | None
) -> Table:
    """Take a sheet apart that has only some columns of a record, `specs`; the others as of `read_table`."""
    table = Table(record, shown)
    _read_rows(table, grid, year, (), specs)
    return table


def _read_rows(
    table: Table, grid: Grid, year: int | None, refused: Collection[str], specs: Sequence[FieldSpec]
) -> None:
    found = find_header(grid, table.shown, specs, refused, year)
    table.faults += found.faults
    table.advices += found.advices
    if found.layout is None:
        return
    places, first = found.layout.columns, found.layout.first
    letters = {name: column_letters(index) for name, index in {**places, **found.layout.extras}.items()}
    present = [spec for spec in specs if spec.name in places]
    cells = _Cells(table, grid, {spec.name: parser_for(spec, year, grid.day_zero) for spec in present})
    lines = grid.rows[first:]
    if not lines:
        return
    standing = list(zip(*lines, strict=True))
    parsed = {spec.name: cells.column(spec, standing[places[spec.name]]) for spec in present}
    known = {letters[spec.name] for spec in present}
    doubtful = cells.doubtful | cells.special_lines(known, first + 1)
    table.extras, extras, advices = added_columns(grid, table.shown, first, found.layout.extras, standing)
    table.advices += advices
    origins = map(Origin, repeat(table.shown), range(first + 1, first + 1 + len(lines)), repeat(letters))
    for index, row in enumerate(_rows(list(origins), parsed, extras)):
        if index not in doubtful:
            table.rows.append(row)
            continue
        raw = [(spec, lines[index][places[spec.name]]) for spec in present]
        if cells.blank(row.origin, raw):
            continue
        instead = instead_of_record(lines[index], {places[spec.name]: spec for spec in present})
        if instead:
            table.advices.append(passed_over(row.origin, instead, lines[index]))
        else:
            table.rows.append(cells.row(row.origin, raw))
            table.rows[-1].values["extra"] = row.values["extra"]
    cells.report_formulas()
    table.advices += _marked(table, grid)
    for spec in present:
        if spec.shape in _TEXTS:
            table.advices += _odd(
                table.shown, letters[spec.name], first + 1, spec, standing[places[spec.name]]
            )


def _marked(table: Table, grid: Grid) -> Iterator[Advice]:
    """Ask about records in rows that are hidden or struck through; they are read like the others."""
    records = {each.origin.row for each in table.rows}
    for found, how in ((grid.marked.hidden, "是隐藏的"), (grid.marked.struck, "有删除线，可能已经取消")):
        rows = [each for each in found if each in records]
        if rows:
            named = "、".join(map(str, rows[:_NAMED])) + (f"等{len(rows)}" if len(rows) > _NAMED else "")
            yield Advice("row-marked", f"{table.shown} 第{named}行{how}，已照常读取，请核对")


def _odd(shown: str, letter: str, first: int, spec: FieldSpec, found: Sequence[Any]) -> Iterator[Advice]:
    """Yield the characters of a column that a reader takes for others or does not see.

    Args:
        shown: the sheet as messages write it.
        letter: of the column.
        first: the number of its first row.
        spec: the field.
        found: its cells from there on.
    """
    odd = {
        each: list(odd_characters(each)) for each in set(found) if type(each) is str and not each.isascii()
    }
    for line, each in enumerate(found, first):
        for character, common in odd.get(each, ()) if type(each) is str else ():
            words = f"看着像“{common}”，却是另一个字符，已按“{common}”读" if common else "读者看不出来"
            place = f"{shown}!{letter}{line}「{spec.header}」"
            yield Advice("text-look-alike", f"{place}：{character_shown(character)}{words}，请改正")


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


def _rows(
    origins: Sequence[Origin], parsed: Mapping[str, Sequence[Any]], extras: Sequence[Mapping[str, Any]]
) -> Iterable[Row]:
    """Return rows of parsed columns as if all their cells were sound; whole columns at a time, which is fast."""
    rows = by_row({**parsed, "origin": origins, "extra": extras})
    return map(Row, origins, rows, repeat(True))


def _read_form(table: Table, grid: Grid, year: int | None, refused: Collection[str]) -> None:
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
    addresses = {name: f"{column_letters(column)}{line + 1}" for name, (line, column) in places.items()}
    cells = _Cells(table, grid, {spec.name: parser_for(spec, year, grid.day_zero) for spec in specs})
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
        if spec.name in places and spec.shape in _TEXTS:
            line, column = places[spec.name]
            table.advices += _odd(table.shown, column_letters(column), line + 1, spec, [found_there])


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
            table.faults.append(ReservedColumn(table.shown, f"{column_letters(column - 1)}{line + 1}", label))
        elif label not in found:
            found[label] = f"{column_letters(column)}{line + 1}"
    table.extras = tuple(found)
    return found


def _at(grid: Grid, cell: str) -> Any:
    line, column = int(cell.lstrip(ascii_uppercase)) - 1, column_number(cell.rstrip(digits)) - 1
    return None if grid.is_special(cell) else _value_at(grid, (line, column))


def _repeated_labels(shown: str, found: Iterable[tuple[FieldSpec, int, int]]) -> list[DocgenError]:
    cells: dict[str, list[str]] = {}
    for spec, line, column in found:
        cells.setdefault(spec.header, []).append(f"{column_letters(column)}{line + 1}")
    return [RepeatedColumn(shown, header, tuple(each)) for header, each in cells.items() if len(each) > 1]


def _value_at(grid: Grid, place: tuple[int, int] | None) -> Any:
    if place is None or place[1] >= len(grid.rows[place[0]]):
        return None
    return grid.rows[place[0]][place[1]]


class _Remembered(dict[Any, Any]):
    """What a parser makes of each value of a column."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser

    def __missing__(self, value: Any) -> Any:
        """Parse a value not seen before."""
        try:
            made = self.parser(value)
        except NotUnderstood:
            made = _REFUSED
        self[value] = made
        return made


@dataclass
class _Cells:
    """Parses the cells of one table and gathers their faults; formulas are reported once a column.

    `doubtful` are the rows, from 0, with a cell that is not understood or blank although required.
    """

    table: Table
    grid: Grid
    parsers: Mapping[str, Parser]
    formulas: dict[str, list[tuple[str, FieldSpec]]] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)

    def column(self, spec: FieldSpec, found: Sequence[Any]) -> list[Any]:
        """Parse a column, each distinct value once; `_REFUSED` stands for what is not understood."""
        remembered = _Remembered(self.parsers[spec.name])
        if bool in set(map(type, found)):  # True and 1 are one key, but not one cell
            made = [remembered.__missing__(value) for value in found]
            distinct: Iterable[Any] = made
        else:
            made = list(map(remembered.__getitem__, found))
            distinct = remembered.values()
        if any(_is_doubtful(spec, each) for each in distinct):
            self.doubtful |= {index for index, each in enumerate(made) if _is_doubtful(spec, each)}
        return made

    def special_lines(self, letters: Collection[str], first: int) -> set[int]:
        """Return the rows, counted from row number `first`, with a special cell in known columns."""
        special = [*self.grid.formulas, *self.grid.errors, *self.grid.long]
        return {
            int(each.lstrip(ascii_uppercase)) - first for each in special if each.rstrip(digits) in letters
        }

    def blank(self, origin: Origin, raw: Iterable[tuple[FieldSpec, Any]]) -> bool:
        """Whether no known column of a row holds anything."""
        return all(is_blank(found) and not self._is_special(origin.cell(spec.name)) for spec, found in raw)

    def row(self, origin: Origin, raw: Iterable[tuple[FieldSpec, Any]]) -> Row:
        """Parse one row and report its faults."""
        values: dict[str, Any] = {"origin": origin}
        sound = True
        for spec, found in raw:
            if self._special(origin, spec):
                sound = False
                continue
            try:
                value = self.parsers[spec.name](found)
            except NotUnderstood as fault:
                self._report(WrongValue, origin, spec, found, str(fault))
                sound = False
                continue
            if value is None:
                sound = self._blank_is_fine(origin, spec, found) and sound
            else:
                values[spec.name] = value
        return Row(origin, values, sound)

    def _report(
        self, fault: type[WrongValue], origin: Origin, spec: FieldSpec, found: Any, want: str
    ) -> None:
        place = (origin.sheet, origin.cell(spec.name), spec.header)
        self.table.faults.append(fault(*place, as_written(found), want))

    def _is_special(self, cell: str) -> bool:
        return self.grid.is_special(cell)

    def _special(self, origin: Origin, spec: FieldSpec) -> bool:
        """Whether the cell holds a formula, an error value or a text too long; each is reported."""
        cell = origin.cell(spec.name)
        if cell in self.grid.formulas:
            self.formulas.setdefault(spec.name, []).append((cell, spec))
            return True
        if cell in self.grid.long:
            length = self.grid.long[cell]
            self.table.faults.append(LongText(origin.sheet, cell, spec.header, length, LONGEST_TEXT))
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


def _is_doubtful(spec: FieldSpec, value: Any) -> bool:
    return value is _REFUSED or (value is None and spec.required)


def expected_words(spec: FieldSpec) -> str:
    """Return what a field wants, in a few words with an example."""
    if spec.words:
        return "、".join(f"“{each}”" for each in spec.offered) + "之一"
    example = f"，例如 {spec.column.example}" if spec.column.example else ""
    return f"{spec.label}{example}"
