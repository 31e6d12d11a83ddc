"""Which document an OFD was made of: the SHA-256 of the document's bytes, among the OFD's own data.

Anybody can write such data: they say which document to compare an OFD with, and prove nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

SOURCE: Final = "DocgenSource"
_SAID: Final = re.compile(rb'Name="DocgenSource"[^>]*>([0-9a-f]{64})<')
_MOST: Final = 1_000_000
"""Bytes of the part a reader begins with."""


def source_of(ofd: bytes) -> str:
    """Return the SHA-256 of the document an OFD says it was made of; empty when it says none, or is no OFD."""
    if not ofd.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(ofd)) as parts:
            if parts.getinfo("OFD.xml").file_size > _MOST:
                return ""
            said = _SAID.search(parts.read("OFD.xml"))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""
    return said[1].decode() if said else ""
