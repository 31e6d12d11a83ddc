"""The text of a document from plain words: its levels recognised and set (7.3.3).

一、 is set in 黑体, （一） in 楷体, 1. and （1） as the text is. A heading stands alone on its line or runs into the
paragraph: then its part reaches to the first 。 and the rest is text.
"""

from __future__ import annotations

import re
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.blocks import Block
from docgen.standard.build.elements import Element
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.runs import runs
from docgen.standard.build.styles import run_style
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lines import count_lines

LONGEST_KEPT: Final = page.LINES // 2
_HANZI: Final = "[一二三四五六七八九十百]+"


@dataclass(frozen=True)
class Level:
    """A level of headings: how it begins, the style it has alone on a line, the face of a heading run into a text."""

    begins: re.Pattern[str]
    alone: Element
    face: Face | None


LEVELS: Final = (
    Level(re.compile(f"{_HANZI}、"), elements.HEADING_1, Face.LABEL),
    Level(re.compile(f"（{_HANZI}）"), elements.HEADING_2, Face.NAME),
    Level(re.compile(r"\d{1,3}[.．](?!\d)"), elements.HEADING_3, None),
    Level(re.compile(r"（\d{1,3}）"), elements.HEADING_4, None),
)


def body(text: str, *, keep_last: bool = True) -> Block:
    """Return the paragraphs of a text: one for each line that is not empty, indented 2 zi, headings set by level.

    Args:
        text: Plain words; lines are parted by line feeds, white space around a line is dropped.
        keep_last: Whether the last paragraph is held on the page of what follows, as before a signature; one of more
            than half a page is not, for LibreOffice takes such a paragraph to the next page whole.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    held = keep_last and bool(lines) and count_lines(lines[-1], page.TEXT_WIDTH) <= LONGEST_KEPT
    kept = len(lines) if held else 0
    return Block("".join(_paragraph(line, keep=place == kept) for place, line in enumerate(lines, 1)))


def level_of(line: str) -> Level | None:
    """Return the level that a line begins with, None for plain text."""
    return next((level for level in LEVELS if level.begins.match(line)), None)


def _paragraph(line: str, *, keep: bool) -> str:
    layout = (w("keepNext"),) if keep else ()
    level = level_of(line)
    if level is not None and stands_alone(line):
        return paragraph(level.alone.id, runs(line), layout=layout)
    heading, text = parted(line) if level is not None and level.face else ("", line)
    return paragraph(elements.BODY.id, _headed(heading, level), runs(text), layout=layout)


def stands_alone(line: str) -> bool:
    """Whether a line is a heading only: it has no sentence's end."""
    return not re.search("[。；！？]|：$", line)


def parted(line: str) -> tuple[str, str]:
    """Return the heading of a line, to its first 。, and the rest; no heading if the line is one item of a list."""
    heading, stop, text = line.partition("。")
    return (heading + stop, text) if stop else ("", line)


def _headed(heading: str, level: Level | None) -> str:
    if not heading or level is None or level.face is None:
        return ""
    return run(heading, w("rStyle", val=run_style(level.face)), w("rFonts", hint="eastAsia"))
