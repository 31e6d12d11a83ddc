"""The source 约谈对象: who is called to account by the mechanism's ranking rules, each with its place and its talk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.identity import NAME, Component, Derived, Thing
from docgen.documents.labels.field import Field
from docgen.model.meeting import Meeting
from docgen.model.names import plain
from docgen.model.rank_rule import RankRule, RateBasis
from docgen.model.unit import Unit
from docgen.model.values import MeetingKind, MeetingState
from docgen.rules.assessments import Assessed, assessed, target_of
from docgen.rules.rates import Ranked, Rate

_GOVERNMENTS: Final = ("政府", "管委会", "管理委员会")
_WHOLE: Final = 1000
"""Tenths of a percent in the whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Called(Derived):
    """A unit or district that a ranking rule calls to account.

    Args:
        assessed: the ranking.
        place: its place there.
        unit: the unit, or that of the sheet which answers for the district; None where the sheet has none.
        talk: the planned talk (会议 of kind 约谈) that it takes part in; None while there is none.
    """

    sheet: ClassVar[str] = "约谈对象"

    assessed: Assessed
    place: Ranked[str]
    unit: Unit | None
    talk: Meeting | None

    @property
    def rule(self) -> RankRule:
        """Return the rule that calls it."""
        return self.assessed.rule

    @property
    def name(self) -> str:
        """Return the unit's short name, or the district's."""
        return self.unit.short_name if self.unit else self.place.key

    @property
    def components(self) -> Thing:
        """Return who is called, and by which rule."""
        called, rule = (
            Component(self.sheet, ((NAME, self.place.key),)),
            Component("考核规则", ((NAME, self.rule.name),)),
        )
        return (called, rule)

    @property
    def row(self) -> RankRule:
        """Return the rule, whose row says what is said of it."""
        return self.rule

    @property
    def counts(self) -> str:
        """Return what is counted, as it stands in a sentence: 应办手续12项，已办结5项."""
        rate = self.place.rate
        if self.rule.basis is RateBasis.PROJECT:
            return f"项目{rate.needed}个，手续全部办结的{rate.done}个"
        return f"应办手续{rate.needed}项，已办结{rate.done}项"

    @property
    def missed_by(self) -> str | None:
        """Return by how many points of a percent (个百分点) the rate, as it is written, misses the target, if any."""
        if self.rule.target is None:
            return None
        return _percent(self._target - (self.place.rate.tenths or 0)).removesuffix("%")

    @property
    def ranked(self) -> str:
        """Return what is ranked: units, or districts."""
        return self.rule.ranked.one

    @property
    def standing(self) -> str:
        """Return its place in words: 排第3位; of several that share it, how many do: 与另外2个单位并列末位."""
        tied = [each for each in self.assessed.ranking if each.rank == self.place.rank]
        if len(tied) == 1:
            return f"排第{self.place.rank}位"
        last = max(each.rank for each in self.assessed.ranking if each.rank is not None)
        place = "末位" if self.place.rank == last else f"第{self.place.rank}位"
        return f"与另外{len(tied) - 1}个{self.ranked}并列{place}"

    @property
    def target(self) -> str | None:
        """Return the target in percent; None where the rule has none and only the last places count."""
        return None if self.rule.target is None else _percent(self._target)

    @property
    def _target(self) -> int:
        return round(target_of(self.rule) * _WHOLE)


def _percent(tenths: int) -> str:
    return Rate(tenths, _WHOLE).words


def called_in(facts: Facts) -> Iterator[Called]:
    """Yield who is called, rule by rule in the order of the sheet, the lowest place last."""
    for each in assessed(facts.records):
        for place in each.foot:
            unit = _unit_of(place.key, facts)
            yield Called(each, place, unit, _talk_with(unit, facts))


def _unit_of(name: str, facts: Facts) -> Unit | None:
    """Return the unit of a name; of a district its government, one of whose names begins with it (高新区)."""
    known = facts.unit_called(name)
    if known:
        return known
    governments = (each for each in facts.records.of(Unit) if each.name.endswith(_GOVERNMENTS))
    called = (
        each for each in governments if any(plain(word).startswith(plain(name)) for word in each.link_names)
    )
    return next(called, None)


def _talk_with(unit: Unit | None, facts: Facts) -> Meeting | None:
    """Return the next talk that is planned with a unit, from today on."""
    planned = [
        each
        for each in facts.records.of(Meeting)
        if each.kind is MeetingKind.TALK
        and each.state is MeetingState.PLANNED
        and any(one is unit for one in each.units)
        and (each.day is None or each.day >= facts.today)
    ]
    return min(planned, key=lambda each: (each.day is None, each.day or facts.today), default=None)


CALLED_FIELDS: Final = (
    Field("名称", lambda called, _: called.name, str, help="单位的简称，或地区"),
    Field(
        "单位",
        lambda called, _: called.unit,
        Unit,
        help="给地区排名的，是有称呼以它开头的政府、管委会",
    ),
    Field("考核规则", lambda called, _: called.rule, RankRule),
    Field("规则名称", lambda called, _: called.assessed.name, str, help="审批单位（以手续计）"),
    Field("办结情况", lambda called, _: called.counts, str, help="句中用：应办手续12项，已办结5项"),
    Field("办结率", lambda called, _: called.place.rate.words, str),
    Field("办结率列", lambda called, _: called.place.rate.in_column, str, help="表中用，都写一位小数"),
    Field("名次", lambda called, _: called.place.rank, int, help="并列的名次相同"),
    Field("名次说明", lambda called, _: called.standing, str, help="句中用：排第3位；并列的写明与几个并列"),
    Field("总数", lambda called, _: called.assessed.placed, int, help="参加排名、有办结率的几个"),
    Field("排名对象", lambda called, _: called.ranked, str, help="单位，按所在地区排名的是地区"),
    Field("目标", lambda called, _: called.target, str, help="考核规则没有目标办结率的空着"),
    Field(
        "相差", lambda called, _: called.missed_by, str, help="比目标低几个百分点，不写单位；没有目标的空着"
    ),
    Field(
        "约谈会议",
        lambda called, _: called.talk,
        Meeting,
        help="会议表中类型为约谈、拟召开、参会单位有它的",
    ),
)
"""What may be said of who is called, by Chinese label."""
