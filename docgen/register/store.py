"""The register's database: opened, locked, read and added to, on SQLite and PostgreSQL alike.

Whoever adds holds the row `head` until the end of the transaction, so that numbers and the chain have one order;
everything a step depends on is read under that lock. A transaction is recorded whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from docgen.register.books import Books
from docgen.register.engines import address_of, empty_engine, open_engine, reason_of_failure
from docgen.register.faults import RegisterDamaged, RegisterUnreachable
from docgen.register.life import State
from docgen.register.record import FOUNDED, START, TAKEN_OVER, Deed, FileSeen
from docgen.register.schema import (
    ENTRY,
    SETTING,
    VERSION,
    keep_founders_apart,
    make_tables,
    take_version_1,
    version_of,
)
from docgen.register.structure import differences_of_schema

_FOUNDER: Final = "docgen"


class Register:
    """The register of one workspace.

    Args:
        place: its SQLite file, made with its folder when the first entry is recorded; or the URL of a database.
        shown: the place as messages write it.
        recorder: who types entries in.
        now: gives the time of recording.
        may_found: raises when no new register may begin here.
    """

    def __init__(
        self,
        place: Path | str,
        shown: str,
        recorder: str = "",
        now: Callable[[], datetime] | None = None,
        may_found: Callable[[], None] = lambda: None,
    ) -> None:
        self._place, self._shown, self._recorder = place, shown, recorder
        self._may_found = may_found
        self._now = now or (lambda: datetime.now().astimezone())

    @property
    def exists(self) -> bool:
        """Whether there is a database to read; one at a URL is taken to be there."""
        return not isinstance(self._place, Path) or self._place.exists()

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """Give the books as they are at one moment; empty ones when nothing was ever recorded.

        Raises:
            RegisterUnreachable: the database cannot be read.
            RegisterTooNew: it was made by a later docgen.
            RegisterDamaged: its version is missing.
        """
        version = VERSION if self.exists else None
        if self.exists:
            with self._connected(write=False) as connection:
                version = version_of(connection, self._shown)
                if version == VERSION:
                    yield Books(connection)
                    return
        if version is None:
            with empty_engine().begin() as connection:
                make_tables(connection)
                connection.execute(SETTING.insert(), _settings(f"0 {START}"))
                yield Books(connection)
            return
        with self.writing():  # an older one is brought up to date first
            pass
        with self.reading() as books:
            yield books

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Give the books to add to; what was added is recorded when the block ends well, else nothing of it.

        Raises:
            RegisterUnreachable: the database cannot be written.
            RegisterTooNew: it was made by a later docgen.
            RegisterDamaged: its version or head is missing, or not that of its last entry.
        """
        if isinstance(self._place, Path):
            try:
                self._place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as fault:
                raise RegisterUnreachable(self._shown, reason_of_failure(fault)) from fault
        with self._connected(write=True) as connection:
            version = version_of(connection, self._shown)
            books = Books(connection, self._recorder, self._now, self._shown)
            if version != VERSION:
                keep_founders_apart(connection)
                version = version_of(connection, self._shown)
            if version != VERSION:
                self._bring_up(books, version)
            else:
                self._refuse_foreign_rules(connection)
                books.head = self._head(connection)
            yield books
            books.flush()
            connection.execute(
                SETTING.update()
                .where(SETTING.c.name == "head")
                .values(value=f"{books.head[0]} {books.head[1]}")
            )
            self._head(
                connection
            )  # what was written is there, whatever the database was taught to do with it

    @contextmanager
    def _connected(self, *, write: bool) -> Iterator[Connection]:
        """Give a connection in a transaction; faults of the database leave as faults of the register."""
        engine = open_engine(address_of(self._place), write=write)
        try:
            with engine.connect() as connection, connection.begin():
                yield connection
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as fault:
            raise RegisterUnreachable(self._shown, reason_of_failure(fault)) from fault

    def _head(self, connection: Connection) -> tuple[int, str]:
        """Return the head of the chain and keep other writers out until the transaction ends."""
        lock = select(SETTING.c.value).where(SETTING.c.name == "head").with_for_update()
        number, _, digest = (connection.scalar(lock) or "").partition(" ")
        if not (number.isdigit() and len(digest) == len(START)):
            raise RegisterDamaged(self._shown, "链末端的记载缺失")
        last = connection.execute(select(ENTRY.c.seq, ENTRY.c.digest).order_by(ENTRY.c.seq.desc()).limit(1))
        if [tuple(each) for each in last] != [(int(number), digest)]:
            raise RegisterDamaged(self._shown, "链末端的记载与最后一条登记不符")
        return int(number), digest

    def _refuse_foreign_rules(self, connection: Connection) -> None:
        """Refuse a server where our tables have rules or triggers of others; its driver does not tell what is lost."""
        if connection.dialect.name == "postgresql":
            for found in differences_of_schema(connection):
                raise RegisterDamaged(self._shown, found)

    def _bring_up(self, books: Books, version: int | None) -> None:
        """Make the tables of a new register, or take over the drafts of an older one."""
        if version is None:
            self._may_found()
        drafts = take_version_1(books.connection, self._shown) if version == 1 else []
        make_tables(books.connection)
        books.connection.execute(SETTING.insert(), _settings(""))
        books.head = (0, START)
        books.add(Deed(FOUNDED, self._now().date(), _FOUNDER, remark=f"登记库版本{VERSION}"))
        for each in drafts:
            books.add(_taken_over(each))


def _settings(head: str) -> list[dict[str, str]]:
    return [{"name": "version", "value": str(VERSION)}, {"name": "head", "value": head}]


def _taken_over(draft: dict[str, Any]) -> Deed:
    """Return the deed that records a draft of a version 1 register."""
    kept = (
        "key",
        "edition",
        "kind",
        "title",
        "subject",
        "addressee",
        "path",
        "template_digest",
        "data_digest",
    )
    values = {name: draft[name] for name in kept}
    file = FileSeen("草稿", draft["path"], draft["file_digest"], "", 0)
    row = values | {
        "state": State.DRAFTED,
        "day": draft["dated"],
        "dated": draft["dated"],
        "drafter": draft["actor"],
        "sha256": draft["file_digest"],
        "sm3": "",
    }
    return Deed(
        TAKEN_OVER,
        date.fromisoformat(draft["dated"]),
        draft["actor"],
        document=draft["id"],
        after=State.DRAFTED,
        remark=f"原由{draft['recorder']}于{draft['recorded_at']}登记",
        files=(file,),
        changes=(("document", draft["id"], row), file.change(draft["id"])),
    )
