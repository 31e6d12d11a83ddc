"""Terms that a mechanism's rules set for what is not an approval: lists, returns, replies, notices (规则事项)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from docgen.model.fields import Column, Record
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.spans import MonthDay
from docgen.model.together import check_given
from docgen.model.values import DayUnit, Event, TermBasis


class RuleEvent(Record):
    """What is to be done by a day of the year, or within so many days of an event, and which clause says so."""

    sheet: ClassVar[str] = "规则事项"
    title: ClassVar[str] = "规则事项时限表"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("order",), ("matter",))

    order: Annotated[int, Ge(1), Column("序号", "", 6, example="1")]
    matter: Annotated[str, MaxLen(60), Column("事项", "要做什么", 34, example="挂牌督办答复")]
    event: Annotated[
        Event, Column("起算", "从什么事起算；在每年某一天之前的填固定日期", 14, example="收到通知")
    ]
    day: Annotated[
        MonthDay | None, Column("月日", "起算为固定日期的，哪一天之前", 12, example="10月31日")
    ] = None
    term: Annotated[int | None, Ge(0), Le(365), Column("天数", "起算之日后几天；当天为0", 8, example="3")] = (
        None
    )
    days: Annotated[DayUnit, Column("天数种类", "工作日或日，不填为工作日", 10, may_be_blank=True)] = (
        DayUnit.WORKING
    )
    by_item: Annotated[
        TermBasis | None,
        Column("按事项时限", "不写天数，按事项表的法定时限或承诺时限", 12, example="承诺时限"),
    ] = None
    finish: Annotated[
        Event | None,
        Column(
            "完成标志",
            "做到哪件事算完成，按手续表、督办表逐项看是否超期；不填的不逐项看",
            12,
            example="转报",
        ),
    ] = None
    cadence: Annotated[
        str | None,
        MaxLen(10),
        Column(
            "周期",
            "每隔多久一次，只做一次的不填",
            8,
            suggestions=("日", "周", "旬", "半月", "月", "季", "年"),
        ),
    ] = None
    who: Annotated[str | None, MaxLen(60), Column("责任方", "谁来做", 18, example="牵头单位")] = None
    clause: Annotated[str | None, MaxLen(100), Column("依据条款", "设立文件的哪一条", 26)] = None
    remark: Annotated[str | None, MaxLen(300), Column("说明", "可不填", 36, long=True)] = None

    @property
    def name(self) -> str:
        """Return what is to be done, by which documents speak of it."""
        return self.matter

    def check_together(self) -> None:
        """Check that the rule says when: a day, a number of days, or the term of the item.

        Raises:
            PydanticCustomError: it says none.
        """
        if self.event and not (self.by_item and self.event is not Event.FIXED_DATE):
            needed = "day" if self.event is Event.FIXED_DATE else "term"
            check_given(self, f"起算为“{self.event.value}”的事项", needed)
