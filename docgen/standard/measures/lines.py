"""Breaking a paragraph into lines as Word and LibreOffice do: between hanzi anywhere, not inside words or numbers.

A line does not begin with closing punctuation nor end with opening punctuation (kinsoku), and what does not fit
goes to the next line whole. Full-width punctuation keeps its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.widths import BOUNDARY, boundaries, is_wide

NOT_AT_START: Final = frozenset(
    "!%),.:;?]}¢°·'†‡›℃∶、。〃〆〕〗〞﹚﹜！＂％＇），．：；？］｀｜｝～”’》〉」』】…‰"
)
NOT_AT_END: Final = frozenset("$([{£¥·'\"〈《「『【〔〖〝﹙﹛＄（．［｛￡￥“‘")
# Latin letters and digits hold together with what joins them, but for a hyphen, which may end a line.
_PIECE: Final = re.compile("[!-,.-~]+-*|-+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def count_lines(
    text: str,
    room: Length,
    first_room: Length | None = None,
    size: Length = page.SIZE_3,
    tightening: Length = page.TIGHTENING,
) -> int:
    """Return how many lines a paragraph takes; one for an empty one.

    Args:
        text: The words, without tabs.
        room: The width of a line.
        first_room: The width of the first line, when it is another.
        size: The type size.
        tightening: What is added to each character's advance.
    """
    return len(list(break_lines(text, room, first_room, size, tightening)))


def break_lines(
    text: str,
    room: Length,
    first_room: Length | None = None,
    size: Length = page.SIZE_3,
    tightening: Length = page.TIGHTENING,
) -> Iterator[str]:
    """Yield the lines of a paragraph, as `count_lines` counts them."""
    pieces = _unbroken(text)
    edges = _edges(text, size, tightening)
    start, limit = 0, room if first_room is None else first_room
    for begin, end in pieces:
        if begin > start and edges[end] - edges[start] > limit:
            yield text[start:begin]
            start, limit = begin, room
        while edges[end] - edges[start] > limit and end - start > 1:
            cut = _fits(edges, start, end, limit)
            yield text[start:cut]
            start, limit = cut, room
    yield text[start:]


def _fits(edges: list[int], start: int, end: int, limit: Length) -> int:
    """Return where a piece longer than a line is cut."""
    places = (place for place in range(end - 1, start, -1) if edges[place] - edges[start] <= limit)
    return next(places, start + 1)


def _edges(text: str, size: Length, tightening: Length) -> list[int]:
    """Return the place of each character's left edge, and of the text's end."""
    edges, at = [0], 0
    wide, narrow, room = int(size + tightening), int(size * 0.5 + tightening), int(size * BOUNDARY)
    for character, is_beside in zip(text, boundaries(text), strict=True):
        at += wide if is_wide(character) else narrow
        edges.append(at)
        if is_beside:
            at += room
    return edges


@lru_cache(maxsize=256)
def _unbroken(text: str) -> Sequence[tuple[int, int]]:
    """Return the stretches of a text between which a line may break; a text is measured in several sizes."""
    pieces = [found.span() for found in _PIECE.finditer(text)]
    joined: list[tuple[int, int]] = []
    for begin, end in pieces:
        if joined and (text[begin] in NOT_AT_START or text[begin - 1] in NOT_AT_END):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined
