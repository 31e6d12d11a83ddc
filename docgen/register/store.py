"""The register's database: opened, locked, read and added to, on SQLite and PostgreSQL alike.

Whoever adds holds the row `head` until the end of the transaction, so that numbers and the chain have one order;
everything a step depends on is read under that lock. A transaction is recorded whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from docgen import clock
from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.files import CannotWrite
from docgen.register.backup import FOLDER, Source, back_up
from docgen.register.binding import Home
from docgen.register.books import Books
from docgen.register.catalog import catalog_of
from docgen.register.copies import fill
from docgen.register.databases import (
    Connection,
    address_of,
    connected,
    driver_faults,
    in_memory,
    reason_of_failure,
    undecoded,
)
from docgen.register.faults import (
    RegisterDamaged,
    RegisterNotUpgraded,
    RegisterTaken,
    RegisterUnreachable,
    TextUnreadable,
)
from docgen.register.record import START
from docgen.register.schema import LAST_ENTRY, SETTING, VERSION, make_tables
from docgen.register.structure import version_of
from docgen.register.upgrading import Upgraded, found, keep_founders_apart, upgrade
from docgen.register.witness import Place, Watch

_THIS_VERSION: Final = ("version", str(VERSION))


@dataclass(frozen=True)
class Around:
    """What a workspace says to its register.

    Args:
        may_found: raises when no new register may begin here.
        tell: is told when an older register has been upgraded.
        say: is told what the user should know about the witnesses.
        witnesses: where the head is noted outside the database.
        backups: the folder for a copy of a database before it is upgraded; a file is copied beside itself.
        home: the workspace; None for a register that is bound to none.
    """

    may_found: Callable[[], None] = lambda: None
    tell: Callable[[Upgraded], None] = lambda _: None
    say: Callable[[Advice], None] = lambda _: None
    witnesses: tuple[Place, ...] = ()
    backups: Path = Path(FOLDER)
    home: Home | None = None


class Register:
    """The register of one workspace.

    Args:
        place: its SQLite file, made with its folder when the first entry is recorded; or the URL of a database.
        shown: the place as messages write it.
        recorder: who types entries in.
        now: gives the time of recording.
        around: what the workspace says to it.
    """

    def __init__(
        self,
        place: Path | str,
        shown: str,
        recorder: str = "",
        now: Callable[[], datetime] | None = None,
        around: Around | None = None,
    ) -> None:
        self._place, self._shown, self._recorder = place, shown, recorder
        self._around = around or Around()
        self._now = now or clock.now
        self.watch = Watch(self._around.witnesses, self._around.say)

    @property
    def place(self) -> Path | str:
        """Return its SQLite file, or the URL of its database."""
        return self._place

    @property
    def home(self) -> Home | None:
        """Return the workspace that it is opened from; None for none."""
        return self._around.home

    @property
    def exists(self) -> bool:
        """Whether there is a database to read; one at a URL is taken to be there."""
        return not isinstance(self._place, Path) or self._place.exists()

    @contextmanager
    def reading(self, *, though_gone: bool = False) -> Iterator[Books]:
        """Give the books as they are at one moment; empty ones when nothing was ever recorded.

        Args:
            though_gone: give empty ones too where something was recorded once.

        Raises:
            DocgenError: there is no register where one has been, as `Around.may_found` says or a witness.
            RegisterOfAnother, RegisterShared: it is another workspace's.
            RegisterUnreachable: the database cannot be read.
            RegisterTooNew: it was made by a later docgen.
            RegisterDamaged: its version is missing.
            RegisterNotUpgraded: as `upgrade`, which comes first.
        """
        version = VERSION if self.exists else None
        if self.exists:
            with self._connected(write=False) as connection:
                version = version_of(connection, self._shown)
                if version == VERSION:
                    self._refuse_another(connection)
                    yield Books(connection)
                    return
        if version is None:
            with in_memory() as connection:
                make_tables(connection)
                if not though_gone:
                    self._around.may_found()
                    self.watch.compare(connection, new=True)
                connection.write(SETTING.adding(), [("head", f"0 {START}"), _THIS_VERSION])
                yield Books(connection)
            return
        self.upgrade()
        with self.reading(though_gone=though_gone) as books:
            yield books

    @contextmanager
    def writing(self, *, unwitnessed: bool = False, adopted: bool = False) -> Iterator[Books]:
        """Give the books to add to; what was added is recorded when the block ends well, else nothing of it.

        Args:
            unwitnessed: record although a witness contradicts.
            adopted: record although the register is another workspace's.

        Raises:
            RegisterOfAnother, RegisterShared: it is another workspace's.
            WitnessAhead, WitnessDiffers: the record is not the one that was witnessed.
            RegisterUnreachable: the database cannot be written.
            RegisterTooNew: it was made by a later docgen.
            RegisterDamaged: its version or head is missing, or not that of its last entry.
            RegisterNotUpgraded: as `upgrade`, which comes first.
        """
        if isinstance(self._place, Path):
            try:
                self._place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as fault:
                raise RegisterUnreachable(self._shown, reason_of_failure(fault)) from fault
        with self._connected(write=True) as connection:
            version = version_of(connection, self._shown)
            if version is None:
                keep_founders_apart(connection)
                version = version_of(connection, self._shown)
            if version in (None, VERSION):
                if version and not adopted:
                    self._refuse_another(connection)
                books = self._opened(connection, version, unwitnessed=unwitnessed)
                yield books
                self._close(books)
        if version in (None, VERSION):
            self.watch.note(books.head, self._now())
            return
        self.upgrade()
        with self.writing(unwitnessed=unwitnessed, adopted=adopted) as books:
            yield books

    @contextmanager
    def filling(self, copy: Path) -> Iterator[None]:
        """Put the rows of a copy into an empty database; nothing is there when the block ends badly.

        Raises:
            RegisterTaken: it has a register already.
            CopyUnreadable: the copy is none of a register of this version.
            RegisterUnreachable, RegisterForeign: the database cannot be used.
        """
        with self._connected(write=True) as connection:
            keep_founders_apart(connection)
            if version_of(connection, self._shown) is not None:
                raise RegisterTaken(self._shown)
            fill(connection, copy)
            self._head(connection)
            yield

    def upgrade(self) -> Upgraded | None:
        """Bring an older register up to this version, after a backup; None when there is nothing to do.

        Raises:
            RegisterNotUpgraded: there is no place for a backup, or the database cannot be written; it is as it was.
            RegisterUnreachable, RegisterTooNew, RegisterDamaged: as `reading`.
        """
        if not self.exists:
            return None
        with self._connected(write=False) as connection:
            version = version_of(connection, self._shown)
        if version is None or version == VERSION:
            return None
        try:
            done = self._upgrade()
        except CannotWrite as fault:
            reason = f"{fault.path} 写不进（{fault.reason}）"
            raise RegisterNotUpgraded(self._shown, version, VERSION, reason) from fault
        except (RegisterUnreachable, RegisterDamaged) as fault:
            raise RegisterNotUpgraded(self._shown, version, VERSION, fault.reason) from fault
        if done:
            self._around.tell(done)
            with self.writing(unwitnessed=True):  # so that a witness notes it
                pass
        return done

    def _upgrade(self) -> Upgraded | None:
        """Upgrade in one transaction, unless another process has meanwhile."""
        with self._connected(write=True) as connection:
            keep_founders_apart(connection)
            version = version_of(connection, self._shown)
            if version is None or version == VERSION:
                return None
            self._refuse_altered(connection, older=True)
            day = self._now().date()
            books = Books(connection, self._recorder, self._now, self._shown)
            books.head = self._head(connection) if version > 1 else (0, START)
            source = Source(self._place, self._shown, self._around.backups)
            own = self._own(connection, version)
            done = upgrade(books, version, day, lambda: back_up(source, connection, version, day), own)
            self._close(books)
        return done

    def _opened(self, connection: Connection, version: int | None, *, unwitnessed: bool) -> Books:
        """Return the books to add to, in new tables when there are none yet."""
        books = Books(connection, self._recorder, self._now, self._shown)
        if version is None:
            self._around.may_found()
            make_tables(connection)
            self.watch.compare(connection, refuse=not unwitnessed, new=True)
            own = self._around.home.id() if self._around.home else ""
            found(books, self._now().date(), witnesses=self.watch.begin(self._now()), workspace=own)
        else:
            self._refuse_altered(connection)
            books.found = books.head = self._head(connection)
            self.watch.compare(connection, refuse=not unwitnessed)
        return books

    def _own(self, connection: Connection, version: int) -> str:
        """Return the id of the workspace for an older register; empty where a witness says that it is another's."""
        home = self._around.home
        return home.id() if home and (version == 1 or not self.watch.contradicts(connection)) else ""

    def _refuse_another(self, connection: Connection) -> None:
        if self._around.home:
            self._around.home.refuse_another(connection, self._shown)

    def _close(self, books: Books) -> None:
        """Write what waits and the head; what was written is there, whatever the database was taught to do with it."""
        books.flush()
        if books.head == books.found:
            return
        number, digest = books.head
        books.connection.do(SETTING.changing(["value"]), (f"{number} {digest}", "head"))
        self._head(books.connection)

    @contextmanager
    def _connected(self, *, write: bool) -> Iterator[Connection]:
        """Give a connection in a transaction; faults of the database leave as faults of the register."""
        address = address_of(self._place)
        try:
            with connected(address, write=write) as connection:
                yield connection
        except driver_faults() as fault:
            if column := undecoded(fault):
                raise TextUnreadable(self._shown, column) from fault
            raise RegisterUnreachable(self._shown, reason_of_failure(fault)) from fault

    def _head(self, connection: Connection) -> tuple[int, str]:
        """Return the head of the chain and keep other writers out until the transaction ends."""
        lock = SETTING.reading("value", where="name = ?") + ("" if connection.is_sqlite else " FOR UPDATE")
        number, _, digest = (connection.value(lock, ("head",)) or "").partition(" ")
        if not (number.isdigit() and len(digest) == len(START)):
            raise RegisterDamaged(self._shown, "链末端的记载缺失")
        if connection.row(LAST_ENTRY) != (int(number), digest):
            raise RegisterDamaged(self._shown, "链末端的记载与最后一条登记不符")
        return int(number), digest

    def _refuse_altered(self, connection: Connection, *, older: bool = False) -> None:
        """Refuse a server where our tables are not as docgen made them; its driver does not tell what is lost."""
        if not connection.is_sqlite:
            catalog = catalog_of(connection, whole=False)
            for found in catalog.before_upgrade() if older else catalog.altered():
                raise RegisterDamaged(self._shown, found)
