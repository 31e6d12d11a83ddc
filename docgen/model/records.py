"""All records of a workspace, linked, and the ways to find one among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from docgen.model.approval import Approval
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.model.fields import Linked, Record
from docgen.model.item import Item
from docgen.model.mechanism import CopyRule, DeadlineRule, Holiday, Mechanism, NumberCode
from docgen.model.member import Member, Person
from docgen.model.names import matching, nearest_of_each
from docgen.model.project import Project
from docgen.model.unit import Unit

R = TypeVar("R", bound=Record)
L = TypeVar("L", bound=Linked)

RECORD_TYPES: Final[tuple[type[Record], ...]] = (
    Unit, Member, Mechanism, NumberCode, DeadlineRule, CopyRule, Holiday, Item, Project, Approval,
)  # fmt: skip
"""Every record type in an order in which each comes after those it links to."""


@dataclass(frozen=True)
class Records:
    """The records of a workspace by type, each tuple in the order of its sheet."""

    tables: Mapping[type[Record], tuple[Record, ...]]

    def of(self, record: type[R]) -> tuple[R, ...]:
        """Return all records of a type; empty when it has no sheet."""
        return self.tables.get(record, ())  # type: ignore[return-value]  # a table holds its own type

    @cached_property
    def mechanism(self) -> Mechanism:
        """Return the one mechanism of the workspace."""
        return self.of(Mechanism)[0]

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Return the people with their posts, in the order of their first row."""
        return people_of(self.of(Member))

    @cached_property
    def _approvals(self) -> Mapping[int, tuple[Approval, ...]]:
        grouped: dict[int, list[Approval]] = {}
        for each in self.of(Approval):
            grouped.setdefault(each.project.number, []).append(each)
        return {key: tuple(sorted(found, key=lambda a: a.item.order)) for key, found in grouped.items()}

    def approvals_of(self, project: Project) -> tuple[Approval, ...]:
        """Return a project's approvals in the order of the item catalogue."""
        return self._approvals.get(project.number, ())

    def number_code(self, kind: str) -> str | None:
        """Return the 机关代字 of a document kind, by its Chinese name; None when the sheet has none."""
        return next((each.code for each in self.of(NumberCode) if each.kind == kind), None)

    def copies_of(self, kind: str) -> tuple[str, ...]:
        """Return whom the rules send copies of a kind to, as written in the sheet."""
        return next((each.copies for each in self.of(CopyRule) if each.kind == kind), ())

    def find_project(self, asked: str) -> Project:
        """Return the project meant by a number, code or unambiguous part of a name.

        Raises:
            UnknownName: none is meant; with the nearest names.
            AmbiguousName: several are meant; with all of them.
        """
        return find(Project.noun, asked, self.of(Project), lambda each: f"{each.number} {each.name}")

    def find_unit(self, asked: str) -> Unit:
        """Return the unit meant by a full, short or other name, or an unambiguous part of one.

        Raises:
            UnknownName, AmbiguousName: as `find_project`.
        """
        return find(Unit.noun, asked, self.of(Unit), lambda each: each.name)


def people_of(members: Iterable[Member]) -> tuple[Person, ...]:
    """Group the rows of the people sheet by name."""
    rows: dict[str, list[Member]] = {}
    for each in members:
        rows.setdefault(each.name, []).append(each)
    return tuple(Person(name, tuple(found)) for name, found in rows.items())


def find(noun: str, asked: str, among: Sequence[L], shown: Callable[[L], str]) -> L:
    """Return the one candidate that an asked name means.

    Args:
        noun: what is looked for, in Chinese, for the message.
        asked: what the user wrote.
        among: the candidates.
        shown: callable that names a candidate in a message.
    """
    meant = matching(asked, [(each, each.link_names) for each in among])
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(noun, asked, tuple(shown(each) for each in meant))
    raise UnknownName(noun, asked, nearest_of_each(asked, [each.link_names for each in among]))
