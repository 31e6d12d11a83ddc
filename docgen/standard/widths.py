"""How wide text sets: characters of full width, of half width, and the room kept between hanzi and digits."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from docgen.standard import page
from docgen.standard.lengths import NONE, Length

BOUNDARY: Final = 0.225
"""The room between hanzi and Latin letters or digits, in character widths (3.6 pt at 16 pt, as measured)."""
# Full width in a Chinese face although their code points are below U+2E80.
_FULL_BELOW_CJK: Final = frozenset("×÷±·“”‘’—…℃№①②③④⑤⑥⑦⑧⑨⑩→←↑↓≤≥≠√☆★○●◎□■△▲Ⅰ～§°")
_FIRST_CJK: Final = "⺀"


def is_wide(character: str) -> bool:
    """Whether a character takes a full width in a Chinese face."""
    return character >= _FIRST_CJK or character in _FULL_BELOW_CJK


def ems(text: str) -> float:
    """Return the width of a line of text in character widths: 1 and 0.5, and the room at each boundary."""
    boundaries = sum(is_boundary(left, right) for left, right in pairwise(text))
    return sum(1 if is_wide(character) else 0.5 for character in text) + BOUNDARY * boundaries


def width(text: str, size: Length = page.SIZE_3, tightening: Length = page.TIGHTENING) -> Length:
    """Return the width of a line of text set in a size, each full-width character tightened by so much."""
    boundaries = sum(is_boundary(left, right) for left, right in pairwise(text))
    advances = sum((_advance(character, size, tightening) for character in text), NONE)
    return advances + size * (BOUNDARY * boundaries)


def _advance(character: str, size: Length, tightening: Length) -> Length:
    return (size if is_wide(character) else size * 0.5) + tightening


def is_boundary(left: str, right: str) -> bool:
    """Whether room is kept between two characters: hanzi beside a Latin letter or a digit."""
    return _is_hanzi(left) != _is_hanzi(right) and (_is_letter(left) or _is_letter(right))


def _is_hanzi(character: str) -> bool:
    return character >= _FIRST_CJK and character.isalnum()


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()
