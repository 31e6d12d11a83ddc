"""Bringing what an earlier docgen left up to this version, after a backup."""

from __future__ import annotations

from docgen.office.desk import Desk, Workspace
from docgen.register.schema import VERSION
from docgen.register.upgrading import Upgraded

__all__ = ["VERSION", "Upgraded", "told", "upgrade"]


def upgrade(desk: Desk) -> Upgraded | None:
    """Upgrade the register; None when it is of this version, or nothing was ever recorded.

    Every command that reads or writes the register does so by itself first.

    Raises:
        RegisterNotUpgraded: there is no place for a backup, or the database cannot be written; nothing was changed.
        RegisterUnreachable, RegisterTooNew, RegisterDamaged: the register cannot be used at all.
    """
    return desk.register.upgrade()


def told(done: Upgraded, workspace: Workspace) -> str:
    """Say what an upgrade did."""
    backup = workspace.shown(done.backup)
    return f"登记库已由版本{done.before}升级到版本{done.after}，升级前的备份是 {backup}"
