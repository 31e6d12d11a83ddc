"""会议通知: a meeting of a day that has passed is not called any more, nor an answer asked for by a day that has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import AnswerTooLate, MeetingPassed
from docgen.documents.frame.group import Group
from docgen.errors import DocgenError
from docgen.model.meeting import Meeting
from docgen.standard.wording.text import official_date

FIELDS: Final[dict[str, Any]] = {}


def compute(_group: Group, _facts: Facts) -> dict[str, Any]:
    """Return nothing: the notice shows what the sheet says."""
    return {}


def hindered(meeting: Meeting, _settings: Mapping[str, Any], facts: Facts) -> Iterator[DocgenError]:
    """Yield that the meeting, or else the day to answer by, is past."""
    if meeting.day and meeting.day < facts.today:
        yield MeetingPassed(meeting.cell_of("day"), meeting.name, official_date(meeting.day))
    elif meeting.feedback_by and meeting.feedback_by < facts.today:
        yield AnswerTooLate(meeting.cell_of("feedback_by"), meeting.name, official_date(meeting.feedback_by))
