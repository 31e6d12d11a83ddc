"""Forms, numbers and the ledger of documents through the command line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import docx
import openpyxl
import pytest
from lives import NUMBER, SIGNED, TITLE, Docgen, draft, sign, value


def test_forms_are_filled_in_with_what_is_on_record(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    drafted = docgen("doc", "form", "1")
    assert drafted.out.splitlines() == ["生成  out/2026/告知函/单据/1号草稿-县水利局-发文稿纸.docx"]
    assert docgen("--by", "方知远", "doc", "review", "1", "--remark", "已核").code == 0
    assert docgen("--by", "高岩松", "doc", "countersign", "1").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0
    assert docgen("--by", "万里舟", "seal", "mandate", "add").code == 0
    files = value(docgen("--json", "doc", "form", "1"))["files"]
    assert [Path(each).name for each in files] == [
        "澄联审办函〔2026〕1号-县水利局-发文稿纸.docx",
        "澄联审办函〔2026〕1号-县水利局-用印审批单.docx",
    ]
    routing, sealing = (_words(workspace / each) for each in files)
    for words in (NUMBER.format(1), TITLE, "2026年3月16日", "方知远", "已核", "高岩松", "万里舟", "陶映雪",
                  "澄湖县自然资源局"):  # fmt: skip
        assert words in routing
    digest = value(docgen("--json", "doc", "show", "1"))["document"]["sha256"]
    for words in (NUMBER.format(1), digest[:8], "澄政办发〔2025〕47号", "澄湖县发展和改革委员会"):
        assert words in sealing
    assert "陶映雪" not in sealing, "nobody has asked for the seal yet"
    assert docgen("seal", "request", "1", "--copies", "4").code == 0
    again = docgen("doc", "form", "1")
    assert again.out.count("（原有的移到 out/2026/告知函/单据/留存/") == 2
    assert "陶映雪" in _words(workspace / files[1])
    assert docgen("doc", "form", "1").out.count("原有的") == 0
    assert docgen("verify").code == 0


def _words(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_forms_can_be_made_as_pdf(workspace: Path, docgen: Docgen) -> None:
    draft(docgen)
    files = value(docgen("--json", "doc", "form", "1", "--pdf"))["files"]
    assert [Path(each).suffix for each in files] == [".docx", ".pdf"]
    assert (workspace / files[1]).read_bytes().startswith(b"%PDF")


def test_numbers_begin_after_a_paper_register_are_reserved_used_and_voided(
    workspace: Path, docgen: Docgen
) -> None:
    started = docgen(
        "--by", "万里舟", "doc", "number", "start", "告知函", "41", "--remark", "1至40号见纸质登记簿"
    )
    assert "从41号起给号，1至40号记为纸质" in started.out
    kept = docgen("doc", "number", "reserve", "澄联审办函", "3", "--remark", "成批发文")
    assert "预留3个：澄联审办函〔2026〕41号至澄联审办函〔2026〕43号" in kept.out
    draft(docgen)
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "1", "--reserved")
    assert NUMBER.format(41) in signed.out
    assert docgen("doc", "number", "void", "澄联审办函[2026]42号", "--remark", "不再发文").code == 0
    numbers = value(docgen("--json", "doc", "number", "list", "--year", "2026"))["numbers"]
    states = [each["state"] for each in numbers]
    assert states == ["纸质"] * 40 + ["已用", "作废", "预留"]
    assert numbers[40]["text"] == NUMBER.format(41)
    listed = docgen("doc", "number", "list").out
    assert listed.splitlines()[0].split() == ["文号", "状态", "日期", "登记号", "说明"]
    assert "已用" in listed
    again = docgen("--by", "万里舟", "doc", "number", "start", "告知函", "50", "--remark", "x")
    assert (again.code, "已经给到43号" in again.err) == (3, True)
    rows = value(docgen("--json", "doc", "ledger"))["rows"]
    assert [(each["number"], each["state"], each["numbers"]) for each in rows] == [
        ("澄联审办函〔2026〕1号至40号", "纸质", 40),
        (NUMBER.format(41), "编号", 1),
        (NUMBER.format(42), "作废", 1),
        (NUMBER.format(43), "预留", 1),
    ]
    assert "共登记43个发文字号，其中作废1个" in docgen("doc", "ledger").out


def test_the_ledger_is_written_beside_an_earlier_one_that_is_kept(workspace: Path, docgen: Docgen) -> None:
    sign(docgen, "县水利局", "县自然资源局")
    assert docgen("--by", "万里舟", "doc", "void", "2", "--remark", "项目取消").code == 0
    assert "生成  簿/发文登记簿.xlsx" in docgen("doc", "ledger", "--to", "簿/发文登记簿.xlsx").out
    again = docgen("doc", "ledger", "--to", "簿/发文登记簿.xlsx")
    assert "（原有的文件移到 簿/留存/发文登记簿.1.xlsx）" in again.out
    cells = openpyxl.load_workbook(workspace / "簿/发文登记簿.xlsx").active
    values = [str(cell) for row in cells.iter_rows(values_only=True) for cell in row if cell]
    assert "2026年发文登记簿" in values
    assert any("作废：项目取消" in each for each in values)
    head = value(docgen("--json", "verify"))["head"]
    line = next(each for each in values if each.startswith("登记链末端：第"))
    assert line.startswith(f"登记链末端：第{head['entry']}条，摘要 {head['digest'][:8]} ")
    assert docgen("doc", "ledger", "--to", "发文登记簿.docx").code == 0
    assert "项目取消" in _words(workspace / "发文登记簿.docx")


def test_a_ledger_is_never_put_among_documents_data_sheets_or_templates(
    workspace: Path, docgen: Docgen
) -> None:
    sign(docgen)
    before = {path: path.read_bytes() for path in workspace.rglob("*.*x")}
    for place, said in (
        (f"{SIGNED}/登记簿.docx", "只放登记过的公文"),
        (f"data/../{SIGNED}/送签稿.docx", "只放登记过的公文"),
        ("data/项目.xlsx", "只放数据表"),
        ("templates/docx/告知函.docx", "只放模板"),
    ):
        ran = docgen("doc", "ledger", "--to", place)
        assert (ran.code, said in ran.err) == (2, True)
    assert {path: path.read_bytes() for path in workspace.rglob("*.*x")} == before


def test_a_ledger_that_cannot_be_written_leaves_the_earlier_one_in_its_place(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(docgen)
    assert docgen("doc", "ledger", "--to", "簿.xlsx").code == 0
    before = (workspace / "簿.xlsx").read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    ran = docgen("doc", "ledger", "--to", "簿.xlsx")
    assert (ran.code, "磁盘已满" in ran.err) == (4, True)
    assert (workspace / "簿.xlsx").read_bytes() == before
    assert not (workspace / "留存").exists()
