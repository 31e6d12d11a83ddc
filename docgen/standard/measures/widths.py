"""How wide text sets: characters of full width, of half width, and the room kept between hanzi and digits."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length

BOUNDARY: Final = 0.225
"""The room between hanzi and Latin letters or digits, in character widths (3.6 pt at 16 pt, as measured)."""
# Full width in a Chinese face although their code points are below U+2E80.
_FULL_BELOW_CJK: Final = frozenset("×÷±·“”‘’—…℃№①②③④⑤⑥⑦⑧⑨⑩→←↑↓≤≥≠√☆★○●◎□■△▲Ⅰ～§°")
_FIRST_CJK: Final = "⺀"


@cache
def is_wide(character: str) -> bool:
    """Whether a character takes a full width in a Chinese face."""
    return character >= _FIRST_CJK or character in _FULL_BELOW_CJK


def ems(text: str) -> float:
    """Return the width of a line of text in character widths: 1 and 0.5, and the room at each boundary."""
    wide = sum(map(is_wide, text))
    return wide + (len(text) - wide) * 0.5 + BOUNDARY * _boundaries(text)


def width(text: str, size: Length = page.SIZE_3, tightening: Length = page.TIGHTENING) -> Length:
    """Return the width of a line of text set in a size, each full-width character tightened by so much."""
    wide = sum(map(is_wide, text))
    advances = (size + tightening) * wide + (size * 0.5 + tightening) * (len(text) - wide)
    return advances + size * (BOUNDARY * _boundaries(text))


def _boundaries(text: str) -> int:
    sorts = map(_sort, text)
    return sum(left + right == _APART for left, right in pairwise(sorts))


def boundaries(text: str) -> list[bool]:
    """Return for each character of a text whether room is kept between it and the next."""
    sorts = [*map(_sort, text), 0]
    return [left + right == _APART for left, right in pairwise(sorts)]


_HANZI: Final = 1
_LETTER: Final = 2
_APART: Final = _HANZI + _LETTER


@cache
def _sort(character: str) -> int:
    if character.isascii():
        return _LETTER if character.isalnum() else 0
    return _HANZI if character >= _FIRST_CJK and character.isalnum() else 0
