"""Values come out as they went in, whatever they hold; what no document can hold is refused."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError
from docgen.template.faults import BrokenBlock, IllegalCharacter, MisplacedBlock, MissingValue, NotText
from docgen.template.line import compile_line
from docgen.template.template import compile as compile_template

HOSTILE = [
    "&<>\"'", "{{ 甲 }}", "{% if %}", "{_{", "}_}", "{_% x %_}", "<b>Bob", "A&B <1>", "]]>", "&amp;", "<w:p/>",
    "喆𫖯䶮㛃", "😀👨‍👩‍👧", "长" * 80, "\u202eabc\u202c\u200f", "  前后空格  ", "｛｛全角｝｝", "\ufdd00\ufdd1",
    "<?docgen 0?>", "",
]  # fmt: skip
LEGAL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60
)


@pytest.fixture(scope="session")
def places(make):
    """A template with one field in a line, a table cell, a header and a title."""
    rows = [["{%tr for 行 in 清单 %}"], ["{{ 行.值 }}"], ["{%tr endfor %}"]]
    return compile_template(make("前{{ 值 }}后", rows=rows, header="{{ 值 }}", title="{{ 值 }}"), "样张.docx")


def _round_trip(places, read, value):
    out = places.render({"值": value, "清单": [{"值": value}, {"值": "末"}]})
    assert read.texts(out)[0] == f"前{value}后"
    assert read.texts(out)[2 - 1] == value
    assert read.texts(out, "word/header1.xml")[0] == value


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_strings_come_out_as_they_went_in(places, read, value):
    _round_trip(places, read, value)


@settings(max_examples=150, deadline=None)
@given(value=LEGAL)
def test_any_text_comes_out_as_it_went_in(places, read, value):
    _round_trip(places, read, value)


@settings(max_examples=100, deadline=None)
@given(value=st.text(st.sampled_from("甲<&\n\t\r"), max_size=12))
def test_line_breaks_and_tabs_come_out_as_such(places, read, value):
    out = places.render({"值": value, "清单": []})
    assert read.texts(out)[0] == f"前{value}后".replace("\r\n", "\n").replace("\r", "\n")


def test_bell_begins_a_paragraph_and_form_feed_a_page(make, read):
    template = compile_template(make([("前{{ 值 }}", None), ("后", True)]), "a.docx")
    out = template.render({"值": "一\a二\f三"})
    assert read.texts(out)[:4] == ["前一", "二", "\n", "三后"]
    assert b'w:type="page"' in read.xml(out)


def test_thousands_of_paragraphs_in_one_value(make, read):
    words = [f"{number}" for number in range(5000)]
    template = compile_template(make([("前{{ 值 }}", None), ("后", True)], "末"), "a.docx")
    assert read.texts(template.render({"值": "\a".join(words)})) == ["前0", *words[1:-1], "4999后", "末"]


def test_numbers_are_written_as_they_are(make, read):
    out = compile_template(make("{{ 甲 }} {{ 乙 }}"), "a.docx").render({"甲": 0, "乙": 1.5})
    assert read.text(out) == "0 1.5"


@pytest.mark.parametrize(
    ("value", "code_point"),
    [
        ("甲\x0b", "U+000B"),
        ("\x00", "U+0000"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
        ("\x1f", "U+001F"),
    ],
)
def test_characters_no_document_may_hold_are_refused_with_their_place(make, value, code_point):
    template = compile_template(make("起", "名称{{ 项目.名称 }}。"), "样张.docx")
    with pytest.raises(IllegalCharacter) as caught:
        template.render({"项目": {"名称": value}})
    fault = caught.value
    assert (fault.template, fault.part, fault.paragraph, fault.tag) == (
        "样张.docx",
        "正文",
        2,
        "{{ 项目.名称 }}",
    )
    assert (fault.field, fault.code_point) == ("项目.名称", code_point)
    assert "第2段“名称{{ 项目.名称 }}。”" in str(fault)


@pytest.mark.parametrize(
    "tag",
    ["{{ 甲 }}", "{{ 甲|upper }}", "{{ '前' ~ 甲 }}", "{{ ['x', 甲]|join }}", "{{ '%s' % 甲 }}",
     "{{ '{}'.format(甲) }}",
     "{{ '%s'|format(甲) }}", "{% for x in 甲 %}{% endfor %}", "{{ 甲|int }}", "{{p 甲 }}", "{{r 甲 }}", "{{ 甲.乙 }}"],
)  # fmt: skip
def test_none_is_never_printed(make, tag):
    with pytest.raises(MissingValue, match="没有填"):
        compile_template(make(tag), "a.docx").render({"甲": None})


@pytest.mark.parametrize("value", [{"a": 1}, ["a"], b"a", len, object().__str__])
def test_what_is_not_text_is_not_printed(make, value):
    with pytest.raises(NotText):
        compile_template(make("{{ 甲 }}"), "a.docx").render({"甲": value})


class Block(str):
    __slots__ = ()

    def __html__(self):
        return str(self)


@pytest.mark.parametrize(
    ("tag", "xml", "form"),
    [("{{ 甲 }}", "<w:p/>", "{{p 甲 }}"), ("{{ 甲 }}", "<w:r/>", "{{r 甲 }}"), ("{{r 甲 }}", "<w:p/>", "{{p 甲 }}"),
     ("{{p 甲 }}", "<w:r/>", "{{r 甲 }}")],
)  # fmt: skip
def test_a_block_in_the_wrong_kind_of_place_is_refused(make, tag, xml, form):
    with pytest.raises(MisplacedBlock, match=re.escape(form)):
        compile_template(make(tag), "a.docx").render({"甲": Block(xml)})


@pytest.mark.parametrize("xml", ["<w:p>", "<w:p></w:r>", "<x:y/>", "<w:p>&nbsp;</w:p>"])
def test_a_block_that_is_not_well_formed_is_refused(make, xml):
    with pytest.raises(BrokenBlock):
        compile_template(make("{{p 甲 }}"), "a.docx").render({"甲": Block(xml)})


def test_a_block_with_an_illegal_character_is_refused(make):
    with pytest.raises(IllegalCharacter):
        compile_template(make("{{p 甲 }}"), "a.docx").render(
            {"甲": Block("<w:p><w:r><w:t>\x0b</w:t></w:r></w:p>")}
        )


@pytest.mark.parametrize(
    ("values", "total"),
    [(["1,234.5", "", None, "0.50"], "1235.00"), ([], "0"), ([3, "4"], "7"), (["-1.5", "1.5"], "0.0")],
)
def test_a_column_is_added_up_exactly_and_what_is_empty_counts_nothing(values, total) -> None:
    rows = [{"投资": each} for each in values]
    line = compile_line("{{ 各项|合计('投资') }}", "一行")
    assert line.render({"各项": rows}) == total
    assert line.fields() == ("各项[].投资",)


@pytest.mark.parametrize(
    ("value", "words"), [("4", "4.00"), ("9.3", "9.30"), ("1,234.567", "1234.57"), (0, "0.00"), ("", "0.00")]
)
def test_amounts_of_a_column_have_as_many_decimals_as_asked(value, words) -> None:
    """4 and 9.3 stand under one another as 4.00 and 9.30; what is no number is refused, and so are 99 decimals."""
    assert compile_line("{{ 投资|小数(2) }}", "一行").render({"投资": value}) == words
    for tag, wrong in (("{{ 投资|小数(2) }}", "约3亿"), ("{{ 投资|小数(99) }}", "3")):
        with pytest.raises(DocgenError, match=r"不是数字|小数位数要在0到6之间"):
            compile_line(tag, "一行").render({"投资": wrong})


def test_what_is_no_number_is_not_added_up() -> None:
    with pytest.raises(DocgenError, match="“约3亿”，不是数字"):
        compile_line("{{ 各项|合计('投资') }}", "一行").render({"各项": [{"投资": "约3亿"}]})


@pytest.mark.parametrize(
    "tag", ["{{ 1 + '二' }}", "{{ 'a' < 1 }}", "{{ 'a'|int(1, 2, 3, 4, 5) }}", "{{ '二'|round }}"]
)
def test_what_cannot_be_computed_is_said_without_the_words_of_python(tag: str) -> None:
    with pytest.raises(DocgenError) as fault:
        compile_line(tag, "一行").render({})
    said = str(fault.value).replace(tag, "")
    assert not re.search("[a-z]{4}", said), said
