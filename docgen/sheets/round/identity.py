"""What a handed-out workbook carries inside, so that it is known when it comes back under another name."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from openpyxl import Workbook

from docgen.dataclass import dataclass
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.rules.periods import Period, PeriodUnreadable, read_period
from docgen.sheets.round.files import Book, CsvBook
from docgen.sheets.round.foot import UNIT_LINE
from docgen.sheets.round.shares import SHARES
from docgen.sheets.writing.arrangement import IDENTITY
from docgen.sheets.writing.looks import put

_LABELS: Final = ("编号", "单位", "期")
_LONGEST_WORD: Final = 8
"""Characters of a word for projects (重大, 重点产业) that a title of an earlier round may have behind its period."""


@dataclass(frozen=True)
class Identity:
    """Of which hand-out a workbook is: its id, the unit's short name, the code of the period."""

    id: str
    unit: str
    period: str


def write_identity(book: Workbook, identity: Identity) -> None:
    """Put an identity into a workbook."""
    sheet = book.create_sheet(IDENTITY)
    sheet.sheet_state = "veryHidden"
    for row, (label, value) in enumerate(
        zip(_LABELS, (identity.id, identity.unit, identity.period), strict=True), 1
    ):
        put(sheet, row, 1, label)
        put(sheet, row, 2, value).number_format = "@"


def identity_of(workbook: Book) -> Identity | None:
    """Return the identity of a workbook; None where it carries none.

    Raises:
        UnreadableWorkbook: the sheet that holds it is broken.
    """
    if IDENTITY not in workbook.sheet_names:
        return None
    told = {str(row[0]): str(row[1]) for row in workbook.sheet(IDENTITY).rows if len(row) > 1}
    found = [told.get(label, "") for label in _LABELS]
    return Identity(*found) if all(found) else None


def title_of(book: CsvBook, records: Records) -> tuple[Period, str, str] | None:
    """Return what the first two lines of a .csv say: the period, the unit's short name, the sheet; None for nothing.

    Args:
        book: the file.
        records: of the office, by which the unit is known.
    """
    title, line = ("".join(each).strip() for each in (*book.rows[:2], (), ())[:2])
    name = line.removeprefix(UNIT_LINE).split("\u3000")[0].strip()
    units = [each.short_name for each in records.of(Unit) if name in each.link_names]
    share = next((each for each in SHARES if title.endswith(each.record.title)), None)
    if not units or share is None:
        return None
    period = _period_before(title.removesuffix(share.record.title))
    return (period, units[0], share.record.sheet) if period else None


def _period_before(words: str) -> Period | None:
    """Return the period that words begin with; titles of earlier rounds say behind it how projects are called."""
    for end in range(len(words), max(len(words) - _LONGEST_WORD, 0), -1):
        with suppress(PeriodUnreadable):
            return read_period(words[:end])
    return None
