"""会议纪要: decisions by topic, how far those of earlier meetings are, and the lists of attendance in order."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.labels.approvals import short_date
from docgen.model.meeting import Decision, Meeting
from docgen.rules.meetings import Topic, attendees_of, carried_over, state_of, summed, topics_of

_LISTS: Final = {"出席名单": "present", "请假名单": "absent", "列席名单": "observers"}
FIELDS: Final = {
    "议题组": [{"名称": None, "动词": None, "内容": None, "各项": [Decision]}],
    "其他议题": [None],
    "分工": [{"项": Decision, "时限": None}],
    "议定数": None,
    "以往事项": [{"项": Decision, **dict.fromkeys(("议定", "时限", "情况"))}],
    "以往情况": None,
    **{each: [None] for each in _LISTS},
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return topics with their decisions, what was only spoken of, what earlier meetings left, and who attended.

    分工 are all decisions, 议定数 how many; 以往情况 is 以往事项 in one sentence.
    """
    (meeting,) = group.things
    settings, records = group.kind.settings, facts.records
    topics = topics_of(meeting, records)
    before = carried_over(meeting, records, of_all=settings["含其他会议"]) if settings["列以往事项"] else ()
    return {
        "议题组": [_shown(each) for each in topics if each.decisions],
        "其他议题": [_spoken(each) for each in topics if not each.decisions],
        "分工": [{"项": each, "时限": _until(each, facts)} for topic in topics for each in topic.decisions],
        "议定数": sum(len(each.decisions) for each in topics),
        "以往事项": [_carried(each, facts) for each in before],
        "以往情况": summed(before, facts.today),
        **{name: _listed(meeting, listed, facts) for name, listed in _LISTS.items()},
    }


def _carried(decision: Decision, facts: Facts) -> dict[str, Any]:
    day = decision.meeting.day
    return {
        "项": decision,
        "议定": short_date(day, facts) if day else "",
        "时限": _until(decision, facts),
        "情况": state_of(decision, facts.today, facts.calendar),
    }


def _until(decision: Decision, facts: Facts) -> str:
    return short_date(decision.deadline, facts) if decision.deadline else "长期坚持"


def _shown(topic: Topic) -> dict[str, Any]:
    return {"名称": topic.name, "动词": topic.verb, "内容": topic.about, "各项": list(topic.decisions)}


def _spoken(topic: Topic) -> str:
    return f"{topic.verb or '研究'}了{topic.about}"


def _listed(meeting: Meeting, listed: str, facts: Facts) -> list[str]:
    return [each.words for each in attendees_of(getattr(meeting, listed), facts.records)]
