"""What an applied collection would write: cells of the office's workbooks, tried out on copies before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from docgen.errors import Advice, DocgenError
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import FieldSpec, Origin, Record, field_of, fields_of
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.values import BottleneckSource, BottleneckState
from docgen.office.desk import Desk
from docgen.office.round.collecting import Collection, rows_by_key
from docgen.office.round.importable import blank_row
from docgen.office.round.plan import Plan, Written, make_books, try_books
from docgen.sheets.importing.faults import NothingToWriteInto
from docgen.sheets.opening.workbook import open_workbook
from docgen.sheets.round.faults import ColumnGone, NoRoomBelow, RowGone
from docgen.sheets.round.handed import Handed
from docgen.sheets.round.merging import Change
from docgen.sheets.round.returned import Raised, Returned
from docgen.sheets.round.said import Key, key_of, said
from docgen.sheets.writing.annotate import place_of
from docgen.sheets.writing.blank import raw_value
from docgen.sheets.writing.in_place import Edit

NO_RETURNS: Final = "没有“报送”表，没有登记；可用 docgen sheets new 报送 --to data 建表"


def plan(desk: Desk, records: Records, collection: Collection, left_out: frozenset[tuple[str, int]]) -> Plan:
    """Return what a collection would write, tried out.

    Args:
        desk: whose sheets.
        records: as they are.
        collection: what came back.
        left_out: sheet and row of changes that are not to be written.
    """
    found = Plan(decided=collection.decided)
    rows = {
        change.cell.sheet: rows_by_key(records, change.cell.sheet) for change in collection.merged.changes
    }
    for change in collection.merged.changes:
        _plan_change(found, change, rows[change.cell.sheet].get(change.cell.key), left_out)
    found.waiting |= set(_rows_in_conflict(records, collection))
    _plan_raised(found, desk, records, collection.raised, left_out)
    _plan_returns(found, desk, records, collection, left_out)
    make_books(found, desk.workspace.data)
    if found.books and not found.faults:
        try_books(found, desk)
    return found


def _rows_in_conflict(records: Records, collection: Collection) -> Iterator[tuple[str, int]]:
    for each in collection.merged.conflicts:
        sheet, key, _ = each.place
        record = rows_by_key(records, sheet).get(key)
        if record and record.origin:
            yield record.origin.sheet, record.origin.row


def _plan_change(
    found: Plan, change: Change, record: Record | None, left_out: frozenset[tuple[str, int]]
) -> None:
    cell = change.cell
    shown = (f"{cell.file} {cell.sheet}", cell.address, cell.spec.header, cell.now)
    if record is None or record.origin is None:
        found.faults.append(RowGone(*shown, " ".join(cell.key)))
        return
    origin = record.origin
    if not has_cell_of_its_own(origin, cell.spec.name):
        found.faults.append(ColumnGone(*shown, cell.sheet))
        return
    if (origin.sheet, origin.row) in left_out:
        words = f"{shown[0]}!{shown[1]}「{shown[2]}」：同一行还有问题或没有决定的冲突，没有写入“{cell.now or '（空）'}”"
        found.advices.append(Advice("return-left-out", words))
        return
    found.put(origin, cell.spec.name, Edit(raw_or_none(cell.value, cell.spec), header=cell.spec.header))
    place = origin.place(cell.spec.name)
    found.written.append(
        Written(cell.sheet, cell.key, cell.spec.name, cell.spec.label, change.now, cell.now, cell.unit, cell.file,
                cell.address, place)
    )  # fmt: skip
    cells = {name: f"{letters}{cell.row}" for name, letters in cell.columns.items()}
    _, known, _ = found.sources.setdefault((origin.sheet, origin.row), (shown[0], cells, cell.address))
    known[cell.spec.name] = cell.address


def has_cell_of_its_own(origin: Origin, name: str) -> bool:
    """Whether a field has a cell in its row that holds nothing else; in the sheet with a column an item, none has."""
    letters = origin.columns.get(name)
    return letters is not None and list(origin.columns.values()).count(letters) == 1


def raw_or_none(value: Any, spec: FieldSpec) -> Any:
    """Return a value as its cell holds it; None to make the cell blank."""
    return None if value is None or value == () else raw_value(value, spec)


def _plan_raised(
    found: Plan,
    desk: Desk,
    records: Records,
    raised: Sequence[Raised],
    left_out: frozenset[tuple[str, int]],
) -> None:
    """Add the bottlenecks that units have raised, numbered on, below the others; the same question once."""
    known = records.of(Bottleneck)
    asked = {each.question for each in known}
    new = [each for each in raised if each.values.get("question") not in asked]
    if not new:
        return
    adding = Adding(found, desk, Bottleneck, known, left_out)
    number = known[-1].number if known else f"问{records.mechanism.year}-000"
    for each in new:
        number = _next(number)
        more = {
            "number": number,
            "source": BottleneckSource.UNIT,
            "raised_by": each.unit,
            "raised": desk.today,
            "state": BottleneckState.NEW,
        }
        place = (adding.sheet, adding.row)
        cells = {name: f"{letters}{each.row}" for name, letters in each.columns.items()}
        source = (f"{each.file} {each.sheet}", cells, next(iter(cells.values())))
        if adding.add({**each.values, **more}, (number,), each.unit, each.file):
            found.sources[place] = source


def _next(number: str) -> str:
    """Return the number behind one: 问2026-009 → 问2026-010."""
    parts = list(re.finditer(r"\d+", number))
    if not parts:
        return f"{number}1"
    last = parts[-1]
    return f"{number[: last.start()]}{int(last[0]) + 1:0{len(last[0])}d}{number[last.end() :]}"


class Adding:
    """Adds rows below the last record of a sheet of the office."""

    def __init__(
        self,
        found: Plan,
        desk: Desk,
        record: type[Record],
        known: Sequence[Record],
        left_out: frozenset[tuple[str, int]] = frozenset(),
    ) -> None:
        """Find where rows go: below the last one, or into the first of a sheet that has no records yet.

        `origin` is None where there is no sheet to write into; rows at the places `left_out` are not written.
        """
        self.found, self.record, self.left_out = found, record, left_out
        origin = known[-1].origin if known else blank_row(desk, record)
        self.origin = origin
        self.sheet = origin.sheet if origin else record.sheet
        first = origin.row if origin else 1
        self.row = max((each.origin.row + 1 for each in known if each.origin), default=first)
        self.taken = ""
        self.room = self._room(desk.workspace.data) if origin else 0

    def _room(self, data: Path) -> int:
        """Return up to which row nothing stands below the records, so that rows can be added."""
        workbook, sheet = place_of(self.sheet)
        rows = open_workbook(data / workbook).grid(sheet).rows
        for number in range(self.row, len(rows) + 1):
            if any(str(each).strip() for each in rows[number - 1]):
                self.taken = str(next(each for each in rows[number - 1] if str(each).strip()))
                return number
        return 1 << 20

    def add(self, values: dict[str, Any], key: Key, unit: str, file: str) -> bool:
        """Have a row written, if there is room for it and it is not left out; return whether it is."""
        if (self.sheet, self.row) in self.left_out:
            self.row += 1
            return False
        if self.origin is None or self.row >= self.room:
            self._refuse()
            return False
        origin = Origin(self.sheet, self.row, self.origin.columns)
        for spec in fields_of(self.record):
            value = raw_or_none(values.get(spec.name), spec)
            if value is not None and spec.name in origin.columns:
                like = f"{origin.columns[spec.name]}{self.origin.row}"
                self.found.put(origin, spec.name, Edit(value, like, spec.header))
                words = said(values[spec.name], spec)
                place = origin.place(spec.name)
                self.found.written.append(
                    Written(self.record.sheet, key, spec.name, spec.label, "", words, unit, file, "", place)
                )
        self.found.added.append((self.sheet, self.row))
        self.row += 1
        return True

    def _refuse(self) -> None:
        """Note once for a sheet that it has no room, and for each row that it is at fault."""
        fault: DocgenError = NothingToWriteInto(self.sheet)
        if self.origin:
            fault = NoRoomBelow(self.sheet, self.row, f"“{self.taken}”")
        if not any(
            type(each) is type(fault) and each.values["sheet"] == self.sheet for each in self.found.faults
        ):
            self.found.faults.append(fault)
        self.found.at_fault.add((self.sheet, self.row))
        self.row += 1


def _plan_returns(
    found: Plan,
    desk: Desk,
    records: Records,
    collection: Collection,
    left_out: frozenset[tuple[str, int]],
) -> None:
    """Enter in the sheet of returns who has returned what, and when."""
    known = records.of(Return)
    adding = Adding(found, desk, Return, known, left_out)
    if adding.origin is None:
        found.advices.append(Advice("return-not-entered", NO_RETURNS))
        return
    assert collection.period is not None  # noqa: S101  # there are returns
    name = collection.period.short_name
    entered: set[str] = set()
    for each in collection.returns:
        unit = records.find_unit(each.handed.unit)
        if unit.name in entered:
            continue
        entered.add(unit.name)
        rows = {row.matter: row for row in known if row.unit == unit and row.period == name}
        for matter in matters_of(each.handed):
            row = rows.get(matter)
            if row is not None:
                if row.returned is None:
                    _enter(found, row, desk, each)
                continue
            values = {
                "unit": unit,
                "period": name,
                "matter": matter,
                "due": each.handed.due,
                "returned": desk.today,
            }
            adding.add(values, (unit.short_name, name, matter), each.handed.unit, each.path.name)


def matters_of(handed: Handed) -> list[str]:
    """Return what a workbook is the return of, as the sheet of returns calls it."""
    titles = [each.share.record.title for each in handed.sheets]
    usual = field_of(Return, "matter").column.suggestions
    return [each for each in titles if each in usual] or titles


def _enter(found: Plan, row: Return, desk: Desk, returned: Returned) -> None:
    spec = field_of(Return, "returned")
    if row.origin is None or spec.name not in row.origin.columns:
        return
    like = row.origin.columns.get("due")  # a cell of a row added by docgen has no format yet
    found.put(row.origin, spec.name, Edit(desk.today, f"{like}{row.origin.row}" if like else "", spec.header))
    specs = {each.name: each for each in fields_of(Return)}
    key = key_of(row, specs, Return.unique[0])
    told = (returned.handed.unit, returned.path.name, "", row.origin.place(spec.name))
    found.written.append(Written(Return.sheet, key, spec.name, spec.label, "", desk.today.isoformat(), *told))
