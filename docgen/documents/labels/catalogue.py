"""What the rules derive for approval items, and for a project's units and money, by Chinese label."""

from __future__ import annotations

from typing import Final

from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.model.fields import label_of
from docgen.model.item import Item
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import DayUnit, Level


def _statutory_days(item: Item, _facts: Facts) -> int | None:
    return item.statutory_days if item.statutory_unit is DayUnit.WORKING else None


def _statutory_words(item: Item, _facts: Facts) -> str | None:
    return str(item.statutory) if item.statutory else None


def _statutory_short(item: Item, _facts: Facts) -> str | None:
    return item.statutory.short if item.statutory else None


def _promised_words(item: Item, _facts: Facts) -> str | None:
    return str(item.promised) if item.promised else None


def _predecessors(item: Item, facts: Facts) -> tuple[Item, ...] | None:
    return facts.records.predecessors_of(item) or None


def _lead(project: Project, _facts: Facts) -> Unit | None:
    return project.lead_unit


def _leads(project: Project, _facts: Facts) -> tuple[Unit, ...] | None:
    return project.lead_units or None


def _money(project: Project, facts: Facts) -> str | None:
    """Return where the money comes from, in the words that the mechanism has for levels."""
    level = facts.mechanism.level_word
    own = {"provincial": Level.PROVINCE, "municipal": Level.CITY, "county": Level.COUNTY}
    words = (
        (f"{level(own[name])}资金" if name in own else label_of(Project, name), amount)
        for name, amount in project.money
    )
    return "、".join(f"{label}{amount.normalize():f}亿元" for label, amount in words) or None


def _years(project: Project, _facts: Facts) -> str | None:
    """Return from which year to which a project is built; only one of them where the other is open."""
    years = [each.year for each in (project.planned_start, project.planned_finish) if each]
    return f"{'—'.join(map(str, dict.fromkeys(years)))}年" if years else None


ITEM_FIELDS: Final = (
    Field("前置事项", _predecessors, Item, many=True, column="after", help="要先办结的事项"),
    Field("法定工作日", _statutory_days, int, help="法定时限按工作日计的天数；按日计的为空"),
    Field("法定时限说明", _statutory_words, str, help="20个工作日、60日或即办"),
    Field("法定时限简写", _statutory_short, str, help="窄栏用：20、60日或即办，没有单位的是工作日"),
    Field("承诺时限说明", _promised_words, str, help="5个工作日、15日或即办"),
)
PROJECT_FIELDS: Final = (
    Field("牵头单位", _lead, Unit, column="lead_units", help="有几个的，是排第一的"),
    Field("全部牵头单位", _leads, Unit, many=True, column="lead_units", help="按表中的次序，第一个主送"),
    Field("建设年限", _years, str, help="2026—2027年，按计划开工和计划竣工"),
    Field("资金来源说明", _money, str, help="句中用：中央资金0.5亿元、企业自筹1.3亿元"),
)
