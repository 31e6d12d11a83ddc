"""The 移出说明: every project that was taken off the list with its reason, clause and the owner's view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docgen.model.changes import ListChange
from docgen.model.values import ListChangeKind
from tests.documents.conftest import sample
from tests.documents.papers import assert_clean, assert_whole_life, drafted, words_of


def removed() -> list[ListChange]:
    return [each for each in sample().of(ListChange) if each.approved and each.kind is ListChangeKind.OUT]


def test_each_removed_project_has_its_reason_clause_and_the_owners_view(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "removal", "--all")
    words = words_of(made["path"])
    assert len(removed()) == 2
    assert f"下列{len(removed())}个项目" in words
    for each in removed():
        said = f"{each.reason}。移出依据：{each.clause}。业主意见：{each.owner_view}。"
        assert f"{each.project.name}（第{each.project.number}号）。{said}" in words
        assert str(each.project.code) in words
        assert str(each.project.registration) in words
    assert_clean(docgen, made["path"])
    assert_whole_life(docgen)


def test_one_project_that_is_named_is_explained_alone(workspace: Path, docgen, set_setting) -> None:
    set_setting("移出说明", "签字栏", "是")
    (made,) = drafted(docgen, "removal", "--project", "31")
    words = words_of(made["path"])
    assert "临渡镇日产600吨特种玻璃生产线项目（第31号）移出2026年重大项目清单" in words
    assert "第30号" not in words
    assert "单位主要负责人（签字）：" in words
    assert_clean(docgen, made["path"])


def test_a_value_that_is_missing_is_named_with_its_cell(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("清单调整", "调2026-05", "业主意见", None, "调整")
    ran = docgen("removal", "--all")
    assert ran.code == 1
    assert "「业主意见」" in ran.err


def test_a_reason_that_says_nothing_is_asked_about(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("清单调整", "调2026-05", "理由", "不符合要求", "调整")
    for arguments in (("removal", "--all", "--dry-run"), ("check",)):
        assert "只写了“不符合要求”，请写明具体是什么原因" in docgen(*arguments).err


def test_a_removal_that_is_only_applied_for_needs_no_statement(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    for number in ("调2026-01", "调2026-05"):
        edit("清单调整", number, "批准日期", None, "调整")
        edit("清单调整", number, "生效日期", None, "调整")
    assert "没有已经批准而没有说明的移出项目" in docgen("removal", "--all").err
