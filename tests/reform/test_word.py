"""Drafts typed in Word: what they hold beside words, and how they look, by kind of fault."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from typed import CENTER, RIGHT, add, letters, lines, numbered, picture, word

from docgen.errors import DocgenError
from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.reform.draft import Note, Picture, Table, lines_of
from docgen.reform.faults import NotCarried, OpenChanges
from docgen.reform.formatting import Formatted, Given, formatted, read_draft
from docgen.reform.reading.word import read_word


def made(data: bytes, given: Given | None = None) -> Formatted:
    return formatted(read_word(data, "稿.docx"), given or Given())


def opening(document: Any, title: str = "关于做好防汛工作的通知") -> None:
    add(document, title, size=18, align=CENTER, bold=True)
    add(document, "各镇人民政府:")


def ending(document: Any) -> None:
    add(document, "云河县水利局", align=RIGHT)
    add(document, "2026年5月8日", align=RIGHT)


def test_a_head_typed_in_red_is_known_and_set_anew() -> None:
    """Mark, number and 签发人 of any look, the title over two lines."""

    def fill(document: Any) -> None:
        mark = add(document, "云河县水利局文件", size=36, align=CENTER)
        mark.runs[0].font.color.rgb = docx.shared.RGBColor(0xFF, 0, 0)
        add(document, "云水发【2026】08号　　　　　　签发人：李某")
        add(document, "云河县水利局关于申请", size=20, align=CENTER)
        add(document, "防洪工程资金的请示", size=20, align=CENTER)
        add(document, "县人民政府：")
        add(document, "    请予解决。", size=14)
        ending(document)

    document = made(word(fill))
    paper = document.paper
    assert (paper.form, paper.organs, paper.number) == (
        Form.UPWARD,
        ("云河县水利局文件",),
        "云水发〔2026〕8号",
    )
    assert (paper.signatories, "".join(paper.title)) == (("李某",), "云河县水利局关于申请防洪工程资金的请示")
    assert document.report.count(Severity.ERROR) == 0


def test_automatic_numbers_become_text_that_counts_the_same() -> None:
    """What Word counts as 一、二、三、 is written out."""

    def fill(document: Any) -> None:
        opening(document)
        numbered(document, ["提高认识", "落实责任", "严明纪律"], "chineseCounting", "%1、")
        ending(document)

    words = [words for style, words in lines(made(word(fill)).document) if style == "一级标题"]
    assert words == ["一、提高认识", "二、落实责任", "三、严明纪律"]


def test_names_and_date_in_one_paragraph_are_parted() -> None:
    """By a soft break or by spaces."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请做好准备。")
        paragraph = add(document, "云河县水利局", align=RIGHT)
        paragraph.add_run().add_break()
        paragraph.add_run("2026年5月8日")

    paper = made(word(fill)).paper
    assert (paper.signature, paper.date) == (("云河县水利局",), "2026年5月8日")


def test_a_table_keeps_its_cells_merged_ones_too_and_repeats_its_head() -> None:
    """Spans stay; the head is repeated; the columns fit."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请按下表填报。")
        table = document.add_table(4, 3)
        for row, cells in zip(
            table.rows, (("序号", "项目", "金额"), ("1", "道路", "10"), ("2", "学校", "20")), strict=False
        ):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        table.cell(3, 0).merge(table.cell(3, 1)).text = "合计"
        table.cell(3, 2).text = "30"
        ending(document)

    document = made(word(fill)).document
    table = docx.Document(io.BytesIO(document)).tables[0]
    assert [cell.text for cell in table.rows[3].cells] == ["合计", "合计", "30"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {paragraph.style.name for paragraph in table.cell(0, 0).paragraphs} == {"表头文字"}


def test_a_wide_table_lies_across() -> None:
    """Twelve columns do not fit an upright page."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请按下表填报。")
        table = document.add_table(3, 12)
        for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"栏{place}"
        add(document, "请及时报送。")
        ending(document)

    document = made(word(fill))
    sections = docx.Document(io.BytesIO(document.document)).sections
    assert [section.orientation for section in sections] == [0, 1, 0]
    assert document.report.count(Severity.ERROR) == 0


def test_pictures_and_their_names_are_kept() -> None:
    """A picture on a line of its own, no wider than the text, with the caption below it."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "位置见下图。")
        document.add_picture(io.BytesIO(picture()), width=Mm(200))
        add(document, "图1 项目位置", align=CENTER)
        ending(document)

    document = made(word(fill)).document
    draft = read_word(document, "果.docx")
    found = [thing for line in lines_of(draft.blocks) for thing in line.things]
    assert [type(thing) for thing in found] == [Picture]
    assert draft.media == {"word/media/image1.png": picture()}
    assert isinstance(found[0], Picture)
    assert found[0].width < 443
    assert ("图表名称", "图1 项目位置") in lines(document)


def test_links_and_emphasis_that_is_asked_for_are_kept() -> None:
    """A link leads where it led; bold words stay bold only when asked for, and are told of otherwise."""

    def fill(document: Any) -> None:
        opening(document)
        paragraph = add(document, "请务必在")
        paragraph.add_run("三日内").bold = True
        paragraph.add_run("报送，详见")
        link = OxmlElement("w:hyperlink")
        kind = docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK
        link.set(qn("r:id"), document.part.relate_to("https://www.yunhe.gov.cn", kind, is_external=True))
        link.append(paragraph.add_run("网站")._r)
        paragraph._p.append(link)
        ending(document)

    data = word(fill)
    plain, kept = made(data), made(data, Given(emphasis=True))
    assert [change.before for change in plain.changes if change.kind.value == "强调"] == ["三日内"]
    for document, bold in ((plain, []), (kept, ["三日内"])):
        pieces = [
            piece for line in lines_of(read_word(document.document, "果").blocks) for piece in line.pieces
        ]
        assert [piece.text for piece in pieces if "b" in piece.emphasis] == bold
        assert [piece.text for piece in pieces if piece.link == "https://www.yunhe.gov.cn"] == ["网站"]


def test_a_footnote_stays_a_footnote() -> None:
    """Its words are at the foot of the page, its sign in the text."""
    text = (
        "关于做好防汛工作的通知\n\n各镇：\n\n请落实[^1]。\n\n[^1]: 按县里的[部署](https://a.cn/?x=1&y=2)。\n"
    )
    first = formatted(read_draft(text.encode(), "稿.md")).document
    again = read_word(first, "果.docx")
    notes = [thing for line in lines_of(again.blocks) for thing in line.things]
    assert [type(thing) for thing in notes] == [Note]
    assert isinstance(notes[0], Note)
    assert [line.words for line in notes[0].lines] == ["按县里的部署。"]
    assert [piece.link for line in notes[0].lines for piece in line.pieces if piece.link] == [
        "https://a.cn/?x=1&y=2"
    ]
    assert formatted(again).document == first


def test_a_head_and_a_foot_drawn_in_tables_are_opened() -> None:
    """A 版记 in a table is a 版记, not a table of the text."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请做好准备。")
        ending(document)
        table = document.add_table(2, 1)
        table.cell(0, 0).text = "抄送：县委办公室。"
        table.cell(1, 0).text = "云河县水利局　　2026年5月8日印发"

    paper = made(word(fill)).paper
    assert (paper.copies, paper.printer, paper.printed) == ("县委办公室", "云河县水利局", "2026年5月8日")
    assert not any(isinstance(item, Table) for item in paper.body)


def test_tracked_changes_and_objects_are_refused_with_what_to_do() -> None:
    """Nobody has decided what a draft with tracked changes says; a chart would be lost."""

    def changed(document: Any) -> None:
        opening(document)
        run = add(document, "请落实。").runs[0]._r
        inserted = OxmlElement("w:ins")
        run.addprevious(inserted)
        inserted.append(run)

    def charted(document: Any) -> None:
        opening(document)
        run = add(document, "见图。").add_run()._r
        drawing = OxmlElement("w:drawing")
        drawing.append(
            drawing.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart", {})
        )
        run.append(drawing)

    with pytest.raises(OpenChanges, match="第 3 段有没有处理的修订"):
        made(word(changed))
    with pytest.raises(NotCarried, match="图表"):
        made(word(charted))


def test_headers_their_pictures_and_comments_are_told_of_as_left_out() -> None:
    """They are no part of the text, but nobody shall miss them."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请落实。")
        document.sections[0].header.paragraphs[0].text = "内部资料"
        document.sections[0].footer.paragraphs[0].add_run().add_picture(io.BytesIO(picture()))

    changes = made(word(fill)).changes
    aside = [change.before for change in changes if change.kind.value == "未排入"]
    assert sorted(aside) == ["页眉“内部资料”", "页脚里的图片1幅"]


def test_the_letters_of_a_draft_are_all_in_its_document() -> None:
    """Counted by a reader that is not docgen's."""

    def fill(document: Any) -> None:
        opening(document)
        for text in ("一. 总体要求", "（1）按2026年计划推进", "1、先做甲事；2、再做乙事。"):
            add(document, text, size=10.5)
        document.add_table(1, 2).cell(0, 1).text = "表里的字ABC"
        ending(document)

    data = word(fill)
    assert letters(data) - letters(made(data).document) == {}


def test_a_document_of_the_formatter_comes_out_byte_for_byte() -> None:
    """Formatting twice changes nothing."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "一.要求")
        add(document, "请落实。" * 60)
        document.add_table(2, 2).cell(0, 0).text = "甲"
        ending(document)

    first = made(word(fill)).document
    second = made(first)
    assert second.document == first
    assert second.changes == ()


def test_what_is_missing_in_a_result_is_named() -> None:
    """A word, a cell, a picture that the result has not."""
    from docgen.reform.counting import missing

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请务必落实到位。", size=12).runs[0].font.size = Pt(12)
        document.add_picture(io.BytesIO(picture()))

    def poorer(document: Any) -> None:
        opening(document)

    told = missing(read_word(word(fill), "稿"), read_word(word(poorer), "果"))
    assert told == ("“请务必落实到位。”", "图片1处（原有1处）")


def test_a_broken_file_is_refused() -> None:
    """Not a traceback."""
    with pytest.raises(DocgenError):
        read_word(b"no zip", "稿.docx")


def test_items_that_soft_breaks_part_are_paragraphs_of_their_own() -> None:
    """The first of them may stand behind the sentence that announces them."""

    def fill(document: Any) -> None:
        opening(document)
        items = add(document, "各镇要做到：（1）公布清单；")
        for words in ("（2）落实责任；", "（3）加强督查。"):
            run = items.add_run()
            run.add_break()
            run.add_text(words)
        ending(document)

    found = made(word(fill))
    said = [text for _, text in lines(found.document)]
    assert said[2:6] == ["各镇要做到：", "（1）公布清单；", "（2）落实责任；", "（3）加强督查。"]
    assert [each for each in found.report.findings if each.rule.severity is Severity.ERROR] == []


def test_a_date_that_changes_by_itself_becomes_words_and_is_told() -> None:
    """The day it showed stays, whenever the document is opened."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请落实。")
        add(document, "云河县水利局", align=RIGHT)
        dated = add(document, "", align=RIGHT)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), ' DATE \\@ "yyyy年M月d日" ')
        dated._p.append(field)
        dated.add_run("2026年5月8日")
        field.append(dated.runs[-1]._r)

    found = made(word(fill))
    with zipfile.ZipFile(io.BytesIO(found.document)) as package:
        assert b"yyyy" not in package.read("word/document.xml")
    assert found.paper.date == "2026年5月8日"
    assert [(each.kind.value, each.place) for each in found.changes if "自动更新" in each.before] == [
        ("日期", 5)
    ]
    assert "updating-date" not in [each.rule.id for each in found.report.findings]


def test_the_last_row_of_a_table_stays_with_the_signature_below_it() -> None:
    """So that no page has the signature alone; the rows above may part."""

    def fill(document: Any) -> None:
        opening(document)
        add(document, "请按下表填报。")
        table = document.add_table(3, 2)
        for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"栏{place}"
        ending(document)

    table = docx.Document(io.BytesIO(made(word(fill)).document)).tables[0]
    kept = [
        [p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs] for row in table.rows
    ]
    assert kept == [[None, None], [None, None], [True, True]]
