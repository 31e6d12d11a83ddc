"""Any template put together of docxtpl's tags, cut into runs anywhere, comes out with docxtpl's text and structure."""

import io
from itertools import pairwise

from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.template.template import compile as compile_template

CONTEXT = {"甲": "A&B<1>", "是": True, "零": 0, "词": ["一", "二"], "空": []}
WORDS = st.sampled_from(["字", " b ", "。", "{{ 甲 }}", "{{ 词|join('、') }}", "{# 说明 #}"])
CONDITION, LIST = st.sampled_from(["是", "零"]), st.sampled_from(["词", "空"])


def _within(inner):
    choice = st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, CONDITION, inner, inner)
    loop = st.builds("{{% for x in {} %}}{}{{{{ x }}}}{{% endfor %}}".format, LIST, inner)
    return choice | loop | st.builds("{}{}".format, inner, inner)


LINE = st.recursive(WORDS, _within, max_leaves=4)


def _over(level, one):
    """Return lists of lines or rows with loops and conditions over them."""

    def tag(statement):
        return f"{{%{level} {statement} %}}"

    def more(inner):
        choice = st.builds(
            lambda name, yes, no: [tag(f"if {name}"), *yes, tag("else"), *no, tag("endif")],
            CONDITION,
            inner,
            inner,
        )
        loop = st.builds(lambda name, body: [tag(f"for y in {name}"), *body, tag("endfor")], LIST, inner)
        return choice | loop | st.builds(list.__add__, inner, inner)

    return st.recursive(one.map(lambda each: [each]), more, max_leaves=4)


@st.composite
def cut(draw, words):
    """Cut a text into runs, bold or not."""
    edges = sorted({0, len(words), *draw(st.lists(st.integers(0, len(words)), max_size=3))})
    return [(words[a:b], draw(st.sampled_from([True, None]))) for a, b in pairwise(edges)]


@settings(max_examples=30, deadline=None)
@given(data=st.data(), lines=_over("p", LINE), rows=_over("tr", LINE))
def test_any_template_comes_out_as_docxtpl_s(make, read, data, lines, rows):
    paragraphs = [data.draw(cut(line)) for line in lines]
    template = make(
        *paragraphs, rows=[["头"], *([row] for row in rows)], header=lines[0] if len(lines) == 1 else ""
    )
    theirs = DocxTemplate(io.BytesIO(template))
    theirs.render(dict(CONTEXT), autoescape=True)
    stream = io.BytesIO()
    theirs.save(stream)
    ours = compile_template(template, "a").render(CONTEXT)
    for member in ("word/document.xml", "word/header1.xml"):
        assert read.texts(ours, member) == read.texts(stream.getvalue(), member)
    assert _structure(read, ours) == _structure(read, stream.getvalue())


def _structure(read, data):
    """Return what makes up the page but for the runs' formatting."""
    return [name for name, *_ in read.shape(data) if name not in {"t", "r", "rPr", "b"}]
