"""Digests of files: SHA-256, and SM3 (GB/T 32905-2016) where the system's OpenSSL has it; lower-case hex."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from docgen.dataclass import dataclass

_GROUP = 8


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests of one file's bytes; `sm3` is empty where the system cannot compute it."""

    sha256: str
    sm3: str


def digests_of(data: bytes) -> Digests:
    """Return both digests of a file's bytes."""
    return Digests(sha256(data), sm3(data))


class AlikeFiles:
    """Digests of files that begin alike, as documents of one template do: what all share is hashed by SM3 once."""

    __slots__ = ("_beginning", "_hashed")

    def __init__(self) -> None:
        self._beginning: bytes | None = None
        self._hashed = _sm3()

    def digests_of(self, data: bytes) -> Digests:
        """Return both digests of a file's bytes, as `digests_of` does."""
        if self._beginning is None:
            self._begin(data)
        elif not data.startswith(self._beginning):
            self._begin(data[: _alike(self._beginning, data)])
        return Digests(sha256(data), self._sm3_of(data))

    def _begin(self, beginning: bytes) -> None:
        self._beginning, self._hashed = beginning, _sm3()
        if self._hashed is not None:
            self._hashed.update(beginning)

    def _sm3_of(self, data: bytes) -> str:
        if self._hashed is None:
            return ""
        found = self._hashed.copy()
        found.update(data[len(self._beginning or b"") :])
        return found.hexdigest()


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two files begin with that are the same."""
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def digests_in(blocks: Iterable[bytes]) -> tuple[Digests, int]:
    """Return both digests of a file that is read in blocks, and how many bytes it has."""
    own, other, size = hashlib.sha256(), _sm3(), 0
    for block in blocks:
        own.update(block)
        if other:
            other.update(block)
        size += len(block)
    return Digests(own.hexdigest(), other.hexdigest() if other else ""), size


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    """Return the SM3 of bytes; empty where the system cannot compute it."""
    found = _sm3()
    if found is None:
        return ""
    found.update(data)
    return found.hexdigest()


def _sm3() -> hashlib._Hash | None:
    try:
        return hashlib.new("sm3")
    except ValueError:
        return None


def grouped(digest: str) -> str:
    """Return a digest in groups of eight, as a person compares it."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))
