"""Files that are made of files of anybody: put under a name that is free, never over another file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from docgen.files import CannotWrite, cannot_write, write_whole


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
        place, number = folder / f"{name}.docx", 1
        while not _taken(place):
            if place.is_file() and place.read_bytes() == document and not place.samefile(source):
                return place, True
            number += 1
            place = folder / f"{name}{number}.docx"
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    try:
        write_whole(place, document)
    except CannotWrite:
        with suppress(OSError):
            place.unlink()
        raise
    return place, False


def _taken(place: Path) -> bool:
    """Take a free name by an empty file, so that nobody else takes it meanwhile; False if it is not free."""
    try:
        place.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
