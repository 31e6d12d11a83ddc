"""Rates and ranks agree with a second, plain reckoning; ties, empty denominators and the foot of a list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.values import ApprovalState
from docgen.rules.rates import (
    Ranked,
    Rate,
    at_foot,
    project_rate_of,
    project_rates_by,
    ranked,
    rate_of,
    rates_by,
)

STATES = st.sampled_from(list(ApprovalState))
RATES = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: Rate(min(pair), max(pair)))


def approval(state: ApprovalState, unit: str = "县发改委", *, counted: bool = True) -> Any:
    return SimpleNamespace(state=state, unit=unit, item=SimpleNamespace(counted=counted))


def approvals(states: Sequence[ApprovalState]) -> list[Any]:
    return [approval(each) for each in states]


@given(st.lists(STATES))
def test_of_the_needed_approvals_the_rate_counts_those_done(states: list[ApprovalState]) -> None:
    found = rate_of(approvals(states))
    assert found.done == states.count(ApprovalState.DONE)
    assert found.needed == len(states) - states.count(ApprovalState.NOT_NEEDED)


def test_an_item_that_does_not_count_is_in_no_rate() -> None:
    things = [approval(ApprovalState.DONE), approval(ApprovalState.ACCEPTED, counted=False)]
    assert rate_of(things) == Rate(1, 1)


@given(st.lists(st.lists(STATES, max_size=5)))
def test_a_project_is_done_when_all_it_needs_is_and_one_that_needs_nothing_counts_for_nothing(
    projects: list[list[ApprovalState]],
) -> None:
    needed = [[state for state in states if state is not ApprovalState.NOT_NEEDED] for states in projects]
    done = sum(bool(states) and set(states) == {ApprovalState.DONE} for states in needed)
    assert project_rate_of(map(approvals, projects)) == Rate(done, sum(map(bool, needed)))


@given(st.lists(st.tuples(STATES, st.sampled_from("甲乙丙"))))
def test_the_rates_of_groups_add_up_to_that_of_all(pairs: list[tuple[ApprovalState, str]]) -> None:
    things = [approval(state, unit) for state, unit in pairs]
    found = rates_by(things, lambda each: each.unit)
    assert list(found) == list(dict.fromkeys(unit for _, unit in pairs))
    assert sum(found.values(), Rate()) == rate_of(things)


def test_projects_are_grouped_by_what_their_approvals_belong_to_and_those_of_no_group_are_left_out() -> None:
    done, owed = ApprovalState.DONE, ApprovalState.ACCEPTED
    things = [
        SimpleNamespace(**vars(approval(state, unit)), project=SimpleNamespace(number=number))
        for number, unit, state in (
            (1, "水利局", done), (1, "住建局", owed), (2, "水利局", owed), (2, "水利局", done), (3, "住建局", done),
            (3, "", owed),
        )
    ]  # fmt: skip
    found = project_rates_by(things, lambda each: each.unit or None)
    assert found == {"水利局": Rate(1, 2), "住建局": Rate(1, 2)}


@pytest.mark.parametrize(
    ("done", "needed", "words"),
    [
        (0, 0, "—"), (0, 7, "0%"), (7, 7, "100%"), (1, 2, "50%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 16, "6.3%"),
        (9999, 10000, "99.9%"), (1, 10000, "0.1%"), (19, 400, "4.8%"),
    ],
)  # fmt: skip
def test_a_rate_is_written_in_percent_and_never_all_or_none_unless_it_is(
    done: int, needed: int, words: str
) -> None:
    assert Rate(done, needed).words == words


@pytest.mark.parametrize(
    ("done", "needed", "words"),
    [(0, 0, "—"), (0, 7, "0.0%"), (7, 7, "100.0%"), (1, 2, "50.0%"), (1, 3, "33.3%")],
)
def test_rates_of_a_column_have_one_decimal_each(done: int, needed: int, words: str) -> None:
    assert Rate(done, needed).in_column == words


@given(RATES)
def test_a_rate_is_rounded_half_up_to_a_tenth(rate: Rate) -> None:
    if rate.needed and 0 < rate.done < rate.needed:
        exact = (Decimal(rate.done) * 100 / rate.needed).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert Decimal(rate.words.rstrip("%")) == exact


@given(st.dictionaries(st.integers(), RATES))
def test_a_rank_is_one_more_than_how_many_are_better(rates: dict[int, Rate]) -> None:
    ranking = ranked(rates)
    assert sorted(each.key for each in ranking) == sorted(rates)
    shares = [each.share for each in rates.values() if each.share is not None]
    for each in ranking:
        share = rates[each.key].share
        better = None if share is None else 1 + sum(other > share for other in shares)
        assert each.rank == better
    ranks = [each.rank for each in ranking if each.rank]
    assert ranks == sorted(ranks)
    assert all(each.rank is None for each in ranking[len(ranks) :])


@given(st.dictionaries(st.integers(), RATES), st.integers(0, 5), st.fractions(0, 1))
def test_at_the_foot_are_the_last_and_all_tied_with_them_unless_they_met_the_target(
    rates: dict[int, Rate], count: int, target: Fraction
) -> None:
    shares = {key: each.share for key, each in rates.items() if each.share is not None}
    worst = sorted(shares.values())[:count]
    wanted = {key for key, share in shares.items() if worst and share <= worst[-1] and share < target}
    assert {each.key for each in at_foot(ranked(rates), count, target)} == wanted


def test_all_tied_at_nothing_are_at_the_foot_and_nobody_is_when_all_is_done() -> None:
    names = "后七位"
    tied = ranked({name: Rate(0, 3) for name in names})
    assert [each.key for each in at_foot(tied, 2)] == list(names)
    assert at_foot(ranked({"甲": Rate(2, 2), "乙": Rate(1, 1)}), 1) == ()
    assert ranked({"甲": Rate(0, 0)}) == (Ranked("甲", Rate(0, 0), None),)
