"""The 项目清单调整 notice and its papers: what is in, out and changed, with sums; consent by the leader in charge."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.model.changes import ListChange
from docgen.model.project import Project
from docgen.model.values import ListChangeKind, ListStage
from docgen.standard.wording.text import official_date
from tests.documents.conftest import records_in, sample
from tests.documents.papers import assert_clean, assert_whole_life, drafted, words_of


def money(amounts: list[Decimal | None]) -> str:
    return f"{sum((each or Decimal(0) for each in amounts), Decimal(0)):.2f}"


def listed() -> list[Project]:
    return [each for each in sample().of(Project) if each.stage is ListStage.FINAL]


def approved(kind: ListChangeKind) -> list[ListChange]:
    return [each for each in sample().of(ListChange) if each.approved and each.kind is kind]


def test_days_of_approvals_that_no_notice_of_the_list_shows_are_not_asked_about(
    workspace: Path, docgen
) -> None:
    """A deadline on a Saturday is told with the letters that name it."""
    words = "不是工作日，按原定日期列出（第19号项目）"
    assert words not in docgen("list-change", "--all", "--dry-run").err
    assert words in docgen("notice", "--project", "19", "--dry-run").err


def test_the_notice_tells_each_change_and_the_sums_before_and_after(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "list-change", "--all")
    words = words_of(made["path"])
    for kind, verb in ((ListChangeKind.IN, "调入"), (ListChangeKind.OUT, "调出")):
        changes = approved(kind)
        total = money([each.project.total_investment for each in changes])
        year = money([each.project.year_investment for each in changes])
        assert f"{verb}项目{len(changes)}个，总投资{total}亿元，年度计划投资{year}亿元" in words
        for each in changes:
            assert f"{each.project.name}（第{each.project.number}号" in words
    for each in approved(ListChangeKind.CLASS):
        assert f"（第{each.project.number}号）由{each.before}转为{each.after}" in words
    assert "由总投资11.80亿元调整为总投资12.40亿元" in words
    after, into, out = listed(), approved(ListChangeKind.IN), approved(ListChangeKind.OUT)
    joined = {each.project.number for each in into}
    before = [each for each in after if each.number not in joined] + [each.project for each in out]
    plus = [each.total_investment for each in before]
    was = money([*plus, Decimal("11.8") - Decimal("12.4")])  # the figures that were changed
    assert f"调整前，清单共有项目{len(before)}个，总投资{was}亿元" in words
    assert (
        f"调整后，清单共有项目{len(after)}个，总投资{money([each.total_investment for each in after])}亿元"
        in words
    )
    assert all(each.reason not in words for each in sample().of(ListChange))
    assert_clean(docgen, made["path"])


def test_the_notice_is_signed_sealed_and_never_told_twice(workspace: Path, docgen) -> None:
    drafted(docgen, "list-change", "--all")
    assert_whole_life(docgen)
    again = docgen("list-change", "--all", "--dry-run")
    assert "其中的事项未再起草" in again.err
    assert "没有要起草的文件" in again.out


def test_a_month_without_changes_makes_no_notice_and_says_so(workspace: Path, docgen) -> None:
    import openpyxl

    path = workspace / "data" / "调整.xlsx"
    workbook = openpyxl.load_workbook(path)
    for row in workbook["清单调整"].iter_rows(min_row=3):
        row[12].value = row[13].value = None  # 批准日期 and 生效日期
    workbook.save(path)
    ran = docgen("list-change", "--all")
    assert ran.code == 0
    assert "没有已经批准而没有通知的清单调整，不发通知" in ran.err


@pytest.mark.parametrize(
    ("header", "value", "words"),
    [
        ("分管领导同意日期", None, "没有分管领导和同意日期，不能通知"),
        ("分管领导", "邵立堃", "由邵立堃在2026年1月27日同意，按分管表当天分管的是沈若珺"),
    ],
    ids=["without consent", "by another"],
)
def test_a_change_is_refused_that_the_leader_in_charge_did_not_consent_to(
    workspace: Path,
    docgen,
    edit: Callable[..., None],
    set_setting,
    header: str,
    value: str | None,
    words: str,
) -> None:
    edit("清单调整", "调2026-02", header, value, "调整")
    ran = docgen("list-change", "--all")
    assert (ran.code, words in ran.err, "调2026-02" in ran.err) == (3, True, True)
    set_setting("项目清单调整", "须经同意", "否")
    assert docgen("list-change", "--all").code == 0


def test_a_change_that_must_not_be_told_keeps_none_of_the_others_back(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("清单调整", "调2026-02", "分管领导同意日期", None, "调整")
    ran = docgen("--json", "list-change", "--all")
    (made,) = json.loads(ran.out)["documents"]
    words = words_of(made["path"])
    told = [each for each in sample().of(ListChange) if each.approved and each.number != "调2026-02"]
    assert [each.project.name in words for each in told] == [True] * len(told)
    assert "第12号" not in words
    named = docgen("list-change", "--item", "调2026-02", "--item", "调2026-03")
    assert (ran.code, named.code, named.out) == (3, 3, "")


def test_a_project_of_the_list_without_total_investment_is_asked_for(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("项目", 6, "总投资（亿元）", None)
    ran = docgen("list-change", "--all")
    assert ran.code == 1
    assert "总投资" in ran.err
    assert "没有填" in ran.err


def test_one_change_that_is_named_is_told_alone_with_the_list_of_its_day(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "list-change", "--item", "调2026-01")
    words = words_of(made["path"])
    # later: two changes of projects inside the list and one in, one out
    later = [each for each in sample().of(ListChange) if each.approved and each.number > "调2026-01"]
    inward = sum(each.kind is ListChangeKind.IN for each in later)
    outward = sum(each.kind is ListChangeKind.OUT for each in later)
    count = len(listed()) - inward + outward
    assert f"调整前，清单共有项目{count + 1}个" in words
    assert f"调整后，清单共有项目{count}个" in words
    assert "调入项目" not in words
    assert "自2026年1月31日起执行" in words
    assert "（二）更新台账" in words
    content = words.partition("一、调整内容\n")[2].partition("二、调整后的清单")[0]
    assert content.startswith("调出项目1个")  # the only sort of change has no number


def test_each_application_is_printed_for_its_unit_with_reason_and_consent(workspace: Path, docgen) -> None:
    waiting = [each for each in sample().of(ListChange) if not each.approved]
    made = drafted(docgen, "draft", "清单调整申请报告", "--all")
    assert len(made) == len(waiting) > 1
    for each, document in zip(waiting, made, strict=True):
        words = words_of(document["path"])
        assert each.leader is not None
        assert each.consented is not None
        consent = f"{each.leader.name}{official_date(each.consented)}同意"
        for said in (each.unit.name, each.project.name, each.reason, each.number, consent):
            assert said in words
        assert "代章" not in words
        assert "〔2026〕　号" not in words
    assert_clean(docgen, *(each["path"] for each in made))


def test_the_host_units_own_application_is_printed_too(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("清单调整", "调2026-07", "申请单位", "县发改委", "调整")
    made = drafted(docgen, "draft", "清单调整申请报告", "--unit", "县发改委")
    assert [each["addressee"] for each in made] == ["县发改委"]


def test_the_paper_for_approval_shows_reasons_consent_and_what_the_list_would_be(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("清单调整", "调2026-07", "分管领导", "邵立堃", "调整")
    (made,) = drafted(docgen, "draft", "清单调整呈批件", "--all")
    words = words_of(made["path"])
    waiting = [each for each in records_in(workspace).of(ListChange) if not each.approved]
    assert all(each.reason in words for each in waiting)
    assert "分管表中由郝喆分管，与表中所填不一致" in words
    assert "与分管表一致" in words
    assert f"如全部批准，调整后项目{len(listed()) + len(waiting)}个" in words
    assert_clean(docgen, made["path"])
