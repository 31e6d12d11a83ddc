"""Cells of a workbook written in place: only the cells named change, all other parts stay byte for byte.

Formulas, formats, notes, drawings, pivots, other columns and sheets are not read and so cannot be lost. A cell keeps
its format; a date goes in as a date where the format is one, else as text (ISO 8601). Programs work all formulas
out anew when they open the workbook.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from bisect import bisect
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.opc.parsing import Element, parse
from docgen.opc.writing import with_changed
from docgen.sheets.addresses import column_letters, is_address, place_in_sheet, row_number
from docgen.sheets.dates import DAY_ZERO, DAY_ZERO_1904
from docgen.sheets.faults import CellFault


class CellUnchanged(CellFault):
    """A change would go into a cell of the office's sheet that cannot take it."""

    code = "write-in-place"
    says = "{place}：{why}，不能只改这一格"
    advises = "请在办公室的表中手工改正。"

    why: str


Written = str | int | Decimal | date | None
_BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_CODE: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Edit:
    """What a cell is to hold; `like` is the cell whose format a new cell takes."""

    value: Written
    like: str = ""
    header: str = ""


def edited(data: bytes, edits: Mapping[str, Mapping[str, Edit]], shown: str) -> bytes:
    """Return a workbook with some cells changed.

    Args:
        data: the workbook.
        edits: by the name of the sheet and the address of the cell.
        shown: what messages call the workbook.

    Raises:
        CellUnchanged: a cell holds a formula or is merged with others.
        FileFault: a part cannot be read.
    """
    package = _Package(data, shown)
    changed = {package.part_of(name): package.sheet(name, cells) for name, cells in edits.items() if cells}
    if changed:
        changed["xl/workbook.xml"] = package.recalculated()
    return with_changed(data, changed, shown)


class _Package:
    """A workbook as a package: its sheets by name, each as XML that is looked at and changed."""

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._book = self._parsed("xl/workbook.xml")
        relations = self._parsed("xl/_rels/workbook.xml.rels")
        self._targets = {str(each.get("Id")): str(each.get("Target", "")) for each in relations}

    def _parsed(self, part: str) -> Element:
        return parse(self._zip.read(part), self.shown, part, remarks=True)

    def part_of(self, name: str) -> str:
        """Return the part of a sheet."""
        sheet = next(each for each in self._book.iter("{*}sheet") if each.get("name") == name)
        relation = next(value for key, value in sheet.attrib.items() if str(key).endswith("}id"))
        return posixpath.normpath(posixpath.join("/xl", self._targets[str(relation)])).lstrip("/")

    def sheet(self, name: str, cells: Mapping[str, Edit]) -> bytes:
        """Return a sheet's part with cells changed."""
        root = self._parsed(self.part_of(name))
        sheet = _Sheet(root, self._is_date, self._day_zero)
        for address, edit in cells.items():
            why = sheet.refusal(address)
            if why:
                raise CellUnchanged(name, address, edit.header, why)
            sheet.write(address, edit)
        return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)

    def recalculated(self) -> bytes:
        """Return the workbook's part, which asks programs to work formulas out when they open it."""
        found = self._book.find("{*}calcPr")
        if found is None:
            found = etree.Element(f"{{{etree.QName(self._book).namespace}}}calcPr")
            _insert_before(self._book, found, _AFTER_CALC)
        found.set("fullCalcOnLoad", "1")
        return etree.tostring(
            self._book.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        )

    @property
    def _day_zero(self) -> date:
        said = [each.get("date1904", "") for each in self._book.iter("{*}workbookPr")]
        return DAY_ZERO_1904 if "1" in said or "true" in said else DAY_ZERO

    def _is_date(self, style: int) -> bool:
        """Whether a cell's format shows a date."""
        if "xl/styles.xml" not in self._zip.namelist():
            return False
        if not hasattr(self, "_formats"):
            styles = self._parsed("xl/styles.xml")
            codes = {
                int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in styles.iter("{*}numFmt")
            }
            formats = styles.find("{*}cellXfs")
            ids = [int(each.get("numFmtId", 0)) for each in formats] if formats is not None else []
            self._formats = [
                each in _BUILT_IN_DATES
                or bool(re.search("[ymd]", _NO_CODE.sub("", codes.get(each, "")).lower()))
                for each in ids
            ]
        return style < len(self._formats) and self._formats[style]


_AFTER_CALC: Final = (
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
"""What may follow `calcPr` in a workbook (ISO/IEC 29500-1, 18.2.27)."""


def _insert_before(parent: Element, child: Element, following: tuple[str, ...]) -> None:
    for place, each in enumerate(parent):
        if isinstance(each.tag, str) and etree.QName(each).localname in following:
            parent.insert(place, child)
            return
    parent.append(child)


class _Sheet:
    """The cells of one worksheet."""

    def __init__(self, root: Element, is_date: Callable[[int], bool], day_zero: date) -> None:
        self._space = etree.QName(root).namespace
        found = root.find("{*}sheetData")
        assert found is not None  # noqa: S101  # every worksheet has one
        self._data = found
        self._is_date, self._day_zero = is_date, day_zero
        self._rows: dict[int, Element] = {}
        for place, each in enumerate(self._data, 1):
            self._rows[int(each.get("r", place))] = each
        self._numbers = sorted(self._rows)
        self._merged = [each.get("ref", "") for each in root.iter("{*}mergeCell")]

    def refusal(self, address: str) -> str:
        """Say in Chinese why a cell cannot be written alone; empty when it can."""
        if any(_within(address, each) for each in self._merged):
            return "与别的单元格合并在一起"
        cell = self._cell(address)
        return "是公式" if cell is not None and cell.find("{*}f") is not None else ""

    def write(self, address: str, edit: Edit) -> None:
        """Put a value into a cell; its format stays."""
        cell = self._cell(address)
        if cell is None:
            cell = self._new_cell(address, edit.like)
        for each in list(cell):
            cell.remove(each)
        for name in ("t", "cm", "vm", "ph"):
            cell.attrib.pop(name, "")
        self._fill(cell, edit.value)

    def _fill(self, cell: Element, value: Written) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date):
            if self._is_date(int(cell.get("s", "0"))):
                self._put(cell, str((value - self._day_zero).days))
                return
            value = value.isoformat()
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.text = value
            text.set(_XML_SPACE, "preserve")
        else:
            self._put(cell, f"{value:f}" if isinstance(value, Decimal) else str(value))

    def _put(self, cell: Element, digits: str) -> None:
        etree.SubElement(cell, self._tag("v")).text = digits

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _cell(self, address: str) -> Element | None:
        row = self._rows.get(row_number(address))
        for place, each in enumerate(row if row is not None else (), 1):
            if each.get("r", f"{column_letters(place - 1)}{row_number(address)}") == address:
                return each
        return None

    def _new_cell(self, address: str, like: str) -> Element:
        row = self._rows.get(row_number(address))
        if row is None:
            row = self._new_row(row_number(address))
        cell = etree.Element(self._tag("c"), r=address)
        pattern = self._cell(like) if like else None
        if pattern is not None and pattern.get("s"):
            cell.set("s", str(pattern.get("s")))
        column = place_in_sheet(address)[1]
        before = [each for each in row if place_in_sheet(str(each.get("r", "A1")))[1] < column]
        row.insert(len(before), cell)
        row.attrib.pop("spans", "")
        return cell

    def _new_row(self, number: int) -> Element:
        row = etree.Element(self._tag("row"), r=str(number))
        place = bisect(self._numbers, number)
        if place:
            self._rows[self._numbers[place - 1]].addnext(row)
        else:
            self._data.insert(0, row)
        self._numbers.insert(place, number)
        self._rows[number] = row
        return row


def _within(address: str, area: str) -> bool:
    first, _, last = area.partition(":")
    last = last or first
    if not (is_address(first) and is_address(last)):
        return False
    row, column = place_in_sheet(address)
    (top, left), (bottom, right) = place_in_sheet(first), place_in_sheet(last)
    return top <= row <= bottom and left <= column <= right
