"""Columns that a clerk adds to a sheet are fields, read as their cells read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.mechanism import Mechanism

HEAD = ("项目", "审批事项", "状态")
ROW = (3, "节能审查", "未申报")
OTHER = (3, "用地预审与选址意见书", "未申报")


def write(data: Any, *headers: Any, rows: Any = ((),)) -> None:
    """Write approvals with columns of one's own; at most two rows."""
    data.write(
        "手续", (*HEAD, *headers), *((*own, *more) for own, more in zip((ROW, OTHER), rows, strict=False))
    )


def extra(data: Any) -> list[dict[str, Any]]:
    return [dict(each.extra) for each in data.records().of(Approval)]


def advices(data: Any) -> list[str]:
    return [each.text for each in data.read().advices]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ((12, 7.0), (12, 7)),
        ((12, 7.5), (Decimal(12), Decimal("7.5"))),
        (
            (date(2026, 3, 1), datetime.fromisoformat("2026-03-02T09:30")),
            (date(2026, 3, 1), date(2026, 3, 2)),
        ),
        (("2026年3月1日", date(1998, 3, 2)), (date(2026, 3, 1), date(1998, 3, 2))),
        (("2026.3.1", "二〇二六年三月二日"), (date(2026, 3, 1), date(2026, 3, 2))),
        (("2026年3月1日", "3月底前后"), ("2026年3月1日", "3月底前后")),
        ((date(2026, 3, 1), "尽快"), ("2026-03-01", "尽快")),
        (("007", "12"), ("007", "12")),
        (("12", 7), ("12", "7")),
        (("是", "否"), ("是", "否")),
        ((True, False), ("是", "否")),
        ((True, 1), ("是", "1")),
        (("  张　三 ", "Ａ区 2号"), ("张三", "A区2号")),
    ],
)
def test_a_column_is_of_dates_numbers_or_texts_as_its_cells_are(data: Any, cells: Any, values: Any) -> None:
    write(data, "新列", rows=[(each,) for each in cells])
    assert extra(data) == [{"新列": each} for each in values]
    assert [type(each["新列"]) for each in extra(data)] == [type(each) for each in values]


@pytest.mark.parametrize("blank", [None, "", " ", "/", "—", "无", "待定", "\u200b"])
def test_blank_cells_are_absent_and_do_not_decide_what_the_column_is(data: Any, blank: Any) -> None:
    write(data, "新列", rows=[(5,), (blank,)])
    assert extra(data) == [{"新列": 5}, {}]


def test_a_label_is_the_header_without_its_unit_of_measure(data: Any) -> None:
    write(data, " 2026年\n投资（亿元） *", rows=[(5,)])
    assert extra(data) == [{"2026年投资": 5}]
    assert tuple(data.records().extra_types(Approval)) == ("2026年投资",)


def test_a_column_without_a_value_is_a_field_all_the_same_and_has_its_cell(data: Any) -> None:
    write(data, "新列")
    records = data.records()
    assert tuple(records.extra_types(Approval)) == ("新列",)
    assert records.of(Approval)[0].origin.place("新列") == "手续!D2"


def test_a_column_may_stand_before_and_between_those_of_the_sheet(data: Any) -> None:
    data.write("手续", ("甲", "项目", "乙", "审批事项", "状态"), (1, 3, "x", "节能审查", "未申报"))
    assert extra(data) == [{"甲": 1, "乙": "x"}]


def test_records_that_differ_in_an_added_column_differ(data: Any) -> None:
    write(data, "新列", rows=[("甲",)])
    one = data.approval()
    assert one != one.model_copy(update={"extra": {"新列": "乙"}})
    assert one == one.model_copy(update={"extra": {"新列": "甲"}})


@pytest.mark.parametrize("header", [None, " ", "（亿元）", 2026, "序号", "备 注", "说明：", "注" * 41])
def test_what_only_numbers_or_remarks_or_is_no_header_is_no_field(data: Any, header: Any) -> None:
    write(data, header, rows=[("x",)])
    assert tuple(data.records().extra_types(Approval)) in ((), ("备注",))
    assert extra(data) == [{}]


def test_a_header_that_stands_twice_is_no_field_and_it_is_said(data: Any) -> None:
    write(data, "面积（亩）", "面积（公顷）", rows=[(15, 1)])
    assert extra(data) == [{}]
    assert advices(data) == ["手续：列「面积」出现了2次（D1、E1），没有读取；要读取请各起名称"]


@pytest.mark.parametrize("name", ["亮灯", "剩余工作日", "本项", "设 置", "今天（日期）"])
def test_a_name_that_docgen_computes_or_uses_itself_is_refused_with_its_cell(data: Any, name: str) -> None:
    label = name.replace(" ", "").removesuffix("（日期）")
    write(data, name, rows=[("红灯",)])
    assert data.faults() == [
        (
            f"手续!D1「{label}」：这是 docgen 自己使用或计算的名称，不能另加这样的列。"
            "请给这一列换一个名称，或删去这一列。"
        )
    ]


def test_a_computed_name_is_only_refused_where_it_is_computed(data: Any, good: Any) -> None:
    header, *rows = good["人员"]
    data.write("人员", (*header, "亮灯"), *((*row, "红灯") for row in rows))
    assert data.faults() == []


@pytest.mark.parametrize("cell", ["=1+1", "=A2"])
def test_a_column_with_formulas_is_passed_over_and_it_is_said(data: Any, cell: str) -> None:
    write(data, "新列", rows=[(cell,), (5,)])
    assert extra(data) == [{}, {}]
    assert advices(data) == ["手续!D2「新列」：有公式或错误值，这一列没有读取"]


@pytest.mark.parametrize("cell", ["👍", "a\x07b", "@张三", 123456789012345678])
def test_a_cell_that_no_document_can_hold_is_passed_over_and_it_is_said(data: Any, cell: Any) -> None:
    if cell == "a\x07b":
        write(data, "新列", rows=[("a_x0007_b",), ("好",)])
    else:
        write(data, "新列", rows=[(cell,), ("好",)])
    assert extra(data) == [{}, {"新列": "好"}]
    assert advices(data) == ["手续!D2「新列」：不是公文中可用的文字，没有读取"]


def test_a_row_with_a_fault_does_not_disturb_the_added_columns_of_others(data: Any) -> None:
    data.write(
        "手续", (*HEAD, "责任人", "新列"), (*ROW, " 周景明\n", "甲"), (None,) * 5, (*OTHER, "=x", "乙")
    )
    assert len(data.faults()) == 1
    data.write(
        "手续", (*HEAD, "责任人", "新列"), (*ROW, " 周景明\n", "甲"), (None,) * 5, (*OTHER, "郝喆", "乙")
    )
    assert extra(data) == [{"新列": "甲"}, {"新列": "乙"}]


def test_a_line_added_to_a_form_is_a_field(data: Any, good: Any) -> None:
    data.write(
        "工作机制",
        *good["工作机制"],
        ("传真", "0990-7000001"),
        ("编印日期", date(2026, 1, 5)),
        ("备用", None),
    )
    mechanism = data.records().mechanism
    assert mechanism.extra == {"传真": "0990-7000001", "编印日期": date(2026, 1, 5)}
    assert mechanism.origin.place("传真") == "工作机制!B15"
    assert tuple(data.records().extra_types(Mechanism)) == ("传真", "编印日期", "备用")


def test_a_line_of_a_form_with_a_reserved_name_is_refused(data: Any, good: Any) -> None:
    data.write("工作机制", *good["工作机制"], ("层次", "一"))
    assert [each.split("：")[0] for each in data.faults()] == ["工作机制!A15「层次」"]
