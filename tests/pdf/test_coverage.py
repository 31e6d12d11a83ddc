"""Hanzi that no font has: told with the PDF in which boxes stand for them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from printing import require_libreoffice

from docgen.cli.main import run
from docgen.errors import DONE
from docgen.pdf import coverage
from docgen.pdf.convert import to_pdf
from docgen.pdf.coverage import hanzi_in, unshown
from docgen.pdf.faults import HanziUnshown
from docgen.pdf.fonts import write_fontconfig

RARE = "\U00020bb7"
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the program that tells of fonts is a script")


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    """A computer whose fonts have given ranges of characters: fonts("4e00-9fff")."""
    folder = tmp_path / "bin"
    folder.mkdir()
    coverage._shown.cache_clear()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def have(*charsets: str) -> None:
        program = folder / "fc-list"
        said = "".join(f":charset=20-7e {each}\n" for each in charsets)
        program.write_text(f"#!/bin/sh\nprintf '{said}'\n")
        program.chmod(0o755)

    yield have
    coverage._shown.cache_clear()


@needs_posix
def test_a_hanzi_of_no_font_is_named_with_its_document_and_what_to_install(
    tmp_path, monkeypatch, standin, documents, fonts, capsys
):
    fonts("4e00-9fff", "3400-4dbf")
    monkeypatch.chdir(tmp_path)
    documents({"一": f"王{RARE}㙍", "二": "王喆", "三": f"{RARE}田"})
    assert run(["pdf", "一.docx", "二.docx", "三.docx"]) == DONE
    said = capsys.readouterr()
    assert said.out.count("生成") == 3
    assert (
        f"提示：一.docx、三.docx 的 PDF 里有空框：本机没有一种字体有“{RARE}”（U+20BB7）；请安装" in said.err
    )
    assert "二.docx" not in said.err


@needs_posix
def test_a_pdf_that_is_to_be_signed_has_no_boxes(tmp_path, standin, documents, fonts):
    fonts("4e00-9fff")
    with pytest.raises(HanziUnshown, match="空框"):
        to_pdf(documents({"一": f"王{RARE}"}), tmp_path / "out")


@needs_posix
def test_nothing_is_said_where_nothing_is_known_of_fonts(tmp_path, fonts, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unshown(frozenset("王"), tmp_path / "fonts.conf") == ""


def test_the_hanzi_of_texts_are_found_however_they_are_written():
    parts = [
        f'<w:style w:name="{RARE}体"/><w:t xml:space="preserve">王&#x20BB7; A1</w:t><a:t>喆</a:t><w:t/>'.encode(),
        b"<si><t>\xe7\x94\xb0</t></si><c><f>A1</f><v>1</v></c>",
        b"\xff\xfe<t>\xff</t>",
    ]
    assert hanzi_in(parts) == frozenset(f"王{RARE}喆田")


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is Linux's")
def test_the_fonts_of_this_computer_have_what_fontconfig_says(tmp_path, libreoffice):
    coverage._shown.cache_clear()
    config = write_fontconfig(tmp_path)
    for each in ("王", RARE):
        asked = ["fc-list", f":charset={ord(each):x}", "file"]
        named = subprocess.run(
            asked, env={**os.environ, "FONTCONFIG_FILE": str(config)}, capture_output=True, check=True
        )
        assert (unshown(frozenset(each), config) == "") is bool(named.stdout)
    coverage._shown.cache_clear()


@pytest.mark.libreoffice
@pytest.mark.parametrize(("face", "family"), [("仿宋_GB2312", "HanaMinA"), ("黑体", "WenQuanYi Micro Hei")])
def test_a_hanzi_that_the_substitute_lacks_is_drawn_in_strokes_like_its_own(face, family, tmp_path):
    require_libreoffice()
    asked = ["fc-match", f"{face}:charset={ord('喆'):x}", "family"]
    environment = {**os.environ, "FONTCONFIG_FILE": str(write_fontconfig(tmp_path))}
    said = subprocess.run(asked, capture_output=True, check=True, text=True, env=environment).stdout
    assert said.split(",")[0].strip() == family
