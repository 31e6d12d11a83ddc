"""Values that are texts and have fields, values computed when they are asked for, and mappings of other kinds."""

from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from docgen.template.faults import NotText, UnknownField, UnknownFile
from docgen.template.gaps import Gap
from docgen.template.line import compile_expression
from docgen.template.template import compile as compile_template


class Shown(str):
    """A text with fields by label."""

    __slots__ = ("__dict__",)

    def __new__(cls, text, fields):
        made = super().__new__(cls, text)
        made._fields = fields
        return made

    @property
    def __labels__(self):
        return self._fields

    def __getattr__(self, name):
        try:
            return self.__dict__["_fields"][name]
        except KeyError:
            raise AttributeError(name) from None


UNITS = {
    "发改": Shown("澄州市发展改革局", {"联系电话": "111", "序号": 2}),
    "住建": Shown("澄州市住房城乡建设局", {"联系电话": "222", "序号": 1}),
}
ITEMS = [
    {"事项": "立项", "单位": UNITS["发改"], "2026年投资": 5},
    {"事项": "用地", "单位": UNITS["住建"], "2026年投资": 7},
    {"事项": "施工", "单位": UNITS["发改"], "2026年投资": 9},
]


def rendered(make, read, words, context):
    return read.text(compile_template(make(words), "模板.docx").render(context))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("{{ 项.单位 }}（{{ 项.单位.联系电话 }}）", "澄州市发展改革局（111）"),
        ("{{ 项['单位']['联系电话'] }}{{ 项['2026年投资'] }}", "1115"),
        ("{{ '局' in 项.单位 }}{{ 项.单位|length }}", "True8"),
        ("{% if 项.单位 == '澄州市发展改革局' and 项.单位.序号 > 1 %}是{% endif %}", "是"),
        ("{{ 项.单位[:2] }}{{ '送' ~ 项.单位 }}", "澄州送澄州市发展改革局"),
        ("{{ 项.单位 + '（盖章）' }}", "澄州市发展改革局（盖章）"),
        ("{{ 各项|map(attribute='单位')|unique|join('、') }}", "澄州市发展改革局、澄州市住房城乡建设局"),
        ("{{ 各项|map(attribute='单位.联系电话')|join('、') }}", "111、222、111"),
        ("{{ 各项|sort(attribute='单位.序号')|map(attribute='事项')|join('、') }}", "用地、立项、施工"),
        ("{{ 各项|selectattr('单位.序号', 'eq', 1)|map(attribute='事项')|join }}", "用地"),
        ("{% for 组 in 各项|groupby('单位') %}{{ 组.grouper.联系电话 }}、{% endfor %}", "222、111、"),
        ("{% for 组 in 各项|groupby('单位') %}{{ 组.list|length }}{% endfor %}", "12"),
        ("{{ 各项|sum(attribute='2026年投资') }}", "21"),
        ("{{ 项.单位.没有 is defined }}{{ 项.单位.没有|default('无') }}", "False无"),
        ("{{ 项.单位|upper }}{{ 项.单位.replace('局', '委') }}", "澄州市发展改革局澄州市发展改革委"),
    ],
)  # fmt: skip
def test_a_text_with_fields_prints_as_its_text_and_gives_its_fields(make, read, words, written):
    assert rendered(make, read, words, {"项": ITEMS[0], "各项": ITEMS}) == written


def test_a_field_called_like_a_method_of_texts_is_the_field(make, read):
    words = {"人": Shown("陶映雪", {"title": "科员"})}
    assert rendered(make, read, "{{ 人.title }}{{ 人['title'] }}", words) == "科员科员"


@pytest.mark.parametrize(
    "words", ["{{ 项.单位.电话 }}", "{{ 项.单位['电话'] }}", "{{ 项.单位.联系电话号码 }}"]
)
def test_an_unknown_field_of_a_text_is_told_the_nearest(make, words):
    with pytest.raises(UnknownField) as caught:
        compile_template(make(words), "模板.docx").render({"项": ITEMS[0]})
    assert caught.value.nearest == "项.单位.联系电话"


def test_an_unknown_field_of_a_plain_text_is_told_no_method(make):
    with pytest.raises(UnknownField) as caught:
        compile_template(make("{{ 项.事项.titel }}"), "模板.docx").render({"项": ITEMS[0]})
    assert caught.value.nearest == ""


@pytest.mark.parametrize("kind", [dict, OrderedDict, MappingProxyType, type("Row", (dict,), {})])
def test_any_mapping_is_a_group_of_fields(make, read, kind):
    context = {"项": kind({"items": "甲", "名称": "乙"})}
    assert rendered(make, read, "{{ 项.items }}{{ 项.名称 }}{{ 项['名称'] }}", context) == "甲乙乙"
    with pytest.raises(NotText, match="“项”是一组字段"):
        rendered(make, read, "{{ 项 }}", context)
    with pytest.raises(UnknownField, match=r"项\.名称"):
        rendered(make, read, "{{ 项.名字 }}", context)


@pytest.mark.parametrize(
    "value", [iter("甲乙"), (each for each in "甲"), {"甲": 1}.values(), type("Many", (list,), {})("甲")]
)
def test_any_list_is_refused_where_a_text_is_printed(make, value):
    with pytest.raises(NotText, match="“项”是清单"):
        compile_template(make("{{ 项 }}"), "模板.docx").render({"项": value})


class Computed(Mapping):
    """Values that are computed when they are asked for."""

    def __init__(self, **makers):
        self.makers, self.asked = makers, []

    def __getitem__(self, name):
        made = self.makers[name]()
        self.asked.append(name)
        return made

    def __iter__(self):
        return iter(self.makers)

    def __len__(self):
        return len(self.makers)


def test_only_the_values_that_are_used_are_computed_each_once(make, read):
    context = Computed(甲=lambda: 1, 乙=lambda: Computed(子=lambda: 2, 丑=lambda: 3), 丙=lambda: 1 / 0)
    words = "{{ 甲 }}{{ 乙.子 }}{% for 丁 in [5] %}{{ 丁 }}{% endfor %}{{ range(2)|join }}"
    assert rendered(make, read, words, context) == "12501"
    assert sorted(context.asked) == ["乙", "甲"]
    expression = compile_expression("甲 + 1", "条件")
    assert expression.value(Computed(甲=lambda: 1, 丙=lambda: 1 / 0)) == 2


def test_an_unknown_name_is_told_the_nearest_of_the_computed_ones(make):
    with pytest.raises(UnknownField, match="是不是“项目”"):
        compile_template(make("{{ 项日 }}"), "模板.docx").render(Computed(项目=lambda: 1 / 0))


def test_a_fault_in_computing_a_value_comes_as_it_is(make):
    def fail():
        raise UnknownFile("模板", "印模.png", "")

    with pytest.raises(UnknownFile):
        compile_template(make("{{ 期限 }}"), "模板.docx").render(Computed(期限=fail))


def test_a_gap_among_texts_with_fields_sorts_last(make, read):
    things = [{"单位": Gap()}, {"单位": UNITS["发改"]}, {"单位": UNITS["住建"]}]
    words = "{{ 各项|sort(attribute='单位')|map(attribute='单位')|map('default', '无')|join('、') }}"
    assert rendered(make, read, words, {"各项": things}) == "澄州市住房城乡建设局、澄州市发展改革局、无"
