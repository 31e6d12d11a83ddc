"""Bringing files to the disk: each by itself, or all that a file system has to write at once.

One call for the whole file system (`syncfs`) takes a fifth of the time that hundreds of files take one by one, eight at
a time, and next to none of the processor's (docs/decisions/0102).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Final

BINARY: Final = getattr(os, "O_BINARY", 0)
"""How Windows is told that a file is no text; nothing elsewhere."""
_FEW: Final = 4
_AT_ONCE: Final = 8  # writes to the disk at a time; more are no faster
_TELLS_FAULTS: Final = (5, 8)  # the first Linux whose `syncfs` says that something could not be written
_PATIENCE: Final = 2.0  # seconds; whoever has so much else to write is not waited for again


def sync(path: Path, mode: int = os.O_RDWR) -> OSError | None:
    """Bring a file or folder to the disk, and return the system's refusal."""
    try:
        handle = os.open(path, mode | BINARY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as fault:
        return fault
    return None


def synced(paths: Sequence[Path]) -> list[OSError | None]:
    """Bring files to the disk, as many at once as pays, and return the system's refusals."""
    if len(paths) <= _FEW:
        return list(map(sync, paths))
    from concurrent.futures import ThreadPoolExecutor

    refusals: list[OSError | None] = [None] * len(paths)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        shares = [paths[start::_AT_ONCE] for start in range(_AT_ONCE)]
        for start, found in enumerate(pool.map(lambda share: list(map(sync, share)), shares)):
            refusals[start::_AT_ONCE] = found
    return refusals


class Disk:
    """The file system below an open folder.

    Args:
        handle: of the folder, opened before anything was written that is to be brought to the disk: what could not be
            written since is said by `settled`.
    """

    def __init__(self, handle: int) -> None:
        self._handle, self._slow = handle, False

    def settled(self) -> bool:
        """Bring all that the file system has to write to the disk; False where that cannot be, or cannot be known.

        Then each file is to be brought there by itself. So it is too where others have so much to write that the last
        call took long.
        """
        whole = _whole_system()
        if whole is None or self._slow or not _is_of_blocks(self._handle):
            return False
        start = monotonic()
        done = whole(self._handle) == 0
        self._slow = monotonic() - start > _PATIENCE
        return done


def _is_of_blocks(handle: int) -> bool:
    """Whether a folder lies on a disk of this machine: what lies behind a network has its own ways."""
    return os.major(os.fstat(handle).st_dev) != 0


@cache
def _whole_system() -> Callable[[int], int] | None:
    """Return what brings a whole file system to the disk; None where there is none, or it keeps quiet of faults."""
    if sys.platform != "linux":
        return None
    release = os.uname().release.split("-")[0].split(".")[:2]
    if not all(each.isdigit() for each in release) or tuple(map(int, release)) < _TELLS_FAULTS:
        return None
    import ctypes

    whole: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "syncfs", None)
    return whole


@contextmanager
def unbroken(*, is_last: bool = False) -> Iterator[None]:
    """Let a Ctrl-C that comes within the block take effect after it.

    Args:
        is_last: whether nothing is left to be stopped when the block has ended well; the Ctrl-C is forgotten then, for
            whoever is told that a command was broken off runs it once more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    former = signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
    if came and callable(former) and not is_last:
        former(*came[0])
