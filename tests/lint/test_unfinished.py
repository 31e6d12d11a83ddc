"""What bars a document from being signed, and what a person is shown before."""

import io

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lint_changes import commented, merge_field, prompt_left, tracked

from docgen.lint.unfinished import (
    LeftUnfinished,
    bars,
    plainly_finished,
    refuse_unfinished,
    unfinished,
)

INSERTED = f'<w:ins {nsdecls("w")} w:id="9" w:author="陶映雪"/>'


@pytest.fixture
def letter(made):
    """A conforming document to be edited with python-docx."""
    return lambda: docx.Document(io.BytesIO(made("letter")))


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def long_ones(document):
    return [each for each in document.paragraphs if len(each.text) > 20]


def row_inserted(document):
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "表里的字"
    row = table.rows[0]._tr
    row.get_or_add_trPr().append(parse_xml(INSERTED))


def page_changed(document):
    page = document.sections[-1]._sectPr
    page.append(
        parse_xml(f'<w:sectPrChange {nsdecls("w")} w:id="9" w:author="陶映雪"><w:sectPr/></w:sectPrChange>')
    )


def footer_changed(document):
    paragraph = document.sections[0].footer.add_paragraph("改过的页脚")._p
    change = parse_xml(INSERTED)
    run = paragraph.r_lst[0]
    run.addprevious(change)
    change.append(run)


def tag_left(document):
    long_ones(document)[0].add_run("{{ 项目.名称 }}")


def tag_split(document):
    for piece in ("{", "{ 项目", ".名称 }", "}"):
        long_ones(document)[0].add_run(piece)


def tag_half(document):
    long_ones(document)[0].add_run("{{ 项目.名称")


def tag_in_header(document):
    document.sections[0].header.add_paragraph("{% if 急 %}特急")


def prompt_in_header(document):
    control = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>密级</w:t></w:r></w:sdtContent>"
    paragraph = document.sections[0].header.add_paragraph()._p
    paragraph.append(parse_xml(f"<w:sdt {nsdecls('w')}>{control}</w:sdt>"))


def loose_comment(document):
    commented(document)
    for each in list(document.element.body.iter()):
        if each.tag.endswith(("commentRangeStart", "commentRangeEnd", "commentReference")):
            each.getparent().remove(each)


def linked_picture(document):
    document.part.relate_to("http://a.example/1.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)


def fetching_field(document):
    field = '<w:fldSimple {} w:instr=" INCLUDETEXT 别的.docx "/>'.format(nsdecls("w"))
    long_ones(document)[0]._p.append(parse_xml(field))


BARRING = {
    tracked: ("有没处理的修订", "正文"),
    row_inserted: ("有没处理的修订", "表里的字"),
    page_changed: ("有没处理的修订", "页面设置"),
    footer_changed: ("有没处理的修订", "页脚“改过的页脚”"),
    commented: ("有批注", "正文"),
    loose_comment: ("有批注", "正文之外“请核对”"),
    tag_left: ("有占位文字“{{ 项目.名称 }}”", "正文"),
    tag_split: ("有占位文字“{{ 项目.名称 }}”", "正文"),
    tag_half: ("有占位文字“{{”", "正文"),
    prompt_left: ("内容控件还没有填写", "正文"),
    prompt_in_header: ("内容控件还没有填写", "页眉"),
    merge_field: ("有邮件合并域", "正文"),
    tag_in_header: ("有占位文字“{%", "页眉"),
    linked_picture: ("引用外部的图片", "http://a.example/1.png"),
    fetching_field: ("会取外部内容的域（INCLUDETEXT）", ""),
}


@pytest.mark.parametrize("change", BARRING, ids=lambda change: change.__name__)
def test_what_is_left_to_decide_bars_a_document_and_is_named_with_its_place(letter, change):
    document = letter()
    change(document)
    with pytest.raises(LeftUnfinished) as caught:
        refuse_unfinished(saved(document), "稿.docx")
    assert not plainly_finished(saved(document), "稿.docx")
    assert len(caught.value.places) == 1
    for said in BARRING[change]:
        assert said in caught.value.places[0]
    assert "稿.docx：还没有定稿：" in caught.value.what


def test_a_letter_as_drafted_is_plainly_finished(made):
    assert plainly_finished(made("letter"), "稿.docx")


def test_a_finished_document_is_finished(made, conforming):
    assert unfinished(made(conforming), "稿.docx") == ()


@pytest.mark.parametrize("words", ["××", "【待补充】", "身份证号1504**********1234"])
def test_words_that_only_look_like_placeholders_are_shown_and_do_not_bar(letter, words):
    document = letter()
    long_ones(document)[0].add_run(words)
    (shown,) = refuse_unfinished(saved(document), "稿.docx")
    assert shown.rule.id == "placeholder"
    assert not bars(shown)


def test_the_first_places_are_named_and_the_others_counted(letter):
    document = letter()
    for paragraph in document.paragraphs:
        if paragraph.runs:
            document.add_comment(paragraph.runs, "请核对", author="审核")
    with pytest.raises(LeftUnfinished) as caught:
        refuse_unfinished(saved(document), "稿.docx")
    count = len(caught.value.places)
    assert count > 3
    assert caught.value.what.count("有批注") == 3
    assert caught.value.what.endswith(f"……共 {count} 处")
    assert "{{ }}" in caught.value.remedy


def test_places_come_in_the_order_of_the_document(letter):
    document = letter()
    first, second, *_ = long_ones(document)
    document.add_comment(second.runs, "请核对", author="审核")
    first.add_run("{{ 项目.名称 }}")
    assert [each.rule.id for each in unfinished(saved(document), "稿.docx")] == ["placeholder", "comments"]
