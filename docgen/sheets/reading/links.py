"""Links between sheets: the index of names, and names that stand for two records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from docgen.errors import DocgenError
from docgen.model.fields import FieldSpec, Linked, Origin, Record, field_of, fields_of
from docgen.model.member import Member, Person
from docgen.model.names import nearest_of_each, plain
from docgen.model.records import told_apart
from docgen.sheets.faults import AmbiguousLink, RepeatedValue, SeveralNames, UnknownLink

_PARTS: Final = re.compile(r"[、，,；;/\s]+")


@dataclass
class Index:
    """Every name of the linkable records read so far.

    A name of a faulty row, or one that two rows have and may not, is `shadow`ed, and a sheet that could not be read
    is `lose`d: links to them are not reported as a second fault. Of a type in `numberless` some row has no readable
    number, which any number may mean. `near` are names that were asked for in vain, with those most like them.
    """

    known: dict[type, dict[str, list[Linked]]] = field(default_factory=dict)
    shadows: dict[type, set[str]] = field(default_factory=dict)
    lost: set[type] = field(default_factory=set)
    numberless: set[type] = field(default_factory=set)
    near: dict[tuple[type, str], tuple[str, ...]] = field(default_factory=dict)

    def add(self, kind: type, records: Iterable[Linked]) -> None:
        """Make records known by all their names."""
        self.near.clear()
        names = self.known.setdefault(kind, {})
        for each in records:
            for name in dict.fromkeys(plain(name) for name in each.link_names):
                names.setdefault(name, []).append(each)

    def shadow(self, kind: type, names: Iterable[str | None]) -> None:
        """Remember the names of faulty rows."""
        self.shadows.setdefault(kind, set()).update(plain(name) for name in names if name)

    def lose(self, record: type) -> None:
        """Remember that a record type could not be read."""
        self.lost.add(Person if record is Member else record)

    def find(self, kind: type, name: str, place: tuple[str, str, str]) -> Linked | DocgenError | None:
        """Return the record a name means, a fault, or None when its row or sheet already has one.

        Args:
            kind: the linked type.
            name: what the cell says.
            place: sheet, cell and header of the link, for the fault.
        """
        found = self.known.get(kind, {}).get(plain(name), [])
        noun: str = kind.noun  # type: ignore[attr-defined]  # every linked type has one
        if len(found) == 1:
            return found[0]
        if plain(name) in self.shadows.get(kind, ()):
            return None
        if found:
            return AmbiguousLink(*place, name, noun, tuple(map(told_apart, found)))
        if kind in self.lost or (name.isdigit() and kind in self.numberless):
            return None
        several = self._several(kind, name)
        if several:
            return SeveralNames(*place, name, noun, several)
        return UnknownLink(*place, name, noun, self._nearest(kind, name))

    def _several(self, kind: type, name: str) -> tuple[str, ...]:
        """Return the known names that a text consists of; empty when it does not."""
        parts = tuple(filter(None, _PARTS.split(name)))
        known = self.known.get(kind, {})
        return parts if len(parts) > 1 and all(plain(each) in known for each in parts) else ()

    def _nearest(self, kind: type, name: str) -> tuple[str, ...]:
        """Return the names most like one that nobody has; the same wrong name may stand in very many rows."""
        if (kind, name) not in self.near:
            records = {id(each): each for found in self.known.get(kind, {}).values() for each in found}
            faulty = [(each,) for each in sorted(self.shadows.get(kind, ()))]
            self.near[kind, name] = nearest_of_each(
                name, [*(each.link_names for each in records.values()), *faulty]
            )
        return self.near[kind, name]


def repeated_values(record: type[Record], made: Sequence[Record]) -> list[RepeatedValue]:
    """Return a fault for each row whose key stands in an earlier row."""
    return [fault for group in record.unique for fault in _repeated(record, made, group)]


def _repeated(
    record: type[Record], made: Sequence[Record], group: tuple[str, ...]
) -> Iterable[RepeatedValue]:
    keys = list(zip(*(_comparables(record, name, made) for name in group), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[object, ...], Record] = {}
    header = "、".join(field_of(record, name).header for name in group)
    for each, values in zip(made, keys, strict=True):
        if values == (None,):
            continue
        earlier = first.setdefault(values, each)
        if earlier is not each:
            origin, shown = _origin(each), "、".join(_shown(getattr(each, name)) for name in group)
            place = _origin(earlier).place(group[0])
            yield RepeatedValue(origin.sheet, origin.cell(group[0]), header, shown, place)


def _comparables(record: type[Record], name: str, made: Sequence[Record]) -> Iterable[object]:
    """Return what is compared of a field of each record."""
    values, spec = map(attrgetter(name), made), field_of(record, name)
    linked = issubclass(spec.type, Linked) and spec.required and not spec.many
    return map(id, values) if linked else map(_comparable, values)


def _comparable(value: object) -> object:
    if isinstance(value, Linked):
        return id(value)  # the index gives one object for each record, whose hash would take all its fields
    return plain(value) if isinstance(value, str) else value


def _shown(value: object) -> str:
    if value is None:
        return "未填"
    return value.handle if isinstance(value, Linked) else str(value)


def repeated_names(record: type[Record], made: Sequence[Record]) -> list[RepeatedValue]:
    """Return a fault for each name of a record that is another kind of name of an earlier one."""
    if not issubclass(record, Linked):
        return []
    first: dict[str, tuple[Record, str]] = {}
    faults: list[RepeatedValue] = []
    specs = [spec for spec in fields_of(record) if spec.type in (str, int)]
    for each in made:
        for column, name in _named(each, specs):
            earlier, where = first.setdefault(plain(name), (each, column))
            if earlier is not each and where != column:
                origin, header = _origin(each), field_of(record, column).header
                place = _origin(earlier).place(where)
                faults.append(RepeatedValue(origin.sheet, origin.cell(column), header, name, place))
    return faults


def _named(record: Record, specs: Iterable[FieldSpec]) -> Iterable[tuple[str, str]]:
    """Return the link names of a record with the fields, of some, that they stand in."""
    names = set(record.link_names) if isinstance(record, Linked) else set()
    for spec in specs:
        value = getattr(record, spec.name)
        for each in value if spec.many else (value,):
            if str(each) in names:
                yield spec.name, str(each)


def _origin(record: Record) -> Origin:
    return record.origin or Origin("", 0, {})
