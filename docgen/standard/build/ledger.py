"""Ledgers (登记簿): columns declared once, rows of plain values, and the ledger as a .docx of pages that lie across.

The same declaration makes the workbook (`sheets/writing/ledger.py`). On paper a digest is cut to what a person
compares, the head says so; the workbook has all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import grouped
from docgen.standard.build import elements, paper
from docgen.standard.build.elements import Align
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.runs import runs
from docgen.standard.build.table import SIDE_MARGIN, UPRIGHT_MARGIN, cell_of, table_looks
from docgen.standard.measures.fonts import Faces
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.standard.measures.lines import count_lines
from docgen.standard.measures.widths import BOUNDARY

Value = str | int | date | None

CELL: Final = replace(
    elements.CELL, id="LedgerCell", name="登记簿文字", clause="none", size=Pt(9), line=Pt(12)
)
HEAD: Final = replace(
    elements.CELL_HEAD, id="LedgerHead", name="登记簿表头", clause="none", size=Pt(9), line=Pt(12)
)
NOTE: Final = replace(CELL, id="LedgerNote", name="登记簿说明", size=Pt(10.5), line=Pt(18))
_VOID_SHADE: Final = "EDEDED"
_PRINTED_DIGITS: Final = 16
_STRUCK: Final = (w("rFonts", hint="eastAsia"), w("strike"))
_WIDEST: Final = CELL.size * (1 + BOUNDARY)
"""What a character takes at most, with the room beside it."""
_PLACE: Final = "\0"
"""Where the content stands in what is kept of an element."""


class Kind(StrEnum):
    """What a column holds, which decides how a cell stands and reads."""

    TEXT = "text"
    WORD = "word"
    COUNT = "count"
    DATE = "date"
    DIGEST = "digest"

    @property
    def align(self) -> Align:
        """Return how cells stand: texts at the left, all else in the middle."""
        return Align.LEFT if self is Kind.TEXT else Align.CENTER


@dataclass(frozen=True)
class LedgerColumn:
    """A column.

    Args:
        head: Its head; a line feed begins a line.
        width: Its width on paper.
        kind: What it holds.
        struck: Whether a void row has it struck through.
        below: Whether on paper it stands in the column before it, in the line below.
        printed: Its head on paper where that is another.
    """

    head: str
    width: Length
    kind: Kind = Kind.TEXT
    struck: bool = False
    below: bool = False
    printed: str = ""


@dataclass(frozen=True)
class LedgerRow:
    """The values of a row, one for each column; a void one stays in its place, shaded and struck through."""

    values: tuple[Value, ...]
    void: bool = False


@dataclass(frozen=True)
class Ledger:
    """A ledger.

    Args:
        title: Its title, one line.
        above: What stands over the table at the left and at the right.
        columns: The columns, together at most 265 mm wide on paper.
        rows: The rows.
        below: Lines under the table.
        foot: What each page says at its foot, one line of at most 100 characters.
        empty: What the table says when it has no rows.

    Raises:
        ValueError: if the columns are wider than the page, or a row has more or fewer values than columns.
    """

    title: str
    above: tuple[str, str]
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    below: tuple[str, ...] = ()
    foot: str = ""
    empty: str = "没有登记"

    def __post_init__(self) -> None:
        if self.width > paper.ACROSS_WIDTH:
            raise ValueError(f"columns of {self.width.mm} mm on a page of {paper.ACROSS_WIDTH.mm} mm")
        if any(len(row.values) != len(self.columns) for row in self.rows):
            raise ValueError(f"rows that have not {len(self.columns)} values")

    @property
    def width(self) -> Length:
        """Return the table's width on paper."""
        return sum((column.width for column in self.columns if not column.below), NONE)


def ledger_docx(ledger: Ledger, faces: Faces) -> bytes:
    """Return a ledger as a .docx; the head is repeated on each page, and nothing is cut."""
    body = _head(ledger) + _table(ledger) + "".join(_notes(ledger.below)) + paper.end()
    return paper.across(body, legible(ledger.title), legible(ledger.foot), faces, (CELL, HEAD, NOTE))


def _head(ledger: Ledger) -> str:
    left, right = map(legible, ledger.above)
    stop = w("tabs", w("tab", val="right", pos=paper.ACROSS_WIDTH.twips))
    above = paragraph(NOTE.id, run(f"{left}\t{right}"), layout=(stop, w("keepNext"), _spaced(after=Pt(3))))
    return paragraph(elements.FORM_TITLE.id, run(legible(ledger.title))) + above


def _table(ledger: Ledger) -> str:
    groups = _groups(ledger.columns)
    widths = [ledger.columns[group[0]].width for group in groups]
    grid = w("tblGrid", *(w("gridCol", w=each.twips) for each in widths))
    last = len(ledger.rows) - 1 if ledger.below else -1  # what stands below is never alone on a page
    rows = [
        _row(ledger.columns, groups, row, held=place == last) for place, row in enumerate(ledger.rows)
    ] or [_empty(ledger, len(groups))]
    return w("tbl", table_looks(ledger.width), grid, _heads(ledger.columns, groups), *rows)


def _groups(columns: Sequence[LedgerColumn]) -> list[list[int]]:
    """Return the places of the columns that share a column on paper."""
    groups: list[list[int]] = []
    for place, column in enumerate(columns):
        if column.below and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _heads(columns: Sequence[LedgerColumn], groups: Iterable[Sequence[int]]) -> str:
    cells = (
        cell_of(
            columns[group[0]].width,
            "".join(
                paragraph(HEAD.id, run(line))
                for place in group
                for line in (columns[place].printed or columns[place].head).split("\n")
            ),
        )
        for group in groups
    )
    return w("tr", properties("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(
    columns: Sequence[LedgerColumn], groups: Sequence[Sequence[int]], row: LedgerRow, *, held: bool
) -> str:
    """Return a row; one that is held stays on the page of what follows the table."""
    cells = [_Cell(columns[group[0]].width, tuple(_lines(columns, group, row))) for group in groups]
    # A row taller than half a page may go over to the next: one that may not and is taller than a page is cut.
    whole = all(cell.is_low or cell.height * 2 <= paper.ACROSS_HEIGHT for cell in cells)
    looks = properties("trPr", w("cantSplit")) if whole else ""
    return w("tr", looks, *(cell.xml(row.void, held and whole) for cell in cells))


@dataclass(frozen=True)
class _Line:
    """A line of a cell."""

    text: str
    align: Align
    struck: bool


_NOTHING: Final = (_Line("", Align.LEFT, struck=False),)


@dataclass(frozen=True)
class _Cell:
    """A cell on paper."""

    width: Length
    lines: tuple[_Line, ...]

    @property
    def is_low(self) -> bool:
        """Whether it is surely no higher than half a page, which is plain of most without counting their lines."""
        return len(self.lines) <= 1 and all(len(line.text) <= _short(self.width) for line in self.lines)

    @property
    def height(self) -> Length:
        room = self.width - SIDE_MARGIN * 2
        count = sum(_count(line.text, room) for line in self.lines)
        return CELL.line * count + UPRIGHT_MARGIN * 2

    def xml(self, void: bool, held: bool) -> str:
        start, end = _cell(self.width, void)
        return f"{start}{''.join([_paragraph(each, held) for each in self.lines or _NOTHING])}{end}"


@lru_cache(maxsize=64)
def _short(width: Length) -> int:
    """Return how many characters surely take at most half a page in a cell, for two lines hold more than one's room."""
    lines = (paper.ACROSS_HEIGHT // 2 - UPRIGHT_MARGIN * 2) // CELL.line
    return (lines - 1) // 2 * (width - SIDE_MARGIN * 2) // _WIDEST


def _count(text: str, room: Length) -> int:
    """Return how many lines a text takes; most take one, which is plain without looking at each character."""
    return 1 if len(text) * _WIDEST <= room else count_lines(text, room, None, CELL.size, NONE)


@lru_cache(maxsize=64)
def _cell(width: Length, void: bool) -> tuple[str, str]:
    """Return what stands before and after the paragraphs of a cell: a long ledger has few kinds of them."""
    shade = (w("shd", val="clear", color="auto", fill=_VOID_SHADE),) if void else ()
    start, _, end = cell_of(width, _PLACE, *shade).partition(_PLACE)
    return start, end


def _paragraph(line: _Line, held: bool) -> str:
    looks = _STRUCK if line.struck else ()
    start, end = _around(line.align, held)
    return f"{start}{runs(line.text, *looks)}{end}"


@lru_cache(maxsize=2 * len(Align))
def _around(align: Align, held: bool) -> tuple[str, str]:
    """Return what stands before and after the runs of a paragraph."""
    aligned = () if align is Align.LEFT else (w("jc", val=align.value),)
    layout = (*((w("keepNext"),) if held else ()), *aligned)
    start, _, end = paragraph(CELL.id, _PLACE, layout=layout).partition(_PLACE)
    return start, end


def _lines(columns: Sequence[LedgerColumn], group: Sequence[int], row: LedgerRow) -> Iterable[_Line]:
    for place in group:
        text = on_paper(row.values[place], columns[place].kind)
        for line in text.split("\n") if text else ():
            yield _Line(line, columns[place].kind.align, row.void and columns[place].struck)


def on_paper(value: Value, kind: Kind) -> str:
    """Return a value as it is printed: a date as 2026-03-06, a digest's first 16 digits in groups."""
    if value is None:
        return ""
    if kind is Kind.DIGEST:
        return legible(grouped(str(value)[:_PRINTED_DIGITS]).replace(" ", "\n"))
    return value.isoformat() if isinstance(value, date) else legible(str(value))


def _empty(ledger: Ledger, columns: int) -> str:
    words = paragraph(NOTE.id, run(ledger.empty), layout=(w("jc", val="center"),))
    height = properties("trPr", w("trHeight", val=Mm(16).twips, hRule="atLeast"))
    return w("tr", height, cell_of(ledger.width, words, w("gridSpan", val=columns)))


def _notes(below: Sequence[str]) -> Iterable[str]:
    """Yield the lines under the table, which hold together."""
    for place, line in enumerate(below):
        room = _spaced(before=NONE if place else Pt(6))
        held = (w("keepNext"),) if place + 1 < len(below) else ()
        yield paragraph(NOTE.id, runs(legible(line)), layout=(room, w("keepLines"), *held))


def _spaced(before: Length = NONE, after: Length = NONE) -> str:
    return w("spacing", before=before.twips, after=after.twips, line=NOTE.line.twips, lineRule="exact")
