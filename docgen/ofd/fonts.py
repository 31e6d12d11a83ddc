"""Fonts of the characters that occur, built from their outlines as TrueType with a table of Unicode characters.

The outlines come from the PDF's own fonts. A PDF's quadratic curves are given as cubic ones by what reads it: they are
turned back exactly; true cubic ones are approximated to half a unit of a thousand.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.ofd.drawn import Point, Step

UNITS: Final = 1000
"""Units to the size of a font."""
_CLOSE_ENOUGH: Final = 0.5
_SAME: Final = 1.5
_EPOCH: Final = 2082844800
"""Seconds from 1904, where fonts count from, to 1970."""


@dataclass(frozen=True)
class Glyph:
    """The outline of a character in units of a thousand to the size, upward from the base line; how far it advances."""

    steps: tuple[Step, ...]
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

    named = {f"u{ord(each):05X}": each for each in sorted(face.glyphs)}
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", *named])
    builder.setupCharacterMap({ord(each): name for name, each in named.items()})
    glyphs = {".notdef": _outline(())}
    glyphs |= {name: _outline(face.glyphs[each].steps) for name, each in named.items()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(_metrics(face, named, builder.font["glyf"]))
    ascent, descent = round(face.ascent), round(face.descent)
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    builder.setupNameTable({"familyName": face.name, "styleName": "Regular", "psName": _ascii(face.name)})
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _metrics(face: Face, named: Mapping[str, str], table: Any) -> dict[str, tuple[int, int]]:
    """Return how far each glyph advances, and where it begins."""
    advances = {name: round(face.glyphs[each].advance) for name, each in named.items()} | {".notdef": UNITS}
    return {
        name: (min(max(width, 0), 0xFFFF), getattr(table[name], "xMin", 0) or 0)
        for name, width in advances.items()
    }


def _ascii(name: str) -> str:
    """Return a name as PostScript allows it."""
    return "".join(each for each in name if (each.isascii() and each.isalnum()) or each == "-") or "Font"


def _outline(steps: tuple[Step, ...]) -> Any:
    """Return an outline as a TrueType glyph."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    made = TTGlyphPen(None)
    pen = Cu2QuPen(made, _CLOSE_ENOUGH)
    at, is_open = Point(0, 0), False
    for kind, points in steps:
        if kind == "C":
            continue  # an outline of a font is closed, said or not
        if kind == "M":
            if is_open:
                pen.closePath()
            pen.moveTo(points[0])
            is_open = True
        elif kind == "L":
            pen.lineTo(points[0])
        elif (control := _quadratic(at, *points)) is not None:
            pen.qCurveTo(control, points[2])
        else:
            pen.curveTo(*points)
        at = points[-1]
    if is_open:
        pen.closePath()
    return made.glyph(round=_whole)


def _whole(number: float) -> int:
    return round(number)


def _quadratic(start: Point, first: Point, second: Point, end: Point) -> Point | None:
    """Return the control point of the quadratic curve that a cubic one is; None when it is none."""
    one = Point((3 * first.x - start.x) / 2, (3 * first.y - start.y) / 2)
    other = Point((3 * second.x - end.x) / 2, (3 * second.y - end.y) / 2)
    if abs(one.x - other.x) > _SAME or abs(one.y - other.y) > _SAME:
        return None
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2)
