"""The register's tables, and the guards that keep its entries as they are.

`entry` is the record: one row for each step, chained by digests, which the database itself keeps from being changed
or deleted. The other tables say how things stand now. They follow from the entries alone: each entry's body lists
the `changes` it made to their rows, so that replaying all bodies must give these tables again; `verify` does that.

Conventions: dates are ISO texts (YYYY-MM-DD), times ISO texts with the offset, digests lower-case hex, paths below
the workspace with / between folders. Every row of a table that follows names in `entry` the last entry that changed
it. SQLite and PostgreSQL have the same tables.

History:
    1  `setting`, `document`: drafts only, no record.
    2  the record `entry` and the tables that follow from it.
    3  `document.made_for`: what a document was made for.
    4  no other tables: entries say post and roles of who acted, and from which state of the sheets; numbers given back.
    5  no other tables: an entry says to which workspace the register belongs.

Each step from one version to the next is a revision in `migrations/`; `upgrading.py` takes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

VERSION: Final = 5
TABLES_SINCE: Final = 3
"""The version since which the tables are as they are now."""

METADATA: Final = MetaData()

SETTING: Final = Table(
    "setting",
    METADATA,
    # `version` of the schema; `head`: number and digest of the last entry, whose row is the writers' lock.
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

ENTRY: Final = Table(
    "entry",
    METADATA,
    # 1, 2, 3 … without gaps.
    Column("seq", Integer, primary_key=True, autoincrement=False),
    # The document it is about; empty for mandates, numbers and rules. For looking up; the body says the same.
    Column("document", Integer),
    # What was done: a step of the life of a document, or a deed on mandates, numbers and rules. As in the body.
    Column("step", Text, nullable=False),
    # Canonical JSON of everything that is recorded; see `record.py`.
    Column("body", Text, nullable=False),
    # The digest of the entry before it; 64 zeros for the first.
    Column("previous", Text, nullable=False),
    # SHA-256 of `previous`, a line feed and the body.
    Column("digest", Text, nullable=False, unique=True),
    Index("entry_document", "document"),
    Index("entry_step", "step"),
)

DOCUMENT: Final = Table(
    "document",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # What the document is about and to whom it goes; asking for the same draft gives the same key.
    Column("key", Text, nullable=False),
    # 1 for the first document of a key; the one that replaces a signed or voided document gets the next.
    Column("edition", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("addressee", Text, nullable=False),
    # 主送, 抄送 and 附件 as the document names them, joined by 、.
    Column("receivers", Text, nullable=False, default=""),
    Column("copies_to", Text, nullable=False, default=""),
    Column("annexes", Text, nullable=False, default=""),
    # A state of `life.py`.
    Column("state", Text, nullable=False),
    # The day of the last step; no later step may have an earlier one.
    Column("day", Text, nullable=False),
    # The date the draft shows, by which its rules were computed; once signed the date of the document.
    Column("dated", Text, nullable=False),
    # The document's file and its digests when it was last recorded.
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sm3", Text, nullable=False),
    # SHA-256 of the template and of the data shown: equal digests mean an equal draft.
    Column("template_digest", Text, nullable=False),
    Column("data_digest", Text, nullable=False),
    # What the draft shows in the places that signing fills in.
    Column("number_place", Text, nullable=False, default=""),
    Column("date_place", Text, nullable=False, default=""),
    # 发文字号 in full, empty until signed; a voided document keeps it.
    Column("number", Text, nullable=False, default=""),
    # The people of the steps; several countersigners are joined by 、.
    Column("drafter", Text, nullable=False),
    Column("reviewer", Text, nullable=False, default=""),
    Column("countersigners", Text, nullable=False, default=""),
    Column("signatory", Text, nullable=False, default=""),
    Column("applicant", Text, nullable=False, default=""),
    Column("approver", Text, nullable=False, default=""),
    Column("keeper", Text, nullable=False, default=""),
    Column("issuer", Text, nullable=False, default=""),
    Column("archivist", Text, nullable=False, default=""),
    # The seal: mandate, copies asked for and sealed, the day, and its number in the year's seal register.
    Column("mandate", Integer),
    Column("copies_asked", Integer),
    Column("copies_sealed", Integer),
    Column("sealed_on", Text, nullable=False, default=""),
    Column("seal_serial", Integer),
    Column("copies_issued", Integer),
    Column("issued_to", Text, nullable=False, default=""),
    Column("issued_on", Text, nullable=False, default=""),
    # Why it was returned, voided or replaced.
    Column("reason", Text, nullable=False, default=""),
    # The documents it takes the place of, and that takes its place.
    Column("replaces", Integer),
    Column("replaced_by", Integer),
    Column("entry", Integer, nullable=False),
    # What it was made for, as JSON: {"way": "逐项", "group": [component…], "things": [[component…], …]}. A component is
    # the name of a source and its lasting keys by label: ["项目", {"代码": "2601-…", "名称": "…"}]. Empty: not known.
    Column("made_for", Text, nullable=False, default="", server_default=""),
    UniqueConstraint("key", "edition"),
    Index("document_state", "state"),
    Index("document_number", "number"),
)

NUMBER: Final = Table(
    "number",
    METADATA,
    # 机关代字〔年〕序号, for example 某办函〔2026〕12.
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    # 已用, 作废, 预留, 纸质 for those that a paper register gave before docgen took over, or 收回: free again.
    Column("state", Text, nullable=False),
    # The day it was given; no later serial of the code and year is given an earlier one.
    Column("day", Text, nullable=False),
    Column("document", Integer),
    Column("remark", Text, nullable=False, default=""),
    Column("entry", Integer, nullable=False),
    UniqueConstraint("code", "year", "serial"),
)

MANDATE: Final = Table(
    "mandate",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # The document that grants the seal on behalf, its number and the clause.
    Column("title", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("clause", Text, nullable=False),
    # On whose behalf, and whose seal; full names.
    Column("principal", Text, nullable=False),
    Column("stamping_unit", Text, nullable=False),
    # Kinds of documents covered, joined by 、; empty for all.
    Column("kinds", Text, nullable=False, default=""),
    # First and last day, both included; no last day for one without end.
    Column("start", Text, nullable=False),
    Column("end", Text, nullable=False, default=""),
    Column("ended_by", Text, nullable=False, default=""),
    Column("remark", Text, nullable=False, default=""),
    Column("entry", Integer, nullable=False),
)

FILE: Final = Table(
    "file",
    METADATA,
    # Path of the file.
    Column("id", Text, primary_key=True),
    Column("document", Integer, nullable=False),
    # 草稿, 送签稿, 正本, a kind of attachment, or 撤下 for one that docgen itself has taken away.
    Column("role", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sm3", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
)

DUTY: Final = Table(
    "duty",
    METADATA,
    # A rule of `life.Duty` that this workspace has loosened; 1 while it is loosened.
    Column("id", Text, primary_key=True),
    Column("loosened", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
)

FOLLOWING: Final[Mapping[str, Table]] = {each.name: each for each in (DOCUMENT, NUMBER, MANDATE, FILE, DUTY)}
"""The tables that follow from the entries, by name."""

SQLITE_GUARDS: Final[Mapping[str, str]] = {
    f"entry_{name}": f"CREATE TRIGGER entry_{name} BEFORE {deed} "
    "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
    for name, deed in {
        "update": "UPDATE ON entry",
        "delete": "DELETE ON entry",
        # INSERT OR REPLACE would take an entry away without a DELETE.
        "insert": "INSERT ON entry WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)",
    }.items()
}
REFUSAL: Final = " BEGIN RAISE EXCEPTION 'docgen: the record only grows'; END "
_POSTGRESQL_GUARDS: Final = (
    f"""
    CREATE OR REPLACE FUNCTION docgen_record_only_grows() RETURNS trigger LANGUAGE plpgsql AS $${REFUSAL}$$
    """,
    "DROP TRIGGER IF EXISTS entry_guard ON entry",
    """
    CREATE TRIGGER entry_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION docgen_record_only_grows()
    """,
)


def make_tables(connection: Connection) -> None:
    """Make all tables with their guards."""
    if connection.dialect.name == "sqlite":
        for statement in _sqlite_tables():
            connection.exec_driver_sql(statement)
    else:
        METADATA.create_all(connection)
    make_guards(connection)


@cache
def _sqlite_tables() -> tuple[str, ...]:
    """Return what makes the tables and their indexes in SQLite; putting it into words costs more than doing it."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

    made: list[DDLElement] = [CreateTable(each, if_not_exists=True) for each in METADATA.sorted_tables]
    for each in METADATA.sorted_tables:
        indexes = sorted(each.indexes, key=lambda index: str(index.name))
        made += [CreateIndex(index, if_not_exists=True) for index in indexes]
    dialect = sqlite.dialect()
    return tuple(str(each.compile(dialect=dialect)) for each in made)


def make_guards(connection: Connection) -> None:
    """Make the guards that keep entries from being changed or deleted."""
    if connection.dialect.name == "sqlite":
        for statement in SQLITE_GUARDS.values():
            connection.execute(text(statement))
    else:
        for statement in _POSTGRESQL_GUARDS:
            connection.execute(text(statement))
