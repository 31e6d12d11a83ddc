"""Slips and forms of one page (任务交办单, 一次性告知书, 发文稿纸, 用印审批单): a title and a table with room to write.

The standard has no clause for them; they have its page and its faces. A form fits one page whatever its values: the
type is made smaller until it does, and what room is left goes to the rows that are written in by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final, Literal

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.blocks import Block
from docgen.standard.build.elements import Align
from docgen.standard.build.ooxml import paragraph, properties, w
from docgen.standard.build.runs import runs
from docgen.standard.build.styles import exact, size_of
from docgen.standard.build.table import SIDE_MARGIN, UPRIGHT_MARGIN, cell_of, table_looks
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.standard.measures.lines import count_lines

COLUMNS: Final = 12
SIZES: Final = (Pt(14), Pt(12), Pt(10.5), Pt(9), Pt(7.5))
LEAST_ROW: Final = Mm(10)
_READABLE: Final = Pt(10.5)
_LEADING: Final = 1.5
_RULE: Final = Pt(0.5)
# What a row's height may be off by in a word processor, and the paragraph that ends a document.
_SPARE: Final = Mm(3)


@dataclass(frozen=True)
class Cell:
    """A cell of a form.

    Args:
        text: Its words; a line feed begins a line. Empty to be filled in by hand.
        span: How many twelfths of the page's width it takes.
        label: Whether it names the cell beside it: 黑体, centred.
        align: How a value stands.
        foot: Words at the cell's foot, such as the place of a signature and a date, at the right.
        merge: Whether it is one cell with those above or below it: `begins` or `continues` them.
    """

    text: str
    span: int
    label: bool = False
    align: Align = Align.LEFT
    foot: str = ""
    merge: Literal["", "begins", "continues"] = ""

    @property
    def width(self) -> Length:
        """Return the cell's width."""
        return page.TEXT_WIDTH * (self.span / COLUMNS)


@dataclass(frozen=True)
class Row:
    """A row of cells, twelve twelfths together.

    Args:
        cells: The cells from left to right.
        height: Its least height.
        room: Its share of what room the page has left, to write in; 0 for none.

    Raises:
        ValueError: if the cells are not as wide as the page.
    """

    cells: tuple[Cell, ...]
    height: Length = LEAST_ROW
    room: float = 0

    def __post_init__(self) -> None:
        if sum(cell.span for cell in self.cells) != COLUMNS:
            raise ValueError(f"a row of {sum(cell.span for cell in self.cells)} twelfths")


@dataclass(frozen=True)
class Form:
    """A form of one page.

    Args:
        title: The lines of its title.
        rows: Its rows.
        above: What stands over the table at the left and at the right, such as a number and a date.
        below: Notes under the table, a line each.
        flows: Whether it goes on to further pages where only type smaller than 10.5 pt would keep it on one.
        height: The height of its page's text area; that of the standard's page unless it has one of its own.
    """

    title: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[str, str] = ("", "")
    below: tuple[str, ...] = ()
    flows: bool = False
    height: Length = page.LINE * page.LINES

    def xml(self) -> str:
        """Return the form's paragraphs and table, in the largest type that lets it fit one page.

        Raises:
            ValueError: if it does not fit even in 7.5 pt, and may not flow.
        """
        sizes = [size for size in SIZES if size >= _READABLE] if self.flows else SIZES
        size = next((size for size in sizes if self._height(size) <= self._page), None)
        if size is None and not self.flows:
            raise ValueError(f"form {''.join(self.title)} is longer than a page")
        size = _READABLE if size is None else size
        return self._head() + self._table(size) + "".join(_note(line) for line in self.below)

    def _head(self) -> str:
        title = "".join(paragraph(elements.FORM_TITLE.id, runs(line)) for line in self.title)
        return title + (_above(*self.above) if any(self.above) else paragraph(elements.BLANK.id))

    def _table(self, size: Length) -> str:
        edges = sorted(
            {0, *(edge for row in self.rows for edge in accumulate(cell.span for cell in row.cells))}
        )
        grid = w("tblGrid", *(w("gridCol", w=_span(b - a).twips) for a, b in pairwise(edges)))
        heights = self._heights(size)
        rows = (_row(row, height, size, edges) for row, height in zip(self.rows, heights, strict=True))
        return w("tbl", table_looks(page.TEXT_WIDTH), grid, *rows)

    @property
    def _page(self) -> Length:
        return self.height - _SPARE

    def _heights(self, size: Length) -> list[Length]:
        """Return the rows' heights with what the page has left shared out."""
        left = max(NONE, self._page - self._height(size))
        shares = sum(row.room for row in self.rows)
        return [_needed(row, size) + left * (row.room / shares if shares else 0) for row in self.rows]

    def _height(self, size: Length) -> Length:
        table = sum((_needed(row, size) + _RULE for row in self.rows), NONE)
        notes = sum((_note_height(line) for line in self.below), NONE)
        return page.TITLE_LINE * len(self.title) + page.LINE + table + notes


def form(declared: Form) -> Block:
    """Return a form filled with its values, for a template's slot."""
    return Block(declared.xml())


def _span(twelfths: int) -> Length:
    return page.TEXT_WIDTH * (twelfths / COLUMNS)


def _needed(row: Row, size: Length) -> Length:
    """Return the height a row asks for in a type size."""
    return max(row.height, *(_cell_height(cell, size) for cell in row.cells))


def _cell_height(cell: Cell, size: Length) -> Length:
    room = cell.width - SIDE_MARGIN * 2
    lines = sum(count_lines(line, room, None, size, NONE) for line in _lines(cell))
    return size * _LEADING * lines + UPRIGHT_MARGIN * 2


def _lines(cell: Cell) -> list[str]:
    return [*cell.text.split("\n"), *(cell.foot.split("\n") if cell.foot else ())]


def _row(row: Row, height: Length, size: Length, edges: Sequence[int]) -> str:
    # A row taller than half a page may go over to the next: one that may not and is taller than a page is cut.
    whole = w("cantSplit") if height * 2 <= page.TEXT_HEIGHT else ""
    looks = properties("trPr", whole, w("trHeight", val=height.twips, hRule="atLeast"))
    starts = accumulate((cell.span for cell in row.cells), initial=0)
    cells = (
        _cell(cell, size, sum(start < edge <= start + cell.span for edge in edges))
        for start, cell in zip(starts, row.cells, strict=False)
    )
    return w("tr", looks, *cells)


def _cell(cell: Cell, size: Length, columns: int) -> str:
    element = elements.FORM_LABEL if cell.label else elements.FORM_CELL
    align = Align.CENTER if cell.label else cell.align
    looks = (w("rFonts", hint="eastAsia"), *size_of(size))
    lines = [(line, align) for line in cell.text.split("\n")]
    lines += [(line, Align.RIGHT) for line in cell.foot.split("\n") if line]
    content = (
        paragraph(element.id, runs(line, *looks), layout=(exact(size * _LEADING), w("jc", val=side.value)))
        for line, side in lines
    )
    span = (w("gridSpan", val=columns),) if columns > 1 else ()
    merge = (_MERGE[cell.merge],) if cell.merge else ()
    return cell_of(cell.width, "".join(content), *span, *merge, stands="bottom" if cell.foot else "center")


_MERGE: Final = {"begins": w("vMerge", val="restart"), "continues": w("vMerge")}


def _above(left: str, right: str) -> str:
    stop = w("tabs", w("tab", val="right", pos=page.TEXT_WIDTH.twips))
    return paragraph(elements.FORM_CELL.id, runs(f"{left}\t{right}"), layout=(stop, exact(page.LINE)))


def _note(line: str) -> str:
    return paragraph(elements.FORM_CELL.id, runs(line, *size_of(Pt(12))), layout=(exact(Pt(18)),))


def _note_height(line: str) -> Length:
    return Pt(18) * count_lines(line, page.TEXT_WIDTH, None, Pt(12), NONE)
