"""When a thing may be made a document for again: once for all, each day or period, or after so many working days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from docgen.rules.workdays import WorkCalendar

ONCE: Final = "一次"
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
WORDS: Final = (ONCE, *_SPANS, "N个工作日")


def is_known(again: str) -> bool:
    """Whether these are words for how often."""
    return again == ONCE or again in _SPANS or _DAYS.fullmatch(again) is not None


def covers(again: str, made: date, today: date, calendar: WorkCalendar, *, signed: bool) -> bool:
    """Whether a document that was reviewed covers its things today: until it is signed always, then as `is_covered`."""
    return not signed or is_covered(again, made, today, calendar)


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
