"""What every command shares: the global options, the edge where time and user come in, and printing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.alike import advised_once, said_once
from docgen.cli.faults import LONGEST_NAME, BadName
from docgen.errors import DATA_WRONG, DONE, Advice, DocgenError, Problems
from docgen.files import on_one_line

if TYPE_CHECKING:
    from docgen.office import Office
    from docgen.office.desk import Desk
    from docgen.register.upgrading import Upgraded
    from docgen.workspace import Workspace

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
    _said: list[Mapping[str, Any]] = field(default_factory=list)

    def workspace(self) -> Workspace:
        """Find the workspace."""
        from docgen.workspace import Workspace

        return Workspace.find(self.folder)

    def office(self) -> Office:
        """Open the office of the workspace, with time and people from the edge."""
        from docgen.office import Office, People

        workspace = self.workspace()
        today = self.today or workspace.settings.defaults.today or date.today()  # noqa: DTZ011  # the clerk's day
        if self.today is None and workspace.settings.defaults.today:
            self.say(f"“今天”按 docgen.toml 的设置取 {today.year}年{today.month}月{today.day}日")
        recorder = _user()
        actor = self._actor(workspace) or recorder
        people = People(actor, recorder)
        return Office(workspace, people, today, lambda: datetime.now().astimezone(), self._tell(workspace))

    def desk(self) -> Desk:
        """Return the desk of the workspace."""
        return self.office().desk

    def _tell(self, workspace: Workspace) -> Callable[[Upgraded], None]:
        """Return what is done when a register has been upgraded: it is said."""

        def tell(done: Upgraded) -> None:
            from docgen.office.upgrade import told

            self.say(f"{told(done, workspace)}。")

        return tell

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
            click.echo(text, err=True)

    def result(self, text: str) -> None:
        """Print a line of the result, unless JSON was asked for."""
        if not self.as_json and self.loudness >= 0:
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
        if len(faults) > 1:
            click.echo(f"共{len(faults)}处问题。", err=err)

    def finish(
        self,
        code: int = DONE,
        *,
        faults: Iterable[DocgenError] = (),
        advices: Iterable[Advice] = (),
        **more: Any,
    ) -> int:
        """Print the JSON value when asked for, and return the exit code.

        The value always has `command`, `exit_code`, `problems` and `advices` (see docs/json.md).
        """
        if self.as_json:
            value = {
                "command": self.command,
                "exit_code": code,
                "problems": [as_json(each) for each in flat(faults)],
                "advices": [{"code": each.code, "text": each.text} for each in advices],
                **more,
            }
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
        return code

    def near(self, path: Path) -> str:
        """Return a path relative to where one stands."""
        try:
            near = os.path.relpath(path)
        except ValueError:  # another drive
            near = str(path)
        return on_one_line(near)


def flat(faults: Iterable[DocgenError]) -> list[DocgenError]:
    """Return faults with gathered ones taken apart."""
    return [one for each in faults for one in (flat(each.faults) if isinstance(each, Problems) else [each])]


def exit_code_of(faults: Iterable[DocgenError]) -> int:
    """Return the exit code of several faults: that of the first unless they differ, then 1."""
    codes = {each.exit_code for each in flat(faults)}
    return codes.pop() if len(codes) == 1 else DATA_WRONG


def as_json(fault: DocgenError) -> Mapping[str, Any]:
    """Return a fault as JSON gives it."""
    return {"code": fault.code, "message": str(fault), "values": dict(fault.values)}


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


def use_utf8() -> None:
    """Let output never fail on a character the terminal does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
