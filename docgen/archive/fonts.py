"""Whether a PDF holds all its fonts, told from its font dictionaries alone: fast, and only where that is certain.

Where anything is unusual (object streams, encryption, fonts written twice, a font without a descriptor), nothing is
told, and whoever asks has to look at the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_START: Final = b" 0 obj"
_END: Final = b"endobj"
_OBJECT: Final = b"obj"
_FONT: Final = re.compile(rb"/Type\s*/Font(?![A-Za-z0-9])")
_SUBTYPE: Final = re.compile(rb"/Subtype\s*/(Type0|Type1|MMType1|TrueType|Type3|CIDFontType0|CIDFontType2)\b")
_DESCRIPTOR: Final = re.compile(rb"/FontDescriptor\s+(\d+)\s+\d+\s+R")
_FILE: Final = re.compile(rb"/FontFile[23]?\s+(\d+)\s+\d+\s+R")
_UNUSUAL: Final = (b"/ObjStm", b"/Encrypt")
_NEED_NONE: Final = (b"Type0", b"Type3")


def all_held(objects: bytes) -> bool:
    """Whether every font of a PDF is certainly in it.

    Args:
        objects: what lies outside the PDF's streams, with its names as they are read.
    """
    if any(each in objects for each in _UNUSUAL):
        return False
    numbered = _numbered(objects)
    bodies = dict(numbered)
    if len(bodies) < len(numbered):
        times = Counter(number for number, _ in numbered)
        if any(b"/Font" in body for number, body in numbered if times[number] > 1):
            return False
        bodies = {number: body for number, body in numbered if times[number] == 1}
    elif not numbered:
        return False
    fonts = [body for _, body in numbered if body.find(b"/Font") >= 0 and _FONT.search(body)]
    if len(_FONT.findall(objects)) != len(fonts):
        return False
    named = sum(each.find(b"/BaseFont") >= 0 for each in fonts)
    return objects.count(b"/BaseFont") == named and all(_is_held(each, bodies) for each in fonts)


def _numbered(objects: bytes) -> list[tuple[bytes, bytes]]:
    """Return the objects by number; none where one is not written as all writers do."""
    halves = [each.partition(_START) for each in objects.split(_END)[:-1]]
    if not objects.count(_OBJECT) == 2 * len(halves) == 2 * objects.count(_START):
        return []
    numbers = [(head.rsplit(None, 1) or (b"",))[-1] for head, _, _ in halves]
    usual = all(map(bytes.isdigit, numbers)) and all(start for _, start, _ in halves)
    return [(number, body) for number, (_, _, body) in zip(numbers, halves, strict=True)] if usual else []


def _is_held(font: bytes, bodies: dict[bytes, bytes]) -> bool:
    kinds = _SUBTYPE.findall(font)
    if len(kinds) != 1:
        return False
    if kinds[0] in _NEED_NONE:
        return True
    descriptor = _DESCRIPTOR.search(font)
    file = _FILE.search(bodies.get(descriptor[1], b"")) if descriptor else None
    return file is not None and file[1] in bodies
