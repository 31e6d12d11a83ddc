"""Columns of real ledgers: the words they have above them, several lead units, terms, items that come before others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.spans import Month, Term
from docgen.model.values import DayUnit, Nature, TermBasis


def catalogue(data: Any, heads: tuple[str, ...], *rows: tuple[Any, ...]) -> None:
    """Write items, each with a usual unit and level, and an approval of the first."""
    usual = ("县发改委", "县级")
    data.write(
        "事项", ("序号", "事项名称", *heads, "通常审批单位", "层级"), *((*row, *usual) for row in rows)
    )
    data.write("手续", ("项目", "审批事项", "状态"), (3, rows[0][1], "组卷中"))


@pytest.mark.parametrize(
    ("header", "written", "name", "read"),
    [
        ("所属旗县", "澄湖县", "district", "澄湖县"),
        ("截至上年底累计完成投资（亿元）", 1.2, "invested_before", Decimal("1.2")),
        ("项目代码", "2601-990124-04-01-123456", "code", "2601-990124-04-01-123456"),
        ("计划竣工时间", "2027.10", "planned_finish", Month(2027, 10)),
        ("建设性质", "改建和技术改造", "nature", Nature.REBUILT),
        ("自治区资金", "3000万元", "provincial", Decimal("0.3")),
        ("是否纳统", "√", "in_statistics", True),
    ],
)
def test_a_column_is_read_under_the_words_that_ledgers_have_for_it(
    data: Any, header: str, written: Any, name: str, read: Any
) -> None:
    head = ("序号", "项目名称", "项目类型", "清单阶段", header)
    data.write("项目", head, (3, "绿色建材", "企业投资", "终稿", written))
    assert getattr(data.project(), name) == read


def test_one_column_under_two_of_its_words_is_refused(data: Any) -> None:
    catalogue(data, ("法定时限", "法定工作日"), (1, "节能审查", 20, 20))
    assert data.faults()[0] == "事项：表头「法定时限」出现了2次（C1、D1），请只留一处"


def test_several_units_may_lead_and_the_first_is_the_one_addressed(data: Any) -> None:
    head = ("序号", "项目名称", "项目类型", "清单阶段", "牵头单位")
    data.write("项目", head, (3, "绿色建材", "企业投资", "终稿", "县自然资源局、县发改委"))
    project = data.project()
    assert [each.short_name for each in project.lead_units] == ["县自然资源局", "县发改委"]
    assert project.lead_unit is project.lead_units[0]


def test_a_term_is_read_with_its_unit_and_is_of_working_days_without_one(data: Any) -> None:
    head = ("法定工作日", "时限单位", "承诺工作日", "承诺时限单位")
    catalogue(data, head, (1, "节能审查", 60, "自然日", 15, None), (2, "用地预审", 0, None, None, None))
    first, second = data.records().of(Item)
    assert (first.statutory, first.promised) == (Term(60, DayUnit.CALENDAR), Term(15))
    assert [str(each) for each in (first.statutory, first.promised, second.statutory)] == [
        "60日", "15个工作日", "即办",
    ]  # fmt: skip
    assert [each.term(TermBasis.PROMISED) for each in (first, second)] == [Term(15), Term(0)]


def test_an_item_counts_in_the_rate_of_completion_unless_it_says_no(data: Any) -> None:
    catalogue(data, ("计入办结率",), (1, "节能审查", None), (2, "用地预审", "否"))
    assert [each.counted for each in data.records().of(Item)] == [True, False]


def test_items_that_come_before_others_are_found_by_any_of_their_names(data: Any) -> None:
    catalogue(data, ("前置事项", "其他称呼"), (1, "用地预审", None, "预审"), (2, "节能审查", "预审", None))
    records = data.records()
    assert records.predecessors_of(records.of(Item)[1]) == records.of(Item)[:1]


def test_an_item_before_another_that_the_catalogue_does_not_have_is_a_fault(data: Any) -> None:
    catalogue(data, ("前置事项",), (1, "用地预审", None), (2, "节能审查", "用地予审"))
    assert data.faults() == ["事项!C3「前置事项」：写的是“用地予审”，事项表中没有。是不是：用地预审？"]


@pytest.mark.parametrize(
    ("before", "place", "circle"),
    [
        (("甲", None, None), "C2", "甲→甲"),
        (("乙", "甲", None), "C2", "甲→乙→甲"),
        (("丙", "甲", "乙"), "C2", "甲→丙→乙→甲"),
        ((None, "丙", "乙、甲"), "C3", "乙→丙→乙"),
    ],
)
def test_items_that_wait_for_each_other_are_a_fault_named_once(
    data: Any, before: tuple[str | None, ...], place: str, circle: str
) -> None:
    catalogue(data, ("前置事项",), *((n, "甲乙丙"[n - 1], each) for n, each in enumerate(before, 1)))
    assert data.faults() == [
        f"事项!{place}「前置事项」：前置事项绕成了圈：{circle.replace('→', ' → ')}。请删去其中一处前置事项。"
    ]


def test_two_ways_to_one_item_are_no_circle(data: Any) -> None:
    rows = ((1, "甲", None), (2, "乙", "甲"), (3, "丙", "甲"), (4, "丁", "乙、丙"))
    catalogue(data, ("前置事项",), *rows)
    assert data.faults() == []
    assert data.records().of(Approval)[0].state.before_submission


def test_no_word_stands_above_two_columns_of_a_sheet() -> None:
    from docgen.model.fields import fields_of

    for record in (Project, Approval, Item):
        words = [word for spec in fields_of(record) for word in (spec.label, *spec.column.also)]
        assert len(words) == len(set(words))
