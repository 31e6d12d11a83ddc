"""Documents become PDFs, none half, or a clear fault."""

from __future__ import annotations

import builtins
import io
import pickle
import shutil
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from docgen.opc.faults import DamagedFile
from docgen.pdf import source as pdf_source
from docgen.pdf.convert import first_page_png, to_pdf
from docgen.pdf.faults import (
    ConversionCrashed,
    ConversionFailed,
    ConversionTimedOut,
    LibreOfficeFails,
    NoLibreOffice,
    NoPreview,
    SamePdfName,
    SetupFailed,
    UnreadablePdf,
)
from docgen.pdf.libreoffice import find_soffice
from docgen.pdf.source import source


@pytest.mark.libreoffice
def test_documents_of_any_name_become_pdfs_in_their_order_and_stay_as_they_were(
    document, tmp_path, libreoffice
):
    before = document.read_bytes()
    other = Path(shutil.copy(document, tmp_path / "b & c.docx"))
    made = to_pdf([other, document], tmp_path / "out")
    assert made == [tmp_path / "out" / "b & c.pdf", tmp_path / "out" / "告知函 一.pdf"]
    assert document.read_bytes() == before
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["b & c.pdf", "告知函 一.pdf"]
    with pdfplumber.open(io.BytesIO(made[0].read_bytes())) as pdf:
        assert "澄湖县㎡喆" in pdf.pages[0].extract_text()


@pytest.mark.libreoffice
def test_the_first_page_becomes_a_picture_of_150_dots_an_inch(document, tmp_path, libreoffice):
    [pdf] = to_pdf([document], tmp_path)
    with Image.open(first_page_png(pdf, tmp_path / "页.png")) as picture:
        assert picture.size == (pytest.approx(1240, abs=1), pytest.approx(1754, abs=1))


@pytest.mark.libreoffice
def test_a_file_that_is_no_document_is_named_and_the_others_become_pdfs(document, tmp_path, libreoffice):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK nonsense")
    with pytest.raises(DamagedFile, match="坏"):
        to_pdf([broken, document], tmp_path / "out")
    assert [each.name for each in (tmp_path / "out").iterdir()] == [f"{document.stem}.pdf"]


def test_a_program_that_is_named_but_missing_is_a_fault(monkeypatch):
    monkeypatch.setenv("DOCGEN_SOFFICE", "/nowhere/soffice")
    with pytest.raises(NoLibreOffice, match="/nowhere/soffice"):
        find_soffice()


def test_no_libreoffice_anywhere_is_a_fault_that_says_what_to_do(document, tmp_path, monkeypatch):
    monkeypatch.delenv("DOCGEN_SOFFICE", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(NoLibreOffice, match="docgen pdf --setup"):
        to_pdf([document], tmp_path)


def test_two_documents_of_one_name_are_refused(tmp_path):
    with pytest.raises(SamePdfName, match="a/函"):
        to_pdf([Path("a/函.docx"), Path("b/函.docx")], tmp_path)


def test_no_documents_need_no_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setenv("DOCGEN_SOFFICE", "/nowhere/soffice")
    assert to_pdf([], tmp_path) == []


def test_a_picture_without_the_extra_packages_is_a_fault(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "pypdfium2":
            raise ImportError(name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoPreview, match="pypdfium2"):
        first_page_png(tmp_path / "无.pdf", tmp_path / "无.png")


def test_a_picture_of_no_pdf_is_a_fault(tmp_path):
    (tmp_path / "假.pdf").write_bytes(b"nonsense")
    with pytest.raises(UnreadablePdf, match="假"):
        first_page_png(tmp_path / "假.pdf", tmp_path / "假.png")


def test_only_the_copy_has_its_overflow_rule_turned_round(document, tmp_path):
    copy = source(document, tmp_path / "copy.docx").copy
    rules = []
    for path in (document, copy):
        with zipfile.ZipFile(path) as package:
            rules.append(pdf_source._OVERFLOW.findall(package.read("word/styles.xml")))
    assert rules == [[b"0"], [b"1"]]


def test_only_the_copy_has_the_hyphens_of_codes_between_joiners(tmp_path):
    original = tmp_path / "告知函.docx"
    with zipfile.ZipFile(original, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", _CODED)
    copy = source(original, tmp_path / "copy.docx").copy
    with zipfile.ZipFile(copy) as package:
        words = package.read("word/document.xml").decode()
    assert "noBreakHyphen" not in words
    assert words.count("\u2060-\u2060") == 1
    assert zipfile.ZipFile(original).read("word/document.xml").decode() == _CODED


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CODED = (
    f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>2511</w:t><w:noBreakHyphen/><w:t>04</w:t></w:r></w:p>'
    "</w:body></w:document>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


@pytest.mark.parametrize(
    "fault",
    [
        NoLibreOffice("x"),
        LibreOfficeFails("soffice", "a", "b"),
        ConversionTimedOut("a", 3),
        ConversionCrashed("a", "b"),
        ConversionFailed("a", "b"),
        SetupFailed("下载", "b"),
    ],
)
def test_faults_can_be_sent_home_by_worker_processes(fault):
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)  # noqa: S301 (our own bytes)
