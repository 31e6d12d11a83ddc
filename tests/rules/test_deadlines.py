"""Deadlines by the sheet and by the rule table of mechanism A, lights at their borders, latest submissions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.mechanism import DeadlineRule, Holiday
from docgen.model.project import Project
from docgen.model.spans import Month, MonthDay
from docgen.model.unit import Unit
from docgen.model.values import (
    ApprovalState,
    DayUnit,
    Half,
    Level,
    ListStage,
    ProjectType,
    StartingPoint,
    TermBasis,
    UnitRole,
)
from docgen.rules.deadlines import (
    Deadline,
    Light,
    Source,
    day_off_advice,
    deadline_of,
    latest_submission,
    light_of,
)
from docgen.rules.workdays import WorkCalendar

CALENDAR = WorkCalendar()
STATUTORY = TermBasis.STATUTORY
MARCH = Month(2026, 3)
UNIT = Unit(
    order=1,
    name="澄湖县发展和改革委员会",
    short_name="县发改委",
    level=Level.COUNTY,
    roles=(UnitRole.APPROVING,),
)
TABLE = {
    (Half.FIRST, Level.COUNTY): MonthDay(1, 31),
    (Half.FIRST, Level.CITY): MonthDay(2, 31),
    (Half.FIRST, Level.PROVINCE): MonthDay(3, 31),
    (Half.FIRST, Level.NATION): MonthDay(3, 31),
    (Half.SECOND, Level.COUNTY): MonthDay(6, 30),
    (Half.SECOND, Level.CITY): MonthDay(7, 31),
    (Half.SECOND, Level.PROVINCE): MonthDay(8, 31),
    (Half.SECOND, Level.NATION): MonthDay(8, 31),
}
RULES = [DeadlineRule(half=half, level=level, day=day) for (half, level), day in TABLE.items()]


def approval(start: Month | None = MARCH, level: Level = Level.COUNTY, **more: Any) -> Approval:
    project = Project(
        number=1, name="甲项目", type=ProjectType.ENTERPRISE, stage=ListStage.FINAL, planned_start=start
    )
    item = Item(order=1, name="节能审查", statutory_days=more.pop("statutory", 20), **more.pop("terms", {}))
    given = {
        "project": project,
        "item": item,
        "level": level,
        "unit": UNIT,
        "state": ApprovalState.NOT_SUBMITTED,
    }
    return Approval(**(given | more))


def due(asked: Approval, rules: list[DeadlineRule] = RULES) -> date | None:
    return deadline_of(asked, rules, CALENDAR).day


@pytest.mark.parametrize(
    ("month", "level", "day"),
    [
        (1, Level.COUNTY, date(2026, 1, 31)),
        (3, Level.CITY, date(2026, 2, 28)),
        (6, Level.PROVINCE, date(2026, 3, 31)),
        (6, Level.NATION, date(2026, 3, 31)),
        (7, Level.COUNTY, date(2026, 6, 30)),
        (9, Level.CITY, date(2026, 7, 31)),
        (12, Level.PROVINCE, date(2026, 8, 31)),
        (12, Level.NATION, date(2026, 8, 31)),
    ],
)
def test_half_year_of_the_start_and_level_give_the_deadline(month: int, level: Level, day: date) -> None:
    assert deadline_of(approval(Month(2026, month), level), RULES, CALENDAR) == Deadline(day, Source.RULE)


def test_the_end_of_february_follows_the_year_of_the_start() -> None:
    assert due(approval(Month(2028, 3), Level.CITY)) == date(2028, 2, 29)
    assert due(approval(Month(2027, 3), Level.CITY)) == date(2027, 2, 28)


def test_a_deadline_in_the_sheet_wins_over_the_rules() -> None:
    found = deadline_of(approval(planned=date(2026, 5, 6)), RULES, CALENDAR)
    assert found == Deadline(date(2026, 5, 6), Source.SHEET)


def test_without_planned_start_there_is_no_deadline() -> None:
    assert deadline_of(approval(None), RULES, CALENDAR) == Deadline(None, Source.NONE)
    assert due(approval(None), [DeadlineRule(half=Half.ANY, day=MonthDay(12, 31))]) is None


def test_a_rule_that_names_its_year_holds_for_every_project_whenever_it_is_to_start() -> None:
    """A sweep is done by the end of its year, of projects that were to start years ago, or at no time yet."""
    rules = [DeadlineRule(half=Half.ANY, day=MonthDay(12, 31), year=2025)]
    asked = (approval(None), approval(Month(2019, 5)), approval(Month(2026, 9)))
    assert {due(each, rules) for each in asked} == {date(2025, 12, 31)}
    early = [DeadlineRule(half=Half.SECOND, day=MonthDay(12, 31), year=2025)]
    assert due(approval(Month(2019, 5)), early) is None


def test_without_rules_there_is_no_deadline() -> None:
    assert deadline_of(approval(), [], CALENDAR) == Deadline(None, Source.NONE)


def test_a_rule_without_level_holds_for_every_level_and_the_first_that_fits_decides() -> None:
    rules = [
        DeadlineRule(half=Half.FIRST, level=Level.CITY, day=MonthDay(2, 31)),
        DeadlineRule(half=Half.ANY, day=MonthDay(12, 31)),
    ]
    assert due(approval(Month(2026, 3), Level.CITY), rules) == date(2026, 2, 28)
    assert due(approval(Month(2026, 9), Level.CITY), rules) == date(2026, 12, 31)
    assert due(approval(Month(2026, 3), Level.NATION), rules) == date(2026, 12, 31)


def test_working_days_run_from_the_day_after_acceptance_or_submission() -> None:
    accepted = [DeadlineRule(half=Half.ANY, start=StartingPoint.ACCEPTED, working_days=5)]
    submitted = [DeadlineRule(half=Half.ANY, start=StartingPoint.SUBMITTED, working_days=3)]
    asked = approval(
        None, submitted=date(2026, 9, 28), accepted=date(2026, 9, 29), state=ApprovalState.ACCEPTED
    )
    assert due(asked, accepted) == date(2026, 10, 12)  # over National Day, a make-up Saturday among the five
    assert due(asked, submitted) == date(2026, 10, 8)


def test_a_rule_that_runs_from_acceptance_waits_for_it() -> None:
    rules = [DeadlineRule(half=Half.ANY, start=StartingPoint.ACCEPTED, working_days=5), *RULES]
    assert due(approval(), rules) == date(2026, 1, 31)


@pytest.mark.parametrize(
    "state",
    [ApprovalState.NOT_SUBMITTED, ApprovalState.ACCEPTED, ApprovalState.SUPPLEMENT, ApprovalState.SENT_UP],
)
def test_lights_change_at_their_borders(state: ApprovalState) -> None:
    friday, asked = date(2026, 3, 20), approval(state=state)
    lights = {
        day: light_of(asked, Deadline(friday, Source.RULE), day, 2, CALENDAR)
        for day in (date(2026, 3, 17), date(2026, 3, 18), friday, date(2026, 3, 21))
    }
    assert list(lights.values()) == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]


def test_a_weekend_before_the_deadline_is_not_counted_as_days_left() -> None:
    monday = Deadline(date(2026, 3, 23), Source.RULE)
    assert light_of(approval(), monday, date(2026, 3, 19), 2, CALENDAR) is Light.YELLOW
    assert light_of(approval(), monday, date(2026, 3, 18), 2, CALENDAR) is Light.GREEN


def test_with_no_warning_days_only_the_last_day_itself_is_yellow() -> None:
    friday = Deadline(date(2026, 3, 20), Source.RULE)
    days = [date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 21)]
    assert [light_of(approval(), friday, day, 0, CALENDAR) for day in days] == [
        Light.GREEN,
        Light.YELLOW,
        Light.RED,
    ]


@pytest.mark.parametrize("state", [ApprovalState.DONE, ApprovalState.NOT_NEEDED])
def test_what_nobody_owes_any_more_is_green_however_late(state: ApprovalState) -> None:
    asked = approval(state=state, done=date(2026, 6, 1))
    assert (
        light_of(asked, Deadline(date(2026, 1, 31), Source.RULE), date(2026, 12, 31), 5, CALENDAR)
        is Light.GREEN
    )


def test_without_deadline_there_is_no_light() -> None:
    assert light_of(approval(), Deadline(None, Source.NONE), date(2026, 3, 16), 5, CALENDAR) is Light.GREY


def test_a_deadline_on_a_day_off_stays_and_is_spoken_of_once_with_whom_it_concerns() -> None:
    found = day_off_advice(
        {date(2026, 3, 30): ["甲"], date(2026, 5, 1): ["丙"], date(2026, 1, 31): ["甲", "乙", "甲"]}, CALENDAR
    )
    assert [each.text for each in found] == [
        "办理时限2026年1月31日（星期六）不是工作日，按原定日期列出（甲、乙）",
        "办理时限2026年5月1日（星期五）不是工作日，按原定日期列出（丙）",
    ]


def test_the_offices_own_day_off_is_spoken_of_too() -> None:
    calendar = WorkCalendar([Holiday(day=date(2026, 3, 30), working=False)])
    assert len(day_off_advice({date(2026, 3, 30): ["甲"]}, calendar)) == 1


def test_the_latest_submission_leaves_the_statutory_working_days() -> None:
    deadline = Deadline(date(2026, 3, 31), Source.RULE)
    found = latest_submission(approval(statutory=20), deadline, STATUTORY, CALENDAR)
    assert found == date(2026, 3, 3)
    assert CALENDAR.after(found, 20) == date(2026, 3, 31)
    assert CALENDAR.after(found + timedelta(days=1), 20) > date(2026, 3, 31)


def test_the_latest_submission_counts_back_from_the_working_day_before_a_day_off() -> None:
    saturday = Deadline(date(2026, 3, 21), Source.RULE)
    assert latest_submission(approval(statutory=1), saturday, STATUTORY, CALENDAR) == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("days", "latest"),
    [
        (7, date(2026, 3, 24)),  # a Tuesday
        (30, date(2026, 2, 28)),  # the Saturday of 1 March's week end, worked as a make-up day
        (2, date(2026, 3, 27)),  # two days back is a Sunday: the Friday before
        (0, date(2026, 3, 31)),
    ],
)
def test_a_term_in_days_counts_the_calendar_back_to_a_working_day(days: int, latest: date) -> None:
    terms = {"statutory_unit": DayUnit.CALENDAR}
    deadline = Deadline(date(2026, 3, 31), Source.RULE)
    assert latest_submission(approval(statutory=days, terms=terms), deadline, STATUTORY, CALENDAR) == latest


def test_the_promised_term_counts_only_where_the_mechanism_says_so_and_there_is_one() -> None:
    deadline = Deadline(date(2026, 3, 31), Source.RULE)
    both, one = approval(statutory=20, terms={"promised_days": 5}), approval(statutory=20)
    found = [
        latest_submission(each, deadline, basis, CALENDAR) for each in (both, one) for basis in TermBasis
    ]
    assert found == [date(2026, 3, 3), date(2026, 3, 24), date(2026, 3, 3), date(2026, 3, 3)]


def test_papers_being_put_together_are_still_to_be_submitted() -> None:
    deadline = Deadline(date(2026, 3, 31), Source.RULE)
    found = latest_submission(approval(state=ApprovalState.PREPARING), deadline, STATUTORY, CALENDAR)
    assert found == date(2026, 3, 3)


def test_what_was_refused_is_neither_done_nor_late() -> None:
    past = Deadline(date(2020, 1, 1), Source.RULE)
    refused = approval(state=ApprovalState.REFUSED)
    assert light_of(refused, past, date(2026, 3, 16), 5, CALENDAR) is Light.REFUSED
    assert not refused.state.pending


def test_nothing_is_to_be_submitted_without_deadline_without_period_or_once_it_is_submitted() -> None:
    deadline = Deadline(date(2026, 3, 31), Source.RULE)
    accepted = approval(state=ApprovalState.ACCEPTED, accepted=date(2026, 1, 5))
    assert latest_submission(approval(), Deadline(None, Source.NONE), STATUTORY, CALENDAR) is None
    assert latest_submission(approval(statutory=None), deadline, STATUTORY, CALENDAR) is None
    assert latest_submission(accepted, deadline, STATUTORY, CALENDAR) is None
