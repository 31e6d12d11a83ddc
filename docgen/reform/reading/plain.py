"""Plain text as a draft: lines broken by hand joined again, tables of tabs or strokes, numbers of pages left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from docgen.lint.recognition.words import COPIES
from docgen.reform.draft import BLANK, Block, Cell, Draft, Line, Looks, Table, line_of
from docgen.reform.labels import begins_item
from docgen.reform.reading.decoding import PAGE, decoded, refuse_many
from docgen.standard.measures.widths import ems

_ENDS: Final = frozenset("。！？：；…!?:;”』》）)")
_LEAST_WRAPPED: Final = 22.0
_SLACK: Final = 3.0
_MOST_SHORT: Final = 0.25
_PIPES: Final = re.compile(r"^\s*[|｜│┃║].*[|｜│┃║]\s*$|^\s*[┌┏╔├┣╠└┗╚][─━═┬┳╦┼╋╬┴┻╩┐┓╗┤┫╣┘┛╝\s]+$")
_RULED: Final = re.compile(r"^[\s|｜:：+\-—─━═│┃║┌┏╔├┣╠└┗╚┬┳╦┼╋╬┴┻╩┐┓╗┤┫╣┘┛╝]+$")
_STROKES: Final = str.maketrans("｜│┃║", "||||")
_HALF_ROOM: Final = {"\u3000": 2, "\t": 4}
_FEW_BROKEN: Final = 2
_STROKE: Final = "[-—–－─]{1,2}"
_PAGE_NUMBER: Final = re.compile(
    rf"{_STROKE}\s*\d{{1,3}}\s*{_STROKE}|第\s*\d{{1,3}}\s*页(?:[\s，,/]*共\s*\d{{1,3}}\s*页)?"
)
"""The number of a page, which stands among the lines that are copied out of a PDF."""


def read_plain(data: bytes, path: str) -> Draft:
    """Return the draft in a text.

    Args:
        data: Its bytes: UTF-8, UTF-16 with its mark, or GB 18030.
        path: What messages call it.

    Raises:
        DraftFault: its encoding cannot be told, or it is too long.
    """
    found = decoded(data, path)
    lines = found.text.split("\n")
    pages = [each for each in lines if _is_page_number(each)]
    blocks = blocks_of([each for each in lines if not _is_page_number(each)], path)
    first = f"“{pages[0].strip(BLANK + PAGE)}”" if pages else ""
    aside = (f"页码{first}" if len(pages) == 1 else f"页码{len(pages)}处（{first}等）",) if pages else ()
    return Draft(path, _within(blocks, path), aside=aside, dropped=found.dropped)


def _is_page_number(line: str) -> bool:
    return _PAGE_NUMBER.fullmatch(line.strip(BLANK + PAGE)) is not None


def _within(blocks: Iterator[Block], path: str) -> tuple[Block, ...]:
    found = tuple(blocks)
    refuse_many(sum(not isinstance(each, Line) or not each.blank for each in found), path)
    return found


def blocks_of(lines: Sequence[str], path: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of lines; a blank line stays one, for it parts what stands around it."""
    place = 0
    for tabular, group in groupby(enumerate(lines), key=lambda each: _tabular(lines, each[0])):
        texts = [text for _, text in group]
        if tabular:
            yield table_of([_cells(text) for text in texts if not _RULED.match(text)], place + 1, path)
            place += 1
            continue
        for text in unwrapped(texts):
            place += 1
            yield typed(text, place)


def typed(text: str, place: int) -> Line:
    """Return a typed line; the white space before it says how far it is from the edge."""
    lead = text[: len(text) - len(text.lstrip(BLANK + PAGE))]
    room = sum(_HALF_ROOM.get(each, 1) for each in lead if each != PAGE)
    return line_of(text.strip(BLANK + PAGE), Looks(indent=room / 2, new_page=PAGE in lead), place)


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return lines with those joined that an editor broke at its margin: nearly all of one width.

    Headings and names, of less than half the width, speak neither for that nor against it; the 版记 is set smaller.
    """
    widest = max((ems(line.strip(BLANK)) for line in lines if not _is_small(line)), default=0.0)
    going_on = [line for line, after in pairwise(lines) if _goes_on(line, after) and not _is_small(line)]
    broken = [ems(line.strip(BLANK)) for line in going_on]
    full = [each for each in broken if each >= widest - _SLACK]
    short = [each for each in broken if widest / 2 <= each < widest - _SLACK]
    certain = len(full) >= _FEW_BROKEN or len(full) == len(broken) > 0
    if widest < _LEAST_WRAPPED or not certain or len(short) > (len(full) + len(short)) * _MOST_SHORT:
        return list(lines)
    found = [*lines[:1]]
    for above, line in pairwise(lines):
        if ems(above.strip(BLANK)) >= widest - _SLACK and _goes_on(above, line):
            found[-1] = together(found[-1], line)
        else:
            found.append(line)
    return found


def _is_small(line: str) -> bool:
    """Whether a line is of the 版记, in 4号, so that more characters stand on it."""
    bare = line.strip(BLANK)
    return COPIES.match(bare) is not None or bare.endswith("印发")


def together(first: str, second: str) -> str:
    """Return two lines as one; between Latin words a space parts them."""
    first, second = first.rstrip(BLANK), second.strip(BLANK + PAGE)
    latin = first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() and second[:1].isalnum()
    return f"{first} {second}" if latin else first + second


def _goes_on(line: str, after: str) -> bool:
    """Whether a line's sentence goes on in the next one."""
    words = line.strip(BLANK)
    following = after.strip(BLANK)
    indented = after[:1] in BLANK if after else True
    return (
        bool(words) and bool(following) and words[-1] not in _ENDS and not indented and not begins_item(after)
    )


def _tabular(lines: Sequence[str], place: int) -> bool:
    """Whether a line is a row of a table: between strokes, or with as many tabs as a line beside it."""
    line = lines[place]
    if _PIPES.match(line):
        return True
    columns = _tabs(line)
    beside = [lines[at] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    return (
        columns > 0 and any(_tabs(each) == columns for each in beside) and (columns > 1 or not _dated(line))
    )


def _tabs(line: str) -> int:
    return len(re.findall(r"\t+", line.strip(BLANK)))


def _dated(line: str) -> bool:
    return "年" in line and "月" in line


def _cells(line: str) -> list[str]:
    line = line.lstrip(PAGE)
    if _PIPES.match(line):
        return [each.strip(BLANK) for each in line.strip().translate(_STROKES).strip("|").split("|")]
    return [each.strip(BLANK) for each in re.split(r"\t+", line.strip(BLANK))]


def table_of(rows: Sequence[Sequence[str]], place: int, path: str) -> Table:
    """Return a table of words; rows too short are filled up. Raises TooMuchText."""
    most = max(map(len, rows), default=0)
    refuse_many(most * len(rows), path)
    cells = (tuple(Cell((line_of(words),)) for words in (*row, *[""] * (most - len(row)))) for row in rows)
    return Table(tuple(cells), 1, (), (), place)
