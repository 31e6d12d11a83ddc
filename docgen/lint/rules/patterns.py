"""Rules that are a pattern: what is looked for in a paragraph's words, and which words are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.findings import Finding, Judge, Seen
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import Rule
from docgen.lint.rules.number import number_end

HANZI: Final = "\u3400-\u9fff"
GONE: Final = "\x00"
"""Stands in place of words that other rules judge."""
NOT_JUDGED: Final = (Role.MARK, Role.BLANK)


@dataclass(frozen=True)
class Pattern:
    """What a rule looks for.

    Args:
        rule: The rule.
        pattern: What is wrong.
        said: How the finding begins.
        wanted: What is expected.
        silent: Elements that have rules of their own about it.
        needs: Characters of which every match has one; empty when it takes as long to look for them.
    """

    rule: Rule
    pattern: re.Pattern[str]
    said: str
    wanted: str
    silent: tuple[Role, ...] = ()
    needs: str = ""

    def found(self, seen: Seen, para: Para, text: str) -> Iterator[Finding]:
        """Find the first place in a text."""
        found = self.pattern.search(text)
        if found and seen.role(para) not in self.silent:
            yield seen.found(self.rule, para, f"{self.said}“{found[0]}”", self.wanted, around(text, found))


def spotting(*patterns: Pattern) -> Judge:
    """Return the judge that looks for patterns in every paragraph."""
    needed = [(each, frozenset(each.needs)) for each in patterns]

    def find(seen: Seen) -> Iterator[Finding]:
        for para in judged(seen):
            text = masked(seen, para)
            characters = set(text)
            for each, needs in needed:
                if not needs or not needs.isdisjoint(characters):
                    yield from each.found(seen, para, text)

    return Judge(tuple(dict.fromkeys(each.rule for each in patterns)), find)


def judged(seen: Seen) -> list[Para]:
    """Return the paragraphs whose language is judged; lines of contents, which lead to a page, are no sentences."""
    live = [para for para in seen.live() if seen.role(para) not in NOT_JUDGED]
    return [para for para in live if not words.is_of_contents(para.words)]


def around(text: str, found: re.Match[str]) -> str:
    """Return a place with a few characters on both sides."""
    return text[max(0, found.start() - 6) : found.end() + 6].replace(GONE, "")


def masked(seen: Seen, para: Para) -> str:
    """Return a paragraph's words with what other rules judge blanked out: labels, numbers, closing colons."""
    if para.number not in seen.masks:
        seen.masks[para.number] = _masked(seen, para, seen.role(para))
    return seen.masks[para.number]


def _masked(seen: Seen, para: Para, role: Role) -> str:
    text = para.words
    if role is Role.NUMBER:
        end = number_end(para) - (len(para.text) - len(para.text.lstrip()))
        text = _blanked(text, max(0, end))
        return re.sub("签\\s*发\\s*人\\s*[:：]?", lambda found: GONE * len(found[0]), text)
    if role is Role.ADDRESSEE:
        return text[:-1] + GONE
    if role is Role.SIGNER:
        return re.sub("[:：]", GONE, text)
    return _blanked(text, _label_length(seen, para, role))


def _label_length(seen: Seen, para: Para, role: Role) -> int:
    heading = seen.layout.headings.get(para.number)
    found = None
    if heading:
        found = words.LEVELS[heading.level - 1].match(para.words)
    elif role is Role.ANNEX_LIST:
        found = re.match(r"(?:附\s*件\s*[:：]?\s*)?(?:\d{1,2}\s*[.．、,，)）]?)?", para.words)
    elif role is Role.IMPRINT:
        found = words.COPIES.match(para.words)
    elif role is Role.LIST:
        found = words.LIST.match(para.words)
    elif role in (Role.ANNEX_HEAD, Role.NOTE) or (role is Role.SIGNATURE and "代章" in para.words):
        return len(para.words)
    return found.end() if found else 0


def _blanked(text: str, length: int) -> str:
    return GONE * length + text[length:]
