"""Finding the 版记: the lines with those who get copies and with the printing organ, at the end of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.lint.reading.model import Para
from docgen.lint.recognition import signs, words

_MOST_BETWEEN: Final = 4
"""How many lines of names may stand between two labelled lines of the 版记."""


def imprint_places(live: Sequence[Para]) -> list[int]:
    """Return the places of the 版记 among the paragraphs with words; those between are of it too."""
    text = _text_with_copies(live)
    found = _together(
        live,
        [place for place, para in enumerate(live) if place not in text and _is_imprint(live, place, para)],
    )
    if not found or found[0] == 0:
        return []
    last = found[-1]
    table = live[last].table
    while table and last + 1 < len(live) and live[last + 1].table == table:
        last += 1
    first = found[0]
    while first > 1 and words.LIST.match(live[first].words) is None and _is_moved_addressee(live[first - 1]):
        first -= 1
    return list(range(first, last + 1))


def _together(live: Sequence[Para], found: Sequence[int]) -> Sequence[int]:
    """Return the last places of those found that stand together; a line that begins alike far above is text."""
    for at in range(len(found) - 1, 0, -1):
        between = live[found[at - 1] + 1 : found[at]]
        apart = len(between) >= _MOST_BETWEEN or any(_is_text(each) for each in between)
        if apart or (between and _label_of(live[found[at - 1]]) == _label_of(live[found[at]]) != ""):
            return found[at:]
    return found


def _label_of(para: Para) -> str:
    """Return the label a line of those who get copies begins with; a 版记 has each once."""
    found = words.COPIES.match(para.words)
    return "".join(found[1].split()) if found else ""


def _is_text(para: Para) -> bool:
    """Whether a line between two of the 版记 is no list of names: a sentence, a heading of an annex, a date."""
    sentence = "。" in para.words[:-1] or "；" in para.words or words.LIST.match(para.words)
    return bool(sentence or words.ANNEX_HEAD.match(para.words)) or signs.is_date(para)


def _is_imprint(live: Sequence[Para], place: int, para: Para) -> bool:
    if words.COPIES.match(para.words):
        return True
    if (para.table and not _is_late(live, place)) or _is_above_imprint(live, place):
        return False
    printed = words.PRINTED.match(para.words)
    late = place > 0 and _is_late(live, place)
    if printed is None or not late:
        short = len(para.words) < signs.LONGEST_TITLE and place > len(live) // 2
        return para.words.endswith("印发") and late and short
    return bool(printed["word"]) or (bool(printed["organ"]) and _follows_copies(live, place))


def _text_with_copies(live: Sequence[Para]) -> set[int]:
    """Return the places of lines that begin as those of the 版记 do but are text: a heading or the date follows."""
    first_date = next((place for place, para in enumerate(live) if signs.is_date(para)), len(live))
    found, headed, dated = set(), False, False
    for place in range(len(live) - 1, -1, -1):
        para = live[place]
        if not para.table and words.COPIES.match(para.words) and (headed or (dated and place <= first_date)):
            found.add(place)
        printed = words.PRINTED.match(para.words)
        if words.ANNEX_HEAD.match(para.words) or (printed and printed["organ"] and printed["word"]):
            headed = dated = False
        else:
            headed = headed or any(level.match(para.words) for level in words.LEVELS)
            dated = dated or signs.is_date(para)
    return found


def _is_above_imprint(live: Sequence[Para], place: int) -> bool:
    """Whether a lone date with 印发 has the 版记 still below it: it stands where the signature's date does."""
    below = live[place + 1 : place + 5]
    return signs.is_printed_date(live[place]) and any(
        words.COPIES.match(each.words) or words.PRINTED.match(each.words) for each in below
    )


def _is_late(live: Sequence[Para], place: int) -> bool:
    """Whether hardly anything follows: the 版记 stands at the end."""
    following = live[place + 1 : place + 2]
    return len(live) - place <= 4 or any(words.COPIES.match(each.words) for each in following)


def _is_moved_addressee(para: Para) -> bool:
    return para.words.startswith(("主送：", "主送:"))


def _follows_copies(live: Sequence[Para], place: int) -> bool:
    return place > 0 and any(words.COPIES.match(each.words) for each in live[max(0, place - 4) : place])
