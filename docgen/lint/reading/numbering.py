"""Automatic numbering: the label Word would print before a paragraph (一、 and the like)."""

from __future__ import annotations

import re
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading.names import Element, number, value, w
from docgen.lint.reading.properties import Values, paragraph_values

_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = frozenset(("chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting",
                             "taiwaneseCountingThousand", "chineseLegalSimplified", "ideographDigital"))  # fmt: skip
_SILENT: Final = frozenset(("bullet", "none"))
_LEVELS: Final = 9


def hanzi(count: int) -> str:
    """Return a number up to 99 in hanzi."""
    if count <= 10:
        return "十" if count == 10 else _DIGITS[max(0, count)]
    tens, ones = divmod(min(count, 99), 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, the pattern of its label, its paragraph formatting."""

    form: str
    pattern: str
    start: int
    paragraph: Values


class Numbering:
    """The lists of a document, counting on as paragraphs are read in order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[int, str] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[str, list[int]] = {}
        if root is not None:
            self._index(root)

    def _index(self, root: Element) -> None:
        for each in root.iter(w("abstractNum")):
            self._abstract[each.get(w("abstractNumId")) or ""] = each
        for each in root.iter(w("num")):
            identifier = number(each.get(w("numId")))
            if identifier is not None:
                self._lists[identifier] = value(each.find(w("abstractNumId"))) or ""

    def level(self, values: Values) -> Level | None:
        """Return the level of the list a paragraph with these values belongs to, None for none."""
        identifier = values.get("numId", 0)
        if not identifier or identifier not in self._lists:
            return None
        key = (self._lists[identifier], max(0, min(values.get("ilvl", 0), _LEVELS - 1)))
        if key not in self._levels:
            self._levels[key] = self._read(*key)
        return self._levels[key]

    def _read(self, name: str, depth: int) -> Level | None:
        for each in self._abstract[name].iter(w("lvl")) if name in self._abstract else ():
            if number(each.get(w("ilvl"))) == depth:
                start = number(value(each.find(w("start"))))
                form = value(each.find(w("numFmt"))) or "decimal"
                pattern = value(each.find(w("lvlText"))) or ""
                return Level(
                    form, pattern, 1 if start is None else start, paragraph_values(each.find(w("pPr")))
                )
        return None

    def label(self, values: Values) -> str:
        """Count a paragraph and return its label; nothing when it has none."""
        level = self.level(values)
        if level is None:
            return ""
        name, depth = self._lists[values["numId"]], max(0, min(values.get("ilvl", 0), _LEVELS - 1))
        counts = self._counts.setdefault(name, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.form in _SILENT:
            return ""
        return re.sub(r"%(\d)", lambda found: self._shown(name, int(found[1]) - 1, counts), level.pattern)

    def _shown(self, name: str, depth: int, counts: list[int]) -> str:
        level = self._levels.get((name, depth)) or self._read(name, depth)
        count = counts[depth] if 0 <= depth < _LEVELS else 0
        return hanzi(count) if level and level.form in _CHINESE else str(count)
