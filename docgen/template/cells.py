"""docxtpl's orders to a table cell: `{% colspan n %}`, `{% cellbg colour %}`, `{% vm %}`, `{% hm %}`."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from docgen.template.ooxml import GRID_SPAN, PPR, TCPR, Element, P, w
from docgen.template.slots import Place, Slot, mark, marker
from docgen.template.tags import Tag

_SEQUENCE: Final = [  # the order of children that the schema of w:tcPr demands
    w(name)
    for name in (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
        "tcFitText", "vAlign", "hideMark",
    )
]  # fmt: skip
_FIRST: Final = "if loop.first"


def obey(tag: Tag, cell: Element, number: int, place: Place) -> list[Slot]:
    """Change the cell as the tag orders and return the slots that makes, counted from `number`."""
    return _ORDERS[tag.order](tag.operand, cell, number, place)


def _colspan(operand: str, cell: Element, number: int, place: Place) -> list[Slot]:
    _set(cell, "gridSpan").set(w("val"), mark(number))
    return [Slot(place, "{{", operand, "attribute")]


def _cellbg(operand: str, cell: Element, number: int, place: Place) -> list[Slot]:
    shade = _set(cell, "shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", mark(number))):
        shade.set(w(name), value)
    return [Slot(place, "{{", operand, "attribute")]


def _vm(_operand: str, cell: Element, number: int, place: Place) -> list[Slot]:
    """Merge the copies of the cell that a loop over rows makes; only the first keeps its content."""
    _set(cell, "vMerge").set(w("val"), mark(number))
    content = [child for child in cell if child.tag != TCPR]
    if content:
        content[0].addprevious(marker(number + 1))
    cell.append(marker(number + 2))
    cell.append(_empty_like(cell.find(P)))
    cell.append(marker(number + 3))
    value = "'restart' if loop.first else 'continue'"
    return [Slot(place, "{{", value, "attribute"), *_branches(place, "else")]


def _hm(_operand: str, cell: Element, number: int, place: Place) -> list[Slot]:
    """Make one wide cell of the copies that a loop over cells makes."""
    old = cell.find(f"{TCPR}/{GRID_SPAN}")
    times = "" if old is None else f"{_whole(old.get(w('val')))} * "
    _set(cell, "gridSpan").set(w("val"), mark(number))
    cell.addprevious(marker(number + 1))
    cell.addnext(marker(number + 2))
    return [Slot(place, "{{", f"{times}loop.length", "attribute"), *_branches(place)]


def _branches(place: Place, *between: str) -> list[Slot]:
    return [Slot(place, "{%", body) for body in (_FIRST, *between, "endif")]


def _set(cell: Element, name: str) -> Element:
    """Give the cell a fresh property where the schema wants it."""
    kept = cell.find(TCPR)
    if kept is None:
        kept = etree.Element(TCPR)
        cell.insert(0, kept)
    for old in kept.findall(w(name)):
        kept.remove(old)
    made = etree.Element(w(name))
    kept.insert(sum(_rank(child) < _rank(made) for child in kept), made)
    return made


def _rank(element: Element) -> int:
    return _SEQUENCE.index(str(element.tag)) if element.tag in _SEQUENCE else len(_SEQUENCE)


def _empty_like(paragraph: Element | None) -> Element:
    made = etree.Element(P)
    face = None if paragraph is None else paragraph.find(PPR)
    if face is not None:
        made.append(deepcopy(face))
    return made


def _whole(number: str | None) -> str:
    return number if number and number.isdecimal() else "1"


_ORDERS: Final[dict[str, Callable[[str, Element, int, Place], list[Slot]]]] = {
    "colspan": _colspan,
    "cellbg": _cellbg,
    "vm": _vm,
    "hm": _hm,
}
