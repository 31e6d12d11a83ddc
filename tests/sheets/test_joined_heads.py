"""Data sheets in the shapes of real lists: heads of several rows, records over several rows, sheets of other names."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.fields import fields_of
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.joined import joined

NAMES = ("序号", "项目名称", "项目类型", "清单阶段", "计划开工")
FIRST = (1, "澄湖县供水管网改造工程", "政府投资", "终稿", "2026年3月")
SECOND = (3, "绿色建材生产线项目", "企业投资", "终稿", "2026年9月")
AMOUNTS = ("总投资（亿元）", "本年计划完成投资（亿元）")
LABELS = {plain(word): spec for spec in fields_of(Project) for word in (*spec.column.also, spec.label)}


def under(parent: str, *children: str, merged: bool = True) -> Any:
    """Lay the sheet of projects with a parent over some heads, the others merged down or left blank below."""

    def lay(sheet: Worksheet) -> None:
        sheet.delete_rows(1, sheet.max_row)
        sheet.append([*NAMES, parent])
        sheet.append([*[None] * len(NAMES), *children])
        for row in (FIRST, SECOND):
            sheet.append([*row, 1.5, 0.5][: len(NAMES) + len(children)])
        for column in range(1, len(NAMES) + 1 if merged else 1):
            sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
        last = len(NAMES) + len(children)
        sheet.merge_cells(start_row=1, end_row=1, start_column=len(NAMES) + 1, end_column=last)

    return lay


@pytest.mark.parametrize("merged", [True, False])
def test_heads_under_a_merged_parent_are_known_by_their_own_words(data: Any, merged: bool) -> None:
    """The parent says what the columns are about; a plain one needs no word."""
    data.edit("项目", under("投资情况", *AMOUNTS, merged=merged))
    project = data.project()
    assert (str(project.total_investment), str(project.year_investment)) == ("1.5", "0.5")
    assert [each for each in data.read().advices if each.code.startswith("header")] == []


def test_a_unit_of_measure_in_the_parent_counts(data: Any) -> None:
    """万元 over 总投资 is refused as it is in a header of one row."""
    data.edit("项目", under("投资（万元）", "总投资", "本年计划完成投资"))
    assert [each.split("：")[1] for each in data.faults()] == [
        "表上写的单位是“万元”，这一列按“亿元”读取。请把数字换算成亿元，并把表头改为“总投资（亿元）”。",
        "表上写的单位是“万元”，这一列按“亿元”读取。请把数字换算成亿元，并把表头改为“本年计划完成投资（亿元）”。",
    ]


def test_a_parent_with_a_year_is_asked_about_and_heads_that_nobody_knows_are_named(data: Any) -> None:
    data.edit("项目", under("2025年", "总投资（亿元）", "力争（亿元）"))
    told = {each.code: each.text for each in data.read().advices if each.code.startswith("header")}
    assert "「2025年 / 总投资（亿元）」读作“总投资”" in told["header-joined"]
    assert "「2025年 / 力争（亿元）」没有认出来" in told["header-parts"]
    assert "sheets import" in told["header-parts"]


def test_words_split_down_over_two_rows_are_one_head(data: Any) -> None:
    def split(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        sheet["C1"], sheet["C2"] = "项目", "类型"
        sheet["D1"], sheet["D2"] = "清 单", "阶\n段"

    data.edit("项目", split)
    assert data.faults() == []
    assert data.project().type.value == "企业投资"


@pytest.mark.parametrize("merged", [True, False])
def test_a_record_over_several_rows_is_one_fault_a_row_that_says_what_to_do(data: Any, merged: bool) -> None:
    """Serial and name merged over two rows, or blank in the second: not a fault for each required cell of it."""

    def go_on(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        sheet["E3"] = "专项债"
        if merged:
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("B2:B3")

    data.edit("项目", go_on)
    found = data.read().faults
    assert [each.code for each in found] == ["row-continued", "cell-value"]
    assert str(found[0]).startswith("项目!A3「序号」：第3行没有自己的序号、项目名称，像是第2行的续行。")
    assert "sheets import" in str(found[0])


def test_a_serial_merged_over_two_projects_is_no_continued_row(data: Any) -> None:
    """Each has a name of its own, so that the serial that is the same is what is wrong."""
    data.change("手续", A2="绿色建材生产线项目")
    data.edit("项目", lambda sheet: sheet.merge_cells("A2:A3"))
    assert [each.code for each in data.read().faults] == ["cell-repeated"]


def test_a_workbook_whose_sheets_have_other_names_is_named_with_them(data: Any) -> None:
    """A list parted into sheets of new and continued projects is for `sheets import`; nothing else is said of it."""

    def part(sheet: Worksheet) -> None:
        sheet.title = "续建"
        sheet.parent.create_sheet("新开工")

    data.edit("项目", part)
    (fault,) = data.faults()
    assert fault.startswith("项目.xlsx 中没有名为“项目”的工作表，只有续建、新开工。")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", *NAMES, *AMOUNTS, "1", "县水利局"]), min_size=6, max_size=6),
        min_size=1,
        max_size=6,
    ),
    st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=3),
)
def test_no_sheet_is_too_odd_to_be_looked_at(
    rows: list[list[str]], areas: list[tuple[int, int, int, int]]
) -> None:
    """Whatever is merged with what, each column is named at most once in a joined header."""
    merged = tuple(((min(a, b), min(c, d)), (max(a, b), max(c, d))) for a, b, c, d in areas)
    found = joined(Grid("项目", rows, {}, {}, merged=merged), 0, LABELS)
    if found:
        names = [spec.name for spec in found.partly.values()]
        assert not {spec.name for spec in found.whole.values()} & set(names)
        assert len(found.header) == 6
