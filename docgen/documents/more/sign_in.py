"""签到表: who is expected, in the order of the list of units: persons where the sheet names them, else the units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.model.meeting import Meeting
from docgen.rules.meetings import Attendee, attendees_of, post_of

FIELDS: Final = {
    "签到行": [dict.fromkeys(("次序", "单位", "姓名", "职务"))],
    **dict.fromkeys(("应到", "量词", "请假数")),
    "请假名单": [None],
}
OBSERVES: Final = "列席"


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return the rows with blank ones behind them, how many are expected (人, or 个单位), and who is on leave."""
    (meeting,) = group.things
    named = bool(meeting.present)
    absent = attendees_of(meeting.absent, facts.records)
    expected = list(_present(meeting, facts) if named else _invited(meeting))
    observers = list(_observing(meeting, facts))
    blank = [dict.fromkeys(("单位", "姓名", "职务"), "")] * group.kind.settings["空行"]
    rows = enumerate([*expected, *observers, *blank], start=1)
    return {
        "签到行": [{"次序": place, **row} for place, row in rows],
        "应到": len(expected) + (len(absent) if named else 0),
        "量词": "人" if named else "个单位",
        "请假数": len(absent),
        "请假名单": [each.words for each in absent],
    }


def _present(meeting: Meeting, facts: Facts) -> Iterator[dict[str, str]]:
    for each in attendees_of(meeting.present, facts.records):
        yield _row(each, post_of(each, meeting.day or facts.today, facts.records))


def _observing(meeting: Meeting, facts: Facts) -> Iterator[dict[str, str]]:
    for each in attendees_of(meeting.observers, facts.records):
        post = post_of(each, meeting.day or facts.today, facts.records)
        yield _row(each, f"{post}（{OBSERVES}）" if post else OBSERVES)


def _invited(meeting: Meeting) -> Iterator[dict[str, str]]:
    for unit in sorted(meeting.units, key=lambda each: each.order):
        yield {"单位": unit.short_name, "姓名": "", "职务": ""}


def _row(attendee: Attendee, post: str) -> dict[str, str]:
    """Return a row; of who begins with no unit and is nobody that is known the words stand whole under the unit."""
    member = attendee.member
    unit = attendee.unit or (member.unit if member else None)
    name = member.name if member else attendee.name
    return {
        "单位": unit.short_name if unit else attendee.words,
        "姓名": name or "" if unit else "",
        "职务": post,
    }
