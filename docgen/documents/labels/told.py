"""By which documents a unit was told of some matters before, as a letter says it: what, when, by which number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.issued import Paper
from docgen.documents.labels.reminded import EARLY, GRADES, REMINDER, grade_of
from docgen.standard.wording.text import official_date

HANDED_OVER: Final = {"告知函": "告知", "任务交办单": "交办"}
SAID: Final = [dict.fromkeys(("事项", "日期", "文种", "文号", "方式"))]
"""What is said of each, for those who compute with it."""


def said_before(things: Sequence[Any], facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield the documents that handed the matters over, by kind, then each that urged them.

    事项 is left empty where it is that of the one before.
    """
    told: dict[int, tuple[Paper, list[int]]] = {}
    for place, thing in enumerate(things, start=1):
        for paper in facts.issued.about((thing,)):
            told.setdefault(paper.id, (paper, []))[1].append(place)
    found = sorted(told.values(), key=lambda each: (each[0].day, each[0].id))
    last = ""
    for said in (*_handed_over(found), *_urged(found)):
        matters = _matters(said.matters, len(things))
        days = {each.day for each in said.papers}
        yield {
            "事项": "" if matters == last else matters,
            "日期": official_date(said.papers[0].day) if len(days) == 1 else "",
            "文种": said.papers[0].kind,
            "文号": _numbers([each.number for each in said.papers]),
            "方式": said.how,
        }
        last = matters


@dataclass(frozen=True)
class _Said:
    """Documents that said one thing: which matters they covered, by their places from 1, and how."""

    matters: tuple[int, ...]
    papers: tuple[Paper, ...]
    how: str


def _handed_over(found: Sequence[tuple[Paper, list[int]]]) -> Iterator[_Said]:
    for kind, how in HANDED_OVER.items():
        of_kind = [each for each in found if each[0].kind == kind]
        if of_kind:
            matters = sorted({place for _, places in of_kind for place in places})
            yield _Said(tuple(matters), tuple(paper for paper, _ in of_kind), how)


def _urged(found: Sequence[tuple[Paper, list[int]]]) -> Iterator[_Said]:
    for paper, places in found:
        if paper.kind == REMINDER:
            yield _Said(tuple(places), (paper,), EARLY if grade_of(paper) == GRADES[0] else "催办")


def _matters(places: Sequence[int], count: int) -> str:
    """Return which of the matters are meant, as a sentence begins with them."""
    if len(places) < count:
        return f"第{'、'.join(map(str, places))}项"
    return "该事项" if count == 1 else f"上述{count}项"


def _numbers(numbers: Sequence[str]) -> str:
    """Return 发文字号 one after the other, what they begin with said once: 某办函〔2026〕1号、3号."""
    shown: list[str] = []
    last = ""
    for number in numbers:
        begin, bracket, serial = number.rpartition("〕")
        shown.append(serial if bracket and begin == last else number)
        last = begin
    return "、".join(shown)
