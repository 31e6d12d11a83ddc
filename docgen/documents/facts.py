"""The sheets on a day: the records, the day, and what the rules say of them then; all that a document shows follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from typing import Any

from docgen.dataclass import dataclass
from docgen.documents.given import Given
from docgen.documents.issued import Issued
from docgen.documents.past import Past, State
from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule, Holiday, Mechanism
from docgen.model.names import plain
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.rules.deadlines import Deadline, Light, deadline_of, latest_submission, light_of
from docgen.rules.figures import Figures, Owed, figures_of, owed_of
from docgen.rules.periods import Period
from docgen.rules.workdays import WorkCalendar
from docgen.standard.measures.look import STANDARD, Look


@dataclass(frozen=True, slots=True)
class Standing:
    """How an approval stands on a day.

    Args:
        deadline: its deadline, explicit or by rule.
        light: green, yellow, red or none.
        latest: the last day to submit it so that its term meets the deadline; None for none.
        left: working days left until the deadline, negative when past; None without a deadline or when done.
    """

    deadline: Deadline
    light: Light
    latest: date | None
    left: int | None

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed."""
        return self.light is Light.RED


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known on a day.

    Args:
        records: the sheets.
        today: the date of documents and of all rules.
        look: the settings of the workspace's documents.
        issued: the signed documents that others may be made for, or name.
        past: the states of the sheets that were kept.
        period: the one of which documents are told from these sheets; None for documents that tell of none.
        state: what was kept of that period, from which the sheets are; None for today's.
        texts: those that were given to be issued.
    """

    records: Records
    today: date
    look: Look = STANDARD
    issued: Issued = field(default_factory=Issued, repr=False)
    past: Past = field(default_factory=Past, repr=False)
    period: Period | None = None
    state: State | None = field(default=None, repr=False)
    texts: tuple[Given, ...] = field(default=(), repr=False)
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was worked out once for records of these facts, under keys of those who keep it."""
    views: dict[Any, Any] = field(default_factory=dict, repr=False)
    """Records as templates see them, for the documents that come next."""

    def on(self, day: date) -> Facts:
        """Return the same sheets on another day."""
        return self if day == self.today else self._others.setdefault(day, self._apart(day))

    def _apart(self, day: date) -> Facts:
        return replace(self, today=day, kept={}, views={})

    @cached_property
    def _others(self) -> dict[date, Facts]:
        return {}

    def at_end_of(self, period: Period) -> Facts:
        """Return the sheets of a past period as they were kept at its end, on the day on which they were so.

        These same ones where the period still runs on this day, or nothing was kept of it.
        """
        if self.period == period:
            return self
        if period not in self._ends:
            state = self.past.at_end_of(period) if period.end < self.today else None
            apart = replace(self, period=period, kept={}, views={})
            self._ends[period] = apart if state is None else apart.then(state)
        return self._ends[period]

    def then(self, state: State) -> Facts:
        """Return the sheets as they were kept, on the day on which they were so."""
        return replace(self, records=state.records, today=state.taken, state=state)

    @cached_property
    def _ends(self) -> dict[Period, Facts]:
        return {}

    @cached_property
    def figures(self) -> Figures:
        """Return the figures of the day."""
        return (
            self.state.figures
            if self.state
            else figures_of(self.records, self.today, self.calendar, self.owed)
        )

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        """Return what listed projects owe on the day."""
        return owed_of(self.records, self.today, self.calendar)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Return what counts working days, the office's own days off included."""
        return WorkCalendar(self.records.of(Holiday))

    @property
    def mechanism(self) -> Mechanism:
        """Return the mechanism."""
        return self.records.mechanism

    def unit_called(self, name: str) -> Unit | None:
        """Return the unit of exactly this full name; None for an organ outside the sheets."""
        return self._units.get(plain(name))

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {plain(each.name): each for each in self.records.of(Unit)}

    @cached_property
    def _standings(self) -> dict[int, Standing]:
        return {}

    @cached_property
    def _rules(self) -> tuple[DeadlineRule, ...]:
        return self.records.of(DeadlineRule)

    def standing(self, approval: Approval) -> Standing:
        """Return how an approval stands."""
        known = self._standings.get(id(approval))
        if known is None:
            known = self._standings[id(approval)] = self._judged(approval)
        return known

    def _judged(self, approval: Approval) -> Standing:
        deadline = deadline_of(approval, self._rules, self.calendar)
        warning = self.mechanism.warning_days
        light = light_of(approval, deadline, self.today, warning, self.calendar)
        counts = deadline.day is not None and approval.state.pending
        left = self.calendar.between(self.today, deadline.day) if counts and deadline.day else None
        latest = latest_submission(approval, deadline, self.mechanism.term_basis, self.calendar)
        return Standing(deadline, light, latest, left)

    def __getstate__(self) -> Mapping[str, Any]:
        """Leave what was kept behind: it belongs to the records of one process."""
        return {
            "records": self.records,
            "today": self.today,
            "look": self.look,
            "issued": self.issued,
            "past": self.past,
            "texts": self.texts,
            "kept": {},
            "views": {},
        }
