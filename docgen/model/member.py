"""People of the mechanism and the posts they held, each for a time (人员)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic_core import PydanticCustomError

from docgen.dataclass import dataclass
from docgen.model.doubts import Doubt, doubts_on_phone
from docgen.model.fields import Column, Linked, Record
from docgen.model.limits import Ge, MaxLen
from docgen.model.names import plain
from docgen.model.roles import LISTED, ROLES, Body, Capacity
from docgen.model.unit import Unit
from docgen.model.wording import PersonName

_POSTS: Final = re.compile("[、，,；;/]+")
OF_A_LEVEL: Final = re.compile("(?:常务)?副?[县市省州盟旗区]|自治")
"""How a post or a name of a unit begins that says itself of which level it is."""
_GOVERNMENT: Final = re.compile("(?:人民)?政府$")
_OPEN: Final = re.compile(r"[（(]待定[）)]$")


class Member(Record):
    """One post of one person from a day to a day (both included).

    A person who changes posts has several rows. A row without a name is a seat: the roles belong to the post, and are
    held by whoever holds the post on the day. A seat whose post ends with （待定） is open: nobody is chosen yet.
    """

    sheet: ClassVar[str] = "人员"
    title: ClassVar[str] = "人员名单"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("name", "unit", "post", "roles", "start"),)

    order: Annotated[int, Ge(1), Column("序号", "人员在名单中的次序", 6, example="1")]
    name: Annotated[
        PersonName | None,
        MaxLen(30),
        Column(
            "姓名",
            "同名的人请在姓名后加括号区分，如 王明（水利）；"
            "由担任某一职务的人任机制职务、不写人名的（如由县长担任），姓名不填",
            12,
            example="周景明",
            may_be_blank=True,
            person=True,
        ),
    ] = None
    unit: Annotated[Unit, Column("单位", "单位全称或简称，须在单位表中", 24, example="县发改委")]
    post: Annotated[
        str,
        MaxLen(60),
        Column(
            "职务", "本单位职务；人选还没有定的，姓名不填，职务后写（待定）", 24, example="党组书记、主任"
        ),
    ]
    roles: Annotated[
        tuple[str, ...],
        Column(
            "机制职务",
            "在工作机制和办公室中的职务，从名单中选，可以有几个，用顿号隔开；谁能核稿、签发、用印由它决定",
            18,
            example="办公室副主任、核稿",
            suggestions=tuple(each.name for each in ROLES),
        ),
    ] = ()
    phone: Annotated[str | None, MaxLen(40), Column("联系电话", "办公电话或手机", 16)] = None
    login: Annotated[
        str | None,
        MaxLen(60),
        Column("登录名", "登录电脑用的账号；填了的，本人办理时不用写 --by", 12, example="zhoujm"),
    ] = None
    start: Annotated[
        date | None, Column("任职起", "从哪一天起任此职，不填表示一直", 13, example="2026-01-05")
    ] = None
    end: Annotated[date | None, Column("任职止", "到哪一天止（含当天），现任不填", 13)] = None
    remark: Annotated[str | None, Column("备注", "可不填", 20, long=True)] = None

    def check_together(self) -> None:
        """Check that the post does not end before it begins, and that a row without a name gives a post its roles.

        Raises:
            PydanticCustomError: it does, or does not.
        """
        if not self.name and not self.roles:
            raise PydanticCustomError(
                "needed", "{expected}", {"field": "name", "expected": "姓名，例如 周景明"}
            )
        if not self.name and not self.posts:
            raise PydanticCustomError(
                "needed", "{expected}", {"field": "post", "expected": "由谁担任机制职务，例如 县长"}
            )
        if self.start and self.end and self.end < self.start:
            raise PydanticCustomError(
                "order", "{expected}", {"field": "end", "expected": "不早于“任职起”的日期"}
            )

    def doubts(self) -> Iterable[Doubt]:
        """Doubt a telephone number that can be none."""
        return doubts_on_phone("phone", self.phone)

    @property
    def posts(self) -> frozenset[str]:
        """Return the posts that the row names, as they are compared; 县委副书记、县长 are two."""
        return frozenset(filter(None, map(plain, _POSTS.split(self.post))))

    @property
    def is_open(self) -> bool:
        """Whether nobody is chosen yet for the seat."""
        return self.name is None and _OPEN.search(self.post) is not None

    @property
    def bare_post(self) -> str:
        """Return the post, without the mark of an open seat."""
        return _OPEN.sub("", self.post) if self.is_open else self.post

    @property
    def full_post(self) -> str:
        """Return the post with its unit before it, as documents name somebody: 县水利局副局长, 青石镇副镇长.

        A post that says itself of which level or unit it is stays (县委副书记、副县长); of a town's government the
        town's name is enough, of an office its own post is (县政府办副主任, not 县政府办办公室副主任). Of a county's
        government in a city's mechanism the county's name says whose 县长 or 县政府办副主任 it is.
        """
        post, unit = self.bare_post, self.unit.short_name
        place = _GOVERNMENT.sub("", unit)
        if place != unit and len(place) > 1:
            if re.match(f"(?:常务)?副?{re.escape(place[-1])}长", post):
                return f"{place}{post}"
            if post.startswith(place[-1]):
                return f"{place[:-1]}{post}"
        if OF_A_LEVEL.match(post) or post.startswith((place, unit, self.unit.name)):
            return post
        return f"{unit}{post.removeprefix('办公室') if unit.endswith(('办', '办公室')) else post}"

    def fills(self, seat: Member) -> bool:
        """Whether who holds this post holds a seat: a post of the same unit without a name."""
        return seat.unit.name == self.unit.name and bool(seat.posts) and seat.posts <= self.posts

    def held_on(self, day: date) -> bool:
        """Whether the post was held on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Person(Linked):
    """A person with all posts in the sheet, the way other records link to people."""

    noun: ClassVar[str] = "人员"

    name: str
    tenures: tuple[Member, ...]

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the name."""
        return (self.name,)

    def on(self, day: date, role: str | None = None) -> Member | None:
        """Return the post held on a day, the latest begun when several; None when there was none.

        Args:
            day: the date of the document.
            role: prefer the post with this role in the mechanism (机制职务).
        """
        held = [each for each in self.tenures if each.held_on(day)]
        held.sort(key=lambda each: (role in each.roles, each.start or date.min, -each.order))
        return held[-1] if held else None

    def is_of_office(self, day: date) -> bool:
        """Whether a role that the person's own rows give on a day is one of the office or of a head.

        A role that only the mechanism knows may be a head's.
        """
        held = (LISTED.role(word) for each in self.tenures if each.held_on(day) for word in each.roles)
        return any(
            role is None or role.body is Body.OFFICE or Capacity.HEAD in role.capacities for role in held
        )
