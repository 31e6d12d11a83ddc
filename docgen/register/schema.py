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
from typing import Final

from docgen.register.databases import Connection
from docgen.register.tables import Table, text, whole

VERSION: Final = 5
TABLES_SINCE: Final = 3
"""The version since which the tables are as they are now."""

SETTING: Final = Table(
    "setting",
    # `version` of the schema; `head`: number and digest of the last entry, whose row is the writers' lock.
    text("name"),
    text("value"),
)

ENTRY: Final = Table(
    "entry",
    # 1, 2, 3 … without gaps.
    whole("seq"),
    # The document it is about; empty for mandates, numbers and rules. For looking up; the body says the same.
    whole("document", nullable=True),
    # What was done: a step of the life of a document, or a deed on mandates, numbers and rules. As in the body.
    text("step"),
    # Canonical JSON of everything that is recorded; see `record.py`.
    text("body"),
    # The digest of the entry before it; 64 zeros for the first.
    text("previous"),
    # SHA-256 of `previous`, a line feed and the body.
    text("digest"),
    unique=("digest",),
    indexes={"entry_document": "document", "entry_step": "step"},
)

DOCUMENT: Final = Table(
    "document",
    whole("id"),
    # What the document is about and to whom it goes; asking for the same draft gives the same key.
    text("key"),
    # 1 for the first document of a key; the one that replaces a signed or voided document gets the next.
    whole("edition"),
    text("kind"),
    text("title"),
    text("subject"),
    text("addressee"),
    # 主送, 抄送 and 附件 as the document names them, joined by 、.
    text("receivers", ""),
    text("copies_to", ""),
    text("annexes", ""),
    # A state of `life.py`.
    text("state"),
    # The day of the last step; no later step may have an earlier one.
    text("day"),
    # The date the draft shows, by which its rules were computed; once signed the date of the document.
    text("dated"),
    # The document's file and its digests when it was last recorded.
    text("path"),
    text("sha256"),
    text("sm3"),
    # SHA-256 of the template and of the data shown: equal digests mean an equal draft.
    text("template_digest"),
    text("data_digest"),
    # What the draft shows in the places that signing fills in.
    text("number_place", ""),
    text("date_place", ""),
    # 发文字号 in full, empty until signed; a voided document keeps it.
    text("number", ""),
    # The people of the steps; several countersigners are joined by 、.
    text("drafter"),
    text("reviewer", ""),
    text("countersigners", ""),
    text("signatory", ""),
    text("applicant", ""),
    text("approver", ""),
    text("keeper", ""),
    text("issuer", ""),
    text("archivist", ""),
    # The seal: mandate, copies asked for and sealed, the day, and its number in the year's seal register.
    whole("mandate", nullable=True),
    whole("copies_asked", nullable=True),
    whole("copies_sealed", nullable=True),
    text("sealed_on", ""),
    whole("seal_serial", nullable=True),
    whole("copies_issued", nullable=True),
    text("issued_to", ""),
    text("issued_on", ""),
    # Why it was returned, voided or replaced.
    text("reason", ""),
    # The documents it takes the place of, and that takes its place.
    whole("replaces", nullable=True),
    whole("replaced_by", nullable=True),
    whole("entry"),
    # What it was made for, as JSON: {"way": "逐项", "group": [component…], "things": [[component…], …]}. A component is
    # the name of a source and its lasting keys by label: ["项目", {"代码": "2601-…", "名称": "…"}]. Empty: not known.
    text("made_for", "", is_kept=True),
    unique=("key", "edition"),
    indexes={"document_state": "state", "document_number": "number"},
)

NUMBER: Final = Table(
    "number",
    # 机关代字〔年〕序号, for example 某办函〔2026〕12.
    text("id"),
    text("code"),
    whole("year"),
    whole("serial"),
    # 已用, 作废, 预留, 纸质 for those that a paper register gave before docgen took over, or 收回: free again.
    text("state"),
    # The day it was given; no later serial of the code and year is given an earlier one.
    text("day"),
    whole("document", nullable=True),
    text("remark", ""),
    whole("entry"),
    unique=("code", "year", "serial"),
)

MANDATE: Final = Table(
    "mandate",
    whole("id"),
    # The document that grants the seal on behalf, its number and the clause.
    text("title"),
    text("number"),
    text("clause"),
    # On whose behalf, and whose seal; full names.
    text("principal"),
    text("stamping_unit"),
    # Kinds of documents covered, joined by 、; empty for all.
    text("kinds", ""),
    # First and last day, both included; no last day for one without end.
    text("start"),
    text("end", ""),
    text("ended_by", ""),
    text("remark", ""),
    whole("entry"),
)

FILE: Final = Table(
    "file",
    # Path of the file.
    text("id"),
    whole("document"),
    # 草稿, 送签稿, 正本, a kind of attachment, or 撤下 for one that docgen itself has taken away.
    text("role"),
    text("sha256"),
    text("sm3"),
    whole("size"),
    whole("entry"),
)

DUTY: Final = Table(
    "duty",
    # A rule of `life.Duty` that this workspace has loosened; 1 while it is loosened.
    text("id"),
    whole("loosened"),
    whole("entry"),
)

FOLLOWING: Final[Mapping[str, Table]] = {each.name: each for each in (DOCUMENT, NUMBER, MANDATE, FILE, DUTY)}
"""The tables that follow from the entries, by name."""
TABLES: Final[Mapping[str, Table]] = {SETTING.name: SETTING, ENTRY.name: ENTRY, **FOLLOWING}
"""All tables, by name."""

LAST_ENTRY: Final = ENTRY.reading("seq", "digest", order="seq", last=True)
"""The statement that reads number and digest of the last entry."""

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
    for table in TABLES.values():
        for statement in table.making():
            connection.do(statement)
    make_guards(connection)


def make_guards(connection: Connection) -> None:
    """Make the guards that keep entries from being changed or deleted."""
    for statement in SQLITE_GUARDS.values() if connection.is_sqlite else _POSTGRESQL_GUARDS:
        connection.do(statement)
