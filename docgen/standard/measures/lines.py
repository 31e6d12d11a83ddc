"""Breaking a paragraph into lines as Word and LibreOffice do: between hanzi anywhere, not inside words or numbers.

A line does not begin with closing punctuation nor end with opening punctuation (kinsoku), and what does not fit
goes to the next line whole. Full-width punctuation keeps its width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.widths import BOUNDARY, boundaries, is_wide

NOT_AT_START: Final = frozenset(
    "!%),.:;?]}¢°·'†‡›℃∶、。〃〆〕〗〞﹚﹜！＂％＇），．：；？］｀｜｝～”’》〉」』】…‰"
)
NOT_AT_END: Final = frozenset("$([{£¥·'\"〈《「『【〔〖〝﹙﹛＄（．［｛￡￥“‘")


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
    text: str, room: Length, first_room: Length | None, size: Length, tightening: Length
) -> Iterator[str]:
    """Yield the lines of a paragraph; arguments are those of `count_lines`, which counts them."""
    edges = _edges(text, size, tightening)
    start, limit = 0, room if first_room is None else first_room
    while edges[-1] - edges[start] > limit and len(text) - start > 1:
        most = bisect_right(edges, edges[start] + limit) - 1
        ends = (place for place in range(most, start, -1) if _may_end(text[place - 1], text[place]))
        end = next(ends, max(most, start + 1))  # what is longer than a line is cut
        yield text[start:end]
        start, limit = end, room
    yield text[start:]


@lru_cache(maxsize=4096)
def _may_end(last: str, following: str) -> bool:
    """Whether a line may end with one character before another.

    Latin letters and digits hold together with what joins them, but for a hyphen, which may end a line.
    """
    if following in NOT_AT_START or last in NOT_AT_END:
        return False
    return not (_is_joined(last) and _is_joined(following) and (last != "-" or following == "-"))


def _is_joined(character: str) -> bool:
    return character.isascii() and character.isprintable() and character != " "


def _edges(text: str, size: Length, tightening: Length) -> list[int]:
    """Return the place of each character's left edge, and of the text's end."""
    wide, narrow, room = int(size + tightening), int(size * 0.5 + tightening), int(size * BOUNDARY)
    advances = narrow, wide, narrow + room, wide + room
    return [0, *accumulate(map(advances.__getitem__, _sorts(text)))]


@lru_cache(maxsize=256)
def _sorts(text: str) -> Sequence[int]:
    """Return 1 for a wide character, 0 for a narrow one, 2 more where room is kept before it."""
    return [
        is_wide(character) + 2 * apart
        for character, apart in zip(text, (False, *boundaries(text)), strict=False)
    ]
