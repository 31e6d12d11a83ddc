"""手续一览: a row for each project and a column for each item, written and read again, and what offices write in it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.model.approval import Approval
from docgen.sheets.reading.reader import read_folder
from docgen.sheets.writing.wide_book import wide_workbook
from tests.sheets.conftest import DataFolder

HEAD = ("序号", "项目名称", "节能审查", "用地预审与选址意见书")
SAMPLE = Path(__file__).parents[2] / "data"


def wide(data: DataFolder, *rows: tuple[Any, ...], head: tuple[Any, ...] = HEAD) -> None:
    """Put the wide sheet in place of the long one."""
    (data.path / "手续.xlsx").unlink(missing_ok=True)
    data.write("手续一览", ("重大项目前期手续一览表",), (None, None, "前期手续"), head, *rows)


def approvals(data: DataFolder) -> list[tuple[Any, ...]]:
    return [
        (each.project.number, each.item.name, each.state.value, each.done, each.reason or each.progress or each.dossier)
        for each in data.records().of(Approval)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "state", "done", "words"),
    [
        ("未申报", "未申报", None, None),
        ("×", "未申报", None, None),
        ("组卷中：勘界报告未出", "组卷中", None, "勘界报告未出"),
        ("已受理（专家评审）", "已受理", None, "专家评审"),
        ("无需办理：不新增用地", "无需办理", None, "不新增用地"),
        ("不涉及，利用既有厂房", "无需办理", None, "利用既有厂房"),
        (date(2026, 3, 5), "办结", date(2026, 3, 5), None),
        ("2026.3.5", "办结", date(2026, 3, 5), None),
        ("√ 2026年3月5日", None, None, None),
        ("已办结：2026年3月5日", "办结", date(2026, 3, 5), None),
    ],
)
def test_a_cell_says_a_state_or_the_date_of_a_permit(
    data: Any, cell: Any, state: str | None, done: date | None, words: str | None
) -> None:
    wide(data, (3, "绿色建材生产线项目", cell, None))
    if state is None:
        assert "要填办结日期（如 2026-03-05），或状态加说明" in data.faults()[0]
    else:
        assert approvals(data) == [(3, "节能审查", state, done, words)]


def test_a_blank_cell_is_no_approval_and_a_project_is_known_by_its_name(data: Any) -> None:
    wide(data, (None, "绿色建材生产线项目", "——", "未申报"), (None, "澄湖县供水管网改造工程", "补正", None))
    assert [each[:3] for each in approvals(data)] == [
        (3, "用地预审与选址意见书", "未申报"), (1, "节能审查", "补正"),
    ]  # fmt: skip


def test_faults_name_the_cell_and_the_item_all_at_once(data: Any) -> None:
    wide(
        data,
        (3, "绿色建材生产线项目", "预计月底", "无需"),
        (1, "澄湖县供水管网改造工程", "√", "=A1"),
        (9, "没有的项目", "未申报", None),
    )
    assert [each.partition("，")[0] for each in data.faults()] == [
        "手续一览!C4「节能审查」：写的是“预计月底”",
        "手续一览!D4「用地预审与选址意见书」：写的是“无需”",
        "手续一览!C5「节能审查」：写的是“√”",
        "手续一览!D5「用地预审与选址意见书」：是公式“=A1”",
        "手续一览!B6「项目」：写的是“没有的项目”",
    ]


def test_totals_are_passed_over_and_a_header_like_an_item_s_is_spoken_of(data: Any) -> None:
    head = (*HEAD, "用地予审与选址意见书")
    wide(data, (3, "绿色建材生产线项目", "未申报", None, None), ("合计", "合计", "1", None, None), head=head)
    reading = data.read()
    assert reading.faults == ()
    assert [each.text for each in reading.advices] == [
        "手续一览：列「用地予审与选址意见书」没有读取，是不是应写作「用地预审与选址意见书」？",
        "手续一览 第5行：“合计”是合计行，没有读取",
    ]


def test_an_item_with_two_columns_is_refused(data: Any) -> None:
    wide(data, (3, "绿色建材生产线项目", "未申报", None, "补正"), head=(*HEAD, "能评"))
    assert data.faults() == ["手续一览：表头「节能审查」出现了2次（C、E），请只留一处"]


def test_beside_the_long_sheet_the_wide_one_is_not_read(data: Any) -> None:
    data.write("手续一览", HEAD, (3, "绿色建材生产线项目", "补正", None))
    reading = data.read()
    assert [each.text for each in reading.advices] == ["有“手续”表，“手续一览”表没有读取"]
    assert {each.state.value for each in reading.records.of(Approval)} == {"未申报"}


def test_what_is_written_reads_back_with_states_dates_and_reasons(tmp_path: Path) -> None:
    before = read_folder(SAMPLE, "data").records
    assert before is not None
    for path in SAMPLE.glob("*.xlsx"):
        if path.stem != "手续":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "一览.xlsx").write_bytes(wide_workbook(before, "一览表"))
    reading = read_folder(tmp_path, "data")
    assert reading.faults == ()
    assert reading.records is not None
    assert [_kept(each) for each in reading.records.of(Approval)] == [
        _kept(each) for project in sorted({a.project.number for a in before.of(Approval)})
        for each in before.approvals_of(before.find_project(str(project)))
    ]  # fmt: skip


def _kept(approval: Approval) -> tuple[Any, ...]:
    waits = approval.state.pending and not approval.state.before_submission
    words = approval.reason or (approval.progress if waits else approval.dossier)
    return (approval.project.number, approval.item.name, approval.state, approval.done, words)


def test_the_sheet_is_printed_across_on_a3_with_projects_and_items_on_every_page() -> None:
    records = read_folder(SAMPLE, "data").records
    assert records is not None
    sheet = openpyxl.load_workbook(io.BytesIO(wide_workbook(records, "一览表")))["手续一览"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$3", "$A:$B")
    assert [sheet.cell(2, column).value for column in range(1, 6)] == [
        "序号", "项目名称", "总投资（亿元）", "牵头单位", "前期手续",
    ]  # fmt: skip
    assert sheet["E3"].value == "立项（审批）"
