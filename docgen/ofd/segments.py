"""The segments of a PDF's outlines, read at once where they can be.

pypdfium2 gives one segment after the other, three calls each, which takes most of the time in which a PDF becomes an
OFD. PDFium keeps them one behind the other in memory and gives a pointer to each; where two neighbours lie as far
apart as a record is long, and the first and the last say by the calls what the records say, the records are read.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterable
from typing import Any, Final

import pypdfium2.raw as pdfium

RECORD: Final = struct.Struct("<ffBBxx")
"""Of a segment: its point, its kind (`LINE`, `CURVE`, `MOVE`), whether it closes."""
LINE: Final = pdfium.FPDF_SEGMENT_LINETO
CURVE: Final = pdfium.FPDF_SEGMENT_BEZIERTO
MOVE: Final = pdfium.FPDF_SEGMENT_MOVETO
_KINDS: Final = frozenset({LINE, CURVE, MOVE})

Segment = tuple[float, float, int, int]


def segments_of(count: int, segment: Callable[[int], Any]) -> bytes:
    """Return the segments of an outline as `RECORD`s.

    Args:
        count: how many it has; none for 0 or fewer.
        segment: gives the segment at a place.
    """
    if count <= 0:
        return b""
    return _at_once(count, segment) or b"".join(RECORD.pack(*_one(segment(place))) for place in range(count))


def _at_once(count: int, segment: Callable[[int], Any]) -> bytes:
    """Return the segments as they lie in memory; nothing where they do not lie as expected."""
    if count < 2:
        return b""
    first, last = segment(0), segment(count - 1)
    start, following, end = map(_address, (first, segment(1), last))
    if following - start != RECORD.size or end - start != RECORD.size * (count - 1):
        return b""
    held = bytearray(ctypes.string_at(start, RECORD.size * count))
    held[10 :: RECORD.size] = held[11 :: RECORD.size] = bytes(
        count
    )  # what lies between records means nothing
    if RECORD.unpack_from(held) != _one(first) or RECORD.unpack_from(held, end - start) != _one(last):
        return b""
    return bytes(held) if _KINDS.issuperset(held[8 :: RECORD.size]) else b""


def _address(segment: Any) -> int:
    return ctypes.addressof(segment.contents)


def _one(segment: Any) -> Segment:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    closes = bool(pdfium.FPDFPathSegment_GetClose(segment))
    return x.value, y.value, pdfium.FPDFPathSegment_GetType(segment), int(closes)


def read(segments: bytes) -> Iterable[Segment]:
    """Yield the segments that records give, as they were packed."""
    return RECORD.iter_unpack(segments)
