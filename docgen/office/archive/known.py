"""What the version of a bag before this one says of its files: a file that is the same to the byte is not judged again.

It is believed as far as the register goes: the register has the digest of the bag's manifest, which has that of what
the bag says of itself. A bag that is not the recorded one says nothing. Only `archive build` asks; judging a bag
believes nobody (docs/decisions/0108-what-is-judged-once.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from docgen.archive.bag import MANIFEST, PAYLOAD
from docgen.archive.formats import Judged, as_packed
from docgen.archive.inventory import NAME, inventory_of

Known: TypeAlias = Mapping[tuple[str, str, str], Judged]
"""What was found of files, by role, ending of the name and digest: these decide what is found."""


def known_of(bags: Iterable[Path], digest: str) -> Known:
    """Return what is known from the first of some bags that is the recorded one.

    Args:
        bags: folders where it may be.
        digest: SHA-256 of the manifest of the bag that was recorded.
    """
    for bag in bags:
        try:
            manifest, data = (bag / MANIFEST).read_bytes(), (bag / PAYLOAD / NAME).read_bytes()
            if hashlib.sha256(manifest).hexdigest() != digest or not _lists(manifest, data):
                continue
            files = [one for each in inventory_of(data).filed for one in each.files if one.format]
        except (OSError, ValueError):
            continue
        return {key_of(each.role, Path(each.path), each.sha256): as_packed(each) for each in files}
    return {}


def key_of(role: str, path: Path, digest: str) -> tuple[str, str, str]:
    """Return by what the finding about a file is known."""
    return role, path.suffix.lower(), digest


def _lists(manifest: bytes, data: bytes) -> bool:
    line = f"{hashlib.sha256(data).hexdigest()}  {PAYLOAD}/{NAME}\n".encode()
    return line in manifest.splitlines(keepends=True)
