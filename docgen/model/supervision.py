"""Matters that the office has supervised until it confirms that they are done (督办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from docgen.model.bottleneck import Bottleneck
from docgen.model.doubts import Doubt
from docgen.model.fields import Column, Linked, Record
from docgen.model.item import Item
from docgen.model.limits import MaxLen
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.together import check_given, check_order, refuse
from docgen.model.unit import Unit
from docgen.model.values import SupervisionKind, SupervisionState
from docgen.model.wording import Clause, NumberText, WhoIsResponsible


class Supervision(Record, Linked):
    """One supervised matter, about an approval (project and item), a bottleneck or a decision, or by itself.

    A unit replies with five points: measure, unit, leader, person, deadline. Done is what the office confirms.
    """

    sheet: ClassVar[str] = "督办"
    title: ClassVar[str] = "督办台账"
    noun: ClassVar[str] = "督办"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",),)

    number: Annotated[
        NumberText,
        MaxLen(30),
        Column("编号", "写上年份，用过的编号不再使用", 11, example="督办〔2026〕001号"),
    ]
    kind: Annotated[
        SupervisionKind, Column("督办方式", "一般督办或挂牌督办，不填为一般督办", 8, may_be_blank=True)
    ] = SupervisionKind.PLAIN
    source: Annotated[
        str | None, MaxLen(60), Column("来源", "为什么督办，如会议、领导批示、旬调度", 8, example="旬调度")
    ] = None
    matter: Annotated[Clause, MaxLen(200), Column("督办事项", "一件事，末尾不加句号", 18, long=True)]
    project: Annotated[Project | None, Column("项目", "项目序号或名称", 5)] = None
    item: Annotated[
        Item | None, Column("审批事项", "督办某项手续的，填项目和审批事项", 9, example="节能审查")
    ] = None
    bottleneck: Annotated[
        Bottleneck | None, Column("问题", "督办某个问题的，填它的编号", 10, example="问2026-001")
    ] = None
    decision: Annotated[
        Decision | None, Column("议定事项", "督办会议议定事项的，填会议编号-序号", 10, example="会2026-01-3")
    ] = None
    unit: Annotated[Unit, Column("承办单位", "一个单位，须在单位表中", 9, example="县水利局")]
    supporting_units: Annotated[tuple[Unit, ...], Column("协办单位", "须在单位表中，用顿号隔开", 9)] = ()
    leader: Annotated[str | None, MaxLen(30), Column("责任领导", "承办单位的责任领导", 7)] = None
    demand: Annotated[str | None, MaxLen(300), Column("要求", "要求做到什么", 14, long=True)] = None
    issued: Annotated[date, Column("下发日期", "", 11, example="2026-02-24")]
    deadline: Annotated[date, Column("办理时限", "何日前办结", 11, example="2026-03-31")]
    reply_by: Annotated[date | None, Column("答复期限", "何日前答复", 11)] = None
    replied: Annotated[date | None, Column("答复日期", "", 11)] = None
    reply_measure: Annotated[str | None, MaxLen(300), Column("答复措施", "答复五项之一", 12, long=True)] = (
        None
    )
    reply_unit: Annotated[Unit | None, Column("答复责任单位", "答复五项之二", 9)] = None
    reply_leader: Annotated[
        WhoIsResponsible | None, MaxLen(40), Column("答复责任领导", "答复五项之三，姓名", 7, person=True)
    ] = None
    reply_person: Annotated[
        WhoIsResponsible | None, MaxLen(40), Column("答复责任人", "答复五项之四，姓名", 7, person=True)
    ] = None
    reply_deadline: Annotated[date | None, Column("答复完成时限", "答复五项之五", 11)] = None
    extension_reason: Annotated[
        str | None, MaxLen(200), Column("延期理由", "申请延期的理由", 9, long=True)
    ] = None
    extended_to: Annotated[date | None, Column("延期至", "办公室同意延到哪天", 11)] = None
    progress: Annotated[str | None, MaxLen(500), Column("进展", "承办单位填写", 10, long=True)] = None
    state: Annotated[
        SupervisionState,
        Column("状态", "待处理、处理中、已处理、已确认或已解除；后两个由办公室填", 7, example="处理中"),
    ]
    confirmed: Annotated[date | None, Column("确认日期", "办公室确认办结或解除的日期", 11)] = None

    def check_together(self) -> None:
        """Check dates, that an approval has its project, an extension both its parts, and a confirmation its day.

        Raises:
            PydanticCustomError: it is not so.
        """
        for name in ("deadline", "reply_by", "replied", "reply_deadline", "confirmed"):
            check_order(self, "issued", name)
        check_order(self, "deadline", "extended_to")
        if self.item and not self.project and not self.bottleneck:
            check_given(self, "有审批事项的督办", "project")
        if self.extended_to:
            check_given(self, "有延期日期的督办", "extension_reason")
        if self.state and not self.state.is_open:
            check_given(self, f"状态为“{self.state.value}”的督办", "confirmed")
        elif self.confirmed and self.state:
            refuse("together", "state", "“已确认”或“已解除”（已经填了确认日期）")

    def doubts(self) -> Iterator[Doubt]:
        """Doubt a reply that lacks one of its five points."""
        points = ("reply_measure", "reply_unit", "reply_leader", "reply_person", "reply_deadline")
        lacking = [name for name in points if getattr(self, name) is None]
        if self.replied and lacking:
            yield Doubt(lacking[0], "已经答复，五项还没有填全，请补上或退回承办单位")

    @property
    def name(self) -> str:
        """Return the matter, by which documents speak of it."""
        return self.matter

    @property
    def due(self) -> date:
        """Return the day by which it is to be done: the deadline, or what it was extended to."""
        return self.extended_to or self.deadline

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the number."""
        return (self.number,)
