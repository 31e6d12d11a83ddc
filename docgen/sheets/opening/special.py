"""What a worksheet's XML says that its values do not: formulas, error values, and how far its cells reach.

Most sheets have neither formulas nor errors, and cells written as spreadsheet programs write them, which a few
searches show at once. Any other is gone through once from beginning to end, so that the time it takes grows with its
length alone, and nothing depends on quotation marks, prefixes, or cells that do not say where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final
from xml.parsers import expat

from docgen.dataclass import dataclass
from docgen.sheets.addresses import address_of, column_number

HEAD: Final = 4096  # bytes of a sheet in which its namespaces are declared
_UNUSUAL_CELL: Final = re.compile(
    rb'<c(?! r="(?:[A-Z]\d{1,5}|[A-Z]{2}\d{1,4})")(?!ol|f|on|ha|u|e)'  # not cols, cfRule, controls, charset …
)
"""A cell outside both A1:Z99999 and A1:ZZ9999, which hold few enough cells, or one oddly written."""
_FORMULA: Final = re.compile(rb"<f[\s/>]")  # not formula1 of a drop-down, which every sheet has
_ERROR: Final = re.compile(rb"\bt\s*=\s*[\"'](?:e[\"']|&)")
_QUOTED_E: Final = re.compile(rb'"e"')
_QUOTED_ENTITY: Final = re.compile(rb'"&')
_DOCTYPE: Final = b"<!DOCTYPE"
_BEGIN: Final = b"<sheetData"
_END: Final = b"</sheetData>"
"""Where the first cell can stand, and the last; behind them are rules, full of quotation marks and formulas."""
_PREFIXED: Final = re.compile(rb":[cf]")
"""A cell or formula with a prefix. `re` finds so short a word in megabytes two or three times as fast as `in`."""
_WIDE_CODE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How a sheet begins whose characters take two bytes (UTF-16)."""
_ADDRESS: Final = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Special:
    """What a sheet has beside values: formulas (without =) and error values by address, its last row and column."""

    formulas: Mapping[str, str]
    errors: Mapping[str, str]
    rows: int = 0
    columns: int = 0


def special_cells(xml: bytes) -> Special:
    """Return what a worksheet holds beside values; rows and columns are 0 where all its cells lie near.

    Raises:
        ValueError: it is not well-formed, or a cell or row says of itself what cannot be.
    """
    if _is_plain(xml):
        return Special({}, {})
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = walk.begin
    parser.CharacterDataHandler = walk.hear
    parser.EndElementHandler = walk.end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise ValueError from fault
    return Special(walk.formulas, walk.errors, walk.last_row, walk.last_column)


def _is_plain(xml: bytes) -> bool:
    """Whether a sheet has neither formulas nor errors, and no cell that is far away or oddly written."""
    if xml.startswith(_WIDE_CODE) or prefixed(xml):
        return False
    start, end = xml.find(_BEGIN), xml.rfind(_END)
    if start < 0 or _DOCTYPE in xml[:start]:
        return False
    cells = xml[start:end] if start < end else xml
    return not (
        _UNUSUAL_CELL.search(cells)
        or _FORMULA.search(cells)
        or (_may_have_errors(cells) and _ERROR.search(cells))
    )


def _may_have_errors(cells: bytes) -> bool:
    """Whether an attribute may say `e`; plain words are found several times faster than patterns."""
    return bool(b"'" in cells or _QUOTED_E.search(cells) or (b"&" in cells and _QUOTED_ENTITY.search(cells)))


def may_be_long(part: bytes, begins: bytes, longest: int) -> bool:
    """Whether a text of a part may have more than so many characters: somewhere as many bytes pass without the next.

    In comments, instructions and CDATA anything can stand: a part that has such may.

    Args:
        part: a worksheet, or the shared texts.
        begins: how each cell, or each text, begins.
        longest: characters that a text may have.
    """
    if part.find(b"!", HEAD) >= 0 or part.find(b"?", HEAD) >= 0:
        return True
    step = longest // 2  # whatever is longer holds one such portion wholly
    return any(part.find(begins, at, at + step) < 0 for at in range(0, len(part) - step + 1, step))


def prefixed(xml: bytes) -> bool:
    """Whether `:c` or `:f` stands anywhere; past the head, full of colons, a colon alone is found much sooner."""
    head = _PREFIXED.search(xml, 0, HEAD + 1)
    return bool(head or (xml.find(b":", HEAD) >= 0 and _PREFIXED.search(xml, HEAD)))


def _refuse_doctype(*_: object) -> None:
    raise ValueError


@dataclass
class _Walk:
    """Goes through the elements of a sheet; a cell without a reference follows the one before it."""

    formulas: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    _row: int = 0
    _column: int = 0
    _is_error: bool = False
    _heard: list[str] | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._place(attributes.get("r"))
            self._is_error = attributes.get("t") == "e"
            if self._is_error:
                self.errors[self._address] = ""
        elif tag == "row":
            self._row, self._column = int(attributes.get("r") or self._row + 1), 0
        elif tag == "f" or (tag == "v" and self._is_error):
            self._heard = []

    def hear(self, text: str) -> None:
        if self._heard is not None:
            self._heard.append(text)

    def end(self, name: str) -> None:
        if self._heard is None:
            return
        tag = name.rpartition(":")[2]
        if tag == "f":
            self.formulas[self._address] = "".join(self._heard)
        elif tag == "v":
            self.errors[self._address] = "".join(self._heard)
        self._heard = None

    @property
    def _address(self) -> str:
        return address_of(self._row - 1, self._column - 1)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            found = _ADDRESS.fullmatch(reference)
            if not found:
                raise ValueError
            self._column, self._row = column_number(found[1].upper()), int(found[2])
        self.last_row = max(self.last_row, self._row)
        self.last_column = max(self.last_column, self._column)
