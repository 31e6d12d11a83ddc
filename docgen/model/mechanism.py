"""The mechanism itself and its rules, as the office's own sheets state them (工作机制)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Annotated, ClassVar

from pydantic_core import PydanticCustomError

from docgen.model.doubts import Doubt, doubts_on_phone
from docgen.model.fields import Column, Record, label_of
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.roles import RoleList
from docgen.model.spans import MonthDay
from docgen.model.unit import Unit
from docgen.model.values import Half, Level, SealWording, StartingPoint, TermBasis
from docgen.model.wording import DocumentTitle, NumberText, OrganName, WhoIsResponsible


class Mechanism(Record):
    """Who the mechanism is, what founded it, who seals for it, and its settings."""

    sheet: ClassVar[str] = "工作机制"
    title: ClassVar[str] = "工作机制基本情况"
    form: ClassVar[bool] = True

    name: Annotated[
        OrganName, MaxLen(60), Column("全称", "文件中写的全称", 40, example="澄湖县重大项目联审联批工作机制")
    ]
    short_name: Annotated[
        OrganName, MaxLen(30), Column("简称", "文件中可用的简称", 40, example="联审联批工作机制")
    ]
    level: Annotated[Level, Column("层级", "县级、市级或省级", 40, example="县级")]
    place: Annotated[str, MaxLen(40), Column("所在地", "", 40, example="安澜市澄湖县")]
    year: Annotated[int, Ge(2000), Le(2100), Column("年度", "四位数字", 40, example="2026")]
    office: Annotated[
        OrganName,
        MaxLen(40),
        Column("办公室全称", "发文机关标志和署名用它", 40, example="澄湖县重大项目联审联批工作机制办公室"),
    ]
    office_short: Annotated[OrganName, MaxLen(30), Column("办公室简称", "", 40, example="县联审联批办")]
    host_unit: Annotated[Unit, Column("承办单位", "办公室设在哪个单位", 40, example="县发改委")]
    stamping_unit: Annotated[
        Unit | None, Column("代章单位", "代办公室用印的单位；办公室有自己印章的不填", 40, example="县发改委")
    ] = None
    seal_wording: Annotated[
        SealWording,
        Column("署名方式", "代章文件落款的写法", 40, example=SealWording.STAMPING_UNIT_LINE.value),
    ]
    seal_diameter: Annotated[
        int,
        Ge(30),
        Le(50),
        Column("印章直径", "毫米，落款处按此留出空位", 40, unit="毫米", example="42", may_be_blank=True),
    ] = 42
    founding_title: Annotated[DocumentTitle, MaxLen(100), Column("设立文件名称", "不加书名号", 40)]
    founding_number: Annotated[
        NumberText, MaxLen(40), Column("设立文件文号", "", 40, example="澄政办发〔2025〕47号")
    ]
    founding_date: Annotated[date, Column("设立文件日期", "", 40, example="2025-09-12")]
    seal_clause: Annotated[
        str | None, MaxLen(300), Column("代章条款", "设立文件中授权代章的条款原文", 60, long=True)
    ] = None
    contact: Annotated[WhoIsResponsible, MaxLen(30), Column("联系人", "办公室联系人姓名", 40, person=True)]
    phone: Annotated[str, MaxLen(40), Column("联系电话", "办公室电话", 40)]
    room: Annotated[str | None, MaxLen(80), Column("办公地点", "", 40)] = None
    warning_days: Annotated[
        int,
        Ge(0),
        Le(60),
        Column("预警工作日", "剩余工作日不多于此数时亮黄灯", 40, example="5", may_be_blank=True),
    ] = 5
    term_basis: Annotated[
        TermBasis,
        Column(
            "倒排时限",
            "最迟申报日期按法定时限还是承诺时限倒推；按承诺时限的，事项表中没有承诺的仍按法定时限",
            40,
            example=TermBasis.STATUTORY.value,
            may_be_blank=True,
        ),
    ] = TermBasis.STATUTORY
    level_words: Annotated[
        tuple[str, ...],
        Column(
            "层级称谓",
            "各级在本地的叫法，由低到高，用顿号隔开；写几级算几级，不写的仍叫 乡镇级、县级、市级、省级、国家级",
            40,
            example="旗县级、盟市级、自治区级、国家级",
        ),
    ] = ()

    projects: Annotated[
        str,
        MaxLen(12),
        Column("项目称谓", "公文和台账里把清单中的项目叫作什么", 40, example="重点项目", may_be_blank=True),
    ] = "重大项目"
    own_heads: Annotated[
        tuple[str, ...],
        Column(
            "自定负责人",
            "机制负责人另有名称的写在这里，用顿号隔开；与其他负责人一样可以签发",
            40,
            example="总协调人、副总协调人",
        ),
    ] = ()
    own_roles: Annotated[
        tuple[str, ...],
        Column("自定职务", "机制中没有签发权的其他职务名称，用顿号隔开", 40, example="顾问、观察员"),
    ] = ()

    @property
    def role_list(self) -> RoleList:
        """Return the roles that people of this mechanism can have."""
        return RoleList(self.own_heads, self.own_roles)

    def doubts(self) -> Iterable[Doubt]:
        """Doubt a telephone number that can be none, and words for levels of which nobody knows which they mean."""
        yield from doubts_on_phone("phone", self.phone)
        placed = _level_names(self.level_words).values()
        strange = [each for each in self.level_words if each not in placed]
        if strange:
            known = "县级、旗县级、市级、盟市级、省级、自治区级、国家级、苏木乡镇级等"
            yield Doubt(
                "level_words",
                f"看不出“{'、'.join(strange)}”是哪一级，没有使用；可以写 {known}，或由低到高写四个",
            )

    def level_word(self, level: Level) -> str:
        """Return what this mechanism calls a level (自治区级 rather than 省级)."""
        return _level_names(self.level_words).get(level, level.value)


@cache
def _level_names(words: tuple[str, ...]) -> Mapping[Level, str]:
    """Return which level each word is for: by what it means; four or five words that mean nothing, by their places."""
    meant = {level: word for word in words if (level := Level.words().get(word))}
    if len(meant) == len(words):
        return meant
    levels = tuple(Level)[-len(words) :]
    return dict(zip(levels, words, strict=True)) if len(words) in (len(Level), len(Level) - 1) else meant


class DeadlineRule(Record):
    """A row of the deadline table; the first row that fits an approval gives its deadline.

    Either a day of a year, that of the planned start unless the rule names one, or working days from submission or
    acceptance.
    """

    sheet: ClassVar[str] = "时限规则"
    title: ClassVar[str] = "手续办理时限规则"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("half", "level", "start"),)

    half: Annotated[
        Half, Column("开工时段", "按项目计划开工月份：上半年、下半年或不限", 12, example="上半年")
    ]
    level: Annotated[Level | None, Column("层级", "哪一级审批的手续，不填表示各级", 10, example="县级")] = (
        None
    )
    start: Annotated[
        StartingPoint, Column("起算", "固定日期、申报之日或受理之日，不填为固定日期", 12, may_be_blank=True)
    ] = StartingPoint.FIXED_DATE
    day: Annotated[
        MonthDay | None, Column("办结时限", "月和日，如 1月31日、2月末", 14, example="1月31日")
    ] = None
    year: Annotated[
        int | None,
        Ge(2000),
        Le(2100),
        Column("年份", "固定日期在哪一年；不填的按项目计划开工的年份", 8, example="2026"),
    ] = None
    working_days: Annotated[
        int | None, Ge(1), Le(365), Column("工作日数", "自起算之日次日起的工作日数", 12)
    ] = None

    def check_together(self) -> None:
        """Check that the rule says when: a day, or working days.

        Raises:
            PydanticCustomError: it says neither.
        """
        fixed = self.start is StartingPoint.FIXED_DATE
        needed = "day" if fixed else "working_days"
        if getattr(self, needed) is None:
            expected = f"起算为“{self.start.value}”的规则的{label_of(DeadlineRule, needed)}"
            raise PydanticCustomError("needed", "{expected}", {"field": needed, "expected": expected})


class Holiday(Record):
    """A day that the office counts otherwise than the official schedule does (节假日)."""

    sheet: ClassVar[str] = "节假日"
    title: ClassVar[str] = "节假日调整"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("day",),)

    day: Annotated[date, Column("日期", "一行一天", 14, example="2027-02-11")]
    working: Annotated[bool, Column("是否上班", "是：调休上班；否：放假", 12, example="否")]
    remark: Annotated[str | None, Column("说明", "如 春节放假", 24)] = None
