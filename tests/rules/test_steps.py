"""Steps of rules start from the day of an event, by days, working days or the item's term, until they are done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.changes import ListChange
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.rule_event import RuleEvent
from docgen.model.spans import MonthDay
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import (
    ApprovalState,
    DayUnit,
    Event,
    Level,
    ListChangeKind,
    SupervisionState,
    TermBasis,
)
from docgen.rules.steps import steps_of
from docgen.rules.workdays import WorkCalendar

TODAY = date(2026, 3, 16)  # a Monday
COUNTY = Unit.model_construct(name="县水利局", short_name="县水利局", level=Level.COUNTY)
CITY = Unit.model_construct(name="市发改委", short_name="市发改委", level=Level.CITY)
ITEM = Item.model_construct(
    name="节能审查",
    statutory_days=20,
    statutory_unit=DayUnit.WORKING,
    promised_days=7,
    promised_unit=DayUnit.CALENDAR,
)
PROJECT = Project.model_construct(number=1, name="项目", lead_units=(COUNTY,), planned_start=None)


def rule(event: Event, finish: Event | None = None, term: int | None = 5, **others: Any) -> RuleEvent:
    values = {"days": DayUnit.WORKING, "by_item": None, "day": None, **others}
    return RuleEvent.model_construct(matter="做事", event=event, finish=finish, term=term, **values)


def approval(
    level: Level = Level.CITY,
    state: ApprovalState = ApprovalState.ACCEPTED,
    unit: Unit | None = None,
    **days: date,
) -> Approval:
    dates: dict[str, Any] = dict.fromkeys(("submitted", "accepted", "reviewed", "forwarded", "done"))
    unit = unit or (COUNTY if level is Level.COUNTY else CITY)
    return Approval.model_construct(
        project=PROJECT, item=ITEM, level=level, unit=unit, state=state, origin=None, **{**dates, **days}
    )


def found(asked: RuleEvent, *rows: Any, today: date = TODAY) -> list[Any]:
    tables: dict[Any, tuple[Any, ...]] = {
        Mechanism: (Mechanism.model_construct(level=Level.COUNTY, year=2026),),
        RuleEvent: (asked,),
    }
    for row in rows:
        tables[type(row)] = (*tables.get(type(row), ()), row)
    return list(steps_of(Records(tables), today, WorkCalendar()))


ACCEPTED = date(2026, 3, 6)  # a Friday


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        (rule(Event.ACCEPTED, Event.FORWARDED), date(2026, 3, 13)),
        (rule(Event.ACCEPTED, Event.FORWARDED, days=DayUnit.CALENDAR), date(2026, 3, 11)),
        (rule(Event.ACCEPTED, Event.FORWARDED, 0), ACCEPTED),
        (rule(Event.ACCEPTED, Event.DONE, None, by_item=TermBasis.PROMISED), ACCEPTED + timedelta(7)),
        (rule(Event.ACCEPTED, Event.DONE, None, by_item=TermBasis.STATUTORY), date(2026, 4, 3)),
    ],
    ids=["working days", "days", "the same day", "the promised term", "the statutory term"],
)
def test_a_step_is_due_so_many_days_after_its_event(asked: RuleEvent, day: date) -> None:
    (step,) = found(asked, approval(accepted=ACCEPTED))
    assert (step.day, step.name, step.project) == (day, "做事（节能审查）", PROJECT)


@pytest.mark.parametrize(
    "row",
    [
        approval(),
        approval(accepted=ACCEPTED, forwarded=date(2026, 3, 9)),
        approval(accepted=ACCEPTED, state=ApprovalState.SENT_UP),
        approval(accepted=ACCEPTED, state=ApprovalState.DONE, done=date(2026, 3, 10)),
        approval(level=Level.COUNTY, accepted=ACCEPTED),
    ],
    ids=["not begun", "done", "sent up without a day", "decided", "of the own level"],
)
def test_nothing_is_owed_before_the_event_after_its_completion_or_below_the_level(row: Approval) -> None:
    assert found(rule(Event.ACCEPTED, Event.FORWARDED), row) == []


def test_first_review_is_owed_by_the_unit_of_the_own_level_or_who_leads_the_project() -> None:
    asked = rule(Event.SUBMITTED, Event.FIRST_REVIEW)
    (step,) = found(asked, approval(submitted=ACCEPTED))
    assert step.unit is COUNTY
    own = approval(Level.NATION, unit=COUNTY, submitted=ACCEPTED)
    assert [each.unit for each in found(asked, own)] == [COUNTY]


def test_acceptance_is_asked_of_every_level() -> None:
    asked = rule(Event.SUBMITTED, Event.ACCEPTED)
    assert len(found(asked, approval(submitted=ACCEPTED), approval(Level.COUNTY, submitted=ACCEPTED))) == 2


def supervised(**others: Any) -> Supervision:
    values = {"issued": ACCEPTED, "reply_by": None, "replied": None, "state": SupervisionState.IN_HAND}
    return Supervision.model_construct(matter="办理", unit=COUNTY, project=None, **{**values, **others})


def test_a_reply_is_waited_for_where_its_day_is_not_written() -> None:
    asked = rule(Event.NOTICE_RECEIVED, Event.REPLIED, 3)
    assert [(each.day, each.unit) for each in found(asked, supervised())] == [(date(2026, 3, 11), COUNTY)]
    for change in ({"replied": TODAY}, {"reply_by": TODAY}, {"state": SupervisionState.CONFIRMED}):
        assert found(asked, supervised(**change)) == []


def test_a_day_of_the_year_and_what_follows_a_removal_are_shown_until_their_day() -> None:
    yearly = rule(Event.FIXED_DATE, day=MonthDay(3, 31))
    assert [each.day for each in found(yearly)] == [date(2026, 3, 31)]
    assert found(yearly, today=date(2026, 4, 1)) == []
    gone = ListChange.model_construct(
        kind=ListChangeKind.OUT, effective=ACCEPTED, project=PROJECT, unit=COUNTY
    )
    asked = rule(Event.REMOVED, term=10, days=DayUnit.CALENDAR)
    assert [each.day for each in found(asked, gone)] == [TODAY]
    assert found(asked, gone, today=date(2026, 3, 17)) == []
