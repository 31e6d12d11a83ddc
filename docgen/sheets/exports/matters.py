"""Ledgers of bottlenecks, major matters, supervised matters, meetings' decisions and returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final

from docgen.model.bottleneck import Bottleneck
from docgen.model.meeting import Decision
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.values import BottleneckState, Level
from docgen.sheets.exports.frame import Col, Facts, Ledger, amount, day, names, short, words
from docgen.sheets.writing.tables import Value

_STATES: Final = ("新增", "推进中", "已销号")
"""The three lists that a ledger of bottlenecks is kept as."""


def _list_of(bottleneck: Bottleneck, _: Facts | None = None) -> str:
    if bottleneck.state is BottleneckState.CLOSED:
        return "已销号"
    return "新增" if bottleneck.state is BottleneckState.NEW else "推进中"


def _bottlenecks(facts: Facts) -> Iterable[Bottleneck]:
    """Return all bottlenecks, list by list, the oldest first."""
    found = facts.records.of(Bottleneck)
    return sorted(found, key=lambda each: (_STATES.index(_list_of(each)), each.raised, each.number))


def _about(each: Any, _facts: Facts) -> Value:
    return each.project.name if each.project else "各项目"


BOTTLENECKS: Final = Ledger(
    "{year}年{projects}堵点难点问题台账",
    _bottlenecks,
    (
        words("number", "编号", 6, centred=True),
        Col("项目", 12, _about),
        words("question", "问题", 18),
        words("kind", "类别", 3, centred=True),
        words("raised_by", "提出单位", 7),
        day("raised", "提出日期"),
        Col("需协调层级", 4, lambda each, facts: facts.level(each.level), centred=True),
        words("departments", "需协调部门", 8),
        words("measure", "措施", 14),
        words("coordinator", "协调领导", 4, centred=True),
        Col("责任单位", 7, lambda each, _: short(each.unit)),
        words("responsible", "责任人", 4, centred=True),
        day("deadline", "完成时限"),
        words("progress", "进展", 18),
        day("closed", "销号日期"),
        words("closed_by", "销号人", 4, centred=True),
    ),
    _list_of,
    below=("注：问题由提出单位填写，进展由责任单位填写，办公室核实后销号。",),
    counted="个",
    empty="没有登记的问题",
)


def _major(facts: Facts) -> Iterable[Bottleneck]:
    """Return the open questions that the province or the nation has to help with, by project and age."""
    high = (Level.PROVINCE, Level.NATION)
    found = [each for each in facts.records.of(Bottleneck) if each.state.is_open and each.level in high]
    return sorted(found, key=lambda each: (each.project.number if each.project else 0, each.raised))


def _of_project(name: str, head: str) -> Col:
    plain = amount(name, head, 6)
    return Col(
        head, 6, lambda each, _: getattr(each.project, name) if each.project else None, centred=True,
        format=plain.format,
    )  # fmt: skip


MAJOR: Final = Ledger(
    "需上级协调解决的重大事项清单",
    _major,
    (
        Col("项目名称", 14, _about),
        _of_project("total_investment", "总投资（亿元）"),
        _of_project("year_investment", "本年计划完成投资（亿元）"),
        Col("项目进展", 14, lambda each, _: each.project.progress if each.project else None),
        words("raised_by", "提出问题的地区（部门）", 8),
        words("question", "需协调解决的堵点（直接写问题，不写背景）", 20),
        words("departments", "需协调的国家、省级部门", 10),
        Col("责任部门", 8, lambda each, _: short(each.unit)),
    ),
    counted="个",
    empty="没有需要省级以上协调的问题",
)
"""Mechanism C, 附件3, with its columns and their order; one that says 自治区 heads them so (`catalogue.py`)."""


def _supervised(facts: Facts) -> Iterable[Supervision]:
    return sorted(
        facts.records.of(Supervision), key=lambda each: (not each.state.is_open, each.issued, each.number)
    )


SUPERVISION: Final = Ledger(
    "{year}年{projects}督办台账",
    _supervised,
    (
        words("number", "编号", 8, centred=True),
        words("kind", "督办方式", 4, centred=True),
        words("source", "来源", 5),
        words("matter", "督办事项", 16),
        day("issued", "下发日期"),
        Col("办理时限", 6, lambda each, _: each.due, centred=True, format="yyyy-mm-dd"),
        Col("承办单位", 7, lambda each, _: short(each.unit)),
        Col("协办单位", 7, lambda each, _: names(each.supporting_units)),
        words("leader", "责任领导", 4, centred=True),
        words("reply_person", "责任人", 4, centred=True),
        words("progress", "进展", 16),
        day("replied", "反馈日期"),
        words("state", "状态", 4, centred=True),
        Col("延期", 9, lambda each, _: _extension(each)),
        day("confirmed", "确认日期"),
    ),
    lambda each, _: "办理中" if each.state.is_open else "已确认和解除",
    below=("注：办结以办公室确认为准。",),
    counted="件",
    empty="没有督办事项",
)


def _extension(each: Supervision) -> str | None:
    if each.extended_to is None:
        return None
    return f"延至{each.extended_to.month}月{each.extended_to.day}日：{each.extension_reason or ''}"


DECISIONS: Final = Ledger(
    "{year}年会议议定事项落实台账",
    lambda facts: facts.records.of(Decision),
    (
        words("decided", "议定事项", 24),
        words("leader", "牵头领导", 4, centred=True),
        Col("责任单位", 8, lambda each, _: short(each.unit)),
        Col("配合单位", 9, lambda each, _: names(each.supporting_units)),
        words("responsible", "责任人", 4, centred=True),
        day("deadline", "完成时限"),
        words("progress", "落实情况", 18),
        words("state", "状态", 4, centred=True),
        day("done", "落实日期"),
    ),
    lambda each, _: _meeting(each),
    below=(),
    empty="没有会议议定事项",
    sealed=False,
)


def _meeting(decision: Decision) -> str:
    held = decision.meeting
    return f"{held.name}，{held.day.month}月{held.day.day}日" if held.day else held.name


def _returns(facts: Facts) -> Iterable[tuple[str, list[Return]]]:
    """Return what each unit owes, in the order of the units."""
    order = sorted(facts.records.of(Return), key=lambda each: (each.unit.order, each.due))
    return ((name, list(found)) for name, found in groupby(order, key=lambda each: each.unit.short_name))


def _came(each: Return, today: date) -> bool:
    """Whether a return was there on the day of the statistics; what came later does not count yet."""
    return each.returned is not None and each.returned <= today


def _due(each: Return, today: date) -> bool:
    return each.due <= today or _came(each, today)


def _late(each: Return, today: date) -> bool:
    return _came(each, today) and each.returned is not None and each.returned > each.due


def _owing(each: Return, today: date) -> bool:
    return not _came(each, today) and each.due < today


def _counted(head: str, how: Callable[[Return, date], bool]) -> Col:
    return Col(
        head, 4, lambda row, facts: sum(how(each, facts.today) for each in row[1]), centred=True, total=True
    )


def _last(row: tuple[str, list[Return]], facts: Facts) -> date | None:
    found = (each.returned for each in row[1] if _came(each, facts.today))
    return max((each for each in found if each), default=None)


RETURNS: Final = Ledger(
    "{year}年各单位报送情况统计表",
    _returns,
    (
        Col("单位", 12, lambda row, _: row[0]),
        _counted("应报", _due),
        _counted("已报", _came),
        _counted("其中迟报", _late),
        _counted("逾期未报", _owing),
        Col("最近报送日期", 8, _last, centred=True, format="yyyy-mm-dd"),
        Col("未报的期和事项", 30, lambda row, facts: _missing(row[1], facts)),
    ),
    below=(),
    paper="A4",
    counted="个单位",
    empty="没有报送要求",
    sealed=False,
)


def _missing(rows: list[Return], facts: Facts) -> str | None:
    late = [f"{each.period}{each.matter}" for each in rows if _owing(each, facts.today)]
    return "、".join(late) or None
