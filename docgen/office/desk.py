"""What every service of the office needs at hand: the workspace, its register, who acts, the day, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from docgen.office.place import register_of
from docgen.register.store import Register
from docgen.register.upgrading import Upgraded
from docgen.workspace import Workspace


@dataclass(frozen=True)
class People:
    """Who acts and who records: on paper one person acts, another types it in."""

    actor: str
    recorder: str


@dataclass(frozen=True)
class Desk:
    """One call's view of the office; services are functions on it.

    Args:
        workspace: where.
        register: the workspace's register.
        people: who acts and who records.
        today: the date of documents and rules.
        now: gives the time of entries in the register.
    """

    workspace: Workspace
    register: Register
    people: People
    today: date
    now: Callable[[], datetime]

    @classmethod
    def at(
        cls,
        workspace: Workspace,
        people: People,
        today: date,
        now: Callable[[], datetime],
        tell: Callable[[Upgraded], None] = lambda _: None,
    ) -> Desk:
        """Return the desk of a workspace with the register its settings name; `tell` is told when it was upgraded."""
        return cls(workspace, register_of(workspace, people.recorder, now, tell), people, today, now)
