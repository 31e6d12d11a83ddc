"""Tables as the register declares them, and the SQL that makes, reads and changes them on SQLite and PostgreSQL.

Values stand in statements as question marks; `databases.py` gives each database's driver its own sign for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from docgen.dataclass import dataclass

Sort = Literal["TEXT", "INTEGER"]
_WORDS: Final = frozenset({"end"})
"""Names of columns that are words of SQL."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Args:
        name: of the column.
        sort: of its values.
        nullable: whether a row may be without a value.
        default: what a row has that does not give a value; a column that is neither nullable nor has one must be given.
        is_kept: whether the database knows the default too.
        table: the name of its table, which `Table` fills in.
    """

    name: str
    sort: Sort = "TEXT"
    nullable: bool = False
    default: str | None = None
    is_kept: bool = False
    table: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether each row must give a value."""
        return not self.nullable and self.default is None


def text(name: str, default: str | None = None, *, is_kept: bool = False) -> Column:
    """Return a column of texts; without a default each row gives one."""
    return Column(name, default=default, is_kept=is_kept)


def whole(name: str, *, nullable: bool = False) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "INTEGER", nullable)


class Columns:
    """The columns of a table by name, as attributes: `DOCUMENT.c.state`."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.__dict__.update((each.name, each) for each in columns)

    def __getattr__(self, name: str) -> Column:  # asked only for what is not there
        raise AttributeError(name)


class Table:
    """A table.

    Args:
        name: of the table.
        columns: in their order; the first is the key.
        unique: columns that together tell rows apart.
        indexes: the columns of each index, by its name.
    """

    def __init__(
        self,
        name: str,
        *columns: Column,
        unique: Sequence[str] = (),
        indexes: Mapping[str, str] | None = None,
    ) -> None:
        named = [
            Column(each.name, each.sort, each.nullable, each.default, each.is_kept, name) for each in columns
        ]
        self.name: Final = name
        self.columns: Final[Mapping[str, Column]] = {each.name: each for each in named}
        self.key: Final = named[0].name
        self.unique: Final = tuple(unique)
        self.indexes: Final[Mapping[str, str]] = indexes or {}
        self.c: Final = Columns(named)
        self._defaults: Final = {each.name: each.default for each in named}

    def making(self) -> Iterator[str]:
        """Yield the statements that make it with its indexes."""
        parts = [" ".join(_parts(each)) for each in self.columns.values()]
        parts.append(f"PRIMARY KEY ({self.key})")
        if self.unique:
            parts.append(f"UNIQUE ({_list(self.unique)})")
        yield f"CREATE TABLE {self.name} ({', '.join(parts)})"
        for name, column in self.indexes.items():
            yield f"CREATE INDEX {name} ON {self.name} ({quoted(column)})"

    def reading(self, *columns: str, where: str = "", order: str = "", last: bool = False) -> str:
        """Return the statement that reads rows.

        Args:
            columns: to be read; all when none is named.
            where: the condition, in SQL.
            order: by what, in SQL.
            last: only the row that comes last in that order, which is then turned round.
        """
        wanted = ", ".join(f"{self.name}.{quoted(each)}" for each in columns or self.columns)
        words = [f"SELECT {wanted} FROM {self.name}"]  # noqa: S608  # names of our own
        words += [f"WHERE {where}"] if where else []
        words += [f"ORDER BY {order}"] if order else []
        words += ["DESC LIMIT 1"] if last else []
        return " ".join(words)

    def adding(self, again: Sequence[str] = (), *, only_where: str = "") -> str:
        """Return the statement that puts a row in, as `row` gives it.

        Args:
            again: the columns that a row with the same key gets, if it is there; none: it may not be there.
            only_where: the condition on that row, in SQL.
        """
        words = [f"INSERT INTO {self.name} ({_list(self.columns)}) VALUES {places([*self.columns])}"]  # noqa: S608
        if again:
            put = ", ".join(f"{quoted(each)} = excluded.{quoted(each)}" for each in again)
            words.append(f"ON CONFLICT ({self.key}) DO UPDATE SET {put}")
            words += [f"WHERE {only_where}"] if only_where else []
        return " ".join(words)

    def changing(self, columns: Sequence[str]) -> str:
        """Return the statement that gives a row other values: those of the columns, then its key."""
        put = ", ".join(f"{quoted(each)} = ?" for each in columns)
        return f"UPDATE {self.name} SET {put} WHERE {self.key} = ?"  # noqa: S608

    def row(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the values of a row in the order of the columns, defaults for those that are not given."""
        return tuple({**self._defaults, **values}.values())

    def named(self, row: Iterable[Any]) -> dict[str, Any]:
        """Return the values of a row by column."""
        return dict(zip(self.columns, row, strict=True))


def quoted(name: str) -> str:
    """Return a name as statements write it: words of SQL in quotes, and no others.

    SQLite takes a name in quotes for a text where there is no such column; so no name is quoted without need, and
    columns that are read are named with their table.
    """
    return f'"{name}"' if name in _WORDS else name


def places(values: Sequence[object]) -> str:
    """Return the places of several values in a statement, as `IN` takes them."""
    return f"({', '.join('?' * len(values))})"


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _parts(column: Column) -> Iterator[str]:
    yield from (quoted(column.name), column.sort)
    if column.is_kept:
        yield f"DEFAULT '{column.default}'"
    if not column.nullable:
        yield "NOT NULL"
