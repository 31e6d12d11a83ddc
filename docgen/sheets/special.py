"""Cells of a worksheet that hold no value of their own: formulas and error values, with their addresses.

Most sheets have none, which a search of their XML shows at once. Where there are some, patterns find those written
as spreadsheet programs write them; a sheet with any written otherwise (attributes in single quotes, cells without a
reference) is taken apart properly.
"""

from __future__ import annotations

import html
import io
import re
from typing import Any, Final

HEAD: Final = 4096  # bytes of a sheet in which its namespaces are declared
_FORMULA: Final = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)'
)
_ERROR: Final = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}\d+)"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL
)
_ANY_FORMULA: Final = re.compile(rb"<f[\s/>]")  # not formula1 of a drop-down, which every sheet has
_ANY_PREFIXED_FORMULA: Final = re.compile(rb"<\w+:f[\s/>]")
_ANY_ERROR: Final = re.compile(rb"t=[\"']e[\"']")

Found = dict[str, str]


def special_cells(xml: bytes) -> tuple[Found, Found]:
    """Return the formulas (without =) and the error values of a worksheet by the addresses of their cells."""
    formulas = len(_ANY_FORMULA.findall(xml))
    if b"<worksheet" not in xml[:HEAD]:  # its tags carry a prefix: <x:worksheet>
        formulas += len(_ANY_PREFIXED_FORMULA.findall(xml))
    errors = len(_ANY_ERROR.findall(xml))
    found = (_found(_FORMULA, xml) if formulas else {}, _found(_ERROR, xml) if errors else {})
    return found if (len(found[0]), len(found[1])) == (formulas, errors) else _taken_apart(xml)


def _found(pattern: re.Pattern[bytes], xml: bytes) -> Found:
    return {
        cell.decode(): html.unescape(said.decode("utf-8", "replace")) for cell, said in pattern.findall(xml)
    }


def _taken_apart(xml: bytes) -> tuple[Found, Found]:
    """Read the cells one by one; those without a reference follow the one before them."""
    from lxml import etree

    formulas: Found = {}
    errors: Found = {}
    row = 0
    try:
        for _, line in etree.iterparse(
            io.BytesIO(xml), tag="{*}row", resolve_entities=False, no_network=True
        ):
            row = int(line.get("r") or row + 1)
            column = 0
            for cell in line.iterchildren("{*}c"):
                column = column_number(cell.get("r", "").rstrip("0123456789")) or column + 1
                _note(cell, f"{column_letters(column - 1)}{row}", formulas, errors)
            line.clear()
    except (etree.XMLSyntaxError, ValueError):
        pass  # what the reader of values made of such a sheet counts
    return formulas, errors


def _note(cell: Any, address: str, formulas: Found, errors: Found) -> None:
    formula = cell.find("{*}f")
    if formula is not None:
        formulas[address] = formula.text or ""
    if cell.get("t") == "e":
        errors[address] = cell.findtext("{*}v") or ""


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column counted from 1."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number
