"""One document to be made: the things it is for, and every name that a template may show of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.kind import Annex, Kind, Text, Variant
from docgen.documents.declared.receivers import Receiver
from docgen.documents.facts import Facts
from docgen.documents.frame.context import Context
from docgen.documents.identity import Derived, MadeFor, Thing, component_of, group_of, key_of
from docgen.documents.labels.views import Tree, name_of
from docgen.model.project import Project


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a document on a day before it is made: title, annexes that appear with titles, copies."""

    day: date
    title: str
    annexes: tuple[tuple[Annex, str], ...]
    copies: tuple[Receiver, ...]


@dataclass(frozen=True, eq=False)
class Group:
    """What one document is made for.

    Args:
        kind: of the document.
        variant: the variant of `made_for` it comes from.
        things: the things it covers.
        members: what it is grouped by, by the last label of the path; the one thing itself where nothing groups.
        to: its addressees.
    """

    kind: Kind
    variant: Variant
    things: tuple[Any, ...]
    members: Mapping[str, Any]
    to: tuple[Receiver, ...]

    @property
    def identity(self) -> Thing:
        """Return what the document's draft is found by: what it is grouped by, else its one thing."""
        return self._identity(group_of)

    @property
    def key(self) -> str:
        """Return the words by which the register tells it apart, while no draft of it has others."""
        return key_of(self.kind.title, self.kind.way.name, self._identity(component_of))

    def _identity(self, of_thing: Callable[[Any], Thing]) -> Thing:
        if not self.members:
            return (*of_thing(self.things[0]), *self.variant.mark)
        parts = (part for label, each in self.members.items() for part in component_of(each, label))
        return (*parts, *self.variant.mark)

    @property
    def made_for(self) -> MadeFor:
        """Return what the register stores of it."""
        return MadeFor(self.kind.way.name, self.identity, tuple(map(self.variant.identity_of, self.things)))

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Return the projects it is about, each once."""
        found = (self.variant.source.project_of(each) for each in self.things)
        return tuple({id(each): each for each in found if each}.values())

    @property
    def kept_names(self) -> tuple[str, ...]:
        """Return names that a line of the title must not cut."""
        things = (each.name for each in self.things if isinstance(each, Derived))
        projects = (each.name for each in self.projects)
        return tuple(dict.fromkeys((*projects, *things, *map(name_of, self.members.values()))))

    @property
    def subject(self) -> str:
        """Return what it is about, for people."""
        if self.kind.is_list and self.members:
            return "、".join(map(name_of, self.members.values()))
        if len(self.projects) == 1:
            return f"第{self.projects[0].number}号 {self.projects[0].name}"
        if len(self.things) == 1:
            return name_of(self.things[0])
        return f"{len(self.projects) or len(self.things)}个{'项目' if self.projects else '事项'}"

    @property
    def needs(self) -> str:
        """Return who needs a value that is missing, for the fault."""
        if len(self.projects) == 1:
            return f"第{self.projects[0].number}号项目"
        return "、".join(each.short_name for each in self.to) or self.subject

    def outline(self, facts: Facts) -> Outline:
        """Return what is known of the document before it is made. Raises Problems for gaps in it."""
        found = self._on(facts)
        return Outline(facts.today, found.title, found.annexes, found.copies)

    def is_empty(self, facts: Facts) -> bool:
        """Whether it is a list without rows."""
        return self.kind.is_list and not self._on(facts).listed

    def words(self, text: Text, facts: Facts) -> str:
        """Return a text of the declaration filled in. Raises Problems for gaps in it."""
        return self._on(facts).words(text)

    def context(self, facts: Facts, tree: Tree, outline: Outline) -> dict[str, Any]:
        """Return what a template may show, as far as the tree shows it; an outline of the same day is taken over.

        Raises:
            Problems: roles among the receivers that nobody holds, gaps in heading or common names.
        """
        found = self._on(facts)
        if outline.day == facts.today:
            found.title, found.annexes, found.copies = outline.title, outline.annexes, outline.copies
        return found.made(tree)

    def _on(self, facts: Facts) -> Context:
        """Return what works out the names of the document on a day; that of the document asked of last is kept."""
        kept = facts.kept.get(_LAST)
        if kept is None or kept.group is not self:
            kept = facts.kept[_LAST] = Context(self, facts)
        context: Context = kept
        return context


_LAST: Final = "document asked of last"
