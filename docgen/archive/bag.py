"""Writing a bag (RFC 8493, SHA-256): each file is read once, hashed while it is copied, never held whole.

Why not the library bagit: docs/decisions/0060-the-bag-of-a-year.md; the tests let it judge what is written here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from docgen.durable import BINARY
from docgen.files import StrangeFile

PAYLOAD: Final = "data"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION_NAME: Final = "bagit.txt"
INFO_NAME: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
BLOCK: Final = 2**20


class Differs(StrangeFile):
    """A file is not the one that was to be copied."""


class Unread(OSError):
    """A file that is to go into a bag cannot be read, or no longer."""


class BagWriter:
    """A bag on its way, in a folder of its own.

    Args:
        folder: empty or not yet made; None where only digests are asked for, and nothing is written.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._digests: dict[str, str] = {}
        self._names: set[str] = set()
        self._made: set[str] = set()
        self._size = 0

    @property
    def size(self) -> int:
        """Return how many bytes the payload has so far."""
        return self._size

    def take(self, other: BagWriter) -> None:
        """Take what another writer has written into the same folder, under names of its own."""
        self._digests |= other._digests
        self._names |= other._names
        self._size += other._size

    def clear(self, name: str) -> None:
        """Remove a folder of the payload that a writer which came to no end has left. Raises OSError."""
        place = f"{self.folder}/{PAYLOAD}/{name}"
        if self.folder and os.path.isdir(place):  # noqa: PTH112  as in `_opened`
            shutil.rmtree(place)

    def name(self, wanted: str) -> str:
        """Return the path below the payload that a file gets: no other file has it on any system."""
        plain = unicodedata.normalize("NFC", wanted)
        stem, dot, ending = plain.rpartition(".")
        count, free = 1, plain
        while free.casefold() in self._names:
            count += 1
            free = f"{stem}（{count}）{dot}{ending}"
        self._names.add(free.casefold())
        return free

    def copy(self, source: Path, wanted: str, expected: str = "") -> tuple[str, str, int]:
        """Copy a file into the payload and return its path there, SHA-256 and size.

        Raises:
            Differs: its digest is not the expected one.
            Unread: it cannot be read.
            OSError: the operating system refuses.
        """
        made = self.fill(wanted, read(source))
        if expected and made[1] != expected:
            raise Differs(0, "与登记的摘要不符", str(source))
        return made

    def write(self, wanted: str, data: bytes) -> tuple[str, str, int]:
        """Write bytes into the payload and return path, SHA-256 and size. Raises OSError."""
        return self.fill(wanted, (data,))

    def fill(self, wanted: str, blocks: Iterable[bytes]) -> tuple[str, str, int]:
        """Write what comes in blocks into the payload and return path, SHA-256 and size. Raises OSError."""
        name = self.name(wanted)
        digest, size = hashlib.sha256(), 0
        with self._opened(name) as file:
            for block in blocks:
                digest.update(block)
                file.write(block)
                size += len(block)
        self._digests[name] = digest.hexdigest()
        self._size += size
        return name, self._digests[name], size

    def close(self, info: Sequence[tuple[str, str]]) -> str:
        """Write manifests and tag files, and return the SHA-256 of the payload's manifest; the disk is not waited for.

        Args:
            info: labels and values of bag-info.txt; the sums are added.

        Raises:
            OSError: the operating system refuses.
        """
        listed = sorted(self._digests.items())
        manifest = "".join(f"{digest}  {PAYLOAD}/{escaped(name)}\n" for name, digest in listed).encode()
        sums = (("Payload-Oxum", f"{self._size}.{len(listed)}"), ("Bag-Software-Agent", "docgen"))
        said = "".join(f"{label}: {value}\n" for label, value in (*info, *sums)).encode()
        tags = {DECLARATION_NAME: DECLARATION, INFO_NAME: said, MANIFEST: manifest}
        of_tags = {name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(of_tags.items()))
        for name, data in (*tags.items(), (TAG_MANIFEST, lines.encode())):
            if self.folder:
                (self.folder / name).write_bytes(data)
        return of_tags[MANIFEST]

    def _opened(self, name: str) -> _File:
        if not self.folder:
            return _File(None)
        path = f"{self.folder}/{PAYLOAD}/{name}"
        above = os.path.dirname(path)  # noqa: PTH120  # pathlib takes three times as long, for each of many files
        if above not in self._made:
            os.makedirs(above, exist_ok=True)  # noqa: PTH103
            self._made.add(above)
        return _File(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, 0o644))


class _File:
    """A file that is written without a buffer, and wholly: a full disk leaves as OSError; without a handle, none."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def write(self, data: bytes) -> None:
        """Write all of it. Raises OSError."""
        if self._handle is None:
            return
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)


def read(source: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in blocks. Raises Unread."""
    try:
        with source.open("rb", buffering=0) as reading:
            while block := reading.read(BLOCK):
                yield block
    except OSError as fault:
        raise Unread(fault.errno, fault.strerror, str(source)) from fault


def escaped(name: str) -> str:
    """Return a path as a manifest writes it (RFC 8493, 2.1.3)."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def unescaped(name: str) -> str:
    """Return the path that a manifest means."""
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
