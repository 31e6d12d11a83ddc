"""Breaking a title into lines between words, so that the lines form a trapezoid or a diamond (clause 7.3.1).

Every place between two characters has a price (`_prices`): nothing between words, much inside a name or a
number. Of all divisions into lines of at most 20 characters the cheapest is found by dynamic programming over
the line's first and last place and whether lines have begun to shrink; shape and balance are priced too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from docgen.patterns import late
from docgen.standard.measures.widths import BOUNDARY, boundaries, ems, is_wide
from docgen.standard.wording.words import is_word, words_of

LINE_EMS: Final = 20
"""How many characters of 22 pt a title line holds (20 x 22 pt in 156 mm)."""

_OPENING: Final = frozenset("《〈“‘（(〔［[{「『")
_CLOSING: Final = frozenset("》〉”’）)〕］]}」』，。、；：！？,.;:!?%％·—…")
_PAIRED: Final = late("《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕")
_UNIT: Final = (
    "平方米|立方米|平方公里|公里|千米|公顷|千瓦时|兆瓦|千瓦|年度|月份|吨级|"
    "[吨米亩元个项年月日号期次批级条座台套户人天家件里届]"
)
_NUMBER: Final = late(rf"(?:第?[0-9A-Za-z.．%～+-]+[万亿千百十]*(?:{_UNIT})?)+")
_JOINING: Final = frozenset("的和与及或在对向为把将于等")
_LEADING_ON: Final = frozenset("和与及或在对向为把将于")
_TERM: Final = late(
    r"([一-龥]).\1.|工作机制|领导小组|联席会议|前期手续|重大项目|建设项目|国土空间(?:总体)?规划|源网荷储|生物降解|挂牌督办|办理事项|"
    "施工许可|环境影响评价|水土保持方案|用地预审|规划许可"
)

# Prices of a break; the larger ones outweigh any sum of the smaller in a title of usual length.
_NEVER: Final = 100_000.0
_SHAPELESS: Final = 5_000.0
_SHORT_LINE: Final = 1_200.0
_IN_KEPT: Final = 1_000.0
_IN_PAIR: Final = 150.0
_IN_WORD: Final = 60.0
_AT_PARTING: Final = 20.0
_IN_TERM: Final = 50.0
_BESIDE_LONE: Final = 15.0
_AFTER_JOINING: Final = 25.0
_BEFORE_DE: Final = 40.0
_AFTER_ABOUT: Final = 30.0
_MORE_LINES: Final = 30.0
_IMBALANCE: Final = 2.5
_BEST_STEP: Final = 2.0
_SHORTEST: Final = 4.0
_DEAR: Final = 100.0
"""In a name or a pair a break has this price or more."""
# 关于 and a verb (关于催办), above a line twice as long or longer.
_BARE: Final = 6.0
_FAR_LONGER: Final = 2.0
_THOUSAND: Final = 1000
_ROOM: Final = round(_THOUSAND * BOUNDARY)

_Division: TypeAlias = tuple[float, tuple[int, ...]]
_Line: TypeAlias = tuple[float, _Division, _Division]
"""A line's width, and the cheapest division that begins with it, while lines may grow and when they shrink."""
_IMPOSSIBLE: Final[_Division] = (math.inf, ())


def break_title(text: str, keep: Sequence[str] = ()) -> tuple[str, ...]:
    """Break a title into lines of at most 20 characters of 22 pt, joined again they give the text.

    Lines break between words, never before closing or after opening punctuation nor inside a number with its
    unit as long as the line's length allows, and their widths rise, fall, or rise and then fall, strictly. 关于 and
    a verb (关于催办) is no first line above one twice as long.

    Args:
        text: The title; a line feed is a break made by hand and is respected.
        keep: Names not to be broken. One is broken all the same, between words, if it is longer than a line or
            if 关于, or 关于 and a verb, would be left alone above it.
    """
    pieces = (piece for piece in text.split("\n") if piece)
    return tuple(line for piece in pieces for line in _break(piece, tuple(keep)))


def words_cut(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the words that the lines of a title cut, each with the place of the line that ends in it.

    Only words of the dictionary, a long one in its parts, and numbers with their units: a name that is put together
    from characters is nobody's mistake.
    """
    text, ends = "".join(lines), list(accumulate(map(len, lines)))
    spans = [(found.span(), found[0]) for found in _NUMBER.finditer(text)]
    place = 0
    for word, parting in words_of(text):
        for start, stop in pairwise((0, *parting, len(word))):
            if stop - start > 1 and word.isalpha():
                spans.append(((place + start, place + stop), word[start:stop]))
        place += len(word)
    for line, end in enumerate(ends[:-1]):
        for (start, stop), word in spans:
            if start < end < stop and (not word.isalpha() or is_word(word)):
                yield line, word


@lru_cache(maxsize=4096)
def _break(text: str, keep: tuple[str, ...]) -> tuple[str, ...]:
    if ems(text) <= LINE_EMS:
        return (text,)
    words = list(_word_prices(text))
    prices = _prices(text, keep, words)
    between = [place for place, price in words if price < _IN_WORD and prices[place] < _NEVER]
    search = _Search(text, prices)
    price, ends = _cheapest(search, prices, between)
    if price >= _SHAPELESS:
        _, ends = search.best(range(1, len(text)))
    return tuple(text[start:end] for start, end in pairwise((0, *ends)))


def _cheapest(search: _Search, prices: Sequence[float], between: Sequence[int]) -> _Division:
    """Return the cheapest division between words, from fewer of them where no other can be as cheap."""
    found = search.best_in_two(between)
    if found[0] < 3 * _MORE_LINES:
        return found
    cheap = [place for place in between if prices[place] < _DEAR]
    if len(cheap) < len(between):
        found = search.best(cheap)
        if found[0] < _DEAR + 2 * _MORE_LINES:
            return found
    return search.best(between)


class _Search:
    """The search for the cheapest division of a text, broken at given places only.

    It goes from the text's end to its beginning, so that what follows a line is known when the line is priced.
    """

    def __init__(self, text: str, prices: Sequence[float]) -> None:
        self._prices = prices
        self._length = len(text)
        self._begins, self._ends = _advances(text)

    def best_in_two(self, places: Sequence[int]) -> _Division:
        """Return the price and the ends of the best two lines; an endless price if the places allow none."""
        found = [_IMPOSSIBLE]
        for place in places:
            width, rest = self._width(0, place), self._width(place, self._length)
            if max(width, rest) <= LINE_EMS:
                last = self._line(self._length, rest, (), opening=False)
                found.append(self._line(place, width, (last,), opening=True)[1])
        return min(found)

    def best(self, places: Sequence[int]) -> _Division:
        """Return the price and the lines' ends; an endless price if the places allow no division."""
        starts, lines = (0, *places), dict[int, list[_Line]]()
        for place, start in reversed(list(enumerate(starts))):
            ends = (*starts[place + 1 :], self._length)
            lines[start] = [
                self._line(end, width, lines.get(end, ()), opening=not start)
                for end, width in self._fitting(start, ends)
            ]
        return min((each[1] for each in lines[0]), default=_IMPOSSIBLE)

    def _width(self, start: int, end: int) -> float:
        """Return the width of text[start:end], as `ems` counts it."""
        return (self._ends[end] - self._begins[start]) / _THOUSAND

    def _fitting(self, start: int, ends: Sequence[int]) -> Iterator[tuple[int, float]]:
        for end in ends:
            width = self._width(start, end)
            if width > LINE_EMS:
                return
            yield end, width

    def _line(self, end: int, width: float, following: Iterable[_Line], *, opening: bool) -> _Line:
        """Return a line with the cheapest divisions that begin with it and go on with one of the following lines.

        `opening` says that it is the title's first.
        """
        own = _MORE_LINES + _SHORT_LINE * (width < _SHORTEST)
        if end == self._length:
            return width, (own, (end,)), (own, (end,))
        grown = shrunk = _NEVER * self._length
        after_grown: tuple[int, ...] = ()
        after_shrunk: tuple[int, ...] = ()
        bare = width * _FAR_LONGER if opening and width <= _BARE else math.inf
        for follower, (growing, grows), (shrinking, shrinks) in following:
            step = follower - width
            if step < 0:
                price_grown = price_shrunk = shrinking + _IMBALANCE * abs(step + _BEST_STEP)
                ends = shrinks
            else:
                imbalance = _IMBALANCE * abs(step - _BEST_STEP)
                if follower >= bare:
                    imbalance += _SHORT_LINE
                price_shrunk = shrinking + imbalance + _SHAPELESS
                price_grown = growing + imbalance if step else growing + imbalance + _SHAPELESS
                ends = grows
            if price_shrunk < shrunk or (price_shrunk == shrunk and shrinks < after_shrunk):
                shrunk, after_shrunk = price_shrunk, shrinks
            if price_grown < grown or (price_grown == grown and ends < after_grown):
                grown, after_grown = price_grown, ends
        so_far = own + self._prices[end]
        return width, (so_far + grown, (end, *after_grown)), (so_far + shrunk, (end, *after_shrunk))


def _advances(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return how far along each place of a text is, in thousandths of a character, as a line's begin and as its end.

    The room kept between hanzi and digits belongs to neither line where a title breaks between them.
    """
    advances = (0, *accumulate(_THOUSAND if is_wide(each) else _THOUSAND // 2 for each in text))
    rooms = (0, *accumulate(_ROOM if apart else 0 for apart in boundaries(text)))
    ends = [advance + room for advance, room in zip(advances, (0, *rooms), strict=False)]
    return [advance + room for advance, room in zip(advances, rooms, strict=True)], ends


def _prices(text: str, keep: tuple[str, ...], words: Iterable[tuple[int, float]]) -> list[float]:
    """Return the price of a break before each character."""
    prices = [_NEVER, *(_price_between(left, right) for left, right in pairwise(text))]
    for place, price in words:
        prices[place] += price
    for found in _NUMBER.finditer(text):
        _add(prices, found.span(), _NEVER)
    for found in _PAIRED.finditer(text):
        _add(prices, found.span(), _IN_PAIR)
    for found in _TERM.finditer(text):
        _add(prices, found.span(), _IN_TERM)
    for start, end in _kept(text, keep):
        _add(prices, (start, end), _IN_KEPT)
    return prices


def _add(prices: list[float], span: tuple[int, int], price: float) -> None:
    for place in range(span[0] + 1, span[1]):
        prices[place] += price


def _price_between(left: str, right: str) -> float:
    if right in _CLOSING or left in _OPENING:
        return _NEVER
    return _BEFORE_DE * (right == "的") + _AFTER_JOINING * (left in _LEADING_ON)


def _word_prices(text: str) -> Iterator[tuple[int, float]]:
    place = 0
    for (word, parting), (following, _) in pairwise((*words_of(text), ("", ()))):
        yield from (
            (place + inside, _AT_PARTING if inside in parting else _IN_WORD) for inside in range(1, len(word))
        )
        place += len(word)
        if following:
            yield (
                place,
                _BESIDE_LONE * (_is_lone(word) or _is_lone(following)) + _AFTER_ABOUT * (word == "关于"),
            )


def _is_lone(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word not in _JOINING


def _kept(text: str, keep: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for phrase in keep:
        if phrase and ems(phrase) <= LINE_EMS:
            start = text.find(phrase)
            while start >= 0:
                yield start, start + len(phrase)
                start = text.find(phrase, start + len(phrase))
