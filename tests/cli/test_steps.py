"""What rules ask for within so many days of an event turns up in `docgen status`, due or late."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl


def column(path: Path, sheet: str, header: str, values: dict[int, object]) -> None:
    """Add a column to a sheet, with values by row."""
    workbook = openpyxl.load_workbook(path)
    cells = workbook[sheet]
    heads = [each.value for each in cells[2]]
    at = heads.index(header) + 1 if header in heads else len(heads) + 1
    cells.cell(2, at).value = header
    for row, value in values.items():
        cells.cell(row, at).value = value
    workbook.save(path)


def steps(docgen) -> list[dict[str, object]]:
    said = json.loads(docgen("--json", "status").out)
    return [each for part in ("late", "soon") for each in said[part] if each["kind"] == "规则事项"]


def test_steps_that_are_still_to_come_are_told_with_their_day_and_unit(docgen, workspace: Path) -> None:
    found = {(each["project"], str(each["name"])): each for each in steps(docgen)}
    for matter in ("县级审批单位初审", "转报上级"):
        step = found[25, f"{matter}（用地预审与选址意见书）"]
        assert (step["day"], step["unit"], step["light"]) == ("2026-03-17", "澄湖县发展和改革委员会", "黄灯")
    assert len(found) == 4
    assert "规则事项：转报上级（用地预审与选址意见书）" in docgen("status").out
    late = docgen("--date", "2026-03-18", "--json", "status").out
    assert [each["project"] for each in json.loads(late)["late"] if each["kind"] == "规则事项"] == [25, 25]


def test_sheets_that_do_not_keep_the_days_are_not_asked_about_them(docgen, workspace: Path) -> None:
    path = workspace / "data" / "手续.xlsx"
    workbook = openpyxl.load_workbook(path)
    cells = workbook["手续"]
    for each in cells[2]:
        if each.value in ("初审日期", "转报日期"):
            for row in range(2, cells.max_row + 1):
                cells.cell(row, each.column).value = None
    workbook.save(path)
    assert steps(docgen) == []


def test_a_rule_that_says_neither_days_nor_the_items_term_is_refused(workspace: Path, docgen) -> None:
    path = workspace / "data" / "规则事项.xlsx"
    column(path, "规则事项", "天数", {14: None})
    assert "天数" in docgen("check").err + docgen("check").out
    column(path, "规则事项", "按事项时限", {14: "承诺时限"})
    assert docgen("check").code == 0
