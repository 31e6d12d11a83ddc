"""Collecting: returned workbooks read against what was handed out, and put together with what the office has now.

Nothing is written here; `applying.py` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.model.fields import FieldSpec, Record, fields_of
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.unit import Unit
from docgen.office.desk import Desk
from docgen.office.round.store import Collected, all_handed, collections, handed_in, heard, said_since
from docgen.rules.periods import Period, read_period
from docgen.sheets.faults import UnreadableWorkbook
from docgen.sheets.round.faults import (
    CsvUnknown,
    NoSheet,
    NotHandedOut,
    NothingReturned,
    OtherRound,
    SeveralPeriods,
)
from docgen.sheets.round.files import Book, CsvBook, open_returned
from docgen.sheets.round.handed import Handed, Kept
from docgen.sheets.round.identity import Identity, identity_of, title_of
from docgen.sheets.round.merging import Merged, Place, merge
from docgen.sheets.round.returned import Cell, Raised, Returned, index_of, read_returned
from docgen.sheets.round.said import Key, said
from docgen.sheets.round.shares import SHARES
from docgen.sheets.round.unchanged import Reading
from docgen.workspace import FILLING_PAGE

_MOST_NAMED: Final = 5
_SO_FAR: Final = ("invested_this_year", "invested")
"""Fields of projects that say how much has been done so far."""
_PASSED_OVER: Final = ("~$", ".")
_Since = dict[str, dict[str, dict[Key, dict[str, str]]]]


@dataclass(frozen=True)
class Collection:
    """What returned files come to.

    Args:
        period: of which they are; None when no file could be read.
        returns: the files that were read, by unit.
        merged: changes and conflicts.
        late: units that returned after the day it was due.
        missing: units that were handed a workbook and did not return any.
        faults: what is wrong with files and cells, all of it.
        advices: what should be known.
        decided: the cells about which somebody decided.
        untouched: files that are to the byte what was handed out.
    """

    period: Period | None
    returns: tuple[Returned, ...]
    merged: Merged
    late: tuple[str, ...]
    missing: tuple[str, ...]
    faults: tuple[DocgenError, ...]
    advices: tuple[Advice, ...]
    decided: tuple[Place, ...] = ()
    untouched: tuple[str, ...] = ()

    @property
    def raised(self) -> tuple[Raised, ...]:
        """Return the rows that units have added."""
        return tuple(each for found in self.returns for each in found.raised)


def collect(
    desk: Desk, records: Records, paths: Sequence[Path], decided: Mapping[Place, str] | None = None
) -> Collection:
    """Read returned workbooks and put them together.

    Args:
        desk: whose sheets.
        records: of the office, as they are.
        paths: files, or folders of files.
        decided: who is right where a conflict was decided.

    Raises:
        NothingReturned, SeveralPeriods, RoundDamaged: see there.
    """
    gathering = _Gathering(desk, records, Reading(index_of(records), records.mechanism.year))
    for path in _files(paths):
        gathering.take(path)
    return gathering.collection(decided)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [each for each in sorted(path.iterdir()) if not each.name.startswith(_PASSED_OVER)]
        files = [each for each in found if each.is_file() and each.name != FILLING_PAGE]
        if not files:
            raise NothingReturned(str(path))
        yield from files


@dataclass
class _Gathering:
    """Files read one after the other."""

    desk: Desk
    records: Records
    reading: Reading
    returns: list[Returned] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    periods: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    known: dict[Period, dict[str, Kept]] = field(default_factory=dict)
    since: dict[Period, _Since] = field(default_factory=dict)
    heard: dict[Period, dict[str, set[Place]]] = field(default_factory=dict)
    untouched: list[str] = field(default_factory=list)

    def take(self, path: Path) -> None:
        """Read one file; what is wrong with it is remembered."""
        try:
            workbook = open_returned(path)
            digest = sha256(workbook.data).hexdigest()
            if digest in self.seen:
                words = f"{path.name}：与{self.seen[digest]}是同一个文件，只算一次"
                self.advices.append(Advice("return-same", words))
                return
            self.seen[digest] = path.name
            self._read(workbook, digest)
        except (UnreadableWorkbook, NoSheet) as fault:
            self.faults.append(fault)

    def _read(self, workbook: Book, digest: str) -> None:
        if isinstance(workbook, CsvBook):
            self._read_csv(workbook, digest)
            return
        identity = identity_of(workbook)
        if identity is None:
            self.faults.append(NotHandedOut(workbook.path.name))
            return
        handed = self._handed(identity)
        if handed is None:
            self.faults.append(OtherRound(workbook.path.name, identity.unit, identity.period, identity.id))
            return
        self._take_in(workbook, handed, digest)

    def _read_csv(self, book: CsvBook, digest: str) -> None:
        """Read a .csv, which holds one sheet and says by its title and its second line whose it is."""
        name = book.path.name
        told = title_of(book, self.records)
        handed = self._last_handed(*told[:2]) if told else None
        sheets = [each for each in handed.sheets if told and each.sheet == told[2]] if handed else []
        if not handed or not sheets:
            self.faults.append(CsvUnknown(name))
            return
        words = f"{name}：csv 只有一张表，按{handed.unit}的“{sheets[0].sheet}”表读取，其他表按没有变化处理"
        self.advices.append(Advice("return-csv", words))
        self._take_in(book, replace(handed, sheets=tuple(sheets)), digest)

    def _last_handed(self, period: Period, unit: str) -> Handed | None:
        """Return what a unit was handed last for a period; None where it was handed nothing."""
        found = [each for each in self._kept(period).values() if each.unit == unit]
        last = max(found, key=lambda each: each.on, default=None)
        return self._with_since(period, last) if last else None

    def _take_in(self, workbook: Book, handed: Handed, digest: str) -> None:
        self.periods.add(handed.period)
        found = read_returned(workbook, handed, self.reading)
        period = read_period(handed.period)
        kept = self._kept(period).get(handed.id)
        if kept and kept.book == digest:
            self.untouched.append(workbook.path.name)
        known = self.heard[period].get(digest)
        if known:  # what was overruled when the file was collected before is not said again
            found.cells = [each for each in found.cells if each.place not in known]
        self._look_at_name(workbook.path.name, handed.unit, period)
        self.returns.append(found)
        self.faults += found.faults
        self.advices += found.advices

    def _look_at_name(self, name: str, unit: str, period: Period) -> None:
        """Ask about a file that is named for another unit than the one whose it is."""
        if unit in name:
            return
        others = {each.unit for each in self._kept(period).values() if each.unit in name}
        if others:
            named = "、".join(sorted(others))
            words = (
                f"{name}：文件名写的是{named}，里面是下发给{unit}的工作簿，按{unit}汇总；请核对是不是填错了表"
            )
            self.advices.append(Advice("return-named-for-other", words))

    def _handed(self, identity: Identity) -> Handed | None:
        """Return what the unit was handed, with what it has said since in the places of what was said then."""
        try:
            period = read_period(identity.period)
        except DocgenError:
            return None
        kept = self._kept(period).get(identity.id)
        return self._with_since(period, kept) if kept else None

    def _kept(self, period: Period) -> dict[str, Kept]:
        if period not in self.known:
            self.known[period] = all_handed(self.desk.workspace, period)
            applied = collections(self.desk.workspace, period)
            self.since[period] = _since(applied)
            self.heard[period] = heard(applied)
        return self.known[period]

    def _with_since(self, period: Period, kept: Kept) -> Handed:
        handed = handed_in(self.desk.workspace, period, kept)
        later = self.since[period].get(handed.unit, {})
        sheets = [replace(each, since=later.get(each.sheet, {})) for each in handed.sheets]
        return replace(handed, sheets=tuple(sheets)) if later else handed

    def collection(self, decided: Mapping[Place, str] | None) -> Collection:
        """Return what all files come to."""
        if len(self.periods) > 1:
            raise SeveralPeriods(tuple(sorted(self.periods)))
        cells = [each for found in self._by_unit() for each in found.cells]
        if self.untouched:
            named, count = "、".join(self.untouched[:_MOST_NAMED]), len(self.untouched)
            more = f" 等{count}个" if count > _MOST_NAMED else ""
            words = f"与下发时一字节不差，没有打开保存过：{named}{more}；请核对是不是拿错了文件"
            self.advices.append(Advice("return-untouched", words))
        merged = merge(cells, present_of(self.records, cells), decided)
        self.advices += _grown_less(merged)
        period = read_period(next(iter(self.periods))) if self.periods else None
        came = {each.handed.unit: each.handed.due for each in self.returns}
        late = self._late(period, came) if period else ()
        missing = self._missing(period, came) if period else ()
        told = (tuple(self.returns), merged, late, missing, tuple(self.faults), tuple(self.advices))
        return Collection(period, *told, tuple(decided or ()), tuple(self.untouched))

    def _late(self, period: Period, came: Mapping[str, date]) -> tuple[str, ...]:
        """Return the units that return after their day, and say each time by how much and how often this year."""
        known = self.records.of(Return)
        first = {
            each.unit.short_name: each.returned
            for each in known
            if each.period == period.short_name and each.returned
        }
        days = {unit: first.get(unit, self.desk.today) for unit in came}
        late = tuple(unit for unit, due in came.items() if days[unit] > due)
        for unit in late:
            due, day = came[unit], days[unit]
            before = _late_before(known, unit) - {period.short_name}
            often = f"；此前已有{len(before)}期迟报" if before else ""
            told = (
                f"应于{due.month}月{due.day}日前报回，{day.month}月{day.day}日才报，迟了{(day - due).days}天"
            )
            self.advices.append(Advice("return-late", f"{unit}{told}{often}"))
        return late

    def _by_unit(self) -> list[Returned]:
        """Return the files; where a unit returned several, that is said, and each of them counts."""
        files: dict[str, list[str]] = {}
        for each in self.returns:
            files.setdefault(each.handed.unit, []).append(each.path.name)
        for unit, names in files.items():
            if len(names) > 1:
                words = f"{unit}报了{len(names)}个文件（{'、'.join(names)}），都已读取；说法不同的列为冲突"
                self.advices.append(Advice("return-several", words))
        return self.returns

    def _missing(self, period: Period, came: Mapping[str, date]) -> tuple[str, ...]:
        """Return the units that have returned nothing, neither now nor in a collection that was applied."""
        before = {
            file["unit"]
            for each in collections(self.desk.workspace, period)
            if each.stands
            for file in each.log["files"]
        }
        owing = {each.unit for each in self.known.get(period, {}).values()}
        order = [each.short_name for each in self.records.of(Unit)]
        return tuple(each for each in order if each in owing and each not in came and each not in before)


def _grown_less(merged: Merged) -> Iterator[Advice]:
    """Ask about what has been done so far in all, where a unit says less than was said before."""
    for change in merged.changes:
        cell = change.cell
        if cell.spec.name in _SO_FAR and change.now and cell.now and Decimal(cell.now) < Decimal(change.now):
            place = f"{cell.file} {cell.sheet}!{cell.address}「{cell.spec.header}」"
            words = f"写的是{cell.now}，比原来的{change.now}少；累计数一般只增不减，请核对"
            yield Advice("return-less", f"{place}：{words}")


def _late_before(known: Sequence[Return], unit: str) -> set[str]:
    """Return the periods of which a unit returned something late."""
    mine = (each for each in known if each.unit.short_name == unit)
    return {each.period for each in mine if each.returned and each.returned > each.due}


def _since(applied: Sequence[Collected]) -> _Since:
    """Return what units said in returns of a period that were applied: by unit, sheet and key, then by field."""
    found: _Since = {}
    for unit, sheet, key, name, words in said_since(applied):
        found.setdefault(unit, {}).setdefault(sheet, {}).setdefault(key, {})[name] = words
    return found


def rows_by_key(records: Records, sheet: str) -> dict[Key, Record]:
    """Return the records of a handed-out sheet by their keys."""
    share = next(each for each in SHARES if each.record.sheet == sheet)
    specs = {each.name: each for each in fields_of(share.record)}
    found = records.of(share.record)
    keys = zip(*(_said_of(found, specs[name]) for name in share.key), strict=True)
    return dict(zip(keys, found, strict=True))


def _said_of(records: Sequence[Record], spec: FieldSpec) -> list[str]:
    """Return what a field of each record says; of a record that many are linked to, it is worked out once."""
    values = list(map(attrgetter(spec.name), records))
    words = {id(each): each for each in values}
    told = {number: said(each, spec) for number, each in words.items()}
    return [told[id(each)] for each in values]


def present_of(records: Records, cells: Iterable[Cell]) -> dict[Place, str]:
    """Return what the office's cells say now that units have changed."""
    wanted = list(cells)
    rows = {sheet: rows_by_key(records, sheet) for sheet in {each.sheet for each in wanted}}
    found: dict[Place, str] = {}
    for each in wanted:
        record = rows[each.sheet].get(each.key)
        found[each.place] = said(getattr(record, each.spec.name), each.spec) if record else ""
    return found
