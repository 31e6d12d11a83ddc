"""What every service of the office needs at hand: the workspace, its register, who acts, the day, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from docgen.office.people import People
from docgen.office.place import register_of
from docgen.register.store import Register
from docgen.workspace import Workspace


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
    def at(cls, workspace: Workspace, people: People, today: date, now: Callable[[], datetime]) -> Desk:
        """Return the desk of a workspace with the register its settings name."""
        return cls(workspace, register_of(workspace, people.recorder, now), people, today, now)
