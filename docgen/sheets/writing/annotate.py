"""Faults shown where they are: copies of the workbooks with the faulty cells coloured and noted.

The clerk's own files are only read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from docgen.sheets.faults import CellFault

_FAULTY: Final = PatternFill("solid", fgColor="FF9999")
_AUTHOR: Final = "docgen"
_IN_BOOK: Final = re.compile(r"(.+\.(?:xlsx|ods|csv|tsv|txt)) (.+)", re.IGNORECASE)
"""A sheet with its workbook before it."""


def annotated(
    folder: Path, faults: Iterable[CellFault], books: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return marked copies, by file name, of the workbooks of a folder that have faulty cells.

    `books` are by name what is marked in place of files that are no .xlsx.

    Each faulty cell is red and has a note with what is wrong with it, above the note it had before.
    """
    held = books or {}
    return {
        name: _marked(held.get(name) or (folder / name).read_bytes(), sheets)
        for name, sheets in _by_place(faults).items()
    }


def _by_place(faults: Iterable[CellFault]) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Gather the words of faults by workbook, sheet and cell."""
    gathered: dict[str, dict[str, dict[str, list[str]]]] = {}
    for fault in faults:
        if fault.cell[-1:].isdigit() and fault.cell[:1].isascii():
            workbook, sheet = place_of(fault.sheet)
            cells = gathered.setdefault(workbook, {}).setdefault(sheet, {})
            cells.setdefault(fault.cell, []).append(_words(fault))
    return gathered


def place_of(shown: str) -> tuple[str, str]:
    """Return workbook and sheet of a sheet as messages write it: 手续, or 工作机制.xlsx 时限规则."""
    found = _IN_BOOK.fullmatch(shown)
    return (found[1], found[2]) if found else (f"{shown}.xlsx", shown)


def _words(fault: CellFault) -> str:
    return str(fault).removeprefix(f"{fault.place}：")


def _marked(data: bytes, sheets: Mapping[str, Mapping[str, list[str]]]) -> bytes:
    try:
        book = load_workbook(io.BytesIO(data))
    except (InvalidFileException, KeyError, ValueError):  # readable for its values, but not for its styles
        return data
    for name, cells in sheets.items():
        for address, words in cells.items():
            _mark(book[name], address, words)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _mark(sheet: Any, address: str, words: list[str]) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        merged = next(each for each in sheet.merged_cells.ranges if address in each)
        cell = sheet.cell(merged.min_row, merged.min_col)
    before = [cell.comment.text] if cell.comment else []
    note = Comment("\n".join([*words, *before]), _AUTHOR)
    note.width, note.height = 320, 60 + 30 * len(words)
    cell.comment = note
    cell.fill = _FAULTY
