"""A kind of document in a workspace, ready to draft: what a declaration becomes when it has met the sheets."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from docgen.dataclass import dataclass
from docgen.documents.declared.again import YEARLY_LIST
from docgen.documents.declared.conditions import Condition
from docgen.documents.declared.declaration import Declaration
from docgen.documents.declared.receivers import Rule
from docgen.documents.declared.sources import Source
from docgen.documents.facts import Facts
from docgen.documents.identity import MARK, NAME, Component, Thing, component_of
from docgen.documents.labels.paths import Getter, Path, Scope, first_path, name_of
from docgen.documents.labels.views import Tree, tree_of
from docgen.errors import Advice, DocgenError
from docgen.model.fields import Record
from docgen.model.mechanism import Mechanism
from docgen.model.unit import Unit
from docgen.standard.build.elements import Align
from docgen.standard.forms.form import Form
from docgen.template.line import Expression, Line


@dataclass(frozen=True)
class Computed:
    """What a file of `more/` gives: the names with their shapes, and the function that computes them.

    A value that costs much is a function without arguments, called when it is shown. `advise` says what is to be known
    of a document beside it; `hindered` what keeps a thing out of any document of the kind, while others are told.
    """

    fields: Mapping[str, Any]
    compute: Callable[[Any, Facts], Mapping[str, Any]]
    advise: Callable[[Any, Facts], Iterable[Advice]] | None = None
    hindered: Callable[[Any, Mapping[str, Any], Facts], Iterable[DocgenError]] | None = None


@dataclass(frozen=True)
class Text:
    """A text with tags, and what it shows."""

    line: Line

    @property
    def plain(self) -> str:
        """Return the text itself where it has no tags; else nothing."""
        return "" if "{" in self.line.text else self.line.text

    @cached_property
    def tree(self) -> Tree:
        """Return the labels it shows."""
        return tree_of(self.line.fields())


@dataclass(frozen=True)
class Variant:
    """One of the things a kind is made for, compiled; `name` tells it from others with the same source."""

    name: str
    source: Source
    when: Condition
    to: tuple[Rule, ...]
    copies: tuple[Rule, ...]
    say: Mapping[str, Text]
    scope: Scope

    @property
    def mark(self) -> Thing:
        """Return the component that tells its things from the same things of another variant."""
        return (Component(MARK, ((NAME, self.name),)),) if self.name else ()

    def identity_of(self, thing: Any) -> Thing:
        """Return what a thing is known by."""
        return (*component_of(thing), *self.mark)


@dataclass(frozen=True)
class Way:
    """A way of grouping: the paths that name what one document is for; none for one document a thing.

    `at_least` is how many things a document needs, so that there is one.
    """

    name: str
    each: tuple[str, ...]
    heading: Text
    file_name: Text | None
    at_least: int = 1


def members_of(way: Way, variant: Variant) -> dict[str, Path]:
    """Return what a way groups the things of a variant by, each under its name."""
    return dict(first_path(each, variant.scope) for each in way.each)


@dataclass(frozen=True)
class Rows:
    """A linked list, compiled; `of` is the record type it begins with, `source` the list it is taken from."""

    name: str
    of: type[Record] | None
    source: str
    holds: type
    match: tuple[tuple[Getter, Getter], ...]
    when: Condition
    group: Path | None
    order: tuple[tuple[Path, bool], ...]


RowGetter = Callable[["Joined", int, Facts], Any]
"""Gives a value of a row and of its number in its list."""


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Args:
        head: its head.
        get: gives the raw value of a row, which is the one of that number from 1; None for an empty cell.
        text: the text whose tags it fills in; None for a field.
        width: in hanzi.
        align: how its cells stand.
        format: of numbers and dates, as a workbook has it; empty for numbers as they are.
        as_text: whether dates and numbers are written as a document writes them.
        total: whether the last line sums it up.
    """

    head: str
    get: RowGetter
    text: Line | Expression | None
    width: int
    align: Align
    format: str
    as_text: bool
    total: bool


@dataclass(frozen=True)
class Listing:
    """What a list shows, compiled.

    Args:
        rows: the linked list whose rows it shows; None for the things themselves.
        columns: its columns.
        holds: the type of its rows, whose labels the columns show.
        amounts: the unit of its amounts; empty for none.
        paper: on which it is printed.
        note: what stands below the table, line by line.
    """

    rows: Rows | None
    columns: tuple[Column, ...]
    holds: type
    amounts: str
    paper: str
    note: tuple[Text, ...]


@dataclass(frozen=True)
class DateRule:
    """A date counted in working days from another."""

    name: str
    after: Path
    working_days: int | Path


@dataclass(frozen=True)
class Annex:
    """An annex: its title, and on which condition it appears."""

    name: str
    title: Text
    when: Text | None


def computed_by(name: str) -> Computed | None:
    """Return what a file of `more/` computes; None for no name."""
    if not name:
        return None
    module = importlib.import_module(f"docgen.documents.more.{name}")
    advise, hindered = (getattr(module, each, None) for each in ("advise", "hindered"))
    return Computed(module.FIELDS, module.compute, advise, hindered)


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of document in a workspace, ready to draft.

    Args:
        declared: what was read.
        form: its form.
        settings: its own settings, the workspace's values in place of the defaults.
        variants: what it is made for.
        ways: how things may be grouped; `way` is the one chosen.
        rows, dates, annexes: compiled.
        more: what a file of `more/` computes for a built-in kind; None for none.
        copies: whom the sheet 文种 sends copies to; None when it does not say.
        reach_all: whether units above the mechanism's level get one too.
        to_host: whether the office's own host unit gets one too.
        code: 机关代字; empty for none.
        listing: what it lists, where it is a list; else None.
        mark: the red mark in full; None for what the form makes of the office's name.
        issuer: who issues it under a seal of its own; None, or nothing as its text, for the office.
        signatory: who is named as 签发人; None for nobody.
    """

    declared: Declaration
    form: Form
    settings: Mapping[str, Any]
    variants: tuple[Variant, ...]
    ways: tuple[Way, ...]
    way: Way
    rows: tuple[Rows, ...]
    dates: tuple[DateRule, ...]
    annexes: tuple[Annex, ...]
    more: Computed | None
    copies: tuple[tuple[Rule, ...], ...] | None
    reach_all: bool
    to_host: bool
    code: str
    listing: Listing | None = None
    mark: Text | None = None
    issuer: Text | None = None
    signatory: Text | None = None

    @property
    def title(self) -> str:
        """Return its Chinese name."""
        return self.declared.title

    @property
    def is_list(self) -> bool:
        """Whether it is a list: a workbook of columns, without a template."""
        return self.form.columned

    def is_single(self, way: Way) -> bool:
        """Whether a document of a way is for one thing, which may then be named as 本项."""
        named = {name_of(each) for each in way.each}
        return not named or all(named == set(each.source.parts) for each in self.variants)

    @property
    def is_for_units(self) -> bool:
        """Whether its documents are each for a unit, or sent to some, so that units select among them."""
        members = members_of(self.way, self.variants[0])
        holds = [each.field.holds for each in members.values()] or [self.variants[0].source.holds]
        return Unit in holds or any(each.to for each in self.variants)

    @property
    def is_signed(self) -> bool:
        """Whether its documents are signed, as their form allows and the declaration wants."""
        return self.form.signed and self.declared.signed

    @property
    def is_numbered(self) -> bool:
        """Whether its documents get a number."""
        return self.form.numbered and self.declared.signed

    @property
    def template_name(self) -> str:
        """Return the file name of its template."""
        return f"{self.title}{self.form.suffix}"

    @property
    def again(self) -> str:
        """Return how often a thing may be made a document for; a setting's number stands as working days."""
        said = self.declared.again.text
        return f"{self.settings[said]}个工作日" if said in self.settings else said or "一次"

    def year_kept(self, mechanism: Mechanism) -> int:
        """Return the 年度 that is stored of a document made now: where another brings its things again; else 0."""
        return mechanism.year if self.again == YEARLY_LIST else 0

    @cached_property
    def own_names(self) -> Mapping[str, str]:
        """Return the names that its documents have beyond those of all, each with the part that declares it."""
        return {
            **{each.name: "rows" for each in self.rows},
            **{each.name: "dates" for each in self.dates},
            **dict.fromkeys(self.more.fields if self.more else (), "more"),
        }

    @property
    def options(self) -> tuple[str, ...]:
        """Return the options of a command that select among what the kind is made for."""
        return tuple(dict.fromkeys(name for each in self.variants for name in each.source.options))


@dataclass(frozen=True, slots=True)
class Joined:
    """A row of a linked list together with the thing it is linked to."""

    row: Any
    thing: Any
