"""Formulas, error values, lengths and rules between the cells of a row, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

HEAD = ("项目", "审批事项", "责任人", "计划办结", "状态")
PASTE = "。请复制该列，再用“选择性粘贴—数值”粘贴回原处。"


def test_a_formula_in_a_data_column_is_refused(data: Any) -> None:
    data.change("手续", C2='=IF(A2>3,"甲","乙")&"<"')
    assert data.faults() == ['手续!C2「责任人」：是公式“=IF(A2>3,"甲","乙")&"<"”，要填数据本身' + PASTE]


def test_formulas_of_one_column_are_reported_once(data: Any) -> None:
    data.write("手续", HEAD, *((number, "节能审查", "=B1", None, "未申报") for number in (1, 3)))
    assert data.faults() == ["手续!C2「责任人」：是公式“=B1”（本列共2处），要填数据本身" + PASTE]


def test_a_formula_is_called_a_formula_although_its_result_would_be_wrong_too(data: Any) -> None:
    data.change("手续", D2="=1+1")
    data.rewrite("手续", r"<v\s*/>(?=</c>)|<v></v>", "<v>2</v>")
    assert data.faults() == ["手续!D2「计划办结」：是公式“=1+1”，要填数据本身" + PASTE]


def test_a_row_of_nothing_but_formulas_never_calculated_is_not_passed_over(data: Any) -> None:
    data.write("手续", HEAD, (3, "节能审查", None, None, "未申报"), ("=A2", "=B2", None, None, "=E2"))
    assert [each.split("：")[0] for each in data.faults()] == [
        "手续!A3「项目」",
        "手续!B3「审批事项」",
        "手续!E3「状态」",
    ]


def test_a_row_of_nothing_but_an_error_value_is_not_passed_over(data: Any) -> None:
    data.change("手续", C3="#N/A")
    data.edit("手续", lambda sheet: setattr(sheet["C3"], "data_type", "e"))
    assert "手续!C3「责任人」：是错误值“#N/A”，请改填数据本身" in data.faults()


def test_a_command_written_as_a_formula_is_refused(data: Any) -> None:
    data.change("手续", C2="=cmd|' /C calc'!A0")
    assert data.faults() == ["手续!C2「责任人」：是公式“=cmd|' /C calc'!A0”，要填数据本身" + PASTE]


def test_a_command_written_as_text_is_refused(data: Any) -> None:
    def as_text(sheet: Any) -> None:
        sheet["C2"] = "=cmd|' /C calc'!A0"
        sheet["C2"].data_type = "s"

    data.edit("手续", as_text)
    assert data.faults() == ["手续!C2「责任人」：写的是“=cmd|' /C calc'!A0”，要填文字，不能以“=”“@”开头"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_value_is_refused(data: Any, error: str) -> None:
    data.change("手续", C2=error)
    data.edit("手续", lambda sheet: setattr(sheet["C2"], "data_type", "e"))
    assert data.faults() == [f"手续!C2「责任人」：是错误值“{error}”，请改填数据本身"]


def test_a_formula_that_ends_in_an_error_is_refused_as_a_formula(data: Any) -> None:
    data.change("手续", C2="=VLOOKUP(A2,人员!A:B,2,0)")
    data.rewrite(
        "手续", r'<c r="C2"([^>]*)><f>([^<]*)</f><v\s*/?>(</v>)?', r'<c r="C2" t="e"\1><f>\2</f><v>#N/A</v>'
    )
    assert data.faults() == ["手续!C2「责任人」：是公式“=VLOOKUP(A2,人员!A:B,2,0)”，要填数据本身" + PASTE]


def test_escaped_control_characters_of_shared_strings_are_refused(data: Any) -> None:
    data.change("手续", C2="周_x000B_景明")
    data.share_texts("手续")
    assert data.faults() == [
        "手续!C2「责任人」：写的是“周\\x0b景明”，要填不含控制字符的文字，请删去后重新输入"
    ]


def test_texts_are_read_from_the_table_of_shared_strings(data: Any) -> None:
    data.change("项目", B3="建材_x000D_\n生产 线&amp;<>")
    data.share_texts("项目")
    assert data.project().name == "建材生产线&amp;<>"


def test_a_name_of_80_characters_is_taken_and_one_of_81_is_not(data: Any) -> None:
    data.change("项目", B3="项" * 80)
    assert data.project().name == "项" * 80
    data.change("项目", B3="项" * 81)
    assert data.faults() == [f"项目!B3「项目名称」：写的是“{'项' * 60}…”，要填不超过80个字的文字"]


@pytest.mark.parametrize(
    "name",
    [
        "A/B线改造",
        "..",
        "../../etc",
        "“一期”",
        "'一期'\"二期\"",
        "甲&乙<丙>丁",
        "郝喆",
        "\U0002b7ef家堡",
        "CON",
    ],
)
def test_a_name_is_kept_exactly(data: Any, name: str) -> None:
    data.change("项目", B3=name)
    assert data.project().name == name


def test_every_fault_of_a_row_is_found_in_one_reading(data: Any) -> None:
    head = ("序号", "项目名称", "国家项目代码", "项目类型", "总投资", "清单阶段", "计划开工")
    data.write("项目", head, (3, "项" * 81, "123", "合资", -1, None, "年底"))
    assert [each.split("：")[0] for each in data.faults()] == [
        "项目!B2「项目名称」",
        "项目!C2「国家项目代码」",
        "项目!D2「项目类型」",
        "项目!E2「总投资（亿元）」",
        "项目!F2「清单阶段」",
        "项目!G2「计划开工」",
    ]


def test_numbers_outside_their_range_are_refused_with_the_bound(data: Any) -> None:
    head = ("序号", "项目名称", "项目类型", "清单阶段", "总投资")
    data.write("项目", head, (0, "甲", "企业投资", "终稿", 1), (3, "乙", "企业投资", "终稿", "100001亿元"))
    assert data.faults()[:2] == [
        "项目!A2「序号」：写的是“0”，要填不小于1的数",
        "项目!E3「总投资（亿元）」：写的是“100001”，要填不大于100000的数（这一列的单位是亿元）",
    ]


def test_a_national_code_of_another_form_is_refused_with_an_example(data: Any) -> None:
    data.write(
        "项目",
        ("序号", "项目名称", "项目类型", "清单阶段", "国家项目代码"),
        (3, "甲", "企业投资", "终稿", "2301990124"),
    )
    assert data.faults() == [
        "项目!E2「国家项目代码」：写的是“2301990124”，要填形如 2601-990124-04-01-123456 的国家项目代码"
    ]


def test_dates_of_an_approval_in_the_wrong_order_are_refused(data: Any) -> None:
    head = ("项目", "审批事项", "申报日期", "受理日期", "办结日期", "状态")
    data.write(
        "手续",
        head,
        (3, "节能审查", "2026-01-12", None, "2026-01-10", "办结"),
        (1, "节能审查", "2026-01-12", "2026-01-11", None, "已受理"),
    )
    assert data.faults() == [
        "手续!E2「办结日期」：写的是“2026-01-10”，要填不早于“申报日期”的日期",
        "手续!D3「受理日期」：写的是“2026-01-11”，要填不早于“申报日期”的日期",
    ]


def test_an_approval_that_is_done_needs_its_date(data: Any) -> None:
    data.write("手续", ("项目", "审批事项", "办结日期", "状态"), (3, "节能审查", None, "办结"))
    assert data.faults() == ["手续!C2「办结日期」：没有填，这一项必填，请填状态为“办结”的手续的办结日期"]


def test_a_date_that_is_wrong_is_not_reported_as_missing_too(data: Any) -> None:
    data.write("手续", ("项目", "审批事项", "办结日期", "状态"), (3, "节能审查", "上周", "办结"))
    assert data.faults() == ["手续!C2「办结日期」：写的是“上周”，要填日期，例如 2026-01-31"]


def test_a_column_missing_for_a_needed_value_is_named_by_its_row(data: Any) -> None:
    data.write("手续", ("项目", "审批事项", "状态"), (3, "节能审查", "办结"))
    assert data.faults() == ["手续!第2行「办结日期」：没有填，这一项必填，请填状态为“办结”的手续的办结日期"]


def test_level_and_unit_of_an_approval_are_those_usual_for_its_item(data: Any) -> None:
    assert (data.approval().level.value, data.approval().unit.short_name) == ("县级", "县发改委")


def test_an_item_without_usual_unit_needs_one_in_the_approval(data: Any) -> None:
    data.change("事项", D2=None, E2=None)
    expected = "“乡镇级”、“县级”、“市级”、“省级”、“国家级”之一"
    assert data.faults() == [
        f"手续!第2行「层级」：没有填，这一项必填，请填{expected}",
        "手续!第2行「审批单位」：没有填，这一项必填，请填审批单位",
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            ("上半年", None, None, None, 20),
            "时限规则!D2「办结时限」：没有填，这一项必填，请填起算为“固定日期”的规则的办结时限",
        ),
        (
            ("上半年", None, "受理之日", "1月31日", None),
            "时限规则!E2「工作日数」：没有填，这一项必填，请填起算为“受理之日”的规则的工作日数",
        ),
    ],
)
def test_a_deadline_rule_says_when(data: Any, row: tuple[Any, ...], fault: str) -> None:
    data.write("时限规则", ("开工时段", "层级", "起算", "办结时限", "工作日数"), row)
    assert data.faults() == [fault]


def test_the_end_of_a_post_is_not_before_its_start(data: Any) -> None:
    data.write(
        "人员",
        ("序号", "姓名", "单位", "职务", "任职起", "任职止"),
        (1, "周景明", "县发改委", "主任", "2026-03-01", "2026-02-01"),
    )
    assert data.faults() == ["人员!F2「任职止」：写的是“2026-02-01”，要填不早于“任职起”的日期"]


def test_true_is_not_taken_for_the_number_one_that_stands_above_it(data: Any) -> None:
    data.change("项目", A3=True)
    assert data.faults()[0] == "项目!A3「序号」：写的是“TRUE”，要填整数"


def test_files_that_hold_tables_but_are_not_read_are_named(data: Any) -> None:
    """A table as picture or text is named where its name is a sheet's, one in another format always; papers are not."""
    for name in ("项目清单.jpg", "手续.docx", "往年.ods", "办公楼平面图.png", "~$手续.docx"):
        (data.path / name).write_bytes(b"")
    told = [each.text.split("，")[0] for each in data.read().advices if each.code == "sheet-file-unread"]
    assert told == [
        "往年.ods：数据文件夹中只读 .xlsx",
        "手续.docx：是 Word 文档",
        "项目清单.jpg：是图片",
    ]
