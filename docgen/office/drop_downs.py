"""`sheets refresh`: drop-downs of the data sheets offer the units, people, projects and items that there are now."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Problems
from docgen.model.fields import Record
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.office.desk import Desk
from docgen.office.round.applying import Applied, refuse_unfinished, write_plan
from docgen.office.round.plan import Plan
from docgen.office.round.sole_writer import alone
from docgen.office.round.store import LISTS
from docgen.sheets.writing.books import needed_by, offered_by
from docgen.sheets.writing.drop_downs import Refreshed, refreshed
from docgen.workspace import Workspace

_WAYS: Final[tuple[tuple[type[Record], ...], ...]] = (
    (Unit, Mechanism, Member, Item, Project),
    (Unit, Mechanism, Member, Item),
    (Unit, Mechanism),
)
"""Sheets that are read where others have faults, each after those it links to; lists of the others stay."""


@dataclass(frozen=True)
class Renewed:
    """What came of it.

    Args:
        books: the workbooks whose lists were behind, by name, with what was added and removed.
        without: names of workbooks that have no lists.
        applied: what was written.
    """

    books: dict[str, Refreshed]
    without: tuple[str, ...]
    applied: Applied


def refresh(desk: Desk) -> Renewed:
    """Bring the lists of all data sheets up to date, as one change that `sheets undo` takes back.

    Names are taken from the sheets of units, people and items where others have faults: those may be what the old names
    are to be mended with.

    Raises:
        Problems: these sheets have faults, or a workbook is open in another program.
        RoundUnfinished, SheetsMoved, CannotWrite: as `write_plan`.
    """
    with alone(desk):
        return _renewed(desk)


def _renewed(desk: Desk) -> Renewed:
    refuse_unfinished(desk)
    records, whole = _records(desk.workspace)
    offered = {kind: names for kind, names in offered_by(records).items() if names}
    needed = needed_by(records) if whole else ()
    plan, books, without = Plan(), dict[str, Refreshed](), list[str]()
    for path in _workbooks(desk.workspace.data):
        before = path.read_bytes()
        made = refreshed(before, offered, needed, path.name)
        if made is None:
            without.append(path.name)
        elif made.data != before:
            plan.before[path.name], plan.books[path.name], books[path.name] = before, made.data, made
    applied = write_plan(desk, plan, (), (LISTS, LISTS)) if books else Applied(None, (), 0, ())
    return Renewed(books, tuple(without), applied)


def _records(workspace: Workspace) -> tuple[Records, bool]:
    """Return the records of all sheets, or of those that lists are most of, and whether they are all."""
    reading = workspace.read()
    if reading.records:
        return reading.records, True
    for wanted in _WAYS:
        partly = workspace.read(*wanted)
        if partly.records:
            return partly.records, False
    raise Problems(reading.faults)


def _workbooks(folder: Path) -> list[Path]:
    """Return the workbooks of a folder that are read as data."""
    return [each for each in sorted(folder.glob("*.xlsx")) if not each.name.startswith(("~$", "."))]
