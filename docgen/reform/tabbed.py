"""Lines that tabs part into columns, as a table is that was pasted as words: they become one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from docgen.patterns import late
from docgen.reform import signs
from docgen.reform.draft import BLANK, Block, Cell, Line, Table, cut

_TABS: Final = late("\t+")
_LABELLED: Final = late("[^\t]{1,12}[:：]")
_LEAST: Final = 2
"""Tabs on a line: one alone parts names, or a heading from the number of its page."""


def with_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with two or more such lines of as many columns made a table."""
    found: list[Block] = []
    for columns, group in groupby(blocks, _tabs):
        lines = [*group]
        found += [_table(lines)] if columns and len(lines) > 1 else lines
    return tuple(found)


def _tabs(block: Block) -> int:
    """Return how many tabs part the words of a line, 0 for too few, for lines of docgen's own and tables.

    A line that begins with a label is one of a roster, or of who took part.
    """
    if not isinstance(block, Line) or "\t" not in block.words or _LABELLED.match(block.words):
        return 0
    if block.things or "\n" in block.words or signs.styled(block) is not None:
        return 0
    count = len(_TABS.findall(block.words))
    return count if count >= _LEAST else 0


def _table(lines: Sequence[Block]) -> Table:
    rows = [tuple(_cells(each)) for each in lines if isinstance(each, Line)]
    return Table(tuple(rows), place=next(each.place for each in lines))


def _cells(line: Line) -> Iterator[Cell]:
    start = len(line.text) - len(line.text.lstrip(BLANK))
    end = len(line.text.rstrip(BLANK))
    for parted in (*_TABS.finditer(line.text, start, end), None):
        stop = parted.start() if parted else end
        yield Cell((Line(cut(line.pieces, start, stop), place=line.place),))
        start = parted.end() if parted else end
