"""What a clerk is told of documents: which is which, what may follow, what is missing, and where a wording is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli.terminal import aligned, width
from tests.conftest import set_cell


def test_slips_of_one_title_say_in_the_list_what_they_are_about(workspace: Path, docgen) -> None:
    assert docgen("slip", "--project", "19").code == 0
    lines = [line for line in docgen("doc", "list").out.splitlines() if "任务交办单" in line]
    assert len(lines) > 1
    assert len({line.partition("任务交办单")[2] for line in lines}) == len(lines)
    about = ("年产3亿件食品级可降解包装制品生产线项目 ", "问2026-", "会2026-", "约2026-")
    assert all(any(f"  任务交办单  {each}" in line for each in about) for line in lines)
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    notice = next(line for line in docgen("doc", "list").out.splitlines() if "告知" in line)
    assert notice.rstrip().endswith("澄湖县水利局")  # where one line says it, all do
    listed = json.loads(docgen("--json", "doc", "list").out)["documents"]
    assert len({each["about"] for each in listed}) == len(listed)


def test_lines_longer_than_the_terminal_end_with_dots() -> None:
    lines = list(aligned([("1", "任务交办单：澄湖水库除险加固工程"), ("2", "短")], most=20))
    assert lines[0].endswith("…")
    assert max(map(width, lines)) <= 20
    assert list(aligned([("1", "短")], most=20)) == ["1  短"]


def test_a_form_that_is_not_signed_is_not_offered_for_signing(workspace: Path, docgen) -> None:
    assert docgen("draft", "名单反馈表", "--unit", "县住建局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    shown = docgen("doc", "show", "1")
    assert "doc countersign 1" in shown.out
    assert "doc sign 1" not in shown.out
    assert "签发" not in json.loads(docgen("--json", "doc", "show", "1").out)["next_steps"]


def test_a_successor_is_named_by_its_id(workspace: Path, docgen) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县住建局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0
    told = docgen("doc", "replace", "1", "--remark", "时限写错")
    assert "新拟  2号草稿  " in told.out
    assert "docgen doc review 2" in told.out
    assert docgen("doc", "void", "2", "--remark", "再来一次").code == 0
    (made,) = json.loads(docgen("--json", "doc", "replace", "1", "--remark", "时限写错").out)["documents"]
    assert made["id"] == 3


def test_documents_that_stay_as_they_are_are_no_problems(workspace: Path, docgen) -> None:
    assert docgen("notice", "--project", "3").code == 0
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    again = docgen("notice", "--project", "3")
    assert "不重新起草" in again.err
    assert "处问题" not in again.err


def test_a_gap_is_said_once_with_its_cell_and_how_many_documents_need_it(
    workspace: Path, docgen, set_kind
) -> None:
    set_kind("告知函", "合并方式", "合并")
    set_cell(workspace / "data" / "项目.xlsx", "项目", 3, "项目管家", None)
    said = [line for line in docgen("notice", "--all").err.splitlines() if "没有填" in line]
    assert len(said) == 1, said
    assert "「项目管家」：没有填，" in said[0]
    assert said[0].count("「项目管家」") == 1
    assert said[0].endswith("4件告知函要用到它")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("请办理{{ 本项.总投子 }}。", "没有“本项.总投子”这个字段"),
        ("{{ 本项.总投资|错的 }}", "没有“错的”这种处理方式"),
        ("{% if 本项.没有的 %}\n甲\n{% endif %}", "没有“本项.没有的”这个字段"),
    ],
)
def test_what_is_wrong_in_a_wording_is_placed_by_its_line(
    workspace: Path, docgen, line: str, said: str
) -> None:
    assert docgen("kind", "new", "进度提醒函", "--form", "信函", "--for", "项目").code == 0
    wording = workspace / "kinds" / "进度提醒函.txt"
    count = len(wording.read_text("utf-8").splitlines())
    wording.write_text(wording.read_text("utf-8") + f"\n{line}\n", "utf-8")
    checked = docgen("kind", "check", "进度提醒函")
    assert said in checked.out
    assert f"kinds/进度提醒函.txt 第{count + 2}行“{line.splitlines()[0]}”" in checked.out
    assert "段" not in checked.out.partition("：")[0]


def test_a_row_of_the_sheet_of_kinds_that_is_of_no_kind_is_advised_of(
    workspace: Path, docgen, set_kind
) -> None:
    assert "这一行不起作用" not in docgen("check").err  # 通报, 会议纪要 … are to come
    set_kind("通报", "文种", "催办涵")
    checked = docgen("check")
    assert checked.code == 0
    assert "「文种」：没有“催办涵”这种公文，这一行不起作用；是不是“催办函”？" in checked.err


def test_what_a_number_alone_names_is_told_in_words_and_as_sheets_write_it(workspace: Path, docgen) -> None:
    """An item of a meeting is 会2026-06-3 in the sheets, whatever the register keeps; its words stand behind it."""
    assert docgen("slip", "--item", "会2026-06-3").code == 0
    (line,) = [each for each in docgen("doc", "list").out.splitlines() if "任务交办单" in each]
    assert "  会2026-06-3 议定事项 编制立项和用地预审材料共享清单" in line
