"""Rounds against damage: kept workbooks and logs that were changed, killed processes, open workbooks, wrong folders."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office.test_rounds import DAY, Said, returned, said, sheets

__all__ = ["said"]

KILLED = """
import os, sys
from docgen.cli.main import run
left = int(sys.argv.pop(1))
def hook(event, given):
    global left
    if event == "os.rename" and os.path.basename(os.path.dirname(str(given[1]))) == "data":
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
sys.exit(run(sys.argv[1:]))
"""
"""Runs a command that ends, as a killed process does, before the nth workbook is put in its place."""


def applied(workspace: Path, said: Said) -> Path:
    """Apply a return that changes two workbooks; the folder of its log."""
    found = said("sheets", "collect", returned(workspace, 备注="已催"), "--apply")
    assert found["applied"]["books"] == ["手续.xlsx", "报送.xlsx"]
    return workspace / found["applied"]["folder"]


def codes(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [each["code"] for each in found["problems"]]


def write_part(workspace: Path, folder: Path) -> None:
    """Leave behind what a process leaves that was killed before its second workbook."""
    shutil.copy(folder / "原表" / "报送.xlsx", workspace / "data" / "报送.xlsx")
    (folder / "写完.json").unlink()


def killed(workspace: Path, left: int, *arguments: str | Path) -> None:
    command = [sys.executable, "-c", KILLED, str(left), "--date", DAY, "--by", "陶映雪", *map(str, arguments)]
    assert subprocess.run(command, cwd=workspace, check=False, capture_output=True).returncode == 9


def logs(workspace: Path) -> list[Path]:
    return sorted(workspace.glob("收发/*/收回-*"))


@pytest.mark.parametrize("content", [b"hello\n", None])
def test_a_kept_workbook_that_was_changed_is_not_put_back(
    workspace: Path, said: Said, content: bytes | None
) -> None:
    """Undo puts back only what the log has the digest of; else it names the file and touches nothing."""
    kept = applied(workspace, said) / "原表" / "手续.xlsx"
    kept.unlink()
    if content:
        kept.write_bytes(content)
    before = sheets(workspace)
    found = said("sheets", "undo")
    assert (found["exit_code"], codes(found), sheets(workspace)) == (1, ["round-damaged"], before)
    assert "原表/手续.xlsx" in found["problems"][0]["message"]


def test_a_collection_that_was_killed_halfway_is_told_and_taken_back(workspace: Path, said: Said) -> None:
    """With one of two workbooks written, the next collection is refused, and undo gives both back as they were."""
    before, path = sheets(workspace), returned(workspace, 备注="已催")
    killed(workspace, 1, "sheets", "collect", path, "--apply")
    assert sum(sheets(workspace)[name] != before[name] for name in before) == 1
    found = said("sheets", "collect", path, "--apply")
    assert (found["exit_code"], codes(found)) == (3, ["round-unfinished"])
    undone = said("sheets", "undo")
    assert (undone["exit_code"], undone["books"], sheets(workspace)) == (0, ["手续.xlsx"], before)
    assert said("sheets", "collect", path, "--apply")["applied"]["books"] == ["手续.xlsx", "报送.xlsx"]


def test_a_collection_that_was_killed_before_its_first_workbook_counts_for_nothing(
    workspace: Path, said: Said
) -> None:
    """A log none of whose workbooks was written hides no change of the same return."""
    before, path = sheets(workspace), returned(workspace, 备注="已催")
    killed(workspace, 0, "sheets", "collect", path, "--apply")
    assert (len(logs(workspace)), sheets(workspace)) == (1, before)
    assert [each["said"] for each in said("sheets", "collect", path)["changes"]] == ["已催"]
    undone = said("sheets", "undo")
    assert (undone["exit_code"], undone["books"], undone["cells"], sheets(workspace)) == (0, [], 0, before)


def test_an_undo_that_was_broken_off_takes_back_one_collection(
    workspace: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Ctrl-C while the workbooks are put back comes too late: done is told, and nobody has to undo once more."""
    before = sheets(workspace)
    applied(workspace, said)
    replaced = Path.replace

    def broken_off(path: Path, place: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replaced(path, place)

    monkeypatch.setattr(Path, "replace", broken_off)
    assert (said("sheets", "undo")["exit_code"], sheets(workspace)) == (0, before)
    monkeypatch.undo()
    assert codes(said("sheets", "undo")) == ["undo-none"]


def test_a_workbook_saved_after_a_killed_collection_is_not_overwritten(workspace: Path, said: Said) -> None:
    """Undo of what was written in part refuses while a workbook is neither as before nor as written."""
    folder = applied(workspace, said)
    write_part(workspace, folder)
    with (workspace / "data" / "手续.xlsx").open("ab") as file:
        file.write(b"\0")
    before = sheets(workspace)
    found = said("sheets", "undo")
    assert (found["exit_code"], codes(found), sheets(workspace)) == (3, ["undo-unclear"], before)
    shutil.copy(folder / "原表" / "手续.xlsx", workspace / "data" / "手续.xlsx")
    assert said("sheets", "undo")["exit_code"] == 0


def test_an_undo_that_was_killed_halfway_is_run_again(workspace: Path, said: Said) -> None:
    """Undo goes on where a killed one stopped."""
    before = sheets(workspace)
    applied(workspace, said)
    killed(workspace, 1, "sheets", "undo")
    assert codes(said("sheets", "collect", returned(workspace, "二.xlsx", 备注="又催"))) == [
        "round-unfinished"
    ]
    assert (said("sheets", "undo")["exit_code"], sheets(workspace)) == (0, before)


def test_a_log_of_another_shape_is_damage(workspace: Path, said: Said) -> None:
    """JSON that docgen cannot have written, or that names files elsewhere, is said and not followed."""
    log = applied(workspace, said) / "更改.json"
    good, before = json.loads(log.read_text("utf-8")), sheets(workspace)
    digests = good["books"]["手续.xlsx"]
    wrong = [
        {},
        [],
        None,
        7,
        good | {"version": 9},
        good | {"books": []},
        good | {"books": {"手续.xlsx": {}}},
    ]
    wrong += [{name: value for name, value in good.items() if name != gone} for gone in good]
    wrong += [good | {"books": {name: digests}} for name in ("../../evil", "..", "", "a/b.xlsx", "/evil")]
    wrong += [
        good | {"changes": [{}]},
        good | {"changes": [7]},
        good | {"added": [["手续"]]},
        good | {"files": {}},
    ]
    for told in wrong:
        log.write_text(json.dumps(told), "utf-8")
        found = said("sheets", "undo")
        assert (found["exit_code"], codes(found)) == (1, ["round-damaged"]), told
    assert sheets(workspace) == before
    assert codes(said("find", "已催")) == ["round-damaged"]


@pytest.mark.parametrize("folder", ["data", "data/下发", "data/../data"])
def test_workbooks_are_not_handed_out_among_the_data(workspace: Path, said: Said, folder: str) -> None:
    """Handing out or sending back within the folder of the data is refused, for they would be read as data."""
    before = sorted(workspace.glob("data/**/*"))
    out = said("sheets", "hand-out", "--period", "2026-04上旬", "--to", folder)
    back = said("sheets", "collect", returned(workspace, 备注="已催"), "--to", folder)
    assert [(each["exit_code"], codes(each)) for each in (out, back)] == [(2, ["write-among-data"])] * 2
    assert sorted(workspace.glob("data/**/*")) == before


@pytest.mark.parametrize("lock", ["~$手续.xlsx", ".~手续.xlsx", ".~lock.手续.xlsx#"])
def test_a_workbook_open_elsewhere_is_not_written(workspace: Path, said: Said, lock: str) -> None:
    """While a program has a workbook open, neither collecting nor undoing writes it; when closed, both do."""
    place, before = workspace / "data" / lock, sheets(workspace)
    place.write_bytes(b"taoyingxue")
    path = returned(workspace, 备注="已催")
    found = said("sheets", "collect", path, "--apply")
    place.unlink()
    assert (found["exit_code"], codes(found), sheets(workspace)) == (3, ["write-open"], before)
    assert logs(workspace) == []
    assert said("sheets", "collect", path, "--apply")["exit_code"] == 0
    after = sheets(workspace)
    place.write_bytes(b"taoyingxue")
    found = said("sheets", "undo")
    place.unlink()
    assert (found["exit_code"], codes(found), sheets(workspace)) == (3, ["write-open"], after)


def test_applying_nothing_new_leaves_no_folder(workspace: Path, said: Said) -> None:
    """The same return applied again writes nothing and makes no log; undo still finds the first."""
    first = applied(workspace, said)
    again = said("sheets", "collect", workspace / "报回" / "水利.xlsx", "--apply")
    assert (again["exit_code"], again["applied"]) == (0, {"folder": None, "books": [], "cells": 0})
    assert logs(workspace) == [first]
    assert said("sheets", "undo")["books"] == ["手续.xlsx", "报送.xlsx"]
