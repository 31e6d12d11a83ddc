"""Every form is a sound .docx: for python-docx, in the schema's order, the same bytes for the same words."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

from docgen.standard.build import blocks, elements, head, ooxml
from docgen.standard.build.levels import LONGEST_KEPT, body, level_of
from docgen.standard.build.parts import Slot
from docgen.standard.forms import order
from docgen.standard.forms.compose import text_parts
from docgen.standard.forms.document import Document, build
from docgen.standard.forms.wording import parse
from docgen.standard.measures import page
from docgen.standard.measures.fonts import PLAIN
from docgen.standard.measures.lengths import Mm, Pt
from docgen.standard.measures.look import STANDARD, Look, Margins, PageNumbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def parsed(block):
    return etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{block}</w:body>')


def styles_and_words(block):
    return [
        (each.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), "".join(each.itertext(f"{W}t")))
        for each in parsed(block).iterchildren(f"{W}p")
    ]


def faces(block):
    """Return each run of the first paragraph with the style of its characters."""
    paragraph = parsed(block)[0]
    return [
        (
            None if (style := run.find(f"{W}rPr/{W}rStyle")) is None else style.get(f"{W}val"),
            "".join(run.itertext()),
        )
        for run in paragraph.iter(f"{W}r")
    ]


def test_python_docx_opens_every_document_and_finds_its_words(documents):
    for name, data in documents.items():
        opened = docx.Document(io.BytesIO(data))
        assert opened.paragraphs, name
        assert {each.name for each in elements.FORM_ELEMENTS} <= {style.name for style in opened.styles}


def test_properties_stand_in_the_schemas_order_everywhere(documents):
    for name in (
        "secret",
        "joint-6",
        "up-4",
        "minutes",
        "order",
        "table",
        "across",
        "ink",
        "down-16",
        "down-22",
    ):
        for xml in parts_of(documents[name]).values():
            for kind, order_ in ooxml._ORDERS.items():
                for each in xml.iter(f"{W}{kind}"):
                    places = [order_.index(etree.QName(child).localname) for child in each]
                    assert places == sorted(places), (name, etree.tostring(each))


def test_styles_drawings_and_footers_that_are_used_are_there_once(documents):
    for name, data in documents.items():
        parts = parts_of(data)
        defined = {each.get(f"{W}styleId") for each in parts["word/styles.xml"].iter(f"{W}style")}
        used = {each.get(f"{W}val") for each in parts["word/document.xml"].iter(f"{W}pStyle", f"{W}rStyle")}
        assert used <= defined, name
        drawn = [each.get("id") for each in parts["word/document.xml"].iter("{*}docPr")]
        assert len(drawn) == len(set(drawn))
        related = {each.get("Id") for each in parts["word/_rels/document.xml.rels"]}
        referred = {
            value
            for each in parts["word/document.xml"].iter(f"{W}footerReference")
            for key, value in each.items()
            if key.endswith("}id")
        }
        assert referred <= related


def test_equal_declarations_and_looks_make_equal_bytes():
    plain = Document((Slot("正文"),))
    assert build(plain) == build(plain)
    assert build(plain) != build(plain, Look(faces=PLAIN))


def test_what_is_not_set_is_as_the_standard_has_it():
    assert (STANDARD.line, STANDARD.top, STANDARD.bottom) == (page.LINE, page.TOP, page.BOTTOM)
    assert (STANDARD.even_last_page, STANDARD.page_numbers) == (True, PageNumbers.DASHED)


def test_ink_margins_give_22_lines_as_well():
    look = Look(margins=Margins.INK)
    height = page.PAGE_HEIGHT - look.top - look.bottom
    assert look.line * page.LINES <= height < look.line * (page.LINES + 1)


def test_a_marks_size_is_a_setting_and_a_long_name_is_smaller():
    assert blocks.mark_size("澄湖县人民政府文件") == page.MARK_SIZE
    assert blocks.mark_size("澄湖县文件", Pt(36)) == Pt(36)
    assert blocks.mark_size("澄" * 30 + "文件") * 32 <= page.TEXT_WIDTH


def test_heads_refuse_what_they_cannot_show():
    with pytest.raises(ValueError, match="organ"):
        head.file_head([], "甲〔2026〕1号")
    with pytest.raises(ValueError, match="signatory"):
        head.upward_head(["甲"], "甲〔2026〕1号", [])
    with pytest.raises(ValueError, match="one line"):
        order.order_head("甲令", "第1号", head.Corner("000001", "秘密"))


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("一、总体要求", "Heading1"),
        ("十二、保障措施", "Heading1"),
        ("（二）倒排工期", "Heading2"),
        ("1.用地预审", "Heading3"),
        ("（1）登记表项目", "Heading4"),
        ("一是加强领导。", "Body"),
        ("3.5亿元已到位。", "Body"),
        ("特此通知。", "Body"),
    ],
)
def test_a_heading_alone_on_its_line_has_its_levels_style(line, style):
    assert styles_and_words(body(line)) == [(style, line)]


@pytest.mark.parametrize(
    ("line", "set_so"),
    [
        (
            "（一）明确责任。请于3月20日前反馈。",
            [("FaceName", "（一）明确责任。"), (None, "请于3月20日前反馈。")],
        ),
        ("二、重点任务。按月调度。", [("FaceLabel", "二、重点任务。"), (None, "按月调度。")]),
        ("2.环评审批。生态环境部门牵头。", [(None, "2.环评审批。生态环境部门牵头。")]),
        ("（三）制定方案；", [(None, "（三）制定方案；")]),
    ],
)
def test_a_heading_run_into_the_paragraph_reaches_to_the_first_full_stop(line, set_so):
    assert faces(body(line)) == set_so


def test_what_leads_to_a_table_stays_on_its_page_in_each_branch_of_a_condition():
    wording = (
        "开头一段。\n{% if 几张 %}\n1.{{ 榜 }}\n{% else %}\n{{ 榜 }}如下：\n{% endif %}\n"
        "[表] 行 in 各位\n| 单位 100 |\n| {{ 行 }} |\n表后一段。\n"
    )
    made = parsed("".join(each.xml() for each in text_parts(parse(wording, "行文.txt").body)))
    held = {
        "".join(each.itertext(f"{W}t")): each.find(f"{W}pPr/{W}keepNext") is not None
        for each in made.iterchildren(f"{W}p")
    }
    assert [held["开头一段。"], held["表后一段。"]] == [False, False]
    assert [kept for words, kept in held.items() if "榜" in words] == [True, True]


def test_empty_lines_are_dropped_and_only_the_last_paragraph_is_kept_with_the_signature():
    block = parsed(body("\n甲。\n\n　乙。 \n"))
    assert ["".join(each.itertext(f"{W}t")) for each in block] == ["甲。", "乙。"]
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in block] == [False, True]
    assert parsed(body("国" * 28 * LONGEST_KEPT * 2))[0].find(f"{W}pPr/{W}keepNext") is None
    assert body("") == ""


def test_what_a_text_says_is_escaped():
    assert styles_and_words(body("甲&乙<丙>。")) == [("Body", "甲&乙<丙>。")]


def test_plain_text_has_no_level():
    assert level_of("通知") is None


def test_a_hyphen_in_a_code_does_not_end_a_line_and_is_read_back_as_it_was(documents):
    from docgen.standard.build.runs import kept

    code = "项目代码2511-990124-04-01-618203"
    block = kept(code)
    assert block.count("w:noBreakHyphen") == 4
    template = build(Document((Slot("正文"),)))
    from docgen.template.template import compile as compiled

    text = docx.Document(io.BytesIO(compiled(template, "x").render({"正文": body(code)}))).paragraphs[0].text
    assert text == code


def test_every_run_asks_for_the_chinese_face(documents):
    for run in parts_of(documents["levels"])["word/document.xml"].iter(f"{W}r"):
        if run.find(f"{W}t") is not None:
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_a_table_across_is_as_wide_as_the_turned_text_area(documents):
    table = parts_of(documents["across"])["word/document.xml"].find(f".//{W}tbl")
    assert sum(int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")) == Mm(225).twips
