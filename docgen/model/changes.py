"""Changes of the roster (人员变动) and of the project list (清单调整), as documents publish them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from docgen.model.doubts import Doubt
from docgen.model.fields import Column, Linked, Record
from docgen.model.limits import MaxLen
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.roles import ROLES
from docgen.model.together import check_given, check_order
from docgen.model.unit import Unit
from docgen.model.values import ListChangeKind, ListStage, RosterChangeKind
from docgen.model.wording import Clause
from docgen.patterns import late

_DAY: Final = timedelta(days=1)
_NEEDED: Final = {
    RosterChangeKind.SUCCEEDED: ("outgoing", "incoming", "role"),
    RosterChangeKind.JOINED: ("incoming", "role"),
    RosterChangeKind.LEFT: ("outgoing", "role"),
}
_STAGES: Final = {ListChangeKind.IN: ListStage.FINAL, ListChangeKind.OUT: ListStage.REMOVED}
"""The stage that a project has when a change of the list is in effect."""
_VAGUE: Final = re.compile(
    "不(?:再)?(?:符合|具备)(?:有关|相关)?(?:要求|条件|规定)|条件不成熟|(?:其他|有关|特殊)原因|工作需要"
)


_AMOUNT: Final = late(
    r"(?P<what>总投资|(?:本年|年度)计划(?:完成)?投资)[^\d，；、]{0,4}(?P<amount>\d+(?:\.\d+)?)(?P<unit>亿|万)元"
)
_TEN_THOUSAND: Final = Decimal(10_000)


def amounts_said(text: str | None) -> Mapping[str, Decimal]:
    """Return the amounts in 亿元 that 调整前 or 调整后 writes out: `total` and `year`."""
    return {
        "total" if each["what"] == "总投资" else "year": _in_yi(each["amount"], each["unit"])
        for each in _AMOUNT.finditer(text or "")
    }


def _in_yi(amount: str, unit: str) -> Decimal:
    return Decimal(amount) if unit == "亿" else Decimal(amount) / _TEN_THOUSAND


class RosterChange(Record, Linked):
    """A person who takes or leaves a seat, or a unit that joins or leaves; the roster itself is the sheet of people."""

    sheet: ClassVar[str] = "人员变动"
    title: ClassVar[str] = "人员和成员单位变动"
    noun: ClassVar[str] = "人员变动"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",),)

    number: Annotated[
        str, MaxLen(30), Column("编号", "写上年份，用过的编号不再使用", 12, example="变2026-01")
    ]
    kind: Annotated[RosterChangeKind, Column("变动类型", "人员或单位怎样变动", 10, example="接替")]
    unit: Annotated[Unit, Column("单位", "提出变动的单位，或增减的单位", 16, example="县水利局")]
    role: Annotated[
        str | None,
        MaxLen(30),
        Column(
            "机制职务", "增减单位的不填", 14, example="联络员", suggestions=tuple(each.name for each in ROLES)
        ),
    ] = None
    outgoing: Annotated[Person | None, Column("原人员", "须在人员表中", 10)] = None
    incoming: Annotated[Person | None, Column("新人员", "须在人员表中", 10)] = None
    reason: Annotated[
        str | None, MaxLen(200), Column("事由", "人事变动、工作需要等", 26, long=True, example="人事变动")
    ] = None
    reported: Annotated[date | None, Column("报来日期", "单位何日报来", 12, example="2026-02-12")] = None
    approved_by: Annotated[Person | None, Column("批准人", "须在人员表中", 10)] = None
    approved: Annotated[date | None, Column("批准日期", "", 12, example="2026-02-13")] = None
    effective: Annotated[date, Column("生效日期", "新任职从哪一天起", 12, example="2026-02-11")]
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 20, long=True)] = None

    def check_together(self) -> None:
        """Check that the people are named whom the change is about, and that approval follows the report.

        Raises:
            PydanticCustomError: it is not so.
        """
        check_order(self, "reported", "approved")
        if self.kind in _NEEDED:
            check_given(self, f"变动类型为“{self.kind.value}”", *_NEEDED[self.kind])

    def doubts(self) -> Iterator[Doubt]:
        """Doubt a change that the sheet of people does not have."""
        if self.incoming and all(each.start != self.effective for each in self.incoming.tenures):
            yield Doubt(
                "incoming", f"人员表中没有{self.incoming.name}从{_words(self.effective)}起任职的行，请核对"
            )
        last = self.effective - _DAY
        if self.outgoing and all(each.end != last for each in self.outgoing.tenures):
            yield Doubt("outgoing", f"人员表中没有{self.outgoing.name}到{_words(last)}止的行，请核对")

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the number."""
        return (self.number,)


class ListChange(Record, Linked):
    """A project that comes on the list, leaves it, or is listed otherwise, from application to effect."""

    sheet: ClassVar[str] = "清单调整"
    title: ClassVar[str] = "项目清单调整台账"
    noun: ClassVar[str] = "清单调整"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",),)

    number: Annotated[
        str, MaxLen(30), Column("编号", "写上年份，用过的编号不再使用", 12, example="调2026-01")
    ]
    project: Annotated[Project, Column("项目", "项目序号或名称，须在项目表中", 8, example="30")]
    kind: Annotated[ListChangeKind, Column("调整类型", "调入、调出、类别转换或要素调整", 10, example="调出")]
    unit: Annotated[Unit, Column("申请单位", "一般是牵头单位", 14, example="县发改委")]
    applied: Annotated[date | None, Column("申请日期", "", 12, example="2026-02-25")] = None
    reason: Annotated[Clause, MaxLen(300), Column("理由", "一两句话，末尾不加句号", 36, long=True)]
    clause: Annotated[
        str | None, MaxLen(100), Column("依据条款", "按哪个文件的哪一条调整", 18, example="第三条第（二）项")
    ] = None
    owner_view: Annotated[
        str | None, MaxLen(200), Column("业主意见", "调出的写明业主是否同意", 14, long=True)
    ] = None
    before: Annotated[
        str | None, MaxLen(200), Column("调整前", "转换类别、调整要素的填写", 20, long=True)
    ] = None
    after: Annotated[str | None, MaxLen(200), Column("调整后", "转换类别、调整要素的填写", 20, long=True)] = (
        None
    )
    leader: Annotated[Person | None, Column("分管领导", "须在人员表中", 10)] = None
    consented: Annotated[date | None, Column("分管领导同意日期", "", 12, example="2026-02-24")] = None
    approved: Annotated[date | None, Column("批准日期", "", 12, example="2026-02-27")] = None
    effective: Annotated[date | None, Column("生效日期", "清单从哪一天起调整", 12, example="2026-02-28")] = (
        None
    )
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 20, long=True)] = None

    def check_together(self) -> None:
        """Check that consent and application come before approval, approval before effect, and what changes is said.

        Raises:
            PydanticCustomError: it is not so.
        """
        check_order(self, "consented", "approved")
        check_order(self, "applied", "approved", "effective")
        if self.consented or self.approved:
            check_given(self, "有同意或批准日期的调整", "leader")
        if self.effective:
            check_given(self, "有生效日期的调整", "approved")
        if self.kind in (ListChangeKind.CLASS, ListChangeKind.FACTS):
            check_given(self, f"调整类型为“{self.kind.value}”", "before", "after")

    def doubts(self) -> Iterator[Doubt]:
        """Doubt what the project list does not show or says otherwise, and a reason that says nothing."""
        stage = _STAGES.get(self.kind)
        if self.effective and stage and self.project.stage is not stage:
            found = self.project.stage.value
            yield Doubt("project", f"已经{self.kind.value}，项目表中的清单阶段还是“{found}”，请核对")
        if _VAGUE.fullmatch(self.reason):
            yield Doubt("reason", f"只写了“{self.reason}”，请写明具体是什么原因")
        yield from self._other_amounts()

    def _other_amounts(self) -> Iterator[Doubt]:
        """Doubt what an application says of the amounts as they are, where the list of projects says otherwise."""
        said = {} if self.approved else amounts_said(self.before)
        for key, label, listed in (
            ("total", "总投资", self.project.total_investment),
            ("year", "本年计划完成投资", self.project.year_investment),
        ):
            if key in said and listed is not None and said[key] != listed:
                yield Doubt(
                    "before",
                    f"写的{label}是{said[key]:f}亿元，项目表中是{listed:f}亿元，前后合计会算错，请核对",
                )

    @property
    def name(self) -> str:
        """Return the project's name, by which documents speak of it."""
        return self.project.name

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the number."""
        return (self.number,)


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
