"""The numbers of headings, counted while a document is rendered: `{{ 层次.一 }}职责` prints 一、职责, then 二、.

A number counts where it is written, in loops and conditions too, and begins anew under each heading of a higher level,
in each document, and after `{{ 层次.重新编号 }}`, which prints nothing (before the text of an annex, for instance).
The name is the engine's own: a value of that name in a context is not seen.
"""

from __future__ import annotations

from typing import Final

from docgen.template.rendering import now

NAME: Final = "层次"
ANEW: Final = "重新编号"
_DIGITS: Final = "一二三四五六七八九"
_LEVELS: Final = ("一", "二", "三", "四")  # GB/T 9704-2012, 7.3.3
KNOWN: Final = (*_LEVELS, ANEW)
_MOST: Final = 99


def number(level: str) -> str:
    """Count a heading of the level and return its number with its punctuation; `level` is one of `KNOWN`.

    Raises:
        OverflowError: if there are more than 99 of the first or second level.
    """
    here = now()
    if here is None:
        raise RuntimeError("no rendering goes on")
    if level == ANEW:
        here.counts = [0] * len(_LEVELS)
        return ""
    index = _LEVELS.index(level)
    reached = here.counts[index] + 1
    here.counts[index:] = [reached] + [0] * (len(_LEVELS) - index - 1)
    return _written(index, reached)


def _written(index: int, reached: int) -> str:
    match index:
        case 0:
            return f"{hanzi(reached)}、"
        case 1:
            return f"（{hanzi(reached)}）"
        case 2:
            return f"{reached}."
        case _:
            return f"（{reached}）"


def hanzi(value: int) -> str:
    """Return a number from 1 to 99 as it is counted in words: 十, 十一, 二十三.

    Raises:
        OverflowError: if it is beyond.
    """
    if not 0 < value <= _MOST:
        raise OverflowError(f"标题编号到了{value}，最多{_MOST}")
    tens, ones = divmod(value, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return before + (_DIGITS[ones - 1] if ones else "")
