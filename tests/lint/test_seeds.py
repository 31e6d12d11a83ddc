"""Each single defect is found by its own rule and by no other; conforming documents raise nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lint_programs import PROGRAMS

from docgen.lint.checker import Settings, check, judged
from docgen.lint.reading.model import Doc
from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.lint.rules import BY_ID, RULES

Made = Callable[[str], bytes]
Planted = Callable[[Any], bytes]
Grave = Callable[[bytes], list[str]]
FORMS = {
    "general": Form.GENERAL,
    "apart": Form.GENERAL,
    "wps": Form.GENERAL,
    "letter": Form.LETTER,
    "upward": Form.UPWARD,
    "minutes": Form.MINUTES,
    "order": Form.ORDER,
    "slip": Form.SLIP,
    "serial": Form.SERIAL,
    "joint": Form.GENERAL,
}


def test_a_conforming_document_raises_no_error_and_no_warning(
    conforming: str, made: Made, grave: Grave
) -> None:
    assert grave(made(conforming)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_conforming_document_is_so_whatever_saved_it(
    program: str, conforming: str, made: Made, grave: Grave
) -> None:
    """Runs in pieces, content controls, numbered styles, switches that say nothing, sides called start and end."""
    assert grave(PROGRAMS[program](made(conforming))) == []


def test_an_accepted_habit_raises_no_error_and_no_warning(habit: str, kept: Made, grave: Grave) -> None:
    assert grave(kept(habit)) == []


def test_the_form_is_found_from_the_document(conforming: str, made: Made) -> None:
    wanted = next(form for word, form in FORMS.items() if word in conforming)
    assert check(made(conforming), conforming).form is wanted


def test_a_single_defect_is_found_by_its_rule_alone(seed: Any, planted_doc: Callable[[Any], Doc]) -> None:
    found = judged(planted_doc(seed), "文件.docx").findings
    assert {each.rule.id for each in found if each.severity is not Severity.HINT} == {seed.rule}


def test_there_are_at_least_eighty_defects_in_documents_of_every_form(seeds: tuple[Any, ...]) -> None:
    assert len(seeds) >= 80
    assert {next(form for word, form in FORMS.items() if word in seed.base) for seed in seeds} == set(Form)
    print(f"{len(seeds)} seeded defects, {len({seed.rule for seed in seeds})} rules")  # noqa: T201  the figure of README


def test_every_rule_for_errors_and_warnings_is_tried(seeds: tuple[Any, ...]) -> None:
    tried = {seed.rule for seed in seeds}
    assert [rule.id for rule in RULES if rule.severity is not Severity.HINT and rule.id not in tried] == []


def test_rules_are_declared_once() -> None:
    assert len(BY_ID) == len(RULES)


def test_a_rule_switched_off_finds_nothing(seeds: tuple[Any, ...], planted: Planted) -> None:
    seed = next(each for each in seeds if each.rule == "body-face")
    report = check(planted(seed), "文件.docx", settings=Settings(frozenset(["body-face"])))
    assert "body-face" not in [each.rule.id for each in report.findings]


def test_a_wider_tolerance_lets_a_margin_pass(seeds: tuple[Any, ...], planted: Planted) -> None:
    seed = next(each for each in seeds if each.rule == "margins")
    report = check(planted(seed), "文件.docx", settings=Settings(tolerances={"margins": 15.0}))
    assert "margins" not in [each.rule.id for each in report.findings]


def test_a_form_given_by_hand_is_taken(made: Made) -> None:
    report = check(made("apart"), "文件.docx", Form.UPWARD)
    assert report.form is Form.UPWARD
    assert "signer-missing" in [each.rule.id for each in report.findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_checks_and_how_to_mend_it(rule: Any) -> None:
    assert rule.clause
    assert rule.checks
    assert rule.mend
    assert (rule.tolerance is None) == (rule.unit == "")


def test_a_finding_says_where_what_and_how(seeds: tuple[Any, ...], planted: Planted) -> None:
    seed = next(each for each in seeds if each.rule == "title-face")
    finding = next(each for each in check(planted(seed), "文件.docx").findings if each.paragraph)
    assert finding.place == "标题，第10段“澄湖县人民政府关于进一步”"
    assert finding.message == "字体为宋体，应为小标宋"
    assert finding.rule.mend == "字体改为方正小标宋简体"
