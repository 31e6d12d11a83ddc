"""What documents say of several lead units, of terms in days, of where money comes from, of refusals and deferrals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.documents.declared.receivers import receivers_of, rule_of
from docgen.documents.facts import Facts
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import Scope
from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ApprovalState, TermBasis
from docgen.rules.meetings import state_of
from tests.documents.conftest import TODAY, sample


def changed(records: Records, record: type, wanted: Any, **values: Any) -> Records:
    """Return records in which one row has other values, and the rows that link to it link to it still."""
    other = wanted.model_copy(update=values)
    rows = tuple(other if each is wanted else each for each in records.of(record))
    tables: dict[Any, Any] = {**records.tables, record: rows}
    if record is Project:
        tables[Approval] = tuple(
            each.model_copy(update={"project": other}) if each.project is wanted else each
            for each in records.of(Approval)
        )
    return replace(records, tables=tables)


def said(thing: Any, label: str, records: Records | None = None, today: date = TODAY) -> Any:
    return fields_of(type(thing))[label].value(thing, Facts(records or sample(), today))


def led_by_two() -> Records:
    records = sample()
    units = (records.find_unit("县工信局"), records.find_unit("县交通运输局"))
    return changed(records, Project, records.find_project("3"), lead_units=units)


def test_of_several_lead_units_the_first_is_addressed_and_all_are_named(asking) -> None:
    ask = asking("notice", led_by_two())
    drafting = ask.of(3)
    assert "县交通运输局" not in {each.addressee for each in drafting.drafts}
    (first,) = (each for each in drafting.drafts if each.addressee == "县工信局")
    pair = ask.show(first, "各项[].是牵头单位", "各项[].项目.全部牵头单位")["各项"][0]
    assert pair.是牵头单位
    assert list(map(str, pair.项目.全部牵头单位)) == ["澄湖县工业和信息化局", "澄湖县交通运输局"]


@pytest.mark.parametrize(("rule", "count"), [("牵头单位", 1), ("全部牵头单位", 2)])
def test_a_rule_on_copies_can_mean_the_first_or_all_lead_units(rule: str, count: int) -> None:
    records = led_by_two()
    scope = Scope(fields_of(Project, records), {}, records)
    found = receivers_of(
        [rule_of(rule, "文种", scope, records)], records.find_project("3"), Facts(records, TODAY)
    )
    assert [each.short_name for each in found] == ["县工信局", "县交通运输局"][:count]


def test_where_money_comes_from_is_said_in_the_mechanism_s_words_for_levels() -> None:
    records = sample()
    mechanism = records.mechanism
    project = records.find_project("9").model_copy(
        update={
            "central": Decimal("0.50"),
            "provincial": Decimal("0.2"),
            "municipal": None,
            "county": Decimal(0),
        }
        | {"bonds": Decimal(1)}
    )
    assert said(project, "资金来源说明") == "中央资金0.5亿元、省级资金0.2亿元、专项债1亿元"
    words = ("旗县级", "盟市级", "自治区级", "国家级")
    banner = changed(records, Mechanism, mechanism, level_words=words)
    assert said(project, "资金来源说明", banner) == "中央资金0.5亿元、自治区级资金0.2亿元、专项债1亿元"


def test_a_term_in_days_is_no_number_of_working_days() -> None:
    items = {each.name: each for each in sample().of(Item)}
    found = {
        name: [said(items[name], label) for label in ("法定工作日", "法定时限说明", "法定时限简写")]
        for name in ("环境影响报告书审批", "取水许可", "立项（备案）", "新增建设用地审批")
    }
    assert found == {
        "环境影响报告书审批": [None, "60日", "60日"],
        "取水许可": [45, "45个工作日", "45"],
        "立项（备案）": [0, "即办", "即办"],
        "新增建设用地审批": [None, None, None],
    }


@pytest.mark.parametrize(("basis", "word"), [(TermBasis.STATUTORY, "法定"), (TermBasis.PROMISED, "承诺")])
def test_a_missed_latest_submission_names_the_term_it_is_counted_by(basis: TermBasis, word: str) -> None:
    records = changed(sample(), Mechanism, sample().mechanism, term_basis=basis)
    planning = next(
        each
        for each in records.of(Approval)
        if (each.project.number, each.item.name) == (3, "建设工程规划许可")
    )
    demand = said(planning, "时限要求", records, date(2026, 6, 29))
    assert demand == f"按{word}时限倒排已逾最迟申报日期，请督促申报单位即行申报，于2026年6月30日前办结"


def test_what_must_be_done_first_and_is_not_is_named() -> None:
    approvals = {each.item.name: each for each in sample().of(Approval) if each.project.number == 3}
    waiting = said(approvals["新增建设用地审批"], "前置未办结")
    assert [each.item.name for each in waiting] == ["用地预审与选址意见书"]  # 备案 is done
    assert said(approvals["水土保持方案"], "前置未办结") is None
    assert [each.name for each in said(approvals["建设工程规划许可"].item, "前置事项")] == [
        "建设用地规划许可"
    ]


def test_a_day_of_another_year_than_the_documents_shows_its_year() -> None:
    """In narrow columns, whichever year the list is of; and how a decision was carried out."""
    approval = next(each for each in sample().of(Approval) if each.state is ApprovalState.NOT_SUBMITTED)
    past = approval.model_copy(update={"planned": date(2025, 12, 26)})
    assert said(past, "办理时限简写") == "2025年\n12月26日"
    assert said(past, "办理时限简写", today=date(2025, 12, 1)) == "12月26日"
    carried_out = next(each for each in sample().of(Decision) if each.done)
    told = [state_of(carried_out, day, Facts(sample(), TODAY).calendar) for day in (TODAY, date(2027, 1, 4))]
    assert told[1] == f"2026年{told[0]}"


def test_what_was_refused_is_not_owed_and_has_no_deadline_and_is_said_apart() -> None:
    approval = next(each for each in sample().of(Approval) if each.state is ApprovalState.NOT_SUBMITTED)
    refused = approval.model_copy(update={"state": ApprovalState.REFUSED})
    labels = ("待办", "亮灯", "办理时限", "办理时限简写", "剩余工作日", "办理情况")
    assert [said(refused, label) for label in labels] == [False, "不予许可", None, "—", None, "不予许可"]


@pytest.mark.parametrize(
    ("today", "missing", "late"),
    [
        (date(2026, 3, 20), ("甲",), None),
        (date(2026, 3, 21), ("甲",), 0),  # a Saturday
        (date(2026, 3, 24), ("甲",), 2),
        (date(2026, 3, 24), (), None),
    ],
)
def test_papers_promised_by_a_day_are_late_after_it(
    today: date, missing: tuple[str, ...], late: int | None
) -> None:
    approval = next(each for each in sample().of(Approval) if each.state is ApprovalState.ACCEPTED)
    deferred = approval.model_copy(update={"missing": missing, "deferred_until": date(2026, 3, 20)})
    assert said(deferred, "容缺超期工作日", today=today) == late


def test_a_slip_on_deferred_prerequisites_gives_the_day_that_was_promised_for_them(asking) -> None:
    drafting = asking("slip").all()
    found = [each for each in drafting.drafts if each.file_name.endswith("取水许可-容缺")]
    limits = [asking("slip").show(each, "时限")["时限"] for each in found]
    assert limits == ["2026年3月20日前（剩余4个工作日）"]


def test_what_is_doubtful_is_said_of_the_projects_that_are_drafted_and_bars_nothing(asking) -> None:
    records = changed(
        sample(), Project, sample().find_project("3"), total_investment=Decimal(18600), checked=None
    )
    ask = asking("notice", records)
    found = [(len(each.drafts), [a.text for a in each.advices if a.code == "value-doubtful"]) for each in
             (ask.of(3), ask.of(4))]  # fmt: skip
    words = "「总投资（亿元）」：写的是18600亿元，是不是18600万元（1.86亿元）？"
    assert [count > 0 for count, _ in found] == [True, True]
    assert [[each.partition("「")[2] for each in told] for _, told in found] == [[words[1:]], []]


def test_what_was_answered_in_the_sheet_is_not_said_when_drafting(asking) -> None:
    project = sample().find_project("3")
    values = {"total_investment": Decimal(18600), "checked": "已核"}
    told = asking("notice", changed(sample(), Project, project, **values)).of(3).advices
    assert not [each for each in told if each.code == "value-doubtful"]


def test_what_must_be_done_before_is_said_of_what_is_not_submitted() -> None:
    """Whoever approves last is not urged as if nothing else were in the way."""
    waiting = next(
        each for each in sample().of(Approval) if each.state.before_submission and said(each, "前置未办结")
    )
    first = said(waiting, "前置未办结")[0].item.name
    assert f"，前置的{first}" in said(waiting, "办理情况")
    accepted = changed(sample(), Approval, waiting, state=ApprovalState.ACCEPTED)
    (again,) = [
        each for each in accepted.of(Approval) if (each.project, each.item) == (waiting.project, waiting.item)
    ]
    assert "前置" not in said(again, "办理情况", accepted)


def test_a_day_of_another_year_stands_in_a_narrow_column_on_two_lines() -> None:
    """Broken anywhere it reads 2027年1月31, 日: the year stands above the day."""
    approval = next(each for each in sample().of(Approval) if each.state is ApprovalState.NOT_SUBMITTED)
    shown = [
        said(approval.model_copy(update={"planned": day}), "办理时限简写")
        for day in (date(2026, 12, 31), date(2027, 1, 31))
    ]
    assert shown == ["12月31日", "2027年\n1月31日"]
