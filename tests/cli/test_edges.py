"""Names, days and places that are given in ways nobody should: refused in a sentence, and nothing is done."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.cli.faults import Interrupted
from docgen.clock import now

Docgen = Callable[..., Any]


@pytest.mark.parametrize("day", ["2026-W10-1", "2026-02-30", "3.16", "1.2.26", "明天"])
def test_what_is_no_day_of_a_year_is_refused(workspace: Path, docgen: Docgen, day: str) -> None:
    for arguments in (("--date", day, "check"), ("seal", "mandate", "add", "--from", day)):
        ran = docgen(*arguments)
        assert (ran.code, f"“{day}”不是日期，要写明2000到2100年之间的年月日" in ran.err) == (2, True)


@pytest.mark.parametrize("day", ["20260316", "2026-3-16", "2026.3.16", "２０２６年3月16日"])
def test_a_day_is_read_as_sheets_write_it(workspace: Path, docgen: Docgen, day: str) -> None:
    assert json.loads(docgen("--json", "--date", day, "status").out)["day"] == "2026-03-16"


@pytest.mark.parametrize("name", ["万里舟\n方知远", "万里舟\x1b[2J", " ", "长" * 61])
def test_who_acts_is_a_name_wherever_it_is_written(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert docgen("--by", name, "doc", "list").code == 2
    monkeypatch.setenv("DOCGEN_BY", name)
    ran = docgen("doc", "list")
    assert (ran.code, "环境变量 DOCGEN_BY" in ran.err, "\x1b" in ran.err) == (2, True, False)
    assert docgen("--by", "万里　舟", "doc", "list").code == 0
    monkeypatch.delenv("DOCGEN_BY")
    settings = workspace / "docgen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"陶映雪"', json.dumps(name, ensure_ascii=True)), encoding="utf-8")
    ran = docgen("doc", "list")
    unfit = 2 if name.isprintable() else 1  # what nobody sees is a fault of the file
    assert (ran.code, "defaults.by" in ran.err, "\x1b" in ran.err) == (unfit, True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="accounts of POSIX")
def test_who_records_is_whom_the_system_knows_whatever_the_environment_says(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "别人")
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    story = json.loads(docgen("--json", "doc", "show", "1").out)
    assert "别人" not in json.dumps(story, ensure_ascii=False)
    assert pwd.getpwuid(os.getuid()).pw_name in json.dumps(story, ensure_ascii=False)


@pytest.mark.parametrize("command", [("export", "任务表"), ("import", "清单.xlsx")])
def test_a_workbook_gets_no_name_of_something_else(
    workspace: Path, docgen: Docgen, command: tuple[str, str]
) -> None:
    """A ledger called .docx would be opened by Word, and one without an ending by nothing."""
    for name in ("任务表.docx", "任务表.xls", "任务表"):
        ran = docgen("sheets", *command, "--to", name)
        assert (ran.code, "文件名要以 .xlsx 结尾" in ran.err) == (2, True)
        assert not (workspace / name).exists()


@pytest.mark.parametrize("command", [("seal", "register"), ("doc", "ledger")])
@pytest.mark.parametrize(
    "place", ["out/登记簿.xlsx", "out/2026/告知函/登记簿.xlsx", "out/2026/新/登记簿.xlsx"]
)
def test_a_ledger_is_not_written_among_documents(
    workspace: Path, docgen: Docgen, command: tuple[str, str], place: str
) -> None:
    ran = docgen(*command, "--to", place)
    assert (ran.code, "这个文件夹只放登记过的公文" in ran.err) == (2, True)
    assert not (workspace / place).exists()


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
def test_a_ledger_is_not_written_over_or_through_a_link_that_leads_nowhere(
    workspace: Path, docgen: Docgen
) -> None:
    loop = workspace / "loop.xlsx"
    loop.symlink_to(loop)
    (workspace / "folder").symlink_to("folder")
    assert docgen("doc", "ledger", "--to", "loop.xlsx").code == 2
    ran = docgen("doc", "ledger", "--to", "folder/a.xlsx")
    assert (ran.code, "内部错误" in ran.err) == (4, False)
    assert loop.is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full, as Linux has")
@pytest.mark.parametrize(
    ("arguments", "stream", "code"),
    [
        (["--json", "doc", "list"], "stdout", 4),
        (["doc", "list"], "stderr", 0),
        (["-v", "doc", "show", "77"], "stderr", 2),
    ],
)
def test_what_nobody_can_be_told_ends_in_the_exit_code_and_no_traceback(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], stream: str, code: int
) -> None:
    """Standard output that is full fails the command; standard error that is full loses only what is said there."""
    from docgen.cli.main import run

    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115  # closing it fails as well
    monkeypatch.setattr(sys, stream, full)
    assert run(["-C", str(workspace), *arguments]) == code
    with suppress(OSError):
        full.close()


@pytest.mark.skipif(sys.platform == "win32", reason="numbers of open files as POSIX gives them")
def test_a_closed_standard_output_is_no_fault_and_its_number_goes_to_no_other_file() -> None:
    """As `docgen … >&-` starts it: nothing is printed, and the register is never opened as number 1."""
    words = (
        "import os, sys; os.close(1); sys.stdout = None\n"
        "from docgen.cli.shell import open_streams; open_streams()\n"
        "assert not sys.stdout.isatty(); print('无处可写', flush=True)\n"
        "sys.exit(0 if os.open(os.devnull, os.O_RDONLY) > 2 else 1)"
    )
    ran = subprocess.run([sys.executable, "-c", words], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs POSIX")
def test_today_is_beijing_s_day_wherever_the_computer_thinks_it_is(
    workspace: Path, docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = workspace / "docgen.toml"
    settings.write_text(re.sub("(?m)^today.*$", "", settings.read_text("utf-8")), "utf-8")
    days = set()
    try:
        for zone in (
            "Pacific/Midway",
            "Asia/Shanghai",
            "Pacific/Kiritimati",
        ):  # 25 hours apart: never one day
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            told = docgen("--json", "status")
            days.add(json.loads(told.out)["day"])
            elsewhere = date.today() != now().date()  # noqa: DTZ011
            assert ("电脑设的是别的时区" in told.err) is elsewhere
    finally:
        monkeypatch.undo()
        time.tzset()
    assert days == {now().date().isoformat()}


def test_who_breaks_a_command_off_while_it_starts_gets_a_sentence() -> None:
    """As Ctrl-C comes while modules are imported; the finder stands for whoever presses it then."""
    code = (
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'docgen.cli.chinese':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from docgen.__main__ import main\n"
        "main()\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ran.returncode == Interrupted.exit_code
    assert (ran.stdout, ran.stderr.decode()) == (b"", "已中断，什么都没有做。\n")


@pytest.mark.skipif(
    os.name != "posix", reason="elsewhere nobody can take away the folder in which one stands"
)
def test_who_stands_in_a_folder_that_was_taken_away_is_told_so(tmp_path: Path, docgen: Docgen) -> None:
    """As when a workspace is restored over the one that a window still shows."""
    gone, before = tmp_path / "工作区", Path.cwd()
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    try:
        for command in (("status",), ("notice", "--all"), ("check",)):
            ran = docgen(*command)
            assert (ran.code, ran.out) == (4, "")
            assert "现在所在的文件夹已经不在了" in ran.err
    finally:
        os.chdir(before)
