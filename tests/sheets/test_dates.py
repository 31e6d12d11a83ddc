"""Dates, months and days of the year in every form that clerks write."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.approval import Approval
from docgen.model.fields import field_of
from docgen.model.item import Item
from docgen.model.mechanism import DeadlineRule
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.spans import Month, MonthDay
from docgen.model.unit import Unit
from docgen.sheets.dates import NoSuchDate, read_typed
from docgen.sheets.reading.cell_texts import NotUnderstood
from docgen.sheets.reading.cells import parser_for

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
        "26.1.31",
        "26-1-31",
        "26/01/31",
        "26年1月31日",
        "1.31",
        "1/31",
        "01-31",
        1.31,
        "1月底前",
        "1月31日前",
        "2026.1.31之前",
        "2026年1月底以前",
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
        "2026-13-01",
        "2026-00-10",
        "2026-1-32",
        "2026年1月",
        "1/31/2026",
        "1999-12-31",
        "2101-01-01",
        "31",
        31,
        46053.5,
        "尽快",
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
        ("26.5", 5),
        ("26年5月", 5),
        ("26.5.19", 5),
    ],
)
def test_a_month_is_read_in_every_usual_form(written: Any, meant: int) -> None:
    assert a_month(written) == Month(2026, meant)


def test_a_number_that_may_be_january_or_october_is_refused() -> None:
    with pytest.raises(NotUnderstood, match=r"“2026\.1”分不清是1月还是10月"):
        a_month(2026.1)


@pytest.mark.parametrize("written", ["2026", 2026, 5, "2026年13月", "1998年5月", date(1900, 1, 5), 2026.123])
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


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("1.2.26", "“1.2.26”分不清哪是年、哪是日，年份要写四位"),
        (1.1, "分不清是1月1日还是1月10日"),
        (10.2, "分不清是10月2日还是10月20日"),
        ("2026年下半年", "只写了半年或季度，要写到月"),
        ("力争8月底", "这是打算，不是期限，定下来再填"),
        ("1月底前后", "这是打算，不是期限，定下来再填"),
        ("2026-02-29", "2026年2月没有29日"),
        ("2026年二月三十日", "2026年2月没有30日"),
    ],
)
def test_where_two_readings_are_possible_the_clerk_is_asked(written: Any, asked: str) -> None:
    """Nothing is guessed: the message says between what one would have to choose."""
    with pytest.raises(NotUnderstood, match=asked.replace(".", r"\.")):
        a_date(written)


@pytest.mark.parametrize("written", ["8月底前", "预计8月底", "2026.3.5前"])
def test_a_limit_is_no_day_on_which_something_happened(written: str) -> None:
    """A column of days that have passed takes no plan; one of limits does."""
    happened = parser_for(field_of(Approval, "done"), 2026)
    with pytest.raises(NotUnderstood, match="这里填已经发生的日期"):
        happened(written)


@pytest.mark.parametrize("written", ["二季度", "上半年", "2026年下半年"])
def test_a_half_year_is_asked_for_its_month(written: str) -> None:
    """The rules need no more, but a document prints the month."""
    with pytest.raises(NotUnderstood, match="只写了半年或季度，要写到月"):
        a_month(written)


@given(st.dates(date(2013, 1, 1), date(2099, 12, 31)))
def test_two_digits_of_a_year_are_that_year(day: date) -> None:
    """26.1.19 is 2026-01-19 for every year that can be no month."""
    assert parser_for(field_of(Approval, "done"), None)(f"{day:%y}.{day.month}.{day.day}") == day


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("statutory_days", "20个工作日", 20),
        ("statutory_days", "二十个工作日", 20),
        ("promised_days", "5工作日", 5),
        ("promised_days", "即办", 0),
    ],
)
def test_a_term_is_read_with_its_working_days_behind_it(field: str, written: str, meant: int) -> None:
    """The unit that the column has anyway may stand there; days of the calendar may not, for they have a column."""
    assert parser_for(field_of(Item, field), 2026)(written) == meant
    with pytest.raises(NotUnderstood, match="单位”列填“日”"):
        parser_for(field_of(Item, field), 2026)("60日")


def test_states_and_roles_are_read_as_people_write_them() -> None:
    """正在办理 is accepted, 已上报自治区 is sent up; roles may be parted by blanks; two levels are asked about."""
    state = parser_for(field_of(Approval, "state"), 2026)
    written = {
        "正在办理": "已受理", "正在审核": "已受理", "已上报自治区": "上报上级", "办理完毕": "办结",
        "尚未申报": "未申报", "材料准备中": "组卷中", "正在补正": "补正",
    }  # fmt: skip
    assert {each: state(each).value for each in written} == written
    decided = parser_for(field_of(Decision, "state"), 2026)
    assert decided("正在推进").value == "推进中"
    roles = parser_for(field_of(Unit, "roles"), 2026)
    assert [each.value for each in roles("成员单位　审批单位/牵头单位")] == [
        "成员单位",
        "审批单位",
        "牵头单位",
    ]
    with pytest.raises(NotUnderstood, match="写了几个，这里只能选一个"):
        parser_for(field_of(Unit, "level"), 2026)("自治区、国家级")


@given(days, st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", " %Y. %m. %d "]))
def test_a_day_is_typed_on_a_command_line_as_it_is_written_in_a_sheet(day: date, form: str) -> None:
    assert read_typed(day.strftime(form)) == day == a_date(day.strftime(form))


@pytest.mark.parametrize(
    "typed", ["3.16", "3月16日", "3月底", "1.2.26", "2026年上半年", "31.1.2026", "", "1999.1.1"]
)
def test_a_typed_day_must_say_its_year_and_mean_one_day_only(typed: str) -> None:
    with pytest.raises(NoSuchDate):
        read_typed(typed)
