"""Outlines of characters as TrueType glyphs (OpenType 1.9, glyf), each outline made once however often it comes.

The outlines come from the PDF's own fonts. A PDF's quadratic curves are given as cubic ones by what reads it: they are
turned back exactly; true cubic ones are approximated to half a unit of a thousand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from docgen.ofd.segments import CURVE, MOVE, read

UNITS: Final = 1000
"""Units to the size of a font."""
_CLOSE_ENOUGH: Final = 0.5
_SAME: Final = 1.5
_KEPT: Final = 50_000
"""Glyphs kept, of a kilobyte or less each: of a batch of documents most characters come again."""
_FURTHEST: Final = 16_000
"""Units from the origin; what lies beyond is no character."""
_ON, _SHORT_X, _SHORT_Y, _REPEATED, _X, _Y = 1, 2, 4, 8, 16, 32
"""The bits of a point's flag: on the outline; a byte a way; repeated; the way positive, or (of no byte) unchanged."""
_MOST_REPEATED: Final = 255

Place = tuple[int, int, int]
"""A point of a glyph: x, y, and 1 on the outline or 0 for a control point."""


class Outline(NamedTuple):
    """A glyph as it is in a font's file, and what the font's tables say of it."""

    data: bytes
    points: int = 0
    contours: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0
    top: int = 0


@lru_cache(maxsize=_KEPT)
def outline_of(segments: bytes) -> Outline:
    """Return the glyph of an outline given as `segments.RECORD`s in parts of the size; empty when it has no area."""
    contours = [each for each in _contours(segments) if len(each) > 1]
    if not contours:
        return Outline(b"")
    across = [each[0] for contour in contours for each in contour]
    down = [each[1] for contour in contours for each in contour]
    box = (min(across), min(down), max(across), max(down))
    if max(map(abs, box)) > _FURTHEST:
        return Outline(b"")
    head = struct.pack(">5h", len(contours), *box)
    ends, last = [], -1
    for contour in contours:
        last += len(contour)
        ends.append(last)
    data = head + struct.pack(f">{len(ends)}HH", *ends, 0) + _points(contours)
    return Outline(data + b"\0" * (-len(data) % 4), last + 1, len(contours), *box)


def _contours(segments: bytes) -> Iterator[list[Place]]:
    """Yield the closed lines of an outline, as points of a TrueType glyph."""
    made: list[Place] = []
    curve: list[tuple[float, float]] = []
    at = (0.0, 0.0)
    for x, y, kind, _ in read(segments):
        point = (x * UNITS, y * UNITS)
        if kind == CURVE:
            curve.append(point)
            if len(curve) < 3:
                continue
            made += _bent(at, curve[0], curve[1], curve[2])
            curve = []
        elif kind == MOVE:
            yield _closed(made)
            made = [(round(point[0]), round(point[1]), _ON)]
        else:
            made.append((round(point[0]), round(point[1]), _ON))
        at = point
    yield _closed(made)


Point = tuple[float, float]


def _bent(start: Point, first: Point, second: Point, end: Point) -> list[Place]:
    """Return the points of a curve behind its start: control points, and its end."""
    x, y = (3 * first[0] - start[0]) / 2, (3 * first[1] - start[1]) / 2
    other_x, other_y = (3 * second[0] - end[0]) / 2, (3 * second[1] - end[1]) / 2
    last = (round(end[0]), round(end[1]), _ON)
    if abs(x - other_x) <= _SAME and abs(y - other_y) <= _SAME:
        return [(round((x + other_x) / 2), round((y + other_y) / 2), 0), last]
    from fontTools.cu2qu import curve_to_quadratic

    spline = curve_to_quadratic((start, first, second, end), _CLOSE_ENOUGH)
    return [*((round(x), round(y), 0) for x, y in spline[1:-1]), last]


def _closed(made: list[Place]) -> list[Place]:
    """Return a line without the points that follow from others: a repeated one, an end that is the start."""
    found = [each for each, _ in groupby(made)]
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def _points(contours: Sequence[Sequence[Place]]) -> bytes:
    """Return flags and coordinates of the points of a glyph."""
    flags, across, down = bytearray(), bytearray(), bytearray()
    at_x = at_y = 0
    for contour in contours:
        for x, y, flag in contour:
            flags.append(flag | _way(across, x - at_x, _SHORT_X, _X) | _way(down, y - at_y, _SHORT_Y, _Y))
            at_x, at_y = x, y
    return bytes(_packed(flags) + across + down)


def _way(written: bytearray, way: int, short: int, positive: int) -> int:
    """Write how far a point lies from the one before in one direction; return the bits that say how it is written."""
    if not way:
        return positive
    if -256 < way < 256:
        written.append(abs(way))
        return short | (positive if way > 0 else 0)
    written += way.to_bytes(2, "big", signed=True)
    return 0


def _packed(flags: bytearray) -> bytearray:
    """Return flags, those that follow one another alike said once with how often they come again."""
    found = bytearray()
    for flag, run in groupby(flags):
        left = len(list(run))
        while left > 2:
            count = min(left - 1, _MOST_REPEATED)
            found += bytes((flag | _REPEATED, count))
            left -= count + 1
        found += bytes((flag,)) * left
    return found
