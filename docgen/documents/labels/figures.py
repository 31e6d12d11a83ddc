"""Rows of the figures of a period (levels, units, places in a ranking, ends of periods), and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, ClassVar, Final

from docgen.dataclass import dataclass
from docgen.documents.identity import Derived, Thing
from docgen.documents.labels.field import Field
from docgen.documents.periods import PERIOD
from docgen.model.rank_rule import RankedBy, RateBasis
from docgen.rules.deadlines import Light
from docgen.rules.figures import Figures, Place, Ranking, UnitFigures
from docgen.rules.rates import Rate


class _Row(Derived):
    """A row of figures, which no document is made for."""

    __slots__ = ()

    sheet: ClassVar[str] = PERIOD

    @property
    def components(self) -> Thing:
        """Return nothing: it is known by no key."""
        return ()


@dataclass(frozen=True, slots=True)
class LevelRow(_Row):
    """The rate of a level, called as the mechanism calls it."""

    level: str
    rate: Rate

    @property
    def name(self) -> str:
        """Return the word for the level."""
        return self.level


@dataclass(frozen=True, slots=True)
class UnitRow(_Row):
    """How an approving unit stands."""

    unit: UnitFigures

    @property
    def name(self) -> str:
        """Return the unit's short name."""
        return self.unit.name


@dataclass(frozen=True, slots=True)
class PlaceRow(_Row):
    """A place in a ranking, with the rank at the end of the period before; None where there is none to compare."""

    place: Place
    before: int | None
    compared: bool

    @property
    def name(self) -> str:
        """Return who has the place."""
        return self.place.name

    @property
    def moved(self) -> str | None:
        """Return by how many places it rose or fell; None where nothing was kept to compare with."""
        if not self.compared:
            return None
        if self.before is None:
            return "新列"
        steps = self.before - self.place.rank
        return f"{'↑' if steps > 0 else '↓'}{abs(steps)}" if steps else "—"


@dataclass(frozen=True, slots=True)
class RankTable(_Row):
    """A ranking by one rule, beside that of the period before; `whole` is the rate of all that the rule counts."""

    ranking: Ranking
    before: Ranking | None
    whole: Rate

    @property
    def name(self) -> str:
        """Return what it ranks, as a heading says it."""
        nature = f"{self.ranking.nature}项目" if self.ranking.nature else ""
        return f"{nature}{self.ranking.level}{self.ranking.ranked}办结率排名（{self.ranking.basis}）"

    @property
    def rows(self) -> tuple[PlaceRow, ...]:
        """Return its places, best first."""
        ranks = {each.name: each.rank for each in self.before.places} if self.before else {}
        return tuple(
            PlaceRow(each, ranks.get(each.name), self.before is not None) for each in self.ranking.places
        )

    @property
    def sums(self) -> str | None:
        """Return what the table adds up to and why that is less than all; None where it is all, or adds up to nothing.

        A rule for new projects alone, or one by which a project counts for several units, adds up to no figure of all.
        """
        of_projects = self.ranking.basis == RateBasis.PROJECT.value
        ranked = self.ranking.ranked
        if self.ranking.nature or (of_projects and ranked == RankedBy.APPROVING.value):
            return None
        listed = sum((each.rate for each in self.ranking.places), Rate())
        rest = self.whole.needed - listed.needed
        if rest <= 0:
            return None
        unit = "个项目" if of_projects else "项"
        why = "由其他层级的单位审批" if self.ranking.level else _LEFT_OUT[RankedBy(ranked)]
        return (
            f"表中应办合计{listed.needed}{unit}，已办结{listed.done}{unit}，办结率{listed.words}；"
            f"其余{rest}{unit}{why}，不参加排名。"
        )

    def named(self, names: Iterable[str]) -> str:
        """Return units with their rates: 县水利局（52.4%）、县住建局（18.8%）."""
        rates = {each.name: each.rate.words for each in self.ranking.places}
        return "、".join(f"{name}（{rates[name]}）" for name in names)


@dataclass(frozen=True, slots=True)
class TrendRow(_Row):
    """The figures at the end of a period, for a line over several."""

    period: str
    figures: Figures

    @property
    def name(self) -> str:
        """Return the period's name without its year."""
        return self.period


_LEFT_OUT: Final = {
    RankedBy.APPROVING: "由上级单位审批",
    RankedBy.LEAD: "由上级单位牵头或还没有明确牵头单位",
    RankedBy.DISTRICT: "没有分到地区",
}
"""Why something counts for nobody in a ranking."""


def percent(rate: Rate) -> Decimal | None:
    """Return a rate as a number of percent, as it is written; None where nothing is needed."""
    return None if rate.tenths is None else Decimal(rate.tenths) / 10


def _rate_fields(get: Callable[[Any], Rate]) -> tuple[Field, ...]:
    return (
        Field("应办", lambda row, _: get(row).needed, int),
        Field("已办结", lambda row, _: get(row).done, int),
        Field("未办结", lambda row, _: get(row).missing, int),
        Field("办结率", lambda row, _: get(row).words, str),
        Field("办结率列", lambda row, _: get(row).in_column, str, help="表中用，都写一位小数"),
        Field("办结率数", lambda row, _: percent(get(row)), Decimal, help="图中用，百分数"),
    )


ROW_FIELDS: Final = {
    LevelRow: (Field("层级", lambda row, _: row.name, str), *_rate_fields(lambda row: row.rate)),
    UnitRow: (
        Field("单位", lambda row, _: row.name, str),
        *_rate_fields(lambda row: row.unit.rate),
        Field("超期", lambda row, _: row.unit.late, int, help="亮红灯的手续数"),
        Field("临期", lambda row, _: row.unit.soon, int, help="亮黄灯的手续数"),
        Field("未到期", lambda row, _: row.unit.calm, int, help="其他没有办结的手续数"),
        Field("是上级", lambda row, _: row.unit.above, bool, help="上级单位，不参加排名"),
    ),
    PlaceRow: (
        Field("位次", lambda row, _: row.place.rank, int),
        Field("单位", lambda row, _: row.name, str),
        *_rate_fields(lambda row: row.place.rate),
        Field("变动", lambda row, _: row.moved, str, help="位次较上期：↑2、↓1、—；没有上期快照的为空"),
    ),
    RankTable: (
        Field("名称", lambda row, _: row.name, str),
        Field("排名对象", lambda row, _: RankedBy(row.ranking.ranked).one, str, help="单位，或地区"),
        Field("口径", lambda row, _: row.ranking.basis, str, help="以手续计或以项目计"),
        Field("目标", lambda row, _: row.ranking.target or None, str, help="目标办结率，百分数"),
        Field("各位", lambda row, _: row.rows, PlaceRow, many=True),
        Field("合计说明", lambda row, _: row.sums, str, help="表中合计，其余为什么不在表中；全在表中的为空"),
        Field("表扬单位", lambda row, _: row.named(row.ranking.praised), str, help="按考核规则，没有的为空"),
        Field("批评单位", lambda row, _: row.named(row.ranking.blamed), str, help="按考核规则，没有的为空"),
        Field(
            "免约谈单位",
            lambda row, _: row.named(row.ranking.spared),
            str,
            help="在约谈末位之内、按考核规则的免约谈不约谈的，没有的为空",
        ),
        Field("有上期", lambda row, _: row.before is not None, bool),
    ),
    TrendRow: (
        Field("时段", lambda row, _: row.name, str),
        Field("办结率数", lambda row, _: percent(row.figures.by_approval), Decimal),
        Field("项目办结率数", lambda row, _: percent(row.figures.by_project), Decimal),
        Field("超期", lambda row, _: row.figures.lights.get(Light.RED.value, 0), int),
    ),
}
"""Of the rows of figures."""
