"""From a kind to drafts: things that meet its conditions, grouped into documents, those already covered left out.

A draft is computed when its turn has come, in whichever process makes it, and for any day: the same things on another
day show how the document would have read then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from hashlib import sha256
from typing import Any, Final

from docgen.documents.again import is_covered
from docgen.documents.binding import Kind, Variant
from docgen.documents.conditions import Part
from docgen.documents.facts import Facts
from docgen.documents.faults import NeededValue, NoAddressee, NotFit, NothingAsked, NothingFor
from docgen.documents.group import Group, number_place
from docgen.documents.identity import Known, MadeFor, key_of
from docgen.documents.paths import path_of
from docgen.documents.receivers import Receiver, is_within_reach, receivers_of
from docgen.documents.views import Tree
from docgen.errors import Advice, DocgenError, Problems
from docgen.model.kind_row import KindRow
from docgen.model.names import file_name_of
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import SealWording
from docgen.rules.deadlines import Light, day_off_advice

_OPTIONS: Final = {
    "project": "--project 项目",
    "unit": "--unit 单位",
    "item": "--item 编号或名称",
    "overdue": "--overdue",
}


class Living(StrEnum):
    """How an earlier document stands: it may be drafted anew, is being reviewed, or is signed."""

    DRAFT = "draft"
    REVIEW = "review"
    SIGNED = "signed"


@dataclass(frozen=True)
class Earlier:
    """A document of the kind that the register knows and that is in force or under way.

    Args:
        id: its number in the register.
        key: its key there.
        living: how it stands.
        day: its date.
        made_for: what it was made for.
        document: what the register has of it, for those who ask the register.
    """

    id: int
    key: str
    living: Living
    day: date
    made_for: MadeFor
    document: Any = None


@dataclass(frozen=True)
class Asked:
    """What a command asks for; nothing for a selection that is not used.

    Args:
        projects, units: those named.
        items: things named by their own names.
        overdue: only what is late.
        everything: all that the kind can be made for.
    """

    projects: tuple[Project, ...] = ()
    units: tuple[Unit, ...] = ()
    items: tuple[Any, ...] = ()
    overdue: bool = False
    everything: bool = False

    @property
    def names_some(self) -> bool:
        """Whether anything is named one by one."""
        return bool(self.projects or self.items)


@dataclass(frozen=True)
class Draft:
    """A document ready to be rendered.

    Args:
        kind: the kind's Chinese name (告知函).
        key: identity in the register.
        made_for: what it covers, as the register stores it.
        subject: what it is about, for people.
        addressee: to whom it goes, short names.
        title: the document's title on one line.
        file_name: name of the file without folder and ending; already safe for every file system.
        suffix: the ending.
        number_place: what stands where signing will fill in the number (澄联审办函〔2026〕　号).
        compute: gives the context on a day, as far as a tree shows it.
        needs: who needs a value that is missing, for the fault.
        receivers: 主送 as the document writes them.
        copies_to: 抄送 as the document lists them, joined by 、; empty for none.
        annexes: names of the annexes, joined by 、; empty for none.
        earlier: the unsigned document that it makes anew; None for a new one.
    """

    kind: str
    key: str
    made_for: str
    subject: str
    addressee: str
    title: str
    file_name: str
    suffix: str
    number_place: str
    compute: Callable[[date, Tree], Mapping[str, Any]]
    needs: str = ""
    receivers: str = ""
    copies_to: str = ""
    annexes: str = ""
    earlier: int | None = None


@dataclass
class Drafting:
    """What asking a kind for drafts brought.

    `faults` are missing or contradictory data; `covered` are documents that exist already for what was asked, with the
    words for it; `skipped` says what was asked for but needs no document, and why.
    """

    drafts: list[Draft] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    covered: list[Earlier] = field(default_factory=list)
    skipped: list[Advice] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


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
        options = [_OPTIONS[each] for each in kind.options]
        raise NothingAsked(
            kind.title,
            "、".join([*options[:-1], options[-1]] if options else [])
            + ("，或 --all" if options else "--all"),
        )
    return _Frame(kind, facts, asked, earlier).drafting()


def replacements(kind: Kind, facts: Facts, olds: Sequence[Earlier]) -> tuple[list[Draft], list[Earlier]]:
    """Return successors of signed documents for the things they cover, without asking for conditions again.

    Returns:
        the drafts, each under its predecessor's key, and the documents whose things the sheets no longer have.
    """
    frame = _Frame(kind, facts, Asked(everything=True), ())
    made: list[Draft] = []
    gone: list[Earlier] = []
    for old in olds:
        group = frame.stored(old.made_for)
        if group is None:
            gone.append(old)
        else:
            made.append(frame.draft(group, old.key, None))
    return _apart(made), gone


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
        self.result = Drafting()
        self._unmet: Counter[Part] = Counter()
        self._refused: dict[int, tuple[Any, Part]] = {}
        self._left_out: dict[str, str] = {}
        self._concerned: dict[str, str] = {}

    def drafting(self) -> Drafting:
        result = self.result
        result.faults += _mechanism_faults(self.kind, self.facts)
        groups = list(self._all_groups())
        self._tell(groups)
        drafts_ = list(filter(None, (self._drafted(group) for group in groups)))
        result.drafts += [] if result.faults and not self.asked.everything else _apart(drafts_)
        if any(isinstance(each, NeededValue) and each.subject == "办公室" for each in result.faults):
            result.drafts.clear()  # every document would lack it
        result.advices += self._advices(groups)
        return result

    def _all_groups(self) -> Iterator[Group]:
        for variant in self.kind.variants:
            things = [each for each in self._selected(variant) if self._is_fit(each, variant)]
            yield from self._grouped(variant, self._uncovered(things, variant))

    def _selected(self, variant: Variant) -> Iterator[Any]:
        """Yield the things of a variant that the selection names."""
        source, asked = variant.source, self.asked
        projects, items = set(map(id, asked.projects)), set(map(id, asked.items))
        for thing in source.things(self.facts):
            if projects and id(source.project_of(thing)) not in projects:
                continue
            if items and id(thing) not in items:
                continue
            if asked.overdue and not self._is_late(thing):
                continue
            yield thing

    def _is_late(self, thing: Any) -> bool:
        get = path_of("亮灯", self.kind.variants[0].scope).get
        return bool(get(thing, self.facts) == Light.RED.value)

    def _is_fit(self, thing: Any, variant: Variant) -> bool:
        for part in variant.when.parts:
            if not part.holds(thing, self.facts):
                self._unmet[part] += 1
                project = variant.source.project_of(thing) or thing
                self._refused.setdefault(id(project), (thing, part))
                return False
        self._refused[id(variant.source.project_of(thing) or thing)] = (thing, _FIT)
        return True

    def _uncovered(self, things: Iterable[Any], variant: Variant) -> list[Any]:
        """Return the things that no document covers; the documents that do are kept to be told."""
        open_ones: list[Any] = []
        for thing in things:
            covering = [each for each in self._things.find(variant.identity_of(thing)) if self._covers(each)]
            if covering:
                self._note_covered(covering[-1], thing, variant)
            else:
                open_ones.append(thing)
        return open_ones

    def _covers(self, each: Earlier) -> bool:
        return each.living is Living.REVIEW or is_covered(
            self.kind.again, each.day, self.facts.today, self.facts.calendar
        )

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
            members = self._members(variant, thing)
            key = tuple(map(id, members.values())) or (id(thing),)
            groups.setdefault(key, (members, []))[1].append(thing)
        made = filter(None, (self._group(variant, members, found) for members, found in groups.values()))
        yield from sorted(made, key=_unit_order) if self._is_by_unit(variant) else made

    def _members(self, variant: Variant, thing: Any) -> dict[str, Any]:
        paths = [path_of(each, variant.scope) for each in self.kind.way.each]
        return {each.field.label: each.get(thing, self.facts) for each in paths}

    def _is_by_unit(self, variant: Variant) -> bool:
        paths = [path_of(each, variant.scope) for each in self.kind.way.each]
        return len(paths) == 1 and paths[0].field.holds is Unit

    def _group(self, variant: Variant, members: Mapping[str, Any], things: Sequence[Any]) -> Group | None:
        """Return the group with its addressees; None where it goes to nobody."""
        try:
            found = {
                each.name: each for thing in things for each in receivers_of(variant.to, thing, self.facts)
            }
        except Problems as vacant:
            self.result.faults += [each for each in vacant.faults if each not in self.result.faults]
            return None
        to = tuple(each for each in found.values() if self._reaches(each))
        self._concerned |= {each.name: each.short_name for each in to}
        group = Group(self.kind, variant, tuple(things), members, to)
        if not to and variant.to:
            if not found:
                paths = "、".join(each.written for each in variant.to)
                self.result.faults.append(NoAddressee(group.subject, self.kind.title, paths))
            return None
        if self.asked.units and not any(each.unit in self.asked.units for each in to):
            return None
        return group

    def _reaches(self, receiver: Receiver) -> bool:
        """Whether a receiver gets documents of the kind by its settings; who does not is kept to be told."""
        mechanism = self.facts.mechanism
        if not self.kind.reach_all and not is_within_reach(receiver, mechanism.level):
            self._left_out[receiver.short_name] = "上级单位"
            return False
        if not self.kind.to_host and receiver.unit is mechanism.host_unit:
            self._left_out[receiver.short_name] = "办公室的承办单位"
            return False
        return True

    def stored(self, made_for: MadeFor) -> Group | None:
        """Return the group of what a document was made for, from today's sheets; None when they lack a thing of it."""
        for variant in self.kind.variants:
            things_ = variant.source.all_things(self.facts)
            known = Known((variant.identity_of(each), each) for each in things_)
            found = [known.find(thing) for thing in made_for.things]
            if all(found):
                way = next((each for each in self.kind.ways if each.name == made_for.way), self.kind.way)
                things = tuple(each[0] for each in found)
                kind = _with_way(self.kind, way)
                members = _Frame(kind, self.facts, self.asked, ())._members(variant, things[0])  # noqa: SLF001
                to = {
                    each.name: each
                    for thing in things
                    for each in receivers_of(variant.to, thing, self.facts)
                }
                return Group(kind, variant, things, members, tuple(to.values()))
        return None

    def _drafted(self, group: Group) -> Draft | None:
        living = [
            each for each in self._groups.find(group.identity) if each.made_for.way == self.kind.way.name
        ]
        last = living[-1] if living else None
        key = last.key if last else key_of(self.kind.title, self.kind.way.name, group.identity)
        try:
            return self.draft(group, key, last.id if last else None)
        except Problems as gaps:
            found = [needed(each, group.needs, self.kind.title) for each in gaps.faults]
            self.result.faults += [each for each in found if str(each) not in map(str, self.result.faults)]
            return None

    def draft(self, group: Group, key: str, earlier: int | None) -> Draft:
        """Return the draft of a group. Raises Problems for gaps in its heading or file name."""
        kind, facts = group.kind, self.facts
        title = group.title(facts)
        named = group.words(kind.way.file_name, facts) if kind.way.file_name else f"{title}"
        return Draft(
            kind=kind.title,
            key=key,
            made_for=group.made_for.written,
            subject=group.subject,
            addressee="、".join(each.short_name for each in group.to),
            title=title,
            file_name=file_name_of(named),
            suffix=kind.form.suffix,
            number_place=number_place(kind, facts),
            compute=partial(_computed, group, facts),
            needs=group.needs,
            receivers="、".join(each.name for each in group.to),
            copies_to="、".join(each.name for each in group.copies(facts)),
            annexes="、".join(group.annex_titles(facts)),
            earlier=earlier,
        )

    def _tell(self, groups: Sequence[Group]) -> None:
        """Say what was asked for and makes no document, and who was left out by the settings."""
        asked, result, title = self.asked, self.result, self.kind.title
        reasons: dict[str, list[str]] = {}
        for name, reason in self._left_out.items():
            reasons.setdefault(reason, []).append(name)
        for reason, names in reasons.items():
            words = f"{title}不发{reason}（{'、'.join(names)}）；要发的，请在“文种”表中设置"
            result.advices.append(Advice("left-out", words))
        about = {id(project) for group in groups for project in group.projects}
        for project in asked.projects:
            if id(project) not in about:
                self._tell_of(project)
        for unit in asked.units:
            if asked.names_some and not any(unit in [each.unit for each in group.to] for group in groups):
                self._tell_unit(unit)
        if asked.everything or not asked.names_some:
            self._tell_unmet()
        if not groups and not result.covered and not result.faults and not asked.projects:
            result.skipped.append(
                Advice("nothing-to-make", self.kind.declared.none or f"没有需要制发{title}的事项")
            )

    def _tell_of(self, project: Project) -> None:
        """Say why a project that was named gets no document."""
        shown = f"第{project.number}号项目“{project.name}”"
        refused = self._refused.get(id(project)) or self._unfit(project)
        if refused and refused[1] is not _FIT:
            thing, part = refused
            found = part.get(thing, self.facts) if part.get else ""
            label = part.label.rpartition(".")[2] or "情况"
            fault = NotFit(
                shown, label, str(found if found is not None else "空"), words_of_part(part), self.kind.title
            )
            self.result.faults.append(fault)
        elif not self.result.covered and not self.asked.units:
            self.result.skipped.append(
                Advice("nothing-owed", f"{shown}没有待办手续，不需要{self.kind.title}")
            )

    def _unfit(self, project: Project) -> tuple[Any, Part] | None:
        """Return the condition on projects that one does not meet although nothing of it was looked at."""
        for variant in self.kind.variants:
            thing = variant.source.like(project, self.facts)
            for part in variant.when.parts if thing is not None else ():
                if part.label.startswith(("项目.", "清单阶段")) and not part.holds(thing, self.facts):
                    return thing, part
        return None

    def _tell_unit(self, unit: Unit) -> None:
        if unit.short_name in self._left_out or self.result.covered:
            return
        self.result.faults.append(NothingFor(unit.name, self.kind.title, tuple(self._concerned.values())))

    def _tell_unmet(self) -> None:
        """Say how many projects a condition on projects leaves out."""
        for variant in self.kind.variants:
            parts = [each for each in variant.when.parts if each.label.startswith(("项目.", "清单阶段"))]
            for part in parts:
                out = {
                    id(variant.source.project_of(thing))
                    for thing, each in self._refused.values()
                    if each is part
                }
                if out:
                    words = f"{len(out)}个项目{words_of_part(part, met=False)}，未起草"
                    self.result.skipped.append(Advice("not-fit", words))

    def _advices(self, groups: Sequence[Group]) -> list[Advice]:
        """Return what is to be known of days: deadlines on days off, years without a schedule."""
        days: dict[date, list[str]] = {}
        for group in groups:
            for project in group.projects:
                for each in self.facts.records.approvals_of(project):
                    day = self.facts.standing(each).deadline.day
                    if day and each.state.pending:
                        days.setdefault(day, []).append(f"第{project.number}号项目")
        advices = [*day_off_advice(days, self.facts.calendar), *self.facts.calendar.advices()]
        return [*advices[: len(advices)]]


_FIT: Final = Part("", lambda _thing, _facts: True)


def _with_way(kind: Kind, way: Any) -> Kind:
    return kind if way is kind.way else replace(kind, way=way)


def _computed(group: Group, facts: Facts, day: date, tree: Tree) -> Mapping[str, Any]:
    return group.context(facts.on(day), tree)


def _unit_order(group: Group) -> int:
    (unit,) = group.members.values()
    return unit.order if isinstance(unit, Unit) else 0


def _apart(made: Sequence[Draft]) -> list[Draft]:
    """Return drafts whose files all have names of their own: those of one name get a mark of their key."""
    names = Counter(each.file_name.casefold() for each in made)
    return [
        each
        if names[each.file_name.casefold()] == 1
        else replace(each, file_name=marked(each.file_name, each.key))
        for each in made
    ]


def marked(file_name: str, key: str) -> str:
    """Return a file name with a mark of a document's key, for one of several that would have the same."""
    return file_name_of(f"{file_name}-{sha256(key.encode()).hexdigest()[:4]}")


def needed(fault: DocgenError, subject: str, kind: str) -> DocgenError:
    """Return a gap's fault with who needs the value, where that can be said."""
    place, label = getattr(fault, "place", ""), getattr(fault, "label", "")
    return NeededValue(place, label, subject, kind) if fault.code == "cell-empty" else fault


_SIGNS: Final = {
    "==": ("是", "不是"), "!=": ("不是", "是"), ">=": ("不少于", "少于"), "<=": ("不多于", "多于"),
    ">": ("大于", "不大于"), "<": ("小于", "不小于"), "in": ("在", "不在"),
}  # fmt: skip


def words_of_part(part: Part, *, met: bool = True) -> str:
    """Return a part of a condition in plain words: 清单阶段是“终稿”, or that it is not met: 清单阶段不是“终稿”."""
    for sign, words in _SIGNS.items():
        left, found, right = part.written.partition(f" {sign} ")
        if found:
            return f"{left.rpartition('.')[2]}{words[not met]}“{right.strip(chr(39))}”"
    return f"{'' if met else '不'}符合“{part.written}”"


def _mechanism_faults(kind: Kind, facts: Facts) -> Iterator[DocgenError]:
    """Yield what every document of a kind needs of the office's own sheets and does not find there."""
    mechanism = facts.mechanism
    if kind.form.numbered and not kind.code:
        yield NeededValue(KindRow.sheet, f"{kind.title} 机关代字", "办公室", kind.title)
    if (
        kind.form.signed
        and mechanism.stamping_unit is None
        and mechanism.seal_wording is not SealWording.OWN_SEAL
    ):
        place = mechanism.origin.place("stamping_unit") if mechanism.origin else mechanism.sheet
        yield NeededValue(place, "代章单位", "办公室", kind.title)
