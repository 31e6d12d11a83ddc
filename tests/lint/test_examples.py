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
from lint_examples import draw
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
    "date-weekday",
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
DRAWN: dict[str, dict[str | tuple[str, ...], list[str]]] = {
    "general": {
        "机密": ["secrecy-words", "label-face"],
        "000123—特急": ["label-order"],
        "澄湖县人民政府文件—澄政发": ["mark-missing"],
        "澄湖县人民政府文件—优化重大项目": ["number-missing"],
        ("澄政发", "2026年3月6日"): ["number-year-differs"],
        "澄政发": ["head-stray", "signer-unneeded", "number-position", "rule-missing", "rule-colour"],
        "页面": ["paper", "margins"],
        "页脚": ["page-number-size", "page-number-face", "page-number-dashes", "page-number-indent"],
        "附件2": ["annex-head-page"],
        "澄政发—各镇人民政府": ["title-missing"],
        "澄湖县人民政府关于—优化重大项目": [
            "title-end", "title-shape", "title-break", "title-kind", "title-face", "title-size", "title-align",
            "title-indent", "title-bold", "title-colour",
        ],
        "澄湖县人民政府关于—为进一步优化": ["addressee-missing"],
        "1.公布—2.推行": ["soft-breaks"],
        ("一、总体要求", "二、重点任务"): ["level-order"],
        "（一）压减—1.公布": ["level-skip"],
        "二、重点任务—1.公布": ["level-skip-hint"],
        "一、总体要求": ["level-end", "level-1-face", "level-bold", "level-look"],
        ("附件：1—2.责任", "附件1", "附件2"): ["annex-agreement"],
        "澄湖县人民政府办公室": ["imprint-printed"],
        ("2026年3月6日", "澄湖县人民政府办公室"): ["imprint-early"],
        "抄送—澄湖县人民政府办公室": ["imprint-organ"],
        "为进一步优化—一、总体要求": ["blank-paragraphs"],
        "特急": ["label-position"],
        "澄湖县人民政府文件": ["mark-colour", "mark-face", "mark-align", "mark-size"],
        "为进一步优化": [
            "body-face", "body-size", "body-colour", "body-bold", "body-italic", "body-underline", "body-strike",
            "body-effects", "body-indent", "body-align", "line-spacing", "paragraph-spacing", "character-spacing",
            "quote-face", "highlight", "hidden-text",
        ],
        "（一）压减": ["level-2-face"],
        "1.公布": ["level-3-face"],
        "附件1": ["annex-head-face", "annex-head-position"],
        "责任分工表": ["annex-title-look"],
        "抄送": ["imprint-size", "imprint-face"],
    },
    "letter": {
        "^澄湖县发展和改革委员会": ["mark-words"],
        ("请于2026—澄湖县发展和改革委员会", "附件"): ["annex-list-missing"],
        ("附件：", "附件—项目清单"): ["annex-names"],
        "抄送": ["imprint-rules-unneeded", "imprint-indent"],
        "请于2026": ["closing-letter"],
        "项目清单—各镇、各有关单位": ["annex-face"],
    },
    "upward": {
        "签发人—澄政请": ["signer-missing", "signer-line", "signer-colon"],
        "^澄湖县人民政府—关于调整": ["title-lone"],
        "临江市人民政府": ["addressee-one", "addressee-person"],
        "澄湖县人民政府—（联系人": ["note-place", "note-missing"],
        "抄送": ["request-copies", "copies-person"],
        "妥否": ["closing-request"],
        ("关于调整", "妥否"): ["closing-report"],
        "关于调整": ["one-request"],
        "（联系人": ["note-position"],
        "澄湖县人民政府": ["signature-position"],
    },
    "wps": {"页面": ["grid-lines"]},
    "apart": {
        "此复—附件：": ["annex-list-gap"],
        "附件：—2026年11月26日": ["annex-list-place"],
        "澄湖县人民政府—2026年11月26日": ["date-missing", "signature-missing", "signature-and-date"],
        "2026年11月26日": ["date-invalid", "date-position"],
        "澄湖县人民政府": ["proxy-seal"],
        ("澄湖县人民政府文件", "澄湖县人民政府"): ["signature-mark"],
        "附件：": ["annex-list-indent"],
    },
    "minutes": {
        "出席": ["list-colon"],
        "请假": ["list-indent"],
    },
}  # fmt: skip
"""Rules whose examples are drawn: by the document, and by the paragraphs whose place they take (`lint_examples.py`)."""
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


@pytest.mark.parametrize(
    ("base", "stretches", "rule"),
    [
        (base, (places,) if isinstance(places, str) else places, rule)
        for base, taken in DRAWN.items()
        for places, rules in taken.items()
        for rule in rules
    ],
)
def test_a_drawn_example_is_found_by_its_rule(
    base: str, stretches: tuple[str, ...], rule: str, made: Made
) -> None:
    """Paragraphs one below the other, their looks, what lies between them."""
    found = []
    for example in (BY_ID[rule].wrong, BY_ID[rule].right):
        document = docx.Document(io.BytesIO(made(base)))
        draw(document, example, stretches)
        found.append(rule in {each.rule.id for each in checked(document).findings})
    assert found == [True, False]
