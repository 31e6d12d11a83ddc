"""Meetings of the mechanism (会议) and what they decide (议定事项)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Final

from docgen.model.doubts import Doubt
from docgen.model.fields import Column, Linked, Record
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.together import check_given, check_order, refuse
from docgen.model.unit import Unit
from docgen.model.values import DecisionState, MeetingKind, MeetingState
from docgen.model.wording import Clause, ClockTime, WhoIsResponsible
from docgen.patterns import late

_BY_A_DAY: Final = late(r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末])[之以]?前")


class Meeting(Record, Linked):
    """One meeting, from the leader's consent to who was there. Attendance is written as minutes print it."""

    sheet: ClassVar[str] = "会议"
    title: ClassVar[str] = "会议台账"
    noun: ClassVar[str] = "会议"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",),)

    number: Annotated[
        str, MaxLen(30), Column("编号", "写上年份，用过的编号不再使用", 11, example="会2026-01")
    ]
    name: Annotated[str, MaxLen(80), Column("会议名称", "写全，有届次的写上届次；通知和纪要照写", 20)]
    session: Annotated[str | None, MaxLen(20), Column("届次", "没有的不填", 10, example="2026年第1次")] = None
    kind: Annotated[MeetingKind, Column("类型", "会议的种类", 10, example="会商研判")]
    state: Annotated[MeetingState, Column("状态", "拟召开、已召开或取消", 8, example="拟召开")]
    day: Annotated[date | None, Column("日期", "还没有定的不填", 11, example="2026-03-20")] = None
    time: Annotated[
        ClockTime | None, Column("时间", "写明上午或下午", 10, example="上午9:00", clock=True)
    ] = None
    place: Annotated[str | None, MaxLen(60), Column("地点", "楼和会议室", 12)] = None
    chair: Annotated[Person | None, Column("主持人", "须在人员表中", 8)] = None
    consented_by: Annotated[
        Person | None, Column("召集同意", "同意召集会议的机制负责人，须在人员表中", 8)
    ] = None
    consented: Annotated[date | None, Column("同意日期", "", 11, example="2026-03-16")] = None
    units: Annotated[
        tuple[Unit, ...], Column("参会单位", "通知发给这些单位，须在单位表中，用顿号隔开", 16)
    ] = ()
    attendees: Annotated[
        str | None, MaxLen(100), Column("参会人员", "各单位什么人参加", 12, example="各单位分管负责同志")
    ] = None
    topics: Annotated[
        tuple[str, ...],
        Column("议题", "一行一个（单元格内用 Alt+Enter 换行）", 26, long=True, lines=True),
    ] = ()
    feedback_by: Annotated[date | None, Column("反馈截止", "参会人员名单何日前报来", 11)] = None
    present: Annotated[
        tuple[str, ...], Column("出席", "单位加姓名，用顿号隔开", 18, long=True, example="县水利局史长河")
    ] = ()
    absent: Annotated[
        tuple[str, ...], Column("请假", "单位加姓名，用顿号隔开", 10, long=True, example="县应急局曾安民")
    ] = ()
    observers: Annotated[
        tuple[str, ...],
        Column("列席", "单位，或单位加姓名，用顿号隔开", 12, long=True, example="县融媒体中心"),
    ] = ()
    points: Annotated[
        str | None, MaxLen(1000), Column("会议要求", "会议强调和要求的，纪要照写", 20, long=True)
    ] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 8, long=True)] = None

    def check_together(self) -> None:
        """Check that consent and feedback come before the meeting, and that one that was held says when and who.

        Raises:
            PydanticCustomError: it is not so.
        """
        check_order(self, "consented", "day")
        check_order(self, "feedback_by", "day")
        if self.state is MeetingState.HELD:
            check_given(self, "状态为“已召开”的会议", "day", "place", "chair", "present")

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return number and name."""
        return (self.number, self.name)


class Decision(Record, Linked):
    """One decision of a meeting that was held: one unit carries it out by a day."""

    sheet: ClassVar[str] = "议定事项"
    title: ClassVar[str] = "会议议定事项落实台账"
    noun: ClassVar[str] = "议定事项"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("meeting", "serial"),)

    meeting: Annotated[Meeting, Column("会议", "会议的编号或名称，须在会议表中", 11, example="会2026-01")]
    serial: Annotated[int, Ge(1), Le(999), Column("序号", "在这次会议中的次序", 6, example="1")]
    topic: Annotated[str | None, MaxLen(100), Column("议题", "属于哪个议题", 22, long=True)] = None
    project: Annotated[Project | None, Column("项目", "项目序号或名称，不是某个项目的不填", 8)] = None
    decided: Annotated[
        Clause, MaxLen(300), Column("议定事项", "动词开头，一项一行，末尾不加句号", 40, long=True)
    ]
    unit: Annotated[Unit, Column("责任单位", "一个单位，须在单位表中", 13, example="县水利局")]
    supporting_units: Annotated[tuple[Unit, ...], Column("配合单位", "须在单位表中，用顿号隔开", 16)] = ()
    leader: Annotated[Person | None, Column("牵头领导", "须在人员表中", 9)] = None
    responsible: Annotated[
        WhoIsResponsible | None, MaxLen(30), Column("责任人", "责任单位的具体办理人", 9, person=True)
    ] = None
    deadline: Annotated[date | None, Column("完成时限", "长期坚持的不填", 11, example="2026-03-31")] = None
    state: Annotated[DecisionState, Column("状态", "未启动、推进中或已落实", 9, example="推进中")]
    progress: Annotated[str | None, MaxLen(500), Column("落实情况", "责任单位填写", 30, long=True)] = None
    done: Annotated[date | None, Column("落实日期", "", 11)] = None

    def check_together(self) -> None:
        """Check that the meeting was held, that no date lies before it, and that what is done has a date.

        Raises:
            PydanticCustomError: it is not so.
        """
        if self.meeting and self.meeting.state is not MeetingState.HELD:
            refuse("together", "meeting", "状态为“已召开”的会议，没有开过的会没有议定事项")
        held = self.meeting.day if self.meeting else None
        for name in ("deadline", "done") if held else ():
            if (day := getattr(self, name)) and day < held:
                refuse("order", name, "不早于会议日期的日期")
        if self.state is DecisionState.DONE:
            check_given(self, "状态为“已落实”的议定事项", "done")
        elif self.done and self.state:
            refuse("together", "state", "“已落实”（已经填了落实日期）")

    def doubts(self) -> Iterator[Doubt]:
        """Doubt a day that stands in the words as well: minutes and slips write 完成时限 behind them."""
        if self.deadline and (found := _BY_A_DAY.search(self.decided)):
            yield Doubt("decided", f"写了“{found[0]}”，完成时限另有一列，公文会写两遍，请只留在完成时限")

    @property
    def name(self) -> str:
        """Return what was decided, by which documents speak of it."""
        return self.decided

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the meeting's number with the decision's own behind it: 会2026-01-3."""
        return (f"{self.meeting.number}-{self.serial}",)
