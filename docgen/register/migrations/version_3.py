"""Version 3: documents know what they were made for."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the column to the documents; what the old ones were made for is recorded afterwards."""
    op.add_column("document", Column("made_for", Text, nullable=False, server_default=""))
