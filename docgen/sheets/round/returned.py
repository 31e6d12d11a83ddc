"""A workbook that a unit returned, read: what each of its cells says now, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.fields import FieldSpec, Origin, Shape
from docgen.model.member import Person
from docgen.model.records import Records
from docgen.model.values import BottleneckState, SupervisionState
from docgen.sheets.faults import CellFault
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.parsed import Row
from docgen.sheets.round.faults import OnlyOffice, RowTwice, SheetGone, StrangeRow
from docgen.sheets.round.files import Book, CsvBook
from docgen.sheets.round.foot import FOOT_BEGINS
from docgen.sheets.round.handed import Handed, HandedRow, HandedSheet
from docgen.sheets.round.said import Key, said
from docgen.sheets.round.unchanged import Reading, SheetRead, read_sheet

_OFFICE_ONLY: Final[dict[Any, Any]] = {
    BottleneckState.CLOSED: BottleneckState.TO_CONFIRM,
    SupervisionState.CONFIRMED: SupervisionState.DONE,
    SupervisionState.LIFTED: SupervisionState.DONE,
}
"""States that only the office gives, each with what a unit writes instead."""


@dataclass(frozen=True)
class Cell:
    """What a cell of a returned sheet says, where a unit has changed it.

    Args:
        sheet: of the office.
        key: of the row.
        spec: the field.
        before: what it said when it was handed out.
        now: what it says.
        value: to be written.
        unit: who says so.
        file: name of the file.
        address: of the cell in it.
        columns: letters of the columns of its sheet, by field.
    """

    sheet: str
    key: Key
    spec: FieldSpec
    before: str
    now: str
    value: Any
    unit: str
    file: str
    address: str
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def row(self) -> str:
        """Return the number of its row, as addresses have it."""
        return self.address.lstrip(ascii_uppercase)

    @property
    def place(self) -> tuple[str, Key, str]:
        """Return what cell of the office it is about."""
        return (self.sheet, self.key, self.spec.name)


@dataclass(frozen=True)
class Raised:
    """A row that a unit has added: values by field name, and where it stands."""

    sheet: str
    values: dict[str, Any]
    unit: str
    file: str
    row: int
    columns: dict[str, str]


@dataclass
class Returned:
    """What one returned workbook brought; `handed` is what it answers, without the rows."""

    path: Path
    handed: Handed
    cells: list[Cell] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


def index_of(records: Records) -> Index:
    """Return what names in returned sheets may mean."""
    index = Index()
    for sheet, kind in records.schema.linkable().items():
        linked: Any = records.people if kind is Person else records.named(sheet)
        index.add(kind, linked)
    return index


def read_returned(workbook: Book, handed: Handed, reading: Reading) -> Returned:
    """Read a returned workbook against what was handed out.

    Args:
        workbook: the file.
        handed: what its unit was handed.
        reading: what returned sheets are read with.
    """
    found = Returned(workbook.path, handed.without_rows())
    names = {each.strip(): each for each in workbook.sheet_names}
    if isinstance(workbook, CsvBook):  # its only sheet has no name
        names = {each.sheet: each.sheet for each in handed.sheets}
    for each in handed.sheets:
        if each.sheet not in names:
            found.faults.append(SheetGone(workbook.path.name, each.sheet))
            continue
        shown = f"{workbook.path.name} {each.sheet}"
        read = read_sheet(workbook.sheet(names[each.sheet]), each, shown, reading)
        _Sheet(found, each, read, reading).read()
    return found


class _Sheet:
    """One returned sheet, gone through row by row."""

    def __init__(self, found: Returned, handed: HandedSheet, read: SheetRead, reading: Reading) -> None:
        self.found, self.handed, self.table, self.index = found, handed, read.table, reading.index
        self.specs, self.changed = read.specs, read.changed
        self.share = handed.share
        self.bad: set[str] = set()
        self.seen: dict[Key, int] = dict(read.seen)
        self.twice: set[Key] = set()

    def read(self) -> None:
        """Gather changes, added rows, faults and advice."""
        self.found.faults += self.table.faults
        self.found.advices += [each for each in self.table.advices if not _is_idle(each)]
        self.bad = {each.cell for each in self.table.faults if isinstance(each, CellFault)}
        rows = [(row, values) for row in self.table.rows if (values := dict(self._linked(row)))]
        if rows:
            self._find_twice(rows)
        for key, row, names in self.changed:
            values = dict(self._linked(row))
            for name in names if key not in self.twice else ():
                self._cell(row, values, name, self.handed.rows[key])
        for row, values in rows:
            self._row(row, values)
        if len(self.seen) < len(self.handed.rows) and not self.table.faults:
            missing = [key for key in self.handed.rows if key not in self.seen]
            words = "；".join(" ".join(key) for key in missing[:5]) + ("等" if len(missing) > 5 else "")
            said_so = f"{self.table.shown}：下发的{len(missing)}行没有了（{words}），按没有变化处理"
            self.found.advices.append(Advice("return-rows-gone", said_so))

    def _linked(self, row: Row) -> Iterator[tuple[str, Any]]:
        """Yield the values of a row, names replaced by the records they mean."""
        for name, value in row.values.items():
            spec = self.specs.get(name)
            if spec is None:  # the origin of the row
                continue
            if spec.shape is not Shape.LINK:
                yield name, value
                continue
            place = (row.origin.sheet, row.origin.cell(name), spec.header)
            meant = [self.index.find(spec.type, each, place) for each in (value if spec.many else (value,))]
            faults = [each for each in meant if isinstance(each, DocgenError)]
            if faults:
                self._fault(*faults)
            else:
                yield name, tuple(meant) if spec.many else meant[0]

    def _fault(self, *faults: DocgenError) -> None:
        self.found.faults += faults
        self.bad |= {each.cell for each in faults if isinstance(each, CellFault)}

    def _key(self, values: dict[str, Any]) -> Key:
        return tuple(said(values.get(name), self.specs[name]) for name in self.share.key)

    def _find_twice(self, rows: Sequence[tuple[Row, dict[str, Any]]]) -> None:
        """Report each row whose key another one has; neither is taken, since it is unclear which is meant."""
        places = {key: [number] for key, number in self.seen.items()}
        for row, values in rows:
            if self.handed.row(key := self._key(values)):
                places.setdefault(key, []).append(row.origin.row)
        for key, found in places.items():
            self.seen[key], *others = sorted(found)
            for each in others:
                self.twice.add(key)
                like = replace(rows[0][0].origin, row=each)
                self._fault(RowTwice(*self._key_place(like), " ".join(key), self.seen[key]))

    def _row(self, row: Row, values: dict[str, Any]) -> None:
        key = self._key(values)
        handed = self.handed.row(key)
        if handed:
            filled = (each for each in self.specs if each in values or each in handed.said)
            for name in filled if key not in self.twice else ():
                self._cell(row, values, name, handed)
        elif self.share.raised and not any(key):
            self._raise(row, values)
        elif not {row.origin.cell(name) for name in self.share.key} & self.bad:
            self._fault(StrangeRow(*self._key_place(row.origin), " ".join(filter(None, key))))

    def _key_place(self, origin: Origin) -> tuple[str, str, str]:
        name = self.share.key[0]
        header = "、".join(self.specs[each].header for each in self.share.key)
        return (origin.sheet, origin.cell(name), header)

    def _cell(self, row: Row, values: dict[str, Any], name: str, handed: HandedRow) -> None:
        spec, before = self.specs[name], handed.said.get(name, "")
        now = said(values[name], spec) if name in values else ""
        if now == before:
            return
        address = row.origin.cell(name)
        if address in self.bad or name not in row.origin.columns:
            return
        if name not in handed.filled:
            if name not in self.share.key:
                self._not_taken(row, name, before)
            return
        instead = _OFFICE_ONLY.get(values.get(name))
        if instead is not None:
            self._fault(OnlyOffice(row.origin.sheet, address, spec.header, now, instead.value))
            return
        where = (self.found.handed.unit, self.found.path.name, address)
        self.found.cells.append(
            Cell(
                self.handed.sheet, handed.key, spec, before, now, values.get(name), *where, row.origin.columns
            )
        )

    def _not_taken(self, row: Row, name: str, before: str) -> None:
        place = f"{row.origin.place(name)}「{self.specs[name].header}」"
        sent = f"是“{before}”" if before else "空着"
        words = f"{place}：这一格不由{self.found.handed.unit}填写，没有收（下发时{sent}）"
        self.found.advices.append(Advice("return-not-taken", words))

    def _raise(self, row: Row, values: dict[str, Any]) -> None:
        kept = {name: each for name, each in values.items() if name in self.share.raised}
        if kept:
            columns = dict(row.origin.columns)
            unit, file = self.found.handed.unit, self.found.path.name
            self.found.raised.append(Raised(self.handed.sheet, kept, unit, file, row.origin.row, columns))


def _is_idle(advice: Advice) -> bool:
    """Whether advice on sheets of the office says nothing new here: about the foot that was handed out with them."""
    return advice.code == "row-passed-over" and FOOT_BEGINS in advice.text
