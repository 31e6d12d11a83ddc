"""Which record types a workspace has: those that docgen knows, and those that the workspace declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.body import StandingBody
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange, RosterChange
from docgen.model.charge import Charge
from docgen.model.fields import Linked, Record
from docgen.model.item import Item
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import DeadlineRule, Holiday, Mechanism
from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member, Person
from docgen.model.project import Project
from docgen.model.rank_rule import RankRule
from docgen.model.returned import Return
from docgen.model.rule_event import RuleEvent
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit

RESERVED: Final = frozenset(
    ("本项", "各项", "份数", "机制", "设置", "今天", "标题", "附件", "层次", "已发公文")
)  # fmt: skip
"""Names that documents use themselves: no column that a workspace adds may have them."""

_OF_MATTERS: Final = frozenset(("亮灯", "剩余工作日", "超期工作日"))
DERIVED: Final[Mapping[str, Collection[str]]] = {
    Approval.sheet: frozenset(
        ("亮灯", "办理时限", "办理时限简写", "最迟申报", "最迟申报简写", "剩余工作日", "超期工作日", "办理情况",
         "时限要求", "待办", "前置未办结", "建议处置", "容缺超期工作日", "上次催办", "上次催办距今", "催办已答复",
         "挂牌督办中")
    ),
    Project.sheet: frozenset(("手续", "待办手续", "代码说明", "工期说明", "过了计划开工", "全部牵头单位",
         "资金来源说明", "建设年限")),
    Bottleneck.sheet: _OF_MATTERS | {"挂牌督办中", "手续已办结"},
    Decision.sheet: _OF_MATTERS,
    Meeting.sheet: frozenset(("星期", "议定事项")),
    Supervision.sheet: _OF_MATTERS | {"到期日", "逾期未答复", "答复超期工作日"},
    Return.sheet: _OF_MATTERS | {"是否迟报", "逾期未报"},
    Mechanism.sheet: frozenset(("本级政府", "办公室主任")),
    RosterChange.sheet: frozenset(("列入名单",)),
    ListChange.sheet: frozenset(("在管领导", "分管相符", "同意情况", "分管核对")),
    Item.sheet: frozenset(("法定工作日", "法定时限说明", "法定时限简写", "承诺时限说明")),
}  # fmt: skip
"""By sheet the fields that docgen computes: a column of the same name would stand beside the computed one."""


@dataclass(frozen=True)
class Schema:
    """The record types of a workspace, in an order in which each comes after those it links to.

    Args:
        types: the record types.
        derived: by sheet, labels of fields that are computed and that no added column may have.
        reserved: labels that no added column of any sheet may have.
    """

    types: tuple[type[Record], ...]
    derived: Mapping[str, Collection[str]] = field(default_factory=dict, compare=False)
    reserved: Collection[str] = field(default=RESERVED, compare=False)

    @cached_property
    def _by_sheet(self) -> Mapping[str, type[Record]]:
        return {each.sheet: each for each in self.types}

    def sheet(self, name: str) -> type[Record] | None:
        """Return the record type of a sheet; None when there is no such sheet."""
        return self._by_sheet.get(name)

    def includes(self, types: Iterable[type[Record]]) -> bool:
        """Whether all of some types are types of this schema."""
        return set(types) <= set(self.types)

    @property
    def own(self) -> tuple[type[Record], ...]:
        """Return the types that the workspace declares itself."""
        return tuple(each for each in self.types if each not in BUILT_IN.types)

    def linkable(self) -> Mapping[str, type[Linked]]:
        """Return by sheet what records of other sheets can link to; the sheet of people gives people."""
        found: dict[str, type[Linked]] = {each.sheet: each for each in self.types if issubclass(each, Linked)}
        return {**found, Member.sheet: Person} if Member in self.types else found

    def refused(self, sheet: str) -> Collection[str]:
        """Return the labels that a column added to a sheet may not have."""
        return {*self.reserved, *self.derived.get(sheet, ())}

    def with_own(self, types: Iterable[type[Record]]) -> Schema:
        """Return the schema with the types of a workspace, each after those it links to."""
        return Schema((*self.types, *types), self.derived, self.reserved)


BUILT_IN: Final = Schema(
    (
        *(Unit, Member, Mechanism, KindRow, KindSetting, DeadlineRule, Holiday, RankRule, RuleEvent),
        *(Item, Project, Approval),
        *(Bottleneck, Meeting, Decision, Supervision, Return, StandingBody, Charge, RosterChange, ListChange),
    ),
    DERIVED,
)  # fmt: skip
"""The record types that every workspace has."""
