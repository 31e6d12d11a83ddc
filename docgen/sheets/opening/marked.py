"""Rows of a sheet that a clerk has hidden or struck through: they are read, and asked about.

A sheet without either costs one search; only where there are some is it gone through.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass

_HIDDEN: Final = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_NUMBER: Final = re.compile(rb'\br="(\d+)"')
_CELL: Final = re.compile(rb'<c\b[^>]*?\br="[A-Z]+(\d+)"[^>]*?\bs="(\d+)"[^>]*?(/?)>')


@dataclass(frozen=True)
class Marked:
    """The numbers of hidden rows, and of rows with a cell that is struck through."""

    hidden: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()


UNMARKED: Final = Marked()


def marked_rows(xml: bytes, struck: frozenset[int]) -> Marked:
    """Return the marked rows of a worksheet.

    Args:
        xml: the worksheet.
        struck: the styles of cells that are struck through.
    """
    hidden = tuple(map(int, _hidden(xml))) if b"hidden=" in xml else ()
    return Marked(hidden, tuple(_struck(xml, struck))) if hidden or struck else UNMARKED


def _hidden(xml: bytes) -> list[bytes]:
    numbers = (_NUMBER.search(found[0]) for found in _HIDDEN.finditer(xml))
    return [each[1] for each in numbers if each]


def _struck(xml: bytes, styles: frozenset[int]) -> list[int]:
    if not styles:
        return []
    cells = (found for found in _CELL.finditer(xml) if not found[3] and int(found[2]) in styles)
    return list(dict.fromkeys(int(found[1]) for found in cells))


def struck_styles(xml: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    if b"strike" not in xml:
        return frozenset()
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return frozenset()
    fonts, styles = root.find("{*}fonts"), root.find("{*}cellXfs")
    if fonts is None or styles is None:
        return frozenset()
    struck = {at for at, each in enumerate(fonts) if _is_struck(each)}
    return frozenset(at for at, each in enumerate(styles) if int(each.get("fontId", 0)) in struck)


def _is_struck(font: etree._Element) -> bool:
    found = font.find("{*}strike")
    return found is not None and found.get("val", "1") not in ("0", "false")
