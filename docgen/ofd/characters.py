"""The characters of a PDF's text objects, and the outlines of the fonts they are in."""

from __future__ import annotations

import ctypes
import unicodedata
from hashlib import sha256
from typing import Any, Final

import pypdfium2.raw as pdfium

from docgen.ofd.drawn import Char, Matrix
from docgen.ofd.fonts import Face, Glyph
from docgen.ofd.glyphs import UNITS
from docgen.ofd.segments import segments_of

_HYPHEN_AT_END: Final = 2
"""What the reader gives for a hyphen at the end of a line."""
_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)
"""The halves in which UTF-16 says a character beyond the first plane."""
_FIXED: Final = 1
_SERIF: Final = 2
_ITALIC: Final = 64
_BOLD: Final = 700
_WITHOUT_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


class Characters:
    """The characters of one page, by the text object they stand in."""

    def __init__(self, page: Any, to: Matrix) -> None:
        """Read them; `to` maps the page's own coordinates to millimetres."""
        self._found: dict[int, list[Char]] = {}
        self._nameless: set[int] = set()
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return
        try:
            self._read(text, to)
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _read(self, text: Any, to: Matrix) -> None:
        x, y = ctypes.c_double(), ctypes.c_double()
        high = 0
        for place in range(pdfium.FPDFText_CountChars(text)):
            thing = pdfium.FPDFText_GetTextObject(text, place)
            if not thing or pdfium.FPDFText_IsGenerated(text, place) == 1:
                continue
            key = address(thing)
            code = pdfium.FPDFText_GetUnicode(text, place)
            if pdfium.FPDFText_IsHyphen(text, place) == 1 or code == _HYPHEN_AT_END:
                code = ord("-")
            if code in _HIGH:
                high = code
                continue
            if code in _LOW and high:  # a character beyond the first plane is given in two halves
                code = 0x10000 + ((high - _HIGH.start) << 10) + code - _LOW.start
            high = 0
            if pdfium.FPDFText_HasUnicodeMapError(text, place) or not _is_character(code):
                self._nameless.add(key)
                continue
            pdfium.FPDFText_GetCharOrigin(text, place, x, y)
            self._found.setdefault(key, []).append(Char(chr(code), to.at(x.value, y.value)))

    def of(self, thing: Any) -> tuple[Char, ...]:
        """Return the characters of a text object."""
        return tuple(self._found.get(address(thing), ()))

    def knows(self, thing: Any) -> bool:
        """Whether it is known of each character of a text object which it is."""
        return address(thing) not in self._nameless


def _is_character(code: int) -> bool:
    """Whether a code is a character that XML can hold and a font can show."""
    return (0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF) and code not in {0xFFFE, 0xFFFF, 0xFFFD}


def address(thing: Any) -> int:
    """Return what tells an object of a page from all others of it."""
    return ctypes.addressof(thing.contents)


def is_blank(char: str) -> bool:
    """Whether a character is one without ink."""
    return unicodedata.category(char) in _WITHOUT_INK


class Faces:
    """The fonts met so far; one is the same wherever its name and its bytes are."""

    def __init__(self) -> None:
        self.faces: list[Face] = []
        self._known: dict[bytes, int] = {}
        self._on_page: dict[int, int] = {}

    def turn_page(self) -> None:
        """Forget where the fonts of the last page lay: another font may lie there on the next."""
        self._on_page.clear()

    def number(self, font: Any) -> int:
        """Return which of the faces a font is, a new one where it was not met before."""
        key = address(font)
        if key not in self._on_page:
            self._on_page[key] = self._number(font)
        return self._on_page[key]

    def _number(self, font: Any) -> int:
        name = _said(pdfium.FPDFFont_GetBaseFontName, font) or _said(pdfium.FPDFFont_GetFamilyName, font)
        known = sha256(name.encode() + _file(font)).digest()
        if known not in self._known:
            self._known[known] = len(self.faces)
            self.faces.append(_face(name or "未命名字体", font))
        return self._known[known]

    def draws(self, font: Any, chars: tuple[Char, ...]) -> bool:
        """Take the outlines of a font's characters; return whether all that should have one do."""
        face = self.faces[self.number(font)]
        for char in {each.text for each in chars}:
            if char not in face.glyphs:
                face.glyphs[char] = _glyph(font, ord(char))
        return all(face.glyphs[each.text].segments or is_blank(each.text) for each in chars)


def _glyph(font: Any, code: int) -> Glyph:
    """Return a character's outline, empty when the font has none."""
    path = pdfium.FPDFFont_GetGlyphPath(font, code, 1.0)  # in parts of the size, whether it scales or not
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(font, code, UNITS, width)
    count = pdfium.FPDFGlyphPath_CountGlyphSegments(path) if path else 0

    def segment(place: int) -> Any:
        return pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, place)

    return Glyph(segments_of(count, segment), width.value)


def _face(name: str, font: Any) -> Face:
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    face = Face(
        name,
        pdfium.FPDFFont_GetWeight(font) >= _BOLD or "Bold" in name,
        bool(flags & _ITALIC),
        bool(flags & _SERIF),
        bool(flags & _FIXED),
    )
    if pdfium.FPDFFont_GetAscent(font, UNITS, ascent) and 0 < ascent.value < 4 * UNITS:
        face.ascent = ascent.value
    if pdfium.FPDFFont_GetDescent(font, UNITS, descent) and -4 * UNITS < descent.value < 0:
        face.descent = descent.value
    return face


def _said(asked: Any, font: Any) -> str:
    size = asked(font, None, 0)
    if size <= 1:
        return ""
    said = ctypes.create_string_buffer(size)
    asked(font, said, size)
    return "".join(each for each in said.value.decode("utf-8", "replace") if each.isprintable())


def _file(font: Any) -> bytes:
    size = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, size) or not size.value:
        return b""
    data = (ctypes.c_uint8 * size.value)()
    pdfium.FPDFFont_GetFontData(font, data, size.value, size)
    return bytes(data)
