"""Transactions on SQLite and PostgreSQL, set up so that what is recorded stays recorded.

The drivers are asked directly, sqlite3 and psycopg: both speak Python's DB-API, and the register's statements are plain
enough to be the same on both (decision 0117).
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docgen.files import reason_of
from docgen.register.faults import WrongAddress

_PATIENCE: Final = 60  # seconds to wait for other writers
_SHORTLY: Final = 0.01  # seconds between two attempts where the database itself does not wait
_REACH: Final = 10  # seconds to wait for a server to answer
_DURABLE: Final = (
    f"SELECT set_config('lock_timeout', '{_PATIENCE}s', true), set_config('synchronous_commit', 'on', true)"
)
_COLUMNS: Final = """
SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relname = ? AND pg_table_is_visible(attrelid) AND attnum > 0 AND NOT attisdropped
"""
"""By `pg_class`: `to_regclass` goes on saying that a table is not there which another process has made meanwhile."""
_REASONS: Final = {
    "locked": "正被另一个程序使用，请稍后重试",
    "not a database": "文件不是登记库，或已损坏",
    "malformed": "文件已损坏",
    "readonly": "文件是只读的",
    "read-only": "数据库是只读的",
    "is full": "磁盘已满",
    "No space left": "磁盘已满",
    "unable to open": "没有权限，磁盘是只读的，或同名的是文件夹",
    "disk I/O": "磁盘读写出错",
    "only grows": "登记条目只能增加，数据库拒绝了改动",
    "no such column": "表结构被改动",
    "no such table": "表结构被改动",
    'relation "': "表结构被改动",
    "column ": "表结构被改动",
    "already exists": "里面已有同名的表，不是 docgen 建的",
    "password authentication": "用户名或密码不对",
    "no password supplied": "没有给出密码",
    "not permitted to log in": "这个数据库用户不能登录",
    "pg_hba.conf": "数据库服务器不允许这个用户从这里连接",
    "too many c": "数据库的连接已满，请稍后重试",  # clients, connections
    "invalid sslmode": "地址里 sslmode 的写法不对",
    "invalid connection option": "地址里有不认识的选项",
    "invalid URI query": "地址里有不认识的选项",
    "invalid port": "地址里端口的写法不对",
    "certificate": "加密连接（SSL）的证书不对或读不到",
    "SSL connection has been closed": "与数据库的连接中断",
    "SSL SYSCALL": "与数据库的连接中断",
    "SSL": "加密连接（SSL）没有谈成，请核对地址里的 sslmode",
    "does not exist": "服务器上没有这个库、用户或表",
    "Connection refused": "连不上数据库服务器",
    "No such file or directory": "找不到本机的数据库服务器：没有启动，或套接字的路径不对",
    "could not translate host": "找不到数据库服务器的地址",
    "failed to resolve host": "找不到数据库服务器的地址",
    "timeout": "等待数据库超时",
    "server closed the connection": "与数据库的连接中断",
    "connection is lost": "与数据库的连接中断",
    "connection is closed": "与数据库的连接中断",
    "terminating connection": "与数据库的连接中断",
    "pipeline mode": "与数据库的连接中断",
    "shutting down": "数据库正在关闭",
    "starting up": "数据库正在启动，请稍后重试",
    "permission denied": "数据库用户没有权限",
    "must be owner": "只有建库的那个数据库用户能改动表，请用那个用户升级一次",
    "connection is bad": "连不上数据库服务器，或地址的写法不对",
    "connection failed": "连不上数据库服务器",
}
"""By words of the database, the first that fit."""
_CUT: Final = "与数据库的连接中断"
_STATES: Final = {
    "57P01": _CUT,
    "57P02": _CUT,
    "57P05": _CUT,
    "55P03": "等待数据库超时",
    "SQLITE_IOERR_SHMSIZE": "磁盘已满",
}
"""By SQLSTATE of a PostgreSQL, whose words may be in any language: ended by an administrator, by a crash, when idle;
no lock in time. By SQLite's name: no room for the file beside the register in which its readers and writers meet."""
_CONTEXT: Final = " CONTEXT: "
"""After it a PostgreSQL says what it was doing, with names of tables that have nothing to do with why it stopped."""
_ENCODING: Final = "UTF8"
_LONGEST: Final = 504
"""Bytes of an SQLite file's whole path: `MAX_PATHNAME` of its unix layer, less what its journal's name adds."""
_UNDECODED: Final = re.compile(r"Could not decode to UTF-8 column '(\w+)'")
_SERVER: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]*)(:[0-9]{1,5})?(/[\w.-]*)?")
_NAME: Final = re.compile(r"[\w.-]+")
_SCHEME: Final = re.compile("[a-z0-9+]+")
_SOMEWHERE: Final = "（docgen.toml 中 register.url 的数据库）"


class _Unfit(Exception):
    """A database, or the path of one, that cannot hold a register; says why in Chinese."""


class Connection:
    """One transaction. Values stand in statements as question marks, and nothing else does.

    Args:
        driver: the connection of sqlite3 or psycopg.
        file: the SQLite file; None for a PostgreSQL, or a database in memory.
    """

    def __init__(self, driver: Any, file: Path | None = None) -> None:
        self.driver, self.file = driver, file
        self.is_sqlite: Final = isinstance(driver, sqlite3.Connection)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Return the rows that a statement gives, as the driver gives them."""
        return iter(self.driver.execute(self._worded(statement), values))

    def whatever(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement gives, with texts that are no UTF-8 too: an audit says which they are."""
        if not self.is_sqlite:
            return list(self.rows(statement, values))
        strict, self.driver.text_factory = self.driver.text_factory, decoded
        try:
            return list(self.rows(statement, values))
        finally:
            self.driver.text_factory = strict

    def named(self, statement: str) -> Iterator[dict[str, Any]]:
        """Return the rows that a statement gives, each by column."""
        cursor = self.driver.execute(statement)
        names = [each[0] for each in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row; None when there is none."""
        return next(self.rows(statement, values), None)

    def value(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Return the first value of the first row; None when there is none."""
        return next(self.rows(statement, values), (None,))[0]

    def do(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Execute a statement that gives no rows."""
        self.driver.execute(self._worded(statement), values)

    def write(self, statement: str, rows: Sequence[Sequence[Any]]) -> int:
        """Execute a statement for each row; return how many rows the database says it wrote, -1 if it does not say."""
        cursor = self.driver.cursor()
        cursor.executemany(self._worded(statement), rows)
        return int(cursor.rowcount)

    def columns(self, table: str) -> frozenset[str]:
        """Return the columns of a table; none when there is no such table."""
        asked = "SELECT name FROM pragma_table_info(?)" if self.is_sqlite else _COLUMNS
        return frozenset(str(each) for (each,) in self.rows(asked, (table,)))

    def _worded(self, statement: str) -> str:
        return statement if self.is_sqlite else statement.replace("%", "%%").replace("?", "%s")


def address_of(place: Path | str) -> Path | str:
    """Return the address of a register's database: an SQLite file, or what libpq takes.

    Raises:
        WrongAddress: it is not one of SQLite or PostgreSQL, or its driver is not installed.
    """
    if isinstance(place, Path):
        return place
    scheme, parted, rest = place.partition("://")
    if not parted or not _SCHEME.fullmatch(scheme):
        raise WrongAddress("写法不对")
    if scheme.partition("+")[0] != "postgresql":
        raise WrongAddress("只支持 PostgreSQL；SQLite 请用 [folders] 的 register")
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as fault:
        raise WrongAddress("没有安装 PostgreSQL 驱动，请运行 pip install 'docgen[postgresql]'") from fault
    address = f"postgresql://{rest}"
    try:
        host = conninfo_to_dict(address).get("host") or ""
    except ProgrammingError as fault:
        if "query parameter" not in str(fault):  # the server's answer will say which
            raise WrongAddress("写法不对") from None  # what the driver says may hold the password
        return address
    if "@" in str(host):
        raise WrongAddress("用户名或密码里的 @ 要写成 %40")
    return address


def without_password(place: str) -> str:
    """Return a database address as messages may show it: server and database, and the user where one is told apart.

    Passwords stand behind a user, among the options behind a question mark, or in places where they do not belong; so
    only what can be none is shown.
    """
    scheme, _, rest = place.partition("://")
    before, at, after = rest.rpartition("@")
    found = _SERVER.fullmatch(re.split("[?#;]", after)[0])
    if not found or not _SCHEME.fullmatch(scheme) or "?" in before or "://" in rest:
        return _SOMEWHERE
    user = before.partition(":")[0]
    named = f"{user}@" if _NAME.fullmatch(user) else ""
    port = (found[2] or "") if at else ""  # without a user, what looks like a port may be a password
    return f"{scheme}://{named}{found[1]}{port}{found[3] or ''}"


@contextmanager
def connected(address: Path | str, *, write: bool) -> Iterator[Connection]:
    """Give a transaction that is durable, locked from its beginning when it writes, taken back when the block fails.

    Args:
        address: as `address_of` gives it.
        write: whether rows are to be added.

    Raises:
        what `driver_faults` names: the database cannot be reached, or refuses.
    """
    driver = _sqlite(address, write) if isinstance(address, Path) else _postgresql(address, write)
    with closing(driver):
        try:
            yield Connection(driver, address if isinstance(address, Path) else None)
        except BaseException:
            with suppress(*driver_faults()):
                driver.rollback()
            raise
        driver.commit()


@contextmanager
def in_memory() -> Iterator[Connection]:
    """Give a connection to an empty database in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as driver:
        yield Connection(driver)


@contextmanager
def as_it_lies(path: Path) -> Iterator[Connection]:
    """Give a connection to an SQLite file that nothing writes, not even a log beside it."""
    with closing(_unchanged(path)) as driver:
        yield Connection(driver, path)


def checked(path: Path) -> list[str]:
    """Return what SQLite itself says of a file, outside any transaction: ["ok"], or what is wrong with it."""
    with closing(_unchanged(path) if is_frozen(path) else _opened(path)) as driver:
        return [str(said) for (said,) in driver.execute("PRAGMA integrity_check(3)")]


def driver_faults() -> tuple[type[Exception], ...]:
    """Return what the drivers raise, of those that are in use."""
    postgresql = sys.modules.get("psycopg")
    return (sqlite3.Error, _Unfit, *((postgresql.Error,) if postgresql else ()))


def _postgresql(address: str, write: bool) -> Any:
    import logging

    import psycopg

    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what it logs, faults say
    driver = psycopg.connect(address, connect_timeout=_REACH, client_encoding=_ENCODING)
    encoding = driver.info.parameter_status("server_encoding")
    if encoding != _ENCODING:
        driver.close()
        raise _Unfit(f"数据库编码是{encoding}，要用 {_ENCODING} 建库")
    levels = psycopg.IsolationLevel
    driver.isolation_level = levels.READ_COMMITTED if write else levels.REPEATABLE_READ
    if write:
        driver.execute(_DURABLE)
    return driver


def _sqlite(path: Path, write: bool) -> sqlite3.Connection:
    driver = _unchanged(path) if not write and is_frozen(path) else _opened(path)
    try:
        driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    except sqlite3.Error:
        driver.close()
        raise
    return driver


def _opened(path: Path) -> sqlite3.Connection:
    driver = _driver(path, path)
    try:
        _log_ahead(driver)
        driver.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        driver.close()
        raise
    return driver


def _unchanged(path: Path) -> sqlite3.Connection:
    return _driver(path, f"file:{quote(os.fsencode(path))}?mode=ro&immutable=1")


def _driver(path: Path, address: Path | str) -> sqlite3.Connection:
    """Return a driver for the file at a path, whose address may say how it is opened."""
    try:
        return sqlite3.connect(address, uri=isinstance(address, str), timeout=_PATIENCE, isolation_level=None)
    except sqlite3.OperationalError as fault:
        size = len(os.fsencode(os.path.realpath(path)))
        if size <= _LONGEST:
            raise
        words = f"路径太长：连同上级文件夹共{size}字节，登记库最多{_LONGEST}字节；请把工作区移到浅一些的位置"
        raise _Unfit(words) from fault


def for_copying(path: Path) -> sqlite3.Connection:
    """Return a driver that reads an SQLite file, as it lies where nothing may be written beside it."""
    return _unchanged(path) if is_frozen(path) else _driver(path, path)


def _log_ahead(driver: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; SQLite refuses that at once, without waiting, while others found the file too."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > until:
                raise
            time.sleep(_SHORTLY)
        else:
            return


def is_frozen(path: Path) -> bool:
    """Whether a file can only be read as it lies: on a disc, or in a folder where nothing may be written."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return False
    log = path.with_name(path.name + "-wal")
    return not (log.exists() and log.stat().st_size)


def decoded(text: bytes) -> str:
    """Return a text of SQLite, with what is no UTF-8 in it as escapes."""
    return text.decode("utf-8", "backslashreplace")


def undecoded(fault: Exception) -> str:
    """Return the column of which SQLite says that it holds a text that is no UTF-8; empty for any other refusal."""
    found = _UNDECODED.match(str(fault)) if isinstance(fault, sqlite3.OperationalError) else None
    return found[1] if found else ""


def reason_of_failure(fault: Exception) -> str:
    """Return in Chinese why the database or the operating system refuses."""
    if isinstance(fault, OSError):
        return reason_of(fault)
    if isinstance(fault, _Unfit):
        return str(fault)
    state = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", None)
    if state in _STATES:
        return _STATES[state]
    said = " ".join(str(fault).split()).partition(_CONTEXT)[0]
    return next((chinese for english, chinese in _REASONS.items() if english in said), f"数据库说：{said}")
