"""Rules of the 发文字号, and of what else stands in the head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity

NUMBER_MISSING: Final = Rule(
    "number-missing", "7.2.5", Severity.HINT, "发文字号",
    checks="有发文字号", mend="编号后填写发文字号", reason="没有字号无法登记、引用、检索",
    wrong="某县人民政府文件¶某县人民政府关于防汛工作的通知",
    right="某县人民政府文件¶某政发〔2026〕12号¶某县人民政府关于防汛工作的通知",
    of_whole=True,
)  # fmt: skip


@judges(NUMBER_MISSING, never=(Form.SLIP,))
def number_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document with a mark and no number."""
    if not seen.of(Role.NUMBER) and seen.of(Role.MARK):
        yield seen.found(NUMBER_MISSING, None, "没有找到发文字号")


NUMBER_BLANK: Final = Rule(
    "number-blank", "7.2.5", Severity.HINT, "发文字号",
    checks="发文字号已编号", mend="登记编号后填写序号", reason="没有序号的公文还没有登记",
    wrong="某政发〔2026〕　号", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_BRACKETS: Final = Rule(
    "number-brackets", "7.2.5", Severity.ERROR, "发文字号",
    checks="年份用六角括号〔〕", mend="把括号改为〔〕", reason="六角括号是发文字号专用，检索、引用都按它",
    wrong="某政发[2026]12号", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_YEAR: Final = Rule(
    "number-year", "7.2.5", Severity.ERROR, "发文字号",
    checks="年份写全四位阿拉伯数字", mend="把年份写成四位，如〔2026〕", reason="两位年份隔久了分不清年代",
    wrong="某政发〔26〕12号", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_DI: Final = Rule(
    "number-di", "7.2.5", Severity.ERROR, "发文字号",
    checks="序号不加“第”字", mend="删去“第”字", reason="发文字号的序号直接写数字，“第”字多余",
    wrong="某政发〔2026〕第12号", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_ZERO: Final = Rule(
    "number-zero", "7.2.5", Severity.ERROR, "发文字号",
    checks="序号不编虚位（1 不写作 01）", mend="去掉序号前面的 0", reason="同一件公文只有一种写法，登记才查得到",
    wrong="某政发〔2026〕012号", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_HAO: Final = Rule(
    "number-hao", "7.2.5", Severity.ERROR, "发文字号",
    checks="序号后加“号”字", mend="在序号后加“号”", reason="没有“号”字看不出到哪里结束",
    wrong="某政发〔2026〕12", right="某政发〔2026〕12号",
)  # fmt: skip
NUMBER_SPACES: Final = Rule(
    "number-spaces", "7.2.5", Severity.WARNING, "发文字号",
    checks="发文字号中间不加空格", mend="删去发文字号中的空格", reason="中间有空格，按字号检索不到",
    wrong="某政发〔2026〕 12号", right="某政发〔2026〕12号",
)  # fmt: skip


@judges(
    NUMBER_BLANK, NUMBER_BRACKETS, NUMBER_YEAR, NUMBER_DI, NUMBER_ZERO, NUMBER_HAO, NUMBER_SPACES
)  # fmt: skip
def number_words(seen: Seen) -> Iterator[Finding]:
    """Judge how the number is written."""
    for para in seen.of(Role.NUMBER):
        yield from _number_words(seen, para, _written(para))


def number_end(para: Para) -> int:
    """Return the place behind the number in the words of its line, before signatories on the same line."""
    end = para.text.find("号") + 1
    signer = words.SIGNER.search(para.text)
    stop = signer.start() if signer else len(para.text)
    return end if 0 < end <= stop else stop


def _written(para: Para) -> str:
    return para.text[: number_end(para)].strip(" \t\u3000\n")


def _number_words(seen: Seen, para: Para, written: str) -> Iterator[Finding]:
    bare = "".join(written.split())
    found = words.NUMBER.match(bare)
    if re.fullmatch(r"第[×xX_]*[号期]", bare):
        yield seen.found(NUMBER_BLANK, para, "还没有序号")
        return
    issue = seen.layout.form in (Form.MINUTES, Form.SERIAL) and words.ISSUE_NUMBER.match(bare)
    if issue or words.PLAIN_NUMBER.match(bare):
        if re.search(r"第0\d", bare):
            yield seen.found(NUMBER_ZERO, para, f"写作“{written}”", "序号前不加 0")
        return
    if found is None or not (found["serial"] or found["end"]):
        yield seen.found(NUMBER_BRACKETS, para, f"写作“{written}”", "“某政发〔2026〕12号”的样子")
        return
    serial = found["serial"]
    if (found["open"], found["close"]) != ("〔", "〕"):
        yield seen.found(NUMBER_BRACKETS, para, f"年份用{found['open']}{found['close']}", "〔〕")
    if not re.fullmatch(r"\d{4}", found["year"]):
        yield seen.found(NUMBER_YEAR, para, f"年份为“{found['year']}”", "四位阿拉伯数字")
    if not found["end"]:
        yield seen.found(NUMBER_HAO, para, f"写作“{written}”", "序号后加“号”")
    yield from _serial(seen, para, serial, written)


def _serial(seen: Seen, para: Para, serial: str, written: str) -> Iterator[Finding]:
    if serial.startswith("第"):
        yield seen.found(NUMBER_DI, para, f"写作“{written}”", "序号不加“第”")
        serial = serial[1:]
    if not serial.strip("×xX_"):
        yield seen.found(NUMBER_BLANK, para, "还没有序号")
    elif serial.startswith("0"):
        yield seen.found(NUMBER_ZERO, para, f"序号为“{serial}”", f"“{serial.lstrip('0')}”")
    if serial and re.search(r"[\s\u3000]", written):
        yield seen.found(NUMBER_SPACES, para, f"写作“{written}”", "不加空格")


NUMBER_POSITION: Final = Rule(
    "number-position", "7.2.5, 10.1", Severity.ERROR, "发文字号",
    checks="下行文居中；上行文居左空一字；信函右对齐", mend="按文种改对齐方式",
    reason="位置分出下行文、上行文和信函", wrong="某政发〔2026〕12号（居左）", right="某政发〔2026〕12号（居中）",
    tolerance=0.7, unit="字",
)  # fmt: skip


@judges(NUMBER_POSITION, never=(Form.SLIP,))
def number_position(seen: Seen) -> Iterator[Finding]:
    """Find a number at a place of another form."""
    marked = bool(seen.of(Role.MARK))
    for para in seen.of(Role.NUMBER) if marked else ():
        if not para.table and not para.box:
            yield from _number_place(seen, para, _written(para))


def _number_place(seen: Seen, para: Para, written: str) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    start, end = para.place(room)
    away = seen.tolerance(NUMBER_POSITION)
    form = seen.layout.form
    if form is Form.LETTER and room - end > away * zi:
        yield seen.found(
            NUMBER_POSITION, para, f"右边空 {shown((room - end) / zi)} 字", "顶格居版心右边缘", written
        )
    elif form is Form.UPWARD and abs(start / zi - 1) > away:
        yield seen.found(NUMBER_POSITION, para, f"左边空 {shown(start / zi)} 字", "居左空一字", written)
    elif form in (Form.GENERAL, Form.ORDER) and abs(start + end - room) > 2 * away * zi:
        yield seen.found(NUMBER_POSITION, para, "没有居中", "居中", written)


NUMBER_YEAR_DIFFERS: Final = Rule(
    "number-year-differs", "7.2.5", Severity.WARNING, "发文字号",
    checks="发文字号的年份与成文日期一致", mend="核对年份", reason="字号按成文年份编，两处不一致必有一处写错",
    wrong="某政发〔2025〕12号¶……¶2026年3月6日", right="某政发〔2026〕12号¶……¶2026年3月6日",
)  # fmt: skip


@judges(NUMBER_YEAR_DIFFERS)
def number_year(seen: Seen) -> Iterator[Finding]:
    """Find a number of another year than the date's."""
    dated = seen.layout.first(Role.DATE)
    signed = words.day(dated.bare) if dated else None
    for para in seen.of(Role.NUMBER):
        yield from _year(seen, para, _written(para), signed)


def _year(seen: Seen, para: Para, written: str, signed: date | None) -> Iterator[Finding]:
    found = words.NUMBER.match("".join(written.split()))
    year = found["year"] if found else ""
    if signed and re.fullmatch(r"\d{4}", year) and signed.year != int(year):
        yield seen.found(NUMBER_YEAR_DIFFERS, para, f"字号年份 {year}，成文日期 {signed.year} 年", "一致")


HEAD_STRAY: Final = Rule(
    "head-stray", "7.2", Severity.HINT, "版头",
    checks="版头里只有标准规定的要素", mend="删去这一行，或移到别处",
    reason="版头只放规定的要素，其他文字容易被当成要素",
    wrong="内部资料¶某政发〔2026〕12号", right="某政发〔2026〕12号",
)  # fmt: skip


@judges(HEAD_STRAY)
def stray(seen: Seen) -> Iterator[Finding]:
    """Find lines in the head that are no element."""
    for para in seen.of(Role.STRAY):
        yield seen.found(HEAD_STRAY, para, "不是标准规定的要素")
