"""催办函: how many of its matters are late and how many come due, and by which documents they were handed over."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.group import Group
from docgen.rules.deadlines import Light

HANDED_OVER: Final = ("告知函", "任务交办单")
FIELDS: Final = dict.fromkeys(("超期数", "临期数", "提前工作日", "告知情况"))


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 超期数, 临期数, 提前工作日, and in 告知情况 the documents that handed the matters over."""
    late = sum(facts.standing(each).light is Light.RED for each in group.things)
    papers = [paper for thing in group.things for paper in facts.papers_about(thing, HANDED_OVER)]
    named = {paper.number: f"{paper.kind}（{paper.number}）" for paper in papers}
    return {
        "超期数": late,
        "临期数": len(group.things) - late,
        "提前工作日": group.kind.settings["提前工作日"],
        "告知情况": "、".join(named.values()),
    }
