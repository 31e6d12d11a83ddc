"""Every command of an office's year that writes, killed while it writes: is anything lost, does it work again.

The year is a list of `examples/years`. Before each of its commands the workspace is copied; in the workspace the
command runs to its end, in the copy it is killed, within 10 ms after one of the moments at which it opens a file for
writing, moves or removes one. Then the copy is judged by the workspace, the command is given again where it had not
done its work, and the copy is judged once more. The year goes on in the workspace.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

REPOSITORY: Final = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "examples"))

from making.typing import Sheets  # noqa: E402  # modules of the examples
from trials_kills import LEFT, Killed  # noqa: E402
from year import Departed, Step, arrange, read_year, say, take, write  # noqa: E402

WHEN: Final = {"nothing": "nothing done yet", "in the midst": "in the midst", "ended": "had ended"}
"""When commands were killed: before they had done anything that lasts, meanwhile, or when that was done."""
_CHANGING: Final = frozenset(("register.sqlite", "登记库见证.txt"))
"""Files that hold the moment of each command: judged by verifying."""
_MARKER: Final = "写完.json"
"""Says that a collection is written; where it is missing, the office's sheets tell."""
_NUMBERED: Final = re.compile(r"(?<=收回)-\d+")
"""A collection that was killed before it changed a sheet keeps its number; the next one gets another."""
_ZIPPED: Final = frozenset((".docx", ".xlsx", ".ofd", ".zip"))
_SOON: Final = 0.01
"""Seconds after the moment that was drawn, in which a command is killed at the latest."""
_MOVES: Final = frozenset(
    ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate")
)
Files = Mapping[str, str]


@dataclass(frozen=True)
class _State:
    """A workspace as it is: its files by their digests, its register by what it says of each document."""

    files: Files
    register: tuple[Any, ...]

    @classmethod
    def of(cls, root: Path) -> _State:
        return cls(dict(_files(root)), _register(root / "register.sqlite"))

    def lacks(self, other: _State) -> tuple[str, ...]:
        """Return what is not there of the other one: its files by name, its sheets by their content, its register."""
        names = {_NUMBERED.sub("", each) for each in self.files}
        missing = [each for each in other.files if _NUMBERED.sub("", each) not in names]
        sheets = [each for each in other.files if each.startswith("data/")]
        changed = [each for each in sheets if each in self.files and other.files[each] != self.files[each]]
        register = () if self.register == other.register else ("the register",)
        return *filter(lambda each: Path(each).name != _MARKER, missing), *changed, *register


def _files(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(root.rglob("*")):
        shown = path.relative_to(root)
        on_its_way = any(part.startswith(".") for part in shown.parts)
        if path.is_file() and not on_its_way and not path.name.endswith(("-wal", "-shm", "-journal")):
            yield str(shown), hashlib.sha256(path.read_bytes()).hexdigest()


def _register(path: Path) -> tuple[Any, ...]:
    """Return how many entries there are and how documents stand; nothing of a register that was not founded yet."""
    if not path.exists():
        return ()
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry'").fetchone():
            return ()
        entries = database.execute("SELECT count(*) FROM entry").fetchone()
        return *entries, *database.execute("SELECT id, number, state FROM document ORDER BY id")


@dataclass
class _Trial:
    """One command, killed once in one copy."""

    step: Step
    root: Path
    before: _State
    after: _State
    wrong: list[str] = field(default_factory=list)

    def judge(self, known: frozenset[str], ended: bool) -> Killed:
        """Look at the copy, give the command again where its work is not done, and look again."""
        now = _State.of(self.root)
        self.wrong += _lost(self.before.files, self.after.files, now.files, self.root)
        left = self._verified(known)
        done = not now.lacks(self.after)
        if ended and not done:
            self.wrong.append("the command had ended, and its work is not all there")
        if not done:
            self._again()
            self._verified(known)
        when = "ended" if ended or done else "in the midst" if now.files != self.before.files else "nothing"
        return Killed(" ".join(self.step.text.split()[1:3]), when, left, tuple(self.wrong))

    def _again(self) -> None:
        said = ""
        try:
            take(self.step, self.root)
        except Departed as departed:
            said = f": {departed}"
        if lacks := _State.of(self.root).lacks(self.after):
            self.wrong.append(f"given again, something is missing: {'、'.join(lacks)}{said}")

    def _verified(self, known: frozenset[str]) -> int:
        faults = _faults(self.root, self.step)
        self.wrong += [each for each in faults if each not in known and not each.startswith(LEFT)]
        return sum(each.startswith(LEFT) for each in faults)


def _lost(before: Files, after: Files, now: Files, root: Path) -> Iterator[str]:
    """Yield what is lost or half there: a file is what it was, what the command makes of it, or whole at least."""
    kept = set(now.values())
    for path, digest in before.items():
        moved = path not in now and (path not in after or digest in kept)
        if path not in now and not moved:
            yield f"{path} is gone"
    for path, digest in now.items():
        known = digest in (before.get(path), after.get(path)) or Path(path).name in _CHANGING
        if not known and not _is_whole(root / path):
            yield f"{path} is half there"
        if path in before and path not in after and digest != before[path]:
            yield f"{path} was changed"


def _is_whole(path: Path) -> bool:
    """Whether a file can be opened, of what can be told."""
    data = path.read_bytes()
    if path.suffix in _ZIPPED:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as package:
            return package.testzip() is None
        return False
    return data.rstrip().endswith(b"%%EOF") if path.suffix == ".pdf" else bool(data)


def _faults(root: Path, step: Step) -> list[str]:
    """Return what verifying finds, each fault in a line that begins with its code."""
    if not (root / "register.sqlite").exists():
        return []
    code, said = say(["-C", str(root), "--by", step.who, "--date", step.day.isoformat(), "--json", "verify"])
    try:
        found = json.loads(said[said.index("{") :])
    except ValueError:
        return [f"verify ends with {code}: {said}"]
    return [f"{each['code']}: {each['message']}" for each in found["problems"]]


def kills(letter: str, seed: int, first: int | None = None) -> Iterator[Killed]:
    """Kill each command of a letter's year once, or of its first steps only."""
    moments = _Moments()
    chance = Random(f"{letter}{seed}")  # noqa: S311
    year = read_year(letter)
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        root = Path(folder) / "工作区"
        code, words = say(["init", str(root), "--example", letter])
        if code:
            raise Departed(words)
        sheets = Sheets(root)
        known: frozenset[str] = frozenset()
        waiting: list[Step] = []
        for step in year.steps[:first]:
            if step.edits:
                waiting.append(step)
                continue
            write(sheets, waiting)
            if not step.is_command:
                arrange(step, root)
                continue
            copy = _copied(root, Path(folder) / "杀" / "工作区")
            count = moments.of(step, root)
            if (after := _State.of(root)) != (before := _State.of(copy)):
                ended = _run_and_kill(step, copy, moments, chance.randint(1, count), chance.uniform(0, _SOON))
                yield _Trial(step, copy, before, after).judge(known, ended)
            known = frozenset(_faults(root, step))


def _copied(root: Path, copy: Path) -> Path:
    shutil.rmtree(copy.parent, ignore_errors=True)
    return Path(shutil.copytree(root, copy, symlinks=True))


class _Moments:
    """The moments at which this process begins to write: it counts them, and is killed after one of them."""

    def __init__(self) -> None:
        self._count = self._last = 0
        self._soon = 0.0
        sys.addaudithook(self._hear)

    def of(self, step: Step, root: Path) -> int:
        """Take a step and return at how many moments it began to write."""
        self._count = 0
        take(step, root)
        return self._count

    def kill_after(self, count: int, soon: float) -> None:
        """Let this process be killed so many seconds after its next moment number `count`."""
        self._count, self._last, self._soon = 0, count, soon

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _MOVES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            self._count += 1
            if self._count == self._last:
                threading.Timer(self._soon, os.kill, (os.getpid(), signal.SIGKILL)).start()


def _run_and_kill(step: Step, root: Path, moments: _Moments, moment: int, soon: float) -> bool:
    """Take a step in a child that is killed, with all that it started; say whether it had ended before."""
    child = os.fork()
    if not child:
        try:
            os.setsid()
            moments.kill_after(moment, soon)
            take(step, root)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.WIFEXITED(status)
