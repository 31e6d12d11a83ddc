"""Rows that a clerk has hidden or struck through, and two names where one belongs, are asked about."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

HEAD = ("项目", "审批事项", "责任人", "计划办结", "状态")


def two_rows(data: Any) -> None:
    rows = ((3, "节能审查", "周景明", None, "未申报"), (1, "节能审查", "郝喆", None, "未申报"))
    data.write("手续", HEAD, *rows)


def test_a_hidden_row_is_read_and_named(data: Any) -> None:
    """A filter left on hides rows of which nobody thinks any more: they count, and that is said."""
    two_rows(data)
    data.edit("手续", lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True))
    reading = data.read()
    assert [each.text for each in reading.advices] == ["手续 第3行是隐藏的，已照常读取，请核对"]
    assert reading.faults == ()


def test_a_row_struck_through_is_read_and_asked_about(data: Any) -> None:
    """Strike-through may mean done or taken back; docgen decides neither."""
    two_rows(data)
    data.edit("手续", lambda sheet: setattr(sheet["B2"], "font", Font(strike=True)))
    texts = [each.text for each in data.read().advices]
    assert texts == ["手续 第2行有删除线，可能已经取消，已照常读取，请核对"]


@pytest.mark.parametrize("at", ["C2", "D2"])
def test_part_of_a_text_struck_through_is_not_read_as_one_with_the_rest(data: Any, at: str) -> None:
    """张三, struck, and 李四 would be one name, 6, struck, and 6.8 would be 66.8."""
    two_rows(data)
    struck = CellRichText(TextBlock(InlineFont(strike=True), "张三"), "李四")
    data.edit("手续", lambda sheet: setattr(sheet[at], "value", struck))
    (fault,) = data.read().faults
    assert f"手续!{at}「" in str(fault)
    assert "划掉了一部分（“张三”）" in str(fault)


def test_a_text_of_which_part_is_bold_is_read(data: Any) -> None:
    two_rows(data)
    bold = CellRichText(TextBlock(InlineFont(b=True, strike=False), "周"), "景明")
    data.edit("手续", lambda sheet: setattr(sheet["C2"], "value", bold))
    assert data.read().faults == ()


def test_a_font_that_is_not_struck_says_nothing(data: Any) -> None:
    two_rows(data)
    data.edit("手续", lambda sheet: setattr(sheet["B2"], "font", Font(bold=True, strike=False)))
    assert data.read().advices == ()


def test_two_units_where_one_belongs_are_named(data: Any) -> None:
    """Two names that are known are no unknown name: the message says that one is to be chosen."""
    data.write(
        "手续", ("项目", "审批事项", "审批单位", "状态"), (3, "节能审查", "县发改委、县国土局", "未申报")
    )
    said = "手续!C2「审批单位」：写了几个单位（县发改委、县国土局）"
    assert data.faults() == [f"{said}。这一列只能填一个的，请改为一个；可以填几个的，请用顿号隔开。"]


def test_two_responsible_persons_are_asked_about(data: Any) -> None:
    data.change("手续", C2="周景明、郝喆")
    assert ["写了几个人（周景明、郝喆）" in each.text for each in data.read().advices[:1]] == [True]


def test_faults_of_one_cell_do_not_hide_those_of_others(data: Any) -> None:
    """A name unknown, a date unclear and a state nobody knows in one row are all told at once."""
    data.write("手续", HEAD, (9, "节能审查", "甲", 1.1, "待评审"), (3, "能评", "乙", "力争月底", "未申报"))
    assert [each.split("：")[0] for each in data.faults()] == [
        "手续!A2「项目」", "手续!D2「计划办结」", "手续!E2「状态」", "手续!D3「计划办结」",
    ]  # fmt: skip
