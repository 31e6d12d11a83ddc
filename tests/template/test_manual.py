"""Every chapter of docxtpl's manual: a template written here in its style comes out as docxtpl makes it."""

import io

import pytest
from docxtpl import DocxTemplate, Listing, RichText, RichTextParagraph

from docgen.template.template import compile as compile_template

CONTEXT = {
    "公司": "A&B", "项": [{"名": "甲", "数": 1, "条": ["p", "q"]}, {"名": "乙", "数": 2, "条": []},
                          {"名": "甲", "数": 3, "条": ["r"]}],
    "空": [], "是": True, "零": 0, "无": None, "词": ["一", "二", "三"], "色": "FF0000", "组": {"k": "v"},
    "行": "一\n二\t三", "单": Listing("一<\n二\a三\f四"), "富": RichText("富<文>", bold=True),
    "段": RichTextParagraph("一段"),
}  # fmt: skip
LINES = {
    "variables": ["{{ 公司 }} {{公司}} {{ 组.k }} {{ 组['k'] }} {{ 项[0].名 }} {{ 词[-1] }} {{ 词[0:2]|join }}"],
    "numbers": ["{{ 1.50 }} {{ 10000000 }} {{ 零 }} {{ 是 }} {{ 1e20 }} {{ 0.1 + 0.2 }}"],
    "operators": ["{{ 1 + 2 * 3 // 2 ** 1 % 5 }}{{ 公司 ~ '-' ~ 零 }}{{ not 是 }}{{ 零 or 'z' }}{{ 'a' * 3 }}"],
    "methods": ["{{ 公司.lower() }}{{ '{:,.2f}'.format(12345.678) }}{{ '%05.2f' % 3.1 }}{{ 'a;b'.split(';')|join }}"],
    "paragraphs": ["{%p for x in 项 %}", "{{ x.名 }}", "{%p if x.数 > 1 %}", "大", "{%p else %}", "小", "{%p endif %}",
                   "{%p endfor %}", "末"],
    "within a line": ["{% for x in 项 %}{{ x.名 }}{% if not loop.last %}、{% endif %}{% endfor %}。"],
    "over lines": ["{% for x in 项 %}", "{{ x.名 }}", "{% endfor %}",
                   "{% if 零 %}", "有", "{% else %}", "无", "{% endif %}"],
    "runs": [[("{%r if 是 %}", None), ("有", True), ("{%r else %}", None), ("无", True), ("{%r endif %}", None)]],
    "split and merge": ["我家", "{%- if 是 -%}", "在城里", "{%- else -%}", "在乡下", "{%- endif -%}", "，我喜欢。"],
    "merge within a line": ["甲 {% if 是 -%}", "乙", "{%- endif %} 丙", "甲 {{- 公司 -}} 乙"],
    "escaped delimiters": ["{_{ 公司 }_} {_% if %_}"],
    "comments": ["甲{# 说明 #}乙", "{#p 整段说明 #}", "丙{# 说明", "有几行", "才完 #}丁", "戊"],
    "a tag over two paragraphs": ["{% set 数 = [1,", "2] %}{{ 数|length }}"],
    "rich text": ["前{{r 富 }}后", "{{r 富}}"],
    "rich paragraph": ["前", "{{p 段 }}", "后"],
    "breaks": ["{{ 行 }}", "{{ 单 }}"],
    "filters": ["{{ 公司|upper }}{{ 词|join('、') }}{{ 词|first }}{{ 词|length }}",
                "{{ 3.14159|round(2) }}{{ 'x'|center(5) }}",
                "{{ 项|sum(attribute='数') }}{{ 项|selectattr('数','gt',1)|list|length }}{{ 'a b'|title }}{{ 公司|e }}",
                "{{ 'x y z w'|truncate(4) }}{{ 'ab cd ef'|wordwrap(3) }}{{ '<b>x</b>'|striptags }}",
                "{{ 'a'|indent(2, true) }}"],
    "groups": ["{% for 名, 们 in 项|groupby('名') %}{{ 名 }}:{{ 们|map(attribute='数')|join('+') }};{% endfor %}"],
    "tests": ["{% if 公司 is defined and 公司 is string %}1{% endif %}{% if 没有 is not defined %}2{% endif %}",

              "{% if 无 is none %}3{% endif %}{% if 1 in [1] and 零 < 1 and 2 > 1 %}4{% endif %}"],
    "loops": ["{% for x in 词 %}{{ loop.index }}{{ loop.revindex }}{{ loop.first }}{% endfor %}",
              "{% for x in 词 %}{{ loop.previtem|default('-') }}{{ loop.cycle('a','b') }};{% endfor %}",
              "{% for x in 空 %}{% else %}空{% endfor %}{% for x in 项 if x.数 > 1 %}{{ x.数 }}{% endfor %}",
              "{% for k, v in 组.items() %}{{ k }}{{ v }}{% endfor %}"],
    "choices": ["{{ '甲' if 零 }}|{{ '乙' if 是 }}|{{ '丙' if 零 else '丁' }}"],
    "functions": ["{% for i in range(3) %}{{ i }}{% endfor %}{{ dict(a=1).a }}",
                  "{% set c = cycler('o','e') %}{{ c.next() }}{{ c.next() }}",
                  "{% set j = joiner('、') %}{{ j() }}x{{ j() }}y"],
    "macros": ["{% macro m(x, y='d') %}{{ x }}-{{ y }}{% endmacro %}{{ m(公司) }}{{ m(1, 2) }}",
               "{% macro b(t) %}[{{ t }}:{{ caller() }}]{% endmacro %}{% call b('x') %}内{% endcall %}"],
    "set, with, raw": ["{% set z %}甲{{ 公司 }}{% endset %}{{ z }}{% with q = 公司 %}{{ q }}{% endwith %}",
                       "{% set n = namespace(t=0) %}{% for x in 项 %}{% set n.t = n.t + x.数 %}{% endfor %}{{ n.t }}",
                       "{% raw %}{{ 公司 }}{% endraw %}"],
    "curly quotes": ["{{ 组[“k”] }}{{ 组[‘k’] }}"],
    "spaces": ["甲{{ 公司 }} ", "  {{ 公司 }}  乙", "{% if 是 %}  甲  {% endif %}  乙"],
}  # fmt: skip
TABLES = {
    "rows": [["名", "数"], ["{%tr for x in 项 %}", ""], ["{{ x.名 }}", "{{ x.数 }}"], ["{%tr endfor %}", ""]],
    "row conditions": [["{%tr if 零 %}", ""], ["有", ""], ["{%tr else %}", ""], ["无", ""], ["{%tr endif %}", ""]],
    "nested rows": [["{%tr for x in 项 %}", ""], ["{{ x.名 }}", ""], ["{%tr for y in x.条 %}", ""], ["", "{{ y }}"],
                    ["{%tr endfor %}", ""], ["{%tr endfor %}", ""]],
    "row comments": [["{#tr 说明 #}", ""], ["甲", "乙"]],
    "cells": [["{%tc for x in 词 %}", "{{ x }}", "{%tc endfor %}"], ["{%tr for r in 项 %}", "", ""],
              ["{%tc for x in 词 %}", "{{ r.名 }}{{ x }}", "{%tc endfor %}"], ["{%tr endfor %}", "", ""]],
    "fewer cells": [["{%tc for x in [1] %}", "{{ x }}", "{%tc endfor %}"], ["{%tc if 零 %}", "甲", "{%tc endif %}"]],
    "cell colours": [["{% cellbg 色 %}红", "乙"], ["{%tr for x in 项 %}", ""],
                     ["{% cellbg 'AABB00' %}{{ x.名 }}", "丙"], ["{%tr endfor %}", ""]],
    "cells merged downward": [["{%tr for x in 项 %}", ""], ["{% vm %}同", "{{ x.数 }}"], ["{%tr endfor %}", ""]],
    "order behind the words": [["{%tr for x in 项 %}", ""], ["{{ x.名 }}{% vm %}", "{{ x.数 }}"],
                              ["{%tr endfor %}", ""]],
    "cells merged sideways": [["{%tc for x in 词 %}", "{% hm %}标题", "{%tc endfor %}"],
                              ["{%tc for x in 词 %}", "{{ x }}", "{%tc endfor %}"]],
    "groups downward": [["{%tr for x in 项 %}", ""], ["{%tr for y in x.条 %}", ""], ["{% vm %}{{ x.名 }}", "{{ y }}"],
                        ["{%tr endfor %}", ""], ["{%tr endfor %}", ""]],
    "a loop from cell to cell": [["{% for x in 词 %}{{ x }}", "乙{% endfor %}"]],
    "a loop from row to row": [["{% for x in 词 %}{{ x }}", "甲"], ["乙", "丙{% endfor %}"]],
    "lists in cells": [["{% if 是 %}甲{% endif %}", "{% for x in 词 %}{{ x }} {% endfor %}"]],
}  # fmt: skip


def oracle(data):
    template = DocxTemplate(io.BytesIO(data))
    template.render(dict(CONTEXT), autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", LINES)
def test_lines_as_in_the_manual(make, read, name):
    data = make(*LINES[name])
    assert read.texts(compile_template(data, name).render(CONTEXT)) == read.texts(oracle(data))


@pytest.mark.parametrize("name", TABLES)
def test_tables_as_in_the_manual(make, read, name):
    data = make(rows=TABLES[name])
    ours, theirs = compile_template(data, name).render(CONTEXT), oracle(data)
    assert read.texts(ours) == read.texts(theirs)
    assert read.layout(ours) == read.layout(theirs)


def test_headers_and_footers_as_in_the_manual(make, read):
    words = "{{ 公司 }}{% for x in 词 %}{{ x }}{% endfor %}"
    data = make("正文", header=words, footer=words)
    ours, theirs = compile_template(data, "a").render(CONTEXT), oracle(data)
    for member in ("word/header1.xml", "word/footer1.xml"):
        assert read.texts(ours, member) == read.texts(theirs, member)


def test_a_cell_over_several_columns_as_in_the_manual(make, read):
    """docxtpl counts a wide cell as one column of the table's grid; here it counts as many as it covers."""
    data = make(rows=[["{% colspan 词|length %}标题", "尾"], ["{{ 公司 }}", "乙"]])
    ours, theirs = compile_template(data, "a").render(CONTEXT), oracle(data)
    assert read.texts(ours) == read.texts(theirs)
    assert read.layout(ours)[1] == read.layout(theirs)[1]
    assert [name for name, *_ in read.shape(ours)].count("gridCol") == 4


def test_footnotes_as_in_the_manual(make, add, read):
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        "<w:p><w:r><w:t>{{ 公司 }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "officedocument.wordprocessingml.footnotes"
    data = add(make("{{ 公司 }}"), "word/footnotes.xml", note, kind, "footnotes")
    ours, theirs = compile_template(data, "a").render(CONTEXT), oracle(data)
    assert read.texts(ours, "word/footnotes.xml") == read.texts(theirs, "word/footnotes.xml") == ["A&B"]


def test_one_template_rendered_many_times_as_in_the_manual(make, read):
    data = make("{{ 公司 }}")
    template = compile_template(data, "a")
    assert [read.text(template.render({"公司": each})) for each in "甲乙"] == ["甲", "乙"]


def test_the_fields_of_a_template_as_in_the_manual(make):
    data = make(*LINES["paragraphs"], header="{{ 公司 }}")
    theirs = DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables()
    assert {path.split("[")[0].split(".")[0] for path in compile_template(data, "a").fields()} == theirs


def test_a_template_built_here_has_the_very_structure(make, read):
    data = make(
        "{{ 公司 }}和{{ 组.k }}", "{%p for x in 词 %}", [("{{ x }}", True), ("；", None)], "{%p endfor %}",
        rows=TABLES["rows"], header="{{ 公司 }}",
    )  # fmt: skip
    assert read.shape(compile_template(data, "a").render(CONTEXT)) == read.shape(oracle(data))
