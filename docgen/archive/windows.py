"""The bytes of a large file, a window of them in memory at a time.

A file that is mapped into memory takes the process with it when its disk is pulled out or the file is cut off; one that
is read gives an OSError.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import BinaryIO, Final

_WINDOW: Final = 8 * 2**20


class Windows:
    """A file that is sought in as bytes are.

    Args:
        file: open for reading, without a buffer.
        size: of it.
        window: bytes in memory at a time.
    """

    def __init__(self, file: BinaryIO, size: int, window: int = _WINDOW) -> None:
        self._file, self._size, self._length = file, size, window
        self._first, self._held = 0, b""

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        """Return some of its bytes. Raises OSError."""
        start, stop, _ = part.indices(self._size)
        stop = max(start, stop)
        first, last = start - self._first, stop - self._first
        if first >= 0 and last <= len(self._held):
            return self._held[first:last]
        return self._read(start, stop)

    def find(self, sought: bytes, start: int = 0) -> int:
        """Return where something is next, -1 for nowhere. Raises OSError."""
        while start + len(sought) <= self._size:
            if not self._first <= start <= self._first + len(self._held) - len(sought):
                self._first, self._held = start, self._read(start, min(self._size, start + self._length))
            found = self._held.find(sought, start - self._first)
            if found >= 0:
                return self._first + found
            start = self._first + len(self._held) - len(sought) + 1
        return -1

    def rfind(self, sought: bytes) -> int:
        """Return where something is last, -1 for nowhere. Raises OSError."""
        stop = self._size
        while stop >= len(sought):
            start = max(0, stop - self._length)
            found = self._read(start, stop).rfind(sought)
            if found >= 0:
                return start + found
            stop = start + len(sought) - 1 if start else 0
        return -1

    def pieces(self, before: int, after: int) -> Iterator[tuple[bytes, int, int]]:
        """Yield all of it, each piece with some bytes around it, and from where to where the piece itself is in them.

        Raises:
            OSError: it can be read no longer.
        """
        for start in range(0, self._size, self._length):
            first, stop = max(0, start - before), min(self._size, start + self._length)
            yield self._read(first, min(self._size, stop + after)), start - first, stop - first

    def _read(self, start: int, stop: int) -> bytes:
        self._file.seek(start)
        found = []
        while start < stop:
            part = self._file.read(stop - start)
            if not part:
                raise OSError(errno.EIO, "shorter than it was", self._file.name)
            found.append(part)
            start += len(part)
        return b"".join(found)
