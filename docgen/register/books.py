"""The books within one transaction: what stands in them, and what is added to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, TypeVar

from docgen.dataclass import dataclass
from docgen.register.databases import Connection
from docgen.register.document import COLUMNS, Document, document_of
from docgen.register.faults import RegisterDamaged, RowUnreadable
from docgen.register.life import Duty, State
from docgen.register.mandate import Mandate
from docgen.register.number import Number, NumberState
from docgen.register.record import START, Deed, Entry, chained, entry_of
from docgen.register.schema import DOCUMENT, DUTY, ENTRY, FILE, FOLLOWING, LAST_ENTRY, MANDATE, NUMBER
from docgen.register.tables import Table, places, quoted

T = TypeVar("T")
_AT_ONCE: Final = 500
_WRITTEN_AGAIN: Final = (FILE, DUTY, NUMBER)
"""Tables whose rows may be given whole a second time: a number after it was given back; a document twice is a fault."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that the register holds; columns as `schema.py` explains them."""

    id: str
    document: int
    role: str
    sha256: str
    sm3: str
    size: int
    entry: int


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
        if ids is None:
            return self._documents()
        return self._among("id", sorted(set(ids)))

    def of_kind(self, kind: str) -> list[Document]:
        """Return the documents of a kind, in the order of their ids."""
        return self._documents("kind = ?", (kind,))

    def numbered(self) -> list[Document]:
        """Return the documents that were signed and so have a number, in the order of their ids."""
        return self._documents("number <> ''")

    def made_for(self, kind: str) -> list[tuple[int, int | None, str]]:
        """Return of each document of a kind its id, that of the one it replaces, and what it was made for."""
        self.flush()
        wanted = DOCUMENT.reading("id", "replaces", "made_for", where="kind = ?", order="id")
        found: Any = self.connection.rows(wanted, (kind,))
        return list(found)

    def in_states(self, states: Sequence[State]) -> list[Document]:
        """Return the documents in one of the given states, in the order of their ids."""
        return self._among("state", [each.value for each in states])

    def latest(self, keys: Sequence[str]) -> dict[str, Document]:
        """Return the latest edition of each key that the register knows."""
        return {each.key: each for each in self._among("key", keys, order="edition")}

    def next_document(self) -> int:
        """Return an id for a new document; each call gives another."""
        if self._next_document is None:
            self.flush()
            self._next_document = self.connection.value("SELECT max(id) FROM document") or 0
        self._next_document += 1
        return self._next_document

    def numbers(self, code: str | None = None, year: int | None = None) -> list[Number]:
        """Return the numbers given, of one code and year or of all, in order."""
        self.flush()
        wanted = {"code = ?": code, "year = ?": year}
        asked = {each: value for each, value in wanted.items() if value is not None}
        reading = NUMBER.reading(where=" AND ".join(asked), order="code, year, serial")
        return [_number(row) for row in self.connection.rows(reading, tuple(asked.values()))]

    def last_number(self, code: str, year: int) -> Number | None:
        """Return the number given last for a code and year, but for those given back; None when none was."""
        self.flush()
        of_series = NUMBER.reading(where="code = ? AND year = ? AND state <> ?", order="serial", last=True)
        row = self.connection.row(of_series, (code, year, NumberState.GIVEN_BACK.value))
        return _number(row) if row else None

    def mandates(self) -> list[Mandate]:
        """Return all mandates in the order in which they were recorded."""
        self.flush()
        return [_mandate(row) for row in self.connection.rows(MANDATE.reading(order="id"))]

    def loosened(self) -> frozenset[Duty]:
        """Return the duties that the workspace has loosened by an entry."""
        self.flush()
        return frozenset(
            Duty(each) for (each,) in self.connection.rows(DUTY.reading("id", where="loosened = 1"))
        )

    def last_seal_serial(self, year: int) -> int:
        """Return the last number given in a year's seal register; 0 when it is empty."""
        return self._most_of_year("seal_serial", year) or 0

    def last_sealed_on(self, year: int) -> str:
        """Return the day of the last use of the seal in a year; empty when there was none."""
        return self._most_of_year("sealed_on", year) or ""

    def files(
        self, role: str | None = None, *, document: int | None = None, sha256: str | None = None
    ) -> list[FileRow]:
        """Return the rows of the table of files: all, or those of one role, of one document, with one digest."""
        wanted = {
            "role = ?": None if role is None else str(role),
            "document = ?": document,
            "sha256 = ?": sha256,
        }
        asked = {each: value for each, value in wanted.items() if value is not None}
        return self._files(" AND ".join(asked), tuple(asked.values()))

    def files_at(self, paths: Sequence[str], role: str) -> list[FileRow]:
        """Return the rows of the files of a role among those with the given paths."""
        parts = (paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE))
        return [
            each
            for part in parts
            for each in self._files(f"role = ? AND id IN {places(part)}", (str(role), *part))
        ]

    def knows_file(self, path: str) -> bool:
        """Whether a path is that of a file the register holds."""
        self.flush()
        return self.connection.row(FILE.reading("id", where="id = ?"), (path,)) is not None

    def life_of(self, document: int) -> list[Entry]:
        """Return the entries about a document, the first one first."""
        return self._entries("document = ?", (document,))

    def lives_of(self, documents: Iterable[int]) -> list[Entry]:
        """Return the entries about several documents, the first one first, without what each changes in the tables."""
        ids = sorted(documents)
        parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        found = [
            each
            for part in parts
            for each in self._entries(f"document IN {places(part)}", part, changes=False)
        ]
        return sorted(found, key=lambda each: each.seq)

    def chain(self, last: int) -> Iterator[tuple[str, str]]:
        """Yield body and digest of the entries up to one, the first one first; few are in memory at a time."""
        self.flush()
        wanted = ENTRY.reading("body", "digest", where="seq BETWEEN ? AND ?", order="seq")
        for first in range(1, last + 1, _AT_ONCE):
            found: Any = self.connection.rows(wanted, (first, min(last, first + _AT_ONCE - 1)))
            yield from found

    def taken(self, step: str) -> list[Entry]:
        """Return the entries that record a step, the first one first."""
        return self._entries("step = ?", (step,))

    def entry(self, seq: int) -> Entry | None:
        """Return an entry by its number; None when there is none."""
        return next(iter(self._entries("seq = ?", (seq,))), None)

    def last_entry(self) -> tuple[int, str] | None:
        """Return number and digest of the last entry; None when nothing is on record."""
        self.flush()
        seq, digest = self.connection.row(LAST_ENTRY) or (None, "")
        return None if seq is None else (seq, digest)

    def last_time(self) -> str:
        """Return when the last entry was recorded, as it says; empty when nothing is on record, or none can be read."""
        self.flush()
        with suppress(ValueError, KeyError, TypeError):
            return str(
                json.loads(self.connection.value(ENTRY.reading("body", order="seq", last=True)) or "{}")["at"]
            )
        return ""

    def entries_with(self, words: str) -> list[Entry]:
        """Return the entries whose body contains the words (a digest)."""
        where = "instr(body, ?) > 0" if self.connection.is_sqlite else "strpos(body, ?) > 0"
        return self._entries(where, (words,))

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
        self._write(ENTRY.adding(), [ENTRY.row(each) for each in rows])
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
        if any(each.is_needed and name not in rows[0] for name, each in table.columns.items()):
            self._write(table.changing(given), [(*(row[each] for each in given), row["id"]) for row in rows])
            return
        again = given if table in _WRITTEN_AGAIN else ()
        only = f"number.state = '{NumberState.GIVEN_BACK.value}'" if table is NUMBER else ""
        self._write(table.adding(again, only_where=only), [table.row(each) for each in rows])

    def _write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, and make sure that the database wrote each of them.

        Raises:
            RegisterDamaged: it did not, as when somebody put a trigger there that swallows them.
        """
        if self.connection.write(statement, rows) not in (-1, len(rows)):
            raise RegisterDamaged(self.shown, "有触发器或规则使写入落空")

    def _among(self, column: str, values: Sequence[Any], order: str = "id") -> list[Document]:
        found: list[Document] = []
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            found += self._documents(f"{quoted(column)} IN {places(part)}", part, order)
        return found

    def _documents(self, where: str = "", values: Sequence[Any] = (), order: str = "id") -> list[Document]:
        self.flush()
        wanted = DOCUMENT.reading(*COLUMNS, where=where, order=order)
        return [_document(row) for row in self.connection.rows(wanted, values)]

    def _files(self, where: str, values: Sequence[Any]) -> list[FileRow]:
        self.flush()
        return [FileRow(*row) for row in self.connection.rows(FILE.reading(where=where, order="id"), values)]

    def _most_of_year(self, column: str, year: int) -> Any:
        self.flush()
        wanted = f"SELECT max({column}) FROM document WHERE sealed_on LIKE ?"  # noqa: S608  # a column of our own
        return self.connection.value(wanted, (f"{year}-%",))

    def _entries(self, where: str, values: Sequence[Any], *, changes: bool = True) -> list[Entry]:
        self.flush()
        wanted = ENTRY.reading("seq", "body", "previous", "digest", where=where, order="seq")
        return [entry_of(*row, changes=changes) for row in self.connection.rows(wanted, values)]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


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
def _number(row: Iterable[Any]) -> Number:
    values = NUMBER.named(row)
    return Number(
        **values | {"state": NumberState(values["state"]), "day": date.fromisoformat(values["day"])}
    )


@_sound
def _mandate(row: Iterable[Any]) -> Mandate:
    return Mandate.of_row(MANDATE.named(row))
