"""Working days: the official schedule, unpublished years, the office's own days, and the counting of days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.mechanism import Holiday
from docgen.rules import workdays
from docgen.rules.workdays import WorkCalendar, weekday

CALENDAR = WorkCalendar()
PUBLISHED = workdays._published
days = st.dates(date(2008, 1, 1), date(2026, 12, 31))
counts = st.integers(0, 40)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_day_is_worked_as_a_second_source_says(year: int) -> None:
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in every if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_make_up_days_are_worked_and_holidays_are_not() -> None:
    assert CALENDAR.is_working(date(2026, 1, 4))  # a Sunday
    assert not CALENDAR.is_working(date(2026, 10, 5))  # a Monday


def test_a_year_without_schedule_counts_monday_to_friday_and_says_so() -> None:
    calendar = WorkCalendar()
    every = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [calendar.is_working(day) for day in every] == [day.weekday() < 5 for day in every]
    assert [each.text for each in calendar.advices()] == [
        "2027年的放假安排尚未公布，2027年的工作日按周一至周五计算；可在“节假日”表中填写"
    ]


def test_a_calendar_says_nothing_of_years_it_was_not_asked_about() -> None:
    calendar = WorkCalendar()
    calendar.after(date(2026, 12, 1), 5)
    assert calendar.advices() == ()
    calendar.after(date(2026, 12, 31), 1)
    assert [each.code for each in calendar.advices()] == ["schedule-unknown"]


def test_the_offices_own_days_win_over_schedule_and_weekdays() -> None:
    calendar = WorkCalendar(
        [
            Holiday(day=date(2026, 3, 17), working=False),
            Holiday(day=date(2026, 3, 21), working=True),
            Holiday(day=date(2027, 2, 8), working=False),
        ]
    )
    assert not calendar.is_working(date(2026, 3, 17))  # a Tuesday
    assert calendar.is_working(date(2026, 3, 21))  # a Saturday
    assert calendar.after(date(2026, 3, 16), 4) == date(2026, 3, 21)
    assert not calendar.is_working(date(2027, 2, 8))
    calendar.is_working(date(2027, 2, 9))
    assert [each.text for each in calendar.advices()] == [
        "2027年的放假安排尚未公布，2027年的工作日按周一至周五计算（已计入“节假日”表中的日期）"
    ]


def test_a_document_says_how_a_year_was_counted_and_nothing_of_the_offices_sheets() -> None:
    """A letter's reader has no sheet 节假日 to fill in."""
    assert (
        WorkCalendar().note_on([2026, 2027]) == "2027年的放假安排尚未公布，2027年的工作日按周一至周五计算。"
    )
    own = WorkCalendar([Holiday(day=date(2027, 2, 8), working=False)])
    assert own.note_on([2027]) == (
        "2027年的放假安排尚未公布，2027年的工作日按周一至周五计算，已计入已经确定的放假、调休日期。"
    )


def test_the_day_of_receipt_is_not_counted() -> None:
    monday = date(2026, 3, 16)
    assert CALENDAR.after(monday, 1) == date(2026, 3, 17)
    assert CALENDAR.after(monday, 3) == date(2026, 3, 19)
    assert CALENDAR.after(date(2026, 3, 20), 1) == date(2026, 3, 23)  # over a weekend
    assert CALENDAR.after(date(2026, 9, 30), 1) == date(2026, 10, 8)  # over National Day
    assert CALENDAR.after(monday, 0) == monday


def test_days_left_are_negative_when_a_deadline_is_past() -> None:
    assert CALENDAR.between(date(2026, 3, 16), date(2026, 3, 20)) == 4
    assert CALENDAR.between(date(2026, 3, 16), date(2026, 3, 16)) == 0
    assert CALENDAR.between(date(2026, 3, 20), date(2026, 3, 16)) == -4


@given(days, counts)
def test_as_many_days_lie_between_as_were_counted(day: date, count: int) -> None:
    assert CALENDAR.between(day, CALENDAR.after(day, count)) == count


@given(days, counts.filter(bool))
def test_counting_ends_on_a_working_day_and_not_a_day_late(day: date, count: int) -> None:
    end = CALENDAR.after(day, count)
    assert CALENDAR.is_working(end)
    assert CALENDAR.between(day, end - timedelta(days=1)) == count - 1


@given(days, counts)
def test_the_latest_start_meets_the_deadline_and_the_next_working_day_does_not(
    deadline: date, count: int
) -> None:
    start = CALENDAR.latest_start(deadline, count)
    assert CALENDAR.is_working(start)
    assert CALENDAR.after(start, count) <= deadline < CALENDAR.after(CALENDAR.after(start, 1), count)


@given(days, days, days)
def test_days_between_add_up(one: date, two: date, three: date) -> None:
    first, second, third = sorted((one, two, three))
    assert CALENDAR.between(first, second) + CALENDAR.between(second, third) == CALENDAR.between(first, third)


@given(days, days)
def test_days_between_change_sign_with_direction(one: date, other: date) -> None:
    assert CALENDAR.between(one, other) == -CALENDAR.between(other, one)


def test_weekdays_have_their_chinese_names() -> None:
    assert [weekday(date(2026, 3, 16) + timedelta(days=n))[-1] for n in range(7)] == list("一二三四五六日")


@pytest.mark.parametrize("year", [2010, 2020, 2026, 2027])
def test_a_years_schedule_is_asked_of_the_library_once_and_kept(
    year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path))
    schedule, asked = workdays._schedule.__wrapped__, []

    def published(of: int) -> dict[str, bool] | None:
        asked.append(of)
        return PUBLISHED(of)

    monkeypatch.setattr(workdays, "_published", published)
    first = schedule(year)
    assert schedule(year) == first
    assert asked == [year]
    kept = next(tmp_path.iterdir())
    kept.write_bytes(kept.read_bytes().replace(b"true", b"fals", 1).replace(b"null", b"{}  ", 1))
    assert schedule(year) == first
    assert asked == [year, year]


@given(days, counts)
def test_the_latest_start_of_a_term_in_days_is_the_last_working_day_that_leaves_them(
    deadline: date, count: int
) -> None:
    due = CALENDAR.latest_start(deadline, 0)  # the deadline, or the working day before it
    start = CALENDAR.latest_start_by_days(deadline, count)
    assert CALENDAR.is_working(start)
    assert start + timedelta(days=count) <= due
    assert CALENDAR.after(start, 1) + timedelta(days=count) > due


def test_a_year_without_a_schedule_is_told_whoever_asked_first() -> None:
    """Two documents that count back from the same deadline both say that its year's schedule is not published."""
    base = WorkCalendar()
    first, second = base.apart(), base.apart()
    assert first.latest_start(date(2031, 3, 3), 5) == second.latest_start(date(2031, 3, 3), 5)
    assert [each.code for each in second.advices()] == ["schedule-unknown"]
    assert first.advices() == second.advices()
    assert base.advices() == ()
