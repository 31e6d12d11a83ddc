"""LibreOffice profiles that outlive a command, so that each need not begin by making one (about a second).

They lie in the user's cache folder, numbered, each beside a lock file. A lock of the operating system holds while
docgen or the LibreOffice it started lives, and goes with them: nothing is left to clear away after a kill. The lock
file says which program the profile was made by; it is empty while the profile is in use, so that one left by a
killed program is made anew.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

_MOST: Final = 64


class Profile:
    """A profile that nobody else uses. `lock` is the file that says so, None for one in a temporary folder."""

    def __init__(self, folder: Path, lock: BinaryIO | None = None) -> None:
        self.folder, self.lock = folder, lock

    def renew(self) -> None:
        """Throw its content away; LibreOffice makes it again."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def claimed(program: Path, spare: Path) -> Iterator[Profile]:
    """Give a profile for a program, one that was used before if there is one.

    Args:
        program: LibreOffice.
        spare: the folder that serves where the user has no cache folder that can be written.
    """
    found = _claim(profiles_dir())
    if found is None:
        yield Profile(spare)
        return
    with found.lock as lock:
        maker = f"{program.resolve()} {program.stat().st_mtime_ns}".encode()
        if lock.read() != maker:
            found.renew()
        _write(lock, b"")
        yield found
        _write(lock, maker)


def fetch_nothing(folder: Path) -> None:
    """Let a LibreOffice with this profile fetch nothing that a file only links to, from the network or the disk.

    Raises:
        OSError: the profile cannot be written.
    """
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS.format(_BLOCKED), encoding="utf-8")
        return
    text = settings.read_text(encoding="utf-8", errors="replace")
    if "BlockUntrustedRefererLinks" not in text:
        settings.write_text(text.replace(_END, _BLOCKED + _END), encoding="utf-8")


_END: Final = "</oor:items>"
_SETTINGS: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>\n'
)
_BLOCKED: Final = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>'
)


def profiles_dir() -> Path | None:
    """Return the folder of the profiles, in the user's cache folder of this platform; None if there is no home."""
    try:
        return _cache_home() / "docgen" / "libreoffice"
    except RuntimeError:  # no HOME, and nobody in the password file
        return None


def _cache_home() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


class _Claimed(Profile):
    """A profile that this process alone uses as long as it holds the lock."""

    lock: BinaryIO


def _claim(home: Path | None) -> _Claimed | None:
    """Take the first profile that is free; None where none can be had."""
    if home is None:
        return None
    with suppress(OSError):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(_MOST):
        lock = _locked(home / f"{number:02}.lock")
        if lock:
            return _Claimed(home / f"{number:02}", lock)
    return None


def _locked(path: Path) -> BinaryIO | None:
    """Open and lock a file; None if it is locked, or cannot be."""
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
    except OSError:
        return None
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        # A byte far behind the end: Windows lets nobody read what is locked.
        file.seek(2**20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(lock: BinaryIO, words: bytes) -> None:
    with suppress(OSError):  # a full disk: the profile is made anew next time
        lock.seek(0)
        lock.truncate()
        lock.write(words)
