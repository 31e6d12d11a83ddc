"""Which document a PDF was made of: the SHA-256 of the document's bytes, in the PDF's own information dictionary.

The entry is added behind what LibreOffice wrote, as an incremental update (ISO 32000-1, 7.5.6), so that a PDF and a
document always give the same bytes. Anybody can write such an entry: it says which document to compare a PDF with, and
proves nothing.
"""

from __future__ import annotations

import re
from typing import Final

_KEY: Final = b"/DocgenSource"
_TAIL: Final = 4096
_TRAILER: Final = re.compile(rb"trailer\s*<<([^\0]*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z")
_INFO: Final = re.compile(rb"/Info\s+(\d+)\s+0\s+R")
_KEPT: Final = re.compile(rb"/(?:Size\s+\d+|Root\s+\d+\s+\d+\s+R|Info\s+\d+\s+\d+\s+R|ID\s*\[[^\]]*\])")
_SAID: Final = re.compile(rb"/DocgenSource\s*\(([0-9a-f]{64})\)")


def with_origin(pdf: bytes, source: str) -> bytes:
    """Return a PDF that says which document it was made of; as it is where it is not built as LibreOffice does.

    Args:
        pdf: the file.
        source: the SHA-256 of the document, in hexadecimal.
    """
    trailer = _TRAILER.search(pdf, max(0, len(pdf) - _TAIL))
    info = _INFO.search(trailer[1]) if trailer else None
    if not trailer or not info:
        return pdf
    number = int(info[1])
    start = pdf.rfind(b"\n%d 0 obj" % number) + 1
    end = pdf.find(b"endobj", start)
    said = pdf[start:end].rpartition(b">>")[0]
    if not start or end < 0 or not said:
        return pdf
    joint = b"" if pdf.endswith(b"\n") else b"\n"
    entry = b"%s%s(%s)>>\nendobj\n" % (said, _KEY, source.encode())
    place = len(pdf) + len(joint)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    kept = b"".join(_KEPT.findall(trailer[1]))
    end_of = b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (kept, trailer[2], place + len(entry))
    return b"".join((pdf, joint, entry, table, end_of))


def origin_of(pdf: bytes) -> str:
    """Return the SHA-256 of the document a PDF says it was made of; empty when it says none."""
    said = _SAID.findall(pdf) if pdf.startswith(b"%PDF") else []
    return said[-1].decode() if said else ""
