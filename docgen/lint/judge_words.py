"""Judging the language: punctuation, numerals, closing phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from docgen.lint import faces, words
from docgen.lint.findings import Finding, Seen
from docgen.lint.judge_head import number_end
from docgen.lint.layout import Role
from docgen.lint.model import Para

_H: Final = "\u3400-\u9fff"
_GONE: Final = "\x00"
_COUNTS: Final = "|".join(f"{a}、{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True))
_UNIT: Final = "年|月|日|个|%|％|天|人|万|亿|元|项|名|时|小时|公里|米|亩|家|倍|件|次|吨|岁|周|户"
_EITHER_QUOTE: Final = frozenset("“”‘’—…")
_PAIRS: Final = {"）": "（", "》": "《", "”": "“", "〕": "〔", "】": "【", "〉": "〈"}
_SKIPPED: Final = (Role.MARK, Role.BLANK)
_TABLES: Final = (Role.TABLE, Role.ANNEX)
_HALF: Final = rf"(?<=[{_H}”》）%])[,;:!?]|[,;!?](?=[{_H}“《（])|(?<=[{_H}”》）])\.(?![\w.])"
_RANGE: Final = rf"(?<![\d\-A-Za-z.])\d{{1,4}}(?:\.\d+)?(?:{_UNIT})?[-~]\d{{1,4}}(?:\.\d+)?(?=(?:{_UNIT}))"
_ZERO: Final = (
    "(?<=[一二三四五六七八九])(?:[0○OΟ](?=[一二三四五六七八九〇0○年])|零(?=[一二三四五六七八九〇零]{1,2}年))"
)
# Rule, what is wrong, how the finding begins, what is expected.
_PATTERNS: Final = (
    ("half-punctuation", _HALF, "用了半角", "全角标点"),
    ("half-brackets", rf"\((?=[^()（）]*[{_H}])|(?<=[{_H}])\)", "用了半角", "（）"),
    ("straight-quotes", rf"[\"'](?=[{_H}《])|(?<=[{_H}》。])[\"']", "用了直引号", "“ ”"),
    ("list-comma", "》、《|”、“", "写作", "不用顿号"),
    ("ellipsis", r"\.{3,}|。{3,}|(?<!…)…(?!…)|…{3,}|·{3,}", "写作", "“……”"),
    ("dash", r"--+|－{2,}|─{1,}|–{1,}", "写作", "“——”"),
    ("double-punctuation", "[，、；：！？]{2,}|[，、；：]。|。[，、；：]|(?<!。)。。(?!。)", "写作", "一个标点"),
    ("nested-titles", "《[^》]*《", "书名号里又用书名号", "里层用〈〉"),
    ("range-mark", _RANGE, "写作", "用～或—"),
    ("range-percent", r"(?<![\d.%％～—])\d+(?:\.\d+)?[～—]\d+(?:\.\d+)?[%％]", "写作", "两端都带 %"),
    ("full-width-digits", "[０-９Ａ-Ｚａ-ｚ]", "用了全角", "半角"),
    ("hanzi-zero", _ZERO, "写作", "〇"),
    ("approximate", rf"(?<!第)(?:{_COUNTS})(?=[个天日人次名项件倍周]|年(?!级))", "写作", "不用顿号"),
    ("text-date-zero", r"年0\d月|月0\d日", "写作", "不加 0"),
    ("short-year", r"(?<!\d)\d{2}年\d{1,2}月", "写作", "四位年份"),
    ("cited-number", rf"(?<=[{_H}])[\[【［（(]\s*\d{{4}}\s*[\]】］）)]\s*\d+号", "写作", "〔〕"),
)  # fmt: skip
_COMPILED: Final = tuple(
    (rule, re.compile(pattern), said, wanted) for rule, pattern, said, wanted in _PATTERNS
)
_LOOSE_DATE: Final = re.compile(r"(?<![\d.\-/])\d{4}([-./])\d{1,2}\1\d{1,2}(?![\d.\-/])")
# Several spaces, or a wide one, are taken for layout on purpose (two contacts on a line, a name of two characters).
_SPACES: Final = re.compile(rf"(?<=[{_H}，。；：、]) (?=[{_H}])")
_REQUEST_END: Final = re.compile("请.{0,6}(批示|批复|审批|审示|指示|批准|审定)")
_LETTER_END: Final = re.compile("(特此|此复|此函|请.{0,12}(函复|支持|复函|回复|反馈)|为盼|为荷|函复)")
_OWN_RULES: Final = {
    Role.DATE: ("text-date-zero", "hanzi-zero", "full-width-digits", "short-year"),
    Role.IMPRINT: ("text-date-zero",),
    Role.TITLE: ("double-punctuation",),
}


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the words of every paragraph, and of the whole."""
    for para in seen.live():
        role = seen.role(para)
        if role not in _SKIPPED:
            yield from _paragraph(seen, para, role)
    yield from _closing(seen)


def _paragraph(seen: Seen, para: Para, role: Role) -> Iterator[Finding]:
    text = masked(seen, para, role)
    for rule, pattern, said, wanted in _COMPILED:
        found = pattern.search(text)
        if found and rule not in _OWN_RULES.get(role, ()):
            around = text[max(0, found.start() - 6) : found.end() + 6].replace(_GONE, "")
            yield seen.found(rule, para, f"{said}“{found[0]}”", wanted, around)
    yield from _pairs(seen, para, text)
    yield from _days(seen, para, role)
    yield from _quotes(seen, para)
    if role is Role.BODY and (spaced := _SPACES.search(text)):
        around = text[max(0, spaced.start() - 6) : spaced.end() + 6].replace(_GONE, "")
        yield seen.found("text-spaces", para, "汉字之间有空格", "不空格", around)


def masked(seen: Seen, para: Para, role: Role) -> str:
    """Return a paragraph's words with what other rules judge blanked out: labels, numbers, closing colons."""
    text = para.words
    if role is Role.NUMBER:
        end = number_end(para) - (len(para.text) - len(para.text.lstrip()))
        text = _blanked(text, max(0, end))
        return re.sub("签\\s*发\\s*人\\s*[:：]?", lambda found: _GONE * len(found[0]), text)
    if role is Role.ADDRESSEE:
        return text[:-1] + _GONE
    if role is Role.SIGNER:
        return re.sub("[:：]", _GONE, text)
    return _blanked(text, _label_length(seen, para, role))


def _label_length(seen: Seen, para: Para, role: Role) -> int:
    heading = seen.layout.headings.get(para.number)
    found = None
    if heading:
        found = words.LEVELS[heading.level - 1].match(para.words)
    elif role is Role.ANNEX_LIST:
        found = re.match(r"(?:附\s*件\s*[:：]?\s*)?(?:\d{1,2}\s*[.．、,，)）]?)?", para.words)
    elif role is Role.IMPRINT:
        found = words.COPIES.match(para.words)
    elif role is Role.LIST:
        found = words.LIST.match(para.words)
    elif role in (Role.ANNEX_HEAD, Role.NOTE) or (role is Role.SIGNATURE and "代章" in para.words):
        return len(para.words)
    return found.end() if found else 0


def _blanked(text: str, length: int) -> str:
    return _GONE * length + text[length:]


def _pairs(seen: Seen, para: Para, text: str) -> Iterator[Finding]:
    waiting: list[str] = []
    for place, character in enumerate(text):
        if character in _PAIRS.values():
            waiting.append(character)
        elif character in _PAIRS and not (waiting and waiting[-1] == _PAIRS[character]):
            if character == "）" and text[max(0, place - 1)].isdigit():  # an item's number: 1）
                continue
            yield seen.found("unbalanced", para, f"“{character}”没有成对", "成对")
            return
        elif character in _PAIRS:
            waiting.pop()
    # A quotation of several paragraphs opens in each and closes in the last.
    if waiting and not (waiting == ["“"] and text.startswith("“")):
        yield seen.found("unbalanced", para, f"“{waiting[-1]}”没有成对", "成对")


def _days(seen: Seen, para: Para, role: Role) -> Iterator[Finding]:
    if role is Role.DATE:
        return
    for found in words.TEXT_DATE.finditer(para.words):
        try:
            date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            yield seen.found("date-invalid", para, f"没有“{found[0]}”这一天", "真实的日期", found[0])
    loose = _LOOSE_DATE.search(para.words)
    if loose and role not in _TABLES:
        yield seen.found("text-date-form", para, f"写作“{loose[0]}”", "“2026年3月6日”的样子", loose[0])


def _quotes(seen: Seen, para: Para) -> Iterator[Finding]:
    for span in para.spans:
        for character in _EITHER_QUOTE.intersection(span.text):
            face = span.look.face_of(character)
            if face and not faces.is_chinese(face):
                yield seen.found("quote-face", para, f"“{character}”的字体为 {face}", "中文字体", span.text)
                return


def _closing(seen: Seen) -> Iterator[Finding]:
    body = [para for para in seen.of(Role.BODY) if not para.blank]
    if not body:
        return
    last, kind = "".join(para.words for para in body[-2:]), seen.layout.kind
    if kind == "请示" and not _REQUEST_END.search(last):
        yield seen.found(
            "closing-request", body[-1], "没有请示的结尾语", "“妥否，请批示”", body[-1].words[-12:]
        )
    if kind == "报告" and _REQUEST_END.search(last):
        yield seen.found("closing-report", body[-1], "报告里夹带请示", "另文请示", body[-1].words[-12:])
    if kind == "函" and not _LETTER_END.search(last):
        yield seen.found("closing-letter", body[-1], "没有函的结尾语", "“特此函告”等", body[-1].words[-12:])
    if kind == "请示" and "等事项" in seen.layout.title:
        yield seen.found("one-request", seen.layout.first(Role.TITLE), "标题像是请示了几件事", "一文一事")
