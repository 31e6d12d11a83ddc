"""The roles in a mechanism, a closed list for each of its bodies, and what each lets its holder do.

The people sheet gives roles in the column 机制职务; a mechanism adds its own names in the sheet 工作机制. Nothing is
read out of a post: 原办公室主任 is no role, and 后勤负责人 neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.spelling import folded


class Body(StrEnum):
    """A part of the mechanism in which roles are held."""

    MECHANISM = "工作机制"
    OFFICE = "办公室"
    TASK_FORCE = "专项工作组"
    FOLLOW_UP = "跟进组"
    CREW = "工作专班"


class Capacity(StrEnum):
    """What a role lets its holder do; the table of steps says in which capacity each is taken."""

    HEAD = "负责人"
    REVIEWER = "核稿人"
    CLERK = "经办人"
    PARTICIPANT = "成员或联络员"
    SEAL_APPROVER = "用印审批人"
    KEEPER = "监印人"
    ARCHIVIST = "档案员"


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the people sheet writes it.

    Args:
        name: the word.
        body: in which it is held.
        capacities: what it lets its holder do.
        also: other words that sheets write for it.
        seat: roles of one body and kind of seat exclude each other: nobody is head and deputy head at once.
    """

    name: str
    body: Body
    capacities: tuple[Capacity, ...] = ()
    also: tuple[str, ...] = ()
    seat: bool = False

    @property
    def listed(self) -> bool:
        """Whether the roster lists its holder: heads of mechanism and office, members, liaisons."""
        leads = bool({Capacity.HEAD, Capacity.PARTICIPANT} & set(self.capacities))
        return leads and self.body in {Body.MECHANISM, Body.OFFICE}


def _heads(body: Body, *names: str) -> tuple[Role, ...]:
    capacities = (Capacity.HEAD, Capacity.REVIEWER, Capacity.CLERK, Capacity.SEAL_APPROVER)
    return tuple(Role(name, body, capacities, seat=True) for name in names)


ROLES: Final[tuple[Role, ...]] = (
    *_heads(Body.MECHANISM, "总召集人", "副总召集人", "召集人", "副召集人", "组长", "常务副组长", "副组长",
            "总指挥", "常务副总指挥", "副总指挥", "指挥长", "常务副指挥长", "副指挥长"),
    Role("成员", Body.MECHANISM, (Capacity.PARTICIPANT,)),
    Role("联络员", Body.MECHANISM, (Capacity.PARTICIPANT,)),
    Role("项目管家", Body.MECHANISM, (), ("包联领导",)),
    *_heads(Body.OFFICE, "办公室主任", "办公室常务副主任", "办公室副主任"),
    Role("核稿", Body.OFFICE, (Capacity.REVIEWER,), ("核稿人", "办公室核稿人")),
    Role("经办", Body.OFFICE, (Capacity.CLERK,), ("经办人", "办公室经办人", "办公室工作人员")),
    Role("用印审批", Body.OFFICE, (Capacity.SEAL_APPROVER,), ("用印审批人", "用印批准人")),
    Role("监印", Body.OFFICE, (Capacity.KEEPER,), ("监印人", "印章保管人")),
    Role("档案员", Body.OFFICE, (Capacity.ARCHIVIST,), ("档案管理员",)),
    Role("专项工作组组长", Body.TASK_FORCE, (Capacity.PARTICIPANT,)),
    Role("专项工作组副组长", Body.TASK_FORCE, (Capacity.PARTICIPANT,)),
    Role("专项工作组成员", Body.TASK_FORCE),
    Role("专项工作组专家", Body.TASK_FORCE),
    Role("跟进组组长", Body.FOLLOW_UP, (Capacity.PARTICIPANT,), ("审批事项跟进组组长",)),
    Role("跟进组副组长", Body.FOLLOW_UP, (Capacity.PARTICIPANT,), ("审批事项跟进组副组长",)),
    Role("跟进组成员", Body.FOLLOW_UP, (), ("审批事项跟进组成员",)),
    Role("专班负责人", Body.CREW, (Capacity.PARTICIPANT,), ("工作专班负责人",)),
    Role("专班成员", Body.CREW, (), ("工作专班成员",)),
)  # fmt: skip
"""The closed list, body by body."""

_BY_NAME: Final[Mapping[str, Role]] = {each.name: each for each in ROLES}
_BY_WORD: Final[Mapping[str, Role]] = {
    folded(word): each for each in ROLES for word in (each.name, *each.also)
}
_MEANT: Final = re.compile("(.+?)（.+）")


@dataclass(frozen=True, slots=True)
class RoleList:
    """The closed list with the names that a mechanism adds.

    Args:
        heads: further names of heads, who may do what the listed heads may.
        others: further roles, which let nobody do anything.
    """

    heads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def role(self, word: str) -> Role | None:
        """Return the role that a word is; None for a word that is none."""
        known = _BY_WORD.get(folded(word))
        if known:
            return known
        wanted = folded(word)
        for name in self.heads:
            if folded(name) == wanted:
                return _heads(Body.MECHANISM, name)[0]
        return next((Role(name, Body.MECHANISM) for name in self.others if folded(name) == wanted), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all roles, those of the list first."""
        return (*_BY_NAME, *self.heads, *self.others)

    def capacities(self, words: Iterable[str]) -> tuple[Capacity, ...]:
        """Return what roles let their holder do, in the order of `Capacity`."""
        held = {each for word in words if (role := self.role(word)) for each in role.capacities}
        return tuple(each for each in Capacity if each in held)

    def recorded(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return roles as entries record them: a head's own name says that it is one, whatever sheets say later."""
        return tuple(f"{word}={Capacity.HEAD}" if self._is_own_head(word) else word for word in words)

    def _is_own_head(self, word: str) -> bool:
        return folded(word) not in _BY_WORD and folded(word) in map(folded, self.heads)


LISTED: Final = RoleList()
"""The closed list alone."""


def capacities_on_record(roles: Iterable[str]) -> tuple[Capacity, ...]:
    """Return what the roles that an entry records let their holder do."""
    told = [each.removesuffix(f"={Capacity.HEAD}") for each in roles]
    own = tuple(word for word, each in zip(told, roles, strict=True) if word != each)
    return RoleList(own).capacities(told)


def likely(word: str) -> str:
    """Return the role that a word with a bracket behind it (总召集人（县长）) was probably to be; empty for none."""
    found = _MEANT.fullmatch(word)
    known = _BY_WORD.get(folded(found[1])) if found else None
    return known.name if known else ""
