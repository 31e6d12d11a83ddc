"""OpenDocument sheets (.ods), as LibreOffice and WPS save them, opened with the same care as .xlsx.

What a sheet holds is looked through before the sheet reader sees it: a cell repeated a million times over takes a few
bytes in the file and gigabytes when it is spread out (OpenDocument 1.3, part 3, 9.1).
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from docgen.dataclass import dataclass
from docgen.sheets.addresses import address_of
from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.opening.grid import Merged, fill_merged
from docgen.sheets.opening.marked import Marked, Struck
from docgen.sheets.opening.special import Special
from docgen.sheets.opening.workbook import (
    MOST_CELLS,
    MOST_UNPACKED,
    ZIP_FAULTS,
    Sheet,
    broken,
    too_wide,
    unreadable,
)

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT: Final = "content.xml"
_LINE_THROUGH: Final = b"text-line-through-style"
_SAVE_AS: Final = "请在 Excel、WPS 或 LibreOffice 中打开，另存为“Excel 工作簿（*.xlsx）”后再试。"


def is_ods(data: bytes) -> bool:
    """Whether a file is an OpenDocument spreadsheet, which says so in its first bytes."""
    return data.startswith(b"PK") and MIMETYPE in data[:128]


@dataclass(frozen=True)
class OdsWorkbook:
    """A readable .ods: its file name and content."""

    path: Path
    data: bytes

    def checked(self) -> OdsWorkbook:
        """Return it, when it is whole. Raises UnreadableWorkbook."""
        assert self._walked is not None  # noqa: S101  # walking refuses what is not
        return self

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the sheets, hidden ones too."""
        return tuple(self._walked)

    def sheet(self, name: str) -> Sheet:
        """Read one sheet. Raises UnreadableWorkbook."""
        from python_calamine import CalamineError

        try:
            rows = self._calamine.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError, OSError) as fault:
            raise broken(self.path) from fault
        table = self._walked[name]
        merged = tuple(table.merged)
        fill_merged(rows, merged)
        special = Special(table.formulas, {})
        return Sheet(name, rows, b"", special, DAY_ZERO, Struck(), merged, table.marked)

    @cached_property
    def _calamine(self) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except PasswordError:
            raise unreadable(self.path, "文件有打开密码", "请取消打开密码后保存。") from None
        except (CalamineError, ValueError, OSError) as fault:
            raise broken(self.path) from fault

    @cached_property
    def _walked(self) -> Mapping[str, _Table]:
        """Return what is known of each sheet; one that is far too large is refused."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                if sum(each.file_size for each in package.infolist()) > MOST_UNPACKED:
                    raise unreadable(self.path, "解压后过大", "数据表不会这样大，请检查是否放错了文件。")
                if b"Basic" in b"".join(each.filename.encode()[:5] for each in package.infolist()):
                    raise unreadable(self.path, "文件带有宏", "为安全起见不读取带宏的文件。" + _SAVE_AS)
                content = package.read(_CONTENT)
        except (KeyError, *ZIP_FAULTS) as fault:
            raise broken(self.path) from fault
        walk = _Walk(_struck_in(content))
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = walk.begin
        parser.EndElementHandler = walk.end
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as fault:
            raise broken(self.path) from fault
        for name, table in walk.tables.items():
            if table.rows * table.columns > MOST_CELLS:
                raise too_wide(self.path, name, table.rows, table.columns)
        return walk.tables


def _refuse_doctype(*_: object) -> None:
    raise ValueError


def _struck_in(content: bytes) -> frozenset[str]:
    """Return the names of the cell styles of a content part whose text is struck through."""
    if _LINE_THROUGH not in content:
        return frozenset()
    found: set[str] = set()
    named = ""

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal named
        if name == "style:style":
            named = attributes.get("style:name", "")
        elif attributes.get("style:text-line-through-style", "none") != "none":
            found.add(named)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = begin
    with contextlib.suppress(
        expat.ExpatError, ValueError
    ):  # what is wrong with the part is found when it is walked
        parser.Parse(content, True)
    return frozenset(found)


@dataclass
class _Table:
    """A sheet: how far its cells reach, formulas by address, merged areas, and the rows hidden or struck through."""

    rows: int = 0
    columns: int = 0
    formulas: dict[str, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden: dict[int, None] = field(default_factory=dict)
    struck: dict[int, None] = field(default_factory=dict)

    @property
    def marked(self) -> Marked:
        """Return the rows that a clerk has hidden or struck through."""
        return Marked(tuple(self.hidden), tuple(self.struck))


@dataclass
class _Walk:
    """Goes through the tables of a content part; tables within cells are passed over.

    `struck` are the styles of cells whose text is struck through.
    """

    struck: frozenset[str] = frozenset()
    tables: dict[str, _Table] = field(default_factory=dict)
    _depth: int = 0
    _row: int = 0
    _column: int = 0
    _repeated: int = 1
    _is_hidden: bool = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self.tables[attributes.get("table:name", "")] = _Table()
                self._row = 0
        elif self._depth == 1 and name == "table:table-row":
            self._repeated, self._column = int(attributes.get("table:number-rows-repeated", 1)), 0
            self._is_hidden = attributes.get("table:visibility", "visible") != "visible"
        elif self._depth == 1 and name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        table = next(reversed(self.tables.values()))
        first = self._column
        self._column += int(attributes.get("table:number-columns-repeated", 1))
        if "office:value-type" not in attributes and "table:formula" not in attributes:
            return
        table.rows = max(table.rows, self._row + self._repeated)
        table.columns = max(table.columns, self._column)
        self._mark(table, attributes)
        if formula := attributes.get("table:formula"):
            table.formulas[address_of(self._row, first)] = formula.partition("=")[2]

    def _mark(self, table: _Table, attributes: Mapping[str, str]) -> None:
        """Remember what a cell that holds something is merged with, and whether it is hidden or struck through."""
        rows = int(attributes.get("table:number-rows-spanned", 1))
        columns = int(attributes.get("table:number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            left = self._column - int(attributes.get("table:number-columns-repeated", 1))
            table.merged.append(((self._row, left), (self._row + rows - 1, left + columns - 1)))
        if self._is_hidden:
            table.hidden[self._row + 1] = None
        if attributes.get("table:style-name") in self.struck:
            table.struck[self._row + 1] = None

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
        elif self._depth == 1 and name == "table:table-row":
            self._row += self._repeated
