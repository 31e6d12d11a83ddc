"""The outlines, colours, pens and clips of a PDF's objects, as pypdfium2 gives them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from math import sqrt
from typing import Any, Final

import pypdfium2.raw as pdfium

from docgen.ofd.drawn import Box, Clip, Colour, Matrix, Pen, Point, Shape, Step
from docgen.ofd.segments import CURVE, MOVE, read, segments_of

_CAPS: Final = ("Butt", "Round", "Square")
_JOINS: Final = ("Miter", "Round", "Bevel")
_HAIR: Final = 0.1
"""The width in millimetres of a line that a PDF wants as thin as can be."""
_FILLED: Final = (0, 1, 2)
"""How a path is filled: not, by alternate rule, by winding rule (`FPDF_FILLMODE_…`)."""


def matrix_of(thing: Any) -> Matrix:
    """Return the map of an object's own coordinates to those around it."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def steps_of(count: int, segment: Callable[[int], Any], to: Matrix) -> tuple[Step, ...]:
    """Return the steps of an outline, mapped.

    Args:
        count: how many segments it has.
        segment: gives the segment at a place.
        to: maps its points.
    """
    steps: list[Step] = []
    curve: list[Point] = []
    for x, y, kind, closes in read(segments_of(count, segment)):
        point = to.at(x, y)
        if kind == CURVE:
            curve.append(point)
            if len(curve) == 3:
                steps.append(("B", tuple(curve)))
                curve = []
        else:
            steps.append(("M" if kind == MOVE or not steps else "L", (point,)))
        if closes:
            steps.append(("C", ()))
    return tuple(_without_idle_moves(steps))


def _without_idle_moves(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps but for moves from which nothing is drawn."""
    for place, step in enumerate(steps):
        following = steps[place + 1][0] if place + 1 < len(steps) else "M"
        if step[0] != "M" or following != "M":
            yield step


def box_of(steps: tuple[Step, ...]) -> Box | None:
    """Return the box around an outline's points; None when it has none."""
    points = [each for _, points in steps for each in points]
    return Box.around(points) if points else None


def bounds_of(thing: Any, to: Matrix) -> Box | None:
    """Return the box around an object as it is seen on the page; None when it has no extent."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *sides):
        return None
    left, bottom, right, top = (each.value for each in sides)
    return Box.around([to.at(left, top), to.at(right, top), to.at(left, bottom), to.at(right, bottom)])


def fill_of(thing: Any) -> Colour | None:
    """Return the colour of an object's areas; None when it has none that is plain."""
    return _colour(pdfium.FPDFPageObj_GetFillColor, thing)


def _colour(asked: Callable[..., int], thing: Any) -> Colour | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    return Colour(*(each.value for each in parts)) if asked(thing, *parts) else None


def pen_of(thing: Any, to: Matrix) -> Pen | None:
    """Return how an object's lines are drawn; None when their colour is not plain."""
    colour = _colour(pdfium.FPDFPageObj_GetStrokeColor, thing)
    if colour is None:
        return None
    scale = sqrt(abs(to.determinant)) or 1.0
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
    count = max(0, pdfium.FPDFPageObj_GetDashCount(thing))
    dashes, phase = (ctypes.c_float * count)(), ctypes.c_float()
    if count:
        pdfium.FPDFPageObj_GetDashArray(thing, dashes, count)
        pdfium.FPDFPageObj_GetDashPhase(thing, phase)
    cap, join = pdfium.FPDFPageObj_GetLineCap(thing), pdfium.FPDFPageObj_GetLineJoin(thing)
    return Pen(
        colour,
        max(width.value * scale, _HAIR),
        _CAPS[cap] if 0 <= cap < len(_CAPS) else _CAPS[0],
        _JOINS[join] if 0 <= join < len(_JOINS) else _JOINS[0],
        tuple(each * scale for each in dashes),
        phase.value * scale,
    )


def clip_of(thing: Any, to: Matrix, box: Box) -> Clip | None:
    """Return what limits an object that lies in a box; None when nothing of it is seen."""
    found = pdfium.FPDFPageObj_GetClipPath(thing)
    count = pdfium.FPDFClipPath_CountPaths(found) if found else 0
    outlines: list[tuple[Step, ...]] = []
    frame: Box | None = None
    for place in range(max(count, 0)):
        outline = _clipping(found, place, to)
        limits = box_of(outline)
        if limits is None or not (limits.met(box)):
            return None
        if not _is_upright(outline):
            outlines.append(outline)
            continue
        frame = limits if frame is None else frame.met(limits)
        if frame is None:
            return None
    if frame is not None and not frame.holds(box):
        outlines.append(_rectangle(frame))
    return Clip(tuple(outlines))


def _clipping(found: Any, place: int, to: Matrix) -> tuple[Step, ...]:
    def segment(step: int) -> Any:
        return pdfium.FPDFClipPath_GetPathSegment(found, place, step)

    return steps_of(pdfium.FPDFClipPath_CountPathSegments(found, place), segment, to)


def _is_upright(steps: tuple[Step, ...]) -> bool:
    """Whether an outline is one upright rectangle."""
    points = [points[0] for kind, points in steps if kind in {"M", "L"}]
    if any(kind == "B" for kind, _ in steps) or sum(kind == "M" for kind, _ in steps) != 1:
        return False
    across, down = {round(each.x, 2) for each in points}, {round(each.y, 2) for each in points}
    return len(points) in {4, 5} and len(across) <= 2 and len(down) <= 2


def _rectangle(box: Box) -> tuple[Step, ...]:
    corners = (
        Point(box.left, box.top),
        Point(box.right, box.top),
        Point(box.right, box.bottom),
        Point(box.left, box.bottom),
    )
    return (("M", corners[:1]), *(("L", (each,)) for each in corners[1:]), ("C", ()))


def shape_of(thing: Any, to: Matrix) -> Shape | None:
    """Return a path object; None when nothing of it is seen.

    Args:
        thing: the object.
        to: maps its own coordinates to the page.

    Raises:
        LookupError: it is filled with what is no plain colour.
    """
    mode, stroked = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(thing, mode, stroked)
    own = matrix_of(thing).then(to)
    steps = steps_of(
        pdfium.FPDFPath_CountSegments(thing), lambda place: pdfium.FPDFPath_GetPathSegment(thing, place), own
    )
    pen = pen_of(thing, own) if stroked else None
    fill = fill_of(thing) if mode.value else None
    if (mode.value and fill is None) or (stroked and pen is None):
        raise LookupError("no plain colour")
    box = box_of(steps)
    if box is None or (fill is None and pen is None):
        return None
    box = box.wider(pen.width if pen else 0.0)
    clip = clip_of(thing, to, box)
    return Shape(steps, box, fill, mode.value == _FILLED[1], pen, clip) if clip else None
