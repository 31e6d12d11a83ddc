"""What a library was asked and would answer the same again, kept in the user's cache folder from call to call.

Importing the library costs more than all else a short command does. Nothing depends on what is kept: an entry
that is damaged, of another version of the library, or about something else counts as absent, and a folder that
cannot be written stays as it is.

An entry is a file: the SHA-256 of what follows, a line feed, and the JSON list of stamp, name and value. Whoever
changes what a value means gives the entry another name.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, Final

_LONGEST: Final = 100_000  # bytes; an entry has about 1,000


def recall(name: str, stamp: str) -> Any:
    """Return what is kept under a name; None if nothing is, or nothing sound of that stamp.

    Args:
        name: of the entry, letters, digits and hyphens.
        stamp: what the value was computed with, see `stamp_of`; empty for nothing that could be known again.
    """
    path = _place(name)
    if not stamp or path is None:
        return None
    try:
        if path.stat().st_size > _LONGEST:
            return None
        digest, _, body = path.read_bytes().partition(b"\n")
        if digest != sha256(body).hexdigest().encode():
            return None
        kept_stamp, kept_name, value = json.loads(body)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return value if (kept_stamp, kept_name) == (stamp, name) else None


def keep(name: str, stamp: str, value: Any) -> None:
    """Keep a value of JSON's types under a name, in the place of what was there; not if the folder is closed to us."""
    path = _place(name)
    if not stamp or path is None:
        return
    body = json.dumps([stamp, name, value], ensure_ascii=False).encode()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(path, sha256(body).hexdigest().encode() + b"\n" + body)


def _put(path: Path, data: bytes) -> None:
    """Write a file whole beside its place and rename it, so that no reader meets half of it."""
    number, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def stamp_of(package: str, *folders: str) -> str:
    """Return what changes with every release of an installed package: its files' names, sizes and times.

    Args:
        package: top-level name; it is not imported.
        folders: of the package, besides its own, whose files count too.

    Returns:
        the stamp, empty if the package's files cannot be seen (not installed, in a zip file).
    """
    found = PathFinder.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return ""
    root = Path(next(iter(found.submodule_search_locations)))
    try:
        seen = [
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
            for folder in (".", *folders)
            for entry in sorted(os.scandir(root / folder), key=lambda entry: entry.name)
            if entry.is_file()
        ]
    except OSError:
        return ""
    return sha256(repr((str(root), seen)).encode()).hexdigest()


def _place(name: str) -> Path | None:
    folder = folder_of_user()
    return None if folder is None else folder / f"{name}.json"


def folder_of_user() -> Path | None:
    """Return the folder: `DOCGEN_CACHE`, none if that is empty, else the user's cache folder of this platform."""
    named = os.environ.get("DOCGEN_CACHE")
    if named is not None:
        return Path(named) if named else None
    try:
        return _of_platform() / "docgen"
    except RuntimeError:  # nobody's home is known
        return None


def _of_platform() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".cache"
