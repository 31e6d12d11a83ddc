"""Version 2: the record `entry`, and the tables that follow from it take the place of those of version 1.

The drafts of version 1 are taken out before and recorded afterwards. Conventions of columns stand in `schema.py`.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text, UniqueConstraint

revision = "2"
down_revision = "1"


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _integer(*names: str, nullable: bool = True) -> list[Column[int]]:
    return [Column(name, Integer, nullable=nullable) for name in names]


def _id(kind: type[Integer | Text] = Integer) -> Column[int | str]:
    return Column("id", kind, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Make the tables of version 2 in place of those of version 1."""
    op.drop_table("document")
    op.drop_table("setting")
    op.create_table("setting", Column("name", Text, primary_key=True), *_text("value"))
    _make_entry()
    _make_document()
    op.create_table(
        "number", _id(Text), *_text("code"), *_integer("year", "serial", nullable=False), *_text("state", "day"),
        *_integer("document"), *_text("remark"), *_integer("entry", nullable=False),
        UniqueConstraint("code", "year", "serial"),
    )  # fmt: skip
    op.create_table(
        "mandate", _id(), *_text("title", "number", "clause", "principal", "stamping_unit", "kinds", "start", "end"),
        *_text("ended_by", "remark"), *_integer("entry", nullable=False),
    )  # fmt: skip
    op.create_table(
        "file", _id(Text), *_integer("document", nullable=False), *_text("role", "sha256", "sm3"),
        *_integer("size", "entry", nullable=False),
    )  # fmt: skip
    op.create_table("duty", _id(Text), *_integer("loosened", "entry", nullable=False))


def _make_entry() -> None:
    op.create_table(
        "entry", Column("seq", Integer, primary_key=True, autoincrement=False), *_integer("document"),
        *_text("step", "body", "previous"), Column("digest", Text, nullable=False, unique=True),
    )  # fmt: skip
    op.create_index("entry_document", "entry", ["document"])
    op.create_index("entry_step", "entry", ["step"])


def _make_document() -> None:
    op.create_table(
        "document", _id(), *_text("key"), *_integer("edition", nullable=False),
        *_text("kind", "title", "subject", "addressee", "receivers", "copies_to", "annexes", "state", "day", "dated"),
        *_text("path", "sha256", "sm3", "template_digest", "data_digest", "number_place", "date_place", "number"),
        *_text("drafter", "reviewer", "countersigners", "signatory", "applicant", "approver", "keeper", "issuer"),
        *_text("archivist"), *_integer("mandate", "copies_asked", "copies_sealed"), *_text("sealed_on"),
        *_integer("seal_serial", "copies_issued"), *_text("issued_to", "issued_on", "reason"),
        *_integer("replaces", "replaced_by"), *_integer("entry", nullable=False), UniqueConstraint("key", "edition"),
    )  # fmt: skip
    op.create_index("document_state", "document", ["state"])
    op.create_index("document_number", "document", ["number"])
