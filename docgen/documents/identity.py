"""What a document is about, so that it is known again next month and next year: lasting keys, never row numbers.

A thing is a row of components (a project; a project and a unit); a component has lasting keys by label (代码, 名称).
Two components are the same when the first key that both have says so: a code decides before a name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, ClassVar, Final

from pydantic_core import from_json

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.fields import Linked, Record
from docgen.model.mechanism import Mechanism
from docgen.model.member import Person
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.model.unit import Unit

_json: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
CODE: Final = "代码"
NAME: Final = "名称"
MARK: Final = "类别"
"""The component that tells the things of one variant of a kind from the same things of another."""
UNTIL: Final = "截至"
"""The component of a period that was not over when it was told of."""
BY_HAND: Final = "手工"
"""The way of documents that somebody wrote, which no data make anew."""


class Derived:
    """What documents can be made for although it is no row of a sheet: a pair, a period, a signed document."""

    __slots__ = ()

    sheet: ClassVar[str]
    """Where it comes from, in Chinese."""

    @property
    def name(self) -> str:
        """Return the name by which a document speaks of it."""
        raise NotImplementedError

    @property
    def components(self) -> Thing:
        """Return what it is known by."""
        raise NotImplementedError

    @property
    def group(self) -> Thing:
        """Return what a draft made for it is found by."""
        return self.components

    @property
    def row(self) -> Any:
        """Return whose cells say what is said of it."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Pair(Derived):
    """A project and a unit that is concerned with it: its lead unit, or one that owes it approvals (项目单位)."""

    sheet: ClassVar[str] = "项目单位"

    project: Project
    unit: Unit

    @property
    def name(self) -> str:
        """Return the project's name, and the unit's in brackets."""
        return f"{self.project.name}（{self.unit.short_name}）"

    @property
    def components(self) -> Thing:
        """Return project and unit."""
        return (*component_of(self.project), *component_of(self.unit))

    @property
    def row(self) -> Project:
        """Return the project."""
        return self.project

    @property
    def leads(self) -> bool:
        """Whether the unit leads the project."""
        return self.project.lead_unit is self.unit


@dataclass(frozen=True, slots=True, eq=False)
class Lack(Derived):
    """A paper that an application lacks (缺件): one of the prerequisites missing of an approval."""

    sheet: ClassVar[str] = "缺件"

    approval: Approval
    paper: str

    @property
    def name(self) -> str:
        """Return the paper's name."""
        return self.paper

    @property
    def components(self) -> Thing:
        """Return project, item and paper."""
        return (*component_of(self.approval), Component("要件", ((NAME, self.paper),)))

    @property
    def row(self) -> Approval:
        """Return the approval."""
        return self.approval

    @property
    def project(self) -> Project:
        """Return the project."""
        return self.approval.project


@dataclass(frozen=True, slots=True)
class Component:
    """One part of what a thing is: where it comes from, and the keys that last, the strongest first."""

    source: str
    keys: tuple[tuple[str, str], ...]

    def is_same(self, other: Component) -> bool:
        """Whether both mean one and the same."""
        theirs = dict(other.keys)
        for label, key in self.keys:
            if label in theirs:
                return self.source == other.source and plain(key) == plain(theirs[label])
        return False

    @property
    def name(self) -> str:
        """Return its name, or what else it is known by."""
        return dict(self.keys).get(NAME) or self.keys[-1][1]

    @property
    def words(self) -> str:
        """Return how messages speak of it."""
        return f"{self.source}“{self.name}”"


Thing = tuple[Component, ...]
"""The identity of a thing, or of the group a document is made for."""


@dataclass(frozen=True)
class MadeFor:
    """What a document was made for, as the register stores it.

    Args:
        way: the way of grouping (逐项, 合并).
        group: what the document's group is known by.
        things: every thing it covers.
        year: the 年度 of the mechanism, where what it covers may be told again in another; else 0.
    """

    way: str
    group: Thing
    things: tuple[Thing, ...]
    year: int = 0

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody wrote the document, so that no data make it anew."""
        return self.way == BY_HAND

    @property
    def written(self) -> str:
        """Return it as canonical JSON."""
        things = [_plain(each) for each in self.things]
        year = {"year": self.year} if self.year else {}
        return _json({"way": self.way, "group": _plain(self.group), "things": things, **year})

    @classmethod
    def read(cls, written: str) -> MadeFor | None:
        """Return what a document was made for; None when the register does not say."""
        if not written:
            return None
        said = from_json(written)
        things = tuple(map(_thing, said["things"]))
        return cls(said["way"], _thing(said["group"]), things, said.get("year", 0))


def made_by_hand(title: str, things: tuple[Thing, ...], year: int) -> MadeFor:
    """Return what a document that somebody wrote is made for: it is found by its title."""
    return MadeFor(BY_HAND, (Component(BY_HAND, ((NAME, title),)),), things, year)


def key_by_hand(kind: str, title: str) -> str:
    """Return the words by which the register tells apart documents of a kind that somebody wrote."""
    return f"{kind}/{BY_HAND}/{title}"


class Sought:
    """The things of some stored documents, looked for in others: says which may share one, by first components alone.

    To see that costs a fraction of `MadeFor.read`.

    Args:
        written: what each document was made for, as it is stored.
    """

    def __init__(self, written: Iterable[str]) -> None:
        firsts = [keys for each in written for keys in _first_keys(each)]
        self._keys = {plain(key) for keys in firsts for key in keys.values()}
        self._codes = {plain(keys[CODE]) for keys in firsts if CODE in keys}
        self._all_coded = all(CODE in keys for keys in firsts)

    def may_be_in(self, written: str) -> bool:
        """Whether a stored document may cover one of the things; of two with codes, these decide."""
        for keys in _first_keys(written):
            if self._all_coded and CODE in keys:
                if plain(keys[CODE]) in self._codes:
                    return True
            elif not self._keys.isdisjoint(map(plain, keys.values())):
                return True
        return False


def _first_keys(written: str) -> list[Mapping[str, str]]:
    """Return the keys by label of the first component of each thing that a stored document covers."""
    return [thing[0][1] for thing in from_json(written)["things"]] if written else []


def _plain(thing: Thing) -> list[list[Any]]:
    return [[each.source, dict(each.keys)] for each in thing]


def _thing(said: Sequence[Any]) -> Thing:
    return tuple(Component(source, _in_order(keys)) for source, keys in said)


def _in_order(keys: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return keys with the strongest first, whatever order they were stored in."""
    return tuple(sorted(keys.items(), key=lambda each: (each[0] != CODE, each[0])))


def component_of(record: Any, source: str = "") -> Thing:
    """Return the components of a record: one, of a pair or an approval two."""
    if isinstance(record, Derived):
        return record.components
    if isinstance(record, Approval):
        return (*component_of(record.project), Component("事项", ((NAME, record.item.name),)))
    return (Component(source or source_of(record), _keys(record)),)


def group_of(record: Any) -> Thing:
    """Return the components by which the draft made for one record is found."""
    return record.group if isinstance(record, Derived) else component_of(record)


def source_of(record: Any) -> str:
    """Return the name of the sheet a record comes from."""
    return Person.noun if isinstance(record, Person) else str(record.sheet)


def _keys(record: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(record, Project):
        named = (NAME, record.name)
        return ((CODE, record.code), named) if record.code else (named,)
    if isinstance(record, Unit | Person):
        return ((NAME, record.name),)
    if isinstance(record, Mechanism):
        return ((NAME, f"{record.name}{record.year}年"),)
    return tuple((NAME, text) for text in [_own_key(record)])


def _own_key(record: Record) -> str:
    """Return the key of a record of a sheet that has no lasting keys of its own: its first unique columns."""
    names = record.unique[0] if record.unique else ()
    values = (getattr(record, name) for name in names)
    return "/".join(each.handle if isinstance(each, Linked) else str(each) for each in values)


def is_same(one: Thing, other: Thing) -> bool:
    """Whether two things are the same."""
    return len(one) == len(other) and all(map(Component.is_same, one, other))


def key_of(kind: str, way: str, group: Thing) -> str:
    """Return the words by which the register tells documents apart: kind, and the strongest key of each component."""
    return "/".join((kind, *(f"{each.source} {each.keys[0][1]}" for each in group))) + (
        f"/{way}" if way else ""
    )


class Known:
    """Things that were stored, found again by any of their keys.

    Args:
        stored: each thing with what is to be found by it, the oldest first.
    """

    def __init__(self, stored: Iterable[tuple[Thing, Any]]) -> None:
        self._by_keys: dict[tuple[str, ...], list[tuple[Thing, Any]]] = {}
        for thing, found in stored:
            for words in _all_keys(thing):
                self._by_keys.setdefault(words, []).append((thing, found))

    def __bool__(self) -> bool:
        return bool(self._by_keys)

    def find(self, thing: Thing) -> list[Any]:
        """Return what is stored under the same thing, the oldest first."""
        found: dict[int, Any] = {}
        for words in _all_keys(thing):
            for stored, what in self._by_keys.get(words, ()):
                if id(what) not in found and is_same(thing, stored):
                    found[id(what)] = what
        return list(found.values())


def _all_keys(thing: Thing) -> Iterable[tuple[str, ...]]:
    """Return every choice of one key a component, as texts to look up."""
    choices = [[f"{each.source}\0{label}\0{plain(key)}" for label, key in each.keys] for each in thing]
    return product(*choices)
