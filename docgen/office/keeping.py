"""Files that are made of files of anybody: put under a name that is free, never over another file, whole or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from docgen.durable import sync
from docgen.files import Staging, cannot_write


def kept(folder: Path, name: str, document: bytes, source: Path) -> tuple[Path, bool]:
    """Write a .docx in a folder; return where it is, and whether it was there already, the same byte for byte.

    A name that is taken gets a number.

    Args:
        folder: Made if it is not there.
        name: Without ending.
        document: The bytes.
        source: The file it was made of, which is never taken for the result.

    Raises:
        CannotWrite: the operating system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in _names(folder, name):
            if place.is_file() and place.read_bytes() == document and not place.samefile(source):
                return place, True
            if not os.path.lexists(place) and _written(place, document):
                return place, False
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    raise AssertionError  # the names have no end


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / f"{name}.docx"
    yield from (folder / f"{name}{number}.docx" for number in count(2))


def _written(place: Path, document: bytes) -> bool:
    """Write a file whole; False if somebody else has taken its name meanwhile. Raises CannotWrite and OSError."""
    staging = Staging()
    try:
        staging.add(place, document)
        ((way, _),) = staging.hand_over()
        if not _named(way, place):
            return False
        sync(place.parent, os.O_RDONLY)
        return True
    finally:
        staging.drop()


def _named(way: Path, place: Path) -> bool:
    """Give a file a second name that is free; where there are no links, take the name by an empty file first."""
    try:
        os.link(way, place)
    except FileExistsError:
        return False
    except OSError:
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            return False
        try:
            way.replace(place)
        except OSError:
            place.unlink(missing_ok=True)
            raise
    return True
