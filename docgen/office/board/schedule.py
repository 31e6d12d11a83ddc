"""Backward schedules as bars over days: the time they span, its months, and where each approval's bar lies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from docgen.dataclass import dataclass

_BEFORE: Final = 6
_AFTER: Final = 18
"""How many months before and after today are drawn at most; what lies beyond is drawn at the edge."""
_WHOLE: Final = 100
_YEAR: Final = 12
_MOST_LABELS: Final = 14
"""Months that are all named; of more every third is."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the axis: its name, empty where there is no room, and how many days it has."""

    name: str
    days: int


@dataclass(frozen=True)
class Axis:
    """The time that schedules span, in whole months.

    Args:
        start: its first day.
        end: its last day.
        today: the day that is marked.
    """

    start: date
    end: date
    today: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days + 1

    def at(self, day: date) -> int:
        """Return a day as days from the start; beyond an end it is that end."""
        return min(max((day - self.start).days, 0), self.days)

    @property
    def share(self) -> str:
        """Return where the middle of today is, in percent of the whole."""
        return f"{_WHOLE * (self.at(self.today) + 0.5) / self.days:.2f}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Return the months; of many every third is named, with its year."""
        firsts = [self.start]
        while (following := _next_month(firsts[-1])) <= self.end:
            firsts.append(following)
        many = len(firsts) > _MOST_LABELS
        return tuple(
            Month(_name(each, at, many=many), (_next_month(each) - each).days)
            for at, each in enumerate(firsts)
        )

    @property
    def month_lines(self) -> tuple[str, ...]:
        """Return where months begin, the first apart, in percent of the whole."""
        found, passed = [], 0
        for each in self.months[:-1]:
            passed += each.days
            found.append(f"{_WHOLE * passed / self.days:.2f}")
        return tuple(found)


def axis_of(today: date, spans: Iterable[tuple[date, date] | None]) -> Axis:
    """Return the axis of some spans and of today, at most `_BEFORE` months back and `_AFTER` months ahead."""
    known = [each for each in spans if each]
    first = min((start for start, _ in known), default=today)
    last = max((end for _, end in known), default=today)
    start = max(min(first, today), _months_on(today, -_BEFORE)).replace(day=1)
    end = _next_month(min(max(last, today), _months_on(today, _AFTER))) - timedelta(days=1)
    return Axis(start, end, today)


def path_of(axis: Axis, lane: int, start: date, end: date) -> str:
    """Return a bar as an SVG path, days to the right and lanes down: from one day to the evening of another.

    What lies beyond an end of the axis is drawn at the edge, as long as a day.
    """
    left = min(axis.at(start), axis.days - 1)
    right = axis.at(end + timedelta(days=1))
    return f"M{left},{lane}h{max(right - left, 1)}"


def _name(month: date, at: int, *, many: bool) -> str:
    if not many:
        return f"{month.month}月"
    return f"{month.year % 100:02}年{month.month}月" if at % 3 == 0 else ""


def _next_month(day: date) -> date:
    return _months_on(day, 1)


def _months_on(day: date, count: int) -> date:
    """Return the first day of the month so many months on."""
    months = day.year * _YEAR + day.month - 1 + count
    return date(months // _YEAR, months % _YEAR + 1, 1)
