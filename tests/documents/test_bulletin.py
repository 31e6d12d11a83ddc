"""通报: its figures agree with the sheets to the last item, on the sample and on sheets made at random."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Draft
from docgen.documents.labels.views import tree_of
from docgen.documents.past import Past
from docgen.documents.periods import Told
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.mechanism import DeadlineRule
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.spans import PeriodName
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, ListStage
from docgen.rules.figures import Figures, figures_of
from docgen.rules.periods import read_period
from tests.documents.conftest import TODAY, Asking, bound, sample

PERIOD = read_period("2026-03上旬")


@dataclass(frozen=True)
class Kept:
    """Sheets that were kept."""

    day: date
    records: Records

    @property
    def taken(self) -> date:
        return self.day

    @property
    def figures(self) -> Figures:
        return figures_of(self.records, self.day, Facts(self.records, self.day).calendar)


def shown(records: Records, *paths: str, kept: Iterable[Kept] = (), period: Any = PERIOD) -> dict[str, Any]:
    """Return what the serial of a period shows of it."""
    kept = tuple(kept)
    facts = Facts(records, TODAY, past=Past(lambda: kept))
    (draft,) = told(facts, period)
    (this,) = draft.compute(TODAY, tree_of(f"本项.{path}" for path in paths)).values()
    return dict(this.__labels__)


@cache
def serial() -> Kind:
    """Return the kind, bound once: these sheets have the sample's settings."""
    return bound(sample(), "工作通报")


def told(facts: Facts, period: Any) -> list[Draft]:
    return drafts(serial(), facts, Asked(items=(Told.on(period, facts.today),))).drafts


UNITS = (*range(6), 15, 16)
DAYS = st.integers(0, 68)
ROWS = st.tuples(
    st.integers(0, 99), st.sampled_from(UNITS), st.sampled_from(list(ApprovalState)), st.none() | DAYS, DAYS
)
SHEETS = st.tuples(
    st.lists(ROWS, max_size=30, unique_by=lambda row: row[0]),
    st.lists(st.sampled_from((ListStage.FINAL, ListStage.FINAL, ListStage.DRAFT)), min_size=8, max_size=8),
    st.lists(st.sampled_from((None, *UNITS[:3])), min_size=8, max_size=8),
)
"""Rows of approvals (which of the sample's, unit, state, days of deadline and end), stages and lead units."""


def made(drawn: Any) -> Records:
    """Return sheets of eight projects as they were drawn."""
    rows, stages, leads = drawn
    whole = sample()
    units = whole.of(Unit)
    projects = {
        each.number: each.model_copy(
            update={"stage": stage, "lead_units": () if lead is None else (units[lead],)}
        )
        for each, stage, lead in zip(whole.of(Project)[:8], stages, leads, strict=True)
    }
    among = [each for each in whole.of(Approval) if each.project.number in projects]
    approvals = tuple(
        among[place % len(among)].model_copy(
            update={
                "project": projects[among[place % len(among)].project.number],
                "unit": units[unit],
                "state": state,
                "planned": None if planned is None else date(2026, 2, 1) + timedelta(planned),
                "done": date(2026, 2, 1) + timedelta(done),
            }
        )
        for place, unit, state, planned, done in rows
    )
    tables = {Project: tuple(projects.values()), Approval: approvals, DeadlineRule: ()}
    return Records({**whole.tables, **tables})


def counts(approvals: Iterable[Approval]) -> tuple[int, int]:
    """Return how many are needed and count, and how many of these are done."""
    needed = done = 0
    for each in approvals:
        if each.project.stage.value == "终稿" and each.state.value != "无需办理" and each.item.counted:
            needed += 1
            done += each.state.value == "办结"
    return needed, done


def percent(done: int, needed: int) -> str:
    if not needed:
        return "—"
    tenths = (Decimal(done * 100) / needed).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < done < needed:
        tenths = min(max(tenths, Decimal("0.1")), Decimal("99.9"))
    return f"{tenths:f}".removesuffix(".0") + "%"


@settings(max_examples=50, deadline=None)
@given(SHEETS)
def test_figures_agree_with_a_plain_count_of_any_sheets(drawn: Any) -> None:
    records = made(drawn)
    approvals = records.of(Approval)
    found = shown(
        records, "应办", "已办结", "未办结", "办结率", "应办项目", "办结项目", "清单项目", "未办结情况",
        "层级情况[].应办", "层级情况[].已办结", "单位情况[].单位", "单位情况[].应办", "单位情况[].已办结",
        "单位情况[].超期", "问题类数", "超期手续[].审批事项", "超期手续[].项目",
        "本期办结[].审批事项", "本期办结[].项目",
    )  # fmt: skip
    needed, done = counts(approvals)
    assert (found["应办"], found["已办结"], found["未办结"]) == (needed, done, needed - done)
    assert found["办结率"] == percent(done, needed)
    by_project = [counts(each for each in approvals if each.project is one) for one in records.of(Project)]
    assert found["应办项目"] == sum(1 for needed, _ in by_project if needed)
    assert found["办结项目"] == sum(1 for needed, done in by_project if needed and needed == done)
    assert found["清单项目"] == sum(1 for each in records.of(Project) if each.stage.value == "终稿")
    assert sum(each.应办 for each in found["层级情况"]) == needed
    assert sum(each.已办结 for each in found["层级情况"]) == done
    assert sum(each.应办 for each in found["单位情况"]) == needed
    for unit in found["单位情况"]:
        mine = [each for each in approvals if each.unit.short_name == unit.单位]
        assert (unit.应办, unit.已办结) == counts(mine)
        assert unit.超期 == len(late(mine))
    assert (
        found["问题类数"] == bool(late(approvals)) + 3
    )  # bottlenecks, supervision and returns are the sample's
    named = sorted((each.项目, each.审批事项) for each in found["超期手续"])
    assert named == sorted((each.project.name, each.item.name) for each in late(approvals))
    within = [
        each
        for each in approvals
        if counts([each])[1] and date(2026, 3, 1) <= (each.done or TODAY) <= date(2026, 3, 10)
    ]
    assert sorted((each.项目, each.审批事项) for each in found["本期办结"]) == sorted(
        (each.project.name, each.item.name) for each in within
    )
    spoken = [int("".join(filter(str.isdigit, part))) for part in found["未办结情况"].split("、") if part]
    assert sum(spoken) == needed - done


def late(approvals: Iterable[Approval]) -> list[Approval]:
    """Return what a listed project owes and should have had by a day before today."""
    return [
        each
        for each in approvals
        if each.project.stage.value == "终稿"
        and each.state.value not in ("办结", "无需办理", "不予许可")
        and each.planned
        and each.planned < TODAY
    ]


@settings(max_examples=40, deadline=None)
@given(SHEETS, SHEETS)
def test_ranks_and_changes_agree_with_a_plain_count_of_both_sheets(drawn: Any, drawn_before: Any) -> None:
    now, before = made(drawn), made(drawn_before)
    found = shown(
        now, "排名[].名称", "排名[].各位[].位次", "排名[].各位[].单位", "排名[].各位[].应办",
        "排名[].各位[].已办结", "排名[].各位[].变动", "排名[].合计说明", "办结变化", "办结率变化", "应办变化",
        kept=[Kept(date(2026, 2, 28), before)],
    )  # fmt: skip
    ranks = {"now": plain_ranks(now), "before": plain_ranks(before)}
    tables = [each for each in found["排名"] if each.名称.startswith("审批单位")]
    shown_ranks = {row.单位: (row.位次, row.应办, row.已办结) for each in tables for row in each.各位}
    assert shown_ranks == ranks["now"]
    above = counts(each for each in now.of(Approval) if each.unit.level.value != "县级")[0]
    for said in (str(each.合计说明 or "") for each in tables):
        assert (f"其余{above}项由上级单位审批，不参加排名" in said) == bool(above and ranks["now"])
    for row in (row for each in tables for row in each.各位):
        was = ranks["before"].get(row.单位)
        if was is None:
            assert row.变动 == "新列"
        else:
            steps = was[0] - row.位次
            assert row.变动 == ("—" if not steps else f"↑{steps}" if steps > 0 else f"↓{-steps}")
    (needed, done), (needed_before, done_before) = (counts(each.of(Approval)) for each in (now, before))
    assert found["办结变化"] == change(done - done_before, "增加", "减少", "项")
    assert found["应办变化"] == change(needed - needed_before, "增加", "减少", "项")
    if needed and needed_before:
        rates = [Decimal(percent(*each)[:-1]) for each in ((done, needed), (done_before, needed_before))]
        assert found["办结率变化"] == change(rates[0] - rates[1], "提高", "下降", "个百分点")


def change(more: Any, up: str, down: str, unit: str) -> str:
    size = f"{abs(Decimal(more)):f}"
    return f"{up if more > 0 else down}{size.removesuffix('.0')}{unit}" if more else "持平"


def plain_ranks(records: Records) -> dict[str, tuple[int, int, int]]:
    """Return rank, needed and done of each unit of the county: one more than there are better ones."""
    rates = {}
    for unit in records.of(Unit):
        needed, done = counts(each for each in records.of(Approval) if each.unit is unit)
        if needed and unit.level.value == "县级":
            rates[unit.short_name] = (needed, done)
    return {
        name: (1 + sum(d * needed > done * n for n, d in rates.values()), needed, done)
        for name, (needed, done) in rates.items()
    }


def test_nothing_is_compared_without_a_snapshot_nor_in_the_first_period_of_a_year() -> None:
    alone = shown(sample(), "有上期", "办结变化", "排名[].各位[].变动")
    assert alone["有上期"] == "否"
    assert not alone["办结变化"]
    assert not any(row.变动 for each in alone["排名"] for row in each.各位)
    kept = [Kept(date(2025, 12, 31), sample())]
    first = shown(sample(), "首期", "有上期", "办结变化", kept=kept, period=read_period("2026-01上旬"))
    assert (first["首期"], first["有上期"]) == ("是", "否")
    assert not first["办结变化"]


def test_a_past_period_is_told_from_its_snapshot_as_of_that_day() -> None:
    done = tuple(
        each.model_copy(update={"state": ApprovalState.NOT_SUBMITTED, "done": None})
        for each in sample().of(Approval)
    )
    then = Records({**sample().tables, Approval: done})
    found = shown(sample(), "数据日期", "已办结", "应办", kept=[Kept(date(2026, 3, 9), then)])
    assert (found["数据日期"], found["已办结"]) == ("2026年3月9日", 0)
    later = shown(sample(), "数据日期", "已办结", kept=[Kept(date(2026, 3, 9), then)],
                  period=read_period("2026-03中旬"))  # fmt: skip
    assert later["数据日期"] == "2026年3月16日"  # the period runs: today's sheets
    assert later["已办结"] > 0


@pytest.mark.parametrize(
    ("kind", "lengths"), [("通报", ["月"]), ("工作通报", ["周", "旬", "半月"]), ("调度日报", ["日"])]
)
def test_the_form_follows_from_the_length_of_the_period(kind: str, lengths: list[str]) -> None:
    asking = Asking(kind)
    assert [each for one in asking.kind.variants for each in one.source.kinds] == lengths
    assert asking.kind.form.name == {"通报": "文件", "工作通报": "期刊", "调度日报": "清单"}[kind]


def test_bottlenecks_and_returns_of_a_period_agree_with_their_sheets() -> None:
    records = sample()
    found = shown(
        records, "新增问题[].编号", "销号问题[].编号", "未销号问题[].编号", "超期问题[].编号", "应报次数",
        "迟报[].单位", "未报[].单位", "未报情况",
    )  # fmt: skip
    all_ = records.of(Bottleneck)
    first, last = date(2026, 3, 1), date(2026, 3, 10)
    plain = {
        "新增问题": [each.number for each in all_ if first <= each.raised <= last],
        "销号问题": [each.number for each in all_ if each.closed and first <= each.closed <= last],
        "未销号问题": [each.number for each in all_ if not each.closed],
        "超期问题": [each.number for each in all_ if not each.closed and (each.deadline or TODAY) < TODAY],
    }
    for name, numbers in plain.items():
        assert [each.编号 for each in found[name]] == numbers
    returns = [each for each in records.of(Return) if first <= each.due <= last]
    missing = [each.unit.short_name for each in returns if not each.returned]
    behind = [each for each in returns if each.returned and each.returned > each.due]
    assert (found["应报次数"], len(found["迟报"]), len(found["未报"])) == (
        len(returns), len(behind), len(missing),
    )  # fmt: skip
    assert all(f"{unit}{missing.count(unit)}次" in found["未报情况"] for unit in missing)


def test_units_that_owe_the_same_returns_are_named_together() -> None:
    """Seven units that owe the same two ledgers are one sentence, not seven brackets."""
    one, other, third = sample().of(Unit)[2:5]
    owed = tuple(
        Return(unit=unit, period=PeriodName("2026年3月上旬"), matter=matter, due=date(2026, 3, 10))
        for unit, matters in ((one, ("甲表", "乙表")), (other, ("甲表", "乙表")), (third, ("甲表",)))
        for matter in matters
    )
    found = shown(Records({**sample().tables, Return: owed}), "未报情况")
    assert found["未报情况"] == (
        f"{one.short_name}、{other.short_name}各2次（甲表、乙表），{third.short_name}1次（甲表）"
    )
