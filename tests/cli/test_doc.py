"""The life of documents through the command line: lists, steps, files, numbers and rules, as a clerk meets them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import docx
import pytest
from lives import NUMBER, SIGNED, TITLE, Docgen, draft, sign, value
from scans import SCAN

from docgen.office.papers.ledgers import IssueRow, SealRow
from docgen.register.document import Document
from docgen.register.life import Duty
from docgen.register.mandate import Mandate
from docgen.register.number import Number

REPOSITORY = Path(__file__).parent.parent.parent


def seal(docgen: Docgen, *units: str) -> None:
    """Do everything up to the seal."""
    sign(docgen, *units)
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert docgen("seal", "request", "--all", "--copies", "3").code == 0
    assert docgen("--by", "万里舟", "seal", "approve", "--all").code == 0
    assert docgen("--by", "范雨桐", "seal", "apply", "--all").code == 0


def told(ran: Any) -> str:
    """Return what a call printed, columns apart by one blank."""
    return re.sub(" +", " ", ran.out)


@pytest.mark.parametrize(
    "command",
    ["", "list", "show", "review", "countersign", "sign", "return", "void", "issue", "replace", "attach", "form",
     "ledger", "number", "number list", "number start", "number reserve", "number void", "loosen", "tighten", "rules"],
)  # fmt: skip
def test_every_help_page_is_chinese_and_commands_name_an_example(docgen: Docgen, command: str) -> None:
    ran = docgen("doc", *command.split(), "--help")
    assert ran.code == 0
    assert ran.out.startswith("用法：docgen doc")
    for word in ("Usage", "Options", "TEXT", "INTEGER", "<=x<="):
        assert word not in ran.out
    assert "例：docgen " in ran.out or command in ("", "number")


def test_a_document_goes_its_whole_way_and_its_story_is_told(
    workspace: Path, docgen: Docgen, tmp_path: Path
) -> None:
    seal(docgen)
    issued = docgen(
        "doc", "issue", "1", "--copies", "2", "--to", "县水利局、县档案馆", "--remark", "专人送达"
    )
    assert issued.code == 0
    assert "印发  1  澄联审办函〔2026〕1号  县水利局  " + TITLE in issued.out
    assert "共1件，已登记印发。" in issued.out
    (tmp_path / "扫描 一.PDF").write_bytes(SCAN)
    attached = docgen("doc", "attach", NUMBER.format(1), tmp_path / "扫描 一.PDF", "--role", "扫描件")
    assert f"扫描件  {SIGNED}/附件/扫描件-扫描 一.pdf" in attached.out
    said = told(docgen("doc", "show", NUMBER.format(1)))
    for part in (
        f"《{TITLE}》", "状态 印发", "用印 2026-03-16 盖3份，用印登记第1号",
        "印发 2026-03-16 2份，发给 县水利局、县档案馆", "陶映雪（澄湖县发展和改革委员会）", "专人送达",
        "正本 out/2026/告知函/", f"扫描件 {SIGNED}/附件/扫描件-扫描 一.pdf（摘要 ",
        "作废 docgen doc void 1 --remark 原因", "附件 docgen doc attach 1 文件",
    ):  # fmt: skip
        assert part in said
    steps = ["拟稿", "核稿", "签发", "编号", "用印申请", "用印批准", "代章", "印发", "附件"]
    story = said.partition("经过：")[2]
    places = [story.index(f" {step} ") for step in steps]
    assert places == sorted(places)
    assert docgen("verify").code == 0


def test_signing_says_where_the_document_lies_from_where_one_stands(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(docgen)
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    monkeypatch.chdir(workspace / "data")
    assert f"  ../{SIGNED}/003-县水利局-" in docgen("--by", "万里舟", "doc", "sign", "1").out


def test_hand_edits_before_review_are_told_in_the_story(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    (path,) = (workspace / "out/2026/告知函/草稿").glob("*.docx")
    letter = docx.Document(str(path))
    letter.paragraphs[-1].add_run("手工")
    letter.save(str(path))
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert "稿子在上一步之后手工修改过" in docgen("doc", "show", "1").out


def test_who_reviews_what_is_over_since_it_was_drafted_is_told(
    workspace: Path, docgen: Docgen, edit: Callable[..., None]
) -> None:
    """A question struck off between drafting and review needs no slip; one that is open says nothing."""
    for item in ("问2026-009", "问2026-010"):
        assert docgen("slip", "--item", item).code == 0
    for header, written in {"状态": "已销号", "销号日期": "2026-03-16", "销号人": "方知远"}.items():
        edit("问题", "问2026-009", header, written)
    answer = json.loads(docgen("--json", "--by", "方知远", "doc", "review", "1", "2").out)
    (told,) = [each["text"] for each in answer["advices"] if each["code"] == "no-longer-due"]
    assert told.startswith("1号草稿")
    assert "已不符合制发条件" in told


def test_the_list_is_aligned_for_hanzi_and_can_be_narrowed(workspace: Path, docgen: Docgen) -> None:
    draft(docgen, "县水利局", "县自然资源局")
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    ran = docgen("doc", "list")
    header, first, second, count = ran.out.splitlines()
    assert header.split() == ["登记号", "文号", "状态", "日期", "主送", "标题"]
    wide = [
        sum(2 if ord(each) > 0x2000 else 1 for each in line.partition("关于")[0]) for line in (first, second)
    ]
    assert wide[0] == wide[1]
    assert count == "共2件。"
    assert len(docgen("doc", "list", "--state", "核稿").out.splitlines()) == 3
    assert len(docgen("doc", "list", "--kind", "告知函", "--year", "2026").out.splitlines()) == 4
    assert "没有这样的公文。" in docgen("doc", "list", "--year", "2025").out
    assert "没有这样的公文。" in docgen("doc", "list", "--state", "归档").out


def test_a_document_is_not_found_by_a_part_of_its_key(workspace: Path, docgen: Docgen) -> None:
    assert docgen("notice", "--project", "3").code == 0
    (document, *_) = json.loads(docgen("--json", "doc", "list").out)["documents"]
    assert docgen("doc", "show", document["key"]).code == 0
    assert docgen("doc", "show", document["key"][2:]).code == 2


def test_several_ids_may_stand_in_one_word(workspace: Path, docgen: Docgen) -> None:
    """As people list them: 1、2 and 1-3; a day or a part of a title is no list."""
    assert docgen("notice", "--project", "3").code == 0
    assert "共3件，已登记核稿" in docgen("--by", "方知远", "doc", "review", "1、2，3").out
    assert "共3件，已登记签发" in docgen("--by", "万里舟", "doc", "sign", "1-3").out
    for word in ("2026-03", "3-1"):
        assert f"没有找到公文“{word}”" in docgen("--by", "万里舟", "doc", "sign", word).err


def test_a_document_to_many_names_the_first_and_how_many() -> None:
    from docgen.register.document import Document

    blank = {each.name: "" for each in fields(Document)}
    document = Document(
        **blank | {"id": 1, "title": "通报", "addressee": "县水利局、县住建局、县林草局、县农牧局"}
    )
    assert document.name == "1号草稿《通报》（致县水利局等4个单位）"
    slip = replace(
        document, title="任务交办单", kind="任务交办单",
        made_for='{"things": [[["项目", {"名称": "甲项目"}], ["事项", {"名称": "取水许可"}]]]}',
    )  # fmt: skip
    assert slip.told_title == "任务交办单（甲项目 取水许可）"
    assert document.told_title == "通报"
    leaders = "县委副书记、县长甲同志、副县长乙同志、县委常委、副县长丙同志、县水利局局长丁同志"
    assert replace(document, addressee=leaders).shortly_to == "县委副书记、县长甲同志等4位"
    two = "县委副书记、县长甲同志、县委常委、常务副县长乙同志"
    assert replace(document, addressee=two).shortly_to == "县委副书记、县长甲同志等2位"
    assert replace(document, addressee="县委副书记、县长甲同志、县水利局").shortly_to.endswith("、县水利局")


def test_the_story_offers_only_steps_that_somebody_may_ask_for_now(workspace: Path, docgen: Docgen) -> None:
    def offered() -> list[str]:
        return list(value(docgen("--json", "doc", "show", "1"))["next_steps"])

    draft(docgen)
    assert offered() == ["核稿", "退回", "作废"]
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0
    assert offered() == ["用印申请", "作废", "替换", "附件"]
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert docgen("seal", "request", "1", "--copies", "3").code == 0
    assert docgen("--by", "万里舟", "seal", "approve", "1").code == 0
    assert docgen("--by", "范雨桐", "seal", "apply", "1", "--copies", "2").code == 0
    assert offered() == ["代章", "印发", "作废", "替换", "附件"]
    assert docgen("doc", "issue", "1").code == 0
    assert offered() == ["作废", "替换", "附件"]
    said = docgen("doc", "show", "1").out
    assert "登记号" in said
    assert "3份" in next(line for line in said.splitlines() if " 用印申请 " in line)


def test_one_refused_document_among_several_stops_the_whole_call_and_that_is_said_first(
    workspace: Path, docgen: Docgen
) -> None:
    draft(docgen, "县水利局", "县自然资源局")
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    told = "有问题的公文在内，这一次一件也没有办理。"
    ran = docgen("--by", "万里舟", "doc", "sign", "1", "2")
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err
    assert ran.err.index(told) < ran.err.index("现在是“拟稿”，不能签发")
    assert told not in docgen("--by", "万里舟", "doc", "sign", "2").err
    states = [each["state"] for each in value(docgen("--json", "doc", "list"))["documents"]]
    assert states == ["核稿", "拟稿"]


def test_json_of_lists_steps_and_stories_is_complete(workspace: Path, docgen: Docgen) -> None:
    sign(docgen)
    (listed,) = value(docgen("--json", "doc", "list"))["documents"]
    assert listed["id"] == 1
    assert (listed["number"], listed["state"], listed["dated"]) == (NUMBER.format(1), "编号", "2026-03-16")
    assert len(listed["sha256"]) == 64
    assert listed["copies_asked"] is None
    shown = value(docgen("--json", "doc", "show", "1"))
    assert shown["document"] == listed
    assert [each["step"] for each in shown["entries"]] == ["拟稿", "核稿", "签发", "编号"]
    numbered = shown["entries"][-1]
    assert set(numbered) == {
        "seq", "at", "day", "step", "document", "before", "after", "actor", "unit", "recorder", "remark", "files",
        "post", "roles", "sheets", "previous", "digest",
    }  # fmt: skip
    assert (numbered["post"], numbered["roles"]) == ("党组书记、主任", ["办公室主任"])
    assert [each["role"] for each in numbered["files"]] == ["正本", "送签稿"]
    assert numbered["files"][0]["sha256"] == listed["sha256"]
    assert shown["next_steps"] == ["用印申请", "作废", "替换", "附件"]
    assert (shown["replaces"], shown["replaced_by"], shown["mandate"]) == (None, None, None)
    voided = value(docgen("--json", "--by", "万里舟", "doc", "void", "1", "--remark", "取消"))
    assert voided["documents"][0]["before"] == "编号"
    assert voided["documents"][0]["state"] == "作废"
    assert voided["documents"][0]["reason"] == "取消"


@pytest.mark.parametrize("kept", [Document, Mandate, Number, IssueRow, SealRow])
def test_every_field_of_json_is_documented(kept: Any) -> None:
    page = (REPOSITORY / "docs" / "json.md").read_text("utf-8")
    missing = {each.name for each in fields(kept)} - set(re.findall(r"`(\w+)`", page))
    assert not missing


def test_the_same_refusal_of_many_documents_is_said_once(workspace: Path, docgen: Docgen) -> None:
    draft(docgen, "县水利局", "县自然资源局", "县住建局")
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    ran = docgen("doc", "sign", "--all")
    assert ran.code == 3
    assert ran.err.count("陶映雪是拟稿人") == 1
    assert "下列3件公文不能由陶映雪签发" in ran.err
    assert ran.err.count("2号草稿《") == 1
    assert "共6处问题。" in ran.err
    refused = value(docgen("--json", "doc", "sign", "--all"))
    assert len(refused["problems"]) == 6
    assert refused["exit_code"] == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["review"], 2, "没有说明对哪些公文办理核稿"),
        (["review", "1", "--all"], 2, "公文和 --all 只写一样"),
        (["review", "99"], 2, "没有找到公文“99”。请用 docgen doc list 查看"),
        (["review", ""], 2, "没有找到公文“”"),
        (["show", "--", "-1"], 2, "没有找到公文“-1”"),
        (["review", "绿色建材"], 2, "对应2个"),
        (["show", "绿色建材"], 2, "对应2个"),
        (["show", "99999999999999999999"], 2, "没有找到公文"),
        (["show", "县\n水利局"], 0, ""),
        (["list", "--year", "abc"], 2, "要写2000到2100之间的整数"),
        (["list", "--year", "1999"], 2, "要写2000到2100之间的整数"),
        (["list", "--state", "核"], 2, "只能是 拟稿、"),
        (["list", "--kind", "告知涵"], 2, "是不是：告知函"),
        (["return", "1", "--by", "方知远"], 2, "要写明原因"),
        (["void", "1"], 2, "要写明原因"),
        (["void", "--remark", "x"], 2, "缺少参数 公文…"),  # and no word of --all, which it has not
        (["void", "--all", "--remark", "x"], 2, "没有 --all 这个选项"),
        (["return", "1", "--remark", "一\n二"], 2, "要写在一行里"),
        (["sign", "1"], 3, "现在是“拟稿”，不能签发"),
        (["issue", "1", "--copies", "0"], 2, "要写1到"),
        (["replace", "1", "--remark", "x"], 3, "不能替换"),
        (["replace", "1"], 2, "要写明原因"),
        (["attach", "1", "nosuch"], 2, "没有这个文件"),
        (["attach", "1", "data"], 2, "不是普通文件"),
        (["attach", "1", "docgen.toml"], 3, "不能登记附件"),
        (["attach", "1"], 2, "缺少参数"),
        (["attach", "1", "x", "--role", "副本"], 2, "只能是 扫描件、复函、回执、附件"),
        (["form"], 2, "缺少参数"),
        (["ledger", "--to", "x.pdf"], 2, "要以 .xlsx 或 .docx 结尾"),
        (["number", "void", "澄联审办函〔2026〕9号", "--remark", "x"], 2, "登记簿里没有文号"),
        (["number", "start", "告知函", "1", "--remark", "x"], 2, "要写2到"),
        (["number", "reserve", "告知函", "5"], 2, "要写明原因"),
        (["number", "reserve", "没有的", "5", "--remark", "x"], 2, "没有“没有的”这种公文"),
        (["loosen", "没有的规则", "--remark", "x"], 2, "规则有："),
        (["loosen", "拟稿人不得签发", "--remark", "x"], 3, "放宽规则要由机制或办公室的负责人决定"),
        (["tighten", "拟稿人不得签发", "--remark", "x"], 3, "恢复规则要由机制或办公室的负责人决定"),
    ],
)
def test_what_is_wrong_or_not_allowed_is_refused_and_changes_nothing(
    workspace: Path, docgen: Docgen, begin: Any, arguments: list[str], code: int, said: str
) -> None:
    begin("drafted", lambda: draft(docgen, "县水利局", "县自然资源局"))
    before = (workspace / "register.sqlite").read_bytes()
    ran = docgen("doc", *arguments)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert said in ran.err
    assert (workspace / "register.sqlite").read_bytes() == before


def test_a_later_day_than_today_is_refused(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    ran = docgen("--by", "方知远", "--date", "2099-01-01", "doc", "review", "1")
    assert ran.code == 3
    assert "还没有到" in ran.err


def test_all_with_nothing_to_do_says_so(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("doc", "review", "--all")
    assert ran.code == 0
    assert "没有等待核稿的公文。" in ran.out


def test_countersigning_returning_and_voiding(workspace: Path, docgen: Docgen) -> None:
    draft(docgen, "县水利局", "县自然资源局")
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    for name in ("高岩松", "万里舟"):
        assert docgen("--by", name, "doc", "countersign", "1", "--remark", "同意").code == 0
    assert value(docgen("--json", "doc", "show", "1"))["document"]["countersigners"] == "高岩松、万里舟"
    assert docgen("--by", "万里舟", "doc", "return", "2", "--remark", "时限写错").code == 0
    assert "时限写错" in docgen("doc", "show", "2").out
    assert docgen("--by", "万里舟", "doc", "void", "2", "--remark", "不再需要").code == 0
    said = told(docgen("doc", "show", "2"))
    assert "状态 作废" in said
    assert "原因 不再需要" in said
    assert "docgen doc review" not in said


def test_replacing_links_both_documents(workspace: Path, docgen: Docgen) -> None:
    sign(docgen)
    ran = docgen("doc", "replace", "1", "--remark", "时限写错")
    assert ran.code == 0
    assert "新拟  2号草稿  out/2026/告知函/草稿/" in ran.out
    assert "，替换 澄联审办函〔2026〕1号" in ran.out
    assert "替换它的公文 2 2号草稿" in told(docgen("doc", "show", "1"))
    assert docgen("--by", "方知远", "doc", "review", "2").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "2").code == 0
    assert "状态 替换" in told(docgen("doc", "show", "1"))
    assert "所替换的公文 1 澄联审办函〔2026〕1号" in told(docgen("doc", "show", "2"))
    rows = value(docgen("--json", "doc", "ledger"))["rows"]
    assert [(each["number"], each["replaced_by"], each["replaces"], each["reason"]) for each in rows] == [
        (NUMBER.format(1), NUMBER.format(2), "", "时限写错"),
        (NUMBER.format(2), "", NUMBER.format(1), ""),
    ]


def test_files_with_any_name_can_be_attached_and_stay_apart(
    workspace: Path, docgen: Docgen, tmp_path: Path
) -> None:
    sign(docgen)
    names = ["a\nb.pdf", "a\nb .pdf"] if os.name != "nt" else ["a.pdf", "b.pdf"]
    files = [tmp_path / name for name in names]
    for each in files:
        each.write_bytes(each.name.encode())
    assert docgen("doc", "attach", "1", *files).code == 0
    again = value(docgen("--json", "doc", "attach", "1", files[0], "--role", "回执", "--remark", "补"))
    assert (again["document"], again["role"], len(again["files"])) == (1, "回执", 1)
    assert len(list((workspace / SIGNED / "附件").iterdir())) == 3
    assert docgen("verify").code == 0


def test_the_same_file_is_attached_in_one_role_once(workspace: Path, docgen: Docgen, tmp_path: Path) -> None:
    """A command given twice makes no second scan; once it is set aside, the file may be attached again."""
    sign(docgen)
    scan, same = tmp_path / "盖章.pdf", tmp_path / "同一份.pdf"
    for each in (scan, same):
        each.write_bytes(SCAN)
    assert docgen("doc", "attach", "1", scan, "--role", "扫描件").code == 0
    again = docgen("doc", "attach", "1", same, scan, "--role", "扫描件")
    assert (again.code, "已经登记为它的扫描件（扫描件-盖章.pdf）" in again.err) == (2, True)
    assert len(list((workspace / SIGNED / "附件").iterdir())) == 1
    assert docgen("doc", "attach", "1", scan, "--role", "附件").code == 0
    assert docgen("doc", "detach", "1", "扫描件-盖章.pdf", "--remark", "换一份").code == 0
    assert docgen("doc", "attach", "1", scan, "--role", "扫描件").code == 0


def test_a_rule_is_loosened_by_an_entry_and_held_to_again(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert docgen("doc", "rules").out.count("执行") == len(Duty)
    loosened = docgen("--by", "万里舟", "doc", "loosen", "拟稿人不得签发", "--remark", "只有一人在岗")
    assert "已放宽：拟稿人不得签发" in loosened.out
    refused = docgen("doc", "sign", "1")
    assert "陶映雪是拟稿人" not in refused.err
    assert "签发人是机制或办公室的负责人" in refused.err
    rules = value(docgen("--json", "doc", "rules"))["rules"]
    assert [each["rule"] for each in rules if each["loosened"]] == ["拟稿人不得签发"]
    assert rules[0]["steps"] == ["签发"]
    tightened = value(
        docgen("--json", "--by", "万里舟", "doc", "tighten", "拟稿人不得签发", "--remark", "人员到岗")
    )
    assert (tightened["rule"], tightened["loosened"]) == ("拟稿人不得签发", False)
    assert "陶映雪是拟稿人" in docgen("doc", "sign", "1").err


def test_quiet_says_nothing_when_all_is_well(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    ran = docgen("-q", "--by", "方知远", "doc", "review", "1")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_closed_pipe_ends_quietly(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    code = "import sys; from docgen.cli.main import main; sys.argv = ['docgen', 'doc', 'list']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=workspace
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "Exception" not in said


def test_a_letter_whose_matter_is_gone_is_not_replaced_and_the_matter_is_named(
    workspace: Path, docgen: Docgen, edit
) -> None:
    sign(docgen)
    edit("项目", 3, "国家项目代码", "2701-990124-04-01-999999")
    ran = docgen("doc", "replace", "1", "--remark", "时限写错")
    assert ran.code == 3
    assert "已没有项目“澄湖县年产20万吨绿色建材生产线建设项目”、单位“澄湖县水利局”这一项" in ran.err
