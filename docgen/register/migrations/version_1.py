"""Version 1: `setting` and `document`, made by the first docgen; where all revisions begin."""

from __future__ import annotations

revision = "1"
down_revision = None


def upgrade() -> None:
    """Change nothing: the tables are there."""
