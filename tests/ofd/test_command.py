"""`docgen ofd`: what it makes, what it says of each file, and how it ends."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import random
import zipfile
from pathlib import Path

import docx
import pytest

from docgen.cli.main import run
from docgen.digests import sha256
from docgen.errors import DATA_WRONG, DONE, OUTSIDE_FAILED, WRONG_USE
from docgen.ofd.faults import NotOfd
from docgen.ofd.making import made_of
from docgen.ofd.origin import source_of
from docgen.ofd.telling import told_by
from docgen.office.ofds.about import about_file, parts_of, read_in
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


@pytest.fixture
def docx_notice(here):
    """A notice that somebody wrote in Word."""
    document = docx.Document()
    for words in (
        "关于报送台账的通知",
        "各成员单位：",
        "请于3月20日前报送台账。",
        "澄湖县发展和改革局",
        "2026年3月16日",
    ):
        document.add_paragraph(words)
    document.save("来文.docx")
    return Path("来文.docx")


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


def test_the_parts_of_a_document_are_known_by_their_names(docx_notice):
    """Title, addressees, text, office and date are told apart; a file that is no document has no parts."""
    Path("坏.docx").write_bytes(b"PK")
    found = {each.name: each.words for each in parts_of(read_in(docx_notice))}
    assert found["标题"] == "关于报送台账的通知"
    assert found["正文"] == "请于3月20日前报送台账。"
    assert found["成文日期"] == "2026年3月16日"
    assert parts_of(read_in(Path("坏.docx"))) == ()


def test_a_file_that_goes_with_it_is_put_in_and_listed(here, capsys):
    """`--attach` puts a file into the OFD, byte for byte; `read` lists it with its size."""
    Path("附表.xlsx").write_bytes(b"PK table")
    assert run(["--json", "ofd", "通知.pdf", "--attach", "附表.xlsx"]) == DONE
    assert json.loads(capsys.readouterr().out)["ofds"][0]["attachments"] == ["附表.xlsx"]
    with zipfile.ZipFile("通知.ofd") as package:
        assert package.read("Doc_0/Attachs/attach_1.xlsx") == b"PK table"
    assert run(["--json", "read", "通知.ofd"]) == DONE
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert told["attached"] == [{"name": "附表.xlsx", "size": 8}]
    assert run(["read", "通知.ofd"]) == DONE
    assert "  附件：附表.xlsx（0.0 KB）" in capsys.readouterr().out


def test_a_folder_cannot_be_an_attachment_and_nothing_is_written(here, capsys):
    """What goes in is read before anything is made."""
    Path("夹").mkdir()
    assert run(["ofd", "通知.pdf", "--attach", "夹"]) == WRONG_USE
    assert not Path("通知.ofd").exists()


def test_an_unregistered_document_says_what_its_text_tells(here, docx_notice):
    """Outside of a workspace title, addressees, signature and day come from the text; the rest stays away."""
    metadata = about_file(docx_notice, docx_notice.read_bytes(), "").metadata
    assert metadata == {
        "文种": "通知",
        "标题": "关于报送台账的通知",
        "主送机关": "各成员单位",
        "发文机关或签发人署名": "澄湖县发展和改革局",
        "成文日期": "2026年3月16日",
    }


def test_an_ofd_is_not_converted_again_and_a_scan_is_named_as_one(here, capsys):
    """Faults and advice name the file; the others are made."""
    Path("旧.ofd").write_bytes(b"PK")
    Path("扫描.pdf").write_bytes(pdfs.pdf("q 500 0 0 700 40 40 cm /I Do Q"))
    assert run(["--json", "ofd", "旧.ofd", "扫描.pdf", "通知.pdf"]) == WRONG_USE
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == ["扫描.ofd", "通知.ofd"]
    assert [each["code"] for each in answer["problems"]] == ["ofd-is-ofd"]
    assert [each["code"] for each in answer["advices"]] == ["ofd-without-text"]
    assert "扫描.ofd" in answer["advices"][0]["text"]


def test_many_files_are_made_by_several_processes_as_by_one(here, capsys):
    """The same bytes in the files' order, and each fault by its file."""
    names = [f"{number}.pdf" for number in range(1, 13)]
    for place, name in enumerate(names):
        Path(name).write_bytes(b"%PDF" if place == 5 else pdfs.pdf(pdfs.TEXT.replace("3", str(place % 10))))
    assert run(["--json", "ofd", *names]) == DATA_WRONG
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == [f"{number}.ofd" for number in range(1, 13) if number != 6]
    assert [each["code"] for each in answer["problems"]] == ["ofd-not-pdf"]
    assert Path("9.ofd").read_bytes() == made_of(Path("9.pdf").read_bytes(), about(), "9.pdf").data


def about():
    return about_file(Path("9.pdf"), b"", "")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_ofd_is_not_read_as_one(here, capsys, data):
    """The message names the file."""
    Path("坏.ofd").write_bytes(data)
    assert run(["read", "坏.ofd"]) == DATA_WRONG
    assert "坏.ofd 不是 OFD" in capsys.readouterr().err


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_ofd_is_read_or_refused_and_nothing_else(here, seed):
    """Bytes of the list of parts changed at random end in no other exception; no entity is opened."""
    chance = random.Random(seed)  # noqa: S311 (the same at every run)
    start = (
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><OFD><DocRoot>Doc_0/Document.xml</DocRoot>'
    )
    with zipfile.ZipFile("坏.ofd", "w") as package:
        package.writestr("OFD.xml", start + b"<DocInfo><Title>&e;</Title></DocInfo></OFD>")
        body = bytearray(b"<Document><Attachments>../../A.xml</Attachments></Document>")
        if seed:
            body[chance.randrange(len(body))] = chance.randrange(256)
        package.writestr("Doc_0/Document.xml", bytes(body))
    with contextlib.suppress(NotOfd):
        assert told_by(Path("坏.ofd").read_bytes()).title == ""
