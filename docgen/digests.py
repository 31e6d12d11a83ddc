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

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun: tuple[bytes, hashlib._Hash | None] | None = None

    def digests_of(self, data: bytes) -> Digests:
        """Return both digests of a file's bytes, as `digests_of` does."""
        begun = self._begun
        if begun is None or not data.startswith(begun[0]):
            size = len(data) if begun is None else _alike(begun[0], data)
            begun = self._begun = data[:size], _sm3(data[:size])
        beginning, hashed = begun
        if hashed is None:
            return digests_of(data)
        found = hashed.copy()
        found.update(data[len(beginning) :])
        return Digests(sha256(data), found.hexdigest())


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
    found = _sm3(data)
    return found.hexdigest() if found else ""


def _sm3(data: bytes = b"") -> hashlib._Hash | None:
    try:
        return hashlib.new("sm3", data)
    except ValueError:
        return None


def grouped(digest: str) -> str:
    """Return a digest in groups of eight, as a person compares it."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))
