"""Rows of a sheet that a clerk has hidden or struck through: they are read, and asked about.

Part of a text that is struck through would be read as one with the rest (6, struck, and 6.8: 66.8): it is a fault.
A sheet without either costs one search; only where there are some is it gone through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass

_HIDDEN: Final = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_NUMBER: Final = re.compile(rb'\br="(\d+)"')
_CELL: Final = re.compile(rb'<c\b[^>]*?\br="[A-Z]+(\d+)"[^>]*?\bs="(\d+)"[^>]*?(/?)>')


@dataclass(frozen=True)
class Marked:
    """The numbers of hidden rows, and of rows with a cell that is struck through.

    `partly` gives what is struck through of the text of a cell, by address.
    """

    hidden: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    partly: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Struck:
    """What of a workbook is struck through: cell styles by number, and portions of shared texts by theirs."""

    styles: frozenset[int] = frozenset()
    texts: Mapping[int, str] = field(default_factory=dict)


UNMARKED: Final = Marked()


def marked_rows(xml: bytes, struck: Struck) -> Marked:
    """Return the marked rows of a worksheet.

    Args:
        xml: the worksheet.
        struck: what of its workbook is struck through.
    """
    hidden = tuple(map(int, _hidden(xml))) if b"hidden=" in xml else ()
    partly = _partly(xml, struck.texts) if struck.texts or b"strike" in xml else {}
    rows = _struck(xml, struck.styles)
    return Marked(hidden, tuple(rows), partly) if hidden or rows or partly else UNMARKED


def _hidden(xml: bytes) -> list[bytes]:
    numbers = (_NUMBER.search(found[0]) for found in _HIDDEN.finditer(xml))
    return [each[1] for each in numbers if each]


def _struck(xml: bytes, styles: frozenset[int]) -> list[int]:
    if not styles:
        return []
    cells = (found for found in _CELL.finditer(xml) if not found[3] and int(found[2]) in styles)
    return list(dict.fromkeys(int(found[1]) for found in cells))


def _partly(xml: bytes, texts: Mapping[int, str]) -> dict[str, str]:
    """Return what is struck through of the texts of cells: those shared, and those that stand in the sheet itself."""
    root = _parsed(xml)
    found: dict[str, str] = {}
    for cell in root.iter("{*}c") if root is not None else ():
        value, own = cell.findtext("{*}v", ""), cell.find("{*}is")
        shared = texts.get(int(value), "") if cell.get("t") == "s" and value.isdecimal() else ""
        if words := shared or ("" if own is None else _struck_in(own)):
            found[cell.get("r", "")] = words
    return found


def struck_texts(xml: bytes) -> dict[int, str]:
    """Return what is struck through of shared texts, by the number of each text."""
    root = _parsed(xml) if b"strike" in xml else None
    said = {} if root is None else {at: _struck_in(each) for at, each in enumerate(root.iter("{*}si"))}
    return {at: words for at, words in said.items() if words}


def _struck_in(text: etree._Element) -> str:
    """Return the portions of a text that are struck through."""
    portions = ((each, each.find("{*}rPr")) for each in text.iter("{*}r"))
    return "".join(
        each.findtext("{*}t", "") for each, look in portions if look is not None and _is_struck(look)
    )


def _parsed(xml: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def struck_styles(xml: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    if b"strike" not in xml:
        return frozenset()
    if (root := _parsed(xml)) is None:
        return frozenset()
    fonts, styles = root.find("{*}fonts"), root.find("{*}cellXfs")
    if fonts is None or styles is None:
        return frozenset()
    struck = {at for at, each in enumerate(fonts) if _is_struck(each)}
    return frozenset(at for at, each in enumerate(styles) if int(each.get("fontId", 0)) in struck)


def _is_struck(font: etree._Element) -> bool:
    found = font.find("{*}strike")
    return found is not None and found.get("val", "1") not in ("0", "false")
