"""The records that a list is compared with: all of the workspace, or those there are while it is being filled."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import DocgenError, Problems
from docgen.model.approval import Approval
from docgen.model.fields import Origin, Record, fields_of
from docgen.model.item import Item
from docgen.model.mechanism import Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.office.desk import Desk
from docgen.sheets.addresses import column_letters
from docgen.sheets.faults import EmptySheet, MissingSheet
from docgen.sheets.opening.workbook import Workbook, open_workbook
from docgen.sheets.reading.headers import find_header
from docgen.sheets.reading.reader import Reading, read_folder

_ALWAYS: tuple[type[Record], ...] = (Mechanism, Unit, Member, Item)


def records_for(desk: Desk, record: type[Record]) -> tuple[Records, frozenset[str]]:
    """Return the records of a workspace, and what is wrong with its sheets already, as it is told.

    A workspace that is being filled lacks projects or approvals; its other sheets are read all the same.

    Raises:
        Problems: a sheet that the list is compared with has faults.
    """
    workspace = desk.workspace
    whole = workspace.read()
    before = frozenset(str(each) for each in whole.faults)
    if whole.records:
        return whole.records, before
    links: tuple[type[Record], ...] = (*_ALWAYS, Project, Approval, record)
    ways: tuple[tuple[type[Record], ...], ...] = (
        links,
        (*_ALWAYS, Project, record),
        (*_ALWAYS, record),
        _ALWAYS,
    )
    for wanted in ways:
        in_order = tuple(each for each in workspace.schema.types if each in wanted)
        reading = read_folder(workspace.data, workspace.shown(workspace.data), in_order, workspace.schema)
        if reading.records:
            return reading.records, before
        Problems.raise_any(_hard(reading))
    raise Problems(reading.faults)


def _hard(reading: Reading) -> Iterator[DocgenError]:
    """Yield the faults of sheets that are not merely empty or not there yet."""
    soft = [each for each in reading.faults if isinstance(each, EmptySheet | MissingSheet)]
    if len(soft) < len(reading.faults) or {each.sheet for each in soft} & {each.sheet for each in _ALWAYS}:
        yield from reading.faults


def blank_row(desk: Desk, record: type[Record]) -> Origin | None:
    """Return the first row of a sheet that has no records yet; None where there is no such sheet, or no head in it."""
    for path in sorted(desk.workspace.data.glob("*.xlsx")):
        if path.name.startswith(("~$", ".")):
            continue
        workbook = open_workbook(path)
        name = _sheet_in(workbook, record)
        if name is None:
            continue
        shown = name if path.stem == name else f"{path.name} {name}"
        layout = find_header(workbook.grid(name), shown, fields_of(record)).layout
        if layout is None:
            return None
        columns = {field: column_letters(index) for field, index in layout.columns.items()}
        return Origin(shown, layout.first + 1, columns)
    return None


def _sheet_in(workbook: Workbook, record: type[Record]) -> str | None:
    return next((each for each in workbook.sheet_names if each.strip() == record.sheet), None)
