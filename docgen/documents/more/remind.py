"""催办函: how many of its matters are late and how many come due, and by which documents the unit was told of which."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.labels.reminded import last_reminder
from docgen.documents.labels.told import HANDED_OVER, SAID, said_before
from docgen.model.approval import Approval
from docgen.rules.deadlines import Light

FIELDS: Final = {
    **dict.fromkeys(("超期数", "临期数", "提前工作日", "告知情况", "未复")),
    "前函": SAID,
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 超期数, 临期数, 提前工作日, and in 前函 what the unit was told of the matters before.

    告知情况, the documents that handed over any of them, is for templates that offices edited before there was 前函.
    """
    told = (each for each in facts.issued.about(group.things) if each.kind in HANDED_OVER)
    late = sum(_is_late(each, facts) for each in group.things)
    return {
        "超期数": late,
        "临期数": len(group.things) - late,
        "提前工作日": group.kind.settings["提前工作日"],
        "告知情况": "、".join(f"{each.kind}（{each.number}）" for each in told),
        "前函": list(said_before(group.things, facts)),
        "未复": all(_is_unanswered(each, group, facts) for each in group.things),
    }


def _is_late(thing: Any, facts: Facts) -> bool:
    """Whether an approval is late; a supervised matter is only urged because its answer is."""
    return facts.standing(thing).light is Light.RED if isinstance(thing, Approval) else True


def _is_unanswered(thing: Any, group: Group, facts: Facts) -> bool:
    """Whether the day of reply that the last reminder of a matter set has passed without an answer."""
    last = last_reminder(thing, facts)
    days = group.kind.settings["答复工作日"]
    return (
        last is not None and not last.answered and facts.calendar.between(last.paper.day, facts.today) > days
    )
