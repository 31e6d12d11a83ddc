"""任务交办单: who takes charge and who helps, and by when, the working days that are left counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.group import Group
from docgen.model.approval import Approval
from docgen.standard.wording.text import official_date

NONE: Final = "无"
DEFERRED: Final = "容缺要件"
"""What is asked of deferred prerequisites, as the declaration calls it."""
FIELDS: Final = dict.fromkeys(("承办", "协办", "时限"))


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 承办, 协办 and 时限 of the matters of one slip."""
    approvals: tuple[Approval, ...] = group.things
    helping = dict.fromkeys(
        unit.short_name
        for each in approvals
        for unit in each.project.supporting_units
        if unit is not each.unit
    )
    return {
        "承办": "、".join(each.name for each in group.to),
        "协办": "、".join(helping) or NONE,
        "时限": _limits([_until(each, group, facts) for each in approvals]),
    }


def _limits(days: Sequence[str]) -> str:
    """Return the days of the matters, a line each: one for all, or which matters by their numbers (第1、3项：…)."""
    if len(set(days)) == 1:
        return days[0]
    numbered = {day: [str(place) for place, each in enumerate(days, 1) if each == day] for day in days}
    return "；\n".join(f"第{'、'.join(places)}项：{day}" for day, places in numbered.items())


def _until(approval: Approval, group: Group, facts: Facts) -> str:
    """Return the day by which a matter must be done, with the working days left or late.

    Deferred prerequisites are to be handed in by the day that was promised for them, where the sheet has one.
    """
    promised = approval.deferred_until if group.variant.name == DEFERRED else None
    if promised:
        return _by(promised, facts.calendar.between(facts.today, promised))
    standing = facts.standing(approval)
    day = standing.deadline.day
    if day is None:
        due = facts.calendar.after(facts.today, group.kind.settings["补齐工作日"])
        return f"{official_date(due)}前（{group.kind.settings['补齐工作日']}个工作日内）"
    return _by(day, standing.left or 0)


def _by(day: date, left: int) -> str:
    """Return a day with the working days left until it, negative when it is past."""
    if left < 0:
        return f"{official_date(day)}前（已超期{-left}个工作日，请即办理）"
    return f"{official_date(day)}前（剩余{left}个工作日）"
