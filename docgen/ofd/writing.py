"""Pages as OFD's XML (GB/T 33190-2016, 7 to 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from itertools import groupby, pairwise
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.ofd.drawn import (
    Box,
    Char,
    Clip,
    Colour,
    Item,
    Link,
    Matrix,
    Page,
    Pen,
    Picture,
    Point,
    Shape,
    Step,
    Text,
)

NAMESPACE: Final = "http://www.ofdspec.org/2016"
_UPRIGHT: Final = Matrix()
_BLACK: Final = Colour(0, 0, 0)
_GAP: Final = 0.8
"""Up to so much of the size, text that goes on in the same way is one object."""
_REPEATED: Final = 3
"""So many equal steps are written as one."""


def element(name: str, words: str = "", /, **attributes: str) -> etree._Element:
    """Return an element of OFD's namespace with a text and attributes."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, {"ofd": NAMESPACE})
    if words:
        made.text = words
    return made


def below(parent: etree._Element, name: str, words: str = "", /, **attributes: str) -> etree._Element:
    """Add an element to another and return it."""
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if words:
        made.text = words
    return made


def xml(root: etree._Element) -> bytes:
    """Return an element as a file."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def number(length: float) -> str:
    """Return a length in millimetres, to a thousandth."""
    return f"{length:.3f}".rstrip("0").rstrip(".") if abs(length) >= 0.0005 else "0"


def box_of(box: Box) -> str:
    """Return a box as OFD writes it: left, top, width, height."""
    return _row((box.left, box.top, box.right - box.left, box.bottom - box.top))


def _row(lengths: Iterable[float]) -> str:
    return " ".join(map(number, lengths))


@dataclass
class Numbers:
    """The numbers of a document's objects, each given once."""

    last: int = 0

    def new(self) -> int:
        """Return a number not given before."""
        self.last += 1
        return self.last


@dataclass
class Resources:
    """Which fonts and pictures the pages use, each by its number in the document."""

    numbers: Numbers
    fonts: dict[int, int] = field(default_factory=dict)
    pictures: dict[tuple[bytes, str], int] = field(default_factory=dict)

    def font(self, face: int) -> int:
        """Return the number of a font, given at its first use."""
        if face not in self.fonts:
            self.fonts[face] = self.numbers.new()
        return self.fonts[face]

    def picture(self, data: bytes, kind: str) -> int:
        """Return the number of a picture; the same picture is kept once."""
        if (data, kind) not in self.pictures:
            self.pictures[data, kind] = self.numbers.new()
        return self.pictures[data, kind]


@dataclass(frozen=True)
class Written:
    """A page's XML, and its text objects' numbers with their words, from the top of the page."""

    content: bytes
    texts: tuple[tuple[int, str], ...]


def page_xml(page: Page, resources: Resources) -> Written:
    """Return a page as XML, its objects in the order in which they are drawn."""
    root = element("Page")
    area = below(root, "Area")
    below(area, "PhysicalBox", box_of(Box(0, 0, page.width, page.height)))
    layer = below(below(root, "Content"), "Layer", ID=str(resources.numbers.new()), Type="Body")
    texts = []
    for item in _joined(page.items):
        own = resources.numbers.new()
        match item:
            case Text():
                _text(layer, own, item, resources)
                texts.append((own, "".join(each.text for each in item.chars)))
            case Shape():
                _shape(layer, own, item)
            case Picture():
                _picture(layer, own, item, resources)
    if page.links:
        actions = below(root, "Actions")
        for each in page.links:
            _link(actions, each)
    return Written(xml(root), tuple(texts))


def _link(actions: etree._Element, link: Link) -> None:
    """Add what a click within a box does: it leads to an address (GB/T 33190-2016, 14)."""
    box = link.box
    corners = ((box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    action = below(actions, "Action", Event="CLICK")
    area = below(below(action, "Region"), "Area", Start=f"{number(box.left)} {number(box.top)}")
    for x, y in corners:
        below(area, "Line", Point1=f"{number(x)} {number(y)}")
    below(area, "Close")
    below(action, "URI", URI=link.address)


def _joined(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, text that goes on in the same line and the same way as one, so that it can be searched."""
    held: Text | None = None
    for item in items:
        if isinstance(item, Text) and held and _goes_on(held, item):
            around = Box(
                min(held.box.left, item.box.left), min(held.box.top, item.box.top),
                max(held.box.right, item.box.right), max(held.box.bottom, item.box.bottom),
            )  # fmt: skip
            held = replace(held, chars=held.chars + item.chars, box=around)
            continue
        if held:
            yield held
        held = item if isinstance(item, Text) else None
        if held is None:
            yield item
    if held:
        yield held


def _goes_on(first: Text, second: Text) -> bool:
    """Whether a text goes on behind another in the same line and the same way."""
    alike = (
        (first.font, first.fill, first.pen) == (second.font, second.fill, second.pen)
        and first.turn == second.turn == _UPRIGHT
        and not first.clip.outlines
        and not second.clip.outlines
        and abs(first.size - second.size) < 0.001
    )
    if not alike:
        return False
    last, following = first.chars[-1].at, second.chars[0].at
    gap = second.box.left - first.box.right
    return abs(last.y - following.y) < 0.001 and last.x < following.x and abs(gap) < _GAP * first.size


def _text(layer: etree._Element, own: int, text: Text, resources: Resources) -> None:
    attributes = {"ID": str(own), "Boundary": box_of(text.box), "Font": str(resources.font(text.font))}
    if text.turn != _UPRIGHT:
        attributes["CTM"] = _row(text.turn)
    made = below(layer, "TextObject", **attributes, Size=number(text.size))
    if text.pen:
        made.set("Stroke", "true")
        made.attrib.update(_pen(text.pen))
    if text.fill is None:
        made.set("Fill", "false")
    _clips(made, text.clip, text.box)
    if text.fill and text.fill != _BLACK:
        _colour(made, "FillColor", text.fill)
    if text.pen:
        _colour(made, "StrokeColor", text.pen.colour)
    places = [text.turn.back(each.at.x - text.box.left, each.at.y - text.box.top) for each in text.chars]
    code = below(made, "TextCode", _words(text.chars), X=number(places[0].x), Y=number(places[0].y))
    for name, along in (("DeltaX", [each.x for each in places]), ("DeltaY", [each.y for each in places])):
        if deltas := _steps(along):
            code.set(name, deltas)


def _words(chars: tuple[Char, ...]) -> str:
    return "".join(each.text for each in chars)


def _steps(places: list[float]) -> str:
    """Return how far each place lies behind the one before, equal ones as `g`, how many, how far; empty when none."""
    whole = [round(each * 1000) for each in places]
    said: list[str] = []
    for delta, run in groupby(after - before for before, after in pairwise(whole)):
        count = len(list(run))
        said += (
            ["g", str(count), number(delta / 1000)] if count >= _REPEATED else [number(delta / 1000)] * count
        )
    return " ".join(said) if len(set(whole)) > 1 else ""


def _shape(layer: etree._Element, own: int, shape: Shape) -> None:
    made = below(layer, "PathObject", ID=str(own), Boundary=box_of(shape.box))
    made.attrib.update(_pen(shape.pen) if shape.pen else {"Stroke": "false"})
    if shape.fill:
        made.set("Fill", "true")
        if shape.even_odd:
            made.set("Rule", "Even-Odd")
    _clips(made, shape.clip, shape.box)
    if shape.pen:
        _colour(made, "StrokeColor", shape.pen.colour)
    if shape.fill:
        _colour(made, "FillColor", shape.fill)
    below(made, "AbbreviatedData", _outline(shape.steps, shape.box))


def _picture(layer: etree._Element, own: int, picture: Picture, resources: Resources) -> None:
    place = picture.place._replace(e=picture.place.e - picture.box.left, f=picture.place.f - picture.box.top)
    made = below(
        layer, "ImageObject", ID=str(own), Boundary=box_of(picture.box), CTM=_row(place),
        ResourceID=str(resources.picture(picture.data, picture.kind)),
    )  # fmt: skip
    _clips(made, picture.clip, picture.box)


def _pen(pen: Pen) -> dict[str | bytes, str | bytes]:
    """Return the attributes of a line, but for those that are so unless said."""
    found: dict[str | bytes, str | bytes] = {"LineWidth": number(pen.width)}
    if pen.cap != "Butt":
        found["Cap"] = pen.cap
    if pen.join != "Miter":
        found["Join"] = pen.join
    if pen.dashes:
        found |= {"DashPattern": _row(pen.dashes), "DashOffset": number(pen.offset)}
    return found


def _clips(made: etree._Element, clip: Clip, box: Box) -> None:
    """Say what limits an object: within all of the outlines, in its own coordinates."""
    if not clip.outlines:
        return
    clips = below(made, "Clips")
    for outline in clip.outlines:
        area = below(below(clips, "Clip"), "Area")
        width, height = box.right - box.left, box.bottom - box.top
        path = below(area, "Path", Boundary=_row((0, 0, width, height)), Stroke="false", Fill="true")
        below(path, "AbbreviatedData", _outline(outline, box))


def _colour(made: etree._Element, name: str, colour: Colour) -> None:
    attributes = {"Value": f"{colour.red} {colour.green} {colour.blue}"}
    if colour.alpha != _BLACK.alpha:
        attributes["Alpha"] = str(colour.alpha)
    below(made, name, **attributes)


def _outline(steps: tuple[Step, ...], box: Box) -> str:
    """Return an outline in the coordinates of the box around it."""
    return " ".join(" ".join((kind, *(_at(each, box) for each in points))) for kind, points in steps)


def _at(point: Point, box: Box) -> str:
    return f"{number(point.x - box.left)} {number(point.y - box.top)}"
