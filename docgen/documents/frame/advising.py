"""What is told while documents are drafted: doubts about their rows, days off, years without a schedule, old states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from docgen.documents.declared.kind import Kind, Way, members_of
from docgen.documents.facts import Facts
from docgen.documents.frame.context import told_by
from docgen.documents.frame.group import Group
from docgen.documents.given import Given
from docgen.documents.identity import Known, Lack, Pair
from docgen.documents.labels.given import nearest_unit
from docgen.documents.periods import Told
from docgen.errors import Advice
from docgen.model.approval import Approval
from docgen.model.fields import Record
from docgen.model.project import Project
from docgen.patterns import late
from docgen.rules.deadlines import day_off_advice
from docgen.standard.wording.text import official_date

_MANY: Final = 10
"""Documents of one run, from which on fewer would do."""
_DATE: Final = late(r"[0-9〇零一二三四五六七八九]{4}年.{1,3}月.{1,3}日")


def advices_on(groups: Sequence[Group], kind: Kind, facts: Facts) -> list[Advice]:
    """Return what is to be known of values and days: doubts, deadlines on days off, years without a schedule.

    Approvals are asked about for documents made for them, or for projects: others on a project tell nothing of them.
    """
    doubts = list(_doubts_on(groups))
    days: dict[date, list[str]] = {}
    projects = {id(each): each for group in groups for each in group.projects}
    about = {id(each) for group in groups if _is_of_approvals(group) for each in group.projects}
    for project in projects.values():
        approvals = facts.records.approvals_of(project) if id(project) in about else ()
        asked = (each for each in (project, *approvals) if not each.answer)
        doubts += [each.ask(doubt) for each in asked for doubt in each.doubts()]
        for each in approvals:
            day = facts.standing(each).deadline.day
            if day and each.state.pending:
                days.setdefault(day, []).append(f"第{project.number}号项目")
    if kind.more and kind.more.advise:
        for group in groups:
            doubts += kind.more.advise(group, facts)
    return [
        *doubts,
        *day_off_advice(days, facts.calendar),
        *facts.calendar.advices(),
        *_not_kept(groups, facts),
        *_fewer(groups, kind, facts),
        *_of_texts(groups, facts),
    ]


def added_to(groups: Iterable[Group], kind: Kind, told: Known) -> Iterator[Advice]:
    """Yield what is told of documents that add to what an earlier one told the same group."""
    added = kind.declared.added
    for group in groups if added else ():
        for earlier in told.find(group.identity)[-1:]:
            before = f"{official_date(earlier.day)}已有{kind.title}（{earlier.id}号）"
            yield Advice("told-before", f"{group.subject}：{before}，{added}")


def _fewer(groups: Sequence[Group], kind: Kind, facts: Facts) -> Iterator[Advice]:
    """Yield how many documents another way of grouping makes, where nobody chose one and it makes a third fewer."""
    row = facts.records.kind_row(kind.title)
    if kind.is_list or len(groups) < _MANY or (row and row.grouping):
        return
    counts = {
        each.name: len(_members(groups, each, facts)) for each in kind.ways if each.name != kind.way.name
    }
    name = min(counts, key=lambda each: counts[each], default="")
    if name and counts[name] * 3 <= len(groups) * 2:
        words = f"{kind.title}共{len(groups)}件；“文种”表的“合并方式”选“{name}”，合成{counts[name]}件"
        yield Advice("fewer-by-another-way", words)


def _members(groups: Iterable[Group], way: Way, facts: Facts) -> set[tuple[int, ...]]:
    """Return what tells the documents apart that a way would make of the same things."""
    return {
        (id(group.variant), *(id(path.get(thing, facts)) for path in members_of(way, group.variant).values()))
        for group in groups
        for thing in group.things
    }


def _is_of_approvals(group: Group) -> bool:
    return isinstance(group.things[0], Approval | Project | Pair | Lack)


def _doubts_on(groups: Iterable[Group]) -> Iterator[Advice]:
    """Yield the doubts about the rows that documents are for; projects and approvals are asked about apart."""
    rows = {id(each): each for group in groups for each in group.things if isinstance(each, Record)}
    for each in rows.values():
        if not isinstance(each, Project | Approval) and not each.answer:
            yield from map(each.ask, each.doubts())


def _of_texts(groups: Iterable[Group], facts: Facts) -> Iterator[Advice]:
    """Yield how given texts were taken out of their files, and what in them is dated or addressed amiss."""
    for group in groups:
        given = group.things[0]
        if not isinstance(given, Given):
            continue
        for note in given.text.notes:
            yield Advice("text-taken", f"{given.file}：{note}，请核对")
        last = given.text.said[-1] if given.text.said else ""
        if isinstance(last, str) and _DATE.fullmatch(last):
            words = f"《{given.name}》最后一行写了日期“{last}”，成文日期由签发填写，请从正文里删去"
            yield Advice("text-dated", words)
        for name in (each.name for each in group.to if not each.unit):
            if near := nearest_unit(name, facts):
                words = f"《{given.name}》主送的“{name}”不在单位表中，是不是“{near}”？写错的，请改正文"
                yield Advice("addressee-unknown", words)


def _not_kept(groups: Iterable[Group], facts: Facts) -> Iterator[Advice]:
    """Yield the past periods of which no state of the sheets was kept, or none of their last day."""
    for group in groups:
        told = group.things[0]
        if not isinstance(told, Told) or told.period.end >= facts.today:
            continue
        state, period = told_by(group, facts).state, told.period
        how = f"每期结束时可运行 docgen snapshot --period {period.code}"
        if state is None:
            words = f"没有保存{period.name}的快照，数据按{official_date(facts.today)}的数据表写"
            yield Advice("period-not-kept", f"{words}；{how}")
        elif state.day < period.end:
            words = f"{period.name}的数据按{official_date(state.day)}的快照写，期末的没有保存"
            yield Advice("period-kept-early", f"{words}；{how}")
