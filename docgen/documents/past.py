"""States of the sheets that were kept at the end of a day, from which documents of past periods are made.

The office hands them over; what they hold is read when something first asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from docgen.model.records import Records
from docgen.rules.figures import Figures
from docgen.rules.periods import Period


class State(Protocol):
    """The sheets as they were."""

    @property
    def day(self) -> date:
        """Return the day for which they were kept."""

    @property
    def taken(self) -> date:
        """Return the day on which they were so: the same, or a later one."""

    @property
    def records(self) -> Records:
        """Return the sheets. Raises DocgenError if they are not as they were kept, or have faults now."""

    @property
    def figures(self) -> Figures:
        """Return their figures. Raises as `records`."""


class Past:
    """The states that were kept, the oldest first.

    Args:
        load: gives them; it is called when they are first needed.
    """

    def __init__(self, load: Callable[[], Iterable[State]] = tuple) -> None:
        self._load = load

    @cached_property
    def all(self) -> tuple[State, ...]:
        """Return all."""
        return tuple(sorted(self._load(), key=lambda each: each.day))

    def at_end_of(self, period: Period) -> State | None:
        """Return the last state of a period; None where none of its days has one."""
        found = [each for each in self.all if period.start <= each.day <= period.end]
        return found[-1] if found else None

    def __getstate__(self) -> dict[str, Any]:
        """Take along what there is: another process does not know where it comes from."""
        return {"_load": tuple, "all": self.all}
