"""Lengths as types. A length is held in EMU (1/36000 mm, 1/12700 pt, 1/635 twip), OOXML's common measure."""

from __future__ import annotations

from typing import Final, Self

EMU_PER_MM: Final = 36000
EMU_PER_PT: Final = 12700
EMU_PER_TWIP: Final = 635


class Length(int):
    """A length in EMU, readable in every unit. Sums, differences and multiples are lengths again."""

    @property
    def mm(self) -> float:
        """Return the length in millimetres."""
        return int(self) / EMU_PER_MM

    @property
    def pt(self) -> float:
        """Return the length in points."""
        return int(self) / EMU_PER_PT

    @property
    def twips(self) -> int:
        """Return the length in whole twips (1/20 pt), the unit of OOXML's indents and spacing."""
        return round(int(self) / EMU_PER_TWIP)

    @property
    def half_points(self) -> int:
        """Return the length in whole half-points, the unit of OOXML's font sizes."""
        return round(2 * self.pt)

    def __add__(self, other: int) -> Length:
        return Length(int(self) + int(other))

    def __sub__(self, other: int) -> Length:
        return Length(int(self) - int(other))

    __radd__ = __add__

    def __rsub__(self, other: int) -> Length:
        return Length(int(other) - int(self))

    def __mul__(self, factor: float) -> Length:
        return Length(round(int(self) * factor))

    __rmul__ = __mul__

    def __neg__(self) -> Length:
        return Length(-int(self))

    def __reduce__(self) -> tuple[type[Length], tuple[int]]:
        return Length, (int(self),)


class Mm(Length):
    """A length given in millimetres."""

    def __new__(cls, value: float) -> Self:
        """Return a length of so many millimetres."""
        return super().__new__(cls, round(value * EMU_PER_MM))


class Pt(Length):
    """A length given in points."""

    def __new__(cls, value: float) -> Self:
        """Return a length of so many points."""
        return super().__new__(cls, round(value * EMU_PER_PT))


class Twip(Length):
    """A length given in twips (1/20 pt)."""

    def __new__(cls, value: float) -> Self:
        """Return a length of so many twips."""
        return super().__new__(cls, round(value * EMU_PER_TWIP))


NONE: Final = Length(0)
