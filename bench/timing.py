"""Repetitions in turn, so that a slow moment of the machine meets everybody, and what they come to."""

from __future__ import annotations

import gc
import resource
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

Seconds = dict[str, list[float]]
_YOUNG = 200_000


def collect_as_commands() -> None:
    """Have Python look for garbage as rarely as it does in a process of the command line (`docgen.cli.main`)."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def interleaved(works: Mapping[str, Callable[[], float]], rounds: int) -> Seconds:
    """Call each of the works once a round, forward and backward by turns; return what they gave."""
    taken: Seconds = {name: [] for name in works}
    for turn in range(rounds):
        names = list(works) if turn % 2 == 0 else list(works)[::-1]
        for name in names:
            taken[name].append(works[name]())
    return taken


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> Callable[[], float]:
    """Return a work that gives the seconds it took by a clock: as they pass, or `time.process_time`."""

    def run() -> float:
        start = clock()
        result = work()
        seconds = clock() - start
        del result  # to throw it away does not count
        return seconds

    return run


def of_children() -> float:
    """Return the seconds of the processor that processes begun here, and at their end, have taken: a clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio_of(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """Return the ratio of the least times: whatever else the machine does can only add to a time."""
    return min(numerators) / min(denominators)


def spread(taken: Sequence[float], scale: float = 1.0, unit: str = "s", digits: int = 2) -> str:
    """Return least and middle time as text: `0.52 ms (median 0.55)`."""
    return f"{min(taken) * scale:.{digits}f} {unit} (median {median(taken) * scale:.{digits}f})"


def in_memory() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder on a file system in memory, where there is one; a context.

    For works that write thousands of files: on some disks a file that is made within minutes after others were deleted
    costs the processor several times what docgen does to make it.
    """
    memory = Path("/dev/shm")  # noqa: S108  the name of a new folder in it is nobody else's
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
