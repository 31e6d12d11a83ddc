"""Who makes up a mechanism on a day: the roster of its heads and members, and who heads its office."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.changes import RosterChange
from docgen.model.member import OF_A_LEVEL, Member
from docgen.model.records import Records
from docgen.model.roles import ROLES, Body
from docgen.model.unit import Unit
from docgen.model.values import Level, UnitRole

MEMBER: Final = "成员"
LIAISON: Final = "联络员"
OFFICE_HEAD: Final = "办公室主任"
_MEMBERS: Final = re.compile("成员|组成")
_FEW: Final = 2
_LEAST: Final = 3


@dataclass(frozen=True)
class Seat:
    """A place in the roster: who holds it, empty where nobody does, with post and unit in words."""

    name: str
    post: str
    unit: str


@dataclass(frozen=True)
class Rank:
    """The seats of one role in their order."""

    label: str
    seats: tuple[Seat, ...]


def roster_on(records: Records, day: date, also: Iterable[str] = ()) -> tuple[Rank, ...]:
    """Return the roster on a day: the heads by rank, then a seat for each member unit in the order of the units.

    A seat that a post holds (the county head, whoever that is) names who holds the post. A member unit of which
    nobody is head or member is represented by the head of the office, if that is its post; else its seat is vacant.

    Args:
        records: the sheets.
        day: the day.
        also: further roles whose holders are listed behind the members, in the order of their units (联络员).
    """
    held = sorted((each for each in records.of(Member) if each.held_on(day)), key=lambda each: each.order)
    heads = tuple(
        Rank(name, tuple(_head(each, records, day) for each in found))
        for name in _heads(records)
        if (found := [each for each in held if name in _names(each, records)])
    )
    seated = {seat.unit for rank in heads for seat in rank.seats}
    seats = tuple(
        seat for unit in _member_units(records) for seat in _of_unit(unit, held, records, day, seated)
    )
    by_unit = sorted(held, key=lambda each: each.unit.order)
    others = (
        Rank(role, tuple(_head(each, records, day) for each in by_unit if role in each.roles))
        for role in dict.fromkeys(also)
        if role not in {MEMBER, OFFICE_HEAD, *(each.label for each in heads)}
    )
    return (*heads, *(each for each in (Rank(MEMBER, seats), *others) if each.seats))


def office_head(records: Records, day: date) -> Member | None:
    """Return who heads the office on a day."""
    found = (each for each in records.of(Member) if each.held_on(day) and OFFICE_HEAD in each.roles)
    return next(found, None)


def lacks_approval(change: RosterChange, records: Records) -> str:
    """Return why a change is not approved as it has to be; empty when it is.

    The heads of the mechanism approve; of liaisons the heads of the office may.
    """
    if change.approved_by is None or change.approved is None:
        return "没有批准人和批准日期"
    held = (each.roles for each in change.approved_by.tenures if each.held_on(change.approved))
    found = [role for words in held for word in words if (role := records.mechanism.role_list.role(word))]
    bodies = {each.body for each in found if each.seat}
    fit = bodies if change.role == LIAISON else bodies & {Body.MECHANISM}
    return "" if fit else f"由{change.approved_by.name}批准，他在那天不是机制的负责人"


def differences(text: str, roster: str, units: Iterable[Unit], level: Level) -> Iterator[str]:
    """Yield where a text and its roster do not name the same units of a mechanism's level.

    A text that names no more than two units where it speaks of members says nothing of who they are.

    Args:
        text: the main text, a line a paragraph.
        roster: the words of the roster.
        units: of the sheets.
        level: of the mechanism.
    """
    known = list(units)
    own = {each.short_name for each in known if each.level is level}
    told = {
        name
        for line in text.split("\n")
        if _MEMBERS.search(line) and len(found := units_named(line, known, level) & own) > _FEW
        for name in found
    }
    listed = units_named(roster, known, level) & own
    if not told or not listed:
        return
    for words, names in (("正文写了、名单里没有", told - listed), ("名单里有、正文没有写", listed - told)):
        if names:
            yield f"{words}的单位：{'、'.join(each.short_name for each in known if each.short_name in names)}"


def units_named(words: str, units: Iterable[Unit], level: Level) -> set[str]:
    """Return the short names of the units that words name: in full or in short, of a level without its word too."""
    names: dict[str, str] = {}
    for each in units:
        for name in each.link_names:
            names[name] = each.short_name
            if each.level is level and OF_A_LEVEL.match(name) and len(name) > _LEAST:
                names.setdefault(name[1:], each.short_name)
    found: set[str] = set()
    for name in sorted(names, key=len, reverse=True):
        if name in words:
            found.add(names[name])
            words = words.replace(name, "\n")
    return found


def _heads(records: Records) -> Iterator[str]:
    yield from (each.name for each in ROLES if each.body is Body.MECHANISM and each.seat)
    yield from records.mechanism.own_heads


def _names(member: Member, records: Records) -> Iterator[str]:
    roles = map(records.mechanism.role_list.role, member.roles)
    return (each.name for each in roles if each)


def _member_units(records: Records) -> list[Unit]:
    return sorted(
        (each for each in records.of(Unit) if UnitRole.MEMBER in each.roles), key=lambda each: each.order
    )


def _of_unit(
    unit: Unit, held: Iterable[Member], records: Records, day: date, seated: Collection[str]
) -> Iterator[Seat]:
    own = [each for each in held if each.unit.name == unit.name]
    found = [each for each in own if MEMBER in each.roles]
    if not found and unit.short_name in seated:
        return  # one of its people is a head, and listed as such
    found = found or [each for each in own if OFFICE_HEAD in each.roles]
    for each in found:
        yield Seat(_name(each, records, day), each.full_post, unit.short_name)
    if not found:
        yield Seat("", unit.short_name, unit.short_name)


def _head(member: Member, records: Records, day: date) -> Seat:
    return Seat(_name(member, records, day), member.full_post, member.unit.short_name)


def _name(member: Member, records: Records, day: date) -> str:
    """Return who holds a post; of a seat without a name, who fills it on the day."""
    if member.name:
        return member.name
    return next((each.name for each in records.holders(member, day) if each.name), "")
