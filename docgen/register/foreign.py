"""Whether a database where a register is to be is another program's: it has a table of ours without our columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, MetaData, inspect

from docgen.register.faults import RegisterForeign

_EVER: Final[Mapping[str, frozenset[str]]] = {
    "setting": frozenset({"name", "value"}),
    "document": frozenset({"id", "key", "edition"}),
}
"""The columns that these tables had in every version."""


def refuse_foreign(connection: Connection, ours: MetaData, shown: str) -> None:
    """Refuse a database that has another program's tables where ours would be.

    Args:
        connection: to the database.
        ours: our tables.
        shown: the database as messages write it.

    Raises:
        RegisterForeign: one of its tables lacks columns of ours.
    """
    tables = inspect(connection)
    for name, table in ours.tables.items():
        if tables.has_table(name):
            columns = {each["name"] for each in tables.get_columns(name)}
            if not _EVER.get(name, frozenset(table.columns.keys())) <= columns:
                raise RegisterForeign(shown, name)
