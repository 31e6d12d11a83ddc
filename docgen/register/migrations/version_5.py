"""Version 5: the record says to which workspace it belongs. No table changes; an earlier docgen must not add to it."""

from __future__ import annotations

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Change no table: the entry of the upgrade says it."""
