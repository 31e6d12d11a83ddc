"""What the rules say of a period, by Chinese label: figures, changes, ranks, what is late, open, or not returned.

Everything is of the day on which the sheets were as they are told (数据日期): of a past period the day of its snapshot,
else today. Changes are against the snapshot at the end of the period before; without one they are empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.documents.labels.figures import LevelRow, RankTable, TrendRow, UnitRow
from docgen.documents.periods import Told
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange
from docgen.model.rank_rule import RateBasis
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.values import ApprovalState, Level, ListChangeKind
from docgen.rules.assessments import is_ranked
from docgen.rules.deadlines import Light
from docgen.rules.figures import Figures
from docgen.rules.matters import is_listed, reply_owed, term_of
from docgen.rules.periods import PeriodKind
from docgen.rules.rates import Rate, grouped, is_needed

POINTS: Final = 6
"""How many periods a trend shows, as far as snapshots of them were kept."""
_LAST: Final = {
    PeriodKind.WEEK: "上周", PeriodKind.MONTH: "上月", PeriodKind.QUARTER: "上季度", PeriodKind.YEAR: "上年",
}  # fmt: skip
_THIS: Final = {
    PeriodKind.DAY: "当日", PeriodKind.WEEK: "本周", PeriodKind.TEN_DAYS: "本旬", PeriodKind.HALF_MONTH: "本半月",
    PeriodKind.MONTH: "本月", PeriodKind.QUARTER: "本季度", PeriodKind.YEAR: "本年",
}  # fmt: skip
_STATES: Final = {
    ApprovalState.ACCEPTED: "已受理", ApprovalState.SUPPLEMENT: "正在补正", ApprovalState.SENT_UP: "已上报上级",
    ApprovalState.PREPARING: "正在组卷", ApprovalState.NOT_SUBMITTED: "未申报", ApprovalState.REFUSED: "不予许可",
}  # fmt: skip

_Approvals: TypeAlias = Callable[[Told, Facts], tuple[Approval, ...]]


def _figures(told: Told, facts: Facts) -> Figures | None:
    """Return the figures of a period: of the one that is told, else as they were kept at its end."""
    if facts.period in (None, told.period):
        return facts.at_end_of(told.period).figures
    state = facts.past.at_end_of(told.period)
    return state.figures if state else None


def _before(told: Told, facts: Facts) -> Figures | None:
    """Return the figures at the end of the period before; None in the first of a year, and where none were kept."""
    state = None if told.period.place == 1 else facts.past.at_end_of(told.period.before)
    return state.figures if state else None


def _of(get: Callable[[Figures], Any]) -> Callable[[Told, Facts], Any]:
    """Return what gives a figure of a period; None where nothing is known of it."""

    def value(told: Told, facts: Facts) -> Any:
        found = _figures(told, facts)
        return None if found is None else get(found)

    return value


def _change(get: Callable[[Figures], int], unit: str) -> Callable[[Told, Facts], str | None]:
    """Return what tells how a count changed since the period before."""

    def value(told: Told, facts: Facts) -> str | None:
        now, before = _figures(told, facts), _before(told, facts)
        if now is None or before is None:
            return None
        more = get(now) - get(before)
        return f"{'增加' if more > 0 else '减少'}{abs(more)}{unit}" if more else "持平"

    return value


def _points(get: Callable[[Figures], Rate]) -> Callable[[Told, Facts], str | None]:
    """Return what tells by how many percentage points a rate changed, as the rates that are written differ."""

    def value(told: Told, facts: Facts) -> str | None:
        now, before = _figures(told, facts), _before(told, facts)
        one, other = (get(each).tenths if each else None for each in (now, before))
        if one is None or other is None:
            return None
        more = Decimal(one - other) / 10
        return (
            f"{'提高' if more > 0 else '下降'}{abs(more):f}个百分点".replace(".0个", "个") if more else "持平"
        )

    return value


def _states(figures: Figures) -> str:
    """Return how far the approvals are that are not done: 已受理30项、正在补正6项."""
    found = ((words, figures.states.get(state.value, 0)) for state, words in _STATES.items())
    return "、".join(f"{words}{count}项" for words, count in found if count)


def _levels(told: Told, facts: Facts) -> tuple[LevelRow, ...]:
    found = _figures(told, facts)
    levels = found.levels if found else ()
    return tuple(LevelRow(facts.mechanism.level_word(Level(name)), rate) for name, rate in levels)


def _rankings(told: Told, facts: Facts) -> tuple[RankTable, ...]:
    found, before = _figures(told, facts), _before(told, facts)
    return tuple(
        RankTable(each, before.ranking_like(each) if before else None, whole)
        for each in (found.rankings if found else ())
        if each.places and found
        for whole in (found.by_project if each.basis == RateBasis.PROJECT.value else found.by_approval,)
    )


def _trend(told: Told, facts: Facts) -> tuple[TrendRow, ...]:
    """Return the figures of this period and of those of the year before it, as far as they were kept, oldest first."""
    rows, period = [], told.period
    for _ in range(POINTS):
        state = facts.past.at_end_of(period)
        figures = _figures(told, facts) if period == told.period else state.figures if state else None
        if figures:
            rows.append(TrendRow(period.short_name.removeprefix(f"{period.year}年"), figures))
        if period.place == 1:
            break
        period = period.before
    return tuple(reversed(rows))


def _once(of: _Approvals) -> _Approvals:
    """Return the same, worked out once for the sheets of a day: several fields are about it."""

    def value(told: Told, facts: Facts) -> tuple[Approval, ...]:
        key = (of, told.period)
        if key not in facts.kept:
            facts.kept[key] = of(told, facts)
        found: tuple[Approval, ...] = facts.kept[key]
        return found

    return value


@_once
def _late(_told: Told, facts: Facts) -> tuple[Approval, ...]:
    """Return what is late, by unit, the longest first."""
    late = [each for each in facts.owed if each.light is Light.RED]
    late.sort(key=lambda each: (each.approval.unit.order, each.day or facts.today))
    return tuple(each.approval for each in late)


def _late_by_unit(told: Told, facts: Facts) -> str:
    return _counted(each.unit.short_name for each in _late(told, facts))


def _done_by_item(told: Told, facts: Facts) -> str:
    return _counted(each.item.name for each in sorted(_done(told, facts), key=lambda each: each.item.order))


def _counted(names: Iterable[str]) -> str:
    """Return how often each name comes, as a sentence lists it: 县水利局2项、县住建局1项."""
    return "、".join(f"{name}{count}项" for name, count in Counter(names).items())


def _late_above(told: Told, facts: Facts) -> int:
    return sum(not is_ranked(each.unit, facts.records) for each in _late(told, facts))


def _late_projects(told: Told, facts: Facts) -> int:
    return len({each.project.number for each in _late(told, facts)})


@_once
def _due_next(told: Told, facts: Facts) -> tuple[Approval, ...]:
    """Return what comes due from the day of the figures to the end of the next period, the nearest first."""
    last = told.period.after.end
    due = [(each.day, each.approval) for each in facts.owed if each.day and facts.today <= each.day <= last]
    return tuple(each for _, each in sorted(due, key=lambda pair: (pair[0], pair[1].unit.order)))


def _is_in(day: date | None, told: Told, facts: Facts) -> bool:
    """Whether a day lies in the part of a period that is told of."""
    return day is not None and told.period.start <= day <= min(told.period.end, facts.today)


@_once
def _done(told: Told, facts: Facts) -> tuple[Approval, ...]:
    """Return what was done in the period, of what counts."""
    return tuple(
        each
        for each in facts.records.of(Approval)
        if each.state is ApprovalState.DONE and _is_in(each.done, told, facts)
        and is_listed(each.project) and is_needed(each) and each.item.counted
    )  # fmt: skip


def _bottlenecks(test: Callable[[Bottleneck, Told, Facts], bool]) -> Callable[[Told, Facts], tuple[Any, ...]]:
    return lambda told, facts: tuple(each for each in facts.records.of(Bottleneck) if test(each, told, facts))


def _is_overdue(each: Bottleneck | Supervision, facts: Facts) -> bool:
    owed, day = term_of(each)
    return owed and day is not None and day < facts.today


def _unanswered(_told: Told, facts: Facts) -> tuple[Supervision, ...]:
    return tuple(
        each
        for each in facts.records.of(Supervision)
        if each.reply_by and each.reply_by < facts.today and reply_owed(each, facts.records)
    )


def _supervised_late(_told: Told, facts: Facts) -> tuple[Supervision, ...]:
    return tuple(each for each in facts.records.of(Supervision) if _is_overdue(each, facts))


def _returns(told: Told, facts: Facts) -> list[Return]:
    return [each for each in facts.records.of(Return) if _is_in(each.due, told, facts)]


def _returned_late(told: Told, facts: Facts) -> tuple[Return, ...]:
    return tuple(each for each in _returns(told, facts) if each.returned and each.returned > each.due)


def _not_returned(told: Told, facts: Facts) -> tuple[Return, ...]:
    return tuple(each for each in _returns(told, facts) if not each.returned and each.due < facts.today)


def _by_unit(of: Callable[[Told, Facts], tuple[Return, ...]]) -> Callable[[Told, Facts], str]:
    """Return what tells how often each unit is among some returns, and with what; alike ones together."""

    def value(told: Told, facts: Facts) -> str:
        units = grouped(of(told, facts), lambda each: each.unit.short_name)
        alike = grouped(
            units.items(), lambda each: (len(each[1]), tuple(dict.fromkeys(one.matter for one in each[1])))
        )
        said = []
        for (count, matters), of_them in alike.items():
            each = "各" if len(of_them) > 1 else ""
            said.append(f"{'、'.join(unit for unit, _ in of_them)}{each}{count}次（{'、'.join(matters)}）")
        return ("，" if len(alike) < len(units) else "、").join(said)

    return value


_RAISED: Final = _bottlenecks(lambda each, told, facts: _is_in(each.raised, told, facts))
_CLOSED: Final = _bottlenecks(lambda each, told, facts: _is_in(each.closed, told, facts))
_OPEN: Final = _bottlenecks(lambda each, _told, _facts: each.state.is_open)
_WRONG: Final = (
    (_late,),
    (_RAISED, _CLOSED, _OPEN),
    (_unanswered, _supervised_late),
    (_returned_late, _not_returned),
)


def _kinds_of_trouble(told: Told, facts: Facts) -> int:
    """Return of how many kinds there is something to say: late approvals, bottlenecks, supervision, returns."""
    return sum(any(of(told, facts) for of in kind) for kind in _WRONG)


def _listed(kind: ListChangeKind) -> Callable[[Told, Facts], tuple[ListChange, ...]]:
    return lambda told, facts: tuple(
        each
        for each in facts.records.of(ListChange)
        if each.kind is kind and _is_in(each.effective, told, facts)
    )


PERIOD_FIELDS: Final = (
    Field("数据日期", lambda told, facts: facts.at_end_of(told.period).today, date, help="数据表是哪天的"),
    Field("本期简称", lambda told, _: _THIS[told.period.kind], str, help="句中用：本周、本旬、本月"),
    Field("上期简称", lambda told, _: _LAST.get(told.period.kind, "上期"), str, help="句中用：上周、上月、上期"),
    Field("下期末", lambda told, _: told.period.after.end, date, help="下一个时段的最后一天"),
    Field("首期", lambda told, _: told.period.place == 1, bool, help="本年第一期，不与上年比较"),
    Field("有上期", lambda told, facts: _before(told, facts) is not None, bool, help="上期末有快照，可以比较"),
    Field("清单年度", lambda told, facts: facts.at_end_of(told.period).mechanism.year, int, help="那天的清单是哪年的"),
    Field("清单项目", _of(lambda found: found.projects), int, help="终稿中的项目数"),
    Field("应办", _of(lambda found: found.by_approval.needed), int, help="计入办结率的手续数，不含无需办理的"),
    Field("已办结", _of(lambda found: found.by_approval.done), int),
    Field("未办结", _of(lambda found: found.by_approval.missing), int),
    Field("未办结情况", _of(_states), str, help="句中用：已受理30项、正在补正6项"),
    Field("办结率", _of(lambda found: found.by_approval.words), str, help="以手续计"),
    Field("应办项目", _of(lambda found: found.by_project.needed), int, help="有手续要办的项目数"),
    Field("办结项目", _of(lambda found: found.by_project.done), int, help="手续全部办结的项目数"),
    Field("项目办结率", _of(lambda found: found.by_project.words), str, help="以项目计"),
    Field("应办变化", _change(lambda found: found.by_approval.needed, "项"), str, help="与上期末比：增加3项、持平"),
    Field("办结变化", _change(lambda found: found.by_approval.done, "项"), str),
    Field("办结率变化", _points(lambda found: found.by_approval), str, help="与上期末比：提高2.1个百分点、持平"),
    Field("办结项目变化", _change(lambda found: found.by_project.done, "个"), str),
    Field("项目办结率变化", _points(lambda found: found.by_project), str),
    Field("超期变化", _change(lambda found: found.lights.get(Light.RED.value, 0), "项"), str),
    Field("层级情况", _levels, LevelRow, many=True),
    Field("单位情况", _of(lambda found: tuple(map(UnitRow, found.units))), UnitRow, many=True),
    Field("排名", _rankings, RankTable, many=True, help="按考核规则，没有规则的按审批单位和牵头单位"),
    Field("走势", _trend, TrendRow, many=True, help="本期和以前几期末的数据，有快照的才有"),
    Field("本期办结", _done, Approval, many=True, help="办结日期在本期的"),
    Field("办结事项情况", _done_by_item, str, help="句中用：节能审查2项、施工许可1项，按事项表的次序"),
    Field("下期到期", _due_next, Approval, many=True, help="到下期末要办结的"),
    Field("超期手续", _late, Approval, many=True, help="亮红灯的，按单位"),
    Field("超期情况", _late_by_unit, str, help="句中用：县水利局2项、县住建局1项"),
    Field("上级超期", _late_above, int, help="其中由上级单位审批的项数"),
    Field("超期项目数", _late_projects, int),
    Field("新增问题", _RAISED, Bottleneck, many=True),
    Field("销号问题", _CLOSED, Bottleneck, many=True),
    Field("未销号问题", _OPEN, Bottleneck, many=True),
    Field("超期问题", _bottlenecks(lambda each, _told, facts: _is_overdue(each, facts)), Bottleneck, many=True),
    Field("未答复督办", _unanswered, Supervision, many=True, help="过了答复期限还没有答复的"),
    Field("超期督办", _supervised_late, Supervision, many=True, help="过了办理时限还没有确认的"),
    Field("问题类数", _kinds_of_trouble, int, help="超期手续、堵点难点问题、督办事项、报送情况中有几类有话可说"),
    Field("应报次数", lambda told, facts: len(_returns(told, facts)), int, help="应报日期在本期的"),
    Field("迟报", _returned_late, Return, many=True),
    Field("未报", _not_returned, Return, many=True),
    Field("迟报情况", _by_unit(_returned_late), str, help="句中用：县水利局2次（前期手续台账、堵点难点问题台账）"),
    Field("未报情况", _by_unit(_not_returned), str),
    Field("调入项目", _listed(ListChangeKind.IN), ListChange, many=True, help="生效日期在本期的"),
    Field("调出项目", _listed(ListChangeKind.OUT), ListChange, many=True),
)  # fmt: skip
"""Of a period, beside its name and days."""
