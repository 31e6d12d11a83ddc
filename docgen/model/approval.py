"""Approvals that projects need (手续)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Final, Self

from pydantic_core import PydanticCustomError

from docgen.model.doubts import Doubt
from docgen.model.fields import ANSWER, Column, Record, label_of
from docgen.model.item import Item
from docgen.model.limits import MaxLen
from docgen.model.project import Project
from docgen.model.together import check_order
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Level
from docgen.model.wording import WhoIsResponsible

_NOT_YET: Final = {
    ApprovalState.NOT_SUBMITTED: ("submitted", "accepted", "reviewed", "forwarded", "done"),
    ApprovalState.PREPARING: ("submitted", "accepted", "reviewed", "forwarded", "done"),
    ApprovalState.ACCEPTED: ("done",),
    ApprovalState.SUPPLEMENT: ("done",),
    ApprovalState.SENT_UP: ("done",),
}
"""The dates that an approval cannot have yet, by its state."""
_VAGUE: Final = re.compile(
    "(?:其他|其它|相关|有关)(?:的)?(?:申请)?(?:材料|资料|要件|文件|手续)$|等(?:材料|资料|要件|文件)?$"
)
_BETWEEN_NAMES: Final = frozenset("、，,；;/")
_REASON: Final = "状态为“无需办理”的手续的无需办理理由"


class Approval(Record):
    """One approval of one project. Level and approving unit default to what is usual for the item."""

    sheet: ClassVar[str] = "手续"
    title: ClassVar[str] = "前期手续台账"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("project", "item"),)
    usual: ClassVar[Mapping[str, tuple[str, str]]] = {"level": ("item", "level"), "unit": ("item", "unit")}

    project: Annotated[Project, Column("项目", "项目序号或名称，须在项目表中", 10, example="3")]
    item: Annotated[Item, Column("审批事项", "事项名称，须在事项表中", 26, example="节能审查")]
    level: Annotated[Level, Column("层级", "不填的按事项表", 8, may_be_blank=True)]
    unit: Annotated[Unit, Column("审批单位", "不填的按事项表", 22, may_be_blank=True)]
    responsible: Annotated[
        WhoIsResponsible | None, MaxLen(30), Column("责任人", "具体办理人姓名", 10, person=True)
    ] = None
    dossier: Annotated[
        str | None, MaxLen(200), Column("组卷情况", "申报材料准备到什么程度，由牵头单位填", 18, long=True)
    ] = None
    missing: Annotated[tuple[str, ...], Column("缺少要件", "用顿号隔开，不缺的不填", 26, long=True)] = ()
    deferred: Annotated[bool | None, Column("是否容缺", "是或否", 9)] = None
    deferred_until: Annotated[
        date | None,
        Column(
            "容缺补齐日期", "容缺受理后承诺补齐要件的期限", 12, example="2026-03-20", also=("容缺补齐时限",)
        ),
    ] = None
    submitted: Annotated[date | None, Column("申报日期", "", 12, example="2026-01-12")] = None
    accepted: Annotated[date | None, Column("受理日期", "", 12, example="2026-01-14")] = None
    reviewed: Annotated[
        date | None, Column("初审日期", "须报上级审批的，本级何日完成初审", 12, example="2026-01-16")
    ] = None
    forwarded: Annotated[
        date | None,
        Column(
            "转报日期",
            "须报上级审批的，何日把要件报到上级",
            12,
            example="2026-01-20",
            also=("上报日期", "要件报送日期"),
        ),
    ] = None
    progress: Annotated[
        str | None,
        MaxLen(200),
        Column(
            "审批环节", "现在办到哪一步，由审批单位填", 16, long=True, example="专家评审", also=("审批情况",)
        ),
    ] = None
    blocked_by: Annotated[
        str | None, MaxLen(200), Column("当前卡点", "直接写问题，没有的不填", 18, long=True)
    ] = None
    promised: Annotated[
        date | None,
        Column("承诺办结日期", "审批单位答应办结的日期；不改变办理时限", 12, example="2026-03-25"),
    ] = None
    done: Annotated[date | None, Column("办结日期", "办结或决定不予许可的日期", 12)] = None
    planned: Annotated[
        date | None, Column("计划办结", "单独定的办理时限；不填的按时限规则计算", 12, example="2026-01-31")
    ] = None
    state: Annotated[
        ApprovalState,
        Column("状态", "未申报、组卷中、已受理、补正、办结、无需办理、上报上级或不予许可", 10),
    ]
    reason: Annotated[
        str | None,
        MaxLen(200),
        Column("无需办理理由", "状态为“无需办理”的必填", 22, long=True, example="不新增用地"),
    ] = None
    permit: Annotated[str | None, MaxLen(60), Column("证照编号", "批文或证照的文号", 22)] = None
    checked: Annotated[
        str | None,
        MaxLen(300),
        Column(ANSWER, "检查时问到的数据核对无误的，在这里写明，就不再问", 16, long=True),
    ] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 22, long=True)] = None

    def check_together(self) -> None:
        """Check that dates are in order, that what is done has a date, and what is not needed a reason.

        A sheet without a column for the reason is asked about it instead (`doubts_among`).

        Raises:
            PydanticCustomError: they are not.
        """
        submitted, accepted, done = self.submitted, self.accepted, self.done
        begun = accepted or submitted
        if (submitted and accepted and accepted < submitted) or (begun and done and done < begun):
            self._refuse_order()
        if self.reviewed or self.forwarded:
            check_order(self, "submitted", "reviewed", "forwarded", "done")
        if done is None and self.state is ApprovalState.DONE:
            raise PydanticCustomError(
                "needed", "{expected}", {"field": "done", "expected": "状态为“办结”的手续的办结日期"}
            )
        if self.state is ApprovalState.NOT_NEEDED and not self.reason:
            self._refuse_without_reason()

    def _refuse_without_reason(self) -> None:
        if self.origin and "reason" in self.origin.columns:
            raise PydanticCustomError("needed", "{expected}", {"field": "reason", "expected": _REASON})

    def _refuse_order(self) -> None:
        steps = (("submitted", self.submitted), ("accepted", self.accepted), ("done", self.done))
        for (earlier, before), (name, after) in pairwise([(name, day) for name, day in steps if day]):
            if after < before:
                expected = f"不早于“{label_of(Approval, earlier)}”的日期"
                raise PydanticCustomError("order", "{expected}", {"field": name, "expected": expected})

    def doubts(self) -> Iterator[Doubt]:
        """Doubt dates that do not go with the state, two persons, a level of nobody, an item of other projects."""
        for name in _NOT_YET.get(self.state, ()):
            if getattr(self, name):
                yield Doubt(name, f"填了日期，状态却是“{self.state.value}”，请核对")
        if self.accepted and not self.submitted:
            yield Doubt("submitted", "填了受理日期，没有填申报日期，请核对")
        for each in self.missing:
            if _VAGUE.search(each):
                yield Doubt("missing", f"写了“{each}”，看不出是什么材料，请写明名称")
        if self.responsible and not _BETWEEN_NAMES.isdisjoint(self.responsible):
            yield Doubt("responsible", f"写了几个人（{self.responsible}），请核对由谁具体办理")
        usual, level = self.item.level, self.level
        # provinces handle the nation's
        if usual and level is not usual and level not in (self.unit.level, Level.NATION):
            meant = f"事项表中它是{usual.value}，{self.unit.short_name}是{self.unit.level.value}单位"
            yield Doubt("level", f"写的是{level.value}，{meant}；时限随层级不同，请核对")
        if self.item.applies_to and self.project.type not in self.item.applies_to:
            meant = "、".join(each.value for each in self.item.applies_to)
            yield Doubt("item", f"事项表中它只适用于{meant}，项目却是{self.project.type.value}，请核对")

    @classmethod
    def doubts_among(cls, made: Sequence[Self]) -> Iterator[tuple[Self, Doubt]]:
        """Ask for a column of reasons where a sheet has none although some approvals are not needed."""
        idle = (each for each in made if each.state is ApprovalState.NOT_NEEDED)
        lacking = [each for each in idle if not each.reason]
        if lacking:
            words = f"表中没有这一列；有{len(lacking)}项手续的状态是“无需办理”，请加上这一列，写明理由"
            yield lacking[0], Doubt("reason", words)
