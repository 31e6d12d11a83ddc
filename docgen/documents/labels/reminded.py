"""How often a matter was urged, and whether anybody answered: what decides the grade of the next 催办函.

A matter is answered when a reply (复函) was attached to a document about it, or a supervised matter about it was
replied to, on the day of the last reminder or later. What is done is no longer owed and is not urged at all.
"""

from __future__ import annotations

from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.identity import MARK, NAME
from docgen.documents.issued import Paper
from docgen.documents.labels.field import Field
from docgen.rules.supervised import supervisions_of

REMINDER: Final = "催办函"
GRADES: Final = ("蓝色", "黄色", "红色")
EARLY: Final = "提醒"
"""What the title of a reminder says as long as nothing in it is late."""


@dataclass(frozen=True)
class Reminded:
    """The last reminder of a matter.

    Args:
        paper: the letter.
        grade: 蓝色, 黄色 or 红色; of letters before there were grades what their title says.
        answered: whether an answer came since.
    """

    paper: Paper
    grade: str
    answered: bool


def grade_of(paper: Paper) -> str:
    """Return the grade of a reminder."""
    marks = (dict(part.keys).get(NAME, "") for thing in paper.things for part in thing if part.source == MARK)
    return next((each for each in marks if each in GRADES), GRADES[0] if EARLY in paper.title else GRADES[1])


def last_reminder(thing: Any, facts: Facts) -> Reminded | None:
    """Return the last reminder of a matter; None where it was never urged."""
    key = ("reminded", id(thing))
    if key not in facts.kept:
        facts.kept[key] = _found(thing, facts)
    found: Reminded | None = facts.kept[key]
    return found


def _found(thing: Any, facts: Facts) -> Reminded | None:
    papers = facts.issued.about((thing,))
    last = next((each for each in reversed(papers) if each.kind == REMINDER), None)
    if last is None:
        return None
    replies = [each.replied for each in papers]
    replies += [each.replied for each in supervisions_of(thing, facts.records)]
    return Reminded(last, grade_of(last), any(each is not None and each >= last.day for each in replies))


def _grade(thing: Any, facts: Facts) -> str | None:
    found = last_reminder(thing, facts)
    return found.grade if found else None


def _since(thing: Any, facts: Facts) -> int | None:
    found = last_reminder(thing, facts)
    return facts.calendar.between(found.paper.day, facts.today) if found else None


def _answered(thing: Any, facts: Facts) -> bool:
    found = last_reminder(thing, facts)
    return found is not None and found.answered


REMINDED_FIELDS: Final = (
    Field("上次催办", _grade, str, help="最近一次催办函的等级：蓝色、黄色或红色；没有催办过的为空"),
    Field("上次催办距今", _since, int, help="最近一次催办函到今天几个工作日；没有催办过的为空"),
    Field("催办已答复", _answered, bool, help="最近一次催办后，登记过复函，或督办台账中有答复"),
)
