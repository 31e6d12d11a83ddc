"""Texts of one paragraph, of every length: page 1 shows text, and no signature stands alone on a page."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import partial

import docx
import pytest
from lxml import etree
from parts import in_document

from docgen.lint.checker import check
from docgen.standard.build.estimate import Pages
from docgen.standard.build.looks import W, known_looks
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.faults import TooManyReceivers
from docgen.standard.forms.form import Head
from docgen.standard.forms.wording import parse
from docgen.standard.measures.look import STANDARD
from docgen.template import template

OFFICE = "澄湖县重大项目联审联批工作机制办公室"
HEAD = Head(
    OFFICE,
    "关于加快办理前期手续的通知",
    "澄联审〔2026〕　号",
    "2026年3月16日",
    addressees=("澄湖县自然资源局",),
    copies=("县政府督查室",),
    signature=(OFFICE,),
)
LENGTHS = range(1, 34)
SENTENCE = "截至三月底，重大项目办结手续一百二十六项，办结率比上月提高三个百分点，仍有超期事项需要抓紧办理；"
ONE = "{{ 全文 }}"
TWO = "现将有关情况通知如下。\n{{ 全文 }}"


def text(lines):
    """Return a paragraph of so many lines."""
    return (SENTENCE * lines)[: 28 * lines - 10]


def finished(name, document):
    """Return a document as its form finishes it."""
    return in_document(document, partial(FORMS[name].finish, look=STANDARD))


@pytest.fixture(scope="module")
def laid():
    made = {}
    for form in ("文件", "信函"):
        for count, wording in (("one", ONE), ("two", TWO)):
            built = template.compile(FORMS[form].template(parse(wording, "行文.txt"), STANDARD), form)
            values = FORMS[form].filled(HEAD, STANDARD) | {"标题": HEAD.title, "附件": {}}
            for lines in LENGTHS:
                drafted = built.render(values | {"全文": text(lines)})
                made[f"{form}-{count}-{lines}"] = finished(form, drafted)
    return made


def test_no_word_of_a_parted_paragraph_is_lost(laid):
    for name, document in laid.items():
        said = "".join(each.text for each in docx.Document(io.BytesIO(document)).paragraphs)
        assert text(int(name.rpartition("-")[2])) in said


def test_only_where_the_signature_would_stand_alone_is_a_paragraph_parted(laid):
    parted = {name for name, document in laid.items() if bodies(document) > (2 if "-two-" in name else 1)}
    assert 0 < len(parted) < len(laid) / 4
    assert not {name for name in parted if name.endswith("-1")}


def test_what_was_parted_passes_the_checker(laid):
    parted = [name for name, document in laid.items() if bodies(document) > (2 if "-two-" in name else 1)]
    for name in parted:
        found = [each for each in check(laid[name], "稿.docx").findings if each.severity.value == "error"]
        assert [f"{each.rule.id} {each.found}" for each in found] == []


@pytest.mark.parametrize("form", ["文件", "信函"])
def test_more_receivers_than_a_page_has_room_for_are_refused(form):
    names = tuple(f"澄湖县第{place}项目管理局" for place in range(90))
    FORMS[form].filled(replace(HEAD, addressees=names[:40]), STANDARD)
    with pytest.raises(TooManyReceivers, match="91个"):
        FORMS[form].filled(replace(HEAD, addressees=names), STANDARD)


def bodies(document):
    return sum(each.style.style_id == "Body" for each in docx.Document(io.BytesIO(document)).paragraphs)


def test_a_finished_document_is_finished_to_itself(laid):
    for name, document in laid.items():
        assert finished(name[:2], document) == document


FORMULA = "特此函告，请予支持。"
ASKED = "请抓紧办理，并于2026年3月19日前将办理进展书面反馈我办。已超期的，请同时说明超期原因、补救措施和新的办结日期。"
THREE = ASKED + "已经办结的，请将证照或批复文号一并告知。"


@pytest.fixture(scope="module")
def closed():
    """Return letters whose text fills page 1 by one line after the other and ends with a formula."""
    built = template.compile(
        FORMS["信函"].template(parse("{{ 全文 }}\n{{ 要求 }}\n" + FORMULA, "行文.txt"), STANDARD), "信函"
    )
    values = FORMS["信函"].filled(HEAD, STANDARD) | {"标题": HEAD.title, "附件": {}}
    return {
        f"{name}-{lines}": finished("信函", built.render(values | {"全文": text(lines), "要求": asked}))
        for lines in range(1, 16)
        for name, asked in (("two", ASKED), ("three", THREE), ("many", THREE * 3))
    }


def test_a_page_with_the_signature_shows_more_than_a_formula(closed):
    lonely = []
    for name, document in closed.items():
        body, styles = opened(document)
        pages = Pages(body, styles).laid()
        above, formula = [each for each in pages if each.tag.endswith("}p") and is_body(each)][-2:]
        assert "".join(each.text for each in formula.iter(f"{W}t")) == FORMULA
        if pages[above][1] != pages[formula][0]:
            lonely.append(name)
    assert lonely == []


def test_what_goes_over_with_a_formula_begins_with_a_sentence_and_no_word_is_lost(closed):
    parted = [name for name, document in closed.items() if bodies(document) > 3]
    assert parted
    for name, document in closed.items():
        paragraphs = [
            each for each in docx.Document(io.BytesIO(document)).paragraphs if each.style.style_id == "Body"
        ]
        whole = {"two": ASKED, "three": THREE, "many": THREE * 3}[name.partition("-")[0]]
        assert "".join(each.text for each in paragraphs[1:-1]) == whole
        assert all(each.text.endswith("。") for each in paragraphs[1:])
        assert finished("信函", document) == document


def opened(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        return body, known_looks(package.read("word/styles.xml"))


def is_body(node):
    return node.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Body"


@pytest.mark.parametrize("rows", range(1, 9))
def test_a_table_begins_with_two_rows_at_least_or_on_the_next_page(rows):
    wording = (
        "{{ 全文 }}\n[附件] 清单\n{% for 组 in 各组 %}\n项目名称：{{ 组 }}\n[表] 项 in 各项\n"
        "| 序号 20 中 | 事项 100 |\n| {{ 项 }} | 办理 |\n{% endfor %}"
    )
    head = replace(HEAD, annexes=("事项清单",))
    built = template.compile(FORMS["信函"].template(parse(wording, "行文.txt"), STANDARD), "信函")
    values = FORMS["信函"].filled(head, STANDARD) | {
        "标题": head.title, "全文": text(3), "各组": list("甲乙丙丁戊己庚辛"), "各项": list(range(rows)),
        "附件": {"清单": {"标识": "附件", "标题行": ["事项清单"]}},
    }  # fmt: skip
    document = finished("信函", built.render(values))
    body, styles = opened(document)
    assert Pages(body, styles).torn() == []
    broken = [each.text for each in docx.Document(io.BytesIO(document)).paragraphs if breaks(each)]
    assert all(each.startswith("项目名称：") for each in broken)
    assert finished("信函", document) == document


def breaks(paragraph):
    return paragraph.paragraph_format.page_break_before
