"""The commands as users and scripts meet them: words, exit codes, JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from docgen.digests import sha256
from docgen.model.fields import fields_of
from docgen.model.project import Project

Docgen = Callable[..., Any]
Edit = Callable[..., None]


def test_help_is_chinese_throughout(docgen: Docgen) -> None:
    for command in (
        [],
        ["notice"],
        ["check"],
        ["sheets"],
        ["sheets", "new"],
        ["template"],
        ["pdf"],
        ["init"],
    ):
        ran = docgen(*command, "--help")
        assert ran.code == 0
        assert ran.out.startswith("用法：docgen")
        for word in ("Usage", "Options", "Commands", "Show this message", "TEXT"):
            assert word not in ran.out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("status",), ("status", None)),
        (("sheets", "check"), ("sheets", "check")),
        (("seal", "mandate", "list"), ("seal", "mandate list")),
        (("sheets", "import", "nosuch.xlsx"), ("sheets", "import")),
        (("seal", "--json", "mandate", "add", "--nosuch"), ("seal", "mandate add")),
    ],
)
def test_json_names_the_command_that_was_called(
    workspace: Path, docgen: Docgen, words: tuple[str, ...], named: tuple[str, str | None]
) -> None:
    """The whole name is there, also where the command line is wrong or the command fails."""
    value = json.loads(docgen(*words, "--json").out)
    assert (value["command"], value.get("subcommand")) == named


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["notise"], "没有“notise”这个命令，是不是 notice？"),
        (["notice", "--projct", "3"], "没有 --projct 这个选项，是不是 --project？"),
        (["notice", "--as", "3"], "没有 --as 这个选项\n"),
        (["notice"], "没有说明制发哪些告知函"),
        (["notice", "--project"], "--project"),
        (["notice", "--project", "3", "more"], "多了参数 more"),
        (["notice", "3"], "多了参数 3；要用选项写明，如 --project 3"),
        (["--date", "31.1.2026", "check"], "“31.1.2026”不是日期"),
        (["init"], "缺少参数"),
        (["init", "x", "--example", "z"], "a（澄湖县重大项目联审联批工作机制）；b（青岚市"),
        (["notice", "--project", "99"], "没有找到项目“99”"),
        (["notice", "--project", "供水管网"], "对应2个"),
        (["sheets", "new", "单未"], "是不是：单位"),
        (["template", "fields", "告知"], "是不是：告知函"),
        (["pdf"], "没有指明要转换的文件"),
        (["--date", "1900-01-01", "check"], "要写明2000到2100年之间的年月日"),
        (["check", "--date", "1.2.26"], "“1.2.26”不是日期"),
        (["check", "--date", "3月16日"], "年份写四位"),
        (["--by", "\x07", "check"], "要写姓名"),
        (["-C", "nosuch", "check"], "没有 "),
        (["doc", "list", "-C", "x"], "它要写在命令前面：docgen -C … doc list"),
        (["notice", "--date", "31.1.2026"], "“31.1.2026”不是日期"),
        (["doc", "list", "--by", "\x07"], "要写姓名"),
    ],
)
def test_wrong_use_is_said_in_chinese_with_exit_code_2(
    workspace: Path, docgen: Docgen, arguments: list[str], said: str
) -> None:
    ran = docgen(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not (workspace / "out").exists()


def test_outside_a_workspace_it_says_how_to_get_to_one(
    tmp_path: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = docgen("check")
    assert ran.code == 2
    assert "docgen init" in ran.err
    assert "-C" in ran.err


def test_the_workspace_is_found_upward_and_by_dash_c(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(workspace / "data")
    ran = docgen("notice", "--project", "3", "--unit", "县水利局")
    assert ran.code == 0
    assert "新拟  1号草稿  ../out/2026/告知函/草稿/003-县水利局-" in ran.out
    monkeypatch.chdir(tmp_path)
    assert docgen("-C", workspace, "check").code == 0


def test_a_year_that_is_over_is_asked_about(workspace: Path, docgen: Docgen) -> None:
    """Days without a year are read as of the mechanism's: in January somebody must have been told."""
    words = "「年度」：写的是2026，今天是2027年"
    ran = docgen("--date", "2027-01-05", "check")
    assert (ran.code, words in ran.err) == (0, True)
    assert "「年度」" not in docgen("check").err


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("version = 2\n", 1, "请升级 docgen"),
        ("version = [", 1, "不是正确的 TOML 文件"),
        ("", 1, "「version」：缺少这一项"),
        ("version = 1\n[folders]\ndate = 'x'\n", 1, "没有这一项设置，是不是 data？"),
        ("today = 2026-03-16\nversion = 1\n", 1, "「today」：要写在 [defaults] 下面"),
        ("version = 1\n[folders]\ndata = 'nowhere'\n", 1, "缺少文件夹 nowhere"),
        ("version = 1\n[defaults]\ntoday = 'soon'\n", 1, "「defaults.today」"),
        ("version = 1\n[layout]\nfonts = 'Arial'\n", 1, "「layout.fonts」"),
        ('version = 1\n[folders]\nout = "a\\u0000b"\n', 1, "「folders.out」：里面有看不见的字符（U+0000）"),
        ('version = 1\n[defaults]\nby = "甲\\n乙"\n', 1, "「defaults.by」：里面有看不见的字符（U+000A）"),
    ],
)
def test_a_bad_configuration_is_said(
    workspace: Path, docgen: Docgen, content: str, code: int, said: str
) -> None:
    (workspace / "docgen.toml").write_text(content, encoding="utf-8")
    ran = docgen("check")
    assert ran.code == code
    assert said in ran.out + ran.err


def test_check_of_the_sample_finds_nothing_and_counts_the_records(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("check")
    assert ran.code == 0
    assert "没有问题。单位22，人员60" in ran.out


def test_check_lists_the_faults_of_sheets_and_templates_together(
    workspace: Path, docgen: Docgen, edit: Edit
) -> None:
    edit("项目", 3, "牵头单位", "县工新局")
    (workspace / "templates" / "docx" / "告知函.docx").write_bytes(b"")
    ran = docgen("check")
    assert ran.code == 1
    assert "项目!AD5「牵头单位」：写的是“县工新局”，单位表中没有。是不是：县工信局" in ran.out
    assert "告知函.docx" in ran.out
    assert "共2处问题。" in ran.out


@pytest.mark.parametrize("command", [("check",), ("sheets", "check")])
def test_a_check_that_is_to_tell_problems_alone_tells_them(
    docgen: Docgen, edit: Edit, command: tuple[str, ...]
) -> None:
    assert docgen("-q", *command).out == ""
    edit("项目", 3, "牵头单位", "县工新局")
    ran = docgen("-q", *command)
    assert (ran.code, ran.out.count("写的是“县工新局”")) == (1, 1)


def test_findings_are_told_although_problems_alone_are_to_be_told(workspace: Path, docgen: Docgen) -> None:
    document = docx.Document()
    document.add_paragraph("现通知如下,请办理:")
    document.save("草稿.docx")
    loud, quiet = docgen("lint", "草稿.docx"), docgen("-q", "lint", "草稿.docx")
    assert (quiet.code, quiet.out) == (1, loud.out.rpartition("共检查1个文件")[0])
    assert "half-punctuation" in quiet.out


def test_notice_says_what_was_made_and_where(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("notice", "--project", "绿色建材")
    assert ran.code == 0
    assert ran.out.count("号草稿  out/2026/告知函/草稿/003-") == 4
    assert "共4件：新拟4件。" in ran.out


def test_quiet_prints_only_problems(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("-q", "notice", "--project", "3")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_json_is_one_value_on_standard_output(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("--json", "notice", "--project", "3", "--unit", "县水利局")
    value = json.loads(ran.out)
    assert {"command", "exit_code", "problems", "advices", "documents", "files"} == value.keys()
    (document,) = value["documents"]
    assert document["outcome"] == "new"
    assert document["addressee"] == "县水利局"
    assert Path(document["path"]).is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ["notice", "--project", "99"],
        ["check"],
        ["notice"],
        ["notise"],
        [],
        ["notice", "--projct", "3"],
        ["--date", "x", "check"],
        ["-C", "nosuch", "check"],
    ],
)
def test_json_gives_problems_too(workspace: Path, docgen: Docgen, edit: Edit, arguments: list[str]) -> None:
    edit("项目", 3, "牵头单位", "县工新局")
    ran = docgen("--json", *arguments)
    value = json.loads(ran.out)
    assert value["exit_code"] == ran.code != 0
    assert value["problems"][0].keys() == {"code", "message", "values"}


def test_the_actor_comes_from_by_then_environment_then_settings(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.register.store import Register

    def actor() -> str:
        with Register(workspace / "register.sqlite", "").reading() as books:
            (document,) = books.of_kind("告知函")
            return document.drafter

    command = ["notice", "--project", "3", "--unit", "县水利局", "--force"]
    docgen(*command)
    assert actor() == "陶映雪"
    monkeypatch.setenv("DOCGEN_BY", "褚云帆")
    docgen(*command)
    assert actor() == "褚云帆"
    docgen("--by", "方知远", *command)
    assert actor() == "方知远"


def test_a_draft_is_drawn_up_by_somebody_or_not_at_all(workspace: Path, docgen: Docgen) -> None:
    settings = workspace / "docgen.toml"
    words = settings.read_text("utf-8")
    settings.write_text(words.replace('by = "陶映雪"', ""), "utf-8")

    ran = docgen("notice", "--project", "3")
    assert ran.code == 2
    for way in ("--by 姓名", "DOCGEN_BY", "[defaults]", "登录名"):
        assert way in ran.err
    assert not list(workspace.rglob("*草稿*"))
    assert docgen("--by", "舟", "notice", "--project", "3").code == 2
    assert docgen("--by", "褚云帆", "notice", "--project", "3").code == 0


def test_init_makes_a_workspace_that_checks_and_drafts(tmp_path: Path, docgen: Docgen) -> None:
    ran = docgen("init", tmp_path / "new", "--example", "a")
    assert ran.code == 0
    assert docgen("-C", tmp_path / "new", "check").code == 0
    ran = docgen("-C", tmp_path / "new", "notice", "--project", "3")
    assert ran.code == 0
    assert len(list((tmp_path / "new" / "out").rglob("*.docx"))) == 4


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path, docgen: Docgen) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = docgen("init", tmp_path)
    assert ran.code == 2
    assert "不是空文件夹" in ran.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_empty_workspace_lists_what_must_be_filled(tmp_path: Path, docgen: Docgen) -> None:
    docgen("init", tmp_path / "new")
    ran = docgen("-C", tmp_path / "new", "check")
    assert ran.code == 1
    assert "单位：表中没有数据，请至少填一行" in ran.out
    assert "工作机制!B3「全称」：没有填" in ran.out


def test_a_new_workspace_names_the_kinds_that_wait_for_a_number_code(tmp_path: Path, docgen: Docgen) -> None:
    """The sheet 文种 begins with the kinds that are signed; forms and lists, which have no number, are not in it."""
    docgen("init", tmp_path / "new")
    sheet = openpyxl.load_workbook(tmp_path / "new" / "data" / "工作机制.xlsx")["文种"]
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    names = [row[0] for row in rows]
    assert {"告知函", "催办函", "通报", "会议纪要", "专报"} <= set(names)
    assert not {"签到表", "待办手续清单", "一次性告知书"} & set(names)
    assert all(not any(row[1:]) for row in rows)


def test_a_sheet_that_a_workbook_of_another_name_holds_is_not_made_a_second_time(
    workspace: Path, docgen: Docgen
) -> None:
    before = sorted(workspace.rglob("*"))
    ran = docgen("sheets", "new", "文种", "时限规则", "--to", "data")
    assert ran.code == 2
    assert "“文种”表在 data/工作机制.xlsx 里已经有了" in ran.err
    assert "“时限规则”表在 data/工作机制.xlsx 里已经有了" in ran.err
    assert sorted(workspace.rglob("*")) == before
    assert docgen("sheets", "new", "文种", "--to", "空白").code == 0


def test_sheets_new_offers_the_workspace_s_units_and_overwrites_nothing(
    workspace: Path, docgen: Docgen
) -> None:
    assert docgen("sheets", "new", "项目", "--to", "blank").code == 0
    book = openpyxl.load_workbook(workspace / "blank" / "项目.xlsx")
    assert "县工信局" in [cell.value for row in book["选项"].iter_rows() for cell in row]
    ran = docgen("sheets", "new", "项目", "--to", "blank")
    assert ran.code == 2
    assert "已存在" in ran.err


def test_blank_sheets_are_headed_in_the_mechanism_s_words_for_levels(
    workspace: Path, docgen: Docgen, settle: Callable[[str, object], None]
) -> None:
    settle("层级称谓", "旗县级、盟市级、自治区级、国家级")
    assert docgen("sheets", "new", "项目", "--to", "blank").code == 0
    sheet = openpyxl.load_workbook(workspace / "blank" / "项目.xlsx")["项目"]
    heads = [cell.value for cell in sheet[2]]
    assert {"所属旗县", "自治区级资金（亿元）", "盟市级资金（亿元）", "旗县级资金（亿元）"} <= set(heads)
    district = next(each for each in fields_of(Project) if each.label == "所属县区")
    assert "所属旗县" in district.column.also  # so that it is read under this header


def test_the_list_of_approvals_with_a_column_for_each_item_is_written_once(
    workspace: Path, docgen: Docgen
) -> None:
    ran = docgen("sheets", "export", "手续一览", "--to", "一览.xlsx")
    assert (ran.code, ran.out) == (0, "新建  一览.xlsx\n")
    again = docgen("sheets", "export", "手续一览", "--to", "一览.xlsx")
    assert (again.code, "已存在" in again.err) == (2, True)
    unknown = docgen("sheets", "export", "手续总览")
    assert (unknown.code, "没有“手续总览”这种台账。是不是：手续一览？" in unknown.err) == (2, True)


def test_a_workspace_with_that_list_alone_drafts_from_it(workspace: Path, docgen: Docgen) -> None:
    assert docgen("sheets", "export", "手续一览", "--to", "data/手续一览.xlsx").code == 0
    (workspace / "data" / "手续.xlsx").unlink()
    assert "没有问题" in docgen("check").out
    assert docgen("notice", "--project", "3").code == 0


def test_annotate_marks_the_faulty_cells_in_copies_and_leaves_the_sheets_alone(
    workspace: Path, docgen: Docgen, edit: Edit
) -> None:
    edit("项目", 3, "牵头单位", "县工新局")
    edit("手续", 3, "状态", "快了")
    edit("时限规则", "上半年", "办结时限", "一月", book="工作机制")
    before = {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}
    ran = docgen("sheets", "annotate", "--to", "marked")
    assert ran.code == 1
    assert ran.out.count("标注  marked/") == 3
    assert {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")} == before
    cell = openpyxl.load_workbook(workspace / "marked" / "项目.xlsx")["项目"]["AD5"]
    assert cell.fill.fgColor.rgb.endswith("FF9999")
    assert cell.comment.text.startswith("写的是“县工新局”，单位表中没有")
    rule = openpyxl.load_workbook(workspace / "marked" / "工作机制.xlsx")["时限规则"]["D3"]
    assert "1月31日" in rule.comment.text
    assert docgen("sheets", "annotate", "--to", "marked").code == 2


def test_sheets_check_looks_at_the_sheets_alone(workspace: Path, docgen: Docgen, edit: Edit) -> None:
    (workspace / "templates" / "docx" / "告知函.docx").unlink()
    assert docgen("sheets", "check").code == 0
    edit("项目", 3, "牵头单位", "县工新局")
    ran = docgen("sheets", "check")
    assert ran.code == 1
    assert "项目!AD5「牵头单位」" in ran.out


def test_template_rebuild_brings_the_shipped_template_back_and_keeps_the_changed_one(
    workspace: Path, docgen: Docgen
) -> None:
    path = workspace / "templates" / "docx" / "告知函.docx"
    shipped = path.read_bytes()
    path.write_bytes(b"changed")
    assert "已修改" in docgen("template", "list").out
    ran = docgen("template", "rebuild")
    assert ran.code == 0
    assert path.read_bytes() == shipped
    assert (path.parent / "留存" / "告知函.1.docx").read_bytes() == b"changed"
    assert "没有改动" in docgen("template", "rebuild").out


def test_a_template_that_fetches_from_outside_makes_no_document(workspace: Path, docgen: Docgen) -> None:
    """A picture that is linked, not embedded, would be missing wherever the document goes."""
    path = workspace / "templates" / "docx" / "告知函.docx"
    document = docx.Document(str(path))
    document.part.relate_to("file:///D:/标志.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    document.save(str(path))
    for command in (("template", "check"), ("check",), ("notice", "--project", "3")):
        ran = docgen(*command)
        assert ran.code == 1
        assert "模板 告知函.docx：引用外部的图片 file:///D:/标志.png，会带进每一件公文" in ran.out + ran.err
    assert not (workspace / "out").exists()


def test_the_layout_of_the_workspace_goes_into_templates_and_drafts(workspace: Path, docgen: Docgen) -> None:
    settings = workspace / "docgen.toml"
    layout = '\n[layout]\nfonts = "普通"\nmark_size = 20\nmargins = "墨迹"\npage_number = "无"\n'
    settings.write_text(settings.read_text("utf-8") + layout, encoding="utf-8")
    assert "已修改" in docgen("template", "list").out
    assert docgen("template", "rebuild").code == 0
    assert "随附" in docgen("template", "list").out
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    (draft,) = (workspace / "out").rglob("*.docx")
    with zipfile.ZipFile(draft) as package:
        styles, body = (package.read(f"word/{part}.xml").decode() for part in ("styles", "document"))
    assert "仿宋_GB2312" not in styles
    assert 'w:top="1880"' in body
    assert '<w:sz w:val="40"/>' in body


def test_template_fields_lists_what_a_clerk_may_use(workspace: Path, docgen: Docgen) -> None:
    out = docgen("template", "fields", "告知函").out
    for name in (
        "{{ 机制.联系人 }}",
        "{{ 反馈期限 }}",
        "{{ 主送机关 }}",
        "各项[].项目.总投资",
        "各项[].手续[].层级",
    ):
        assert name in out


def test_without_libreoffice_a_pdf_is_refused_before_anything_is_written(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_SOFFICE", str(workspace / "no-such-program"))
    ran = docgen("notice", "--project", "3", "--pdf")
    assert ran.code == 4
    assert "DOCGEN_SOFFICE" in ran.err
    assert not (workspace / "out").exists()


@pytest.mark.libreoffice
def test_a_pdf_that_is_there_already_is_moved_aside_not_overwritten(workspace: Path, docgen: Docgen) -> None:
    docgen("notice", "--project", "3", "--unit", "县水利局")
    (draft,) = (workspace / "out").rglob("*.docx")
    draft.with_suffix(".pdf").write_bytes(b"mine")
    ran = docgen("pdf", draft)
    assert ran.code == 0
    assert "原有的 PDF 移到“留存”" in ran.out
    assert (draft.parent / "留存" / f"{draft.stem}.1.pdf").read_bytes() == b"mine"


@pytest.mark.libreoffice
def test_pdf_and_preview_lie_beside_the_draft(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("notice", "--project", "3", "--unit", "县水利局", "--pdf", "--preview")
    assert ran.code == 0, ran.err
    (pdf,) = (workspace / "out").rglob("*.pdf")
    (png,) = (workspace / "out").rglob("*.png")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert {pdf.stem, png.stem} == {next((workspace / "out").rglob("*.docx")).stem}


@pytest.mark.libreoffice
def test_pdf_ofd_and_preview_are_made_of_one_pdf(workspace: Path, docgen: Docgen) -> None:
    """The OFD's own mark is the digest of the very PDF that lies beside the draft: none other was made for it."""
    arguments = ("notice", "--project", "3", "--unit", "县水利局", "--pdf")
    assert docgen(*arguments).code == 0
    (pdf,) = (workspace / "out").rglob("*.pdf")
    pdf.write_bytes(pdf.read_bytes() + b"% kept\n")
    ran = docgen(*arguments, "--ofd", "--preview")
    assert ran.code == 0, ran.err
    assert pdf.read_bytes().endswith(b"% kept\n")
    (ofd,) = (workspace / "out").rglob("*.ofd")
    with zipfile.ZipFile(ofd) as package:
        assert f"<ofd:DocID>{sha256(pdf.read_bytes())[:32]}<" in package.read("OFD.xml").decode()
    assert ofd.with_suffix(".png").is_file()


def test_the_module_runs_as_the_command_does(workspace: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "docgen", "check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert "没有问题" in ran.stdout


def test_nothing_heavy_is_imported_for_help() -> None:
    code = (
        "import sys\n"
        "from docgen.cli.main import run\n"
        "run(['--help'])\n"
        "heavy = {'pydantic', 'lxml', 'jinja2', 'openpyxl', 'docx', 'docxtpl', 'sqlalchemy', 'holidays', 'rjieba',"
        " 'python_calamine'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_unforeseen_fault_is_a_sentence_not_a_traceback(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr("docgen.workspace.Workspace.read", fail)
    ran = docgen("check")
    assert ran.code == 4
    assert "程序内部错误（ZeroDivisionError：unforeseen）" in ran.err
    assert json.loads(docgen("--json", "check").out)["problems"][0]["code"] == "internal"
    assert "Traceback" not in ran.err
    assert "Traceback" in docgen("-v", "check").err
