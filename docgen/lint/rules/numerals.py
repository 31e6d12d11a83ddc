"""Rules of numerals (GB/T 15835), dates and cited numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import MARKS, NUMERALS, Rule, Severity
from docgen.lint.rules.patterns import HANZI, Pattern, judged, spotting

_UNIT: Final = "年|月|日|个|%|％|天|人|万|亿|元|项|名|时|小时|公里|米|亩|家|倍|件|次|吨|岁|周|户"
_RANGE: Final = rf"(?<![\d\-A-Za-z.])\d{{1,4}}(?:\.\d+)?(?:{_UNIT})?[-~]\d{{1,4}}(?:\.\d+)?(?=(?:{_UNIT}))"
_ZERO: Final = (
    "(?<=[一二三四五六七八九])(?:[0○OΟ](?=[一二三四五六七八九〇0○年])|零(?=[一二三四五六七八九〇零]{1,2}年))"
)
_COUNTS: Final = "|".join(f"{a}、{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True))
_LOOSE_DATE: Final = re.compile(r"(?<![\d.\-/])\d{4}([-./])\d{1,2}\1\d{1,2}(?![\d.\-/])")
_TABLES: Final = (Role.TABLE, Role.ANNEX)


RANGE_MARK: Final = Rule(
    "range-mark", MARKS, Severity.WARNING, "标点",
    checks="数值范围用浪纹线（～），起止年份用一字线（—）", mend="把连字号改为～或—",
    reason="连字号会被当成编号或减号", wrong="5-10个", right="5～10个",
)  # fmt: skip
_RANGE_MARK: Final = Pattern(
    RANGE_MARK,
    re.compile(_RANGE),
    "写作", "用～或—", needs="-~",
)  # fmt: skip


RANGE_PERCENT: Final = Rule(
    "range-percent", NUMERALS, Severity.WARNING, "数字",
    checks="百分数范围两端都带百分号（63%～68%）", mend="补上前一个百分号",
    reason="前一个数不带百分号，会被当成倍数", wrong="63～68%", right="63%～68%",
)  # fmt: skip
_PERCENT: Final = Pattern(
    RANGE_PERCENT,
    re.compile(r"(?<![\d.%％～—])\d+(?:\.\d+)?[～—]\d+(?:\.\d+)?[%％]"),
    "写作", "两端都带 %", needs="%％",
)  # fmt: skip


FULL_WIDTH_DIGITS: Final = Rule(
    "full-width-digits", NUMERALS, Severity.WARNING, "数字",
    checks="阿拉伯数字、字母用半角", mend="改为半角", reason="全角数字占两倍宽，检索不到", wrong="２０２６年",
    right="2026年",
)  # fmt: skip
_WIDE: Final = Pattern(
    FULL_WIDTH_DIGITS,
    re.compile("[０-９Ａ-Ｚａ-ｚ]"),
    "用了全角", "半角", (Role.DATE,),
)  # fmt: skip


HANZI_ZERO: Final = Rule(
    "hanzi-zero", NUMERALS, Severity.WARNING, "数字",
    checks="汉字数字里的零写作〇", mend="改为“〇”", reason="〇是汉字，0 和字母 O 不是", wrong="二0二六年",
    right="二〇二六年",
)  # fmt: skip
_HANZI_ZERO: Final = Pattern(
    HANZI_ZERO,
    re.compile(_ZERO),
    "写作", "〇", (Role.DATE,), needs="0○OΟ零",
)  # fmt: skip


APPROXIMATE: Final = Rule(
    "approximate", NUMERALS, Severity.WARNING, "数字",
    checks="相邻数字表示概数时不用顿号（三四天）", mend="删去顿号", reason="加了顿号就成了两个数",
    wrong="三、四天", right="三四天",
)  # fmt: skip
_APPROXIMATE: Final = Pattern(
    APPROXIMATE,
    re.compile(rf"(?<!第)(?:{_COUNTS})(?=[个天日人次名项件倍周]|年(?!级))"),
    "写作", "不用顿号", needs="、",
)  # fmt: skip


TEXT_DATE_ZERO: Final = Rule(
    "text-date-zero", "7.3.5.4", Severity.WARNING, "数字",
    checks="文中日期的月、日不编虚位", mend="去掉前面的 0", reason="不编虚位，与成文日期的写法一致",
    wrong="2026年03月", right="2026年3月",
)  # fmt: skip
_DATE_ZERO: Final = Pattern(
    TEXT_DATE_ZERO,
    re.compile(r"年0\d月|月0\d日"),
    "写作", "不加 0", (Role.DATE, Role.IMPRINT), needs="0",
)  # fmt: skip


TEXT_DATE_FORM: Final = Rule(
    "text-date-form", NUMERALS, Severity.HINT, "数字",
    checks="文中日期写作 2026年3月6日", mend="改写日期", reason="年、月、日写全才不误解", wrong="2026.3.6",
    right="2026年3月6日",
)  # fmt: skip


@judges(TEXT_DATE_FORM)
def text_dates(seen: Seen) -> Iterator[Finding]:
    """Find dates written with stops or strokes; tables may have them."""
    for para in judged(seen):
        loose = _LOOSE_DATE.search(para.words)
        if loose and seen.role(para) not in (*_TABLES, Role.DATE):
            yield seen.found(TEXT_DATE_FORM, para, f"写作“{loose[0]}”", "“2026年3月6日”的样子", loose[0])


SHORT_YEAR: Final = Rule(
    "short-year", NUMERALS, Severity.WARNING, "数字",
    checks="年份写全四位", mend="把年份写全", reason="两位年份隔久了分不清年代", wrong="26年3月",
    right="2026年3月",
)  # fmt: skip
_SHORT_YEAR: Final = Pattern(
    SHORT_YEAR,
    re.compile(r"(?<!\d)\d{2}年\d{1,2}月"),
    "写作", "四位年份", (Role.DATE,), needs="年",
)  # fmt: skip


CITED_NUMBER: Final = Rule(
    "cited-number", "7.2.5", Severity.WARNING, "数字",
    checks="引用的发文字号用六角括号〔〕，不加“第”、空格和虚位",
    mend="把括号改为〔〕", reason="引用要与原件一字不差，才查得到",
    wrong="某政发[2026]12号", right="某政发〔2026〕12号",
)  # fmt: skip
_CITED: Final = Pattern(
    CITED_NUMBER,
    re.compile(rf"(?<=[{HANZI}])[\[【［（(]\s*\d{{4}}\s*[\]】］）)]\s*(?:第\s*)?\d+\s*号"),
    "写作", "〔〕", needs="号",
)  # fmt: skip
_CITED_OTHERWISE: Final = Pattern(
    CITED_NUMBER,
    re.compile(rf"(?<=[{HANZI}])(?:[ \u3000]+|(?!〔\d{{4}}〕[1-9]\d*号))〔\s*\d{{4}}\s*〕\s*(?:第\s*)?\d+\s*号"),
    "写作", "“〔2026〕12号”的样子", needs="〔",
)  # fmt: skip


spotted: Final = spotting(
    _RANGE_MARK, _PERCENT, _WIDE, _HANZI_ZERO, _APPROXIMATE, _DATE_ZERO, _SHORT_YEAR, _CITED, _CITED_OTHERWISE
)  # fmt: skip
