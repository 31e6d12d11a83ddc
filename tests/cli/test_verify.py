"""`docgen verify`: what it says of the record, of the files, of a printed digest and of any file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scans import SCAN

from docgen.digests import digests_of, grouped

Docgen = Callable[..., Any]


@pytest.fixture
def signed(docgen: Docgen, workspace: Path, begin: Any) -> Path:
    """A signed letter."""

    def lead() -> None:
        assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
        assert docgen("--by", "方知远", "doc", "review", "1").code == 0
        assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0

    begin("signed", lead)
    return workspace


@pytest.fixture
def letter(signed: Path, docgen: Docgen) -> Path:
    """The signed letter's file."""
    return signed / value(docgen("--json", "doc", "show", "1"))["document"]["path"]


def value(ran: Any) -> Any:
    """Return the JSON value of a call."""
    return json.loads(ran.out)


def test_help_is_chinese_and_names_examples(docgen: Docgen) -> None:
    ran = docgen("verify", "--help")
    assert ran.out.startswith("用法：docgen verify [选项] [文件]…")
    assert "docgen verify --entry 128" in ran.out
    assert "<=x<=" not in ran.out


def test_a_sound_register_is_counted_and_its_end_is_named(signed: Path, docgen: Docgen) -> None:
    told = value(docgen("--json", "verify"))
    assert (told["exit_code"], told["problems"], told["entries"], told["files"]) == (0, [], 5, 2)
    head = told["head"]
    assert head["entry"] == 5
    ran = docgen("verify")
    assert ran.code == 0
    assert "核对了登记5条、文件2个。" in ran.out
    assert f"登记链末端：第5条，摘要 {grouped(head['digest'])}" in ran.out
    assert "没有发现改动。" in ran.out


def test_a_workspace_without_a_register_says_so(workspace: Path, docgen: Docgen) -> None:
    ran = docgen("verify")
    assert (ran.code, "登记链末端：尚无登记。" in ran.out) == (0, True)
    assert value(docgen("--json", "verify"))["head"] is None
    assert not (workspace / "register.sqlite").exists()


def test_a_register_that_is_gone_is_noticed_by_the_documents_it_left(signed: Path, docgen: Docgen) -> None:
    (signed / "register.sqlite").unlink()
    ran = docgen("verify")
    assert (ran.code, "out 里有公文，登记库里却没有任何登记" in ran.out) == (5, True)


@pytest.mark.parametrize("command", ["check", "board", "snapshot"])
def test_a_command_that_asks_nothing_of_the_register_says_too_that_it_is_gone(
    signed: Path, docgen: Docgen, command: str
) -> None:
    gone = "登记库被删除、移走"
    assert gone not in docgen(command).err
    (signed / "register.sqlite").unlink()

    ran = docgen(command)

    assert (ran.code, ran.err.count(gone)) == (0, 1)


def test_an_altered_and_a_missing_file_are_named_and_fail(letter: Path, docgen: Docgen) -> None:
    letter.write_bytes(letter.read_bytes() + b" ")
    (letter.parent / "送签稿.docx").unlink()
    (letter.parent / "混入.docx").write_bytes(b"x")
    ran = docgen("verify")
    assert ran.code == 5
    for part in ("的正本）被改动", "送签稿）不见了", "混入.docx 放在", "共3处问题。"):
        assert part in ran.out
    assert "没有发现改动" not in ran.out
    codes = [each["code"] for each in value(docgen("--json", "verify"))["problems"]]
    assert sorted(codes) == ["verify-file-altered", "verify-file-missing", "verify-file-unknown"]


def test_an_edited_draft_is_a_hint_and_does_not_fail(workspace: Path, docgen: Docgen) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    (path,) = (workspace / "out/2026/告知函/草稿").glob("*.docx")
    path.write_bytes(path.read_bytes() + b" ")
    ran = docgen("verify")
    assert ran.code == 0
    assert "还没有签发，可以改稿" in ran.err


def test_a_changed_row_of_the_register_fails(signed: Path, docgen: Docgen) -> None:
    with sqlite3.connect(signed / "register.sqlite") as database:
        database.execute("UPDATE document SET signatory = '高岩松'")
    database.close()
    ran = docgen("verify")
    assert (ran.code, "公文“1”与登记条目不符（signatory）" in ran.out) == (5, True)


def test_a_printed_digest_is_found_by_entry_and_as_a_whole(signed: Path, docgen: Docgen) -> None:
    head = value(docgen("--json", "verify"))["head"]
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    ran = docgen("verify", "--entry", str(head["entry"]))
    assert ran.code == 0
    assert f"第{head['entry']}条的摘要：{grouped(head['digest'])}" in ran.out
    told = value(docgen("--json", "verify", "--entry", "2"))
    assert (told["entry"]["seq"], told["entry"]["step"]) == (2, "拟稿")
    anchored = docgen("verify", "--head", grouped(head["digest"]).upper())
    assert (anchored.code, "打印时的登记都在" in anchored.out) == (0, True)
    unknown = docgen("verify", "--head", "0" * 63 + "1")
    assert (unknown.code, "登记链中没有摘要为" in unknown.out) == (5, True)
    beyond = docgen("verify", "--entry", "99")
    assert (beyond.code, "登记只到第6条，没有第99条" in beyond.out) == (5, True)


def test_a_file_is_recognised_wherever_it_lies(letter: Path, docgen: Docgen, tmp_path: Path) -> None:
    copy = tmp_path / "收到\n的.docx"
    shutil.copyfile(letter, copy)
    ran = docgen("verify", copy)
    digests = digests_of(letter.read_bytes())
    assert ran.code == 0
    for part in (
        "1 澄联审办函〔2026〕1号《", "正本", "第5条 2026-03-16 编号（万里舟）", "与现在登记的一致", "状态是“编号”",
        grouped(digests.sha256), grouped(digests.sm3),
    ):  # fmt: skip
        assert part in ran.out
    (sighting,) = value(docgen("--json", "verify", copy))["sightings"]
    assert (sighting["role"], sighting["current"], sighting["document"]["id"]) == ("正本", True, 1)
    assert [each["step"] for each in sighting["entries"]] == ["编号"]


def test_a_file_that_two_documents_share_is_told_of_both(
    workspace: Path, docgen: Docgen, tmp_path: Path
) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县水利局", "--unit", "县住建局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "--all").code == 0
    scan = tmp_path / "回执.pdf"
    scan.write_bytes(SCAN)
    assert docgen("doc", "attach", "1", scan, "--role", "回执").code == 0
    assert docgen("doc", "attach", "2", scan, "--role", "扫描件").code == 0
    told = value(docgen("--json", "verify", scan))["sightings"]
    assert [(each["document"]["id"], each["role"], each["current"]) for each in told] == [
        (1, "回执", True),
        (2, "扫描件", True),
    ]
    assert [len(each["entries"]) for each in told] == [1, 1]
    ran = docgen("verify")
    assert ran.code == 0
    assert (
        "提示：同一个文件登记了2次，请核对是否放错：澄联审办函〔2026〕1号的回执（out/2026/告知函/" in ran.err
    )
    assert "；澄联审办函〔2026〕2号的扫描件（out/2026/告知函/" in ran.err
    ran = docgen("verify", scan)
    assert (ran.code, "1 澄联审办函〔2026〕1号" in ran.out, "2 澄联审办函〔2026〕2号" in ran.out) == (
        0,
        True,
        True,
    )


def test_the_reviewed_text_is_told_from_the_signed_one(letter: Path, docgen: Docgen) -> None:
    ran = docgen("verify", letter.parent / "送签稿.docx")
    assert (ran.code, "与登记的送签稿一致；它不是公文本身" in ran.out) == (0, True)


def test_a_former_draft_is_told_from_the_present_one(workspace: Path, docgen: Docgen, tmp_path: Path) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    (path,) = (workspace / "out/2026/告知函/草稿").glob("*.docx")
    former = tmp_path / "former.docx"
    shutil.copyfile(path, former)
    assert (
        docgen("--date", "2026-03-17", "notice", "--project", "3", "--unit", "县水利局", "--force").code == 0
    )
    ran = docgen("verify", former)
    assert (ran.code, "不是现在登记的文件，是此前登记过的一份" in ran.out) == (0, True)


def pdf_of(source: bytes, place: Path) -> Path:
    """Write what says of itself that it is the PDF of a file."""
    place.write_bytes(b"%%PDF-1.7 /DocgenSource(%s)" % digests_of(source).sha256.encode())
    return place


def test_a_pdf_of_a_document_is_told_to_be_its_print(letter: Path, docgen: Docgen, tmp_path: Path) -> None:
    printed = pdf_of(letter.read_bytes(), tmp_path / "印.pdf")
    ran = docgen("verify", printed)
    assert ran.code == 0
    for part in (
        "1 澄联审办函〔2026〕1号《",
        "正本转换成的 PDF",
        "由现在登记的正本转换而来；PDF 自己这样记载，本身没有登记，请与正本对照",
    ):
        assert part in ran.out
    (told,) = value(docgen("--json", "verify", printed))["sightings"]
    assert (told["sha256"], told["printed"], told["current"]) == (
        digests_of(printed.read_bytes()).sha256,
        digests_of(letter.read_bytes()).sha256,
        True,
    )
    submitted = pdf_of((letter.parent / "送签稿.docx").read_bytes(), tmp_path / "送.pdf")
    assert "由登记的送签稿转换而来，它不是公文本身" in docgen("verify", submitted).out


def test_a_pdf_of_a_document_that_has_changed_since_is_told_so(
    workspace: Path, docgen: Docgen, tmp_path: Path
) -> None:
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    (path,) = (workspace / "out/2026/告知函/草稿").glob("*.docx")
    printed = pdf_of(path.read_bytes(), tmp_path / "印.pdf")
    again = ("notice", "--project", "3", "--unit", "县水利局", "--force")
    assert docgen("--date", "2026-03-17", *again).code == 0
    ran = docgen("verify", printed)
    assert (ran.code, "公文此后已经改动，这份 PDF 由此前登记过的一份转换而来" in ran.out) == (0, True)


def test_a_pdf_of_a_file_that_was_never_recorded_is_none_of_ours(
    letter: Path, docgen: Docgen, tmp_path: Path
) -> None:
    ran = docgen("verify", pdf_of(letter.read_bytes() + b" ", tmp_path / "印.pdf"))
    assert (ran.code, "它由没有登记过的文件转换而来" in ran.out) == (5, True)


def test_files_that_are_none_of_ours_fail_and_the_others_are_still_told(
    letter: Path, docgen: Docgen, workspace: Path
) -> None:
    changed = workspace / "改过.docx"
    changed.write_bytes(letter.read_bytes() + b" ")
    (workspace / "a\nb").write_bytes(b"x")
    ran = docgen("verify", letter, changed, "a\nb", "nosuch", "data")
    assert ran.code == 5
    assert "与现在登记的一致" in ran.out
    assert "改过.docx 不是登记过的任何文件" in ran.out
    assert "文中文号“澄联审办函〔2026〕1号”属于" in ran.out
    assert "a\\nb 不是登记过的任何文件" in ran.out
    assert "nosuch 无法核对：路径不存在" in ran.out
    assert "data 无法核对：这是文件夹" in ran.out
    told = value(docgen("--json", "verify", changed))
    assert (told["exit_code"], told["sightings"]) == (5, [])
    assert told["problems"][0]["values"]["digest"] == digests_of(changed.read_bytes()).sha256


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--head", "3f0a"], "摘要是64位"),
        (["--head", "g" * 64], "摘要是64位"),
        (["--entry", "0"], "要写1到"),
        (["--entry", "abc"], "要写1到"),
        (["x", "--entry", "1"], "给出文件时不能写"),
    ],
)
def test_wrong_use_is_said(workspace: Path, docgen: Docgen, arguments: list[str], said: str) -> None:
    ran = docgen("verify", *arguments)
    assert (ran.code, said in ran.err) == (2, True)
