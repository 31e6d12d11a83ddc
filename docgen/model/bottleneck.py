"""Bottlenecks that hold projects or approvals up (问题)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Final

from docgen.model.doubts import Doubt
from docgen.model.fields import Column, Linked, Record
from docgen.model.item import Item
from docgen.model.limits import MaxLen
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.together import check_given, check_order, refuse
from docgen.model.unit import Unit
from docgen.model.values import BottleneckKind, BottleneckSource, BottleneckState, Level
from docgen.model.wording import Clause, WhoIsResponsible

_LONG_QUESTION: Final = 80
"""Characters; a longer text probably tells the background too."""


class Bottleneck(Record, Linked):
    """A question to be solved for a project, an approval of it, or all projects; only the office strikes it off."""

    sheet: ClassVar[str] = "问题"
    title: ClassVar[str] = "堵点难点问题台账"
    noun: ClassVar[str] = "问题"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",),)

    number: Annotated[
        str, MaxLen(30), Column("编号", "写上年份，用过的编号不再使用", 11, example="问2026-001")
    ]
    project: Annotated[
        Project | None, Column("项目", "项目序号或名称；各项目共有的问题不填", 6, example="3")
    ] = None
    item: Annotated[
        Item | None, Column("审批事项", "卡在哪项手续，不是某项手续的不填", 13, example="节能审查")
    ] = None
    question: Annotated[Clause, MaxLen(200), Column("问题", "直接写要解决的问题，不写背景", 30, long=True)]
    source: Annotated[BottleneckSource, Column("来源", "从哪里知道的", 9, example="公开征集")]
    kind: Annotated[BottleneckKind, Column("类别", "卡在政策、流程、要件还是哪种要素", 8, example="土地")]
    raised_by: Annotated[
        str | None, MaxLen(60), Column("提出单位", "单位、企业或“群众来电”等", 12, example="县林草局")
    ] = None
    raised: Annotated[date, Column("提出日期", "", 11, example="2026-01-12")]
    level: Annotated[Level | None, Column("需协调层级", "要由哪一级协调", 8, example="省级")] = None
    departments: Annotated[
        tuple[str, ...], Column("需协调部门", "要请哪些部门协调，用顿号隔开", 12, example="省自然资源厅")
    ] = ()
    unit: Annotated[
        Unit | None, Column("责任单位", "一个单位；新增的问题可以暂不填", 11, example="县林草局")
    ] = None
    responsible: Annotated[
        WhoIsResponsible | None, MaxLen(30), Column("责任人", "责任单位的具体办理人", 8, person=True)
    ] = None
    supporting_units: Annotated[tuple[Unit, ...], Column("配合单位", "须在单位表中，用顿号隔开", 12)] = ()
    coordinator: Annotated[Person | None, Column("协调领导", "包联或协调这个问题的领导，须在人员表中", 8)] = (
        None
    )
    measure: Annotated[str | None, MaxLen(300), Column("措施", "怎么解决", 20, long=True)] = None
    deadline: Annotated[date | None, Column("完成时限", "", 11, example="2026-03-31")] = None
    progress: Annotated[str | None, MaxLen(500), Column("进展", "责任单位填写", 20, long=True)] = None
    state: Annotated[
        BottleneckState,
        Column("状态", "新增、推进中、待销号或已销号；只有办公室可以销号", 8, example="推进中"),
    ]
    closed: Annotated[date | None, Column("销号日期", "", 11)] = None
    closed_by: Annotated[Person | None, Column("销号人", "办公室确认销号的人，须在人员表中", 8)] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 10, long=True)] = None

    def check_together(self) -> None:
        """Check that dates are in order, that what is in hand has a unit, and that what is struck off says by whom.

        Raises:
            PydanticCustomError: it is not so.
        """
        check_order(self, "raised", "deadline")
        check_order(self, "raised", "closed")
        if self.state is BottleneckState.CLOSED:
            check_given(self, "状态为“已销号”的问题", "closed", "closed_by")
        elif self.closed and self.state:
            refuse("together", "state", "“已销号”（已经填了销号日期）")
        if self.state in (BottleneckState.IN_HAND, BottleneckState.TO_CONFIRM):
            check_given(self, f"状态为“{self.state.value}”的问题", "unit")

    def doubts(self) -> Iterator[Doubt]:
        """Doubt a question with its background, one in hand without a day, and one struck off by an outsider."""
        if len(self.question) > _LONG_QUESTION:
            yield Doubt("question", f"写了{len(self.question)}个字，请直接写要解决的问题，不写背景")
        if self.state is BottleneckState.IN_HAND and self.deadline is None:
            yield Doubt("deadline", "推进中的问题还没有完成时限，请补上")
        if self.closed and self.closed_by and not self.closed_by.is_of_office(self.closed):
            yield Doubt("closed_by", f"{self.closed_by.name}当天不是办公室的人，只有办公室可以销号，请核对")

    @property
    def name(self) -> str:
        """Return the question, by which documents speak of it."""
        return self.question

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the number."""
        return (self.number,)
