"""A small reader that draws an OFD's pages by GB/T 33190-2016 alone, knowing nothing of how docgen writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from PIL import Image, ImageChops, ImageDraw, ImageFont

OFD: Final = {"o": "http://www.ofdspec.org/2016"}
FINER: Final = 3
"""So many times finer than asked for, each way, things are drawn, so that edges are smooth."""
CURVE: Final = 40
"""Straight lines to a curve."""
UPRIGHT: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Book:
    """An OFD opened for drawing."""

    def __init__(self, data: bytes) -> None:
        self.parts = zipfile.ZipFile(io.BytesIO(data))
        body = self.root("OFD.xml")
        self.document = self.root(body.findtext(".//o:DocRoot", namespaces=OFD) or "")
        self.fonts, self.images = self._resources()
        self._loaded: dict[tuple[str, int], Any] = {}

    def root(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts.read(name))

    def pages(self) -> list[etree._Element]:
        found = self.document.findall(".//o:Page", OFD)
        return [self.root(f"Doc_0/{each.get('BaseLoc')}") for each in found]

    def _resources(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        fonts, images = {}, {}
        for name in ("PublicRes", "DocumentRes"):
            res = self.root(f"Doc_0/{self.document.findtext(f'.//o:{name}', namespaces=OFD)}")
            base = res.get("BaseLoc")
            for kind, file, kept in (("Font", "FontFile", fonts), ("MultiMedia", "MediaFile", images)):
                for each in res.iterfind(f".//o:{kind}", OFD):
                    path = f"Doc_0/{base}/{each.findtext(f'o:{file}', namespaces=OFD)}"
                    kept[each.get("ID") or ""] = self.parts.read(path)
        return fonts, images

    def font(self, own: str, size: int) -> Any:
        if (own, size) not in self._loaded:
            self._loaded[own, size] = ImageFont.truetype(
                io.BytesIO(self.fonts[own]), size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._loaded[own, size]


def numbers(words: str | None) -> list[float]:
    return [float(each) for each in (words or "").split()]


def deltas(words: str | None, count: int) -> list[float]:
    """Return the steps between characters, those written as `g`, how many, how far, one by one."""
    found: list[float] = []
    rest = (words or "").split()
    while rest:
        if rest[0] == "g":
            found += [float(rest[2])] * int(rest[1])
            rest = rest[3:]
        else:
            found.append(float(rest.pop(0)))
    return (found + [0.0] * count)[:count]


def draw(book: Book, page: etree._Element, dots: float) -> Image.Image:
    """Draw a page as a grey picture of so many dots to an inch."""
    scale = dots / 25.4 * FINER
    width, height = numbers(page.findtext(".//o:PhysicalBox", namespaces=OFD))[2:]
    whole = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
    for thing in page.iterfind(".//o:Layer/*", OFD):
        mask, ink = drawn(book, thing, whole.size, scale)
        if mask is None:
            continue
        if (limits := clipped(thing, whole.size, scale)) is not None:
            mask = ImageChops.multiply(mask, limits)
        whole.paste(ink, (0, 0), mask)
    size = (whole.width // FINER, whole.height // FINER)
    return whole.convert("L").resize(size, Image.Resampling.BOX)


def drawn(book: Book, thing: etree._Element, size: tuple[int, int], scale: float) -> tuple[Any, Any]:
    """Return where an object leaves ink, and the ink."""
    kind = etree.QName(thing).localname
    if kind == "ImageObject":
        return image(book, thing, size, scale)
    mask = Image.new("L", size, 0)
    ink = colour(thing, "FillColor", (0, 0, 0, 255))
    if kind == "PathObject":
        outlines = polygons(thing, thing, scale)
        if thing.get("Fill") == "true":
            mask = filled(outlines, size)
        if thing.get("Stroke") != "false":
            pen = colour(thing, "StrokeColor", (0, 0, 0, 255))
            if thing.get("Fill") == "true":
                ground = Image.new("RGB", size, ink[:3])
                lines = stroked(thing, outlines, size, scale)
                ground.paste(pen[:3], (0, 0), lines)
                return ImageChops.lighter(mask, lines), ground
            mask, ink = stroked(thing, outlines, size, scale), pen
    elif kind == "TextObject" and (thing.get("Fill") != "false" or thing.get("Stroke") == "true"):
        text(book, thing, mask, scale)
    if ink[3] < 255:
        mask = mask.point(lambda each: each * ink[3] // 255)
    return mask, Image.new("RGB", size, ink[:3])


def colour(thing: etree._Element, name: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    found = thing.find(f"o:{name}", OFD)
    if found is None:
        return otherwise
    return (*(int(each) for each in numbers(found.get("Value"))), int(found.get("Alpha", "255")))


def text(book: Book, thing: etree._Element, mask: Image.Image, scale: float) -> None:
    left, top = numbers(thing.get("Boundary"))[:2]
    ctm = tuple(numbers(thing.get("CTM"))) or UPRIGHT
    font = book.font(thing.get("Font") or "", max(1, round(float(thing.get("Size") or 1) * scale)))
    pen = ImageDraw.Draw(mask)
    for code in thing.iterfind("o:TextCode", OFD):
        words = code.text or ""
        x, y = float(code.get("X") or 0), float(code.get("Y") or 0)
        across, down = deltas(code.get("DeltaX"), len(words)), deltas(code.get("DeltaY"), len(words))
        for char, right, lower in zip(words, across, down, strict=True):
            place = at(ctm, x, y)
            where = ((left + place[0]) * scale, (top + place[1]) * scale)
            if ctm == UPRIGHT:
                pen.text(where, char, fill=255, font=font, anchor="ls")
            else:
                turned(mask, char, font, where, ctm)
            x, y = x + right, y + lower


def turned(
    mask: Image.Image, char: str, font: Any, where: tuple[float, float], ctm: tuple[float, ...]
) -> None:
    """Draw a character that does not stand upright."""
    a, b, c, d = ctm[:4]
    whole = a * d - b * c
    back = (d / whole, -c / whole, -b / whole, a / whole)
    upright = Image.new("L", mask.size, 0)
    middle = (mask.width / 2, mask.height / 2)
    ImageDraw.Draw(upright).text(middle, char, fill=255, font=font, anchor="ls")
    x, y = where
    moved = (
        back[0], back[1], middle[0] - back[0] * x - back[1] * y,
        back[2], back[3], middle[1] - back[2] * x - back[3] * y,
    )  # fmt: skip
    found = upright.transform(mask.size, Image.Transform.AFFINE, moved, Image.Resampling.BILINEAR)
    mask.paste(ImageChops.lighter(mask, found))


def at(ctm: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = ctm
    return a * x + c * y + e, b * x + d * y + f


def polygons(thing: etree._Element, path: etree._Element, scale: float) -> list[tuple[list[Any], bool]]:
    """Return an outline's lines in dots, curves as short straight ones, and whether each is closed."""
    left, top = numbers(thing.get("Boundary"))[:2]
    own = numbers(path.get("Boundary"))[:2] if path is not thing else [0.0, 0.0]
    found: list[tuple[list[Any], bool]] = []
    for name, values in steps(path.findtext("o:AbbreviatedData", namespaces=OFD) or ""):
        points = [
            ((left + own[0] + x) * scale, (top + own[1] + y) * scale)
            for x, y in zip(values[::2], values[1::2], strict=True)
        ]
        if name in "MS":
            found.append((points, False))
        elif name == "L":
            found[-1][0].extend(points)
        elif name == "B":
            found[-1][0].extend(curve(found[-1][0][-1], *points))
        elif name == "C":
            found[-1] = ([*found[-1][0], found[-1][0][0]], True)
    return found


def steps(data: str) -> Iterator[tuple[str, list[float]]]:
    for name, values in re.findall(r"([MSLBQAC])([^MSLBQAC]*)", data):
        yield name, numbers(values)


def curve(start: Any, first: Any, second: Any, end: Any) -> list[Any]:
    found = []
    for step in range(1, CURVE + 1):
        t = step / CURVE
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        found.append(
            tuple(
                sum(
                    weight * each[axis]
                    for weight, each in zip(weights, (start, first, second, end), strict=True)
                )
                for axis in (0, 1)
            )
        )
    return found


def filled(outlines: list[tuple[list[Any], bool]], size: tuple[int, int]) -> Image.Image:
    """Return the areas that outlines enclose, one within another a hole."""
    mask = Image.new("L", size, 0)
    for points, _ in outlines:
        if len(points) > 2:
            one = Image.new("L", size, 0)
            ImageDraw.Draw(one).polygon(points, fill=255)
            mask = ImageChops.difference(mask, one)
    return mask


def stroked(thing: etree._Element, outlines: Any, size: tuple[int, int], scale: float) -> Image.Image:
    mask = Image.new("L", size, 0)
    pen = ImageDraw.Draw(mask)
    width = max(1, round(float(thing.get("LineWidth", "0.353")) * scale))
    for points, _ in outlines:
        pen.line(points, fill=255, width=width, joint="curve")
    return mask


def image(book: Book, thing: etree._Element, size: tuple[int, int], scale: float) -> tuple[Any, Any]:
    left, top = numbers(thing.get("Boundary"))[:2]
    a, b, c, d, e, f = numbers(thing.get("CTM"))
    with Image.open(io.BytesIO(book.images[thing.get("ResourceID") or ""])) as opened:
        picture = opened.convert("RGBA")
    wide, high = picture.size
    a, b, c, d = (each * scale for each in (a / wide, b / wide, c / high, d / high))
    x, y, whole = (left + e) * scale, (top + f) * scale, a * d - b * c
    back = (d / whole, -c / whole, (c * y - d * x) / whole, -b / whole, a / whole, (b * x - a * y) / whole)
    placed = picture.transform(size, Image.Transform.AFFINE, back, Image.Resampling.NEAREST)
    return placed.getchannel("A"), placed.convert("RGB")


def clipped(thing: etree._Element, size: tuple[int, int], scale: float) -> Image.Image | None:
    """Return what of an object is seen: within all of its clips."""
    found: Image.Image | None = None
    for each in thing.iterfind("o:Clips/o:Clip", OFD):
        one = Image.new("L", size, 0)
        for path in each.iterfind("o:Area/o:Path", OFD):
            one = ImageChops.lighter(one, filled(polygons(thing, path, scale), size))
        found = one if found is None else ImageChops.multiply(found, one)
    return found
