"""When a thing may be made a document for again: once for all, each day or period, or after so many working days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.rules.workdays import WorkCalendar

ONCE: Final = "一次"
YEARLY_LIST: Final = "每年度"
"""Once for each 年度 of the mechanism: a list of projects that is made anew for a year tells its units anew."""
_WORKING_DAYS: Final = "个工作日"
_DAYS: Final = re.compile(f"[0-9]{{1,3}}{_WORKING_DAYS}")

Span = Callable[[date], tuple[int, ...]]
_SPANS: Final[Mapping[str, Span]] = {
    "每日": lambda day: (day.year, day.month, day.day),
    "每周": lambda day: tuple(day.isocalendar()[:2]),
    "每旬": lambda day: (day.year, day.month, min((day.day - 1) // 10, 2)),
    "每半月": lambda day: (day.year, day.month, day.day > 15),
    "每月": lambda day: (day.year, day.month),
    "每季": lambda day: (day.year, (day.month - 1) // 3),
    "每年": lambda day: (day.year,),
}
WORDS: Final = (ONCE, *_SPANS, YEARLY_LIST, "N个工作日")
_DECEMBER: Final = 12  # in which the list of the next year is made final


def is_known(again: str) -> bool:
    """Whether these are words for how often."""
    return again in (ONCE, YEARLY_LIST, *_SPANS) or _DAYS.fullmatch(again) is not None


@dataclass(frozen=True)
class Moment:
    """A day, with the 年度 of the mechanism on it; 0 where nobody knows it."""

    day: date
    year: int


def covers(again: str, made: Moment, now: Moment, calendar: WorkCalendar, *, signed: bool) -> bool:
    """Whether a document that was reviewed covers its things today: until it is signed always, then as `is_covered`.

    Args:
        again: how often.
        made: when the document is dated.
        now: when it is asked.
        calendar: counts working days.
        signed: whether the document is signed.
    """
    if not signed:
        return True
    if again == YEARLY_LIST:
        return (made.year or made.day.year + (made.day.month == _DECEMBER)) >= now.year
    return is_covered(again, made.day, now.day, calendar)


def is_covered(again: str, made: date, today: date, calendar: WorkCalendar) -> bool:
    """Whether a document made on a day still covers its things today.

    Args:
        again: how often: 一次, 每日, 每周, 每旬, 每半月, 每月, 每季, 每年, N个工作日.
        made: the date of the document.
        today: the day of asking.
        calendar: counts working days.
    """
    if again == ONCE:
        return True
    if again in _SPANS:
        return _SPANS[again](made) == _SPANS[again](today)
    return calendar.between(made, today) < int(again.removesuffix(_WORKING_DAYS))
