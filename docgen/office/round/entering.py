"""What was handed out, entered in the office's sheet of returns, so that status and bulletins know what is owed."""

from __future__ import annotations

from docgen.errors import Advice, DocgenError, Problems
from docgen.model.returned import Return
from docgen.office.desk import Desk
from docgen.office.round.applying import Applied, write_plan
from docgen.office.round.handing_out import HandedOut
from docgen.office.round.plan import Plan, make_books, try_books
from docgen.office.round.planning import NO_RETURNS, Adding, matters_of
from docgen.office.round.sole_writer import alone


def enter_due(desk: Desk, made: HandedOut) -> Applied:
    """Add a row to the sheet of returns for each thing that a unit is to return, where none stands there yet.

    It is one change with a log of its own, that `sheets undo` takes back.

    Raises:
        Problems: the sheets have faults, or have no room for the rows.
        DocgenError: as `write_plan`.
    """
    with alone(desk):
        return _entered(desk, made)


def _entered(desk: Desk, made: HandedOut) -> Applied:
    records = desk.workspace.records()
    known = records.of(Return)
    found, name = Plan(), made.period.short_name
    adding = Adding(found, desk, Return, known)
    if adding.origin is None:
        return Applied(None, (), 0, (Advice("return-not-entered", NO_RETURNS),))
    there = {(each.unit.short_name, each.matter) for each in known if each.period == name}
    for handed in made.handed:
        for matter in matters_of(handed):
            if (handed.unit, matter) not in there:
                unit = records.find_unit(handed.unit)
                values = {"unit": unit, "period": name, "matter": matter, "due": handed.due}
                adding.add(values, (handed.unit, name, matter), handed.unit, "")
    make_books(found, desk.workspace.data)
    if found.books and not found.faults:
        try_books(found, desk)
    faults: list[DocgenError] = found.faults
    Problems.raise_any(faults)
    if not found.books:
        return Applied(None, (), 0, ())
    return write_plan(desk, found, (), (name, made.period.code))
