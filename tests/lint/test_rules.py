"""A rule's words and its judge stand in one file; what a judge finds are its own rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docgen.lint.findings import Judge, Seen
from docgen.lint.reading.model import Doc
from docgen.lint.recognition.recognise import recognise
from docgen.lint.rule import Rule
from docgen.lint.rules import JUDGES, RULES, SUBJECTS
from docgen.lint.rules.leftovers import placeholder_in


def declared(subject: Any) -> set[Rule]:
    return {each for each in vars(subject).values() if isinstance(each, Rule)}


def judged(subject: Any) -> set[Rule]:
    return {rule for each in vars(subject).values() if isinstance(each, Judge) for rule in each.rules}


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.__name__.rpartition(".")[2])
def test_a_file_declares_the_rules_it_judges_and_judges_those_it_declares(subject: Any) -> None:
    assert declared(subject) == judged(subject) != set()


def test_every_rule_is_declared_in_one_file_alone() -> None:
    assert sum(len(declared(each)) for each in SUBJECTS) == len(RULES)


def test_a_constant_bears_the_name_of_its_rule() -> None:
    named = {
        name: each.id
        for subject in SUBJECTS
        for name, each in vars(subject).items()
        if isinstance(each, Rule)
    }
    assert {name: rule.upper().replace("-", "_") for name, rule in named.items()} == {
        name: name for name in named
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_gives_its_reason_and_an_example_before_and_after(rule: Rule) -> None:
    assert rule.reason
    assert rule.wrong
    assert rule.right
    assert rule.wrong != rule.right


def test_a_judge_finds_only_rules_that_it_names(
    seeds: tuple[Any, ...], planted_doc: Callable[[Any], Doc]
) -> None:
    first = {seed.rule: seed for seed in reversed(seeds)}
    for seed in first.values():
        doc = planted_doc(seed)
        seen = Seen(doc, recognise(doc))
        for judge in JUDGES:
            assert {each.rule for each in judge(seen)} <= set(judge.rules)


@pytest.mark.parametrize(
    ("words", "found"),
    [("成　　员：（待定）　县文旅局局长", ""), ("时间：（待定）", "（待定）"), ("（待定）", "（待定）")],
)
def test_a_seat_that_a_roster_leaves_open_is_no_place_to_fill_in(words: str, found: str) -> None:
    """（待定） with a post behind a wide space is what an organ decided; elsewhere it is unfinished."""
    assert placeholder_in(words) == found
