"""Drop-downs of the data sheets offer the names of now, and nothing else of a workbook changes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Said = Callable[..., Any]


def drop_down(path: Path, header: str) -> list[object]:
    """What the drop-down of a column offers, as a program that opens the workbook finds it."""
    book = openpyxl.load_workbook(path)
    sheet = book[path.stem]
    letter = next(each.column_letter for each in sheet[2] if str(each.value).startswith(header))
    (rule,) = (each for each in sheet.data_validations.dataValidation if f"{letter}3" in each.sqref)
    name, _, area = str(rule.formula1).partition("!")
    return [cell.value for row in book[name.strip("'")][area.replace("$", "")] for cell in row]


def cells(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    return [row for sheet in book if sheet.title != "选项" for row in sheet.iter_rows(values_only=True)]


def data(workspace: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}


def add_unit(workspace: Path, name: str) -> None:
    """Add a unit below the others."""
    path = workspace / "data" / "单位.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["单位"]
    labels = [str(each.value) for each in sheet[2]]
    row = {"序号": 99, "单位全称": f"澄湖{name}", "规范化简称": name, "层级": "县级", "角色": "成员单位"}
    last = max(number for number in range(3, sheet.max_row + 1) if sheet.cell(number, 1).value)
    for label, value in row.items():
        sheet.cell(last + 1, labels.index(label) + 1).value = value
    book.save(path)


def test_the_sheets_of_the_example_offer_the_names_that_they_have(workspace: Path, said: Said) -> None:
    assert said("sheets", "refresh")["books"] == []


def test_lists_follow_the_sheets_and_are_taken_back(workspace: Path, said: Said) -> None:
    """A unit added since stands in the drop-down; data stay as they are; a second time nothing changes; undo undoes."""
    add_unit(workspace, "县数据局")
    before, path = data(workspace), workspace / "data" / "手续.xlsx"
    rows = cells(path)
    assert "县数据局" not in drop_down(path, "审批单位")
    made = said("sheets", "refresh")
    assert "县数据局" in next(each["added"] for each in made["books"] if each["book"] == "手续.xlsx")
    assert "县数据局" in drop_down(path, "审批单位")
    assert cells(path) == rows
    assert said("check")["problems"] == []
    assert said("sheets", "refresh")["books"] == []
    said("sheets", "undo")
    assert data(workspace) == before


def test_lists_are_of_use_while_rows_still_have_the_old_name(workspace: Path, said: Said, edit: Any) -> None:
    """A unit is renamed: its approvals have faults until somebody chooses the new name, which is offered now."""
    edit("单位", 3, "规范化简称", "县自然资源和林业局")
    edit("单位", 3, "单位全称", "澄湖县自然资源和林业局")  # also without its place it was a name of the unit
    assert said("sheets", "check")["exit_code"] == 1
    assert said("sheets", "refresh")["exit_code"] == 0
    offered = drop_down(workspace / "data" / "手续.xlsx", "审批单位")
    assert "县自然资源和林业局" in offered
    assert len(offered) == len(set(offered))


def test_a_workbook_saved_by_another_program_is_refreshed_too(
    workspace: Path, said: Said, tmp_path: Path
) -> None:
    """LibreOffice writes the ranges of drop-downs its own way."""
    path = workspace / "data" / "手续.xlsx"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    path.write_bytes((tmp_path / "手续.xlsx").read_bytes())
    add_unit(workspace, "县数据局")
    assert "手续.xlsx" in [each["book"] for each in said("sheets", "refresh")["books"]]
    assert "县数据局" in drop_down(path, "审批单位")
