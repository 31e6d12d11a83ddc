"""What changed between two states of the sheets: projects in and out, figures, approvals done, reopened, moved on.

A project is known again by its national code where both states have one, else by its name; an approval by its project
and item. The earlier state comes from a snapshot: nothing is guessed from today's sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ApprovalState, ListStage
from docgen.rules.matters import is_listed

FIGURES: Final = ("total_investment", "year_investment", "planned_start", "lead_unit", "name")
"""Fields of a project whose change is told, those of amounts in 亿元."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A field of a project that is another than before."""

    project: Project
    field: str
    before: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """An approval that is in another state than before; `before` is None where it is new."""

    approval: Approval
    before: ApprovalState | None


@dataclass(frozen=True)
class Changes:
    """What changed, each in the order of today's sheets; those that went in the order of the former ones.

    Args:
        came, went: projects that came onto the final list, and that left it.
        figures: of projects listed both times.
        done: approvals done since, whatever they were before.
        reopened: approvals that were done and are not any more.
        moved: all approvals in another state than before, those of `done` and `reopened` among them.
    """

    came: tuple[Project, ...]
    went: tuple[Project, ...]
    figures: tuple[Figure, ...]
    done: tuple[Approval, ...]
    reopened: tuple[Approval, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a project between two states of all lists: `former` is None where it is new, `now` where it went.

    `fields` are those in which the two differ, its stage among them.
    """

    former: Project | None
    now: Project | None
    fields: tuple[str, ...]


def entries_between(before: Records, now: Records) -> tuple[Entry, ...]:
    """Return the projects, of whatever stage, that are new, gone or different; taken off the list counts as gone."""
    earlier, later = _Listed(before, everything=True), _Listed(now, everything=True)
    found = [Entry(earlier.same(each), each, ()) for each in later.projects]
    made = [_entry(each.former, each.now) for each in found]
    gone = [_entry(each, None) for each in earlier.projects if later.same(each) is None]
    return tuple(each for each in (*made, *gone) if each)


def _entry(former: Project | None, now: Project | None) -> Entry | None:
    if former is not None and former.stage is ListStage.REMOVED:
        former = None
    if now is not None and now.stage is ListStage.REMOVED:
        now = None
    if former is None or now is None:
        return Entry(former, now, ()) if former or now else None
    names = (*FIGURES, "stage", "nature", "planned_finish")
    differing = tuple(each for each in names if _handle(getattr(former, each)) != _handle(getattr(now, each)))
    return Entry(former, now, differing) if differing else None


def changes_between(before: Records, now: Records) -> Changes:
    """Return what changed from one state of the sheets to another."""
    earlier, later = _Listed(before), _Listed(now)
    moved = tuple(_moved(earlier, later))
    return Changes(
        tuple(each for each in later.projects if earlier.same(each) is None),
        tuple(each for each in earlier.projects if later.same(each) is None),
        tuple(_figures(earlier, later)),
        tuple(each.approval for each in moved if each.approval.state is ApprovalState.DONE),
        tuple(each.approval for each in moved if each.before is ApprovalState.DONE),
        moved,
    )


class _Listed:
    """The projects of the final list of a state, or of all its lists, found again by code or name."""

    def __init__(self, records: Records, *, everything: bool = False) -> None:
        self.records = records
        self.projects = [each for each in records.of(Project) if everything or is_listed(each)]
        self._by_code = {each.code: each for each in self.projects if each.code}
        self._by_name = {plain(each.name): each for each in self.projects}

    def same(self, project: Project) -> Project | None:
        """Return the project of this state that one of another is; None when there is none."""
        found = self._by_code.get(project.code) if project.code else None
        if found:
            return found
        named = self._by_name.get(plain(project.name))
        return named if named and not (named.code and project.code) else None


def _figures(earlier: _Listed, later: _Listed) -> Iterator[Figure]:
    for each in later.projects:
        former = earlier.same(each)
        for name in FIGURES if former else ():
            was, is_ = getattr(former, name), getattr(each, name)
            if _handle(was) != _handle(is_):
                yield Figure(each, name, was, is_)


def _moved(earlier: _Listed, later: _Listed) -> Iterator[Moved]:
    for project in later.projects:
        former = earlier.same(project)
        was = _states(earlier.records, former) if former else {}
        for each in later.records.approvals_of(project):
            state = was.get(plain(each.item.name))
            if state is not each.state:
                yield Moved(each, state)


def _states(records: Records, project: Project) -> Mapping[str, ApprovalState]:
    return {plain(each.item.name): each.state for each in records.approvals_of(project)}


def _handle(value: Any) -> Any:
    """Return what two states' values are compared by: a record of one is never equal to that of another."""
    return getattr(value, "handle", value)
