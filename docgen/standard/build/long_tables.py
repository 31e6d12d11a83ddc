"""Very long tables while a document is looked at: their later rows are left out, neither parsed nor measured.

How many pages they take is judged by their first rows: over so many pages an estimate to the page is chance. What is
left out stands in its place as an instruction with the number of rows (`<?rows 1200?>`), and is put back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from docgen.patterns import late

MEASURED: Final = 500
"""Rows of a table that are measured one by one."""
SAMPLE: Final = 60
"""Of a table with more rows so many are measured, and stand for all."""
_TARGET: Final = "rows"
_MARK: Final = b"<?rows "
_OPENING, _CLOSING, _ROW = b"<w:tbl>", b"</w:tbl>", b"</w:tr>"
_LEAST: Final = MEASURED * len("<w:tr><w:tc><w:p/></w:tc></w:tr>")  # bytes of a very long table
_LEFT_OUT: Final = late(rb"<\?rows \d+\?>")


def shortened(content: bytes) -> tuple[bytes, list[bytes]]:
    """Return `word/document.xml` without the later rows of its very long tables, and these rows, table by table."""
    kept, rows, at = list[bytes](), list[bytes](), 0
    for first, last, count in _later_rows(content) if _MARK not in content else ():
        rows.append(content[first:last])
        kept += (content[at:first], b"%b%d?>" % (_MARK, count))
        at = last
    return (b"".join((*kept, content[at:])), rows) if rows else (content, rows)


def whole(content: bytes, rows: list[bytes]) -> bytes:
    """Return a document with the rows that were left out of it."""
    waiting = iter(rows)
    return _LEFT_OUT.sub(lambda _: next(waiting), content) if rows else content


def left_out(table: Any) -> int:
    """Return how many rows were left out of the element of a table."""
    found = table.iterchildren(etree.ProcessingInstruction)
    return sum(int(each.text) for each in found if each.target == _TARGET)


def _later_rows(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where the later rows of very long tables begin and end, and how many; one in which others lie is whole."""
    begin = content.find(_OPENING)
    while begin >= 0:
        end = content.find(_CLOSING, begin)
        following = content.find(_OPENING, begin + 1)
        is_short = end - begin < _LEAST
        count = 0 if is_short or 0 <= following < end else content.count(_ROW, begin, end)
        if count > MEASURED:
            first = begin
            for _ in range(SAMPLE):
                first = content.index(_ROW, first) + len(_ROW)
            yield first, content.rindex(_ROW, begin, end) + len(_ROW), count - SAMPLE
        begin = following
