"""Conditions of declarations: what they can say, what they refuse, and that an empty value fits nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from docgen.documents.declared.conditions import _OTHERS, condition_of
from docgen.documents.facts import Facts
from docgen.documents.frame.telling import words_of_part
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import Scope, WrongPath
from docgen.model.approval import Approval
from docgen.model.records import Records
from docgen.model.values import Level

from pathlib import Path  # isort: skip

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def facts(records: Records) -> Facts:
    return Facts(records, date(2026, 3, 16))


@pytest.fixture(scope="module")
def scope(records: Records) -> Scope:
    return Scope(fields_of(Approval, records), {"起点": 10, "截止": "月底"}, records)


def met(written: str, scope: Scope, facts: Facts) -> list[Approval]:
    condition = condition_of(written, scope)
    return [each for each in facts.records.of(Approval) if condition.holds(each, facts)]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("亮灯 == '红灯'", lambda a, f: f.standing(a).light.value == "红灯"),
        ("项目.清单阶段 == '终稿'", lambda a, _: a.project.stage.value == "终稿"),
        ("层级 == '自治区级'", lambda a, _: a.level is Level.PROVINCE),
        ("层级 in ['旗县级', '盟市级']", lambda a, _: a.level in (Level.COUNTY, Level.CITY)),
        ("层级 >= '省级'", lambda a, _: a.level.rank >= Level.PROVINCE.rank),
        ("层级 >= '盟市级'", lambda a, _: a.level.rank >= Level.CITY.rank),
        ("项目.清单阶段 in ['初稿', '审核稿']", lambda a, _: a.project.stage.value in ("初稿", "审核稿")),
        (
            "审批单位.层级 <= '县级'",
            lambda a, _: a.unit.level.rank <= Level.COUNTY.rank,
        ),  # levels are compared by rank
        ("not 办结日期", lambda a, _: a.done is None),
        ("办结日期 >= '2026-01-01'", lambda a, _: a.done is not None and a.done >= date(2026, 1, 1)),
        ("超期工作日 >= 设置.起点", lambda a, f: (f.standing(a).left or 0) <= -10),
        ("项目.总投资 >= 5", lambda a, _: (a.project.total_investment or 0) >= 5),  # 12.4 is more than 5
        ("项目.总投资 < 9.6", lambda a, _: (a.project.total_investment or 99) < Decimal("9.6")),
        (
            "项目.总投资 in [12.40, 9.6]",
            lambda a, _: a.project.total_investment in (Decimal("12.4"), Decimal("9.6")),
        ),
        (
            "项目.总投资 not in [12.4, 9.60]",
            lambda a, _: a.project.total_investment not in (None, Decimal("12.4"), Decimal("9.6")),
        ),
        ("项目.序号 in [3.0, 5]", lambda a, _: a.project.number in (3, 5)),
        ("项目.序号 in [3, 5] and 待办", lambda a, _: a.project.number in (3, 5) and a.state.pending),
        ("项目.总投资 >= 设置.起点", lambda a, _: (a.project.total_investment or 0) >= 10),
        ("待办 and 层级 == '市级'", lambda a, _: a.state.pending and a.level.value == "市级"),
        ("状态 == '办结' or 状态 == '无需办理'", lambda a, _: not a.state.pending),
        ("not (待办 or 状态 == '办结')", lambda a, _: a.state.value == "无需办理"),
        ("审批单位 in 项目.配合单位", lambda a, _: a.unit in a.project.supporting_units),
    ],
)
def test_a_condition_holds_for_the_things_that_python_would_choose(written, same, scope, facts) -> None:
    expected = [each for each in facts.records.of(Approval) if same(each, facts)]
    assert met(written, scope, facts) == expected
    assert expected


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_an_empty_value_fits_no_comparison(sign: str, scope: Scope, facts: Facts) -> None:
    assert all(each.done is not None for each in met(f"办结日期 {sign} '2026-01-01'", scope, facts))


@pytest.mark.parametrize(
    ("written", "words", "near"),
    [
        ("亮灯 = '红灯'", "两个等号", ""),
        ("亮灯 == ‘红灯’", "引号要用半角", ""),
        ("亮灯 == '红灯' 且 待办", "“且”要写 and", ""),
        ("超期工作日 ≥ 10", "半角", ""),
        ("亮登 == '红灯'", "没有“亮登”这个字段", "亮灯"),
        ("项目.清单阶断 == '终稿'", "“项目”下没有“清单阶断”", "清单阶段"),
        ("状态 == 未申报", "没有“未申报”这个字段；是文字的，要加单引号：'未申报'", ""),
        ("状态 == '已办理完'", "没有“已办理完”这个选项", ""),
        ("项目.清单阶段 == '终搞'", "没有“终搞”这个选项", "终稿"),
        ("超期工作日 >= 设置.启点", "没有声明设置“启点”", "起点"),
        ("办结日期 > '去年'", "是日期", ""),
        ("超期工作日 > '十'", "是数字", ""),
        ("亮灯 > 3", "是文字", ""),
        ("待办 == '是'", "填的是“是”或“否”，直接写 待办 或 not 待办", ""),
        ("办结日期 > 2026-01-01", "日期要加引号", ""),
        ("办结日期 <= '今天'", "“今天”不加引号", ""),
        ("责任人.姓名 == '张'", "下面没有字段", ""),
        ("项目.项目名称.长度 > 3", "下面没有字段", ""),
        ("__class__", "没有", ""),
        ("项目.__class__", "没有", ""),
        ("().__class__", "", ""),
        ("项目|attr('x')", "条件只能由", ""),
        ("cycler()", "“函数 名称(…)”不是条件", ""),
        ("超期工作日 + 1 > 3", "“加减乘除”写在条件里不对", ""),
        ("超期工作日 is none", "“判断 is”不是条件", ""),
        ("项目['序号'] == 1", "“方括号取值 […]”写在条件里不对", ""),
        ("状态 == (待办 if 待办 else 亮灯)", "“取值 … if … else …”写在条件里不对", ""),
        ("-超期工作日 > 3", "“负号”写在条件里不对", ""),
        ("亮灯 == none", "“none”写在条件里不对", ""),
        ("range(3)", "不是条件", ""),
        ("'a' * 1000000000", "", ""),
        ("待办 }}{{ 1", "条件只能由", ""),
        ("审批单位 < 项目.牵头单位", "没有大小先后", ""),
        ("项目.项目管家 > 项目.项目管家", "没有大小先后", ""),
        ("项目.清单阶段 > '初稿'", "没有大小先后", ""),
        ("审批单位 == '县水利局'", "是一行数据，不能与文字比较，请写到它的字段，如 审批单位.规范化简称", ""),
        ("项目 == '绿色建材'", "请写到它的字段，如 项目.项目名称", ""),
        ("审批单位 > 5", "没有大小先后", ""),
        ("项目.手续.办理时限 < '2026-01-01'", "可能有几个，只能用 in", ""),
        ("办理时限 > 项目.项目名称", "不是同一类", ""),
        ("项目.序号 > 项目.项目名称", "不是同一类", ""),
        ("项目.总投资 > '100'", "是数字", ""),
        ("办理时限 < 设置.截止", "是日期", ""),
        ("-'甲' > 项目.序号", "写在条件里不对", ""),
        ("项目.序号 in 5", "in 后面要写", ""),
        ("(" * 300, "", ""),
        ("", "条件只能由", ""),
    ],
)
def test_what_a_condition_may_not_say_is_refused_with_the_right_word(written, words, near, scope) -> None:
    with pytest.raises(WrongPath) as refused:
        condition_of(written, scope)
    assert words in refused.value.words
    if near:
        assert refused.value.nearest == near


def test_all_that_is_wrong_with_a_condition_is_said_at_once(scope: Scope) -> None:
    with pytest.raises(WrongPath) as refused:
        condition_of("亮登 == '红灯' and 待办 and 办结日期 > '去年' and 项目.清单阶段 == '终搞'", scope)
    first, second, third = refused.value.words.split("；")
    assert first.endswith("没有“亮登”这个字段，是不是“亮灯”")
    assert ("是日期" in second, "没有“终搞”这个选项" in third, refused.value.nearest) == (True, True, "终稿")


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_refused(written: str) -> None:
    with suppress(WrongPath):
        assert condition_of(written, Scope(fields_of(Approval), {})).written == written


@pytest.mark.parametrize(
    ("written", "met", "unmet"),
    [
        ("项目.清单阶段 == '终稿'", "清单阶段是“终稿”", "清单阶段不是“终稿”"),
        ("层级 not in ['省级', '市级']", "层级不在“省级”、“市级”之中", "层级在“省级”、“市级”之中"),
        ("超期工作日 >= 设置.起点", "超期工作日不少于“起点”", "超期工作日少于“起点”"),
        ("not 办结日期", "没有“办结日期”", "有“办结日期”"),
        (
            "待办 or 状态 == '办结' or not 是否容缺",
            "符合“待办”或者状态是“办结”或者不符合“是否容缺”",
            "不符合“待办”，状态不是“办结”，符合“是否容缺”",
        ),
    ],
)
def test_what_is_met_or_not_is_told_in_words_without_those_of_declarations(
    written: str, met: str, unmet: str, scope: Scope
) -> None:
    (part,) = condition_of(written, scope).parts
    assert (words_of_part(part), words_of_part(part, met=False)) == (met, unmet)


def test_no_name_of_a_node_is_told_to_a_clerk() -> None:
    def below(sort: type[nodes.Node]) -> Iterator[type[nodes.Node]]:
        yield sort
        for each in sort.__subclasses__():
            yield from below(each)

    sorts = [each for each in below(nodes.Expr) if each not in (nodes.Tuple, nodes.List)]
    shown = {next(words for sort, words in _OTHERS if issubclass(each, sort)) for each in sorts}
    assert not any(each.__name__ in shown for each in sorts)
