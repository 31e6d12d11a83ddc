"""The words of a title, and where a long one is itself two words (项目 前期).

Loading the dictionary takes 0.15 s, so the words of the first titles that a call asks for are kept for later calls.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from hashlib import sha256
from itertools import count
from typing import Final, TypeAlias

from docgen.cache import keep, recall, stamp_of

Word: TypeAlias = tuple[str, tuple[int, ...]]
"""A word, and the places inside it where it may part."""

_SLOT: Final = 3  # hex digits of a title's digest that name its entry: 4,096 titles are kept at most
_KEPT_A_CALL: Final = 16  # a batch of thousands needs the dictionary anyhow
_kept = count()


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; joined again they give the text."""
    if "rjieba" in sys.modules:
        return _cut(text)
    known = recall(_name(text), stamp_of("rjieba"))
    if known is not None and known[0] == text:
        return tuple((word, tuple(parting)) for word, parting in known[1])
    return _cut(text)


def is_word(text: str) -> bool:
    """Whether the dictionary has a word; what `words_of` puts together from characters may be none."""
    import rjieba

    return bool(rjieba.has_word(text))


def _cut(text: str) -> tuple[Word, ...]:
    import rjieba

    words = tuple((word, _parting(word)) for word in rjieba.cut(text))
    if next(_kept) < _KEPT_A_CALL:
        keep(_name(text), stamp_of("rjieba"), [text, words])
    return words


@lru_cache(maxsize=1024)
def _parting(word: str) -> tuple[int, ...]:
    import rjieba

    return tuple(
        inside
        for inside in range(2, len(word) - 1)
        if rjieba.has_word(word[:inside]) and rjieba.has_word(word[inside:])
    )


def _name(text: str) -> str:
    return f"words-{sha256(text.encode()).hexdigest()[:_SLOT]}"
