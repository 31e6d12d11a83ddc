"""10,000 notices from the sheets to finished files and the register, beside rendering and writing them alone.

    python bench/batch_ratio.py [--count 10000] [--superior] [--rounds 2] [--profile] [--json]

The command runs as its users run it, a process of its own in a new workspace (big_workspace.py); what the documents
show is also worked out here, and they are rendered and written by one plain loop, all in a folder in memory. The files
of both must be equal byte by byte. Processor time is told beside the ratio: what else the machine does lengthens the
command, which has two processes, otherwise than the loop. Memory is that of the command and its workers together, what
they share counted once, asked ten times a second. `--profile` says instead where the command spends its time.
"""

from __future__ import annotations

import gc
import pstats
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from letters import NOTICE, notices_of
from timing import Seconds, in_memory, interleaved, of_children, ratio_of, spread, timed

from docgen.template.template import compile as compile_template

MOST_MEMORY: Final = 300
_MEGABYTE: Final = 1024  # kilobytes
_COMMAND: Final = ("-m", "docgen", "-q")


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--count", type=int, default=10_000)
    command.add_argument("--superior", action="store_true", help="notices to superior units too")
    command.add_argument("--rounds", type=int, default=2)
    command.add_argument("--profile", action="store_true")
    options = command.parse_args()
    with in_memory() as place:
        folder = Path(place)
        projects, approvals = build(folder / "big", options.count, superior=options.superior)
        if options.profile:
            _profile(folder)
            return
        found = _findings(folder, options.rounds, f"{projects:,} projects with {approvals:,} approvals")
    tell(found, versions_of("python-calamine", "pydantic", "lxml"), as_json=options.json)


def _findings(folder: Path, rounds: int, size: str) -> list[Finding]:
    template = compile_template(NOTICE.read_bytes(), NOTICE.name)
    contexts = notices_of(folder / "big" / "data")
    gc.collect()
    gc.freeze()
    fresh = (folder / str(number) for number in count())
    peaks: list[float] = []
    used: Seconds = {"bare": [], "command": []}

    def bare() -> float:
        place = next(fresh)
        place.mkdir()
        start = time.process_time()
        taken = timed(lambda: [
            (place / f"{number:05d}.docx").write_bytes(template.render(each)) for number, each in enumerate(contexts)
        ])()  # fmt: skip
        used["bare"].append(time.process_time() - start)
        return taken

    def command() -> float:
        place = next(fresh)
        shutil.copytree(folder / "big", place)
        start = of_children()
        seconds, peak = _watched([sys.executable, *_COMMAND, "-C", str(place), "notice", "--all"])
        used["command"].append(of_children() - start)
        peaks.append(peak)
        return seconds

    taken = interleaved({"bare": bare, "command": command, "bare again": bare}, rounds)
    _need_same(folder, len(contexts))
    return _told(
        taken, used, peaks, f"{len(contexts):,} notices with register, command to finished files", size
    )


def _told(taken: Seconds, used: Seconds, peaks: list[float], what: str, size: str) -> list[Finding]:
    around = [min(pair) for pair in zip(taken["bare"], taken["bare again"], strict=True)]
    figures = {
        "the command": spread(taken["command"]),
        "rendering and writing": spread([*taken["bare"], *taken["bare again"]]),
        "processor time": f"{min(used['command']):.2f} s and {min(used['bare']):.2f} s, "
        f"{ratio_of(used['command'], used['bare']):.2f} times",
        "sheets": size,
    }
    memory = max(peaks) / _MEGABYTE
    return [
        Finding(
            "batch", what, "the bare render and write of them, one process", ratio_of(taken["command"], around),
            AT_MOST, 1.6, figures,
        ),
        Finding(
            "batch-memory", "memory of the same, all processes together", f"a limit of {MOST_MEMORY} MB",
            round(memory) or None, AT_MOST, MOST_MEMORY, {"peak": f"{memory:.0f} MB"},
            "" if memory else "There is no /proc here.",
        ),
    ]  # fmt: skip


def _need_same(folder: Path, documents: int) -> None:
    """End the run unless the first command wrote the same files as the first loop, byte by byte."""
    bare = _digests((folder / "0").iterdir())
    made = _digests((folder / "1" / "out").rglob("*.docx"))
    if bare.total() != documents or bare != made:
        same = (bare & made).total()
        raise SystemExit(
            f"{documents} documents, {made.total()} made by the command, {same} of them the same"
        )


def _digests(files: Iterable[Path]) -> Counter[bytes]:
    return Counter(sha256(each.read_bytes()).digest() for each in files)


def _watched(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and the kilobytes of memory it and its children held at most."""
    peak, done = [0.0], Event()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], sum(map(_held, _family(process.pid))))

    watcher = Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"the command failed ({process.returncode}): {errors[-2000:]}")
    return seconds, peak[0]


def _family(pid: int) -> list[int]:
    """Return a process and its children's children, as far as the system tells."""
    try:
        told = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        told = ""
    return [pid, *(each for child in told.split() for each in _family(int(child)))]


def _held(pid: int) -> int:
    """Return the kilobytes a process holds, its part of what it shares with others (Pss)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _profile(folder: Path) -> None:
    """Say where the command spends its time, by function with all it calls and by itself."""
    saved = folder / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(saved), *_COMMAND, "-C", str(folder / "big")]
    subprocess.run([*command, "notice", "--all"], check=True, stdout=subprocess.DEVNULL)
    stats = pstats.Stats(str(saved)).strip_dirs()
    stats.sort_stats("cumulative").print_stats(60)
    stats.sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
