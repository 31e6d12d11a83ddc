"""What stands on a page, as plain values: lengths in millimetres, from the page's upper left corner, downward."""

from __future__ import annotations

from math import hypot
from typing import NamedTuple, TypeAlias

from docgen.dataclass import dataclass


class Point(NamedTuple):
    """A place on a page."""

    x: float
    y: float


class Matrix(NamedTuple):
    """An affine map: (x, y) becomes (a·x + c·y + e, b·x + d·y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """Return where a point is mapped to."""
        return Point(self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def then(self, after: Matrix) -> Matrix:
        """Return the map that is this one and another after it."""
        start, right, up = after.at(self.e, self.f), (self.a, self.b), (self.c, self.d)
        a, b = (after.a * right[0] + after.c * right[1], after.b * right[0] + after.d * right[1])
        c, d = (after.a * up[0] + after.c * up[1], after.b * up[0] + after.d * up[1])
        return Matrix(a, b, c, d, start.x, start.y)

    def linear(self) -> Matrix:
        """Return the map without its shift."""
        return self._replace(e=0.0, f=0.0)

    @property
    def determinant(self) -> float:
        """How much larger an area becomes; 0 where everything falls on a line."""
        return self.a * self.d - self.b * self.c

    @property
    def height(self) -> float:
        """How long a vertical length of 1 becomes."""
        return hypot(self.c, self.d)

    def back(self, x: float, y: float) -> Point:
        """Return the point that is mapped to this one. Raises ZeroDivisionError where the map has no inverse."""
        x, y = x - self.e, y - self.f
        return Point(
            (self.d * x - self.c * y) / self.determinant, (self.a * y - self.b * x) / self.determinant
        )


class Box(NamedTuple):
    """An upright rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, points: list[Point]) -> Box:
        """Return the smallest box around some points, one at least."""
        across, down = [each.x for each in points], [each.y for each in points]
        return cls(min(across), min(down), max(across), max(down))

    def holds(self, other: Box, slack: float = 0.05) -> bool:
        """Whether another box lies within this one."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and self.right + slack >= other.right
            and self.bottom + slack >= other.bottom
        )

    def met(self, other: Box) -> Box | None:
        """Return what two boxes share; None when they share nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, right, bottom) if left <= right and top <= bottom else None

    def wider(self, by: float) -> Box:
        """Return the box with so much more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Colour(NamedTuple):
    """Red, green, blue and opacity, each of 0 to 255."""

    red: int
    green: int
    blue: int
    alpha: int = 255


Step: TypeAlias = tuple[str, tuple[Point, ...]]
"""A step of an outline: M, L or B (to a point; through two, to a third) with its points, or C (close) without."""


@dataclass(frozen=True)
class Pen:
    """How a line is drawn; `width` and `dashes` in millimetres, `cap` and `join` as OFD names them."""

    colour: Colour
    width: float
    cap: str = "Butt"
    join: str = "Miter"
    dashes: tuple[float, ...] = ()
    offset: float = 0.0


@dataclass(frozen=True)
class Clip:
    """What of an object is seen: within all of some outlines."""

    outlines: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True)
class Shape:
    """Lines and areas."""

    steps: tuple[Step, ...]
    box: Box
    fill: Colour | None = None
    even_odd: bool = False
    pen: Pen | None = None
    clip: Clip = Clip()


class Char(NamedTuple):
    """A character, and where it begins on the base line."""

    text: str
    at: Point


@dataclass(frozen=True)
class Text:
    """Characters of one font; `turn` maps an upright character of the size to how it stands on the page."""

    font: int
    size: float
    turn: Matrix
    chars: tuple[Char, ...]
    box: Box
    fill: Colour | None = None
    pen: Pen | None = None
    clip: Clip = Clip()


@dataclass(frozen=True)
class Picture:
    """A picture; `place` maps the unit square, its upper left corner at 0, 0, to the page."""

    data: bytes
    kind: str
    place: Matrix
    box: Box
    clip: Clip = Clip()


Item: TypeAlias = Shape | Text | Picture


@dataclass(frozen=True)
class Link:
    """A place on a page that leads to an address."""

    box: Box
    address: str


@dataclass(frozen=True)
class Page:
    """A page of a size in millimetres, its items from the lowest to the uppermost, and where its links lead."""

    width: float
    height: float
    items: tuple[Item, ...]
    links: tuple[Link, ...] = ()
