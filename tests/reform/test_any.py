"""Drafts of any words and levels: nothing is lost, and twice is once."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from typed import letters, of_text

from docgen.lint.rule import Severity
from docgen.reform.faults import Lost
from docgen.reform.formatting import Formatted, formatted
from docgen.reform.reading.word import read_word

_CLAUSES = st.text("项目推进落实各镇县局甲乙AB12", min_size=2, max_size=12)
_MARKS = st.sampled_from(["，", ",", "、", "。", "；", ":", "（甲）", "(乙)", "“丙”", '"丁"', " "])
_WORDS = st.lists(st.tuples(_CLAUSES, _MARKS, _CLAUSES).map("".join), min_size=1, max_size=4).map("".join)
_TYPED = "|一、|二.|（一）|(二)|1.|2、|（1）|⑵|①|1)|　　|第一条 "
_LABELS = st.sampled_from(_TYPED.split("|"))
_ENDS = st.sampled_from(["", "。", "：", "；"])
_LINES = st.lists(st.tuples(_LABELS, _WORDS, _ENDS).map("".join), min_size=1, max_size=12)
_CLOSINGS = st.sampled_from(
    [
        "",
        "云河县水利局\n2026年5月8日",
        "云河县水利局　二〇二六年五月八日",
        "附件：1.甲表  2.乙表\n某局\n2026.5.8",
    ]
)
_OPENINGS = st.sampled_from(
    [
        "关于做好防汛工作的通知\n各镇：\n",
        "防汛工作方案\n",
        "",
        "云河县水利局文件\n云水发[2026]8号\n关于防汛的报告\n县政府:\n",
    ]
)
_FEW = settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


def whole(text: str) -> Formatted:
    """Return the document of a text; one that would lose a word is refused, which is right, and seldom."""
    try:
        return formatted(of_text(text))
    except Lost:
        reject()


@_FEW
@given(_OPENINGS, _LINES, _CLOSINGS)
def test_no_letter_is_lost_and_twice_is_once(opening: str, lines: list[str], closing: str) -> None:
    """Counted by a reader that is not docgen's; the second time the same bytes come out, without a change."""
    text = opening + "\n".join(lines) + "\n" + closing
    if not any(map(str.isalnum, text)):
        return
    first = whole(text)
    hanzi = Counter(
        each for each in text if "\u4e00" <= each <= "\u9fff" and each not in "一二三四五六七八九十〇"
    )
    assert hanzi - letters(first.document) - Counter("附件") == {}
    second = formatted(read_word(first.document, "果.docx"))
    assert second.document == first.document


@_FEW
@given(_LINES)
def test_what_the_checker_finds_in_a_result_is_not_its_layout(lines: list[str]) -> None:
    """Errors that are left are those of the words alone: a missing number, a date, what is to be filled in."""
    text = "关于做好防汛工作的通知\n各镇：\n" + "\n".join(lines) + "\n云河县水利局\n2026年5月8日"
    report = whole(text).report
    left = {each.rule.id for each in report.findings if each.rule.severity is Severity.ERROR}
    assert left <= {
        "level-order",
        "placeholder",
        "annex-list-missing",
        "annex-agreement",
        "annex-list-number",
    }
