"""People of the mechanism and the posts they held, each for a time (人员)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from annotated_types import Ge, MaxLen
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from docgen.model.doubts import Doubt, doubts_on_phone
from docgen.model.fields import Column, Linked, Record
from docgen.model.unit import Unit

ROLES = ("总召集人", "副召集人", "成员", "联络员", "项目管家", "专项工作组专家", "跟进组成员", "办公室主任",
         "办公室副主任", "办公室工作人员", "印章保管人")  # fmt: skip


class Member(Record):
    """One post of one person from a day to a day (both included).

    A person who changes posts has several rows.
    """

    sheet: ClassVar[str] = "人员"
    title: ClassVar[str] = "人员名单"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("name", "unit", "post", "role", "start"),)

    order: Annotated[int, Ge(1), Column("序号", "人员在名单中的次序", 6, example="1")]
    name: Annotated[
        str, MaxLen(30), Column("姓名", "同名的人请在姓名后加括号区分，如 王明（水利）", 12, example="周景明")
    ]
    unit: Annotated[Unit, Column("单位", "单位全称或简称，须在单位表中", 24, example="县发改委")]
    post: Annotated[str, MaxLen(60), Column("职务", "本单位职务", 24, example="党组书记、主任")]
    role: Annotated[
        str | None,
        MaxLen(40),
        Column("机制职务", "在工作机制中的职务", 16, example="成员", suggestions=ROLES),
    ] = None
    phone: Annotated[str | None, MaxLen(40), Column("联系电话", "办公电话或手机", 16)] = None
    start: Annotated[
        date | None, Column("任职起", "从哪一天起任此职，不填表示一直", 13, example="2026-01-05")
    ] = None
    end: Annotated[date | None, Column("任职止", "到哪一天止（含当天），现任不填", 13)] = None
    remark: Annotated[str | None, Column("备注", "可不填", 20, long=True)] = None

    @model_validator(mode="after")
    def _holds_together(self) -> Member:
        self.check_together()
        return self

    def check_together(self) -> None:
        """Check that the post does not end before it begins.

        Raises:
            PydanticCustomError: it does.
        """
        if self.start and self.end and self.end < self.start:
            raise PydanticCustomError(
                "order", "{expected}", {"field": "end", "expected": "不早于“任职起”的日期"}
            )

    def doubts(self) -> Iterable[Doubt]:
        """Doubt a telephone number that can be none."""
        return doubts_on_phone("phone", self.phone)

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
        held.sort(key=lambda each: (each.role == role, each.start or date.min, -each.order))
        return held[-1] if held else None
