"""What units are to return each period, and when they did (报送)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from docgen.model.fields import Column, Record
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.spans import PeriodName
from docgen.model.unit import Unit


class Return(Record):
    """One thing that a unit returns for a period. Whether it is late or missing follows from the two dates."""

    sheet: ClassVar[str] = "报送"
    title: ClassVar[str] = "报送情况统计表"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("unit", "period", "matter"),)

    unit: Annotated[Unit, Column("单位", "须在单位表中", 18, example="县水利局")]
    period: Annotated[PeriodName, Column("期", "哪一期，写上年份", 16, example="2026年3月上旬")]
    matter: Annotated[
        str,
        MaxLen(40),
        Column(
            "报送事项",
            "报什么表或材料",
            22,
            example="前期手续台账",
            suggestions=("前期手续台账", "堵点难点问题台账", "工作进展情况", "名单反馈表"),
        ),
    ]
    due: Annotated[date, Column("应报日期", "", 12, example="2026-03-10")]
    returned: Annotated[date | None, Column("报送日期", "还没有报的不填", 12)] = None
    nil: Annotated[bool | None, Column("是否零报告", "没有内容也报了的填是", 10)] = None
    rounds: Annotated[int | None, Ge(0), Le(99), Column("退回次数", "退回修改过几次，没有退回的不填", 9)] = (
        None
    )
    remark: Annotated[str | None, MaxLen(300), Column("说明", "迟报、未报的原因等", 36, long=True)] = None

    @property
    def name(self) -> str:
        """Return whose it is, of which period and what, by which documents speak of it."""
        return f"{self.unit.short_name}{self.period}{self.matter}"
