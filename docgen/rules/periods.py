"""Periods that documents tell of: a day, a week, ten days (旬), half a month, a month, a quarter, a year.

All ranges include both ends. Weeks are those of ISO 8601: Monday to Sunday, of the year that has their Thursday. The
periods of a kind tile the calendar: each day lies in one of them, and the next begins the day after one ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from functools import partial
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.model.values import Choice

_DAY: Final = timedelta(days=1)
_YEARS: Final = range(2000, 2101)
_DIGITS: Final = re.compile("[0-9]+")
_HANZI: Final = "零一二三四五六七八九"
_TENS: Final = ("上旬", "中旬", "下旬")
_HALVES: Final = ("上半月", "下半月")


class PeriodUnreadable(DocgenError):
    """Words on a command line mean no period."""

    code = "period-unreadable"
    exit_code = WRONG_USE
    says = "“{asked}”不是一个时段"
    guesses = "是不是 {nearest}？"
    advises = "可写：2026-01-15、2026-W03（第3周）、2026-01上旬、2026-01上半月、2026-01、2026Q1、2026（都要写年份）。"

    asked: str
    nearest: tuple[str, ...]


class PeriodKind(Choice):
    """How long a period is."""

    DAY = "日"
    WEEK = "周"
    TEN_DAYS = "旬"
    HALF_MONTH = "半月"
    MONTH = "月"
    QUARTER = "季"
    YEAR = "年"


@dataclass(frozen=True)
class Period:
    """A period of the calendar.

    Args:
        kind: how long it is.
        start, end: its first and its last day.
    """

    kind: PeriodKind
    start: date
    end: date

    @property
    def year(self) -> int:
        """Return the year it is counted in; of a week the year that has its Thursday."""
        return self.start.isocalendar().year if self.kind is PeriodKind.WEEK else self.start.year

    @property
    def place(self) -> int:
        """Return which one of its kind it is in its year, from 1."""
        day, months = self.start, self.start.month - 1
        return {
            PeriodKind.DAY: day.timetuple().tm_yday,
            PeriodKind.WEEK: day.isocalendar().week,
            PeriodKind.TEN_DAYS: 3 * months + _ten(day) + 1,
            PeriodKind.HALF_MONTH: 2 * months + _half(day) + 1,
            PeriodKind.MONTH: months + 1,
            PeriodKind.QUARTER: months // 3 + 1,
            PeriodKind.YEAR: 1,
        }[self.kind]

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days + 1

    @property
    def code(self) -> str:
        """Return how it is typed on a command line: 2026-01上旬, 2026-W03, 2026Q1."""
        return _CODED[self.kind](self)

    @property
    def short_name(self) -> str:
        """Return how official writing names it in a title: 2026年1月上旬, 2026年第3周, 2026年第一季度."""
        return _WRITTEN[self.kind](self)

    @property
    def name(self) -> str:
        """Return how official writing names it: as its short name, of a week with its days."""
        return self.named()

    def named(self, until: date | None = None) -> str:
        """Return its name; one that is told of only `until` a day before its end says so: 2026年1月（截至1月14日）."""
        remarks = [self._span()] if self.kind is PeriodKind.WEEK else []
        if until is not None and until < self.end:
            remarks.append(f"截至{_day(until, self.year)}")
        return self.short_name + (f"（{'，'.join(remarks)}）" if remarks else "")

    def _span(self) -> str:
        within = self.start.month == self.end.month
        last = f"{self.end.day}日" if within else _day(self.end, self.start.year)
        return f"{_day(self.start, self.year)}至{last}"

    @property
    def before(self) -> Period:
        """Return the period of its kind before it."""
        return period_of(self.kind, self.start - _DAY)

    @property
    def after(self) -> Period:
        """Return the period of its kind after it."""
        return period_of(self.kind, self.end + _DAY)


def _ten(day: date) -> int:
    return min((day.day - 1) // 10, 2)


def _half(day: date) -> int:
    return int(day.day > 15)


def _day(day: date, year: int) -> str:
    """Return a day, with its year where that is another one."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"


_WRITTEN: Final[Mapping[PeriodKind, Callable[[Period], str]]] = {
    PeriodKind.DAY: lambda each: f"{each.year}年{each.start.month}月{each.start.day}日",
    PeriodKind.WEEK: lambda each: f"{each.year}年第{each.place}周",
    PeriodKind.TEN_DAYS: lambda each: f"{each.year}年{each.start.month}月{_TENS[_ten(each.start)]}",
    PeriodKind.HALF_MONTH: lambda each: f"{each.year}年{each.start.month}月{_HALVES[_half(each.start)]}",
    PeriodKind.MONTH: lambda each: f"{each.year}年{each.start.month}月",
    PeriodKind.QUARTER: lambda each: f"{each.year}年第{_HANZI[each.place]}季度",
    PeriodKind.YEAR: lambda each: f"{each.year}年",
}
_CODED: Final[Mapping[PeriodKind, Callable[[Period], str]]] = {
    PeriodKind.DAY: lambda each: each.start.isoformat(),
    PeriodKind.WEEK: lambda each: f"{each.year}-W{each.place:02}",
    PeriodKind.TEN_DAYS: lambda each: f"{each.start:%Y-%m}{_TENS[_ten(each.start)]}",
    PeriodKind.HALF_MONTH: lambda each: f"{each.start:%Y-%m}{_HALVES[_half(each.start)]}",
    PeriodKind.MONTH: lambda each: f"{each.start:%Y-%m}",
    PeriodKind.QUARTER: lambda each: f"{each.year}Q{each.place}",
    PeriodKind.YEAR: lambda each: f"{each.year}",
}


def period_of(kind: PeriodKind, day: date) -> Period:
    """Return the period of a kind in which a day lies."""
    first = _FIRST[kind](day)
    return Period(kind, first, _NEXT[kind](first) - _DAY)


_FIRST: Final[Mapping[PeriodKind, Callable[[date], date]]] = {
    PeriodKind.DAY: lambda day: day,
    PeriodKind.WEEK: lambda day: day - day.weekday() * _DAY,
    PeriodKind.TEN_DAYS: lambda day: day.replace(day=10 * _ten(day) + 1),
    PeriodKind.HALF_MONTH: lambda day: day.replace(day=15 * _half(day) + 1),
    PeriodKind.MONTH: lambda day: day.replace(day=1),
    PeriodKind.QUARTER: lambda day: date(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
    PeriodKind.YEAR: lambda day: date(day.year, 1, 1),
}


def _months_on(first: date, months: int) -> date:
    """Return the first day of the month so many months on."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


_NEXT: Final[Mapping[PeriodKind, Callable[[date], date]]] = {
    PeriodKind.DAY: lambda first: first + _DAY,
    PeriodKind.WEEK: lambda first: first + 7 * _DAY,
    PeriodKind.TEN_DAYS: lambda first: (
        first.replace(day=first.day + 10) if first.day < 21 else _months_on(first, 1)
    ),
    PeriodKind.HALF_MONTH: lambda first: first.replace(day=16) if first.day == 1 else _months_on(first, 1),
    PeriodKind.MONTH: lambda first: _months_on(first, 1),
    PeriodKind.QUARTER: lambda first: _months_on(first, 3),
    PeriodKind.YEAR: lambda first: _months_on(first, 12),
}
"""The first day of the period after the one that begins on a day."""


def last_whole(kind: PeriodKind, today: date) -> Period:
    """Return the last period of a kind that is over: its last day is past."""
    return period_of(kind, today).before


def read_period(asked: str) -> Period:
    """Return the period that somebody writes: 2026-W03, 2026-01上旬, 2026年第一季度, full-width digits too.

    The days that a week's own name has in brackets may follow it.

    Raises:
        PeriodUnreadable: it is none, or of a year before 2000 or after 2100; with the nearest ones.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", asked)).upper()
    bare, bracket, _ = text.partition("(")
    found = _read(bare)
    if found is None or (bracket and text != unicodedata.normalize("NFKC", found.name)):
        raise PeriodUnreadable(asked, _similar(text))
    return found


def _read(text: str) -> Period | None:
    for shape, make in _READ:
        parts = re.fullmatch(shape, text)
        if parts:
            try:
                found = make(*parts.groups())
            except ValueError:
                continue
            return found if found.year in _YEARS else None
    return None


def _holding(kind: PeriodKind, year: str, month: str | int = 1, day: str | int = 1) -> Period:
    return period_of(kind, date(int(year), int(month), int(day)))


def _week(year: str, week: str) -> Period:
    return period_of(PeriodKind.WEEK, date.fromisocalendar(int(year), _number(week.strip("W第周")), 1))


def _tenth(year: str, month: str, part: str) -> Period:
    return _holding(PeriodKind.TEN_DAYS, year, month, 10 * "上中下".index(part) + 1)


def _halved(year: str, month: str, part: str) -> Period:
    return _holding(PeriodKind.HALF_MONTH, year, month, 15 * "上下".index(part) + 1)


def _quarter(year: str, quarter: str) -> Period:
    return _holding(PeriodKind.QUARTER, year, 3 * _number(quarter.strip("Q第季度")) - 2)


def _number(text: str) -> int:
    """Return a number below 100 in digits or hanzi (十, 二十一)."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * _HANZI.index(tens or "一") if ten else 0) + (_HANZI.index(ones) if ones else 0)


_NUMBER: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR: Final = "([0-9]{4})(?:年度?)?[-./]?"
_MONTH: Final = f"{_YEAR}([0-9]{{1,2}})(?:月份?)?"
_READ: Final[tuple[tuple[str, Callable[..., Period]], ...]] = (
    (f"{_YEAR}([0-9]{{1,2}})[-./月]([0-9]{{1,2}})日?", partial(_holding, PeriodKind.DAY)),
    ("([0-9]{4})([0-9]{2})([0-9]{2})", partial(_holding, PeriodKind.DAY)),
    (f"{_YEAR}(W{_NUMBER}|第?{_NUMBER}周)", _week),
    (f"{_MONTH}-?([上中下])旬", _tenth),
    (f"{_MONTH}-?([上下])半月", _halved),
    (_MONTH, partial(_holding, PeriodKind.MONTH)),
    (f"{_YEAR}(Q{_NUMBER}|第?{_NUMBER}季度?)", _quarter),
    (_YEAR, partial(_holding, PeriodKind.YEAR)),
)
"""What people write for a period, each shape matched whole, and what it means; ValueError where there is none such."""


def _similar(text: str) -> tuple[str, ...]:
    """Return how the period most like a text is written, of the year it begins with; a wrong number is like none."""
    year = re.match("[0-9]{4}", text)
    if not year or int(year[0]) not in _YEARS:
        return ()
    hanzi = "年" in text
    known = [each.short_name if hanzi else each.code for each in _all_of(int(year[0]))]
    if _DIGITS.sub("", text) in {_DIGITS.sub("", each) for each in known}:
        return ()
    return tuple(get_close_matches(text, known, 1))


def _all_of(year: int) -> Iterator[Period]:
    """Yield the periods of a year, days aside."""
    for kind in PeriodKind:
        day = date(year, 1, 4 if kind is PeriodKind.WEEK else 1)  # which the first week of a year has
        period = period_of(kind, day)
        while kind is not PeriodKind.DAY and period.year == year:
            yield period
            period = period.after
