"""The books within one transaction: what stands in them, and what is added to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, Select, Table, bindparam, func, select

from docgen.register.document import COLUMNS, Document, document_of
from docgen.register.faults import RegisterDamaged, RowUnreadable
from docgen.register.life import Duty, State
from docgen.register.mandate import Mandate
from docgen.register.number import Number, NumberState
from docgen.register.record import START, Deed, Entry, chained, entry_of
from docgen.register.schema import DOCUMENT, DUTY, ENTRY, FILE, FOLLOWING, MANDATE, NUMBER

T = TypeVar("T")
_DOCUMENTS: Final = select(*(DOCUMENT.c[name] for name in COLUMNS))
_AT_ONCE: Final = 500
_WRITTEN_AGAIN: Final = (FILE, DUTY, NUMBER)
"""Tables whose rows may be given whole a second time: a number after it was given back; a document twice is a fault."""


class Books:
    """What the register holds, read and added to in one transaction.

    Args:
        connection: in the transaction.
        recorder: who types in what is added.
        now: gives the time of recording.
        shown: the register as messages write it.
    """

    def __init__(
        self,
        connection: Connection,
        recorder: str = "",
        now: Callable[[], datetime] | None = None,
        shown: str = "",
    ) -> None:
        self.connection, self._recorder, self._now, self.shown = connection, recorder, now, shown
        self.head: tuple[int, str] = (0, START)
        self.found: tuple[int, str] | None = None  # the head at the beginning, where there was one
        self._waiting: list[Deed] = []
        self._next_document: int | None = None

    def documents(self, ids: Iterable[int] | None = None) -> list[Document]:
        """Return the documents of the given ids, or all, in the order of their ids."""
        self.flush()
        if ids is None:
            return self._documents(_DOCUMENTS.order_by(DOCUMENT.c.id))
        return self._among(DOCUMENT.c.id, sorted(set(ids)), DOCUMENT.c.id)

    def of_kind(self, kind: str) -> list[Document]:
        """Return the documents of a kind, in the order of their ids."""
        self.flush()
        return self._documents(_DOCUMENTS.where(DOCUMENT.c.kind == kind).order_by(DOCUMENT.c.id))

    def numbered(self) -> list[Document]:
        """Return the documents that were signed and so have a number, in the order of their ids."""
        self.flush()
        return self._documents(_DOCUMENTS.where(DOCUMENT.c.number != "").order_by(DOCUMENT.c.id))

    def made_for(self, kind: str) -> list[tuple[int, int | None, str]]:
        """Return of each document of a kind its id, that of the one it replaces, and what it was made for."""
        self.flush()
        wanted = select(DOCUMENT.c.id, DOCUMENT.c.replaces, DOCUMENT.c.made_for).where(
            DOCUMENT.c.kind == kind
        )
        rows: Any = self.connection.execute(wanted.order_by(DOCUMENT.c.id)).cursor
        return list(rows)

    def in_states(self, states: Sequence[State]) -> list[Document]:
        """Return the documents in one of the given states, in the order of their ids."""
        return self._among(DOCUMENT.c.state, states, DOCUMENT.c.id)

    def latest(self, keys: Sequence[str]) -> dict[str, Document]:
        """Return the latest edition of each key that the register knows."""
        found = self._among(DOCUMENT.c.key, keys, DOCUMENT.c.edition)
        return {each.key: each for each in found}

    def next_document(self) -> int:
        """Return an id for a new document; each call gives another."""
        if self._next_document is None:
            self.flush()
            self._next_document = self.connection.scalar(select(func.max(DOCUMENT.c.id))) or 0
        self._next_document += 1
        return self._next_document

    def numbers(self, code: str | None = None, year: int | None = None) -> list[Number]:
        """Return the numbers given, of one code and year or of all, in order."""
        self.flush()
        wanted = select(NUMBER).order_by(NUMBER.c.code, NUMBER.c.year, NUMBER.c.serial)
        if code is not None:
            wanted = wanted.where(NUMBER.c.code == code)
        if year is not None:
            wanted = wanted.where(NUMBER.c.year == year)
        return [_number(row) for row in self._rows(wanted)]

    def last_number(self, code: str, year: int) -> Number | None:
        """Return the number given last for a code and year, but for those given back; None when none was."""
        self.flush()
        of_series = (NUMBER.c.code == code) & (NUMBER.c.year == year)
        of_series &= NUMBER.c.state != NumberState.GIVEN_BACK.value
        row = self.connection.execute(
            select(NUMBER).where(of_series).order_by(NUMBER.c.serial.desc()).limit(1)
        ).first()
        return _number(row) if row else None

    def mandates(self) -> list[Mandate]:
        """Return all mandates in the order in which they were recorded."""
        self.flush()
        return [_mandate(row) for row in self._rows(select(MANDATE).order_by(MANDATE.c.id))]

    def loosened(self) -> frozenset[Duty]:
        """Return the duties that the workspace has loosened by an entry."""
        self.flush()
        return frozenset(Duty(each.id) for each in self._rows(select(DUTY).where(DUTY.c.loosened == 1)))

    def last_seal_serial(self, year: int) -> int:
        """Return the last number given in a year's seal register; 0 when it is empty."""
        self.flush()
        of_year = DOCUMENT.c.sealed_on.like(f"{year}-%")
        return self.connection.scalar(select(func.max(DOCUMENT.c.seal_serial)).where(of_year)) or 0

    def last_sealed_on(self, year: int) -> str:
        """Return the day of the last use of the seal in a year; empty when there was none."""
        self.flush()
        of_year = DOCUMENT.c.sealed_on.like(f"{year}-%")
        return self.connection.scalar(select(func.max(DOCUMENT.c.sealed_on)).where(of_year)) or ""

    def files(self, role: str | None = None) -> list[Row[Any]]:
        """Return the rows of the table of files, those of one role or all."""
        self.flush()
        wanted = select(FILE).order_by(FILE.c.id)
        return list(self._rows(wanted if role is None else wanted.where(FILE.c.role == role)))

    def knows_file(self, path: str) -> bool:
        """Whether a path is that of a file the register holds."""
        self.flush()
        return self.connection.scalar(select(FILE.c.id).where(FILE.c.id == path)) is not None

    def life_of(self, document: int) -> list[Entry]:
        """Return the entries about a document, the first one first."""
        self.flush()
        return self._entries(ENTRY.c.document == document)

    def lives_of(self, documents: Iterable[int]) -> list[Entry]:
        """Return the entries about several documents, the first one first."""
        self.flush()
        ids = sorted(documents)
        parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        found = [each for part in parts for each in self._entries(ENTRY.c.document.in_(part))]
        return sorted(found, key=lambda each: each.seq)

    def chain(self, last: int) -> tuple[tuple[str, str], ...]:
        """Return body and digest of the entries up to one, the first one first."""
        self.flush()
        wanted = select(ENTRY.c.body, ENTRY.c.digest).where(ENTRY.c.seq <= last).order_by(ENTRY.c.seq)
        return tuple((row.body, row.digest) for row in self._rows(wanted))

    def taken(self, step: str) -> list[Entry]:
        """Return the entries that record a step, the first one first."""
        self.flush()
        return self._entries(ENTRY.c.step == step)

    def entry(self, seq: int) -> Entry | None:
        """Return an entry by its number; None when there is none."""
        self.flush()
        return next(iter(self._entries(ENTRY.c.seq == seq)), None)

    def last_entry(self) -> tuple[int, str] | None:
        """Return number and digest of the last entry; None when nothing is on record."""
        self.flush()
        row = self.connection.execute(
            select(ENTRY.c.seq, ENTRY.c.digest).order_by(ENTRY.c.seq.desc()).limit(1)
        ).first()
        return (row.seq, row.digest) if row else None

    def entries_with(self, words: str) -> list[Entry]:
        """Return the entries whose body contains the words (a digest)."""
        self.flush()
        return self._entries(ENTRY.c.body.contains(words, autoescape=True))

    def add(self, *deeds: Deed) -> None:
        """Add deeds in the order in which they were done; the rows that follow from them change with them."""
        self._waiting += deeds

    def flush(self) -> None:
        """Write what waits: the chained entries, then the rows that follow from them."""
        if not self._waiting:
            return
        assert self._now is not None, "these books are for reading"  # noqa: S101
        at = self._now().isoformat(timespec="seconds")
        deeds, self._waiting = self._waiting, []
        first = self.head[0] + 1
        rows = list(chained(deeds, self.head, at, self._recorder))
        self._execute(ENTRY.insert(), rows)
        self.head = (rows[-1]["seq"], rows[-1]["digest"])
        self._follow(deeds, first)

    def _follow(self, deeds: Sequence[Deed], first: int) -> None:
        """Bring the tables up to date: all changes of a row together, then all rows of one shape together."""
        merged: dict[tuple[str, Any], dict[str, Any]] = {}
        for seq, deed in enumerate(deeds, first):
            for table, row, values in deed.changes:
                merged.setdefault((table, row), {}).update(values, entry=seq)
        shapes: dict[tuple[str, frozenset[str]], list[dict[str, Any]]] = {}
        for (table, row), values in merged.items():
            shapes.setdefault((table, frozenset(values)), []).append({"id": row, **_plain(values)})
        for (table, _), rows in shapes.items():
            self._apply(FOLLOWING[table], rows)

    def _apply(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Change rows that give the same columns; those that give all that a row needs may be new."""
        given = [each for each in rows[0] if each != "id"]
        if any(
            each.name not in rows[0] and not each.nullable and each.default is None for each in table.columns
        ):
            columns: dict[str, Any] = {name: bindparam(f"to_{name}") for name in given}
            asked = [{"row": each["id"], **{f"to_{name}": each[name] for name in given}} for each in rows]
            self._execute(table.update().where(table.c.id == bindparam("row")).values(columns), asked)
            return
        if table not in _WRITTEN_AGAIN:
            self._execute(table.insert(), rows)
            return
        insert = _insert(self.connection.dialect.name, table)
        kept = {name: insert.excluded[name] for name in given}
        again = table.c.state == NumberState.GIVEN_BACK.value if table is NUMBER else None
        self._execute(insert.on_conflict_do_update(index_elements=["id"], set_=kept, where=again), rows)

    def _execute(self, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows, and make sure that the database wrote each of them.

        Raises:
            RegisterDamaged: it did not, as when somebody put a trigger there that swallows them.
        """
        written = self.connection.execute(statement, rows).rowcount
        if written not in (-1, len(rows)):
            raise RegisterDamaged(self.shown, "有触发器或规则使写入落空")

    def _among(self, column: Any, values: Sequence[Any], order: Any) -> list[Document]:
        self.flush()
        found: list[Document] = []
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            found += self._documents(_DOCUMENTS.where(column.in_(part)).order_by(order))
        return found

    def _documents(self, wanted: Select[Any]) -> list[Document]:
        """Return documents from rows as the database's driver gives them: wrapped ones take several times as long."""
        rows: Any = self.connection.execute(wanted).cursor
        return [_document(row) for row in rows]

    def _entries(self, wanted: Any) -> list[Entry]:
        chosen = select(ENTRY).where(wanted).order_by(ENTRY.c.seq)
        return [entry_of(row.body, row.previous, row.digest) for row in self._rows(chosen)]

    def _rows(self, wanted: Select[Any]) -> Iterator[Row[Any]]:
        yield from self.connection.execute(wanted)


def _insert(dialect: str, table: Table) -> Any:
    """Return the insert of the database in use, imported alone: the dialect of the other one costs 35 ms."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


def _values(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001  # its public name


def _sound(make: Callable[[Any], T]) -> Callable[[Any], T]:
    """Let what somebody else wrote into a row, whose first column is its key, leave as a fault."""

    def made(row: Any) -> T:
        try:
            return make(row)
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise RowUnreadable(str(row[0])) from fault

    return made


_document = _sound(document_of)


@_sound
def _number(row: Row[Any]) -> Number:
    values = _values(row)
    return Number(
        **values | {"state": NumberState(values["state"]), "day": date.fromisoformat(values["day"])}
    )


@_sound
def _mandate(row: Row[Any]) -> Mandate:
    return Mandate.of_row(_values(row))
