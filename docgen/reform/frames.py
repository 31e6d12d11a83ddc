"""Tables that are no tables: typists draw a head or a 版记 in one, to have its lines or its two sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.reform import signs
from docgen.reform.draft import Block, Line, Table

_FEW: Final = 12
_NEAR: Final = 4
_MOST_NAMES: Final = 6
_MARK_SIZE: Final = 20


def opened(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with those tables opened that hold nothing but a head's or a 版记's lines.

    A table about the document above it, as pages of the net have, is left out.
    """
    published = about(blocks)
    blocks = [each for each in blocks if each is not published] if published else blocks
    found: list[Block] = []
    last = max(
        (at for at, each in enumerate(blocks) if isinstance(each, Table) or not each.blank), default=-1
    )
    before = 0
    for place, block in enumerate(blocks):
        before += isinstance(block, Line) and not block.blank
        lines = _lines_within(block) if isinstance(block, Table) else []
        if isinstance(block, Table) and _is_page(block, lines, before, alone=place == last and not before):
            found += opened(block.rows[0][0].blocks)
        elif lines and (
            _is_head(lines, before)
            or (place == last and _is_imprint(lines))
            or (before and _is_closing(lines, blocks[place + 1 :]))
        ):
            found += lines
        else:
            found.append(block)
    return found


def about(blocks: Sequence[Block]) -> Table | None:
    """Return the table above all words with which the net publishes documents (索引号, 主题分类 …); None for none."""
    first = next((each for each in blocks if isinstance(each, Table) or not each.blank), None)
    if not isinstance(first, Table) or not first.rows or not first.rows[0]:
        return None
    return first if "".join(first.rows[0][0].words.split()).rstrip("：:") == "索引号" else None


def _lines_within(table: Table) -> list[Line]:
    return [
        each
        for row in table.rows
        for cell in row
        for each in cell.blocks
        if isinstance(each, Line) and not each.blank
    ]


def _is_head(lines: Sequence[Line], before: int) -> bool:
    if before > _NEAR or len(lines) > _FEW:
        return False
    marked = any(
        signs.styled(each) is Role.MARK or (each.looks.red and each.looks.size >= _MARK_SIZE)
        for each in lines
    )
    labelled = all(words.CERTAIN_LABEL.match(signs.folded(each.text)) for each in lines)
    return marked or labelled or any(signs.is_number(each) for each in lines[:3])


def _is_page(table: Table, lines: Sequence[Line], before: int, *, alone: bool) -> bool:
    """Whether a table is one cell around a title, or around all that the draft says."""
    if len(table.rows) != 1 or len(table.rows[0]) != 1:
        return False
    titled = len(lines) <= _NEAR and all(signs.looks_titled(each) or signs.is_number(each) for each in lines)
    return alone or (before <= _NEAR and bool(lines) and titled)


def _is_closing(lines: Sequence[Line], below: Sequence[Block]) -> bool:
    """Whether lines are the names and the date below a text, as somebody laid them out in cells, the date or not."""
    after = next((each for each in below if not isinstance(each, Line) or not each.blank), None)
    if not signs.is_date(lines[-1]) and isinstance(after, Line):
        lines = [*lines, after]
    if not 1 < len(lines) <= _MOST_NAMES or not signs.is_date(lines[-1]):
        return False
    return all(signs.is_organ(each.words) for each in lines[:-1])


def _is_imprint(lines: Sequence[Line]) -> bool:
    return any(signs.is_imprint(each) for each in lines) and len(lines) <= _FEW
