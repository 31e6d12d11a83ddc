"""Rules of the 签发人."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Family,
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures
from docgen.lint.rules.number import number_end

SIGNER_MISSING: Final = Rule(
    "signer-missing", "7.2.6", Severity.ERROR, "签发人",
    checks="上行文标注签发人", mend="在发文字号同一行右侧加“签发人：姓名”",
    reason="上行文由谁签发，上级要能看到", wrong="某政请〔2026〕4号", right="某政请〔2026〕4号　　签发人：张某",
    of_whole=True,
)  # fmt: skip


@judges(SIGNER_MISSING)
def signer_missing(seen: Seen) -> Iterator[Finding]:
    """Find an upward document without signatory."""
    if not _lines(seen) and seen.layout.form is Form.UPWARD and seen.of(Role.MARK):
        yield seen.found(SIGNER_MISSING, None, "上行文没有签发人", "“签发人：姓名”")


def _lines(seen: Seen) -> list[Para]:
    return [para for para in seen.of(Role.NUMBER, Role.SIGNER) if words.SIGNER.search(para.text)]


SIGNER_UNNEEDED: Final = Rule(
    "signer-unneeded", "7.2.6", Severity.WARNING, "签发人",
    checks="只有上行文标注签发人", mend="下行文、平行文删去签发人", reason="签发人只对上级标注",
    wrong="某政发〔2026〕12号　　签发人：张某", right="某政发〔2026〕12号",
)  # fmt: skip


@judges(SIGNER_UNNEEDED)
def signer_unneeded(seen: Seen) -> Iterator[Finding]:
    """Find a signatory in a document to lower or equal organs."""
    kind = seen.layout.kind
    if kind and kind not in words.UPWARD and kind not in ("意见", "函"):
        for para in _lines(seen)[:1]:
            yield seen.found(SIGNER_UNNEEDED, para, f"{kind}标注了签发人", "不标注")


SIGNER_LINE: Final = Rule(
    "signer-line", "7.2.6", Severity.ERROR, "签发人",
    checks="与发文字号同一行；多个签发人时，最后一个与发文字号同一行", mend="移到发文字号同一行右侧",
    reason="一行占一行，红线才不下移",
    wrong="某政请〔2026〕4号¶签发人：张某", right="某政请〔2026〕4号　　签发人：张某",
)  # fmt: skip


@judges(SIGNER_LINE)
def signer_line(seen: Seen) -> Iterator[Finding]:
    """Find signatories on a line below that of the number."""
    numbers = [para for para in seen.of(Role.NUMBER) if not para.table and not para.box]
    alone = [para for para in numbers if not para.text[number_end(para) :].strip()]
    for para in seen.of(Role.SIGNER):
        if alone and para.number > alone[-1].number and not para.table and not para.box:
            yield seen.found(SIGNER_LINE, para, "签发人另起一行", "与发文字号同一行")
            return


SIGNER_COLON: Final = Rule(
    "signer-colon", "7.2.6", Severity.ERROR, "签发人",
    checks="“签发人”后用全角冒号", mend="把冒号改为“：”", reason="中文用全角标点",
    wrong="某政请〔2026〕4号　　签发人:张某",
    right="某政请〔2026〕4号　　签发人：张某",
)  # fmt: skip
SIGNER_FACE: Final = Rule(
    "signer-face", "7.2.6", Severity.ERROR, "签发人",
    checks="“签发人”三字用 3 号仿宋，姓名用 3 号楷体", mend="签发人标签改仿宋、姓名改楷体，均为 3 号",
    reason="姓名用楷体，与标签分开", wrong="签发人：张某（全用仿宋）", right="签发人：张某（姓名用楷体）",
)  # fmt: skip


@judges(SIGNER_COLON, SIGNER_FACE)
def signers(seen: Seen) -> Iterator[Finding]:
    """Judge the lines with signatories."""
    lines = _lines(seen)
    for para in lines:
        yield from _signer(seen, para)
    known = {para.number for para in lines}
    for para in seen.of(Role.SIGNER, Role.NUMBER) if lines else ():
        if para.number not in known:
            yield from _signer_name(seen, para, number_end(para) if seen.role(para) is Role.NUMBER else 0)


def _signer(seen: Seen, para: Para) -> Iterator[Finding]:
    found = words.SIGNER.search(para.text)
    if found is None:
        return
    rest = para.text[found.end() :].lstrip()
    if not rest.startswith("：") and rest:
        yield seen.found(SIGNER_COLON, para, f"“签发人”后为“{rest[:1]}”", "“：”", para.text[found.start() :])
    yield from measures.face(seen, SIGNER_FACE, para, Family.BODY, start=found.start(), end=found.end())
    yield from _signer_name(seen, para, found.end())


def _signer_name(seen: Seen, para: Para, start: int) -> Iterator[Finding]:
    end = words.SIGNER.search(para.text, start + 1)
    yield from measures.face(
        seen, SIGNER_FACE, para, Family.NAME, start=start, end=end.start() if end else None
    )
