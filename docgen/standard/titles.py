"""Breaking a title into lines between words, so that the lines form a trapezoid or a diamond (clause 7.3.1).

Every place between two characters has a price (`_prices`): nothing between words, much inside a name or a
number. Of all divisions into lines of at most 20 characters the cheapest is found by dynamic programming over
the line's first and last place and whether lines have begun to shrink; shape and balance are priced too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from docgen.standard.widths import ems

LINE_EMS: Final = 20
"""How many characters of 22 pt a title line holds (20 x 22 pt in 156 mm)."""

_OPENING: Final = frozenset("《〈“‘（(〔［[{「『")
_CLOSING: Final = frozenset("》〉”’）)〕］]}」』，。、；：！？,.;:!?%％·—…")
_PAIRED: Final = re.compile("《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕")
_UNIT: Final = (
    "平方米|立方米|平方公里|公里|千米|公顷|千瓦时|兆瓦|千瓦|年度|月份|吨级|"
    "[吨米亩元个项年月日号期次批级条座台套户人天家件里届]"
)
_NUMBER: Final = re.compile(rf"(?:第?[0-9A-Za-z.．%～+-]+[万亿千百十]*(?:{_UNIT})?)+")
_JOINING: Final = frozenset("的和与及或在对向为把将于等")

# Prices of a break; the larger ones outweigh any sum of the smaller in a title of usual length.
_NEVER: Final = 100_000.0
_SHAPELESS: Final = 5_000.0
_SHORT_LINE: Final = 1_200.0
_IN_KEPT: Final = 1_000.0
_IN_PAIR: Final = 150.0
_IN_WORD: Final = 60.0
_BESIDE_LONE: Final = 15.0
_BEFORE_DE: Final = 40.0
_AFTER_ABOUT: Final = 30.0
_MORE_LINES: Final = 30.0
_IMBALANCE: Final = 2.5
_BEST_STEP: Final = 2.0
_SHORTEST: Final = 4.0

_Division = tuple[float, tuple[int, ...]]


def break_title(text: str, keep: Sequence[str] = ()) -> tuple[str, ...]:
    """Break a title into lines of at most 20 characters of 22 pt, joined again they give the text.

    Lines break between words, never before closing or after opening punctuation nor inside a number with its
    unit as long as the line's length allows, and their widths rise, fall, or rise and then fall, strictly.

    Args:
        text: The title; a line feed is a break made by hand and is respected.
        keep: Names not to be broken. One is broken all the same, between words, if it is longer than a line or
            if a line of fewer than 4 characters would be left beside it (关于 alone).
    """
    pieces = (piece for piece in text.split("\n") if piece)
    return tuple(line for piece in pieces for line in _break(piece, tuple(keep)))


@lru_cache(maxsize=4096)
def _break(text: str, keep: tuple[str, ...]) -> tuple[str, ...]:
    if ems(text) <= LINE_EMS:
        return (text,)
    prices = _prices(text, keep)
    _, ends = _Search(text, prices, _between_words(text, prices)).best()
    if not ends:
        _, ends = _Search(text, prices, range(len(text))).best()
    return tuple(text[start:end] for start, end in pairwise((0, *ends)))


class _Search:
    """The search for the cheapest division of a text, broken at given places only."""

    def __init__(self, text: str, prices: Sequence[float], places: Sequence[int]) -> None:
        self._length = len(text)
        self._prices = prices
        self._places = places
        self._widths = _widths(text)
        self._known: dict[tuple[int, int, bool], _Division] = {}

    def best(self) -> _Division:
        """Return the price and the lines' ends; no ends if the places allow no division of good shape."""
        price, ends = min((self._from(0, end, False) for end in self._ends(0)), default=(_SHAPELESS, ()))
        allowed = len(self._places) == self._length or price < _SHAPELESS
        return (price, ends) if allowed else (price, ())

    def _from(self, start: int, end: int, shrinking: bool) -> _Division:
        """Return the cheapest division of what begins with the line from start to end."""
        key = (start, end, shrinking)
        if key not in self._known:
            self._known[key] = self._compute(start, end, shrinking)
        return self._known[key]

    def _compute(self, start: int, end: int, shrinking: bool) -> _Division:
        own = self._line_price(start, end)
        if end == self._length:
            return own, (end,)
        choices = (self._followed(start, end, shrinking, follower) for follower in self._ends(end))
        price, ends = min(choices, default=(_NEVER * self._length, ()))
        return own + self._prices[end] + price, (end, *ends)

    def _followed(self, start: int, end: int, shrinking: bool, follower: int) -> _Division:
        step = self._width(end, follower) - self._width(start, end)
        misshapen = step == 0 or (shrinking and step > 0)
        price, ends = self._from(end, follower, shrinking or step < 0)
        return price + _IMBALANCE * abs(abs(step) - _BEST_STEP) + _SHAPELESS * misshapen, ends

    def _line_price(self, start: int, end: int) -> float:
        return _MORE_LINES + _SHORT_LINE * (self._width(start, end) < _SHORTEST)

    def _ends(self, start: int) -> Iterator[int]:
        for end in (*self._places, self._length):
            if end - start > 2 * LINE_EMS:
                return
            if end > start and self._width(start, end) <= LINE_EMS:
                yield end

    def _width(self, start: int, end: int) -> float:
        return self._widths[start][end - start]


def _widths(text: str) -> list[list[float]]:
    """Return the width of text[start:start+n] for every start and every n that may fit a line."""
    lengths = range(2 * LINE_EMS + 1)
    return [[round(ems(text[start : start + count]), 3) for count in lengths] for start in range(len(text))]


def _between_words(text: str, prices: Sequence[float]) -> list[int]:
    return [place for place, price in _word_prices(text) if price < _IN_WORD and prices[place] < _NEVER]


def _prices(text: str, keep: tuple[str, ...]) -> list[float]:
    """Return the price of a break before each character."""
    prices = [_NEVER, *(_price_between(left, right) for left, right in pairwise(text))]
    for place, price in _word_prices(text):
        prices[place] += price
    for found in _NUMBER.finditer(text):
        _add(prices, found.span(), _NEVER)
    for found in _PAIRED.finditer(text):
        _add(prices, found.span(), _IN_PAIR)
    for start, end in _kept(text, keep):
        _add(prices, (start, end), _IN_KEPT)
    return prices


def _add(prices: list[float], span: tuple[int, int], price: float) -> None:
    for place in range(span[0] + 1, span[1]):
        prices[place] += price


def _price_between(left: str, right: str) -> float:
    return _NEVER if right in _CLOSING or left in _OPENING else _BEFORE_DE * (right == "的")


def _word_prices(text: str) -> Iterator[tuple[int, float]]:
    import rjieba

    words: list[str] = rjieba.cut(text)
    place = 0
    for word, following in pairwise((*words, "")):
        yield from (
            (place + inside, _IN_WORD) for inside in range(1, len(word)) if not _may_part(word, inside)
        )
        place += len(word)
        if following:
            yield (
                place,
                _BESIDE_LONE * (_is_lone(word) or _is_lone(following)) + _AFTER_ABOUT * (word == "关于"),
            )


def _may_part(word: str, inside: int) -> bool:
    """Whether a long word is two words (项目 前期)."""
    import rjieba

    parts = (word[:inside], word[inside:])
    return all(len(part) > 1 and bool(rjieba.has_word(part)) for part in parts)


def _is_lone(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word not in _JOINING


def _kept(text: str, keep: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for phrase in keep:
        if phrase and ems(phrase) <= LINE_EMS:
            yield from ((found.start(), found.end()) for found in re.finditer(re.escape(phrase), text))
