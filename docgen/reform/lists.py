"""The list of annexes in a text, in the ways it is typed: 附件：1.… 2.…, 附件1：…, all on one line or one a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from docgen.lint.recognition import words
from docgen.reform.draft import BLANK, Line

_HEAD: Final = re.compile(r"^附(?:\s*件\s*|(?=[:：]))[:：]?\s*")
_OWN: Final = re.compile(r"^附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：、.．]?\s*")
_NUMBER: Final = re.compile(r"^\d{1,2}\s*[.．、,，)）]?\s*(?=\S)")
_STOPPED: Final = re.compile("[⒈-⒛]")
_INNER: Final = re.compile(
    r"(?:[；;，,。]\s*|[ \t\u3000\n]+)(?=\d{1,2}\s*[.．、]\s*[^\d\s])|[；;]\s*(?=\d{1,2}\s*[，,]\s*[^\d\s])"
)


def annex_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names that the lines of a list give; a line that begins with no number goes on with the one above."""
    found: list[str] = []
    for place, line in enumerate(lines):
        text = stops_apart(line.words)
        own = words.ANNEX_BY_NAME.match(text)
        if own and _OWN.match(text):
            found.append(_OWN.sub("", text))
            continue
        rest = _HEAD.sub("", text) if place == 0 else text
        for piece in _INNER.split(rest):
            numbered = _NUMBER.match(piece)
            if numbered and _is_counted(piece, len(found) + 1):
                found.append(piece[numbered.end() :])
            elif found and place and not numbered:
                found[-1] += piece
            elif piece.strip(BLANK):
                found.append(piece)
    return tuple(name.strip(BLANK) for name in found)


def stops_apart(text: str) -> str:
    """Return a text with numbers that are one character with their stop (⒈) made two."""
    return _STOPPED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _is_counted(piece: str, expected: int) -> bool:
    """Whether a piece begins with a number of the list, not with a year or an amount."""
    number = re.match(r"\d+", piece)
    marked = bool(re.match(r"\d{1,2}\s*[.．、,，)）]", piece))
    return number is not None and (int(number[0]) == expected or marked)
