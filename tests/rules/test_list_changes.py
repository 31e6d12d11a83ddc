"""The list before and after changes is what keeping the list by hand gives, and leaders are in charge by the sheet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.changes import ListChange, amounts_said
from docgen.model.charge import Charge
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ListChangeKind, ListStage
from docgen.rules.list_changes import in_charge_of, sums_around
from tests.documents.conftest import sample

PLACES = st.sampled_from(range(5))
STEPS = st.lists(
    st.tuples(PLACES, st.sampled_from(range(1, 91)), st.sampled_from(range(3))), min_size=1, max_size=8
)


def project(number: int, total: int, *, listed: bool) -> Project:
    return Project.model_construct(
        number=number,
        total_investment=Decimal(total),
        year_investment=Decimal(number),
        stage=ListStage.FINAL if listed else ListStage.REMOVED,
    )


def change(kind: ListChangeKind, of: Project, day: int, before: str | None, after: str | None) -> ListChange:
    approved = date(2026, 1, 1) + timedelta(days=day)
    return ListChange.model_construct(kind=kind, project=of, approved=approved, before=before, after=after)


def kept_by_hand(
    steps: list[tuple[int, int, int]],
) -> tuple[list[Any], list[tuple[int, int, int]], dict[int, int]]:
    """Return changes as words, the sums (count, total, year) after each, and the totals at the end."""
    totals = dict.fromkeys(range(1, 6), 10)
    listed = {1, 2, 3}
    told, sums = [], [(3, 30, 6)]
    for place, amount, turn in steps:
        number = place + 1
        if number in listed and turn:
            told.append((ListChangeKind.FACTS, number, f"总投资{totals[number]}亿元", f"总投资{amount}亿元"))
            totals[number] = amount
        else:
            told.append((ListChangeKind.OUT if number in listed else ListChangeKind.IN, number, None, None))
            listed ^= {number}
        sums.append((len(listed), sum(totals[each] for each in listed), sum(listed)))
    return told, sums, {number: totals[number] * (1 if number in listed else -1) for number in totals}


@given(STEPS, st.sampled_from(range(8)), st.sampled_from(range(8)))
def test_the_list_before_and_after_a_run_of_changes_is_that_kept_by_hand(
    steps: list[tuple[int, int, int]], one: int, other: int
) -> None:
    told, sums, ends = kept_by_hand(steps)
    projects = {number: project(number, abs(total), listed=total > 0) for number, total in ends.items()}
    changes = [change(kind, projects[of], day, was, is_) for day, (kind, of, was, is_) in enumerate(told)]
    first, last = sorted((one % len(changes), other % len(changes)))
    records = Records({Project: tuple(projects.values()), ListChange: tuple(changes)})
    found = sums_around(records, changes[first : last + 1])
    assert [(each.count, each.amounts.total, each.amounts.year) for each in found] == [
        sums[first],
        sums[last + 1],
    ]


def test_changes_that_are_only_applied_for_show_what_the_list_would_be() -> None:
    inside, outside = project(1, 10, listed=True), project(2, 5, listed=False)
    wish = ListChange.model_construct(
        kind=ListChangeKind.IN, project=outside, approved=None, before=None, after=None
    )
    before, after = sums_around(Records({Project: (inside, outside), ListChange: (wish,)}), [wish])
    assert (before.count, after.count) == (1, 2)
    assert (before.amounts.total, after.amounts.total) == (10, 15)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("总投资11.8亿元", {"total": Decimal("11.8")}),
        ("总投资由118000万元", {"total": Decimal("11.8")}),
        ("总投资5亿元，年度计划投资1.5亿元", {"total": Decimal(5), "year": Decimal("1.5")}),
        ("本年计划完成投资2亿元", {"year": Decimal(2)}),
        ("储备", {}),
        (None, {}),
    ],
)
def test_amounts_that_are_written_out_are_read_in_yi(text: str | None, amounts: dict[str, Decimal]) -> None:
    assert amounts_said(text) == amounts


def test_in_charge_is_by_industry_or_unit_on_the_day_of_consent() -> None:
    sample_records = sample()
    changes = {each.number: each for each in sample_records.of(ListChange)}
    charges = sample_records.of(Charge)
    assert [each.name for each in in_charge_of(changes["调2026-02"], charges)] == ["沈若珺"]
    early = changes["调2026-01"].model_copy(update={"consented": date(2026, 1, 15)})
    assert [each.name for each in in_charge_of(early, charges)] == ["曹砚秋"]
    assert [each.name for each in in_charge_of(changes["调2026-01"], charges)] == ["郝喆"]
    undated = changes["调2026-01"].model_copy(update={"consented": None, "applied": None})
    assert in_charge_of(undated, charges) == ()


def test_an_application_that_begins_from_another_amount_than_the_list_is_asked_about() -> None:
    """The sums before and after would not agree with what the application says is changed."""
    listed = project(7, 23, listed=True)
    wish = {"kind": ListChangeKind.FACTS, "project": listed, "effective": None, "reason": "二期并入"}
    wish |= {"before": "总投资25亿元", "after": "总投资29亿元", "approved": None}
    asked = ListChange.model_construct(**wish).doubts()
    assert [each.words for each in asked] == ["写的总投资是25亿元，项目表中是23亿元，前后合计会算错，请核对"]
    granted = ListChange.model_construct(**{**wish, "approved": date(2026, 1, 2)})
    assert list(granted.doubts()) == []  # the list may have been changed since
