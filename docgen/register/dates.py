"""What is odd about the days and times on record, and is no fault in itself: a reader of the record should look at it.

A day may be written long after it, and then any mandate in force that day serves; a reserved number may be used late.
The record keeps the time of recording beside the day, so that such steps can be listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from docgen.register.life import DRAFT, STEPS, Need
from docgen.register.record import DOCGEN, TAKEN_OVER

FAR: Final = 30  # calendar days from which on a step counts as recorded far from its day
_SKEW: Final = timedelta(minutes=5)  # by which the clocks of several computers may differ
_MANDATED: Final = frozenset(each.name for each in STEPS if Need.MANDATE in each.needs)
_NOT_COUNTED: Final = (DRAFT.name, TAKEN_OVER)
"""The day of a draft is the one it is written for."""
_NOTHING: Final[Mapping[str, Any]] = {}


def behind(last: str, now: datetime) -> str:
    """Say that the clock is behind the time at which something was last recorded; empty where it is not.

    Args:
        last: that time, as an entry says it; empty for none.
        now: what the clock says.
    """
    try:
        recorded = datetime.fromisoformat(last).astimezone(now.tzinfo)
        if now >= recorded - _SKEW:
            return ""
    except (ValueError, TypeError):
        return ""
    return (
        f"电脑的时钟是 {now:%Y-%m-%d %H:%M}，早于最近一次登记的时间（{recorded:%Y-%m-%d %H:%M}）；"
        "请先校准时钟再办：文号的年份、成文日期都按它取"
    )


@dataclass
class Dates:
    """What is odd about the entries of a record, noted while they are read in their order.

    Args:
        far: the entries recorded far from their day.
        backwards: the entries recorded earlier than one before them.
        over: the entries that rest on a mandate which had run out when they were recorded, with its number.
    """

    far: list[int] = field(default_factory=list)
    backwards: list[int] = field(default_factory=list)
    over: list[tuple[int, int]] = field(default_factory=list)
    _latest: datetime | None = None
    _at: str = ""
    _on: str = ""
    _is_behind: bool = False

    def note(self, said: Mapping[str, Any], tables: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Note an entry.

        Args:
            said: its body.
            tables: the rows that follow from the entries up to it.

        Raises:
            ValueError, TypeError, KeyError: it is none that docgen wrote.
        """
        seq, at, step = said["seq"], said["at"], said["step"]
        if at != self._at:  # entries of one command share theirs
            self._at, self._on, time = at, at[:10], datetime.fromisoformat(at)
            self._is_behind = self._latest is not None and time < self._latest - _SKEW
            self._latest = time if self._latest is None else max(self._latest, time)
        if self._is_behind:
            self.backwards.append(seq)
        day = said["day"]
        if day != self._on and said["actor"] != DOCGEN and step not in _NOT_COUNTED and is_far(day, self._on):
            self.far.append(seq)
        if step in _MANDATED:
            number: Any = tables["document"].get(said["document"], _NOTHING).get("mandate")
            end = tables["mandate"].get(number, _NOTHING).get("end")
            if end and end < self._on:
                self.over.append((seq, number))


@lru_cache(maxsize=1000)
def is_far(day: str, recorded: str) -> bool:
    """Whether a day is far from the one on which it was recorded; both as ISO texts. Raises ValueError."""
    return abs((date.fromisoformat(recorded) - date.fromisoformat(day)).days) > FAR


def out_of_order(
    documents: Iterable[Mapping[str, Any]], numbers: Mapping[Any, Mapping[str, Any]]
) -> Iterator[str]:
    """Yield the numbers whose documents are dated before one with a lower number of the series.

    Args:
        documents: the rows of documents.
        numbers: the rows of numbers, by their keys.
    """
    series: dict[tuple[Any, Any], list[tuple[int, str, str]]] = {}
    for each in documents:
        row = numbers.get(str(each.get("number") or "").removesuffix("号"))
        if row:
            dated = (row["serial"], str(each["dated"]), str(each["number"]))
            series.setdefault((row["code"], row["year"]), []).append(dated)
    for found in series.values():
        latest = ""
        for _, day, number in sorted(found):
            if day < latest:
                yield number
            latest = max(latest, day)


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as people list them: 3、5至9、12."""
    spans: list[list[int]] = []
    for each in numbers:
        if spans and each == spans[-1][1] + 1:
            spans[-1][1] = each
        else:
            spans.append([each, each])
    return "、".join(str(first) if first == last else f"{first}至{last}" for first, last in spans)
