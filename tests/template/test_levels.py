"""Headings are numbered by counting those that are there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import Problems
from docgen.template.faults import CannotCompute, UnknownLevel
from docgen.template.levels import hanzi
from docgen.template.template import compile as compile_template


def rendered(make, read, *words, **context):
    return read.texts(compile_template(make(*words), "模板.docx").render(context))


def test_each_level_has_its_own_numbers_and_begins_anew_under_a_higher_one(make, read):
    levels = ["一", "二", "二", "三", "四", "四", "三", "二", "三", "一", "二", "四"]
    assert rendered(make, read, *(f"{{{{ 层次.{each} }}}}" for each in levels)) == [
        "一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "（三）", "1.", "二、", "（一）", "（1）",
    ]  # fmt: skip


def test_a_heading_that_falls_away_leaves_no_hole(make, read):
    words = ["{{ 层次.一 }}职责", "{%p if 甲 %}", "{{ 层次.一 }}分工", "{%p endif %}", "{{ 层次.一 }}要求"]
    assert rendered(make, read, *words, 甲=True) == ["一、职责", "二、分工", "三、要求"]
    assert rendered(make, read, *words, 甲=False) == ["一、职责", "二、要求"]


def test_headings_in_a_loop_are_counted_on(make, read):
    words = ["{%p for 项 in 各项 %}", "{{ 层次['一'] }}{{ 项 }}", "{{ 层次.二 }}", "{%p endfor %}"]
    assert rendered(make, read, *words, 各项=list("甲乙")) == ["一、甲", "（一）", "二、乙", "（一）"]


def test_an_annex_can_begin_anew(make, read):
    words = ["{{ 层次.一 }}", "{{ 层次.三 }}", "{{ 层次.重新编号 }}附件", "{{ 层次.三 }}", "{{ 层次.一 }}"]
    assert rendered(make, read, *words) == ["一、", "1.", "附件", "1.", "一、"]


def test_each_rendering_begins_anew(make, read):
    template = compile_template(make("{{ 层次.一 }}"), "模板.docx")
    assert [read.text(template.render({})) for _ in range(2)] == ["一、", "一、"]


def test_a_value_of_that_name_is_not_seen(make, read):
    assert rendered(make, read, "{{ 层次.一 }}", 层次={"一": "甲"}) == ["一、"]


def test_the_counters_are_no_field_and_pass_every_check(make):
    template = compile_template(make("{{ 层次.一 }}{{ 甲 }}"), "模板.docx")
    assert template.fields() == ("甲",)
    assert template.check({"甲": None}) == ()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("{{ 层次.五 }}", "层次.五"),
        ("{{ 层次['五'] }}", "层次.五"),
        ("{{ 层次 }}", "层次"),
        ("{% for 层次 in 各项 %}{% endfor %}", "层次"),
        ("{{ 层次.一.二 }}{{ 层次[甲] }}", "层次"),
    ],
)
def test_other_uses_of_the_counters_are_found_when_the_template_is_compiled(make, words, asked):
    with pytest.raises(Problems) as caught:
        compile_template(make(words), "模板.docx")
    (fault,) = caught.value.faults
    assert isinstance(fault, UnknownLevel)
    assert fault.asked == asked
    assert "层次.一、层次.二、层次.三、层次.四、层次.重新编号" in str(fault)


def test_numbers_are_written_in_words_up_to_99():
    assert [hanzi(each) for each in (1, 9, 10, 11, 19, 20, 23, 90, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十三", "九十", "九十九",
    ]  # fmt: skip


def test_more_headings_than_can_be_written_are_a_fault(make):
    template = compile_template(make("{% for 项 in range(100) %}{{ 层次.一 }}{% endfor %}"), "模板.docx")
    with pytest.raises(CannotCompute, match="标题编号到了100，最多99"):
        template.render({})


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_headings_are_numbered_as_by_hand(make, read, headings):
    words = "|".join(
        f"{{% if {shown} %}}{{{{ 层次.{'一二三四'[level]} }}}}{{% endif %}}" for level, shown in headings
    )
    expected = []
    for at, (level, shown) in enumerate(headings):
        before = [other for other, there in headings[:at] if there]
        since = next((i for i in reversed(range(len(before))) if before[i] < level), -1)
        count = 1 + before[since + 1 :].count(level)
        patterns = (f"{hanzi(count)}、", f"（{hanzi(count)}）", f"{count}.", f"（{count}）")
        expected.append(patterns[level] if shown else "")
    assert (
        read.text(compile_template(make(words + "。"), "模板.docx").render({})) == "|".join(expected) + "。"
    )
