"""Drafts in .odt, .rtf, .doc and .wps: what LibreOffice makes of them is laid out whole, and its losses are told."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from docx.oxml import OxmlElement
from specimens import COUNTED, bare, empty, read, saved, specimens
from typed import CENTER, RIGHT, add, letters

from docgen.lint.rule import Severity
from docgen.office.formatting import Formatting, given, reformat
from docgen.pdf.libreoffice import find_soffice
from docgen.reform.faults import NotConverted
from docgen.reform.reading.converted import refuse_lost

HELD = [
    each
    for each in specimens()
    if each.name in ("links", "merged_table", "nested_table", "notes", "pictures")
]
LINKS = ("https://www.yunhe.gov.cn/a", "https://www.yunhe.gov.cn/b")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"))
)
_FORMULA = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
_OBJECT = '<draw:frame><draw:object xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="./Object 1"/></draw:frame>'


def notice() -> bytes:
    """Return a notice in Word's own look with notes, pictures, links, and tables within tables."""
    document = empty()
    add(document, "关于做好防汛工作的通知", size=18, align=CENTER, bold=True)
    add(document, "各镇人民政府:")
    places = [add(document, f"第{count}项工作要做好准备。") for count in range(len(HELD))]
    for words in ("云河县水利局", "2026年5月8日"):
        add(document, words, align=RIGHT)
    for specimen, place in zip(HELD, places, strict=True):
        specimen.put(document, place)
    return saved(document)


@pytest.fixture(scope="module")
def saved_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The notice in the formats of other word processors."""
    tmp_path = tmp_path_factory.mktemp("稿")
    (tmp_path / "稿.docx").write_bytes(notice())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("odt", "rtf", "doc"):
        command = [
            find_soffice(),
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            tmp_path,
            tmp_path / "稿.docx",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.copy(tmp_path / "稿.doc", tmp_path / "稿.wps")
    return [tmp_path / f"稿.{kind}" for kind in ("odt", "rtf", "doc", "wps")]


@pytest.mark.libreoffice
def test_nothing_is_lost_of_drafts_that_other_word_processors_saved(
    saved_elsewhere: list[Path], tmp_path: Path
) -> None:
    """Words, notes, pictures, tables, links; without an error of layout, and the drafts stay as they are."""
    drafts = saved_elsewhere
    before = [each.read_bytes() for each in drafts]
    for done in reformat(drafts, tmp_path / "果", Formatting(given("auto"))):
        assert done.target is not None, str(done.fault)
        words, held = read(done.target.read_bytes())
        said = [line for each in HELD for line in each.says]
        assert [each for each in said if bare(each) not in words] == []
        assert held == Counter({what: sum(each.count(what) for each in HELD) for what in COUNTED})
        with zipfile.ZipFile(done.target) as package:
            relations = package.read("word/_rels/document.xml.rels").decode()
        assert [each for each in LINKS if each not in relations] == []
        assert done.report is not None
        assert done.report.count(Severity.ERROR) == 0
    assert [each.read_bytes() for each in drafts] == before


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["rtf", "doc"])
def test_every_letter_that_readers_of_others_find_is_in_the_result(
    kind: str, saved_elsewhere: list[Path], tmp_path: Path
) -> None:
    """LibreOffice made the draft, so what it reads of it proves little: striprtf and antiword count as well."""
    draft = next(each for each in saved_elsewhere if each.suffix == f".{kind}")
    said = Counter(filter(_is_hanzi, _words_of(draft)))
    assert said.total() > 60
    (done,) = reformat([draft], tmp_path / "果", Formatting(given("auto")))
    assert done.target is not None, str(done.fault)
    assert said - letters(done.target.read_bytes()) == Counter()


def _is_hanzi(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _words_of(draft: Path) -> str:
    """Return what a reader that is not LibreOffice finds in a draft."""
    if draft.suffix == ".rtf":
        return str(pytest.importorskip("striprtf.striprtf").rtf_to_text(draft.read_bytes().decode("latin-1")))
    if not shutil.which("antiword"):
        pytest.skip("needs antiword")
    command = ["antiword", "-m", "UTF-8.txt", draft]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def open_document(text: str) -> bytes:
    """Return an .odt whose object is a formula."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        body = f"<office:body><office:text>{text}</office:text></office:body>"
        content = f"<office:document-content {_SPACES}>{body}</office:document-content>"
        package.writestr("content.xml", content)
        package.writestr("Object 1/content.xml", _FORMULA)
    return stream.getvalue()


def converted(*lines: str) -> bytes:
    """Return what LibreOffice made of a file: lines of words."""
    document = empty()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        (open_document(f"<text:p>按{_OBJECT}测算。</text:p>"), "公式1处"),
        (open_document("<text:p>按测算。</text:p><draw:g><text:p>框里的字</text:p></draw:g>"), "“框里的字”"),
        (open_document("<text:p>按<text:note><text:note-body/></text:note>测算。</text:p>"), "脚注1处"),
        (open_document("<text:p>按测算。</text:p><table:table/>"), "表格1处"),
        (rb"{\rtf1 {\mmath{\*\moMathPara{\*\moMath{\mr x}}{\*\moMath{\mr y}}}}}", "公式2处"),
        (rb"{\rtf1 a{\footnote b}}", "脚注1处"),
        (b"\xd0\xcf\x11\xe0" + "Equation Native".encode("utf-16-le"), "公式1处"),
        (b"\xd0\xcf\x11\xe0" + "合计\7八公里\7\7".encode("utf-16-le"), "表格1处"),
    ],
)
def test_what_libreoffice_leaves_out_is_refused_with_its_name(source: bytes, lost: str) -> None:
    """Without its component for formulas it leaves those out and says nothing."""
    with pytest.raises(NotConverted, match=lost):
        refuse_lost(source, converted("按测算。"), "稿")


def test_a_field_to_be_filled_in_that_libreoffice_repeats_is_refused() -> None:
    """It writes one for each stretch of its words."""
    document = empty()
    paragraph = document.add_paragraph("关于2026年工作的通知")
    for _ in range(2):
        instruction = OxmlElement("w:instrText")
        instruction.text = ' FILLIN ""'
        paragraph.add_run()._r.append(instruction)
    with pytest.raises(NotConverted, match="重复了“关于2026年工作的通知”"):
        refuse_lost(rb"{\rtf1 }", saved(document), "稿.rtf")


def drawing(words: str, label: int) -> bytes:
    """Return a drawing of a .doc that draws words, in the text (0) or in a header (1)."""
    said = (words + "\0").encode("utf-16-le")
    properties = struct.pack("<HIHI", 0xC0C0, len(said), 0x0080, 7)
    table = struct.pack("<HHI", 0x23, 0xF00B, len(properties) + len(said)) + properties + said
    return bytes([label]) + struct.pack("<HHI", 0x0F, 0xF002, len(table)) + table


def test_words_that_a_doc_draws_are_not_lost_without_a_word() -> None:
    """A watermark, which is drawn in a header, is none of the text."""
    source = (
        b"\xd0\xcf\x11\xe0\x0b\xf0"
        + drawing("征求意见稿", 1)
        + b"\x0b\xf0" * 3
        + drawing("艺术字里的标语", 0)
    )
    with pytest.raises(NotConverted, match="少了“艺术字里的标语”，"):
        refuse_lost(source, converted("按测算。"), "稿.doc")
    refuse_lost(source, converted("艺术字里的标语"), "稿.doc")


def test_what_is_worked_out_anew_is_no_loss() -> None:
    """Dates and pages of fields, deleted words, comments, readings above words."""
    text = (
        "<text:tracked-changes><text:p>删去</text:p></text:tracked-changes>"
        "<text:p>第<text:page-number>9</text:page-number>页<text:span>由<text:ruby><text:ruby-base>谌</text:ruby-base>"
        "<text:ruby-text>chen</text:ruby-text></text:ruby></text:span>负责<office:annotation><text:p>批注</text:p>"
        "</office:annotation>。</text:p>"
    )
    refuse_lost(open_document(text), converted("第1页由", "谌", "负责。"), "稿.odt")
