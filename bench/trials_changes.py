"""Single changes behind docgen's back, of rows and of files: does `verify` find each."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from trials_office import Office, varied_record

from docgen.errors import Advice, DocgenError
from docgen.register.record import FileRole
from docgen.register.schema import SQLITE_GUARDS, TABLES
from docgen.register.tables import Table
from docgen.register.witness import NAME

COLUMNS: Final = tuple((name, column) for name, table in TABLES.items() for column in table.columns)
_TO_ROWS: Final = ("changed", "changed", "changed", "deleted", "inserted", "swapped", "end cut")
_TO_FILES: Final = ("byte changed", "shortened", "lengthened", "deleted", "renamed", "swapped", "added")
_TO_WITNESS: Final = ("byte changed", "deleted", "emptied", "line taken out", "line put in", "lines cut off")
_DRAFT: Final = "draft"
NEVER: Final = frozenset({(_DRAFT, "added"), ("witness", "lines cut off")})
"""What a clerk or docgen itself may leave: a file beside drafts, a witness that a killed command left behind."""


@dataclass(frozen=True)
class Change:
    """A change and what verifying said.

    Args:
        what: the table or kind of file.
        way: how it was changed.
        found: whether anything was said.
        named: whether what was changed was named: the row, the entry or the one behind it, the file.
        codes: of what was said.
        about: what exactly was changed, to look into.
    """

    what: str
    way: str
    found: bool
    named: bool
    codes: tuple[str, ...]
    about: str

    @property
    def is_missed(self) -> bool:
        """Whether it had to be found and was not."""
        return not self.found and (self.what, self.way) not in NEVER


@dataclass(frozen=True)
class Place:
    """A workspace with a varied record, and how it was before the changes."""

    office: Office
    kept: Path

    @classmethod
    def made(cls, folder: Path) -> Place:
        """Make one below a folder."""
        office = Office.make(folder / "工作区")
        varied_record(office)
        return cls(office, Path(shutil.copytree(office.root, folder / "kept")))

    def put_back(self) -> None:
        """Undo all changes."""
        for name in (self.office.register.name, NAME):
            shutil.copyfile(self.kept / name, self.office.root / name)

    def said(self, head: str = "") -> list[tuple[str, Mapping[str, Any], str]]:
        """Return code, values and words of all that verifying finds; faults first, then advices that name something."""
        try:
            verified = self.office.verify(head)
        except DocgenError as refusal:
            return [(refusal.code, refusal.values, str(refusal))]
        told: list[DocgenError | Advice] = [*verified.faults, *verified.advices]
        return [(each.code, getattr(each, "values", {}), str(each)) for each in told]


def changes(count: int, seed: int) -> Iterator[Change]:
    """Make so many single changes in an office of their own, and yield what verifying finds of each."""
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        yield from changes_in(Place.made(Path(folder)), count, seed)


def changes_in(place: Place, count: int, seed: int) -> Iterator[Change]:
    """Make so many single changes in an office, seven tenths of them to rows."""
    chance = Random(seed)  # noqa: S311
    usual = {words for _, _, words in place.said()}
    for number in range(count * 7 // 10):
        yield _to_row(place, chance, number, usual)
    for number in range(count - count * 7 // 10):
        make = _to_witness if number % 6 == 5 else _to_file
        yield make(place, chance, usual)


def _to_row(place: Place, chance: Random, number: int, usual: set[str]) -> Change:
    way = _TO_ROWS[number % len(_TO_ROWS)]
    table, column = COLUMNS[number % len(COLUMNS)]
    with closing(sqlite3.connect(place.office.register)) as database:
        for each in SQLITE_GUARDS:
            database.execute(f"DROP TRIGGER {each}")
        keys: list[Any] = []
        while not keys:
            with suppress(sqlite3.IntegrityError):
                keys = _WAYS[way](database, TABLES[table], column, chance)
            table, column = (table, column) if keys else chance.choice(COLUMNS)
        for guard in SQLITE_GUARDS.values():
            database.execute(guard)
        database.commit()
    said = [each for each in place.said() if each[2] not in usual]
    named = any(_names_row(table, key, code, values) for code, values, _ in said for key in keys)
    place.put_back()
    about = f"{table}.{column} {keys}"
    return Change(table, way, bool(said), named, tuple(code for code, *_ in said), about)


def _names_row(table: str, key: Any, code: str, values: Mapping[str, Any]) -> bool:
    if table == "setting":
        return code in {"verify-head-differs", "verify-version", "register-damaged", "register-too-new"} or (
            values.get("row") == str(key)
        )
    if table == "entry":
        return values.get("seq") in (key, key + 1) or code in {"verify-head-differs", "witness-ahead"}
    return (values.get("table"), values.get("row")) == (table, str(key))


def _some_keys(database: sqlite3.Connection, table: Table, chance: Random, count: int) -> list[Any]:
    name = table.key
    found = [key for (key,) in database.execute(f"SELECT {name} FROM {table.name} ORDER BY {name}")]
    return chance.sample(found, count) if len(found) >= count else []


def _changed(database: sqlite3.Connection, table: Table, column: str, chance: Random) -> list[Any]:
    keys, name = _some_keys(database, table, chance, 1), table.key
    for key in keys:
        ((value,),) = database.execute(f'SELECT "{column}" FROM {table.name} WHERE {name} = ?', (key,))
        other = _other(value, table, column, chance)
        database.execute(f'UPDATE {table.name} SET "{column}" = ? WHERE {name} = ?', (other, key))
    return keys


def _other(value: Any, table: Table, column: str, chance: Random) -> Any:
    """Return another value that the column takes."""
    declared = table.columns[column]
    if declared.nullable and value is not None and chance.random() < 0.2:
        return None
    if declared.sort == "INTEGER":
        return (value or 0) + chance.choice((1, -1, 7, 100_000))
    text = str(value or "")
    at = chance.randrange(len(text) + 1)
    found = chance.choice((f"{text[:at]}改{text[at + 1 :]}", f"{text[:at]}{text[at + 1 :]}", f"{text} ", ""))
    return found if found != text else f"{text}改"


def _deleted(database: sqlite3.Connection, table: Table, _: str, chance: Random) -> list[Any]:
    keys = _some_keys(database, table, chance, 1)
    for key in keys:
        database.execute(f"DELETE FROM {table.name} WHERE {table.key} = ?", (key,))
    return keys


def _inserted(database: sqlite3.Connection, table: Table, _: str, chance: Random) -> list[Any]:
    """Put in a row like another one, under a key of its own."""
    name, made = table.key, []
    for key in _some_keys(database, table, chance, 1):
        cursor = database.execute(f"SELECT * FROM {table.name} WHERE {name} = ?", (key,))
        row = dict(zip((each[0] for each in cursor.description), cursor.fetchone(), strict=True))
        alone = set(table.unique) if len(table.unique) == 1 else set()
        own = alone | {name, "edition", "serial"} & row.keys()
        row |= {each: _unlike(row[each], chance) for each in own}
        places = ", ".join("?" * len(row))
        database.execute(
            f"INSERT INTO {table.name} ({', '.join(map(_quoted, row))}) VALUES ({places})", [*row.values()]
        )
        made.append(row[name])
    return made


def _unlike(value: Any, chance: Random) -> Any:
    return (value or 0) + chance.randrange(100_000, 900_000) if isinstance(value, int) else f"{value}改"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _swapped(database: sqlite3.Connection, table: Table, _: str, chance: Random) -> list[Any]:
    """Let two rows change places: each gets the other's key."""
    keys, name = _some_keys(database, table, chance, 2), table.key
    if keys:
        one, other = keys
        passing = -1 if isinstance(one, int) else "改"
        for old, new in ((one, passing), (other, one), (passing, other)):
            database.execute(f"UPDATE {table.name} SET {name} = ? WHERE {name} = ?", (new, old))
    return keys


def _end_cut(database: sqlite3.Connection, table: Table, _: str, chance: Random) -> list[Any]:
    name = table.key
    found = [key for (key,) in database.execute(f"SELECT {name} FROM {table.name} ORDER BY {name}")]
    gone = found[-chance.randint(1, max(1, len(found) // 4)) :]
    database.executemany(f"DELETE FROM {table.name} WHERE {name} = ?", [(key,) for key in gone])
    return gone


_WAYS: Final[Mapping[str, Callable[[sqlite3.Connection, Table, str, Random], list[Any]]]] = {
    "changed": _changed,
    "deleted": _deleted,
    "inserted": _inserted,
    "swapped": _swapped,
    "end cut": _end_cut,
}


def _to_file(place: Place, chance: Random, usual: set[str]) -> Change:
    root, way = place.office.root, chance.choice(_TO_FILES)
    with place.office.desk().register.reading() as books:
        rows = [each for each in books.files() if each.role != FileRole.WITHDRAWN]
    one, other = chance.sample(rows, 2)
    touched = _meddled(root / one.id, root / other.id, way, chance)
    said = [each for each in place.said() if each[2] not in usual]
    wanted = {each.relative_to(root).as_posix() for each in touched}
    named = all(any(path in words for *_, words in said) for path in wanted)
    for path in touched:
        source = place.kept / path.relative_to(root)
        shutil.copyfile(source, path) if source.exists() else path.unlink()
    what = _DRAFT if one.role == FileRole.DRAFT else "signed document or attachment"
    return Change(what, way, bool(said), named, tuple(code for code, *_ in said), f"{way} {one.id}")


def _meddled(path: Path, other: Path, way: str, chance: Random) -> list[Path]:
    """Change a file in one way; return the files that must be named."""
    data = path.read_bytes()
    at = chance.randrange(len(data))
    contents = {
        "byte changed": data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :],
        "shortened": data[:at],
        "lengthened": data + b"\0",
        "swapped": other.read_bytes(),
    }
    if way in contents:
        path.write_bytes(contents[way])
        return [path, *_also(way == "swapped", other, data)]
    new = path.with_name(f"另{path.name}")
    if way == "added":
        new.write_bytes(data)
        return [new]
    if way == "renamed":
        path.rename(new)
        return [path, *([new] if "草稿" not in path.parts else [])]
    path.unlink()
    return [path]


def _also(swapped: bool, other: Path, data: bytes) -> Sequence[Path]:
    if swapped:
        other.write_bytes(data)
    return [other] * swapped


def _to_witness(place: Place, chance: Random, usual: set[str]) -> Change:
    path, way = place.office.root / NAME, chance.choice(_TO_WITNESS)
    lines = path.read_bytes().splitlines(keepends=True)
    at = chance.randrange(len(lines) - 1)
    if way == "byte changed":
        data = bytearray(path.read_bytes())
        place_of = chance.randrange(len(data))
        data[place_of] ^= 1
        path.write_bytes(bytes(data))
    elif way == "deleted":
        path.unlink()
    else:
        left = {
            "emptied": [],
            "line taken out": lines[:at] + lines[at + 1 :],
            "line put in": [*lines[:at], lines[at], *lines[at:]],
            "lines cut off": lines[: at + 1],
        }
        path.write_bytes(b"".join(left[way]))
    said = [each for each in place.said() if each[2] not in usual]
    place.put_back()
    return Change("witness", way, bool(said), bool(said), tuple(code for code, *_ in said), f"line {at + 1}")


def table(found: Sequence[Change]) -> Iterator[str]:
    """Yield the lines of a table: a row for each kind of change; what was not found is listed below it."""
    yield "| what | way | changes | found | named |"
    yield "|---|---|---|---|---|"
    groups = Counter((each.what, each.way) for each in found)
    for what, way in sorted(groups):
        yield _row(what, way, [each for each in found if (each.what, each.way) == (what, way)])
    yield _row("all", "", found)
    for each in found:
        if not each.found:
            yield f"- not found: {each.what}, {each.way}: {each.about}"


def _row(what: str, way: str, found: Sequence[Change]) -> str:
    counts = (len(found), sum(each.found for each in found), sum(each.named for each in found))
    return f"| {what} | {way} | {' | '.join(map(str, counts))} |"
