"""The tables of a document: which lines they have from above to below, and how far text stands from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.lint.reading import properties
from docgen.lint.reading.model import Border, Table
from docgen.lint.reading.names import Element, w
from docgen.lint.reading.styles import Style


def owner(element: Element, tag: str) -> Element | None:
    """Return what of a kind an element stands in most closely; None for nothing."""
    return next(element.iterancestors(tag), None)


def table_of(element: Element, style: Style) -> Table:
    """Return the lines between the rows of a table and its inset, by itself or by its style."""
    rows = [row for row in element.iter(w("tr")) if owner(row, w("tbl")) is element]
    looks = element.find(w("tblPr"))
    return Table(_lines(rows, _table_borders(looks, style)), properties.inset(style.table, looks))


def _table_borders(looks: Element | None, style: Style) -> dict[str, Border]:
    found: dict[str, Border] = {}
    for holder in (style.table, looks):
        given = None if holder is None else holder.find(w("tblBorders"))
        if given is not None:
            found |= properties.borders(given)
    return found


def _lines(rows: Sequence[Element], usual: Mapping[str, Border]) -> tuple[Border | None, ...]:
    cells = [_cell_borders(row) for row in rows]
    lines: list[Border | None] = []
    for place in range(len(rows) + 1):
        outer = "top" if place == 0 else "bottom" if place == len(rows) else "insideH"
        above = cells[place - 1].get("bottom") if place else None
        below = cells[place].get("top") if place < len(rows) else None
        lines.append(below or above or usual.get(outer))
    return tuple(line if line and line.seen else None for line in lines)


def _cell_borders(row: Element) -> dict[str, Border]:
    given = row.find(f".//{w('tcPr')}/{w('tcBorders')}")
    return {} if given is None else properties.borders(given)
