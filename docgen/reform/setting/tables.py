"""Tables of a draft set as the standard's builders set them: their cells kept, their heads repeated, columns fitted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.reform.draft import Cell, Line, Picture, Raw, Table
from docgen.reform.setting.references import References
from docgen.standard.build.elements import CELL, CELL_HEAD, TABLE_GAP, Align
from docgen.standard.build.ooxml import paragraph, properties, w
from docgen.standard.build.styles import exact, size_of
from docgen.standard.build.table import FITTED, SIDE_MARGIN, cell_of, even, table_looks
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length, Pt, Twip
from docgen.standard.measures.widths import ems

STYLED: Final = frozenset((CELL.name, CELL_HEAD.name))
_WORD: Final = re.compile(r"[!-~]+|[^!-~\s]")
_MANY_COLUMNS: Final = 9
_LEAST_EMS: Final = 2.0
_LONGEST_HEAD: Final = 16
_BY_ITSELF: Final = w("spacing", before=0, after=0, line=240, lineRule="auto")


def is_wide(table: Table) -> bool:
    """Whether a table does not fit an upright page: many columns, or longer words than stand beside each other."""
    if is_styled(table) and table.widths:
        return sum(table.widths) > page.TEXT_WIDTH.twips + 20
    return table.columns > _MANY_COLUMNS or sum(_least(table)) > page.TEXT_WIDTH.twips


def is_styled(table: Table) -> bool:
    """Whether a table is set in the standard's styles already."""
    lines = [each for row in table.rows for cell in row for each in cell.blocks if isinstance(each, Line)]
    return bool(lines) and all(each.looks.style in STYLED for each in lines)


def table_xml(
    table: Table, references: References, most: Length = page.TEXT_WIDTH, *, keep: bool = False
) -> str:
    """Return a table, a little room above it.

    Args:
        table: The table.
        references: Gathers what its words refer to.
        most: How wide it may be.
        keep: Whether its last row stays on the page of what follows, as a signature is not alone on a page.
    """
    return paragraph(TABLE_GAP.id) + _table(table, references, most, keep=keep)


def _table(table: Table, references: References, most: Length, *, keep: bool = False) -> str:
    widths = _widths(table, most)
    fits = () if is_styled(table) and table.widths else (w("tblDescription", val=FITTED),)
    heads = head_rows(table)
    grid = w("tblGrid", *(w("gridCol", w=each.twips) for each in widths))
    heights = table.heights if is_styled(table) else ()
    fitted = (
        [place for place, row in enumerate(table.rows) if _is_plain(row, len(widths))][1:] if fits else ()
    )
    last = len(table.rows) - 1
    rows = (
        _row(
            row,
            widths,
            _Cells(references, place < heads, place not in fitted, keep and place == last),
            heights[place] if heights else 0,
        )
        for place, row in enumerate(table.rows)
    )
    whole = sum(widths, Twip(0) + 0)
    return w("tbl", table_looks(whole, *fits), grid, *rows)


def _widths(table: Table, most: Length) -> tuple[Length, ...]:
    if is_styled(table) and len(table.widths) == table.columns and 0 < sum(table.widths) <= most.twips + 20:
        return tuple(map(Twip, table.widths))
    return even(max(1, table.columns), most)


def head_rows(table: Table) -> int:
    """Return how many rows are the head: those that say so, else the first if it has the shape of one."""
    if len(table.rows) < 2:
        return 0
    if table.heads > 1:
        return min(table.heads, len(table.rows) - 1)
    first = [cell.words.strip() for cell in table.rows[0]]
    short = all(len(each) <= _LONGEST_HEAD and not each.replace(".", "").isdigit() for each in first)
    named = len([each for each in first if each]) >= max(1, len(first) - 1)
    whole_width = len(table.rows[0]) == 1 and table.columns > 1
    return int(short and named) + (whole_width and len(table.rows) > 2)


def _is_plain(row: Sequence[Cell], columns: int) -> bool:
    """Whether a row has a cell for each column, so that its cells are aligned when the columns are fitted."""
    return len(row) == columns and all(cell.span == 1 for cell in row)


@dataclass(frozen=True)
class _Cells:
    """How the cells of a row are set: as a head's, left where they are not aligned with their column, kept below."""

    references: References
    head: bool
    left: bool
    keep: bool

    def content(self, blocks: Sequence[Line | Table], room: Length) -> str:
        """Return what stands in a cell."""
        made = []
        for block in blocks:
            if isinstance(block, Table):
                made += [_table(block, self.references, room), self._filler]
            elif not block.blank or len(blocks) == 1:
                made.append(self._line(block, room))
        return "".join(made) or self._filler

    @property
    def _filler(self) -> str:
        """Return the paragraph of a cell that says nothing, and that below an inner table."""
        return paragraph(CELL.id, layout=(w("jc", val="left"), *self._kept))

    @property
    def _kept(self) -> tuple[str, ...]:
        return (w("keepNext"),) if self.keep else ()

    def _line(self, line: Line, room: Length) -> str:
        styled = line.looks.style in STYLED
        element = CELL_HEAD if self.head or line.looks.style == CELL_HEAD.name else CELL
        align = "" if element is CELL_HEAD else line.looks.align if styled else "left" if self.left else ""
        pictured = any(isinstance(thing, Picture | Raw) for thing in line.things)
        own = (
            Pt(line.looks.size) if styled and line.looks.size and line.looks.size != element.size.pt else None
        )
        layout = (_BY_ITSELF,) if pictured else (exact(own * 1.5),) if own else ()
        sized = (w("rFonts", hint="eastAsia"), *size_of(own)) if own else ()
        aligned = (w("jc", val=Align(align).value),) if align in ("left", "center", "right", "both") else ()
        runs = self.references.runs(line.pieces, *sized, most=room.pt)
        return paragraph(element.id, runs, layout=(*layout, *aligned, *self._kept))


def _row(row: Sequence[Cell], widths: Sequence[Length], cells: _Cells, height: int) -> str:
    made = []
    at = 0
    for place, cell in enumerate(row):
        rest = len(widths) - at - (len(row) - place - 1)
        span = max(1, min(cell.span, rest)) if place < len(row) - 1 else max(1, len(widths) - at)
        width = sum(widths[at : at + span], Twip(0) + 0)
        merged = w("vMerge", **({"val": "restart"} if cell.merge == "restart" else {})) if cell.merge else ""
        spans = w("gridSpan", val=span) if span > 1 else ""
        content = cells.content(cell.blocks, width - SIDE_MARGIN * 2)
        made.append(cell_of(width, content, *filter(None, (spans, merged))))
        at += span
    least = w("trHeight", val=height, hRule="atLeast") if height else ""
    looks = properties("trPr", w("cantSplit"), w("tblHeader") if cells.head else "", least)
    return w("tr", looks, *made)


def _least(table: Table) -> list[int]:
    """Return the least width of each column in twips: of its longest number or word."""
    least = [round(_LEAST_EMS * CELL.size.twips)] * table.columns
    for row in table.rows:
        at = 0
        for cell in row:
            if cell.span == 1 and at < len(least):
                longest = max((ems(each) for each in _WORD.findall(cell.words)), default=0)
                least[at] = max(least[at], round(longest * CELL.size.twips))
            at += cell.span
    return [each + SIDE_MARGIN.twips * 2 for each in least]
