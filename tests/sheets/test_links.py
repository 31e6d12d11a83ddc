"""Names in one sheet that stand for rows of another, and names that stand for two."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.unit import Unit

HEAD = ("项目", "审批事项", "审批单位", "状态")
UNITS = ("序号", "单位全称", "规范化简称", "其他称呼", "层级", "角色")
PEOPLE = ("序号", "姓名", "单位", "职务", "任职起", "任职止")
PROJECT = ("序号", "项目名称", "项目类型", "清单阶段", "项目管家", "牵头单位", "配合单位")


@pytest.mark.parametrize(
    "written",
    ["澄湖县自然资源局", "县自然资源局", "县国土局", " 县 自然资源局 ", "县自然资\n源局", "县国土局\u200b"],
)
def test_a_unit_is_known_by_full_short_and_other_names(data: Any, written: str) -> None:
    data.write("手续", HEAD, (3, "节能审查", written, "未申报"))
    assert data.approval().unit.order == 2


@pytest.mark.parametrize("written", [3, 3.0, "3", "３", "绿色建材生产线项目", "绿色建材 生产线项目"])
def test_a_project_is_known_by_number_and_name(data: Any, written: Any) -> None:
    data.write("手续", HEAD, (written, "能评", None, "未申报"))
    assert (data.approval().project.number, data.approval().item.name) == (3, "节能审查")


def test_units_that_differ_only_in_level_are_not_mixed_up(data: Any) -> None:
    data.write("手续", HEAD, (3, "用地预审", "市自然资源局", "未申报"))
    assert data.approval().unit.name == "安澜市自然资源局"
    data.write("手续", HEAD, (3, "用地预审", "自然资源局", "未申报"))
    assert data.faults() == [
        "手续!C2「审批单位」：写的是“自然资源局”，单位表中没有。是不是：县自然资源局、市自然资源局？"
    ]


def test_a_wrong_name_is_told_with_the_nearest_in_each_row_that_has_it(data: Any) -> None:
    rows = [(3, item, "县自然资局", "未申报") for item in ("节能审查", "用地预审")]
    data.write("手续", HEAD, *rows)
    words = "「审批单位」：写的是“县自然资局”，单位表中没有。是不是：县自然资源局、市自然资源局？"
    assert data.faults() == [f"手续!C{row}{words}" for row in (2, 3)]


def test_an_unknown_unit_is_refused_with_the_nearest_names(data: Any) -> None:
    data.write("手续", HEAD, (3, "节能审查", "县发展和改革委", "未申报"))
    assert data.faults() == [
        "手续!C2「审批单位」：写的是“县发展和改革委”，单位表中没有。是不是：县发展和改革委员会？"
    ]


def test_an_unknown_unit_like_no_other_is_refused_with_the_way_out(data: Any) -> None:
    data.write("手续", HEAD, (3, "节能审查", "XYZ", "未申报"))
    assert data.faults() == [
        "手续!C2「审批单位」：写的是“XYZ”，单位表中没有。请核对名称，或先在单位表中添加。"
    ]


def test_an_unknown_project_number_is_refused_without_guessing_at_numbers(data: Any) -> None:
    data.write("手续", HEAD, (31, "节能审查", None, "未申报"))
    assert data.faults() == ["手续!A2「项目」：写的是“31”，项目表中没有。请核对名称，或先在项目表中添加。"]


def test_each_unknown_name_of_a_cell_is_reported(data: Any) -> None:
    data.write("项目", PROJECT, (3, "甲", "企业投资", "终稿", None, None, "县发改委、甲局、乙局"))
    assert [each.split("。")[0] for each in data.faults()[:2]] == [
        "项目!G2「配合单位」：写的是“甲局”，单位表中没有",
        "项目!G2「配合单位」：写的是“乙局”，单位表中没有",
    ]


def test_several_units_are_linked_in_the_order_written(data: Any) -> None:
    data.write("项目", PROJECT, (3, "甲", "企业投资", "终稿", None, None, "县国土局，县发改委"))
    assert [each.short_name for each in data.project().supporting_units] == ["县自然资源局", "县发改委"]


def test_the_same_unit_is_the_same_record_everywhere(data: Any) -> None:
    records = data.records()
    assert records.of(Approval)[0].unit is records.of(Unit)[0]
    assert records.of(Approval)[0].project is records.of(Project)[-1]


def test_an_alias_that_two_units_share_is_ambiguous_where_it_is_used(data: Any) -> None:
    data.write("单位", UNITS, (1, "澄湖县发展和改革委员会", "县发改委", "国土局", "县级", "成员"),
               (2, "澄湖县自然资源局", "县自然资源局", "国土局", "县级", "成员"))  # fmt: skip
    data.write("手续", HEAD, (3, "节能审查", "国土局", "未申报"))
    assert data.faults() == [
        "手续!C2「审批单位」：“国土局”在单位表中对应多个：澄湖县发展和改革委员会、澄湖县自然资源局。请写全称。"
    ]


def test_a_short_name_that_two_units_have_is_one_fault_however_often_it_is_used(data: Any) -> None:
    """The cell to mend is the one in the list of units; every cell that uses the name would bury it."""
    data.write("单位", UNITS, (1, "澄湖县发展和改革委员会", "县发改委", "", "县级", "成员"),
               (2, "澄湖县自然资源局", "县发改委", "", "县级", "成员"))  # fmt: skip
    data.write("手续", HEAD, (3, "节能审查", "县发改委", "未申报"))
    assert data.faults() == ["单位!C3「规范化简称」：“县发改委”与 单位!C2 重复，请改正或删去其中一行"]


def test_two_units_with_one_short_name_are_refused(data: Any) -> None:
    data.change("单位", C3="县发改委", C4="市 自然资源局", B4="澄湖县自然资源局")
    assert data.faults()[:2] == [
        "单位!C3「规范化简称」：“县发改委”与 单位!C2 重复，请改正或删去其中一行",
        "单位!B4「单位全称」：“澄湖县自然资源局”与 单位!B3 重复，请改正或删去其中一行",
    ]


def test_an_alias_that_is_the_name_of_another_unit_is_refused(data: Any) -> None:
    data.change("单位", D4="县国土局、县自然资源局")
    assert "单位!D4「其他称呼」：“县自然资源局”与 单位!C3 重复，请改正或删去其中一行" in data.faults()


def test_a_project_named_like_the_number_of_another_is_refused(data: Any) -> None:
    data.change("项目", B3="1")
    assert data.faults() == ["项目!B3「项目名称」：“1”与 项目!A2 重复，请改正或删去其中一行"]


def test_an_approval_that_stands_twice_is_refused(data: Any) -> None:
    data.write("手续", HEAD, (3, "节能审查", None, "未申报"), ("绿色建材生产线项目", "能评", None, "补正"))
    assert data.faults() == ["手续!A3「项目、审批事项」：“3、节能审查”与 手续!A2 重复，请改正或删去其中一行"]


def test_a_rule_that_stands_twice_is_refused_whole(data: Any) -> None:
    head = ("开工时段", "层级", "办结时限")
    data.write(
        "时限规则",
        head,
        ("上半年", "县级", "1月31日"),
        ("上半年", "市级", "2月末"),
        ("上半年", "县级", "3月31日"),
        ("上半年", None, "5月1日"),
    )
    assert data.faults() == [
        "时限规则!A4「开工时段、层级、起算」：“上半年、县级、固定日期”与 时限规则!A2 重复，请改正或删去其中一行"
    ]


def test_a_person_with_two_posts_is_one_person_who_held_each_in_its_time(data: Any) -> None:
    data.write(
        "人员", PEOPLE,
        (1, "周景明", "县发改委", "副主任", "2025-01-01", "2026-01-15"),
        (2, "周景明", "县自然资源局", "局长", "2026-01-16", None),
    )  # fmt: skip
    data.write("项目", PROJECT, (3, "甲", "企业投资", "终稿", "周景明", None, None))
    steward = data.project().steward
    posts = [steward.on(day) for day in (date(2024, 12, 31), date(2026, 1, 15), date(2026, 1, 16))]
    assert [each and each.post for each in posts] == [None, "副主任", "局长"]


def test_a_person_not_in_the_sheet_is_refused(data: Any) -> None:
    data.write("项目", PROJECT, (3, "甲", "企业投资", "终稿", "周景名", None, None))
    assert data.faults() == ["项目!E2「项目管家」：写的是“周景名”，人员表中没有。是不是：周景明？"]


def test_a_name_whose_own_row_has_a_fault_is_not_a_second_fault(data: Any) -> None:
    data.change("单位", E2="大级")
    data.change("项目", D3="定稿")
    assert [each.split("：")[0] for each in data.faults()] == ["单位!E2「层级」", "项目!D3「清单阶段」"]


def test_names_of_a_sheet_that_cannot_be_read_are_not_faults_too(data: Any) -> None:
    (data.path / "单位.xlsx").write_bytes(b"")
    assert data.faults() == [
        "单位.xlsx：是空文件（0 字节）。请用备份替换，或用 docgen sheets new 重新生成空白表。"
    ]
    (data.path / "单位.xlsx").unlink()
    assert len(data.faults()) == 1
    data.write("单位", UNITS[:-1], (1, "澄湖县发展和改革委员会", "县发改委", None, "县级"))
    assert data.faults() == ["单位：缺少必填的列「角色」。请补上这一列。"]


def test_a_name_with_a_fault_of_its_own_does_not_hide_others(data: Any) -> None:
    data.write("手续", HEAD, (3, "节能审查", "县发该委", "未申报"), (9, "节能审查", None, "未申报"))
    assert [each.split("：")[0] for each in data.faults()] == ["手续!C2「审批单位」", "手续!A3「项目」"]


def test_a_project_without_a_readable_number_is_one_fault_not_one_for_each_of_its_approvals(
    data: Any,
) -> None:
    data.change("项目", A2="三")
    assert all("项目!A2「序号」" in fault for fault in data.faults())
    assert len(data.faults()) == 1


def test_a_row_with_one_fault_tells_what_else_its_cells_say_against_each_other(data: Any) -> None:
    head = ("项目", "审批事项", "审批单位", "申报日期", "受理日期", "办结日期", "状态")
    data.write("手续", head, (3, "节能审查", "XYZ", "2026-02-10", "2026-02-09", None, "办结"))
    assert data.faults() == [
        "手续!C2「审批单位」：写的是“XYZ”，单位表中没有。请核对名称，或先在单位表中添加。",
        "手续!E2「受理日期」：写的是“2026-02-09”，要填不早于“申报日期”的日期",
    ]


def test_a_bad_date_is_not_reported_as_missing_too(data: Any) -> None:
    head = ("项目", "审批事项", "办结日期", "状态")
    data.write("手续", head, (3, "节能审查", "快了", "办结"))
    assert data.faults() == ["手续!C2「办结日期」：写的是“快了”，要填日期，例如 2026-01-31"]


def test_a_link_to_a_row_with_a_fault_of_its_own_is_not_reported_as_empty(data: Any) -> None:
    """The chair of a meeting is given; that his own row has a fault is the only fault."""
    data.write("人员", PEOPLE, (1, "周景明", "县自然资源局", "局长", "2025.6", None))
    data.write(
        "会议",
        ("编号", "会议名称", "类型", "状态", "日期", "地点", "主持人", "参会单位", "议题", "出席"),
        (
            "会2026-01",
            "第1次会议",
            "会商研判",
            "已召开",
            "2026-03-12",
            "三楼",
            "周景明",
            "县自然资源局",
            "研究",
            "某某",
        ),
    )
    (fault,) = data.faults()
    assert fault.startswith("人员!E2「任职起」")
