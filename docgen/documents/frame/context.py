"""What templates are told of one document: the names that every document has, and those of its kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from docgen.documents.declared.kind import Annex, Joined, Rows, Text
from docgen.documents.declared.receivers import Receiver, in_official_order, receivers_of
from docgen.documents.declared.sources import THIS
from docgen.documents.facts import Facts
from docgen.documents.frame.dates import date_of
from docgen.documents.frame.heads import common_head
from docgen.documents.frame.listing import LISTED, listed
from docgen.documents.frame.lists import ALL, chosen, grouped, linked, ordered, shown_of
from docgen.documents.issued import ISSUED
from docgen.documents.labels.ordered import Ordered
from docgen.documents.labels.paths import ANNEXES, COUNT, MECHANISM, SETTINGS, TITLE, TODAY
from docgen.documents.labels.views import Answer, Shown, Tree, view, words_of
from docgen.documents.periods import Told
from docgen.standard.forms.form import Head
from docgen.standard.wording.titles import break_title

if TYPE_CHECKING:
    from docgen.documents.frame.group import Group


def told_by(group: Group, facts: Facts) -> Facts:
    """Return the sheets that a document tells of: of a past period those that were kept at its end, else today's."""
    thing = next(iter(group.things), None)
    return facts.at_end_of(thing.period) if isinstance(thing, Told) else facts


class Context:
    """Works out the names of one document, each when it is asked for.

    What it tells comes from the sheets of its period (`told`), its own date and people from today's (`facts`).
    """

    def __init__(self, group: Group, facts: Facts) -> None:
        self.group, self.kind, self.facts = group, group.kind, facts
        self.told = told_by(group, facts)
        self._lists: dict[str, tuple[Joined, ...]] = {}

    def words(self, text: Text) -> str:
        """Return a text of the declaration filled in; of documents that show the same in it, it is made once."""
        if text.plain:
            return text.plain
        shown = self.made(text.tree)
        known = self.facts.kept.setdefault(("words", id(text)), {})
        key = tuple(map(_told_apart, shown.values()))
        if None in key:
            return text.line.render(shown)
        if key not in known:
            if len(known) >= _KEPT:
                known.clear()
            known[key] = (text.line.render(shown), shown, text)  # whose ids stay theirs while they are kept
        words: str = known[key][0]
        return words

    def made(self, tree: Tree) -> dict[str, Any]:
        """Return the names that a tree shows, each with its value; names that nobody gives are left out."""
        giving, slots = self._giving(tree)
        found = {name: give(self, name, below) for name, give, below in giving}
        if slots:
            filled = self.kind.form.filled(self.head, self.facts.look)
            found |= {name: filled[name] for name in slots}
        return found

    def _giving(self, tree: Tree) -> tuple[Sequence[tuple[str, _Giver, Tree]], Collection[str]]:
        """Return the names of a tree with who gives them, and those that the form gives, found once for a kind."""
        key = ("giving", id(tree), id(self.kind), id(self.group.variant))
        known = self.facts.kept.get(key)
        if known is None:
            named = ((name, self._giver(name), below) for name, below in tree.items())
            giving = [(name, give, below) for name, give, below in named if give]
            slots = self.kind.form.slots.keys() & tree.keys()
            known = self.facts.kept[key] = (
                giving,
                slots,
                tree,
                self.kind,
                self.group.variant,
            )  # ids stay theirs
        giving, slots, *_ = known
        return giving, slots

    def _giver(self, name: str) -> _Giver | None:
        """Return who gives a name; None where nobody does."""
        if name in self.group.variant.say:
            return Context._say
        if name in self.kind.own_names:
            return _OWN[self.kind.own_names[name]]
        if name in self.group.members:
            return Context._member
        if name == THIS and not self.kind.is_single(self.kind.way):
            return None  # a group's document shows no member's values as if they were the group's
        return _NAMES.get(name)

    def _member(self, name: str, below: Tree) -> Any:
        return view(self.group.members[name], below, self.facts)

    def _this(self, _name: str, below: Tree) -> Any:
        return view(self.group.things[0], below, self.told)

    def _all(self, _name: str, below: Tree) -> Any:
        return view(self.group.things, below, self.told)

    def _count(self, _name: str, _below: Tree) -> int:
        return len(self.group.things)

    def _issued(self, _name: str, below: Tree) -> Any:
        return view(self.facts.issued.about(self.group.things), below, self.facts)

    def _mechanism(self, _name: str, below: Tree) -> Any:
        return view(self.facts.mechanism, below, self.facts)

    def _settings(self, _name: str, _below: Tree) -> Any:
        key = ("settings", self.kind.title)
        if key not in self.facts.kept:
            values = self.kind.settings.items()
            self.facts.kept[key] = {name: words_of(value, self.facts) for name, value in values}
        return self.facts.kept[key]

    def _today(self, _name: str, _below: Tree) -> Any:
        return words_of(self.facts.today, self.facts)

    def _title(self, _name: str, _below: Tree) -> str:
        return self.title

    def _annexes(self, _name: str, _below: Tree) -> Any:
        shown, found = self.annexes, dict[str, Any]()
        for count, (annex, title) in enumerate(shown, start=1):
            label = f"附件{count}" if len(shown) > 1 else "附件"
            found[annex.name] = {
                "标识": label,
                "标题": title,
                "标题行": list(break_title(title, self.facts.look.keep)),
            }
        return {each.name: found.get(each.name) for each in self.kind.annexes}

    def _say(self, name: str, _below: Tree) -> str:
        text = self.group.variant.say[name]
        return text.plain or text.line.lines(self.made(text.tree))

    def _date(self, name: str, _below: Tree) -> Any:
        rule = next(each for each in self.kind.dates if each.name == name)
        day = date_of(rule, self.group.things[0], self.facts)
        return words_of(day, self.facts) if day else None

    def _more(self, name: str, below: Tree) -> Any:
        found = self._computed[name]
        return shown_of(found() if callable(found) else found, below, self.told)

    @cached_property
    def title(self) -> str:
        """Return the title on one line."""
        return self.words(self.kind.way.heading)

    @cached_property
    def annexes(self) -> tuple[tuple[Annex, str], ...]:
        """Return the annexes that appear, with their titles."""
        return tuple(
            (each, self.words(each.title))
            for each in self.kind.annexes
            if each.when is None or self.words(each.when)
        )

    @cached_property
    def copies(self) -> tuple[Receiver, ...]:
        """Return who gets copies in official order, the addressees left out."""
        group, kind = self.group, self.kind
        rules = (
            group.variant.copies if kind.copies is None else kind.copies[kind.variants.index(group.variant)]
        )
        found = {each.name: each for thing in group.things for each in receivers_of(rules, thing, self.facts)}
        to = {each.name for each in group.to}
        others = (each for name, each in found.items() if name not in to)
        return in_official_order(others, self.facts.mechanism.level)

    @cached_property
    def _computed(self) -> Mapping[str, Any]:
        return self.kind.more.compute(self.group, self.told) if self.kind.more else {}

    def _rows(self, name: str, below: Tree) -> Any:
        rows = next(each for each in self.kind.rows if each.name == name)
        found = tuple(each.row for each in self._joined(rows))
        if rows.group is None:
            return view(found, below, self.told)
        return grouped(found, rows, below, self.told, self.group.things[0])

    def _joined(self, rows: Rows) -> tuple[Joined, ...]:
        """Return the rows of a list, each once: those of one thing after another's; of a workbook all in order."""
        if rows.name not in self._lists:
            once: dict[int, Joined] = {}
            for thing in self.group.things:
                for each in chosen(self._begin(rows, thing), rows, self.told, thing):
                    once.setdefault(id(each.row), each)
            joined, whole = list(once.values()), self.kind.is_list or rows.source == ALL
            self._lists[rows.name] = tuple(ordered(joined, rows, self.told) if whole else joined)
        return self._lists[rows.name]

    def _begin(self, rows: Rows, thing: Any) -> Iterable[Any]:
        """Return what a list is chosen from for a thing."""
        if rows.of:
            return linked(rows, thing, self.told)
        if rows.source == ALL:
            return (thing,)
        source = next(each for each in self.kind.rows if each.name == rows.source)
        return (each.row for each in self._joined(source))

    @cached_property
    def listed(self) -> tuple[Joined, ...]:
        """Return the rows that a list shows; none where it is none."""
        listing = self.kind.listing
        if listing is None:
            return ()
        return (
            self._joined(listing.rows)
            if listing.rows
            else tuple(Joined(each, each) for each in self.group.things)
        )

    def _listing(self, _name: str, _below: Tree) -> Any:
        note = self.kind.listing.note if self.kind.listing else ()
        return listed(self.kind, self.listed, "\n".join(map(self.words, note)), self.told)

    @cached_property
    def head(self) -> Head:
        """Return what the form is told of the document."""
        group = self.group
        common = common_head(self.kind, self.facts)
        if self.kind.issuer and (name := self.words(self.kind.issuer)):
            common = replace(common, organ=name, printer=name, signature=(name,))
        names = (each for each in group.kept_names if each in self.title)
        return replace(
            common,
            title=self.title,
            keep=(*names, *common.keep),
            addressees=tuple(each.name for each in group.to),
            copies=tuple(each.name for each in self.copies),
            annexes=tuple(title for _, title in self.annexes),
            mark=self.words(self.kind.mark) if self.kind.mark else "",
            signatories=(self.words(self.kind.signatory),) if self.kind.signatory else (),
            persons=tuple(each.name for each in (*group.to, *self.copies) if each.standing is not None),
        )


def _told_apart(value: Any) -> Any:
    """Return what tells a shown value from others: itself, or which record or settings it shows; None for others."""
    kind = type(value)
    if kind is Answer or kind is Ordered:  # which templates ask and compare as no text is
        return kind, value
    return value if kind in _PLAIN else id(value) if kind in _SHARED else None


_PLAIN: Final = frozenset({str, int, bool})
_SHARED: Final = frozenset({Shown, dict})
_KEPT: Final = 64  # texts kept of each line: documents of one thing come one after the other
_Giver = Callable[[Context, str, Tree], Any]

# Private methods of this file's own class.
_NAMES: Final[Mapping[str, _Giver]] = {
    THIS: Context._this,  # noqa: SLF001
    ALL: Context._all,  # noqa: SLF001
    COUNT: Context._count,  # noqa: SLF001
    ISSUED: Context._issued,  # noqa: SLF001
    MECHANISM: Context._mechanism,  # noqa: SLF001
    SETTINGS: Context._settings,  # noqa: SLF001
    TODAY: Context._today,  # noqa: SLF001
    TITLE: Context._title,  # noqa: SLF001
    ANNEXES: Context._annexes,  # noqa: SLF001
    LISTED: Context._listing,  # noqa: SLF001
}
"""The names that every document has."""

_OWN: Final[Mapping[str, _Giver]] = {
    "rows": Context._rows,  # noqa: SLF001
    "dates": Context._date,  # noqa: SLF001
    "more": Context._more,  # noqa: SLF001
}
"""Who gives a kind's own names, by the part of its declaration."""
