"""Dates, months and days of the year as people write them in Chinese."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from typing import Final

from docgen.model.spans import Month, MonthDay
from docgen.patterns import late

DAY_ZERO: Final = date(1899, 12, 30)
DAY_ZERO_1904: Final = date(1904, 1, 1)
"""Day 0 of workbooks, and of those begun by old Macintosh programs."""
YEARS: Final = range(2000, 2101)
_MONTHS: Final = 12
_LONGEST: Final = 31
"""Days of the longest months."""

_DIGITS: Final = {each: n for n, each in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
_HAN: Final = late("[〇零○O一二三四五六七八九十]+")
_DATE: Final = late(r"(\d{4})([-./年])(\d{1,2})[-./月](\d{1,2})[日号]?")
_COMPACT: Final = late(r"(\d{4})(\d{2})(\d{2})")
_MONTH_END: Final = late(r"(?:(\d{4})[-./年])?(\d{1,2})月[底末]")
_DAY: Final = late(r"(\d{1,2})月(\d{1,2})[日号]?")
_BARE_DAY: Final = late(r"(\d{1,2})[./-](\d{1,2})")
_SHORT_YEAR: Final = late(r"(\d{1,2})[-./年]\d{1,2}[-./月]\d{1,2}[日号]?")
_HALF: Final = late(r"(?:(?:\d{4})年?)?(?:[上下]半年|[一二三四1-4]季度)")
_BY: Final = late(r"(?<=[底末日号\d])(?:之前|以前|前)$")
_HOPED: Final = late("力争|预计|争取|计划|拟|约|左右|前后|按计划")
_MONTH: Final = late(r"(?:(\d{4})[-./年])?(\d{1,2})月?份?")
_TAIL: Final = late(r"\(?(?:星期|周)[一二三四五六日天]\)?$")


class NoSuchDate(ValueError):
    """The text is not a date, or not one of the years that docgen serves."""


class Unclear(NoSuchDate):
    """The text may mean several days, none of its month, or says less than is wanted; the argument says so."""


def read_date(text: str, year: int | None) -> date:
    """Return the date that a text without white space writes.

    Understood: 2026-1-31, 2026.1.31, 2026/1/31, 2026年1月31日, 20260131, 二〇二六年一月三十一日, also with a
    weekday after it; 26.1.31; with `year` also 1月31日, 1.31, 1/31 and 1月底.

    Raises:
        Unclear: it may mean several days (1.2.26), or a month or half-year alone.
        NoSuchDate: anything else, a day that does not exist, or a year outside 2000 to 2100.
    """
    text = _with_century(in_digits(_TAIL.sub("", text)))
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = found.groups()
        return _date(int(parts[0]), int(parts[-2]), int(parts[-1]))
    if found := _MONTH_END.fullmatch(text):
        return _end_of(_year(found[1], year), int(found[2]))
    if found := _DAY.fullmatch(text) or _BARE_DAY.fullmatch(text):
        return _date(_year(None, year), int(found[1]), int(found[2]))
    _refuse_half(text)
    raise NoSuchDate(text)


def read_typed(words: str) -> date:
    """Return the day that words write which say their year themselves. Raises as `read_date`."""
    return read_date("".join(unicodedata.normalize("NFKC", words).split()), None)


def read_deadline(text: str, year: int | None) -> date:
    """Return the day that a text sets as a limit: any date, also with 前 behind it (8月底前, 2026.3.5前).

    Raises:
        Unclear: the text hopes and sets nothing (力争8月底); or as `read_date`.
        NoSuchDate: as `read_date`.
    """
    if _HOPED.search(text):
        raise Unclear("这是打算，不是期限，定下来再填")
    return read_date(_BY.sub("", text), year)


def read_past(text: str, year: int | None) -> date:
    """Return the day on which something happened; a limit is none. Raises as `read_date`."""
    if _BY.search(text) or _HOPED.search(text):
        raise Unclear("这里填已经发生的日期，还没有的空着")
    return read_date(text, year)


def _with_century(text: str) -> str:
    """Return a date with the whole year where two digits can be no month: 26.1.19 → 2026.1.19."""
    found = _SHORT_YEAR.fullmatch(text)
    if not found:
        return text
    if int(found[1]) <= 12:
        raise Unclear(f"“{text}”分不清哪是年、哪是日，年份要写四位")
    return f"20{text}"


def _refuse_half(text: str) -> None:
    if _HALF.fullmatch(text):
        raise Unclear("只写了半年或季度，要写到月")


def read_month(text: str, year: int | None) -> Month:
    """Return the month that a text writes: 2026年5月, 2026-05, 2026.5, or a date in it; with `year` also 5月.

    Two digits that can be no month are a year: 26.5, 26.5.19.

    Raises:
        Unclear: a half-year or quarter, of which nobody knows the month.
        NoSuchDate: anything else.
    """
    _refuse_half(text)
    text = in_digits(text)
    short = re.fullmatch(r"(1[3-9]|[2-9]\d)([-./年])(\d{1,2}月?份?)", text)
    text = f"20{text}" if short else text
    found = _MONTH.fullmatch(text)
    if found and (found[1] or "月" in text):
        first = _date(_year(found[1], year), int(found[2]), 1)
    else:
        first = read_date(text, year)
    return Month(first.year, first.month)


def read_month_day(text: str) -> MonthDay:
    """Return the day of any year that a text writes: 1月31日, 2月末, 6.30 is not one.

    Raises:
        NoSuchDate: anything else, or a day that no year has.
    """
    text = in_digits(text)
    if found := _MONTH_END.fullmatch(text):
        return MonthDay(_end_of(2024, int(found[2])).month, 31)
    if found := _DAY.fullmatch(text):
        day = _date(2024, int(found[1]), int(found[2]))
        return MonthDay(day.month, day.day)
    raise NoSuchDate(text)


def in_digits(text: str) -> str:
    """Turn numbers in hanzi into digits: 二〇二六年一月三十一日 → 2026年1月31日."""
    return _HAN.sub(lambda match: _number(match[0]), text)


def _number(han: str) -> str:
    if "十" not in han:
        return "".join(str(_DIGITS[each]) for each in han)
    tens, _, ones = han.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return han
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _year(written: str | None, default: int | None) -> int:
    if written:
        return int(written)
    if default is None:
        raise NoSuchDate
    return default


def _date(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise NoSuchDate(year)
    try:
        return date(year, month, day)
    except ValueError:
        if 1 <= month <= _MONTHS and day <= _LONGEST:
            raise Unclear(f"{year}年{month}月没有{day}日") from None
        raise NoSuchDate(year, month, day) from None


def _end_of(year: int, month: int) -> date:
    first = _date(year, month, 1)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
