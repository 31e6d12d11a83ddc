"""One document to be made: the things it is for, and every name that a template may show of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import DaysOutOfReach
from docgen.documents.identity import MadeFor, Thing, component_of
from docgen.documents.kind import Annex, DateRule, Kind, Rows, Text, Variant
from docgen.documents.lists import ALL, chosen, grouped, linked, shown_of
from docgen.documents.paths import MECHANISM, SETTINGS, TODAY, Path
from docgen.documents.receivers import Receiver, in_official_order, receivers_of
from docgen.documents.signature import places_in, signature_names
from docgen.documents.sources import THIS
from docgen.documents.views import Tree, name_of, view, words_of
from docgen.model.project import Project
from docgen.standard.forms.form import Head
from docgen.standard.measures.lengths import Mm
from docgen.standard.wording.text import official_date
from docgen.standard.wording.titles import break_title

COUNT: Final = "份数"
TITLE: Final = "标题"
ANNEXES: Final = "附件"
_MOST_DAYS: Final = 9999


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
        """Return what the document is known by: what it is grouped by, else its one thing."""
        if not self.members:
            return self.variant.identity_of(self.things[0])
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
        return tuple(
            dict.fromkeys((*(each.name for each in self.projects), *map(name_of, self.members.values())))
        )

    @property
    def subject(self) -> str:
        """Return what it is about, for people."""
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

    def copies(self, facts: Facts) -> tuple[Receiver, ...]:
        """Return who gets copies in official order, the addressees left out."""
        kind = self.kind
        rules = (
            kind.copies[kind.variants.index(self.variant)] if kind.copies is not None else self.variant.copies
        )
        found = {each.name: each for thing in self.things for each in receivers_of(rules, thing, facts)}
        others = (each for name, each in found.items() if name not in {to.name for to in self.to})
        return in_official_order(others, facts.mechanism.level)

    def annex_titles(self, facts: Facts) -> tuple[str, ...]:
        """Return the titles of the annexes that appear."""
        return tuple(title for _, title in self._on(facts).annexes)

    def title(self, facts: Facts) -> str:
        """Return the document's title on one line."""
        return self._on(facts).title

    def words(self, text: Text, facts: Facts) -> str:
        """Return a text of the declaration filled in. Raises Problems for gaps in it."""
        return self._on(facts).words(text)

    def context(self, facts: Facts, tree: Tree) -> dict[str, Any]:
        """Return what a template may show, as far as the tree shows it.

        Raises:
            Problems: roles among the receivers that nobody holds, gaps in heading or common names.
        """
        return self._on(facts).made(tree)

    def _on(self, facts: Facts) -> _Context:
        """Return what works out the names of the document on a day; that of the document asked of last is kept."""
        kept = facts.kept.get(_LAST)
        if kept is None or kept.group is not self:
            kept = facts.kept[_LAST] = _Context(self, facts)
        context: _Context = kept
        return context


_LAST: Final = "document asked of last"


class _Context:
    """Works out the names of one document, each when it is asked for."""

    def __init__(self, group: Group, facts: Facts) -> None:
        self.group, self.kind, self.facts = group, group.kind, facts
        self._lists: dict[str, tuple[Any, ...]] = {}

    def words(self, text: Text) -> str:
        """Return a text of the declaration filled in."""
        return text.plain or text.line.render(self.made(text.tree))

    def made(self, tree: Tree) -> dict[str, Any]:
        found = {name: self._value(name, below) for name, below in tree.items() if self._knows(name)}
        slots = self.kind.form.slots.keys() & tree.keys()
        if slots:
            filled = self.kind.form.filled(self.head, self.facts.look)
            found |= {name: filled[name] for name in slots}
        return found

    def _knows(self, name: str) -> bool:
        if name == THIS and not self.kind.is_single(self.kind.way):
            return False  # a group's document shows no member's values as if they were the group's
        return name in _NAMES or name in self._own or name in self.group.members

    @cached_property
    def _own(self) -> Mapping[str, Callable[[str, Tree], Any]]:
        """Return who gives the kind's own names."""
        kind = self.kind
        return {
            **dict.fromkeys((each.name for each in kind.rows), self._rows),
            **dict.fromkeys((each.name for each in kind.dates), self._date),
            **dict.fromkeys(self.group.variant.say, self._say),
            **dict.fromkeys(kind.more.fields if kind.more else (), self._more),
        }

    def _value(self, name: str, below: Tree) -> Any:
        if name in self._own:
            return self._own[name](name, below)
        if name in self.group.members:
            return view(self.group.members[name], below, self.facts)
        return _NAMES[name](self, below)

    def _this(self, below: Tree) -> Any:
        return view(self.group.things[0], below, self.facts)

    def _all(self, below: Tree) -> Any:
        return view(self.group.things, below, self.facts)

    def _count(self, below: Tree) -> int:
        del below
        return len(self.group.things)

    def _mechanism(self, below: Tree) -> Any:
        return view(self.facts.mechanism, below, self.facts)

    def _settings(self, below: Tree) -> Any:
        del below
        return {name: words_of(value, self.facts) for name, value in self.kind.settings.items()}

    def _today(self, below: Tree) -> str:
        del below
        return official_date(self.facts.today)

    def _title(self, below: Tree) -> str:
        del below
        return self.title

    @cached_property
    def title(self) -> str:
        """Return the title on one line."""
        return self.words(self.kind.way.heading)

    def _annexes(self, below: Tree) -> Any:
        del below
        shown, found = self.annexes, dict[str, Any]()
        for count, (annex, title) in enumerate(shown, start=1):
            label = f"附件{count}" if len(shown) > 1 else "附件"
            found[annex.name] = {"标识": label, "标题": title, "标题行": list(break_title(title))}
        return {each.name: found.get(each.name) for each in self.kind.annexes}

    @cached_property
    def annexes(self) -> list[tuple[Annex, str]]:
        """Return the annexes that appear, with their titles."""
        return [
            (each, self.words(each.title))
            for each in self.kind.annexes
            if each.when is None or self.words(each.when)
        ]

    def _say(self, name: str, below: Tree) -> str:
        del below
        text = self.group.variant.say[name]
        return text.plain or text.line.lines(self.made(text.tree))

    def _date(self, name: str, below: Tree) -> Any:
        del below
        rule = next(each for each in self.kind.dates if each.name == name)
        day = date_of(rule, self.group.things[0], self.facts)
        return official_date(day) if day else None

    def _more(self, name: str, below: Tree) -> Any:
        return shown_of(self._computed[name], below, self.facts)

    @cached_property
    def _computed(self) -> Mapping[str, Any]:
        return self.kind.more.compute(self.group, self.facts) if self.kind.more else {}

    def _rows(self, name: str, below: Tree) -> Any:
        rows = next(each for each in self.kind.rows if each.name == name)
        found = self._found(rows)
        if rows.group is None:
            return view(found, below, self.facts)
        return grouped(found, rows, below, self.facts, self.group.things[0])

    def _found(self, rows: Rows) -> tuple[Any, ...]:
        if rows.name not in self._lists:
            found = (
                each
                for thing in self.group.things
                for each in chosen(
                    linked(rows, thing, self.facts) if rows.of else self._list(rows.source),
                    rows,
                    self.facts,
                    thing,
                )
            )
            self._lists[rows.name] = tuple({id(each): each for each in found}.values())
        return self._lists[rows.name]

    def _list(self, name: str) -> tuple[Any, ...]:
        return self._found(next(each for each in self.kind.rows if each.name == name))

    @cached_property
    def head(self) -> Head:
        """Return what the form is told of the document."""
        group = self.group
        common = _common_head(self.kind, self.facts)
        names = (each for each in group.kept_names if each in self.title)
        return replace(
            common,
            title=self.title,
            keep=(*names, *common.keep),
            addressees=tuple(each.name for each in group.to),
            copies=tuple(each.name for each in group.copies(self.facts)),
            annexes=tuple(title for _, title in self.annexes),
        )


_NAMES: Final[Mapping[str, Callable[[_Context, Tree], Any]]] = {
    THIS: _Context._this,  # noqa: SLF001  of this file
    ALL: _Context._all,  # noqa: SLF001
    COUNT: _Context._count,  # noqa: SLF001
    MECHANISM: _Context._mechanism,  # noqa: SLF001
    SETTINGS: _Context._settings,  # noqa: SLF001
    TODAY: _Context._today,  # noqa: SLF001
    TITLE: _Context._title,  # noqa: SLF001
    ANNEXES: _Context._annexes,  # noqa: SLF001
}
"""The names that every document has."""


def _common_head(kind: Kind, facts: Facts) -> Head:
    """Return what the heads of all documents of a kind have on a day."""
    key = ("head", kind.title)
    if key not in facts.kept:
        mechanism = facts.mechanism
        facts.kept[key] = Head(
            organ=mechanism.office,
            title="",
            number=number_place(kind, facts),
            date=official_date(facts.today),
            keep=places_in(mechanism.place),
            signature=signature_names(mechanism) if kind.is_signed else (),
            seal=Mm(mechanism.seal_diameter),
            printer=mechanism.office,
        )
    head: Head = facts.kept[key]
    return head


def number_place(kind: Kind, facts: Facts) -> str:
    """Return what stands where signing will fill in the number; empty for kinds without."""
    return f"{kind.code}〔{facts.today.year}〕　号" if kind.is_numbered else ""


def date_of(rule: DateRule, thing: Any, facts: Facts) -> Any:
    """Return a declared date for a thing; None where what it counts from is empty."""
    after = rule.after.get(thing, facts)
    days = rule.working_days if isinstance(rule.working_days, int) else rule.working_days.get(thing, facts)
    if after is None or days is None:
        return None
    if abs(days) > _MOST_DAYS:
        raise DaysOutOfReach(rule.name, str(days))
    return facts.calendar.after(after, days)


def deadlines_on(kind: Kind, facts: Facts) -> dict[str, date]:
    """Return the dates that every document of a kind drafted on a day asks for: working days counted from that day."""
    found: dict[str, date] = {}
    for rule in kind.dates:
        days = rule.working_days if isinstance(rule.working_days, int) else _setting(rule.working_days, kind)
        if rule.after.written == TODAY and days is not None:
            found[rule.name] = facts.calendar.after(facts.today, days)
    return found


def _setting(path: Path, kind: Kind) -> int | None:
    name = path.written.removeprefix(f"{SETTINGS}.")
    return int(kind.settings[name]) if path.written != name else None
