"""Automatic numbering: the label Word would print before a paragraph (一、 and the like)."""

from __future__ import annotations

import re
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading.names import Element, is_on, number, value, w
from docgen.lint.reading.properties import Values, paragraph_values

_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = frozenset(("chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting",
                             "taiwaneseCountingThousand", "chineseLegalSimplified", "ideographDigital"))  # fmt: skip
_RUNS: Final = {
    "decimalEnclosedCircle": ("①", 20), "decimalEnclosedCircleChinese": ("①", 20), "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20), "ideographEnclosedCircle": ("㊀", 10), "upperLetter": ("A", 26),
    "lowerLetter": ("a", 26),
}  # fmt: skip
"""Ways to count by signs that follow each other: the first of them, and how many there are."""
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN: Final = 3999
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_BULLET: Final = "bullet"
_NOTHING: Final = "none"
_LEVELS: Final = 9


def hanzi(count: int) -> str:
    """Return a number up to 99 in hanzi."""
    if count <= 10:
        return "十" if count == 10 else _DIGITS[max(0, count)]
    tens, ones = divmod(min(count, 99), 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def written(form: str, count: int) -> str:
    """Return a number as a way to count of Word (ST_NumberFormat) shows it; in digits where that has no sign for it."""
    first, many = _RUNS.get(form, ("", 0))
    if form in _CHINESE:
        return hanzi(count)
    if 0 < count <= many:
        return chr(ord(first) + count - 1)
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _MOST_ROMAN:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form == "decimalFullWidth":
        return str(count).translate(_WIDE)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    found = []
    for value_, sign in _ROMAN:
        times, count = divmod(count, value_)
        found.append(sign * times)
    return "".join(found)


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, the pattern of its label, its paragraph formatting.

    `legal` says that its label has the numbers of all levels in digits.
    """

    form: str
    pattern: str
    start: int
    paragraph: Values
    legal: bool = False


class Numbering:
    """The lists of a document, counting on as paragraphs are read in order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[int, str] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[str, list[int]] = {}
        self._anew: dict[tuple[int, int], int] = {}
        """Where lists begin to count anew when they are first used, by their number and the level."""
        if root is not None:
            self._index(root)

    def _index(self, root: Element) -> None:
        for each in root.iter(w("abstractNum")):
            self._abstract[each.get(w("abstractNumId")) or ""] = each
        for each in root.iter(w("num")):
            identifier = number(each.get(w("numId")))
            if identifier is not None:
                self._lists[identifier] = value(each.find(w("abstractNumId"))) or ""
                for override in each.iter(w("lvlOverride")):
                    depth, start = (
                        number(override.get(w("ilvl"))), number(value(override.find(w("startOverride")))),
                    )  # fmt: skip
                    if depth is not None and start is not None:
                        self._anew[identifier, depth] = start

    def level(self, values: Values) -> Level | None:
        """Return the level of the list a paragraph with these values belongs to, None for none."""
        identifier = values.get("numId", 0)
        if not identifier or identifier not in self._lists:
            return None
        key = (self._lists[identifier], max(0, min(values.get("ilvl", 0), _LEVELS - 1)))
        if key not in self._levels:
            self._levels[key] = self._read(*key)
        return self._levels[key]

    def is_bulleted(self, values: Values) -> bool:
        """Whether a paragraph with these values has a bullet."""
        level = self.level(values)
        return level is not None and level.form == _BULLET

    def _read(self, name: str, depth: int) -> Level | None:
        for each in self._abstract[name].iter(w("lvl")) if name in self._abstract else ():
            if number(each.get(w("ilvl"))) == depth:
                start = number(value(each.find(w("start"))))
                form = value(each.find(w("numFmt"))) or "decimal"
                pattern = value(each.find(w("lvlText"))) or ""
                looks, legal = paragraph_values(each.find(w("pPr"))), is_on(each.find(w("isLgl")))
                return Level(form, pattern, 1 if start is None else start, looks, legal)
        return None

    def label(self, values: Values) -> str:
        """Count a paragraph and return its label; nothing when it has none."""
        level = self.level(values)
        if level is None:
            return ""
        name, depth = self._lists[values["numId"]], max(0, min(values.get("ilvl", 0), _LEVELS - 1))
        counts = self._counts.setdefault(name, [0] * _LEVELS)
        following = counts[depth] + 1 if counts[depth] else level.start
        counts[depth] = self._anew.pop((values["numId"], depth), following)
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.form == _BULLET:
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            above = self._levels.get((name, at)) or self._read(name, at)
            if level.form == _NOTHING:
                return ""
            return written("" if level.legal or above is None else above.form, counts[at])

        return re.sub(r"%([1-9])", shown, level.pattern)
