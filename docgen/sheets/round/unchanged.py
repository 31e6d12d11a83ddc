"""Rows of a returned sheet that are as they were handed out, known by their bare cells; only the others are parsed.

A unit changes a few cells of its rows, and often none. What a row held when it was handed out is written down as one
text; a row that gives the same text says the same, and of one with the same key only the cells that differ are parsed.
Everything else takes the road of any sheet: rows with another key, that are hidden or struck through, that hold
formulas, or of which the unit has said something else since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import zip_longest

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import FieldSpec
from docgen.sheets.addresses import address_of, row_number
from docgen.sheets.opening.grid import BETWEEN, Grid
from docgen.sheets.opening.workbook import Sheet
from docgen.sheets.reading.headers import Found, Layout, find_header
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.parsed import Row, Table
from docgen.sheets.reading.table import Columns, columns_of, read_cells, read_lines
from docgen.sheets.round.handed import HEAD, HandedSheet
from docgen.sheets.round.said import Key


@dataclass
class Reading:
    """What returned sheets are read with; what is worked out for one sheet serves those that are alike.

    Args:
        index: what names may mean.
        year: of the mechanism, for dates written without one.
    """

    index: Index
    year: int
    specs: dict[tuple[str, frozenset[str]], dict[str, FieldSpec]] = field(default_factory=dict)
    layouts: dict[tuple[object, ...], Layout] = field(default_factory=dict)
    columns: dict[tuple[object, ...], Columns] = field(default_factory=dict)

    def specs_of(self, handed: HandedSheet) -> dict[str, FieldSpec]:
        """Return the fields of a sheet by name; required is what every row of it shows, added ones too."""
        key = (handed.sheet, handed.filled)
        if key not in self.specs:
            share = handed.share
            kept = {*share.raised} if share.raised else {*share.key, *share.shown}
            self.specs[key] = {
                each.name: replace(each, required=each.required and each.name in kept)
                for each in share.specs(handed.filled)
            }
        return self.specs[key]

    def found_in(self, sheet: Sheet, handed: HandedSheet, grid: Grid, shown: str) -> Found:
        """Find the header of a sheet; where all above the rows is as it was handed out, it stands as in the others."""
        above = handed.lines[:HEAD]
        as_handed = bool(above) and sheet.lines[:HEAD] == above
        key = (handed.sheet, handed.filled, above[-1] if as_handed else "")
        if as_handed and key in self.layouts:
            return Found(self.layouts[key])
        found = find_header(grid, shown, list(self.specs_of(handed).values()), (), self.year)
        if not as_handed or found.layout is None:
            return found
        self.layouts[key] = found.layout
        return Found(found.layout)

    def columns_of(self, handed: HandedSheet, layout: Layout, grid: Grid) -> Columns:
        """Return the columns of a sheet, those of an earlier one where they stand alike."""
        key = (handed.sheet, handed.filled, tuple(layout.columns.items()), grid.day_zero)
        if key not in self.columns:
            specs = list(self.specs_of(handed).values())
            self.columns[key] = columns_of(specs, layout, self.year, grid.day_zero)
        return self.columns[key]


@dataclass(frozen=True)
class SheetRead:
    """What was read of a returned sheet.

    Args:
        table: the rows that may say something new, with all faults and advice.
        specs: the fields of the sheet by name.
        seen: by key, the numbers from 1 of rows that are as they were handed out or differ in some cells alone.
        changed: of the latter, by key, the row with what those cells say, and the names of their fields.
    """

    table: Table
    specs: Mapping[str, FieldSpec]
    seen: Mapping[Key, int]
    changed: Sequence[tuple[Key, Row, Sequence[str]]] = ()


def read_sheet(sheet: Sheet, handed: HandedSheet, shown: str, reading: Reading) -> SheetRead:
    """Read a returned sheet.

    Args:
        sheet: as the file has it.
        handed: what was handed out.
        shown: the sheet as messages write it.
        reading: what it is read with.
    """
    specs, table = reading.specs_of(handed), Table(handed.share.record, shown)
    parted = _parted(sheet, handed)
    if parted is not None and not parted.others and not parted.differing:
        return SheetRead(table, specs, parted.seen)
    grid = sheet.grid()
    found = reading.found_in(sheet, handed, grid, shown)
    table.faults += found.faults
    table.advices += found.advices
    if found.layout is None:
        return SheetRead(table, specs, {})
    columns = reading.columns_of(handed, found.layout, grid)
    table.advices += [*_added(handed, found.layout, shown), *_gone(handed, found.layout, specs, shown)]
    if parted is None:
        read_lines(table, grid, columns, range(found.layout.first, len(grid.rows)))
        return SheetRead(table, specs, {})
    read_lines(table, grid, columns, parted.others)
    table.advices += _worked_out(handed, found.layout, parted, shown)
    changed = [
        (key, *read_cells(table, grid, columns, number, places))
        for key, (number, places) in parted.differing.items()
    ]
    return SheetRead(table, specs, parted.seen, changed)


@dataclass
class _Parted:
    """The rows of a sheet whose columns stand as they did: `seen` ones by key with their numbers from 1.

    Of those that are `differing` in some cells, the number of the row and of these columns, from 0; the numbers of
    `others`, which have to be read as a whole.
    """

    seen: dict[Key, int] = field(default_factory=dict)
    differing: dict[Key, tuple[int, list[int]]] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)


def _parted(sheet: Sheet, handed: HandedSheet) -> _Parted | None:
    """Return the rows of a sheet by what they have in common with what was handed out; None where columns moved."""
    lines = sheet.lines
    if lines[HEAD - 1 : HEAD] != list(handed.lines[HEAD - 1 : HEAD]):
        return None
    parted, doubtful = _Parted(), _doubtful(sheet)
    foot, keys, seen = {"", *handed.lines[HEAD + len(handed.rows) :]}, handed.keys_by_line, parted.seen
    for number, line in enumerate(lines[HEAD:], HEAD):
        if number in doubtful:
            parted.others.append(number)
        elif (key := keys.get(line)) and key not in seen and key not in handed.since:
            seen[key] = number + 1
        elif line not in foot:
            _part(parted, handed, number, line)
    parted.others += range(len(lines), max(doubtful, default=0) + 1)
    return parted


def _part(parted: _Parted, handed: HandedSheet, number: int, line: str) -> None:
    """Put a row that is not as it was handed out where it belongs."""
    width = len(handed.share.key)
    key, before = handed.lines_by_key.get(tuple(line.split(BETWEEN, width)[:width]), (None, line))
    if key is None or key in parted.seen or key in handed.since:
        parted.others.append(number)
        return
    parted.seen[key] = number + 1
    cells = zip_longest(line.split(BETWEEN), before.split(BETWEEN), fillvalue="")
    parted.differing[key] = (number, [at for at, (now, then) in enumerate(cells) if now != then])


def _doubtful(sheet: Sheet) -> set[int]:
    """Return the numbers, from 0, of rows that are marked, or of which the values do not say all."""
    special = (*sheet.special.formulas, *sheet.special.errors)
    numbers = {row_number(each) for each in special}
    return {each - 1 for each in (*numbers, *sheet.marked.hidden, *sheet.marked.struck)}


def _added(handed: HandedSheet, layout: Layout, shown: str) -> Iterator[Advice]:
    """Say which columns a unit has added, for nothing is taken from them."""
    beside = {each.header for each in handed.share.beside}
    labels = [each for each in layout.extras if each not in beside]
    if labels:
        named = "、".join(f"「{each}」" for each in labels)
        yield Advice("return-column-added", f"{shown}：加了{named}列，没有收；要报的内容请写在原有的列中")


def _gone(
    handed: HandedSheet, layout: Layout, specs: Mapping[str, FieldSpec], shown: str
) -> Iterator[Advice]:
    """Say which columns a unit has taken out of those that it fills in; what they said stays."""
    labels = [each.label for name, each in specs.items() if name in handed.filled - layout.columns.keys()]
    if labels:
        named = "、".join(f"「{each}」" for each in labels)
        yield Advice("return-column-gone", f"{shown}：没有了{named}列，按没有变化处理")


def _worked_out(handed: HandedSheet, layout: Layout, parted: _Parted, shown: str) -> Iterator[Advice]:
    """Say which cells a unit has changed in columns that docgen works out, for nothing is taken from them."""
    beside = {each.header for each in handed.share.beside}
    headers = {index: label for label, index in layout.extras.items() if label in beside}
    for number, places in parted.differing.values():
        for at in (each for each in places if each in headers):
            place = f"{shown}!{address_of(number, at)}「{headers[at]}」"
            yield Advice("return-not-taken", f"{place}：这一列不由单位填写，改动没有收")
