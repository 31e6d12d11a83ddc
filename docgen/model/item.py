"""The catalogue of approvals that a mechanism knows (审批事项)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge, Le, MaxLen

from docgen.model.fields import Column, Linked, Record
from docgen.model.unit import Unit
from docgen.model.values import Level


class Item(Record, Linked):
    """A kind of approval with its usual approving unit, level and statutory working days; all are data."""

    sheet: ClassVar[str] = "事项"
    title: ClassVar[str] = "审批事项目录"
    noun: ClassVar[str] = "审批事项"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("order",), ("name",))

    order: Annotated[int, Ge(1), Column("序号", "事项的次序，文件中按此排列", 6, example="1")]
    name: Annotated[str, MaxLen(40), Column("事项名称", "规范名称", 28, example="节能审查")]
    aliases: Annotated[tuple[str, ...], Column("其他称呼", "表中可能出现的其他写法，用顿号隔开", 24)] = ()
    unit: Annotated[
        Unit | None, Column("通常审批单位", "手续表不填审批单位时用它", 24, example="县发改委")
    ] = None
    level: Annotated[Level | None, Column("层级", "手续表不填层级时用它", 8, example="县级")] = None
    working_days: Annotated[
        int | None, Ge(1), Le(365), Column("法定工作日", "从受理次日起算的工作日数", 11, example="20")
    ] = None
    prerequisites: Annotated[
        tuple[str, ...], Column("主要要件", "用顿号隔开", 40, long=True, example="申请书、节能报告")
    ] = ()
    basis: Annotated[str | None, MaxLen(300), Column("依据", "法律法规名称及条款", 40, long=True)] = None

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the name and other names."""
        return (self.name, *self.aliases)
