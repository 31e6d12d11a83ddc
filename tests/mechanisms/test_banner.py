"""Example D, a banner's sweep: what its text asks, counted again from the cells and found in the papers of its year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import openpyxl
import pytest

from docgen.cli.main import run
from docgen.rules.workdays import WorkCalendar
from tests.mechanisms.conftest import cells_of

DONE = "办结"
GROUP = re.compile("抄送：旗纪委监委派驻(.+?)纪检监察组")


@pytest.fixture(scope="module")
def sweep(live) -> Any:
    """The year of the sweep, run once a session."""
    return live("d")


@pytest.fixture(scope="module")
def approvals(sweep) -> list[dict[str, Any]]:
    """The approvals as the year left them."""
    return cells_of(sweep.root, "手续", "手续")


def test_465_projects_registered_since_2016_are_in_the_sweep(sweep) -> None:
    """Each has its year, which its code begins with, and is either not begun or begun without all its papers."""
    rows = cells_of(sweep.root, "项目", "项目")
    assert len(rows) == len({each["项目名称"] for each in rows}) == 465
    assert {each["立项年份"] for each in rows} == set(range(2016, 2026))
    assert {each["项目状态"] for each in rows} == {"未开工", "已开工"}
    for each in rows:
        began = each["国家项目代码"]
        assert began.startswith((f"{each['立项年份']}-", f"{each['立项年份'] % 100}"))


def test_one_person_holds_a_seat_in_the_group_and_one_in_its_office(sweep) -> None:
    """The head of the development commission is a member and directs the office; who else is of it is listed."""
    shown = [row for row in sweep.rows("办公室名册") if isinstance(row[0], int)]
    assert (shown[0][1], shown[0][3]) == ("靳乐山", "成员、办公室主任")
    assert [row[3] for row in shown].count("办公室成员") == 3
    assert "办公室主任由旗发改委党组书记、主任靳乐山兼任" in sweep.words("印发通知")


def test_what_is_owed_is_due_by_the_end_of_the_year_whenever_the_project_was_to_start(sweep) -> None:
    """The rule names its year: projects of ten years are due by 31 December 2025 where no day was promised."""
    sheet = openpyxl.load_workbook(sweep.root / "待批项目台账.xlsx").worksheets[0]
    heads, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    at = heads.index("办结期限")
    days = {row[at].date() for row in rows if isinstance(row[0], int)}
    assert max(days) == date(2025, 12, 31)
    assert None not in days


def test_five_working_days_from_acceptance_over_the_holiday(sweep) -> None:
    """Accepted on 29 September: 30 September, 9, 10, 11 (a working Saturday), 13 October; late on the 14th."""
    assert WorkCalendar().after(date(2025, 9, 29), 5) == date(2025, 10, 13)
    said = sweep.heard("status --unit 旗住建局")
    assert "旗住建局  3     2025-10-13  超1个工作日" in said
    assert "规则事项：转报上级（新增建设用地审批）" in said
    assert "规则事项：完成初审（新增建设用地审批）" in said


def test_each_registering_unit_has_a_ledger_that_its_head_and_the_vice_head_sign(sweep) -> None:
    """Two ledgers with every approval that is owed, each once, with room for the seal and for both signatures."""
    (first, *_), *_ = sweep.rows("核查台账")
    assert first.endswith("立项项目待批手续台账")
    rows = sweep.rows("核查台账")
    signed = [str(row[0]) for row in rows if "分管旗长（签字）" in str(row[0])]
    assert {each.partition("　")[0] for each in signed} == {
        "立项部门（盖章）：旗发改委",
        "立项部门（盖章）：旗工信局",
    }
    pending = openpyxl.load_workbook(sweep.root / "待批项目台账.xlsx").worksheets[0]
    whole = sum(isinstance(row[0], int) for row in pending.iter_rows(values_only=True))
    assert sum(isinstance(row[0], int) for row in rows) == whole
    assert {str(row[12]).partition("：")[0] for row in rows if isinstance(row[0], int) and row[12]} == {
        "及时审批",
        "一次性告知后退回",
        "移出清单",
    }


def test_the_ledger_goes_to_the_government_and_from_it_to_the_league(sweep) -> None:
    """The office reports upward under its director; what goes to the league is the banner government's own paper."""
    report, above = sweep.words("台账报告"), sweep.words("台账上报")
    assert "宝日图旗人民政府：" in report
    assert "签发人：靳乐山" in report
    assert "列入起底范围的项目465个" in report
    assert "宝日图旗人民政府文件" in above
    assert "签发人：邬玉珊" in above
    assert "敖特尔盟行政公署：" in above


def test_one_approved_is_one_struck_off(sweep, approvals) -> None:
    """What October's ledger strikes off is what was done in October, each with its permit; nothing else went."""
    done = {
        (each["审批事项"], each["证照编号"])
        for each in approvals
        if each["状态"] == DONE and each["办结日期"].date().replace(day=1) == date(2025, 10, 1)
    }
    rows = [row for row in sweep.rows("核减台账") if isinstance(row[0], int)]
    assert {(row[2], row[6]) for row in rows} == done
    assert {row[7] for row in rows} == {"核减1项"}
    gone = openpyxl.load_workbook(sweep.root / "清单变动表.xlsx").worksheets[0]
    changes = [row[2] for row in gone.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert changes == ["删去（终稿）"] * 3


def test_what_is_removed_has_its_own_reason_and_the_unbuilt_leave_the_regions_store_too(sweep) -> None:
    """Three projects are removed by 20 September; two were never built, and the region is asked for those alone."""
    words = sweep.words("移出说明")
    for reason in ("用地预审意见已经失效", "高标准农田建设项目", "选址位于生态保护红线内"):
        assert reason in words
    assert "分管领导（签字）" in words
    assert "2025年9月15日" in words
    letter = sweep.words("移出项目库函")
    assert "朔宁自治区发展和改革委员会：" in letter
    assert ("生态保护红线" in letter, "高标准农田" in letter) == (True, False)
    assert "请予支持并函复" in letter  # a superior organ is given no day


def test_papers_that_lack_are_told_once_within_three_working_days_with_advice(sweep) -> None:
    """Received on Thursday 14 August: told by Tuesday 19 August, everything at once, and how to do it better."""
    words = sweep.words("一次性告知建议书")
    assert "2025年8月19日" in words
    assert "以上为缺少的全部材料，一次告知" in words
    assert "可以在网上填报环境影响登记表" in words
    assert "没有待告知" in sweep.heard("draft 一次性告知建议书")


def test_red_lights_are_told_to_the_unit_and_its_staff_once(sweep, approvals) -> None:
    """On 9 October every approval of the banner that was due on 30 September is told of, with who handles it."""
    red = [row for row in sweep.table_rows("红灯告知单") if row[0].isdigit()]
    due = [
        each
        for each in approvals
        if each["计划办结"]
        and each["计划办结"].date() == date(2025, 9, 30)
        and each["状态"] not in {DONE, "上报上级"}
    ]
    own = [
        each
        for each in due
        if each["审批事项"] not in {"林地征占用审核", "草地征占用审核", "新增建设用地审批"}
    ]
    assert len(red) == len(own) > 5
    assert {row[3] for row in red} == {each["责任人"] for each in own}
    assert "4件已核稿或签发，其中的事项未再起草：宝起底办警〔2025〕1号、" in sweep.heard("draft 红灯告知单")


def test_the_monthly_overdue_list_is_copied_to_the_discipline_group_of_that_unit(sweep) -> None:
    """Each department's paper names the group that is stationed in it, and no other's."""
    papers = [each for each in sweep.of("超期项目月报") if each.stem != "送签稿"]
    copied = {each.stem.partition("-")[0]: set(GROUP.findall(sweep.text(each))) for each in papers}
    assert copied == {unit: {unit} for unit in ("旗水利局", "旗住建局", "旗自然资源局", "旗生态环境局")}


def test_reports_are_half_monthly_until_the_end_of_september_and_monthly_after(sweep) -> None:
    """The setting is changed once; August's second half and the whole of October are reported."""
    words = sweep.words("报告")
    assert "关于2025年8月下半月起底项目前期手续办理情况的报告" in words.replace("\n", "")
    assert "关于2025年10月起底项目前期手续办理情况的报告" in words.replace("\n", "")


def test_who_approves_off_line_after_september_is_told_of(sweep) -> None:
    """One of October's applications was not on line; one unit is not on its platform yet, another came in time."""
    words = sweep.words("线上审批通报")
    assert "没有线上办理的1项" in words
    assert "自治区" not in words.partition("二、线上审批")[0]  # no superior organ is named as slow
    assert "没有按时入驻平台的：旗生态环境局（在线审批平台）" in words
    joined = {row[1]: row[5] for row in sweep.rows("平台入驻情况表") if isinstance(row[0], int)}
    assert (joined["旗林草局"], joined["旗生态环境局"]) == ("已入驻", "未入驻")


def test_the_hot_line_is_registered_passed_on_with_a_day_and_answered(sweep) -> None:
    """A call of Friday 15 August is to be answered by the 22nd; the list has the answer."""
    assert "2025年8月22日" in sweep.words("热线转办单")
    shown = str(sweep.rows("热线办理情况表"))
    assert "一窗受理、内部流转" in shown
    assert "热2025-03" in sweep.heard("find 跑几个窗口")


def test_the_second_look_finds_what_to_mend_and_what_to_take_in_again(sweep) -> None:
    """Two units get a letter each; what was true is struck off without one."""
    words = sweep.words("回头看整改通知")
    assert "弃渣场位置与方案不一致" in words
    assert "重新纳入" in words
    assert len([each for each in sweep.of("回头看整改通知") if each.stem != "送签稿"]) == 2


def test_supervision_is_lifted_when_the_matter_is_done(sweep) -> None:
    """The building permit was supervised on 5 November and is lifted after it was given."""
    assert "施工许可" in sweep.words("挂牌督办通知书")
    assert "现解除挂牌督办" in sweep.words("解除挂牌督办通知书")


def test_levels_are_those_of_the_region_and_own_kinds_pass_the_checker(sweep, capsys) -> None:
    """旗县级 and 自治区级 stand in the ledgers; every paper of an own kind is without error and warning."""
    levels = {row[5] for row in sweep.rows("核查台账") if isinstance(row[0], int)}
    assert levels == {"旗县级", "自治区级"}
    own = {each.stem for each in (sweep.root / "kinds").glob("*.txt")}
    papers = [str(each) for kind in own for each in sweep.of(kind) if each.stem != "送签稿"]
    assert len(papers) > 10
    assert run(["-C", str(sweep.root), "--date", "2025-12-31", "lint", *papers]) == 0
    assert "警告" not in capsys.readouterr().out
