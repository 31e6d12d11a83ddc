"""Two people write into the office's sheets at once: the second waits, and knows what the first has written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from docgen.cli.main import run
from docgen.rooms import alone_in
from tests.office.test_rounds import Said, handed, returned, row_of, said

__all__ = ["said"]
needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folders")


def waited(workspace: Path, *words: str) -> tuple[int, str]:
    """Start a command while somebody writes into the sheets, who changes a title before ending; return how it ended."""
    book = workspace / "data/手续.xlsx"
    command = [sys.executable, "-m", "docgen", "--date", "2026-03-16", "--by", "陶映雪", *words]
    with alone_in(workspace / "data"):
        process = subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        changed = openpyxl.load_workbook(book)
        changed["手续"]["A1"] = "办公室改过"
        changed.save(book)
    told, _ = process.communicate(timeout=60)
    assert openpyxl.load_workbook(book)["手续"]["A1"].value == "办公室改过"
    return process.returncode, told.decode()


@needs_locks
def test_a_collection_waits_for_who_writes_and_keeps_what_he_has_written(workspace: Path, said: Said) -> None:
    """Two collections at once would each write what the other does not know."""
    returned(workspace, 备注="送审稿已收到")
    code, told = waited(workspace, "sheets", "collect", "报回/水利.xlsx", "--apply")
    assert (code, "已写入" in told) == (0, True)
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["备注"] == "送审稿已收到"


@needs_locks
@pytest.mark.parametrize(
    "words",
    [("refresh",), ("undo",), ("hand-out", "--period", "2026-03下旬", "--to", "再下发", "--enter")],
    ids=lambda each: each[0],
)
def test_others_that_write_into_the_sheets_wait_as_well(
    workspace: Path, said: Said, words: tuple[str, ...]
) -> None:
    """Whatever they decide is decided from what the first has written."""
    said("sheets", "collect", str(returned(workspace, 备注="送审稿已收到")), "--apply")
    code, told = waited(workspace, "sheets", *words)
    assert code == 0, told


def test_a_return_in_which_no_cell_is_to_be_written_is_noted_and_said_so(
    workspace: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a sheet of returns only the record says that the unit has returned."""
    (workspace / "data/报送.xlsx").unlink()
    run(["--date", "2026-03-16", "sheets", "collect", str(handed(workspace, "县林草局")), "--apply"])
    shown = capsys.readouterr().out
    assert "没有要写入的格，报回已记下" in shown
    assert "已写入" not in shown
