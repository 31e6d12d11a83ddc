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


def test_steps_after_acceptance_are_told_once_the_sheets_keep_their_days(workspace: Path, docgen) -> None:
    assert steps(docgen) == []
    column(workspace / "data" / "规则事项.xlsx", "规则事项", "完成标志", {14: "转报"})
    column(workspace / "data" / "手续.xlsx", "手续", "转报日期", {})
    found = steps(docgen)
    assert found
    assert {str(each["name"]).partition("（")[0] for each in found} == {"转报上级"}
    late = next(each for each in found if each["project"] == 4 and "新增建设用地审批" in str(each["name"]))
    assert (late["day"], late["unit"], late["light"]) == ("2026-03-11", "澄湖县发展和改革委员会", "红灯")
    assert "规则事项：转报上级（新增建设用地审批）" in docgen("status").out


def test_a_rule_that_says_neither_days_nor_the_items_term_is_refused(workspace: Path, docgen) -> None:
    path = workspace / "data" / "规则事项.xlsx"
    column(path, "规则事项", "天数", {14: None})
    assert "天数" in docgen("check").err + docgen("check").out
    column(path, "规则事项", "按事项时限", {14: "承诺时限"})
    assert docgen("check").code == 0
