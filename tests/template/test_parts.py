"""Every part that can hold words is rendered: notes, comments, charts, properties, boxes, fields and formulas."""

import io

import docx
import pytest

from docgen.errors import Problems
from docgen.template.faults import UnknownField
from docgen.template.template import compile as compile_template

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
NOTE = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PARTS = [
    (
        "word/footnotes.xml", "officedocument.wordprocessingml.footnotes", "脚注",
        f"<w:footnotes {W}><w:footnote w:id='2'>{NOTE}</w:footnote></w:footnotes>",
    ),
    (
        "word/endnotes.xml", "officedocument.wordprocessingml.endnotes", "尾注",
        f"<w:endnotes {W}><w:endnote w:id='2'>{NOTE}</w:endnote></w:endnotes>",
    ),
    (
        "word/comments.xml", "officedocument.wordprocessingml.comments", "批注",
        f"<w:comments {W}><w:comment w:id='0' w:author='甲' w:initials='甲'>{NOTE}</w:comment></w:comments>",
    ),
    (
        "word/charts/chart1.xml", "officedocument.drawingml.chart", "图表",
        f"<c:chartSpace {C} {A}><c:title><a:p><a:r><a:t>{{}}</a:t></a:r></a:p></c:title></c:chartSpace>",
    ),
    (
        "word/diagrams/data1.xml", "officedocument.drawingml.diagramData", "图示",
        f"<d:x xmlns:d='d' {A}><a:p><a:r><a:t>{{}}</a:t></a:r></a:p></d:x>",
    ),
    (
        "docProps/app2.xml", "officedocument.extended-properties", "文档属性",
        "<Properties xmlns='x'><Company>{}</Company></Properties>",
    ),
    (
        "docProps/custom.xml", "officedocument.custom-properties", "文档属性",
        "<Properties xmlns='x' xmlns:v='v'><property name='n'><v:lpwstr>{}</v:lpwstr></property></Properties>",
    ),
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=[part[0] for part in PARTS])
def test_a_part_is_rendered_escaped_and_named_in_faults(make, add, read, part):
    member, kind, title, pattern = part
    data = add(make("正文"), member, pattern.format("{{ 甲.乙 }}"), kind)
    template = compile_template(data, "a.docx")
    assert b"A&amp;B &lt;1&gt;" in read.xml(template.render({"甲": {"乙": "A&B <1>"}}), member)
    with pytest.raises(UnknownField) as caught:
        template.render({"甲": {}})
    assert (caught.value.part, caught.value.tag) == (title, "{{ 甲.乙 }}")


@pytest.mark.parametrize("part", PARTS, ids=[part[0] for part in PARTS])
def test_a_mistake_in_a_part_is_found_when_the_template_is_compiled(make, add, part):
    member, kind, title, pattern = part
    with pytest.raises(Problems) as caught:
        compile_template(add(make("正文"), member, pattern.format("{{ 甲 乙 }}"), kind), "a.docx")
    assert [fault.part for fault in caught.value.faults] == [title]


@pytest.mark.parametrize("number", [0, 1])
def test_a_note_that_loses_its_words_keeps_a_paragraph(make, add, read, number):
    member, kind, _, pattern = PARTS[number]
    loop = "{%p if 零 %}</w:t></w:r></w:p><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}"
    data = add(make("正文"), member, pattern.format(loop), kind)
    assert read.texts(compile_template(data, "a.docx").render({"零": 0}), member) == [""]


def test_a_comment_made_by_python_docx_is_rendered(make):
    document = docx.Document(io.BytesIO(make("正文{{ 甲 }}")))
    document.add_comment(document.paragraphs[0].runs, text="请{{ 人 }}核对", author="科员")
    stream = io.BytesIO()
    document.save(stream)
    out = compile_template(stream.getvalue(), "a.docx").render({"甲": 1, "人": "王<五>"})
    assert [each.text for each in docx.Document(io.BytesIO(out)).comments] == ["请王<五>核对"]


def test_a_tag_split_over_the_runs_of_a_chart_s_title_is_filled(make, add, read):
    runs = "".join(
        f"<a:r><a:t>{piece}</a:t></a:r>" for piece in ("办{{ 率", ".本", "期 }}率{{", " 年 }}", "末")
    )
    chart = f"<c:chartSpace {C} {A}><c:title><a:p>{runs}</a:p></c:title></c:chartSpace>"
    data = add(make("正文"), "word/charts/chart1.xml", chart, "officedocument.drawingml.chart")
    out = read.xml(
        compile_template(data, "a.docx").render({"率": {"本期": "结"}, "年": 2026}), "word/charts/chart1.xml"
    )
    assert [piece.split("<")[0] for piece in out.decode().split("<a:t>")[1:]] == [
        "办结",
        "",
        "率2026",
        "",
        "末",
    ]


def test_a_tag_in_a_field_code_and_in_a_formula(raw, read):
    data = raw(
        '<w:p><w:r><w:instrText>HYPERLINK "{{ 网</w:instrText></w:r><w:r><w:instrText>址 }}"</w:instrText></w:r></w:p>'
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ 数 }}</m:t>'
        "</m:r></m:oMath></w:p>"
    )
    out = read.xml(
        compile_template(data, "a.docx").render({"网址": "https://e.cn/?a=1&b=2", "数": "x<y"})
    ).decode()
    assert 'HYPERLINK "https://e.cn/?a=1&amp;b=2<' in out
    assert "<m:t>x&lt;y</m:t>" in out


def test_first_page_and_even_page_headers_are_rendered(make, read):
    document = docx.Document(io.BytesIO(make("正文")))
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for part in (section.first_page_header, section.even_page_header, section.first_page_footer):
        part.paragraphs[0].text = "{{ 甲 }}"
    stream = io.BytesIO()
    document.save(stream)
    out = docx.Document(
        io.BytesIO(compile_template(stream.getvalue(), "a.docx").render({"甲": "&"}))
    ).sections[0]
    parts = (out.first_page_header, out.even_page_header, out.first_page_footer)
    assert [each.paragraphs[0].text for each in parts] == ["&"] * 3


def test_all_core_properties_are_rendered(make):
    document = docx.Document(io.BytesIO(make("正文")))
    names = ("author", "title", "subject", "keywords", "category", "comments")
    for name in names:
        setattr(document.core_properties, name, f"{name}{{{{ 甲 }}}}")
    stream = io.BytesIO()
    document.save(stream)
    out = docx.Document(
        io.BytesIO(compile_template(stream.getvalue(), "a.docx").render({"甲": "&"}))
    ).core_properties
    assert [getattr(out, name) for name in names] == [f"{name}&" for name in names]


FIELD = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
CELL_SUM = FIELD.format(" =SUM(ABOVE) ")
TAGGED = "<w:p><w:r><w:t>{{ 甲 }}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "field",
    [FIELD.format(' TOC \\o "1-3" \\h '), FIELD.format("NUMPAGES"), FIELD.format(" PAGEREF _Toc1 "), CELL_SUM,
     "<w:p><w:fldSimple w:instr=' NUMPAGES '/></w:p>", FIELD.format("TO</w:instrText><w:instrText>C")],
)  # fmt: skip
def test_contents_page_totals_and_sums_are_updated_on_opening(raw, read, field):
    settings = read.xml(
        compile_template(raw(field + TAGGED), "a.docx").render({"甲": 1}), "word/settings.xml"
    ).decode()
    assert 'w:updateFields w:val="true"' in settings
    assert settings.index("w:updateFields") < settings.index("w:compat")


@pytest.mark.parametrize(
    "words", ["", FIELD.format(" PAGE "), FIELD.format('HYPERLINK "a"'), FIELD.format("DATE")]
)
def test_a_document_without_such_fields_opens_without_a_question(raw, read, words):
    data = raw(words + TAGGED)
    out = compile_template(data, "a.docx").render({"甲": 1})
    assert read.xml(out, "word/settings.xml") == read.xml(data, "word/settings.xml")
