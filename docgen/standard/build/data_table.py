"""Tables of data, made with a document: columns sized to their words, equal cells merged, numbers at the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.columns import fit
from docgen.standard.build.elements import CELL, CELL_HEAD, TABLE_GAP, Align
from docgen.standard.build.ooxml import paragraph, properties, w
from docgen.standard.build.runs import runs
from docgen.standard.build.styles import exact, size_of
from docgen.standard.build.table import cell_of, table_looks
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length

_NUMBER: Final = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?[%％‰]?|[-—/]?")
_LEADING: Final = 1.5
_SHORT: Final = 10
_COUNTED: Final = "序号"


@dataclass(frozen=True)
class DataColumn:
    """A column: its head, and how its cells stand.

    Without `align` numbers stand right, short words and 序号 centred, others left.
    """

    head: str
    align: Align | None = None


def data_table(
    columns: Sequence[DataColumn],
    rows: Sequence[Sequence[str]],
    *,
    group_by: int = 0,
    total: Length = page.TEXT_WIDTH,
    size: Length = CELL.size,
) -> Block:
    """Return a table with one row for each of the data; the head is repeated on each page, rows do not split.

    Args:
        columns: The columns.
        rows: The cells of each row, as many as columns; a line feed begins a line.
        group_by: So many columns at the left are groups: equal cells below one another are one cell. An inner
            group ends where an outer one does.
        total: The table's width, 225 mm at most on pages that lie across.
        size: The type size.
    """
    heads = [column.head for column in columns]
    widths = fit(heads, rows, total, size)
    aligns = [_align(column, [row[place] for row in rows]) for place, column in enumerate(columns)]
    made = _Rows(widths, aligns, size)
    lines = (made.row(row, _marks(rows, place, group_by)) for place, row in enumerate(rows))
    grid = w("tblGrid", *(w("gridCol", w=each.twips) for each in widths))
    return Block(paragraph(TABLE_GAP.id) + w("tbl", table_looks(total), grid, made.head(heads), *lines))


@dataclass(frozen=True)
class _Rows:
    """How the rows of a table are made."""

    widths: Sequence[Length]
    aligns: Sequence[Align]
    size: Length

    def head(self, heads: Sequence[str]) -> str:
        """Return the row that is repeated."""
        cells = (
            cell_of(room, paragraph(CELL_HEAD.id, runs(head, *self._looks()), layout=self._layout()))
            for room, head in zip(self.widths, heads, strict=True)
        )
        return w("tr", properties("trPr", w("cantSplit"), w("tblHeader")), *cells)

    def row(self, cells: Sequence[str], marks: Sequence[str]) -> str:
        """Return a row; a mark says whether its cell begins or continues a group."""
        made = (self._cell(*each) for each in zip(self.widths, cells, marks, self.aligns, strict=True))
        return w("tr", properties("trPr", w("cantSplit")), *made)

    def _cell(self, room: Length, text: str, mark: str, align: Align) -> str:
        words = "" if mark == _CONTINUES else text
        layout = (*self._layout(), w("jc", val=align.value))
        lines = (paragraph(CELL.id, runs(line, *self._looks()), layout=layout) for line in words.split("\n"))
        return cell_of(room, "".join(lines), *((_MERGE[mark],) if mark else ()))

    def _looks(self) -> tuple[str, ...]:
        return () if self.size == CELL.size else (w("rFonts", hint="eastAsia"), *size_of(self.size))

    def _layout(self) -> tuple[str, ...]:
        return () if self.size == CELL.size else (exact(self.size * _LEADING),)


_BEGINS: Final = "begins"
_CONTINUES: Final = "continues"
_MERGE: Final = {_BEGINS: w("vMerge", val="restart"), _CONTINUES: w("vMerge")}


def _marks(rows: Sequence[Sequence[str]], place: int, group_by: int) -> list[str]:
    """Return for each cell of a row whether it begins or continues a group of two or more, or neither."""
    return [_mark(rows, place, column) if column < group_by else "" for column in range(len(rows[place]))]


def _mark(rows: Sequence[Sequence[str]], place: int, column: int) -> str:
    key = tuple(rows[place][: column + 1])
    if place and tuple(rows[place - 1][: column + 1]) == key:
        return _CONTINUES
    followed = place + 1 < len(rows) and tuple(rows[place + 1][: column + 1]) == key
    return _BEGINS if followed else ""


def _align(column: DataColumn, cells: Sequence[str]) -> Align:
    if column.align is not None or column.head == _COUNTED:
        return column.align or Align.CENTER
    if any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells):
        return Align.RIGHT
    return Align.CENTER if all(len(cell) <= _SHORT for cell in cells) else Align.LEFT
