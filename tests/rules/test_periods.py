"""Periods: they tile the calendar, are named as official writing names them, and read from what people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.rules.periods import (
    Period,
    PeriodKind,
    PeriodUnreadable,
    last_whole,
    period_of,
    read_period,
)

DAY = timedelta(days=1)
days = st.dates(date(2001, 1, 1), date(2099, 12, 31))
kinds = st.sampled_from(list(PeriodKind))


@given(kinds, days)
def test_a_day_lies_in_the_period_that_is_found_for_it_and_in_no_other(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert period_of(kind, period.start) == period_of(kind, period.end) == period
    assert period.before.end + DAY == period.start
    assert period.after.start - DAY == period.end


@given(kinds, days)
def test_before_and_after_lead_back_to_where_one_was(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert period.before.after == period.after.before == period
    assert {period.before.kind, period.after.kind} == {kind}


@given(kinds, days)
def test_places_in_a_year_count_up_by_one_and_begin_anew_with_it(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    following = period.after
    assert (following.year, following.place) in (
        (period.year, period.place + 1),
        (period.year + 1, 1),
    )


@given(kinds, days)
def test_what_a_period_is_called_is_read_as_that_period(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert read_period(period.name) == read_period(period.short_name) == period
    assert read_period(period.code) == period


@given(kinds, days)
def test_the_last_whole_period_is_over_and_the_next_is_not(kind: PeriodKind, today: date) -> None:
    period = last_whole(kind, today)
    assert period.end < today <= period.after.end


@pytest.mark.parametrize(
    ("asked", "kind", "start", "end"),
    [
        ("2026-W03", "周", date(2026, 1, 12), date(2026, 1, 18)),
        ("2026w3", "周", date(2026, 1, 12), date(2026, 1, 18)),
        ("2026年第3周", "周", date(2026, 1, 12), date(2026, 1, 18)),
        ("２０２６年第三周", "周", date(2026, 1, 12), date(2026, 1, 18)),
        ("2026年第二十一周", "周", date(2026, 5, 18), date(2026, 5, 24)),
        ("2026年第3周（1月12日至18日）", "周", date(2026, 1, 12), date(2026, 1, 18)),
        ("2026-W01", "周", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", "周", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-01上旬", "旬", date(2026, 1, 1), date(2026, 1, 10)),
        ("2026年1月上旬", "旬", date(2026, 1, 1), date(2026, 1, 10)),
        ("2026-1-下旬", "旬", date(2026, 1, 21), date(2026, 1, 31)),
        ("2026年2月下旬", "旬", date(2026, 2, 21), date(2026, 2, 28)),
        ("2026-01下半月", "半月", date(2026, 1, 16), date(2026, 1, 31)),
        ("2024年2月下半月", "半月", date(2024, 2, 16), date(2024, 2, 29)),
        ("2026-01", "月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026-1", "月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026.1", "月", date(2026, 1, 1), date(2026, 1, 31)),
        ("２０２６年１月", "月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026年1月份", "月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026Q1", "季", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-q4", "季", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年第一季度", "季", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026年二季度", "季", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026", "年", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026 年", "年", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026年度", "年", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-01-15", "日", date(2026, 1, 15), date(2026, 1, 15)),
        ("2026年1月15日", "日", date(2026, 1, 15), date(2026, 1, 15)),
        ("20260115", "日", date(2026, 1, 15), date(2026, 1, 15)),
    ],
)
def test_what_clerks_type_is_read(asked: str, kind: str, start: date, end: date) -> None:
    assert read_period(asked) == Period(PeriodKind(kind), start, end)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("2026-01上旬", "2026年1月上旬"),
        ("2026-W03", "2026年第3周（1月12日至18日）"),
        ("2026-W05", "2026年第5周（1月26日至2月1日）"),
        ("2026-W01", "2026年第1周（2025年12月29日至2026年1月4日）"),
        ("2026-W53", "2026年第53周（12月28日至2027年1月3日）"),
        ("2026-01下半月", "2026年1月下半月"),
        ("2026Q1", "2026年第一季度"),
        ("2026-01-15", "2026年1月15日"),
    ],
)
def test_a_period_is_named_as_official_writing_names_it(asked: str, name: str) -> None:
    assert read_period(asked).name == name


@pytest.mark.parametrize(
    ("asked", "until", "name"),
    [
        ("2026-01", date(2026, 1, 14), "2026年1月（截至1月14日）"),
        ("2026-W03", date(2026, 1, 14), "2026年第3周（1月12日至18日，截至1月14日）"),
        ("2026-W01", date(2025, 12, 30), "2026年第1周（2025年12月29日至2026年1月4日，截至2025年12月30日）"),
        ("2026-01", date(2026, 1, 31), "2026年1月"),
    ],
)
def test_a_period_told_of_before_its_end_says_until_when(asked: str, until: date, name: str) -> None:
    assert read_period(asked).named(until) == name


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("2026-W54", ()),
        ("2026-01上询", ("2026-01上旬",)),
        ("2026年1月上询", ("2026年1月上旬",)),
        ("2026-13", ()),
        ("2026-02-30", None),
        ("2026Q5", None),
        ("2026年第0周", None),
        ("2026年第3周（1月13日至19日）", None),
        ("1999", ()),
        ("2101-01", ()),
        ("一月", ()),
        ("", ()),
        ("上旬", ()),
        ("2026年上半年", None),
        ("2026年第十十周", None),
    ],
)
def test_what_is_no_period_is_refused_with_the_nearest(asked: str, near: tuple[str, ...] | None) -> None:
    with pytest.raises(PeriodUnreadable) as refused:
        read_period(asked)
    assert near is None or refused.value.nearest == near


LIKE_PERIODS = st.tuples(
    st.integers(1999, 2101).map(str),
    st.sampled_from(
        ["", "-01", "-13", "-W03", "-W53", "Q2", "-02中旬", "年第一季度", "年2月下半月", "-2-29"]
    ),
    st.text("年月旬（日）. ", max_size=1),
).map("".join)


@given(st.text("2０0169年-月第三W周上中下旬半Qq季度（日）至.十", max_size=14) | LIKE_PERIODS)
def test_whatever_is_typed_is_a_period_or_is_refused(asked: str) -> None:
    try:
        found = read_period(asked)
    except PeriodUnreadable:
        return
    assert period_of(found.kind, found.start) == found
