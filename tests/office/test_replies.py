"""Forms that come back: which document they answer, and what of them the office may record."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from docgen.cli.main import run

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
        ("7 水土保持方案", "审批环节", "选址意见已取得"),
        ("7 水土保持方案", "责任人", "范雨桐"),
    ]
    assert found["problems"] == []


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
    before = {path.name: path.read_bytes() for path in (workspace / "data").iterdir()}
    path = fill(sent(workspace, "容缺"), workspace / "发回.docx", 办理结果="已办结")
    said("replies", path)
    assert {path.name: path.read_bytes() for path in (workspace / "data").iterdir()} == before


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
