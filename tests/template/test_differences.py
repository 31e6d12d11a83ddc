"""Where docgen differs from docxtpl: each row of docs/docxtpl.md has its test here."""

import copy
import io
import pickle
import re
import sys
from pathlib import Path

import docx
import pytest
from docxtpl import InlineImage, RichText

from docgen.errors import Problems
from docgen.template import faults
from docgen.template.template import compile as compile_template

PAGE = Path(__file__).parents[2] / "docs" / "docxtpl.md"
ELSEWHERE = {
    "links-in-headers": "test_borrowed", "sub-documents": "test_borrowed", "pictures": "test_borrowed",
    "filters": "test_oracle", "wide-cells": "test_manual", "other-parts": "test_parts", "stale-fields": "test_parts",
    "deleted-text": "test_tags_in_documents", "empty-cells": "test_tags_in_documents",
    "other-bytes": "test_template", "unplaced-errors": "test_faults",
    "stray-braces": "test_faults", "split-blocks": "test_faults", "gaps": "test_gaps", "lines": "test_lines",
    "heading-counters": "test_levels", "texts-with-fields": "test_labelled", "computed-values": "test_labelled",
    "what-is-shown": "test_shown", "right-words": "test_lines",
}  # fmt: skip


@pytest.fixture
def render(make, read):
    def rendered(*paragraphs, **context):
        return read.texts(compile_template(make(*paragraphs), "a.docx").render(context))

    return rendered


def test_every_row_of_the_page_has_a_test():
    rows = re.findall(r"^\| ([a-z-]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    here = {
        name.removeprefix("test_").replace("_", "-")
        for name in vars(sys.modules[__name__])
        if name[:5] == "test_"
    }
    assert set(rows) <= here | set(ELSEWHERE)
    assert {row for row in rows if row in ELSEWHERE} == set(ELSEWHERE)
    assert all((Path(__file__).parent / f"{name}.py").is_file() for name in ELSEWHERE.values())


def test_ampersands(make, read):
    out = compile_template(make("{{ 甲 }}", header="{{ 甲 }}", title="{{ 甲 }}"), "a.docx").render(
        {"甲": "A&B <1>"}
    )
    assert [read.text(out), read.text(out, "word/header1.xml")] == ["A&B <1>"] * 2
    assert docx.Document(io.BytesIO(out)).core_properties.title == "A&B <1>"


def test_markup_in_values(render):
    assert render("{{ 甲 }}", "后一段", 甲="<b>Bob</w:t></w:r></w:p>") == [
        "<b>Bob</w:t></w:r></w:p>",
        "后一段",
    ]


@pytest.mark.parametrize("value", ["{_{", "}_}", "{_%", "%_}", "{{ 乙 }}", "{% if %}", "{# #}", "\x7f{%p"])
def test_braces_in_values(render, value):
    assert render("前{{ 甲 }}后", 甲=value) == [f"前{value}后"]


def test_ampersand_in_a_tag(render):
    assert render("{% if 甲 == 'A&B' %}是{% endif %}{{ 甲.replace('&', '和') }}", 甲="A&B") == ["是A和B"]


def test_quotes_in_a_string(render):
    assert render("{{ \"“甲”\" }}{{ '‘乙’' }}{{ “丙” }}", "{% if 甲 == “是” %}对{% endif %}", 甲="是") == [
        "“甲”‘乙’丙",
        "对",
    ]


@pytest.mark.parametrize("cut", range(1, 7))
def test_lost_formatting(make, cut):
    tag = "{{ 甲 }}"
    runs = [("前", None), (tag[:cut], True), (f"{tag[cut:]}后", None)]
    out = docx.Document(io.BytesIO(compile_template(make(runs), "a.docx").render({"甲": "乙"})))
    assert [(run.text, run.bold) for run in out.paragraphs[0].runs] == [
        ("前", None),
        ("乙", True),
        ("后", None),
    ]


def test_behind_a_picture(make, tmp_path):
    (tmp_path / "a.gif").write_bytes(b"GIF89a\1\0\1\0\0\0\0;")
    data = make([("{{ 图 }}后", True)])
    out = compile_template(data, "a.docx").render({"图": InlineImage(None, str(tmp_path / "a.gif"))})
    assert [(run.text, run.bold) for run in docx.Document(io.BytesIO(out)).paragraphs[0].runs] == [
        ("后", True)
    ]


@pytest.mark.parametrize(
    "words", ["{{ 没有 }}", "{% if 没有 %}{% endif %}", "{% for x in 没有 %}{% endfor %}"]
)
def test_unknown_fields(render, words):
    with pytest.raises(faults.UnknownField):
        render(words)
    assert render("{{ 没有|default('无') }}{% if 没有 is defined %}有{% endif %}") == ["无"]


def test_none(render):
    with pytest.raises(faults.MissingValue):
        render("{{ 甲 }}", 甲=None)
    assert render("{{ 甲|default('无') }}{{ 甲 or '' }}", 甲=None) == ["无"]


@pytest.mark.parametrize("value", [["甲"], {"甲": 1}, object(), print])
def test_lists_and_groups(render, value):
    with pytest.raises(faults.NotText):
        render("{{ 甲 }}", 甲=value)


def test_control_characters(render):
    with pytest.raises(faults.IllegalCharacter, match=r"模板 a.docx 第2段“名称\{\{ 甲 \}\}”.*U\+000B"):
        render("起", "名称{{ 甲 }}", 甲="一\x0b二")


@pytest.mark.parametrize("words", ["{%p if 甲 %}还有字", "前{%p if 甲 %}"])
def test_crowded_tags(make, words):
    with pytest.raises(Problems) as caught:
        compile_template(make(words, "{%p endif %}"), "a.docx")
    assert faults.CrowdedTag in {type(fault) for fault in caught.value.faults}


def test_no_copies(make):
    template = compile_template(make("{{ 甲 }}"), "a.docx")
    for other in (copy.copy(template), copy.deepcopy(template), pickle.loads(pickle.dumps(template))):  # noqa: S301
        assert other.render({"甲": 1}) == template.render({"甲": 1})


@pytest.mark.parametrize(
    "words",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ 甲.__init__.__globals__ }}",
        "{{ self._TemplateReference }}",
        "{{ cycler.__init__.__globals__.os }}", "{{ lipsum.__globals__ }}", "{{ 甲|attr('__class__') }}",
        "{{ '{0.__class__}'.format(甲) }}", "{{ ('{0.__cl' ~ 'ass__}').format(甲) }}", "{{ 甲['__cl' ~ 'ass__'] }}",
        "{{ [甲]|map(attribute='__class__')|list }}", "{{ namespace.__init__.__globals__ }}",
        "{{ joiner.__init__ }}", "{{ dict.__subclasses__() }}", "{{ range.__class__ }}", "{{ 文.fromkeys([1]) }}",
    ],
)  # fmt: skip
def test_arbitrary_code(render, words):
    with pytest.raises((Problems, faults.TagFault)):
        render(words, 甲=Path(), 文=io.StringIO())


@pytest.mark.parametrize(
    "words",
    ["{{ 甲|safe }}", "{{ 甲|tojson }}", "{{ 甲|pprint }}", "{{ 甲|urlize }}", "{{ 甲|xmlattr }}", "{{ 甲|attr('x') }}",
     "{% autoescape false %}{{ 甲 }}{% endautoescape %}"],
)  # fmt: skip
def test_raw_output(render, words):
    with pytest.raises(Problems):
        render(words, 甲="<")


@pytest.mark.parametrize("words", ["{{ 甲|random }}", "{{ lipsum() }}"])
def test_random(render, words):
    with pytest.raises((Problems, faults.UnknownField)):
        render(words, 甲=[1])


@pytest.mark.parametrize(
    "words",
    ["{% filter upper %}a{% endfilter %}", "{% include 'a' %}", "{% import 'a' as b %}", "{% extends 'a' %}",
     "{% block a %}{% endblock %}", "{% from 'a' import b %}"],
)  # fmt: skip
def test_whole_blocks(render, words):
    with pytest.raises(Problems) as caught:
        render(words)
    assert {type(fault) for fault in caught.value.faults} == {faults.Forbidden}


def test_rich_text_in_a_plain_tag(render):
    with pytest.raises(faults.MisplacedBlock, match=re.escape("{{r 富 }}")):
        render("{{ 富 }}", 富=RichText("甲"))
