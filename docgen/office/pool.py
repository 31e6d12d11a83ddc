"""A pool of processes at one piece of work: this one and, for each further core, one forked from it.

A forked worker has all that this process has read and computed so far without anything being sent; portions go to it
and results come back through a pipe. When this process ends, however it ends, the pipe ends too, and the worker leaves.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = TypeVar("P")
R = TypeVar("R")

_AHEAD: Final = 5  # portions a worker has before it, enough for the time in which this process records
_PATIENCE: Final = 10.0  # seconds until a worker that does not leave is ended


def cores() -> int:
    """Return how many processes can work at once; 1 where a process cannot be forked safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def among(work: Callable[[P], R], portions: Sequence[P]) -> Iterator[R]:
    """Yield what comes of each portion, in their order; as many processes work as the machine has cores."""
    with Pool(work, min(cores(), len(portions)), lambda: None) as pool:
        yield from pool.results(portions)


@dataclass
class _Worker(Generic[P]):
    """A forked process, the line to it, and the portions that were given to it and not heard of yet."""

    line: Connection
    process: BaseProcess
    before_it: deque[tuple[int, P]] = field(default_factory=deque)


class Pool(Generic[P, R]):
    """Works portions off, this process among the workers. A context; the workers leave at its end.

    Args:
        work: does a portion; what it returns is pickled when a worker did it.
        count: how many processes, this one included.
        leave: what a worker does before it leaves.
    """

    def __init__(self, work: Callable[[P], R], count: int, leave: Callable[[], None]) -> None:
        self._work, self._count, self._leave = work, count, leave
        self._workers: list[_Worker[P]] = []
        self._waiting: deque[tuple[int, P]] = deque()
        self._done: dict[int, R] = {}

    def __enter__(self) -> Self:
        gc.freeze()  # what is there stays: the collector need not look at it, nor copy it by its marks in a worker
        if self._count > 1:
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._workers:
            each.line.close()
        for each in self._workers:
            each.process.join(_PATIENCE)
            if each.process.is_alive():
                each.process.kill()
                each.process.join()
        gc.unfreeze()

    def results(self, portions: Sequence[P]) -> Iterator[R]:
        """Yield what came of each portion, in their order.

        A portion whose worker died or failed is done again by this process, in which its fault then shows.
        """
        self._waiting.extend(enumerate(portions))
        for turn in range(len(portions)):
            while turn not in self._done:
                self._advance(turn)
            yield self._done.pop(turn)

    def _advance(self, turn: int) -> None:
        """Give out portions, hear of results, and do one oneself when there is nothing to hear."""
        share = self._share()
        for each in self._workers:
            while self._waiting and len(each.before_it) < share:
                self._give(each)
        self._hear(0)
        if turn in self._done:
            return
        if self._waiting:
            number, portion = self._waiting.popleft()
            self._done[number] = self._work(portion)
        else:
            self._hear(None)

    def _share(self) -> int:
        """Return how many portions a worker may have before it; at the end all are to be done at the same time."""
        left = len(self._waiting) + sum(len(each.before_it) for each in self._workers)
        return min(_AHEAD, max(1, left // self._count))

    def _give(self, worker: _Worker[P]) -> None:
        worker.before_it.append(self._waiting.popleft())
        with suppress(OSError):  # it is dead; that is heard next
            worker.line.send(worker.before_it[-1][1])

    def _hear(self, timeout: float | None) -> None:
        if not self._workers:
            return
        from multiprocessing.connection import wait

        lines = {each.line: each for each in self._workers}
        for line in wait(list(lines), timeout):
            worker = lines[line]  # type: ignore[index]  # it returns those it was given
            try:
                result = worker.line.recv()
            except (EOFError, OSError):
                self._miss(worker)
            else:
                self._done[worker.before_it.popleft()[0]] = result

    def _miss(self, worker: _Worker[P]) -> None:
        """Take the portions of a dead worker back."""
        self._workers.remove(worker)
        worker.line.close()
        worker.process.join()
        self._waiting.extendleft(reversed(worker.before_it))

    def _start(self) -> None:
        import multiprocessing  # most commands draft a few documents alone

        forking = multiprocessing.get_context("fork")
        former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(self._count - 1):
                ours, its = forking.Pipe()
                lines = [each.line for each in self._workers] + [ours]
                process = forking.Process(target=self._serve, args=(its, lines), daemon=True)
                process.start()
                its.close()
                self._workers.append(_Worker(ours, process))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, former)

    def _serve(self, line: Connection, not_its_own: Sequence[Connection]) -> None:
        """Do portions until the other end of the line is closed. A break of the command is this process's parent's."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        for each in not_its_own:
            each.close()
        try:
            while True:
                portion: Any = line.recv()
                line.send(self._work(portion))
        except Exception:  # noqa: BLE001, S110  # the parent does the portion again, and meets the fault itself
            pass
        finally:
            self._leave()
