"""通知: a text that somebody wrote as a notice, laid out by its parts; and own kinds of such texts in other forms."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

TEXT = """关于报送办理计划的通知
县水利局、县住建局，各乡镇人民政府：
现将有关事项通知如下。
一、报送内容
（一）办理计划。逐项写明责任人。
二、报送时间
请于2026年3月25日前报我办。
附件：1.办理计划表
2.问题清单
（联系人：白露，联系电话：0990-7000001）
附件1
办理计划表
每个事项写一行。
附件2
问题清单
没有问题的写“无”。
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(TEXT, "utf-8")
    return path


def words_of(path: str) -> list[str]:
    return [each.text for each in docx.Document(path).paragraphs if each.text.strip()]


def test_a_written_notice_is_laid_out_by_its_parts_in_their_order(
    workspace: Path, docgen, text: Path
) -> None:
    (made,) = json.loads(docgen("--json", "draft", "通知", "--text", text).out)["documents"]
    assert made["title"] == "关于报送办理计划的通知"
    assert made["addressee"] == "县水利局、县住建局、各乡镇人民政府"
    words = words_of(made["path"])
    parts = (
        "澄湖县水利局、澄湖县住房和城乡建设局，各乡镇人民政府：",
        "请于2026年3月25日前报我办。",
        "附件：1.\t办理计划表",
        "2.\t问题清单",
        "2026年3月16日",
        "（联系人：白露，联系电话：0990-7000001）",
        "附件1",
        "每个事项写一行。",
        "附件2",
    )
    assert [each for each in words if each in parts] == list(parts)
    linted = docgen("--json", "lint", made["path"])
    assert {each["rule"] for each in json.loads(linted.out)["files"][0]["findings"]} <= {"number-blank"}


def test_a_notice_is_signed_and_the_same_title_comes_again_another_day(
    workspace: Path, docgen, text: Path
) -> None:
    ask = ("draft", "通知", "--text", text)
    assert docgen(*ask).code == 0
    for who, step in (("方知远", "review"), ("万里舟", "sign")):
        assert docgen("--by", who, "doc", step, "1").code == 0
    assert (
        json.loads(docgen("--json", "doc", "show", "1").out)["document"]["number"] == "澄联审办发〔2026〕1号"
    )
    assert "已编号" in docgen(*ask).err
    text.write_text(TEXT.replace("3月25日", "4月25日"), "utf-8")
    assert "2号草稿" in docgen("--date", "2026-04-16", *ask).out
    assert docgen("verify").code == 0


def test_what_a_notice_leaves_out_is_supplied_and_what_is_misspelt_is_asked(
    workspace: Path, docgen, text: Path
) -> None:
    lines = TEXT.replace("县水利局", "县水里局").splitlines()
    text.write_text(
        "\n".join(each for each in lines if not each.startswith(("附件：", "2.", "（联"))), "utf-8"
    )
    ran = docgen("--json", "draft", "通知", "--text", text)
    (made,) = json.loads(ran.out)["documents"]
    words = words_of(made["path"])
    assert "附件：1.\t办理计划表" in words
    assert "（联系人：陶映雪，联系电话：0990-7000216）" in words
    assert "“县水里局”不在单位表中，是不是“县水利局”？" in ran.out


def test_a_notice_to_nobody_is_refused(workspace: Path, docgen, text: Path) -> None:
    text.write_text("关于放假的通知\n现将安排通知如下。\n一、时间\n3天。\n", "utf-8")
    ran = docgen("draft", "通知", "--text", text)
    assert (ran.code, "没有主送单位" in ran.err) == (1, True)


@pytest.mark.parametrize("form", ["信函", "文件", "上行文", "命令", "期刊", "单"])
def test_a_kind_of_written_texts_is_begun_in_each_form(
    workspace: Path, docgen, set_kind, text: Path, form: str
) -> None:
    assert docgen("kind", "new", "来稿", "--form", form, "--for", "正文").code == 0
    set_kind("来稿", "机关代字", "澄联审办稿")
    assert docgen("kind", "check", "来稿").code == 0
    (made,) = json.loads(docgen("--json", "draft", "来稿", "--text", text).out)["documents"]
    assert form == "单" or "请于2026年3月25日前报我办。" in words_of(made["path"])
