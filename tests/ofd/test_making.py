"""A PDF as an OFD: its text, its look, its bytes, and what keeps it from being one."""

from __future__ import annotations

import importlib.util
import io
import random
import re
import sys
import zipfile
from functools import partial
from itertools import groupby
from pathlib import Path

import ofdkit
import pypdfium2
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import raw

from docgen.errors import DocgenError
from docgen.ofd import reading, segments
from docgen.ofd.faults import NotPdf, PdfLocked, PdfTooLarge
from docgen.ofd.fonts import Face, Glyph, font_file
from docgen.ofd.glyphs import outline_of
from docgen.ofd.making import ofd_of
from docgen.ofd.origin import SOURCE, source_of
from docgen.ofd.package import About, Attachment
from docgen.ofd.tags import Part, tagged


def _beside(name: str):
    spec = importlib.util.spec_from_file_location(f"ofd_{name}", Path(__file__).with_name(f"{name}.py"))
    module = sys.modules[f"ofd_{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


drawing, pdfs = _beside("drawing"), _beside("pdfs")
DOTS = 54
CASES = {
    "text": (pdfs.TEXT, "0 0 595 842", ""),
    "red text": (f"1 0 0 rg {pdfs.TEXT}", "0 0 595 842", ""),
    "turned text": ("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (Turned) Tj ET", "0 0 595 842", ""),
    "stretched text": ("BT /F1 30 Tf 60 Tz 72 600 Td (Narrow words) Tj ET", "0 0 595 842", ""),
    "areas": (
        "0.2 0.4 0.8 rg 100 100 200 300 re 150 150 50 50 re f* 300 500 100 100 re f",
        "0 0 595 842",
        "",
    ),
    "lines": ("8 w 50 400 m 300 700 500 100 550 600 c S 3 w 40 50 m 500 50 l S", "0 0 595 842", ""),
    "clip": ("100 100 m 400 100 l 250 500 l h W n 1 0 0 rg 0 0 595 842 re f", "0 0 595 842", ""),
    "picture": ("q 200 0 0 100 100 500 cm /I Do Q", "0 0 595 842", ""),
    "turned picture": ("q 0 200 -100 0 300 300 cm /I Do Q", "0 0 595 842", ""),
    "shading": ("q 100 100 300 200 re W n /S sh Q " + pdfs.TEXT, "0 0 595 842", ""),
    "landscape": (pdfs.TEXT.replace("700", "300"), "0 0 842 595", ""),
    "turned page": (pdfs.TEXT, "0 0 595 842", "/Rotate 90"),
    "page turned back": (pdfs.TEXT, "0 0 595 842", "/Rotate 270"),
    "page upside down": (pdfs.TEXT, "0 0 595 842", "/Rotate 180"),
    "page cut out": (pdfs.TEXT, "0 0 595 842", "/CropBox [50 400 500 800]"),
}


def _difference(pdf: bytes, ofd: bytes) -> float:
    """Return how far, of 255, the pictures of the first pages lie apart where they do most, fine edges blurred."""
    book = drawing.Book(ofd)
    ours = drawing.draw(book, book.pages()[0], DOTS)
    document = pypdfium2.PdfDocument(pdf)
    theirs = document[0].render(scale=DOTS / 72).to_pil().convert("L")
    document.close()
    assert abs(ours.width - theirs.width) <= 1
    assert abs(ours.height - theirs.height) <= 1
    blurred = [each.resize(theirs.size).filter(ImageFilter.GaussianBlur(3)) for each in (ours, theirs)]
    assert blurred[1].getextrema()[0] < 250  # something is there to be seen
    return ImageChops.difference(*blurred).getextrema()[1]


@pytest.mark.parametrize("case", CASES)
def test_a_page_looks_as_the_pdf_s_does_when_drawn_by_another_reader(case):
    """Text, areas, lines, clips, pictures and turned pages stand where they stood."""
    pdf = pdfs.pdf(*CASES[case])
    assert _difference(pdf, ofd_of(pdf)) < 60


def test_a_missing_object_would_be_seen():
    """The comparison of pictures fails when a page lacks its text."""
    empty = pdfs.pdf("0 0 1 1 re f")
    assert _difference(pdfs.pdf(pdfs.TEXT), ofd_of(empty)) > 60


def test_another_reader_gives_the_text_back(tmp_path):
    """Text is text: it can be searched and copied, in the order of the page."""
    path = tmp_path / "a.ofd"
    path.write_bytes(ofd_of(pdfs.pdf(pdfs.TEXT + " BT /F1 12 Tf 72 650 Td (second line) Tj ET")))
    said = re.sub(r"\s+", " ", ofdkit.extract_text(path))
    assert "Notice 2026-3" in said
    assert "second line" in said


def test_the_fonts_are_in_the_file_with_the_characters_that_occur_alone():
    """A font has the document's characters, with outlines, and no others."""
    with zipfile.ZipFile(io.BytesIO(ofd_of(pdfs.pdf(pdfs.TEXT)))) as parts:
        (name,) = [each for each in parts.namelist() if each.endswith(".ttf")]
        font = TTFont(io.BytesIO(parts.read(name)))
    assert "".join(map(chr, sorted(font.getBestCmap()))) == "".join(sorted(set("Notice 2026-3")))
    assert font["glyf"][font.getBestCmap()[ord("N")]].numberOfContours == 1


def test_the_same_pdf_gives_the_same_bytes():
    """No clock and no chance goes into an OFD."""
    pdf = pdfs.pdf(CASES["picture"][0] + pdfs.TEXT)
    assert ofd_of(pdf) == ofd_of(pdf)


def test_what_cannot_be_said_as_areas_and_lines_is_a_picture_and_the_text_stays_text(tmp_path):
    """A shading becomes a picture of itself."""
    path = tmp_path / "a.ofd"
    path.write_bytes(ofd_of(pdfs.pdf(CASES["shading"][0])))
    with zipfile.ZipFile(path) as parts:
        (name,) = [each for each in parts.namelist() if each.endswith(".png")]
        with Image.open(io.BytesIO(parts.read(name))) as picture:
            left, right = picture.convert("RGB").getpixel((2, 50)), picture.convert("RGB").getpixel((-3, 50))
    assert left[0] > right[0]
    assert "Notice" in ofdkit.extract_text(path)


def test_what_is_known_of_a_document_stands_in_the_first_part():
    """Metadata, attachments and the document it was made of are there, odd characters left out."""
    about = About("通知\x00", metadata={SOURCE: "a" * 64}, attachments=(Attachment("正本.docx", b"PK"),))
    ofd = ofd_of(pdfs.pdf(pdfs.TEXT), about)
    with zipfile.ZipFile(io.BytesIO(ofd)) as parts:
        assert "<ofd:Title>通知</ofd:Title>" in parts.read("OFD.xml").decode()
        assert parts.read("Doc_0/Attachs/attach_1.docx") == b"PK"
    assert source_of(ofd) == "a" * 64
    assert source_of(b"PK\x03\x04 broken") == source_of(b"%PDF") == ""


def test_parts_of_a_document_are_found_over_lines_and_blanks_one_behind_the_other():
    """Each part names the text objects it stands in; what is not on the pages is left out."""
    texts = [(1, [(10, "关于印发"), (11, "计划的 通知"), (12, "各单位：")]), (2, [(20, "各单位")])]
    parts = [
        Part("主体", "标题", "关于印发计划的通知"),
        Part("主体", "附注", "没有"),
        Part("主体", "主送机关", "各单位"),
        Part("版记", "抄送机关", "各单位"),
    ]
    found = {each.part.name: each.objects for each in tagged(parts, texts)}
    assert found == {"标题": ((1, 10), (1, 11)), "主送机关": ((1, 12),), "抄送机关": ((2, 20),)}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n", "不是".encode()])
def test_what_is_no_pdf_is_refused(data):
    """The message names the file."""
    with pytest.raises(NotPdf, match=r"甲\.pdf"):
        ofd_of(data, file="甲.pdf")


def test_a_pdf_with_a_password_is_refused(tmp_path):
    """The message says to take the password away."""
    locked = pdfs.pdf(pdfs.TEXT).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"00" * 32
        + b"> /U <" + b"11" * 32 + b"> >>",
    )  # fmt: skip
    with pytest.raises(PdfLocked, match="去掉密码"):
        ofd_of(locked, file="甲.pdf")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    """The message says how many there are and how many may be."""
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    with pytest.raises(PdfTooLarge, match="3页，超过上限2"):
        ofd_of(pdfs.pdf(pdfs.TEXT, pages=3))


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_pdf_gives_an_ofd_or_a_fault_and_nothing_else(seed):
    """Bytes changed, cut off or doubled at random end in no other exception."""
    chance = random.Random(seed)  # noqa: S311 (the same at every run)
    data = bytearray(pdfs.pdf(" ".join(case[0] for case in CASES.values())))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    try:
        made = ofd_of(bytes(data))
    except DocgenError:
        return
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None


def test_segments_read_at_once_are_those_that_the_calls_give():
    """Where PDFium's memory is read directly, it says what its own calls say, one segment after the other."""
    document = pypdfium2.PdfDocument(pdfs.pdf(CASES["lines"][0]))
    page = document[0]
    found = 0
    for place in range(raw.FPDFPage_CountObjects(page)):
        path = raw.FPDFPage_GetObject(page, place)
        segment = partial(raw.FPDFPath_GetPathSegment, path)
        count = raw.FPDFPath_CountSegments(path)
        one_by_one = [segments.segments_of(1, lambda _, at=at, one=segment: one(at)) for at in range(count)]
        assert segments.segments_of(count, segment) == b"".join(one_by_one)
        found += count
    document.close()
    assert found == 6
    assert segments.segments_of(-1, segment) == b""


def test_segments_that_lie_otherwise_are_asked_for_one_by_one():
    """Where neighbours lie elsewhere than expected, nothing of PDFium's memory is read."""
    document = pypdfium2.PdfDocument(pdfs.pdf(CASES["lines"][0]))
    page = document[0]
    path = raw.FPDFPage_GetObject(page, 0)
    order = [3, 0, 2, 1]
    mixed = segments.segments_of(4, lambda place: raw.FPDFPath_GetPathSegment(path, order[place % 4] % 3))
    size = segments.RECORD.size
    plain = segments.segments_of(3, partial(raw.FPDFPath_GetPathSegment, path))
    assert mixed == b"".join(plain[size * (at % 3) :][:size] for at in order)
    document.close()


CUBIC = [
    (0.1, 0.0, segments.MOVE, 0),
    (0.1, 0.5, segments.CURVE, 0), (0.4, 0.9, segments.CURVE, 0), (0.8, 0.7, segments.CURVE, 0),
    (0.9, 0.0, segments.LINE, 1),
]  # fmt: skip


def test_a_curve_of_the_third_degree_is_near_enough_as_curves_of_the_second():
    """An outline as PostScript fonts have it becomes a glyph whose area differs by less than a thousandth."""
    made = outline_of(b"".join(segments.RECORD.pack(*each) for each in CUBIC))
    face = Face("曲线", glyphs={"a": Glyph(b"".join(segments.RECORD.pack(*each) for each in CUBIC), 1000)})
    font = TTFont(io.BytesIO(font_file(face)))
    pen, exact = AreaPen(), AreaPen()
    font.getGlyphSet()[font.getBestCmap()[ord("a")]].draw(pen)
    points = [(x * 1000, y * 1000) for x, y, _, _ in CUBIC]
    exact.moveTo(points[0])
    exact.curveTo(*points[1:4])
    exact.lineTo(points[4])
    exact.closePath()
    assert (made.contours, made.left, made.bottom) == (1, 100, 0)
    assert abs(pen.value - exact.value) < abs(exact.value) / 1000


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-2000, 2000), st.integers(-2000, 2000)), min_size=3, max_size=12),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_outline_is_read_back_by_another_as_it_was(lines):
    """Flags, short and long ways, and repeated flags are read by fontTools as they were meant."""
    said = b"".join(
        segments.RECORD.pack(x / 1000, y / 1000, segments.LINE if place else segments.MOVE, 0)
        for line in lines
        for place, (x, y) in enumerate(line)
    )
    font = TTFont(io.BytesIO(font_file(Face("折线", glyphs={"a": Glyph(said, 500)}))))
    glyph = font["glyf"][font.getBestCmap()[ord("a")]]
    wanted = [_without_repeated(line) for line in lines]
    wanted = [line for line in wanted if len(line) > 1]
    assert glyph.numberOfContours == len(wanted)
    if wanted:
        assert list(glyph.coordinates) == [point for line in wanted for point in line]
        assert (glyph.xMin, glyph.yMax) == (
            min(x for line in wanted for x, _ in line),
            max(y for line in wanted for _, y in line),
        )


def _without_repeated(line):
    found = [point for point, _ in groupby(line)]
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def test_the_example_of_the_page_about_the_room_works():
    """What docs/ofd.md shows others is run as it stands there."""
    page = (Path(__file__).parents[2] / "docs" / "ofd.md").read_text("utf-8")
    shown = {"pdf": pdfs.pdf(pdfs.TEXT), "table": b"PK a table"}
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], shown)  # noqa: S102
    said = shown["said"]
    assert (said.title, said.pages) == ("关于报送台账的通知", 1)
    assert said.metadata == {"发文字号": "某办函〔2026〕3号"}
    assert [(each.name, each.size) for each in said.attachments] == [("附表.xlsx", 10)]


@pytest.mark.parametrize(
    ("action", "leads"),
    [
        ("/S /URI /URI (https://example.cn/a)", "https://example.cn/a"),
        ("/S /URI /URI (mailto:a@example.cn)", "mailto:a@example.cn"),
        ("/S /URI /URI (javascript:alert\\(1\\))", None),
        ("/S /URI /URI (file:///etc/passwd)", None),
        ("/S /Launch /F (a.exe)", None),
    ],
)
def test_a_link_leads_where_it_led_if_that_is_an_address(action, leads, tmp_path):
    """Its words stay; a click in its place leads to the web or a mail, and to nothing that runs or opens a file."""
    link = f"<< /Type /Annot /Subtype /Link /Rect [72 690 300 730] /A << {action} >> >>"
    path = tmp_path / "a.ofd"
    path.write_bytes(ofd_of(pdfs.pdf(pdfs.TEXT, page=f"/Annots [{link}]")))
    assert "Notice" in ofdkit.extract_text(path)
    with zipfile.ZipFile(path) as parts:
        page = etree.fromstring(parts.read("Doc_0/Pages/Page_0/Content.xml"))
    said = {"ofd": "http://www.ofdspec.org/2016"}
    assert page.xpath("//ofd:Action[@Event='CLICK']/ofd:URI/@URI", namespaces=said) == (
        [leads] if leads else []
    )
    assert page.xpath("//ofd:Area/@Start", namespaces=said) == (["25.4 39.511"] if leads else [])
