"""Spans of time and days as sheets and rules name them: 20个工作日, 2026年3月, 2026年3月上旬, 2月末."""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache

from docgen.dataclass import dataclass
from docgen.model.values import DayUnit, Half


@dataclass(frozen=True)
class Term:
    """How long an approval may take; 0 days is decided on the spot."""

    days: int
    unit: DayUnit = DayUnit.WORKING

    @property
    def short(self) -> str:
        """Return it for a column of working days: 20, 60日, 即办."""
        if not self.days:
            return "即办"
        return f"{self.days}" if self.unit is DayUnit.WORKING else f"{self.days}日"

    def __str__(self) -> str:
        return f"{self.short}个工作日" if self.short.isdigit() else self.short


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, as in a planned start."""

    year: int
    month: int

    @property
    def half(self) -> Half:
        """Return the half-year the month lies in."""
        return Half.FIRST if self.month <= 6 else Half.SECOND

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


class PeriodName(str):
    """The name of a period as official writing has it: 2026年3月上旬, 2026年第10周."""

    __slots__ = ()


@dataclass(frozen=True, order=True)
class MonthDay:
    """A day of any year, as rules write it: 1月31日, 2月末. `day` 31 in a shorter month is its last day."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Return the day in a year; never past the end of the month."""
        return _in_year(self.month, self.day, year)

    def __str__(self) -> str:
        last = calendar.monthrange(2024, self.month)[1]  # a leap year
        return f"{self.month}月末" if self.day > last else f"{self.month}月{self.day}日"


@cache
def _in_year(month: int, day: int, year: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
