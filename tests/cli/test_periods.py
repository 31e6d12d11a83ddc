"""Documents made for a period: by default the last one over, once; one that runs up to the day; replaced as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

BULLETIN = """
title = "办理情况通报"
form = "文件"
again = "一次"
heading = "关于{{ 本项.名称 }}前期手续办理情况的通报"
file_name = "{{ 本项.简称 }}"

[[made_for]]
source = "时段"
kinds = ["月", "周"]
to = ["各成员单位"]

[[rows]]
name = "办结"
of = "手续"
when = "办结日期 >= 本项.起 and 办结日期 <= 本项.截至"
order = ["办结日期"]

[[rows]]
name = "上期办结"
of = "手续"
when = "办结日期 >= 本项.上一时段.起 and 办结日期 <= 本项.上一时段.止"
"""
WORDING = """
{{ 本项.名称 }}（{{ 本项.起 }}至{{ 本项.止 }}，{{ 本项.天数 }}天）办结{{ 办结|length }}项，上期{{ 上期办结|length }}项。
{% for 项 in 办结 %}
{{ 项.项目 }}{{ 项.审批事项 }}，{{ 项.办结日期 }}办结。
{% endfor %}
"""


@pytest.fixture
def bulletin(workspace: Path, set_kind, begin) -> Path:
    """The sample workspace with a bulletin for each month or week."""
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "办理情况通报.toml").write_text(BULLETIN, "utf-8")
    (workspace / "kinds" / "办理情况通报.txt").write_text(WORDING, "utf-8")
    begin("coded", lambda: set_kind("办理情况通报", "机关代字", "澄联审办"))
    return workspace


def documents(docgen) -> list[dict[str, Any]]:
    return json.loads(docgen("--json", "doc", "list").out)["documents"]


def sign(docgen, day: str, *ids: str) -> None:
    for who, *step in (("方知远", "review"), ("万里舟", "sign")):
        taken = docgen("--date", day, "--by", who, "doc", *step, *ids)
        assert taken.code == 0, taken.err


def words_of(document: dict[str, Any]) -> str:
    import docx

    return "\n".join(each.text for each in docx.Document(document["path"]).paragraphs)


def titles(docgen) -> list[str]:
    return [
        each["title"].removeprefix("关于").removesuffix("前期手续办理情况的通报")
        for each in documents(docgen)
    ]


def test_all_is_the_last_period_of_each_length_that_is_over(bulletin: Path, docgen) -> None:
    assert docgen("draft", "办理情况通报", "--all").code == 0
    assert titles(docgen) == ["2026年2月", "2026年第11周（3月9日至15日）"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("2026-02", "2026年2月"),
        ("２０２６年２月", "2026年2月"),
        ("2026-W01", "2026年第1周（2025年12月29日至2026年1月4日）"),
        ("2026-03", "2026年3月（截至3月16日）"),
        ("2026-W12", "2026年第12周（3月16日至22日，截至3月16日）"),
    ],
)
def test_a_period_that_is_named_is_told_of_and_one_that_runs_up_to_the_day(
    bulletin: Path, docgen, asked: str, title: str
) -> None:
    assert docgen("draft", "办理情况通报", "--period", asked).code == 0
    assert titles(docgen) == [title]


def test_rows_fall_into_the_period_by_their_dates(bulletin: Path, docgen) -> None:
    from datetime import date

    from docgen.model.approval import Approval
    from docgen.sheets.reading.reader import read_folder

    records = read_folder(bulletin / "data", "data").records
    assert records is not None
    done = [each.done for each in records.of(Approval) if each.done]
    months = [sum(each.year == 2026 and each.month == month for each in done) for month in (1, 2)]
    assert docgen("draft", "办理情况通报", "--period", "2026-02").code == 0
    words = words_of(documents(docgen)[0])
    assert f"2026年2月（2026年2月1日至2026年2月28日，28天）办结{months[1]}项，上期{months[0]}项。" in words
    assert words.count("办结。") == months[1] > 0
    assert any(date(2026, 3, 1) <= each for each in done)  # there was something to leave out


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("--period", "2026-04"), 3, "2026年4月还没有开始（今天是2026年3月16日），不能制发办理情况通报"),
        (
            ("--period", "2026-02上旬"),
            2,
            "办理情况通报按月、周制发，不按旬（“2026年2月上旬”）。是不是：2026年2月",
        ),
        (("--period", "2026-02-10"), 2, "是不是：2026年2月、2026年第7周？"),
        (("--period", "4月"), 2, "2026（都要写年份）"),
        (("--period", "2026-13"), 2, "“2026-13”不是一个时段。可写：2026-01-15、2026-W03（第3周）"),
        (("--period", "2026年3月上询"), 2, "是不是 2026年3月上旬？"),
        ((), 2, "没有说明制发哪些办理情况通报。请加 --period 时段，或 --all。"),
        (("--project", "3"), 2, "办理情况通报不能用 --project 选。可用的有：--period、--all。"),
        (("--document", "3"), 2, "办理情况通报不能用 --document 选"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_words(bulletin: Path, docgen, asked, code, words) -> None:
    refused = docgen("draft", "办理情况通报", *asked)
    assert (refused.code, words in refused.err) == (code, True), refused.err
    assert documents(docgen) == []


def test_all_that_is_wrong_with_periods_is_said_at_once(bulletin: Path, docgen) -> None:
    refused = docgen(
        "draft", "办理情况通报", "--period", "2026-04", "--period", "上月", "--period", "2026-02"
    )
    assert (refused.code, "还没有开始" in refused.err, "“上月”不是一个时段" in refused.err) == (1, True, True)
    assert documents(docgen) == []


def test_a_day_stands_for_the_one_period_that_holds_it(bulletin: Path, docgen) -> None:
    path = bulletin / "kinds" / "办理情况通报.toml"
    path.write_text(path.read_text("utf-8").replace('["月", "周"]', '"周"'), "utf-8")
    assert docgen("draft", "办理情况通报", "--period", "2026-01-15").code == 0
    assert titles(docgen) == ["2026年第3周（1月12日至18日）"]


def test_the_same_period_is_the_same_draft_and_once_signed_is_covered(bulletin: Path, docgen) -> None:
    assert docgen("draft", "办理情况通报", "--period", "2026-02").code == 0
    again = docgen("--date", "2026-03-20", "draft", "办理情况通报", "--period", "2026年2月")
    assert "未变1件" in again.out
    sign(docgen, "2026-03-20", "1")
    refused = docgen("--date", "2026-03-21", "draft", "办理情况通报", "--period", "2026-02")
    assert (refused.code, "不再改动" in refused.err) == (3, True), refused.err
    assert docgen("--date", "2026-03-21", "draft", "办理情况通报", "--all").code == 0
    assert titles(docgen) == ["2026年2月", "2026年第11周（3月9日至15日）"]


def test_what_is_told_of_half_a_month_neither_covers_the_month_nor_stands_beside_it_as_a_draft(
    bulletin: Path, docgen
) -> None:
    assert docgen("draft", "办理情况通报", "--period", "2026-03").code == 0
    renewed = docgen("--date", "2026-03-20", "draft", "办理情况通报", "--period", "2026-03")
    assert "更新1件" in renewed.out
    assert titles(docgen) == ["2026年3月（截至3月20日）"]
    sign(docgen, "2026-03-20", "1")
    same = docgen("--date", "2026-03-20", "draft", "办理情况通报", "--period", "2026-03")
    assert (same.code, "不再改动" in same.err) == (3, True)
    whole = docgen("--date", "2026-04-01", "draft", "办理情况通报", "--period", "2026-03")
    assert "新拟1件" in whole.out
    sign(docgen, "2026-04-01", "2")
    assert titles(docgen) == ["2026年3月（截至3月20日）", "2026年3月"]


def test_the_document_of_a_past_period_is_replaced_by_one_for_that_period_whatever_the_day(
    bulletin: Path, docgen
) -> None:
    for asked in ("2026-02", "2026-03"):
        assert docgen("draft", "办理情况通报", "--period", asked).code == 0
    before = documents(docgen)
    said = [words_of(each) for each in before]
    sign(docgen, "2026-03-16", "1", "2")
    replaced = docgen("--date", "2026-06-10", "doc", "replace", "1", "2", "--remark", "用语有误")
    assert replaced.code == 0, replaced.err
    after = documents(docgen)[2:]
    assert [each["title"] for each in after] == [each["title"] for each in before]
    assert [each["made_for"] for each in after] == [each["made_for"] for each in before]
    assert [words_of(each).replace("2026年6月10日", "2026年3月16日") for each in after] == said
    sign(docgen, "2026-06-10", "3", "4")
    assert [each["state"] for each in documents(docgen)] == ["替换", "替换", "编号", "编号"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kinds = ["月", "周"]\n', "", '制作对象是“时段”的，要写明时段有多长，如 kinds = ["旬"]'),
        ('["月", "周"]', '["月", "双周"]', "“双周”：没有这样长的时段，有：日、周、旬、半月、月、季、年"),
        ('["月", "周"]', '["半个月"]', "是不是“半月”？"),
        ("办结日期 <= 本项.截至", "办结日期 <= 本项.截至日", "是不是“截至”？"),
        ('source = "时段"', 'source = "机制"', "制作对象是“机制”的，不写 kinds"),
        ('source = "时段"', 'source = "时断"', "没有“时断”这种制作对象"),
        ('to = ["各成员单位"]', 'to = ["各成员单位"]\nwhen = "种类 == \'每周\'"', "“种类”没有“每周”这个选项"),
    ],
)
def test_what_a_declaration_says_wrongly_of_periods_is_named(bulletin: Path, docgen, old, new, words) -> None:
    path = bulletin / "kinds" / "办理情况通报.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    checked = docgen("kind", "check", "办理情况通报")
    assert (checked.code, words in checked.out + checked.err) == (1, True), checked.out + checked.err


def test_lists_and_help_say_which_periods_a_kind_is_made_for(bulletin: Path, docgen) -> None:
    assert "时段（月、周）" in docgen("kind", "list").out
    shown = docgen("kind", "show", "办理情况通报").out
    assert "时段（月、周）" in shown
    assert "--period、--all" in shown
    assert "最近一个已经结束的时段" in docgen("draft", "--help").out.replace("\n", "").replace(" ", "")


def test_a_kind_for_periods_and_for_approvals_chooses_among_each_by_its_own_options(
    bulletin: Path, docgen
) -> None:
    path = bulletin / "kinds" / "办理情况通报.toml"
    text = (
        path.read_text("utf-8").split("[[rows]]")[0].replace("本项.名称", "本项").replace("本项.简称", "本项")
    )
    more = '[[made_for]]\nsource = "手续"\nwhen = "待办"\nto = ["审批单位"]\n'
    path.write_text(text + more, "utf-8")
    path.with_suffix(".txt").write_text("请抓紧办理。\n", "utf-8")
    assert docgen("draft", "办理情况通报", "--period", "2026-02").code == 0
    assert titles(docgen) == ["2026年2月"]
    assert docgen("draft", "办理情况通报", "--overdue", "--unit", "县水利局").code == 0
    assert len(titles(docgen)) > 1
    assert not any("周" in each for each in titles(docgen))


def test_what_was_told_of_half_a_month_and_of_the_month_are_replaced_each_by_its_own(
    bulletin: Path, docgen
) -> None:
    for day in ("2026-03-20", "2026-04-01"):
        assert docgen("--date", day, "draft", "办理情况通报", "--period", "2026-03").code == 0
        sign(docgen, day, str(len(documents(docgen))))
    replaced = docgen("--date", "2026-04-02", "doc", "replace", "1", "2", "--remark", "用语有误")
    assert replaced.code == 0, replaced.err
    assert titles(docgen) == ["2026年3月（截至3月20日）", "2026年3月"] * 2
    assert [each["replaces"] for each in documents(docgen)] == [None, None, 1, 2]


def test_a_month_is_told_of_while_what_was_told_of_half_of_it_is_being_replaced(
    bulletin: Path, docgen
) -> None:
    assert docgen("--date", "2026-03-20", "draft", "办理情况通报", "--period", "2026-03").code == 0
    sign(docgen, "2026-03-20", "1")
    assert docgen("--date", "2026-04-01", "doc", "replace", "1", "--remark", "用语有误").code == 0
    assert docgen("--date", "2026-04-01", "draft", "办理情况通报", "--period", "2026-03").code == 0
    assert titles(docgen) == ["2026年3月（截至3月20日）"] * 2 + ["2026年3月"]
    assert [each["replaces"] for each in documents(docgen)] == [None, 1, None]
