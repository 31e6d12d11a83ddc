"""Approvals that projects need (手续)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from annotated_types import MaxLen
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from docgen.model.fields import Column, Record, label_of
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level


class Approval(Record):
    """One approval of one project. Level and approving unit default to what is usual for the item."""

    sheet: ClassVar[str] = "手续"
    title: ClassVar[str] = "前期手续台账"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("project", "item"),)

    project: Annotated[Project, Column("项目", "项目序号或名称，须在项目表中", 10, example="3")]
    item: Annotated[Item, Column("审批事项", "事项名称，须在事项表中", 26, example="节能审查")]
    level: Annotated[Level, Column("层级", "不填的按事项表", 8, may_be_blank=True)]
    unit: Annotated[Unit, Column("审批单位", "不填的按事项表", 22, may_be_blank=True)]
    responsible: Annotated[str | None, MaxLen(30), Column("责任人", "具体办理人姓名", 10)] = None
    missing: Annotated[tuple[str, ...], Column("缺少要件", "用顿号隔开，不缺的不填", 26, long=True)] = ()
    deferred: Annotated[bool | None, Column("是否容缺", "是或否", 9)] = None
    submitted: Annotated[date | None, Column("申报日期", "", 12, example="2026-01-12")] = None
    accepted: Annotated[date | None, Column("受理日期", "", 12, example="2026-01-14")] = None
    done: Annotated[date | None, Column("办结日期", "", 12)] = None
    planned: Annotated[
        date | None, Column("计划办结", "单独定的办理时限；不填的按时限规则计算", 12, example="2026-01-31")
    ] = None
    state: Annotated[ApprovalState, Column("状态", "未申报、已受理、补正、办结、无需办理或上报上级", 10)]
    permit: Annotated[str | None, MaxLen(60), Column("证照编号", "批文或证照的文号", 22)] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 24, long=True)] = None

    @model_validator(mode="before")
    @classmethod
    def _as_usual_for_item(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        item = given.get("item")
        if not isinstance(item, Item) or (given.get("level") and given.get("unit")):
            return given
        return {
            **given,
            "level": given.get("level") or item.level,
            "unit": given.get("unit") or item.unit,
        }

    @model_validator(mode="after")
    def _holds_together(self) -> Approval:
        self.check_together()
        return self

    def check_together(self) -> None:
        """Check that dates are in order, and that what is done has a date.

        Raises:
            PydanticCustomError: they are not.
        """
        submitted, accepted, done = self.submitted, self.accepted, self.done
        begun = accepted or submitted
        if (submitted and accepted and accepted < submitted) or (begun and done and done < begun):
            self._refuse_order()
        if done is None and self.state is ApprovalState.DONE:
            raise PydanticCustomError(
                "needed", "{expected}", {"field": "done", "expected": "状态为“办结”的手续的办结日期"}
            )

    def _refuse_order(self) -> None:
        steps = (("submitted", self.submitted), ("accepted", self.accepted), ("done", self.done))
        for (earlier, before), (name, after) in pairwise([(name, day) for name, day in steps if day]):
            if after < before:
                expected = f"不早于“{label_of(Approval, earlier)}”的日期"
                raise PydanticCustomError("order", "{expected}", {"field": name, "expected": expected})
