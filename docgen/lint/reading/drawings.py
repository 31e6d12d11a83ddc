"""Drawn things of a paragraph: lines, bars, pictures (DrawingML and VML), and the text boxes among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.reading.model import Shape
from docgen.lint.reading.names import DRAWING, PLACED, Element, local, number, w
from docgen.lint.reading.properties import rgb

_EMU_PER_MM: Final = 36000
_VML_SHAPES: Final = frozenset(("line", "rect", "shape", "roundrect"))
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_UNITS: Final = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "": 25.4 / 72}
_LENGTH: Final = re.compile(r"(-?[\d.]+)\s*(pt|mm|cm|in|px|)")
_NAMED: Final = {"red": "FF0000", "black": "000000", "#f00": "FF0000"}
TEXT_BOX: Final = w("txbxContent")
_OUTLINE: Final = f"{{{DRAWING}}}ln"
_TURNS: Final = ("rot", "flipV", "flipH")
_TURNED: Final = "turned"
_COMPOUNDS: Final = {
    "dbl": "double",
    "thinthin": "double",
    "thinthick": "thinThick",
    "thickthin": "thickThin",
}
"""The names of DrawingML and VML for lines that are several, where they differ from those of paragraph borders."""
_USUAL_WEIGHT: Final = 9525
_FROM_TOP: Final = "mso-position-vertical-relative"


def shown(element: Element) -> Element | None:
    """Return what a word processor shows of `mc:AlternateContent`: the choice, else the fallback."""
    if local(element) != "AlternateContent":
        return element
    kinds = {local(each): each for each in reversed(element)}
    choice = kinds.get("Choice")
    return kinds.get("Fallback") if choice is None else choice


def boxes(element: Element) -> Iterator[Element]:
    """Yield the outermost text boxes' contents below an element."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif (seen := shown(child)) is not None:
            yield from boxes(seen)


def drawn_words(element: Element) -> Iterator[tuple[str, str | None]]:
    """Yield the words that VML draws as a picture (艺术字), each line with its colour."""
    for each in element.iter(f"{_VML}textpath"):
        shape = each.getparent()
        color = _vml_color("" if shape is None else shape.get("fillcolor") or "")
        yield from ((line, color) for line in (each.get("string") or "").splitlines() if line.strip())


def shapes(element: Element, paragraph: int) -> Iterator[Shape]:
    """Yield the shapes below a `w:drawing`, `w:pict` or `w:object`."""
    for child in element:
        name = local(child)
        if name in ("anchor", "inline"):
            yield from _drawn(child, paragraph)
        elif name in _VML_SHAPES:
            yield _vml(child, paragraph)
        elif name in ("group", "drawing", "pict") or name == "AlternateContent":
            seen = shown(child)
            if seen is not None:
                yield from shapes(seen, paragraph)


def _drawn(element: Element, paragraph: int) -> Iterator[Shape]:
    extent = element.find(f"{{{PLACED}}}extent")
    size = (0, 0) if extent is None else (number(extent.get("cx")) or 0, number(extent.get("cy")) or 0)
    top = _page_top(element)
    parts = [each for each in element.iter() if local(each) in ("wsp", "pic", "cxnSp")]
    for each in parts:
        own = _own_size(each) if len(parts) > 1 else None
        width, height = own or size
        size_ = width / _EMU_PER_MM, height / _EMU_PER_MM
        yield Shape(
            _kind(each), *size_, _color(each), paragraph, top, _compound(each), max(size_[1], _weight(each))
        )


def _kind(element: Element) -> str:
    if local(element) == "pic":
        return "picture"
    return "box" if next(element.iter(TEXT_BOX), None) is not None else "bar"


def _own_size(element: Element) -> tuple[int, int] | None:
    extent = element.find(f".//{{{DRAWING}}}xfrm/{{{DRAWING}}}ext")
    return None if extent is None else (number(extent.get("cx")) or 0, number(extent.get("cy")) or 0)


def _page_top(element: Element) -> float | None:
    place = element.find(f"{{{PLACED}}}positionV")
    if place is None or place.get("relativeFrom") != "page":
        return None
    offset = number(place.findtext(f"{{{PLACED}}}posOffset"))
    return None if offset is None else offset / _EMU_PER_MM


def _color(element: Element) -> str | None:
    for path in ("ln", None):
        holder = element.find(f".//{{{DRAWING}}}{path}") if path else element
        fill = None if holder is None else holder.find(f".//{{{DRAWING}}}solidFill/{{{DRAWING}}}srgbClr")
        if fill is not None:
            return rgb(fill.get("val"))
    return None


def _compound(element: Element) -> str:
    """Return how an outline is drawn as several lines; of a line that is turned over it is not said which is above."""
    outlines = (each.get("cmpd") or "sng" for each in element.iter(_OUTLINE))
    found = next((each for each in outlines if each != "sng"), "")
    place = element.find(f".//{{{DRAWING}}}xfrm") if found else None
    turned = place is not None and any(place.get(each) not in (None, "0") for each in _TURNS)
    return _TURNED if turned and found != "dbl" else _COMPOUNDS.get(found, found)


def _weight(element: Element) -> float:
    """Return how thick an outline is, in millimetres; 0 for what has none."""
    outline = next(element.iter(_OUTLINE), None)
    if outline is None or outline.find(f"{{{DRAWING}}}noFill") is not None:
        return 0.0
    return (number(outline.get("w")) or _USUAL_WEIGHT) / _EMU_PER_MM


def _vml(element: Element, paragraph: int) -> Shape:
    style = dict(_pair(each) for each in (element.get("style") or "").split(";") if ":" in each)
    width, height = _length(style.get("width", "0")), _length(style.get("height", "0"))
    if local(element) == "line":
        width, height = _span(element.get("from") or "0,0", element.get("to") or "0,0")
    color = element.get("strokecolor") or element.get("fillcolor") or ""
    kind = "box" if next(element.iter(TEXT_BOX), None) is not None else "bar"
    if next((each for each in element if local(each) == "imagedata"), None) is not None:
        kind = "picture"
    thick = max(height, _length(element.get("strokeweight") or "0.75pt") if color else 0.0)
    top = _length(style.get("margin-top", "0")) if style.get(_FROM_TOP) == "page" else None
    return Shape(kind, width, height, _vml_color(color), paragraph, top, _vml_compound(element), thick)


def _vml_compound(element: Element) -> str:
    """Return how the stroke of a shape of VML is several lines, as `_compound` does."""
    strokes = ((each.get("linestyle") or "single").lower() for each in element if local(each) == "stroke")
    found = next((each for each in strokes if each != "single"), "")
    start, end = (_length(element.get(each) or "0") for each in ("from", "to"))
    turned = start > end or "flip" in (element.get("style") or "")
    return _TURNED if turned and found in ("thinthick", "thickthin") else _COMPOUNDS.get(found, found)


def _vml_color(text: str) -> str | None:
    text = text.split(" ", maxsplit=1)[0].lower()
    return _NAMED.get(text) or rgb(text)


def _pair(text: str) -> tuple[str, str]:
    name, _, given = text.partition(":")
    return name.strip(), given.strip()


def _length(text: str) -> float:
    found = _LENGTH.match(text.strip())
    try:
        return float(found[1]) * _UNITS[found[2]] if found else 0.0
    except ValueError:
        return 0.0


def _span(start: str, end: str) -> tuple[float, float]:
    first, last = ([_length(each) for each in text.split(",")] for text in (start, end))
    if len(first) < 2 or len(last) < 2:
        return 0.0, 0.0
    return abs(last[0] - first[0]), abs(last[1] - first[1])
