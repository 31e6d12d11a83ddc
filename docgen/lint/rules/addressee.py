"""Rules of the 主送机关."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import REGULATION, Rule, Severity
from docgen.lint.rules import measures

_WITHOUT_ADDRESSEE: Final = frozenset(
    ("公告", "通告", "公报", "决议", "决定", "令", "命令", "纪要", "意见", "通报")
)


ADDRESSEE_MISSING: Final = Rule(
    "addressee-missing", "7.3.2", Severity.WARNING, "主送机关",
    checks="有主送机关（公告、通告、令、纪要等除外）", mend="在标题下顶格写主送机关",
    reason="没有主送机关，不知道由谁办理",
    wrong="某县人民政府关于防汛工作的通知¶为做好防汛工作，现通知如下。",
    right="某县人民政府关于防汛工作的通知¶各镇人民政府：¶为做好防汛工作，现通知如下。",
    of_whole=True,
)  # fmt: skip


@judges(ADDRESSEE_MISSING, never=(Form.MINUTES, Form.ORDER, Form.SLIP, Form.SERIAL))
def addressee_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document that is sent to nobody."""
    if seen.layout.kind in _WITHOUT_ADDRESSEE or seen.of(Role.ADDRESSEE):
        return
    moved = any(each.words.startswith("主送") for each in seen.of(Role.IMPRINT))
    if not moved and seen.of(Role.TITLE):
        yield seen.found(ADDRESSEE_MISSING, None, "没有找到主送机关")


ADDRESSEE_INDENT: Final = Rule(
    "addressee-indent", "7.3.2", Severity.ERROR, "主送机关",
    checks="居左顶格", mend="去掉缩进，左对齐", reason="顶格，以示尊重，也与正文分开", wrong="　　各镇人民政府：",
    right="各镇人民政府：", tolerance=0.3, unit="字",
)  # fmt: skip
ADDRESSEE_COLON: Final = Rule(
    "addressee-colon", "7.3.2", Severity.ERROR, "主送机关",
    checks="末尾用全角冒号", mend="末尾改为“：”", reason="冒号引起正文", wrong="各镇人民政府",
    right="各镇人民政府：",
)  # fmt: skip
ADDRESSEE_ONE: Final = Rule(
    "addressee-one", REGULATION, Severity.WARNING, "主送机关",
    checks="上行文原则上只主送一个上级机关", mend="只留一个主送机关，其他改为抄送",
    reason="向几个上级同时请示，无法确定由谁答复", wrong="市政府、市发展和改革委员会：", right="市政府：",
)  # fmt: skip


@judges(ADDRESSEE_INDENT, ADDRESSEE_COLON, ADDRESSEE_ONE)
def addressees(seen: Seen) -> Iterator[Finding]:
    """Judge the line of the addressees."""
    for para in seen.of(Role.ADDRESSEE)[:1]:
        yield from measures.flush(seen, ADDRESSEE_INDENT, para)
        if not para.words.endswith("："):
            yield seen.found(ADDRESSEE_COLON, para, f"末尾为“{para.words[-1]}”", "全角冒号“：”")
        names = [name for name in re.split("[、，,]", para.words.rstrip("：:")) if name]
        if seen.layout.form is Form.UPWARD and len(names) > 1:
            yield seen.found(ADDRESSEE_ONE, para, f"主送 {len(names)} 个机关", "一个上级机关")
