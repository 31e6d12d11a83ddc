"""What comes back as .ods, .csv, in capitals, or is no sheet at all."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from docgen.cli.main import run
from docgen.sheets.faults import UnreadableWorkbook
from docgen.sheets.opening.ods import MIMETYPE
from docgen.sheets.round.faults import NoSheet
from docgen.sheets.round.files import open_returned
from tests.office.test_rounds import Said, returned, said

__all__ = ["said"]

SHEET = (
    '<office:document-content xmlns:office="o" xmlns:table="t"><table:table table:name="手续">{rows}</table:table>'
    "</office:document-content>"
)
ROW = "<table:table-row>{}</table:table-row>"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def word(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def as_csv(path: Path, to: Path, encoding: str) -> Path:
    """Save the approvals of a workbook as a spreadsheet program saves its sheet as .csv."""
    rows = openpyxl.load_workbook(path)["手续"].iter_rows(values_only=True)
    with to.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(
            [f"{each:%Y/%m/%d}" if hasattr(each, "strftime") else each for each in row] for row in rows
        )
    return to


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_by_its_title_and_its_unit(workspace: Path, said: Said, encoding: str) -> None:
    """A sheet saved as .csv, in the encoding of any program, says by its first lines whose it is; numbers are texts."""
    path = as_csv(returned(workspace, 备注="已催"), workspace / "报回" / "水利.csv", encoding)
    found = said("sheets", "collect", path)
    assert [(each["field"], each["said"]) for each in found["changes"]] == [("备注", "已催")]
    assert (found["problems"], found["conflicts"]) == ([], [])
    assert next(each["code"] for each in found["advices"]) == "return-csv"


def test_a_csv_of_a_round_whose_titles_were_others_is_known_by_its_period(
    workspace: Path, said: Said
) -> None:
    """Titles of lists once said how the mechanism calls its projects, between the period and the name of the list."""
    path = as_csv(returned(workspace, 备注="已催"), workspace / "报回" / "水利.csv", "utf-8-sig")
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("前期手续台账", "重大项目前期手续台账", 1), "utf-8-sig")
    found = said("sheets", "collect", path)
    assert [(each["field"], each["said"]) for each in found["changes"]] == [("备注", "已催")]


def test_a_csv_in_another_encoding_is_named(tmp_path: Path) -> None:
    """What reads as GBK only with other words is no return."""
    path = tmp_path / "水利.csv"
    path.write_bytes("項目名稱,責任單位,聯絡人\n縣城區供水管網工程,縣水利局,陳先生\n".encode("big5"))
    with pytest.raises(UnreadableWorkbook, match="像是 Big5"):
        open_returned(path)


def test_a_csv_without_its_head_is_named(workspace: Path, said: Said) -> None:
    """Where title and unit were cut off nobody guesses whose sheet it is."""
    path = as_csv(returned(workspace, 备注="已催"), workspace / "报回" / "水利.csv", "utf-8-sig")
    path.write_text("\n".join(path.read_text("utf-8-sig").splitlines()[2:]), "utf-8")
    assert [each["code"] for each in said("sheets", "collect", path)["problems"]] == ["return-csv-unknown"]


def test_problems_of_a_csv_are_marked_in_a_workbook(workspace: Path, said: Said) -> None:
    """What is sent back of a file that holds no notes is a workbook of its values."""
    path = as_csv(returned(workspace, 办结日期="上周"), workspace / "报回" / "水利.csv", "utf-8-sig")
    found = said("sheets", "collect", path, "--to", "核对")
    marked = openpyxl.load_workbook(workspace / "核对" / "退回-县水利局-水利.csv.xlsx")
    cell = found["problems"][0]["message"].split("!")[1].split("「")[0]
    assert "上周" in marked.worksheets[0][cell].comment.text


def test_a_name_in_capitals_is_sent_back_marked_too(workspace: Path, said: Said) -> None:
    """Problems of a file named .XLSX stand in a marked copy like those of any."""
    path = returned(workspace, 办结日期="上周").rename(workspace / "报回" / "水利.XLSX")
    said("sheets", "collect", path, "--to", "核对")
    assert (workspace / "核对" / "退回-县水利局-水利.XLSX").is_file()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "是图片"),
        (b"\xff\xd8\xff\xe0", "是图片"),
        (b"%PDF-1.7", "是 PDF"),
        (b"Rar!\x1a\x07", "是压缩包"),
        (b"PK\3\4 word/document.xml", "是 Word 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
    ],
)
def test_what_is_no_sheet_is_named_for_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    """A picture, a text document, an archive under the name of a workbook is said to be that."""
    path = tmp_path / "水利.xlsx"
    path.write_bytes(content)
    with pytest.raises(NoSheet, match=words):
        open_returned(path)


def test_paths_that_are_not_there_are_all_said(workspace: Path, said: Said) -> None:
    """A file or folder that is not there is a wrong word on the command line, not a fault of the disk."""
    found = said("sheets", "collect", "没有.xlsx", "没有")
    assert [each["message"].split("。")[0] for each in found["problems"]] == [
        "没有.xlsx：没有这个文件或文件夹",
        "没有：没有这个文件或文件夹",
    ]
    assert found["exit_code"] == 2


def test_a_refusal_is_no_problem_of_its_own_and_does_not_offer_what_it_refuses(
    workspace: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """One problem and the refusal to write are one problem; --apply is not offered to who just gave it."""
    path = returned(workspace, 受理日期="上周")
    told = []
    for more in ((), ("--apply",)):
        run(["--date", "2026-03-16", "--by", "陶映雪", "sheets", "collect", str(path), *more])
        told.append(capsys.readouterr())
    assert "加 --apply --partial" in told[0].out
    assert "--apply" not in told[1].out
    assert "共1处问题" in told[1].err
    assert "没有写入任何内容" in told[1].err


@pytest.mark.parametrize(
    "rows",
    [
        (
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
            'table:number-columns-repeated="1000"/></table:table-row>'
        ),
        '<table:table-row table:number-rows-repeated="x"/>',
        "<table:table-row>",
        '<!DOCTYPE a [<!ENTITY b "c">]>',
    ],
)
def test_an_ods_that_is_a_bomb_or_broken_is_refused(tmp_path: Path, rows: str) -> None:
    """Cells repeated over and over, entities and broken parts are refused before the reader sees them."""
    path = tmp_path / "水利.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", SHEET.format(rows=rows))
    with pytest.raises(UnreadableWorkbook):
        open_returned(path)


def test_hidden_and_struck_rows_of_an_ods_are_known(tmp_path: Path) -> None:
    """A row that a filter hides, one struck through, and one that is neither; merged cells say the same downward."""
    struck = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    rows = (
        f'<table:table-row table:visibility="filter">{word("甲")}</table:table-row>',
        ROW.format(word("乙", 'table:style-name="ce1"')),
        ROW.format(word("丙", 'table:number-rows-spanned="2"')),
        f"<table:table-row><table:covered-table-cell/>{word('丁')}</table:table-row>",
    )
    names = " ".join(f'xmlns:{each}="{OASIS}:{each}:1.0"' for each in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{struck}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="手续">{"".join(rows)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    path = tmp_path / "水利.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'
        )
        package.writestr("content.xml", content)
    book = open_returned(path)
    sheet = book.sheet(book.sheet_names[0])
    assert (sheet.marked.hidden, sheet.marked.struck) == ((1,), (2,))
    assert [row[0] for row in sheet.rows] == ["甲", "乙", "丙", "丙"]


@pytest.mark.libreoffice
def test_a_return_saved_as_ods_is_taken(workspace: Path, said: Said, edit: Callable[..., None]) -> None:
    """LibreOffice's own format keeps the identity; a formula in it is told like one in .xlsx."""
    paths = (
        returned(workspace, "水利.xlsx", 备注="已催"),
        returned(workspace, "公式.xlsx", 责任人='=CONCATENATE("范","雨桐")'),
    )
    command = ["soffice", "--headless", "--convert-to", "ods", "--outdir", "另存", *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=workspace)
    found = said("sheets", "collect", "另存/水利.ods")
    assert [(each["field"], each["said"]) for each in found["changes"]] == [("备注", "已催")]
    assert (found["problems"], found["conflicts"], found["missing"]) == ([], [], ["县林草局"])
    formula = said("sheets", "collect", "另存/公式.ods", "--to", "核对")
    assert [each["code"] for each in formula["problems"]] == ["cell-formula"]
    assert (workspace / "核对" / "退回-县水利局-公式.ods.xlsx").is_file()
    shutil.rmtree(workspace / "另存")
