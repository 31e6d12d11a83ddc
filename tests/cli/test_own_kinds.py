"""An office's own sheet and kinds: declared without a line of Python, drafted, sealed and verified."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

OWN = Path(__file__).parents[2] / "examples" / "own"
LETTER, NOTICE = "走访问题转办函", "现场办公通知"


@pytest.fixture
def own(workspace: Path, set_kind, begin) -> Path:
    """The sample workspace with the example of an office's own sheet and kinds."""

    def lead() -> None:
        for name in ("sheets", "kinds"):
            shutil.copytree(OWN / name, workspace / name)
        for path in (OWN / "data").glob("*.xlsx"):
            shutil.copyfile(path, workspace / "data" / path.name)
        set_kind(LETTER, "机关代字", "澄联审办函")
        set_kind(NOTICE, "机关代字", "澄联审办通")

    begin("own", lead)
    return workspace


def words_of(path: Path) -> str:
    import docx

    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_the_example_holds_no_python_and_nothing_but_text_and_sheets() -> None:
    assert {each.suffix for each in OWN.rglob("*") if each.is_file()} == {".toml", ".txt", ".xlsx", ".md"}


def test_own_sheet_and_kinds_are_checked_and_listed_like_docgen_s(own: Path, docgen) -> None:
    checked = docgen("check")
    assert checked.code == 0, checked.out
    assert "走访6" in checked.out
    listed = json.loads(docgen("--json", "kind", "list").out)["kinds"]
    assert [each["title"] for each in listed if each["own"]] == [NOTICE, LETTER]
    assert docgen("kind", "check").code == 0
    assert docgen("template", "check", LETTER).code == 0


def test_a_document_of_an_own_kind_goes_from_draft_to_sealed_and_verified(own: Path, docgen) -> None:
    drafted = docgen("draft", LETTER, "--all")
    assert drafted.code == 0, drafted.err
    documents = json.loads(docgen("--json", "doc", "list").out)["documents"]
    assert {each["kind"] for each in documents} == {LETTER}
    assert docgen("lint", *(each["path"] for each in documents)).code == 0
    first = str(documents[0]["id"])
    for who, *step in (
        ("方知远", "doc", "review", first),
        ("万里舟", "doc", "sign", first),
        ("万里舟", "seal", "mandate", "add"),
        ("陶映雪", "seal", "request", first, "--copies", "3"),
        ("万里舟", "seal", "approve", first),
        ("范雨桐", "seal", "apply", first),
        ("陶映雪", "doc", "issue", first),
    ):
        taken = docgen("--by", who, *step)
        assert taken.code == 0, (step, taken.err)
    shown = json.loads(docgen("--json", "doc", "show", first).out)["document"]
    assert (shown["state"], shown["number"]) == ("印发", "澄联审办函〔2026〕1号")
    final = own / shown["path"]
    assert final.parent == own / "out" / "2026" / LETTER / "澄联审办函〔2026〕1号"
    assert "澄联审办函〔2026〕1号" in words_of(final)
    verified = docgen("verify")
    assert verified.code == 0, verified.out


def test_what_was_passed_on_is_not_passed_on_again(own: Path, docgen) -> None:
    docgen("draft", LETTER, "--all")
    before = json.loads(docgen("--json", "doc", "list").out)["documents"]
    docgen("--by", "方知远", "doc", "review", "--all")
    docgen("--by", "万里舟", "doc", "sign", "--all")
    again = docgen("draft", LETTER, "--all")
    assert again.code == 0
    assert f"{len(before)}件已核稿或签发，其中的事项未再起草" in again.err
    one = docgen("draft", LETTER, "--item", "2026-01")
    assert (one.code, "不再改动" in one.err) in ((3, True), (0, False))


def test_verify_still_sees_the_documents_of_a_kind_that_is_declared_no_more(own: Path, docgen) -> None:
    docgen("draft", LETTER, "--all")
    docgen("--by", "方知远", "doc", "review", "--all")
    docgen("--by", "万里舟", "doc", "sign", "--all")
    (own / "kinds" / f"{LETTER}.toml").unlink()
    assert docgen("verify").code == 0
    (final,) = list((own / "out" / "2026" / LETTER).glob("*1号/*1号.docx"))[:1] or [None]
    strange = next((own / "out" / "2026" / LETTER).glob("*〔2026〕1号")) / "夹带.docx"
    strange.write_bytes(b"PK")
    del final
    assert docgen("verify").code == 5


def test_a_notice_for_a_project_goes_to_all_units_that_owe_it_something(own: Path, docgen) -> None:
    drafted = docgen("--json", "draft", NOTICE, "--project", "4")
    (document,) = json.loads(drafted.out)["documents"]
    assert "县自然资源局" in document["addressee"]
    text = words_of(Path(document["path"]))
    assert "定于2026年3月18日上午9:00" in text
    assert docgen("lint", document["path"]).code == 0


def test_a_kind_without_a_code_is_told_by_its_check(own: Path, docgen) -> None:
    assert docgen("kind", "new", "提醒函", "--form", "信函", "--for", "项目").code == 0
    ran = docgen("kind", "check")
    assert (ran.code, "“文种”表还没有“提醒函”的机关代字" in ran.err, LETTER in ran.err) == (0, True, False)


def test_a_kind_made_for_a_sheet_whose_rows_name_a_unit_begins_with_that_unit(own: Path, docgen) -> None:
    for source, receiver in (
        ("走访", "需办单位"),
        ("督办", "承办单位"),
        ("会议", "各成员单位"),
        ("机制", "各成员单位"),
    ):
        assert docgen("kind", "new", f"{source}函", "--form", "信函", "--for", source).code == 0
        assert f'to = ["{receiver}"]' in (own / "kinds" / f"{source}函.toml").read_text("utf-8")
    assert docgen("kind", "check").code == 0


def test_who_is_asked_to_explain_is_invited_or_hosts_the_office(own: Path, docgen) -> None:
    import docx

    documents = json.loads(docgen("--json", "draft", NOTICE, "--all").out)["documents"]
    explained = 0
    for each in documents:
        for table in docx.Document(each["path"]).tables:
            column = [cell.text for cell in table.rows[0].cells].index("说明单位")
            asked = {row.cells[column].text for row in table.rows[1:]}
            assert asked <= {*each["addressee"].split("、"), "县发改委"}, each["path"]
            explained += 1
    assert explained > 2


def test_a_new_column_is_a_field_of_a_kind_without_declaring_it(own: Path, docgen) -> None:
    import openpyxl

    path = own / "data" / "项目.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["项目"]
    column = sheet.max_column + 1
    sheet.cell(2, column).value = "现场联系人"
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 1).value is not None:
            sheet.cell(row, column).value = "侯望舒"
    book.save(path)
    wording = own / "kinds" / f"{NOTICE}.txt"
    wording.write_text(
        wording.read_text("utf-8").replace(
            "请提前10分钟到场", "现场联系人为{{ 本项.现场联系人 }}。请提前10分钟到场"
        ),
        "utf-8",
    )
    drafted = docgen("--json", "draft", NOTICE, "--project", "4")
    (document,) = json.loads(drafted.out)["documents"]
    assert "现场联系人为侯望舒。" in words_of(Path(document["path"]))


def add_column(path: Path, sheet: str, label: str, value: object) -> int:
    """Add a column with one value in the first row, and return its number."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    column = book[sheet].max_column + 1
    book[sheet].cell(2, column).value = label
    book[sheet].cell(3, column).value = value
    book.save(path)
    return column


def test_an_empty_cell_of_an_added_column_is_named_and_its_field_listed_as_templates_write_it(
    own: Path, docgen
) -> None:
    from openpyxl.utils import get_column_letter

    column = add_column(own / "data" / "项目.xlsx", "项目", "2026年安排", "已定")
    assert '{{ 本项["2026年安排"] }}' in docgen("template", "fields", NOTICE).out.splitlines()
    wording = own / "kinds" / f"{NOTICE}.txt"
    text = wording.read_text("utf-8").replace("请提前10", '{{ 本项["2026年安排"] }}，请提前10')
    wording.write_text(text, "utf-8")
    drafted = docgen("draft", NOTICE, "--project", "4")
    assert (drafted.code, f"项目!{get_column_letter(column)}6「2026年安排」：没有填" in drafted.err) == (
        1,
        True,
    )


def test_a_fault_in_the_sheets_makes_no_others_of_added_columns_and_units_that_kinds_name(
    own: Path, docgen, edit
) -> None:
    add_column(own / "data" / "项目.xlsx", "项目", "现场联系人", "侯望舒")
    wording, declared = (own / "kinds" / f"{NOTICE}{ending}" for ending in (".txt", ".toml"))
    text = wording.read_text("utf-8").replace("请提前10", '{{ 本项.现场联系人|default("") }}请提前10')
    wording.write_text(text, "utf-8")
    copies = declared.read_text("utf-8").replace('["项目管家"]', '["项目管家", "县水利局"]')
    declared.write_text(copies.replace("and 待办手续", "and 待办手续 and not 现场联系人"), "utf-8")
    edit("手续", 1, "状态", "不详")
    checked = docgen("check")
    assert (checked.code, len(checked.out.splitlines()), "写的是“不详”" in checked.out) == (1, 1, True), (
        checked.out
    )
    assert docgen("kind", "check").code == 0


def test_a_kind_begun_by_a_command_drafts_at_once(own: Path, docgen, set_kind) -> None:
    made = docgen("kind", "new", "进展函", "--form", "信函", "--for", "项目单位")
    assert made.code == 0, made.err
    set_kind("进展函", "机关代字", "澄联审办函")
    assert docgen("kind", "check", "进展函").code == 0
    drafted = docgen("draft", "进展函", "--project", "3")
    assert drafted.code == 0, drafted.err
    again = docgen("kind", "new", "进展函", "--form", "信函", "--for", "项目单位")
    assert again.code == 1
    assert "已由" in again.err


def written(workspace: Path, title: str) -> None:
    """Write what a new kind's wording leaves to be written."""
    wording = workspace / "kinds" / f"{title}.txt"
    words, places = re.subn("【待填写[^】]*】", "已经写明", wording.read_text("utf-8"))
    assert places
    wording.write_text(words, "utf-8")


@pytest.mark.parametrize("form", ["信函", "文件", "上行文", "纪要", "命令", "单", "期刊"])
def test_what_a_wording_leaves_to_be_written_is_said_found_and_never_signed(
    own: Path, docgen, set_kind, form: str
) -> None:
    title = f"试用{form}"
    assert docgen("kind", "new", title, "--form", form, "--for", "项目").code == 0
    set_kind(title, "机关代字", "澄联审办试")
    checked = docgen("kind", "check", title)
    assert (checked.code, f"kinds/{title}.txt 第" in checked.err) == (0, True)
    drafted = docgen("--json", "draft", title, "--project", "3")
    (document,) = json.loads(drafted.out)["documents"]
    assert "有占位文字“【待填写" in docgen("lint", document["path"]).out
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "1")
    assert (signed.code, "有占位文字“【待填写" in signed.err) == (1, True), signed.err
    written(own, title)
    assert "写好以后" not in docgen("kind", "check", title).err


@pytest.mark.parametrize("form", ["信函", "文件", "上行文", "纪要", "命令", "单", "期刊"])
def test_each_form_can_be_begun_with_and_drafts_what_lints_without_error(
    own: Path, docgen, set_kind, form: str
) -> None:
    title = f"试用{form}"
    assert docgen("kind", "new", title, "--form", form, "--for", "项目").code == 0
    written(own, title)
    set_kind(title, "机关代字", "澄联审办试")
    drafted = docgen("--json", "draft", title, "--project", "3")
    assert drafted.code == 0, drafted.out
    (document,) = json.loads(drafted.out)["documents"]
    linted = docgen("lint", document["path"])
    assert linted.code == 0, linted.out


def test_a_report_upward_begins_with_a_superior_and_who_signs(workspace: Path, docgen, set_kind) -> None:
    assert docgen("kind", "new", "专题报告", "--form", "上行文", "--for", "项目").code == 0
    written(workspace, "专题报告")
    set_kind("专题报告", "机关代字", "澄联审办报")
    (document,) = json.loads(docgen("--json", "draft", "专题报告", "--project", "3").out)["documents"]
    assert document["addressee"] == "澄湖县人民政府"
    assert "签发人：万里舟" in words_of(Path(document["path"])).replace("\u3000", "").replace(" ", "")
    assert "上行文" in docgen("lint", document["path"]).out


@pytest.mark.parametrize("form", ["信函", "文件", "上行文", "纪要", "命令", "单", "期刊"])
def test_each_form_can_be_begun_with_for_a_period_and_for_a_signed_document(
    workspace: Path, docgen, set_kind, begin, form: str
) -> None:
    def lead() -> None:
        assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
        for who, step in (("方知远", "review"), ("万里舟", "sign")):
            assert docgen("--by", who, "doc", step, "1").code == 0

    begin("signed", lead)
    for source, asked in (("时段", ("--all",)), ("公文", ("--document", "1"))):
        title = f"{source}{form}"
        begun = docgen("kind", "new", title, "--form", form, "--for", source)
        assert begun.code == 0, begun.err
        written(workspace, title)
        set_kind(title, "机关代字", "澄联审办试")
        assert docgen("kind", "check", title).code == 0
        drafted = docgen("--json", "draft", title, *asked)
        assert drafted.code == 0, drafted.out
        (document,) = json.loads(drafted.out)["documents"]
        assert document["title"] in (f"关于2026年2月的{title}", f"关于澄联审办函〔2026〕1号的{title}")
        assert docgen("lint", document["path"]).code == 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("kind", "new", "进展函", "--form", "信函", "--for", "时断"), "是不是：时段？"),
        (("kind", "new", "进展函", "--form", "信涵", "--for", "项目"), "是不是：信函？"),
        (("kind", "new", "进展函", "--form", "信函", "--for", "项木"), "没有“项木”这种制作对象"),
        (("kind", "new", "a/b", "--form", "信函", "--for", "项目"), "不能作文种的名称"),
        (("kind", "new", "../外", "--form", "信函", "--for", "项目"), "不能作文种的名称"),
        (("kind", "new", "告知函", "--form", "信函", "--for", "项目"), "已由已有的文种声明"),
        (("draft", "转办函", "--all"), "没有“转办函”这种公文"),
        (("draft", LETTER), "没有说明制发哪些走访问题转办函"),
        (("draft", LETTER, "--item", "没有的编号"), "没有找到走访“没有的编号”"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(own: Path, docgen, asked, words) -> None:
    ran = docgen(*asked)
    assert ran.code in (1, 2)
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{% include '/etc/passwd' %}",
        "{{ 本项.origin }}",
        "{{ cycler.__init__ }}",
    ],
)
def test_nothing_in_a_declaration_reaches_code_or_files(own: Path, docgen, text: str) -> None:
    path = own / "kinds" / f"{LETTER}.toml"
    path.write_text(path.read_text("utf-8").replace("关于{{ 本项.企业 }}", f"关于{text}"), "utf-8")
    ran = docgen("draft", LETTER, "--all")
    assert ran.code == 1, ran.err
    assert "root:" not in ran.err
    assert not list((own / "out").rglob("*.docx")) if (own / "out").exists() else True


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (("告知函", "--overdue"), "告知函不能用 --overdue 选。可用的有：--project、--unit、--all。"),
        (("告知函", "--item", "1"), "告知函不能用 --item 选"),
        (("", "--all"), "没有“”这种公文"),
    ],
)
def test_a_selection_that_a_kind_does_not_know_is_refused_with_those_it_knows(
    workspace: Path, docgen, selection: tuple[str, ...], words: str
) -> None:
    refused = docgen("draft", *selection)
    assert (refused.code, words in refused.err) == (2, True), refused.err
    assert not list((workspace / "out").rglob("*.docx"))


def test_a_kind_without_a_command_is_not_drafted_by_an_empty_name(own: Path, docgen) -> None:
    assert docgen("draft", "", "--all").code == 2


@pytest.mark.parametrize("mentioned", ["", "{% if 附件.名单.标识 %}见附件。{% endif %}"])
def test_an_annex_that_would_only_be_listed_is_refused(own: Path, docgen, mentioned: str) -> None:
    said, wording = own / "kinds" / f"{LETTER}.toml", own / "kinds" / f"{LETTER}.txt"
    said.write_text(said.read_text("utf-8") + '\n[[annexes]]\nname = "名单"\ntitle = "企业名单"\n', "utf-8")
    plain = wording.read_text("utf-8")
    wording.write_text(plain.replace("特此函告", f"{mentioned}特此函告"), "utf-8")
    for asked in (("kind", "check"), ("draft", LETTER, "--all")):
        refused = docgen(*asked)
        assert (refused.code, "没有附件“名单”的内容" in refused.err + refused.out) == (1, True)
    assert not list((own / "out").rglob("*.docx"))
    wording.write_text(f"{plain}[附件] 名单\n企业反映：{{{{ 本项.反映问题 }}}}。\n", "utf-8")
    drafted = docgen("draft", LETTER, "--all")
    assert drafted.code == 0, drafted.err
    assert all("企业名单" in words_of(each) for each in (own / "out").rglob("*.docx"))


def test_a_table_without_widths_fits_what_each_document_says(workspace: Path, docgen, set_kind) -> None:
    import docx

    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "清单函.toml").write_text(
        'title = "清单函"\nform = "信函"\nheading = "关于报送清单的函"\n[[made_for]]\nsource = "机制"\n'
        "to = [\"'县政府督查室'\"]\n" + '[[rows]]\nname = "各项目"\nof = "项目"\n',
        "utf-8",
    )
    (workspace / "kinds" / "清单函.txt").write_text(
        "清单如下。\n[表] 项 in 各项目\n| 序号 | 项目名称 | 总投资 |\n"
        "| {{ 项.序号 }} | {{ 项.项目名称 }} | {{ 项.总投资|default('', true) }} |\n"
        "| 合计 | {{ 各项目|length }}项 | {{ 各项目|合计('总投资') }} | 合计\n特此函告。",
        "utf-8",
    )
    set_kind("清单函", "机关代字", "澄联审办函")
    drafted = json.loads(docgen("--json", "draft", "清单函", "--all").out)
    (path,) = (each["path"] for each in drafted["documents"])
    (table,) = (each for each in docx.Document(path).tables if each.cell(0, 0).text == "序号")
    number, name, sum_ = (each.width for each in table.columns)
    assert name > number + sum_
    last = [each.text for each in table.rows[-1].cells]
    shown = [each.cells[2].text for each in table.rows[1:-1]]
    assert last == ["合计", f"{len(shown)}项", f"{sum(map(Decimal, filter(None, shown)), Decimal(0)):f}"]
    assert docgen("lint", path).code == 0


def test_units_with_too_few_things_get_no_document_and_are_named(
    workspace: Path, docgen, set_kind, set_setting
) -> None:
    folder = workspace / "kinds"
    folder.mkdir()
    (folder / "约谈函.toml").write_text(
        """\
title = "约谈函"
form = "信函"
heading = "关于约谈{{ 审批单位.规范化简称 }}的函"
[[made_for]]
source = "手续"
when = "项目.清单阶段 == '终稿' and 亮灯 == '红灯'"
to = ["审批单位"]
[[ways]]
name = "按单位"
each = ["审批单位"]
at_least = "约谈起点"
[[settings]]
name = "约谈起点"
default = 3
""",
        "utf-8",
    )
    (folder / "约谈函.txt").write_text("贵单位有{{ 份数 }}项手续超过办理时限。", "utf-8")
    set_kind("约谈函", "机关代字", "澄联审办约")
    drafted = docgen("--json", "draft", "约谈函", "--all")
    units = {each["addressee"] for each in json.loads(drafted.out)["documents"]}
    assert (units, "县水利局（2项）" in drafted.out) == ({"县自然资源局", "县住建局"}, True)
    one = docgen("draft", "约谈函", "--unit", "县水利局")
    assert (one.code, "不足3项的，没有起草约谈函：澄湖县水利局（2项）" in one.err) == (0, True)
    set_setting("约谈函", "约谈起点", 2)
    (document,) = json.loads(docgen("--json", "draft", "约谈函", "--unit", "县水利局").out)["documents"]
    assert "贵单位有2项手续超过办理时限" in words_of(Path(document["path"]))
