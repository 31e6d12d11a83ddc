"""A copy of a register before it is upgraded: of an SQLite file beside it, of another database all rows as JSON.

A copy is whole and on the disk before anything is changed, and never takes the place of another file.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import digests_of
from docgen.files import cannot_write, staged
from docgen.register.databases import Connection, for_copying
from docgen.register.record import FileSeen
from docgen.register.schema import TABLES

FOLDER: Final = "备份"
"""The folder in a workspace for copies of a database that is no file of it."""
ROLE: Final = "备份"
_NAME: Final = "登记库"


@dataclass(frozen=True)
class Source:
    """A register to be copied.

    Args:
        place: its SQLite file, or the URL of its database.
        shown: the place as messages write it.
        folder: where copies of a database go that is no file.
    """

    place: Path | str
    shown: str
    folder: Path


def back_up(source: Source, connection: Connection, version: int, day: date) -> tuple[Path, FileSeen]:
    """Copy a register, and return where the copy is and what the record says of it.

    Args:
        source: what is copied.
        connection: in a transaction that keeps other writers out and has changed nothing yet.
        version: of the register.
        day: today, for the name.

    Raises:
        CannotWrite: the operating system refuses.
    """
    mark = f".升级前-{version}-{day.isoformat()}"
    if isinstance(source.place, Path):
        path = _free(source.place.with_name(source.place.name + mark), "")
        shown = source.shown.removesuffix(source.place.name) + path.name
    else:
        path = _free(source.folder / (_NAME + mark), ".json")
        shown = f"{source.folder.name}/{path.name}"
    with staged() as staging:
        lies = staging.reserve(path)
        try:
            if isinstance(source.place, Path):
                copy_file(source.place, lies)
            else:
                write_rows(connection, version, lies)
        except OSError as fault:
            raise cannot_write(path, fault) from fault
        staging.take_over([(lies, path)])
    data = path.read_bytes()
    digests = digests_of(data)
    return path, FileSeen(ROLE, shown, digests.sha256, digests.sm3, len(data))


def _free(path: Path, ending: str) -> Path:
    """Return a path that nothing has yet; the lock on the register keeps others from taking it meanwhile."""
    names = (f"{path.name}{'' if number == 1 else f'-{number}'}{ending}" for number in count(1))
    return next(each for name in names if not os.path.lexists(each := path.with_name(name)))


def copy_file(source: Path, target: Path) -> None:
    """Copy an SQLite file as it was last committed."""
    with closing(for_copying(source)) as register, closing(sqlite3.connect(target)) as copy:
        register.backup(copy)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def write_rows(connection: Connection, version: int, target: Path) -> None:
    """Write all rows of a register's tables: one JSON value, a row on each line."""
    with target.open("x", encoding="utf-8") as file:
        file.writelines(_lines(connection, version))
        file.flush()
        os.fsync(file.fileno())


def _lines(connection: Connection, version: int) -> Iterator[str]:
    there = (each for each in TABLES.values() if connection.columns(each.name))
    yield f'{{"version":{version},"tables":{{'
    for place, table in enumerate(there):
        yield f'{"," if place else ""}\n"{table.name}":['
        rows = connection.named(f"SELECT * FROM {table.name} ORDER BY {table.key}")  # noqa: S608  # our own names
        for line, row in enumerate(rows):
            yield f"{',' if line else ''}\n{json.dumps(row, ensure_ascii=False)}"
        yield "]"
    yield "}}\n"
