"""Which leader is in charge of what, from a day to a day (分管)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from docgen.model.fields import Column, Record
from docgen.model.item import Item
from docgen.model.limits import MaxLen
from docgen.model.member import Person
from docgen.model.together import check_order, refuse
from docgen.model.unit import Unit


class Charge(Record):
    """What a leader is in charge of: industries, approval items, units (lead, registering …), or several of these."""

    sheet: ClassVar[str] = "分管"
    title: ClassVar[str] = "领导分管表"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("leader", "start"),)

    leader: Annotated[Person, Column("领导", "须在人员表中", 12, example="魏东屿")]
    industries: Annotated[
        tuple[str, ...],
        Column("行业", "分管哪些行业的项目，写法与项目表一致，用顿号隔开", 30, example="能源"),
    ] = ()
    items: Annotated[
        tuple[Item, ...], Column("审批事项", "分管哪些审批事项，用顿号隔开", 30, example="节能审查")
    ] = ()
    units: Annotated[
        tuple[Unit, ...], Column("分管单位", "分管哪些部门（牵头、立项、审批单位），用顿号隔开", 40)
    ] = ()
    start: Annotated[date | None, Column("起", "从哪一天起，不填表示一直", 12, example="2026-01-16")] = None
    end: Annotated[date | None, Column("止", "到哪一天止（含当天），现在仍分管的不填", 12)] = None
    remark: Annotated[str | None, MaxLen(300), Column("说明", "可不填", 24, long=True)] = None

    def check_together(self) -> None:
        """Check that the row says of what the leader is in charge, and that it does not end before it begins.

        Raises:
            PydanticCustomError: it does not.
        """
        if not (self.industries or self.items or self.units):
            refuse("needed", "units", "行业、审批事项、分管单位中的至少一种")
        check_order(self, "start", "end")

    @property
    def name(self) -> str:
        """Return the leader's name, by which documents speak of it."""
        return self.leader.name

    def held_on(self, day: date) -> bool:
        """Whether the leader was in charge on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
