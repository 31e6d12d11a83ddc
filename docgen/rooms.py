"""Folders for files on their way: each is locked by the process that fills it, and swept when that one was killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from docgen.durable import Disk

UNFINISHED: Final = ".docgen-"
"""How the names begin of what is on its way; that of a killed process stays until somebody writes there again."""
_ROOM: Final = ".new"


class Room:
    """A folder within a folder for files on their way into it. It is locked as long as the process lives."""

    def __init__(self, folder: Path) -> None:
        sweep(folder)
        self._folder, self._lock = _locked_room(folder)
        self._disk = None if self._lock is None else Disk(self._lock)
        self._numbers = count(1)

    def place(self) -> Path:
        """Return a path that is not taken."""
        return self._folder / f"{next(self._numbers)}.new"

    @property
    def file_system(self) -> int | None:
        """Return which file system the folder lies in; None where the system does not lock folders."""
        return None if self._lock is None else os.fstat(self._lock).st_dev

    def is_on_disk(self) -> bool:
        """Bring all of its file system to the disk; False where each file has to be brought there by itself."""
        return self._disk is not None and self._disk.settled()

    def leave(self) -> None:
        """Remove the folder with all that is still in it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes that ask for the same folder waiting; where the system locks no folders, nobody waits."""
    lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _locked_room(folder: Path) -> tuple[Path, int | None]:
    """Make a room and lock it; one that somebody has swept away before it was locked is made again."""
    while True:
        room = Path(tempfile.mkdtemp(dir=folder, prefix=UNFINISHED, suffix=_ROOM))
        lock = _lock(room, wait=True)
        if room.is_dir():
            return room, lock
        if lock is not None:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed have left in a folder on its way into it."""
    for room in folder.glob(f"{UNFINISHED}*{_ROOM}"):
        lock = _lock(room)
        if lock is not None:
            shutil.rmtree(room, ignore_errors=True)
            os.close(lock)


def _lock(room: Path, *, wait: bool = False) -> int | None:
    """Lock a room for this process; None where somebody else holds it or the system has no such locks.

    With `wait` somebody who is sweeping it away is given time to end: what is left of it then is no room.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(room, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
