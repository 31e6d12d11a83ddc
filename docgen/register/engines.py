"""Connections to SQLite and PostgreSQL, set up so that what is recorded stays recorded."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from docgen.files import reason_of
from docgen.register.faults import WrongAddress

_PATIENCE: Final = 60  # seconds to wait for other writers
_SHORTLY: Final = 0.01  # seconds between two attempts where the database itself does not wait
_ENGINES: Final = (
    8  # kept for the next transaction; they hold no connections, only what was learnt and compiled
)
_COMPILED: Final[dict[str, Any]] = {"compiled_cache": LRUCache(500)}
"""Statements that engines of SQLite have put into words; a command opens several, and each would do so anew."""
_REACH: Final = 10  # seconds to wait for a server to answer
_DURABLE: Final = (
    f"SELECT set_config('lock_timeout', '{_PATIENCE}s', true), set_config('synchronous_commit', 'on', true)"
)
_REASONS: Final = {
    "locked": "正被另一个程序使用，请稍后重试",
    "not a database": "文件不是登记库，或已损坏",
    "malformed": "文件已损坏",
    "readonly": "文件是只读的",
    "read-only": "数据库是只读的",
    "is full": "磁盘已满",
    "No space left": "磁盘已满",
    "unable to open": "没有权限，或同名的是文件夹",
    "disk I/O": "磁盘读写出错",
    "only grows": "登记条目只能增加，数据库拒绝了改动",
    "no such column": "表结构被改动",
    "no such table": "表结构被改动",
    'relation "': "表结构被改动",
    "column ": "表结构被改动",
    "password authentication": "用户名或密码不对",
    "no password supplied": "没有给出密码",
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
_STATES: Final = {"57P01": _CUT, "57P02": _CUT, "57P05": _CUT, "55P03": "等待数据库超时"}
"""By SQLSTATE of a PostgreSQL, whose words may be in any language: ended by an administrator, by a crash, when idle;
no lock in time."""
_CONTEXT: Final = " CONTEXT: "
"""After it a PostgreSQL says what it was doing, with names of tables that have nothing to do with why it stopped."""
_ENCODING: Final = "UTF8"
_SERVER: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]*)(:[0-9]{1,5})?(/[\w.-]*)?")
_NAME: Final = re.compile(r"[\w.-]+")
_SCHEME: Final = re.compile("[a-z0-9+]+")
_SOMEWHERE: Final = "（docgen.toml 中 register.url 的数据库）"


class _OtherEncoding(SQLAlchemyError):
    """A database cannot hold all characters; says so in Chinese."""


def address_of(place: Path | str) -> URL:
    """Return the address of a register's database.

    Raises:
        WrongAddress: it is not one of SQLite or PostgreSQL, or its driver is not installed.
    """
    if isinstance(place, Path):
        return URL.create("sqlite", database=str(place))
    try:
        address = make_url(place)
    except (ArgumentError, ValueError):
        raise WrongAddress("写法不对") from None  # what SQLAlchemy says may hold the password
    if address.drivername.partition("+")[0] != "postgresql":
        raise WrongAddress("只支持 PostgreSQL；SQLite 请用 [folders] 的 register")
    if "@" in (address.host or ""):
        raise WrongAddress("用户名或密码里的 @ 要写成 %40")
    return address.set(drivername="postgresql+psycopg")


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


def open_engine(address: URL, *, write: bool) -> Engine:
    """Return an engine whose transactions are durable, and locked from their beginning when they write.

    Raises:
        WrongAddress: the driver is not installed.
    """
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, write, not write and _is_frozen(Path(address.database or "")))
    return _postgresql(address, write)


def empty_engine() -> Engine:
    """Return an engine on an empty database in memory."""
    return _alike(create_engine("sqlite://", execution_options=_COMPILED))


@lru_cache(maxsize=_ENGINES)
def _postgresql(address: URL, write: bool) -> Engine:
    try:
        engine = create_engine(
            address,
            poolclass=NullPool,
            isolation_level="READ COMMITTED" if write else "REPEATABLE READ",
            connect_args={"connect_timeout": _REACH, "client_encoding": _ENCODING},
        )
    except ImportError as fault:
        raise WrongAddress("没有安装 PostgreSQL 驱动，请运行 pip install 'docgen[postgresql]'") from fault
    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what it logs, faults say

    @event.listens_for(engine, "connect", insert=True)  # before SQLAlchemy itself reads anything
    def same_encoding(connection: Any, _: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != _ENCODING:
            connection.close()
            raise _OtherEncoding(f"数据库编码是{encoding}，要用 {_ENCODING} 建库")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if write:
            connection.exec_driver_sql(_DURABLE)

    return engine


@lru_cache(maxsize=_ENGINES)
def _sqlite(address: URL, write: bool, frozen: bool) -> Engine:
    target: dict[str, Any] = {"timeout": _PATIENCE, "isolation_level": None}
    if frozen:
        address = URL.create(
            "sqlite",
            database=f"file:{quote(address.database or '')}",
            query={"mode": "ro", "immutable": "1", "uri": "true"},
        )
    engine = _alike(
        create_engine(address, poolclass=NullPool, connect_args=target, execution_options=_COMPILED)
    )

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _: Any) -> None:
        if not frozen:
            _log_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _alike(engine: Engine) -> Engine:
    """Let engines of SQLite share the statements that SQLAlchemy has put into words: it remembers them by dialect."""
    engine.dialect = _dialect()
    return engine


@cache
def _dialect() -> Dialect:
    engine = create_engine("sqlite://")
    with engine.connect():  # only then it knows which SQLite it speaks to
        return engine.dialect


def _log_ahead(connection: Any) -> None:
    """Switch to a write-ahead log; SQLite refuses that at once, without waiting, while others found the file too."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > until:
                raise
            time.sleep(_SHORTLY)
        else:
            return


def _is_frozen(path: Path) -> bool:
    """Whether a file can only be read as it lies: on a disc, or in a folder where nothing may be written."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return False
    log = path.with_name(path.name + "-wal")
    return not (log.exists() and log.stat().st_size)


def reason_of_failure(fault: Exception) -> str:
    """Return in Chinese why the database or the operating system refuses."""
    if isinstance(fault, OSError):
        return reason_of(fault)
    if isinstance(fault, _OtherEncoding):
        return str(fault)
    cause = getattr(fault, "orig", None) or fault
    state = getattr(cause, "sqlstate", None)
    if state in _STATES:
        return _STATES[state]
    said = " ".join(str(cause).split()).partition(_CONTEXT)[0]
    return next((chinese for english, chinese in _REASONS.items() if english in said), f"数据库说：{said}")
