"""What reading a sheet gathers, and the cells of it: parsed, each distinct value of a column once, faults beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import compress, repeat
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.columns import Column, assembled
from docgen.model.fields import FieldSpec, Origin, Record, Shape
from docgen.model.spelling import odd_characters
from docgen.model.spelling import shown as character_shown
from docgen.sheets.addresses import letters_of, row_number
from docgen.sheets.faults import (
    BlankCell,
    ErrorInCell,
    FormulaInCells,
    LongText,
    PartlyStruck,
    WrongValue,
    as_written,
)
from docgen.sheets.opening.grid import LONGEST_TEXT, Grid
from docgen.sheets.reading.cell_texts import NotUnderstood, is_blank
from docgen.sheets.reading.cells import Parser, Text
from docgen.sheets.reading.extra import by_row

TEXTS: Final = (Shape.TEXT, Shape.LONG_TEXT, Shape.LINK)
_REFUSED: Final = object()
"""Stands for a cell that is not understood."""


@dataclass(slots=True)
class Row:
    """One row of a sheet: parsed values by field name; `sound` is False when a cell of it has a fault.

    The reader replaces names in `values` by the records they mean; `origin` stands among them too. Names that mean no
    record are taken out of `values` and stand in `lost`.
    """

    origin: Origin
    values: dict[str, Any]
    sound: bool
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet in which no cell is at fault, by column.

    `letters` are those of each column by the name of its field, `numbers` those of the rows, from 1, `extras` the
    values of added columns row by row.
    """

    shown: str
    letters: Mapping[str, str]
    numbers: Sequence[int]
    columns: Mapping[str, Column]
    extras: Sequence[Mapping[str, Any]]

    @property
    def origins(self) -> list[Origin]:
        """Return where each row stands."""
        same: dict[str, Iterable[Any]] = {"sheet": repeat(self.shown), "columns": repeat(self.letters)}
        return assembled(Origin, len(self.numbers), {**same, "row": self.numbers})

    def rows(self) -> list[Row]:
        """Return the rows one by one."""
        origins = self.origins
        columns = {name: each.cells for name, each in self.columns.items()}
        values = by_row({**columns, "origin": origins, "extra": self.extras})
        return list(map(Row, origins, values, repeat(True)))

    def without(self, places: Collection[int]) -> Block:
        """Return the rows without those that stand in some places, from 0."""
        kept = [at not in places for at in range(len(self.numbers))]
        numbers, extras = list(compress(self.numbers, kept)), list(compress(self.extras, kept))
        columns = {name: _of(list(compress(each.cells, kept))) for name, each in self.columns.items()}
        return Block(self.shown, self.letters, numbers, columns, extras)


def _of(cells: list[Any]) -> Column:
    distinct = set(cells)
    has_blanks = None in distinct
    return Column(cells, distinct - {None}, has_blanks)


@dataclass
class Table:
    """The rows of one sheet with all faults and advice of reading it; `extras` are the labels of added columns.

    `block` are the rows by column, as long as nobody has asked for them one by one and none is at fault. `headings` are
    the words of lines that head a group, by the number of the row.
    """

    record: type[Record]
    shown: str
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    extras: tuple[str, ...] = ()
    headings: dict[int, str] = field(default_factory=dict)
    block: Block | None = None
    _rows: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Return the rows one by one."""
        if self.block is not None:
            self._rows, self.block = self.block.rows(), None
        return self._rows

    @rows.setter
    def rows(self, rows: list[Row]) -> None:
        self._rows, self.block = rows, None

    @property
    def numbers(self) -> Sequence[int]:
        """Return the numbers of the rows, from 1."""
        return self.block.numbers if self.block else [each.origin.row for each in self._rows]

    def add(self, block: Block, others: Sequence[Row]) -> None:
        """Add rows of which none is at fault, and some among them that may be."""
        if others or self.numbers:
            self.rows += sorted((*block.rows(), *others), key=lambda each: each.origin.row)
        else:
            self.block = block


def odd_in(
    place: tuple[str, str, FieldSpec], numbers: Sequence[int], found: Sequence[Any]
) -> Iterator[Advice]:
    """Yield the characters of a column that a reader takes for others or does not see.

    Args:
        place: the sheet as messages write it, the letter of the column, the field.
        numbers: of its rows, from 0.
        found: its cells in them.
    """
    shown, letter, spec = place
    texts = {each for each in set(found) if type(each) is str and not each.isascii()}
    if not any(odd_characters("\n".join(texts))):
        return
    odd = {each: list(odd_characters(each)) for each in texts}
    for line, each in zip(numbers, found, strict=True):
        for character, common in odd.get(each, ()) if type(each) is str else ():
            words = f"看着像“{common}”，却是另一个字符，已按“{common}”读" if common else "读者看不出来"
            cell = f"{shown}!{letter}{line + 1}「{spec.header}」"
            yield Advice("text-look-alike", f"{cell}：{character_shown(character)}{words}，请改正")


def _meant(parser: Parser, value: Any) -> Any:
    """Return what a parser makes of a value."""
    try:
        return parser(value)
    except NotUnderstood:
        return _REFUSED


@dataclass
class Cells:
    """Parses the cells of one table and gathers their faults; formulas are reported once a column.

    `doubtful` are the rows, from 0, with a cell that is not understood or blank although required; `usual` the fields
    in whose columns no character is odd.
    """

    table: Table
    grid: Grid
    parsers: Mapping[str, Parser]
    formulas: dict[str, list[tuple[str, FieldSpec]]] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    usual: set[str] = field(default_factory=set)

    def column(self, spec: FieldSpec, found: Sequence[Any]) -> Column:
        """Parse a column, each distinct value once; `_REFUSED` stands for what is not understood."""
        parser, distinct = self.parsers[spec.name], set(found)
        has_bools = not distinct.isdisjoint((0, 1)) and bool in set(map(type, found))
        if has_bools:  # True and 1 are one key, but not one cell
            made: Sequence[Any] = [_meant(parser, each) for each in found]
            return self._checked(spec, made, set(made))
        texts = parser.as_written(distinct) if isinstance(parser, Text) else None
        if texts:
            self.usual.add(spec.name)
            kept, nothing = texts
            made = [None if each in nothing else each for each in found] if nothing else found
            return self._checked(spec, made, kept | {None} if nothing else kept)
        meant = {each: _meant(parser, each) for each in distinct}
        stay = all(type(each) is type(value) and each == value for each, value in meant.items())
        made = found if stay else list(map(meant.__getitem__, found))
        return self._checked(spec, made, set(meant.values()))

    def _checked(self, spec: FieldSpec, made: Sequence[Any], distinct: set[Any]) -> Column:
        """Return a column, and remember the rows in which its cell is at fault."""
        has_blanks = None in distinct
        if _REFUSED in distinct or (spec.required and has_blanks):
            self.doubtful |= {index for index, each in enumerate(made) if _is_doubtful(spec, each)}
        return Column(made, distinct - {None} if has_blanks else distinct, has_blanks)

    def special_rows(self, letters: Collection[str]) -> set[int]:
        """Return the numbers, from 1, of the rows with a special cell in known columns."""
        special = (*self.grid.formulas, *self.grid.errors, *self.grid.long, *self.grid.marked.partly)
        return {row_number(each) for each in special if letters_of(each) in letters}

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
        """Whether the cell holds a formula, an error value, or a text too long or partly struck; each is reported."""
        cell = origin.cell(spec.name)
        if cell in self.grid.formulas:
            self.formulas.setdefault(spec.name, []).append((cell, spec))
            return True
        if cell in self.grid.long:
            length = self.grid.long[cell]
            self.table.faults.append(LongText(origin.sheet, cell, spec.header, length, LONGEST_TEXT))
            return True
        if struck := self.grid.marked.partly.get(cell):
            self.table.faults.append(PartlyStruck(origin.sheet, cell, spec.header, struck))
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
