"""Example E, a county with five systems: what its text asks, counted again and found in the papers of its year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import openpyxl
import pytest

from docgen.cli.main import run
from docgen.rules.workdays import WorkCalendar
from tests.mechanisms.conftest import cells_of

MEMBERS = 12


@pytest.fixture(scope="module")
def county(live) -> Any:
    """The year of the county, run once a session."""
    return live("e")


def months(rows: Iterable[dict[str, Any]], column: str) -> set[int]:
    """Return the months of 2026 in which a column has a day."""
    return {each[column].month for each in rows if each[column] and each[column].year == 2026}


def serials(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the rows of a list that have a serial."""
    return [row for row in rows if isinstance(row[0], int)]


def test_a_reply_is_due_on_the_third_working_day_over_the_spring_festival(county) -> None:
    """Received on Friday 13 February: the 14th is a working Saturday, then 24 and 25 February; late on the 26th."""
    assert WorkCalendar().after(date(2026, 2, 13), 3) == date(2026, 2, 25)
    words = county.words("挂牌督办通知书")
    assert "收到本通知书后3个工作日内（2026年2月25日前）书面答复" in words
    said = county.heard("status --unit 县水利局")
    assert "2026-02-25" in said
    assert "城北供水厂取水许可" in said


def test_the_reply_names_five_things_and_the_notice_is_lifted_when_done(county) -> None:
    """The form asks for measure, unit, leader, person and deadline; the matter is closed with a paper of its own."""
    words = county.words("挂牌督办通知书")
    for each in ("办理措施", "责任单位", "责任领导", "责任人", "完成时限"):
        assert each in words
    (row,) = cells_of(county.root, "督办", "督办")
    assert all(row[f"答复{each}"] for each in ("措施", "责任单位", "责任领导", "责任人", "完成时限"))
    assert "该事项已于2026年3月13日确认办结，现解除挂牌督办" in county.words("解除挂牌督办通知书")


def test_convenors_are_who_holds_the_post(county) -> None:
    """Three seats have no name; in May the new county head is addressed, the former no more."""
    seats = [each for each in cells_of(county.root, "人员", "人员") if each["姓名"] is None]
    assert [each["职务"] for each in seats] == ["县长", "常务副县长", "副县长"]
    papers = {each.stem: county.text(each) for each in county.of("专报") if each.stem != "送签稿"}
    before, after = papers["2026年3月"], papers["2026年4月"]
    assert ("县长尹子衿" in before, "县长芮春和" in before) == (True, False)
    assert ("县长尹子衿" in after, "县长芮春和" in after) == (False, True)


def test_twelve_units_have_a_liaison_each_of_the_rank_of_a_vice_head(county) -> None:
    """The sheet has twelve liaisons, all vice heads; a thirteenth unit joins by the office's own notice."""
    held = [each for each in cells_of(county.root, "人员", "人员") if each["机制职务"] == "联络员"]
    assert len({each["单位"] for each in held}) == len(held) == MEMBERS
    assert {each["职务"] for each in held} == {"副主任", "副局长"}
    assert "增加霁川县文化和旅游局为成员单位" in county.words("成员调整通知")


def test_a_joint_meeting_is_held_each_month(county) -> None:
    """January, February and March each have one; the notice says what it is about."""
    held = [
        each
        for each in cells_of(county.root, "会议", "会议")
        if each["类型"] == "联席会议" and each["状态"] == "已召开"
    ]
    assert months(held, "日期") == {1, 2, 3}
    assert "研究冷链物流园用电容量" in county.words("会议通知")


def test_topics_are_collected_and_what_is_not_taken_up_says_why(county) -> None:
    """Three working days for the topics; two come, one of them stays with the leader of the project."""
    assert "请于2026年3月19日前将附件加盖公章报我办" in county.words("议题征集函")
    rows = serials(county.rows("议题汇总表"))
    assert [(row[1], row[6], row[7]) for row in rows] == [
        ("县农牧局", "上会", None),
        ("县住建局", "不上会", "由包项目领导调度"),
    ]


def test_what_former_meetings_decided_is_carried_over_until_it_is_done(county) -> None:
    """Of three former decisions one was done: the bulletin carries over the other two, the minutes tell of them too."""
    words = county.words("会议通报")
    assert "还没有落实的2项，结转继续办理" in words
    assert "确定110千伏变电站接入方案" in words
    assert "完成二级公路用地组卷并上报" in words
    assert "原则同意年度重点项目计划" not in words
    minutes = [each for each in county.of("会议纪要") if each.stem == "会2026-04"]
    assert "以往议定事项办理情况" in county.text(minutes[0])


def test_the_inspection_bulletin_has_the_four_causes_of_its_month(county) -> None:
    """March: one case of each cause, counted again from the sheet; what was found in February is not told again."""
    found = [each for each in cells_of(county.root, "督导", "督导") if each["督导日期"].month == 3]
    causes = [each["类别"] for each in found]
    counted = {cause: causes.count(cause) for cause in sorted(set(causes))}
    assert len(counted) == 4
    words = next(county.text(each) for each in county.of("督导通报") if each.stem == "2026年3月")
    for cause, count in counted.items():
        assert f"{cause}{count}项" in words
        assert f"{cause}\n" in words
    assert "取水口涉河手续" not in words
    closed = [each for each in cells_of(county.root, "督导", "督导") if each["状态"] == "已销号"]
    march = [each for each in closed if each["销号日期"].month == 3]
    assert f"本月销号{len(march)}项" in words


def test_inspections_and_visits_are_made_every_month(county) -> None:
    """January to March: each month has an inspection with its bulletin, each leader dispatches and visits."""
    assert months(cells_of(county.root, "督导", "督导"), "督导日期") == {1, 2, 3}
    told = {each.stem for each in county.of("督导通报")} - {"送签稿"}
    assert told == {"2026年1月", "2026年2月", "2026年3月"}
    leaders = {each["项目管家"] for each in cells_of(county.root, "项目", "项目")} - {None}
    assert len(leaders) == 4
    for sheet, day, who in (("现场", "调研日期", "调研领导"), ("调度", "调度日期", "主持领导")):
        rows = cells_of(county.root, sheet, sheet)
        for leader in leaders:
            assert months((each for each in rows if each[who] == leader), day) == {1, 2, 3}, (sheet, leader)


def test_the_ledger_of_visits_has_five_things_clear(county) -> None:
    """Facts, progress, problem, responsibility, effect are columns; where there was no problem it says so."""
    rows = county.rows("现场调研台账")
    heads = next(row for row in rows if row[0] == "序号")
    for each in ("情况清", "进度清", "问题清", "责任清：单位", "责任清：责任人", "责任清：时限", "成效清"):
        assert each in heads
    problems = [row[heads.index("问题清")] for row in serials(rows)]
    visits = cells_of(county.root, "现场", "现场")
    assert problems.count("没有发现问题") == sum(each["问题"] is None for each in visits) > 0


def test_a_project_enters_the_pool_when_it_meets_all_four_conditions(county) -> None:
    """In January two may enter; in March one more has passed its experts, its approval and has its code."""
    rows = {row[1]: row for row in serials(county.rows("入库审核表"))}
    assert len(rows) == 5
    may = {name for name, row in rows.items() if row[8] == "可以入库"}
    assert {name for name, row in rows.items() if row[9]} == may
    assert "霁川县老旧小区改造四期" in may
    for path, entered in (("谋划项目库.xlsx", 2), ("谋划项目库3月.xlsx", 3)):
        sheet = openpyxl.load_workbook(county.root / path).worksheets[0]
        heads, *found = list(sheet.iter_rows(min_row=3, values_only=True))
        at = heads.index("入库日期")
        assert {"板块", "谋划阶段", "可研深度", "专家评审", "资金需求", "拟争取资金方向"} <= set(heads)
        assert sum(row[at] is not None for row in serials(found)) == entered


def test_one_project_has_one_leader_and_one_team(county) -> None:
    """A notice for each project names group leader, vice leader and members; the list of leaders has all."""
    words = county.words("项目工作小组通知")
    assert "包项目领导为县委常委、常务副县长陶嘉禾同志，牵头责任单位为县工信局" in words
    assert "陶嘉禾（县委常委、常务副县长）" in words
    plan = [each for each in cells_of(county.root, "项目", "项目") if each["清单阶段"] == "终稿"]
    assert all(each["项目管家"] and each["牵头单位"] for each in plan)
    assert all(f"{each['项目名称']}，建设地点在" in words for each in plan)
    sheet = openpyxl.load_workbook(county.root / "包联一览表.xlsx").worksheets[0]
    assert len(serials(sheet.iter_rows(values_only=True))) == len(plan)


def test_each_lead_unit_gets_its_monthly_report_to_fill_in_and_who_was_late_is_seen(county) -> None:
    """Eight projects, eight forms; two of twelve returns came late."""
    papers = [each for each in county.of("月调度专报") if each.stem != "送签稿"]
    assert len(papers) == 8
    first = next(county.text(each) for each in papers if each.stem.startswith("001-"))
    assert "2026年2月26日月调度：3月底前完成施工许可" in first
    sheet = openpyxl.load_workbook(county.root / "报送统计.xlsx").worksheets[0]
    heads, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    late = heads.index("其中迟报")
    assert sum(row[late] for row in serials(rows)) == 2


def test_what_a_dispatch_asks_is_passed_on_with_its_five_points(county) -> None:
    """Problem, unit, demand, deadline, and a block in which it is followed up."""
    words = county.words("项目调度单")
    for each in ("3处弯道改线增加林地", "县林草局", "完成新增林地现场查验", "2026年3月27日", "跟踪落实"):
        assert each in words


def test_a_courted_project_is_weighed_handed_over_and_landed(county) -> None:
    """Eight aspects are weighed; who takes it over is told by when the tables are due; each unit gets its tasks."""
    weighed = county.words("评估论证记录")
    for each in (
        "产业政策",
        "规划选址",
        "土地供应",
        "环境容量",
        "能耗水耗",
        "安全生产",
        "投资强度",
        "企业实力",
    ):
        assert each in weighed
    handed = county.words("签约项目移交函")
    assert "该项目移交你单位承接" in handed
    assert "于2026年3月19日前报我办" in handed
    owed = [each for each in cells_of(county.root, "落地", "落地") if not each["完成日期"]]
    tasks = [row for row in county.table_rows("落地任务书") if row[0].isdigit()]
    assert sorted(row[2] for row in tasks) == sorted(each["任务"] for each in owed)
    shown = {row[1]: row[6] for row in serials(county.rows("招商考核表"))}
    assert (shown["中药材初加工项目"], shown["食品级二氧化碳回收项目"]) == ("迟完成", "按时")


def test_the_plan_of_the_year_adds_up_and_its_sum_stands_once(county) -> None:
    """Eight projects; the totals of the text and of the annex are those of the sheet."""
    plan = [each for each in cells_of(county.root, "项目", "项目") if each["清单阶段"] == "终稿"]
    total = sum(float(each["总投资（亿元）"]) for each in plan)
    words = county.words("年度计划报告")
    assert f"列入计划的项目{len(plan)}个，总投资{total:g}亿元" in words
    rows = county.table_rows("年度计划报告")
    assert [row[4] for row in rows if row[1] == "合计"] == [f"{total:.2f}"]


def test_scores_add_up_by_unit(county) -> None:
    """Each unit's row of sums is the sum of its indicators, of at most 100 points."""
    rows = cells_of(county.root, "考核", "考核")
    sums = {each["单位"]: 0 for each in rows}
    for each in rows:
        assert each["得分"] <= each["分值"]
        sums[each["单位"]] += each["得分"]
    assert sums == {"县工信局": 95, "县住建局": 81}
    groups = [row for row in county.rows("考核得分表") if row[0] and str(row[0]).startswith(("一、", "二、"))]
    assert len(groups) == 2


def test_own_kinds_pass_the_checker(county, capsys) -> None:
    """Every paper of an own kind, and the notice of the roster, is without error and warning."""
    own = {each.stem for each in (county.root / "kinds").glob("*.txt")} | {"成员调整通知"}
    papers = [str(each) for kind in own for each in county.of(kind) if each.stem != "送签稿"]
    assert len(papers) > 20
    assert run(["-C", str(county.root), "--date", "2026-06-30", "lint", *papers]) == 0
    assert "警告" not in capsys.readouterr().out
