"""The source 时段: documents that tell of a period, each period at most once; one that still runs up to a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Final, Self

from docgen.dataclass import dataclass
from docgen.documents.faults import PeriodToCome, PeriodUnfit
from docgen.documents.identity import CODE, NAME, UNTIL, Component, Derived, Thing
from docgen.errors import DocgenError, Problems
from docgen.rules.periods import Period, PeriodKind, last_whole, period_of, read_period
from docgen.standard.wording.text import official_date

PERIOD: Final = "时段"
LENGTHS: Final = tuple(each.value for each in PeriodKind)


@dataclass(frozen=True)
class Told(Derived):
    """What a document of a period tells of.

    Args:
        period: the period.
        until: its last day, or while it runs the day of drafting (截至).
    """

    sheet: ClassVar[str] = PERIOD

    period: Period
    until: date

    @classmethod
    def on(cls, period: Period, today: date) -> Self:
        """Return a period as it is told of on a day."""
        return cls(period, min(period.end, today))

    @property
    def runs(self) -> bool:
        """Whether the period was not over when it was told of."""
        return self.until < self.period.end

    @property
    def name(self) -> str:
        """Return how official writing names it, with the day up to which it is told while it runs."""
        return self.period.named(self.until)

    @property
    def components(self) -> Thing:
        """Return the period, and while it runs the day: what is told of half a week does not cover the week."""
        until = (Component(UNTIL, ((CODE, self.until.isoformat()), (NAME, official_date(self.until)))),)
        return (*self.group, *(until if self.runs else ()))

    @property
    def group(self) -> Thing:
        """Return the period: a draft is made anew as the period goes on."""
        period = self.period
        code = f"{period.kind.value} {period.start.isoformat()} {period.end.isoformat()}"
        return (Component(PERIOD, ((CODE, code), (NAME, period.name))),)


def told_last(kinds: Sequence[PeriodKind], today: date) -> tuple[Told, ...]:
    """Return the last period of each kind that is over on a day."""
    return tuple(Told.on(last_whole(kind, today), today) for kind in kinds)


def stored(things: Iterable[Thing]) -> tuple[Told, ...]:
    """Return the periods that stored identities mean, as they were told of, whatever the day is."""
    return tuple(found for found in map(_stored, things) if found)


def _stored(thing: Thing) -> Told | None:
    parts = {each.source: dict(each.keys).get(CODE, "") for each in thing}
    if len(code := parts.get(PERIOD, "").split()) != 3:
        return None
    kind, *days = code
    start, end = map(date.fromisoformat, days)
    until = date.fromisoformat(parts[UNTIL]) if UNTIL in parts else end
    return Told(Period(PeriodKind(kind), start, end), until)


def asked_for(words: Iterable[str], kinds: Sequence[PeriodKind], kind: str, today: date) -> tuple[Told, ...]:
    """Return the periods that somebody asks for, each once; a day stands for the period that holds it.

    Args:
        words: as they were typed.
        kinds: those for which the kind of document is made.
        kind: its name, for messages.
        today: the day of drafting.

    Raises:
        Problems: of those that are no period, not of the kinds, or have not begun, each (PeriodUnreadable,
            PeriodUnfit, PeriodToCome).
    """
    found: dict[Period, Told] = {}
    faults: list[DocgenError] = []
    for each in words:
        try:
            period = _fit(read_period(each), kinds, kind)
            if period.start > today:
                raise PeriodToCome(period.name, official_date(today), kind, official_date(period.start))
        except DocgenError as fault:
            faults.append(fault)
        else:
            found[period] = Told.on(period, today)
    Problems.raise_any(faults)
    return tuple(found.values())


def _fit(period: Period, kinds: Sequence[PeriodKind], kind: str) -> Period:
    if period.kind in kinds:
        return period
    if period.kind is PeriodKind.DAY and len(kinds) == 1:
        return period_of(kinds[0], period.start)
    held = (period_of(each, day) for each in kinds for day in (period.start, period.end))
    near = tuple(dict.fromkeys(each.short_name for each in held))
    raise PeriodUnfit(kind, "、".join(each.value for each in kinds), period.name, period.kind.value, near)
