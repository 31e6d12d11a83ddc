"""Finished ledgers say what the records say, in the order and with the totals that offices want."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level, ListChangeKind, ListStage
from docgen.sheets.exports.catalogue import COMPARED, LEDGERS
from docgen.sheets.exports.frame import Facts

TODAY = date(2026, 3, 16)


@pytest.fixture(scope="module")
def facts(records: Records) -> Facts:
    return Facts.of(records, TODAY)


def sheet_of(name: str, facts: Facts) -> Any:
    return openpyxl.load_workbook(io.BytesIO(LEDGERS[name](facts))).worksheets[0]


def rows_of(name: str, facts: Facts) -> list[dict[str, Any]]:
    """The records of a ledger: rows whose serial is a number, by head."""
    sheet = sheet_of(name, facts)
    head = [each.value for each in sheet[3]]
    rows = (dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True))
    return [each for each in rows if isinstance(each["序号"], int)]


@pytest.mark.parametrize(
    "name", [each for each in LEDGERS if each not in ("手续一览", "倒排工期调度表", *COMPARED)]
)
def test_every_ledger_is_ready_for_paper(name: str, facts: Facts) -> None:
    """Title, unit line, heads that repeat on each page, landscape, one page wide, rows numbered on.

    The issued list of projects has the number of each project, which it keeps and by which letters speak of it.
    """
    sheet = sheet_of(name, facts)
    assert sheet["A1"].value.startswith(("2026年", "需上级", "澄湖县"))
    assert "统计截止2026年3月16日" in "".join(str(each.value) for each in sheet[2])
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == "$1:$3"
    rows = rows_of(name, facts)
    numbers = {each.name: each.number for each in facts.records.of(Project)}
    own = [numbers[str(each["项目名称"])] for each in rows] if name == "项目清单终稿" else None
    assert [each["序号"] for each in rows] == (own or list(range(1, len(rows) + 1)))


def test_the_final_list_has_each_project_once_and_sums_that_agree(facts: Facts, records: Records) -> None:
    """Every project of the final list stands there, grouped by nature; the total is a formula with the right value."""
    wanted = [each for each in records.of(Project) if each.stage is ListStage.FINAL]
    found = rows_of("项目清单终稿", facts)
    assert sorted(each["项目名称"] for each in found) == sorted(each.name for each in wanted)
    sheet = sheet_of("项目清单终稿", facts)
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    at = next(each.column for each in sheet[3] if each.value == "总投资")
    assert str(total[at - 1].value).startswith("=SUBTOTAL(9,")
    cached = openpyxl.load_workbook(io.BytesIO(LEDGERS["项目清单终稿"](facts)), data_only=True).worksheets[0]
    expected = sum((each.total_investment or Decimal(0) for each in wanted), Decimal(0))
    assert Decimal(str(cached.cell(total[0].row, at).value)) == expected


def test_where_nothing_was_filled_in_no_sum_of_zero_is_written(facts: Facts, records: Records) -> None:
    """A column that the office leaves blank stays blank in its groups and its total too."""
    blank = tuple(each.model_copy(update={"invested_before": None}) for each in records.of(Project))
    sheet = sheet_of(
        "项目清单终稿", replace(facts, records=replace(records, tables={**records.tables, Project: blank}))
    )
    columns = {each.value: each.column for each in sheet[3]}
    sums = [row for row in sheet.iter_rows(min_row=4) if not isinstance(row[0].value, int)]
    assert {row[columns["上年底累计完成投资"] - 1].value for row in sums} == {None}
    assert any(str(row[columns["总投资"] - 1].value).startswith("=SUBTOTAL") for row in sums)


def test_phones_and_opinions_are_not_in_the_issued_list(facts: Facts) -> None:
    """The final list is published: internal columns of the draft are left out of it."""
    heads = {
        name: {each.value for each in sheet_of(name, facts)[3]} for name in ("项目清单终稿", "项目清单初稿")
    }
    assert {"联系电话", "业主联系人"} <= heads["项目清单初稿"]
    assert not {"联系电话", "业主联系人", "领导审核意见"} & heads["项目清单终稿"]


def test_a_project_code_stands_in_one_line(facts: Facts) -> None:
    """The 24 characters of a code have room beside each other, because a code that is broken is copied wrong."""
    sheet = sheet_of("项目清单终稿", facts)
    code = next(each for each in sheet[3] if each.value == "项目代码")
    assert sheet.column_dimensions[code.column_letter].width >= 24


def test_a_stage_without_projects_says_so(facts: Facts, records: Records) -> None:
    """The draft list of a workspace whose projects have all gone on is empty, with a word."""
    later = tuple(each for each in records.of(Project) if each.stage is not ListStage.DRAFT)
    gone_on = Records({**records.tables, Project: later})
    assert sheet_of("项目清单初稿", Facts.of(gone_on, TODAY))["A4"].value == "没有处于初稿阶段的项目"


def test_the_task_table_has_what_is_owed_with_its_deadline(facts: Facts, records: Records) -> None:
    """All approvals of the final list that are not decided, with the deadline that rules or sheet set."""
    owed = [
        each for each in records.of(Approval) if each.state.pending and each.project.stage is ListStage.FINAL
    ]
    found = rows_of("任务表", facts)
    assert len(found) == len(owed) == len(rows_of("待批项目台账", facts))
    assert {each["办理层级"] for each in found} == {each.level.value for each in owed}
    days = sorted(f"{each['办结时限']:%Y-%m-%d}" for each in found if each["办结时限"])
    assert days == sorted(str(day) for each in owed if (day := facts.deadline(each)))


def test_the_overdue_list_has_only_what_is_late(facts: Facts, records: Records) -> None:
    """Each row lies before the day; the days late are working days."""
    found = rows_of("超期清单", facts)
    assert found
    assert all(each["办结时限"].date() < TODAY and each["超期工作日"] > 0 for each in found)


def test_major_matters_are_the_open_questions_for_the_province_and_above(
    facts: Facts, records: Records
) -> None:
    """The list of 附件3 has its nine columns in their order, and no question that city or county can solve."""
    assert [each.value for each in sheet_of("重大事项清单", facts)[3]] == [
        "序号", "项目名称", "总投资（亿元）", "本年计划完成投资（亿元）", "项目进展", "提出问题的地区（部门）",
        "需协调解决的堵点（直接写问题，不写背景）", "需协调的国家、省部门", "责任部门",
    ]  # fmt: skip
    high = [
        each for each in records.of(Bottleneck)
        if each.state.is_open and each.level in (Level.PROVINCE, Level.NATION)
    ]  # fmt: skip
    assert len(rows_of("重大事项清单", facts)) == len(high) > 0


def test_bottlenecks_stand_in_three_lists_the_oldest_first(facts: Facts, records: Records) -> None:
    """新增, 推进中, 已销号 one after the other; in each the question raised first stands first."""
    sheet = sheet_of("堵点难点问题台账", facts)
    groups = [str(row[0].value) for row in sheet.iter_rows(min_row=4) if "（" in str(row[0].value)]
    assert [each.split("、")[1].split("（")[0] for each in groups] == ["新增", "推进中", "已销号"]
    found = rows_of("堵点难点问题台账", facts)
    assert len(found) == len(records.of(Bottleneck))
    raised = [each["提出日期"] for each in found if each["销号日期"]]
    assert raised == sorted(raised)


def test_supervised_matters_in_hand_come_first(facts: Facts, records: Records) -> None:
    """What the office still waits for stands above what it has confirmed."""
    states = [each["状态"] for each in rows_of("督办台账", facts)]
    open_states = {each.state.value for each in records.of(Supervision) if each.state.is_open}
    assert [each in open_states for each in states] == sorted(
        (each in open_states for each in states), reverse=True
    )


def test_the_statistics_of_returns_count_what_the_sheet_says(facts: Facts, records: Records) -> None:
    """Returned, late and owing of each unit, as the two dates of its rows say."""
    for row in rows_of("报送统计", facts):
        mine = [each for each in records.of(Return) if each.unit.short_name == row["单位"]]
        assert row["已报"] == len([each for each in mine if each.returned])
        assert row["其中迟报"] == len([each for each in mine if each.returned and each.returned > each.due])
        assert row["逾期未报"] == len([each for each in mine if not each.returned and each.due < TODAY])


def test_what_came_after_the_day_of_the_statistics_is_owed_on_it(records: Records) -> None:
    """Statistics of an earlier day count what was there on that day, whatever came since."""
    last = max(each.returned for each in records.of(Return) if each.returned)
    rows = rows_of("报送统计", Facts.of(records, last - timedelta(days=1)))
    there = [each for each in records.of(Return) if each.returned and each.returned < last]
    assert sum(row["已报"] for row in rows if row["单位"]) == len(there)
    assert all(row["最近报送日期"] is None or row["最近报送日期"].date() < last for row in rows)


def test_a_project_that_is_to_leave_the_list_says_so_with_its_reason(facts: Facts, records: Records) -> None:
    """The pending ledger knows three disposals; removal goes before the state of the approvals."""
    owed = next(
        each for each in records.of(Approval) if each.state.pending and each.project.stage is ListStage.FINAL
    )
    change = ListChange(
        number="调2026-99",
        project=owed.project,
        kind=ListChangeKind.OUT,
        unit=owed.unit,
        reason="业主已经注销",
    )
    leaving = Records({**records.tables, ListChange: (change,)})
    found = rows_of("待批项目台账", Facts.of(leaving, TODAY))
    of_project = [each for each in found if each["项目名称"].startswith(owed.project.name)]
    assert {each["处置意见"] for each in of_project} == {"移出清单：业主已经注销"}
    others = {each["处置意见"] for each in found} - {"移出清单：业主已经注销"}
    assert others <= {None, "及时审批", "一次性告知后退回"}


def test_the_pending_ledger_groups_by_units_in_their_order_and_agrees_with_itself(
    facts: Facts, records: Records
) -> None:
    """What has been accepted says 是 although nobody filled in the day; no unit stands before one that precedes it."""
    owed = tuple(
        each.model_copy(update={"accepted": None}) if each.state is ApprovalState.ACCEPTED else each
        for each in records.of(Approval)
    )
    found = rows_of("待批项目台账", Facts.of(Records({**records.tables, Approval: owed}), TODAY))
    told = {(each["审批单位核实情况"].partition("：")[0], each["是否受理"]) for each in found}
    assert ("已受理", "是") in told
    assert ("未申报", "否") in told
    assert ("已受理", "否") not in told
    heads = [str(row[0].value) for row in sheet_of("待批项目台账", facts).iter_rows(min_row=4)]
    named = [
        each.partition("、")[2].partition("（")[0] for each in heads if each[:1] in "一二三四五六七八九十"
    ]
    order = {each.short_name: each.order for each in records.of(Unit)}
    places = [order[each] for each in named if each in order]
    assert len(places) > 3
    assert places == sorted(places)


def test_a_project_without_approvals_is_not_said_to_have_them_all(records: Records) -> None:
    """Where nothing is registered, nothing is said to be done."""
    none = Facts.of(Records({**records.tables, Approval: ()}), TODAY)
    assert {each["还要办的手续"] for each in rows_of("代办帮办一览表", none)} == {"没有登记手续"}


def test_what_the_office_decides_itself_stands_in_the_pending_ledger(records: Records) -> None:
    """A column 处置意见 that the office added goes before what follows from the other sheets."""
    decided = tuple(
        each.model_copy(update={"extra": {"处置意见": "先办后补"}}) for each in records.of(Approval)
    )
    own = Facts.of(Records({**records.tables, Approval: decided}), TODAY)
    assert {each["处置意见"] for each in rows_of("待批项目台账", own)} == {"先办后补"}


def test_the_pool_has_what_is_not_on_the_list_and_the_columns_that_the_office_added(records: Records) -> None:
    """Projects of the first stages, by industry, with 谋划阶段, 入库日期 and 资金需求 as the sheet has them."""
    planned = [each for each in records.of(Project) if each.stage in (ListStage.DRAFT, ListStage.REVIEWED)]
    first = planned[0].model_copy(
        update={"extra": {"谋划阶段": "前期", "入库日期": date(2026, 1, 9), "资金需求": Decimal("1.25")}}
    )
    rows = tuple(first if each is planned[0] else each for each in records.of(Project))
    added = {Project: ("谋划阶段", "入库日期", "资金需求")}
    pool = Facts.of(Records({**records.tables, Project: rows}, extras=added), TODAY)
    found = rows_of("谋划项目库", pool)
    assert sorted(each["项目名称"] for each in found) == sorted(each.name for each in planned)
    row = next(each for each in found if each["项目名称"] == first.name)
    assert (row["谋划阶段"], f"{row['入库日期']:%Y-%m-%d}", row["资金需求"]) == ("前期", "2026-01-09", 1.25)
    heads = [each.value for each in sheet_of("谋划项目库", pool)[3]]
    assert heads[-4:] == ["谋划阶段", "入库日期", "资金需求", "备注"]


def test_the_list_of_helpers_has_each_project_under_each_helper(facts: Facts, records: Records) -> None:
    """A project with two helpers stands under both, one with none under a heading that says so, with what is left."""
    wanted = sorted(
        project.name
        for project in records.of(Project)
        if project.stage is ListStage.FINAL
        for _ in project.agents or (None,)
    )
    found = rows_of("代办帮办一览表", facts)
    assert sorted(each["项目名称"] for each in found) == wanted
    project = records.find_project("7")
    row = next(each for each in found if each["项目名称"] == project.name)
    left = [each.item.name for each in records.approvals_of(project) if each.state.pending]
    assert row["还要办的手续"] == "、".join(left)
    sheet = sheet_of("代办帮办一览表", facts)
    assert any("尚未明确代办单位" in str(row[0].value) for row in sheet.iter_rows())


def test_the_roster_names_who_holds_a_role_on_the_day(facts: Facts, records: Records) -> None:
    """Those whose post has ended are left out, and no telephone is given."""
    sheet = sheet_of("成员名单", facts)
    assert [each.value for each in sheet[3]] == ["序号", "姓名", "单位及职务", "机制职务"]
    roles = {row[3].value for row in sheet.iter_rows(min_row=4) if row[3].value}
    assert "办公室主任" in roles
    assert not roles & {"经办", "经办、核稿", "监印", "档案员"}
    gone = {each.name for each in records.people if each.on(TODAY) is None}
    assert gone
    assert not gone & {row[1].value for row in sheet.iter_rows(min_row=4)}


def test_the_schedule_has_a_calendar_and_bars_that_follow_the_dates(facts: Facts, records: Records) -> None:
    """Ten-day periods from the month of the day on; bars and lights are formats by formula over each row's dates."""
    sheet = sheet_of("倒排工期调度表", facts)
    assert date(1899, 12, 30) + timedelta(sheet["I4"].value) == date(2026, 3, 1)
    assert [sheet.cell(4, at).number_format[1] for at in range(9, 12)] == ["上", "中", "下"]
    formats = sheet.conditional_formatting
    formulas = [rule.formula[0] for area in formats for rule in area.rules]
    assert len(formulas) == 5
    assert all("$H5" in each or "DATE(2026,3,16)" in each for each in formulas)
    owed = len(rows_of("任务表", facts))
    assert sheet.cell(4 + owed, 1).value == owed


def test_a_long_schedule_takes_little_memory_and_its_rows_look_alike(records: Records) -> None:
    """Rows are written one after the other; each is numbered, ruled, and dated as the first."""
    owed = [each for each in records.of(Approval) if each.state is ApprovalState.NOT_SUBMITTED]
    many = sorted(owed * 10, key=lambda each: each.project.number)
    facts = Facts.of(Records({**records.tables, Approval: tuple(many)}), TODAY)
    tracemalloc.start()
    try:
        data = LEDGERS["倒排工期调度表"](facts)
        assert tracemalloc.get_traced_memory()[1] < 3 * 2**20
    finally:
        tracemalloc.stop()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, max_row=sheet.max_row - 2))
    assert [row[0].value for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) > 700
    assert {tuple(each.style_id for each in row if each.column != 2) for row in rows} == {
        tuple(each.style_id for each in rows[0] if each.column != 2)
    }
    assert (
        max(each.size["rows"] for each in sheet.merged_cells.ranges if each.min_col == each.max_col == 2) == 5
    )


@pytest.mark.parametrize("name", ["倒排工期调度表", "成员名单"])
def test_export_writes_the_file_and_never_over_another(workspace: Path, docgen: Any, name: str) -> None:
    """The command writes a file of the ledger's name; a second time it refuses."""
    assert docgen("sheets", "export", name).code == 0
    assert (workspace / f"{name}.xlsx").is_file()
    assert docgen("sheets", "export", name).code == 2


def test_what_changed_between_two_stages_of_the_list(workspace: Path, docgen: Any, edit: Any) -> None:
    """A project put in, one taken off and one altered stand there with what they were and are, and with both sums."""
    assert docgen("--date", "2026-02-28", "snapshot").code == 0
    edit("项目", 3, "总投资（亿元）", 9.9)
    edit("项目", 5, "清单阶段", "调出")
    edit("项目", 6, "项目名称", "另一座光伏电站")
    edit("项目", 6, "国家项目代码", None)
    ran = docgen("sheets", "export", "清单变动表", "--since", "2026-02")
    assert ran.code == 0, ran.err
    sheet = openpyxl.load_workbook(workspace / "清单变动表.xlsx", data_only=True).worksheets[0]
    rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=4)]
    groups = [str(row[0]) for row in rows if str(row[0])[0] in "一二三"]
    assert groups == ["一、增加（1个）", "二、删去（2个）", "三、修改（1个）"]
    (altered,) = [row for row in rows if "总投资" in str(row[2])]
    assert (altered[2], altered[4]) == (f"总投资：{altered[3]} → 9.9", 9.9)
    total = next(row for row in rows if row[0] == "合计")
    for place in (3, 4):
        numbers = [row[place] for row in rows if isinstance(row[0], int) and row[place] is not None]
        assert total[place] == pytest.approx(sum(numbers))


def test_a_ledger_that_compares_asks_with_what(workspace: Path, docgen: Any) -> None:
    """Without a period, with one for another ledger, with one of which no snapshot was kept: each is said."""
    assert workspace.is_dir()
    assert "请用 --since 写明" in docgen("sheets", "export", "清单变动表").err
    assert "不要写 --since" in docgen("sheets", "export", "任务表", "--since", "2026-02").err
    assert "没有2026年1月的快照" in docgen("sheets", "export", "清单变动表", "--since", "2026-01").err


def test_the_help_names_every_ledger(docgen: Any) -> None:
    """What can be asked for stands in the help of the command."""
    said = docgen("sheets", "export", "--help").out.replace("\n", "").replace(" ", "")
    assert [each for each in LEDGERS if each not in said] == []
