"""Major projects on the mechanism's list (项目)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar

from annotated_types import Ge, Le, MaxLen
from pydantic import StringConstraints

from docgen.model.doubts import Doubt, doubts_on_amount
from docgen.model.fields import Column, Linked, Record
from docgen.model.member import Person
from docgen.model.unit import Unit
from docgen.model.values import ListStage, Month, ProjectState, ProjectType
from docgen.model.wording import Clause

_CODE = r"^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$"
CODE_EXAMPLE = "2601-990124-04-01-123456"


class Project(Record, Linked):
    """A major project. Investments are in 亿元."""

    sheet: ClassVar[str] = "项目"
    title: ClassVar[str] = "重大项目清单"
    noun: ClassVar[str] = "项目"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",), ("name",), ("code",))

    number: Annotated[int, Ge(1), Le(99999), Column("序号", "项目在清单中的序号，全年不变", 6, example="3")]
    name: Annotated[str, MaxLen(80), Column("项目名称", "与立项文件一致，80字以内", 30)]
    code: Annotated[
        str | None,
        StringConstraints(pattern=_CODE),
        Column("国家项目代码", "在线审批监管平台赋码，尚未赋码的不填", 15, example=CODE_EXAMPLE),
    ] = None
    type: Annotated[ProjectType, Column("项目类型", "政府投资或企业投资", 9, example="企业投资")]
    industry: Annotated[str | None, MaxLen(40), Column("行业", "如 新能源、建材", 10)] = None
    place: Annotated[str | None, MaxLen(60), Column("建设地点", "乡镇、园区及村组", 18)] = None
    total_investment: Annotated[
        Decimal | None, Ge(0), Le(100_000), Column("总投资", "单位亿元", 10, unit="亿元", example="5.2")
    ] = None
    year_investment: Annotated[
        Decimal | None,
        Ge(0),
        Le(100_000),
        Column("本年计划完成投资", "单位亿元", 10, unit="亿元", example="2"),
    ] = None
    content: Annotated[
        Clause | None, MaxLen(500), Column("建设内容及规模", "一两句话，末尾不加句号", 42, long=True)
    ] = None
    owner: Annotated[str | None, MaxLen(60), Column("项目业主", "业主单位全称", 20)] = None
    lead_unit: Annotated[Unit | None, Column("牵头单位", "须在单位表中", 13, example="县工信局")] = None
    supporting_units: Annotated[tuple[Unit, ...], Column("配合单位", "须在单位表中，用顿号隔开", 17)] = ()
    steward: Annotated[Person | None, Column("项目管家", "包联县领导姓名，须在人员表中", 10)] = None
    stage: Annotated[ListStage, Column("清单阶段", "初稿、审核稿、终稿或调出", 9, example="终稿")]
    planned_start: Annotated[
        Month | None, Column("计划开工", "年和月，决定各级手续的办理时限", 12, example="2026年9月")
    ] = None
    state: Annotated[ProjectState | None, Column("项目状态", "未开工、已开工、竣工或暂缓", 9)] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 18, long=True)] = None

    def doubts(self) -> Iterator[Doubt]:
        """Doubt an amount that was probably written in 万元, and a year's amount above the total."""
        total, year = self.total_investment, self.year_investment
        yield from doubts_on_amount("total_investment", total)
        yield from doubts_on_amount("year_investment", year)
        if total is not None and year is not None and year > total:
            yield Doubt("year_investment", f"写的是{year:f}亿元，比总投资{total:f}亿元还多，请核对")

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return number, name and national code."""
        return tuple(name for name in (str(self.number), self.name, self.code) if name)
