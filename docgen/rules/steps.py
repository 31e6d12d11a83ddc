"""Steps that a mechanism's rules set (规则事项): within so many days of an event something is to be done.

A rule starts from an event of an approval or of a supervised matter and names the event that completes it (完成标志):
first review within 5 working days of acceptance, forwarding within 5 of it, a reply within 3 of the notice. A step is
owed from the day of its start until it is completed. What there is for superior levels only (初审, 转报, 要件报送) is
asked of approvals above the mechanism's level, and only by a sheet that has the column of it. What is to be done by a
day of the year, or after a project was taken off the list, is shown until its day: no sheet tells that it was done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.changes import ListChange
from docgen.model.fields import Record
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.rule_event import RuleEvent
from docgen.model.spans import Term
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, DayUnit, Event, ListChangeKind
from docgen.rules.workdays import WorkCalendar

_COLUMNS: Final[Mapping[Event, str]] = {
    Event.SUBMITTED: "submitted",
    Event.ACCEPTED: "accepted",
    Event.FIRST_REVIEW: "reviewed",
    Event.FORWARDED: "forwarded",
    Event.HANDED_UP: "forwarded",
    Event.DONE: "done",
}
"""The column of an approval that says on which day an event was."""
_UPWARD: Final = frozenset((Event.FIRST_REVIEW, Event.FORWARDED, Event.HANDED_UP))
"""What there is only where a superior level decides."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is owed.

    Args:
        rule: the rule that sets it.
        record: the approval or supervised matter it is a step of; the rule itself for a day of the year.
        name: how it is called, without the project.
        unit: who owes it; None where the sheets do not say.
        project: what it belongs to; None for none.
        day: by when.
    """

    rule: RuleEvent
    record: Record
    name: str
    unit: Unit | None
    project: Project | None
    day: date


def steps_of(records: Records, today: date, calendar: WorkCalendar) -> Iterator[Step]:
    """Yield the steps that are owed on a day, rule by rule in the order of the sheet.

    Args:
        records: the sheets.
        today: the day of judging.
        calendar: counts working days.
    """
    for rule in records.of(RuleEvent):
        if rule.event is Event.FIXED_DATE:
            yield from _of_the_year(rule, records, today)
        elif rule.event is Event.REMOVED:
            yield from _after_removals(rule, records, today, calendar)
        elif rule.event is Event.NOTICE_RECEIVED and rule.finish is Event.REPLIED:
            yield from _replies(rule, records, calendar)
        elif rule.finish in _COLUMNS:
            yield from _of_approvals(rule, records, calendar)


def due(rule: RuleEvent, begun: date, calendar: WorkCalendar, term: Term | None = None) -> date | None:
    """Return by when a rule asks for something that began on a day, which is not counted.

    Args:
        rule: the rule.
        begun: the day of its event.
        calendar: counts working days.
        term: that of the item, for rules that go by it; None where it has none, and then nothing is due.
    """
    if rule.by_item is None:
        term = None if rule.term is None else Term(rule.term, rule.days)
    if term is None:
        return None
    return calendar.after(begun, term.days) if term.unit is DayUnit.WORKING else begun + timedelta(term.days)


def _of_the_year(rule: RuleEvent, records: Records, today: date) -> Iterator[Step]:
    day = rule.day.in_year(records.mechanism.year) if rule.day else None
    if day and day >= today:
        yield Step(rule, rule, rule.matter, None, None, day)


def _after_removals(rule: RuleEvent, records: Records, today: date, calendar: WorkCalendar) -> Iterator[Step]:
    for each in records.of(ListChange):
        gone = each.effective if each.kind is ListChangeKind.OUT else None
        day = due(rule, gone, calendar) if gone else None
        if day and day >= today:
            yield Step(rule, each, rule.matter, each.unit, each.project, day)


def _of_approvals(rule: RuleEvent, records: Records, calendar: WorkCalendar) -> Iterator[Step]:
    for each in records.of(Approval):
        begun = _begun(rule.event, each)
        if begun is None or rule.finish is None or not _is_owed(each, rule.finish, records):
            continue
        day = due(rule, begun, calendar, each.item.term(rule.by_item) if rule.by_item else None)
        if day:
            name, unit = f"{rule.matter}（{each.item.name}）", _owing(each, records)
            yield Step(rule, each, name, unit, each.project, day)


def _begun(event: Event, approval: Approval) -> date | None:
    """Return on which day the event was from which a rule runs; None while it was not."""
    if event is Event.PLANNED_START:
        start = approval.project.planned_start
        return date(start.year, start.month, 1) if start else None
    found: date | None = getattr(approval, _COLUMNS[event]) if event in _COLUMNS else None
    return found


def _is_owed(approval: Approval, finish: Event, records: Records) -> bool:
    """Whether the event that completes a step is still to come, as far as the sheet tells."""
    if not approval.state.pending or getattr(approval, _COLUMNS[finish]) is not None:
        return False
    if finish not in _UPWARD:
        return True
    told = approval.origin is None or _COLUMNS[finish] in approval.origin.columns
    above = approval.level.rank > records.mechanism.level.rank
    return told and above and approval.state is not ApprovalState.SENT_UP


def _owing(approval: Approval, records: Records) -> Unit | None:
    """Return who owes a step: the approving unit, of superior ones the unit that leads the project."""
    unit = approval.unit
    return unit if unit.is_within(records.mechanism.level) else approval.project.lead_unit


def _replies(rule: RuleEvent, records: Records, calendar: WorkCalendar) -> Iterator[Step]:
    """Yield the replies that are waited for although their day is not written."""
    for each in records.of(Supervision):
        day = due(rule, each.issued, calendar)
        if day and each.state.is_open and each.reply_by is None and each.replied is None:
            yield Step(rule, each, f"{rule.matter}（{each.matter}）", each.unit, each.project, day)
