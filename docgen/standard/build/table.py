"""Tables of a template: declared columns, a head repeated on every page, rows that never break over pages."""

from __future__ import annotations

from docgen.dataclass import dataclass
from docgen.standard.build.controls import Words, words_of
from docgen.standard.build.elements import CELL, CELL_HEAD, TABLE_GAP, Align
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.styles import exact, size_of
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length, Mm, Pt, Twip


@dataclass(frozen=True)
class Column:
    """A column: its head, its width, the text of its cells (with tags), and how cells stand; None as they fit."""

    head: str
    width: Length
    text: Words = ""
    align: Align | None = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table with one row for each item, or of fixed rows.

    Args:
        columns: The columns, together at most as wide as the text area.
        rows: What is repeated, `手续 in 手续列表`; empty when the columns' texts are the only row.
        size: The size of the type; lines are half as high again.
        height: The least height of a row, for forms that are filled in by hand; None for that of the text.
        more: Further rows, each with as many cells as columns; they are repeated with the first.
        most: How wide the columns may be together: more on pages that lie across.
        foot: Rows that stand once, below those that are repeated.
        fits: Whether the columns fit their contents when a document is made (`fitting.py`), whatever widths are given.

    Raises:
        ValueError: if the columns are wider than the text area.
    """

    columns: tuple[Column, ...]
    rows: str = ""
    size: Length = CELL.size
    height: Length | None = None
    more: tuple[tuple[Words, ...], ...] = ()
    most: Length = page.TEXT_WIDTH
    foot: tuple[tuple[Words, ...], ...] = ()
    fits: bool = False

    def __post_init__(self) -> None:
        if self.width > self.most:
            raise ValueError(f"columns of {self.width.mm} mm in a text area of {self.most.mm} mm")

    @property
    def width(self) -> Length:
        """Return the table's width."""
        return sum((column.width for column in self.columns), Mm(0) + 0)

    def xml(self) -> str:
        """Return the table, a little room above it."""
        grid = w("tblGrid", *(w("gridCol", w=column.width.twips) for column in self.columns))
        about = (w("tblDescription", val=FITTED),) if self.fits else ()
        looks = table_looks(self.width, *about)
        foot = map(self._row, self.foot)
        return paragraph(TABLE_GAP.id) + w("tbl", looks, grid, self._head(), *self._rows(), *foot)

    def _head(self) -> str:
        cells = (cell_of(column.width, paragraph(CELL_HEAD.id, run(column.head, *self._size()), layout=self._line()))
                 for column in self.columns)  # fmt: skip
        return w("tr", properties("trPr", w("cantSplit"), w("tblHeader")), *cells)

    def _rows(self) -> tuple[str, ...]:
        texts = (tuple(column.text for column in self.columns), *self.more)
        rows = tuple(map(self._row, texts))
        return (self._tag(f"for {self.rows}"), *rows, self._tag("endfor")) if self.rows else rows

    def _row(self, texts: tuple[Words, ...]) -> str:
        cells = (self._data_cell(*each) for each in zip(self.columns, texts, strict=True))
        return w("tr", properties("trPr", w("cantSplit"), *self._height()), *cells)

    def _height(self) -> tuple[str, ...]:
        return (w("trHeight", val=self.height.twips, hRule="atLeast"),) if self.height else ()

    def _data_cell(self, column: Column, text: Words) -> str:
        layout = (*self._line(), *((w("jc", val=column.align.value),) if column.align else ()))
        words = run(text, *self._size()) if isinstance(text, str) else words_of(text, *self._size())
        return cell_of(column.width, paragraph(CELL.id, words, layout=layout))

    def _tag(self, words: str) -> str:
        """Return a row that holds a tag and nothing else; the template engine removes the row."""
        content = paragraph(CELL.id, run(f"{{%tr {words} %}}"))
        span = properties(
            "tcPr", w("tcW", w=self.width.twips, type="dxa"), w("gridSpan", val=len(self.columns))
        )
        return w("tr", w("tc", span, content))

    def _size(self) -> tuple[str, ...]:
        return () if self.size == CELL.size else (w("rFonts", hint="eastAsia"), *size_of(self.size))

    def _line(self) -> tuple[str, ...]:
        return () if self.size == CELL.size else (exact(self.size * 1.5),)


FITTED = "栏宽随内容"
"""The description of a table whose columns are to fit their contents."""
BORDER_EIGHTHS = 4
SIDE_MARGIN = Mm(1)
UPRIGHT_MARGIN = Pt(3)


def even(count: int, most: Length) -> tuple[Length, ...]:
    """Return widths of so many columns that fill a width."""
    share = Twip(most.twips // count)
    return (most - share * (count - 1), *[share] * (count - 1))


def cell_of(width: Length, content: str, *others: str, stands: str = "center") -> str:
    """Return a cell of a width around its paragraphs, which stand so between its top and foot.

    `others` are further properties (`w:gridSpan`, `w:vMerge`).
    """
    looks = properties("tcPr", w("tcW", w=width.twips, type="dxa"), *others, w("vAlign", val=stands))
    return w("tc", looks, content)


def table_looks(width: Length, *others: str) -> str:
    """Return the properties of a table of a width: thin rules, a little room in the cells, columns as declared.

    `others` are further properties (`w:tblDescription`).
    """
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (w(side, val="single", sz=BORDER_EIGHTHS, space=0, color="000000") for side in sides)
    margins = {"top": UPRIGHT_MARGIN, "left": SIDE_MARGIN, "bottom": UPRIGHT_MARGIN, "right": SIDE_MARGIN}
    return properties(
        "tblPr",
        w("tblW", w=width.twips, type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *borders),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=room.twips, type="dxa") for side, room in margins.items())),
        *others,
    )
