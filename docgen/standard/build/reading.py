"""What a .docx lets flow over its pages, read from its XML: how high each line and row is, and what holds together.

It reads the files this package builds, also after a person has edited their words: exact lines, styles of one level.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from lxml import etree

from docgen.dataclass import dataclass
from docgen.standard.build.flowing import MERGED, Flowing, Outline, margins_of, xml_of
from docgen.standard.build.long_tables import MEASURED, SAMPLE, left_out
from docgen.standard.build.looks import Looks, Styles, W, known_looks, overlaid, value, whole
from docgen.standard.measures.lengths import Pt, Twip
from docgen.standard.measures.lines import break_lines, count_lines

_HEAD: Final = b"tblHeader"
_LOOKS, _RUN, _RUN_LOOKS, _SIZE, _WIDTH = f"{W}pPr", f"{W}r", f"{W}rPr", f"{W}sz", f"{W}w"
_MERGE: Final = f"{W}tc/{W}tcPr/{W}vMerge"
_TEXT: Final = f"{W}t"
_MARKS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_GRIDS: Final = frozenset({"lines", "linesAndChars", "snapToChars"})


@dataclass(frozen=True)
class Stretch:
    """Something that flows: lines or rows of certain heights.

    Args:
        heights: The height of each line or row, in twips.
        keep: Whether it stays with what follows.
        new_page: Whether it begins a page.
        head: The height of the rows that are repeated on each page, in twips.
        reaches: How far down the page it reaches at least, in twips from the text area's top (a frame).
        capacity: The height of the pages from here on, in twips, when a section of others begins here.
        even: Whether a section begins here on the next even page.
        node: The element it was read from; None for the beginning of a section.
    """

    heights: tuple[int, ...] = ()
    keep: bool = False
    new_page: bool = False
    head: int = 0
    reaches: int = 0
    capacity: int = 0
    even: bool = False
    node: Any = None


_Merged: TypeAlias = dict[int, list[int]]
"""What merged cells still ask of the rows below, by their place in a row."""
Tables: TypeAlias = dict[Any, Stretch]
"""The tables of a body, by their elements, as they were measured in its styles."""


class Known:
    """What was found to measure in some styles: looks, rows and cells by their XML and room, outlines by themselves."""

    def __init__(self) -> None:
        self.pieces: dict[tuple[Any, ...], Any] = {}
        self.outlines: WeakKeyDictionary[Outline, list[Any]] = WeakKeyDictionary()


def stretches(document: bytes) -> Iterator[Stretch]:
    """Yield what flows over the pages of a .docx, in its order."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        looks = known_looks(package.read("word/styles.xml"))
    yield from stretches_of(body, looks)


def stretches_of(body: Any, styles: Styles, tables: Tables | None = None) -> Iterator[Stretch]:
    """Yield what flows over the pages.

    Args:
        body: The element `w:body`.
        styles: The looks of its styles.
        tables: Those of the body that were measured before, which nobody changes; takes those measured now.
    """
    yield from _Reader(body, styles, tables=tables).read()


def stretches_again(flowing: Flowing, styles: Styles, known: Known) -> Iterator[Stretch]:
    """Yield what flows over the pages of a body that is measured more than once.

    Args:
        flowing: The body.
        styles: The looks of its styles.
        known: What was measured before in the same styles; takes what is measured now.
    """
    reader = _Reader(flowing.outline.body, styles, known, flowing)
    if flowing.outline not in known.outlines:
        known.outlines[flowing.outline] = list(reader.pieces())
    for each in known.outlines[flowing.outline]:
        yield each if isinstance(each, Stretch) else reader.table(each)


class _Reader:
    """A walk through a document's body, section by section."""

    def __init__(
        self,
        body: Any,
        styles: Mapping[str, Looks],
        known: Known | None = None,
        flowing: Flowing | None = None,
        tables: Tables | None = None,
    ) -> None:
        self._body = body
        self._styles = styles
        self._width = 0
        self._top = 0
        self._known = Known().pieces if known is None else known.pieces
        self._flowing = flowing
        self._xml = {} if flowing is None else flowing.xml
        self._tables: Tables = {} if tables is None else tables

    def read(self) -> Iterator[Stretch]:
        """Yield the stretches of all sections."""
        for each in self.pieces():
            if isinstance(each, Stretch):
                yield each
            else:
                if each not in self._tables:
                    self._tables[each] = self.table(each)
                yield self._tables[each]

    def pieces(self) -> Iterator[Any]:
        """Yield the stretches of all sections, the element of a table for what it takes."""
        body = self._body
        sections = [*body.iterfind(f"{W}p/{W}pPr/{W}sectPr"), *body.iterfind(f"{W}sectPr")]
        yield self._begin(sections.pop(0), first=True)
        for child in body:
            if child.tag == f"{W}p":
                yield self._paragraph(child, self._width)
                if child.find(f"{W}pPr/{W}sectPr") is not None:
                    yield self._begin(sections.pop(0))
            elif child.tag == f"{W}tbl":
                yield child

    def lines(self, node: Any) -> list[str]:
        """Return the lines of a paragraph without tabs in the section that has begun."""
        looks = self._looks(node)
        room = Twip(self._width - looks.left - looks.right)
        size, tightening = Pt(looks.size / 2), Twip(looks.tightening)
        return list(break_lines(_text(node), room, room - Twip(looks.first), size, tightening))

    def _begin(self, section: Any, *, first: bool = False) -> Stretch:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        height, width = whole(size, "h"), whole(size, "w")
        self._width = width - whole(margins, "left") - whole(margins, "right")
        self._top = whole(margins, "top")
        kind = section.find(f"{W}type")
        even = kind is not None and kind.get(f"{W}val") == "evenPage"
        capacity = height - self._top - whole(margins, "bottom")
        return Stretch(capacity=_whole_lines(capacity, section), new_page=not first, even=even)

    def _paragraph(self, node: Any, width: int) -> Stretch:
        looks = self._looks(node)
        frame = node.find(f"{W}pPr/{W}framePr")
        if frame is not None:
            return Stretch(reaches=whole(frame, "y") + whole(frame, "h") - self._top)
        count = _line_count(node, looks, width)
        heights = (*(looks.line,) * (count - 1), looks.line + looks.below)
        return Stretch(heights, looks.keep, looks.new_page, node=node)

    def _looks(self, node: Any) -> Looks:
        base = self._own_looks(node.find(_LOOKS))
        sizes, narrowed = _said_by_runs(node)
        percent = narrowed[0] if narrowed else 100
        size = max(sizes, default=base.size)
        same = size == base.size and percent == base.percent
        return base if same else replace(base, size=size, percent=percent)

    def _own_looks(self, own: Any) -> Looks:
        """Return the looks that a style and direct properties give; those that were met before are known."""
        normal = self._styles["Normal"]
        if own is None:
            return normal
        key = ("looks", xml_of(own))
        if key not in self._known:
            self._known[key] = overlaid(self._styles.get(value(own, "pStyle"), normal), own)
        looks: Looks = self._known[key]
        return looks

    def table(self, node: Any) -> Stretch:
        """Return a table; the later rows of a very long one are as high as the first are on average."""
        heads, rows = 0, list[int]()
        known = self._flowing and self._flowing.outline.tables.get(node)
        room, found = known or (margins_of(node), node.findall(f"{W}tr"))
        waiting: _Merged = {}
        for row in found if len(found) <= MEASURED else found[:SAMPLE]:
            rows.append(self._row(row, room, waiting))
            heads += rows[-1] if self._is_head(row) else 0
        rest = len(found) - len(rows) + left_out(node)
        if rest:
            rows += [sum(rows) // len(rows)] * rest
        return Stretch(tuple(rows), head=heads, node=node)

    def _is_head(self, row: Any) -> bool:
        xml = self._xml.get(row)
        return (xml is None or _HEAD in xml) and self._whole(row).find(f"{W}trPr/{W}tblHeader") is not None

    def _row(self, row: Any, room: tuple[dict[str, int], int], merged: _Merged) -> int:
        """Return the height of a row; one that was measured before and shares no cell with others is as high again."""
        margins, border = room
        xml = self._xml.get(row)
        if merged or (row.find(_MERGE) is not None if xml is None else MERGED in xml):
            return self._measured_row(row, room, merged)
        if xml is None:
            return self._measured_row(row, room, None)
        key = (*margins.values(), border, xml)
        if key not in self._known:
            self._known[key] = self._measured_row(self._whole(row), room, None)
        height: int = self._known[key]
        return height

    def _whole(self, row: Any) -> Any:
        return row if self._flowing is None else self._flowing.whole(row)

    def _measured_row(self, row: Any, room: tuple[dict[str, int], int], merged: _Merged | None) -> int:
        """Return the height of a row; `merged` is what cells that began above still ask, None where none is merged."""
        margins, border = room
        least = row.find(f"{W}trPr/{W}trHeight")
        height = 0 if least is None else whole(least, "val")
        for place, cell in enumerate(row.findall(f"{W}tc")):
            content = self._cell(cell, margins) + margins["top"] + margins["bottom"]
            height = max(height, content if merged is None else _own_share(cell, place, content, merged))
        for group in (merged or {}).values():
            group[0] -= height
        return height + border

    def _cell(self, cell: Any, margins: Mapping[str, int]) -> int:
        """Return the height of a cell's text; cells that say the same and look the same are measured once."""
        xml = self._xml.get(cell)
        if xml is None:
            xml = self._xml[cell] = xml_of(cell)
        key = (margins["left"], margins["right"], xml)
        if key not in self._known:
            self._known[key] = self._measured(cell, margins)
        height: int = self._known[key]
        return height

    def _measured(self, cell: Any, margins: Mapping[str, int]) -> int:
        width = whole(cell.find(f"{W}tcPr/{W}tcW"), "w") - margins["left"] - margins["right"]
        return sum(sum(self._paragraph(each, width).heights) for each in cell.findall(f"{W}p"))


def _said_by_runs(node: Any) -> tuple[list[int], list[int]]:
    """Return the sizes and the widths of characters that the runs of a paragraph say for themselves, in order."""
    sizes, widths = list[int](), list[int]()
    for run in node.iterchildren(_RUN):
        for looks in run.iterchildren(_RUN_LOOKS):
            for each in looks.iterchildren(_SIZE, _WIDTH):
                (sizes if each.tag == _SIZE else widths).append(whole(each, "val"))
    return sizes, widths


def _whole_lines(capacity: int, section: Any) -> int:
    """Return the height of a page that can be filled: on a grid of lines what is left over takes nothing at all."""
    grid = section.find(f"{W}docGrid")
    pitch = whole(grid, "linePitch") if grid is not None and grid.get(f"{W}type") in _GRIDS else 0
    return capacity // pitch * pitch if pitch else capacity


def _own_share(cell: Any, place: int, content: int, merged: _Merged) -> int:
    """Return what a cell asks of its row; a merged cell asks in the last row for what the rows above left over."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    if merge is None:
        merged.pop(place, None)
        return content
    if merge.get(f"{W}val") == "restart":
        merged[place] = [content]
        return 0
    last = _is_last_of_group(cell, place)
    return merged.pop(place, [0])[0] if last else 0


def _is_last_of_group(cell: Any, place: int) -> bool:
    following = cell.getparent().getnext()
    below = following.findall(f"{W}tc")[place : place + 1] if following is not None else []
    merge = below[0].find(f"{W}tcPr/{W}vMerge") if below else None
    return merge is None or merge.get(f"{W}val") == "restart"


def lines_of(node: Any, body: Any, styles: Styles) -> list[str]:
    """Return the lines of a paragraph of plain text on the pages of the first section."""
    reader = _Reader(body, styles)
    next(reader.read())
    return reader.lines(node)


def _line_count(node: Any, looks: Looks, width: int) -> int:
    """Return the lines of a paragraph; what stands between breaks has one if there are tabs in it.

    A tab that leads to the hanging indent is none of these.
    """
    text = _text(node)
    room = width - looks.left - looks.right
    first = room - looks.first
    label, tab, after = text.partition("\t")
    parted = bool(tab) and (looks.first >= 0 or "\t" in after)
    words, first = (text, first) if parted else (after, room) if tab else (label, first)
    size, tightening = Pt(looks.size / 2) * (looks.percent / 100), Twip(looks.tightening)
    return sum(
        1
        if "\t" in piece
        else count_lines(piece, Twip(room), Twip(room if place else first), size, tightening)
        for place, piece in enumerate(words.split("\n"))
    )


def _text(node: Any) -> str:
    return "".join(
        (each.text or "") if each.tag == _TEXT else _MARKS[each.tag]
        for each in node.iter(_TEXT, *_MARKS)
        if _is_of(node, each.getparent())
    )


def _is_of(paragraph: Any, run: Any) -> bool:
    """Whether an element is a run of a paragraph, and not of one in a box that hangs on it."""
    if run.tag != _RUN:
        return False
    return run.getparent() is paragraph or next(run.iterancestors(f"{W}p")) is paragraph
