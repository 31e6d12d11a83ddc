"""约谈纪要: who was called to the talk; the others of its units took part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.model.meeting import Meeting
from docgen.model.unit import Unit

NOTICE: Final = "约谈通知"
FIELDS: Final = {"被约谈单位": [Unit], "参加单位": [Unit]}
_LONGEST: Final = timedelta(days=60)
"""A notice is of this talk when it was dated in so many days before; of an earlier talk otherwise."""


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 被约谈单位 and 参加单位, both in the order of the list of units."""
    (meeting,) = group.things
    units = sorted(meeting.units, key=lambda each: each.order)
    called = _called(meeting, units, facts)
    return {"被约谈单位": called, "参加单位": [each for each in units if each not in called]}


def _called(meeting: Meeting, units: Sequence[Unit], facts: Facts) -> list[Unit]:
    """Return those to which notices of the talk were signed; where none were, all but the office's own host."""
    day = meeting.day or facts.today
    told = {
        name
        for each in facts.issued.kinds((NOTICE,))
        if each.state.in_force and day - _LONGEST <= each.day <= day
        for name in each.to
    }
    by_notice = [each for each in units if each.name in told]
    return by_notice or [each for each in units if each.name != facts.mechanism.host_unit.name]
