"""The wall chart of the sheets on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts, Standing
from docgen.model.approval import Approval
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level, ListStage
from docgen.office.board.chart import Cell, Chart, Column, Mark, Row, UnitRate
from docgen.office.board.schedule import Axis, axis_of, path_of
from docgen.rules.deadlines import Light
from docgen.rules.matters import is_listed
from docgen.rules.rates import Rate, grouped, project_rate_of, rate_of, rates_by

T = TypeVar("T", bound=Hashable)

STAGES: Final = (ListStage.FINAL, ListStage.REVIEWED, ListStage.DRAFT, ListStage.REMOVED)
"""The list stages in the order of the page."""

_OF_STATE: Final[Mapping[ApprovalState, Mark]] = {
    ApprovalState.DONE: Mark.DONE,
    ApprovalState.NOT_NEEDED: Mark.NOT_NEEDED,
    ApprovalState.REFUSED: Mark.REFUSED,
}
_OF_LIGHT: Final[Mapping[Light, Mark]] = {
    Light.GREEN: Mark.GREEN,
    Light.YELLOW: Mark.YELLOW,
    Light.RED: Mark.RED,
    Light.GREY: Mark.GREY,
    Light.REFUSED: Mark.REFUSED,
}
_PENDING: Final = frozenset(_OF_LIGHT[each] for each in Light if each is not Light.REFUSED)
_HOW_FAR: Final[Mapping[ApprovalState, str]] = {
    ApprovalState.NOT_SUBMITTED: "未报",
    ApprovalState.PREPARING: "组卷",
    ApprovalState.ACCEPTED: "受理",
    ApprovalState.SUPPLEMENT: "补正",
    ApprovalState.SENT_UP: "上报",
}


def chart_of(facts: Facts) -> Chart:
    """Return the wall chart of the sheets on a day."""
    projects = sorted(facts.records.of(Project), key=lambda each: each.number)
    placed = {each.number: _placed(facts, each) for each in projects}
    final = [placed[each.number] for each in projects if is_listed(each)]
    approvals = [[each.approval for each in found] for found in final]
    concerned = [each for found in final for each in found]
    axis = axis_of(facts.today, (each.span for found in placed.values() for each in found))
    lists = _lists_of(projects, [each.approval for found in placed.values() for each in found])
    drawing = _Drawing(facts.today, axis, lists)
    stages = ((stage, [each for each in projects if each.stage is stage]) for stage in STAGES)
    return Chart(
        title=facts.mechanism.name,
        today=facts.today,
        stages=tuple(
            (stage, tuple(drawing.row(each, placed[each.number]) for each in found))
            for stage, found in stages
            if found
        ),
        columns=_columns(concerned, lists),
        units=tuple(each.short_name for each in lists.units),
        levels=tuple(map(facts.mechanism.level_word, lists.levels)),
        industries=lists.industries,
        places=lists.places,
        place_label=lists.place_label,
        by_approval=rate_of(each for found in approvals for each in found),
        by_project=project_rate_of(approvals),
        lights=Counter(each.mark for each in concerned),
        unit_rates=_unit_rates(concerned, lists.units),
        axis=axis,
    )


def mark_of(approval: Approval, standing: Standing) -> Mark:
    """Return how an approval stands on the chart: what became of it, else its light."""
    return _OF_STATE.get(approval.state) or _OF_LIGHT[standing.light]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An approval with what the rules say of it.

    Args:
        approval: the approval.
        mark: how it stands.
        due: its deadline while it is pending; None where it has none.
        latest: the last day to submit it, where it is not submitted.
    """

    approval: Approval
    mark: Mark
    due: date | None
    latest: date | None

    @property
    def span(self) -> tuple[date, date] | None:
        """Return from when to when it is drawn: from its submission, planned or real, to its deadline."""
        if self.due is None:
            return None
        start = self.latest or self.approval.submitted or self.approval.accepted or self.due
        return min(start, self.due), self.due


def _placed(facts: Facts, project: Project) -> list[_Placed]:
    found = []
    for each in facts.records.approvals_of(project):
        standing = facts.standing(each)
        mark = mark_of(each, standing)
        due = standing.deadline.day if mark in _PENDING else None
        found.append(_Placed(each, mark, due, standing.latest))
    return found


def _columns(concerned: Iterable[_Placed], lists: _Lists) -> tuple[Column, ...]:
    """Return a column for each item, with its rate over the approvals concerned."""
    rates = rates_by((each.approval for each in concerned), lambda each: each.item.name)
    return tuple(
        Column(each.name, *lists.usual[each.name], each.counted, rates.get(each.name, Rate()))
        for each in lists.items
    )


def _unit_rates(concerned: Sequence[_Placed], units: Iterable[Unit]) -> tuple[UnitRate, ...]:
    rates = rates_by((each.approval for each in concerned), lambda each: each.unit.name)
    late = Counter(each.approval.unit.name for each in concerned if each.mark is Mark.RED)
    shown = (each for each in units if each.name in rates and (rates[each.name].needed or late[each.name]))
    return tuple(UnitRate(each.short_name, rates[each.name], late[each.name]) for each in shown)


@dataclass(frozen=True)
class _Lists:
    """What rows and cells point into, and what is usual in each column: places of its unit and level."""

    items: tuple[Item, ...]
    units: tuple[Unit, ...]
    levels: tuple[Level, ...]
    industries: tuple[str, ...]
    districts: tuple[str, ...]
    sites: tuple[str, ...]
    unit_at: Mapping[str, int]
    usual: Mapping[str, tuple[int, int]]

    @property
    def places(self) -> tuple[str, ...]:
        """Return the counties of projects where the sheet has any, else where they are built."""
        return self.districts or self.sites

    @property
    def place_label(self) -> str:
        """Return what the places are."""
        return "县区" if self.districts else "地点"

    def place_of(self, project: Project) -> int | None:
        """Return the number of a project's place among those of the page, from 0; None where the sheet says none."""
        return _at(self.places, project.district if self.districts else project.place)


def _lists_of(projects: Sequence[Project], approvals: Sequence[Approval]) -> _Lists:
    units = {each.name: each for project in projects for each in project.lead_units}
    units |= {each.unit.name: each.unit for each in approvals}
    ordered = tuple(sorted(units.values(), key=lambda each: each.order))
    found = {each.level for each in approvals}
    levels = tuple(each for each in Level if each in found)
    unit_at = {each.name: at for at, each in enumerate(ordered)}
    return _Lists(
        items=tuple(
            sorted({each.item.name: each.item for each in approvals}.values(), key=lambda each: each.order)
        ),
        units=ordered,
        levels=levels,
        industries=_different(each.industry for each in projects),
        districts=_different(each.district for each in projects),
        sites=_different(each.place for each in projects),
        unit_at=unit_at,
        usual={
            item: (
                unit_at[_most(each.unit.name for each in those)],
                levels.index(_most(each.level for each in those)),
            )
            for item, those in grouped(approvals, lambda each: each.item.name).items()
        },
    )


@dataclass(frozen=True)
class _Drawing:
    """Rows in the making."""

    today: date
    axis: Axis
    lists: _Lists

    def row(self, project: Project, placed: Sequence[_Placed]) -> Row:
        """Return the row of a project."""
        cells = {each.approval.item.name: self._cell(each) for each in placed}
        bars, lanes = self._bars(placed)
        start = f"{project.planned_start}开工" if project.planned_start else ""
        leads = "、".join(each.short_name for each in project.lead_units)
        return Row(
            number=project.number,
            name=project.name,
            about=" · ".join(filter(None, (leads, start))),
            leads=tuple(self.lists.unit_at[each.name] for each in project.lead_units),
            industry=_at(self.lists.industries, project.industry),
            place=self.lists.place_of(project),
            rate=rate_of(each.approval for each in placed),
            cells=tuple(cells.get(each.name) for each in self.lists.items),
            bars=bars,
            lanes=lanes,
        )

    def _bars(self, placed: Iterable[_Placed]) -> tuple[tuple[tuple[Mark, str], ...], int]:
        """Return the bars by mark, the first to be due above, and how many lanes they take."""
        drawn = sorted(
            ((span, each.mark) for each in placed if (span := each.span)), key=lambda each: each[0][::-1]
        )
        paths: dict[Mark, str] = {}
        for lane, ((start, end), mark) in enumerate(drawn):
            paths[mark] = paths.get(mark, "") + path_of(self.axis, lane, start, end)
        return tuple(paths.items()), len(drawn)

    def _cell(self, placed: _Placed) -> Cell:
        approval = placed.approval
        unit, level = self.lists.usual[approval.item.name]
        due = placed.due
        own_unit, own_level = self.lists.unit_at[approval.unit.name], self.lists.levels.index(approval.level)
        return Cell(
            mark=placed.mark,
            day=self._short(due),
            note=self._note(placed),
            other_year=due is not None and due.year != self.today.year,
            unit=None if own_unit == unit else own_unit,
            level=None if own_level == level else own_level,
        )

    def _note(self, placed: _Placed) -> str:
        approval, latest = placed.approval, placed.latest
        if placed.mark not in _PENDING:
            this_year = approval.done and approval.done.year == self.today.year
            return self._short(approval.done) if this_year else ""
        return f"报{self._short(latest)}" if latest and latest >= self.today else _HOW_FAR[approval.state]

    def _short(self, day: date | None) -> str:
        """Return a day as cells write it: month and day, before it the year where that is another one."""
        if day is None:
            return ""
        year = "" if day.year == self.today.year else f"{day.year % 100:02}/"
        return f"{year}{day.month}/{day.day}"


def _most(values: Iterable[T]) -> T:
    """Return the most frequent value; of equally frequent ones the first."""
    return Counter(values).most_common(1)[0][0]


def _different(values: Iterable[T | None]) -> tuple[T, ...]:
    """Return the values that are there, each once, in the order in which they occur."""
    return tuple(dict.fromkeys(each for each in values if each))


def _at(values: Sequence[T], value: T | None) -> int | None:
    return values.index(value) if value else None
