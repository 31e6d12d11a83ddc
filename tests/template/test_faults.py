"""What is wrong with a template is said with its place, in Chinese, all at once, and never as a traceback."""

import io
import pickle
import zipfile
from functools import cache
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError, Problems
from docgen.template import faults
from docgen.template.template import compile as compile_template


def _faults(data):
    with pytest.raises(Problems) as caught:
        compile_template(data, "样张.docx")
    return caught.value.faults


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("甲{{ 乙 ", faults.UnclosedTag),
        ("甲{% if 乙 ", faults.UnclosedTag),
        ("{# 说明", faults.UnclosedTag),
        ("甲 乙 }}", faults.StrayCloser),
        ("if 乙 %}", faults.StrayCloser),
        ("｛｛ 项目.名称 ｝｝", faults.FullWidthBraces),
        ("{％ if 甲 ％}", faults.FullWidthBraces),
        ("{%p if 甲 %}还有字", faults.CrowdedTag),
        ("{%p for x in 甲 %}{%p endfor %}", faults.CrowdedTag),
        ("{%tr for x in 甲 %}", faults.TagOutside),
        ("{%tc for x in 甲 %}", faults.TagOutside),
        ("{% vm %}", faults.TagOutside),
        ("{% for x in 甲 %}", faults.UnclosedBlock),
        ("{% if 甲 %}", faults.UnclosedBlock),
        ("{% endfor %}", faults.StrayBlockEnd),
        ("{% if 甲 %}{% endfor %}", faults.StrayBlockEnd),
        ("{% else %}", faults.StrayBlockEnd),
        ("{{ }}", faults.BadSyntax),
        ("{{ 甲 乙 }}", faults.BadSyntax),
        ("{{ 甲，乙 }}", faults.BadSyntax),
        ("{% fro x in 甲 %}", faults.BadSyntax),
        ("{% for x 甲 %}{% endfor %}", faults.BadSyntax),
        ("{{ 甲.__class__ }}", faults.Forbidden),
        ("{{ ''.__class__.__mro__ }}", faults.Forbidden),
        ("{{ 甲['__class__'] }}", faults.Forbidden),
        ("{% include 'x' %}", faults.Forbidden),
        ("{% import 'x' as y %}", faults.Forbidden),
        ("{% extends 'x' %}", faults.Forbidden),
        ("{{ 甲|safe }}", faults.UnknownFilter),
        ("{{ 甲|attr('x') }}", faults.UnknownFilter),
        ("{{ 甲|uper }}", faults.UnknownFilter),
        ("{% if 甲 is 奇怪 %}{% endif %}", faults.UnknownFilter),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", faults.BadSyntax),
        ("{{ " + "9" * 5000 + " }}", faults.BadSyntax),
        ("{{ " + "甲." * 3000 + "乙 }}", faults.BadSyntax),
        ("{{ " + "甲 + " * 3000 + "乙 }}", faults.BadSyntax),
        ("{% for x in 甲 %}" * 40 + "{% endfor %}" * 40, faults.BadSyntax),
    ],
)  # fmt: skip
def test_a_mistake_in_a_tag_is_found_when_the_template_is_compiled(make, words, kind):
    found = _faults(make("起头", words))
    assert kind in {type(fault) for fault in found}
    assert {(fault.template, fault.paragraph) for fault in found} == {("样张.docx", 2)}
    assert all(str(fault).startswith("模板 样张.docx 第2段“") for fault in found)


def test_all_mistakes_of_all_parts_are_gathered(make):
    data = make("{{ 甲 乙 }}", "{% fro %}", "{{ 丙 ", header="{% if 丁 %}", title="{{ | }}")
    assert [(fault.part, type(fault).__name__) for fault in _faults(data)] == [
        ("正文", "UnclosedTag"), ("正文", "BadSyntax"), ("正文", "BadSyntax"), ("页眉", "UnclosedBlock"),
        ("文档属性", "BadSyntax"),
    ]  # fmt: skip


def test_a_block_that_begins_in_a_table_and_ends_outside_is_refused(make):
    data = make(rows=[["{% for x in 甲 %}"]], after=["{% endfor %}"])
    (fault,) = _faults(data)
    assert isinstance(fault, faults.SplitBlock)
    assert "{% for x in 甲 %}" in str(fault)


def test_a_row_loop_is_told_to_stand_alone(make):
    found = _faults(make(rows=[["{%tr for x in 甲 %}{{ x }}{%tr endfor %}"]]))
    assert {type(fault) for fault in found} == {faults.CrowdedTag}
    assert "独占一行" in str(found[0])


def test_an_unknown_field_is_named_with_its_place_and_the_nearest_field(make):
    template = compile_template(make("一", "二", "总投资{{ 项目.总投咨 }}亿元"), "告知函.docx")
    with pytest.raises(faults.UnknownField) as caught:
        template.render({"项目": {"总投资": "3", "项目名称": "甲"}})
    assert str(caught.value) == (
        "模板 告知函.docx 第3段“总投资{{ 项目.总投咨 }}亿元”：没有“项目.总投咨”这个字段。是不是“项目.总投资”？"
        "请用 docgen template fields 查看可用字段。"
    )


@pytest.mark.parametrize(
    ("words", "field", "nearest"),
    [
        ("{{ 项木.名称 }}", "项木", "项目"),
        ("{{ 项目.名 }}", "项目.名", "项目.名称"),
        ("{{ 项目.项目 }}", "项目.项目", ""),
        ("{% for x in 清单 %}{{ x.名陈 }}{% endfor %}", "x.名陈", "x.名称"),
        ("{% if 项目.没有 %}{% endif %}", "项目.没有", ""),
        ("{% for x in 项目.没有 %}{% endfor %}", "项目.没有", ""),
        ("{{ 项目.没有.更没有 }}", "项目.没有", ""),
        ("{{ 项目['名陈'] }}", "项目.名陈", "项目.名称"),
        ("{{ 项目.没有 ~ '甲' }}", "项目.没有", ""),
        ("{{ 项目.没有|upper }}", "项目.没有", ""),
        ("{{ 没有 + 1 }}", "没有", ""),
        ("{{ 没有() }}", "没有", ""),
        ("{{ 清单|join('、', attribute='没有') }}", "清单.没有", ""),
    ],
)
def test_an_unknown_field_is_a_fault_wherever_it_is_used(make, words, field, nearest):
    template = compile_template(make("甲", words), "a.docx")
    with pytest.raises(faults.UnknownField) as caught:
        template.render({"项目": {"名称": "甲"}, "清单": [{"名称": "乙"}]})
    assert (caught.value.field, caught.value.nearest, caught.value.paragraph) == (field, nearest, 2)


def test_asking_whether_a_field_is_defined_is_no_fault(make, read):
    template = compile_template(
        make("甲{% if 没有 is defined %}乙{% endif %}{{ 没有|default('丙') }}"), "a.docx"
    )
    assert read.text(template.render({})) == "甲丙"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("{{ 1 / 0 }}", faults.CannotCompute),
        ("{{ 'a' + 1 }}", faults.CannotCompute),
        ("{% for x in range(10 ** 9) %}{% endfor %}", faults.CannotCompute),
        ("{{ 10 ** 9999 }}", faults.CannotCompute),
        ("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}", faults.CannotCompute),
        ("{% for x in 5 %}{% endfor %}", faults.NotText),
        ("{{ 甲 }}", faults.CannotCompute),
        ("{{ (甲|string)['__cl' ~ 'ass__'] }}", faults.CannotCompute),
        ("{{ ''['__cl' ~ 'ass__'] }}", faults.Forbidden),
        ("{{ [''.upper]|map(attribute='__self__')|list|join }}", faults.Forbidden),
    ],
)
def test_what_cannot_be_computed_is_a_fault_with_its_place(make, words, kind):
    class Odd:
        def __str__(self):
            raise ValueError("不行")

    template = compile_template(make("甲", "乙", words), "a.docx")
    with pytest.raises(kind) as caught:
        template.render({"甲": Odd()})
    assert caught.value.paragraph == 3


def test_a_fault_in_a_header_says_so(make):
    template = compile_template(make("甲", header="{{ 没有 }}"), "a.docx")
    with pytest.raises(faults.UnknownField, match=r"模板 a\.docx 页眉第1段"):
        template.render({})


def test_the_name_of_a_loop_s_items_used_outside_of_it_is_told_from_a_field_that_is_not_there(make):
    """A clerk puts a sentence behind the loop that its fields belong to; no other field is meant."""
    body = "{%p for 件 in 各件 %}", "{{ 件.名称 }}", "{%p endfor %}", "编号{{ 件.编号 }}。"
    template = compile_template(make(*body), "函.docx")
    (fault,) = template.check({"各件": [{"名称": None, "编号": None}], "附件": None})
    assert isinstance(fault, faults.OutsideLoop)
    assert str(fault).startswith(
        "模板 函.docx 第4段“编号{{ 件.编号 }}。”：“件”是循环里的名称，这里在循环外面，不能用。"
    )


def test_long_paragraphs_are_shown_in_part(make):
    template = compile_template(make("前" * 100 + "{{ 没有 }}" + "后" * 100), "a.docx")
    with pytest.raises(faults.UnknownField) as caught:
        template.render({})
    assert caught.value.words == "…" + "前" * 20 + "{{ 没有 }}" + "后" * 20 + "…"


def test_faults_can_be_sent_home_by_a_worker(make):
    template = compile_template(make("{{ 没有 }}"), "a.docx")
    with pytest.raises(faults.UnknownField) as caught:
        template.render({})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_every_fault_has_a_code_and_an_exit_code_of_its_own():
    kinds = [
        kind
        for kind in vars(faults).values()
        if isinstance(kind, type) and issubclass(kind, DocgenError) and "code" in vars(kind)
    ]
    kinds = [kind for kind in kinds if kind.__module__ == faults.__name__]
    assert faults.UnknownField in kinds
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert {kind.exit_code for kind in kinds} == {1}


@settings(max_examples=600, deadline=None)
@given(words=st.lists(st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "p ", "tr ", "tc ", "r ", "-", " ", "甲", ".", "for ", "x in ", "if ", "else ",
     "endfor ", "endif ", "set ", "=", "'", '"', "“", "(", ")", "[", "|", "raw ", "endraw ", "vm ", "hm ", "\n", "{_{",
     "｛", "colspan 2 ", "macro ", "loop.index", "1", "<", "&"]), max_size=24))  # fmt: skip
def test_any_scribble_is_rendered_or_refused_by_name(raw, change, read, words):
    half = len(words) // 2
    first, second, all_ = (_runs("".join(each)) for each in (words[:half], words[half:], words))
    table = f"<w:tbl><w:tr><w:tc><w:p>{all_}</w:p></w:tc></w:tr></w:tbl>"
    data = raw(f"<w:p>{first}{second}</w:p>{table}", base=_bare(change))
    try:
        out = compile_template(data, "a.docx").render({"甲": [{"x": "1"}], "x": "2"})
    except DocgenError as fault:
        assert str(fault)  # noqa: PT017  either outcome is right
    else:
        assert read.texts(out)


@cache
def _bare(change):
    """Return a package with nothing but the document."""
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    return change(stream.getvalue(), {"[Content_Types].xml": types.encode()})


def _runs(words):
    return f"<w:r><w:t>{escape(words)}</w:t></w:r>".replace("\n", "</w:t><w:br/><w:t>")


def test_percentages_in_braces_are_plain_text(make, read):
    out = compile_template(make("{占比50%} ｛占比50%｝ {{ 甲 }}"), "a.docx").render({"甲": 1})
    assert read.text(out) == "{占比50%} ｛占比50%｝ 1"
