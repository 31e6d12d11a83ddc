"""`docgen bulletin` from the sample: by period a document, a serial or a table; every figure against the sheets."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from docgen.cli.main import run
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.records import Records
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.register.faults import RegisterUnreachable
from docgen.register.store import Register
from docgen.sheets.reading.reader import read_folder
from tests.conftest import Docgen, set_cell


@pytest.fixture
def records(workspace: Path) -> Records:
    reading = read_folder(workspace / "data", "data")
    assert reading.records is not None
    return reading.records


def said(
    capsys: pytest.CaptureFixture[str], *arguments: str, by: str = "陶映雪", day: str = "2026-03-16"
) -> Any:
    capsys.readouterr()
    code = run(["--json", "--date", day, "--by", by, *arguments])
    return json.loads(capsys.readouterr().out) | {"code": code}


def drafted(capsys: pytest.CaptureFixture[str], *periods: str) -> list[Path]:
    found = said(capsys, "bulletin", *(word for each in periods for word in ("--period", each)))
    assert found["code"] == 0
    return [Path(each["path"]) for each in found["documents"]]


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    return "\n".join(each.text for each in document.paragraphs)


def rows_of(path: Path) -> list[list[str]]:
    document = docx.Document(str(path))
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def counted(records: Records) -> list[Approval]:
    return [
        each
        for each in records.of(Approval)
        if each.project.stage.value == "终稿" and each.state.value != "无需办理" and each.item.counted
    ]


def is_done(each: Approval) -> bool:
    return each.state.value == "办结"


def empty(path: Path, sheet: str) -> None:
    """Leave a sheet its head alone."""
    book = openpyxl.load_workbook(path)
    book[sheet].delete_rows(3, book[sheet].max_row)
    book.save(path)


def leave_late(path: Path, count: int) -> None:
    """Let some of the approvals that are to be done be late, and give the others a day to come."""
    book = openpyxl.load_workbook(path)
    sheet = book["手续"]
    planned, state = ([each.value for each in sheet[2]].index(label) for label in ("计划办结", "状态"))
    rows = [row for row in sheet.iter_rows(min_row=3) if row[state].value in ("未申报", "已受理", "补正")]
    for place, row in enumerate(rows):
        row[planned].value = date(2026, 12, 31) if place >= count else date(2026, 1, 30)
    book.save(path)


def test_each_length_of_period_has_its_form_and_every_figure_is_that_of_the_sheets(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    month, ten_days, day = drafted(capsys, "2026-02", "2026-03上旬", "2026-03-13")
    assert [each.parts[-3] for each in (month, ten_days, day)] == ["通报", "工作通报", "调度日报"]
    needed = counted(records)
    done = sum(map(is_done, needed))
    words = words_of(ten_days)
    assert f"应办手续{len(needed)}项，已办结{done}项，未办结{len(needed) - done}项" in words
    assert "手续办结率42.5%" in words
    within = [each for each in needed if each.done and date(2026, 3, 1) <= each.done <= date(2026, 3, 10)]
    assert f"本旬办结手续{len(within)}项。没有2026年2月下旬末的数据，本期不与上期比较。" in words
    for unit in records.of(Unit):
        mine = [each for each in needed if each.unit is unit]
        if mine and unit.level.value == "县级":
            row = [unit.short_name, str(len(mine)), str(sum(map(is_done, mine)))]
            assert row in [each[1:4] for each in rows_of(ten_days)]
    table = [[str(cell.value) for cell in row] for row in openpyxl.load_workbook(day).worksheets[0].rows]
    assert sum("红灯" in row for row in table) == 17
    assert not any("表扬" in cell or "批评" in cell for row in table for cell in row)


def test_late_items_are_named_whole_in_the_text_or_in_an_annex(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = drafted(capsys, "2026-03上旬")
    late = {
        (each.unit.short_name, each.project.name, each.item.name)
        for each in records.of(Approval)
        if each.project.stage.value == "终稿" and each.state.pending and each.planned
        and each.planned < date(2026, 3, 16)
    }  # fmt: skip
    annex = {tuple(each[1:4]) for each in rows_of(path) if len(each) == 6 and each[0].isdigit()}
    assert late <= annex
    assert "17项手续超过办理时限" in words_of(path)
    open_ = [each for each in records.of(Bottleneck) if not each.closed]
    shown = {each[2] for each in rows_of(path)}
    assert all(each.question in shown for each in open_)
    assert re.search(f"未销号问题共{len(open_)}个，其中3个超过完成时限", words_of(path))


@pytest.mark.parametrize("count", [1, 2])
def test_trouble_of_one_sort_is_told_item_by_item_without_a_lone_head(
    workspace: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    """Some approvals are late and nothing else is wrong: no （一）超期手续 stands above them without a （二）."""
    for book in ("问题", "督办", "报送"):
        empty(workspace / "data" / f"{book}.xlsx", book)
    leave_late(workspace / "data" / "手续.xlsx", count)
    (path,) = drafted(capsys, "2026-03上旬")
    trouble = words_of(path).partition("二、存在问题\n")[2].partition("三、")[0]
    assert "超期手续" not in trouble
    assert trouble.count("个工作日，") == count
    assert [mark in trouble for mark in ("（一）", "（二）", "（三）", "1.")] == [
        count > 1,
        count > 1,
        False,
        False,
    ]


@pytest.mark.parametrize(("day", "late"), [("2026-03-16", 3), ("2026-04-20", 15)])
def test_few_late_questions_and_matters_are_told_in_a_sentence_and_many_in_tables(
    records: Records, capsys: pytest.CaptureFixture[str], day: str, late: int
) -> None:
    (made,) = said(capsys, "bulletin", "--period", "2026-02", day=day)["documents"]
    words, rows = words_of(Path(made["path"])), rows_of(Path(made["path"]))
    many = late > 3
    assert f"其中{late}个超过完成时限（详见附件2）" in words
    assert ("超过完成时限的是：" in words) is not many
    assert sum("（超期" in cell for row in rows for cell in row) == late
    matters = [each for each in records.of(Supervision) if each.state.is_open and each.due.isoformat() < day]
    assert f"超过办理时限的督办事项{len(matters)}件{'，具体如下' if many else ''}：" in words
    told = {row[1] for row in rows} if many else set(re.findall("“(.+?)”（应于", words))
    assert {each.matter for each in matters} <= told


def test_praise_and_blame_come_from_the_rule_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "data" / "考核规则.xlsx"
    path.unlink()
    (plain,) = drafted(capsys, "2026-03上旬")
    assert not re.search("表扬|批评", words_of(plain))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "考核规则"
    for row in (["办结率考核规则"], ["分组", "口径", "目标办结率", "约谈末位", "表扬首位"],
                ["审批单位", "以手续计", 50, 1, 2]):  # fmt: skip
        sheet.append(row)
    book.save(path)
    (ruled,) = drafted(capsys, "2026-03上旬")
    words = words_of(ruled)
    assert "县发改委（90%）、县行政审批局（56.3%）达到50%的目标，位居前列，按考核规则予以通报表扬。" in words
    assert "县住建局（18.8%）没有达到50%的目标，排名靠后，按考核规则予以通报批评" in words
    assert "牵头单位办结率排名" not in words  # the rules say who is ranked


def test_who_is_not_called_by_decision_is_named_and_nobody_else_is_said_to_be_last(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sample's rule exempts the unit at the foot, so who is blamed above it ranks low but not last."""
    assert workspace.is_dir()
    (path,) = drafted(capsys, "2026-03上旬")
    spared = re.findall("经同意不约谈的：([^。]*)。", words_of(path))
    assert [re.sub("（.*?）", "", each) for each in spared] == ["县文旅局"]
    assert "排名靠后，按考核规则予以通报批评" in words_of(path)
    assert "末位" not in words_of(path)


def test_a_serial_is_signed_as_an_issue_without_seal_and_its_issue_keeps_the_sheets(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = drafted(capsys, "2026-03上旬")
    assert said(capsys, "lint", str(path))["code"] == 0
    for by, step in (("方知远", "review"), ("万里舟", "sign")):
        assert said(capsys, "doc", step, "1", by=by)["code"] == 0
    issued = said(capsys, "doc", "issue", "1", "--copies", "20")
    assert issued["code"] == 0
    assert (workspace / "快照" / "2026-03-10.zip").is_file()
    assert any(each["code"] == "snapshot-kept" for each in issued["advices"])
    (final,) = (
        each for each in (workspace / "out/2026/工作通报").glob("*1号/*.docx") if each.stem != "送签稿"
    )
    assert "第1期" in words_of(final)
    assert said(capsys, "lint", str(final))["code"] == 0
    assert said(capsys, "verify")["code"] == 0
    set_cell(workspace / "data" / "手续.xlsx", "手续", 2, "审批环节", "专家评审")
    (next_,) = drafted(capsys, "2026-03中旬")
    assert "与上期末相比，应办手续持平，办结手续持平，手续办结率持平" in words_of(next_)


def test_a_document_is_sealed_on_behalf_and_goes_to_all_members(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = drafted(capsys, "2026-02")
    words = words_of(path)
    assert "澄湖县发展和改革委员会（代章）" in words
    members = [each for each in records.of(Unit) if "成员单位" in map(str, each.roles)]
    host = records.mechanism.host_unit
    assert all((each.name in words.partition("：")[0]) is (each is not host) for each in members)
    found = said(capsys, "lint", str(path))
    assert found["code"] == 0
    severities = {each["severity"] for file in found["files"] for each in file["findings"]}
    assert severities <= {"hint"}


def test_which_periods_are_told_in_which_form_is_a_setting(
    workspace: Path, set_setting: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    set_setting("通报", "时段", "月、旬")
    set_setting("工作通报", "时段", "周")
    (path,) = drafted(capsys, "2026-03上旬")
    assert path.parts[-3] == "通报"
    refused = said(capsys, "bulletin", "--period", "2026Q1")
    (problem,) = refused["problems"]
    assert (refused["code"], problem["code"]) == (2, "period-not-set")
    assert "请在“文种设置”表加一行" in problem["message"] + problem.get("remedy", "")


def test_an_issue_that_ends_before_it_is_recorded_has_kept_the_sheets(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No moment lies between record and snapshot in which an end of the command would lose the state of the period."""
    drafted(capsys, "2026-03上旬")
    for by, step in (("方知远", "review"), ("万里舟", "sign")):
        said(capsys, "doc", step, "1", by=by)

    def fail(*_: object) -> None:
        raise RegisterUnreachable("登记库", "磁盘已满")

    with monkeypatch.context() as full:
        full.setattr(Register, "_close", fail)
        assert said(capsys, "doc", "issue", "1", "--copies", "20")["code"] == 4
    kept = (workspace / "快照" / "2026-03-10.zip").read_bytes()

    assert said(capsys, "doc", "issue", "1", "--copies", "20")["code"] == 0
    assert (workspace / "快照" / "2026-03-10.zip").read_bytes() == kept


def test_charts_are_drawn_when_set_from_the_figures_of_the_tables(
    workspace: Path, set_setting: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (plain,) = drafted(capsys, "2026-03")
    assert not [name for name in zipfile.ZipFile(plain).namelist() if "charts" in name]
    assert said(capsys, "snapshot", "--period", "2026-02")["code"] == 0
    set_setting("通报", "插图", "是")
    (path,) = drafted(capsys, "2026-03")
    captions = re.findall("^图(\\d)　(.+?)（", words_of(path), re.MULTILINE)
    assert [number for number, _ in captions] == ["1", "2", "3"]
    assert "图4　办结率走势" in words_of(path)
    with zipfile.ZipFile(path) as package:
        books = sorted(name for name in package.namelist() if name.endswith(".xlsx"))
        (ranks, *_), shown = (
            [
                list(
                    openpyxl.load_workbook(io.BytesIO(package.read(name))).active.iter_rows(values_only=True)
                )
                for name in books
            ],
            rows_of(path),
        )
    table = [row for row in shown if row[0].isdigit() and row[4:5] and row[4].endswith("%")]
    for unit, rate in ranks[1:]:
        assert any(row[1] == unit and row[4] == f"{rate:.1f}%" for row in table)
    assert said(capsys, "lint", str(path))["code"] == 0


def test_a_period_told_of_from_a_snapshot_before_its_end_says_so(workspace: Path, docgen: Docgen) -> None:
    """A state kept in the middle of February is not that of its end: the clerk is told of which day it is."""
    assert docgen("--date", "2026-02-20", "snapshot").code == 0
    ran = docgen("bulletin", "--period", "2026-02", "--dry-run")
    assert "2026年2月的数据按2026年2月20日的快照写，期末的没有保存" in ran.err
    assert docgen("snapshot", "--period", "2026-02").code == 0
    assert "快照写" not in docgen("bulletin", "--period", "2026-02", "--dry-run").err


def test_after_the_turn_of_the_year_a_bulletin_of_december_tells_of_the_list_of_its_own_year(
    workspace: Path, docgen: Docgen
) -> None:
    assert docgen("--date", "2026-12-31", "snapshot").code == 0
    set_cell(workspace / "data" / "工作机制.xlsx", "工作机制", "年度", "内容", 2027)
    assert docgen("--date", "2027-01-05", "bulletin", "--period", "2026-12").code == 0
    (path,) = (workspace / "out").glob("*/通报/草稿/*.docx")
    assert "截至2026年12月31日，2026年重大项目清单共有项目" in words_of(path)


def test_a_bulletin_of_a_whole_year_is_not_called_the_first_of_it(
    workspace: Path, docgen: Docgen, set_setting: Callable[[str, str, object], None]
) -> None:
    set_setting("通报", "时段", "月、年")
    for day, period in (("2026-02-02", "2026-01"), ("2026-12-31", "2026")):
        assert docgen("--date", day, "bulletin", "--period", period).code == 0
    first, year = (
        words_of(each) for each in sorted((workspace / "out").glob("*/通报/草稿/*.docx"), reverse=True)
    )
    assert "本期是2026年第一期，项目清单是新一年度的，不与上年比较" in first
    assert "第一期" not in year
    assert "项目清单是新一年度的，不与上年比较" in year


def test_on_the_last_day_of_a_period_nothing_is_said_of_a_snapshot_that_cannot_be_missing(
    docgen: Docgen,
) -> None:
    ran = docgen("--date", "2026-03-31", "bulletin", "--period", "2026-03", "--dry-run")
    assert ran.code == 0
    assert "快照" not in ran.err
