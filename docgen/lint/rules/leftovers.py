"""Rules of what should not be there: placeholders, traces of editing, coloured grounds, empty paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import LEFT_OVER, REGULATION, Rule, Severity
from docgen.lint.rules.closing import is_open_date

_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|×{2,}|(?<![A-Za-z0-9])[XxＸ]{2,}(?![A-Za-z0-9])|"
    r"【[^【】]{0,40}(?:待|填|补充|TODO|todo)[^【】]{0,40}】|＊{2,}|\*{2,}|\{\{|\}\}|\{%"
)
_TO_FILL: Final = re.compile(r"_{2,}|＿{2,}|□{2,}")
_FORMS: Final = (Role.TABLE, Role.ANNEX, Role.ANNEX_TITLE, Role.ABOVE_TABLE, Role.BELOW_TABLE)
_LEAST_BLANK: Final = 8.0
# How many empty paragraphs may stand between two elements; other pairs are not judged.
_BLANKS: Final = {
    (Role.NUMBER, Role.TITLE): 3,
    (Role.TITLE, Role.ADDRESSEE): 2,
    (Role.TITLE, Role.BODY): 2,
    (Role.ADDRESSEE, Role.BODY): 0,
    (Role.BODY, Role.BODY): 0,
    (Role.BODY, Role.ANNEX_LIST): 1,
    (Role.ANNEX_LIST, Role.ANNEX_LIST): 0,
    (Role.SIGNATURE, Role.DATE): 1,
    (Role.BODY, Role.SIGNATURE): 6,
    (Role.ANNEX_LIST, Role.SIGNATURE): 6,
    (Role.BODY, Role.DATE): 6,
}


PLACEHOLDER: Final = Rule(
    "placeholder", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有留待填写的占位文字", mend="填写或删去", reason="占位文字说明还没有写完",
    wrong="××局、{{ 名称 }}", right="县自然资源局",
)  # fmt: skip


@judges(PLACEHOLDER)
def placeholders(seen: Seen) -> Iterator[Finding]:
    """Find places that still have to be filled in."""
    for para in seen.live():
        role = seen.role(para)
        if role is Role.DATE:
            if is_open_date(para.bare):
                yield seen.found(PLACEHOLDER, para, "日期还没有填写")
            continue
        found = _PLACEHOLDER.search(para.words)
        if found is None and role not in _FORMS:
            found = _TO_FILL.search(para.words)
        if found:
            said = f"有占位文字“{found[0]}”"
            yield seen.found(PLACEHOLDER, para, said, "填写或删去", para.words[max(0, found.start() - 8) :])


def placeholder_in(words: str) -> str:
    """Return the first placeholder among words, a template's tag included; empty for none."""
    found = _PLACEHOLDER.search(words)
    return found[0] if found else ""


TRACKED_CHANGES: Final = Rule(
    "tracked-changes", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有修订痕迹", mend="接受或拒绝全部修订", reason="修订痕迹会让人看到改动经过", wrong="（有修订）",
    right="接受或拒绝全部修订",
)  # fmt: skip


@judges(TRACKED_CHANGES)
def tracked_changes(seen: Seen) -> Iterator[Finding]:
    """Find changes nobody decided on."""
    yield from _traces(seen, TRACKED_CHANGES, seen.doc.traces.changes, "修订")


def _traces(seen: Seen, rule: Rule, places: Sequence[int], said: str) -> Iterator[Finding]:
    if places:
        yield seen.found(rule, seen.doc.paras[places[0] - 1], f"有{said}，共 {len(places)} 段")


COMMENTS: Final = Rule(
    "comments", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有批注", mend="删去全部批注", reason="批注是内部意见，不应发出", wrong="（有批注）",
    right="删去批注",
)  # fmt: skip


@judges(COMMENTS)
def comments(seen: Seen) -> Iterator[Finding]:
    """Find comments."""
    yield from _traces(seen, COMMENTS, seen.doc.traces.comments, "批注")


HIGHLIGHT: Final = Rule(
    "highlight", LEFT_OVER, Severity.WARNING, "全文",
    checks="没有突出显示和底纹", mend="取消突出显示", reason="突出显示是改稿时做的记号", wrong="黄色底的“3个”",
    right="“3个”",
)  # fmt: skip


@judges(HIGHLIGHT)
def highlights(seen: Seen) -> Iterator[Finding]:
    """Find coloured grounds; tables may have them."""
    for para in seen.live():
        lit = next((span for span in para.spans if span.look.highlight and span.text.strip()), None)
        if lit and seen.role(para) is not Role.TABLE:
            yield seen.found(HIGHLIGHT, para, "有突出显示或底纹", "", lit.text)


HIDDEN_TEXT: Final = Rule(
    "hidden-text", LEFT_OVER, Severity.WARNING, "全文",
    checks="没有隐藏文字", mend="删去隐藏文字", reason="隐藏的文字收文的人也能打开看", wrong="（有隐藏文字）",
    right="删去",
)  # fmt: skip


@judges(HIDDEN_TEXT)
def hidden(seen: Seen) -> Iterator[Finding]:
    """Find words that are not shown."""
    for para in seen.live():
        found = next((span for span in para.spans if span.look.hidden and span.text.strip()), None)
        if found:
            yield seen.found(HIDDEN_TEXT, para, "有隐藏文字", "", found.text)


BLANK_PARAGRAPHS: Final = Rule(
    "blank-paragraphs", "5.2.3", Severity.WARNING, "全文",
    checks="正文各段之间没有空段，要素之间的空行不超过标准", mend="删去多余的空段",
    reason="用空段调版面，换一台电脑就乱了", wrong="两段之间空一段", right="段与段相接",
)  # fmt: skip


@judges(BLANK_PARAGRAPHS, never=(Form.SLIP,))
def blank_paragraphs(seen: Seen) -> Iterator[Finding]:
    """Find empty paragraphs where the standard has none, or fewer."""
    waiting: list[Para] = []
    before: Para | None = None
    for para in seen.doc.paras:
        if para.table or para.box or para.setting.framed:
            continue
        if para.blank:
            waiting.append(para)
            continue
        yield from _between(seen, before, para, waiting)
        before, waiting = para, []


def _between(seen: Seen, before: Para | None, after: Para, blanks: Sequence[Para]) -> Iterator[Finding]:
    if before is None or after.starts_page or _tabled(seen, before, after):
        return
    allowed = _BLANKS.get((seen.role(before), seen.role(after)))
    empty = [para for para in blanks if not para.has_drawing and _height(seen, para) > _LEAST_BLANK]
    if allowed is not None and len(empty) > allowed:
        said = f"“{before.words[:8]}”与“{after.words[:8]}”之间有 {len(empty)} 个空段"
        yield seen.found(BLANK_PARAGRAPHS, empty[0], said, f"最多 {allowed} 个" if allowed else "没有空段")


def _tabled(seen: Seen, before: Para, after: Para) -> bool:
    """Whether a table or a text box stands between two paragraphs."""
    return any(para.table or para.box for para in seen.doc.paras[before.number : after.number - 1])


def _height(seen: Seen, para: Para) -> float:
    return para.line_height(seen.section(para).pitch)


SUBJECT_WORDS: Final = Rule(
    "subject-words", REGULATION, Severity.WARNING, "全文",
    checks="不再标注主题词", mend="删去主题词", reason="2012 年起不再标注主题词", wrong="主题词：审批　通知",
    right="不标注",
)  # fmt: skip


@judges(SUBJECT_WORDS)
def subject_words(seen: Seen) -> Iterator[Finding]:
    """Find 主题词."""
    for para in seen.live():
        if para.words.startswith("主题词") and seen.role(para) is not Role.TABLE:
            yield seen.found(SUBJECT_WORDS, para, "标注了主题词", "不标注")
