"""Headings, file names and conditions are written as tags are, and run under the same bounds."""

import pickle

import pytest

from docgen.errors import Problems
from docgen.template.faults import (
    BadSyntax,
    CannotCompute,
    Forbidden,
    FullWidthBraces,
    IllegalCharacter,
    MissingValue,
    NotText,
    TagOutside,
    TooMuchWork,
    UnclosedBlock,
    UnknownField,
    UnknownFilter,
    UnknownLevel,
)
from docgen.template.gaps import Gap
from docgen.template.line import compile_expression, compile_line
from tests.template.conftest import empty

PROJECT = {"项目名称": "城南污水厂", "总投资": 3, "单位": ["发改", "住建"]}


def line(text, **context):
    return compile_line(text, "文种“告知函”的标题").render(context)


def value(text, **context):
    return compile_expression(text, "文种“告知函”的条件").value(context)


def wrong(compile_it, text):
    """Return the faults found without data."""
    with pytest.raises(Problems) as caught:
        compile_it(text, "文种“告知函”的条件")
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("没有标签", "没有标签"),
        ("", ""),
        ("关于{{ 项目.项目名称 }}的函", "关于城南污水厂的函"),
        ("{% for 一 in 项目.单位 %}{{ 一 }}{% if not loop.last %}、{% endif %}{% endfor %}", "发改、住建"),
        ("{{ 项目.单位|join(“、”) }}", "发改、住建"),
        ("{% set 数 = 项目.总投资 * 2 %}{{ 数 }}亿元{# 备注 #}", "6亿元"),
        ("{% set 文 %}{{ 项目.项目名称 }}<&>{% endset %}{{ 文 ~ '&' }}", "城南污水厂<&>&"),
        ("{% macro 写(子) %}<{{ 子 }}>{% endmacro %}{{ 写('&') }}", "<&>"),
        ("{_{ 甲 }_}", "{{ 甲 }}"),
        ("{{ 层次.一 }}{{ 层次.二 }}{{ 层次.一 }}", "一、（一）二、"),
        ("澄联审办函〔2026〕　号", "澄联审办函〔2026〕　号"),
    ],
)
def test_a_line_writes_plain_text(text, written):
    assert line(text, 项目=PROJECT) == written


def test_line_breaks_and_tabs_become_spaces():
    assert line("甲 \n\t乙{{ 丙 }}丁", 丙="子\r\n丑\a寅\f卯") == "甲 乙子 丑 寅 卯丁"


def test_a_line_pickles_as_its_text_and_is_compiled_once():
    made = compile_line("{{ 甲 }}。", "标题")
    again = pickle.loads(pickle.dumps(made))  # noqa: S301  our own bytes
    assert again.render({"甲": 1}) == "1。"
    assert again is compile_line("{{ 甲 }}。", "标题")
    condition = pickle.loads(pickle.dumps(compile_expression("甲 + 1", "条件")))  # noqa: S301  our own bytes
    assert condition.value({"甲": 1}) == 2


def test_the_fields_of_lines_and_expressions_are_known_and_checked():
    text = "{{ 项目.名称 }}{% for 一 in 单位 %}{{ 一.简称 }}{% endfor %}{{ 层次.一 }}"
    assert compile_line(text, "标题").fields() == ("单位[].简称", "项目.名称")
    condition = compile_expression("项目.投资 > 设置.起点 and 项目.机关 in 单位", "条件")
    assert condition.fields() == ("单位", "设置.起点", "项目.投资", "项目.机关")
    (fault,) = compile_line("{{ 项目.名 }}", "标题").check({"项目": {"名称": None}})
    assert str(fault).startswith("标题“{{ 项目.名 }}”：没有“项目.名”这个字段。是不是“项目.名称”？")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("项目.总投资 > 2 and '住建' in 项目.单位", True),
        ("项目.总投资", 3),
        ("项目.单位", ["发改", "住建"]),
        ("（项目.总投资".replace("（", "(") + " + 1)\n * 2", 8),
        ("项目.项目名称 == “城南污水厂”", True),
        ("'有' if 项目.总投资 > 5", ""),
        ("{'甲': 1}.甲", 1),
        ("不在 is defined", False),
        ("项目.单位|length", 2),
    ],
)
def test_an_expression_has_the_value_it_computes(text, found):
    assert value(text, 项目=PROJECT) == found


def test_the_gaps_of_a_line_are_found_together_or_make_it_a_gap():
    context = {"甲": Gap(empty("A1")), "乙": Gap(empty("B1"))}
    with pytest.raises(Problems) as caught:
        line("{{ 甲 }}{{ 乙 }}{{ 甲 or '无' }}", **context)
    assert [fault.field for fault in caught.value.faults] == ["A1", "B1"]
    made = compile_line("{{ 甲 }}和{{ 乙 }}", "标题").value(context)
    assert [fault.field for fault in made.faults] == ["A1", "B1"]
    assert compile_line("{{ 甲 or '无' }}", "标题").value(context) == "无"


def test_the_gap_of_a_line_within_a_document_is_found_with_the_others(make):
    from docgen.template.template import compile as compile_template

    class Computed(dict):
        def __missing__(self, name):
            assert name == "语"
            self[name] = compile_line("第{{ 乙 }}号", "标题").value({"乙": Gap(empty("B1"))})
            return self[name]

        def get(self, name, default=None):
            return self[name] if name == "语" else super().get(name, default)

    with pytest.raises(Problems) as caught:
        compile_template(make("{{ 甲 }}{{ 语 }}{{ 丙 }}"), "模板.docx").render(
            Computed(甲=Gap(empty("A1")), 丙=Gap(empty("C1")))
        )
    assert [fault.field for fault in caught.value.faults] == ["A1", "B1", "C1"]


def test_an_expression_of_a_gap_is_a_gap():
    gap = Gap(empty("A1"))
    assert value("甲", 甲=gap) is gap
    assert value("甲.乙 + 1", 甲=gap).faults == gap.faults
    assert value("'约' ~ 甲", 甲=gap).faults == gap.faults
    assert value("甲 > 3", 甲=gap) is False


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            "{{ 项目.名称 }}",
            UnknownField,
            "标题“{{ 项目.名称 }}”：没有“项目.名称”这个字段。是不是“项目.项目名称”",
        ),
        ("函{{ 无 }}", MissingValue, "标题“函{{ 无 }}”：“无”没有填"),
        ("{{ 项目 }}", NotText, "“项目”是一组字段"),
        ("{{ 项目.单位 }}", NotText, "“项目.单位”是清单"),
        ("{{ 项目.单位|map('upper') }}", NotText, "是清单"),
        ("{{ 块 }}", NotText, "“块”是现成的版式"),
        ("{{ 坏 }}", IllegalCharacter, "“坏”的内容里有文档不允许的字符 U+0001"),
        ("{{ 1 // 0 }}", CannotCompute, "标签“{{ 1 // 0 }}”算不出来（除数是零"),
        ("{{ 'a' * 9999999 }}", TooMuchWork, "标签“{{ 'a' * 9999999 }}”算不出来：要做的太多"),
        (
            "{% for 一 in range(9999) %}{% for 二 in range(9999) %}{% endfor %}{% endfor %}",
            TooMuchWork,
            "标签“{% for 二 in range(9999) %}”算不出来：要做的太多",
        ),
        ("{{ 项目.__class__ }}", Forbidden, "__class__"),
    ],
)
def test_a_value_that_does_not_fit_is_a_fault_that_quotes_the_line(text, kind, message):
    class Block:
        def __html__(self):
            return "<w:p/>"

    with pytest.raises((kind, Problems)) as caught:
        line(text, 项目=PROJECT, 无=None, 块=Block(), 坏="\1")
    fault = caught.value.faults[0] if isinstance(caught.value, Problems) else caught.value
    assert isinstance(fault, kind)
    assert message in str(fault)


def test_an_unknown_name_in_an_expression_is_a_fault():
    with pytest.raises(
        UnknownField, match=r"文种“告知函”的条件：没有“项目\.投资”这个字段。是不是“项目\.总投资”"
    ):
        value("项目.投资", 项目=PROJECT)
    with pytest.raises(UnknownField, match="没有“项日”这个字段。是不是“项目”"):
        value("项日.总投资 > 3", 项目=PROJECT)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("{% if 甲 %}{{ 乙 | 丙 }", [BadSyntax]),
        ("{% if 甲 %}", [UnclosedBlock]),
        ("｛｛ 甲 ｝｝和{{ 乙 ~ }}", [FullWidthBraces, BadSyntax]),
        ("{{p 甲 }}", [TagOutside]),
        ("{% colspan 3 %}", [TagOutside]),
        ("{% raw %}{{ 甲 }}{% endraw %}", [Forbidden, Forbidden]),
        ("{% include '甲' %}", [Forbidden]),
        ("{{ 甲|upper|没有 }}{{ 层次.五 }}", [UnknownFilter, UnknownLevel]),
        ("甲\1乙", [IllegalCharacter]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_found_at_once_without_data(text, kinds):
    if kinds == [BadSyntax]:
        text += "}"
        kinds = [UnclosedBlock]
    assert [type(fault) for fault in wrong(compile_line, text)] == kinds


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("项目.阶段 = '终稿'", "判断相等要写两个等号 =="),
        ("项目.阶段＝'终稿'", "“＝”要写成 =="),
        ("甲 > 1 且 乙", "“且”要写成 and"),
        ("甲 == '终稿'且乙", "“且”要写成 and"),
        ("甲 > 1 并且 乙", "“并且”要写成 and"),
        ("甲 或 乙", "“或”要写成 or"),
        ("非 甲", "“非”要写成 not"),
        ("甲 大于等于 3", "“大于等于”要写成 >="),
        ("甲 不等于 3", "“不等于”要写成 !="),
        ("甲 属于 乙", "“属于”要写成 in"),
        ("甲 ≥ 3", "“≥”要写成 >="),
        ("（甲 or 乙）", "“（”要写成 ("),
        ("甲 in ['子'，'丑']", "“，”要写成 ,"),
        ("甲 && 乙", "“&&”要写成 and"),
        ("甲 || 乙", "“||”要写成 or"),
        ("!甲", "“!”要写成 not"),
        ("甲 == '且' 乙", "“乙”写在这里不对"),
        ("甲 ==", "没有写完"),
        ("甲) + (乙", "“)”写在这里不对"),
        ("甲 != 乙 丙", "“丙”写在这里不对"),
        ("", "没有写完"),
        ("(" * 500, "嵌套太深"),
    ],
)
def test_a_condition_written_in_chinese_words_is_told_the_right_ones(text, detail):
    (fault,) = wrong(compile_expression, text)
    assert isinstance(fault, BadSyntax)
    assert fault.detail == detail
    assert str(fault).startswith(f"文种“告知函”的条件：式子“{text[:120]}")
    assert "”写法不对（" in str(fault)


def test_a_template_is_told_the_right_words_too(make):
    from docgen.template.template import compile as compile_template

    with pytest.raises(Problems) as caught:
        compile_template(make("{% if 甲 且 乙 %}{% endif %}", "{{ 丙 = 3 }}"), "模板.docx")
    assert [fault.detail for fault in caught.value.faults] == ["“且”要写成 and", "判断相等要写两个等号 =="]


@pytest.mark.parametrize("text", ["甲.__class__", "self", "甲|attr('乙')", "甲|没有"])
def test_an_expression_is_audited_as_a_tag_is(text):
    assert isinstance(wrong(compile_expression, text)[0], Forbidden | UnknownFilter)
