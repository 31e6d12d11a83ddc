"""What a document cannot have of a draft is told of, each by its name: nothing goes without a word."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from typed import CENTER, RIGHT, add, made, numbered, picture, word

from docgen.errors import DocgenError
from docgen.lint.checker import check
from docgen.reform.changes import Kind
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.recognise import recognise

TITLE, TO, ORGAN, DAY = "关于做好防汛工作的通知", "各镇人民政府：", "云河县水利局", "2026年5月8日"


def of_word(*fill: Any) -> Formatted:
    """Return the document of a notice in Word's own look, each paragraph filled by words or by a function."""

    def filled(document: Any) -> None:
        add(document, TITLE, size=18, align=CENTER, bold=True)
        add(document, TO)
        for each in fill:
            each(document) if callable(each) else add(document, each)

    return formatted(read_draft(word(filled), "稿.docx"))


def signed(document: Any) -> None:
    """Add organ and date."""
    for each in (ORGAN, DAY):
        add(document, each, align=RIGHT)


def told(found: Formatted, kind: Kind) -> list[str]:
    """Return what is told of one kind of changes."""
    return [each.before for each in found.changes if each.kind is kind]


def test_bullets_of_a_style_are_told_like_those_of_a_paragraph() -> None:
    """Word's own List Bullet; the numbers of List Number are words."""

    def lists(document: Any) -> None:
        for words, style in (
            ("到岗。", "List Bullet"),
            ("检查。", "List Bullet 2"),
            ("上报。", "List Number"),
        ):
            document.add_paragraph(words, style=style)

    found = of_word(lists, signed)
    assert told(found, Kind.NUMBERING) == ["2个项目符号已去掉，文字保留"]
    assert [each.line.text for each in found.paper.body] == ["到岗。", "检查。", "1.上报。"]  # type: ignore[union-attr]


def test_words_that_the_net_shows_below_the_mouse_alone_are_told() -> None:
    """Titles of links, of pictures and of elements; what stands for a picture goes with it."""
    text = (
        f'# {TITLE}\n\n见[清单](https://a.gov.cn "链接的说明")和<span title="水位的说明">水位</span>。\n\n'
        f'<img src="图.png" alt="汛情图" title="图的说明">\n\n{ORGAN}\n{DAY}\n'
    )
    found = read_draft(text.encode(), "稿.md", lambda name: picture() if name == "图.png" else None)
    hints = ("水位的说明", "图的说明", "链接的说明")
    assert found.aside == tuple(f"鼠标停在上面才显示的说明“{each}”" for each in hints)
    pictures = [thing for line in recognise(found).body for thing in line.line.things]  # type: ignore[union-attr]
    assert [each.said for each in pictures] == ["汛情图"]


def over_the_signature(document: Any) -> None:
    """Add a signature with pictures of a seal: in the line of the organ, below it, in that of the date."""
    for words, align in ((ORGAN, RIGHT), ("", RIGHT), (DAY, RIGHT)):
        run = add(document, words, align=align).add_run()
        run.add_picture(io.BytesIO(picture()), width=Mm(42))


def test_a_picture_of_a_seal_over_the_signature_is_left_out_and_told() -> None:
    """The signature is one; a picture in the text stays there."""

    def drawn(document: Any) -> None:
        document.add_picture(io.BytesIO(picture()), width=Mm(80))

    found = of_word("请落实。", drawn, "请报告。", over_the_signature)
    assert (found.paper.signature, found.paper.date) == ((ORGAN,), DAY)
    assert told(found, Kind.ASIDE) == ["署名处的图片3幅（像是印章，用印请另外办理）"]
    assert len(read_draft(found.document, "果.docx").media) == 1


def test_a_sign_of_a_face_of_symbols_is_nothing_to_be_filled_in() -> None:
    """Five stars of Wingdings, in the draft and in its document."""

    def stars(document: Any) -> None:
        run = add(document, "评为").add_run()
        for _ in range(5):
            sign = OxmlElement("w:sym")
            sign.set(qn("w:font"), "Wingdings")
            sign.set(qn("w:char"), "F0AB")
            run._r.append(sign)

    found = of_word(stars, signed)
    assert "placeholder" not in {each.rule.id for each in found.report.findings}
    again = recognise(read_draft(found.document, "果.docx"))
    assert len(again.body[0].line.things) == 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "left"),
    [("《关于印发<防汛办法>的通知》", False), ("水位<警戒线>时加密报告", False), ("由<责任单位>落实", True)],
)
def test_what_stands_between_less_and_greater_is_open_if_it_names_something_to_fill_in(
    words: str, *, left: bool
) -> None:
    """A title in a title, or words set apart, are none."""
    found = made(f"{TITLE}\n{TO}\n{words}。\n{ORGAN}\n{DAY}")
    assert ("placeholder" in {each.rule.id for each in found.report.findings}) is left


def test_numbers_that_go_on_in_a_table_are_in_order() -> None:
    """Word counts on in a cell; a number that is in none of them is missing."""

    def listed(document: Any) -> None:
        numbered(document, ["甲事。", "乙事。", "丙事。", "丁事。"], "decimal", "%1.")
        third, table = document.paragraphs[-2], document.add_table(1, 2)
        table.cell(0, 0).paragraphs[0]._p.addprevious(third._p)
        document.paragraphs[-1]._p.addprevious(table._tbl)

    found = of_word(listed, signed)
    assert "level-order" not in {each.rule.id for each in found.report.findings}
    again = check(of_word("1.甲事。", "2.乙事。", "4.丁事。", signed).document, "果.docx")
    assert "level-order" in {each.rule.id for each in again.findings}


TEXT = f"{TITLE}\n{TO}\n请落实。\n{ORGAN}\n{DAY}\n"
TRADITIONAL = "關於做好防汛工作的通知\n各鎮人民政府：\n請於5月8日前報送總體情況。\n雲河縣水利局\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_text_without_a_mark_of_its_encoding_is_read(encoding: str) -> None:
    """As programs save it that are no editors."""
    assert recognise(read_draft(TEXT.encode(encoding), "稿.txt")).signature == (ORGAN,)


def test_traditional_text_is_read() -> None:
    """In the encoding of Taiwan and Hong Kong, which reads as signs without sense in the mainland's."""
    for encoding in ("big5", "gb18030"):
        assert recognise(read_draft(TRADITIONAL.encode(encoding), "稿.txt")).title == (
            "關於做好防汛工作的通知",
        )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "防災業務に関する通知\n各市町村長殿：\n下記のとおり通知する。\n".encode("shift-jis"),
            "像是 Shift-JIS",
        ),
        ("防災業務に関する通知\n各市町村長殿：\n下記のとおり通知する。\n".encode("euc-jp"), "像是 EUC-JP"),
        (TEXT.encode()[:40] + TEXT.encode()[41:], "看不出是什么编码"),
    ],
)
def test_text_that_would_be_read_without_sense_is_refused(data: bytes, said: str) -> None:
    """Japanese ones by name, and one of which a byte is lost."""
    with pytest.raises(DocgenError, match=said):
        read_draft(data, "稿.txt")
