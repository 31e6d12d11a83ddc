"""The numbered headings of a text."""

from __future__ import annotations

from typing import Final

from docgen.lint import words
from docgen.lint.layout import Heading, Layout, Role
from docgen.lint.model import Para

_ITEM_LENGTH: Final = 40


def number_headings(layout: Layout) -> None:
    """Note the numbered headings of the text."""
    for para in layout.of(Role.BODY):
        for level, pattern in enumerate(words.LEVELS, start=1):
            found = pattern.match(para.words)
            if found and words.counted(found["number"]):
                layout.headings[para.number] = _heading(para, level, words.counted(found["number"]))
                break


def _heading(para: Para, level: int, count: int) -> Heading:
    text = para.text.rstrip()
    stop = text.find("。")
    alone = stop < 0 or stop == len(text) - 1
    length = len(text) if stop < 0 else stop + 1
    item = len(text[:length].strip()) > _ITEM_LENGTH or (alone and text[-1] in "。；：:;")
    return Heading(para, level, count, length, alone, item)
