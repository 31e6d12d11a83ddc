"""The numbers with which paragraphs begin, in all the ways they are typed: 一、 一. （一） (一) 1. 1、 1) （1） ⑴ ①."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.recognition.words import counted

_HANZI: Final = "一二三四五六七八九十"
_MARK: Final = r"[、.．,，:：]"
_S: Final = r"[ \t\u3000\xa0]*"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED: Final = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED: Final = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_IN_HANZI: Final = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_DIGITS: Final = "[0-9０-９]"
_TYPED: Final = (
    (1, re.compile(rf"(?P<n>[{_HANZI}]{{1,3}}){_S}(?:(?:{_MARK}{_S})+|[ \t\u3000]+)")),
    (2, re.compile(rf"[（(]{_S}(?P<n>[{_HANZI}]{{1,3}}){_S}[)）]{_S}(?:{_MARK}{_S})*")),
    (2, re.compile(rf"(?P<s>[{_IN_HANZI}]){_S}(?:{_MARK}{_S})*")),
    (3, re.compile(f"(?P<n>[0-9])\ufe0f?\u20e3{_S}(?:{_MARK}{_S})*")),
    (3, re.compile(rf"(?P<n>{_DIGITS}{{1,2}}){_S}[.．、,，](?!{_DIGITS}){_S}(?:{_MARK}{_S})*")),
    (3, re.compile(rf"(?P<s>[{_STOPPED}]){_S}(?:{_MARK}{_S})*")),
    (4, re.compile(rf"[（(]{_S}(?P<n>{_DIGITS}{{1,2}}){_S}[)）]{_S}(?:{_MARK}{_S})*")),
    (4, re.compile(rf"(?P<s>[{_BRACKETED}]){_S}(?:{_MARK}{_S})*")),
    (5, re.compile(rf"(?P<n>{_DIGITS}{{1,2}}){_S}[)）]{_S}(?:{_MARK}{_S})*")),
    (6, re.compile(rf"(?P<s>[{_CIRCLED}]){_S}(?:{_MARK}{_S})*")),
)
_STARTS: Final = frozenset(
    f"{_HANZI}（(0123456789０１２３４５６７８９{_CIRCLED}{_BRACKETED}{_STOPPED}{_IN_HANZI}"
)
_SIGNS: Final = (_CIRCLED, _BRACKETED, _STOPPED, _IN_HANZI)


@dataclass(frozen=True)
class Label:
    """A number before a paragraph.

    Args:
        level: 1 to 4 as the standard has them (一、（一）1.（1）); 5 for `1)`, 6 for ①, which it has not.
        count: What it counts to.
        typed: How it was typed, white space included.
    """

    level: int
    count: int
    typed: str

    @property
    def official(self) -> str:
        """Return it as the standard writes it; levels beyond the fourth as they are."""
        return official(self.level, self.count) if self.level <= 4 else self.typed.strip()


def official(level: int, count: int) -> str:
    """Return the number of a level as the standard writes it."""
    hanzi = hanzi_of(count)
    return (f"{hanzi}、", f"（{hanzi}）", f"{count}.", f"（{count}）")[level - 1]


def hanzi_of(count: int) -> str:
    """Return a number up to 99 in hanzi."""
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_HANZI[tens - 1]}十"
    return head + (_HANZI[ones - 1] if ones else "")


def label_of(text: str, expected: int = 0) -> Label | None:
    """Return the number a text begins with.

    Args:
        text: Without white space before it.
        expected: What the next number of level 1 would be, 0 for unknown: `三、四级公路` begins with no number.
    """
    if text[:1] not in _STARTS:
        return None
    for level, pattern in _TYPED:
        found = pattern.match(text)
        if found is None:
            continue
        count = _count(found)
        if not count or (level == 1 and _is_no_number(text, found, count, expected)):
            continue
        return Label(level, count, found[0])
    return None


def begins_item(text: str) -> bool:
    """Whether a typed line begins with a number."""
    return label_of(text.lstrip(" \t\u3000\xa0")) is not None


def _count(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("s"):
        return next(signs.index(groups["s"]) + 1 for signs in _SIGNS if groups["s"] in signs)
    return counted(unicodedata.normalize("NFKC", groups["n"]))


def _is_no_number(text: str, found: re.Match[str], count: int, expected: int) -> bool:
    """Whether hanzi begin a sentence: two neighbouring numbers (三、四级), or a word parted by a space."""
    following = counted(text[found.end() : found.end() + 1])
    spaced = found[0][len(found["n"]) :].strip(" \t\u3000") == ""
    if spaced:
        return count != expected
    return following == count + 1 and text[found.end() + 1 : found.end() + 2] not in "〇○零"
