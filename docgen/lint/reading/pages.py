"""The page of a section: its paper and margins, its grid and page numbers, and what no official document has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.reading.model import Section
from docgen.lint.reading.names import Element, is_on, number, value, w

_MM_PER_TWIP: Final = 25.4 / 1440
_SAME_PAGE: Final = ("continuous", "nextColumn")
_GRIDS: Final = frozenset(("lines", "linesAndChars", "snapToChars"))
_UPRIGHT_TEXT: Final = frozenset(("lrTb", "lr", "tb", "lrTbV"))


def page_of(element: Element | None) -> Section:
    """Return the page that a section has; Word's own where a document names none. Lengths in millimetres."""
    size, margins, grid = (
        None if element is None else element.find(w(name)) for name in ("pgSz", "pgMar", "docGrid")
    )

    def mm(holder: Element | None, name: str, usual: int) -> float:
        given = number(value(holder, name))
        return (usual if given is None else abs(given)) * _MM_PER_TWIP

    kind = value(grid, "type") or ""
    pitch = (number(value(grid, "linePitch")) or 0) / 20 if kind in _GRIDS else 0.0
    extra = (
        (number(value(grid, "charSpace")) or 0) / 4096 if kind in ("linesAndChars", "snapToChars") else 0.0
    )
    gutter = 0.0 if margins is None else mm(margins, "gutter", 0)
    return Section(
        mm(size, "w", 12240),
        mm(size, "h", 15840),
        mm(margins, "top", 1440),
        mm(margins, "right", 1440),
        mm(margins, "bottom", 1440),
        mm(margins, "left", 1440) + gutter,
        mm(margins, "footer", 720),
        grid=kind,
        pitch=pitch,
        extra=extra,
        first_differs=element is not None and is_on(element.find(w("titlePg"))),
        numbers="" if element is None else value(element.find(w("pgNumType")), "fmt") or "",
        numbered_from=None if element is None else number(value(element.find(w("pgNumType")), "start")),
        continuous=_kind_of(element) in _SAME_PAGE,
        unusual=() if element is None else tuple(_unusual(element)),
    )


def _kind_of(section: Element | None) -> str:
    """Return how a section begins."""
    return "" if section is None else value(section.find(w("type"))) or ""


def _unusual(element: Element) -> Iterator[str]:
    """Yield what a section's page is set to that no official document has."""
    columns = element.find(w("cols"))
    if (number(value(columns, "num")) or len(() if columns is None else columns.findall(w("col"))) or 1) > 1:
        yield "分栏"
    if next(element.iterchildren(w("pgBorders")), None) is not None:
        yield "页面边框"
    if element.find(w("lnNumType")) is not None:
        yield "行号"
    if (value(element.find(w("textDirection"))) or "lrTb") not in _UPRIGHT_TEXT:
        yield "文字竖排"
    if (value(element.find(w("vAlign"))) or "top") not in ("top", "both"):
        yield "页面垂直对齐"
