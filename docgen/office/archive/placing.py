"""Where a bag comes to lie: on the disk first, then in its place; what lies there already is never overwritten."""

from __future__ import annotations

import hashlib
import itertools
import os
from pathlib import Path

from docgen.archive.bag import MANIFEST, PAYLOAD
from docgen.archive.inventory import NAME, inventory_of
from docgen.durable import sync, synced
from docgen.files import on_one_line
from docgen.office.archive.faults import BagThere
from docgen.register.books import Books
from docgen.rooms import Room


def secure(room: Room, bag: Path) -> None:
    """Bring a bag that was written into a room to the disk. Raises OSError: it cannot be brought there."""
    if room.is_on_disk():
        return
    files = [Path(folder, each) for folder, _, names in os.walk(bag) for each in names]
    for refusal in filter(None, synced(files)):
        raise refusal


def set_aside(final: Path, books: Books) -> Path | None:
    """Rename a bag of this register that was put in its place and never recorded: a build was killed there.

    Its settings, or docgen, changed since, or it would have been found the same. Nothing of it is deleted.
    """
    try:
        inventory = inventory_of((final / PAYLOAD / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    entry = books.entry(inventory.entries)
    if entry is None or entry.digest != inventory.head or books.entries_with(digest_at(final)):
        return None
    count = next(each for each in itertools.count(1) if not os.path.lexists(_aside(final, each)))
    final.rename(_aside(final, count))
    return _aside(final, count)


def _aside(final: Path, count: int) -> Path:
    return final.with_name(f"{final.name}（没有登记{count if count > 1 else ''}）")


def put(made: Path, final: Path) -> None:
    """Move a bag to its place.

    Raises:
        BagThere: something else lies there.
        OSError: the operating system refuses.
    """
    if os.path.lexists(final):
        raise BagThere(on_one_line(final), "里面的内容与现在生成的不同" if final.is_dir() else "不是档案包")
    made.rename(final)
    sync(final.parent, os.O_RDONLY)  # some systems refuse it for folders, and need it not


def digest_at(bag: Path) -> str:
    """Return the digest of a bag's manifest; empty when there is none."""
    try:
        return hashlib.sha256((bag / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""
