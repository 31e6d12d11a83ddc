"""Every form from wording to signed document: its template, its places for number and dates, what the checker says."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from functools import partial

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import in_document

from docgen.errors import DocgenError
from docgen.lint.checker import check
from docgen.marks.marks import Wording, fill_marks, read_marks
from docgen.standard.build import estimate
from docgen.standard.build.looks import W
from docgen.standard.build.reading import stretches
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.form import Head
from docgen.standard.forms.wording import parse
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE
from docgen.standard.measures.look import STANDARD, Look
from docgen.template import template

NUMBER, DATE = "docgen_number", "docgen_date"
ORGAN = "澄湖县重大项目联审联批工作机制办公室"
HOST = "澄湖县发展和改革委员会（代章）"
DRAFTED, FINAL = "2026年3月6日", "2026年11月26日"
NO_NUMBER, NUMBERED = "澄联审〔2026〕　号", "澄联审〔2026〕12号"
TEXT = """现将有关事项通知如下。
{% for 组 in 各组 %}
一、{{ 组 }}
{% for 项 in 各项 %}
1.{{ 项 }}于4月1日前办结。
{% endfor %}
{% endfor %}
请抓紧办理。
"""
ANNEXES = """[附注] （联系人：张三，联系电话：0990-7001234）
[附件] 复函
澄湖县人民政府办公室：
现将有关情况答复如下。
[填写]
| 办理措施 | [措施] |
| 责任人 | [责任人] | 电话 | [电话] |
[横附件] 清单
[表 10.5] 项 in 各项
| 序号 20 中 | 事项 180 |
| {{ loop.index }} | {{ 项 }} |
"""
NAMES = "[名单] 出席：张三、李四\n[名单] 请假：王五\n"
SLIP = """[表单]
| 承办单位 | 澄湖县自然资源局 | 办理时限 | 2026年4月1日 |
| 交办事项 | {{ 事项 }} |
[填写] 办理情况反馈
| 办理结果 | [办理结果] | 留空
| 经办人 | [经办人] | 负责人签字 | [负责人] |
注：办结后填写反馈栏，退回办公室。
"""
HEAD = Head(
    ORGAN,
    "关于加快办理前期手续的通知",
    NO_NUMBER,
    DRAFTED,
    addressees=("澄湖县自然资源局",),
    copies=("县政府督查室",),
    signature=(ORGAN, HOST),
    annexes=("办理情况复函", "事项清单"),
)
CASES = {
    "信函": (TEXT + ANNEXES, replace(HEAD, title="关于前期手续办理事项的函")),
    "文件": (TEXT + ANNEXES, HEAD),
    "上行文": (
        (TEXT + ANNEXES).replace("请抓紧办理。", "妥否，请批示。"),
        replace(
            HEAD, title="关于前期手续的请示", signatories=("张三",), addressees=("县人民政府",), copies=()
        ),
    ),
    "纪要": (TEXT + NAMES, replace(HEAD, title="第3次联席会议纪要", signature=(), annexes=())),
    "命令": (
        "《办法》已经通过，现予公布。",
        replace(HEAD, signature=("县长　王小明",), annexes=(), printer=ORGAN),
    ),
    "单": (SLIP, replace(HEAD, title="重大项目任务交办单", annexes=())),
    "期刊": (TEXT, replace(HEAD, title="3月前期手续办理情况", serial="第3期", signature=(), annexes=())),
}
NAMED = {"复函": ("附件1", "办理情况复函"), "清单": ("附件2", "事项清单")}


class Levels:
    """Stands in for the engine's counters of headings."""

    def __init__(self):
        self._counts = [0, 0, 0, 0]

    def __getattr__(self, name):
        if name not in {"一", "二", "三", "四"}:
            return ""
        place = "一二三四".index(name)
        self._counts[place:] = [self._counts[place] + 1] + [0] * (3 - place)
        count = self._counts[place]
        return (
            f"{'一二三四五'[count - 1]}、",
            f"（{'一二三四五'[count - 1]}）",
            f"{count}.",
            f"（{count}）",
        )[place]


def compiled(name, wording=None, look=STANDARD):
    return template.compile(FORMS[name].template(parse(wording or CASES[name][0], "行文.txt"), look), name)


def drafted(name, head=None, look=STANDARD, wording=None, **values):
    form, head = FORMS[name], head or CASES[name][1]
    annexes = {each: {"标识": label, "标题行": [title]} for each, (label, title) in NAMED.items()}
    shown = annexes if head.annexes else dict.fromkeys(annexes)
    context = {"标题": head.title, "附件": shown, "层次": Levels()} | {
        "各组": ["关于用地", "关于环评"], "各项": ["用地预审", "选址意见书"], "事项": "办理用地预审。",
    }  # fmt: skip
    made = compiled(name, wording, look).render(context | values | form.filled(head, look))
    return in_document(made, partial(form.finish, look=look))


def xml(document, member="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return package.read(member).decode()


def said(document):
    """Return all the words of a document, those of boxes too."""
    return "".join(re.findall(r"<w:t[ >][^<]*", xml(document))).replace('<w:t xml:space="preserve">', "")


@pytest.fixture(scope="module")
def documents():
    return {name: drafted(name) for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_template_shows_what_its_form_requires_and_asks_for_nothing_it_does_not_offer(name):
    built = compiled(name)
    shown = {re.split(r"[.\[]", each)[0] for each in built.fields()}
    assert shown >= set(FORMS[name].required)
    assert shown - set(FORMS[name].slots) <= {"标题", "附件", "层次", "各组", "各项", "事项"}


@pytest.mark.parametrize("name", CASES)
def test_what_is_filled_in_is_what_the_form_offers(name):
    assert set(FORMS[name].filled(CASES[name][1], STANDARD)) == set(FORMS[name].slots)


@pytest.mark.parametrize("name", CASES)
def test_the_same_wording_and_values_give_the_same_bytes(name, documents):
    assert drafted(name) == documents[name]


@pytest.mark.parametrize("name", CASES)
def test_signing_fills_the_number_and_every_date_and_the_drafted_words_are_gone(name, documents):
    final = fill_marks(
        documents[name], {NUMBER: Wording(NO_NUMBER, NUMBERED), DATE: Wording(DRAFTED, FINAL)}, "稿.docx"
    )
    marks = read_marks(final, "稿.docx")
    assert marks[NUMBER] == NUMBERED
    assert {words for mark, words in marks.items() if mark != NUMBER} == {FINAL}
    assert NO_NUMBER not in said(final)
    assert DRAFTED not in said(final)
    assert said(final).count(FINAL) == {"信函": 1, "单": 1}.get(name, 3)


@pytest.mark.parametrize("name", CASES)
def test_no_bookmark_has_the_name_or_the_id_of_another(name, documents):
    shown = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml(documents[name]))
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"/>', shown)
    assert len({number for number, _ in starts}) == len({mark for _, mark in starts}) == len(starts)
    assert {NUMBER, DATE} <= {mark for _, mark in starts}


@pytest.mark.parametrize("name", [name for name in CASES if name not in {"单", "期刊"}])
def test_what_a_form_builds_passes_the_checker_without_error_or_warning(name, documents):
    final = fill_marks(
        documents[name], {NUMBER: Wording(NO_NUMBER, NUMBERED), DATE: Wording(DRAFTED, FINAL)}, "稿.docx"
    )
    findings = [
        each for each in check(final, "稿.docx").findings if each.severity.value in {"error", "warning"}
    ]
    assert [f"{each.rule.id} {each.found}" for each in findings] == []


def test_a_reader_without_drawingml_shapes_finds_the_words_of_each_box_and_every_rule(documents):
    for document in documents.values():
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            parts = [package.read(each).decode() for each in package.namelist() if each.endswith(".xml")]
        for part in parts:
            boxes = part.split("<mc:AlternateContent")[1:]
            for new, _, old in (each.partition("<mc:Fallback>") for each in boxes):
                assert re.findall("<w:t[ >].*?</w:t>", new) == re.findall(
                    "<w:t[ >].*?</w:t>", old.partition("</mc:Fallback>")[0]
                )
                assert "<v:rect" in old


def test_a_shift_and_enter_does_not_stretch_a_line(documents):
    assert all("<w:doNotExpandShiftReturn/>" in xml(each, "word/settings.xml") for each in documents.values())


def test_headings_in_loops_are_counted_and_begin_anew(documents):
    paragraphs = [each.text for each in docx.Document(io.BytesIO(documents["文件"])).paragraphs]
    numbered = [each for each in paragraphs if re.match(r"[一二三]、|\d\.", each)]
    assert numbered[:6] == [
        "一、关于用地", "1.用地预审于4月1日前办结。", "2.选址意见书于4月1日前办结。",
        "二、关于环评", "1.用地预审于4月1日前办结。", "2.选址意见书于4月1日前办结。",
    ]  # fmt: skip


def test_annexes_that_do_not_appear_leave_neither_page_nor_section():
    document = docx.Document(io.BytesIO(drafted("文件", replace(HEAD, annexes=()))))
    assert len(document.sections) == 1
    assert "答复" not in "".join(each.text for each in document.paragraphs)


def test_a_letter_whose_last_annex_lies_across_has_one_first_page_and_no_empty_last_page():
    document = docx.Document(io.BytesIO(drafted("信函", replace(CASES["信函"][1], copies=()))))
    assert [each.orientation for each in document.sections] == [0, 1]
    assert [each.different_first_page_header_footer for each in document.sections] == [True, False]


def test_two_annexes_that_lie_across_have_no_upright_page_between_them():
    wording = "现通知如下。\n[横附件] 复函\n甲\n[横附件] 清单\n乙"
    orientations = [
        each.orientation for each in docx.Document(io.BytesIO(drafted("文件", wording=wording))).sections
    ]
    assert orientations == [0, 1, 1, 0]


@pytest.mark.parametrize("lines", range(16, 23))
def test_an_imprint_behind_pages_that_lie_across_begins_an_even_page_of_its_own(lines):
    """However far down the text ends, no empty upright page stands between the table and the 版记."""
    wording = "现通知如下。\n" + "甲\n" * lines + "[横附件] 清单\n乙"
    document = docx.Document(io.BytesIO(drafted("文件", wording=wording)))
    assert document.sections[-1].start_type == WD_SECTION.EVEN_PAGE
    *_, table, imprint = document.element.body.findall(qn("w:p"))
    assert table.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    assert imprint.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is None


def test_places_to_write_in_are_content_controls_found_by_their_alias(documents):
    aliases = re.findall(r'<w:alias w:val="([^"]+)"/>', xml(documents["文件"]))
    assert aliases == ["措施", "责任人", "电话"]


def test_many_addressees_go_to_the_imprint_so_that_page_one_shows_text():
    many = tuple(f"澄湖县第{place}管理局" for place in range(40))
    for name in ("文件", "信函"):
        document = drafted(name, replace(CASES[name][1], addressees=many))
        opened = docx.Document(io.BytesIO(document))
        assert not any(
            each.style.style_id == "Addressee" and "第39" in each.text for each in opened.paragraphs
        )
        assert "主送：澄湖县第0管理局" in said(document)


@pytest.mark.parametrize(
    ("names", "seal", "style"),
    [
        ((ORGAN,), HEAD.seal, "Signature"),
        ((ORGAN, HOST), HEAD.seal, "Signature"),
        (("澄湖县财政局", "澄湖县水务局"), HEAD.seal, "JointOrgans"),
        ((ORGAN,), NONE, "UnsealedOrgan"),
    ],
)
def test_a_signature_is_sealed_by_one_on_behalf_by_several_or_not_at_all(names, seal, style):
    opened = docx.Document(io.BytesIO(drafted("文件", replace(HEAD, signature=names, seal=seal))))
    assert style in {each.style.style_id for each in opened.paragraphs}


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("文件", {NUMBER, DATE, f"{DATE}_2"}),
        ("上行文", {NUMBER, DATE, f"{DATE}_2"}),
        ("信函", {NUMBER, DATE}),
    ],
)
def test_where_nobody_signs_the_date_stands_alone_and_the_checker_finds_it(name, marks):
    unsigned = drafted(name, replace(CASES[name][1], signature=()))
    assert set(read_marks(unsigned, "稿.docx")) == marks
    opened = docx.Document(io.BytesIO(unsigned))
    assert [each.text for each in opened.paragraphs if each.style.style_id == "Date"] == [DRAFTED]
    assert not {each.rule.id for each in check(unsigned, "稿.docx").findings} & {"date-missing", "date-form"}


def test_a_document_without_number_has_no_place_for_one():
    for name in CASES:
        assert NUMBER not in read_marks(drafted(name, replace(CASES[name][1], number="")), "稿.docx") or name in {
            "信函", "单",
        }  # fmt: skip


def test_the_imprint_lies_on_an_even_page_only_where_the_look_asks_for_it():
    one = replace(HEAD, annexes=())
    assert estimate.pages(drafted("文件", one, wording="现通知如下。")) == 2
    assert estimate.pages(drafted("文件", one, Look(even_last_page=False), wording="现通知如下。")) == 1


def test_the_values_of_a_head_that_comes_again_are_made_once():
    form, heads = FORMS["信函"], [replace(HEAD, addressees=(f"第{place}单位",)) for place in range(1000)]
    form.filled(HEAD, STANDARD)
    begun = time.perf_counter()
    for head in heads:
        form.filled(head, STANDARD)
    assert (time.perf_counter() - begun) / len(heads) < 0.001  # some 0.003 ms when nothing else runs


def test_a_serial_has_a_masthead_its_issue_and_no_seal(documents):
    opened = docx.Document(io.BytesIO(documents["期刊"]))
    styles = [each.style.style_id for each in opened.paragraphs]
    assert (
        styles.index("Mark")
        < styles.index("MinutesNumber")
        < styles.index("MinutesLine")
        < styles.index("Title")
    )
    assert "Signature" not in styles
    assert "第3期" in said(documents["期刊"])


def _is_issue(node):
    return node.find(f"{W}pPr/{W}pStyle[@{W}val='MinutesLine']") is not None


@pytest.mark.parametrize(
    ("office", "lines"),
    [("澄湖县联审联批办", 1), ("澄湖县重大项目审批服务联动工作机制办公室", 2)],
)
def test_the_date_of_an_issue_stands_below_an_office_whose_name_leaves_it_no_room(office, lines):
    made = drafted("期刊", replace(CASES["期刊"][1], printer=office))
    opened = docx.Document(io.BytesIO(made))
    line = next(each for each in opened.paragraphs if each.style.style_id == "MinutesLine")
    assert len(line.text.split("\n")) == lines
    assert line.text.split()[0] == office
    counted = [
        len(each.heights) for each in stretches(made) if each.node is not None and _is_issue(each.node)
    ]
    assert counted == [lines], "what is estimated to lie on pages counts the line as well"
    assert [each.rule.id for each in check(made, "期刊.docx").findings if each.severity.value != "hint"] == []


def slip_of(lines):
    return drafted("单", 事项="办理澄湖县绿色建材生产线项目用地预审和选址意见书。" * lines)


def size_of(document):
    found = re.search(r'w:styleId="FormCell">.*?<w:sz w:val="(\d+)"', xml(document, "word/styles.xml"))
    return int(found[1]) / 2


def test_a_short_slip_is_set_in_14_point_and_its_spare_room_goes_to_what_is_written_by_hand():
    slip = slip_of(1)
    assert size_of(slip) == 14
    tables = docx.Document(io.BytesIO(slip)).tables
    assert tables[1].rows[0].height.mm > 60
    assert tables[1].rows[1].height.mm < 11


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60))
def test_a_slip_fits_one_page_in_the_largest_type_that_allows_it_or_goes_on_in_type_that_can_be_read(lines):
    slip = slip_of(lines)
    one_page = estimate.pages(slip) == 1
    assert size_of(slip) in ({14, 12, 10.5, 9, 7.5} if one_page else {10.5})
    assert one_page or lines > 30


@pytest.mark.libreoffice
def test_slips_of_every_length_that_should_fit_a_page_do(read_sheets, page_words, tmp_path):
    from docgen.pdf.convert import to_pdf

    for lines in range(0, 40, 2):
        (tmp_path / f"{lines}.docx").write_bytes(slip_of(lines))
    for pdf in to_pdf(sorted(tmp_path.glob("*.docx")), tmp_path):
        estimated = estimate.pages((tmp_path / f"{pdf.stem}.docx").read_bytes())
        assert (len(page_words(pdf)) == 1) is (estimated == 1), pdf.stem


def test_slips_of_a_wording_with_a_size_are_set_in_it_unless_they_do_not_fit_and_look_alike():
    said_ = SLIP.replace("[表单]", "[表单 12]", 1)
    asked = {lines: drafted("单", wording=said_, 事项="办理用地预审。" * lines) for lines in (1, 9, 90)}
    assert [size_of(each) for each in asked.values()] == [12, 12, 10.5]
    with pytest.raises(DocgenError, match="字号"):
        parse(SLIP.replace("[表单]", "[表单 大]", 1), "行文.txt")


def test_a_table_within_a_slip_s_row_is_left_as_it_is_and_the_slip_is_fitted():
    inner = b'<w:tbl><w:tr><w:trPr><w:trHeight w:val="9"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    built = FORMS["单"].template(parse(SLIP, "行文.txt"), STANDARD)

    def nest(parts):
        held = parts["word/document.xml"]
        parts["word/document.xml"] = held.replace(b"</w:p></w:tc>", b"</w:p>" + inner + b"<w:p/></w:tc>", 1)

    edited = in_document(built, nest)
    head = CASES["单"][1]
    slip = template.compile(edited, "单").render(
        {"标题": head.title, "事项": "办理用地预审。"} | FORMS["单"].filled(head, STANDARD),
        finish=partial(FORMS["单"].finish, look=STANDARD),
    )
    assert inner.decode() in xml(slip)
    rows = docx.Document(io.BytesIO(slip)).tables[1].rows
    assert max(row.height.mm for row in rows if row.height) > 20


def test_a_slip_a_clerk_has_edited_is_still_fitted():
    built = FORMS["单"].template(parse(SLIP, "行文.txt"), STANDARD)
    opened = docx.Document(io.BytesIO(built))
    opened.tables[0].rows[0].cells[0].paragraphs[0].runs[0].text = "主办单位"
    edited = io.BytesIO()
    opened.save(edited)
    form, head = FORMS["单"], CASES["单"][1]
    values = {"标题": head.title, "事项": "办理。" * 400} | form.filled(head, STANDARD)
    slip = template.compile(edited.getvalue(), "单").render(
        values, finish=partial(form.finish, look=STANDARD)
    )
    assert "主办单位" in said(slip)
    assert size_of(slip) < 14


SEALED_SLIP = SLIP.replace(
    "| 经办人 |",
    "| 未办结原因及预计办结时间 | [原因] |\n| 电话 | [电话] | 单位（盖章） | [日期] |\n| 经办人 |",
)


@pytest.mark.parametrize("lines", [1, 4, 8])
def test_a_seal_fits_the_cell_of_who_issues_a_slip_and_of_who_sends_it_back(lines):
    slip = drafted("单", wording=SEALED_SLIP, 事项="办理澄湖县绿色建材生产线项目用地预审。" * lines)
    above, below = docx.Document(io.BytesIO(slip)).tables
    (issued,) = (row for row in above.rows if row.cells[0].text == "交办单位")
    (returned,) = (row for row in below.rows if row.cells[-2].text == "单位（盖章）")
    assert issued.height.mm >= page.SEAL_DIAMETER.mm
    assert returned.height.mm >= page.SEAL_DIAMETER.mm
    assert estimate.pages(slip) == 1


def test_a_wording_says_what_the_place_to_sign_a_slip_is_called():
    """A record of an assessment has no 交办单位: its last row names 组织单位, with room for the same seal."""
    above, _, below = SEALED_SLIP.partition("[填写]")
    wording = f"{above}| 组织单位 | {{{{ 署名行 }}}} |\n[填写]{below}"
    table = docx.Document(io.BytesIO(drafted("单", wording=wording, 事项="论证。"))).tables[0]
    assert [row.cells[0].text for row in table.rows].count("交办单位") == 0
    (issued,) = (row for row in table.rows if row.cells[0].text == "组织单位")
    assert issued.height.mm >= page.SEAL_DIAMETER.mm
    assert issued.cells[-1].text


def test_the_labels_of_both_tables_of_a_slip_stand_in_columns_of_one_width():
    slip = docx.Document(io.BytesIO(drafted("单", wording=SEALED_SLIP)))
    widths = {row.cells[0].width for table in slip.tables for row in table.rows}
    assert len(widths) == 1
    assert widths.pop().pt > 14 * len("单位（盖章）")
