"""What is wrong with the people sheet as a whole: rows of one person against each other, roles that there are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from docgen.errors import Advice, DocgenError
from docgen.model.fields import Origin, field_of
from docgen.model.member import Member, Person
from docgen.model.names import nearest, plain
from docgen.model.records import people_of
from docgen.model.roles import Role, RoleList, likely
from docgen.sheets.faults import FoundFault, RepeatedValue

_EVER: Final = (date.min, date.max)


class UnknownRole(FoundFault):
    """A cell names a role that is neither in the closed list nor one of the mechanism's own."""

    code = "role-unknown"
    says = "{place}：{shown}不在机制职务的名单里{meant}"
    guesses = "是不是：{nearest}？"
    advises = (
        "请从下拉列表中选；已不担任的填“任职止”，还没有任命的先不填；"
        "本机制另有的名称写在工作机制表的“自定负责人”或“自定职务”。"
    )

    bare: str
    nearest: tuple[str, ...]

    @property
    def meant(self) -> str:
        """Say how a role with words in brackets behind it is written."""
        if not self.bare:
            return ""
        return f"（职务写“{self.bare}”；括号里的写在“职务”一列，由担任该职务的人任的，“姓名”不填）"


class RowsContradict(FoundFault):
    """Two rows of one person cannot both be right."""

    code = "person-contradictory"
    says = "{place}：{shown}在这一行和 {other} 说的不一致：{reason}"
    advises = "请改正其中一行；一个人兼几个职务的，写不同的职务或在“机制职务”里用顿号隔开。"

    other: str
    reason: str


def judge_people(members: Sequence[Member], roles: RoleList | None) -> tuple[list[DocgenError], list[Advice]]:
    """Return what is wrong with the people sheet, and what is to be known of it.

    Args:
        members: its rows.
        roles: what roles there are; None when the sheet of the mechanism is not read.
    """
    faults: list[DocgenError] = []
    people = people_of(members)
    for person in people:
        faults += _contradictions(person, roles or RoleList())
    faults += _not_told_apart(people)
    faults += _shared_logins(people)
    advices = [*_spelled_twice(people)]
    if roles is None:
        return faults, advices
    faults += [fault for each in members for fault in _unknown_roles(each, roles)]
    return faults, [*advices, *_old_words(members, roles)]


def _contradictions(person: Person, roles: RoleList) -> Iterator[DocgenError]:
    for first, second in combinations(person.tenures, 2):
        what = _apart(first, second, roles) if _at_once(first, second) else ""
        if what:
            origin = _origin(second)
            place = (origin.sheet, origin.cell("name"), field_of(Member, "name").header)
            yield RowsContradict(*place, second.name or "", _origin(first).place("name"), what)


def _apart(first: Member, second: Member, roles: RoleList) -> str:
    """Return in what two rows that hold at once contradict each other; empty when they do not."""
    same_post = first.unit.name == second.unit.name and first.posts == second.posts
    if same_post and set(first.roles) == set(second.roles):
        return "同一职务写了两次，任职起止不同"
    seats = [
        [role for word in each.roles if (role := roles.role(word)) and role.seat] for each in (first, second)
    ]
    for one in seats[0]:
        for other in seats[1]:
            if one.body is other.body and one.name != other.name:
                return f"同一时间既是{one.name}又是{other.name}"
    return ""


def _at_once(first: Member, second: Member) -> bool:
    starts = [each.start or _EVER[0] for each in (first, second)]
    ends = [each.end or _EVER[1] for each in (first, second)]
    return max(starts) <= min(ends)


def _not_told_apart(people: Iterable[Person]) -> Iterator[DocgenError]:
    """Yield people whose name others of the same name have with something in brackets behind it."""
    known = {plain(each.name): each for each in people}
    for name, person in known.items():
        bare = known.get(name.partition("(")[0]) if name.endswith(")") else None
        if bare:
            origin = _origin(bare.tenures[0])
            place = (origin.sheet, origin.cell("name"), field_of(Member, "name").header)
            other = _origin(person.tenures[0]).place("name")
            yield RowsContradict(
                *place, bare.name, other, f"同名的人都要加括号区分，那一行写的是“{person.name}”"
            )


def _spelled_twice(people: Iterable[Person]) -> Iterator[Advice]:
    """Yield people whose name stands in the sheet in more than one form of its hanzi."""
    for person in people:
        first = person.tenures[0]
        other = next((each for each in person.tenures if each.name != first.name), None)
        if other:
            place = f"{_origin(other).place('name')}「{field_of(Member, 'name').header}」"
            same = f"和 {_origin(first).place('name')} 的“{first.name}”当作同一个人"
            yield Advice(
                "person-spelled-twice",
                f"{place}：“{other.name}”{same}，请写成一样；不是同一个人的，各加括号区分",
            )


def _shared_logins(people: Iterable[Person]) -> Iterator[DocgenError]:
    owners: dict[str, Member] = {}
    for person in people:
        for each in person.tenures:
            if each.login is None:
                continue
            first = owners.setdefault(plain(each.login), each)
            if plain(first.name or "") != plain(person.name):
                origin, header = _origin(each), field_of(Member, "login").header
                yield RepeatedValue(
                    origin.sheet, origin.cell("login"), header, each.login, _origin(first).place("login")
                )


def _unknown_roles(member: Member, roles: RoleList) -> Iterator[DocgenError]:
    for word in member.roles:
        if roles.role(word) is None:
            origin, header = _origin(member), field_of(Member, "roles").header
            yield UnknownRole(
                origin.sheet, origin.cell("roles"), header, word, likely(word), nearest(word, roles.names)
            )


def _old_words(members: Iterable[Member], roles: RoleList) -> Iterator[Advice]:
    """Yield each word that stands for a role of another name, once, with the cell of the first."""
    seen: dict[str, tuple[Member, Role]] = {}
    for each in members:
        for word in each.roles:
            role = roles.role(word)
            if role and plain(word) != plain(role.name):
                seen.setdefault(word, (each, role))
    for word, (member, role) in seen.items():
        place = f"{_origin(member).place('roles')}「{field_of(Member, 'roles').header}」"
        yield Advice("role-old", f"{place}：“{word}”现在写作“{role.name}”，这次按它读；方便时请改写")


def _origin(member: Member) -> Origin:
    return member.origin or Origin("", 0, {})
