"""Rules of what ends a document: date, signature, 附注."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import PRACTICE, Rule, Severity
from docgen.lint.rules import measures

_PROXY: Final = re.compile(r"（[^（）]*代章）$")
_NOT_DATED: Final = (Form.MINUTES, Form.ORDER, Form.SLIP, Form.SERIAL)


DATE_MISSING: Final = Rule(
    "date-missing", "7.3.5.4", Severity.ERROR, "成文日期",
    checks="有成文日期", mend="加成文日期", reason="公文从成文日期起生效",
    wrong="某县人民政府", right="某县人民政府¶2026年3月6日",
    of_whole=True,
)  # fmt: skip


@judges(DATE_MISSING, never=_NOT_DATED)
def date_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document without date; it may stand in a table without lines below the text, as its signature."""
    text = seen.of(Role.BODY)
    issued = any(words.TEXT_DATE.search(each.bare) for each in seen.of(Role.ISSUER))
    tabled = any(
        words.DATE.match(each.bare) for each in seen.of(Role.TABLE) if text and each.number > text[-1].number
    )
    if text and not seen.of(Role.DATE, Role.SIGNED_DATE) and not issued and not tabled:
        yield seen.found(DATE_MISSING, None, "没有找到成文日期", "“2026年3月6日”的样子")


DATE_ZERO: Final = Rule(
    "date-zero", "7.3.5.4", Severity.ERROR, "成文日期",
    checks="月、日不编虚位（1 不写作 01）", mend="去掉月、日前面的 0", reason="不编虚位，同一天只有一种写法",
    wrong="2026年03月06日", right="2026年3月6日",
)  # fmt: skip
DATE_HANZI: Final = Rule(
    "date-hanzi", "7.3.5.4", Severity.ERROR, "成文日期",
    checks="用阿拉伯数字", mend="改为阿拉伯数字，如 2026年3月6日", reason="2012 年起成文日期用阿拉伯数字",
    wrong="二〇二六年三月六日", right="2026年3月6日",
)  # fmt: skip
DATE_FORM: Final = Rule(
    "date-form", "7.3.5.4", Severity.ERROR, "成文日期",
    checks="年、月、日标全，年份四位", mend="改为“2026年3月6日”的样子", reason="年、月、日写全才不误解",
    wrong="2026.3.6", right="2026年3月6日",
)  # fmt: skip
DATE_INVALID: Final = Rule(
    "date-invalid", "7.3.5.4", Severity.ERROR, "日期",
    checks="日期真实存在", mend="核对日期", reason="没有的日子必是写错了", wrong="2026年2月30日",
    right="2026年2月28日",
)  # fmt: skip

DATE_WEEKDAY: Final = Rule(
    "date-weekday", PRACTICE, Severity.WARNING, "日期",
    checks="日期后写的星期几与日历相符", mend="核对日期和星期几", reason="日期和星期对不上，必有一个写错了",
    wrong="2026年3月16日（星期二）", right="2026年3月16日（星期一）",
)  # fmt: skip


@judges(DATE_ZERO, DATE_HANZI, DATE_FORM, DATE_INVALID)
def date_words(seen: Seen) -> Iterator[Finding]:
    """Judge how the date is written."""
    for para in seen.of(Role.DATE)[:1]:
        yield from _date_words(seen, para)


def _date_words(seen: Seen, para: Para) -> Iterator[Finding]:
    found = words.DATE.match(para.bare)
    if found is None:
        yield from _loose_date(seen, para)
    elif para.words != para.bare:
        yield seen.found(DATE_FORM, para, f"写作“{para.words}”", f"“{para.bare}”，中间不加空格")
    elif found["month"].startswith("0") or found["day"].startswith("0"):
        yield seen.found(DATE_ZERO, para, f"写作“{para.bare}”", "月、日前不加 0")
    elif words.day(para.bare) is None:
        yield seen.found(DATE_INVALID, para, f"没有“{para.bare}”这一天", "真实的日期")


def _loose_date(seen: Seen, para: Para) -> Iterator[Finding]:
    if is_open_date(para.bare):
        return  # a placeholder
    if re.search("[一二三四五六七八九]", para.bare):
        yield seen.found(DATE_HANZI, para, f"写作“{para.bare}”", "阿拉伯数字")
    else:
        yield seen.found(DATE_FORM, para, f"写作“{para.bare}”", "“2026年3月6日”的样子")


def is_open_date(bare: str) -> bool:
    """Whether a date still has to be filled in."""
    return not words.DATE.match(bare) and bool(re.search("[年月]日|年月|[×xX_]", bare))


@judges(DATE_INVALID)
def days(seen: Seen) -> Iterator[Finding]:
    """Find days in the text that no calendar has, those without a year too."""
    for para in seen.live():
        if seen.role(para) in _NO_TEXT:
            continue
        for found in words.TEXT_DATE.finditer(para.words):
            if words.day(found[0]) is None:
                yield seen.found(DATE_INVALID, para, f"没有“{found[0]}”这一天", "真实的日期", found[0])
        for found in _WITHOUT_YEAR.finditer(para.words):
            if _day(_LEAP, found) is None:
                yield seen.found(DATE_INVALID, para, f"没有“{found[1]}”这一天", "真实的日期", found[1])


_NO_TEXT: Final = (Role.MARK, Role.BLANK, Role.DATE)
_WEEK: Final = "一二三四五六日"
_SAID: Final = rf"\s*[（(，,]?\s*(?:星期|周)([{_WEEK}天])"
_WITH_WEEKDAY: Final = re.compile(rf"({words.TEXT_DATE.pattern}){_SAID}")
_BARE: Final = r"(?<![\d年])(?<!年 )((\d{1,2})月(\d{1,2})日)"
_WITHOUT_YEAR: Final = re.compile(_BARE)
_BARE_WITH_WEEKDAY: Final = re.compile(_BARE + _SAID)
_LEAP: Final = 2024
"""A year that has every day."""


@judges(DATE_WEEKDAY)
def weekdays(seen: Seen) -> Iterator[Finding]:
    """Find dates with a weekday that the calendar does not give them; without a year, in none of the years near."""
    written = next(filter(None, (words.day(para.bare) for para in seen.of(Role.DATE)[:1])), None)
    for para in seen.live():
        for found in _WITH_WEEKDAY.finditer(para.words):
            yield from _weekday(seen, para, found, [words.day(found[1])])
        for found in _BARE_WITH_WEEKDAY.finditer(para.words):
            years = _years(written, int(found[2])) if written else ()
            yield from _weekday(seen, para, found, [_day(year, found) for year in years])


def _weekday(seen: Seen, para: Para, found: re.Match[str], near: Sequence[date | None]) -> Iterator[Finding]:
    """Find a date whose weekday, the last group, is that of none of the days it may mean."""
    known = [_WEEK[each.weekday()] for each in near if each is not None]
    said = found[found.re.groups]
    if known and said.replace("天", "日") not in known:
        yield seen.found(DATE_WEEKDAY, para, f"{found[1]}写作星期{said}", f"星期{known[0]}", found[0])


def _years(written: date, month: int) -> tuple[int, ...]:
    """Return the years that a month without one may be of, in a document of a day."""
    beside = 1 if month < written.month else -1 if month > written.month else 0
    return tuple(dict.fromkeys((written.year, written.year + beside)))


def _day(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None


DATE_POSITION: Final = Rule(
    "date-position", "7.3.5", Severity.ERROR, "成文日期",
    checks="右空四字（不盖章时右空二字或比署名右移二字）", mend="改为右对齐、右缩进 4 字符",
    reason="印章以成文日期为准，要留出盖印的地方",
    wrong="2026年3月6日（居左）", right="2026年3月6日（右空四字）", tolerance=0.6,
    unit="字",
    follows=("signature-and-date",),
)  # fmt: skip


@judges(DATE_POSITION, never=(Form.MINUTES, Form.SLIP, Form.SERIAL))
def date_position(seen: Seen) -> Iterator[Finding]:
    """Find a date at another place."""
    for para in seen.of(Role.DATE)[:1]:
        if not para.box and not _is_tabbed(para):
            yield from _date_place(seen, para)


def _is_tabbed(para: Para) -> bool:
    """Whether tabs put a line at its place, which is not measured."""
    return "\t" in para.text.rstrip()


def _date_place(seen: Seen, para: Para) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    start, end = para.place(room)
    gap, away = (room - end) / zi, seen.tolerance(DATE_POSITION)
    if 2 - away <= gap <= 4 + away:
        return
    signed = seen.of(Role.SIGNATURE)
    if any(map(_is_tabbed, signed)) and gap > 2 - away:
        return  # centred on organs of a joint issue, of which a long one needs more room
    names = [each.place(room) for each in signed]
    shifted = any(abs(start - name - 2 * zi) <= zi for name, _ in names)
    centred = any(abs(start + end - name - last) <= 2 * zi for name, last in names) and gap > 2 - away
    if not shifted and not centred:
        yield seen.found(DATE_POSITION, para, f"右空 {shown(gap)} 字", "右空四字（不盖章时二字）")


SIGNATURE_MISSING: Final = Rule(
    "signature-missing", "7.3.5", Severity.WARNING, "发文机关署名",
    checks="有发文机关署名（纪要、期刊不署名）", mend="在成文日期上加发文机关署名",
    reason="没有署名看不出由谁负责", wrong="2026年3月6日", right="某县人民政府¶2026年3月6日",
    of_whole=True,
)  # fmt: skip


@judges(SIGNATURE_MISSING, never=_NOT_DATED)
def signature_missing(seen: Seen) -> Iterator[Finding]:
    """Find a dated document that nobody signs."""
    if seen.of(Role.DATE) and not seen.of(Role.SIGNATURE):
        yield seen.found(SIGNATURE_MISSING, None, "没有找到发文机关署名")


SIGNATURE_POSITION: Final = Rule(
    "signature-position", "7.3.5", Severity.WARNING, "发文机关署名",
    checks="盖章时以成文日期为准居中；不盖章时右空二字", mend="调整署名位置",
    reason="署名与日期对正，印章才能骑年盖月",
    wrong="某县人民政府（居左）", right="某县人民政府（右空二字）", tolerance=2.0,
    unit="字",
    follows=("signature-and-date",),
)  # fmt: skip


@judges(SIGNATURE_POSITION, never=(Form.ORDER, Form.SLIP, Form.SERIAL))
def signature_position(seen: Seen) -> Iterator[Finding]:
    """Find signatures at another place, where the date stands at its own."""
    date = seen.layout.first(Role.DATE)
    if date is None or _is_tabbed(date) or any(_date_place(seen, date)):
        return
    for para in seen.of(Role.SIGNATURE):
        if not para.box:
            yield from _signature_place(seen, para, date)


def _signature_place(seen: Seen, para: Para, date: Para) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    if "\t" in para.text or re.search(r"\S\u3000|\S {2,}\S", para.words) or para.width > 18 * zi:
        return
    start, end = para.place(room)
    first, last = date.place(seen.section(date).room)
    away = seen.tolerance(SIGNATURE_POSITION)
    centred = abs(start + end - first - last) <= 2 * away * zi
    if not centred and abs((room - end) / zi - 2) > 1 and abs(first - start - 2 * zi) > zi:
        yield seen.found(
            SIGNATURE_POSITION,
            para,
            f"右空 {shown((room - end) / zi)} 字",
            "以成文日期为准居中，或右空二字",
        )


SIGNATURE_AND_DATE: Final = Rule(
    "signature-and-date", "7.3.5", Severity.WARNING, "发文机关署名",
    checks="署名与成文日期各为一段", mend="把换行符（Shift+Enter）改为回车，分成两段",
    reason="两行的右缩进不同，一段里排不成", wrong="某县人民政府↓2026年3月6日",
    right="某县人民政府¶2026年3月6日",
)  # fmt: skip


@judges(SIGNATURE_AND_DATE)
def signed_dates(seen: Seen) -> Iterator[Finding]:
    """Find signature and date in one paragraph."""
    for para in seen.of(Role.SIGNED_DATE):
        yield seen.found(SIGNATURE_AND_DATE, para, "署名和成文日期在同一段里", "各为一段")


PROXY_SEAL: Final = Rule(
    "proxy-seal", PRACTICE, Severity.WARNING, "发文机关署名",
    checks="“（代章）”用全角括号，紧跟名称", mend="写作“某局（代章）”",
    reason="代章的说明是名称的一部分，分开就看不出代谁盖章",
    wrong="某县发展和改革委员会 (代章)", right="某县发展和改革委员会（代章）",
)  # fmt: skip


@judges(PROXY_SEAL)
def proxy_seal(seen: Seen) -> Iterator[Finding]:
    """Find a 代章 that is written otherwise."""
    for para in seen.of(Role.SIGNATURE):
        if "代章" in para.bare and not _PROXY.search(para.bare):
            yield seen.found(PROXY_SEAL, para, f"写作“{para.bare}”", "名称后紧跟“（代章）”")


NOTE_BRACKETS: Final = Rule(
    "note-brackets", "7.3.6", Severity.ERROR, "附注",
    checks="附注加全角圆括号", mend="用（）括起来", reason="括号标明这是附带的说明", wrong="联系人：张某",
    right="（联系人：张某）",
)  # fmt: skip
NOTE_POSITION: Final = Rule(
    "note-position", "7.3.6", Severity.WARNING, "附注",
    checks="居左空二字", mend="左缩进改为 2 字符", reason="左空二字，与正文对齐", wrong="（联系人：张某）（顶格）",
    right="（联系人：张某）（左空二字）", tolerance=0.5, unit="字",
)  # fmt: skip


@judges(NOTE_BRACKETS, NOTE_POSITION)
def notes(seen: Seen) -> Iterator[Finding]:
    """Judge the 附注."""
    for para in seen.of(Role.NOTE):
        if not para.words.startswith("（") or not para.words.endswith("）"):
            yield seen.found(NOTE_BRACKETS, para, "没有用全角圆括号括起来", "（）")
        yield from measures.begins_at(seen, NOTE_POSITION, para, 2)


NOTE_PLACE: Final = Rule(
    "note-place", "7.3.6", Severity.ERROR, "附注",
    checks="在成文日期下一行", mend="移到成文日期下一行", reason="署名与日期之间要盖印章，不放别的",
    wrong="某县人民政府¶（联系人：张某）¶2026年3月6日", right="某县人民政府¶2026年3月6日¶（联系人：张某）",
)  # fmt: skip


@judges(NOTE_PLACE)
def note_place(seen: Seen) -> Iterator[Finding]:
    """Find notes above the date."""
    date = seen.layout.first(Role.DATE)
    for para in seen.of(Role.NOTE):
        if date and para.number < date.number:
            yield seen.found(NOTE_PLACE, para, "在成文日期之上", "在成文日期下一行")


NOTE_MISSING: Final = Rule(
    "note-missing", PRACTICE, Severity.HINT, "附注",
    checks="请示、函附注联系人和电话", mend="在成文日期下一行加“（联系人：…）”",
    reason="收文机关有疑问时要找得到人",
    wrong="某县人民政府¶2026年3月6日", right="某县人民政府¶2026年3月6日¶（联系人：张某，电话：0990-7000000）",
    of_whole=True,
)  # fmt: skip


@judges(NOTE_MISSING)
def note_missing(seen: Seen) -> Iterator[Finding]:
    """Find a request or a letter that names nobody to ask."""
    kind, told = seen.layout.kind, any("联系" in para.words for para in seen.of(Role.NOTE))
    if kind in ("请示", "函") and not told and seen.of(Role.DATE):
        yield seen.found(NOTE_MISSING, None, f"{kind}没有附注联系人和电话")
