"""Is the record whole: the chain from its first entry to its head, and every row that must follow from it.

What is found: an entry changed, taken out, put in, doubled or moved; a row of the other tables that differs from what
the entries say, is missing or too much; a step that the table of steps does not know, that the rules of its time
forbade, or that changes what it does not change; numbers with a gap or given twice; guards of the database switched
off, its tables altered. What cannot be found from the database alone: entries taken off the end together with all that
follows from them, and a record written anew as a whole; for these a printed head is the anchor (`expected_head`).
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from pydantic_core import from_json

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
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
    RuleBroken,
    SchemaAltered,
    StepOutOfOrder,
    VersionDiffers,
)
from docgen.register.binding import BINDING
from docgen.register.databases import Connection
from docgen.register.dates import Dates
from docgen.register.effects import changes_beyond_step
from docgen.register.life import EXPLAIN, STEPS, State, may_follow
from docgen.register.number import NumberState
from docgen.register.oversight import Oversight
from docgen.register.record import DOCGEN, START, TAKEN_OVER, digest_of
from docgen.register.rejudging import JUDGED, WHOLE, Known, judged, mismatched
from docgen.register.schema import ENTRY, FOLLOWING, SETTING, TABLES_SINCE, VERSION
from docgen.register.structure import (
    faults_of_structure,
    inner_damage,
    missing_guards,
    reached,
    read_leniently,
)
from docgen.register.tables import Table

_TEXTS: Final = itemgetter("actor", "day", "recorder", "remark", "unit")
_GIVEN_BACK: Final = NumberState.GIVEN_BACK.value
_LEAVING: Final = frozenset(each.name for each in STEPS if each.after is None)
_OLDER: Final = frozenset(map(str, range(TABLES_SINCE, VERSION)))
"""Earlier versions with the same tables, as backups have them; a register itself is upgraded before it is read."""
_STATES: Final = {each.value: each for each in State} | {None: None}


@dataclass(frozen=True)
class Explained:
    """An alarm that a leader has explained.

    Args:
        alarm: what is found without the explanation.
        seq: number of the entry that explains it.
        day, actor, reason: as that entry says.
    """

    alarm: StepOutOfOrder
    seq: int
    day: str
    actor: str
    reason: str


Acted = tuple[str, str, tuple[str, ...] | None]
"""Who acted, on which day, in which roles."""


@dataclass
class Audit:
    """What an audit of the record found.

    Args:
        findings: everything that is wrong, in the order of the chain.
        entries: how many entries were read.
        head: number and digest of the last one, as computed.
        explained: what would be wrong, had no later entry explained it.
        advices: who else may change the tables.
        dates: what is odd about days and times.
        oversight: what is to be asked about who recorded what.
        tables: the rows that follow from the entries: table → key → columns.
        acted: who acted on which day in which roles, with the number of the first such entry; roles are None where
            entries do not say them, as before version 4.
        says_roles: whether an entry has said them: from then on all do.
    """

    findings: list[DocgenError] = field(default_factory=list)
    entries: int = 0
    head: tuple[int, str] = (0, START)
    explained: list[Explained] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    dates: Dates = field(default_factory=Dates)
    oversight: Oversight = field(default_factory=Oversight)
    tables: dict[str, dict[Any, dict[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in FOLLOWING}
    )
    acted: dict[Acted, int] = field(default_factory=dict)
    says_roles: bool = False


def audit(connection: Connection, expected_head: str = "") -> Audit:
    """Read the whole record and return what is wrong with it.

    Args:
        connection: in a transaction that reads.
        expected_head: the digest of a head printed earlier; it must be that of an entry still in the chain.
    """
    with ThreadPoolExecutor(1) as beside:
        damage = beside.submit(lambda: tuple(inner_damage(connection.file)))
        found: list[DocgenError] = [GuardMissing(each) for each in missing_guards(connection)]
        built = tuple(faults_of_structure(connection))
        found += [each for each in built if isinstance(each, DocgenError)]
        with _nothing_to_collect():
            try:
                done = _audited(connection, expected_head)
            except sqlite3.OperationalError:  # SQLite takes a text that is no UTF-8; a server does not
                read_leniently(connection)
                done = _audited(connection, expected_head)
        done.findings[:0] = found
        done.advices += [each for each in built if isinstance(each, Advice)]
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
    states = _States(_explanations(connection))
    for seq, document, step, body, is_text, before, digest in connection.rows(_entries(connection)):
        expected += 1
        if seq != expected or before != previous:
            done.findings.append(EntryMisplaced(seq or 0, expected))
            expected = seq if isinstance(seq, int) else expected
        said = _said(body)
        if (
            not is_text
            or digest_of(str(before), body) != digest
            or said.get("seq") != seq
            or said.get("document") != document
            or said.get("step") != step
        ):
            done.findings.append(EntryAltered(seq))
        if said and not _replay(said, done, states):
            done.findings.append(EntryAltered(seq))
        if digest == anchor:
            anchored = True
        previous = digest
        done.entries += 1
    done.head = (expected, previous)
    return anchored


def _entries(connection: Connection) -> str:
    """Return what asks for the entries, and whether the body of each is text.

    SQLite gives the body as it is stored where that is UTF-8: it is hashed and parsed so, and need not be decoded.
    """
    body, is_text = "entry.body", "entry.body IS NOT NULL"
    if connection.is_sqlite:
        is_text = "typeof(entry.body) = 'text'"
        if connection.value("PRAGMA encoding") == "UTF-8":
            body = "CAST(entry.body AS BLOB)"
    return f"SELECT seq, document, step, {body}, {is_text}, previous, digest FROM entry ORDER BY seq"  # noqa: S608


def _said(body: Any) -> dict[str, Any]:
    """Return what an entry says; nothing when it is not what docgen writes."""
    try:
        said: Any = from_json(body, allow_inf_nan=False)
        "".join(_TEXTS(said))  # raises where one of them is missing or no text
    except (ValueError, TypeError, KeyError):
        return {}
    return said if type(said.get("seq")) is int else {}


def explainable(connection: Connection, seq: int) -> StepOutOfOrder | None:
    """Return the alarm about an entry that may be explained; None when there is none, or another too.

    Only a step that leaves the document's state as it is (替换, 附件) can be out of order without tampering: until
    decision 0022 it was decided outside the register's lock, so that another step could come between.
    """
    done = Audit()
    _walk(connection, done, "")
    about = [each for each in done.findings if getattr(each, "seq", None) == seq]
    alarm = about[0] if len(about) == 1 else None
    return alarm if isinstance(alarm, StepOutOfOrder) and _leaves_state(alarm) else None


def _leaves_state(alarm: StepOutOfOrder) -> bool:
    return alarm.step in _LEAVING and alarm.before == alarm.after


def _explanations(connection: Connection) -> dict[Any, Mapping[str, Any]]:
    """Return the entries that explain others, by the number of the explained one; the chain is judged apart."""
    wanted = ENTRY.reading("body", where="step = ?", order="seq")
    found = [_said(body) for (body,) in connection.rows(wanted, (EXPLAIN.name,))]
    return {each["about"]: each for each in found if isinstance(each.get("about"), int)}


@dataclass
class _States:
    """The documents' states as the entries give them, what entries explain, and what was judged of those so far."""

    explanations: Mapping[Any, Mapping[str, Any]]
    of: dict[int, str | None] = field(default_factory=dict)
    judged: Known = field(default_factory=dict)

    def follow(self, said: Mapping[str, Any], done: Audit) -> None:
        """Take the state to which an entry leads, and note it when it does not follow."""
        document, before, after = said["document"], said["before"], said["after"]
        if self.of.get(document) == before and _follows(said["step"], before, after):
            self.of[document] = after
            return
        alarm = StepOutOfOrder(said["seq"], said["step"], before or "", after or "")
        by = self.explanations.get(said["seq"])
        if by and by["seq"] > said["seq"] and _leaves_state(alarm):
            explained = Explained(alarm, by["seq"], str(by["day"]), str(by["actor"]), str(by["remark"]))
            done.explained.append(explained)
            return
        done.findings.append(alarm)
        self.of[document] = after


def _replay(said: Mapping[str, Any], done: Audit, states: _States) -> bool:
    """Do again what an entry did to the tables; say whether that made sense."""
    tables = done.tables
    try:
        seq, step = said["seq"], said["step"]
        if said["document"] is not None:
            states.follow(said, done)
        _note_actor(said, done)
        if "workspace" in said and step not in BINDING:
            return False
        broken = changes_beyond_step(said, tables)
        if step in JUDGED:
            broken += judged(said, tables, states.judged)
        if broken:
            done.findings += broken
        done.oversight.note(said, tables)
        for table, row, values in said["changes"]:
            values["entry"] = seq
            known = tables[table].setdefault(row, values)
            if known is not values:
                if WHOLE.get(table) in values and known.get("state") != _GIVEN_BACK:
                    done.findings.append(RowGivenTwice(table, str(row), seq))
                known.update(values)
        done.dates.note(said, tables)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


def _note_actor(said: Mapping[str, Any], done: Audit) -> None:
    """Remember who acted; once entries say in which roles, each of them does."""
    actor = said["actor"]
    if actor == DOCGEN:
        return
    roles = tuple(said["roles"]) if "roles" in said else None
    if roles is None and done.says_roles:
        done.findings.append(
            RuleBroken(said["seq"], said["step"], "没有记下办理人的机制职务，此前的登记已经在记")
        )
    acted = (actor, said["day"], roles)
    if acted not in done.acted:
        if roles is not None:
            "".join(roles)  # raises TypeError where one is no text
            done.says_roles = True
        done.acted[acted] = said["seq"]


@lru_cache(maxsize=1000)
def _follows(step: str, before: str | None, after: str | None) -> bool:
    """Whether the table of steps knows a step between two states; a record repeats a few cases."""
    if before not in _STATES or after not in _STATES:
        return False
    first = step == TAKEN_OVER and before is None
    return first or may_follow(step, _STATES[before], _STATES[after])


def _settings(connection: Connection, done: Audit) -> Iterator[DocgenError]:
    """Yield what is wrong with version and head."""
    rows: dict[Any, Any] = dict(connection.rows(SETTING.reading("name", "value")))
    number, digest = done.head
    if rows.pop("head", "") != f"{number} {digest}":
        yield HeadDiffers(number, digest)
    version = rows.pop("version", "")
    if version != str(VERSION) and (version not in _OLDER or version != str(reached(connection))):
        yield VersionDiffers()
    for name in rows:
        yield RowUnfounded("setting", name)


def _differences(
    connection: Connection, name: str, table: Table, expected: Mapping[Any, Mapping[str, Any]]
) -> Iterator[DocgenError]:
    """Yield the rows of a table that are not those that follow from the entries."""
    defaults = {name: each.default for name, each in table.columns.items()}
    columns = tuple(defaults)
    identity, in_order = columns.index("id"), itemgetter(*columns)
    seen = set()
    for found in connection.rows(table.reading()):
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


def _differing(columns: Sequence[str], found: Sequence[Any], wanted: Sequence[Any]) -> tuple[str, ...]:
    return tuple(name for name, is_, was in zip(columns, found, wanted, strict=True) if is_ != was)


def _gaps(numbers: Mapping[Any, Mapping[str, Any]]) -> Iterator[DocgenError]:
    """Yield the serials missing from each series of numbers."""
    serials: dict[tuple[Any, Any], set[int]] = {}
    for each in numbers.values():
        if isinstance(each.get("serial"), int) and each.get("state") != NumberState.GIVEN_BACK:
            serials.setdefault((each.get("code"), each.get("year")), set()).add(each["serial"])
    for (code, year), given in serials.items():
        last = 0
        for serial in sorted(given):
            if serial > last + 1:
                missing = f"{last + 1}号至{serial - 1}号" if serial > last + 2 else f"{last + 1}号"
                yield NumberGap(f"{code}〔{year}〕{missing}")
            last = serial
