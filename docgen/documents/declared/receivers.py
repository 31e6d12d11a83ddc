"""To whom documents and copies go: words of declarations and of the sheet 文种, put into units, people and organs.

A word is a field path (审批单位), 各 and a role of units (各成员单位), a role in the mechanism (联络员), all its
heads (机制负责人: convenors and deputies, in the order of the sheet), a unit of the sheet, or an organ outside the
sheets in quotes ('县政府督查室'). What is none of these is a fault: a typo must not become an organ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.faults import NobodyHolds, UnknownReceiver
from docgen.documents.labels.field import Field
from docgen.documents.labels.paths import Getter, Scope, WrongPath, path_of
from docgen.errors import DocgenError, Problems
from docgen.model.member import Member, Person
from docgen.model.names import nearest, plain
from docgen.model.records import Records
from docgen.model.roles import LISTED, Body, Capacity, Role
from docgen.model.unit import Unit
from docgen.model.values import Choice, Level, UnitRole
from docgen.patterns import late
from docgen.standard.wording.text import official_date

_QUOTED: Final = late("['‘’\"“”](.+?)['‘’\"“”]?|(.+)['‘’\"“”]")
"""In quotes; Excel keeps an apostrophe that begins a cell for itself, so that the last one alone is left."""
_EACH: Final = "各"
HEADS: Final = "机制负责人"
"""All convenors, heads and deputies of the mechanism itself, whatever it calls them."""
_NEAR: Final = 1


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who gets a document: a unit of the sheets, a person, or a name as it is printed.

    Args:
        name: as it is printed.
        unit: of the sheets.
        standing: a person's place in the sheet 人员; None for an organ.
    """

    name: str
    unit: Unit | None = None
    standing: int | None = None

    @property
    def short_name(self) -> str:
        """Return the name as lists of documents show it."""
        return self.unit.short_name if self.unit else self.name


@dataclass(frozen=True)
class Rule:
    """One word of a rule on receivers.

    Args:
        written: as the declaration or the sheet has it.
        find: gives the receivers for a thing on a day.
        path: whether it follows a field, which may be empty.
    """

    written: str
    find: Callable[[Any, Facts], Iterable[Receiver]]
    path: bool = False


def rule_of(written: str, place: str, scope: Scope, records: Records | None) -> Rule:
    """Return what a word means.

    Args:
        written: the word.
        place: where it stands, for the fault.
        scope: what a field path may begin with.
        records: the sheets; without them only what needs none is judged.

    Raises:
        UnknownReceiver: it means nothing.
    """
    quoted = _QUOTED.fullmatch(written)
    if quoted:
        outside = (Receiver(quoted[1] or quoted[2]),)
        return Rule(written, lambda _thing, _facts: outside)
    for read in (_role_of_units, _heads, _role, _unit):
        rule = read(written, place, records)
        if rule:
            return rule
    found = _path(written, scope)
    if found is None:
        raise UnknownReceiver(place, written, _similar(written, scope, records))
    return found


def _path(written: str, scope: Scope) -> Rule | None:
    """Return the rule of a field path; one that begins at the thing's project may leave that out."""
    for path in (written, f"项目.{written}"):
        try:
            found = path_of(path, scope)
        except WrongPath:
            continue
        if not _can_receive(found.field):
            continue
        return Rule(written, lambda thing, facts, get=found.get: _by_path(get, thing, facts), path=True)  # type: ignore[misc]
    return None


def _can_receive(field: Field) -> bool:
    """Whether a field holds units, people, or names of organs outside the sheets."""
    return field.holds is object or (
        issubclass(field.holds, Unit | Person | str) and not issubclass(field.holds, Choice)
    )


def _by_path(get: Getter, thing: Any, facts: Facts) -> Iterator[Receiver]:
    value = get(thing, facts)
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Unit):
            yield Receiver(each.name, each)
        elif isinstance(each, Person):
            member = each.on(facts.today, "项目管家")
            yield from [_addressed(member)] if member else []
        elif each is not None and str(each):
            yield Receiver(str(each), facts.unit_called(str(each)))


def _role_of_units(written: str, _place: str, _records: Records | None) -> Rule | None:
    role = UnitRole.words().get(written.removeprefix(_EACH)) if written.startswith(_EACH) else None
    if role is None:
        return None
    return Rule(written, lambda _thing, facts: _units_with(role, facts))


def _units_with(role: UnitRole, facts: Facts) -> Iterator[Receiver]:
    units = sorted(facts.records.of(Unit), key=lambda each: each.order)
    yield from (Receiver(each.name, each) for each in units if role in each.roles)


def _role(written: str, place: str, records: Records | None) -> Rule | None:
    known = records.mechanism.role_list if records else LISTED
    if known.role(written) is None or written == "项目管家":
        return None
    return Rule(written, lambda _thing, facts: _holders(written, place, facts))


def _heads(written: str, place: str, _records: Records | None) -> Rule | None:
    return Rule(written, lambda _thing, facts: _holders(written, place, facts)) if written == HEADS else None


def _is_meant(role: Role | None, wanted: Role | None) -> bool:
    """Whether a role is the one that is wanted; where none is, whether it is that of a head of the mechanism."""
    if wanted or role is None:
        return wanted is not None and role == wanted
    return role.body is Body.MECHANISM and Capacity.HEAD in role.capacities


def _holders(role: str, place: str, facts: Facts) -> list[Receiver]:
    records, today, known = facts.records, facts.today, facts.mechanism.role_list.role
    wanted = known(role)
    held = [
        each
        for each in records.of(Member)
        if each.held_on(today)
        and not each.is_open
        and any(_is_meant(one, wanted) for one in map(known, each.roles))
    ]
    if not held:
        raise NobodyHolds(place, role, official_date(today))
    named = [
        one for each in held for one in ((each,) if each.name else records.holders(each, today) or (each,))
    ]
    return [_addressed(each) for each in named]


def _unit(written: str, _place: str, records: Records | None) -> Rule | None:
    wanted = plain(written)
    units = records.of(Unit) if records else ()
    found = next((each for each in units if wanted in map(plain, each.link_names)), None)
    if found is None:
        return None
    receiver = (Receiver(found.name, found),)
    return Rule(written, lambda _thing, _facts: receiver)


def _similar(written: str, scope: Scope, records: Records | None) -> tuple[str, ...]:
    units = (each.short_name for each in records.of(Unit)) if records else ()
    fields = (label for label, field in scope.fields.items() if _can_receive(field))
    return nearest(
        written, (*fields, *(f"{_EACH}{each.value}" for each in UnitRole), *LISTED.names, *units), _NEAR
    )


def _addressed(member: Member) -> Receiver:
    """Return a person as documents name one, or a seat held by a post, with the place that the sheet gives."""
    words = f"{member.full_post}{member.name}同志" if member.name else member.full_post
    return Receiver(words, standing=member.order)


def receivers_of(rules: Iterable[Rule], thing: Any, facts: Facts) -> tuple[Receiver, ...]:
    """Return whom rules name for a thing, each once, in their order. Raises Problems for roles nobody holds."""
    found: list[Receiver] = []
    faults: list[DocgenError] = []
    for rule in rules:
        try:
            found += rule.find(thing, facts)
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any(faults)
    return tuple({each.name: each for each in found}.values())


def in_official_order(receivers: Iterable[Receiver], level: Level) -> tuple[Receiver, ...]:
    """Return receivers of copies as official writing lists them, those of one class in their order.

    Superior organs, leaders by their place in the sheet 人员, organs of the own level (those outside the sheets, which
    are offices of the party or government, before the list of units), lower ones, towns, and firms last.

    Args:
        receivers: in any order.
        level: that of the mechanism.
    """
    return tuple(sorted(receivers, key=lambda each: _class_of(each, level)))


def _class_of(receiver: Receiver, level: Level) -> tuple[int, int, int]:
    """Return the class of a receiver and its place in it, the highest level first."""
    if receiver.standing is not None:
        return _LEADERS, 0, receiver.standing
    if receiver.unit is None and _FIRM.search(receiver.name):
        return _FIRMS, 0, 0
    if receiver.unit is None and _TOWN.search(receiver.name):
        return _LOWER, 1, 0
    rank = receiver.unit.level.rank if receiver.unit else _rank_said(receiver.name, level)
    found = _SUPERIOR if rank > level.rank else _LOWER if rank < level.rank else _LEVEL
    return found, -rank, receiver.unit.order if receiver.unit else 0


def _rank_said(name: str, level: Level) -> int:
    """Return the level of an organ outside the sheets by the word its name begins with, else the mechanism's."""
    found = _LEVEL_WORD.match(name)
    return (_RANKS[found[0]] if found else level).rank


_SUPERIOR, _LEADERS, _LEVEL, _LOWER, _FIRMS = range(5)
_FIRM: Final = late("(?:公司|集团|厂|合作社|企业|商会|协会)$")
_TOWN: Final = late("(?:[镇乡]|苏木|街道|街道办事处)(?:人民政府|政府|党委)?$")
_RANKS: Final = {
    **dict.fromkeys(("国家", "国务院", "中央", "中共中央"), Level.NATION),
    **dict.fromkeys(("省", "自治区"), Level.PROVINCE),
    **dict.fromkeys(("市", "盟"), Level.CITY),
    **dict.fromkeys(("县", "旗", "区"), Level.COUNTY),
}
_LEVEL_WORD: Final = late("|".join(sorted(_RANKS, key=len, reverse=True)))


def is_within_reach(receiver: Receiver, level: Level) -> bool:
    """Whether a receiver is of a level or below it; an organ outside the sheets is asked for by name and always is."""
    return receiver.unit is None or receiver.unit.is_within(level)
