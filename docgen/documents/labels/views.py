"""Records as templates see them: every value as a document writes it, under its Chinese label, as far as it is shown.

A view is made of plain values (texts, numbers, lists, `Shown`), so that it can be digested, compared and sent to
another process. Only what a template uses is worked out; an empty value is a gap that names its cell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, Final, Self

from docgen.documents.facts import Facts
from docgen.documents.faults import EmptyCell, PostNotHeld
from docgen.documents.identity import Derived
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.ordered import Ordered
from docgen.model.approval import Approval
from docgen.model.fields import Linked, Record, label_of
from docgen.model.member import Person
from docgen.model.spans import Month
from docgen.model.values import Choice, Level
from docgen.standard.build.blocks import Block
from docgen.standard.wording.text import official_date
from docgen.template.gaps import Gap

Tree = Mapping[str, "Tree"]
"""The labels that are shown below a value; `[]` stands for each of several."""

ITEM: Final = "[]"
_json = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    default=lambda value: [type(value).__name__, str(value)],  # a date, a decimal in a list's cell
).encode
_quoted = json.encoder.encode_basestring  # as that encoder writes a text, without what it does around it


class Shown(str):
    """A record as a template sees it: it prints as its name, and has what is shown of it by label."""

    __slots__ = ("__labels__", "_canonical")

    __labels__: Mapping[str, Any]
    _canonical: str

    def __new__(cls, name: str, labels: Mapping[str, Any]) -> Self:
        """Make the view of a record."""
        made = super().__new__(cls, name)
        made.__labels__ = labels
        made._canonical = ""
        return made

    @property
    def canonical(self) -> str:
        """Return it as canonical JSON, worked out once."""
        if not self._canonical:
            self._canonical = f"[{_quoted(self)},{canonical(self.__labels__)}]"
        return self._canonical

    def __getattr__(self, label: str) -> Any:
        if label.startswith("__"):
            raise AttributeError(label)
        try:
            return self.__labels__[label]
        except KeyError:
            raise AttributeError(label) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return Shown, (str(self), dict(self.__labels__))


class Answer(str):
    """是 or 否, which a template may print or ask."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return str(self) == YES


YES: Final = "是"
NO: Final = "否"
_KEPT: Final = 256
_AS_THEY_ARE: Final = frozenset({str, int})


class Several(list[Any]):
    """Several values, which a template may go through one by one or print with 、 between them."""

    __slots__ = ()

    def __str__(self) -> str:
        return "、".join(map(str, self))


def canonical(value: Any) -> str:
    """Return a value as canonical JSON: equal texts mean that a document shows the same."""
    kind: Any = type(value)
    return _canonical_as(kind)(value)


@cache
def _canonical_as(kind: Any) -> Callable[[Any], str]:
    """Return how values of a type are written."""
    if kind is Shown:
        return attrgetter("canonical")
    if issubclass(kind, str):
        return _quoted
    if issubclass(kind, Mapping):
        return _canonical_mapping
    if issubclass(kind, list | tuple):
        return _canonical_list
    return int.__repr__ if kind is int else _nothing if kind is Gap else _json


def _canonical_mapping(value: Mapping[str, Any]) -> str:
    written: list[str] = []
    for key, quoted in _in_order(tuple(value)):
        each = value[key]
        kind: Any = type(each)
        written.append(quoted + (_quoted(each) if kind is str else _canonical_as(kind)(each)))
    return f"{{{','.join(written)}}}"


@lru_cache(maxsize=1024)
def _in_order(keys: tuple[str, ...]) -> Sequence[tuple[str, str]]:
    """Return keys in their order, each with what is written before its value."""
    return [(key, f"{_quoted(key)}:") for key in sorted(keys)]


def _canonical_list(value: Sequence[Any]) -> str:
    return f"[{','.join(map(canonical, value))}]"


def _nothing(_value: Any) -> str:
    return "null"


def tree_of(paths: Iterable[str]) -> Tree:
    """Return dotted paths (`项目.牵头单位.单位全称`, `各项[].手续[].编号`) as a tree."""
    root: dict[str, Any] = {}
    for path in paths:
        here = root
        for step in path.replace(ITEM, f".{ITEM}").split("."):
            here = here.setdefault(step, {})
    return root


def merged(trees: Sequence[Tree]) -> Tree:
    """Return the tree of all that several show."""
    root: dict[str, Any] = {}
    for tree in trees:
        for label, below in tree.items():
            root[label] = merged([root[label], below]) if label in root else below
    return root


def words_of(value: Any, facts: Facts) -> Any:
    """Return a raw value that is no record as a document writes it; numbers stay numbers."""
    kind: type = type(value)
    return facts.mechanism.level_word(value) if kind is Level else _written_as(kind)(value)


@cache
def _written_as(kind: type) -> Callable[[Any], Any]:
    """Return how a document writes values of a type."""
    return next((how for known, how in _WRITTEN.items() if issubclass(kind, known)), str)


def _same(value: Any) -> Any:
    return value


_WRITTEN: Final[Mapping[type, Callable[[Any], Any]]] = {
    bool: lambda value: Answer(YES if value else NO),
    int: _same,
    Block: _same,
    Choice: attrgetter("_value_"),  # `value` looks for it through a descriptor
    date: lambda value: Ordered(official_date(value), value),
    Decimal: lambda value: Ordered(format(value.normalize(), "f"), value),
    Month: lambda value: Ordered(str(value), value),
}
"""How a document writes a value; of a type that is not here its text."""


def name_of(value: Any) -> str:
    """Return the name by which a document speaks of a record."""
    if isinstance(value, Derived):
        return value.name
    if isinstance(value, Approval):
        return value.item.name
    named = getattr(value, "name", None)
    return str(
        named if named is not None else value.link_names[0] if isinstance(value, Linked) else value.sheet
    )


def view(value: Any, tree: Tree, facts: Facts, place: str = "") -> Any:
    """Return a value as a template sees it, as far as the tree shows it.

    Args:
        value: a raw value, a record, or several in a tuple; not None.
        tree: what is shown of it.
        facts: the sheets on the day of the document.
        place: the cell that named it, for people who hold no post on the day.
    """
    kind: type = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple:
        below = tree.get(ITEM, _NOTHING)
        return Several([view(each, below, facts, place) for each in value])
    return _record(value, tree, facts, place) if _has_labels(kind) else words_of(value, facts)


@cache
def _has_labels(kind: type) -> bool:
    """Whether values of a type are records, or like records."""
    return issubclass(kind, Record | Person | Derived)


_NOTHING: Final[Tree] = {}


def _record(record: Any, tree: Tree, facts: Facts, place: str) -> Shown:
    kind = type(record)
    if issubclass(kind, Derived):  # shown once
        return _shown(record, tree, facts, place)
    key = (id(record), id(tree), place if kind is Person else "")
    known = facts.views.get(key)
    if known is None:
        if len(facts.views) >= _KEPT:  # documents of one project come one after the other
            facts.views.clear()
        known = facts.views[key] = (
            _shown(record, tree, facts, place),
            record,
            tree,
        )  # ids stay theirs while kept
    shown: Shown = known[0]
    return shown


def _shown(record: Any, tree: Tree, facts: Facts, place: str) -> Shown:
    labels: dict[str, Any] = {}
    for label, field, below in _fields_shown(type(record), tree, facts):
        value = field.value(record, facts)
        labels[label] = (
            value if type(value) in _AS_THEY_ARE else _shown_as(value, (record, field), below, facts, place)
        )
    return Shown(name_of(record), labels)


def _fields_shown(holds: type, tree: Tree, facts: Facts) -> Sequence[tuple[str, Field, Tree]]:
    """Return what a tree shows of a type, found once for the facts: each label with its field and what is below."""
    key = ("fields", holds, id(tree))
    known = facts.kept.get(key)
    if known is None:
        fields = fields_of(holds, facts.records)
        shown = [(label, fields[label], below) for label, below in tree.items() if label in fields]
        known = facts.kept[key] = (shown, tree)  # whose id stays its own while it is kept
    found: Sequence[tuple[str, Field, Tree]] = known[0]
    return found


def _shown_as(value: Any, of: tuple[Any, Field], tree: Tree, facts: Facts, place: str) -> Any:
    """Return a value that a record has in a field as a template sees it."""
    record, field = of
    if value is None:
        return Gap.told_by(partial(_empty, record, field, facts, place))
    return view(value, tree, facts, _place(record, field) if type(value) is Person else "")


def _empty(record: Any, field: Field, facts: Facts, place: str) -> EmptyCell | PostNotHeld:
    if isinstance(record, Person):
        return PostNotHeld(place or "人员", record.name, official_date(facts.today))
    label = (
        label_of(type(record), field.column) if field.column and isinstance(record, Record) else field.label
    )
    return EmptyCell(_cell(record, field), label)


def _place(record: Any, field: Field) -> str:
    """Return the cell of a record's field with the label of one that names a person."""
    cell = _cell(record, field)
    return f"{cell}「{field.label}」" if field.holds is Person and getattr(record, "origin", None) else cell


def _cell(record: Any, field: Field) -> str:
    """Return the cell of a record's field, of an added column by its label; its row where no column holds it."""
    if isinstance(record, Derived):
        record = record.row
    origin = getattr(record, "origin", None)
    if origin is None:
        return str(getattr(record, "sheet", ""))
    return str(origin.place(field.column or field.label))
