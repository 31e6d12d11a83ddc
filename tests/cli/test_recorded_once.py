"""What is on record already is not recorded again, what is read already not read again, and no paper goes astray."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lives import NUMBER, Docgen, draft, sign, value
from scans import SCAN

from docgen.model.fields import Record
from docgen.sheets.reading.reader import Reading
from docgen.workspace import Workspace

Begin = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def reviewed(begin: Begin, docgen: Docgen) -> Docgen:
    """A letter that 方知远 has reviewed."""

    def lead() -> None:
        draft(docgen)
        assert docgen("--by", "方知远", "doc", "review", "1").code == 0

    begin("reviewed once", lead)
    return docgen


def steps_of(docgen: Docgen) -> list[str]:
    return [each["step"] for each in value(docgen("--json", "doc", "show", "1"))["entries"]]


@pytest.mark.usefixtures("workspace")
def test_a_review_given_twice_is_recorded_once(reviewed: Docgen) -> None:
    again = reviewed("--by", "方知远", "doc", "review", "1")
    assert again.code == 0
    assert "未变  1" in again.out
    assert "共1件，登记核稿0件，未变1件。" in again.out
    assert "已由方知远于 2026-03-16 登记核稿，稿子没有改过，这一次没有再登记" in again.err
    assert [
        each["id"] for each in value(reviewed("--json", "--by", "方知远", "doc", "review", "1"))["unchanged"]
    ] == [1]
    assert steps_of(reviewed) == ["拟稿", "核稿"]


@pytest.mark.parametrize(
    "more", [("--date", "2026-03-17"), ("--remark", "再核一遍")], ids=["on another day", "with a remark"]
)
def test_a_review_that_says_something_new_is_recorded(
    workspace: Path, reviewed: Docgen, more: tuple[str, str]
) -> None:
    option = more if more[0] == "--date" else ()
    remark = more if more[0] == "--remark" else ()
    assert reviewed(*option, "--by", "方知远", "doc", "review", "1", *remark).code == 0
    assert steps_of(reviewed) == ["拟稿", "核稿", "核稿"]


def test_a_review_of_a_file_edited_since_is_recorded(workspace: Path, reviewed: Docgen) -> None:
    (path,) = (workspace / "out").rglob("*.docx")
    edited = docx.Document(str(path))
    edited.paragraphs[-1].add_run("。")
    edited.save(str(path))
    assert reviewed("--by", "方知远", "doc", "review", "1").code == 0
    assert steps_of(reviewed) == ["拟稿", "核稿", "核稿"]


@pytest.mark.usefixtures("workspace")
def test_a_countersignature_given_twice_is_recorded_once_for_each_person(reviewed: Docgen) -> None:
    for name in ("高岩松", "高岩松", "万里舟", "高岩松"):
        assert reviewed("--by", name, "doc", "countersign", "1").code == 0
    assert steps_of(reviewed)[2:] == ["会签", "会签", "会签"]


def test_the_print_of_another_document_is_no_scan_of_this_one(
    workspace: Path, docgen: Docgen, tmp_path: Path
) -> None:
    sign(docgen, "县水利局", "县住建局")
    listed = json.loads(docgen("--json", "doc", "list").out)["documents"]
    (other,) = (each for each in listed if each["id"] == 2)
    digest = hashlib.sha256((workspace / other["path"]).read_bytes()).hexdigest()
    print_of_2 = tmp_path / "打印.pdf"
    print_of_2.write_bytes(SCAN + b"9 0 obj<</DocgenSource(%s)>>endobj\n" % digest.encode())

    wrong = docgen("doc", "attach", "1", print_of_2, "--role", "扫描件")
    assert wrong.code == 2
    assert f"它是由{NUMBER.format(2)}" in wrong.err
    assert "转换成的，不会是这一件的扫描件" in wrong.err
    assert docgen("doc", "attach", "2", print_of_2, "--role", "扫描件").code == 0
    assert docgen("doc", "attach", "1", print_of_2, "--role", "附件").code == 0


@pytest.mark.usefixtures("workspace")
def test_a_review_reads_the_sheets_once(docgen: Docgen, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(docgen)
    read, asked = Workspace.read, list[int]()

    def counted(self: Workspace, *wanted: type[Record]) -> Reading:
        asked.append(len(wanted))
        return read(self, *wanted)

    monkeypatch.setattr(Workspace, "read", counted)
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    assert asked == [0]  # all of them
