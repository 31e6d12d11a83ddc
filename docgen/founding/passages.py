"""A draft as passages: paragraphs and rows of tables in order, each with the headings it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.founding.proposal import Source
from docgen.reform.draft import BLANK, Block, Line, Table
from docgen.reform.labels import label_of

_LONGEST_HEADING: Final = 40
_LONGEST_QUOTE: Final = 500
_LIST_TITLE: Final = re.compile("(?:名单|组成人员|成员名册|花名册)$")
_ENDS: Final = re.compile("(?<=[。；！？])")
_WIDE: Final = re.compile("[\t\u3000]+| {2,}")
_SPREAD: Final = re.compile(r"(?<![一-鿿])([一-鿿])[ \u3000]+([一-鿿])(?=[ \u3000\t]|[（(，,、：:]|$)")
"""Two characters set apart to the width of three, as rosters write short names and roles (王　伟, 组　长)."""


@dataclass(frozen=True)
class Passage:
    """A paragraph, a line of one, or a row of a table.

    Args:
        place: Which paragraph of the draft it is, or stands in, from 1.
        text: Its words; wide spaces and the borders of cells are one tab.
        under: The headings above it, the highest first.
        heading: Whether it is one itself.
        row: Whether it is a row of a table.
    """

    place: int
    text: str
    under: tuple[str, ...] = ()
    heading: bool = False
    row: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return its sentences; parts before semicolons are sentences of their own."""
        return tuple(filter(None, (each.strip() for each in _ENDS.split(self.text))))

    @property
    def section(self) -> str:
        """Return the headings above it as one text."""
        return " ".join(self.under)

    def source(self, words: str = "", remark: str = "", about: str = "") -> Source:
        """Return it as the source of a value.

        Args:
            words: the sentence of it that is meant; empty for all.
            remark: what was concluded.
            about: the words around which a sentence is quoted that is too long to be quoted whole.
        """
        return Source(self.place, " ".join(_quoted(words or self.text, about).split("\t")), remark)


def _quoted(words: str, about: str) -> str:
    """Return a sentence, or of one that is too long the part around some words: a list of 3,000 units is one."""
    if len(words) <= _LONGEST_QUOTE:
        return words
    first = max(0, words.find(about) - _LONGEST_QUOTE // 2)
    last = first + _LONGEST_QUOTE
    return f"{'……' if first else ''}{words[first:last]}{'……' if last < len(words) else ''}"


def passages_of(blocks: Sequence[Block]) -> list[Passage]:
    """Return the passages of a draft."""
    above: list[tuple[int, str]] = []
    found: list[Passage] = []
    for place, text, row in _texts(blocks):
        level = None if row else _level(text)
        if level is None:
            found.append(Passage(place, text, tuple(each for _, each in above), row=row))
            continue
        above = [(rank, each) for rank, each in above if rank < level]
        found.append(Passage(place, text, tuple(each for _, each in above), heading=True))
        above.append((level, text))
    return found


def _level(text: str) -> int | None:
    """Return which level of heading a text is, 0 for the title of a list; None for none."""
    label = label_of(text)
    words = text[len(label.typed) :] if label else text
    if _LIST_TITLE.search(words) and len(words) <= _LONGEST_HEADING and not re.search("[，。；：]", words):
        return label.level if label else 0
    if label is None:
        return None
    whole = len(words) <= _LONGEST_HEADING and not re.search("[。；，]$|[。；\t]|[：:].", words)
    return label.level if whole else None


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[int, str, bool]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [_close(cell.words.replace("\n", "")) for cell in row if cell.merge != "continue"]
                if any(cells):
                    yield block.place, "\t".join(cells), True
        elif isinstance(block, Line):
            for line in block.text.split("\n"):
                if text := _close(line):
                    yield block.place, text, False


def _close(text: str) -> str:
    """Return a text with names that were set apart closed, and every other wide space as a tab."""
    text = text.strip(BLANK)
    text = _SPREAD.sub(r"\1\2", text)
    return _WIDE.sub("\t", text)
