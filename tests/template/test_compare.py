"""A template is rendered by docxtpl too, and the words of both documents are compared."""

import sys
from types import MappingProxyType

import pytest
from docxtpl import RichText

from docgen.errors import Problems
from docgen.template.compare import Difference, NoDocxtplExtra, compare
from docgen.template.gaps import Gap
from docgen.template.template import compile as compile_template
from tests.template.conftest import empty
from tests.template.test_labelled import ITEMS, Computed, Shown
from tests.template.test_oracle import CONTEXTS


class Block(str):
    __slots__ = ()

    def __html__(self):
        return str(self)


class Drawn:
    def __html__(self):
        return "<w:p><w:r><w:t>现成的段</w:t></w:r></w:p>"


def compared(data, context, **options):
    return compare(compile_template(data, "模板.docx"), context, **options)


def test_documents_of_the_same_words_do_not_differ(make):
    data = make(
        "{{ 甲 }}", "乙", rows=[["{{ 甲 }}", "丙"]], header="{{ 甲 }}", footer="{{ 甲 }}", title="{{ 甲 }}"
    )
    assert compared(data, {"甲": "子"}).same


def test_every_difference_is_told_with_its_place_and_both_words(make):
    data = make(
        "{{ 甲 }}",
        "{{ 乙 }}",
        "同",
        rows=[["头", "{{ 甲 }}"]],
        header="{{ 甲 }}",
        after=["{{ 丙 }}"],
        title="{{ 甲 }}",
    )
    found = compared(data, {"甲": "A&B", "乙": "子", "丙": "{_{"}, autoescape=True)
    assert found.failed == ""
    assert found.differences == (
        Difference("正文第6段", "{_{", "{{"),
        Difference("文档属性 title", "A&B", "A&amp;B"),
    )
    assert not found.same


def test_words_that_docxtpl_loses_are_told(make):
    found = compared(make("前", "{{ 甲 }}乙", "后"), {"甲": "子&丑"})
    assert found.differences == (Difference("正文第2段", "子&丑乙", "子"),)


def test_the_rows_of_a_table_are_told_one_by_one(make):
    rows = [["头"], ["{%tr for 项 in 各项 %}"], ["{{ 项.items }}"], ["{%tr endfor %}"]]
    things = [{"items": "一"}, {"items": "二"}]
    found = compared(make("", rows=rows), {"各项": things}, autoescape=True)
    assert [each.place for each in found.differences] == ["正文表1第2行第1格", "正文表1第3行第1格"]
    assert [each.ours for each in found.differences] == ["一", "二"]
    assert all(
        "built-in method" in each.theirs or "bound method" in each.theirs for each in found.differences
    )


def test_what_docxtpl_leaves_unrendered_is_told(make, read, change):
    data = make("{{ 甲 }}")
    core = read.xml(data, "docProps/core.xml").decode()
    core = core.replace("<cp:keywords/>", "<cp:keywords>{{ 甲 }}</cp:keywords>")
    found = compared(change(data, {"docProps/core.xml": core.encode()}), {"甲": "子"})
    assert found.differences == (Difference("文档属性 keywords", "子", "{{ 甲 }}"),)


def test_a_failure_of_docxtpl_is_told_in_its_own_words(make):
    found = compared(make("{{ 甲.乙.丙|default('无') }}"), {"甲": Gap(empty("A1"))})
    assert found.differences == ()
    assert found.failed.startswith("UndefinedError: ")
    assert not found.same


def test_a_fault_of_the_data_is_raised_as_in_rendering(make):
    with pytest.raises(Problems, match="“A1”没有填"):
        compared(make("{{ 甲 }}"), {"甲": Gap(empty("A1"))})


def test_values_that_docxtpl_does_not_know_are_given_in_its_terms(make):
    data = make(
        "{{ 项.单位 }}{{ 项.单位.联系电话 }}{{ 项['2026年投资'] }}",
        "{{ 各项|map(attribute='单位.联系电话')|join('、') }}",
        "{% if 空 %}甲{% elif 空 is none %}乙{% endif %}{{ 空 or '无' }}{{ 空|default('无', true) }}",
        "{{p 块 }}", "{{p 画 }}", "{{r 富 }}",
        "{{ 层次.一 }}{{ 层次.二 }}{{ 层次.一 }}{{ 层次.重新编号 }}{{ 层次.一 }}",
        "{{ 组.名 }}{{ 主.号.长 }}",
    )  # fmt: skip
    context = Computed(
        项=lambda: ITEMS[0],
        各项=lambda: ITEMS,
        空=lambda: Gap(empty("A1")),
        块=lambda: Block("<w:p><w:r><w:t>块&amp;</w:t></w:r></w:p>"),
        画=Drawn,
        富=lambda: RichText("富", bold=True),
        组=lambda: MappingProxyType({"名": "子"}),
        主=lambda: Shown("主", {"号": Shown("号", {"长": 3})}),
        没有用到的=lambda: 1 / 0,
    )
    for autoescape in (False, True):
        found = compared(data, context, autoescape=autoescape)
        assert (found.differences, found.failed) == ((), "")


def test_filters_of_the_callers_own_are_docxtpl_s_too(make):
    template = compile_template(make("{{ 甲|倍 }}"), "模板.docx", {"倍": lambda value: value * 2})
    assert compare(template, {"甲": "子"}).same


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_docxtpl_s_own_templates_do_not_differ(shipped, name):
    template = compile_template((shipped / f"{name}.docx").read_bytes(), name)
    found = compare(template, CONTEXTS[name], autoescape=True)
    assert (found.differences, found.failed) == ((), "")


def test_without_docxtpl_the_way_to_install_it_is_told(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(NoDocxtplExtra, match=r"pip install 'docgen\[docxtpl\]'"):
        compared(make("甲"), {})
