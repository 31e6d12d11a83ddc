"""What an office types into its sheets in the course of a year: cells of rows that are there, and new rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.sheets.writing.arrangement import BOOKS


class Sheets:
    """The sheets of a workspace while they are written into: those in `data`, and those that units were handed."""

    def __init__(self, root: Path) -> None:
        """Begin with no workbook open."""
        self._root = root
        self._open: dict[Path, tuple[int, Workbook]] = {}
        self._written: set[Path] = set()

    def take(self, text: str) -> None:
        """Carry out `改 表 行 列=值；列=值`, `添 表 列=值；…` or `删 表 行`.

        A sheet outside `data` is written as `文件!表`; in 工作机制 a row is called by its first cell.

        Raises:
            LookupError: no such sheet, row or column.
        """
        deed, name, rest = f"{text.strip()} ".split(" ", 2)
        sheet = self._sheet(name)
        if deed == "添":
            row = _first_empty(sheet)
            self._put(sheet, row, rest)
            return
        key, _, values = rest.strip().partition(" ")
        row = _row_of(sheet, key.split("/"))
        if deed == "删":
            sheet.delete_rows(row)
        else:
            self._put(sheet, row, values)

    def save(self) -> None:
        """Write the workbooks that were written into; they are kept, as long as nobody else writes them."""
        for path in sorted(self._written):
            self._open[path][1].save(path)
            self._open[path] = (path.stat().st_mtime_ns, self._open[path][1])
        self._written.clear()

    def _sheet(self, name: str) -> Worksheet:
        file, _, name = name.rpartition("!")
        book = next((book for book, types in BOOKS.items() if name in {each.sheet for each in types}), name)
        places = (
            self._root / each for each in ((file,) if file else (f"data/{book}.xlsx", f"data/{name}.xlsx"))
        )
        path = next((each for each in places if each.exists()), None)
        if path is None:
            raise LookupError(f"no workbook with the sheet {name}")
        at, workbook = self._open.get(path, (0, None))
        if workbook is None or (at != path.stat().st_mtime_ns and path not in self._written):
            workbook = openpyxl.load_workbook(path)
            self._open[path] = (path.stat().st_mtime_ns, workbook)
        if name not in workbook.sheetnames:
            raise LookupError(f"{path.name}: no sheet {name}")
        self._written.add(path)
        return workbook[name]

    @staticmethod
    def _put(sheet: Worksheet, row: int, text: str) -> None:
        heads = _heads(sheet)
        for part in text.strip().split("；"):
            label, _, value = part.partition("=")
            if label.strip() not in heads:
                raise LookupError(f"{sheet.title}: no column {label}")
            cell = sheet.cell(row, heads[label.strip()], _value(value.strip()))
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"


def _heads(sheet: Worksheet) -> dict[str, int]:
    """Return columns by header; a unit behind it in brackets, 总投资（亿元）, may be left out."""
    heads: dict[str, int] = {}
    for cell in sheet[_head_row(sheet)]:
        if cell.value is not None:
            heads[str(cell.value)] = cell.column
            heads.setdefault(str(cell.value).partition("（")[0], cell.column)
    return heads


def _head_row(sheet: Worksheet) -> int:
    """Return the row of headers: below the title, and in what a unit was handed below its name."""
    return 3 if str(sheet.cell(2, 1).value).startswith("填报单位") else 2


def _row_of(sheet: Worksheet, key: list[str]) -> int:
    """Return the row in which cells equal all parts of a key, the first part in the first column."""
    for place, row in enumerate(sheet.iter_rows(min_row=3), 3):
        values = [_shown(cell.value) for cell in row]
        if values and values[0] == key[0] and all(part in values for part in key):
            return place
    raise LookupError(f"{sheet.title}: no row {'/'.join(key)}")


def _first_empty(sheet: Worksheet) -> int:
    last = 2
    for place, row in enumerate(sheet.iter_rows(min_row=3), 3):
        if any(cell.value is not None for cell in row):
            last = place
    return last + 1


def _shown(value: Any) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _value(text: str) -> Any:
    if not text:
        return None
    if len(text) == 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    if text.isdecimal():
        return int(text)
    return float(text) if text.replace(".", "", 1).isdecimal() else text
