"""Version 4: entries say post and roles of who acted. No table changes; an earlier docgen must not add to them."""

from __future__ import annotations

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Change no table: entries recorded from now on say more, and those before are as they were."""
