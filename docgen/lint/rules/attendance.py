"""Rules of the lists of names in minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Family,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures

LIST_FACE: Final = Rule(
    "list-face", "11", Severity.ERROR, "出席名单",
    checks="“出席”等标签用 3 号黑体，名单用 3 号仿宋", mend="标签改黑体，名单改仿宋",
    reason="黑体标签分出出席、请假、列席", wrong="出席：（仿宋）", right="出席：（黑体）",
)  # fmt: skip
LIST_INDENT: Final = Rule(
    "list-indent", "11", Severity.WARNING, "出席名单",
    checks="左空二字", mend="左缩进改为 2 字符", reason="与正文段首对齐", wrong="请假：赵某（顶格）",
    right="请假：赵某（左空二字）", tolerance=0.5, unit="字",
)  # fmt: skip
LIST_COLON: Final = Rule(
    "list-colon", "11", Severity.ERROR, "出席名单",
    checks="标签后用全角冒号", mend="改为“：”", reason="中文用全角标点", wrong="出席:张某", right="出席：张某",
)  # fmt: skip
_NOT_MINUTES: Final = tuple(form for form in Form if form is not Form.MINUTES)


@judges(LIST_FACE, LIST_INDENT, LIST_COLON, never=_NOT_MINUTES)
def lists(seen: Seen) -> Iterator[Finding]:
    """Judge the lists."""
    for para in seen.of(Role.LIST):
        found = words.LIST.match(para.words)
        if found is None:
            continue
        start = para.text.find(found[1])
        end = start + len(found[1])
        yield from measures.face(seen, LIST_FACE, para, Family.LABEL, start=start, end=end)
        yield from measures.face(seen, LIST_FACE, para, Family.BODY, start=end)
        yield from measures.begins_at(seen, LIST_INDENT, para, 2)
        if found["colon"] != "：":
            yield seen.found(LIST_COLON, para, "用了半角冒号", "“：”")
