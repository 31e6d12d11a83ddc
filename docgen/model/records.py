"""All records of a workspace, linked, and the ways to find one among them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.model.fields import Linked, Record, field_of
from docgen.model.item import Item
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import Mechanism
from docgen.model.member import Member, Person
from docgen.model.names import matching, nearest_of_each, plain
from docgen.model.project import Project
from docgen.model.schema import BUILT_IN, Schema
from docgen.model.unit import Unit

R = TypeVar("R", bound=Record)
L = TypeVar("L", bound=Linked)


@dataclass(frozen=True)
class Records:
    """The records of a workspace by type, each tuple in the order of its sheet.

    Args:
        tables: the records.
        schema: the record types of the workspace.
        extras: by type the labels of the columns that its sheet has beyond the declared ones.
    """

    tables: Mapping[type[Record], tuple[Record, ...]]
    schema: Schema = BUILT_IN
    extras: Mapping[type[Record], tuple[str, ...]] = field(default_factory=dict)
    _links: dict[tuple[type[Record], str], Mapping[str, tuple[Record, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, record: type[R]) -> tuple[R, ...]:
        """Return all records of a type; empty when it has no sheet."""
        return self.tables.get(record, ())  # type: ignore[return-value]  # a table holds its own type

    def named(self, sheet: str) -> tuple[Record, ...]:
        """Return all records of a sheet; empty when there is no such sheet."""
        record = self.schema.sheet(sheet)
        return self.of(record) if record else ()

    def extra_types(self, record: type[Record]) -> Mapping[str, type]:
        """Return the columns that clerks added to a sheet, in their order, each with the type of its values.

        A column reads as one type, so that its first value tells; of one without values it is `object`.
        """
        return self._extra_types.get(record, {})

    @cached_property
    def _extra_types(self) -> Mapping[type[Record], Mapping[str, type]]:
        return {
            record: {label: self._extra_type(record, label) for label in labels}
            for record, labels in self.extras.items()
        }

    def _extra_type(self, record: type[Record], label: str) -> type:
        return next((type(each.extra[label]) for each in self.of(record) if label in each.extra), object)

    def linking(self, record: type[R], name: str, target: Linked) -> tuple[R, ...]:
        """Return the records whose link is the target or, where they link to several, contains it.

        Args:
            record: the type of the records.
            name: the English name of their link field.
            target: what they link to.
        """
        key = (record, name)
        if key not in self._links:
            self._links[key] = _by_target(self.of(record), name, field_of(record, name).many)
        return self._links[key].get(target.link_names[0], ())  # type: ignore[return-value]  # a type's own records

    @cached_property
    def mechanism(self) -> Mechanism:
        """Return the one mechanism of the workspace."""
        return self.of(Mechanism)[0]

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Return the people with their posts, in the order of their first row."""
        return people_of(self.of(Member))

    def roles_of(self, person: Person, day: date) -> tuple[str, ...]:
        """Return the roles that a person holds on a day, those of seats that a post of theirs fills included."""
        held = [each for each in person.tenures if each.held_on(day)]
        filled = [
            seat for seat in self._seats if seat.held_on(day) and any(each.fills(seat) for each in held)
        ]
        return tuple(dict.fromkeys(role for each in (*held, *filled) for role in each.roles))

    def holders(self, seat: Member, day: date) -> tuple[Member, ...]:
        """Return the rows of those whose post fills a seat on a day; empty while the post is open."""
        return tuple(each for each in self.of(Member) if each.name and each.held_on(day) and each.fills(seat))

    @cached_property
    def people_digest(self) -> str:
        """Return the SHA-256 of what the sheets say of people, posts and roles, however they are laid out."""
        rows = [
            [each.name, each.unit.name, each.post, each.roles, each.login, str(each.start), str(each.end)]
            for each in self.of(Member)
        ]
        told = [rows, self.mechanism.own_heads, self.mechanism.own_roles]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def _seats(self) -> tuple[Member, ...]:
        return tuple(each for each in self.of(Member) if not each.name)

    @cached_property
    def _approvals(self) -> Mapping[int, tuple[Approval, ...]]:
        grouped: dict[int, list[Approval]] = {}
        for each in self.of(Approval):
            grouped.setdefault(each.project.number, []).append(each)
        return {key: tuple(sorted(found, key=lambda a: a.item.order)) for key, found in grouped.items()}

    def approvals_of(self, project: Project) -> tuple[Approval, ...]:
        """Return a project's approvals in the order of the item catalogue."""
        return self._approvals.get(project.number, ())

    def predecessors_of(self, item: Item) -> tuple[Item, ...]:
        """Return the items that must be done before one, in the order of the catalogue."""
        return self._predecessors.get(item.name, ()) if item.after else ()

    @cached_property
    def _predecessors(self) -> Mapping[str, tuple[Item, ...]]:
        items = self.of(Item)
        by_name = {plain(name): each for each in items for name in each.link_names}
        return {
            each.name: tuple(sorted((by_name[plain(name)] for name in each.after), key=lambda i: i.order))
            for each in items
            if each.after
        }

    @cached_property
    def _kind_rows(self) -> Mapping[str, KindRow]:
        return {each.kind: each for each in self.of(KindRow)}

    @cached_property
    def _settings(self) -> Mapping[str, Mapping[str, KindSetting]]:
        found: dict[str, dict[str, KindSetting]] = {}
        for each in self.of(KindSetting):
            found.setdefault(each.kind, {})[each.name] = each
        return found

    def kind_row(self, kind: str) -> KindRow | None:
        """Return what the office sets for a kind of document, by its Chinese name; None when the sheet has no row."""
        return self._kind_rows.get(kind)

    def settings_of(self, kind: str) -> Mapping[str, KindSetting]:
        """Return a kind's own settings by name, as the sheet has them."""
        return self._settings.get(kind, {})

    def number_code(self, kind: str) -> str | None:
        """Return the 机关代字 of a document kind, by its Chinese name; None when the sheet has none."""
        row = self.kind_row(kind)
        return row.code if row else None

    def copies_count(self, kind: str) -> int | None:
        """Return how many copies of a kind are printed, by its Chinese name; None when the sheet does not say."""
        row = self.kind_row(kind)
        return row.copies_count if row else None

    def find_named(self, record: type[L], asked: str) -> L:
        """Return the record of any linked type (project, unit, person, a type of the workspace) that a name means.

        Args:
            record: the type; `Person` for people.
            asked: a number, a full, short or other name, or an unambiguous part of one.

        Raises:
            UnknownName: none is meant; with the nearest names.
            AmbiguousName: several are meant; with all of them.
        """
        among: Any = self.people if record is Person else self.tables.get(record, ())  # type: ignore[arg-type]  # a linked record type
        found: L = find(record.noun, asked, among, told_apart)
        return found

    def find_project(self, asked: str) -> Project:
        """Return the project meant by a number, code or unambiguous part of a name.

        Raises:
            UnknownName: none is meant; with the nearest names.
            AmbiguousName: several are meant; with all of them.
        """
        return self.find_named(Project, asked)

    def find_unit(self, asked: str) -> Unit:
        """Return the unit meant by a full, short or other name, or an unambiguous part of one.

        Raises:
            UnknownName, AmbiguousName: as `find_project`.
        """
        return self.find_named(Unit, asked)


def _by_target(records: Sequence[Record], name: str, many: bool) -> Mapping[str, tuple[Record, ...]]:
    """Group records by the first name of what they link to, which is one thing's alone."""
    grouped: dict[str, list[Record]] = {}
    for each, linked in zip(records, map(attrgetter(name), records), strict=True):
        for key in {target.link_names[0] for target in (linked if many else (linked,)) if target}:
            grouped.setdefault(key, []).append(each)
    return {key: tuple(found) for key, found in grouped.items()}


def told_apart(record: Linked) -> str:
    """Return a record's name as a list of candidates shows it: a number alone would say nothing."""
    first = record.link_names[0]
    return " ".join(record.link_names[:2]) if first.isdigit() else first


def people_of(members: Iterable[Member]) -> tuple[Person, ...]:
    """Group the rows of the people sheet by name; spellings that a reader cannot tell apart are one person's."""
    rows: dict[str, list[Member]] = {}
    for each in members:
        if each.name:
            rows.setdefault(plain(each.name), []).append(each)
    return tuple(Person(found[0].name or "", tuple(found)) for found in rows.values())


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
