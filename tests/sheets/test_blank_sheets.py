"""Sheets that docgen hands out, as a clerk meets them in Excel or WPS: opened again and looked at."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import python_calamine
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import WRONG_USE, Problems
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import Record, fields_of
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.schema import BUILT_IN
from docgen.model.unit import Unit
from docgen.sheets.writing.arrangement import BOOKS
from docgen.sheets.writing.blank import pages_across, workbook_bytes
from docgen.sheets.writing.books import files_of, offered_by, refuse_existing

UNITS = ["县发改委", "县自然资源局"]
ROWS: list[Mapping[str, Any]] = [
    {
        "project": 3,
        "item": "节能审查",
        "responsible": "周景明",
        "planned": date(2026, 1, 31),
        "state": "未申报",
    },
    {"project": 3, "item": "=1+1", "missing": "甲" * 100, "state": "办结"},
]
columns = [record for record in BUILT_IN.types if not record.form]


def sheet_of(
    record: type[Record], rows: list[Mapping[str, Any]] | None = None, **offered: list[str]
) -> Worksheet:
    kinds = {each.__name__: each for each in BUILT_IN.types}
    data = workbook_bytes([(record, rows or [])], {kinds[name]: names for name, names in offered.items()})
    found = openpyxl.load_workbook(io.BytesIO(data))[record.sheet]
    assert isinstance(found, Worksheet)
    return found


def letter_of(record: type[Record], label: str) -> str:
    return get_column_letter([spec.label for spec in fields_of(record)].index(label) + 1)


def rule_at(sheet: Worksheet, cell: str) -> Any:
    (found,) = [each for each in sheet.data_validations.dataValidation if cell in each.sqref]
    return found


@pytest.mark.parametrize("record", columns, ids=lambda each: each.__name__)
def test_a_sheet_has_title_and_header_with_notes_and_is_frozen_below_them(record: type[Record]) -> None:
    sheet, specs = sheet_of(record), fields_of(record)
    assert sheet["A1"].value == record.title
    assert [cell.value for cell in sheet[2]] == [spec.header for spec in specs]
    assert all(
        (cell.comment.text.startswith("必填")) == spec.required
        for cell, spec in zip(sheet[2], specs, strict=True)
    )
    assert sheet.freeze_panes == ("C3" if len(specs) > 3 else "A3")


@pytest.mark.parametrize("record", columns, ids=lambda each: each.__name__)
def test_required_columns_have_a_colour_of_their_own(record: type[Record]) -> None:
    colours = {
        spec.required: cell.fill.fgColor.rgb
        for cell, spec in zip(sheet_of(record)[2], fields_of(record), strict=True)
    }
    assert len(set(colours.values())) == len(colours)


@pytest.mark.parametrize("record", columns, ids=lambda each: each.__name__)
def test_a_sheet_prints_across_with_its_header_on_every_page_on_a3_when_it_has_many_columns(
    record: type[Record],
) -> None:
    sheet, many = sheet_of(record), len(fields_of(record)) > 12
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8 if many else 9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2 if record is Project else 1, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_title_cols == ("$A:$B" if many else None)


@pytest.mark.parametrize("record", columns, ids=lambda each: each.__name__)
def test_a_sheet_fits_its_pages_without_becoming_too_small_to_read(record: type[Record]) -> None:
    widths = [spec.column.width for spec in fields_of(record)]
    pages = pages_across(widths) if len(widths) > 12 else 1
    widest = 370 if len(widths) > 12 else 260  # of 11-point characters: 6 points in print
    assert sum(widths) + sum(widths[:2]) * (pages - 1) <= widest * pages


def test_the_title_of_a_sheet_on_two_pages_stands_on_the_first() -> None:
    (merged,) = sheet_of(Project).merged_cells.ranges
    widths = [spec.column.width for spec in fields_of(Project)]
    assert sum(widths[: merged.max_col]) < 370 < sum(widths)


def test_dates_numbers_and_texts_have_their_formats_in_every_row_a_clerk_may_add() -> None:
    sheet = sheet_of(Project)
    letters = {cell.value: cell.column_letter for cell in sheet[2]}
    formats = {head: sheet.column_dimensions[letter].number_format for head, letter in letters.items()}
    assert (
        formats
        | {
            "序号": "0",
            "项目名称": "@",
            "国家项目代码": "@",
            "总投资（亿元）": "0.00##",
            "计划开工": "@",
        }
        == formats
    )
    assert sheet_of(Approval).column_dimensions[letter_of(Approval, "申报日期")].number_format == "yyyy-mm-dd"


def test_short_lists_drop_down_from_the_cell_and_refuse_other_words() -> None:
    letter = letter_of(Approval, "状态")
    rule = rule_at(sheet_of(Approval), f"{letter}3")
    assert rule.formula1 == '"未申报,组卷中,已受理,补正,办结,无需办理,上报上级,不予许可"'
    assert rule.showErrorMessage is True
    assert f"{letter}3000" in rule.sqref


def test_yes_and_no_drop_down() -> None:
    assert rule_at(sheet_of(Approval), f"{letter_of(Approval, '是否容缺')}3").formula1 == '"是,否"'


def test_roles_drop_down_and_several_may_be_written() -> None:
    rule = rule_at(sheet_of(Member), "E3")
    assert rule.formula1.startswith('"总召集人,副总召集人,召集人,')
    for role in ("办公室主任", "经办", "核稿", "监印"):
        assert role in rule.formula1.strip('"').split(",")
    assert not rule.showErrorMessage


def test_no_list_in_a_cell_is_longer_than_excel_takes() -> None:
    lists = [",".join(spec.offered) for record in BUILT_IN.types for spec in fields_of(record)]
    assert max(map(len, lists)) <= 255


def test_long_lists_drop_down_from_a_hidden_sheet() -> None:
    data = workbook_bytes([(Approval, []), (Item, [])], {Unit: UNITS, Project: ["1", "3"]})
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["手续", "事项", "选项"]
    assert book["选项"].sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in book["选项"]] == [[1, "县发改委"], [3, "县自然资源局"]]
    assert rule_at(book["手续"], "A3").formula1 == "选项!$A$1:$A$2"
    unit = f"{letter_of(Item, '通常审批单位')}3"
    assert rule_at(book["手续"], "D3").formula1 == rule_at(book["事项"], unit).formula1 == "选项!$B$1:$B$2"


def test_a_list_with_nothing_to_offer_does_not_drop_down() -> None:
    sheet = sheet_of(Approval, Unit=[])
    assert not [each for each in sheet.data_validations.dataValidation if "D3" in each.sqref]


def test_rows_are_written_with_their_types_and_borders() -> None:
    sheet = sheet_of(Approval, ROWS)
    assert [cell.value for cell in sheet[3]][:5] == [3, "节能审查", None, None, "周景明"]
    planned = sheet[f"{letter_of(Approval, '计划办结')}3"]
    assert planned.value.date() == date(2026, 1, 31)
    assert planned.number_format == "yyyy-mm-dd"
    assert all(cell.border.left.style == "thin" for cell in sheet[3])
    assert sheet.auto_filter.ref == f"A2:{letter_of(Approval, '备注')}4"


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = sheet_of(Approval, ROWS)
    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].quotePrefix) == ("=1+1", "s", True)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    sheet = sheet_of(Approval, ROWS)
    one, eight = sheet.row_dimensions[3].height, sheet.row_dimensions[4].height
    assert eight - one == 7 * 15  # a hundred hanzi in a column of 26: eight lines


def test_a_long_header_is_not_cut_off() -> None:
    assert sheet_of(Project).row_dimensions[2].height >= 3 * 15


def test_a_sheet_with_few_rows_is_ruled_for_filling_in_by_hand() -> None:
    sheet = sheet_of(Approval, ROWS)
    assert sheet["A22"].border.left.style == "thin"
    assert sheet.max_row == 22


def test_states_are_coloured_as_they_change() -> None:
    rules = [
        (str(area.sqref), rule.formula)
        for area in sheet_of(Approval).conditional_formatting
        for rule in area.rules
    ]
    letter = letter_of(Approval, "状态")
    assert (f"{letter}3:{letter}3000", [f'{letter}3="办结"']) in rules


def test_a_form_goes_downward_with_its_help_beside_it() -> None:
    sheet = sheet_of(Mechanism, [{"name": "澄湖县机制", "year": 2026}])
    specs = fields_of(Mechanism)
    assert [sheet.cell(row, 1).value for row in range(3, 3 + len(specs))] == [spec.header for spec in specs]
    assert (sheet["B3"].value, sheet["B7"].value) == ("澄湖县机制", 2026)
    assert sheet["C7"].value == "必填。四位数字；例如 2026"
    assert sheet.page_setup.orientation == "portrait"
    assert rule_at(sheet, "B5").formula1.startswith('"乡镇级,县级,')


def test_amounts_keep_their_digits() -> None:
    cell = f"{letter_of(Project, '总投资')}3"
    assert sheet_of(Project, [{"total_investment": Decimal("0.0123")}])[cell].value == 0.0123


@pytest.mark.parametrize("name", [*BOOKS, "全部"])
def test_every_blank_workbook_opens_in_another_reader_and_holds_no_data(name: str) -> None:
    for file, data in files_of([name], {}).items():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [record.sheet for record in BOOKS[file.removesuffix(".xlsx")]]
        assert [each for each in book.sheet_names if each != "选项"] == ["填表说明", *sheets]
        for record in BOOKS[file.removesuffix(".xlsx")]:
            rows = book.get_sheet_by_name(record.sheet).to_python()
            assert rows[0][0] == record.title
            assert len(rows) == (2 + len(fields_of(record)) if record.form else 2)


def test_the_same_rows_give_the_same_cells_again() -> None:
    first, second = (list(sheet_of(Approval, ROWS).values) for _ in range(2))
    assert first == second


def test_single_sheets_and_workbooks_can_be_asked_for() -> None:
    assert list(files_of(["时限规则", "手续"], {})) == ["时限规则.xlsx", "手续.xlsx"]
    assert list(files_of(["全部"], {})) == [f"{name}.xlsx" for name in BOOKS]


def test_unknown_sheets_are_refused_together() -> None:
    with pytest.raises(Problems) as refusal:
        files_of(["手序", "手续", "XY"], {})
    first, second = refusal.value.faults
    assert str(first) == "没有“手序”这种数据表。是不是：手续？"
    assert str(second).startswith("没有“XY”这种数据表。可用的有：工作机制、")
    assert first.exit_code == WRONG_USE


def test_drop_downs_of_a_workspace_offer_the_short_names(data: Any) -> None:
    offered = offered_by(data.records())
    assert offered[Unit] == ["县发改委", "县自然资源局", "市自然资源局"]
    assert offered[Project] == ["1", "3"]


def test_files_that_exist_are_not_written_over(tmp_path: Any) -> None:
    there = tmp_path / "手续.xlsx"
    there.write_bytes(b"")
    with pytest.raises(Problems, match="已存在，没有改动它"):
        refuse_existing([there, tmp_path / "项目.xlsx"])
    refuse_existing([tmp_path / "项目.xlsx"])


def test_levels_drop_down_in_the_mechanisms_own_words(data: Any) -> None:
    """A banner's sheets offer 旗县级 and its other words, and stop others with these words in the message."""
    words = "苏木乡镇级、旗县级、盟市级、自治区级、国家级"
    data.edit("工作机制", lambda sheet: sheet.append(["层级称谓", words]))
    offered = offered_by(data.records())
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([(Unit, [])], offered)))
    rule = rule_at(book["单位"], f"{letter_of(Unit, '层级')}3")
    assert rule.formula1 == f'"{words.replace("、", ",")}"'
    assert rule.error == f"请从下拉列表中选择：{words}"


def test_the_items_offered_are_those_of_the_project_in_the_row() -> None:
    """In 问题 the item drops down from what the row's project needs; without approvals known, from all items."""
    names = {Project: ["1", "3"], Item: ["节能审查", "取水许可"]}
    needed = [("1", "取水许可"), ("3", "节能审查"), ("3", "取水许可")]
    cell = f"{letter_of(Bottleneck, '审批事项')}3"
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([(Bottleneck, [])], names, needed=needed)))
    formula = rule_at(book["问题"], cell).formula1
    assert "OFFSET(选项!$AB$1,MATCH($B3,选项!$AA$1:$AA$3,0)-1,0,COUNTIF(选项!$AA$1:$AA$3,$B3),1)" in formula
    assert [[each.value for each in row] for row in book["选项"]["AA1:AB3"]] == [
        [1, "取水许可"], [3, "节能审查"], [3, "取水许可"],
    ]  # fmt: skip
    plain = openpyxl.load_workbook(io.BytesIO(workbook_bytes([(Bottleneck, [])], names)))
    assert rule_at(plain["问题"], cell).formula1 == "选项!$B$1:$B$2"


def test_what_is_no_date_is_warned_of_and_not_refused() -> None:
    """Reading takes more than a date cell, so the check asks in Chinese and lets the clerk go on."""
    rule = rule_at(sheet_of(Approval), f"{letter_of(Approval, '办结日期')}3")
    assert (rule.type, rule.errorStyle, rule.showErrorMessage) == ("date", "warning", True)
    assert rule.error.startswith("这里填日期，如 2026-01-31")
    assert rule.promptTitle == "办结日期"


def test_days_that_have_passed_turn_red_until_the_row_is_done() -> None:
    """The rule looks at the day, today, and whether a day of completion stands in the row."""
    sheet = sheet_of(Approval)
    planned, done = letter_of(Approval, "计划办结"), letter_of(Approval, "办结日期")
    formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    assert f'AND(ISNUMBER({planned}3),{planned}3<TODAY(),${done}3="")' in formulas
    assert f'AND(ISNUMBER({planned}3),{planned}3<TODAY()+7,${done}3="")' in formulas


def test_rows_that_a_clerk_adds_are_ruled_when_something_stands_in_them() -> None:
    """Lines come with the first entry, so that blank rows are not printed."""
    sheet = sheet_of(Unit)
    ruled = [
        (str(area.sqref), rule.dxf.border.left.style)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.formula == ["COUNTA($A3:$H3)>0"]
    ]
    assert ruled == [("A3:H3000", "thin")]


def test_a_blank_workbook_begins_with_a_guide() -> None:
    """The first sheet says what the sheets are and which columns are required; it is never read as data."""
    book = openpyxl.load_workbook(io.BytesIO(files_of(["手续"], {})["手续.xlsx"]))
    told = {row[0]: row[1] for row in book["填表说明"].iter_rows(values_only=True)}
    assert told["“手续”表"] == "前期手续台账。必填：项目、审批事项、状态"
