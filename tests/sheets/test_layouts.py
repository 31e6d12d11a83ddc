"""Sheets as clerks rearrange them: read all the same, or refused with the place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.model.approval import Approval
from docgen.model.mechanism import Mechanism
from docgen.model.project import Project

HEAD = ("项目", "审批事项", "责任人", "计划办结", "状态")
ROW = (3, "节能审查", "周景明", "2026-01-31", "未申报")


def test_the_smallest_folder_reads_without_a_word(data: Any) -> None:
    reading = data.read()
    assert (reading.faults, reading.advices) == ((), ())
    assert data.approval().project.name == "绿色建材生产线项目"


def test_the_row_below_a_title_is_found_as_the_header(data: Any) -> None:
    data.write("手续", ("前期手续台账",), (), ("填报单位：", "县发改委"), HEAD, ROW)
    assert data.approval().responsible == "周景明"


def test_columns_are_found_by_their_headers_in_any_order(data: Any) -> None:
    data.write("手续", tuple(reversed(HEAD)), tuple(reversed(ROW)))
    assert (data.approval().responsible, data.approval().planned) == ("周景明", date(2026, 1, 31))


def test_columns_and_rows_that_are_hidden_are_read(data: Any) -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[2].hidden = True

    data.edit("手续", hide)
    assert data.approval().responsible == "周景明"


def test_a_hidden_sheet_is_read(data: Any) -> None:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("说明")
        sheet.sheet_state = "hidden"

    data.edit("手续", hide)
    assert data.approval().responsible == "周景明"


def test_columns_of_the_clerks_own_are_no_fault_whatever_they_hold(data: Any) -> None:
    data.write("手续", (*HEAD, "我的计算", None), (*ROW, "=A2&B2", "随手记👍"))
    assert data.faults() == []


def test_blank_rows_are_passed_over_and_faults_below_them_keep_their_place(data: Any) -> None:
    data.write("手续", HEAD, (), ROW, (None, " ", "\u200b"), (), (1, "节能审查", None, "不知道", "未申报"))
    assert data.faults() == ["手续!D6「计划办结」：写的是“不知道”，要填日期，例如 2026-01-31"]


@pytest.mark.parametrize(
    "header",
    [
        "计划\n办结",
        "计 划 办 结",
        "计划办结*",
        "＊计划办结",
        "计划办结（必填）",
        "计划办结(年月日)",
        "计划办结：",
        "计划\u200b办结",
        "计划_x000D_\n办结",
    ],
)
def test_a_header_is_known_whatever_is_put_around_it(data: Any, header: str) -> None:
    data.write("手续", ("项目", "审批事项", header, "状态"), (3, "节能审查", "2026-01-31", "未申报"))
    assert data.approval().planned == date(2026, 1, 31)


@pytest.mark.parametrize(
    "header",
    [
        "总投资",
        "总投资（亿元）",
        "总投资(亿元)",
        "总投资（单位：亿元）",
        "总投资\n（亿元）",
        "总投资（亿）",
        "总投资（含税）",
    ],
)
def test_a_header_may_give_its_unit_of_measure_or_none(data: Any, header: str) -> None:
    data.write(
        "项目", ("序号", "项目名称", "项目类型", "清单阶段", header), (3, "绿色建材", "企业投资", "终稿", 5.2)
    )
    assert str(data.project().total_investment) == "5.2"


@pytest.mark.parametrize(
    "header", ["总投资（万元）", "总投资(单位:万元)", "总投资（元）", "总投资（百万元）"]
)
def test_a_header_with_another_unit_of_measure_is_refused(data: Any, header: str) -> None:
    data.write(
        "项目",
        ("序号", "项目名称", "项目类型", "清单阶段", header),
        (3, "绿色建材", "企业投资", "终稿", 52000),
    )
    unit = header[4:-1].removeprefix("单位:")
    assert data.faults() == [
        f"项目!E1「总投资（亿元）」：表上写的单位是“{unit}”，这一列按“亿元”读取。请把数字换算成亿元，并把表头改为“总投资（亿元）”。"
    ]


def test_a_line_above_the_header_with_another_unit_of_measure_is_refused(data: Any) -> None:
    head = ("序号", "项目名称", "项目类型", "清单阶段", "总投资", "本年计划完成投资（亿元）")
    row = (3, "绿色建材", "企业投资", "终稿", 52000, 2)
    data.write("项目", ("重大项目清单",), (None, None, None, None, None, "单位：万元"), head, row)
    assert [each[:16] for each in data.faults()] == ["项目!E3「总投资（亿元）」：表"]


def test_a_row_of_a_vertically_merged_project_belongs_to_it(data: Any) -> None:
    data.write(
        "手续", HEAD, ROW, (None, "用地预审", None, "2月底", "未申报"), (1, "节能审查", None, None, "未申报")
    )
    data.edit("手续", lambda sheet: sheet.merge_cells("A2:A3"))
    found = [(each.project.number, each.item.name) for each in data.records().of(Approval)]
    assert found == [(3, "节能审查"), (3, "用地预审与选址意见书"), (1, "节能审查")]


def test_a_value_merged_to_the_right_stays_in_its_first_column(data: Any) -> None:
    data.edit("手续", lambda sheet: sheet.merge_cells("C2:D2"))
    assert (data.approval().responsible, data.approval().planned) == ("周景明", None)


def test_a_header_merged_over_two_rows_is_one_header(data: Any) -> None:
    def merge(sheet: Any) -> None:
        for letter in "ABCDE":
            sheet.merge_cells(f"{letter}1:{letter}2")

    data.write("手续", HEAD, (), ROW)
    data.edit("手续", merge)
    assert len(data.records().of(Approval)) == 1


def test_headers_grouped_under_a_common_one_are_found_in_the_lower_row(data: Any) -> None:
    upper = ("序号", "项目名称", "项目类型", "清单阶段", "投资", None)
    lower = (None, None, None, None, "总投资（亿元）", "本年计划完成投资（亿元）")

    def merge(sheet: Any) -> None:
        sheet.merge_cells("E1:F1")
        for letter in "ABCD":
            sheet.merge_cells(f"{letter}1:{letter}2")

    data.write("项目", upper, lower, (3, "绿色建材", "企业投资", "终稿", 5.2, 2))
    data.edit("项目", merge)
    assert (str(data.project().total_investment), str(data.project().year_investment)) == ("5.2", "2")


def test_a_header_over_two_columns_is_refused(data: Any) -> None:
    data.write("手续", (*HEAD, "状态"), (*ROW, "办结"))
    assert data.faults() == ["手续：表头「状态」出现了2次（E1、F1），请只留一处"]


def test_a_missing_required_column_is_named_with_the_header_that_looks_like_it(data: Any) -> None:
    data.write("手续", ("项目", "审批事项名称", "状态"), (3, "节能审查", "未申报"))
    assert data.faults() == ["手续：缺少必填的列「审批事项」。表头“审批事项名称”是不是应写作“审批事项”？"]


def test_a_missing_required_column_without_a_likeness_is_named(data: Any) -> None:
    data.write("手续", ("项目", "状态"), (3, "未申报"))
    assert data.faults() == ["手续：缺少必填的列「审批事项」。请补上这一列。"]


def test_a_misspelt_optional_column_is_spoken_of(data: Any) -> None:
    """It is read all the same, as a column of the clerk's own, and the advice says so."""
    data.write("手续", ("项目", "审批事项", "责任人员", "状态"), (3, "节能审查", "周景明", "未申报"))
    reading = data.read()
    assert reading.faults == ()
    assert [each.text for each in reading.advices] == [
        "手续：列「责任人员」读作另加的列，是不是应写作「责任人」？"
    ]


def test_a_sheet_without_header_is_told_its_columns(data: Any) -> None:
    data.write("手续", ROW)
    (told,) = data.faults()
    assert told.startswith(
        "手续：没有找到表头。表头应有这些列：项目、审批事项、状态。可用 docgen sheets new 生成空白表对照；"
    )


def test_a_required_sheet_without_rows_is_refused_and_an_optional_one_is_not(data: Any) -> None:
    data.write("手续", HEAD)
    data.write("节假日", ("日期", "是否上班"))
    assert data.faults() == ["手续：表中没有数据，请至少填一行"]


def test_a_renamed_sheet_is_found_by_its_likeness(data: Any, make_book: Any, good: Any) -> None:
    (data.path / "手续.xlsx").write_bytes(make_book({"手续表": good["手续"], "附注": [("无",)]}))
    assert data.faults() == ["data 中没有“手续”表。工作表“手续表”是不是应改名为“手续”？"]


def test_the_only_sheet_of_a_workbook_may_have_any_name(data: Any, make_book: Any, good: Any) -> None:
    (data.path / "手续.xlsx").write_bytes(make_book({"Sheet1": good["手续"]}))
    assert data.faults() == []


def test_a_missing_sheet_is_told_how_to_get_one(data: Any) -> None:
    (data.path / "手续.xlsx").unlink()
    assert data.faults() == ["data 中没有“手续”表。可用 docgen sheets new 手续 生成空白表。"]


def test_all_sheets_may_stand_in_one_workbook(tmp_path: Any, data: Any, make_book: Any, good: Any) -> None:
    for each in data.path.iterdir():
        each.unlink()
    (data.path / "全部.XLSX").write_bytes(make_book(good))
    data.records()


def test_a_sheet_in_two_workbooks_is_refused_with_both(data: Any, good: Any) -> None:
    data.write("手续", *good["手续"], book="手续 - 副本")
    assert data.faults() == [
        "“手续”表同时出现在：手续 - 副本.xlsx、手续.xlsx，请只留一个，把其余的移出数据文件夹"
    ]


@pytest.mark.parametrize(
    "name", ["~$手续.xlsx", ".~手续.xlsx", ".手续.xlsx.swp", "手续.xlsx.tmp", "手续.csv", "说明.docx"]
)
def test_lock_files_and_other_files_are_passed_over(data: Any, name: str) -> None:
    (data.path / name).write_bytes(b"\x05lock")
    assert data.faults() == []


def test_an_empty_folder_lacks_every_required_sheet(data: Any) -> None:
    for each in data.path.iterdir():
        each.unlink()
    assert [each.split("“")[1].split("”")[0] for each in data.faults()] == [
        "单位",
        "人员",
        "工作机制",
        "文种",
        "事项",
        "项目",
        "手续",
    ]


def test_a_form_may_have_its_labels_in_the_second_column_and_blank_lines_between(
    data: Any, good: Any
) -> None:
    rows = [("基本情况",), *((n, *row) for n, row in enumerate(good["工作机制"], 1))]
    data.write("工作机制", rows[0], (), *rows[1:])
    assert data.records().of(Mechanism)[0].year == 2026


def test_a_fault_in_a_form_names_its_cell(data: Any) -> None:
    data.change("工作机制", B5="今年", B12="去年")
    assert data.faults() == [
        "工作机制!B5「年度」：写的是“今年”，要填整数",
        "工作机制!B12「设立文件日期」：写的是“去年”，要填日期，例如 2026-01-31",
    ]


def test_a_line_missing_from_a_form_is_named(data: Any, good: Any) -> None:
    data.write("工作机制", *(row for row in good["工作机制"] if row[0] != "联系人"))
    assert data.faults() == ["工作机制「联系人」：没有填，这一项必填，请填联系人"]


def test_a_label_that_a_form_has_twice_is_refused(data: Any, good: Any) -> None:
    data.write("工作机制", *good["工作机制"], ("简称", "另一个简称"))
    assert data.faults() == ["工作机制：表头「简称」出现了2次（A2、A15），请只留一处"]


def test_dates_without_year_take_the_year_of_the_form(data: Any) -> None:
    data.change("工作机制", B5=2028)
    data.change("手续", D2="2月底")
    assert data.approval().planned == date(2028, 2, 29)


def test_nothing_is_written_into_the_folder(data: Any) -> None:
    before = {each.name: each.read_bytes() for each in data.path.iterdir()}
    data.read()
    assert {each.name: each.read_bytes() for each in data.path.iterdir()} == before


def test_records_stand_in_the_order_of_their_rows(data: Any) -> None:
    assert [each.number for each in data.records().of(Project)] == [1, 3]
