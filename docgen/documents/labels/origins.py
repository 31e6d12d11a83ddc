"""Where bottlenecks and decisions come from, as documents say it: the ledger, or a meeting with its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.model.bottleneck import Bottleneck
from docgen.model.meeting import Decision, Meeting
from docgen.standard.wording.text import official_date

MINUTES: Final = "纪要"
"""How the kinds of minutes end: 会议纪要, 约谈纪要."""


def origins_of(things: Sequence[Any], facts: Facts) -> list[str]:
    """Return where bottlenecks and decisions come from: the ledger with numbers, or each meeting once."""
    questions = [each for each in things if isinstance(each, Bottleneck)]
    found = [f"{Bottleneck.title}（{'、'.join(each.number for each in questions)}）"] if questions else []
    decided: dict[int, list[Decision]] = {}
    for each in things:
        if isinstance(each, Decision):
            decided.setdefault(id(each.meeting), []).append(each)
    return [*found, *(_decided(each[0].meeting, each, facts) for each in decided.values())]


def _decided(meeting: Meeting, decisions: Sequence[Decision], facts: Facts) -> str:
    """Return a meeting with its day, the number of its signed minutes, and its decisions by their ledger."""
    minutes = [each for each in facts.issued.about((meeting,)) if each.kind.endswith(MINUTES)]
    number = f"{minutes[-1].kind}{minutes[-1].number}，" if minutes else ""
    day = official_date(meeting.day) if meeting.day else ""
    places = "、".join(str(each.serial) for each in decisions)
    return f"{day}{meeting.name}议定事项（{number}台账{meeting.number}第{places}项）"
