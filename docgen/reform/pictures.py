"""What kind of picture some bytes are, and how large it is, told by their first bytes."""

from __future__ import annotations

import struct
from typing import Final

_POINTS_PER_PIXEL: Final = 0.75
_TYPES: Final = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"BM", "bmp", "image/bmp"),
    (b"II*\0", "tif", "image/tiff"),
    (b"MM\0*", "tif", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"),
    (b"\x01\0\x09\0", "wmf", "image/x-wmf"),
    (b"\x01\0\0\0", "emf", "image/x-emf"),
)
_SVG: Final = ("svg", "image/svg+xml")
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def kind_of(data: bytes) -> tuple[str, str] | None:
    """Return the ending and the media type of a picture; None for what is none."""
    for start, ending, kind in _TYPES:
        if data.startswith(start):
            return ending, kind
    return _SVG if b"<svg" in data[:2000] else None


def size_of(data: bytes) -> tuple[float, float] | None:
    """Return the size of a PNG, JPEG or GIF in points, as 96 pixels an inch make it; None for others."""
    pixels = _pixels(data)
    return None if pixels is None else (pixels[0] * _POINTS_PER_PIXEL, pixels[1] * _POINTS_PER_PIXEL)


def _pixels(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">LL", data[16:24])
        return int(width), int(height)
    if data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    return _jpeg(data) if data.startswith(b"\xff\xd8") else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None
