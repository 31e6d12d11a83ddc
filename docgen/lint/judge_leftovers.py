"""Judging what should not be there: placeholders, traces of editing, coloured grounds, empty paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint.findings import Finding, Seen
from docgen.lint.layout import Role
from docgen.lint.model import Para

_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|×{2,}|(?<![A-Za-z0-9])[XxＸ]{2,}(?![A-Za-z0-9])|"
    r"【[^【】]{0,40}(?:待|填|补充|TODO|todo)[^【】]{0,40}】|＊{2,}|\*{2,}|\{\{|\}\}|\{%"
)
_TO_FILL: Final = re.compile(r"_{2,}|＿{2,}|□{2,}")
_FORMS: Final = (Role.TABLE, Role.ANNEX, Role.ANNEX_TITLE)
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


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge what was left over."""
    for para in seen.live():
        yield from _words(seen, para)
        yield from _grounds(seen, para)
    yield from _traces(seen)
    yield from _blanks(seen)


def placeholder_in(words: str) -> str:
    """Return the first placeholder among words, a template's tag included; empty for none."""
    found = _PLACEHOLDER.search(words)
    return found[0] if found else ""


def _words(seen: Seen, para: Para) -> Iterator[Finding]:
    role = seen.role(para)
    found = _PLACEHOLDER.search(para.words)
    if found is None and role not in _FORMS:
        found = _TO_FILL.search(para.words)
    if found and role is not Role.DATE:
        yield seen.found(
            "placeholder",
            para,
            f"有占位文字“{found[0]}”",
            "填写或删去",
            para.words[max(0, found.start() - 8) :],
        )
    if para.words.startswith("主题词"):
        yield seen.found("subject-words", para, "标注了主题词", "不标注")


def _grounds(seen: Seen, para: Para) -> Iterator[Finding]:
    lit = next((span for span in para.spans if span.look.highlight and span.text.strip()), None)
    if lit and seen.role(para) is not Role.TABLE:
        yield seen.found("highlight", para, "有突出显示或底纹", "", lit.text)
    hidden = next((span for span in para.spans if span.look.hidden and span.text.strip()), None)
    if hidden:
        yield seen.found("hidden-text", para, "有隐藏文字", "", hidden.text)


def _traces(seen: Seen) -> Iterator[Finding]:
    traces = seen.doc.traces
    for rule, places, said in (
        ("tracked-changes", traces.changes, "修订"),
        ("comments", traces.comments, "批注"),
    ):
        if places:
            para = seen.doc.paras[places[0] - 1]
            yield seen.found(rule, para, f"有{said}，共 {len(places)} 段", "")


def _blanks(seen: Seen) -> Iterator[Finding]:
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
        yield seen.found("blank-paragraphs", empty[0], said, f"最多 {allowed} 个" if allowed else "没有空段")


def _tabled(seen: Seen, before: Para, after: Para) -> bool:
    """Whether a table or a text box stands between two paragraphs."""
    return any(para.table or para.box for para in seen.doc.paras[before.number : after.number - 1])


def _height(seen: Seen, para: Para) -> float:
    return para.line_height(seen.section(para).pitch)
