"""What a handed-out workbook carries inside, so that it is known when it comes back under another name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook as Book

from docgen.sheets.looks import put
from docgen.sheets.workbook import Workbook

IDENTITY: Final = "docgen"
"""A sheet that spreadsheet programs do not list; it survives renaming and saving by WPS and LibreOffice."""
_LABELS: Final = ("编号", "单位", "期")


@dataclass(frozen=True)
class Identity:
    """Of which hand-out a workbook is: its id, the unit's short name, the code of the period."""

    id: str
    unit: str
    period: str


def write_identity(book: Book, identity: Identity) -> None:
    """Put an identity into a workbook."""
    sheet = book.create_sheet(IDENTITY)
    sheet.sheet_state = "veryHidden"
    for row, (label, value) in enumerate(
        zip(_LABELS, (identity.id, identity.unit, identity.period), strict=True), 1
    ):
        put(sheet, row, 1, label)
        put(sheet, row, 2, value).number_format = "@"


def identity_of(workbook: Workbook) -> Identity | None:
    """Return the identity of a workbook; None where it carries none.

    Raises:
        UnreadableWorkbook: the sheet that holds it is broken.
    """
    if IDENTITY not in workbook.sheet_names:
        return None
    told = {str(row[0]): str(row[1]) for row in workbook.grid(IDENTITY).rows if len(row) > 1}
    found = [told.get(label, "") for label in _LABELS]
    return Identity(*found) if all(found) else None
