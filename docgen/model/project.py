"""Major projects on the mechanism's list (项目)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar, Final, Self

from docgen.model.doubts import (
    Doubt,
    doubts_far_from_others,
    doubts_on_amount,
    doubts_on_contact,
    doubts_on_phone,
)
from docgen.model.fields import ANSWER, Column, Linked, Record, fields_of, label_of
from docgen.model.limits import Ge, Le, Matches, MaxLen
from docgen.model.member import Person
from docgen.model.spans import Month
from docgen.model.unit import Unit
from docgen.model.values import Level, ListStage, Nature, ProjectState, ProjectType
from docgen.model.wording import Clause, NumberText, WhoIsResponsible

_CODE = r"^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$"
CODE_EXAMPLE = "2601-990124-04-01-123456"
_YI: Final = "亿元"
_SIGNS: Final = frozenset("★☆▲△●○◆◇■□※＊*")
"""Signs that lists put before names, explained in a note below them."""
_Amount = Annotated[Decimal | None, Ge(0), Le(100_000)]


def _money(label: str, said: str, example: str = "", also: tuple[str, ...] = ()) -> Column:
    return Column(label, said, 10, unit=_YI, example=example, also=also)


class Project(Record, Linked):
    """A major project. Investments are in 亿元.

    Several units may lead: the first is the one that documents address and name as 牵头单位.
    """

    sheet: ClassVar[str] = "项目"
    title: ClassVar[str] = "项目清单"
    noun: ClassVar[str] = "项目"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("number",), ("name",), ("code",))
    sections: ClassVar[tuple[str, ...]] = ("nature", "district", "industry")
    funds: ClassVar[tuple[str, ...]] = (
        "central", "provincial", "municipal", "county", "bonds", "loans", "own", "other_funds",
    )  # fmt: skip
    """The columns of where the money comes from, in their order."""

    number: Annotated[int, Ge(1), Le(99999), Column("序号", "项目在清单中的序号，全年不变", 6, example="3")]
    name: Annotated[str, MaxLen(80), Column("项目名称", "与立项文件一致，80字以内", 30)]
    code: Annotated[
        str | None,
        Matches(_CODE),
        Column(
            "国家项目代码",
            "在线审批监管平台赋码，尚未赋码的不填",
            15,
            example=CODE_EXAMPLE,
            also=("项目代码",),
        ),
    ] = None
    type: Annotated[ProjectType, Column("项目类型", "政府投资或企业投资", 9, example="企业投资")]
    industry: Annotated[str | None, MaxLen(40), Column("行业", "如 新能源、建材", 9, also=("所属行业",))] = (
        None
    )
    nature: Annotated[
        Nature | None, Column("建设性质", "新建、续建、改扩建等，按本年清单的分类", 9, example="新建")
    ] = None
    rank: Annotated[Level | None, Column("项目级别", "列入哪一级的重点项目清单", 8, example="县级")] = None
    district: Annotated[
        str | None,
        MaxLen(40),
        Column(
            "所属县区",
            "项目所在的县、市、区或旗",
            9,
            also=("所属旗县", "所属旗县区", "所属旗县市区", "所属县市区", "旗县", "旗县区", "县区"),
        ),
    ] = None
    place: Annotated[str | None, MaxLen(60), Column("建设地点", "乡镇、园区及村组", 18)] = None
    land: Annotated[
        Decimal | None, Ge(0), Le(1_000_000), Column("用地", "单位亩", 9, unit="亩", example="126")
    ] = None
    total_investment: Annotated[_Amount, _money("总投资", "单位亿元", "5.2")] = None
    invested_before: Annotated[
        _Amount,
        _money(
            "上年底累计完成投资",
            "开工到上年底，单位亿元",
            also=("截至上年底累计完成投资", "截至上年底完成投资"),
        ),
    ] = None
    year_investment: Annotated[
        _Amount, _money("本年计划完成投资", "单位亿元", "2", also=("本年计划投资", "年度计划投资"))
    ] = None
    invested_this_year: Annotated[
        _Amount, _money("本年累计完成投资", "1月到填表时，单位亿元", also=("本年完成投资",))
    ] = None
    invested: Annotated[
        _Amount, _money("开工以来累计完成投资", "不少于上年底累计，单位亿元", also=("累计完成投资",))
    ] = None
    content: Annotated[
        Clause | None, MaxLen(500), Column("建设内容及规模", "一两句话，末尾不加句号", 42, long=True)
    ] = None
    year_content: Annotated[
        Clause | None,
        MaxLen(300),
        Column("本年建设内容", "本年要建成什么，末尾不加句号", 26, long=True, also=("本年主要建设内容",)),
    ] = None
    progress: Annotated[
        Clause | None,
        MaxLen(300),
        Column("形象进度", "现在建到什么程度，末尾不加句号", 26, long=True, also=("目前形象进度",)),
    ] = None
    central: Annotated[_Amount, _money("中央资金", "资金来源，单位亿元")] = None
    provincial: Annotated[
        _Amount, _money("省级资金", "资金来源，单位亿元", also=("省资金", "自治区资金", "自治区级资金"))
    ] = None
    municipal: Annotated[
        _Amount, _money("市级资金", "资金来源，单位亿元", also=("市资金", "盟市资金", "盟市级资金"))
    ] = None
    county: Annotated[
        _Amount, _money("县级资金", "资金来源，单位亿元", also=("县资金", "旗县资金", "旗县级资金"))
    ] = None
    bonds: Annotated[
        _Amount, _money("专项债", "资金来源，单位亿元", also=("地方政府专项债券", "专项债券"))
    ] = None
    loans: Annotated[_Amount, _money("银行贷款", "资金来源，单位亿元")] = None
    own: Annotated[_Amount, _money("企业自筹", "资金来源，单位亿元", also=("自筹资金", "企业自筹资金"))] = (
        None
    )
    other_funds: Annotated[_Amount, _money("其他资金", "资金来源，单位亿元")] = None
    owner: Annotated[str | None, MaxLen(60), Column("项目业主", "业主单位全称", 20, also=("项目单位",))] = (
        None
    )
    owner_contact: Annotated[
        WhoIsResponsible | None, MaxLen(30), Column("业主联系人", "姓名", 9, person=True)
    ] = None
    owner_phone: Annotated[str | None, MaxLen(40), Column("业主电话", "业主联系人的电话", 14)] = None
    lead_units: Annotated[
        tuple[Unit, ...],
        Column("牵头单位", "须在单位表中；有几个的用顿号隔开，排第一的主送", 13, example="县工信局"),
    ] = ()
    supporting_units: Annotated[tuple[Unit, ...], Column("配合单位", "须在单位表中，用顿号隔开", 17)] = ()
    competent_unit: Annotated[Unit | None, Column("主管部门", "行业主管部门，须在单位表中", 12)] = None
    registering_unit: Annotated[
        Unit | None, Column("立项部门", "审批、核准或备案的部门，须在单位表中", 12)
    ] = None
    agents: Annotated[
        tuple[Unit, ...],
        Column("代办单位", "帮办、代办手续的单位，须在单位表中，用顿号隔开", 13, also=("服务单位",)),
    ] = ()
    registration: Annotated[
        NumberText | None, MaxLen(60), Column("立项文号", "审批、核准或备案文件的文号", 16)
    ] = None
    steward: Annotated[Person | None, Column("项目管家", "包联县领导姓名，须在人员表中", 10)] = None
    stage: Annotated[ListStage, Column("清单阶段", "初稿、审核稿、终稿或调出", 9, example="终稿")]
    planned_start: Annotated[
        Month | None,
        Column(
            "计划开工",
            "年和月，决定各级手续的办理时限",
            11,
            example="2026年9月",
            also=("计划开工时间", "计划开工年月"),
        ),
    ] = None
    planned_finish: Annotated[
        Month | None,
        Column("计划竣工", "年和月", 11, example="2027年10月", also=("计划竣工时间", "计划竣工年月")),
    ] = None
    state: Annotated[ProjectState | None, Column("项目状态", "未开工、已开工、竣工或暂缓", 9)] = None
    in_statistics: Annotated[
        bool | None, Column("是否入库纳统", "是或否", 8, also=("入库纳统", "是否纳统", "是否入统"))
    ] = None
    checked: Annotated[
        str | None,
        MaxLen(300),
        Column(ANSWER, "检查时问到的数据核对无误的，在这里写明，就不再问", 16, long=True),
    ] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 18, long=True)] = None

    def doubts(self) -> Iterator[Doubt]:
        """Doubt a sign before the name, amounts in 万元, sums above the total, a number that is no telephone's."""
        if self.name[:1] in _SIGNS:
            words = f"前面有“{self.name[0]}”，会照样写进公文；是标记的请去掉，写在备注等栏"
            yield Doubt("name", words)
        for name in amounts():
            yield from doubts_on_amount(name, getattr(self, name))
        yield from self._above_total()
        yield from self._less_than_before()
        yield from doubts_on_contact("owner_contact", self.owner_contact, label_of(Project, "owner_phone"))
        yield from doubts_on_phone("owner_phone", self.owner_phone)
        start, finish = self.planned_start, self.planned_finish
        if start and finish and finish < start:
            yield Doubt("planned_finish", f"写的是{finish}，比计划开工{start}还早，请核对")

    def _above_total(self) -> Iterator[Doubt]:
        total = self.total_investment
        if total is None:
            return
        for name in ("invested_before", "year_investment", "invested_this_year", "invested"):
            amount = getattr(self, name)
            if amount is not None and amount > total:
                yield Doubt(name, f"写的是{amount:f}亿元，比总投资{total:f}亿元还多，请核对")
        funds = sum((amount for _, amount in self.money), Decimal(0))
        if funds > total:
            yield Doubt("total_investment", f"写的是{total:f}亿元，各项资金来源合计却是{funds:f}亿元，请核对")

    def _less_than_before(self) -> Iterator[Doubt]:
        now = self.invested
        for name in ("invested_before", "invested_this_year"):
            part = getattr(self, name)
            if now is not None and part is not None and now < part:
                yield Doubt(
                    "invested", f"写的是{now:f}亿元，比{label_of(Project, name)}{part:f}亿元还少，请核对"
                )

    @classmethod
    def doubts_among(cls, made: Sequence[Self]) -> Iterable[tuple[Self, Doubt]]:
        """Doubt amounts that are out of all proportion to those of the other projects."""
        for name in amounts():
            yield from doubts_far_from_others(name, [(each, getattr(each, name)) for each in made])

    @property
    def lead_unit(self) -> Unit | None:
        """Return the first of the units that lead: the one that documents address."""
        return self.lead_units[0] if self.lead_units else None

    @property
    def money(self) -> tuple[tuple[str, Decimal], ...]:
        """Return where the money comes from: the English name of each column that is filled, and 亿元."""
        given = ((name, getattr(self, name)) for name in self.funds)
        return tuple((name, amount) for name, amount in given if amount)

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return number, name and national code."""
        return tuple(name for name in (str(self.number), self.name, self.code) if name)


@cache
def amounts() -> tuple[str, ...]:
    """Return the English names of a project's columns in 亿元."""
    return tuple(each.name for each in fields_of(Project) if each.column.unit == _YI)
