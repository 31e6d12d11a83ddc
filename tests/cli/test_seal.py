"""The seal on behalf through the command line: mandates, request, approval, sealing, its register."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

Docgen = Callable[..., Any]
FOUNDING = "澄湖县人民政府办公室关于建立重大项目联审联批工作机制的通知"
STEPS = ("request", "approve", "refuse", "apply")


@pytest.fixture
def signed(docgen: Docgen, workspace: Path, begin: Any) -> Path:
    """A workspace with two signed letters."""

    def lead() -> None:
        assert docgen("notice", "--project", "3", "--unit", "县水利局", "--unit", "县住建局").code == 0
        assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
        assert docgen("--by", "万里舟", "doc", "sign", "--all").code == 0

    begin("signed", lead)
    return workspace


def value(ran: Any) -> Any:
    """Return the JSON value of a call."""
    return json.loads(ran.out)


@pytest.mark.parametrize(
    "command", ["", *STEPS, "mandate", "mandate add", "mandate list", "mandate end", "register"]
)
def test_every_help_page_is_chinese_and_commands_name_an_example(docgen: Docgen, command: str) -> None:
    ran = docgen("seal", *command.split(), "--help")
    assert ran.code == 0
    for word in ("Usage", "Options", "TEXT", "INTEGER", "<=x<="):
        assert word not in ran.out
    assert "例：docgen " in ran.out or command in ("", "mandate")


def test_a_mandate_is_proposed_by_the_sheet_and_each_term_can_be_given(
    workspace: Path, docgen: Docgen
) -> None:
    proposed = value(docgen("--json", "--by", "万里舟", "seal", "mandate", "add"))["mandate"]
    assert proposed["number"] == "澄政办发〔2025〕47号"
    assert proposed["stamping_unit"] == "澄湖县发展和改革委员会"
    assert (proposed["start"], proposed["end"], proposed["kinds"]) == ("2025-09-12", None, [])
    ran = docgen(
        "--by", "万里舟", "seal", "mandate", "add", "--title", "关于代章的通知", "--number",
        "澄政发〔2026〕1号", "--clause", "第五条", "--principal", "甲办公室", "--stamping-unit", "县水利局",
        "--from", "2026-02-01", "--to", "2026-03-01", "--kinds", "告知函", "--remark", "试行",
    )  # fmt: skip
    assert ran.code == 0
    for part in (
        "第2号  已到期", "《关于代章的通知》（澄政发〔2026〕1号）", "第五条", "甲办公室", "澄湖县水利局",
        "2026-02-01 至 2026-03-01", "试行",
    ):  # fmt: skip
        assert part in ran.out
    assert docgen("--by", "万里舟", "seal", "mandate", "add", "--from", "2027-01-01").code == 0
    listed = docgen("seal", "mandate", "list")
    assert [line for line in listed.out.splitlines() if line.startswith("第")] == [
        "第1号  有效",
        "第2号  已到期",
        "第3号  未生效",
    ]
    assert "共3项授权。" in listed.out
    told = value(docgen("--json", "seal", "mandate", "list"))["mandates"]
    assert [each["in_force"] for each in told] == [True, False, False]


def test_an_ended_mandate_serves_no_more(signed: Path, docgen: Docgen) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert "要写明原因" in docgen("--by", "万里舟", "seal", "mandate", "end", "1").err
    ended = docgen("--by", "万里舟", "seal", "mandate", "end", "1", "--remark", "印章停用")
    assert "第1号代章授权已终止，最后一天是 2026-03-16" in ended.out
    assert "第1号  已终止" in docgen("seal", "mandate", "list").out
    again = docgen("--by", "万里舟", "seal", "mandate", "end", "1", "--remark", "印章停用")
    assert (again.code, "已于 2026-03-16 终止" in again.err) == (3, True)
    refused = docgen("seal", "request", "1", "--copies", "2")
    assert (refused.code, "终止" in refused.err) == (3, True)


def test_the_seal_is_asked_for_approved_applied_and_stands_in_the_register(
    signed: Path, docgen: Docgen
) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add", "--kinds", "告知函").code == 0
    asked = value(docgen("--json", "seal", "request", "--all", "--copies", "3", "--remark", "急件"))
    assert [(each["before"], each["state"], each["copies_asked"]) for each in asked["documents"]] == [
        ("编号", "用印申请", 3)
    ] * 2
    refused = docgen("--by", "万里舟", "seal", "refuse", "2", "--remark", "份数不符")
    assert "不予用印  2" in refused.out
    assert "共1件，已登记用印批准。" in docgen("--by", "万里舟", "seal", "approve", "--all").out
    too_many = docgen("--by", "范雨桐", "seal", "apply", "1", "--copies", "9")
    assert (too_many.code, "多于批准的3份" in too_many.err) == (3, True)
    assert docgen("--by", "范雨桐", "seal", "apply", "1", "--copies", "2").code == 0
    told = value(docgen("--json", "seal", "register"))
    (row,) = told["rows"]
    document = value(docgen("--json", "doc", "show", "1"))["document"]
    assert row == {
        "serial": 1, "sealed": "2026-03-16", "title": document["title"], "number": document["number"], "copies": 2,
        "principal": "澄湖县重大项目联审联批工作机制办公室", "stamping_unit": "澄湖县发展和改革委员会",
        "mandate": "澄政办发〔2025〕47号第二条第（三）项",
        "applicant": "陶映雪", "approver": "万里舟", "seal_keeper": "范雨桐", "digest": document["sha256"],
        "remark": "",
    }  # fmt: skip
    head = value(docgen("--json", "verify"))["head"]
    assert told["head"] == head
    shown = docgen("seal", "register").out
    assert f"登记链末端：第{head['entry']}条，摘要 {head['digest'][:8]} {head['digest'][8:16]} " in shown
    assert f"docgen verify --entry {head['entry']}" in shown
    assert "没有用印" in docgen("seal", "register", "--year", "2025").out


def test_a_sealed_document_that_is_voided_stays_in_the_register_with_the_reason(
    signed: Path, docgen: Docgen
) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert docgen("seal", "request", "1", "--copies", "1").code == 0
    assert docgen("--by", "万里舟", "seal", "approve", "1").code == 0
    assert docgen("--by", "范雨桐", "seal", "apply", "1", "--remark", "加盖骑缝章").code == 0
    assert docgen("--by", "万里舟", "doc", "void", "1", "--remark", "印错").code == 0
    (row,) = value(docgen("--json", "seal", "register"))["rows"]
    assert row["remark"] == "加盖骑缝章；公文已作废：印错"
    for name in ("用印.xlsx", "用印.docx"):
        assert f"生成  {name}" in docgen("seal", "register", "--to", name).out
    cells = openpyxl.load_workbook(signed / "用印.xlsx").active
    values = [str(cell) for line in cells.iter_rows(values_only=True) for cell in line if cell]
    words = [cell.text for table in docx.Document(str(signed / "用印.docx")).tables for cell in table._cells]
    assert row["digest"] in "".join(values).replace(" ", "").replace("\n", "")
    assert any("公文已作废：印错" in each for each in values)
    assert f"授权依据 澄政办发〔2025〕47号 即《{FOUNDING}》。" in values
    assert any("公文已作废：印错" in each for each in words)


def test_a_clause_without_a_number_is_parted_from_the_number_of_its_document(
    signed: Path, docgen: Docgen
) -> None:
    clause = "办公室不另刻印章，由县发展和改革委员会代章。"
    assert docgen("--by", "万里舟", "seal", "mandate", "add", "--clause", clause).code == 0
    assert docgen("seal", "request", "1", "--copies", "1").code == 0
    assert docgen("--by", "万里舟", "seal", "approve", "1").code == 0
    assert docgen("--by", "范雨桐", "seal", "apply", "1").code == 0
    (row,) = value(docgen("--json", "seal", "register"))["rows"]
    assert f"澄政办发〔2025〕47号：{clause}" in row.values()


def test_copies_that_nobody_says_are_those_of_the_sheet_of_kinds(
    signed: Path, docgen: Docgen, edit: Callable[..., None]
) -> None:
    """Whoever fills in 份数 need not say it again for each seal; the routing form has it before that."""
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    edit("文种", "告知函", "份数", 7, "工作机制")
    assert docgen("doc", "form", "1").code == 0
    (routing,) = signed.rglob("*-发文稿纸.docx")
    assert "7" in [cell.text for table in docx.Document(str(routing)).tables for cell in table._cells]
    assert docgen("seal", "request", "1").code == 0
    assert "用印      申请7份" in docgen("doc", "show", "1").out
    edit("文种", "告知函", "份数", None, "工作机制")
    ran = docgen("seal", "request", "2")
    assert (ran.code, "请加 --copies 份数，或在“文种”表中填这一文种的份数" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["request", "1"], 3, "没有登记过代章授权"),
        (["request", "1", "--copies", "none"], 2, "要写1到"),
        (["request", "--copies", "2"], 2, "没有说明对哪些公文"),
        (["request", "1", "--copies", "2"], 3, "没有登记过代章授权"),
        (["approve", "1"], 3, "现在是“编号”，不能批准用印"),
        (["apply", "9"], 2, "没有找到公文“9”"),
        (["refuse", "1"], 3, "不能不予用印"),
        (["mandate", "add", "--from", "31.1.2026"], 2, "不是日期"),
        (["mandate", "add", "--kinds", "告知涵、通抱"], 2, "是不是：告知函"),
        (["mandate", "add", "--from", "2026-03-01", "--to", "2026-02-01"], 1, "早于起期"),
        (["mandate", "add", "--principal", "澄湖县发展和改革委员会"], 1, "不需要代章"),
        (["mandate", "add", "--stamping-unit", "乙局"], 2, "没有找到单位“乙局”"),
        (["mandate", "end", "7", "--remark", "x"], 2, "没有找到代章授权"),
        (["register", "--to", "x"], 2, "要以 .xlsx 或 .docx 结尾"),
        (["register", "--to", "data"], 2, "“data”是文件夹，要写文件名"),
        (["register", "--year", "abc"], 2, "要写2000到2100之间的整数"),
    ],
)
def test_what_is_wrong_or_not_allowed_is_refused_and_changes_nothing(
    signed: Path, docgen: Docgen, arguments: list[str], code: int, said: str
) -> None:
    before = (signed / "register.sqlite").read_bytes()
    ran = docgen("--by", "万里舟", "seal", *arguments)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert said in ran.err
    assert (signed / "register.sqlite").read_bytes() == before


def test_who_asked_for_the_seal_does_not_approve_it_and_the_keeper_is_of_the_stamping_unit(
    signed: Path, docgen: Docgen
) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert docgen("seal", "request", "--all", "--copies", "3").code == 0
    own = docgen("seal", "approve", "--all")
    assert (own.code, own.err.count("陶映雪是用印申请人")) == (3, 1)
    assert docgen("--by", "万里舟", "seal", "approve", "--all").code == 0
    other = docgen("--by", "高岩松", "seal", "apply", "--all")
    assert (other.code, "下列2件公文不能由高岩松代章" in other.err) == (3, True)


def test_copies_left_over_are_sealed_later_and_stand_in_one_row_of_the_register(
    signed: Path, docgen: Docgen
) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    assert docgen("seal", "request", "--all", "--copies", "5").code == 0
    assert docgen("--by", "万里舟", "seal", "approve", "--all").code == 0
    assert docgen("--by", "范雨桐", "seal", "apply", "--all", "--copies", "2").code == 0
    more = docgen("--by", "范雨桐", "--date", "2026-03-18", "seal", "apply", "1", "--copies", "4")
    assert (more.code, "一共盖章6份，多于批准的5份" in more.err) == (3, True)
    assert docgen("--by", "范雨桐", "--date", "2026-03-18", "seal", "apply", "1", "--copies", "3").code == 0
    rows = value(docgen("--json", "seal", "register"))["rows"]
    assert [(each["serial"], each["sealed"], each["copies"]) for each in rows] == [
        (1, "2026-03-16", 5),
        (2, "2026-03-16", 2),
    ]
    assert "补盖3份" in docgen("doc", "show", "1").out
    assert "没有等待代章的公文。" in docgen("--by", "范雨桐", "seal", "apply", "--all").out


@pytest.mark.parametrize(
    "command", ["add", "add --stamping-unit 县水利局 --remark 试行", "end 1 --remark 印章停用"]
)
def test_mandates_are_for_leaders_to_give_and_to_end(signed: Path, docgen: Docgen, command: str) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add", "--kinds", "告知函").code == 0
    before = (signed / "register.sqlite").read_bytes()
    for name in ("陶映雪", "高岩松"):
        ran = docgen("--by", name, "seal", "mandate", *command.split())
        assert (ran.code, f"要由机制或办公室的负责人决定，{name}的机制职务是：" in ran.err) == (3, True)
    assert (signed / "register.sqlite").read_bytes() == before
    assert docgen("--by", "方知远", "seal", "mandate", *command.split()).code == 0


def test_an_altered_file_is_not_sealed(signed: Path, docgen: Docgen) -> None:
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    path = signed / value(docgen("--json", "doc", "show", "1"))["document"]["path"]
    path.write_bytes(path.read_bytes() + b" ")
    ran = docgen("seal", "request", "1", "--copies", "3")
    assert (ran.code, "被改动过" in ran.err) == (3, True)
