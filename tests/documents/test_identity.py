"""What is known again: lasting keys, things that are covered, and when they may be made a document for again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.documents.declared.again import Moment, covers, is_covered
from docgen.documents.declared.conditions import condition_of
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import replacements
from docgen.documents.frame.drafts import Draft, Earlier, Living
from docgen.documents.identity import (
    Component,
    Known,
    MadeFor,
    Sought,
    component_of,
    group_of,
    is_same,
)
from docgen.documents.issued import Issued, Paper, PaperState
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import Scope
from docgen.documents.periods import Told, stored
from docgen.model.approval import Approval
from docgen.model.mechanism import Mechanism
from docgen.model.records import Records
from docgen.model.values import ApprovalState
from docgen.rules.periods import PeriodKind, period_of
from docgen.rules.workdays import WorkCalendar

Asks = Callable[..., object]
CALENDAR = WorkCalendar()


def component(code: str | None, name: str) -> Component:
    keys = (("代码", code), ("名称", name)) if code else (("名称", name),)
    return Component("项目", tuple((label, key) for label, key in keys if key))


def signed(
    draft: Draft,
    living: Living = Living.SIGNED,
    day: date = date(2026, 3, 16),
    id: int = 1,  # noqa: A002
) -> Earlier:
    made_for = MadeFor.read(draft.made_for)
    assert made_for is not None
    return Earlier(id, draft.key, living, day, made_for)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((None, "甲项目"), (None, "甲项目"), True),
        (("A1", "甲项目"), ("A1", "甲项目（更名）"), True),  # a corrected name
        ((None, "甲项目"), ("A1", "甲项目"), True),  # a code that comes late
        (("A1", "甲项目"), ("B2", "甲项目"), False),  # a code on both sides decides
        ((None, "甲项目"), (None, "乙项目"), False),
    ],
)
def test_a_code_on_both_sides_decides_else_the_name(one, other, same) -> None:
    assert component(*one).is_same(component(*other)) is same
    assert component(*other).is_same(component(*one)) is same


keys = st.tuples(st.sampled_from([None, "A", "B"]), st.sampled_from(["甲", "乙"]))


@given(st.lists(st.tuples(keys, keys), max_size=12), st.tuples(keys, keys))
def test_stored_things_are_found_exactly_when_they_are_the_same(stored, asked) -> None:
    things = [tuple(component(*each) for each in pair) for pair in stored]
    thing = tuple(component(*each) for each in asked)
    found = Known((each, place) for place, each in enumerate(things)).find(thing)
    assert sorted(found) == [place for place, each in enumerate(things) if is_same(thing, each)]


@pytest.mark.parametrize(
    ("again", "made", "today", "covered"),
    [
        ("一次", date(2020, 1, 1), date(2026, 1, 1), True),
        ("每日", date(2026, 3, 16), date(2026, 3, 16), True),
        ("每日", date(2026, 3, 16), date(2026, 3, 17), False),
        ("每周", date(2025, 12, 29), date(2026, 1, 4), True),
        ("每周", date(2026, 1, 4), date(2026, 1, 5), False),
        ("每旬", date(2026, 1, 21), date(2026, 1, 31), True),
        ("每旬", date(2026, 1, 10), date(2026, 1, 11), False),
        ("每半月", date(2026, 1, 15), date(2026, 1, 16), False),
        ("每月", date(2025, 3, 16), date(2026, 3, 16), False),
        ("每季", date(2026, 1, 1), date(2026, 3, 31), True),
        ("每年", date(2025, 12, 31), date(2026, 1, 1), False),
        ("10个工作日", date(2026, 3, 2), date(2026, 3, 13), True),
        ("10个工作日", date(2026, 3, 2), date(2026, 3, 16), False),
    ],
)
def test_a_thing_may_come_again_after_its_period(again, made, today, covered) -> None:
    assert is_covered(again, made, today, CALENDAR) is covered


def changed(records: Records, which: int, **changes: object) -> Records:
    """Return sheets in which a project has other values, its approvals with it."""
    from docgen.model.project import Project

    old = records.find_project(str(which))
    new = old.model_copy(update=changes)
    projects = tuple(new if each is old else each for each in records.of(Project))
    approvals = tuple(
        each.model_copy(update={"project": new}) if each.project is old else each
        for each in records.of(Approval)
    )
    return Records({**records.tables, Project: projects, Approval: approvals}, records.schema)


@pytest.mark.parametrize(
    ("made", "now", "covered"),
    [
        ((date(2025, 12, 20), 2026), (date(2026, 3, 1), 2026), True),
        ((date(2026, 12, 20), 2026), (date(2026, 12, 25), 2027), False),
        ((date(2026, 1, 5), 2026), (date(2026, 12, 10), 2027), False),
        ((date(2025, 12, 20), 0), (date(2026, 3, 1), 2026), True),
        ((date(2026, 3, 1), 0), (date(2027, 1, 5), 2027), False),
        ((date(2026, 1, 20), 0), (date(2026, 2, 5), 2025), True),
    ],
)
def test_what_is_told_once_for_each_list_comes_again_with_the_list_of_another_year(
    made, now, covered
) -> None:
    """0 stands for documents from before the year was stored: their date tells. Only a later list tells anew."""
    assert covers("每年度", Moment(*made), Moment(*now), CALENDAR, signed=True) is covered


def test_a_project_in_the_next_year_s_list_gets_another_letter(asking) -> None:
    ask = asking("notice")
    first = ask.of(3).drafts
    earlier = tuple(map(signed, first))
    (mechanism,) = ask.records.of(Mechanism)
    next_year = replace(
        ask.records, tables={**ask.records.tables, Mechanism: (mechanism.model_copy(update={"year": 2027}),)}
    )
    assert asking("notice").of(3, earlier=earlier).drafts == []
    assert len(asking("notice", next_year).of(3, earlier=earlier).drafts) == len(first)


def test_a_signed_letter_covers_its_project_when_its_name_is_corrected(asking) -> None:
    first = asking("notice").of(3)
    earlier = tuple(signed(each, id=place) for place, each in enumerate(first.drafts))
    other = asking("notice", changed(asking("notice").records, 3, name="更正后的名称", number=77))
    again = other.of(77, earlier=earlier)
    assert again.drafts == []
    assert len(again.covered) == len(earlier) > 0


def test_another_project_under_an_old_number_gets_new_letters(asking) -> None:
    first = asking("notice").of(3)
    earlier = tuple(signed(each, id=place) for place, each in enumerate(first.drafts))
    records = changed(asking("notice").records, 3, name="另一个项目", code="2701-990124-04-01-999999")
    again = asking("notice", records).of(3, earlier=earlier)
    assert len(again.drafts) == len(first.drafts)
    assert not again.covered
    assert not {each.key for each in again.drafts} & {each.key for each in first.drafts}


def test_a_draft_is_found_again_when_the_code_comes_late(asking) -> None:
    records = asking("notice").records
    without = asking("notice", changed(records, 3, code=None)).of(3).drafts
    earlier = tuple(signed(each, Living.DRAFT, id=place) for place, each in enumerate(without, start=1))
    again = asking("notice").of(3, earlier=earlier).drafts
    assert [each.earlier for each in again] == list(range(1, len(without) + 1))
    assert [each.key for each in again] == [each.key for each in without]


def combined(ask) -> None:
    ask.kind = replace(ask.kind, way=next(each for each in ask.kind.ways if each.name == "合并"))


def concerned(ask, unit: str) -> list[int]:
    """Return the numbers of the projects of which a unit gets a letter."""
    found = ask.all().drafts
    return [int(each.subject.split("号")[0].removeprefix("第")) for each in found if each.addressee == unit]


def test_a_combined_letter_after_single_ones_has_only_the_projects_added(asking) -> None:
    numbers = concerned(asking("notice"), "县自然资源局")[:3]
    single = asking("notice").of(*numbers[:1], units=("县自然资源局",)).drafts
    ask = asking("notice")
    combined(ask)
    before = ask.of(*numbers, units=("县自然资源局",)).drafts
    after = ask.of(*numbers, units=("县自然资源局",), earlier=(signed(single[0]),)).drafts
    assert [len(MadeFor.read(each.made_for).things) for each in (*before, *after)] == [3, 2]


def test_a_second_combined_letter_covers_what_the_first_did_not(asking) -> None:
    numbers = concerned(asking("notice"), "县自然资源局")[:4]
    ask = asking("notice")
    combined(ask)
    (first,) = ask.of(*numbers[:2], units=("县自然资源局",)).drafts
    (second,) = ask.of(*numbers, units=("县自然资源局",), earlier=(signed(first),)).drafts
    covered = [MadeFor.read(each.made_for).things for each in (first, second)]
    assert [len(each) for each in covered] == [2, 2]
    assert not set(covered[0]) & set(covered[1])
    assert first.key == second.key  # the register counts editions


def test_a_second_reminder_is_a_new_document_after_the_days_that_are_set(asking) -> None:
    first = asking("remind").all().drafts
    earlier = tuple(signed(each, id=place) for place, each in enumerate(first))
    soon = asking("remind", None, date(2026, 3, 20)).all(earlier)
    assert all(thing not in _things(first) for thing in _things(soon.drafts))
    later = asking("remind", None, date(2026, 4, 1)).all(earlier)
    assert {each[:2] for each in _things(first)} <= {each[:2] for each in _things(later.drafts)}
    assert all(each.earlier is None for each in later.drafts)


def _things(drafts: list[Draft]) -> list[object]:
    return [thing for each in drafts for thing in MadeFor.read(each.made_for).things]


def test_a_document_under_review_covers_its_things_whatever_may_come_again(asking) -> None:
    first = asking("remind").all().drafts
    earlier = tuple(signed(each, Living.REVIEW, id=place) for place, each in enumerate(first))
    assert not set(_things(asking("remind", None, date(2026, 6, 1)).all(earlier).drafts)) & set(
        _things(first)
    )


def test_a_replacement_is_made_from_the_stored_things_although_nothing_calls_for_it_any_more(asking) -> None:
    ask = asking("notice")
    draft = ask.of(3).drafts[0]
    records = changed(
        ask.records, 3, stage=next(s for s in type(ask.records.find_project("3").stage) if s.value == "调出")
    )
    other = asking("notice", records)
    made, gone = replacements(other.kind, other.facts, [signed(draft)])
    assert gone == []
    assert [(each.key, each.made_for, each.addressee) for each in made] == [
        (draft.key, draft.made_for, draft.addressee)
    ]


def test_a_replacement_is_refused_for_those_of_its_things_that_are_in_no_sheet(asking) -> None:
    ask = asking("notice")
    first, gone_from, *_ = numbers = concerned(ask, "县自然资源局")[:3]
    combined(ask)
    (draft,) = ask.of(*numbers, units=("县自然资源局",)).drafts
    other = asking("notice", changed(ask.records, gone_from, name="别的", code="2701-990124-04-01-999999"))
    made, gone = replacements(other.kind, other.facts, [signed(draft)])
    assert made == []
    ((_, (lost,)),) = gone
    assert lost[0].name == ask.records.find_project(str(gone_from)).name
    assert lost[0].name != ask.records.find_project(str(first)).name


days = st.dates(date(2001, 1, 1), date(2099, 12, 31))
periods = st.builds(period_of, st.sampled_from(list(PeriodKind)), days)


@given(periods, days)
def test_a_period_is_rebuilt_from_what_is_stored_as_it_was_told_of(period, today) -> None:
    told = Told.on(period, max(today, period.start))
    written = MadeFor("", group_of(told), (component_of(told),)).written
    assert stored(MadeFor.read(written).things) == (told,)


@given(periods)
def test_a_period_is_whole_on_its_last_day_and_not_on_the_day_before(period) -> None:
    assert Told.on(period, period.end).name == period.name
    if period.days > 1:
        assert "截至" in Told.on(period, period.end - timedelta(days=1)).name


@given(periods, periods, days, days)
def test_periods_are_the_same_when_they_are_of_one_length_and_told_of_up_to_one_day(
    one, other, today, later
) -> None:
    told, again = Told.on(one, max(today, one.start)), Told.on(other, max(later, other.start))
    assert is_same(component_of(told), component_of(again)) is (told == again)
    assert is_same(group_of(told), group_of(again)) is (one == other)


def document(place: int, day: date, draft: Draft, state: str = "印发", kind: str = "催办函") -> Paper:
    things = MadeFor.read(draft.made_for).things
    number = f"澄联审办函〔2026〕{place}号"
    return Paper(place, kind, draft.title, number, day, PaperState(state), things=things)


def test_what_was_issued_about_an_approval_is_what_was_made_for_it_and_what_its_unit_was_told(asking) -> None:
    ask = asking("remind")
    draft = ask.all().drafts[0]
    known = {component_of(each): each for each in ask.records.of(Approval)}
    approval = known[MadeFor.read(draft.made_for).things[0][:2]]
    letters = asking("notice").of(approval.project.number).drafts
    papers = (
        document(1, date(2026, 3, 4), draft),
        document(2, date(2026, 3, 2), draft, "作废"),
        *(document(10 + place, date(2026, 1, 5), each, kind="告知函") for place, each in enumerate(letters)),
    )
    facts = Facts(ask.records, date(2026, 3, 16), issued=Issued(lambda: papers))
    handed_over, urged = facts.issued.about((approval,))
    assert letters[handed_over.id - 10].receivers == approval.unit.name
    assert urged.id == 1  # the newest last, none that is void


def test_documents_of_the_register_are_read_when_they_are_first_asked_for_and_once(asking) -> None:
    read: list[int] = []

    def load() -> tuple[Paper, ...]:
        read.append(1)
        return ()

    ask = asking("notice")
    facts = Facts(ask.records, date(2026, 3, 16), issued=Issued(load))
    project = ask.records.find_project("3")
    assert read == []
    assert facts.issued.about((project,)) == facts.on(date(2026, 4, 1)).issued.about((project,)) == ()
    assert read == [1]


def test_a_document_tells_of_the_approvals_it_is_about_as_the_sheets_have_them_now(asking) -> None:
    ask = asking("remind")
    paper = document(1, date(2026, 3, 4), ask.all().drafts[0])
    facts = Facts(ask.records, date(2026, 3, 16))
    scope = Scope(fields_of(Paper), {}, ask.records)
    over = condition_of("有效 and not (true in 手续.待办)", scope)
    assert not over.holds(paper, facts)
    done = ApprovalState.DONE
    ours = {component_of(each) for each in ask.records.of(Approval)} & {each[:2] for each in paper.things}
    approvals = tuple(
        each.model_copy(update={"state": done}) if component_of(each) in ours else each
        for each in ask.records.of(Approval)
    )
    later = Records({**ask.records.tables, Approval: approvals}, ask.records.schema)
    assert over.holds(paper, Facts(later, date(2026, 4, 16)))


def made_for(*things: Component) -> MadeFor:
    return MadeFor("合并", (), tuple((each,) for each in things))


@given(
    st.lists(st.tuples(st.sampled_from([None, "1", "2"]), st.sampled_from("甲乙")), min_size=2, max_size=5)
)
def test_documents_that_share_a_thing_are_among_those_that_may(found: list[tuple[str | None, str]]) -> None:
    first, *others = (component(code, name) for code, name in found)
    sought = Sought([made_for(*others).written, ""])

    shares = any(is_same((first,), (each,)) for each in others)

    assert sought.may_be_in(made_for(first).written) or not shares
    assert not sought.may_be_in("")
    assert not sought.may_be_in(made_for(component("3", "丙")).written)


def test_of_two_things_with_codes_these_decide_whether_they_may_be_the_same() -> None:
    sought = Sought([made_for(component("1", "甲")).written])

    found = [
        sought.may_be_in(made_for(component(*each)).written)
        for each in (("2", "甲"), ("１", "乙"), (None, "甲"))
    ]

    assert found == [False, True, True]
