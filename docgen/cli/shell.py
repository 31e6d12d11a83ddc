"""What every command shares: the global options, the edge where time and user come in, and printing."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.alike import advised_once, said_once
from docgen.errors import DATA_WRONG, DONE, Advice, DocgenError, Problems

if TYPE_CHECKING:
    from docgen.office import Office
    from docgen.workspace import Workspace


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
        actor = self.by or os.environ.get("DOCGEN_BY") or workspace.settings.defaults.by or recorder
        return Office(workspace, People(actor, recorder), today, lambda: datetime.now().astimezone())

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
        return near if near.isprintable() else near.encode("unicode_escape").decode("ascii")


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


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"


def use_utf8() -> None:
    """Let output never fail on a character the terminal does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
