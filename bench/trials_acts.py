"""What somebody does who changes a row or a sheet, uses docgen on the strength of it, and puts it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import openpyxl
from trials_forgers import STRANGER
from trials_office import DRAFTER, SIGNATORY, Office

from docgen.office.life import mandates
from docgen.register import life
from docgen.register.life import State

Act = Callable[[Office], None]
_PEOPLE: Final = "人员"


@contextmanager
def _row(office: Office, change: str, back: str) -> Iterator[None]:
    """Change a row for a while."""
    for statement in (change, back):
        with closing(sqlite3.connect(office.register)) as database:
            database.execute(statement)
            database.commit()
        if statement is change:
            yield


@contextmanager
def _role(office: Office, name: str, role: str) -> Iterator[None]:
    """Give somebody a role in the people sheet for a while."""
    path = office.root / "data" / f"{_PEOPLE}.xlsx"
    before = path.read_bytes()
    book = openpyxl.load_workbook(path)
    sheet = book[_PEOPLE]
    heads: dict[Any, int] = {cell.value: int(cell.column or 0) for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, heads["姓名"]).value == name:
            sheet.cell(row, heads["机制职务"]).value = role
    book.save(path)
    office.sheets_change = True
    yield
    path.write_bytes(before)


def role_for_a_day(office: Office) -> None:
    """Somebody gets a role in the people sheet, signs, and the sheet is put back."""
    document = office.one(State.REVIEWED)
    with _role(office, STRANGER, "副总召集人"):
        office.take(life.SIGN, document, by=STRANGER)


def mandate_revived(office: Office) -> None:
    """A mandate that was ended is in force for one seal."""
    document = office.one(State.APPROVED)
    mandate = next(each.mandate for each in office.documents() if each.id == document)
    mandates.end(office.desk(SIGNATORY), str(mandate), "授权已收回")
    ended = next(each for each in mandates.mandates(office.desk()) if each.id == mandate)
    change = f"UPDATE mandate SET \"end\" = '', ended_by = '' WHERE id = {mandate}"
    back = f"UPDATE mandate SET \"end\" = '{ended.end}', ended_by = '{ended.ended_by}' WHERE id = {mandate}"
    with _row(office, change, back):
        office.take(life.APPLY, document)


def own_request_approved(office: Office) -> None:
    """Who asked for the seal approves it while the row names another."""
    document = office.one(State.NUMBERED)
    office.take(life.REQUEST, document, by=SIGNATORY)
    change = "UPDATE document SET applicant = '{}' WHERE id = " + str(document)
    with _row(office, change.format(DRAFTER), change.format(SIGNATORY)):
        office.take(life.APPROVE, document, by=SIGNATORY)


def duty_written_away(office: Office) -> None:
    """A rule is loosened in its table for one step."""
    document = office.one(State.REVIEWED)
    name = life.Duty.REVIEWER_IS_NOT_SIGNATORY.value
    office.take(life.REVIEW, document, by=SIGNATORY)
    insert = f"INSERT INTO duty (id, loosened, entry) VALUES ('{name}', 1, 1)"
    with _row(office, insert, f"DELETE FROM duty WHERE id = '{name}'"):
        office.take(life.SIGN, document, by=SIGNATORY)


ACTS: Final[tuple[Act, ...]] = (role_for_a_day, mandate_revived, own_request_approved, duty_written_away)
