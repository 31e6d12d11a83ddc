"""The register's tables, their version, and how an older register is brought up to it.

Version 1: `setting` holds the version; `document` holds one row for each document ever drafted.
Dates are ISO texts (YYYY-MM-DD), times ISO texts with the offset, digests lower-case hex.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, UniqueConstraint

VERSION: Final = 1

METADATA: Final = MetaData()

SETTING: Final = Table(
    "setting",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

DOCUMENT: Final = Table(
    "document",
    METADATA,
    Column("id", Integer, primary_key=True),
    # What the document is about and to whom it goes; asking for the same draft gives the same key.
    Column("key", String(200), nullable=False),
    # 1 for the first document of a key; a replacement of a signed document gets the next.
    Column("edition", Integer, nullable=False, default=1),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("addressee", String(60), nullable=False),
    # A state of DOMAIN's life cycle; 拟稿 is the only one that a draft command may change.
    Column("state", String(10), nullable=False),
    # The date the draft shows, by which its rules were computed.
    Column("dated", String(10), nullable=False),
    # Path of the file below the workspace, with / between folders.
    Column("path", Text, nullable=False),
    # SHA-256 of the template and of the data shown: equal digests mean an equal draft.
    Column("template_digest", String(64), nullable=False),
    Column("data_digest", String(64), nullable=False),
    # SHA-256 of the file as docgen wrote it; a differing file was edited by hand.
    Column("file_digest", String(64), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("recorder", String(60), nullable=False),
    Column("recorded_at", String(40), nullable=False),
    UniqueConstraint("key", "edition"),
)
