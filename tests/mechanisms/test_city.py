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
