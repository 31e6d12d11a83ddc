"""What an office types into its sheets in the course of a year: cells of rows that are there, and new rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


class Sheets:
    """The data sheets of a workspace while they are written into."""

    def __init__(self, folder: Path) -> None:
        """Begin with no workbook open."""
        self._folder = folder
        self._open: dict[Path, Workbook] = {}

    def take(self, text: str) -> None:
        """Carry out `改 表 行 列=值；列=值`, `添 表 列=值；…` or `删 表 行`; in 工作机制 a row is called by its first cell.

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
        """Write the workbooks that were opened."""
        for path, workbook in self._open.items():
            workbook.save(path)
            workbook.close()

    def _sheet(self, name: str) -> Worksheet:
        for path in (self._folder / f"{name}.xlsx", *sorted(self._folder.glob("*.xlsx"))):
            if path.exists():
                workbook = self._open.get(path) or openpyxl.load_workbook(path)
                if name in workbook.sheetnames:
                    self._open[path] = workbook
                    return workbook[name]
        raise LookupError(f"no sheet {name}")

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
    for cell in sheet[2]:
        if cell.value is not None:
            heads[str(cell.value)] = cell.column
            heads.setdefault(str(cell.value).partition("（")[0], cell.column)
    return heads


def _row_of(sheet: Worksheet, key: list[str]) -> int:
    """Return the row in which cells equal all parts of a key, the first part in the first column."""
    for row in sheet.iter_rows(min_row=3):
        values = [_shown(cell.value) for cell in row]
        if values and values[0] == key[0] and all(part in values for part in key):
            return int(row[0].row)
    raise LookupError(f"{sheet.title}: no row {'/'.join(key)}")


def _first_empty(sheet: Worksheet) -> int:
    last = 2
    for row in sheet.iter_rows(min_row=3):
        if any(cell.value is not None for cell in row):
            last = int(row[0].row)
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
