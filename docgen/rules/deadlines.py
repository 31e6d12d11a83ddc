"""Deadlines of approvals: explicit in the sheet, else by the mechanism's rule table, else none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule
from docgen.model.values import ApprovalState, DayUnit, Half, StartingPoint, TermBasis
from docgen.rules.workdays import WorkCalendar, weekday

_NAMED: Final = 10


class Source(StrEnum):
    """Where a deadline comes from."""

    SHEET = "手续表"
    RULE = "时限规则"
    NONE = "未定"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which an approval must be done; None when nothing sets one."""

    day: date | None
    source: Source


class Light(StrEnum):
    """The light of an approval (亮灯): how near its deadline is, or why none is counted."""

    GREEN = "绿灯"
    YELLOW = "黄灯"
    RED = "红灯"
    GREY = "无时限"
    REFUSED = "不予许可"


def deadline_of(approval: Approval, rules: Sequence[DeadlineRule], calendar: WorkCalendar) -> Deadline:
    """Return an approval's deadline.

    A deadline by calendar date stays as written although it falls on a day off (`day_off_advice` says so).

    Args:
        approval: the approval; its project's planned start gives half-year and year.
        rules: the mechanism's table; the first row that fits decides.
        calendar: counts the working days of rules that run from submission or acceptance.
    """
    if approval.planned:
        return Deadline(approval.planned, Source.SHEET)
    for rule in rules:
        day = _by_rule(rule, approval, calendar)
        if day:
            return Deadline(day, Source.RULE)
    return Deadline(None, Source.NONE)


def _by_rule(rule: DeadlineRule, approval: Approval, calendar: WorkCalendar) -> date | None:
    if rule.level is not None and rule.level is not approval.level:
        return None
    start = approval.project.planned_start
    if rule.half is not Half.ANY and (start is None or start.half is not rule.half):
        return None
    if rule.start is StartingPoint.FIXED_DATE:
        year = rule.year or (start.year if start else None)
        return rule.day.in_year(year) if rule.day and year else None
    begun = approval.accepted if rule.start is StartingPoint.ACCEPTED else approval.submitted
    return calendar.after(begun, rule.working_days) if begun and rule.working_days else None


def light_of(
    approval: Approval, deadline: Deadline, today: date, warning: int, calendar: WorkCalendar
) -> Light:
    """Return the light of an approval: green when done or with more than `warning` working days left.

    One that was refused is neither done nor late, and is said apart.

    Args:
        approval: the approval.
        deadline: its deadline.
        today: the day of judging.
        warning: N of the mechanism's rule (预警工作日), 5 by default.
        calendar: counts the working days left.
    """
    if approval.state is ApprovalState.REFUSED:
        return Light.REFUSED
    if not approval.state.pending:
        return Light.GREEN
    return light_on(deadline.day, today, warning, calendar)


def light_on(day: date | None, today: date, warning: int, calendar: WorkCalendar) -> Light:
    """Return the light of what is owed by a day, None for none; the other arguments as of `light_of`."""
    if day is None:
        return Light.GREY
    if day < today:
        return Light.RED
    return Light.YELLOW if calendar.between(today, day) <= warning else Light.GREEN


def latest_submission(
    approval: Approval, deadline: Deadline, basis: TermBasis, calendar: WorkCalendar
) -> date | None:
    """Return the last working day to submit an approval so that its term meets the deadline.

    None when there is no deadline, no term, or the approval is already submitted or not needed.

    Args:
        approval: the approval; its item gives the terms.
        deadline: its deadline.
        basis: the mechanism's rule (倒排时限): the statutory term, or the promised one where there is one.
        calendar: counts the days.
    """
    term = approval.item.term(basis)
    if deadline.day is None or term is None or not approval.state.before_submission:
        return None
    if term.unit is DayUnit.WORKING:
        return calendar.latest_start(deadline.day, term.days)
    return calendar.latest_start_by_days(deadline.day, term.days)


def day_off_advice(days: Mapping[date, Sequence[str]], calendar: WorkCalendar) -> tuple[Advice, ...]:
    """Return a sentence for each deadline that falls on a day off; such deadlines stay as written.

    Args:
        days: each deadline with whom it concerns, for the sentence.
        calendar: tells days off.
    """
    return tuple(
        Advice(
            "deadline-day-off",
            f"办理时限{day.year}年{day.month}月{day.day}日（{weekday(day)}）不是工作日，按原定日期列出"
            f"（{_named(list(dict.fromkeys(concerned)))}）",
        )
        for day, concerned in sorted(days.items())
        if not calendar.is_working(day)
    )


def _named(concerned: Sequence[str]) -> str:
    """Name whom a sentence concerns, of very many the first."""
    first = "、".join(concerned[:_NAMED])
    return first if len(concerned) <= _NAMED else f"{first}等{len(concerned)}个"
