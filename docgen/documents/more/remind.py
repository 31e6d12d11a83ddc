"""催办函: how many of its matters are late and how many come due, and by which documents the unit was told of which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.group import Group
from docgen.documents.issued import Paper
from docgen.documents.labels import issued_about
from docgen.documents.reminded import EARLY, GRADES, grade_of, last_reminder
from docgen.rules.deadlines import Light
from docgen.standard.wording.text import official_date

HANDED_OVER: Final = {"告知函": "告知", "任务交办单": "交办"}
FIELDS: Final = {
    **dict.fromkeys(("超期数", "临期数", "提前工作日", "告知情况", "未复")),
    "前函": [dict.fromkeys(("事项", "日期", "文种", "文号", "方式"))],
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 超期数, 临期数, 提前工作日, and in 前函 what the unit was told of the matters before.

    告知情况, the documents that handed over any of them, is for templates that offices edited before there was 前函.
    """
    told = (each for each in issued_about(group.things, facts) if each.kind in HANDED_OVER)
    late = sum(facts.standing(each).light is Light.RED for each in group.things)
    return {
        "超期数": late,
        "临期数": len(group.things) - late,
        "提前工作日": group.kind.settings["提前工作日"],
        "告知情况": "、".join(f"{each.kind}（{each.number}）" for each in told),
        "前函": list(_before(group, facts)),
        "未复": all(_is_unanswered(each, group, facts) for each in group.things),
    }


def _is_unanswered(thing: Any, group: Group, facts: Facts) -> bool:
    """Whether the day of reply that the last reminder of a matter set has passed without an answer."""
    last = last_reminder(thing, facts)
    days = group.kind.settings["答复工作日"]
    return (
        last is not None and not last.answered and facts.calendar.between(last.paper.day, facts.today) > days
    )


@dataclass(frozen=True)
class _Said:
    """Documents that said one thing: which matters they covered, by their places from 1, and how."""

    matters: tuple[int, ...]
    papers: tuple[Paper, ...]
    how: str


def _before(group: Group, facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield the documents that handed the matters over, by kind, then each that urged them.

    事项 is left empty where it is that of the one before.
    """
    told: dict[int, tuple[Paper, list[int]]] = {}
    for place, thing in enumerate(group.things, start=1):
        for paper in issued_about((thing,), facts):
            told.setdefault(paper.id, (paper, []))[1].append(place)
    found = sorted(told.values(), key=lambda each: (each[0].day, each[0].id))
    last = ""
    for said in (*_handed_over(found), *_urged(found, group.kind.title)):
        matters = _matters(said.matters, len(group.things))
        days = {each.day for each in said.papers}
        yield {
            "事项": "" if matters == last else matters,
            "日期": official_date(said.papers[0].day) if len(days) == 1 else "",
            "文种": said.papers[0].kind,
            "文号": _numbers([each.number for each in said.papers]),
            "方式": said.how,
        }
        last = matters


def _handed_over(found: Sequence[tuple[Paper, list[int]]]) -> Iterator[_Said]:
    for kind, how in HANDED_OVER.items():
        of_kind = [each for each in found if each[0].kind == kind]
        if of_kind:
            matters = sorted({place for _, places in of_kind for place in places})
            yield _Said(tuple(matters), tuple(paper for paper, _ in of_kind), how)


def _urged(found: Sequence[tuple[Paper, list[int]]], kind: str) -> Iterator[_Said]:
    for paper, places in found:
        if paper.kind == kind:
            yield _Said(tuple(places), (paper,), EARLY if grade_of(paper) == GRADES[0] else "催办")


def _matters(places: Sequence[int], count: int) -> str:
    """Return which of the matters are meant, as a sentence begins with them."""
    if len(places) < count:
        return f"第{'、'.join(map(str, places))}项"
    return "该事项" if count == 1 else f"上述{count}项"


def _numbers(numbers: Sequence[str]) -> str:
    """Return 发文字号 one after the other, what they begin with said once: 澄联审办函〔2026〕1号、3号."""
    shown: list[str] = []
    last = ""
    for number in numbers:
        begin, bracket, serial = number.rpartition("〕")
        shown.append(serial if bracket and begin == last else number)
        last = begin
    return "、".join(shown)
