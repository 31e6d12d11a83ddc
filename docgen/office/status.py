"""The director's morning picture: what is late, due soon, unanswered, not returned, and what waits for whom.

    found = overview(desk, unit, ())
    found.late, found.soon, found.units, found.waiting

A project has a page of its own: everything that any sheet or the register says of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts, Standing
from docgen.documents.identity import Component, MadeFor, component_of
from docgen.errors import Advice
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState
from docgen.office.desk import Desk
from docgen.office.life.finding import Wanted, documents, is_for_signing
from docgen.office.unanswered import Unanswered, unanswered
from docgen.register.document import Document
from docgen.register.life import State
from docgen.rules.assessments import Assessed, assessed, is_ranked
from docgen.rules.deadlines import Light
from docgen.rules.matters import Matter, MatterKind, is_listed, matters_of
from docgen.rules.rates import Rate, grouped, is_needed, project_rate_of, ranked, rate_of, rates_by

__all__ = [
    "WAITING",
    "Approval",
    "Assessed",
    "Document",
    "GroupRow",
    "Matter",
    "Overview",
    "ProjectPage",
    "Standing",
    "Unanswered",
    "UnitRow",
    "overview",
    "project_page",
]  # fmt: skip

WAITING: Final[Mapping[str, tuple[State, ...]]] = {
    "待核稿": (State.DRAFTED,),
    "退回待改": (State.RETURNED,),
    "待签发": (State.REVIEWED, State.COUNTERSIGNED),
    "待用印申请或印发": (State.SIGNED, State.NUMBERED),
    "待用印批准": (State.REQUESTED,),
    "待盖章": (State.APPROVED,),
    "待印发": (State.SEALED,),
}
"""What a document waits for, by its state."""


@dataclass(frozen=True)
class UnitRow:
    """How a unit stands: its rate by approval with its rank, and how much of what it owes is late or due soon."""

    unit: Unit
    rate: Rate
    rank: int | None
    late: int
    soon: int
    open_: int
    not_returned: int


@dataclass(frozen=True)
class GroupRow:
    """The rates of the projects of a group: those of a place, or of an industry."""

    grouped_by: str
    name: str
    by_approval: Rate
    by_project: Rate


@dataclass(frozen=True)
class Overview:
    """What there is to see on a day.

    Args:
        day: the day.
        mechanism: its full name.
        by_approval, by_project: the rates of all projects of the final list.
        lights: how many of their approvals that are not done have each light, as on the wall chart.
        done: how many are done, those of items that no rate counts among them.
        late, soon: what is late, the latest first, and what is due within the mechanism's 预警工作日.
        undated: how many approvals have no deadline.
        unassigned: open bottlenecks for which nobody is named.
        returned_late: returns that came after their day.
        units: the units that owe or owed something, in the order of their list.
        groups: rates by place and by industry, each group in the order of the list of projects; those of the projects
            that name none are left out, and so is a grouping of one group.
        assessed: the rankings by the mechanism's own rules.
        waiting: documents by what they wait for.
        unanswered: signed documents whose day of reply has passed without an answer.
    """

    day: date
    mechanism: str
    by_approval: Rate
    by_project: Rate
    lights: Mapping[Light, int]
    done: int
    late: tuple[Matter, ...]
    soon: tuple[Matter, ...]
    undated: int
    unassigned: tuple[Matter, ...]
    returned_late: tuple[Return, ...]
    units: tuple[UnitRow, ...]
    groups: tuple[GroupRow, ...]
    assessed: tuple[Assessed, ...]
    waiting: Mapping[str, tuple[Document, ...]]
    unanswered: tuple[Unanswered, ...]
    advices: tuple[Advice, ...]


@dataclass(frozen=True)
class ProjectPage:
    """Everything that is known of a project; each of its approvals with how it stands, None where it is not needed."""

    day: date
    project: Project
    rate: Rate
    approvals: tuple[tuple[Approval, Standing | None], ...]
    matters: tuple[Matter, ...]
    bottlenecks: tuple[Bottleneck, ...]
    decisions: tuple[Decision, ...]
    supervision: tuple[Supervision, ...]
    list_changes: tuple[ListChange, ...]
    documents: tuple[Document, ...]


def overview(desk: Desk, unit: str = "") -> Overview:
    """Return the picture of a day, of all or of what one unit owes.

    Raises:
        Problems: the sheets have faults.
        UnknownName, AmbiguousName: there is no such unit, or several.
    """
    facts = _facts(desk)
    records = facts.records
    only = records.find_unit(unit) if unit else None
    everyone = [each for each in records.of(Approval) if is_listed(each.project) and is_needed(each)]
    approvals = everyone if only is None else [each for each in everyone if each.unit is only]
    matters = [
        each for each in matters_of(records, desk.today, facts.calendar) if only is None or each.unit is only
    ]
    by_project = grouped(approvals, lambda each: each.project.number)
    found = _documents(desk, only)
    return Overview(
        desk.today,
        records.mechanism.name,
        rate_of(approvals),
        project_rate_of(by_project.values()),
        _lights(approvals, matters),
        sum(each.state is ApprovalState.DONE for each in approvals),
        _by_day(matters, Light.RED),
        _by_day(matters, Light.YELLOW),
        sum(each.kind is MatterKind.APPROVAL and each.day is None for each in matters),
        tuple(each for each in matters if each.kind is MatterKind.BOTTLENECK and each.unit is None),
        _returned_late(records, only),
        tuple(each for each in _units(records, everyone, matters) if only is None or each.unit is only),
        tuple(_groups(approvals)),
        assessed(records) if only is None else (),
        _waiting(found, desk),
        tuple(unanswered(desk, facts, found)),
        facts.calendar.advices(),
    )


def project_page(desk: Desk, project: str) -> ProjectPage:
    """Return everything that sheets and register say of a project. Raises as `overview`."""
    facts = _facts(desk)
    records = facts.records
    found = records.find_project(project)
    approvals = records.approvals_of(found)
    (mine,) = component_of(found)
    return ProjectPage(
        desk.today,
        found,
        rate_of(approvals),
        tuple((each, facts.standing(each) if is_needed(each) else None) for each in approvals),
        tuple(each for each in matters_of(records, desk.today, facts.calendar) if each.project is found),
        records.linking(Bottleneck, "project", found),
        records.linking(Decision, "project", found),
        records.linking(Supervision, "project", found),
        records.linking(ListChange, "project", found),
        tuple(each for each in documents(desk, Wanted()) if _covers(each, mine)),
    )


def _facts(desk: Desk) -> Facts:
    return Facts(desk.workspace.records(), desk.today, desk.workspace.look)


def _lights(approvals: Iterable[Approval], matters: Iterable[Matter]) -> dict[Light, int]:
    """Return how many approvals that are not done have each light; those pending have that of what is owed."""
    counts = Counter(each.light for each in matters if each.kind is MatterKind.APPROVAL)
    counts[Light.REFUSED] += sum(each.state is ApprovalState.REFUSED for each in approvals)
    return {light: counts[light] for light in Light if counts[light]}


def _returned_late(records: Records, only: Unit | None) -> tuple[Return, ...]:
    return tuple(
        each
        for each in records.of(Return)
        if each.returned and each.returned > each.due and (only is None or each.unit is only)
    )


def _units(records: Records, approvals: Sequence[Approval], matters: Sequence[Matter]) -> Iterator[UnitRow]:
    """Yield the units that owe or owed something; those above the mechanism's level have no rank, as in bulletins."""
    rates = rates_by(approvals, lambda each: each.unit.order)
    own = {each.order for each in records.of(Unit) if is_ranked(each, records)}
    ranks = {each.key: each.rank for each in ranked({unit: rates[unit] for unit in rates if unit in own})}
    owed: dict[int, list[Matter]] = {}
    for each in matters:
        if each.unit:
            owed.setdefault(each.unit.order, []).append(each)
    for unit in sorted(records.of(Unit), key=lambda each: each.order):
        mine = owed.get(unit.order, [])
        if mine or unit.order in rates:
            counts = Counter(each.light for each in mine)
            missing = sum(each.kind is MatterKind.RETURN and each.light is Light.RED for each in mine)
            yield UnitRow(
                unit, rates.get(unit.order, Rate()), ranks.get(unit.order), counts[Light.RED],
                counts[Light.YELLOW], len(mine), missing,
            )  # fmt: skip


_GROUPED_BY: Final = (("所属县区", "district"), ("行业", "industry"))


def _groups(approvals: Iterable[Approval]) -> Iterator[GroupRow]:
    """Yield the rates by each grouping that tells projects apart."""
    by_project = grouped(approvals, lambda each: each.project.number)
    for label, name in _GROUPED_BY:
        groups: dict[str, list[Sequence[Approval]]] = {}
        for mine in by_project.values():
            if group := getattr(mine[0].project, name):
                groups.setdefault(group, []).append(mine)
        for group, projects in groups.items() if len(groups) > 1 else ():
            rate = rate_of(each for mine in projects for each in mine)
            yield GroupRow(label, group, rate, project_rate_of(projects))


def _by_day(matters: Iterable[Matter], light: Light) -> tuple[Matter, ...]:
    """Return the matters of a light, the earliest day first."""
    return tuple(
        sorted((each for each in matters if each.light is light), key=lambda each: each.day or date.max)
    )


def _documents(desk: Desk, only: Unit | None) -> Sequence[Document]:
    """Return the documents that go to a unit, all for none; lists aside, which nobody reviews or signs."""
    found = [each for each in documents(desk, Wanted()) if not each.is_list]
    if only is None:
        return found
    return [each for each in found if only.name in each.receivers or only.short_name in each.addressee]


def _waiting(found: Sequence[Document], desk: Desk) -> dict[str, tuple[Document, ...]]:
    """Return documents by what they wait for; forms that nobody signs wait for nothing once they are reviewed."""
    open_ones = [
        each for each in found if each.state is State.DRAFTED or is_for_signing(desk.workspace, each)
    ]
    return {
        waiting: tuple(each for each in open_ones if each.state in states)
        for waiting, states in WAITING.items()
    }


def _covers(document: Document, mine: Component) -> bool:
    """Whether a document covers a project, or something of it."""
    made_for = MadeFor.read(document.made_for)
    things = (*made_for.things, made_for.group) if made_for else ()
    return any(part.is_same(mine) for thing in things for part in thing)
