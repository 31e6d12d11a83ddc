"""The catalogue of approvals that a mechanism knows (审批事项)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from docgen.model.fields import Column, Linked, Record
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.spans import Term
from docgen.model.unit import Unit
from docgen.model.values import DayUnit, Level, ProjectType, TermBasis

STAGES: Final = ("立项用地规划许可", "工程建设许可", "施工许可", "竣工验收")
"""The four stages of the approval of building projects; a mechanism may have its own."""


class Item(Record, Linked):
    """A kind of approval with what is usual for it: approving unit, level, terms, place among others; all are data."""

    sheet: ClassVar[str] = "事项"
    title: ClassVar[str] = "审批事项目录"
    noun: ClassVar[str] = "审批事项"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("order",), ("name",))

    order: Annotated[int, Ge(1), Column("序号", "事项的次序，文件中按此排列", 6, example="1")]
    name: Annotated[str, MaxLen(40), Column("事项名称", "规范名称", 28, example="节能审查")]
    aliases: Annotated[tuple[str, ...], Column("其他称呼", "表中可能出现的其他写法，用顿号隔开", 24)] = ()
    stage: Annotated[
        str | None, MaxLen(20), Column("阶段", "在哪个阶段办理，可以另写", 12, suggestions=STAGES)
    ] = None
    applies_to: Annotated[
        tuple[ProjectType, ...], Column("适用", "政府投资、企业投资，都适用的不填", 10, example="政府投资")
    ] = ()
    unit: Annotated[
        Unit | None, Column("通常审批单位", "手续表不填审批单位时用它", 18, example="县发改委")
    ] = None
    level: Annotated[Level | None, Column("层级", "手续表不填层级时用它", 8, example="县级")] = None
    statutory_days: Annotated[
        int | None,
        Ge(0),
        Le(365),
        Column(
            "法定时限", "从受理次日起算的天数，即办的填0，没有的不填", 8, example="20", also=("法定工作日",)
        ),
    ] = None
    statutory_unit: Annotated[
        DayUnit,
        Column(
            "法定时限单位", "工作日，或日（自然日）；不填为工作日", 8, may_be_blank=True, also=("时限单位",)
        ),
    ] = DayUnit.WORKING
    promised_days: Annotated[
        int | None,
        Ge(0),
        Le(365),
        Column("承诺时限", "审批单位对外承诺的天数，即办的填0", 8, example="5", also=("承诺工作日",)),
    ] = None
    promised_unit: Annotated[
        DayUnit, Column("承诺时限单位", "工作日，或日（自然日）；不填为工作日", 8, may_be_blank=True)
    ] = DayUnit.WORKING
    uncounted: Annotated[
        str | None,
        MaxLen(100),
        Column("不计时限环节", "不计入办理时限的环节", 18, long=True, example="专家评审、公示"),
    ] = None
    after: Annotated[
        tuple[str, ...],
        Column("前置事项", "要先办结的事项名称，须在本表中，用顿号隔开", 26, example="用地预审与选址意见书"),
    ] = ()
    prerequisites: Annotated[
        tuple[str, ...], Column("主要要件", "用顿号隔开", 36, long=True, example="申请书、节能报告")
    ] = ()
    permits: Annotated[bool | None, Column("是否许可", "是：行政许可；否：备案、评估等", 7)] = None
    counted: Annotated[
        bool, Column("计入办结率", "是或否，不填为是；计算办结率时只数填“是”的", 7, may_be_blank=True)
    ] = True
    basis: Annotated[str | None, MaxLen(300), Column("依据", "法律法规名称及条款", 34, long=True)] = None
    uncertain: Annotated[
        str | None,
        MaxLen(200),
        Column("存疑", "尚未与法规或当地规定核对的，写明是哪一项", 26, long=True, example="法定时限未核对"),
    ] = None

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the name and other names."""
        return (self.name, *self.aliases)

    @property
    def statutory(self) -> Term | None:
        """Return the term that law sets; None where it sets none."""
        return None if self.statutory_days is None else Term(self.statutory_days, self.statutory_unit)

    @property
    def promised(self) -> Term | None:
        """Return the term that the approving unit promises; None where it promises none."""
        return None if self.promised_days is None else Term(self.promised_days, self.promised_unit)

    def basis_used(self, wanted: TermBasis) -> TermBasis:
        """Return which of the terms is counted with: the statutory one also where none is promised."""
        return wanted if self.promised else TermBasis.STATUTORY

    def term(self, wanted: TermBasis) -> Term | None:
        """Return the term to count with; None where there is none."""
        return self.promised if self.basis_used(wanted) is TermBasis.PROMISED else self.statutory
