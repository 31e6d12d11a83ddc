"""From workbooks to linked records: every fault of every sheet at once, or the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic_core import SchemaValidator, ValidationError, core_schema

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.approval import Approval
from docgen.model.doubts import Doubt
from docgen.model.fields import ANSWER, FieldSpec, Linked, Record, field_of, fields_of, schema_of
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
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.reading.at_once import made_at_once
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
from docgen.sheets.reading.parsed import Row, Table
from docgen.sheets.reading.people import judge_people
from docgen.sheets.reading.table import read_table
from docgen.sheets.reading.validation import fault_together, faults_of
from docgen.sheets.reading.wide import WideApprovals, read_wide

_HOW_TO_ANSWER: Final = f"在该行的“{ANSWER}”列写明情况（没有这一列的加上），就不再问；不影响起草"
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
        return _Reader(folder, shown, tuple(wanted) or schema.types, schema).read()


@dataclass
class _Reader:
    folder: Path
    shown: str
    wanted: tuple[type[Record], ...]
    schema: Schema
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    tables: dict[type[Record], tuple[Record, ...]] = field(default_factory=dict)
    extras: dict[type[Record], tuple[str, ...]] = field(default_factory=dict)
    old_lines: dict[str, OldLine] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    sheet_names: list[str] = field(default_factory=list)
    unnamed: dict[str, Workbook] = field(default_factory=dict)
    wide: bool = False
    asked: int = 0
    answered: int = 0
    unread: bool = False
    needed: frozenset[type[Record]] = frozenset()

    def read(self) -> Reading:
        workbooks = opened(self.folder, self.faults)
        self.unread = bool(self.faults)
        places = self._places(workbooks)
        year = self._year(places)
        self.needed = frozenset(each for each in self.wanted if not each.optional_sheet)
        if self.schema.own and Mechanism in places and places.keys().isdisjoint(_OF_PROJECTS):
            self.needed -= _OF_PROJECTS
        old = [each for each in OLD if each in places] if KindRow in self.wanted else []
        present = {*places, KindRow} if old else set(places)
        if self.wanted != self.schema.types and present.issuperset(self.wanted):
            self.faults.clear()  # a workbook that cannot be opened holds none of the sheets wanted
        for record in self.wanted:
            before = len(self.faults)
            if record is KindRow and old and record not in places:
                self._take_old(old, places, year)
            else:
                self._take(record, places.get(record, []), year)
            self.faults[before:] = sorted(self.faults[before:], key=_reading_order)
        self._speak_of_old(old, places)
        self._judge_people()
        self._speak_of_answers()
        if self.wanted == self.schema.types:
            self.advices += unread(self.folder, [each.sheet for each in self.wanted])
        read = Records(self.tables, self.schema, self.extras)
        partial = read if self.tables.get(Mechanism) and self.tables.get(Unit) else None
        return Reading(None if self.faults else read, tuple(self.faults), tuple(self.advices), partial)

    def _places(self, workbooks: Iterable[Workbook]) -> dict[type[Record], list[tuple[Workbook, str]]]:
        """Return the sheets of each record type; all sheet names are kept for near misses."""
        types: tuple[type[Record], ...] = (*self.schema.types, *OLD, WideApprovals)
        by_name = {record.sheet: record for record in types}
        found: dict[type[Record], list[tuple[Workbook, str]]] = {}
        for workbook in workbooks:
            names = workbook.sheet_names
            self.sheet_names += workbook.shown_names
            claimed = [name for name in names if name.strip() in by_name]
            if not claimed:
                self.unnamed[workbook.path.stem] = workbook
            for name in claimed:
                found.setdefault(by_name[name.strip()], []).append((workbook, name))
            if not claimed and len(names) == 1 and workbook.path.stem in by_name:
                found.setdefault(by_name[workbook.path.stem], []).append((workbook, names[0]))
        self._take_wide_for_long(found)
        return found

    def _take_wide_for_long(self, found: dict[type[Record], list[tuple[Workbook, str]]]) -> None:
        """Let the sheet with a column for each item stand for that of approvals, where that is not there."""
        wide = found.pop(WideApprovals, None)
        if wide and Approval in found:
            words = f"有“{Approval.sheet}”表，“{WideApprovals.sheet}”表没有读取"
            self.advices.append(Advice("sheet-wide-unread", words))
        elif wide:
            found[Approval], self.wide = wide, True

    def _year(self, places: Mapping[type[Record], list[tuple[Workbook, str]]]) -> int | None:
        """Return the mechanism's year ahead of all else: dates written without a year need it."""
        for workbook, name in places.get(Mechanism, [])[:1]:
            try:
                table = read_table(Mechanism, workbook.grid(name), "", None)
            except UnreadableWorkbook:
                return None
            year = table.rows[0].values.get("year") if table.rows else None
            return year if year in YEARS else None
        return None

    def _judge_people(self) -> None:
        """Judge the people sheet as a whole, when the mechanism is read too: it says which roles there are."""
        members: Any = self.tables.get(Member, ())
        mechanism: Any = next(iter(self.tables.get(Mechanism, ())), None)
        faults, advices = judge_people(members, mechanism.role_list if mechanism else None)
        self.faults += sorted(faults, key=_reading_order)
        self.advices += advices

    def _take_old(
        self,
        old: Sequence[type[Record]],
        places: Mapping[type[Record], list[tuple[Workbook, str]]],
        year: int | None,
    ) -> None:
        """Read the sheets that 文种 replaced and make its rows from them."""
        for record in old:
            self._take(record, places[record], year)
        codes, copies = self.tables.pop(OldCode, ()), self.tables.pop(OldCopies, ())
        self.tables[KindRow] = kind_rows(codes, copies, reach_of(self.old_lines.get(REACH_LINE)))

    def _speak_of_old(
        self, old: Sequence[type[Record]], places: Mapping[type[Record], list[tuple[Workbook, str]]]
    ) -> None:
        """Say which sheets and lines are old, and use a line whose new sheet is not there."""
        if old:
            self.advices.append(advice_on_sheets([each.sheet for each in old], read=KindRow not in places))
        new = {FEEDBACK_LINE: KindSetting, REACH_LINE: KindRow}
        for label, line in self.old_lines.items():
            read = new[label] in self.wanted and new[label] not in places
            self.advices.append(advice_on_line(line, read=read))
            if label == FEEDBACK_LINE and read:
                self.tables[KindSetting] = kind_settings(line)

    def _take(self, record: type[Record], places: Sequence[tuple[Workbook, str]], year: int | None) -> None:
        """Read one record type into `tables` and `index`, or report why not."""
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
        if record is Approval and self.wide:
            return read_wide(grid, shown, year, self.index.known.get(Item, {}))
        return read_table(record, grid, shown, year, self.schema.refused(record.sheet))

    def _missing_or_repeated(self, record: type[Record], places: Sequence[tuple[Workbook, str]]) -> None:
        if places:
            names = tuple(workbook.path.name for workbook, _ in places)
            self.faults.append(RepeatedSheet(record.sheet, names))
        elif record in self.needed and not self.unread:  # it may stand in the workbook that is not read
            others = [each for each in self.sheet_names if not self.schema.sheet(each)]
            self.faults.append(missing(record.sheet, self.shown, others, self.unnamed))
        elif record in self.schema.own and not self.unread:
            self.advices.append(absent(record.sheet))
        if places or record in self.needed or self.unread:
            self.index.lose(record)

    def _keep(self, record: type[Record], table: Table) -> None:
        self.faults += table.faults
        self.advices += table.advices
        if table.extras:
            self._keep_extras(record, table)
        is_empty = not table.numbers
        if is_empty and not record.optional_sheet and not table.faults:
            self.faults.append(EmptySheet(table.shown))
        if is_empty and (table.faults or not record.optional_sheet):
            self.index.lose(record)
        made, unsound = made_at_once(record, table, self.index), list[Row]()
        if made is None:
            self._link(record, table.rows)
            made, unsound = self._validated(record, table.rows)
        self._ask(record, made)
        repeated = [*repeated_values(record, made), *repeated_names(record, made)]
        self.faults += repeated
        self.index.shadow(record, (each.found for each in repeated))
        self.tables[record] = made
        self._offer(record, made, unsound)
        if record is Item:
            self.faults += judge_items(made, self.index.shadows.get(Item, ()))  # type: ignore[arg-type]  # items by the test

    def _ask(self, record: type[Record], made: Sequence[Record]) -> None:
        """Ask about doubtful values, except in rows in which the office has answered."""
        found: list[tuple[Record, Doubt]] = []
        if record.doubts is not Record.doubts:
            found += [(each, doubt) for each in made for doubt in each.doubts()]
        found += record.doubts_among(made)
        asked = [each.ask(doubt) for each, doubt in found if not each.answer]
        self.advices += asked
        self.asked += len(asked)
        self.answered += len(found) - len(asked)

    def _speak_of_answers(self) -> None:
        """Say how doubts are answered, and how many are."""
        if self.asked:
            self.advices.append(Advice("doubts-answer", f"以上问到的数据核对无误的，{_HOW_TO_ANSWER}"))
        if self.answered:
            words = f"另有{self.answered}处疑问已在“{ANSWER}”列答复，没有再问"
            self.advices.append(Advice("doubts-answered", words))

    def _keep_extras(self, record: type[Record], table: Table) -> None:
        """Remember which columns a sheet has beyond the declared ones; old lines of 工作机制 are no fields."""
        old = LINES if record is Mechanism else ()
        self.extras[record] = tuple(label for label in table.extras if label not in old)
        for label in old:
            for row in table.rows:
                value = row.values.get("extra", {}).pop(label, None)
                if value is not None:
                    self.old_lines[label] = OldLine(label, value, row.origin)

    def _link(self, record: type[Record], rows: Sequence[Row]) -> None:
        """Replace the names in link columns by the records they name."""
        for spec in fields_of(record):
            if issubclass(spec.type, Linked):
                known: dict[Any, Any] = {}
                for row in rows:
                    meant = known.get(row.values.get(spec.name))
                    if meant is not None:
                        row.values[spec.name] = meant
                    elif spec.name in row.values:
                        self._replace(spec, row, known)

    def _replace(self, spec: FieldSpec, row: Row, known: dict[Any, Any]) -> None:
        """Replace the names in one cell; `known` keeps what names of the column have been found to mean."""
        named = row.values[spec.name]
        meant = self._resolved(spec, named, row)
        if meant is None:
            del row.values[spec.name]
            row.sound, row.lost = False, (*row.lost, spec.name)
        else:
            known[named] = row.values[spec.name] = meant

    def _resolved(self, spec: FieldSpec, named: Any, row: Row) -> Any:
        names = named if spec.many else (named,)
        place = (row.origin.sheet, row.origin.cell(spec.name), spec.header)
        found = [self.index.find(spec.type, name, place) for name in names]
        faults = [each for each in found if isinstance(each, DocgenError)]
        self.faults += faults
        if faults or None in found:
            return None
        return tuple(found) if spec.many else found[0]

    def _validated(self, record: type[Record], rows: Sequence[Row]) -> tuple[tuple[Record, ...], list[Row]]:
        """Make records of the sound rows, all in one call; report those that pydantic refuses."""
        if not rows:
            return (), []
        sound = [row for row in rows if row.sound]
        unsound = [row for row in rows if not row.sound]
        adapter = _adapter(record)
        self._validate_rest(record, adapter, unsound)
        try:
            return tuple(adapter.validate_python([row.values for row in sound])), unsound
        except ValidationError as error:
            self.faults += faults_of(record, error, sound)
            bad = {each["loc"][0] for each in error.errors(include_url=False, include_context=False)}
        good = [row for index, row in enumerate(sound) if index not in bad]
        unsound += [row for index, row in enumerate(sound) if index in bad]
        return tuple(adapter.validate_python([row.values for row in good])), unsound

    def _validate_rest(self, record: type[Record], adapter: SchemaValidator, unsound: Sequence[Row]) -> None:
        """Report what else is wrong with the cells of faulty rows, so that all faults are shown at once."""
        try:
            adapter.validate_python([row.values for row in unsound])
        except ValidationError as error:
            self.faults += faults_of(record, error, unsound, only_given=True)
        known = {(each.sheet, each.cell) for each in self.faults if isinstance(each, CellFault)}
        known |= {(row.origin.sheet, row.origin.cell(name)) for row in unsound for name in row.lost}
        found = (fault_together(record, row) for row in unsound)
        self.faults += [each for each in found if each and (each.sheet, each.cell) not in known]

    def _offer(self, record: type[Record], made: tuple[Record, ...], unsound: Sequence[Row]) -> None:
        """Let later sheets link to these records; names of faulty rows are known but give no record."""
        if record is Member:
            self.index.add(Person, people_of(made))  # type: ignore[arg-type]  # made of members
            self.index.shadow(Person, (row.values.get("name") for row in unsound))
        elif issubclass(record, Linked):
            self.index.add(record, made)  # type: ignore[arg-type]  # linked by the test above
            self.index.shadow(record, (name for row in unsound for name in _names_in(record, row)))
            key = set(record.unique[0])
            if any(not row.values.keys() >= key for row in unsound):
                if len(key) > 1:  # what such a row is called cannot be put together
                    self.index.lose(record)
                self.index.numberless.add(record)


@cache
def _adapter(record: type[Record]) -> SchemaValidator:
    """Return what validates the rows of a table in one call."""
    return SchemaValidator(core_schema.list_schema(schema_of(record)))


def _reading_order(fault: DocgenError) -> tuple[int, str]:
    """Return a key that puts the faults of a sheet as a whole first, then cells row by row."""
    cell = fault.cell if isinstance(fault, CellFault) else ""
    found = _ADDRESS.search(cell)
    return (int(found[2]), found[1].rjust(3)) if found else (0, "")


def _names_in(record: type[Record], row: Row) -> Iterable[str]:
    """Return the texts and numbers of a faulty row by which other sheets may mean it."""
    keys = {name for group in record.unique for name in group} | {"aliases"}
    for name in keys & row.values.keys():
        value = row.values[name]
        yield from value if field_of(record, name).many else (_handle(value),)
    first = record.unique[0]
    if len(first) > 1 and row.values.keys() >= set(first):
        yield "-".join(_handle(row.values[name]) for name in first)


def _handle(value: Any) -> str:
    return value.handle if isinstance(value, Linked) else str(value)
