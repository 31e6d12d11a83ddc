"""The register's documents: which drafts there are, and that none is touched once it is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from docgen.register.faults import RegisterTooNew, RegisterUnreachable
from docgen.register.schema import DOCUMENT, METADATA, SETTING, VERSION

DRAFTED: Final = "拟稿"
_AT_ONCE: Final = 500
_PATIENCE: Final = 10  # seconds to wait for another process
_REASONS: Final = {
    "locked": "正被另一个程序使用，请稍后重试",
    "not a database": "文件不是登记库，或已损坏",
    "malformed": "文件已损坏",
    "readonly": "文件是只读的",
    "full": "磁盘已满",
    "unable to open": "没有权限，或同名的是文件夹",
    "disk I/O": "磁盘读写出错",
}


@dataclass(frozen=True)
class Entry:
    """A document as the register knows it; the columns are explained in `schema.py`."""

    key: str
    kind: str
    title: str
    subject: str
    addressee: str
    state: str
    dated: date
    path: str
    template_digest: str
    data_digest: str
    file_digest: str
    actor: str
    recorder: str
    recorded_at: str
    edition: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether a draft command may still replace it."""
        return self.state == DRAFTED


class Register:
    """The register in one SQLite file.

    Args:
        path: the file; it is made with its folder when the first entry is recorded.
        shown: the path as messages write it.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self._path, self._shown = path, shown

    def latest(self, keys: Sequence[str]) -> dict[str, Entry]:
        """Return the latest edition of each key that the register knows.

        Raises:
            RegisterUnreachable: the file cannot be read.
            RegisterTooNew: it was made by a later docgen.
        """
        if not self._path.exists():
            return {}
        found: dict[str, Entry] = {}
        with self._connected() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                wanted = DOCUMENT.c.key.in_(keys[start : start + _AT_ONCE])
                for row in connection.execute(select(DOCUMENT).where(wanted).order_by(DOCUMENT.c.edition)):
                    found[row.key] = _entry(row)
        return found

    def record(self, entries: Iterable[Entry]) -> None:
        """Record drafts in one transaction; a draft of the same key and edition is replaced.

        Raises:
            RegisterUnreachable: the file cannot be written; nothing of the call is recorded then.
            RegisterTooNew: it was made by a later docgen.
        """
        rows = [_row(each) for each in entries]
        if not rows:
            return
        statement = insert(DOCUMENT)
        kept = {name: statement.excluded[name] for name in rows[0] if name not in ("key", "edition")}
        upsert = statement.on_conflict_do_update(
            index_elements=["key", "edition"], set_=kept, where=DOCUMENT.c.state == DRAFTED
        )
        with self._connected() as connection:
            connection.execute(upsert, rows)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Give a connection in a transaction, with the schema in place."""
        engine = _engine(self._path)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with engine.begin() as connection:
                self._prepare(connection)
                yield connection
        except (DBAPIError, OSError) as fault:
            raise RegisterUnreachable(self._shown, _reason(fault)) from fault
        finally:
            engine.dispose()

    def _prepare(self, connection: Connection) -> None:
        """Make the tables of an empty register; refuse one of a later version."""
        METADATA.create_all(connection)
        version = connection.scalar(select(SETTING.c.value).where(SETTING.c.name == "version"))
        if version is None:
            connection.execute(SETTING.insert().values(name="version", value=str(VERSION)))
        elif int(version) > VERSION:
            raise RegisterTooNew(self._shown, int(version), VERSION)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


def _reason(fault: Exception) -> str:
    said = str(getattr(fault, "orig", None) or fault)
    return next((chinese for english, chinese in _REASONS.items() if english in said), said)


def _row(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"dated": entry.dated.isoformat()}


def _entry(row: Any) -> Entry:
    values = {name: value for name, value in row._mapping.items() if name != "id"}  # noqa: SLF001  # its public name
    return Entry(**values | {"dated": date.fromisoformat(row.dated)})
