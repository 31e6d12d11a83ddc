"""From a kind to drafts: things that meet its conditions, grouped into documents, those already covered left out.

A draft is computed when its turn has come, in whichever process makes it, and for any day: the same things on another
day show how the document would have read then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from docgen.documents.declared.again import Moment, covers
from docgen.documents.declared.kind import Kind, Variant, members_of
from docgen.documents.declared.receivers import Receiver, is_within_reach, receivers_of
from docgen.documents.facts import Facts
from docgen.documents.faults import (
    NeededValue,
    NoAddressee,
    NothingAsked,
    Ungrouped,
    together,
)
from docgen.documents.frame.advising import added_to, advices_on
from docgen.documents.frame.drafts import Asked, Draft, Drafting, Earlier, Living, apart
from docgen.documents.frame.group import Group, Outline
from docgen.documents.frame.heads import head_faults, number_place
from docgen.documents.frame.selected import selected
from docgen.documents.frame.telling import Noted, tell
from docgen.documents.identity import Known, MadeFor, Thing, component_of
from docgen.documents.labels.paths import SETTINGS
from docgen.documents.labels.views import Tree, name_of
from docgen.errors import Advice, DocgenError, Problems
from docgen.model.kind_row import KindSetting
from docgen.model.names import file_name_of
from docgen.model.unit import Unit

_NAMED: Final = 5  # of documents that are not made
_OPTIONS: Final = {
    "project": "--project 项目",
    "unit": "--unit 单位",
    "meeting": "--meeting 会议",
    "item": "--item 编号或名称",
    "period": "--period 时段",
    "document": "--document 公文",
    "text": "--text 正文",
    "overdue": "--overdue",
}


def drafts(kind: Kind, facts: Facts, asked: Asked, earlier: Sequence[Earlier] = ()) -> Drafting:
    """Return a draft for each group of things asked for.

    Args:
        kind: of the documents.
        facts: the sheets on the day of the documents.
        asked: the selection.
        earlier: the documents of the kind that the register knows.

    Raises:
        NothingAsked: nothing was asked for.
    """
    if not (asked.names_some or asked.units or asked.overdue or asked.everything):
        options = "、".join(_OPTIONS[each] for each in kind.options)
        raise NothingAsked(kind.title, f"{options}，或 --all" if options else "--all")
    return _Frame(kind, facts, asked, earlier).drafting()


def replacements(
    kind: Kind, facts: Facts, olds: Sequence[Earlier]
) -> tuple[list[Draft], list[tuple[Earlier, list[Thing]]]]:
    """Return successors of signed documents for the things they cover, without asking for conditions again.

    Returns:
        the drafts, each under its predecessor's key, and the documents with those of their things that the sheets
        no longer have.
    """
    frame = _Frame(kind, facts, Asked(everything=True), ())
    made: list[Draft] = []
    gone: list[tuple[Earlier, list[Thing]]] = []
    for old in olds:
        group = frame.stored(old.made_for)
        if group is None:
            gone.append((old, frame.missing(old.made_for)))
        else:
            made.append(frame.draft(group, old.key, None))
    return apart(made), gone


def hindrances(kind: Kind, facts: Facts, made_for: MadeFor) -> list[DocgenError]:
    """Return what, on the day of the facts, keeps things that a document covers out of any document of its kind."""
    group = _Frame(kind, facts, Asked(everything=True), ()).stored(made_for)
    return _hindrances(kind, group.things, facts) if group else []


class _Frame:
    """Drafting of one kind on one day."""

    def __init__(self, kind: Kind, facts: Facts, asked: Asked, earlier: Sequence[Earlier]) -> None:
        self.kind, self.facts, self.asked = kind, facts, asked
        self._groups = Known((each.made_for.group, each) for each in earlier if each.living is Living.DRAFT)
        self._things = Known(
            (thing, each)
            for each in earlier
            if each.living is not Living.DRAFT
            for thing in each.made_for.things
        )
        self._told = Known((each.made_for.group, each) for each in earlier if each.living is not Living.DRAFT)
        self.result = Drafting()
        self._noted = Noted()
        self._renewed: set[int] = set()

    def drafting(self) -> Drafting:
        result = self.result
        ours = list(head_faults(self.kind, self.facts))
        result.faults += ours
        groups = self._filled(self._enough(list(self._all_groups())))
        tell(result, self._noted, self.asked, groups, (self.kind, self.facts))
        drafts_ = list(filter(None, (self._drafted(group) for group in groups)))
        result.faults[:] = together(result.faults)
        result.drafts += [] if result.faults and not self.asked.everything else apart(drafts_)
        if ours:  # every document would lack it
            result.drafts.clear()
        result.advices += added_to(groups, self.kind, self._told)
        result.advices += advices_on(groups, self.kind, self.facts)
        return result

    def _all_groups(self) -> Iterator[Group]:
        for variant in self.kind.variants:
            things = [
                each for each in selected(variant, self.asked, self.facts) if self._is_fit(each, variant)
            ]
            groups = self._grouped(variant, self._uncovered(things, variant))
            yield from filter(None, map(self._unhindered, groups))

    def _enough(self, groups: list[Group]) -> list[Group]:
        """Return the groups of as many things as a document needs; which have fewer is said."""
        least = self.kind.way.at_least
        few = [each for each in groups if len(each.things) < least]
        if few:
            self._noted.few |= {receiver.short_name for each in few for receiver in each.to}
            counts = [
                f"{'、'.join(map(name_of, each.members.values()))}（{len(each.things)}项）" for each in few
            ]
            words = f"不足{least}项的，没有起草{self.kind.title}：{_named(counts)}"
            self.result.skipped.append(Advice("things-too-few", words))
        return [each for each in groups if len(each.things) >= least]

    def _filled(self, groups: list[Group]) -> list[Group]:
        """Return the groups without those whose list is empty; which they are is said where others are left."""
        filled, empty = list[Group](), list[Group]()
        for each in groups:
            (empty if each.is_empty(self.facts) else filled).append(each)
        if filled and empty:
            names = _named([each.subject for each in empty])
            words = f"{len(empty)}份{self.kind.title}没有内容，没有生成（{names}）"
            self.result.skipped.append(Advice("list-empty", words))
        return filled

    def _is_fit(self, thing: Any, variant: Variant) -> bool:
        for part in variant.when.parts:
            if not part.holds(thing, self.facts):
                self._noted.refuse(thing, part, variant)
                return False
        return True

    def _uncovered(self, things: Iterable[Any], variant: Variant) -> list[Any]:
        """Return the things that no document covers; the documents that do are kept to be told."""
        open_ones: list[Any] = []
        if not self._things:
            return [*things]
        for thing in things:
            covering = [each for each in self._known_for(thing, variant) if self._covers(each)]
            if covering:
                self._note_covered(covering[-1], thing, variant)
            else:
                open_ones.append(thing)
        return open_ones

    def _unhindered(self, group: Group) -> Group | None:
        """Return a group with the things that nothing keeps out of a document; what keeps out others is a fault."""
        if not (self.kind.more and self.kind.more.hindered):
            return group
        found = [(each, _hindrances(self.kind, (each,), self.facts)) for each in group.things]
        self.result.faults += [fault for _, faults in found for fault in faults]
        things = tuple(each for each, faults in found if not faults)
        return replace(group, things=things) if things else None

    def _known_for(self, thing: Any, variant: Variant) -> list[Earlier]:
        """Return the documents for a thing, those from before the kind told its variants apart first."""
        bare = self._things.find(component_of(thing)) if variant.mark else []
        return [*bare, *self._things.find(variant.identity_of(thing))]

    def _covers(self, each: Earlier) -> bool:
        facts, signed = self.facts, each.living is Living.SIGNED
        made, now = Moment(each.day, each.made_for.year), Moment(facts.today, facts.mechanism.year)
        return covers(self.kind.again, made, now, facts.calendar, signed=signed)

    def _note_covered(self, document: Earlier, thing: Any, variant: Variant) -> None:
        """Keep a document to be told, when a selection by units asks for it."""
        to = [each.unit for each in receivers_of(variant.to, thing, self.facts)]
        if self.asked.units and not any(unit in to for unit in self.asked.units):
            return
        if document not in self.result.covered:
            self.result.covered.append(document)

    def _grouped(self, variant: Variant, things: Sequence[Any]) -> Iterator[Group]:
        groups: dict[tuple[int, ...], tuple[dict[str, Any], list[Any]]] = {}
        for thing in things:
            members = _members(self.kind, variant, thing, self.facts)
            if None in members.values():
                self._note_ungrouped(thing, variant, members)
                continue
            key = tuple(map(id, members.values())) or (id(thing),)
            groups.setdefault(key, (members, []))[1].append(thing)
        made = filter(None, (self._group(variant, members, found) for members, found in groups.values()))
        yield from sorted(made, key=_unit_order) if self._is_by_unit(variant) else made

    def _note_ungrouped(self, thing: Any, variant: Variant, members: Mapping[str, Any]) -> None:
        """Keep what a thing lacks of that by which it would be put into a document."""
        lacking = "、".join(label for label, each in members.items() if each is None)
        subject = Group(self.kind, variant, (thing,), {}, ()).subject
        self.result.faults.append(Ungrouped(subject, self.kind.title, lacking))

    def _is_by_unit(self, variant: Variant) -> bool:
        paths = list(members_of(self.kind.way, variant).values())
        return len(paths) == 1 and paths[0].field.holds is Unit

    def _group(self, variant: Variant, members: Mapping[str, Any], things: Sequence[Any]) -> Group | None:
        """Return the group with its addressees; None where it goes to nobody."""
        if self.kind.is_list and not variant.to:
            return self._list_of(variant, members, things)
        try:
            found = _receivers(variant, things, self.facts)
        except Problems as vacant:
            self.result.faults += [each for each in vacant.faults if each not in self.result.faults]
            return None
        to = tuple(each for each in found if self._reaches(each))
        self._noted.concerned |= {each.name: each.short_name for each in to}
        group = Group(self.kind, variant, tuple(things), members, to)
        if not to and variant.to:
            if not found:
                paths = "、".join(_told_of(each.written, self.kind) for each in variant.to)
                self.result.faults.append(NoAddressee(group.subject, self.kind.title, paths))
            return None
        if self.asked.units and not any(each.unit in self.asked.units for each in to):
            return None
        return group

    def _list_of(self, variant: Variant, members: Mapping[str, Any], things: Sequence[Any]) -> Group | None:
        """Return the group of a list that is sent to nobody: that of a unit is the unit's, whatever its level."""
        units = [each for each in members.values() or things if isinstance(each, Unit)]
        to = tuple(Receiver(each.name, each) for each in units)
        self._noted.concerned |= {each.name: each.short_name for each in to}
        asked = self.asked.units
        return (
            Group(self.kind, variant, tuple(things), members, to)
            if not asked or any(each in asked for each in units)
            else None
        )

    def _reaches(self, receiver: Receiver) -> bool:
        """Whether a receiver gets documents of the kind by its settings; who does not is kept to be told."""
        mechanism = self.facts.mechanism
        if not self.kind.reach_all and not is_within_reach(receiver, mechanism.level):
            self._noted.left_out[receiver.short_name] = "上级单位"
            return False
        if not self.kind.to_host and receiver.unit is mechanism.host_unit:
            self._noted.left_out[receiver.short_name] = "办公室的承办单位"
            return False
        return True

    def stored(self, made_for: MadeFor) -> Group | None:
        """Return the group of what a document was made for, from today's sheets; None when they lack a thing of it."""
        for variant in self.kind.variants:
            found = self._found(made_for, variant)
            if all(found):
                way = next((each for each in self.kind.ways if each.name == made_for.way), self.kind.way)
                things = tuple(each[0] for each in found)
                kind = _with_way(self.kind, way)
                members = _members(kind, variant, things[0], self.facts)
                to = _receivers(variant, things, self.facts)
                reached = tuple(each for each in to if self._reaches(each))
                return Group(kind, variant, things, members, reached or to)
        return None

    def _found(self, made_for: MadeFor, variant: Variant) -> list[list[Any]]:
        """Return for each thing of a stored document what of today's sheets is the same."""
        things = variant.source.all_things(self.facts, made_for.things)
        known = Known((variant.identity_of(each), each) for each in things)
        return [known.find(thing) for thing in made_for.things]

    def missing(self, made_for: MadeFor) -> list[Thing]:
        """Return the things of a stored document that the sheets lack; all of them where it has none."""
        founds = (self._found(made_for, variant) for variant in self.kind.variants)
        lacking = ([at for at, found in enumerate(each) if not found] for each in founds)
        return [made_for.things[at] for at in min(lacking, key=len)] or [made_for.group]

    def _drafted(self, group: Group) -> Draft | None:
        last = self._draft_of(group) if self._groups else None
        key = last.key if last else group.key
        try:
            return self.draft(group, key, last.id if last else None)
        except Problems as gaps:
            found = [needed(each, group.needs, self.kind.title) for each in gaps.faults]
            self.result.faults += [each for each in found if str(each) not in map(str, self.result.faults)]
            return None

    def _draft_of(self, group: Group) -> Earlier | None:
        """Return the unsigned document of a group: one from before variants were told apart goes to the first."""
        bare = group.identity[: -len(group.variant.mark)] if group.variant.mark else ()
        known = (*self._groups.find(bare), *self._groups.find(group.identity))
        found = (each for each in reversed(known) if _is_of(each, group) and each.id not in self._renewed)
        last = next(found, None)
        self._renewed |= {last.id} if last else set()
        return last

    def draft(self, group: Group, key: str, earlier: int | None) -> Draft:
        """Return the draft of a group. Raises Problems for gaps in its heading or file name."""
        kind, facts = group.kind, self.facts
        outline = group.outline(facts)
        named = group.words(kind.way.file_name, facts) if kind.way.file_name else outline.title
        return Draft(
            kind=kind.title,
            key=key,
            made_for=replace(group.made_for, year=kind.year_kept(facts.mechanism)).written,
            subject=group.subject,
            addressee="、".join(each.short_name for each in group.to),
            title=outline.title,
            file_name=file_name_of(named),
            suffix=kind.form.suffix,
            number_place=number_place(kind, facts),
            compute=partial(_computed, group, facts, outline),
            needs=group.needs,
            receivers="、".join(each.name for each in group.to),
            copies_to="、".join(each.name for each in outline.copies),
            annexes="、".join(title for _, title in outline.annexes),
            earlier=earlier,
        )


def _named(names: Sequence[str]) -> str:
    """Return some names, of many the first."""
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")


def _hindrances(kind: Kind, things: Iterable[Any], facts: Facts) -> list[DocgenError]:
    hindered = kind.more.hindered if kind.more else None
    return [fault for each in things for fault in hindered(each, kind.settings, facts)] if hindered else []


def _members(kind: Kind, variant: Variant, thing: Any, facts: Facts) -> dict[str, Any]:
    """Return by what a thing is grouped, by the last label of each path; empty where nothing groups."""
    return {name: path.get(thing, facts) for name, path in members_of(kind.way, variant).items()}


def _receivers(variant: Variant, things: Sequence[Any], facts: Facts) -> tuple[Receiver, ...]:
    """Return the addressees of some things, each once. Raises Problems for roles that nobody holds."""
    found = (each for thing in things for each in receivers_of(variant.to, thing, facts))
    return tuple({each.name: each for each in found}.values())


def _told_of(path: str, kind: Kind) -> str:
    """Return a path to addressees as clerks know it: a setting by the row of its sheet."""
    head, _, name = path.partition(".")
    return f"“{KindSetting.title}”表中{kind.title}的“{name}”" if head == SETTINGS else path


def _is_of(draft: Earlier, group: Group) -> bool:
    """Whether an unsigned document is a group's: of its way, and not made to replace what is known by another key."""
    return draft.made_for.way == group.kind.way.name and (not draft.replaces or draft.key == group.key)


def _with_way(kind: Kind, way: Any) -> Kind:
    return kind if way is kind.way else replace(kind, way=way)


def _computed(group: Group, facts: Facts, outline: Outline, day: date, tree: Tree) -> Mapping[str, Any]:
    return group.context(facts.on(day), tree, outline)


def _unit_order(group: Group) -> int:
    (unit,) = group.members.values()
    return unit.order if isinstance(unit, Unit) else 0


def needed(fault: DocgenError, subject: str, kind: str) -> DocgenError:
    """Return a gap's fault with who needs the value, where that can be said."""
    place, label = getattr(fault, "place", ""), getattr(fault, "label", "")
    return NeededValue(place, label, subject, kind) if fault.code == "cell-empty" else fault
