"""The final list before and after changes of it (清单调整), and whether who consented was in charge (分管).

The sheet of projects shows the list as it is now: every approved change is in it, or is taken to be. An earlier state
is found by undoing approved changes, the last one first; figures that a change writes out (总投资11.8亿元) are undone
with it. Amounts are in 亿元.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from docgen.dataclass import dataclass
from docgen.model.changes import ListChange, amounts_said
from docgen.model.charge import Charge
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ListChangeKind, ListStage
from docgen.rules.matters import is_listed


@dataclass(frozen=True, slots=True)
class Amounts:
    """Total investment and that of the year, in 亿元."""

    total: Decimal = Decimal(0)
    year: Decimal = Decimal(0)

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.total + other.total, self.year + other.year)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many projects a list has, and their amounts together; amounts that are not filled in count as nothing."""

    count: int
    amounts: Amounts


def amounts_of(project: Project) -> Amounts:
    """Return what the sheet of projects says of one."""
    return Amounts(project.total_investment or Decimal(0), project.year_investment or Decimal(0))


def sums_of(projects: Iterable[Project]) -> Sums:
    """Return number and amounts of projects as the sheet has them."""
    found = [amounts_of(each) for each in projects]
    return Sums(len(found), sum(found, Amounts()))


def without_total(records: Records, changes: Iterable[ListChange]) -> tuple[Project, ...]:
    """Return the projects of the list and of changes without total investment, which sums would leave out."""
    listed = (each for each in records.of(Project) if is_listed(each))
    projects = {each.number: each for each in (*listed, *(one.project for one in changes))}
    return tuple(each for each in projects.values() if each.total_investment is None)


def approved(records: Records) -> tuple[ListChange, ...]:
    """Return the approved changes, by the day of approval and within a day in the order of the sheet."""
    found = [each for each in records.of(ListChange) if each.approved]
    return tuple(sorted(found, key=lambda each: each.approved or date.min))


def sums_around(records: Records, changes: Sequence[ListChange]) -> tuple[Sums, Sums]:
    """Return the final list before and after some changes.

    Args:
        records: the sheets.
        changes: approved ones, or such as are only applied for: then what the list would be with them.
    """
    state = _List(records)
    order = approved(records)
    for each in order:
        state.apply(each)
    places = [place for place, each in enumerate(order) if any(each is one for one in changes)]
    for each in reversed(order[places[-1] + 1 :] if places else ()):
        state.undo(each)
    if not places:
        before = state.sums
        for each in changes:
            state.apply(each)
        return before, state.sums
    after = state.sums
    for each in reversed([order[place] for place in places]):
        state.undo(each)
    return state.sums, after


def unexplained(records: Records) -> tuple[Project, ...]:
    """Return the projects that were taken off the list although no change of it says why; none without the sheet."""
    changes = records.of(ListChange)
    told = {each.project.number for each in changes if each.kind is ListChangeKind.OUT}
    gone = (each for each in records.of(Project) if each.stage is ListStage.REMOVED)
    return tuple(each for each in gone if each.number not in told) if changes else ()


class _List:
    """The final list while changes are applied and undone."""

    def __init__(self, records: Records) -> None:
        projects = records.of(Project)
        self._amounts = {each.number: amounts_of(each) for each in projects}
        self._listed = {each.number for each in projects if is_listed(each)}

    @property
    def sums(self) -> Sums:
        return Sums(len(self._listed), sum((self._amounts[each] for each in self._listed), Amounts()))

    def apply(self, change: ListChange) -> None:
        self._turn(change, inward=change.kind is ListChangeKind.IN, said=change.after)

    def undo(self, change: ListChange) -> None:
        self._turn(change, inward=change.kind is ListChangeKind.OUT, said=change.before)

    def _turn(self, change: ListChange, *, inward: bool, said: str | None) -> None:
        number = change.project.number
        if change.kind not in (ListChangeKind.IN, ListChangeKind.OUT):
            was, now = self._amounts[number], amounts_said(said)
            self._amounts[number] = Amounts(now.get("total", was.total), now.get("year", was.year))
        elif inward:
            self._listed.add(number)
        else:
            self._listed.discard(number)


def in_charge_of(change: ListChange, charges: Iterable[Charge]) -> tuple[Person, ...]:
    """Return the leaders who were in charge of a change's project or unit on the day it was consented to.

    A leader is in charge by the project's industry, or by the unit that applies; before consent it is the day of the
    application that counts. Several may be, where the sheet 分管 divides both ways. Without either day there is none.
    """
    day = change.consented or change.applied
    held = [each for each in charges if day and each.held_on(day)]
    by_industry = [each.leader for each in held if change.project.industry in each.industries]
    by_unit = [each.leader for each in held if any(unit is change.unit for unit in each.units)]
    return tuple({each.name: each for each in (*by_industry, *by_unit)}.values())
