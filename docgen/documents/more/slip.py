"""任务交办单: who takes charge and who helps, by when with the working days left, and where a matter comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.labels.origins import origins_of
from docgen.model.bottleneck import Bottleneck
from docgen.model.meeting import Decision
from docgen.rules.matters import helpers_of, term_of
from docgen.standard.wording.text import official_date

NONE: Final = "无"
DEFERRED: Final = "容缺要件"
"""What is asked of deferred prerequisites, as the declaration calls it."""
FIELDS: Final = dict.fromkeys(("承办", "协办", "时限", "出处"))


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 承办, 协办 and 时限 of the matters of one slip, and 出处: the meetings or questions they come from."""
    to = [each.unit for each in group.to]
    helping = (unit for each in group.things for unit in helpers_of(each) if unit not in to)
    return {
        "承办": "、".join(each.name for each in group.to),
        "协办": "、".join(dict.fromkeys(unit.short_name for unit in helping)) or NONE,
        "时限": _limits([_until(each, group, facts) for each in group.things]),
        "出处": "；".join(origins_of(group.things, facts)),
    }


def _limits(days: Sequence[str]) -> str:
    """Return the days of the matters, a line each: one for all, or which matters by their numbers (第1、3项：…)."""
    if len(set(days)) == 1:
        return days[0]
    numbered = {day: [str(place) for place, each in enumerate(days, 1) if each == day] for day in days}
    return "；\n".join(f"第{'、'.join(places)}项：{day}" for day, places in numbered.items())


def _until(thing: Any, group: Group, facts: Facts) -> str:
    """Return the day by which a matter must be done, with the working days left or late.

    Deferred prerequisites are to be handed in by the day that was promised for them, where the sheet has one.
    """
    promised = thing.deferred_until if group.variant.name == DEFERRED else None
    day = promised or _deadline(thing, facts)
    if day:
        return _by(day, facts.calendar.between(facts.today, day))
    days = group.kind.settings["补齐工作日"]
    soon = f"{official_date(facts.calendar.after(facts.today, days))}前"
    if isinstance(thing, Decision):  # as the minutes say of a decision without a day
        return f"长期坚持，{soon}先报告落实情况"
    return f"{soon}（{days}个工作日内）"


def _deadline(thing: Any, facts: Facts) -> date | None:
    return (
        term_of(thing)[1] if isinstance(thing, Bottleneck | Decision) else facts.standing(thing).deadline.day
    )


def _by(day: date, left: int) -> str:
    """Return a day with the working days left until it, negative when it is past."""
    if left < 0:
        return f"{official_date(day)}前（已超期{-left}个工作日，请即办理）"
    return f"{official_date(day)}前（剩余{left}个工作日）"
