"""Example A, a county: what its founding text asks of its office, found in the papers of its year."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from docgen.archive.judging import judge_bag
from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule
from docgen.model.values import Level
from docgen.rules.deadlines import deadline_of
from docgen.rules.workdays import WorkCalendar
from docgen.workspace import Workspace


@pytest.mark.parametrize(
    ("first", "level", "due"),
    [
        (True, Level.COUNTY, date(2026, 1, 31)),
        (True, Level.CITY, date(2026, 2, 28)),
        (True, Level.PROVINCE, date(2026, 3, 31)),
        (False, Level.COUNTY, date(2026, 6, 30)),
        (False, Level.CITY, date(2026, 7, 31)),
        (False, Level.PROVINCE, date(2026, 8, 31)),
    ],
)
def test_deadlines_follow_half_year_and_level(first: bool, level: Level, due: date, live) -> None:
    """A start in the second half is due at the city's level by 31 July, and so on, row by row."""
    records = Workspace.find(live("a").root).records()
    rules, calendar = records.of(DeadlineRule), WorkCalendar()
    found = {
        deadline_of(each, rules, calendar).day
        for each in records.of(Approval)
        if each.state.pending
        and each.level is level
        and each.project.planned_start
        and (each.project.planned_start.month <= 6) is first
        and not each.planned
    }
    assert found == {due}


def test_the_mechanisms_text_and_roster_are_the_governments_paper(live) -> None:
    """The circular has the government office's number and the roster; nobody stamps on behalf."""
    words = live("a").words("印发通知")
    assert "澄政办发〔2025〕47号" in words
    assert "陆承钧" in words
    assert "（代章）" not in words


def test_who_returns_names_late_or_not_at_all_is_seen(live) -> None:
    """Names are due within 3 days: one unit was late, one has not answered."""
    lived = live("a")
    sheet = openpyxl.load_workbook(lived.root / "报送统计.xlsx").worksheets[0]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True)}
    assert "名单反馈" in str(rows["县文旅局"][7])
    assert rows["县林草局"][4] == 1, (
        "its names came late; what its sheet says of later months does not count yet"
    )
    assert "名单反馈" in lived.heard("status --unit 县文旅局")


def test_ten_units_send_one_each_within_a_week(live) -> None:
    """Ten full-time members due on 19 September, one of them late, and one for a single matter."""
    rows = live("a").rows("到岗情况表")
    states = [row[6] for row in rows if row[6] in {"按时", "迟到", "未到岗"}]
    assert (len(states), states.count("迟到")) == (11, 1)


def test_the_list_passes_three_stages_and_is_reported_for_decision(live) -> None:
    """What changed between draft and final list is told; the report asks for what is on the city's list only."""
    lived = live("a")
    for name in ("项目清单初稿", "项目清单审核稿", "项目清单终稿"):
        assert (lived.root / f"{name}.xlsx").is_file()
    assert "澄湖县城区供水管网更新改造工程（二期）" in lived.heard("status --since 2025-10")
    words = lived.words("清单汇报")
    assert "未列入市级调度清单" in words
    assert "签发人" in words
    assert "（代章）" in words
    assert [row[1] for row in lived.table_rows("清单汇报")].count("合计") == 1


def test_letters_are_sealed_on_behalf_with_the_steward_named(live) -> None:
    """Each unit of a project gets its letter, with the steward and, for the lead unit, the backward schedule."""
    words = live("a").words("告知函")
    assert words.count("（代章）") == 4
    assert "项目管家为副县长郝喆同志" in words
    assert "前期手续倒排工期表" in words


def test_fixed_receivers_of_weekly_and_half_monthly_papers(live) -> None:
    """The four bodies' leaders, the vice heads, organisation department and discipline commission get copies."""
    lived = live("a")
    for kind, four in (
        ("工作通报", ("县委主要负责同志", "县人大主要负责同志", "县政府主要负责同志", "县政协主要负责同志")),
        ("报告", ("县委办公室", "县人大常委会办公室", "县政协办公室")),
    ):
        words = lived.words(kind)
        for each in (*four, "县委组织部", "县纪委监委"):
            assert each in words, (kind, each)


def test_the_daily_dispatch_is_a_table_and_the_papers_have_their_own_masthead(live) -> None:
    """日调度 is a sheet; the weekly serial has the masthead that the county's settings give it."""
    lived = live("a")
    assert lived.rows("调度日报")
    assert "联审联批工作通报" in lived.words("工作通报")
    assert "联审联批工作专报" in lived.words("专报")


def test_what_a_unit_returned_stands_in_the_offices_sheets(live) -> None:
    """The cells that the unit filled in are the office's after the collection."""
    lived = live("a")
    sheet = openpyxl.load_workbook(lived.root / "data" / "问题.xlsx").worksheets[0]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "问2026-009")
    assert "灌区管理所3月24日书面同意供水方案" in row


def test_changes_of_the_list_and_removals_are_told_without_reasons_and_with(live) -> None:
    """The notice has sums and no reasons; the statement of removals has each its reason."""
    lived = live("a")
    assert "产能置换方案没有获得批准" not in lived.words("项目清单调整")
    assert "产能置换方案没有获得批准" in lived.words("移出说明")


def test_the_office_itself_adds_and_drops_units(live) -> None:
    """Units that join and leave are the office's own document, sealed on behalf, by the founding text."""
    words = live("a").words("成员调整通知")
    assert "澄湖县国防动员办公室" in words
    assert "澄湖县教育体育局" in words
    assert "（代章）" in words


def test_matters_above_the_county_have_each_a_group_and_an_officer(live) -> None:
    """City, province and nation: each matter names who follows it and what became of it."""
    rows = [row for row in live("a").rows("跟进事项清单") if isinstance(row[0], int)]
    assert {row[4] for row in rows} == {"国家级审批事项跟进组", "省级审批事项跟进组", "市级审批事项跟进组"}
    assert all(row[6] for row in rows)
    assert [row[9] for row in rows].count("已办结") == 1


def test_everything_stamped_stands_in_the_seal_register(live) -> None:
    """The register of the year names every number that was sealed on behalf, and the record verifies."""
    lived = live("a")
    said = lived.heard("seal register")
    for number in ("澄联审办函〔2026〕1号", "澄联审办发〔2026〕1号", "澄联审办报〔2026〕1号"):
        assert number in said
    assert "登记" in lived.heard("docgen verify")


def test_every_numbered_paper_of_the_office_is_sealed_on_behalf(live) -> None:
    """All but the government's circular, minutes and serials, which nobody seals, bear （代章）."""
    lived = live("a")
    kinds = {each.parts[-3] for each in (lived.root / "out").glob("*/*/*号/*.docx")}
    unsealed = {"印发通知", "会议纪要", "工作通报", "专报"}
    assert kinds > unsealed
    assert [kind for kind in kinds - unsealed if "（代章）" not in lived.words(kind)] == []


def test_what_changed_between_the_three_stages_is_listed(live) -> None:
    """Project 2 goes on from the first list to the reviewed one, and from there to the final one."""
    for name, change in (("初稿到审核稿", "初稿→审核稿"), ("审核稿到终稿", "审核稿→终稿")):
        sheet = openpyxl.load_workbook(live("a").root / f"{name}变动表.xlsx").worksheets[0]
        said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        before, _, after = change.partition("→")
        assert before in said, said
        assert after in said, said


def test_the_year_before_is_archived_judged_and_handed_over(live) -> None:
    """A scan was missing first; then the bag holds every number; report and handover lie there."""
    root = live("a").root
    bag = root / "归档" / "J001-WS-2025-第1版"
    judged = judge_bag(bag)
    assert judged.faults == ()
    assert judged.inventory
    assert [each.number for each in judged.inventory.filed] == [
        "澄政办发〔2025〕47号",
        "澄联审办报〔2025〕1号",
    ]
    assert {(each.standing, each.last) for each in judged.inventory.counted} == {
        ("纸质", 46),
        ("归档", 47),
        ("归档", 1),
    }
    assert (root / "四性检测报告.docx").is_file()
    assert sorted(each.name for each in (root / "移交").glob("*.docx")) == [
        "电子档案移交与接收登记表.docx",
        "电子档案移交目录.docx",
    ]
