"""The archive on trial: `archive build` killed while it works, single bits of a bag flipped.

After each kill there is no half bag, the record is whole, and the same command ends what it began. Each flipped bit is
found by the digests, and the file that has it is named; of one in the tag manifest, the file whose line it is in.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Final

from trials_kills import Killed

from docgen.archive.reading import read_bag
from docgen.cli.main import run
from docgen.errors import DocgenError
from docgen.office.archive.building import build
from docgen.office.desk import Desk, People
from docgen.office.verification import verify
from docgen.workspace import BAGS, Workspace

YEAR: Final = 2026
CLERK: Final = "陶映雪"
DEED: Final = "archive build"
_VERSIONS: Final = 2
_DAY: Final = date(2026, 3, 16)
_SETTINGS: Final = '\n[archive]\nfonds = "J001"\nfonds_name = "联审联批工作机制"\n'
_STEPS: Final[Sequence[tuple[str, ...]]] = (
    (CLERK, "notice", "--project", "3"),
    (CLERK, "minutes", "--all"),
    ("方知远", "doc", "review", "--all"),
    ("万里舟", "doc", "sign", "--all"),
    (CLERK, "doc", "issue", "5", "--copies", "3"),
    (CLERK, "archive", "build", "--year", str(YEAR), "--leave-out"),
    (CLERK, "archive", "add", "5", "{scan}", "--role", "附件", "--remark", "补充"),
)
"""A year of which one document is archived, and to which something was added since."""


def year_in(folder: Path) -> Path:
    """Make a workspace with a bag of the year and something that is new since, and return it."""
    root, scan = folder / "工作区", folder / "补充.pdf"
    _run("init", str(root), "--example", "a")
    with (root / "docgen.toml").open("a") as file:
        file.write(_SETTINGS)
    for by, *step in _STEPS:
        if step[0] == "archive" and step[1] == "add":
            shutil.copy(next((root / BAGS).rglob("正本.pdf")), scan)
        _run("-C", str(root), "--by", by, *(each.format(scan=scan) for each in step))
    return root


def _run(*arguments: str) -> None:
    if run(["-q", *arguments]):
        raise SystemExit(f"{arguments} does not end as it should")


def kills(year: Path, count: int, chance: Random) -> Iterator[Killed]:
    """Kill `archive build` so many times, each in a copy of a year, at a random moment of the time it takes.

    Args:
        year: a workspace in which something is new since the last bag.
        count: of kills.
        chance: gives the moments.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        usual = _rehearsed(year, Path(folder) / "rehearsed")
        for number in range(count):
            copy = Path(folder) / str(number)
            shutil.copytree(year, copy, symlinks=True)
            yield _killed(copy, chance.uniform(0, usual * 1.1))
            shutil.rmtree(copy)


def _rehearsed(year: Path, copy: Path) -> float:
    """Return how many seconds a build takes in a process begun for it."""
    shutil.copytree(year, copy, symlinks=True)
    start = time.perf_counter()
    os.waitpid(_begun(copy), 0)
    return time.perf_counter() - start


def _killed(root: Path, after: float) -> Killed:
    child = _begun(root)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    wrong = [*_half_bags(root), *_record(root)]
    lying = _bags(root)
    recorded = _entries(root)
    try:
        build(_desk(root), YEAR, None, leave_out=True)
    except DocgenError as fault:
        wrong.append(f"the next build is refused: {fault}")
    wrong += [*_half_bags(root), *_record(root)]
    if len(_bags(root)) != _VERSIONS:
        wrong.append(f"{len(_bags(root))} bags instead of 2")
    when = "ended" if not how else "recorded" if recorded == _entries(root) else "not recorded"
    return Killed(DEED, when, len(lying) - 1 if when == "not recorded" else 0, tuple(wrong))


def _begun(root: Path) -> int:
    """Build in a child, which ends with 0; return its number."""
    child = os.fork()
    if not child:
        try:
            build(_desk(root), YEAR, None, leave_out=True)
            os._exit(0)
        finally:
            os._exit(1)
    return child


def _desk(root: Path) -> Desk:
    return Desk.at(Workspace.find(root), People(CLERK, "trial"), _DAY, lambda: datetime.now().astimezone())


def _bags(root: Path) -> list[Path]:
    return [each for each in (root / BAGS).iterdir() if not each.name.startswith(".")]


def _half_bags(root: Path) -> Iterator[str]:
    """Yield what is wrong with the bags that lie there; what is on its way is hidden."""
    for bag in _bags(root):
        yield from (f"{bag.name}: {each}" for each in read_bag(bag).faults)


def _record(root: Path) -> Iterator[str]:
    yield from map(str, verify(_desk(root)).faults)


def _entries(root: Path) -> int:
    with _desk(root).register.reading() as books:
        last = books.last_entry()
    return last[0] if last else 0


@dataclass(frozen=True)
class Flipped:
    """What was found after one bit was flipped: in which file, whether anything was, and whether it was named."""

    path: str
    found: bool
    named: bool


def flips(bag: Path, count: int, chance: Random) -> Iterator[Flipped]:
    """Flip so many single bits of a bag, one after the other, each turned back before the next."""
    files = sorted(each for each in bag.rglob("*") if each.is_file())
    for _ in range(count):
        path = chance.choice(files)
        data = path.read_bytes()
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :])
        faults = [str(each) for each in read_bag(bag).faults]
        name = path.relative_to(bag).as_posix()
        yield Flipped(name, bool(faults), any(name in each for each in faults))
        path.write_bytes(data)


def table(found: Sequence[Flipped]) -> Iterator[str]:
    """Yield the lines of a table: how many bits were flipped in files of each kind, and found; the missed below."""
    yield "| files | flips | found | named |"
    yield "|---|---|---|---|"
    kinds: dict[str, list[Flipped]] = {}
    for each in found:
        kinds.setdefault(Path(each.path).suffix or "none", []).append(each)
    for kind, some in (*sorted(kinds.items()), ("all", list(found))):
        yield f"| {kind} | {len(some)} | {sum(each.found for each in some)} | {sum(each.named for each in some)} |"
    yield from (f"- {each.path}: not found" for each in found if not each.found)
