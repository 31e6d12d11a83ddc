"""Who is ranked by completion rate, and who is called to account (考核规则)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic_core import PydanticCustomError

from docgen.model.fields import Column, Record
from docgen.model.limits import Ge, Le, MaxLen, Tidied
from docgen.model.together import refuse
from docgen.model.values import Choice, Level, Nature


class RankedBy(Choice):
    """What is ranked by its completion rate (考核分组)."""

    DISTRICT = "所在地区", "旗县", "县区", "地区"
    LEAD = "牵头单位", "牵头部门", "主管部门"
    APPROVING = "审批单位", "审批部门"

    @property
    def one(self) -> str:
        """Return what one of those ranked is called: 地区, or 单位."""
        return "地区" if self is RankedBy.DISTRICT else "单位"


class RateBasis(Choice):
    """What a completion rate counts (口径)."""

    PROJECT = "以项目计", "项目"
    APPROVAL = "以手续计", "手续"


def _in_percent(value: Any) -> Any:
    """Return a percentage; a share is none, as spreadsheet programs keep of what is typed as 85%.

    Raises:
        PydanticCustomError: it is more than 0 and not more than 1.
    """
    if isinstance(value, Decimal) and 0 < value <= 1:
        meant = f"{(value * 100).normalize():f}"
        said = (
            f"百分数，如 85（在表格软件里写成 85% 的，存的是 0.85：请把单元格格式改为“常规”，再填 {meant}）"
        )
        raise PydanticCustomError("spelling", "{expected}", {"expected": said})
    return value


class RankRule(Record):
    """One ranking: groups rank apart, each by its own basis, target and number of last places."""

    sheet: ClassVar[str] = "考核规则"
    title: ClassVar[str] = "办结率考核规则"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("ranked", "basis", "nature", "level"),)

    ranked: Annotated[
        RankedBy, Column("分组", "给谁排名：所在地区、牵头单位或审批单位", 12, example="牵头单位")
    ]
    basis: Annotated[RateBasis, Column("口径", "以项目计或以手续计", 12, example="以项目计")]
    nature: Annotated[
        Nature | None, Column("建设性质", "只排这一类项目，如 新建；不填为全部", 12, example="新建")
    ] = None
    level: Annotated[
        Level | None,
        Column(
            "层级", "只排这一级的单位；不填的，本级和下级单位一起排。按所在地区排的不填", 10, example="县级"
        ),
    ] = None
    target: Annotated[
        Decimal | None,
        Tidied(_in_percent),
        Ge(0),
        Le(100),
        Column("目标办结率", "百分数，达到的不约谈；不填的全部办结才不约谈", 12, unit="%", example="70"),
    ] = None
    last: Annotated[
        int | None,
        Ge(0),
        Le(99),
        Column("约谈末位", "没有达到目标的最后几位通报批评、约谈，并列的都算；不约谈的不填", 12, example="2"),
    ] = None
    praised: Annotated[
        int | None,
        Ge(0),
        Le(99),
        Column("表扬首位", "达到目标办结率的前几位通报表扬，并列的都算；不表扬的不填", 12, example="1"),
    ] = None
    exempt: Annotated[
        tuple[str, ...],
        Column(
            "免约谈", "因不可抗力等同意不约谈的单位或地区，用顿号隔开，理由写在说明里", 20, example="县林草局"
        ),
    ] = ()
    remark: Annotated[str | None, MaxLen(300), Column("说明", "可不填", 40, long=True)] = None

    def check_together(self) -> None:
        """Check that districts, which are of no level, are not limited to one.

        Raises:
            PydanticCustomError: they are.
        """
        if self.ranked is RankedBy.DISTRICT and self.level:
            refuse("together", "level", "空白：按所在地区排名的不分层级")

    @property
    def name(self) -> str:
        """Return whom the rule ranks and by what: 审批单位（以手续计，新建项目）."""
        return self.called(self.level.value if self.level else "")

    def called(self, level: str) -> str:
        """Return its name as documents speak of it, with the mechanism's own word for its level.

        Args:
            level: that word, as 旗县级; empty for a rule of all levels.
        """
        nature = f"{self.nature.value}项目" if self.nature else ""
        limits = "，".join(filter(None, (level, self.basis.value, nature)))
        return f"{self.ranked.value}（{limits}）"
