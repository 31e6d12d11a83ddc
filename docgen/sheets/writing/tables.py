"""A table to be printed: its columns, its rows with what each is, and the lines around it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.measures.lengths import Length, Mm, Pt

TEXT: Final = "@"
DATE: Final = "yyyy-mm-dd"
GENERAL: Final = "General"
SIZE: Final = Pt(10)
"""Of the words of a table, by which its columns are measured."""
_ROOM: Final = Mm(2.4)  # beside the widest line of a column given in hanzi


class Row(Enum):
    """What a row is, which decides how it looks."""

    PLAIN = auto()
    VOID = auto()
    GROUP = auto()
    TOTAL = auto()


@dataclass(frozen=True)
class Sum:
    """The sum of a column's cells in rows from `start` to before `end`, counted from 0; `value` is what it comes to."""

    value: int | Decimal
    start: int
    end: int


@dataclass(frozen=True)
class Count:
    """How many rows from `start` to before `end`, counted from 0, have a serial; `unit` stands behind the number."""

    value: int
    unit: str
    start: int
    end: int


Value = str | int | Decimal | date | Sum | Count | None


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        head: its head; a line feed begins a line.
        width: on the sheet.
        align: how its cells stand: left, center, right.
        format: of its values, as workbooks have it; empty for numbers as they are.
        struck: whether a void row has it struck through.
    """

    head: str
    width: Length
    align: str = "left"
    format: str = TEXT
    struck: bool = False


@dataclass(frozen=True)
class Table:
    """A table to be printed.

    Args:
        title: one line.
        above: what stands over the table at the left and at the right.
        columns: at least one.
        rows: the values of each row, with what it is. The words of a GROUP stand in its first cell and run over the
            empty ones beside it; TOTAL rows come last.
        below: lines under the table.
        foot: what each page says at its foot, beside its number.
        empty: what the table says when it has no rows.
        paper: A4 or A3.
        frozen: how many columns stay in sight.
    """

    title: str
    above: tuple[str, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Row, tuple[Value, ...]], ...]
    below: tuple[str, ...] = ()
    foot: str = ""
    empty: str = ""
    paper: str = "A4"
    frozen: int = 2


def width_of_hanzi(count: float) -> Length:
    """Return the width of a column in which so many hanzi stand on a line."""
    return SIZE * count + _ROOM
