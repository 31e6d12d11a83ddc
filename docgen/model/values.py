"""The values that records are made of: months, levels, states and the other closed lists of the domain.

The Chinese word of a choice is its value; `also` lists other words that clerks write for it.
Investments are in 亿元 (hundred million yuan) as `Decimal`; all date ranges include both ends.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

UP: Final = "上半年"
DOWN: Final = "下半年"
_LEAP_YEAR: Final = 2024


class Choice(StrEnum):
    """A closed list of Chinese words, each of which may be written in other ways too."""

    also: tuple[str, ...]

    def __new__(cls, value: str, *also: str) -> Self:
        """Make the choice `value`, which sheets may also write as one of `also`."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.also = also
        return made

    @classmethod
    def words(cls) -> dict[str, Self]:
        """Return every accepted word with the choice it means."""
        return {word: each for each in cls for word in (each.value, *each.also)}


class Level(Choice):
    """Level of government of a unit or an approval, lowest first (层级).

    区级 is not understood: it may mean a district of a city as well as an autonomous region.
    """

    COUNTY = "县级", "县", "旗县级", "旗级", "旗县区级"
    CITY = "市级", "市", "盟市级", "盟级", "地市级"
    PROVINCE = "省级", "省", "自治区级", "自治区", "区级（自治区）", "直辖市级"
    NATION = "国家级", "国家", "部级", "中央"

    @property
    def rank(self) -> int:
        """Return 0 for county up to 3 for nation."""
        return list(Level).index(self)


class UnitRole(Choice):
    """What a unit does in the mechanism (角色)."""

    MEMBER = "成员单位", "成员"
    LEAD = "牵头单位", "牵头责任单位", "牵头"
    APPROVING = "审批单位", "审批部门", "审批"
    TASK_FORCE = "专项工作组", "工作专班"
    FOLLOW_UP = "跟进组", "审批事项跟进组"
    SUPPORTING = "配合单位", "配合"
    COMPETENT = "主管部门", "行业主管部门", "主管单位"
    REGISTERING = "立项部门", "立项单位"


class ProjectType(Choice):
    """Who pays for a project (项目类型)."""

    GOVERNMENT = "政府投资", "政府投资项目", "政府"
    ENTERPRISE = "企业投资", "企业投资项目", "企业", "社会投资"


class Nature(Choice):
    """What kind of building a project is, as lists write it (建设性质); some write the stage of the works instead."""

    NEW = "新建", "新开工"
    CONTINUED = "续建", "结转"
    EXTENDED = "扩建"
    REBUILT = "改建", "改建和技术改造", "技术改造", "技改"
    REBUILT_AND_EXTENDED = "改扩建"
    MOVED = "迁建"
    RESTORED = "恢复", "恢复重建"
    PURCHASE = "单纯购置"
    FINISHING = "竣工投产", "收尾", "计划竣工"
    PREPARATORY = "前期", "前期谋划", "预备", "储备"


class ListStage(Choice):
    """Where a project stands in the project list (清单阶段)."""

    DRAFT = "初稿"
    REVIEWED = "审核稿"
    FINAL = "终稿"
    REMOVED = "调出", "移出"


class ProjectState(Choice):
    """How far a project is (项目状态)."""

    NOT_STARTED = "未开工"
    STARTED = "已开工", "开工", "在建"
    COMPLETED = "竣工", "已竣工", "完工"
    SUSPENDED = "暂缓", "停工"


class ApprovalState(Choice):
    """How far an approval is (手续状态)."""

    NOT_SUBMITTED = "未申报", "未办理", "未启动"
    PREPARING = "组卷中", "正在组卷", "组卷", "组件中", "正在组件"
    ACCEPTED = "已受理", "受理", "办理中", "在办"
    SUPPLEMENT = "补正", "待补正"
    DONE = "办结", "已办结", "已办理", "完成"
    NOT_NEEDED = "无需办理", "不需办理", "不涉及"
    SENT_UP = "上报上级", "已上报", "已上报上级"
    REFUSED = "不予许可", "不予批准", "不予核准", "不予行政许可"

    @property
    def pending(self) -> bool:
        """Whether the unit still owes this approval: it is needed and not decided."""
        return self not in (ApprovalState.DONE, ApprovalState.NOT_NEEDED, ApprovalState.REFUSED)

    @property
    def before_submission(self) -> bool:
        """Whether nothing has been handed in yet; putting the papers together is not handing them in."""
        return self in (ApprovalState.NOT_SUBMITTED, ApprovalState.PREPARING)

    @property
    def without_permit(self) -> bool:
        """Whether no permit is to come: none is needed, or it was refused. No deadline matters then."""
        return self in (ApprovalState.NOT_NEEDED, ApprovalState.REFUSED)


class DayUnit(Choice):
    """In which days a term counts (时限单位); a law that says 日 means days of the calendar."""

    WORKING = "工作日", "个工作日"
    CALENDAR = "日", "自然日", "日历日", "天", "日历天"


class TermBasis(Choice):
    """Which term of an item the latest submission is counted back by (倒排时限)."""

    STATUTORY = "法定时限", "法定"
    PROMISED = "承诺时限", "承诺"


class Half(Choice):
    """Half-year of a project's planned start; 不限 in a rule means both (开工时段)."""

    FIRST = UP
    SECOND = DOWN
    ANY = "不限", "全部", "全年"


class StartingPoint(Choice):
    """From what a deadline rule counts (起算)."""

    FIXED_DATE = "固定日期", "日期"
    SUBMITTED = "申报之日"
    ACCEPTED = "受理之日"


class SealWording(Choice):
    """How the seal on behalf is worded at the signature (practice outside GB/T 9704)."""

    STAMPING_UNIT_LINE = "办公室、代章单位分行"
    IN_BRACKETS = "办公室（代章单位代章）"
    STAMPING_UNIT_ONLY = "仅代章单位（代章）"
    OWN_SEAL = "办公室自有印章"


class Reach(Choice):
    """Which units get documents of a kind: those of the mechanism's level and below, or all (主送范围)."""

    OWN_LEVEL = "本级及以下", "本级审批单位", "本级"
    ALL = "全部", "全部审批单位", "全部单位"


class Retention(Choice):
    """How long an archived document is kept (保管期限, DA/T 22-2015)."""

    PERMANENT = "永久"
    YEARS_30 = "30年", "三十年"
    YEARS_10 = "10年", "十年"


@dataclass(frozen=True)
class Term:
    """How long an approval may take; 0 days is decided on the spot."""

    days: int
    unit: DayUnit = DayUnit.WORKING

    @property
    def short(self) -> str:
        """Return it for a column of working days: 20, 60日, 即办."""
        if not self.days:
            return "即办"
        return f"{self.days}" if self.unit is DayUnit.WORKING else f"{self.days}日"

    def __str__(self) -> str:
        return f"{self.short}个工作日" if self.short.isdigit() else self.short


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, as in a planned start."""

    year: int
    month: int

    @property
    def half(self) -> Half:
        """Return the half-year the month lies in."""
        return Half.FIRST if self.month <= 6 else Half.SECOND

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, order=True)
class MonthDay:
    """A day of any year, as rules write it: 1月31日, 2月末. `day` 31 in a shorter month is its last day."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Return the day in a year; never past the end of the month."""
        return date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))

    def __str__(self) -> str:
        last = calendar.monthrange(_LEAP_YEAR, self.month)[1]
        return f"{self.month}月末" if self.day > last else f"{self.month}月{self.day}日"
