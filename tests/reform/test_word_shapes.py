"""Word drafts in shapes that people and programs give them: heads in headers and boxes, contents, spread names."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from typed import CENTER, RIGHT, add, numbered, opened, picture, texts, told, word

from docgen.lint.rule import Severity
from docgen.reform.changes import Kind
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.paper import Text


def typed(fill: Any) -> Formatted:
    return formatted(read_draft(word(fill), "稿.docx"))


def test_who_signs_an_order_may_be_spread() -> None:
    """县　长 is the post."""

    def fill(document: Any) -> None:
        mark = add(document, "云河县人民政府令", size=36, align=CENTER)
        mark.runs[0].font.color.rgb = docx.shared.RGBColor(0xFF, 0, 0)
        add(document, "第12号", align=CENTER)
        add(document, "《云河县养犬管理办法》现予公布，自2026年6月1日起施行。")
        add(document, "县  长   李　明", align=RIGHT)
        add(document, "2026年4月5日", align=RIGHT)

    result = typed(fill)
    runs = [run for each in opened(result).paragraphs if "县长" in each.text for run in each.runs]
    assert [run.text.strip() for run in runs if run.text.strip()] == ["县长", "李明"]
    assert result.report.count(Severity.ERROR) == 0


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    """They count nothing; that their pages are those of the draft is told."""

    def fill(document: Any) -> None:
        add(document, "云河县防汛工作方案", size=22, align=CENTER)
        add(document, "目录", align=CENTER)
        for words in ("一、组织领导\t1", "二、工作安排………………3", "一、组织领导", "二、工作安排"):
            add(document, words)
        add(document, "按计划落实。")
        add(document, "云河县水利局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    result = typed(fill)
    assert [each.level for each in result.paper.body if isinstance(each, Text)] == [0, 0, 0, 1, 1, 0]
    assert "目录里的页码仍是原稿的，请按排好的页面核对" in told(result)
    assert "level-order" not in {each.rule.id for each in result.report.findings}


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("decimalEnclosedCircleChinese", "%1", ["①", "②"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵"]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("decimalFullWidth", "（%1）", ["（１）", "（２）"]),
        ("decimalZero", "%1.", ["01.", "02."]),
    ],
)
def test_automatic_numbers_are_read_as_they_are_shown(form: str, pattern: str, shown: list[str]) -> None:
    """Not as digits where they are others."""
    draft = read_draft(
        word(lambda document: numbered(document, ["加强领导", "落实责任"], form, pattern)), "稿.docx"
    )
    assert [line.looks.label for line in draft.blocks if line.looks.label] == shown  # type: ignore[union-attr]


def test_a_list_that_begins_anew_is_read_so() -> None:
    """Word writes another number for it, with the count to begin with."""

    def fill(document: Any) -> None:
        numbered(document, ["甲", "乙"], "decimal", "%1.")
        numbering = document.part.numbering_part.element
        anew = OxmlElement("w:num")
        anew.set(qn("w:numId"), "78")
        for name, holder, value in (("w:abstractNumId", anew, "77"), ("w:lvlOverride", anew, None)):
            child = OxmlElement(name)
            child.set(qn("w:val" if value else "w:ilvl"), value or "0")
            holder.append(child)
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), "1")
        anew[-1].append(start)
        numbering.append(anew)
        for words in ("丙", "丁"):
            paragraph = add(document, words)
            listed = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", "0"), ("w:numId", "78")):
                child = OxmlElement(name)
                child.set(qn("w:val"), value)
                listed.append(child)
            paragraph._p.get_or_add_pPr().append(listed)

    draft = read_draft(word(fill), "稿.docx")
    assert [line.text for line in draft.blocks if not line.blank] == ["1.甲", "2.乙", "1.丙", "2.丁"]  # type: ignore[union-attr]


def test_a_draft_typed_into_one_paragraph_is_known() -> None:
    """With soft breaks between its parts, and spaces before them."""
    parts = (
        "关于做好防汛工作的通知", "各镇人民政府：", "　　一、压实责任", "　　请落实。",
        "　　　　　　　　　　　　云河县水利局", "　　　　　　　　　　　　2026年5月8日",
    )  # fmt: skip

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for place, words in enumerate(parts):
            if place:
                paragraph.add_run().add_break()
            paragraph.add_run(words)

    result = typed(fill)
    assert (result.paper.addressees, result.paper.signature) == ("各镇人民政府", ("云河县水利局",))
    assert texts(result)[2:4] == ["一、压实责任", "请落实。"]
    assert result.report.count(Severity.ERROR) == 0


def test_a_large_initial_belongs_to_its_word() -> None:
    """Word sets it as a paragraph in a frame."""

    def fill(document: Any) -> None:
        add(document, "关于做好防汛工作的通知", size=22, align=CENTER)
        add(document, "各镇人民政府：")
        frame = OxmlElement("w:framePr")
        frame.set(qn("w:dropCap"), "drop")
        add(document, "为")._p.get_or_add_pPr().insert(0, frame)
        add(document, "做好防汛工作，请落实。")
        add(document, "云河县水利局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    assert "为做好防汛工作，请落实。" in texts(typed(fill))


def test_a_mark_in_a_box_that_hangs_on_the_number_is_the_mark() -> None:
    """LibreOffice ties frames to the paragraph below them."""
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        '<w:pict><v:shape style="width:400pt;height:60pt"><v:textbox><w:txbxContent><w:p><w:r><w:rPr>'
        '<w:color w:val="FF0000"/><w:sz w:val="80"/></w:rPr><w:t>云河县水利局文件</w:t></w:r></w:p></w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )

    def fill(document: Any) -> None:
        add(document, "云水发〔2026〕4号", align=CENTER)._p.append(parse_xml(box))
        add(document, "关于做好防汛工作的通知", size=22, align=CENTER)
        add(document, "各镇人民政府：")
        add(document, "请落实。")
        add(document, "云河县水利局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    paper = typed(fill).paper
    assert (paper.organs, paper.title) == (("云河县水利局文件",), ("关于做好防汛工作的通知",))


def test_a_head_in_the_header_of_the_page_is_the_head() -> None:
    """A mark is large and red there as well; it stands beside the text no more."""

    def fill(document: Any) -> None:
        header = document.sections[0].header
        run = header.paragraphs[0].add_run("云河县民政局文件")
        run.font.size, run.font.color.rgb = Pt(42), docx.shared.RGBColor(0xFF, 0, 0)
        header.add_paragraph("云民发〔2026〕5号")
        add(document, "关于做好低保工作的通知", size=22, align=CENTER)
        add(document, "各镇人民政府：")
        add(document, "请做好动态管理。")
        add(document, "云河县民政局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    result = typed(fill)
    assert (result.paper.organs, result.paper.number) == (("云河县民政局文件",), "云民发〔2026〕5号")
    assert [each for each in told(result) if "页眉" in each] == []
    assert result.report.count(Severity.ERROR) == 0


def test_the_table_with_which_the_net_publishes_a_document_is_left_out_and_told() -> None:
    """What follows it is known as ever; a remark's sign alone counts nothing."""

    def fill(document: Any) -> None:
        document.add_paragraph()
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "索 引 号", "000014349/2026-00012"
        add(document, "关于加强耕地保护的意见", size=22, align=CENTER)
        add(document, "各镇人民政府：")
        add(document, "耕地保有量不低于45.6万亩①。")
        add(document, "云河县人民政府", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)
        add(document, "① 数据来源于国土调查。")

    result = typed(fill)
    assert (result.paper.title, result.paper.addressees) == (("关于加强耕地保护的意见",), "各镇人民政府")
    assert "网页上的公开信息表（索引号等）" in told(result)
    assert "① 数据来源于国土调查。" in texts(result)


def test_a_head_that_is_a_picture_stays_above_the_title() -> None:
    """What follows it is known as ever."""

    def fill(document: Any) -> None:
        document.add_picture(io.BytesIO(picture(400, 60)), width=Mm(150))
        add(document, "关于云河大桥封闭施工的公告", size=22, align=CENTER)
        add(document, "云河大桥自6月1日起封闭。")
        add(document, "云河县交通运输局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    result = typed(fill)
    assert result.paper.title == ("关于云河大桥封闭施工的公告",)
    assert [each.style.name for each in opened(result).paragraphs][:2] == ["图片", "公文标题"]
    assert formatted(read_draft(result.document, "果.docx")).document == result.document


def test_short_lines_that_are_bold_are_headings_as_those_of_a_style_are() -> None:
    """They are counted, and that is told; a single one is emphasis, and where numbers are typed they are these."""

    def plan(*headings: str) -> Formatted:
        def fill(document: Any) -> None:
            add(document, "云河县节水行动方案", size=22, align=CENTER)
            for words in headings:
                add(document, words, bold=True)
                add(document, "推进农业节水、工业节水。")

        return typed(fill)

    several = plan("工作目标", "重点任务")
    assert [each.line.text for each in several.paper.body if isinstance(each, Text) and each.level] == [
        "一、工作目标",
        "二、重点任务",
    ]
    assert [each.after for each in several.changes if each.kind is Kind.NUMBERING] == ["一、", "二、"]
    for headings in (["工作目标"], ["一、工作目标", "重点任务"]):
        kept = [each.line.text for each in plan(*headings).paper.body if isinstance(each, Text)]
        assert kept[::2] == headings
