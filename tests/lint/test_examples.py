"""The examples of rules in words do what they say: the wrong one is found by its rule, the right one is not."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lint_changes import at, put_words
from lint_seeds import LONG

from docgen.lint.checker import Report, check
from docgen.lint.rules import BY_ID

Made = Callable[[str], bytes]
IN_TEXT = [
    "body-spaces",
    "level-brackets",
    "half-punctuation",
    "half-brackets",
    "straight-quotes",
    "list-comma",
    "ellipsis",
    "dash",
    "double-punctuation",
    "unbalanced",
    "nested-titles",
    "range-mark",
    "range-percent",
    "full-width-digits",
    "hanzi-zero",
    "approximate",
    "text-date-zero",
    "text-date-form",
    "short-year",
    "cited-number",
    "text-spaces",
    "damaged-character",
    "placeholder",
    "subject-words",
]
"""Rules of words wherever in the text they stand."""
AT_PLACES = {
    "000123": ["copy-number"],
    "特急": ["urgency-words"],
    "澄政发": [
        "number-blank", "number-brackets", "number-year", "number-di", "number-zero", "number-hao", "number-spaces",
    ],
    "澄湖县人民政府关于进一步": ["title-mark"],
    "各镇人民政府": ["addressee-indent", "addressee-colon"],
    "二、重点任务": ["level-1-mark"],
    "（一）压减": ["level-2-mark"],
    "2.推行": ["level-3-mark"],
    "（2）": ["level-4-mark"],
    "附件：": ["annex-list-colon", "annex-list-end", "annex-list-number", "annex-list-lines"],
    "附件2": ["annex-head-words"],
    "2026年3月6日": ["date-zero", "date-hanzi", "date-form"],
    "（此件": ["note-brackets"],
    "抄送": ["imprint-end", "imprint-colon", "copies-words"],
}  # fmt: skip
"""Rules of one element: the words with which it begins in the document, and the rules whose examples stand there."""
TURNS = [
    {start: BY_ID[rule] for start, rule in zip(AT_PLACES, turn, strict=True) if rule}
    for turn in zip_longest(*AT_PLACES.values())
]
"""Examples that are put into one document together."""


def checked(document: Any) -> Report:
    stream = io.BytesIO()
    document.save(stream)
    return check(stream.getvalue(), "文件.docx")


@pytest.mark.parametrize("side", ["wrong", "right"])
def test_an_example_in_the_text_is_found_where_it_stands(side: str, made: Made) -> None:
    """Each is a paragraph of its own."""
    document = docx.Document(io.BytesIO(made("general")))
    model = at(document, LONG)
    for rule in IN_TEXT:
        twin = copy.deepcopy(model)
        put_words(twin, getattr(BY_ID[rule], side))
        model.addprevious(twin)
    place = list(document.element.body.iter(qn("w:p"))).index(model) - len(IN_TEXT) + 1
    found = {(each.rule.id, each.paragraph) for each in checked(document).findings}
    told = [rule for number, rule in enumerate(IN_TEXT, place) if (rule, number) in found]
    assert told == (IN_TEXT if side == "wrong" else [])


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: "、".join(rule.id for rule in turn.values()))
def test_an_example_of_an_element_is_found_by_its_rule(turn: dict[str, Any], made: Made) -> None:
    """In a document that conforms but for the examples; with the right ones none of these rules finds anything."""
    for side in ("wrong", "right"):
        document = docx.Document(io.BytesIO(made("general")))
        for start, rule in turn.items():
            put_words(at(document, start), getattr(rule, side))
        found = {each.rule.id for each in checked(document).findings}
        assert {rule.id for rule in turn.values()} & found == (
            {rule.id for rule in turn.values()} if side == "wrong" else set()
        )
