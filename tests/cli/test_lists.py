"""Lists (清单) from declaration to workbook: drafted, renewed, kept, recorded, verified, and left out of signing."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

SHIPPED = "待办手续清单"
OWN = """title = "项目台账"
form = "清单"
heading = "{{ 机制.年度 }}年项目台账"
none = "没有项目"
amounts = "亿元"
note = "注：总投资以立项文件为准。"

[[made_for]]
source = "机制"

[[rows]]
name = "项目表"
of = "项目"
when = "清单阶段 == '终稿'"
group = "牵头单位"
order = ["牵头单位", "-总投资"]

[[columns]]
head = "序号"
shows = "行号"

[[columns]]
head = "项目名称"
shows = "项目名称"
width = 20

[[columns]]
head = "代码"
shows = "国家项目代码"

[[columns]]
head = "总投资"
shows = "总投资"
format = "0.00"
total = true

[[columns]]
head = "计划开工"
shows = "计划开工"

[[columns]]
head = "备注"
shows = "备注"
"""


@pytest.fixture
def own(workspace: Path) -> Path:
    """The sample workspace with a list of projects of the office's own."""
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "项目台账.toml").write_text(OWN, "utf-8")
    return workspace


def drafted(docgen, kind: str = "项目台账", *options: str) -> dict:
    ran = docgen("--json", "draft", kind, "--all", *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def sheet_of(path: str | Path):
    book = openpyxl.load_workbook(path)
    (name,) = book.sheetnames
    return book[name]


def test_a_list_is_a_workbook_that_is_recorded_and_the_same_data_leave_it_as_it_is(own: Path, docgen) -> None:
    (first,) = drafted(docgen)["documents"]
    assert (first["outcome"], first["kind"]) == ("new", "项目台账")
    assert first["path"] == "out/2026/项目台账/草稿/2026年项目台账.xlsx"
    data = (own / first["path"]).read_bytes()
    (again,) = drafted(docgen)["documents"]
    assert again["outcome"] == "unchanged"
    (forced,) = drafted(docgen, "项目台账", "--force")["documents"]
    assert forced["outcome"] == "renewed"
    assert (own / first["path"]).read_bytes() == data
    assert docgen("verify").code == 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_changed_data_give_a_new_list_and_a_list_edited_by_hand_is_kept(own: Path, docgen, edit) -> None:
    (first,) = drafted(docgen)["documents"]
    path = own / first["path"]
    book = openpyxl.load_workbook(path)
    book.active["G3"] = "我加的列"
    book.save(path)
    edited = path.read_bytes()
    (same,) = drafted(docgen)["documents"]
    assert (same["outcome"], path.read_bytes()) == ("edited", edited)
    edit("项目", 3, "备注", "新写的备注")
    (renewed,) = drafted(docgen)["documents"]
    assert renewed["outcome"] == "renewed"
    (kept,) = renewed["kept"]
    assert "留存" in kept
    assert (own / kept).read_bytes() == edited
    assert "新写的备注" in [cell.value for cell in sheet_of(path)["F"]]
    assert docgen("verify").code == 0


def test_a_list_says_how_things_stand_on_its_day(workspace: Path, docgen) -> None:
    (first,) = drafted(docgen, SHIPPED, "--unit", "县水利局")["documents"]
    left = [row[7].value for row in sheet_of(first["path"]).iter_rows(4) if isinstance(row[7].value, int)]
    ran = docgen("--json", "--date", "2026-03-17", "draft", SHIPPED, "--unit", "县水利局")
    (later,) = json.loads(ran.out)["documents"]
    assert (later["id"], later["outcome"]) == (first["id"], "renewed")
    now = [row[7].value for row in sheet_of(later["path"]).iter_rows(4) if isinstance(row[7].value, int)]
    assert left
    assert now == [each - 1 for each in left]


def test_a_note_of_several_lines_stands_line_by_line_below_the_table(own: Path, docgen) -> None:
    """What is to be signed by hand has its own line under the remark."""
    declared = own / "kinds" / "项目台账.toml"
    words = 'note = ["注：总投资以立项文件为准。", "{{ 机制.简称 }}负责人（签字）：　　分管领导（签字）："]'
    declared.write_text(OWN.replace('note = "注：总投资以立项文件为准。"', words), "utf-8")
    (document,) = drafted(docgen)["documents"]
    below = [row[0].value for row in sheet_of(document["path"]).iter_rows() if row[0].value][-2:]
    assert below == ["注：总投资以立项文件为准。", "县联审联批工作机制负责人（签字）：　　分管领导（签字）："]


def test_the_workbook_holds_dates_numbers_and_texts_and_is_ready_to_print(own: Path, docgen) -> None:
    (document,) = drafted(docgen)["documents"]
    sheet = sheet_of(document["path"])
    assert sheet["A1"].value == "2026年项目台账"
    assert sheet["A2"].value == "制表单位：澄湖县重大项目联审联批工作机制办公室"
    assert "2026年3月16日　单位：亿元" in [cell.value for cell in sheet[2]]
    assert [cell.value for cell in sheet[3]] == ["序号", "项目名称", "代码", "总投资", "计划开工", "备注"]
    assert sheet["A4"].value.startswith("一、")
    row = sheet[5]
    assert [cell.data_type for cell in row[:5]] == ["n", "s", "s", "n", "d"]
    assert isinstance(row[4].value, datetime)
    assert row[4].number_format == 'yyyy"年"m"月"'
    assert row[3].number_format == "0.00"
    assert row[1].alignment.wrap_text
    assert row[1].border.left.style == "thin"
    last = max(cell.row for cell in sheet["A"] if cell.value == "合计")
    assert sheet.auto_filter.ref == f"A3:F{last - 1}"
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.right.text == "第&P页 共&N页"
    assert [cell.value for cell in sheet["A"]][-1] == "注：总投资以立项文件为准。"


def test_sums_stand_beside_the_groups_and_at_the_end_and_follow_the_filter(own: Path, docgen) -> None:
    (document,) = drafted(docgen)["documents"]
    formulas, values = (
        sheet_of(document["path"]),
        openpyxl.load_workbook(document["path"], data_only=True).active,
    )
    groups, summed = [], {}
    for number in range(4, formulas.max_row + 1):
        head, amount = formulas.cell(number, 1).value, formulas.cell(number, 4).value
        if isinstance(head, str) and isinstance(amount, str):
            groups.append(number)
            summed[number] = amount
    *heads, total = groups
    assert formulas.cell(total, 1).value == "合计"
    assert summed[total] == f"=SUBTOTAL(9,D4:D{total - 1})"
    for start, end in zip(heads, [*heads[1:], total], strict=True):
        assert summed[start] == f"=SUBTOTAL(9,D{start + 1}:D{end - 1})"
        amounts = [values.cell(number, 4).value or 0 for number in range(start + 1, end)]
        assert values.cell(start, 4).value == pytest.approx(sum(amounts))
    assert values.cell(total, 4).value == pytest.approx(sum(values.cell(each, 4).value for each in heads))


@pytest.mark.parametrize("words", ["+86 990", "-1", "<b>&amp;</b>", "'=1+1"])
def test_whatever_a_cell_of_the_sheets_holds_stays_text(own: Path, docgen, edit, words: str) -> None:
    edit("项目", 3, "备注", words)
    (document,) = drafted(docgen)["documents"]
    (cell,) = [each for each in sheet_of(document["path"])["F"] if each.value == words]
    assert cell.data_type == "s"
    assert cell.quotePrefix == words.startswith(("+", "-"))


def test_numbers_that_are_codes_stay_text(own: Path, docgen) -> None:
    path = own / "data" / "项目.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["项目"]
    column = sheet.max_column + 1
    sheet.cell(2, column).value = "联系手机"
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 1).value is not None:
            sheet.cell(row, column).value = 19900001234
    book.save(path)
    said = own / "kinds" / "项目台账.toml"
    said.write_text(said.read_text("utf-8") + '\n[[columns]]\nhead = "手机"\nshows = "联系手机"\n', "utf-8")
    (document,) = drafted(docgen)["documents"]
    cell = sheet_of(document["path"])["G5"]
    assert (cell.value, cell.data_type, cell.number_format) == ("19900001234", "s", "@")


def test_an_empty_list_is_not_made_and_the_declared_sentence_says_so(own: Path, docgen) -> None:
    said = own / "kinds" / "项目台账.toml"
    said.write_text(said.read_text("utf-8").replace("清单阶段 ==", "总投资 > 9999 and 清单阶段 =="), "utf-8")
    ran = docgen("draft", "项目台账", "--all")
    assert (ran.code, "没有项目" in ran.err) == (0, True)
    assert not list((own / "out").rglob("*.xlsx"))


@pytest.mark.parametrize("source", ["机制", "单位", "手续", "项目", "项目单位", "人员", "事项"])
def test_a_list_begun_by_a_command_works_at_once(workspace: Path, docgen, source: str) -> None:
    made = docgen("--json", "kind", "new", "试用清单", "--form", "清单", "--for", source)
    assert made.code == 0, made.err
    assert json.loads(made.out)["files"] == ["kinds/试用清单.toml"]
    assert docgen("kind", "check", "试用清单").code == 0
    documents = drafted(docgen, "试用清单")["documents"]
    assert documents
    assert all(sheet_of(each["path"])["A3"].value == "序号" for each in documents)
    assert docgen("check").code == 0
    assert docgen("verify").code == 0


def test_a_list_is_listed_shown_and_checked_like_any_kind_and_has_no_template(own: Path, docgen) -> None:
    kinds = json.loads(docgen("--json", "kind", "list").out)["kinds"]
    assert {each["title"]: each["form"] for each in kinds}["项目台账"] == "清单"
    shown = docgen("kind", "show", "项目台账")
    assert "清单，没有模板" in shown.out
    assert "列 总投资" in shown.out
    columns = json.loads(docgen("--json", "kind", "show", "项目台账").out)["kind"]["columns"]
    assert columns[1] == {"head": "项目名称", "shows": "项目名称"}
    listed = json.loads(docgen("--json", "template", "list").out)["templates"]
    assert {"kind": "项目台账", "path": None, "state": "none"} in listed
    assert "项目台账  清单，没有模板" in docgen("template", "list").out
    checked = docgen("template", "check", "项目台账")
    assert (checked.code, "没有模板，只检查了声明" in checked.err) == (0, True)
    rebuilt = docgen("template", "rebuild", "项目台账")
    assert (rebuilt.code, "没有模板，不用生成" in rebuilt.err) == (0, True)
    fields = json.loads(docgen("--json", "template", "fields", "项目台账").out)["fields"]
    assert {"行号", "项目名称", "牵头单位.规范化简称"} <= set(fields)
    assert not list(own.joinpath("templates").rglob("项目台账*"))


def test_faults_of_a_list_name_file_line_and_the_nearest_word(own: Path, docgen) -> None:
    said = own / "kinds" / "项目台账.toml"
    said.write_text(
        said.read_text("utf-8").replace('shows = "国家项目代码"', 'shows = "国家项目代号"'), "utf-8"
    )
    for asked in (("kind", "check"), ("check",), ("template", "check"), ("draft", "项目台账", "--all")):
        ran = docgen(*asked)
        assert ran.code == 1
        assert "kinds/项目台账.toml第29行（[[columns]]第3组）：“国家项目代号”" in ran.out + ran.err
        assert "是不是“国家项目代码”？" in ran.out + ran.err


def test_lists_are_neither_reviewed_nor_signed_and_stand_in_nobody_s_way(workspace: Path, docgen) -> None:
    (document,) = drafted(docgen, SHIPPED, "--unit", "县水利局")["documents"]
    assert docgen("notice", "--project", "3").code == 0
    for who, step in (("方知远", "review"), ("万里舟", "sign")):
        ran = docgen("--json", "--by", who, "doc", step, "--all")
        assert ran.code == 0, ran.err
        taken = json.loads(ran.out)["documents"]
        assert taken
        assert SHIPPED not in {each["kind"] for each in taken}
        refused = docgen("--by", who, "doc", step, str(document["id"]))
        assert (refused.code, "是清单，不核稿、不签发" in refused.err) == (3, True)
    shown = json.loads(docgen("--json", "doc", "show", str(document["id"])).out)
    assert (shown["document"]["state"], shown["document"]["number_place"]) == ("拟稿", "")
    assert shown["next_steps"] == ["作废"]
    assert "县水利局待办前期手续清单" in docgen("doc", "list").out
    assert docgen("verify").code == 0
    voided = docgen("doc", "void", str(document["id"]), "--remark", "不用了")
    assert voided.code == 0, voided.err
    assert not (workspace / document["path"]).exists()
    (anew,) = drafted(docgen, SHIPPED, "--unit", "县水利局")["documents"]
    assert (anew["outcome"], anew["id"] > document["id"]) == ("new", True)


def test_a_list_altered_by_hand_is_told_by_verify_and_one_that_is_gone_is_a_fault(own: Path, docgen) -> None:
    (document,) = drafted(docgen)["documents"]
    path = own / document["path"]
    path.write_bytes(path.read_bytes() + b" ")
    assert docgen("verify").code == 0
    assert docgen("verify", str(path)).code == 5
    path.unlink()
    gone = docgen("verify")
    assert "不见了" in gone.out + gone.err


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(own: Path, docgen) -> None:
    ran = docgen("draft", "项目台账", "--all", "--dry-run")
    assert (ran.code, "新拟" in ran.out) == (0, True)
    assert not (own / "out").exists() or not list((own / "out").rglob("*.xlsx"))


def test_what_cannot_be_asked_of_a_list_is_refused_in_a_sentence(own: Path, docgen, set_kind) -> None:
    afar = docgen("draft", "项目台账", "--all", "--scheduler", "tcp://127.0.0.1:1")
    assert (afar.code, "是清单，只在本机生成" in afar.err) == (2, True)
    set_kind(SHIPPED, "合并方式", "全办公室")
    unit = docgen("draft", SHIPPED, "--unit", "县水利局")
    assert (unit.code, f"{SHIPPED}不能用 --unit 选" in unit.err) == (2, True)


def test_lint_says_of_a_workbook_what_it_is(own: Path, docgen) -> None:
    (document,) = drafted(docgen)["documents"]
    ran = docgen("lint", document["path"])
    assert (ran.code, "是 Excel 工作簿，不是 Word 公文" in ran.err) == (1, True)


def test_part_of_a_list_is_said_to_be_part(workspace: Path, docgen, set_kind) -> None:
    set_kind(SHIPPED, "合并方式", "全办公室")
    (whole,) = drafted(docgen, SHIPPED)["documents"]
    ran = docgen("draft", SHIPPED, "--overdue")
    assert (ran.code, f"{whole['id']}号草稿原来写" in ran.err) == (0, True)


def test_the_workbook_is_converted_where_libreoffice_can_and_said_to_need_calc_elsewhere(
    own: Path, docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.pdf.faults import SheetNotConverted

    assert "libreoffice-calc" in str(SheetNotConverted("清单.xlsx", ""))
    monkeypatch.setenv("DOCGEN_SOFFICE", "/没有/soffice")
    refused = docgen("draft", "项目台账", "--all", "--pdf")
    assert refused.code == 4
    assert not list((own / "out").rglob("*.xlsx"))


def test_the_list_of_the_manual_works_as_it_stands_there(workspace: Path, docgen) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "手册.md").read_text("utf-8")
    text = next(each for each in manual.split("```toml\n")[1:] if each.startswith('title = "项目台账"'))
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "项目台账.toml").write_text(text.partition("```")[0], "utf-8")
    assert docgen("kind", "check", "项目台账").code == 0
    (document,) = drafted(docgen)["documents"]
    sheet = sheet_of(document["path"])
    assert int(sheet.page_setup.paperSize) == 8
    assert sheet["B5"].value.endswith("号）")
    assert isinstance(sheet["D5"].value, int)
