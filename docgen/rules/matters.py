"""What is owed on a day by any sheet: approvals, bottlenecks, decisions, supervised matters, replies, returns.

Steps that the mechanism's rules set (规则事项) come last. Each has a unit that owes it, a day, a light and the working
days left, so that one list can be sorted, counted and shown by unit or project. Approvals count for projects of the
final list only (终稿).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Any, Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import Record
from docgen.model.mechanism import DeadlineRule
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import DecisionState, ListStage
from docgen.rules.deadlines import Light, deadline_of, light_on
from docgen.rules.steps import steps_of
from docgen.rules.supervised import matters_under
from docgen.rules.workdays import WorkCalendar


class MatterKind(StrEnum):
    """What is owed."""

    APPROVAL = "手续"
    BOTTLENECK = "问题"
    DECISION = "议定事项"
    SUPERVISION = "督办"
    REPLY = "督办答复"
    RETURN = "报送"
    STEP = "规则事项"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a unit owes.

    Args:
        kind: what it is.
        record: the row it stands in.
        name: how it is called, without the project.
        unit: who owes it; None where nobody is named yet.
        project: what it belongs to; None for matters of no single project.
        day: by when; None without a deadline.
        light: green, yellow, red or none.
        left: working days left, negative when late; None without a deadline.
    """

    kind: MatterKind
    record: Record
    name: str
    unit: Unit | None
    project: Project | None
    day: date | None
    light: Light
    left: int | None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.light is Light.RED


def is_listed(project: Project) -> bool:
    """Whether a project counts: it is on the final list."""
    return project.stage is ListStage.FINAL


def matters_of(records: Records, today: date, calendar: WorkCalendar) -> tuple[Matter, ...]:
    """Return all that is owed on a day, sheet by sheet in the order of their rows.

    Args:
        records: the sheets.
        today: the day of judging.
        calendar: counts working days.
    """
    warning = records.mechanism.warning_days

    @cache
    def judged(day: date | None) -> tuple[Light, int | None]:
        left = None if day is None else calendar.between(today, day)
        return light_on(day, today, warning, calendar), left

    owed = chain(_approvals(records, calendar), _with_terms(records), _steps(records, today, calendar))
    return tuple(Matter(*what, day, *judged(day)) for what, day in owed)


_Owed: TypeAlias = "tuple[tuple[MatterKind, Record, str, Unit | None, Project | None], date | None]"
"""What is owed before it is judged: kind, record, words, unit and project of the matter, and its day."""


def _approvals(records: Records, calendar: WorkCalendar) -> Iterator[_Owed]:
    rules = records.of(DeadlineRule)
    for each in records.of(Approval):
        if each.state.pending and is_listed(each.project):
            day = deadline_of(each, rules, calendar).day
            yield (MatterKind.APPROVAL, each, each.item.name, each.unit, each.project), day


def _steps(records: Records, today: date, calendar: WorkCalendar) -> Iterator[_Owed]:
    for each in steps_of(records, today, calendar):
        yield (MatterKind.STEP, each.record, each.name, each.unit, each.project), each.day


def _with_terms(records: Records) -> Iterator[_Owed]:
    """Yield what is owed by the sheets that write its day; a reply that is waited for comes behind its matter."""
    for kind, (record, words) in _WRITTEN.items():
        for each in records.of(record):
            owed, day = term_of(each)
            about: Any = each
            what = (each, words(each), about.unit, getattr(each, "project", None))
            if owed:
                yield (kind, *what), day
            if isinstance(each, Supervision) and reply_owed(each, records):
                yield (MatterKind.REPLY, *what), each.reply_by


def reply_owed(supervision: Supervision, records: Records) -> bool:
    """Whether a supervised matter waits for a reply: none has come, and what it is about is not done meanwhile."""
    if supervision.reply_by is None or supervision.replied or not supervision.state.is_open:
        return False
    about = matters_under(supervision, records)
    return not about or any(
        each.state.pending if isinstance(each, Approval) else term_of(each)[0] for each in about
    )


def term_of(record: Record) -> tuple[bool, date | None]:
    """Return whether something is still owed of a matter, and by when; None without a day.

    Args:
        record: a bottleneck, a decision, a supervised matter or a return; approvals have deadlines by rule.

    Raises:
        KeyError: it is of another type.
    """
    return _TERMS[type(record)](record)


_TERMS: Final[Mapping[type[Record], Callable[[Any], tuple[bool, date | None]]]] = {
    Bottleneck: lambda each: (each.state.is_open, each.deadline),
    Decision: lambda each: (each.state is not DecisionState.DONE, each.deadline),
    Supervision: lambda each: (each.state.is_open, each.due),
    Return: lambda each: (each.returned is None, each.due),
}
_WRITTEN: Final[Mapping[MatterKind, tuple[type[Record], Callable[[Any], str]]]] = {
    MatterKind.BOTTLENECK: (Bottleneck, lambda each: each.question),
    MatterKind.DECISION: (Decision, lambda each: each.decided),
    MatterKind.SUPERVISION: (Supervision, lambda each: each.matter),
    MatterKind.RETURN: (Return, lambda each: f"{each.period}{each.matter}"),
}
"""The sheets of what is owed besides approvals, with how a matter is called."""


def helpers_of(record: Approval | Bottleneck | Decision | Supervision) -> tuple[Unit, ...]:
    """Return the units that help with a matter, of an approval those that help with its project; its own unit aside."""
    helping = record.project.supporting_units if isinstance(record, Approval) else record.supporting_units
    return tuple(each for each in helping if each is not record.unit)
