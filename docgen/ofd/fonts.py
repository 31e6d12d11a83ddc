"""Fonts of the characters that occur, built from their outlines as TrueType with a table of Unicode characters."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.ofd.glyphs import UNITS, Outline, outline_of

_EPOCH: Final = 2082844800
"""Seconds from 1904, where fonts count from, to 1970."""
_WIDEST: Final = 0xFFFF
_NONE: Final = ".notdef"


@dataclass(frozen=True)
class Glyph:
    """The outline of a character as `segments.RECORD`s in parts of the size, upward from the base line; its advance."""

    segments: bytes
    advance: float


@dataclass
class Face:
    """A font in the making: its name, and the glyphs of the characters met so far."""

    name: str
    bold: bool = False
    italic: bool = False
    serif: bool = False
    fixed: bool = False
    ascent: float = 880.0
    descent: float = -120.0
    glyphs: dict[str, Glyph] = field(default_factory=dict)


def font_file(face: Face) -> bytes:
    """Return a font of a face's characters as a TrueType file; the same face always gives the same bytes."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Table

    named = {f"u{ord(each):05X}": each for each in sorted(face.glyphs)}
    outlines = {_NONE: Outline(b"")} | {
        name: outline_of(face.glyphs[each].segments) for name, each in named.items()
    }
    advances = {_NONE: UNITS} | {
        name: min(max(round(face.glyphs[each].advance), 0), _WIDEST) for name, each in named.items()
    }
    builder = FontBuilder(UNITS, isTTF=True)
    builder.font.recalcBBoxes = builder.font.recalcTimestamp = False  # the outlines are not read again
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap({ord(each): name for name, each in named.items()})
    builder.font["loca"], builder.font["glyf"] = newTable("loca"), newTable("glyf")
    builder.font["glyf"].glyphs = {name: Table(each.data) for name, each in outlines.items()}
    builder.setupHorizontalMetrics({name: (width, outlines[name].left) for name, width in advances.items()})
    ascent, descent = round(face.ascent), round(face.descent)
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    builder.setupNameTable({"familyName": face.name, "styleName": "Regular", "psName": _ascii(face.name)})
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    _measure(builder.font, outlines, advances)
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _measure(font: Any, outlines: Mapping[str, Outline], advances: Mapping[str, int]) -> None:
    """Write into a font's tables what holds for all its glyphs together."""
    inked = {name: each for name, each in outlines.items() if each.data} or {_NONE: Outline(b"")}
    head, across, most = font["head"], font["hhea"], font["maxp"]
    head.xMin, head.yMin = (
        min(each.left for each in inked.values()),
        min(each.bottom for each in inked.values()),
    )
    head.xMax, head.yMax = (
        max(each.right for each in inked.values()),
        max(each.top for each in inked.values()),
    )
    across.advanceWidthMax = max(advances.values())
    across.minLeftSideBearing = head.xMin
    across.minRightSideBearing = min(advances[name] - each.right for name, each in inked.items())
    across.xMaxExtent = head.xMax
    most.numGlyphs = len(outlines)
    most.maxPoints = max(each.points for each in inked.values())
    most.maxContours = max(each.contours for each in inked.values())


def _ascii(name: str) -> str:
    """Return a name as PostScript allows it."""
    return "".join(each for each in name if (each.isascii() and each.isalnum()) or each == "-") or "Font"
