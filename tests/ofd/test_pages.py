"""A document with all that official documents hold, as an OFD: its text by another reader, its pages as pictures."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from pathlib import Path

import ofdkit
import pypdfium2
import pytest
from lxml import etree
from PIL import ImageChops, ImageFilter

from docgen.ofd.making import ofd_of

pytestmark = pytest.mark.libreoffice


def _beside(name):
    spec = importlib.util.spec_from_file_location(f"ofd_pages_{name}", Path(__file__).with_name(f"{name}.py"))
    module = sys.modules[f"ofd_pages_{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


drawing, showpiece = _beside("drawing"), _beside("showpiece")
DOTS = 48


@pytest.fixture(scope="module")
def pdf(showpiece_pdf):
    """The document as a PDF."""
    return showpiece_pdf.read_bytes()


@pytest.fixture(scope="module")
def ofd(pdf):
    """The document as an OFD."""
    return ofd_of(pdf)


def test_its_text_is_given_back_by_another_reader(ofd, tmp_path):
    """Words of every font, of the chart and of the table on all pages, rare characters as far as fonts have them."""
    path = tmp_path / "展示.ofd"
    path.write_bytes(ofd)
    said = "".join(ofdkit.extract_text(path).split())
    for words in (
        "关于办理情况的通报",
        "楷体_GB2312写的正文",
        "喆堃",
        "加粗、下划线和斜体",
        "52.4%",
        "图1办结率",
    ):
        assert words in said
    assert said.count("水土保持方案") == showpiece.ROWS


def test_its_pages_look_as_the_pdf_s_do(pdf, ofd):
    """Chart, seal, broad page and table are drawn where the PDF draws them, each page of its own size."""
    book, document = drawing.Book(ofd), pypdfium2.PdfDocument(pdf)
    pages = book.pages()
    assert len(pages) == len(document) >= 3
    boxes = [page.findtext(".//o:PhysicalBox", namespaces=drawing.OFD) for page in pages]
    sizes = [tuple(round(each) for each in drawing.numbers(box)[2:]) for box in boxes]
    assert sizes[0] == (210, 297)
    assert sizes[1] == (297, 210)
    for place in (0, 1):
        ours = drawing.draw(book, pages[place], DOTS)
        theirs = document[place].render(scale=DOTS / 72).to_pil().convert("L")
        blurred = [each.resize(theirs.size).filter(ImageFilter.GaussianBlur(3)) for each in (ours, theirs)]
        assert ImageChops.difference(*blurred).getextrema()[1] < 60
    document.close()


def test_the_seal_is_a_picture_that_is_seen_through_and_the_chart_is_none(ofd):
    """The seal keeps its transparency; bars and axes of the chart stay lines and areas."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as package:
        first = etree.fromstring(package.read("Doc_0/Pages/Page_0/Content.xml"))
        images = first.findall(".//o:ImageObject", drawing.OFD)
        data = {each: package.read(each) for each in package.namelist() if each.endswith((".png", ".jpg"))}
    areas = [each for each in first.iterfind(".//o:PathObject", drawing.OFD) if each.get("Fill") == "true"]
    widths = [drawing.numbers(each.get("Boundary"))[2] for each in areas]
    assert any(100 < each < 140 for each in widths)  # the longer bar
    seal = [each for each in images if abs(drawing.numbers(each.get("Boundary"))[2] - 42) < 0.5]
    assert len(seal) == 1
    assert any(each[25] in (4, 6) for each in data.values() if each.startswith(b"\x89PNG"))  # with opacity
