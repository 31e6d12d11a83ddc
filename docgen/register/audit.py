"""Is the record whole: the chain from its first entry to its head, and every row that must follow from it.

What is found: an entry changed, taken out, put in, doubled or moved; a row of the other tables that differs from what
the entries say, is missing or too much; a step that the table of steps does not know or that the rules of its time
forbade; numbers with a gap or given twice; guards of the database switched off, its tables altered. What cannot be
found from the database alone: entries taken off the end together with all that follows from them, and a record
written anew as a whole; for these a printed head is the anchor (`expected_head`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, cast

from pydantic_core import from_json
from sqlalchemy import Connection, Executable, Table, select

from docgen.errors import DocgenError
from docgen.register.audit_findings import (
    EntryAltered,
    EntryMisplaced,
    GuardMissing,
    HeadDiffers,
    HeadUnknown,
    NumberGap,
    RowDiffers,
    RowGivenTwice,
    RowMissing,
    RowUnfounded,
    SchemaAltered,
    StepOutOfOrder,
    VersionDiffers,
)
from docgen.register.life import State, may_follow
from docgen.register.record import START, TAKEN_OVER, digest_of
from docgen.register.rejudging import JUDGED, WHOLE, judged, mismatched
from docgen.register.schema import ENTRY, FOLLOWING, SETTING, VERSION
from docgen.register.structure import (
    differences_of_schema,
    inner_damage,
    missing_guards,
    read_leniently,
)

_ENTRIES: Final = select(
    ENTRY.c.seq, ENTRY.c.document, ENTRY.c.step, ENTRY.c.body, ENTRY.c.previous, ENTRY.c.digest
).order_by(ENTRY.c.seq)
_STATES: Final = {each.value: each for each in State} | {None: None}


@dataclass
class Audit:
    """What an audit of the record found.

    Args:
        findings: everything that is wrong, in the order of the chain.
        entries: how many entries were read.
        head: number and digest of the last one, as computed.
        tables: the rows that follow from the entries: table → key → columns.
    """

    findings: list[DocgenError] = field(default_factory=list)
    entries: int = 0
    head: tuple[int, str] = (0, START)
    tables: dict[str, dict[Any, dict[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in FOLLOWING}
    )


def audit(connection: Connection, expected_head: str = "") -> Audit:
    """Read the whole record and return what is wrong with it.

    Args:
        connection: in a transaction that reads.
        expected_head: the digest of a head printed earlier; it must be that of an entry still in the chain.
    """
    with ThreadPoolExecutor(1) as beside:
        damage = beside.submit(lambda: tuple(inner_damage(connection.engine)))
        found: list[DocgenError] = [GuardMissing(each) for each in missing_guards(connection)]
        found += [SchemaAltered(each) for each in differences_of_schema(connection)]
        with _nothing_to_collect():
            try:
                done = _audited(connection, expected_head)
            except connection.dialect.loaded_dbapi.OperationalError:
                if connection.dialect.name != "sqlite":
                    raise
                read_leniently(connection)  # SQLite takes a text that is no UTF-8; a server does not
                done = _audited(connection, expected_head)
        done.findings[:0] = found
        done.findings += [SchemaAltered(each) for each in damage.result()]
    return done


def _audited(connection: Connection, expected_head: str) -> Audit:
    done = Audit()
    anchored = _walk(connection, done, expected_head.replace(" ", "").lower())
    if expected_head and not anchored:
        done.findings.append(HeadUnknown(expected_head))
    done.findings += _settings(connection, done)
    for name, table in FOLLOWING.items():
        done.findings += _differences(connection, name, table, done.tables[name])
    with suppress(TypeError, ValueError, AttributeError):  # values of odd types are found above as altered
        done.findings += _gaps(done.tables["number"])
        done.findings += mismatched(done.tables)
    return done


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep the garbage collector from looking through hundreds of thousands of values that stay anyway."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _walk(connection: Connection, done: Audit, anchor: str) -> bool:
    """Follow the chain entry by entry, replaying what each did; say whether the anchor stands in it."""
    anchored, expected, previous = False, 0, START
    states: dict[int, str | None] = {}
    for seq, document, step, body, before, digest in _rows(connection, _ENTRIES):
        expected += 1
        if seq != expected or before != previous:
            done.findings.append(EntryMisplaced(seq or 0, expected))
            expected = seq if isinstance(seq, int) else expected
        said = _said(body)
        about = (said.get("seq"), said.get("document"), said.get("step"))
        if digest_of(str(before), str(body)) != digest or about != (seq, document, step):
            done.findings.append(EntryAltered(seq))
        if said and not _replay(said, done, states):
            done.findings.append(EntryAltered(seq))
        if digest == anchor:
            anchored = True
        previous = digest
        done.entries += 1
    done.head = (expected, previous)
    return anchored


def _rows(connection: Connection, wanted: Executable) -> Iterable[tuple[Any, ...]]:
    """Return rows as the database's driver gives them: wrapped ones would cost as much as the rest of the audit."""
    return cast("Iterable[tuple[Any, ...]]", connection.execute(wanted).cursor)


def _said(body: Any) -> dict[str, Any]:
    """Return what an entry says; nothing when it is not what docgen writes."""
    try:
        said = from_json(body)
    except (ValueError, TypeError):
        return {}
    return said if type(said) is dict else {}


def _replay(said: Mapping[str, Any], done: Audit, states: dict[int, str | None]) -> bool:
    """Do again what an entry did to the tables; say whether that made sense."""
    try:
        seq, document, before, after = said["seq"], said["document"], said["before"], said["after"]
        if document is not None:
            if states.get(document) != before or not _follows(said["step"], before, after):
                done.findings.append(StepOutOfOrder(seq, said["step"], before or "", after or ""))
            states[document] = after
        if said["step"] in JUDGED:
            done.findings += judged(said, done.tables)
        for table, row, values in said["changes"]:
            values["entry"] = seq
            known = done.tables[table]
            if row in known:
                if WHOLE.get(table) in values:
                    done.findings.append(RowGivenTwice(table, str(row), seq))
                known[row].update(values)
            else:
                known[row] = values
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


_KNOWN: Final[dict[tuple[Any, Any, Any], bool]] = {}


def _follows(step: str, before: str | None, after: str | None) -> bool:
    asked = (step, before, after)
    if asked not in _KNOWN:
        known = before in _STATES and after in _STATES
        first = step == TAKEN_OVER and before is None
        _KNOWN[asked] = known and (first or may_follow(step, _STATES[before], _STATES[after]))
    return _KNOWN[asked]


def _settings(connection: Connection, done: Audit) -> Iterator[DocgenError]:
    """Yield what is wrong with version and head."""
    rows = {row.name: row.value for row in connection.execute(select(SETTING))}
    number, digest = done.head
    if rows.pop("head", "") != f"{number} {digest}":
        yield HeadDiffers(number, digest)
    if rows.pop("version", "") != str(VERSION):
        yield VersionDiffers()
    for name in rows:
        yield RowUnfounded("setting", name)


def _differences(
    connection: Connection, name: str, table: Table, expected: Mapping[Any, Mapping[str, Any]]
) -> Iterator[DocgenError]:
    """Yield the rows of a table that are not those that follow from the entries."""
    defaults = {each.name: _default(each) for each in table.columns}
    columns = tuple(defaults)
    identity, in_order = columns.index("id"), itemgetter(*columns)
    seen = set()
    for found in _rows(connection, select(table)):
        key = found[identity]
        if key in seen:
            yield RowUnfounded(name, str(key))
        seen.add(key)
        if key not in expected:
            yield RowUnfounded(name, str(key))
            continue
        wanted = in_order({**defaults, **expected[key], "id": key})
        if found != wanted:
            yield RowDiffers(name, str(key), _differing(columns, found, wanted))
    for key in expected:
        if key not in seen:
            yield RowMissing(name, str(key))


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None else None


def _differing(columns: Sequence[str], found: Sequence[Any], wanted: Sequence[Any]) -> tuple[str, ...]:
    return tuple(name for name, is_, was in zip(columns, found, wanted, strict=True) if is_ != was)


def _gaps(numbers: Mapping[Any, Mapping[str, Any]]) -> Iterator[DocgenError]:
    """Yield the serials missing from each series of numbers."""
    serials: dict[tuple[Any, Any], set[int]] = {}
    for each in numbers.values():
        if isinstance(each.get("serial"), int):
            serials.setdefault((each.get("code"), each.get("year")), set()).add(each["serial"])
    for (code, year), given in serials.items():
        last = 0
        for serial in sorted(given):
            if serial > last + 1:
                missing = f"{last + 1}号至{serial - 1}号" if serial > last + 2 else f"{last + 1}号"
                yield NumberGap(f"{code}〔{year}〕{missing}")
            last = serial
