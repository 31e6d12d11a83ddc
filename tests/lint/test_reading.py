"""What is read from the file: styles, themes, numbering, boxes, sections; and the findings that are only hints."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lint_builders import serial
from lint_changes import (
    Change,
    add_after,
    add_before,
    at,
    both,
    indent,
    layout,
    page,
    put,
    remove,
    size,
    text,
)

from docgen.lint.checker import check
from docgen.lint.reading.document import read
from docgen.lint.reading.model import Doc, Para
from docgen.lint.recognition import signs
from docgen.lint.recognition.layout import Role
from docgen.lint.recognition.recognise import recognise
from docgen.lint.rule import Severity
from docgen.lint.rules import RULES

Made = Callable[[str], bytes]
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def _linked(document: Any) -> None:
    """Let the last piece of the text lead to a page of the web."""
    paragraph = next(each for each in document.paragraphs if len(each.text) > 20)
    place = paragraph.part.relate_to("https://www.example.gov.cn/", RT.HYPERLINK, is_external=True)
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{place}"/>')
    run = paragraph.runs[-1]._r
    run.addprevious(link)
    link.append(run)


def _turned(document: Any) -> None:
    """Give the last section a page that lies on its side, with margins of one inch."""
    first = parse_xml(f"<w:p {nsdecls('w')}><w:pPr/></w:p>")
    last = document.sections[-1]
    first.pPr.append(copy.deepcopy(last._sectPr))
    at(document, "附件2").addprevious(first)
    last.page_width, last.page_height = last.page_height, last.page_width
    for side in ("top_margin", "right_margin", "bottom_margin", "left_margin"):
        setattr(last, side, docx.shared.Mm(25.4))


HINTS: dict[str, tuple[str, Change]] = {
    "number-blank": ("general", text("〔2026〕12号", "〔2026〕　号")),
    "head-stray": ("general", add_before("澄湖县人民政府关于进一步", ("内部资料", "仿宋"))),
    "number-missing": ("letter", remove("澄发改函")),
    "mark-missing": ("general", remove("澄湖县人民政府文件")),
    "mark-position": ("general", layout("澄湖县人民政府文件", "w:spacing", '<w:spacing w:before="4000"/>')),
    "imprint-missing": ("apart", remove("此复")),
    "title-kind": ("general", text("审批服务的通知", "审批服务的工作安排")),
    "title-shape": ("general", text("关于进一步", "关于更进一步")),
    "note-missing": ("upward", remove("（联系人")),
    "web-link": ("general", _linked),
    "level-skip-hint": ("general", both(remove("（一）压减"), text("（二）强化", "（一）强化"))),
    "page-number-distance": ("general", page(footer_distance=10)),
    "text-date-form": ("letter", text("2026年3月20日前", "2026-03-20前")),
    "closing-request": ("upward", text("妥否，请批示。", "请支持。")),
    "closing-report": ("upward", both(text("规划指标的请示", "规划指标的报告"), text("澄政请", "澄政报"))),
    "closing-letter": ("letter", text("请于2026年3月20日前函复我委，请予支持为盼。", "材料清单另附。")),
    "one-request": ("upward", text("规划指标的请示", "规划指标等事项的请示")),
    "annex-face": ("docgen general", size("各单位职责另行", 10)),
    "margins-landscape": ("docgen general", _turned),
}  # fmt: skip


def changed(data: bytes, change: Change) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("rule", HINTS)
def test_a_hint_is_given_without_error_or_warning(
    rule: str, made: Made, grave: Callable[[bytes], list[str]]
) -> None:
    base, change = HINTS[rule]
    data = changed(made(base), change)
    assert rule in [each.rule.id for each in check(data, "文件.docx").findings]
    assert grave(data) == []


def test_a_serial_without_its_issue_is_only_told_to_be_numbered(
    grave: Callable[[bytes], list[str]],
) -> None:
    data = serial(number="第　期")
    assert "number-blank" in [each.rule.id for each in check(data, "文件.docx").findings]
    assert "head-stray" not in [each.rule.id for each in check(data, "文件.docx").findings]
    assert grave(data) == []


def test_every_hint_is_tried() -> None:
    assert {rule.id for rule in RULES if rule.severity is Severity.HINT} == set(HINTS)


@pytest.mark.parametrize("base", ["general", "upward", "letter", "docgen general"])
@pytest.mark.parametrize("words", ["内部资料", "内部资料　注意保存", "第一联"])
def test_a_stray_line_in_the_head_hides_no_element(base: str, words: str, made: Made) -> None:
    def change(document: Any) -> None:
        title = next(each for each in recognise(read(made(base), "")).of(Role.TITLE))
        add_before(title.words, (words, "仿宋"))(document)

    clean, layout = recognise(read(made(base), "")), recognise(read(changed(made(base), change), ""))
    assert [each.words for each in layout.of(Role.STRAY)] == [words]
    assert layout.form is clean.form
    for role in set(Role) - {Role.STRAY}:
        assert [each.words for each in layout.of(role)] == [each.words for each in clean.of(role)]


def test_a_letter_without_a_contact_gets_the_hint_of_a_request(made: Made) -> None:
    data = changed(made("letter"), remove("（联系人"))
    found = [each.found for each in check(data, "文件.docx").findings if each.rule.id == "note-missing"]
    assert found == ["函没有附注联系人和电话"]


def test_messages_name_a_face_once_and_the_right_number(made: Made) -> None:
    def faced(document: Any) -> None:
        put(at(document, "2.推行"), "w:rPr", "<w:rPr/>")
        for run in at(document, "2.推行").iter(qn("w:r")):
            put(run, "w:rFonts", '<w:rFonts w:eastAsia="黑体"/>', "w:rPr")
        next(at(document, "附件2").iter(qn("w:t"))).text = "附件2："

    said = {each.rule.id: each for each in check(changed(made("general"), faced), "文件.docx").findings}
    assert said["level-3-face"].expected == "仿宋"
    assert said["annex-head-words"].expected == "“附件2”"


def document(change: Change = lambda _: None) -> Doc:
    """Return a document with one paragraph `字`, read after a change."""
    new = docx.Document()
    new.add_paragraph("字")
    change(new)
    buffer = io.BytesIO()
    new.save(buffer)
    return read(buffer.getvalue(), "文件.docx")


def para(change: Change) -> Para:
    return next(each for each in document(change).paras if each.text == "字")


def test_characters_go_before_twips() -> None:
    read_one = para(indent("字", firstLine=100, firstLineChars=200))
    assert read_one.setting.first == pytest.approx(2 * read_one.zi)


def test_no_characters_leave_the_twips() -> None:
    assert para(indent("字", firstLine=100, firstLineChars=0)).setting.first == 5


def test_hanging_is_a_negative_first_line() -> None:
    assert para(indent("字", left=400, hanging=200)).setting.first == -10


def test_lines_before_go_by_the_grid() -> None:
    def change(new: Any) -> None:
        put(at(new, "字"), "w:spacing", '<w:spacing w:beforeLines="50"/>')
        new.sections[0]._sectPr.append(
            parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="600"/>')
        )
        for each in new.sections[0]._sectPr.findall(qn("w:docGrid"))[:-1]:
            new.sections[0]._sectPr.remove(each)

    assert para(change).setting.before == 15


def test_a_style_passes_on_what_it_is_based_on() -> None:
    def change(new: Any) -> None:
        for name, below, look in (("A", "Normal", '<w:sz w:val="44"/>'), ("B", "A", "<w:b/>")):
            new.styles.element.append(parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="{below}"/><w:rPr>{look}</w:rPr></w:style>'
            ))  # fmt: skip
        put(at(new, "字"), "w:pStyle", '<w:pStyle w:val="B"/>')

    look = para(change).look
    assert (look.size, look.bold) == (22, True)


def test_styles_based_on_each_other_end() -> None:
    def change(new: Any) -> None:
        for name, below in (("A", "B"), ("B", "A")):
            new.styles.element.append(parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="{below}"/></w:style>'
            ))  # fmt: skip
        put(at(new, "字"), "w:pStyle", '<w:pStyle w:val="B"/>')

    assert para(change).text == "字"


def test_a_table_style_sets_its_cells() -> None:
    def change(new: Any) -> None:
        new.styles.element.append(parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:styleId="T">'
            f'<w:name w:val="T"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
        ))  # fmt: skip
        table = new.add_table(1, 1)
        table._tbl.tblPr.append(parse_xml(f'<w:tblStyle {nsdecls("w")} w:val="T"/>'))
        for each in table._tbl.tblPr.findall(qn("w:tblStyle"))[:-1]:
            table._tbl.tblPr.remove(each)
        at(new, "字").getparent().remove(at(new, "字"))
        table.cell(0, 0).paragraphs[0].add_run("字")

    found = para(change)
    assert (found.table, found.look.size) == (1, 9)


def test_quotes_are_of_the_chinese_face_where_the_hint_says_so() -> None:
    def look(hint: str) -> Change:
        fonts = f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="仿宋"{hint}/>'
        return lambda new: put(next(at(new, "字").iter(qn("w:r"))), "w:rFonts", fonts, "w:rPr")

    assert para(look("")).look.face_of("“") == "Arial"
    assert para(look(' w:hint="eastAsia"')).look.face_of("“") == "仿宋"


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    def change(new: Any) -> None:
        inner = "<w:ins w:id='1'><w:r><w:t>入</w:t></w:r></w:ins>"
        inner += "<w:del w:id='2'><w:r><w:delText>出</w:delText></w:r></w:del>"
        new.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))

    found = document(change)
    assert found.paras[0].text == "入"
    assert found.traces.changes == (1,)


@pytest.mark.parametrize("shape", ["v:shape", "v:rect"])
def test_words_in_a_text_box_are_read_where_it_is_anchored(shape: str) -> None:
    def change(new: Any) -> None:
        box = "<v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        pict = f'<w:pict><{shape} style="width:200pt;height:2cm">{box}</{shape}></w:pict>'
        new.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')} {_VML}><w:r>{pict}</w:r></w:p>"))

    found = document(change)
    assert [(each.text, each.box) for each in found.paras] == [("", 0), ("框", 1), ("字", 0)]
    assert [(each.kind, round(each.height)) for each in found.shapes] == [("box", 20)]


def test_a_heading_in_a_content_control_and_a_link_is_read() -> None:
    def change(new: Any) -> None:
        run = "<w:hyperlink><w:r><w:t>一、总体要求</w:t></w:r></w:hyperlink>"
        control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>"
        new.element.body.insert(0, parse_xml(control))

    assert document(change).paras[0].text == "一、总体要求"


def test_each_section_keeps_the_footers_of_the_one_before() -> None:
    def change(new: Any) -> None:
        new.sections[0].footer.is_linked_to_previous = False
        new.sections[0].footer.paragraphs[0].add_run("页脚")
        new.add_section()

    assert [each.footers["default"][0].text for each in document(change).sections] == ["页脚", "页脚"]


def test_elements_are_found_in_a_document_of_another_hand(made: Made) -> None:
    found = recognise(read(made("general"), "文件.docx"))
    roles = [found.roles[each.number] for each in found.doc.paras if not each.blank]
    assert list(dict.fromkeys(roles)) == [
        Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.MARK, Role.NUMBER, Role.TITLE, Role.ADDRESSEE, Role.BODY,
        Role.ANNEX_LIST, Role.SIGNATURE, Role.DATE, Role.NOTE, Role.ANNEX_HEAD, Role.ANNEX_TITLE, Role.ANNEX,
        Role.IMPRINT,
    ]  # fmt: skip
    assert [(each.level, each.count) for each in found.headings.values()] == [
        (1, 1), (1, 2), (2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (2, 2), (1, 3),
    ]  # fmt: skip


def test_a_list_of_several_annexes_in_one_paragraph_is_read(made: Made) -> None:
    data = changed(made("general"), add_after("2.责任分工表", "3.联系名单"))
    assert "annex-agreement" in [each.rule.id for each in check(data, "文件.docx").findings]


@pytest.mark.parametrize(
    ("words", "is_number"),
    [
        ("某联审办函〔2026〕12号", True),
        ("某联审办函〔2026〕　号", True),
        ("关于更正某联审办函〔2026〕12号的函", False),
        ("关于某联审办函〔2026〕12号", False),
    ],
)
def test_a_title_that_names_a_number_is_no_number(words: str, is_number: bool) -> None:
    assert signs.is_number(words.replace("\u3000", "")) is is_number
