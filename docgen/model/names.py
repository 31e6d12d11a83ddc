"""How names are compared and found: by full name, short name, number, or any unambiguous part."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, TypeVar

from docgen.model.spelling import folded

T = TypeVar("T")

_SIMILAR_ENOUGH: Final = 0.5
_NAMED: Final = 3
"""How many near names a message gives."""
_ORGAN: Final = re.compile(
    "[省市县区旗盟乡镇]?(.*?)(?:人民政府|政府办公室|政府办|政府|委员会|管委会|分局|局|委|厅|中心|公司)"
)
"""The name of an organ: what kind of organ it is, and of which level, is in the names of many others."""
_LONGEST: Final = 180
"""Bytes of a file name in UTF-8, which leave room for what is put behind it; file systems take 255."""


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Return a name as it is compared: what a reader could not tell apart is the same; see `spelling.folded`."""
    return folded(name)


def nearest(asked: str, known: Iterable[str], most: int = _NAMED) -> tuple[str, ...]:
    """Return the known names most like the asked one, best first; empty when none is at all like it."""
    wanted = plain(asked)
    scored = [(_likeness(wanted, plain(name)), name) for name in dict.fromkeys(known)]
    good = sorted((each for each in scored if each[0] >= _SIMILAR_ENOUGH), key=lambda each: -each[0])
    return tuple(name for _, name in good[:most])


def nearest_of_each(asked: str, known: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return, for the things whose names are most like the asked one, the name that is; numbers are no likeness.

    Args:
        asked: what was written.
        known: all names of each thing.
    """
    owner = {name: thing for thing, names in enumerate(known) for name in names if not name.isdigit()}
    best: dict[int, str] = {}
    for name in nearest(asked, owner, len(owner)):
        best.setdefault(owner[name], name)
    return tuple(best.values())[:_NAMED]


def _likeness(one: str, other: str) -> float:
    if one and other and (one in other or other in one):
        return 0.5 + min(len(one), len(other)) / (2 * max(len(one), len(other)))
    if 2 * min(len(one), len(other)) < _SIMILAR_ENOUGH * (len(one) + len(other)):
        return 0  # no likeness can be greater than that of their lengths, and long texts take very long to compare
    if _are_other_organs(one, other):
        return 0
    if 2 * sum(map(other.__contains__, one)) < _SIMILAR_ENOUGH * (len(one) + len(other)):
        return 0  # nor than that of the characters that both have
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _are_other_organs(one: str, other: str) -> bool:
    """Whether two organs have nothing in common but what they are: 县教体局 and 县发改局, 县民政局 and 县人民政府."""
    first, second = _ORGAN.fullmatch(one), _ORGAN.fullmatch(other)
    return first is not None and second is not None and set(first[1]).isdisjoint(second[1])


def matching(asked: str, candidates: Iterable[tuple[T, Sequence[str]]]) -> list[T]:
    """Return the candidates that an asked name may mean: those named exactly so, else those that contain it.

    A number means only the candidate of that number, not every name with the digits in it.

    Args:
        asked: a number, a name, or a part of a name.
        candidates: each candidate with all its names.
    """
    wanted, known = plain(asked), list(candidates)
    exact = [each for each, names in known if any(plain(name) == wanted for name in names)]
    if exact or not wanted or wanted.isdigit():
        return exact
    return [each for each, names in known if any(wanted in plain(name) for name in names)]


_FORBIDDEN: Final = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\..*)?")


def file_name_of(text: str) -> str:
    """Return a file name, without ending, that every file system takes and that still reads like the text.

    Characters that file systems forbid become their full-width forms; a name too long is
    cut and closed with six digits of its digest, so that two long names stay two.
    """
    name = text.translate(_FORBIDDEN)
    if not name.isprintable():
        name = "".join(filter(str.isprintable, name))
    name = name.strip(" .")
    if not name or _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) <= _LONGEST:
        return name
    mark = hashlib.sha256(text.encode()).hexdigest()[:6]
    return name.encode()[: _LONGEST - 7].decode("utf-8", "ignore") + "~" + mark
