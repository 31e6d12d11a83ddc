"""One fault is told once: what follows from it stands with it, and one label out of place makes no crowd."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable

import docx
import pytest

from docgen.lint.checker import Cause, Report, check
from docgen.lint.rule import Severity
from docgen.lint.rules import BY_ID, RULES

Made = Callable[[str], bytes]
LABELS = [
    "附件",
    "附件：",
    "附件1",
    "附件：工作方案",
    "抄送：",
    "主送：县发改局",
    "签发人：张某某",
    "澄政发〔2026〕3号",
    "机密",
    "特急",
    "2026年3月6日",
    "澄湖县人民政府",
    "各镇人民政府：",
    "出席：张某、李某",
    "此件公开发布",
]


def with_line(data: bytes, words: str, *, last: bool) -> bytes:
    """Return a document with a line of its own below its first or last long paragraph, set as that is."""
    document = docx.Document(io.BytesIO(data))
    long = [each for each in document.paragraphs if len(each.text) > 25]
    above = long[-1 if last else 0]
    line = copy.deepcopy(above._p)
    above._p.addnext(line)
    added = next(each for each in document.paragraphs if each._p is line)
    for run in added.runs[1:]:
        line.remove(run._r)
    added.runs[0].text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def grave(report: Report) -> list[Cause]:
    return [each for each in report.causes() if each.findings[0].severity is not Severity.HINT]


@pytest.mark.parametrize(("base", "last"), [("general", False), ("general", True), ("serial", False)])
def test_a_label_out_of_place_makes_no_crowd(base: str, last: bool, made: Made) -> None:
    """Of fifteen labels among the text none gives more than two findings, however many follow."""
    crowds = {}
    for words in LABELS:
        found = grave(check(with_line(made(base), words, last=last), base))
        if len(found) > 2:
            crowds[words] = [each.findings[0].rule.id for each in found]
    assert crowds == {}


def test_what_follows_stands_with_its_cause_and_the_cause_comes_first(made: Made) -> None:
    """An annex head in the text: not on a page of its own, so its look is told there; nothing is lost."""
    report = check(with_line(made("general"), "附件：", last=True), "a.docx")
    cause = report.causes()[0]
    assert [each.rule.id for each in cause.findings] == ["annex-head-page"]
    assert {each.rule.id for each in cause.followers} == {
        "annex-head-face",
        "annex-head-position",
        "annex-head-words",
    }
    told = [each for one in report.causes() for each in (*one.findings, *one.followers)]
    assert sorted(map(str, told)) == sorted(map(str, report.findings))


def test_a_heading_out_of_its_row_is_told_alone(made: Made) -> None:
    """The headings that go on as they were are right."""
    report = check(with_line(made("general"), "一、附件", last=False), "a.docx")
    assert [each.rule.id for each in report.findings if each.rule.id == "level-order"] == ["level-order"]


def test_rules_that_follow_name_rules_that_are_there() -> None:
    """And none follows from itself, by whatever way."""
    for rule in RULES:
        seen, waiting = set(), list(rule.follows)
        while waiting:
            cause = waiting.pop()
            assert cause in BY_ID
            assert cause != rule.id
            waiting += [] if cause in seen else BY_ID[cause].follows
            seen.add(cause)


def test_an_annex_in_a_file_of_its_own_is_asked_for_nothing_of_a_whole_document(made: Made) -> None:
    """Neither title of a document nor date, addressees, list of annexes; its own looks are judged."""
    document = docx.Document(io.BytesIO(made("general")))
    paragraphs = document.paragraphs
    head = next(at for at, each in enumerate(paragraphs) if each.text == "附件1")
    for each in paragraphs[:head]:
        each._p.getparent().remove(each._p)
    stream = io.BytesIO()
    document.save(stream)
    assert check(stream.getvalue(), "附件.docx").findings == ()
    document.paragraphs[0].runs[0].font.size = docx.shared.Pt(12)
    stream = io.BytesIO()
    document.save(stream)
    found = check(stream.getvalue(), "附件.docx").findings
    assert [each.rule.id for each in found] == ["annex-head-face"]
