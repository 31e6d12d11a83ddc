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
