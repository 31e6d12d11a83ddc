"""Example B, a prefecture city: its sheets are sound and its papers speak its own terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from docgen.cli.main import run
from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule
from docgen.model.project import Project
from docgen.model.values import Level, ListStage
from docgen.rules.deadlines import deadline_of
from docgen.rules.workdays import WorkCalendar
from docgen.workspace import Workspace

LEVELS = ("苏木乡镇级", "旗县级", "市级", "自治区级", "国家级")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as `docgen init --example b` makes it."""
    root = tmp_path_factory.mktemp("city") / "b"
    assert run(["init", str(root), "--example", "b"]) == 0
    return root


def test_every_sheet_is_sound(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`docgen check` finds nothing, in the sheets that the city declares itself either."""
    assert run(["-C", str(city), "check"]) == 0
    assert capsys.readouterr().out.startswith("没有问题。")


def test_the_scope_is_a_billion_yuan_and_more(city: Path) -> None:
    """Every project of the final list is of at least ten 亿元."""
    projects = Workspace.find(city).records().of(Project)
    final = [each for each in projects if each.stage is ListStage.FINAL]
    assert len(final) == 18
    assert min(each.total_investment or Decimal(0) for each in final) >= 10


def test_deadlines_follow_the_half_year_alone(city: Path) -> None:
    """Approvals of all levels are due by 31 March or, for starts in the second half, by 31 August."""
    records = Workspace.find(city).records()
    rules, calendar = records.of(DeadlineRule), WorkCalendar()
    due = {
        (each.project.planned_start.month <= 6, each.level): deadline_of(each, rules, calendar).day
        for each in records.of(Approval)
        if each.project.planned_start and each.state.pending
    }
    assert {day for (first, _), day in due.items() if first} == {date(2026, 3, 31)}
    assert {day for (first, _), day in due.items() if not first} == {date(2026, 8, 31)}
    assert {level for _, level in due} >= {Level.CITY, Level.PROVINCE}


def test_levels_are_called_as_in_the_region(city: Path) -> None:
    """The province is the autonomous region, its counties are banners and counties."""
    mechanism = Workspace.find(city).records().mechanism
    assert tuple(mechanism.level_word(each) for each in Level) == LEVELS


def test_a_deferred_prerequisite_becomes_a_slip(city: Path) -> None:
    """The slip names the paper that is to follow and is signed by the city's own office."""
    assert run(["-C", str(city), "slip", "--project", "3"]) == 0
    (slip,) = (city / "out").rglob("*容缺*.docx")
    words = "\n".join(
        cell.text for table in docx.Document(str(slip)).tables for row in table.rows for cell in row.cells
    )
    assert "专家评审意见" in words


def test_the_report_to_the_conveners_has_the_citys_masthead(city: Path) -> None:
    """The half-monthly report is a serial under the name that the city's settings give it."""
    assert run(["-C", str(city), "draft", "专报", "--period", "2026-03上半月"]) == 0
    (report,) = (city / "out").rglob("专报/**/*.docx")
    paragraphs = [each.text for each in docx.Document(str(report)).paragraphs]
    assert "审批联动工作专报" in paragraphs
    assert not any("联审联批" in each for each in paragraphs)


def test_the_circular_is_the_governments_own(live) -> None:
    """The text is issued under the government office's number, and nobody stamps it on behalf."""
    words = live("b").words("印发通知")
    assert "青政办发〔2025〕26号" in words
    assert "青岚市人民政府办公室" in words
    assert "（代章）" not in words


def test_a_letter_names_no_steward_where_no_project_has_one(live) -> None:
    """The notice to a unit with many projects says nothing of stewards, and is sealed on behalf of the office."""
    words = live("b").words("告知函")
    assert "项目管家" not in words
    assert "（代章）" in words
    assert "青审联办函〔2026〕3号" in words


def test_twelve_units_send_one_each_and_who_came_late_is_seen(live) -> None:
    """The sheet of arrivals has twelve full-time members, one of them late, and one who came for one matter."""
    rows = live("b").rows("到岗情况表")
    states = [row[6] for row in rows if row[6] in {"按时", "迟到", "未到岗"}]
    assert len(states) == 13
    assert states.count("迟到") == 1
    assert any("会商占补平衡指标资金" in map(str, row) for row in rows)


def test_mechanisms_of_districts_not_filed_or_late_come_first(live) -> None:
    """The list of filings begins with what is not filed, then what was late."""
    states = [row[7] for row in live("b").rows("报备情况表") if row[7] in {"未报", "迟报", "已报备"}]
    assert states == ["未报", "迟报", "已报备", "已报备", "已报备"]


def test_a_session_needs_the_consent_of_a_convener(live) -> None:
    """Without 召集同意 the notice is refused; with it a vice mayor's session has notice, list, accounts and minutes."""
    lived = live("b")
    assert "召集同意" in lived.heard("meeting-notice --meeting 会2026-03")
    assert "主持人岑静仪" in lived.words("会议纪要").replace("：", "").replace(
        "会议由", "主持人"
    ) or "岑静仪" in lived.words("会议纪要")
    heads = next(row for row in lived.rows("会商对账单") if "项目" in row)
    assert sum(str(each).startswith("逐项") for each in heads) == 6


def test_the_half_monthly_report_goes_to_conveners_with_copies_to_members(live) -> None:
    """Conveners as persons at the top, all member units among the copies."""
    words = live("b").words("专报")
    assert "报：市委副书记、市长祁乐山同志，市委常委、常务副市长岑静仪同志，副市长尹若水同志。" in words
    assert "送：青岚市人民政府办公室，青岚市发展和改革委员会，青岚市自然资源局，" in words


def test_supervision_is_copied_to_the_supervision_office(live) -> None:
    """What is listed for supervision goes in copy to 市政府督查室."""
    assert "市政府督查室" in live("b").words("挂牌督办通知书")


def test_the_office_itself_adds_a_member_unit(live) -> None:
    """The roster is changed under the office's own number, by the founding document, with nobody's consent."""
    words = live("b").words("成员调整通知")
    assert "青审联办发〔2026〕1号" in words
    assert "青岚市国防动员办公室" in words
    assert "根据《青岚市重大项目审批联动工作机制方案》" in words


def test_the_list_is_put_to_the_departments_of_the_trades(live) -> None:
    """Each department asked gets one letter with its projects and a form for its opinion."""
    lived = live("b")
    assert len({each.parent for each in lived.of("征求意见函")}) == 2
    assert "东岚区钠离子电池产业园项目" in lived.words("征求意见函")


def test_the_review_follows_matters_and_policies(live) -> None:
    """The quarterly review has what meetings handed out, what is supervised, and policies mended."""
    words = live("b").words("跟踪问效专报")
    for each in ("落实补充耕地指标购置资金", "容缺受理材料目录印发", "水土保持与洪水影响评价合并评审办法"):
        assert each in words


def test_visits_and_policies_have_their_ledgers(live) -> None:
    """What firms said stands by how they were visited; a policy that was mended names the matter it came from."""
    visits = [row for row in live("b").rows("走访台账") if isinstance(row[0], int)]
    assert len(visits) == 3
    policies = [row for row in live("b").rows("政策完善台账") if isinstance(row[0], int)]
    assert "已完成" in {row[7] for row in policies}
    assert all(row[1] and row[3] for row in policies)
