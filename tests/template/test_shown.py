"""What a template uses is known without rendering it, so that no more need be computed."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.template.line import compile_expression, compile_line
from docgen.template.template import compile as compile_template

USED, STEP = {"": True}, {"": False}


def tree(**fields):
    return {"": False, **fields}


def listed(**fields):
    return {"": False, "[]": tree(**fields)}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("没有标签", {}),
        ("{{ 项目 }}", {"项目": USED}),
        ("{{ 项目.名称 }}{{ 项目['2026年投资'] }}", {"项目": tree(名称=USED, **{"2026年投资": USED})}),
        ("{% if 项目 %}{{ 项目.名称 }}{% endif %}", {"项目": {"": True, "名称": USED}}),
        ("{% for 项 in 各项 %}{{ 项.名称 }}{{ loop.index }}{% endfor %}", {"各项": listed(名称=USED)}),
        ("{% for 项 in 各项 %}{{ 项 }}{% endfor %}", {"各项": {"": False, "[]": USED}}),
        ("{% for 项 in 各项 %}{{ loop.previtem.名称 }}{% endfor %}", {"各项": listed(名称=USED)}),
        ("{% for 项 in 各项 if 项.办结 %}甲{% endfor %}", {"各项": listed(办结=USED)}),
        ("{{ 各项|length }}", {"各项": STEP}),
        ("{{ 各项|join('、') }}", {"各项": {"": False, "[]": USED}}),
        ("{{ 各项|map(attribute='单位.名称')|join('、') }}", {"各项": listed(单位=tree(名称=USED))}),
        ("{{ 各项|selectattr('办结')|map(attribute='额')|sum }}", {"各项": listed(办结=USED, 额=USED)}),
        ("{{ (各项|sort(attribute='序号,名称')|first).标题 }}", {"各项": listed(序号=USED, 名称=USED, 标题=USED)}),
        ("{% for 项 in 各项|map(attribute='单位')|unique %}{{ 项.电话 }}{% endfor %}",
         {"各项": listed(单位={"": True, "电话": USED})}),
        ("{% for 组 in 各项|groupby('单位') %}{{ 组.grouper.电话 }}{{ 组.list[0].名称 }}{% endfor %}",
         {"各项": listed(单位=tree(电话=USED), 名称=USED)}),
        ("{% for 单位, 件 in 各项|groupby('单位') %}{{ 单位 }}{{ 件|map(attribute='名称')|join }}{% endfor %}",
         {"各项": listed(单位=USED, 名称=USED)}),
        ("{{ 各项[0].名称 }}{{ 各项[:2]|map(attribute='号')|join }}", {"各项": listed(名称=USED, 号=USED)}),
        ("{% set 子 = 项目.单位 %}{{ 子.名称 }}", {"项目": tree(单位=tree(名称=USED))}),
        ("{% set 子, 丑 = 项目, 单位 %}{{ 子.名称 }}{{ 丑 }}", {"项目": tree(名称=USED), "单位": USED}),
        ("{% with 子 = 项目 %}{{ 子.名称 }}{% endwith %}", {"项目": tree(名称=USED)}),
        ("{{ (甲 if 丙 else 乙).名称 }}", {"甲": tree(名称=USED), "乙": tree(名称=USED), "丙": USED}),
        ("{{ (甲 or 乙).名称 }}", {"甲": {"": True, "名称": USED}, "乙": {"": True, "名称": USED}}),
        ("{{ 甲|default(乙) }}{{ (甲|default(乙)).子 }}", {"甲": {"": True, "子": USED}, "乙": {"": True, "子": USED}}),
        ("{% for 项 in [甲, 乙] %}{{ 项.名称 }}{% endfor %}", {"甲": tree(名称=USED), "乙": tree(名称=USED)}),
        ("{{ 甲.期限.strftime('%Y') }}{{ 甲.名 ~ '号' }}", {"甲": tree(期限=USED, 名=USED)}),
        ("{% for 键, 值 in 甲.items() %}{% endfor %}", {"甲": {"": True, "*": True}}),
        ("{% for 键, 值 in 甲|dictsort %}{% endfor %}", {"甲": {"": True, "*": True}}),
        ("{{ 甲[乙] }}", {"甲": {"": True, "*": True}, "乙": USED}),
        ("{{ 各项|map(attribute=乙)|join }}", {"各项": {"": True, "*": True, "[]": USED}, "乙": USED}),
        ("{% macro 写(子) %}{{ 子.名 }}{% endmacro %}{{ 写(甲) }}", {"甲": {"": True, "*": True}}),
        ("{% set 盒 = namespace(子=甲) %}{% set 盒.丑 = 乙 %}{{ 盒.子 }}",
         {"甲": {"": True, "*": True}, "乙": {"": True, "*": True}}),
        ("{{ range(甲)|join }}{{ 层次.一 }}", {"甲": USED}),
    ],
)  # fmt: skip
def test_the_tree_of_what_is_used(words, shown):
    assert compile_line(words, "标题").shown() == shown


def test_a_template_uses_what_its_parts_use(make):
    template = compile_template(make("{{ 项目.名称 }}", header="{{ 项目.号 }}"), "模板.docx")
    assert template.shown() == {"项目": tree(名称=USED, 号=USED)}
    assert compile_expression("项目.名称 == 甲", "条件").shown() == {"项目": tree(名称=USED), "甲": USED}


def test_a_filter_of_the_callers_own_may_use_any_field(make):
    template = compile_template(make("{{ 项目.单位|地址 }}"), "模板.docx", {"地址": str})
    assert template.shown() == {"项目": tree(单位={"": True, "*": True})}


def test_attributes_that_filters_take_are_fields_and_are_checked(make):
    template = compile_template(
        make("{{ 各项|map(attribute='单位')|join }}{{ 各项|sum(attribute='额') }}"), "模板.docx"
    )
    assert template.fields() == ("各项[].单位", "各项[].额")
    (fault,) = template.check({"各项": [{"单位": None, "额度": None}]})
    assert (fault.field, fault.nearest) == ("各项.额", "各项.额度")


class Watched(Mapping):
    """A group of fields that notes which are looked at."""

    def __init__(self, fields, path, seen):
        self.fields, self.path, self.seen = fields, path, seen

    def __getitem__(self, name):
        value = self.fields[name]
        path = (*self.path, name)
        self.seen.add(path)
        if isinstance(value, list):
            return [Watched(each, (*path, "[]"), self.seen) for each in value]
        return Watched(value, path, self.seen) if isinstance(value, dict) else value

    def __iter__(self):
        return iter(self.fields)

    def __len__(self):
        return len(self.fields)

    def __hash__(self):
        return hash(self.path)

    def __lt__(self, other):
        return self.path < other.path


RECORDS = st.sampled_from(["项目", "单位", "{} or 项目", "(项目 if 丙 else 单位)", "项目|default(单位)"])
LISTS = st.sampled_from(
    [
        "甲项",
        "甲项|sort(attribute='号')",
        "乙项|selectattr('号')",
        "(甲项 or 乙项)",
        "甲项 + 乙项",
        "[项目, 单位]",
    ]
)
FIELDS = st.sampled_from(["名", "号", "['名']", "主.名"])
TAGS = st.one_of(
    st.builds("{{{{ ({}).{} }}}}".format, RECORDS, FIELDS.filter(lambda each: "[" not in each)),
    st.builds("{{% set 子 = {} %}}{{{{ 子.号 }}}}".format, RECORDS),
    st.builds("{{% for 项 in {} %}}{{{{ 项.{} }}}}{{% endfor %}}".format, LISTS, st.sampled_from(["名", "主.号"])),
    st.builds("{{% for 项 in {} %}}{{{{ (loop.previtem|default(项)).名 }}}}{{% endfor %}}".format, LISTS),
    st.builds("{{{{ ({})|map(attribute='{}')|join }}}}".format, LISTS, st.sampled_from(["名", "主.名"])),
    st.builds("{{% for 组 in ({})|groupby('名') %}}{{{{ 组.list[0].号 }}}}{{% endfor %}}".format, LISTS),
    st.builds("{{% for 键, 值 in ({})|groupby('号') %}}{{{{ (值|last).名 }}}}{{% endfor %}}".format, LISTS),
    st.builds("{{% for 组 in ({})|batch(2) %}}{{{{ 组[0].名 }}}}{{% endfor %}}".format, LISTS),
    st.builds("{{% macro 写(子) %}}{{{{ 子.名 }}}}{{% endmacro %}}{{{{ 写({}) }}}}".format, RECORDS),
    st.builds("{{% if ({}).名 == '一' %}}{{{{ (({})|first).主.号 }}}}{{% endif %}}".format, RECORDS, LISTS),
)  # fmt: skip


def within(shown, path):
    """Whether a tree tells of a path."""
    for step in path:
        if shown.get("*"):
            return True
        if step not in shown:
            return False
        shown = shown[step]
    return True


@given(st.lists(TAGS, min_size=1, max_size=5).map("".join), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_rendering_looks_at_nothing_that_the_tree_does_not_tell(words, third):
    record = {"名": "一", "号": 1, "主": {"名": "二", "号": 2}}
    seen = set()
    context = {"项目": record, "单位": record, "甲项": [record, record], "乙项": [record], "丙": third}
    line = compile_line(words, "标题")
    line.render(Watched(context, (), seen))
    assert [path for path in seen if not within(line.shown(), path)] == []
