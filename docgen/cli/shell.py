"""What every command shares: the global options, the edge where time and user come in, and printing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from docgen.cli.faults import LONGEST_NAME, BadName
from docgen.cli.terminal import advised_once, progress_bar, said_once
from docgen.clock import now
from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.files import on_one_line
from docgen.office.answers.answer import Answer, flat

if TYPE_CHECKING:
    from docgen.office.desk import Desk, Workspace
    from docgen.office.upgrade import Upgraded

_BY: Final = "DOCGEN_BY"
_LONGEST_ACCOUNT: Final = 257  # characters, on Windows


@dataclass
class Shell:
    """The global options of one call."""

    folder: Path
    as_json: bool = False
    by: str | None = None
    today: date | None = None
    loudness: int = 0
    command: str = ""
    found: Workspace | None = None

    def workspace(self) -> Workspace:
        """Find the workspace."""
        from docgen.office.desk import workspace_at

        self.found = workspace_at(self.folder)
        return self.found

    def desk(self) -> Desk:
        """Return the desk in the workspace, with time and people from the edge."""
        from docgen.office.desk import Desk, People

        workspace = self.workspace()
        today = self.day(workspace)
        recorder = _user()
        actor = self._actor(workspace)
        people = People(actor or recorder, recorder, said=bool(actor))

        def tell(what: Upgraded | Advice) -> None:
            if isinstance(what, Advice):
                self.advise([what])
                return
            from docgen.office.upgrade import told

            self.say(f"{told(what, workspace)}。")

        return Desk.at(workspace, people, today, now, tell)

    def desk_if_any(self) -> Desk | None:
        """Return the desk of the workspace that one stands in; None outside of one."""
        from docgen.office.desk import is_in_workspace

        return self.desk() if is_in_workspace(self.folder) else None

    def day(self, workspace: Workspace, *, told: bool = True) -> date:
        """Return today as it was given, else as the workspace's settings say, else as the clerk's calendar does.

        That the settings say so, or that the computer's own day is another, is `told` where what is done depends on it.
        """
        given = self.today or workspace.settings.defaults.today
        today = given or now().date()
        said = f"{today.year}年{today.month}月{today.day}日"
        if told and given is None and today != date.today():  # noqa: DTZ011  # of the computer's own time zone
            self.say(f"“今天”按北京时间取 {said}；电脑设的是别的时区")
        elif told and given and self.today is None:
            self.say(f"“今天”按 docgen.toml 的设置取 {said}")
        return today

    def _actor(self, workspace: Workspace) -> str:
        """Return who acts: as the command line says, else the environment, else the settings. Raises BadName."""
        said = {
            "--by": self.by,
            f"环境变量 {_BY}": os.environ.get(_BY),
            "docgen.toml「defaults.by」": workspace.settings.defaults.by,
        }
        source, name = next(((source, name) for source, name in said.items() if name), ("", ""))
        if name and not is_name(name):
            raise BadName(source, on_one_line(name))
        return name or ""

    def say(self, text: str) -> None:
        """Say something that is neither result nor fault: on standard error, unless quiet."""
        if self.loudness >= 0:
            with suppress(OSError):  # the work itself goes on where nobody can be told of it
                click.echo(text, err=True)

    def result(self, text: str) -> None:
        """Print a line of the result, unless JSON was asked for."""
        if not self.as_json and self.loudness >= 0:
            click.echo(text)

    def problem(self, text: str) -> None:
        """Print a line of the result that says what is wrong: also where only problems are asked for."""
        if not self.as_json:
            click.echo(text)

    def advise(self, advices: Iterable[Advice]) -> None:
        """Print advice."""
        for said in advised_once(advices):
            self.say(f"提示：{said}")

    def complain(self, faults: Iterable[DocgenError]) -> None:
        """Print faults and how many there are, on standard error."""
        self._list(flat(faults), err=True)

    def report(self, faults: Iterable[DocgenError]) -> None:
        """Print faults that are the result itself: on standard output, unless JSON was asked for."""
        self._list(flat(faults), err=self.as_json)

    def _list(self, faults: list[DocgenError], *, err: bool) -> None:
        for line in said_once(faults):
            click.echo(line, err=err)
        problems = [each for each in faults if each.is_problem]
        if len(faults) > 1 and problems:
            click.echo(f"共{len(problems)}处问题。", err=err)

    def bar(self, label: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Show a progress bar while something long is done; none with `--json` or `-q`."""
        return progress_bar(label, shown=not self.as_json and self.loudness >= 0)

    def finish(self, answer: Answer) -> int:
        """Print an answer as the JSON value when asked for, and return its exit code.

        Whatever the command was about, it is said when signed documents have lost their register.
        """
        if self.found and answer.exit_code != NOT_VERIFIED:
            from docgen.office.desk import record_gone

            gone = record_gone(self.found)
            self.advise([Advice(gone.code, str(gone).removesuffix("。"))] if gone else [])
        if self.as_json:
            value = answer.as_json(self.command)
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
        return answer.exit_code

    def near(self, path: Path) -> str:
        """Return a path relative to where one stands."""
        try:
            near = os.path.relpath(path)
        except ValueError:  # another drive
            near = str(path)
        return on_one_line(near)


def is_name(words: str) -> bool:
    """Whether words can be a person's name."""
    return bool(words.strip()) and words.isprintable() and len(words) <= LONGEST_NAME


def _user() -> str:
    """Return who is logged on, as the operating system knows; in the environment anybody may write any name."""
    return "".join(filter(str.isprintable, _logged_on())).strip() or "未知用户"


def _logged_on() -> str:
    if sys.platform == "win32":
        import ctypes

        name = ctypes.create_unicode_buffer(_LONGEST_ACCOUNT)
        size = ctypes.c_ulong(_LONGEST_ACCOUNT)
        return name.value if ctypes.windll.advapi32.GetUserNameW(name, ctypes.byref(size)) else ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # as in a container
        return ""


def open_streams() -> None:
    """Put the null device where standard input, output or error is closed.

    Without it the next file opened, which may be the register, takes the place of the stream.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def use_utf8() -> None:
    """Let output never fail on a character the terminal does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
