"""Rules of the labels at the top left: 份号, 密级和保密期限, 紧急程度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Para,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_SECRECY: Final = re.compile(r"^(绝密|机密|秘密)(★(长期|\d{1,2}(年|个月|月)))?$")
_LABELS: Final = (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)


COPY_NUMBER: Final = Rule(
    "copy-number", "7.2.1", Severity.WARNING, "份号",
    checks="份号为 6 位 3 号阿拉伯数字", mend="写成 6 位数字，如 000001",
    reason="涉密公文逐份编号，位数固定便于清点", wrong="0123", right="000123",
)  # fmt: skip
SECRECY_WORDS: Final = Rule(
    "secrecy-words", "7.2.2", Severity.ERROR, "密级",
    checks="密级和保密期限写作“秘密★1年”，数字用阿拉伯数字", mend="用★隔开密级和期限，如“机密★5年”",
    reason="期限写清才知道何时解密，★是法定标记", wrong="机密5年", right="机密★5年",
)  # fmt: skip
URGENCY_WORDS: Final = Rule(
    "urgency-words", "7.2.3", Severity.ERROR, "紧急程度",
    checks="紧急程度只有“特急”“加急”", mend="改为“特急”或“加急”", reason="公文的紧急程度只分这两级，电报才有特提、平急",
    wrong="紧急", right="加急",
)  # fmt: skip
LABEL_FACE: Final = Rule(
    "label-face", "7.2.2, 7.2.3", Severity.ERROR, "密级、紧急程度",
    checks="密级、紧急程度用 3 号黑体", mend="字体改为黑体，字号改为 3 号（16 磅）",
    reason="密级、紧急程度要一眼看到", wrong="机密★5年（仿宋）", right="机密★5年（黑体）",
)  # fmt: skip
LABEL_POSITION: Final = Rule(
    "label-position", "7.2.1—7.2.3", Severity.WARNING, "份号、密级、紧急程度",
    checks="顶格编排在版心左上角", mend="改为左对齐、不缩进", reason="固定在左上角，收文时先看这里",
    wrong="特急（居右）", right="特急（顶格）",
)  # fmt: skip
LABEL_ORDER: Final = Rule(
    "label-order", "7.2.3", Severity.WARNING, "份号、密级、紧急程度",
    checks="自上而下依次为份号、密级、紧急程度", mend="按份号、密级和保密期限、紧急程度的顺序分行排列",
    reason="次序固定，收文登记时逐项对照", wrong="机密★5年¶000123¶特急", right="000123¶机密★5年¶特急",
)  # fmt: skip


@judges(COPY_NUMBER, SECRECY_WORDS, URGENCY_WORDS, LABEL_FACE, LABEL_POSITION, LABEL_ORDER)
def labels(seen: Seen) -> Iterator[Finding]:
    """Judge the labels."""
    found = seen.of(*_LABELS)
    order = [_LABELS.index(seen.role(para)) for para in found]
    if order != sorted(order):
        yield seen.found(LABEL_ORDER, found[0], "次序不对", "份号、密级和保密期限、紧急程度")
    marks = seen.of(Role.MARK)
    for para in found:
        yield from measures.flush(seen, LABEL_POSITION, para)
        if marks and para.number > marks[0].number and seen.layout.form is not Form.LETTER:
            yield seen.found(LABEL_POSITION, para, "编排在发文机关标志之下", "标志上方，版心左上角")
        yield from _label(seen, para)


def _label(seen: Seen, para: Para) -> Iterator[Finding]:
    role = seen.role(para)
    if role is Role.COPY_NUMBER and not re.fullmatch(r"\d{6}", para.bare):
        yield seen.found(COPY_NUMBER, para, f"份号为“{para.bare}”", "6 位数字")
    if role is Role.SECRECY and not _SECRECY.match(para.bare):
        yield seen.found(SECRECY_WORDS, para, f"写作“{para.bare}”", "“秘密★1年”的样子")
    if role is Role.URGENCY and para.bare not in ("特急", "加急"):
        yield seen.found(URGENCY_WORDS, para, f"写作“{para.bare}”", "“特急”或“加急”")
    if role is not Role.COPY_NUMBER:
        yield from measures.face(seen, LABEL_FACE, para, Family.LABEL)
        yield from _label_size(seen, para)


def _label_size(seen: Seen, para: Para) -> Iterator[Finding]:
    piece = measures.wrong_size(para, _SIZE, 0.3)
    if piece:
        yield seen.found(LABEL_FACE, para, f"字号为 {shown(piece.look.size)} 磅", "16 磅", piece.text)
