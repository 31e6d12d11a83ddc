"""From workbooks to linked records: every fault of every sheet at once, or the records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.approval import Approval
from docgen.model.fields import Linked, Record
from docgen.model.item import Item
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import Mechanism
from docgen.model.member import Member, Person
from docgen.model.project import Project
from docgen.model.records import Records, people_of
from docgen.model.schema import BUILT_IN, Schema
from docgen.model.unit import Unit
from docgen.sheets.dates import YEARS
from docgen.sheets.faults import CellFault, EmptySheet, RepeatedSheet, UnreadableWorkbook
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.at_once import made_at_once
from docgen.sheets.reading.doubtful import Doubtful
from docgen.sheets.reading.folder import absent, missing, opened, unread
from docgen.sheets.reading.items import judge_items
from docgen.sheets.reading.links import Index, repeated_names, repeated_values
from docgen.sheets.reading.memory import collector_paused
from docgen.sheets.reading.old import (
    FEEDBACK_LINE,
    LINES,
    OLD,
    REACH_LINE,
    OldCode,
    OldCopies,
    OldLine,
    advice_on_line,
    advice_on_sheets,
    kind_rows,
    kind_settings,
    reach_of,
)
from docgen.sheets.reading.one_by_one import OneByOne, made_one_by_one, names_in
from docgen.sheets.reading.parsed import Table
from docgen.sheets.reading.people import judge_people
from docgen.sheets.reading.places import Place, Places, places_in
from docgen.sheets.reading.table import read_table
from docgen.sheets.reading.wide import read_wide

_ADDRESS: Final = re.compile("([A-Z]*)([0-9]+)")
_OF_PROJECTS: Final = frozenset((Item, Project, Approval))  # left out together or not at all


@dataclass(frozen=True)
class Reading:
    """What reading a folder of workbooks brought.

    `records` is None when there are faults: half a workspace is no workspace. `partial` is what is sound all the same,
    so that kinds and templates can be judged by units and added columns; None where there are no units or no mechanism.
    """

    records: Records | None
    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    partial: Records | None = None


def read_folder(
    folder: Path, shown: str, wanted: Sequence[type[Record]] = (), schema: Schema = BUILT_IN
) -> Reading:
    """Read record types from the workbooks of a folder.

    A sheet is found by its name in any workbook, or as the only sheet of a workbook of that name. Lock files
    (`~$…`) and hidden files are passed over.

    Args:
        folder: where the workbooks lie.
        shown: the folder as messages write it.
        wanted: the types, in an order in which each comes after those it links to; what is wrong with others, or
            with workbooks that hold none of them, does not matter. None given: all types of the schema.
        schema: the record types of the workspace.
    """
    with collector_paused():
        faults: list[DocgenError] = []
        places = places_in(opened(folder, faults), schema)
        return _Reader(folder, shown, tuple(wanted) or schema.types, schema, places, faults).read()


@dataclass
class _Reader:
    """Takes the sheets one after the other, each after those it links to; what is found gathers here."""

    folder: Path
    shown: str
    wanted: tuple[type[Record], ...]
    schema: Schema
    places: Places
    faults: list[DocgenError]
    advices: list[Advice] = field(default_factory=list)
    tables: dict[type[Record], tuple[Record, ...]] = field(default_factory=dict)
    extras: dict[type[Record], tuple[str, ...]] = field(default_factory=dict)
    old_lines: dict[str, OldLine] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    doubtful: Doubtful = field(default_factory=Doubtful)
    unread: bool = False

    def read(self) -> Reading:
        self.unread = bool(self.faults)
        self.advices += self.places.advices
        old = [each for each in OLD if self.places.of(each)] if KindRow in self.wanted else []
        self._forgive_unread(old)
        year = _year(self.places.of(Mechanism))
        for record in self.wanted:
            before = len(self.faults)
            if record is KindRow and old and not self.places.of(KindRow):
                self._take_old(old, year)
            else:
                self._take(record, year)
            self.faults[before:] = sorted(self.faults[before:], key=_reading_order)
        self._speak_of_old(old)
        self._judge_people()
        self.advices += self.doubtful.told()
        if self.wanted == self.schema.types:
            self.advices += unread(self.folder, [each.sheet for each in self.wanted])
        read = Records(self.tables, self.schema, self.extras)
        partial = read if self.tables.get(Mechanism) and self.tables.get(Unit) else None
        return Reading(None if self.faults else read, tuple(self.faults), tuple(self.advices), partial)

    def _forgive_unread(self, old: Sequence[type[Record]]) -> None:
        """Pass over workbooks that cannot be opened where all sheets wanted stand in others."""
        present = {*self.places.found, *([KindRow] if old else [])}
        if self.wanted != self.schema.types and present.issuperset(self.wanted):
            self.faults.clear()

    @cached_property
    def _needed(self) -> frozenset[type[Record]]:
        """Return the types that have to have a sheet; those of projects need none where own sheets take their place."""
        needed = frozenset(each for each in self.wanted if not each.optional_sheet)
        found = self.places.found
        if self.schema.own and Mechanism in found and found.keys().isdisjoint(_OF_PROJECTS):
            needed -= _OF_PROJECTS
        return needed

    def _judge_people(self) -> None:
        """Judge the people sheet as a whole, when the mechanism is read too: it says which roles there are."""
        members: Any = self.tables.get(Member, ())
        mechanism: Any = next(iter(self.tables.get(Mechanism, ())), None)
        faults, advices = judge_people(members, mechanism.role_list if mechanism else None)
        self.faults += sorted(faults, key=_reading_order)
        self.advices += advices

    def _take_old(self, old: Sequence[type[Record]], year: int | None) -> None:
        """Read the sheets that 文种 replaced and make its rows from them."""
        for record in old:
            self._take(record, year)
        codes, copies = self.tables.pop(OldCode, ()), self.tables.pop(OldCopies, ())
        self.tables[KindRow] = kind_rows(codes, copies, reach_of(self.old_lines.get(REACH_LINE)))

    def _speak_of_old(self, old: Sequence[type[Record]]) -> None:
        """Say which sheets and lines are old, and use a line whose new sheet is not there."""
        if old:
            read = not self.places.of(KindRow)
            self.advices.append(advice_on_sheets([each.sheet for each in old], read=read))
        new: dict[str, type[Record]] = {FEEDBACK_LINE: KindSetting, REACH_LINE: KindRow}
        for label, line in self.old_lines.items():
            read = new[label] in self.wanted and not self.places.of(new[label])
            self.advices.append(advice_on_line(line, read=read))
            if label == FEEDBACK_LINE and read:
                self.tables[KindSetting] = kind_settings(line)

    def _take(self, record: type[Record], year: int | None) -> None:
        """Read one record type into `tables` and `index`, or report why not."""
        places = self.places.of(record)
        if len(places) != 1:
            self._missing_or_repeated(record, places)
            return
        workbook, name = places[0]
        shown = name if workbook.path.stem == name else f"{workbook.path.name} {name}"
        try:
            table = self._table(record, workbook.grid(name), shown, year)
        except UnreadableWorkbook as fault:
            self.faults.append(fault)
            self.index.lose(record)
            return
        self._keep(record, table)

    def _table(self, record: type[Record], grid: Grid, shown: str, year: int | None) -> Table:
        if record is Approval and self.places.wide:
            return read_wide(grid, shown, year, self.index.known.get(Item, {}))
        return read_table(record, grid, shown, year, self.schema.refused(record.sheet))

    def _missing_or_repeated(self, record: type[Record], places: Sequence[Place]) -> None:
        needed = record in self._needed
        if places:
            names = tuple(workbook.path.name for workbook, _ in places)
            self.faults.append(RepeatedSheet(record.sheet, names))
        elif needed and not self.unread:  # it may stand in the workbook that is not read
            others = [each for each in self.places.names if not self.schema.sheet(each)]
            self.faults.append(missing(record.sheet, self.shown, others, self.places.unnamed))
        elif record in self.schema.own and not self.unread:
            self.advices.append(absent(record.sheet))
        if places or needed or self.unread:
            self.index.lose(record)

    def _keep(self, record: type[Record], table: Table) -> None:
        """Make a sheet's records, and keep them with what is to be said of the sheet."""
        self.faults += table.faults
        self.advices += table.advices
        if table.extras:
            self._keep_extras(record, table)
        is_empty = not table.numbers
        if is_empty and not record.optional_sheet and not table.faults:
            self.faults.append(EmptySheet(table.shown))
        if is_empty and (table.faults or not record.optional_sheet):
            self.index.lose(record)
        at_once = made_at_once(record, table, self.index)
        made = made_one_by_one(record, table, self.index) if at_once is None else OneByOne(at_once)
        self.faults += made.faults
        self.advices += self.doubtful.ask(record, made.records)
        repeated = [*repeated_values(record, made.records), *repeated_names(record, made.records)]
        self.faults += repeated
        self.index.shadow(record, (each.found for each in repeated))
        self.tables[record] = made.records
        self._offer(record, made)
        if record is Item:
            self.faults += judge_items(made.records, self.index.shadows.get(Item, ()))  # type: ignore[arg-type]  # items by the test

    def _keep_extras(self, record: type[Record], table: Table) -> None:
        """Remember which columns a sheet has beyond the declared ones; old lines of 工作机制 are no fields."""
        old = LINES if record is Mechanism else ()
        self.extras[record] = tuple(label for label in table.extras if label not in old)
        for label in old:
            for row in table.rows:
                value = row.values.get("extra", {}).pop(label, None)
                if value is not None:
                    self.old_lines[label] = OldLine(label, value, row.origin)

    def _offer(self, record: type[Record], made: OneByOne) -> None:
        """Let later sheets link to these records; names of faulty rows are known but give no record."""
        if record is Member:
            self.index.add(Person, people_of(made.records))  # type: ignore[arg-type]  # made of members
            self.index.shadow(Person, (row.values.get("name") for row in made.unsound))
        elif issubclass(record, Linked):
            self.index.add(record, made.records)  # type: ignore[arg-type]  # linked by the test above
            self.index.shadow(record, (name for row in made.unsound for name in names_in(record, row)))
            key = set(record.unique[0])
            if any(not row.values.keys() >= key for row in made.unsound):
                if len(key) > 1:  # what such a row is called cannot be put together
                    self.index.lose(record)
                self.index.numberless.add(record)


def _year(places: Sequence[Place]) -> int | None:
    """Return the mechanism's year, read from its sheet ahead of all else: dates written without a year need it."""
    for workbook, name in places[:1]:
        try:
            table = read_table(Mechanism, workbook.grid(name), "", None)
        except UnreadableWorkbook:
            return None
        year = table.rows[0].values.get("year") if table.rows else None
        return year if year in YEARS else None
    return None


def _reading_order(fault: DocgenError) -> tuple[int, str]:
    """Return a key that puts the faults of a sheet as a whole first, then cells row by row."""
    cell = fault.cell if isinstance(fault, CellFault) else ""
    found = _ADDRESS.search(cell)
    return (int(found[2]), found[1].rjust(3)) if found else (0, "")
