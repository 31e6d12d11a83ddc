"""The figures of a day: completion, lights and ranks by unit and level, to be shown and compared with earlier ones.

Only projects of the final list count, and of their approvals those that are needed and count (计入办结率). Lights
are of all approvals that a listed project still owes. Figures are plain values: they can be kept, and read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.mechanism import DeadlineRule
from docgen.model.project import Project
from docgen.model.rank_rule import RankedBy, RankRule, RateBasis
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level
from docgen.rules.assessments import Assessed, assessed, is_ranked
from docgen.rules.deadlines import Light, deadline_of, light_on
from docgen.rules.matters import is_listed
from docgen.rules.rates import Rate, counts, rate_of_projects, rates_of_counted
from docgen.rules.workdays import WorkCalendar

USUAL: Final = (
    RankRule(ranked=RankedBy.APPROVING, basis=RateBasis.APPROVAL),
    RankRule(ranked=RankedBy.LEAD, basis=RateBasis.PROJECT),
)
"""How units are ranked where the sheet 考核规则 says nothing: without target, praise or blame."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How an approving unit stands.

    Args:
        name: its short name.
        rate: by approval.
        late, soon, calm: how many approvals it owes that are late, that are due soon, and all others.
        above: whether it is of a level above the mechanism's, and so is not ranked.
    """

    name: str
    rate: Rate
    late: int
    soon: int
    calm: int
    above: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One in a ranking: a unit by its short name, or a district; `rank` counts from 1."""

    name: str
    rate: Rate
    rank: int


@dataclass(frozen=True)
class Ranking:
    """A ranking by one rule.

    Args:
        ranked, basis, nature: the rule's own words (审批单位, 以手续计, 新建; empty for all).
        target: its rate in percent; empty for none.
        head, foot: how many the rule praises and calls to account; None where it does neither.
        places: best first; what has no rate has no place.
        praised, blamed: the names of those at head and foot by the rule.
        spared: the names of those at the foot whom the rule exempts by decision.
        level: the mechanism's word for the one level that is ranked; empty for all.
    """

    ranked: str
    basis: str
    nature: str
    target: str
    head: int | None
    foot: int | None
    places: tuple[Place, ...]
    praised: tuple[str, ...]
    blamed: tuple[str, ...]
    spared: tuple[str, ...] = ()
    level: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what it is known by in the figures of another day."""
        return self.ranked, self.basis, self.nature, self.level


@dataclass(frozen=True)
class Figures:
    """The figures of a day.

    Args:
        day: the day.
        projects: how many projects are on the final list.
        by_approval, by_project: the rates of all.
        states: how many of the approvals that count and are not done are in each state.
        lights: how many approvals still owed have each light, done ones left out.
        levels: the rate by approval of each level, lowest first.
        units: the approving units, in the order of their list.
        rankings: by the rules of the mechanism, else the usual ones.
        bottlenecks: how many are open.
    """

    day: date
    projects: int
    by_approval: Rate
    by_project: Rate
    states: Mapping[str, int]
    lights: Mapping[str, int]
    levels: tuple[tuple[str, Rate], ...]
    units: tuple[UnitFigures, ...]
    rankings: tuple[Ranking, ...]
    bottlenecks: int

    def ranking_like(self, ranking: Ranking) -> Ranking | None:
        """Return the ranking by the same rule; None where there was none."""
        return next((each for each in self.rankings if each.key == ranking.key), None)


@dataclass(frozen=True, slots=True)
class Owed:
    """An approval that a listed project owes, by when, and its light."""

    approval: Approval
    day: date | None
    light: Light


def owed_of(records: Records, day: date, calendar: WorkCalendar) -> tuple[Owed, ...]:
    """Return what listed projects owe, in the order of the sheet. Arguments as of `figures_of`."""
    rules, warning = records.of(DeadlineRule), records.mechanism.warning_days
    lit = cache(lambda until: light_on(until, day, warning, calendar))
    days = (
        (each, deadline_of(each, rules, calendar).day)
        for each in records.of(Approval)
        if each.state.pending and is_listed(each.project)
    )
    return tuple(Owed(each, until, lit(until)) for each, until in days)


def figures_of(
    records: Records, day: date, calendar: WorkCalendar, owed: Iterable[Owed] | None = None
) -> Figures:
    """Return the figures of a day.

    Args:
        records: the sheets of that day.
        day: the day of judging.
        calendar: counts working days.
        owed: what is owed on that day, where it is known already.
    """
    counted = [each for each in records.of(Approval) if is_listed(each.project) and counts(each)]
    known = owed_of(records, day, calendar) if owed is None else owed
    lights = Counter((each.approval.unit.order, each.light) for each in known)
    names = {each.name: each.short_name for each in records.of(Unit)}
    by_level = rates_of_counted(counted, "level")
    return Figures(
        day,
        sum(map(is_listed, records.of(Project))),
        sum(by_level.values(), Rate()),
        rate_of_projects(rates_of_counted(counted, "project.number").values()),
        _by_words(Counter(each.state for each in counted if each.state is not ApprovalState.DONE).items()),
        _by_words((light, count) for (_, light), count in lights.items()),
        tuple((each.value, by_level[each]) for each in Level if each in by_level),
        tuple(_units(records, rates_of_counted(counted, "unit.order"), lights)),
        tuple(_ranking(each, names) for each in assessed(records, records.of(RankRule) or USUAL)),
        sum(each.state.is_open for each in records.of(Bottleneck)),
    )


def _by_words(pairs: Iterable[tuple[StrEnum, int]]) -> Counter[str]:
    found = Counter[str]()
    for choice, count in pairs:
        found[choice.value] += count
    return found


def _units(
    records: Records, rates: Mapping[int, Rate], lights: Mapping[tuple[int, Light], int]
) -> Iterator[UnitFigures]:
    owed: dict[int, Counter[Light]] = {}
    for (order, light), count in lights.items():
        owed.setdefault(order, Counter())[light] = count
    for unit in sorted(records.of(Unit), key=lambda each: each.order):
        own = owed.get(unit.order, Counter())
        if unit.order in rates or own:
            late, soon = own[Light.RED], own[Light.YELLOW]
            calm = own.total() - late - soon
            rate = rates.get(unit.order, Rate())
            yield UnitFigures(unit.short_name, rate, late, soon, calm, not is_ranked(unit, records))


def _ranking(found: Assessed, names: Mapping[str, str]) -> Ranking:
    rule = found.rule
    places = tuple(
        Place(names.get(each.key, each.key), each.rate, each.rank)
        for each in found.ranking
        if each.rank is not None
    )
    head, foot, spared = (
        tuple(names.get(each.key, each.key) for each in part)
        for part in (found.head, found.foot, found.spared)
    )
    return Ranking(
        rule.ranked.value, rule.basis.value, rule.nature.value if rule.nature else "",
        "" if rule.target is None else f"{rule.target.normalize():f}", rule.praised, rule.last, places,
        head, foot, spared, found.level,
    )  # fmt: skip


def written(figures: Figures) -> dict[str, Any]:
    """Return figures as values of JSON's types, which `read` takes."""
    return {
        "day": figures.day.isoformat(),
        "projects": figures.projects,
        "by_approval": _rate(figures.by_approval),
        "by_project": _rate(figures.by_project),
        "states": dict(figures.states),
        "lights": dict(figures.lights),
        "levels": [[name, _rate(rate)] for name, rate in figures.levels],
        "units": [_unit_written(each) for each in figures.units],
        "rankings": [_ranking_written(each) for each in figures.rankings],
        "bottlenecks": figures.bottlenecks,
    }


def _unit_written(unit: UnitFigures) -> list[Any]:
    return [unit.name, _rate(unit.rate), unit.late, unit.soon, unit.calm, unit.above]


def _ranking_written(ranking: Ranking) -> list[Any]:
    places = [[each.name, _rate(each.rate), each.rank] for each in ranking.places]
    return [
        ranking.ranked, ranking.basis, ranking.nature, ranking.target, ranking.head, ranking.foot, places,
        list(ranking.praised), list(ranking.blamed), list(ranking.spared), ranking.level,
    ]  # fmt: skip


def _rate(rate: Rate) -> list[int]:
    return [rate.done, rate.needed]


def read(said: Mapping[str, Any]) -> Figures:
    """Return figures that were written."""
    return Figures(
        date.fromisoformat(said["day"]),
        said["projects"],
        Rate(*said["by_approval"]),
        Rate(*said["by_project"]),
        said["states"],
        said["lights"],
        tuple((name, Rate(*rate)) for name, rate in said["levels"]),
        tuple(UnitFigures(name, Rate(*rate), *others) for name, rate, *others in said["units"]),
        tuple(map(_ranking_read, said["rankings"])),
        said["bottlenecks"],
    )


def _ranking_read(said: Sequence[Any]) -> Ranking:
    ranked, basis, nature, target, head, foot, places, praised, blamed, *later = said
    spared = later[0] if later else ()  # figures kept earlier do not say it, nor the level
    level = later[1] if len(later) > 1 else ""
    found = tuple(Place(name, Rate(*rate), rank) for name, rate, rank in places)
    return Ranking(
        ranked, basis, nature, target, head, foot, found, tuple(praised), tuple(blamed), tuple(spared), level
    )
