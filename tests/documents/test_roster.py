"""成员调整通知: every approved change with since when, the whole new roster, and which document's roster ceases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from docgen.model.member import Member
from tests.conftest import set_row
from tests.documents.conftest import sample

DAY = "2026-03-16"
CHANGES = Path("data/调整.xlsx")
Docgen = Callable[..., Any]
COLUMNS = {"kind": 2, "unit": 3, "role": 4, "old": 5, "new": 6, "by": 9, "day": 10, "since": 11}


@pytest.fixture
def roster(workspace: Path, docgen: Docgen) -> Callable[[], Any]:
    """Draft the notice and return how the command ended."""
    assert workspace.is_dir()
    return lambda: docgen("--json", "--date", DAY, "--by", "陶映雪", "roster", "--all")


def made(ran: Any) -> docx.document.Document:
    assert ran.code == 0, ran.err
    (document,) = json.loads(ran.out)["documents"]
    return docx.Document(document["path"])


def words(document: Any) -> str:
    return "\n".join(each.text for each in document.paragraphs)


def rows() -> dict[str, list[Any]]:
    sheet = openpyxl.load_workbook(CHANGES)["人员变动"]
    return {row[0]: list(row) for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]}


def keep(*numbers: str, **changed: object) -> None:
    """Leave only some changes in the sheet, with other values in some columns."""
    book = openpyxl.load_workbook(CHANGES)
    sheet = book["人员变动"]
    for row in sheet.iter_rows(min_row=3):
        if row[0].value and row[0].value not in numbers:
            for cell in row:
                cell.value = None
        elif row[0].value:
            for name, value in changed.items():
                row[COLUMNS[name] - 1].value = value
    book.save(CHANGES)


def test_every_change_of_the_roster_is_a_row_with_who_goes_who_comes_and_since_when(roster: Any) -> None:
    document = made(roster())
    shown = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    wanted = [
        each
        for number, each in sorted(rows().items())
        if each[3] in {"副召集人", "成员", "联络员", "办公室副主任"}
    ]
    assert len(shown) == len(wanted) > 3
    for row, each in zip(shown, wanted, strict=True):
        since = each[10]
        assert row[1:3] == [each[3], each[4]]
        assert row[3].startswith(f"{each[5]}（")
        assert row[4] == f"{since.year}年{since.month}月{since.day}日"


@pytest.mark.parametrize(
    ("numbers", "called"),
    [
        (["变2026-05", "变2026-06"], "联络员"),
        (["变2026-07"], "办公室副主任"),
        (["变2026-05", "变2026-08"], "成员"),
    ],
)
def test_the_title_names_the_role_that_alone_changes(roster: Any, numbers: list[str], called: str) -> None:
    keep(*numbers)
    said = words(made(roster())).replace("\n", "")
    assert f"关于调整澄湖县重大项目联审联批工作机制{called}的通知" in said


def test_the_annex_is_the_whole_roster_and_the_former_one_ceases(roster: Any) -> None:
    said = words(made(roster()))
    assert "附件：澄湖县重大项目联审联批工作机制组成人员名单" in said
    assert "郝\u3000喆\u3000副县长" in said
    assert "曹砚秋" not in said.partition("总召集人：")[2]
    assert "梁\u3000叙\u3000县行政审批局党组书记、局长" in said
    assert (
        "《澄湖县人民政府办公室关于建立重大项目联审联批工作机制的通知》（澄政办发〔2025〕47号）所附名单"
        in said
    )
    assert "经总召集人、办公室主任同意" in said


def test_the_annex_lists_liaisons_and_deputies_of_the_office_when_some_of_them_change(roster: Any) -> None:
    held = [each for each in sample().of(Member) if each.held_on(date.fromisoformat(DAY))]
    annex = words(made(roster())).partition("总召集人：")[2].replace("\u3000", "")
    for role in ("联络员", "办公室副主任"):
        named = [each.name for each in held if role in each.roles]
        assert named
        assert set(named) <= set(re.split(r"县|[：\n]", annex.partition(f"{role}：")[2]))


def test_the_annex_lists_no_liaisons_when_none_of_them_changes(roster: Any) -> None:
    keep("变2026-02")
    assert "联络员：" not in words(made(roster())).replace("\u3000", "")


def test_one_change_stands_in_the_sentence_and_two_are_numbered(roster: Any) -> None:
    keep("变2026-04")
    said = words(made(roster()))
    assert (
        "因人事变动，经总召集人同意，决定自2026年1月16日起，"
        "由钟毓秀（县工信局党组书记、局长）任成员，郝喆不再担任。" in said
    )
    assert not made(roster()).tables


def test_two_changes_are_numbered(roster: Any) -> None:
    keep("变2026-04", "变2026-08")
    said = words(made(roster()))
    assert "1.自2026年1月16日起，由钟毓秀" in said
    assert "2.自2026年2月11日起，由梁叙" in said


def test_a_change_that_nobody_approved_is_refused_with_its_cell(roster: Any) -> None:
    keep("变2026-04", by=None, day=None)
    ran = roster()
    assert ran.code == 3
    assert "人员变动变2026-04没有批准人和批准日期" in ran.err


def test_the_head_of_the_office_approves_liaisons_but_no_members(roster: Any) -> None:
    keep("变2026-04", by="万里舟")
    ran = roster()
    assert (ran.code, "由万里舟批准，他在那天不是机制的负责人" in ran.err) == (3, True)


def test_who_consents_is_named_by_the_seat_in_which_he_does(roster: Any) -> None:
    """That he also approves the use of the seal is nothing the notice says."""
    liaison = next(number for number, row in rows().items() if row[COLUMNS["role"] - 1] == "联络员")
    set_row(Path("data/人员.xlsx"), "人员", {"姓名": "万里舟"}, "机制职务", "办公室主任、用印审批")
    keep(liaison, by="万里舟")
    assert "，经办公室主任同意，决定" in words(made(roster()))


def test_the_office_alone_adds_a_unit_unless_the_setting_says_otherwise(
    roster: Any, set_setting: Callable[..., None]
) -> None:
    changed = {
        "kind": "增加单位",
        "unit": "县教体局",
        "role": None,
        "old": None,
        "new": None,
        "by": None,
        "day": None,
    }
    keep("变2026-04", **changed, since=date(2026, 3, 2))
    said = words(made(roster()))
    assert "根据《澄湖县人民政府办公室关于建立重大项目联审联批工作机制的通知》" in said
    assert "决定自2026年3月2日起，增加澄湖县教育体育局为成员单位。" in said
    assert "关于调整澄湖县重大项目联审联批工作机制成员单位的通知" in said.replace("\n", "")
    set_setting("成员调整通知", "办公室自行增减单位", "否")
    assert "没有批准人和批准日期" in roster().err


def test_a_change_that_was_announced_is_not_announced_again(roster: Any, docgen: Docgen) -> None:
    made(roster())
    for by, *step in (("方知远", "doc", "review", "1"), ("万里舟", "doc", "sign", "1")):
        assert docgen("--date", DAY, "--by", by, *step).code == 0
    assert json.loads(roster().out)["documents"] == []
