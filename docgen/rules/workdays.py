"""Working days by the State Council's yearly schedule, make-up workdays included.

Day counting: the day of receipt is not counted; day 1 is the next working day. A year whose schedule is not
yet published counts Monday to Friday, and the calendar remembers that it was asked about it, so that the
output can say so. The workspace's own `holidays` sheet overrides everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from docgen.cache import keep, recall, stamp_of
from docgen.errors import Advice
from docgen.model.mechanism import Holiday

_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")


@cache
def _schedule(year: int) -> Mapping[date, bool] | None:
    """Return the days of a year that differ from Monday-to-Friday (True: worked); None when unpublished."""
    name, stamp = f"workdays-{year}", stamp_of("holidays", "countries")
    known = recall(name, stamp)
    if known is None:
        known = {"days": _published(year)}
        keep(name, stamp, known)
    days = known["days"]
    return None if days is None else {date.fromisoformat(day): worked for day, worked in days.items()}


def _published(year: int) -> dict[str, bool] | None:
    """Ask the library for a year's schedule, which takes 0.1 s to import, for it knows every country's.

    Every published schedule has make-up workdays, so a year without any has none published.
    """
    from holidays.countries.china import China

    known = China(years=year)  # type: ignore[no-untyped-call]
    worked = {day.isoformat(): True for day in known.weekend_workdays if day.year == year}
    if not worked:
        return None
    return {day.isoformat(): False for day in known if day.year == year and day.weekday() < 5} | worked


class WorkCalendar:
    """Counts working days.

    Args:
        overrides: days of the office's own sheet, True for worked.
    """

    def __init__(self, overrides: Iterable[Holiday] = ()) -> None:
        self._overrides = {each.day: each.working for each in overrides}
        self._own_years = {day.year for day in self._overrides}
        self._unknown: set[int] = set()
        self._counted: dict[tuple[date, date], tuple[int, frozenset[int]]] = {}
        self._started: dict[tuple[date, int], tuple[date, frozenset[int]]] = {}

    def apart(self) -> WorkCalendar:
        """Return a calendar like this one, which from now on remembers for itself what it is asked about."""
        other = WorkCalendar()
        other._overrides, other._own_years = self._overrides, self._own_years
        other._counted, other._started = self._counted, self._started
        other._unknown = set(self._unknown)
        return other

    def is_working(self, day: date) -> bool:
        """Whether a day is worked: as the sheet says, else the schedule of the State Council, else Monday to Friday.

        A year of which no schedule is known is noted, so that whoever counted is told.
        """
        if day in self._overrides:
            return self._overrides[day]
        schedule = _schedule(day.year)
        if schedule is None:
            self._unknown.add(day.year)
            return day.weekday() < 5
        return schedule.get(day, day.weekday() < 5)

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after a day (not counted); `count` 0 is the day itself."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Return the working days from a day (not counted) to a deadline (counted); negative when past."""
        if end < start:
            return -self.between(end, start)
        if (start, end) not in self._counted:
            self._counted[start, end] = self._count(start, end)
        days, unknown = self._counted[start, end]
        self._unknown |= unknown
        return days

    def _count(self, start: date, end: date) -> tuple[int, frozenset[int]]:
        """Return the working days between two days, and the years among them of which no schedule is known."""
        fresh = self._fresh()
        days = sum(fresh.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))
        return days, frozenset(fresh._unknown)  # noqa: SLF001  of the same class

    def _fresh(self) -> WorkCalendar:
        """Return a calendar like this one that has not met a year without a schedule yet."""
        fresh = self.apart()
        fresh._unknown.clear()  # noqa: SLF001  of the same class
        return fresh

    def latest_start(self, deadline: date, count: int) -> date:
        """Return the last day on which a matter of `count` working days can begin to meet a deadline."""
        if (deadline, count) not in self._started:
            fresh = self._fresh()
            day = fresh.after(fresh._working_by(deadline), -count)  # noqa: SLF001  of the same class
            self._started[deadline, count] = day, frozenset(fresh._unknown)  # noqa: SLF001
        day, unknown = self._started[deadline, count]
        self._unknown |= unknown
        return day

    def latest_start_by_days(self, deadline: date, count: int) -> date:
        """Return the last working day on which a matter of `count` days of the calendar can begin to meet a deadline.

        The day of beginning is not counted; what is due on a day off must be done on the working day before.
        """
        return self._working_by(self._working_by(deadline) - _DAY * count)

    def _working_by(self, day: date) -> date:
        """Return a day, or the last working day before it when it is a day off."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def advices(self) -> tuple[Advice, ...]:
        """Return what the output must say of years that were counted without a schedule."""
        return tuple(Advice("schedule-unknown", self._words(year)) for year in sorted(self._unknown))

    def note_on(self, years: Iterable[int]) -> str:
        """Return what a document must say of those of some years whose schedule is not published; empty for none."""
        unknown = (year for year in sorted(set(years)) if _schedule(year) is None)
        return "".join(
            f"{_counted(year)}{'，已计入已经确定的放假、调休日期' if year in self._own_years else ''}。"
            for year in unknown
        )

    def _words(self, year: int) -> str:
        """Return what the clerk is told of a year without a schedule, and where its days can be filled in."""
        return _counted(year) + (
            "（已计入“节假日”表中的日期）" if year in self._own_years else "；可在“节假日”表中填写"
        )


def _counted(year: int) -> str:
    return f"{year}年的放假安排尚未公布，{year}年的工作日按周一至周五计算"


def weekday(day: date) -> str:
    """Return the name of a day of the week as documents write it (星期六)."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
