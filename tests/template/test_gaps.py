"""A value that is empty in the sheets asks for its cell where it would be printed, and nowhere else."""

import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import Problems
from docgen.template.faults import MissingValue, UnknownField
from docgen.template.gaps import Gap
from docgen.template.template import compile as compile_template
from tests.template.conftest import empty


def gap(cell):
    return Gap(empty(cell))


def told(make, words, context, **parts):
    """Return the cells that rendering a paragraph asks for, in order, and its text if it asks for none."""
    template = compile_template(make(words, **parts), "模板.docx")
    try:
        return template.render(context)
    except Problems as problems:
        return [fault.field for fault in problems.faults]


@pytest.mark.parametrize(
    "words",
    [
        "{{ 甲 }}",
        "{{ 甲.乙.丙 }}",
        "{{ 甲['乙'] }}",
        "{{ 甲[0] }}",
        "{{ 甲.strftime('%Y') }}",
        "{{ 甲|upper }}",
        "{{ 甲|round(2) }}",
        "{{ 甲|join('、') }}",
        "{{ 甲|first }}",
        "{{ ['子', 甲]|join('、') }}",
        "{{ [甲]|map('trim')|join }}",
        "{{ '约' ~ 甲 ~ '万元' }}",
        "{{ '约' + 甲 }}",
        "{{ 甲 + '元' }}",
        "{{ 甲 + 3 }}",
        "{{ 3 - 甲 }}",
        "{{ -甲 * 2 // 3 ** 甲 }}",
        "{{ '%s万元' % 甲 }}",
        "{{ '%.2f' % 甲 }}",
        "{{ '%s万元'|format(甲) }}",
        "{{ '{:.2f}万元'.format(甲) }}",
        "{{ [1, 甲, 3]|sum }}",
        "{{ [1, 甲, 3]|max }}",
        "{{ '甲乙'|replace('甲', 甲) }}",
        "{{ 甲 if true }}",
        "{{ true and 甲 }}",
        "{% set 子 = 甲 %}{{ 子 }}",
        "{% macro 写(子) %}{{ 子 }}{% endmacro %}{{ 写(甲) }}",
        "{% for 项 in [1, 2] %}{{ 甲 }}{% endfor %}",
        "{% for 项 in range(甲) %}{{ 项 }}{% endfor %}",
        "{{ '甲乙丙'|center(甲) }}",
    ],
)
def test_a_gap_that_would_be_printed_asks_for_its_cell_once(make, words):
    assert told(make, words, {"甲": gap("A1")}) == ["A1"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("{% if 甲 %}{{ 甲 }}{% else %}无{% endif %}", "无"),
        ("{{ 甲|default('无') }}", "无"),
        ("{{ 甲|d }}。", "。"),
        ("{{ 甲|default('无', true) }}", "无"),
        ("{{ 甲 or '无' }}", "无"),
        ("{{ (甲 + 1)|default('无') }}", "无"),
        ("{{ 甲|trim|upper or '无' }}", "无"),
        ("{{ 甲.乙 or '无' }}", "无"),
        ("{{ 甲 is none }}{{ 甲 == none }}{{ 甲 != none }}{{ none == none }}", "TrueTrueFalseTrue"),
        ("{{ 甲 is defined }}{{ 甲 is string }}{{ 甲 is number }}", "TrueFalseFalse"),
        ("{{ 甲 == 甲 }}{{ 甲 == '' }}{{ 甲 == 0 }}{{ '' == 甲 }}", "FalseFalseFalseFalse"),
        ("{{ 甲 != '' }}{{ 3 != 甲 }}", "TrueTrue"),
        ("{{ 甲 > 3 }}{{ 甲 <= 3 }}{{ 3 < 甲 }}{{ 甲 + 1 >= 0 }}", "FalseFalseFalseFalse"),
        ("{{ 甲 in '甲乙' }}{{ 甲 not in [1] }}{{ '乙' in 甲 }}{{ 甲 in [甲] }}", "FalseTrueFalseFalse"),
        ("{{ 甲 is in '甲乙' }}", "False"),
        ("{% for 项 in 甲 %}{{ 项 }}{% else %}无{% endfor %}", "无"),
        ("{% for 项 in 甲|sort(attribute='乙') %}{{ 项 }}{% else %}无{% endfor %}", "无"),
        ("{% for 项 in 甲|groupby('乙') %}{{ 项 }}{% else %}无{% endfor %}", "无"),
        ("{% for 键, 值 in 甲.items() %}{{ 键 }}{% else %}无{% endfor %}", "无"),
        ("{{ 甲|length }}", "0"),
        ("{{ ['子', 甲]|length }}", "2"),
        ("{{ ['子', 甲]|select|join('、') }}", "子"),
        ("{{ [甲, '子']|reject('none')|join('、') }}", "子"),
        ("{{ [{'乙': 甲, '丙': 1}, {'乙': 3, '丙': 2}]|selectattr('乙')|map(attribute='丙')|join }}", "2"),
        ("{{ [{'乙': 甲, '丙': 1}, {'乙': 3, '丙': 2}]|selectattr('乙', 'gt', 2)|map(attribute='丙')|join }}", "2"),
        ("{% for 项 in [2, 甲, 1]|sort %}{{ 项 or '末' }}{% endfor %}", "12末"),
        ("{% for 项 in [2, 甲, 1]|sort(reverse=true) %}{{ 项 or '末' }}{% endfor %}", "21末"),
    ],
)  # fmt: skip
def test_a_gap_that_is_only_asked_about_asks_for_nothing(make, read, words, printed):
    assert read.text(told(make, words, {"甲": gap("A1")})) == printed


def test_grouping_puts_the_items_whose_key_is_a_gap_last(make, read):
    things = [{"单位": gap("A1"), "号": 1}, {"单位": "子", "号": 2}, {"单位": gap("A3"), "号": 3}]
    group = "{{ 组.grouper or '无' }}{{ 组.list|map(attribute='号')|join }}"
    words = f"{{% for 组 in 各项|groupby('单位') %}}{group}{{% endfor %}}"
    assert read.text(told(make, words, {"各项": things})) == "子2无13"


def test_one_rendering_finds_the_gaps_of_all_parts_each_once_in_order(make):
    context = {"甲": gap("A1"), "乙": gap("B1"), "丙": "有", "丁": gap("D1")}
    cells = told(
        make, "{{ 丁 }}{{ 甲 }}{{ 丙 }}{{ 丁 }}", context, header="{{ 乙 }}{{ 甲 }}", title="{{ 乙 }}"
    )
    assert cells == ["D1", "A1", "B1"]


def test_a_number_computed_from_several_gaps_asks_for_all_of_them(make):
    context = {"甲": gap("A1"), "各项": [{"额": gap("C1")}, {"额": 2}, {"额": gap("C3")}]}
    assert told(make, "{{ (甲 + 1) * 各项|sum(attribute='额') }}", context) == ["A1", "C1", "C3"]
    assert told(make, "{{ 各项|min(attribute='额') }}", context) == ["C1", "C3"]
    assert told(make, "{% for 组 in 各项|groupby('额') %}{{ 组.grouper }}{% endfor %}", context) == [
        "C1",
        "C3",
    ]


def test_another_fault_is_told_together_with_the_gaps_before_it(make):
    template = compile_template(make("{{ 甲 }}{{ 项目.名 }}"), "模板.docx")
    with pytest.raises(Problems) as caught:
        template.render({"甲": gap("A1"), "项目": {"名称": "子"}})
    assert [type(each) for each in caught.value.faults] == [MissingValue, UnknownField]


def test_a_rendering_knows_nothing_of_the_gaps_of_another(make, read):
    template = compile_template(make("{{ 甲 }}"), "模板.docx")
    with pytest.raises(Problems):
        template.render({"甲": gap("A1")})
    assert read.text(template.render({"甲": "有"})) == "有"


def test_a_gap_in_the_place_of_a_row_or_a_paragraph_asks_for_its_cell(make):
    assert told(make, "{{p 甲 }}", {"甲": gap("A1")}) == ["A1"]
    assert told(make, "{{r 甲 }}", {"甲": gap("A1")}) == ["A1"]
    assert told(make, "", {"甲": gap("A1")}, rows=[["{{tr 甲 }}"]]) == ["A1"]
    assert told(make, "", {"甲": gap("A1")}, title="{{ 甲 }}") == ["A1"]


def test_a_gap_pickles_and_hashes_and_is_not_changed():
    made = Gap(empty("A1"), empty("A2"))
    again = pickle.loads(pickle.dumps(made))  # noqa: S301  our own bytes
    assert [each.field for each in again.faults] == ["A1", "A2"]
    assert {made: 1}[made] == 1
    with pytest.raises(AttributeError, match="immutable"):
        made.faults = ()


def test_a_gap_outside_a_rendering_is_an_empty_text():
    assert f"{gap('A1')}|{gap('A1'):>8}" == "|"


NAMES = st.sampled_from("甲乙丙")
VALUES = st.one_of(st.none(), st.sampled_from(["子", "丑"]))  # none: a gap
PIECES = st.recursive(
    st.one_of(st.tuples(st.just("print"), NAMES), st.tuples(st.just("field"), NAMES)),
    lambda inner: st.one_of(
        st.tuples(st.just("if"), NAMES, st.lists(inner, max_size=3), st.lists(inner, max_size=3)),
        st.tuples(st.just("for"), st.lists(inner, max_size=3)),
    ),
    max_leaves=12,
)
THINGS = st.lists(st.fixed_dictionaries(dict.fromkeys("甲乙丙", VALUES)), max_size=3)


def written(piece, inside=False):
    """Return a piece as a template writes it."""
    match piece:
        case ("print", name):
            return f"{{{{ {name} }}}}"
        case ("field", name):
            return f"{{{{ 项.{name} }}}}" if inside else ""
        case ("if", name, then, otherwise):
            then, otherwise = ("".join(written(each, inside) for each in some) for some in (then, otherwise))
            return f"{{% if {name} %}}{then}{{% else %}}{otherwise}{{% endif %}}"
        case ("for", body):
            return f"{{% for 项 in 各项 %}}{''.join(written(each, True) for each in body)}{{% endfor %}}"


def printed(piece, values, things, at=None):
    """Return the model's answer: what a piece prints, each value or the cell of a gap."""
    match piece:
        case ("print", name):
            return [values[name] or f"!{name}"]
        case ("field", name):
            return [] if at is None else [things[at][name] or f"!{at}{name}"]
        case ("if", name, then, otherwise):
            some = then if values[name] else otherwise
            return [word for each in some for word in printed(each, values, things, at)]
        case ("for", body):
            return [
                word
                for at in range(len(things))
                for each in body
                for word in printed(each, values, things, at)
            ]


@given(st.lists(PIECES, max_size=4), st.fixed_dictionaries(dict.fromkeys("甲乙丙", VALUES)), THINGS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gaps_are_found_exactly_in_any_nesting_of_loops_and_conditions(make, read, pieces, values, things):
    expected = [word for piece in pieces for word in printed(piece, values, things)]
    asked = list(dict.fromkeys(word[1:] for word in expected if word.startswith("!")))
    context = {name: value or gap(name) for name, value in values.items()}
    context["各项"] = [
        {name: value or gap(f"{at}{name}") for name, value in each.items()} for at, each in enumerate(things)
    ]
    found = told(make, "".join(map(written, pieces)), context)
    if asked:
        assert found == asked
    else:
        assert read.text(found) == "".join(expected)


def test_the_fault_of_a_gap_is_made_when_somebody_asks_for_it_and_once():
    made = []

    def tell():
        made.append(empty("项目!G3"))
        return made[-1]

    late = Gap.told_by(tell)
    assert not late
    assert late.name is late
    assert not made
    assert late.fault is late.faults[0] is made[0]
    assert pickle.loads(pickle.dumps(late)).fault.what == made[0].what  # noqa: S301
    assert len(made) == 1
