"""The rows of a printed table as elements of a worksheet, written one after the other in memory that does not grow.

What a worksheet's cells look like is registered with the workbook before it is saved; a row then only names the
number of each look (ISO/IEC 29500-1, 18.3.1.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.writing.design import OPEN_BORDER, Design, Part
from docgen.sheets.writing.looks import FORMULA_SIGNS
from docgen.sheets.writing.tables import DATE, GENERAL, TEXT, Column, Count, Row, Sum, Value
from docgen.standard.measures.legible import legible

_PARTS: Final = {Row.PLAIN: Part.PLAIN, Row.VOID: Part.VOID, Row.GROUP: Part.GROUP, Row.TOTAL: Part.TOTAL}
_SAMPLES: Final[tuple[Value, ...]] = (None, "", "=", 1, Count(0, "", 0, 1), date(2000, 1, 1))
"""A value of each way in which a cell may look."""
_SUBTOTAL: Final = "SUBTOTAL(9,{0}{1}:{0}{2})"  # sums what a filter shows, and leaves out other subtotals
_COUNT: Final = 'SUBTOTAL(102,{0})&amp;"{1}"'  # counts the serials that a filter shows


class Looks:
    """The numbers of the looks of a table's cells, by column, kind of row and format; texts like formulas apart."""

    def __init__(
        self, sheet: Worksheet, columns: Sequence[Column], kinds: Iterable[Row], design: Design
    ) -> None:
        """Register every look that a cell may have; `kinds` are those of the rows there are."""
        self._columns, self._design = columns, design
        self._known: dict[tuple[int, Row, str, bool], int] = {}
        for kind in sorted(kinds, key=lambda each: each.value):
            for place in range(len(columns)):
                for value in _SAMPLES:
                    key = self._key(place, kind, value)
                    if key not in self._known:
                        self._known[key] = self._made(Cell(sheet, row=1, column=1), *key)

    def number(self, place: int, kind: Row, value: Value) -> int:
        """Return the number of the look of a value in the column at a place."""
        return self._known[self._key(place, kind, value)]

    def _key(self, place: int, kind: Row, value: Value) -> tuple[int, Row, str, bool]:
        prefixed = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
        return place, kind, format_of(value, self._columns[place]), prefixed

    def _made(self, cell: Any, place: int, kind: Row, number_format: str, prefixed: bool) -> int:  # a key
        column, is_group = self._columns[place], kind is Row.GROUP
        part = Part.PLAIN if kind is Row.VOID and not column.struck else _PARTS[kind]
        first = place == 0 and kind in (Row.GROUP, Row.TOTAL)
        align = ("left" if is_group else "center") if first else column.align
        self._design.looks[part].give(cell, align)
        if kind is Row.VOID:
            cell.fill = self._design.looks[Part.VOID].fill
        if is_group:
            last = len(self._columns) - 1
            cell.border = OPEN_BORDER[0 if place == 0 else 2 if place == last else 1]
            cell.alignment = Alignment(horizontal=cell.alignment.horizontal, vertical="center")
        cell.number_format = number_format
        cell.quotePrefix = prefixed
        return int(cell.style_id)


def format_of(value: Value, column: Column) -> str:
    """Return the format of a cell: a text's wherever one stands, no text's for a date or a number."""
    if isinstance(value, str):
        return TEXT
    if isinstance(value, Count):
        return GENERAL
    if value is None or column.format not in ("", TEXT):
        return column.format or GENERAL
    return DATE if isinstance(value, date) else GENERAL


def row_elements(
    rows: Iterable[tuple[Row, Sequence[Value]]],
    first: int,
    looks: Looks,
    height: Callable[[Row, Sequence[Value]], float],
) -> Iterator[bytes]:
    """Yield the element of each row.

    Args:
        rows: with what each is.
        first: the number of the first.
        looks: of their cells.
        height: of a row, in points.
    """
    letters: list[str] = []
    for number, (kind, values) in enumerate(rows, first):
        letters += [get_column_letter(each) for each in range(len(letters) + 1, len(values) + 1)]
        shown = [legible(each) if isinstance(each, str) else each for each in values]
        cells = "".join(
            cell_element(f"{letter}{number}", looks.number(place, kind, value), value, (letter, first))
            for place, (letter, value) in enumerate(zip(letters, shown, strict=False))
        )
        yield f'<row r="{number}" ht="{height(kind, shown):g}" customHeight="1">{cells}</row>'.encode()


def cell_element(address: str, look: int, value: Value, column: tuple[str, int] = ("", 0)) -> str:
    """Return the element of a cell.

    Args:
        address: of the cell.
        look: its number.
        value: what it holds.
        column: its letters and the first row, where it may hold a sum or a count.
    """
    head = f'<c r="{address}" s="{look}"'
    if value is None:
        return f"{head}/>"
    if isinstance(value, str):
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, Sum):
        letter, first = column
        formula = _SUBTOTAL.format(letter, first + value.start, first + value.end - 1)
        return f"{head}><f>{formula}</f><v>{Decimal(value.value):f}</v></c>"
    if isinstance(value, Count):
        span = f"A{column[1] + value.start}:A{column[1] + value.end - 1}"
        formula = _COUNT.format(span, escape(value.unit))
        return f'{head} t="str"><f>{formula}</f><v>{value.value}{escape(value.unit)}</v></c>'
    if isinstance(value, date):
        return f"{head}><v>{(value - DAY_ZERO).days}</v></c>"
    return f"{head}><v>{Decimal(value):f}</v></c>"
