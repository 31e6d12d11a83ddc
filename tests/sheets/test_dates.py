"""Dates, months and days of the year in every form that clerks write."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.fields import field_of
from docgen.model.mechanism import DeadlineRule
from docgen.model.project import Project
from docgen.model.values import Month, MonthDay
from docgen.sheets.cells import NotUnderstood, parser_for

DAY = date(2026, 1, 31)
HAN = "〇一二三四五六七八九"

a_date = parser_for(field_of(Approval, "planned"), 2026)
a_month = parser_for(field_of(Project, "planned_start"), 2026)
a_day_of_the_year = parser_for(field_of(DeadlineRule, "day"), 2026)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-1-31",
        "2026-01-31",
        "2026.1.31",
        "2026.01.31",
        "2026/1/31",
        "2026年1月31日",
        "2026年1月31号",
        "2026年1月31",
        "2026年01月31日",
        "20260131",
        20260131,
        20260131.0,
        "二〇二六年一月三十一日",
        "二○二六年一月三十一日",
        "二零二六年一月三十一日",
        "二O二六年一月三十一日",
        "二Ｏ二六年一月三十一日",
        "２０２６年１月３１日",
        "２０２６－０１－３１",
        " 2026 年 1 月 31 日 ",
        "2026年\n1月31日",
        "2026-01-31\u200b",
        "\u202d2026-01-31\u202c",
        "2026年1月31日（星期六）",
        "2026年1月31日(周六)",
        "2026-01-31 星期六",
        "2026-01-31 00:00:00",
        "2026/1/31 0:00",
        "2026-01-31 9:30",
        "2026-01-31 09:30:15.000",
        "2026-01-31T09:30:00",
        "2026年1月31日9:30",
        "2026-01-31 ９：３０",
        "1月31日",
        "1月31号",
        "一月三十一日",
        "1月底",
        "1月末",
        "一月底",
        "2026年1月底",
        "2026.1月末",
        "2026-1月底",
        date(2026, 1, 31),
        datetime.fromisoformat("2026-01-31T15:20"),
        46053,
        46053.0,
    ],
)
def test_a_date_is_read_in_every_usual_form(written: Any) -> None:
    assert a_date(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-32",
        "1月底前后",
        "2026年1月",
        "1.31",
        1.31,
        "26.1.31",
        "1/31/2026",
        "1999-12-31",
        "2101-01-01",
        "31",
        31,
        46053.5,
        "尽快",
        "2026年二月三十日",
        "2026-1-1 25",
        "十一月",
        True,
        date(1900, 1, 5),
        datetime.fromisoformat("1899-12-30T08:00"),
        timedelta(days=3),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(written: Any) -> None:
    with pytest.raises(NotUnderstood, match=r"^日期，例如 2026-01-31$"):
        a_date(written)


def test_the_time_of_day_never_becomes_part_of_the_day() -> None:
    assert a_date("2026/1/10 0:00") == date(2026, 1, 10)
    assert a_date("2026-1-1 12:30") == date(2026, 1, 1)
    assert a_date("2026-1-11 2:30") == date(2026, 1, 11)


def test_a_date_without_year_takes_the_year_of_the_mechanism() -> None:
    assert parser_for(field_of(Approval, "planned"), 2028)("2月底") == date(2028, 2, 29)


def test_a_date_without_year_is_refused_when_the_year_is_not_known() -> None:
    with pytest.raises(NotUnderstood):
        parser_for(field_of(Approval, "planned"), None)("1月底")


@pytest.mark.parametrize(
    "written", [None, "", "  ", "\u3000", "\u200b", "/", "—", "-", "无", "待定", "暂无", "_x000D_"]
)
def test_a_blank_and_the_marks_that_stand_for_it_are_no_date(written: Any) -> None:
    assert a_date(written) is None


def _forms(day: date) -> list[Any]:
    year = "".join(HAN[int(each)] for each in str(day.year))
    serial = (day - date(1899, 12, 30)).days
    return [
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        serial,
        float(serial),
        day,
        datetime.combine(day, time(23, 59)),
        f"{day.year}/{day.month}/{day.day} 0:00",
        f"{day.year}/{day.month}/{day.day} 12:05:09",
        f"{year}年{_han(day.month)}月{_han(day.day)}日",
    ]


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{HAN[tens]}十") + (HAN[ones] if ones else "")


@given(days)
def test_any_date_reads_back_from_any_form(day: date) -> None:
    assert {a_date(each) for each in _forms(day)} == {day}


@given(days)
def test_any_date_without_year_reads_back_in_its_own_year(day: date) -> None:
    read = parser_for(field_of(Approval, "planned"), day.year)
    assert read(f"{day.month}月{day.day}日") == day
    assert (read(f"{day.month}月底") + timedelta(days=1)).day == 1


@given(days)
def test_the_month_of_any_date_reads_back_from_any_form(day: date) -> None:
    forms = [
        *_forms(day),
        f"{day.year}年{day.month}月",
        f"{day:%Y-%m}",
        f"{day.year}.{day.month}",
        f"{day.year}年{day.month}月份",
        f"{day.year}年{day.month}月底",
    ]
    assert {a_month(each) for each in forms} == {Month(day.year, day.month)}


@given(days)
def test_a_day_of_the_year_reads_back(day: date) -> None:
    meant = MonthDay(day.month, day.day)
    assert a_day_of_the_year(f"{day.month}月{day.day}日") == meant
    assert a_day_of_the_year(day) == meant
    assert a_day_of_the_year(str(meant)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5月", 5),
        ("5月份", 5),
        ("2026年5月", 5),
        ("2026.05", 5),
        (2026.5, 5),
        (2026.12, 12),
        ("2026.1", 1),
        ("2026.10", 10),
        ("2026-5", 5),
        ("二〇二六年五月", 5),
        ("2026年5月31日(星期日)", 5),
        ("２０２６年５月", 5),
        (date(2026, 5, 1), 5),
    ],
)
def test_a_month_is_read_in_every_usual_form(written: Any, meant: int) -> None:
    assert a_month(written) == Month(2026, meant)


def test_a_number_that_may_be_january_or_october_is_refused() -> None:
    with pytest.raises(NotUnderstood, match=r"“2026\.1”分不清是1月还是10月"):
        a_month(2026.1)


@pytest.mark.parametrize(
    "written", ["2026", 2026, 5, "二季度", "上半年", "2026年13月", "1998年5月", date(1900, 1, 5), 2026.123]
)
def test_what_is_no_month_is_refused_with_an_example(written: Any) -> None:
    with pytest.raises(NotUnderstood, match=r"^年月，例如 2026年5月$"):
        a_month(written)


@pytest.mark.parametrize("written", ["2月末", "2月底", "二月末"])
def test_the_end_of_february_is_the_last_day_of_each_year(written: str) -> None:
    day = a_day_of_the_year(written)
    assert (day.in_year(2026), day.in_year(2028)) == (date(2026, 2, 28), date(2028, 2, 29))


@pytest.mark.parametrize("written", ["6.30", 6.3, "2月30日", "13月1日", "月末", "2026年6月30日前"])
def test_what_is_no_day_of_the_year_is_refused(written: Any) -> None:
    with pytest.raises(NotUnderstood, match="月和日，例如 1月31日、2月末"):
        a_day_of_the_year(written)
