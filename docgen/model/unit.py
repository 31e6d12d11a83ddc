"""Units of the mechanism (单位)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Final

from docgen.model.doubts import Doubt, doubts_on_phone
from docgen.model.fields import Column, Linked, Record
from docgen.model.limits import Ge, MaxLen
from docgen.model.values import Level, UnitRole
from docgen.model.wording import OrganName

_LEVELS: Final = "县旗区市盟州省"
"""With which of these a short name begins that has its level before it: 市发改委."""


class Unit(Record, Linked):
    """A unit: a member of the mechanism, or an approving unit above it.

    Units that differ only in level (a county's 自然资源局, its city's) are different units, and so are
    their short names.
    """

    sheet: ClassVar[str] = "单位"
    title: ClassVar[str] = "单位名单"
    noun: ClassVar[str] = "单位"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("order",), ("name",), ("short_name",))

    order: Annotated[int, Ge(1), Column("序号", "单位在名单中的次序，文件中按此排列", 6, example="1")]
    name: Annotated[
        OrganName, MaxLen(60), Column("单位全称", "与公章一致的全称", 32, example="澄湖县自然资源局")
    ]
    short_name: Annotated[
        OrganName,
        MaxLen(20),
        Column("规范化简称", "全县统一的简称，不得与其他单位相同", 18, example="县自然资源局"),
    ]
    aliases: Annotated[
        tuple[OrganName, ...],
        Column("其他称呼", "表中可能出现的其他写法，用顿号隔开，可不填", 18, example="国土局"),
    ] = ()
    level: Annotated[Level, Column("层级", "县级、市级、省级或国家级", 8, example="县级")]
    roles: Annotated[
        tuple[UnitRole, ...],
        Column("角色", "在工作机制中的角色，多个用顿号隔开", 24, example="成员单位、审批单位"),
    ]
    phone: Annotated[str | None, MaxLen(40), Column("联系电话", "单位值班或办公电话", 16)] = None
    address: Annotated[str | None, MaxLen(80), Column("地址", "办公地址", 28)] = None

    def doubts(self) -> Iterable[Doubt]:
        """Doubt a telephone number that can be none."""
        return doubts_on_phone("phone", self.phone)

    def is_within(self, level: Level) -> bool:
        """Whether it is of a level of government or below it."""
        return self.level.rank <= level.rank

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return full name, short name, other names, and the full name as it stands inside the own place.

        The founding text of a mechanism of 云泽市 writes 市发展和改革委员会 for 云泽市发展和改革委员会.
        """
        return (self.name, self.short_name, *self.aliases, *self._in_its_place)

    @property
    def _in_its_place(self) -> tuple[str, ...]:
        level = self.short_name[0]
        at = self.name.find(level) if level in _LEVELS else 0
        name = self.name[at:]
        return (name,) if at > 0 and name != self.short_name else ()

    @property
    def handle(self) -> str:
        """Return the short name."""
        return self.short_name
