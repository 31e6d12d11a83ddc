"""Example C, a city's campaign: ranks and ties counted again from the cells, and what its text asks, in its papers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from docgen.cli.main import run
from tests.mechanisms.conftest import cells_of

DONE, NOT_NEEDED = "办结", "无需办理"


def last(shares: dict[str, Fraction], count: int, target: Fraction) -> set[str]:
    """Return the last so many that missed the target, with all that tie with the first of them."""
    limit = sorted(shares.values())[count - 1]
    return {name for name, share in shares.items() if share <= limit and share < target}


@pytest.fixture(scope="module")
def campaign(live) -> Any:
    """The campaign, run once a session."""
    return live("c")


@pytest.fixture(scope="module")
def whole(campaign) -> dict[str, bool]:
    """Whether all needed approvals of each project are done, by its serial."""
    needed = [each for each in cells_of(campaign.root, "手续", "手续") if each["状态"] != NOT_NEEDED]
    return {
        str(project): all(each["状态"] == DONE for each in needed if str(each["项目"]) == str(project))
        for project in {each["项目"] for each in needed}
    }


def by_project(campaign: Any, whole: dict[str, bool], column: str) -> dict[str, Fraction]:
    """Return the rate by project of what a column of the sheet of projects names."""
    groups: dict[str, list[bool]] = {}
    for each in cells_of(campaign.root, "项目", "项目"):
        groups.setdefault(each[column], []).append(whole[str(each["序号"])])
    return {name: Fraction(sum(found), len(found)) for name, found in groups.items()}


def summoned(campaign: Any, rule: str) -> set[str]:
    """Return who is in the plan for talks by a rule."""
    rows = campaign.table_rows("约谈方案")
    return {row[1] for row in rows if len(row) > 2 and row[2].startswith(rule)}


def test_the_last_three_counties_are_summoned_and_who_ties_with_them(campaign, whole) -> None:
    """Two counties share the fifth and last place but two: four are summoned, none of those above 70 %."""
    found = last(by_project(campaign, whole, "所属旗县区"), 3, Fraction(7, 10))
    assert found == {"柳溪县", "东屏区", "北屏区", "高新区"}
    assert {
        each.removesuffix("政府").removesuffix("管委会") for each in summoned(campaign, "所在地区")
    } == found


def test_the_last_two_lead_departments_are_summoned_and_who_ties_with_them(campaign, whole) -> None:
    """Two departments share the last place but one: three are summoned."""
    found = last(by_project(campaign, whole, "牵头单位"), 2, Fraction(7, 10))
    assert len(found) == 3
    assert summoned(campaign, "牵头单位") == found


def test_the_last_two_approving_departments_are_summoned_and_who_ties_with_them(campaign) -> None:
    """38 of 46 and 19 of 23 are the same rate: both are summoned with the last; upper levels are not ranked."""
    items = {each["事项名称"]: each["通常审批单位"] for each in cells_of(campaign.root, "事项", "事项")}
    groups: dict[str, list[bool]] = {}
    for each in cells_of(campaign.root, "手续", "手续"):
        unit = each["审批单位"] or items[each["审批事项"]]
        if each["状态"] != NOT_NEEDED and not unit.startswith("自治区"):
            groups.setdefault(unit, []).append(each["状态"] == DONE)
    counted = {unit: (sum(found), len(found)) for unit, found in groups.items()}
    assert (counted["市自然资源局"], counted["市水利局"]) == ((38, 46), (19, 23))
    found = last({unit: Fraction(*each) for unit, each in counted.items()}, 2, Fraction(1))
    assert found == {"市自然资源局", "市水利局", "市住建局"}
    assert summoned(campaign, "审批单位") == found


def test_a_rule_without_a_target_names_none(campaign) -> None:
    """The rule for approving departments has no line to reach: its column is —, and no letter says 100 %."""
    targets = {
        row[6] for row in campaign.table_rows("约谈方案") if len(row) > 6 and row[2].startswith("审批单位")
    }
    assert targets == {"—"}
    words = campaign.words("约谈通知")
    assert "目标为70%" in words
    assert "目标为100%" not in words


def test_each_of_those_summoned_has_one_letter(campaign) -> None:
    """Nine units are summoned, one of them by two rules in one letter; who reached 70 % has none."""
    names = {each.stem.partition("-")[0] for each in campaign.of("约谈通知")} - {"送签稿"}
    assert len(names) == 9
    assert "高新区管委会" in names
    assert not names & {"乌兰托旗政府", "哈彦旗政府", "白岭县政府", "市能源局"}


def test_seventy_percent_of_projects_were_not_reached_by_the_end_of_february(campaign, whole) -> None:
    """18 of 28 projects are done; the bulletin says so, and what changed since the period before."""
    assert (sum(whole.values()), len(whole)) == (18, 28)
    words = campaign.words("工作通报")
    assert "手续全部办结的项目18个，项目办结率64.3%" in words
    assert "手续全部办结的项目增加1个" in words
    assert "集中攻坚旬报" in words


def test_an_open_seat_is_printed_as_open_and_gets_no_copies(campaign) -> None:
    """The roster has （待定） before the post; nobody is written to who is not chosen yet, and lint is content."""
    assert "（待定）\u3000副市长" in campaign.words("印发通知")
    for kind in ("工作通报", "会议纪要", "重大事项盯办函"):
        assert "待定" not in campaign.words(kind)
    (paper,) = [each for each in campaign.of("印发通知") if each.stem != "送签稿"]
    assert run(["-C", str(campaign.root), "lint", str(paper)]) == 0


def test_papers_under_the_offices_own_seal_need_no_mandate(campaign) -> None:
    """The office signs with its own name alone; nothing is stamped on behalf."""
    words = campaign.words("约谈通知")
    assert "苍原市重大项目前期手续集中攻坚行动指挥部办公室" in words
    assert "（代章）" not in words


def test_every_month_of_the_campaign_has_a_study_meeting(campaign) -> None:
    """From December to February there is at least one meeting of the headquarters a month."""
    held = {
        (each["日期"].year, each["日期"].month)
        for each in cells_of(campaign.root, "会议", "会议")
        if each["类型"] == "研判" and each["状态"] == "已召开"
    }
    assert held >= {(2025, 12), (2026, 1), (2026, 2)}


def test_who_is_late_with_the_task_table_is_seen(campaign) -> None:
    """The period ends in the Spring Festival: due on the last working day before, two units late, two without."""
    rows = [each for each in cells_of(campaign.root, "报送", "报送") if each["期"] == "2026年2月中旬"]
    assert {each["应报日期"].date() for each in rows} == {date(2026, 2, 13)}
    assert sum(each["报送日期"] is None for each in rows) == 2
    assert sum(each["报送日期"] is not None and each["报送日期"] > each["应报日期"] for each in rows) == 2
    assert "任务表" in campaign.heard("status --unit 东屏区政府")


def test_major_matters_have_the_columns_of_the_text_and_only_what_needs_an_upper_level(campaign) -> None:
    """附件3: nine columns in their order; three matters; four returns in five are zero reports."""
    sheet = openpyxl.load_workbook(campaign.root / "重大事项清单.xlsx").worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    heads = next([str(each) for each in row if each] for row in rows if row[0] == "序号")
    starts = ("序号", "项目名称", "总投资", "本年计划", "项目进展", "提出问题", "需协调解决的堵点")
    starts += ("需协调的国家、自治区", "责任部门")
    assert all(head.startswith(start) for head, start in zip(heads, starts, strict=True))
    assert sum(isinstance(row[0], int) for row in rows) == 3
    major = [each for each in cells_of(campaign.root, "报送", "报送") if "附件3" in each["报送事项"]]
    assert sum(each["是否零报告"] == "是" for each in major) == len(major) - 3


def test_what_visits_found_goes_to_who_has_to_mend_it(campaign) -> None:
    """One letter to one unit with both findings; the list shows all four ways of looking."""
    words = campaign.words("督导问题转办函")
    assert "苍原市住房和城乡建设局" in words
    assert "抽调人员仍承担原单位工作，没有脱钩" in words
    assert "施工图审查合格书尚未取得，任务表却填已具备" in words
    shown = str(campaign.rows("督导情况表"))
    for each in ("走访企业", "暗访大厅", "检查专班", "核实要件"):
        assert each in shown


def test_a_hard_matter_passes_from_consultation_to_the_study_meeting(campaign) -> None:
    """What departments cannot settle is on the list for the headquarters, what they settled is not."""
    shown = str(campaign.rows("提请研判事项表"))
    assert "氟化物排放总量指标缺口如何调剂" in shown
    assert "矿区边界" not in shown


def test_who_was_seconded_late_or_still_works_at_home_is_seen(campaign) -> None:
    """Six departments second one each: one came late, one is not free of its own unit."""
    rows = [row for row in campaign.rows("抽调情况表") if isinstance(row[0], int)]
    assert [row[7] for row in rows].count("迟到") == 1
    assert [row[8] for row in rows].count("否") == 1
    assert len(rows) == 6


def test_the_table_is_returned_and_told_of_every_ten_days(campaign) -> None:
    """From 30 November on each period has its returns and one that is late; five issues of the bulletin follow."""
    rows = [each for each in cells_of(campaign.root, "报送", "报送") if each["报送事项"] == "任务表"]
    periods = list(dict.fromkeys(each["期"] for each in rows))
    assert len(periods) == 9
    for period in periods[:8]:
        of_it = [each for each in rows if each["期"] == period]
        assert sum(each["报送日期"] > each["应报日期"] for each in of_it) == 1, period
    told = {each.stem for each in campaign.of("工作通报")} - {"送签稿"}
    assert told == {"2026年2月中旬", "2026年2月下旬", "2026年3月上旬", "2026年3月中旬", "2026年3月下旬"}
