"""A roster: labels spread to equal width, names three wide, long posts turned over beneath (组　长：王　某　县长)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.elements import BODY
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import indents, run_style
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import NONE

_WIDE: Final = "\u3000"
_NAME: Final = 3
VACANT: Final = "（待定）"


def roster(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], closing: Sequence[str] = ()) -> Block:
    """Return the paragraphs of a roster.

    Args:
        groups: Each label with its people: name, empty where nobody holds the seat, and post with its unit.
        closing: Lines below, as where the office is.
    """
    widest = max((len(label) for label, _ in groups), default=0)
    lines = (line for label, people in groups for line in _group(label, people, widest))
    return Block("".join(lines) + "".join(paragraph(BODY.id, run(each)) for each in closing))


def spread(word: str, width: int) -> str:
    """Return a word filled up with wide spaces between its characters, as far as they part it evenly."""
    gaps = len(word) - 1
    if gaps < 1 or len(word) >= width or (width - len(word)) % gaps:
        return word
    return (_WIDE * ((width - len(word)) // gaps)).join(word)


def _group(label: str, people: Sequence[tuple[str, str]], widest: int) -> Iterator[str]:
    for place, (name, post) in enumerate(people):
        yield _line("" if place else label, spread(name, _NAME) if name else VACANT, post, widest)


def _line(label: str, name: str, post: str, widest: int) -> str:
    """Return a person's line; what turns over stands under the post."""
    label_width, name_width = widest + 1, max(_NAME, len(name)) + 1
    hanging = label_width * bool(label) + name_width
    room = page.ZI * 2 + page.ZI * (label_width + name_width)
    layout = (w("jc", val="left"), indents(room, NONE, page.ZI * -hanging))
    head = _label(label, widest) if label else ""
    return paragraph(BODY.id, head, run(f"{name}{_WIDE}{post}"), layout=layout)


def _label(label: str, widest: int) -> str:
    """Return the label as wide as the widest: with wide spaces, or its characters apart where those do not part it."""
    face = (w("rStyle", val=run_style(Face.LABEL)), w("rFonts", hint="eastAsia"))
    spaced = spread(label, widest)
    if len(spaced) == widest or len(label) == 1:
        return run(f"{spaced}{_WIDE * (widest - len(spaced))}：", *face)
    apart = (page.ZI * ((widest - len(label)) / (len(label) - 1))).twips + page.TIGHTENING.twips
    return run(label[:-1], *face, w("spacing", val=apart)) + run(f"{label[-1]}：", *face)
