"""Forms that come back: which document they answer, and what of them the office may record."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree

from docgen.cli.main import run
from tests.conftest import set_row

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Said = Callable[..., Any]
Begin = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], begin: Begin) -> Said:
    """Run a command in a workspace with slips to the water bureau and its roster form; return the JSON value."""

    def call(*arguments: str | Path, by: str = "陶映雪") -> Any:
        capsys.readouterr()
        run(["--json", "--date", "2026-03-16", "--by", by, *map(str, arguments)])
        return json.loads(capsys.readouterr().out)

    def lead() -> None:
        call("slip", "--unit", "县水利局")
        call("draft", "名单反馈表", "--unit", "县水利局")

    begin("slips", lead)
    return call


def sent(workspace: Path, part: str) -> Path:
    """The one draft whose file name has a part."""
    return next(path for path in workspace.glob("out/*/*/草稿/*.docx") if part in path.name)


def fill(source: Path, to: Path, **values: str) -> Path:
    """Type into the content controls of a document, as Word does."""
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    for control in root.iter(f"{W}sdt"):
        alias = control.find(f"{W}sdtPr/{W}alias")
        if alias is not None and alias.get(f"{W}val") in values:
            texts = list(control.iter(f"{W}t"))
            texts[0].text = values[str(alias.get(f"{W}val"))]
            for each in texts[1:]:
                each.text = ""
    parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return to


def fill_table(source: Path, to: Path, about: str, **cells: str) -> Path:
    """Type into cells of the row of a table that is about something, by the heads of their columns."""
    document = docx.Document(str(source))
    table = next(
        each for each in document.tables if "计划办结日期" in [cell.text for cell in each.rows[0].cells]
    )
    heads = [cell.text for cell in table.rows[0].cells]
    row = next(each for each in table.rows if each.cells[heads.index("事项")].text == about)
    for head, words in cells.items():
        row.cells[heads.index(head)].text = words
    document.save(str(to))
    return to


def test_the_feedback_table_of_a_notice_is_read_row_by_row(workspace: Path, said: Said) -> None:
    """A person and a day go to the approval of their row; posts and telephones are shown; a wrong day is told."""
    said("notice", "--unit", "县自然资源局", "--project", "3")
    notice = sent(workspace, "绿色建材")
    good = fill_table(notice, workspace / "反馈.docx", "压覆矿产资源查询", 责任人="郝喆", 职务="股长",
                      联系电话="990-0001", 计划办结日期="2026年5月30日")  # fmt: skip
    found = said("replies", good)
    (reply,) = found["replies"]
    assert [(each["key"], each["label"], each["said"]) for each in reply["proposals"]] == [
        ("3 压覆矿产资源查询", "责任人", "郝喆"),
        ("3 压覆矿产资源查询", "承诺办结日期", "2026-05-30"),
    ]
    assert reply["values"]["压覆矿产资源查询·职务"] == "股长"
    assert said("replies", good, "--apply")["recorded"]["cells"] == 2
    assert said("sheets", "undo")["cells"] == 2
    bad = fill_table(notice, workspace / "反馈2.docx", "压覆矿产资源查询", 计划办结日期="尽快")
    assert [each["code"] for each in said("replies", bad)["problems"]] == ["cell-value"]


def test_a_slip_that_comes_back_is_known_by_its_words(workspace: Path, said: Said) -> None:
    """Without a number yet, the words outside the places to fill in tell which slip it is; cells are proposed."""
    path = fill(
        sent(workspace, "水土保持方案-容缺"),
        workspace / "发回.docx",
        办理结果="选址意见已取得",
        经办人="范雨桐",
    )
    found = said("replies", path)
    (reply,) = found["replies"]
    documents = {each["id"]: each for each in said("doc", "list")["documents"]}
    assert documents[reply["document"]]["path"].endswith("水土保持方案-容缺.docx")
    assert [(each["key"], each["label"], each["said"]) for each in reply["proposals"]] == [
        ("7 水土保持方案", "备注", "选址意见已取得"),
        ("7 水土保持方案", "责任人", "范雨桐"),
    ]
    assert found["problems"] == []


def test_what_goes_into_no_cell_is_listed_with_what_to_do_next(
    workspace: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """A decision has no column for why it is not done yet: the office reads it, and records it itself."""
    said("slip", "--meeting", "会2026-06")
    path = fill(next(workspace.glob("out/*/*/草稿/会2026-06-*.docx")), workspace / "发回.docx",
                办理结果="已完成一半", 未办结原因="等批复，5月20日办结")  # fmt: skip
    capsys.readouterr()
    run(["--date", "2026-03-16", "--by", "陶映雪", "replies", str(path)])
    told = capsys.readouterr().out
    assert "→ 已完成一半" in told
    assert "另填有  未办结原因：等批复，5月20日办结" in told
    assert "下一步：核对后加 --apply 登记" in told


def test_a_signed_slip_is_known_by_its_number(workspace: Path, said: Said) -> None:
    """A number in the form decides, although the file was saved anew with other words around it."""
    draft = sent(workspace, "水土保持方案-容缺")
    number = next(
        each["id"] for each in said("doc", "list")["documents"] if each["path"].endswith(draft.name)
    )
    said("doc", "review", str(number), by="方知远")
    signed = said("doc", "sign", str(number), by="万里舟")["documents"][0]
    path = fill(workspace / signed["path"], workspace / "发回.docx", 办理结果="已办结")
    (reply,) = said("replies", path)["replies"]
    assert (reply["document"], reply["number"]) == (number, signed["number"])
    assert reply["number"]


def test_nothing_is_written_by_reading(workspace: Path, said: Said) -> None:
    """Sheets and register are as before: the office records what it accepts."""
    before = {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}
    path = fill(sent(workspace, "容缺"), workspace / "发回.docx", 办理结果="已办结")
    said("replies", path)
    assert {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")} == before


def test_new_people_of_a_roster_form_are_listed(workspace: Path, said: Said) -> None:
    """What goes into no cell by itself is shown as it was filled in."""
    path = fill(sent(workspace, "名单反馈表"), workspace / "名单.docx", 姓名1="丁汝霖", 类别1="联络员")
    (reply,) = said("replies", path)["replies"]
    assert reply["values"] == {"姓名1": "丁汝霖", "类别1": "联络员"}
    assert reply["proposals"] == []
    assert reply["document"] is not None


def test_a_form_of_another_office_answers_nothing(workspace: Path, said: Said) -> None:
    """Words that no document of the register has are told, with the way to name the document oneself."""
    path = fill(sent(workspace, "容缺"), workspace / "发回.docx", 办理结果="已办结")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    changed = parts["word/document.xml"].replace("水土保持方案".encode(), "水利工程方案".encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, data in (parts | {"word/document.xml": changed}).items():
            package.writestr(name, data)
    found = said("replies", path)
    assert [each["code"] for each in found["problems"]] == ["reply-unknown"]
    named = said("replies", path, "--document", "1")
    assert (named["replies"][0]["document"], named["problems"]) == (1, [])


def test_files_without_places_workbooks_and_damaged_files_are_named_one_by_one(
    workspace: Path, said: Said
) -> None:
    """One bad file does not hide another, nor a good one."""
    good = fill(sent(workspace, "容缺"), workspace / "好.docx", 办理结果="已办结")
    (workspace / "坏.docx").write_bytes(b"PK\x03\x04")
    template = workspace / "templates" / "docx" / "会议纪要.docx"
    found = said("replies", "坏.docx", workspace / "data" / "单位.xlsx", template, good)
    assert [each["code"] for each in found["problems"]] == ["lint-damaged", "lint-workbook", "reply-no-form"]
    assert found["replies"][3]["proposals"] != []


def test_a_form_on_which_nothing_was_filled_in_says_so(workspace: Path, said: Said) -> None:
    found = said("replies", sent(workspace, "容缺"))
    assert [each["code"] for each in found["advices"]] == ["reply-blank"]


def test_the_same_form_recorded_twice_is_attached_once(workspace: Path, said: Said) -> None:
    """A form that is applied again adds no second file to its document, which is said."""
    draft = sent(workspace, "水土保持方案-容缺")
    found = said("doc", "list")["documents"]
    number = str(next(each["id"] for each in found if each["path"].endswith(draft.name)))
    said("doc", "review", number, by="方知远")
    signed = said("doc", "sign", number, by="万里舟")["documents"][0]
    path = fill(workspace / signed["path"], workspace / "发回.docx", 办理结果="选址意见已取得")
    first = said("replies", path, "--apply")
    again = said("replies", path, "--apply")
    assert (first["recorded"]["attached"], again["recorded"]["attached"]) == ([int(number)], [])
    assert (again["recorded"]["cells"], [each["code"] for each in again["advices"]]) == (
        0,
        ["reply-attached-before"],
    )
    assert len(list(workspace.glob("out/**/附件/*.docx"))) == 1


def test_a_form_that_comes_back_empty_is_no_answer(workspace: Path, said: Said) -> None:
    """It is not kept as the reply, or nobody would ask the unit again."""
    draft = sent(workspace, "水土保持方案-容缺")
    found = said("doc", "list")["documents"]
    number = str(next(each["id"] for each in found if each["path"].endswith(draft.name)))
    said("doc", "review", number, by="方知远")
    signed = said("doc", "sign", number, by="万里舟")["documents"][0]
    done = said("replies", fill(workspace / signed["path"], workspace / "发回.docx"), "--apply")
    assert (done["recorded"]["cells"], done["recorded"]["attached"]) == (0, [])
    assert [each["code"] for each in done["advices"]] == ["reply-blank", "reply-blank-not-attached"]
    assert not list(workspace.glob("out/**/附件/*.docx"))


def test_what_no_cell_may_hold_is_told_before_it_is_recorded(workspace: Path, said: Said) -> None:
    """Reading alone finds what the sheet would refuse: a number for a person."""
    path = fill(sent(workspace, "水土保持方案-容缺"), workspace / "发回.docx", 经办人="12.5")
    for more in ((), ("--apply",)):
        assert [each["code"] for each in said("replies", path, *more)["problems"]] == ["cell-value"]


@pytest.mark.libreoffice
def test_a_form_saved_by_libreoffice_says_the_same(workspace: Path, said: Said) -> None:
    """LibreOffice parts controls and writes their text several times; it is read once."""
    path = fill(
        sent(workspace, "容缺"),
        workspace / "发回.docx",
        办理结果="选址意见已取得，3月20日办结",
        经办人="丁汝霖",
    )
    command = ["soffice", "--headless", "--convert-to", "docx", "--outdir", "另存", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=workspace)
    first, second = (said("replies", each)["replies"][0] for each in (path, workspace / "另存" / "发回.docx"))
    assert first["values"] == second["values"]
    assert first["proposals"] == second["proposals"] != []
    assert first["document"] == second["document"]


def test_what_came_back_is_recorded_when_told_to(workspace: Path, said: Said) -> None:
    """Cells hold what was filled in, the file lies with its signed document, and the cells can be taken back."""
    draft = sent(workspace, "水土保持方案-容缺")
    number = next(
        each["id"] for each in said("doc", "list")["documents"] if each["path"].endswith(draft.name)
    )
    said("doc", "review", str(number), by="方知远")
    signed = said("doc", "sign", str(number), by="万里舟")["documents"][0]
    before = (workspace / "data" / "手续.xlsx").read_bytes()
    path = fill(workspace / signed["path"], workspace / "发回.docx", 办理结果="选址意见已取得")
    done = said("replies", path, "--apply")["recorded"]
    assert (done["cells"], done["attached"]) == (1, [number])
    rows = openpyxl.load_workbook(workspace / "data" / "手续.xlsx")["手续"].iter_rows(values_only=True)
    assert any(row[:2] == (7, "水土保持方案") and "选址意见已取得" in row for row in rows)
    roles = {file["role"] for entry in said("doc", "show", str(number))["entries"] for file in entry["files"]}
    assert "复函" in roles
    assert said("sheets", "undo")["cells"] == 1
    assert (workspace / "data" / "手续.xlsx").read_bytes() == before


def test_a_form_of_a_draft_is_recorded_and_not_attached(workspace: Path, said: Said) -> None:
    """A document that nobody has signed takes no replies: its cells are written, and that is said."""
    path = fill(sent(workspace, "容缺"), workspace / "发回.docx", 办理结果="已办结")
    found = said("replies", path, "--apply")
    assert (found["recorded"]["cells"], found["recorded"]["attached"]) == (1, [])
    assert [each["code"] for each in found["advices"]] == ["reply-not-attached"]


def test_two_forms_that_disagree_are_not_recorded(workspace: Path, said: Said) -> None:
    """Which of two is right is for the office to say; nothing is written."""
    draft = sent(workspace, "容缺")
    paths = [
        fill(draft, workspace / f"{n}.docx", 办理结果=words) for n, words in enumerate(("已办结", "没有办结"))
    ]
    before = (workspace / "data" / "手续.xlsx").read_bytes()
    found = said("replies", *paths, "--apply")
    assert [each["code"] for each in found["problems"]] == ["reply-differs"]
    assert (workspace / "data" / "手续.xlsx").read_bytes() == before


def test_the_five_points_go_into_the_supervised_matter(workspace: Path, said: Said) -> None:
    """A reply to a notice on an approval is recorded in the row of 督办 for it, with the day of the reply."""
    late = next(each for each in said("status", "--unit", "县水利局")["late"] if each["kind"] == "手续")
    said("supervise", "--project", str(late["project"]))
    drafts = workspace.glob("out/*/挂牌督办通知书/草稿/*.docx")
    form = next(path for path in drafts if late["name"] in path.name)
    row = {"督办方式": "挂牌督办", "督办事项": "加快办理", "项目": late["project"], "审批事项": late["name"],
           "承办单位": "县水利局", "下发日期": "2026-03-10", "办理时限": "2026-03-31", "状态": "处理中"}  # fmt: skip
    for header, value in row.items():
        set_row(workspace / "data" / "督办.xlsx", "督办", {"编号": "督办〔2026〕099号"}, header, value)
    five = {"办理措施": "倒排工期", "责任单位": "县水利局", "责任领导": "史长河", "责任人": "丁汝霖"}
    found = said("replies", fill(form, workspace / "复函.docx", **five))
    (reply,) = found["replies"]
    assert {each["key"] for each in reply["proposals"]} == {"督办〔2026〕099号"}
    told = {each["label"]: each["said"] for each in reply["proposals"]}
    assert told == {
        "答复措施": "倒排工期", "答复责任单位": "县水利局", "答复责任领导": "史长河", "答复责任人": "丁汝霖",
        "答复日期": "2026-03-16",
    }  # fmt: skip
    assert ["督办回复的五项中没有填：完成时限" in each["text"] for each in found["advices"]] == [True]


def test_places_that_came_back_no_more_are_named(workspace: Path, said: Said) -> None:
    """Whoever deletes a control and types into the cell has answered, but not where it can be read."""
    document = docx.Document(str(sent(workspace, "容缺")))
    control = next(document.element.body.iter(f"{W}sdt"))
    name = control.find(f"{W}sdtPr/{W}alias").get(f"{W}val")
    control.getparent().remove(control)
    document.save(str(workspace / "发回.docx"))
    found = said("replies", "发回.docx")
    assert [each["code"] for each in found["advices"]] == ["reply-places-lost"]
    said_of_it = found["advices"][0]["text"]
    assert said_of_it.startswith(f"发回.docx：{name}的填写处在发回的文件里没有了，写在那里的字没有读")
