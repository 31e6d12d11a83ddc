"""`docgen ofd`: what it makes, what it says of each file, and how it ends."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import docx
import pytest

from docgen.cli.main import run
from docgen.digests import sha256
from docgen.errors import DATA_WRONG, DONE, OUTSIDE_FAILED, WRONG_USE
from docgen.ofd.origin import source_of
from docgen.office.ofds.about import parts_of, read_in
from docgen.pdf.origin import with_origin

SPEC = importlib.util.spec_from_file_location("ofd_pdfs_for_command", Path(__file__).with_name("pdfs.py"))
pdfs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pdfs)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a PDF in it, where the command runs."""
    monkeypatch.chdir(tmp_path)
    Path("通知.pdf").write_bytes(pdfs.pdf(pdfs.TEXT))
    return tmp_path


def test_an_ofd_lies_beside_the_pdf_and_a_former_one_is_kept(here, capsys):
    """Nothing is overwritten."""
    assert run(["ofd", "通知.pdf"]) == DONE
    assert capsys.readouterr().out == "生成  通知.ofd\n"
    first = Path("通知.ofd").read_bytes()
    assert run(["ofd", "通知.pdf", "通知.pdf"]) == DONE
    assert capsys.readouterr().out == "生成  通知.ofd（原有的 OFD 移到“留存”）\n"
    assert Path("留存/通知.1.ofd").read_bytes() == first == Path("通知.ofd").read_bytes()


def test_one_that_fails_stops_no_other_and_decides_the_exit_code(here, capsys):
    """All faults at once, by file."""
    Path("坏.pdf").write_bytes(b"%PDF-1.7")
    assert run(["--json", "ofd", "坏.pdf", "通知.pdf", "--to", "去处"]) == DATA_WRONG
    value = json.loads(capsys.readouterr().out)
    assert value["files"] == ["去处/通知.ofd"]
    assert [each["code"] for each in value["problems"]] == ["ofd-not-pdf"]


def test_two_files_of_one_name_are_refused_before_anything_is_written(here, capsys):
    """The message names both."""
    Path("另").mkdir()
    Path("另/通知.pdf").write_bytes(b"")
    assert run(["ofd", "通知.pdf", "另/通知.pdf", "--to", "去处"]) == WRONG_USE
    assert "另/通知.pdf 转换后都叫 通知.ofd" in capsys.readouterr().err
    assert not Path("去处").exists()


def test_an_ofd_says_of_which_document_it_is(here):
    """What the PDF says of its document, the OFD says too."""
    source = sha256(b"a document")
    marked = with_origin(_with_information(pdfs.pdf(pdfs.TEXT)), source)
    Path("通知.pdf").write_bytes(marked)
    assert run(["ofd", "通知.pdf"]) == DONE
    assert source_of(Path("通知.ofd").read_bytes()) == source


def _with_information(pdf: bytes) -> bytes:
    """Return a PDF whose pages' tree stands as its information too, which is enough to add to."""
    return pdf.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 7 0 R")


def test_what_to_install_is_said_when_the_packages_are_missing(here, monkeypatch, capsys):
    """Without the extra the command ends with the line that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "fontTools.fontBuilder", None)
    assert run(["ofd", "通知.pdf"]) == OUTSIDE_FAILED
    assert "pip install 'docgen[ofd]'" in capsys.readouterr().err
    assert not Path("通知.ofd").exists()


def test_the_parts_of_a_document_are_known_by_their_names(here):
    """Title, addressees, text, office and date are told apart; a file that is no document has no parts."""
    document = docx.Document()
    for words in (
        "关于报送台账的通知",
        "各成员单位：",
        "请于3月20日前报送台账。",
        "澄湖县发展和改革局",
        "2026年3月16日",
    ):
        document.add_paragraph(words)
    document.save("通知.docx")
    Path("坏.docx").write_bytes(b"PK")
    found = {each.name: each.words for each in parts_of(read_in(Path("通知.docx")))}
    assert found["标题"] == "关于报送台账的通知"
    assert found["正文"] == "请于3月20日前报送台账。"
    assert found["成文日期"] == "2026年3月16日"
    assert parts_of(read_in(Path("坏.docx"))) == ()
