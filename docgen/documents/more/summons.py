"""约谈通知: the talk with the unit, who else takes part, what it still owes, and by when it reports afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import TalkNotPlanned
from docgen.documents.frame.group import Group
from docgen.documents.labels.called import Called
from docgen.errors import DocgenError, Problems
from docgen.model.approval import Approval
from docgen.model.meeting import Meeting
from docgen.rules.assessments import counted_for
from docgen.standard.wording.text import official_date

FIELDS: Final = {"会议": Meeting, "参加单位": None, "未办结": [Approval], "整改期限": None}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 会议, 参加单位 (others than those called), 未办结 (what counts and is not done) and 整改期限.

    Raises:
        Problems: no talk with the unit is planned (TalkNotPlanned).
    """
    things: tuple[Called, ...] = group.things
    talk = things[0].talk
    if talk is None:
        raise Problems(tuple(hindered(things[0], group.kind.settings, facts)))
    called = {id(each.unit) for each in group.variant.source.things(facts)}
    days = group.kind.settings["整改工作日"]
    return {
        "会议": talk,
        "参加单位": "、".join(each.short_name for each in talk.units if id(each) not in called),
        "未办结": _open(things, facts),
        "整改期限": official_date(facts.calendar.after(talk.day, days)) if talk.day else "",
    }


def hindered(called: Called, _settings: Mapping[str, Any], _facts: Facts) -> Iterator[DocgenError]:
    """Yield that no talk with the unit is planned, or none of a day to come."""
    if called.talk is None:
        yield TalkNotPlanned(called.name)


def _open(things: tuple[Called, ...], facts: Facts) -> list[Approval]:
    """Return what counts by any of the rules and is not done, each once, the earliest deadline first."""
    counted = (each for one in things for each in counted_for(one.rule, one.place.key, facts.records))
    found = {id(each): each for each in counted if each.state.pending}.values()
    days = {id(each): facts.standing(each).deadline.day for each in found}
    return sorted(found, key=lambda each: (days[id(each)] is None, days[id(each)] or facts.today))
