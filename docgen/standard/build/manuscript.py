"""A text that a document issues (印发), on a new page without 附件 mark: its title, levels, tables and own annexes.

What the text says is kept: `set_text` is checked by `words_of` what it made, so that no word can be lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import takewhile
from typing import Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.standard.build.blocks import Block
from docgen.standard.build.columns import fit
from docgen.standard.build.elements import ANNEX_LABEL, ANNEX_TITLE, BLANK, CELL, CELL_HEAD, TABLE_GAP, Align
from docgen.standard.build.levels import body
from docgen.standard.build.ooxml import paragraph, properties, w
from docgen.standard.build.runs import runs
from docgen.standard.build.table import cell_of, even, table_looks
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.wording.titles import break_title

ANNEX: Final = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?")
_SAID: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(noBreakHyphen)/>")
_SHORT: Final = 10
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its lines, how many columns it spans, `restart` or `continue` where rows are merged."""

    lines: tuple[str, ...]
    span: int = 1
    merge: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a text: its rows of cells; the first is its head."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> int:
        """Return how many columns it has."""
        return max(sum(cell.span for cell in row) for row in self.rows)

    @property
    def words(self) -> str:
        """Return what its cells say, row by row."""
        return "".join(line for row in self.rows for cell in row for line in cell.lines)


Passage: TypeAlias = str | Grid
"""A paragraph, or a table."""


@dataclass(frozen=True)
class Manuscript:
    """A text of an office: its title on one line, its paragraphs and tables in order.

    As a document of its own it has parts besides, all of them among its passages:

    Args:
        title, passages: the text.
        to: its addressees, as it lists them; empty for none.
        said: what stands neither in the other parts nor in annexes.
        listed: the titles in its list of annexes.
        note: its 附注; empty for none.
        attached: its annexes.
        notes: what somebody must know of how it was taken out of its file, in sentences without a stop.
    """

    title: str
    passages: tuple[Passage, ...]
    to: str = ""
    said: tuple[Passage, ...] = ()
    listed: tuple[str, ...] = ()
    note: str = ""
    attached: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return all it says, without white space."""
        said = (each if isinstance(each, str) else each.words for each in self.passages)
        return "".join("".join((self.title, *said)).split())

    @property
    def annexes(self) -> tuple[str, ...]:
        """Return the titles of the annexes within it."""
        return tuple(
            str(title)
            for head, title in zip(self.passages, self.passages[1:], strict=False)
            if is_annex(head) and isinstance(title, str)
        )

    def annex(self, word: str) -> str:
        """Return what the first annex whose title has a word says, and what follows it; empty for none."""
        titled = (each for each in self.annexes if word in each)
        title = next(titled, None)
        if title is None:
            return ""
        said = [each if isinstance(each, str) else each.words for each in self.passages]
        return "\n".join(said[said.index(title) :])

    @property
    def main(self) -> str:
        """Return what it says before its first annex."""
        ahead = takewhile(lambda each: not is_annex(each), self.passages)
        return "\n".join(each if isinstance(each, str) else each.words for each in ahead)


def is_annex(passage: Passage) -> bool:
    """Whether a paragraph is the mark of an annex and nothing else."""
    return isinstance(passage, str) and ANNEX.fullmatch(passage) is not None


def set_text(text: Manuscript) -> Block:
    """Return a text from a new page on."""
    return Block(title_lines(text.title, new_page=True) + "".join(_passages(text.passages)))


def set_passages(passages: Sequence[Passage]) -> Block:
    """Return paragraphs and tables as they follow each other; annexes among them on new pages."""
    return Block("".join(_passages(passages)))


def annex_head(label: str, title: str) -> str:
    """Return the head of an annex within a text: a new page, its mark on line 1, its title from line 3."""
    return paragraph(ANNEX_LABEL.id, runs(label)) + paragraph(BLANK.id) + title_lines(title)


def title_lines(title: str, *, new_page: bool = False) -> str:
    """Return the lines of a title and a blank line below them."""
    first = (w("pageBreakBefore"),) if new_page else ()
    lines = (
        paragraph(ANNEX_TITLE.id, runs(line), layout=() if place else first)
        for place, line in enumerate(break_title(title))
    )
    return "".join(lines) + paragraph(BLANK.id)


def words_of(block: str) -> str:
    """Return what paragraphs and tables say, without white space."""
    said = (unescape(found[1]) if found[1] else "-" * bool(found[2]) for found in _SAID.finditer(block))
    return "".join("".join(said).split())


def _passages(passages: Sequence[Passage]) -> Iterator[str]:
    waiting = list(passages)[::-1]
    while waiting:
        passage = waiting.pop()
        if isinstance(passage, Grid):
            yield _table(passage)
        elif is_annex(passage):
            titled = waiting and isinstance(waiting[-1], str) and len(waiting[-1]) <= _LONGEST_TITLE
            title = waiting.pop() if titled else ""
            yield annex_head(passage, title) if isinstance(title, str) and title else annex_head(passage, "")
        else:
            yield body(passage, keep_last=False)


def _table(grid: Grid) -> str:
    widths = _widths(grid)
    looks = table_looks(page.TEXT_WIDTH)
    columns = w("tblGrid", *(w("gridCol", w=each.twips) for each in widths))
    rows = (_row(row, widths, head=not place) for place, row in enumerate(grid.rows))
    return paragraph(TABLE_GAP.id) + w("tbl", looks, columns, *rows) + paragraph(TABLE_GAP.id)


def _widths(grid: Grid) -> tuple[Length, ...]:
    """Return the widths of columns that fit what rows of single cells say; even ones where there are none."""
    whole = [row for row in grid.rows if len(row) == grid.columns]
    if not whole:
        return even(grid.columns, page.TEXT_WIDTH)
    heads, *data = [["\n".join(cell.lines) for cell in row] for row in whole]
    return fit(heads, data)


def _row(row: Sequence[Cell], widths: Sequence[Length], *, head: bool) -> str:
    element = CELL_HEAD if head else CELL
    cells, at = [], 0
    for cell in row:
        width = sum(widths[at : at + cell.span], widths[0] * 0)
        at += cell.span
        short = head or all(len(line) <= _SHORT for line in cell.lines)
        layout = (w("jc", val=(Align.CENTER if short else Align.LEFT).value),)
        lines = "".join(paragraph(element.id, runs(line), layout=layout) for line in cell.lines or ("",))
        cells.append(cell_of(width, lines, *_merged(cell)))
    return w("tr", properties("trPr", w("cantSplit"), *((w("tblHeader"),) if head else ())), *cells)


def _merged(cell: Cell) -> tuple[str, ...]:
    span = (w("gridSpan", val=cell.span),) if cell.span > 1 else ()
    if not cell.merge:
        return span
    return *span, (w("vMerge", val="restart") if cell.merge == "restart" else w("vMerge"))
