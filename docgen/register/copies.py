"""A copy of a register for a backup, read again to be verified, and put into an empty database.

An SQLite file is copied by SQLite's own backup; of another database all rows are written as JSON, as before an upgrade.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.files import on_one_line
from docgen.register.backup import copy_file, write_rows
from docgen.register.databases import Connection, as_it_lies, driver_faults, in_memory, reason_of_failure
from docgen.register.schema import TABLES, TABLES_SINCE, VERSION, make_tables

JSON_NAME: Final = "登记库.json"
"""The name of a copy that holds rows."""


class CopyUnreadable(DocgenError):
    """A copy of a register is not one, or not of this version."""

    code = "register-copy-unreadable"
    exit_code = NOT_VERIFIED
    says = "登记库的副本 {path} 读不出来：{reason}"
    advises = "请换一份备份。"

    path: str
    reason: str


def copy_to(target: Path, place: Path | str, connection: Connection) -> None:
    """Copy a register as it stands in a transaction that keeps writers out.

    Args:
        target: where to; nothing is there yet.
        place: the register's SQLite file, or the address of its database.
        connection: in the transaction.

    Raises:
        OSError: the operating system refuses.
    """
    if isinstance(place, Path):
        copy_file(place, target)
    else:
        write_rows(connection, VERSION, target)


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Give a connection to a copy, which stays as it lies.

    Raises:
        CopyUnreadable: it is no copy of a register.
    """
    try:
        if path.name == JSON_NAME:
            with in_memory() as connection:
                fill(connection, path)
                yield connection
            return
        with as_it_lies(path) as connection:
            yield connection
    except driver_faults() as fault:
        raise CopyUnreadable(on_one_line(path), reason_of_failure(fault)) from fault


def fill(connection: Connection, path: Path) -> None:
    """Make the tables in an empty database and put the rows of a copy into them.

    Raises:
        CopyUnreadable: it is no copy of a register, or of a version whose tables were others.
    """
    tables = _tables(path)
    make_tables(connection)
    for name, table in TABLES.items():
        connection.write(table.adding(), [table.row(each) for each in tables[name]])


def _tables(path: Path) -> Mapping[str, list[dict[str, Any]]]:
    try:
        said = json.loads(path.read_bytes())
        version, tables = said["version"], said["tables"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise CopyUnreadable(on_one_line(path), "不是登记库的副本") from fault
    if version not in range(TABLES_SINCE, VERSION + 1):
        wanted = f"版本{TABLES_SINCE}至版本{VERSION}"
        raise CopyUnreadable(on_one_line(path), f"是版本{on_one_line(str(version))}的，要用{wanted}的")
    if not isinstance(tables, dict) or set(tables) != set(TABLES):
        raise CopyUnreadable(on_one_line(path), "缺少一些表")
    return dict(tables)
