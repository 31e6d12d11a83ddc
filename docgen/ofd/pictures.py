"""The pictures of a PDF, and pictures of what of a PDF is not text, plain lines and areas."""

from __future__ import annotations

import ctypes
import struct
import zlib
from typing import Any, Final

import pypdfium2.raw as pdfium

_JPEG: Final = b"DCTDecode"
_MOST_PIXELS: Final = 40_000_000
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_GREY: Final = 0
_COLOURED: Final = 2
_GREY_SEEN_THROUGH: Final = 4
_SEEN_THROUGH: Final = 6


def png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """Return a picture as a PNG, as small as its colours allow.

    Args:
        width: in pixels.
        height: in pixels.
        stride: how many bytes a row of `pixels` takes.
        pixels: blue, green, red and opacity of each, a byte each.
    """
    rows = b"".join(pixels[row * stride : row * stride + width * 4] for row in range(height))
    blue, green, red, alpha = rows[0::4], rows[1::4], rows[2::4], rows[3::4]
    is_opaque = alpha.count(255) == len(alpha)
    channels = [red] if red == green == blue else [red, green, blue]
    if not is_opaque:
        channels.append(alpha)
    kind = {1: _GREY, 2: _GREY_SEEN_THROUGH, 3: _COLOURED, 4: _SEEN_THROUGH}[len(channels)]
    flat = bytearray(len(red) * len(channels))
    for place, channel in enumerate(channels):
        flat[place :: len(channels)] = channel
    length = width * len(channels)
    lines = b"".join(b"\0" + flat[row * length : (row + 1) * length] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return (
        _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture_of(document: Any, page: Any, thing: Any) -> tuple[bytes, str] | None:
    """Return a picture object's file and its kind (PNG, JPEG), with what a mask leaves of it; None when it has none."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(thing, width, height)
    pixels = width.value * height.value
    if not 0 < pixels <= _MOST_PIXELS:
        return None
    drawn = _unscaled(document, page, thing, width.value, height.value)
    if drawn is None:
        return None
    try:
        is_opaque = _is_opaque(drawn)
        if is_opaque and (whole := _jpeg(thing)):
            return whole, "JPEG"
        return png_of(drawn), "PNG"
    finally:
        pdfium.FPDFBitmap_Destroy(drawn)


def _unscaled(document: Any, page: Any, thing: Any, width: int, height: int) -> Any:
    """Return a picture drawn pixel by pixel, so that masks are applied."""
    kept, own = pdfium.FS_MATRIX(), pdfium.FS_MATRIX(width, 0, 0, height, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(thing, kept)
    pdfium.FPDFPageObj_SetMatrix(thing, own)
    try:
        return pdfium.FPDFImageObj_GetRenderedBitmap(document, page, thing) or None
    finally:
        pdfium.FPDFPageObj_SetMatrix(thing, kept)


def _jpeg(thing: Any) -> bytes:
    """Return the JPEG that a picture is kept as; empty when it is not, or has colours that viewers differ on."""
    if pdfium.FPDFImageObj_GetImageFilterCount(thing) != 1:
        return b""
    name = ctypes.create_string_buffer(32)
    pdfium.FPDFImageObj_GetImageFilter(thing, 0, name, len(name))
    size = pdfium.FPDFImageObj_GetImageDataRaw(thing, None, 0)
    data = ctypes.create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataRaw(thing, data, size)
    return data.raw if name.value == _JPEG and _components(data.raw) in {1, 3} else b""


def _components(jpeg: bytes) -> int:
    """Return how many colours a JPEG has (ITU-T T.81, B.2.2); 0 when it does not say."""
    at = 2
    while at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        if 0xC0 <= jpeg[at + 1] <= 0xCF and jpeg[at + 1] not in {0xC4, 0xC8, 0xCC}:
            return jpeg[at + 9]
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return 0


def png_of(bitmap: Any) -> bytes:
    """Return a bitmap that PDFium drew as a PNG of as many dots, its transparency kept."""
    width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    stride, pixels = _four_bytes(bitmap, width, height)
    return png(width, height, stride, pixels)


def _is_opaque(bitmap: Any) -> bool:
    if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
        return True
    width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    stride, pixels = _four_bytes(bitmap, width, height)
    return bool(stride == width * 4 and pixels[3::4].count(255) == width * height)


def _four_bytes(bitmap: Any, width: int, height: int) -> tuple[int, bytes]:
    """Return a bitmap's bytes a row and its pixels, of four bytes each."""
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    kind = pdfium.FPDFBitmap_GetFormat(bitmap)
    if kind == pdfium.FPDFBitmap_BGRA:
        return stride, held
    size = {pdfium.FPDFBitmap_Gray: 1, pdfium.FPDFBitmap_BGR: 3}.get(kind, 4)
    rows = b"".join(held[row * stride : row * stride + width * size] for row in range(height))
    flat = bytearray(b"\xff" * (width * height * 4))
    for place in range(3):
        flat[place::4] = rows[min(place, size - 1) :: size]
    return width * 4, bytes(flat)
