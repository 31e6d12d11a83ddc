"""What the office is asked about its sheets, and that an answer written into a row ends the question."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model.project import Project

PROJECT = ("序号", "项目名称", "项目类型", "清单阶段", "总投资（亿元）")
APPROVAL = ("项目", "审批事项", "状态")
ASKED = "以上问到的数据核对无误的，在该行的“核对说明”列写明情况（没有这一列的加上），就不再问；不影响起草"


def told(data: Any) -> list[str]:
    reading = data.read()
    assert reading.faults == ()
    assert reading.records is not None  # whatever is asked, documents can be drafted
    return [each.text for each in reading.advices]


def projects(data: Any, *amounts: float, answers: tuple[str | None, ...] = ()) -> None:
    rows = [
        (number, f"第{number}个", "企业投资", "终稿", amount, *answers[number - 1 : number])
        for number, amount in enumerate(amounts, 1)
    ]
    data.write("项目", (*PROJECT, "核对说明") if answers else PROJECT, *rows)
    data.write("手续", APPROVAL, (1, "节能审查", "未申报"))


def test_an_answer_in_the_row_ends_the_question_and_is_kept(data: Any) -> None:
    projects(data, 2, 18600, 3, answers=(None, "已核，无误", None))
    assert told(data) == ["另有1处疑问已在“核对说明”列答复，没有再问"]
    assert data.records().of(Project)[1].checked == "已核，无误"


def test_the_answer_of_one_row_does_not_speak_for_another(data: Any) -> None:
    projects(data, 18600, 18600, answers=(None, "已核"))
    assert [each.partition("：")[0] for each in told(data)] == [
        "项目!E2「总投资（亿元）」",
        ASKED.partition("：")[0],
        "另有1处疑问已在“核对说明”列答复，没有再问",
    ]


def test_a_sheet_without_the_column_may_be_given_one(data: Any, good: Any) -> None:
    header, *rows = good["人员"]
    data.write("人员", (*header, "联系电话", "核对说明"), (*rows[0], 9907000101, "境外号码"), rows[1])
    assert told(data) == ["另有1处疑问已在“核对说明”列答复，没有再问"]


def test_an_acceptance_without_a_submission_is_asked_about(data: Any) -> None:
    """Nothing is accepted that nobody has submitted."""
    data.write("手续", (*APPROVAL, "受理日期"), (1, "节能审查", "已受理", "2026-03-02"))
    asked = [each.partition("：")[2] for each in told(data)]
    assert "填了受理日期，没有填申报日期，请核对" in asked


def test_a_sign_before_a_name_is_asked_about(data: Any) -> None:
    """A star that a list explains in a note would be printed in every document."""
    data.write("项目", PROJECT, (1, "★环湖公路改造", "企业投资", "终稿", 2))
    data.write("手续", APPROVAL, (1, "节能审查", "未申报"))
    asked, _ = told(data)
    assert asked.startswith("项目!B2「项目名称」：前面有“★”")


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((1, 2, 3, 2, 2, 900), []),  # large, but not a thousand times the usual one
        (
            (0.2, 0.3, 0.1, 0.2, 0.4, 300),
            ["写的是300亿元，是其他项目（中位数0.25亿元）的1200倍，是不是300万元（0.03亿元）？"],
        ),
        ((5, 6, 4, 5, 5, 0.0005), ["写的是0.0005亿元，不到其他项目（中位数5亿元）的万分之一，单位对吗？"]),
        ((0.2, 300), []),  # too few to know what is usual
    ],
)  # fmt: skip
def test_an_amount_out_of_all_proportion_to_the_others_is_asked_about(
    data: Any, amounts: tuple[float, ...], words: list[str]
) -> None:
    projects(data, *amounts)
    assert [each.partition("：")[2] for each in told(data) if "总投资" in each] == words


def test_an_amount_in_another_unit_is_asked_about_once(data: Any) -> None:
    projects(data, 1, 2, 3, 2, 2, 18600)
    assert [each.partition("：")[0] for each in told(data)] == [
        "项目!E7「总投资（亿元）」",
        ASKED.partition("：")[0],
    ]


@pytest.mark.parametrize(
    ("head", "cells", "place"),
    [
        (("上年底累计完成投资（亿元）", "开工以来累计完成投资（亿元）"), (1.2, 0.9), "项目!G2"),
        (("本年累计完成投资（亿元）", "开工以来累计完成投资（亿元）"), (1.2, 0.9), "项目!G2"),
        (("本年计划完成投资（亿元）",), (5.3,), "项目!F2"),
        (("专项债（亿元）", "企业自筹（亿元）"), (3, 2.3), "项目!E2"),
        (("计划开工", "计划竣工"), ("2026年9月", "2026年6月"), "项目!G2"),
        (("业主电话",), ("12345678901",), "项目!F2"),
    ],
)
def test_values_of_a_project_that_do_not_go_together_are_asked_about(
    data: Any, head: tuple[str, ...], cells: tuple[Any, ...], place: str
) -> None:
    data.write("项目", (*PROJECT, *head), (3, "绿色建材", "企业投资", "终稿", 5.2, *cells))
    data.write("手续", APPROVAL, (3, "节能审查", "未申报"))
    assert [each.partition("「")[0] for each in told(data)] == [place, ASKED]


@pytest.mark.parametrize(
    ("state", "dates", "asked"),
    [
        ("未申报", (None, None, "2026-03-02"), ["手续!F2"]),
        ("组卷中", ("2026-03-02", None, None), ["手续!D2"]),
        ("已受理", ("2026-03-02", "2026-03-03", None), []),
        ("已受理", ("2026-03-02", "2026-03-03", "2026-03-04"), ["手续!F2"]),
        ("办结", ("2026-03-02", "2026-03-03", "2026-03-04"), []),
        ("不予许可", ("2026-03-02", "2026-03-03", "2026-03-04"), []),
    ],
)
def test_dates_that_do_not_go_with_the_state_are_asked_about(
    data: Any, state: str, dates: tuple[str | None, ...], asked: list[str]
) -> None:
    data.write("手续", (*APPROVAL, "申报日期", "受理日期", "办结日期"), (3, "节能审查", state, *dates))
    assert [each.partition("「")[0] for each in told(data) if each != ASKED] == asked


def test_an_item_for_government_projects_is_asked_about_in_an_enterprise_s(data: Any, good: Any) -> None:
    header, *rows = good["事项"]
    data.write("事项", (*header, "适用"), (*rows[0], "政府投资"), *rows[1:])
    data.write("手续", APPROVAL, (3, "节能审查", "未申报"), (3, "用地预审", "未申报"))
    assert told(data) == [
        "手续!B2「审批事项」：事项表中它只适用于政府投资，项目却是企业投资，请核对", ASKED
    ]  # fmt: skip


def test_a_sheet_without_reasons_is_asked_for_them_once(data: Any) -> None:
    data.write("手续", APPROVAL, (3, "节能审查", "无需办理"), (3, "用地预审", "无需办理"))
    words = "表中没有这一列；有2项手续的状态是“无需办理”，请加上这一列，写明理由"
    assert told(data) == [f"手续!第2行「无需办理理由」：{words}", ASKED]


def test_where_there_is_a_column_of_reasons_what_is_not_needed_has_one(data: Any) -> None:
    head = (*APPROVAL, "无需办理理由")
    data.write("手续", head, (3, "节能审查", "无需办理", None), (3, "用地预审", "无需办理", "不新增用地"))
    assert data.faults() == [
        "手续!D2「无需办理理由」：没有填，这一项必填，请填状态为“无需办理”的手续的无需办理理由"
    ]


def test_a_line_with_another_unit_of_measure_than_the_headers_is_asked_about(data: Any) -> None:
    row = (3, "绿色建材", "企业投资", "终稿", 5.2)
    data.write("项目", ("重大项目清单",), (None, None, None, None, "单位：万元"), PROJECT, row)
    data.write("手续", APPROVAL, (3, "节能审查", "未申报"))
    assert told(data) == [
        "项目：表上方写的单位是“万元”，表头「总投资（亿元）」写的是“亿元”，已按表头读取，请核对"
    ]


def test_a_line_with_a_unit_of_money_says_nothing_of_land(data: Any) -> None:
    row = (3, "绿色建材", "企业投资", "终稿", 5.2, "126亩")
    data.write("项目", ("清单",), (None, None, None, None, "单位：亿元、亩"), (*PROJECT, "用地"), row)
    data.write("手续", APPROVAL, (3, "节能审查", "未申报"))
    assert told(data) == []
    assert str(data.project().land) == "126"


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("2025年重大项目清单", True),
        ("澄湖县2024—2025年度重点项目表", True),
        ("2026年重大项目清单", False),
        ("2025年结转和2026年新建项目清单", False),
        ("重大项目清单（截至2025年12月）", False),
    ],
)
def test_a_title_of_an_earlier_year_is_asked_about(data: Any, title: str, asked: bool) -> None:
    data.write("项目", (title,), PROJECT, (3, "绿色建材", "企业投资", "终稿", 5.2))
    data.write("手续", APPROVAL, (3, "节能审查", "未申报"))
    words = "项目：标题写的是2025年，工作机制表的年度是2026年，是不是上一年的标题没有改？"
    assert told(data) == ([words] if asked else [])
