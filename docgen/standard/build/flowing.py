"""A document that is measured in several styles: what it is without its rows, and the rows by their XML.

Without their rows, slips of one day and template are the same text: that is parsed once for all of them, and of the
rows only those are parsed that have not been measured before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.patterns import late
from docgen.standard.build.looks import W, whole

MERGED: Final = b"vMerge"
"""What stands in a row one of whose cells goes on from, or into, another row."""
_ROW_TAG: Final = late(rb"<w:tr(?=[ >])|</w:tr>")
_PLACE: Final = b"<w:tr/>"  # of a row that was taken out
_BODY, _END = b"<w:body>", b"</w:document>"
_DOCUMENTS: Final = 32  # without their rows, that are kept
Room = tuple[dict[str, int], int]
"""The room in a table's cells at each side, and the strength of the rules between rows, in twips."""


class Flowing:
    """What a document is without its rows, and the XML of each row.

    Args:
        content: `word/document.xml`.
    """

    def __init__(self, content: bytes) -> None:
        ranges = list(_rows_in(content))
        self._whole: dict[Any, Any] = {}
        self._opening = content[: content.find(_BODY)]
        self.outline = self._outlined(content, ranges)
        self.rows: Mapping[Any, tuple[int, int]] = dict(zip(self.outline.rows, ranges, strict=True))
        """The rows that stand in no other, with where each begins and ends in the content."""
        self.xml = {row: content[begin:end] for row, (begin, end) in self.rows.items()}

    def whole(self, row: Any) -> Any:
        """Return a row with its cells, which is parsed only when asked for; the same element each time."""
        if not self._apart or row not in self.rows:
            return row
        if row not in self._whole:
            self._whole[row] = etree.fromstring(self._opening + self.xml[row] + _END)[0]
        return self._whole[row]

    def _outlined(self, content: bytes, ranges: list[tuple[int, int]]) -> Outline:
        """Return the document without its rows, or with them where they share cells or cannot be taken out."""
        self._apart = MERGED not in content and _BODY in content and content.endswith(_END)
        if self._apart:
            outline = _known_outline(_without(content, ranges))
            if len(outline.rows) == len(ranges):
                return outline
            self._apart = False
        outline = _outline_of(content)
        if len(outline.rows) != len(ranges):  # written in another way: nothing is known of its bytes
            ranges.clear()
            return Outline(outline.body, outline.tables, ())
        return outline


@dataclass(frozen=True, eq=False)
class Outline:
    """A document's body, its tables with their room and rows, and the rows that stand in no other."""

    body: Any
    tables: Mapping[Any, tuple[Room, list[Any]]]
    rows: tuple[Any, ...]


def _outline_of(content: bytes) -> Outline:
    body: Any = etree.fromstring(content).find(f"{W}body")
    tables = {each: (margins_of(each), each.findall(f"{W}tr")) for each in body.iterchildren(f"{W}tbl")}
    rows = tuple(each for each in body.iter(f"{W}tr") if next(each.iterancestors(f"{W}tr"), None) is None)
    return Outline(body, tables, rows)


_known_outline: Final = lru_cache(maxsize=_DOCUMENTS)(_outline_of)


def _without(content: bytes, ranges: list[tuple[int, int]]) -> bytes:
    """Return a document in which an empty row stands for each."""
    pieces, at = list[bytes](), 0
    for begin, end in ranges:
        pieces += (content[at:begin], _PLACE)
        at = end
    return b"".join((*pieces, content[at:]))


def _rows_in(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where rows begin and end that stand in no other row."""
    depth = begin = 0
    for found in _ROW_TAG.finditer(content):
        if found[0].startswith(b"</"):
            depth -= 1
            if not depth:
                yield begin, found.end()
        else:
            begin = begin if depth else found.start()
            depth += 1


def margins_of(table: Any) -> Room:
    """Return the room in a table's cells."""
    looks = table.find(f"{W}tblPr/{W}tblCellMar")
    sides = ("top", "bottom", "left", "right")
    found = {side: None if looks is None else looks.find(f"{W}{side}") for side in sides}
    rule = table.find(f"{W}tblPr/{W}tblBorders/{W}insideH")
    border = 0 if rule is None else round(whole(rule, "sz") * 20 / 8)
    return {side: 0 if node is None else whole(node, "w") for side, node in found.items()}, border


def xml_of(node: Any) -> bytes:
    """Return an element as it is written."""
    return bytes(etree.tostring(node, with_tail=False))
