"""Rules of the phrases that close a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import PRACTICE, REGULATION, Rule, Severity

_REQUEST_END: Final = re.compile("请.{0,6}(批示|批复|审批|审示|指示|批准|审定)")
_LETTER_END: Final = re.compile("(特此|此复|此函|请.{0,12}(函复|支持|复函|回复|反馈)|为盼|为荷|函复)")


def _last(seen: Seen) -> tuple[Para, str] | None:
    """Return the last paragraph of the text, and the words of the last two; None without text."""
    body = [para for para in seen.of(Role.BODY) if not para.blank]
    return (body[-1], "".join(para.words for para in body[-2:])) if body else None


def _closing(seen: Seen, rule: Rule, found: str, expected: str) -> Iterator[Finding]:
    last = _last(seen)
    if last:
        yield seen.found(rule, last[0], found, expected, last[0].words[-12:])


def _ends(seen: Seen, kind: str, pattern: re.Pattern[str]) -> bool | None:
    """Whether a document of a kind ends as the pattern says; None for another kind, or without text."""
    last = _last(seen)
    return bool(pattern.search(last[1])) if last and seen.layout.kind == kind else None


CLOSING_REQUEST: Final = Rule(
    "closing-request", PRACTICE, Severity.HINT, "正文",
    checks="请示以“妥否，请批示”之类结尾", mend="补上结尾语", reason="说清要上级做什么",
    wrong="请尽快研究。", right="妥否，请批示。",
)  # fmt: skip


@judges(CLOSING_REQUEST)
def closing_request(seen: Seen) -> Iterator[Finding]:
    """Find a request that asks for nothing."""
    if _ends(seen, "请示", _REQUEST_END) is False:
        yield from _closing(seen, CLOSING_REQUEST, "没有请示的结尾语", "“妥否，请批示”")


CLOSING_REPORT: Final = Rule(
    "closing-report", REGULATION, Severity.HINT, "正文",
    checks="报告不夹带请示事项", mend="另文请示", reason="报告不要求答复，夹带的请示会被漏办",
    wrong="关于防汛工作的报告¶……¶以上报告，请批示。", right="关于防汛工作的报告¶……¶特此报告。",
)  # fmt: skip


@judges(CLOSING_REPORT)
def closing_report(seen: Seen) -> Iterator[Finding]:
    """Find a report that asks for something."""
    if _ends(seen, "报告", _REQUEST_END):
        yield from _closing(seen, CLOSING_REPORT, "报告里夹带请示", "另文请示")


CLOSING_LETTER: Final = Rule(
    "closing-letter", PRACTICE, Severity.HINT, "正文",
    checks="函有“特此函告”“请函复”之类结尾", mend="补上结尾语", reason="说清是告知还是要答复",
    wrong="请于3月20日前提供材料。", right="请予支持为盼。",
)  # fmt: skip


@judges(CLOSING_LETTER)
def closing_letter(seen: Seen) -> Iterator[Finding]:
    """Find a letter without closing phrase."""
    if _ends(seen, "函", _LETTER_END) is False:
        yield from _closing(seen, CLOSING_LETTER, "没有函的结尾语", "“特此函告”等")


ONE_REQUEST: Final = Rule(
    "one-request", REGULATION, Severity.HINT, "正文",
    checks="请示一文一事", mend="分别行文", reason="几件事写在一起，批复时难以分别答复",
    wrong="关于用地、资金等事项的请示", right="关于用地的请示",
)  # fmt: skip


@judges(ONE_REQUEST)
def one_request(seen: Seen) -> Iterator[Finding]:
    """Find a request about several things."""
    if _last(seen) and seen.layout.kind == "请示" and "等事项" in seen.layout.title:
        yield seen.found(ONE_REQUEST, seen.layout.first(Role.TITLE), "标题像是请示了几件事", "一文一事")
