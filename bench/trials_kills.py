"""Commands that write, killed at random moments: is the record whole, is anything lost, does the next command work."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from trials_office import DEEDS, Deed, Office, backup_of

from docgen.errors import DocgenError
from docgen.office.life import numbers
from docgen.office.restoring import restore

LEFT: Final = "verify-file-unknown"
"""What a killed call may leave: files that are not recorded, which the same command takes over or moves aside."""
_PATIENCE: Final = 60.0


@dataclass(frozen=True)
class Killed:
    """What was found after one kill.

    Args:
        deed: the command.
        when: before its entries were recorded, after, or when it had ended already; a key of what the table counts.
        left: files that the killed call left and nobody recorded.
        wrong: what is not as it must be, in words.
    """

    deed: str
    when: str
    left: int
    wrong: tuple[str, ...]


@dataclass
class _Trial:
    """One command in one office, killed once."""

    office: Office
    deed: Deed
    document: int
    digests: list[str]
    wrong: list[str] = field(default_factory=list)

    def judge(self, ended: bool) -> Killed:
        """Look at the record, do the next command, and look again."""
        now = self.office.digests()
        grown = len(now) > len(self.digests)
        if now[: len(self.digests)] != self.digests:
            self.wrong.append("entries that were there before are gone or changed")
        if ended and not grown and self.deed.name not in ("backup", "restore"):
            self.wrong.append("the command had ended and nothing is recorded")
        left, unfinished = self._verified(self.deed.tells)
        self._whole_or_none()
        self._go_on((grown or ended) and not unfinished)
        self._verified(frozenset())
        when = "ended" if ended else "recorded" if grown else "not recorded"
        return Killed(self.deed.name, when, left, tuple(self.wrong))

    def _verified(self, allowed: frozenset[str]) -> tuple[int, bool]:
        """Note what verifying finds, but for files left over and what is allowed; return how many, and whether any."""
        faults = self.office.verify().faults
        self.wrong += [str(each) for each in faults if each.code not in {LEFT, *allowed}]
        return sum(each.code == LEFT for each in faults), any(each.code in allowed for each in faults)

    def _whole_or_none(self) -> None:
        """A backup is there whole or not at all, and so is a workspace that was restored."""
        folder = self.office.root.parent / "恢复"
        if self.deed.name == "backup" and backup_of(self.office).exists() and not self.office.is_on_a_server:
            restore(backup_of(self.office), folder, lambda: self.office.now)
            shutil.rmtree(folder)
        if self.deed.name == "restore" and folder.exists():
            self.wrong += [str(each) for each in Office(folder).verify().faults]

    def _go_on(self, done: bool) -> None:
        """Do the same command again when it was not done, or is still asked for by `verify`; else another one."""
        try:
            if done or self._is_there():
                numbers.reserve(self.office.desk(), "告知函", 1, "下一条命令")
            else:
                self.deed.do(self.office, self.document)
        except DocgenError as fault:
            self.wrong.append(f"the next command is refused: {fault}")

    def _is_there(self) -> bool:
        """Whether a backup or a restored workspace is there, which is recorded nowhere."""
        places = {"backup": backup_of(self.office), "restore": self.office.root.parent / "恢复"}
        return self.deed.name in places and places[self.deed.name].exists()


def kills(count: int, seed: int, new_url: Callable[[], str] = str) -> Iterator[Killed]:
    """Kill so many commands, all kinds in turn, each at a random moment of the time that it usually takes.

    Args:
        count: of kills.
        seed: of the random moments.
        new_url: gives the address of an empty database for each office; empty for a file.
    """
    chance = Random(seed)  # noqa: S311
    while count > 0:
        deeds = [*DEEDS, *DEEDS][:count]
        count -= len(deeds)
        yield from kills_of(deeds, chance, new_url())


def kills_of(deeds: Sequence[Deed], chance: Random, url: str = "") -> Iterator[Killed]:
    """Kill each of some commands once, in one new office."""
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        office = Office.make(Path(folder) / "工作区", url)
        office.draft()
        office.take_mandate()
        for deed in deeds:
            if deed.name != "restore" or not office.is_on_a_server:  # that would take another empty database
                yield _killed(office, deed, chance)


def _killed(office: Office, deed: Deed, chance: Random) -> Killed:
    deed.before(office)
    document = office.one(deed.state) if deed.state else 0
    usual = _rehearsed(office, deed, document)
    trial = _Trial(office, deed, document, office.digests())
    ended = _run_and_kill(office, deed, document, chance.uniform(0, usual * 1.2))
    return trial.judge(ended)


def _rehearsed(office: Office, deed: Deed, document: int) -> float:
    """Return how long a deed takes, done in a copy of the office; a register on a server is not copied but verified."""
    if office.is_on_a_server:
        return 3 * _timed(office.verify)
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(office.root.parent, copy)
        return _timed(lambda: deed.do(Office(copy / office.root.name), document))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _run_and_kill(office: Office, deed: Deed, document: int, after: float) -> bool:
    """Do a deed in a child and kill it after some seconds; say whether it had ended by then."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            deed.do(office, document)
            os.write(tell, b".")
            time.sleep(_PATIENCE)
        finally:
            os._exit(1)
    os.close(tell)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with suppress(OSError):
        ended = os.read(told, 1) == b"."
    os.close(told)
    return ended


WHEN: Final = {"not recorded": "not recorded yet", "recorded": "recorded", "ended": "had ended"}
"""When commands were killed, and the heads of the columns that count it."""


def table(found: list[Killed], when: Mapping[str, str] = MappingProxyType(WHEN)) -> Iterator[str]:
    """Yield the lines of a table: a row for each kind of command, and what is wrong below it."""
    yield f"| command | kills | {' | '.join(when.values())} | left files | wrong |"
    yield f"|{'---|' * (len(when) + 4)}"
    for name in dict.fromkeys(each.deed for each in found):
        yield _row(name, [each for each in found if each.deed == name], when)
    yield _row("all", found, when)
    for each in found:
        for words in each.wrong:
            yield f"- {each.deed} ({each.when}): {words}"


def _row(name: str, found: list[Killed], when: Mapping[str, str]) -> str:
    times = Counter(each.when for each in found)
    left, wrong = sum(each.left > 0 for each in found), sum(bool(each.wrong) for each in found)
    counts = (len(found), *(times[each] for each in when), left, wrong)
    return f"| {name} | {' | '.join(map(str, counts))} |"
