"""Bodies of the mechanism beside those that roles tell of: several follow-up groups, crews, project groups (机构)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from docgen.model.fields import Column, Linked, Record
from docgen.model.item import Item
from docgen.model.limits import Ge, MaxLen
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.together import check_order
from docgen.model.unit import Unit
from docgen.model.values import BodyKind, Level


class StandingBody(Record, Linked):
    """A body with its units and people; their posts and phones stand in the sheet of people."""

    sheet: ClassVar[str] = "机构"
    title: ClassVar[str] = "机构和工作组"
    noun: ClassVar[str] = "机构"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("order",), ("name",))

    order: Annotated[int, Ge(1), Column("序号", "机构的次序，名单中按此排列", 6, example="1")]
    name: Annotated[str, MaxLen(60), Column("名称", "机构的名称", 22, example="省级审批事项跟进组")]
    kind: Annotated[BodyKind, Column("类别", "是哪一类机构", 12, example="跟进组")]
    level: Annotated[Level | None, Column("层级", "跟进哪一级的审批，其他机构不填", 8)] = None
    unit: Annotated[Unit | None, Column("设在单位", "日常工作由哪个单位承担", 13)] = None
    units: Annotated[
        tuple[Unit, ...], Column("成员单位", "组成单位，须在单位表中，用顿号隔开", 24, long=True)
    ] = ()
    heads: Annotated[
        tuple[Person, ...], Column("负责人", "机构的正副负责人，须在人员表中，用顿号隔开", 12)
    ] = ()
    members: Annotated[tuple[Person, ...], Column("成员", "须在人员表中，用顿号隔开", 24, long=True)] = ()
    items: Annotated[
        tuple[Item, ...], Column("跟进事项", "跟进或负责哪些审批事项，用顿号隔开", 24, long=True)
    ] = ()
    project: Annotated[Project | None, Column("项目", "为一个项目设的工作小组，填这个项目", 8)] = None
    duty: Annotated[str | None, MaxLen(300), Column("职责", "一两句话", 30, long=True)] = None
    start: Annotated[date | None, Column("设立日期", "", 12, example="2025-09-12")] = None
    end: Annotated[date | None, Column("撤销日期", "仍在运行的不填", 12)] = None

    def check_together(self) -> None:
        """Check that the body does not end before it begins.

        Raises:
            PydanticCustomError: it does.
        """
        check_order(self, "start", "end")

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the name."""
        return (self.name,)
