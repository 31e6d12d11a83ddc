"""An office's own kinds for the sheets of bottlenecks, meetings, decisions and supervision draft from the sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def begin(docgen, workspace: Path, set_kind, title: str, source: str, wording: str, to: str) -> None:
    """Begin a kind with `kind new`, address it, write its text and give it a number code."""
    began = docgen("kind", "new", title, "--form", "信函", "--for", source)
    assert began.code == 0, began.err
    declaration = workspace / "kinds" / f"{title}.toml"
    declaration.write_text(declaration.read_text("utf-8").replace("各成员单位", to), "utf-8")
    (workspace / "kinds" / f"{title}.txt").write_text(wording, "utf-8")
    set_kind(title, "机关代字", "澄联审办函")
    checked = docgen("kind", "check", title)
    assert checked.code == 0, checked.out + checked.err


def words_of(path: Path) -> str:
    import docx

    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def drafted(docgen, *arguments: str) -> list[dict[str, str]]:
    ran = docgen("--json", "draft", *arguments)
    assert ran.code == 0, ran.err
    found: list[dict[str, str]] = json.loads(ran.out)["documents"]
    return found


@pytest.mark.parametrize(
    ("source", "wording", "to", "item", "said"),
    [
        (
            "问题",
            "请协调解决：{{ 本项.问题 }}（{{ 本项.类别 }}）。请于{{ 本项.完成时限 }}前办理。\n",
            "责任单位",
            "问2026-009",
            "请协调解决：下游灌区管理所的水事权益协调意见由谁出面取得（要件）。请于2026年2月28日前办理。",
        ),
        (
            "会议",
            "定于{{ 本项.日期 }}{{ 本项.时间 }}召开{{ 本项.会议名称 }}，由{{ 本项.主持人 }}主持。\n",
            "参会单位",
            "会2026-07",
            "定于2026年3月20日上午9:00召开抽水蓄能、风电和公路项目林地草地手续专题协调会，由邵立堃主持。",
        ),
        (
            "督办",
            "督办{{ 本项.督办事项 }}，请于{{ 本项.答复期限 }}前答复，涉及{{ 本项.议定事项.会议.会议名称 }}。\n",
            "承办单位",
            "督办〔2026〕009号",
            "督办可降解包装制品生产线项目环评现场核查意见反馈，请于2026年3月12日前答复，涉及澄湖县",
        ),
    ],
    ids=["问题", "会议", "督办"],
)
def test_a_kind_begun_for_a_sheet_drafts_from_it(
    workspace: Path, docgen, set_kind, source: str, wording: str, to: str, item: str, said: str
) -> None:
    begin(docgen, workspace, set_kind, "转办函", source, wording, to)
    (made,) = drafted(docgen, "转办函", "--item", item)
    assert said in words_of(Path(made["path"]))


def test_decisions_are_selected_by_their_meeting_and_go_to_who_carries_them_out(
    workspace: Path, docgen, set_kind
) -> None:
    begin(
        docgen,
        workspace,
        set_kind,
        "议定事项交办函",
        "议定事项",
        "请办理：{{ 本项.议定事项 }}。\n",
        "责任单位",
    )
    shown = docgen("kind", "show", "议定事项交办函").out
    assert "--meeting" in shown
    by_number = drafted(docgen, "议定事项交办函", "--meeting", "会2026-02", "--dry-run")
    by_name = drafted(docgen, "议定事项交办函", "--meeting", "柳堰河防洪工程前期手续专题", "--dry-run")
    assert len(by_number) == len(by_name) == 4  # the fifth is the host unit's, which gets none
    assert {each["addressee"] for each in by_number} == {"县水利局", "县应急局"}
    none = docgen("draft", "议定事项交办函", "--meeting", "会2026-07", "--dry-run")
    assert (none.code, "没有需要制发议定事项交办函的事项" in none.err) == (0, True)
    unknown = docgen("draft", "议定事项交办函", "--meeting", "会2025-01")
    assert (unknown.code, "没有找到会议“会2025-01”" in unknown.err) == (2, True)


def test_a_kind_without_meetings_refuses_to_select_by_them(docgen, workspace: Path) -> None:
    ran = docgen("draft", "催办函", "--meeting", "会2026-02")
    assert (ran.code, "催办函不能用 --meeting 选" in ran.err) == (2, True)
