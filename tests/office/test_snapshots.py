"""Snapshots keep the sheets of a day; changes are told beside them, and a missing or damaged one is said."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from docgen.cli.main import run
from tests.conftest import set_cell


def said(capsys: pytest.CaptureFixture[str], *arguments: str, day: str = "2026-03-16") -> Any:
    capsys.readouterr()
    code = run(["--json", "--date", day, *arguments])
    return json.loads(capsys.readouterr().out) | {"code": code}


def test_changes_since_a_period_are_told_beside_its_snapshot(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = said(capsys, "snapshot", day="2026-02-28")
    assert (kept["path"], kept["new"], kept["late"]) == ("快照/2026-02-28.zip", True, False)
    set_cell(workspace / "data" / "项目.xlsx", "项目", 3, "总投资（亿元）", 9.9)
    found = said(capsys, "status", "--since", "2026-02")
    assert found["code"] == 0
    assert [(each["project"], each["field"], each["now"]) for each in found["figures"]] == [
        (3, "总投资", "9.9")
    ]
    assert (found["came"], found["went"], found["moved"]) == ([], [], [])
    assert found["by_approval"]["before"] == found["by_approval"]["now"]
    assert found["taken"] == "2026-02-28"


def test_it_is_said_when_the_snapshot_was_taken(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets kept in March for the end of February are compared with, and that they are late is said."""
    said(capsys, "snapshot", "--period", "2026-02", day="2026-03-05")
    run(["--date", "2026-03-16", "status", "--since", "2026-02"])
    told = capsys.readouterr().out
    assert "与2026年3月5日保存的快照比较，晚于期末" in told


def test_the_last_snapshot_of_a_period_counts(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "snapshot", day="2026-02-10")
    set_cell(workspace / "data" / "项目.xlsx", "项目", 3, "总投资（亿元）", 9.9)
    said(capsys, "snapshot", day="2026-02-27")
    assert said(capsys, "status", "--since", "2026-02")["figures"] == []
    assert len(said(capsys, "status", "--since", "2026-02上旬")["figures"]) == 1


def test_a_missing_snapshot_is_said_and_never_guessed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    said(capsys, "snapshot", day="2026-03-01")
    found = said(capsys, "status", "--since", "2026-02")
    assert (found["code"], found["problems"][0]["code"]) == (1, "snapshot-missing")


def test_the_same_sheets_are_kept_once_and_others_push_the_former_aside(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "snapshot", "--period", "2026-02")
    again = said(capsys, "snapshot", "--period", "2026-02")
    assert (again["new"], again["late"], again["kept"]) == (False, True, None)
    before = (workspace / "快照" / "2026-02-28.zip").read_bytes()
    set_cell(workspace / "data" / "项目.xlsx", "项目", 3, "总投资（亿元）", 9.9)
    other = said(capsys, "snapshot", "--period", "2026-02")
    assert other["new"]
    assert (workspace / other["kept"]).read_bytes() == before
    assert [each["day"] for each in said(capsys, "snapshot", "--list")["snapshots"]] == ["2026-02-28"]


def test_no_snapshot_is_kept_of_a_period_that_runs_or_of_sheets_with_faults(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "snapshot", "--period", "2026-03")["code"] == 2
    set_cell(workspace / "data" / "项目.xlsx", "项目", 3, "清单阶段", "没有的阶段")
    assert said(capsys, "snapshot")["code"] == 1
    assert not (workspace / "快照").exists()


@pytest.mark.parametrize("harm", ["cut", "changed", "no-list", "text"])
def test_a_damaged_snapshot_is_said(workspace: Path, capsys: pytest.CaptureFixture[str], harm: str) -> None:
    said(capsys, "snapshot", day="2026-02-28")
    path = workspace / "快照" / "2026-02-28.zip"
    data = path.read_bytes()
    if harm == "cut":
        path.write_bytes(data[:-2000])
    elif harm == "text":
        path.write_bytes("不是压缩包".encode())
    else:
        with zipfile.ZipFile(path) as package:
            members = {name: package.read(name) for name in package.namelist()}
        members["data/项目.xlsx"] += b"x"
        with zipfile.ZipFile(path, "w") as package:
            for name, content in members.items():
                if name != "清单.json" or harm == "changed":
                    package.writestr(name, content)
    found = said(capsys, "status", "--since", "2026-02")
    assert (found["code"], found["problems"][0]["code"]) == (1, "snapshot-damaged")
