"""What clerks write in cells, understood: dates, months, numbers, choices and names in their usual forms.

`parser_for` gives the parser of a column once; parsing a cell is then one call. A parser returns None for a
blank cell and raises `NotUnderstood` with the words for what it expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from docgen.model.fields import FieldSpec, Shape
from docgen.model.names import plain
from docgen.model.spans import Month, MonthDay, PeriodName
from docgen.patterns import late
from docgen.rules.periods import PeriodUnreadable, read_period
from docgen.sheets.dates import (
    DAY_ZERO,
    NoSuchDate,
    Unclear,
    in_digits,
    read_date,
    read_deadline,
    read_month,
    read_month_day,
    read_past,
)
from docgen.sheets.reading.cell_texts import (
    MOST_DIGITS,
    NotUnderstood,
    are_usual,
    clean_text,
    folded,
    half_width,
    is_blank,
    text_of_number,
    unescaped,
)

T = TypeVar("T")
Parser = Callable[[Any], Any]

BLANKS: Final = frozenset(
    ("", "/", "\\", "-", "--", "—", "——", "－", "无", "暂无", "待定", "空", "N/A", "n/a")
)
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_SEPARATORS: Final = late(r"[、，,；;\n]+")
_LISTED: Final = late(r"[、，,；;/\s]+")
"""What parts words of a list, which have no blanks within."""
_LIMIT: Final = late("时限|期限|截止|计划|承诺|补齐|延期|应报")
"""Labels of columns of days by which something is to be done."""
_TERM: Final = late("时限|工作日|天数")
_WITH_UNIT: Final = ("法定时限", "承诺时限")
_NEXT_LINE: Final = late(
    r"[\u3400-\u9fff\U00020000-\U000323af][ \t\u3000]*\n\s*[\u3400-\u9fff\U00020000-\U000323af]"
)
_LINES: Final = late(r"[；;\n]+")
_SERIAL: Final = late(
    r"(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_YES: Final = frozenset(("是", "有", "√", "✓", "y", "yes", "true", "1", "上班"))
_NO: Final = frozenset(("否", "无", "×", "✗", "x", "n", "no", "false", "0", "放假", "休息"))
_NUMBER: Final = late(
    r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+)(亿元|亿|万元|万|元|毫米|mm|个|天|日|号|年)?"
)
_IN_YI: Final = {"亿元": Decimal(1), "亿": Decimal(1), "万元": Decimal("0.0001"), "万": Decimal("0.0001"),
                 "元": Decimal("0.00000001")}  # fmt: skip
_LONGEST_NUMBER: Final = 24
_CLOCK: Final = late(r"(?:\s+|T|(?<=[日号]))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")


def parser_for(spec: FieldSpec, year: int | None, day_zero: date = DAY_ZERO) -> Parser:
    """Return the parser of a column.

    Args:
        spec: the field; links are left as cleaned names, to be resolved by the reader.
        year: the year of dates written without one (1月底); None when not known.
        day_zero: day 0 of the workbook, for dates that stand as plain numbers.
    """
    one = _parsers(spec, year, day_zero)[spec.shape]
    if spec.many and spec.column.lines:
        return _several(
            lambda line: one(_SERIAL.sub("", line, count=1) if isinstance(line, str) else line), _LINES
        )
    parting = _LISTED if spec.words or spec.column.suggestions else _SEPARATORS
    return _several(one, parting) if spec.many else _unless_blank(one, spec)


def _parsers(spec: FieldSpec, year: int | None, day_zero: date) -> dict[Shape, Parser]:
    return {
        Shape.TEXT: _clock if spec.column.clock else _person if spec.column.person else clean_text,
        Shape.LONG_TEXT: clean_text,
        Shape.LINK: clean_text,
        Shape.INTEGER: lambda value: _integer(_count(_without_unit(value, spec.column.unit), spec)),
        Shape.DECIMAL: lambda value: _decimal(value, spec.column.unit),
        Shape.DATE: lambda value: _date_in(
            _day(value, day_zero), year, limit=bool(_LIMIT.search(spec.label))
        ),
        Shape.MONTH: lambda value: _month(_day(value, day_zero), year),
        Shape.MONTH_DAY: _month_day,
        Shape.YES_NO: _yes_no,
        Shape.PERIOD: _period,
        Shape.CHOICE: lambda value: _choice(value, spec),
    }


def _unless_blank(one: Parser, spec: FieldSpec) -> Parser:
    stands_for_nothing = (
        BLANKS if spec.shape not in (Shape.TEXT, Shape.YES_NO) or not spec.required else frozenset(("",))
    )
    if (
        spec.shape in (Shape.DATE, Shape.MONTH, Shape.INTEGER, Shape.DECIMAL, Shape.LINK)
        and not spec.required
    ):
        stands_for_nothing |= {"不涉及", "无需", "无需办理"}
    return (
        Text(one, stands_for_nothing)
        if one in (clean_text, _person)
        else _UnlessBlank(one, stands_for_nothing)
    )


class _UnlessBlank:
    """Parses a cell that may stand for nothing."""

    __slots__ = ("nothing", "one")

    def __init__(self, one: Parser, nothing: frozenset[str]) -> None:
        self.one, self.nothing = one, nothing

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            value = unescaped(value)
        if is_blank(value) or (isinstance(value, str) and value.strip() in self.nothing):
            return None
        made = self.one(value)
        return None if made == "" else made


class Text(_UnlessBlank):
    """Parses a cell of text; many at once where they are as they are written."""

    __slots__ = ()

    def as_written(self, texts: set[Any]) -> tuple[set[str], set[str]] | None:
        """Return those of some cells that stay as they are and those that stand for nothing; None if there are others.

        Nothing is odd about the characters of such texts (`spelling.odd_characters`).
        """
        if set(map(type, texts)) != {str}:
            return None
        nothing = texts & self.nothing
        kept = texts - nothing
        together = "\n".join(kept)
        if together.count("\n") > max(len(kept) - 1, 0) or not are_usual(together):
            return None
        return kept, nothing


def _several(one: Parser, between: re.Pattern[str]) -> Parser:
    def parse(value: Any) -> Any:
        if is_blank(value) or (isinstance(value, str) and value.strip() in BLANKS):
            return None
        if not isinstance(value, str):
            return (one(value),)
        parts = (part.strip() for part in between.split(unescaped(value)))
        made = tuple(one(part) for part in parts if not is_blank(part) and part not in BLANKS)
        return made or None

    return parse


def _clock(value: Any) -> str:
    """Return a time of day as text, also where the spreadsheet made a time of it."""
    return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else clean_text(value)


def _person(value: Any) -> str:
    """Return who it is. Raises NotUnderstood: names stand on lines of their own, which joined would be one name."""
    if isinstance(value, str) and _NEXT_LINE.search(unescaped(value)):
        raise NotUnderstood("写在一行里的姓名：几个人的用顿号隔开，是一个人的删去中间的换行")
    return clean_text(value)


def _integer(value: Any) -> int:
    number, given = _number(value, "整数")
    if given in _IN_YI or number != number.to_integral_value():
        raise NotUnderstood("整数")
    return int(number)


def _decimal(value: Any, unit: str) -> Decimal:
    expected = f"数字，单位{unit}，例如 5.2" if unit else "数字"
    number, given = _number(_without_unit(value, unit), expected)
    if given and (unit != "亿元" or given not in _IN_YI):
        raise NotUnderstood(expected)
    return (number * _IN_YI.get(given, Decimal(1))).normalize() + 0


def _without_unit(value: Any, unit: str) -> Any:
    """Return a number without the column's own unit of measure written behind it."""
    return half_width(value).removesuffix(unit) if isinstance(value, str) and unit else value


def _number(value: Any, expected: str) -> tuple[Decimal, str]:
    if isinstance(value, bool):
        raise NotUnderstood(expected)
    if isinstance(value, int | float) and abs(value) < 10**MOST_DIGITS:
        return Decimal(str(round(value, 10))), ""
    found = _NUMBER.fullmatch(half_width(value).removeprefix("第").replace("。", "."))
    if not found or len(found[1]) > _LONGEST_NUMBER:
        raise NotUnderstood(expected)
    return Decimal(found[1].replace(",", "")), found[2] or ""


def exact_number(value: Any) -> Decimal:
    """Return what a number cell holds. Raises NotUnderstood when it is too long to be kept exactly."""
    return _number(value, "数字")[0]


def _count(value: Any, spec: FieldSpec) -> Any:
    """Return a count of days without 个工作日 behind it; 即办 is 0, and of days of the calendar the unit is asked."""
    if not isinstance(value, str) or not _TERM.search(spec.label):
        return value
    text = in_digits(half_width(value))
    if text in ("即办", "当场", "即时"):
        return 0
    if spec.label in _WITH_UNIT and text.endswith(("日", "天")) and not text.endswith("工作日"):
        raise NotUnderstood(f"整数（自然日的，这里只填数，在“{spec.label}单位”列填“日”）")
    return text.removesuffix("工作日").removesuffix("个")


def date_of(value: Any) -> date:
    """Return the date, with its year, that a text or a date cell says. Raises NotUnderstood for anything else."""
    return _date(value, None)


def _date(value: Any, year: int | None) -> date:
    return _read(read_date, value, year, f"日期，例如 {year or 2026}-01-31")


def _date_in(value: Any, year: int | None, *, limit: bool) -> date:
    """Return the date in a cell of a column of limits, or of days on which something happened."""
    expected = f"日期，例如 {year or 2026}-01-31"
    if isinstance(value, float) and re.fullmatch(r"\d{1,2}\.[123]", str(value)):  # 1.1 may have been 1.10
        month, _, day = str(value).partition(".")
        raise NotUnderstood(f"{expected}（分不清是{month}月{day}日还是{month}月{day}0日）")
    return _read(read_deadline if limit else read_past, value, year, expected)


def _month(value: Any, year: int | None) -> Month:
    _refuse_lost_zero(value, f"年月，例如 {year or 2026}年5月")
    return _read(read_month, value, year, f"年月，例如 {year or 2026}年5月")


def _refuse_lost_zero(value: Any, expected: str) -> None:
    """Refuse a number that may have been typed as 2026.10, of which spreadsheet programs keep 2026.1."""
    if isinstance(value, float) and str(value).endswith(".1"):
        raise NotUnderstood(f"{expected}（“{value}”分不清是1月还是10月）")


def _month_day(value: Any) -> MonthDay:
    if isinstance(value, date):
        return MonthDay(value.month, value.day)
    return _read(lambda text, _: read_month_day(text), value, None, "月和日，例如 1月31日、2月末")


def _period(value: Any) -> PeriodName:
    """Return the name of the period that a text, a number (a year) or nothing else says."""
    _refuse_lost_zero(value, "一个时段，例如 2026年3月上旬、2026年10月")
    said = folded(value) if isinstance(value, str) else text_of_number(value)
    try:
        return PeriodName(read_period(said).short_name)
    except PeriodUnreadable as fault:
        near = f"，是不是 {fault.nearest[0]}？" if fault.nearest else ""
        raise NotUnderstood(f"一个时段，例如 2026年3月上旬、2026年第10周、2026年3月{near}") from None


def _read(how: Callable[[str, int | None], T], value: Any, year: int | None, expected: str) -> T:
    """Read a date of some kind from a text, a date or a day number; the time of day is dropped."""
    try:
        return how(_written(value), year)
    except Unclear as fault:
        raise NotUnderstood(f"{expected}（{fault}）") from None
    except NoSuchDate:
        raise NotUnderstood(expected) from None


def _day(value: Any, day_zero: date) -> Any:
    """Return the day that a plain number of days stands for, where it is one of this century; else the value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        return value
    in_range = (_FIRST - day_zero).days <= value <= (_LAST - day_zero).days
    return day_zero + timedelta(days=int(value)) if in_range else value


def _written(value: Any) -> str:
    """Return what a date cell holds as text without white space and time of day."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return half_width(_CLOCK.sub("", folded(text)))


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = half_width(int(value) if isinstance(value, float) else value).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise NotUnderstood("“是”或“否”")


def _choice(value: Any, spec: FieldSpec) -> Any:
    wanted = plain(half_width(value))
    for word, choice in spec.words.items():
        if plain(word) == wanted:
            return choice
    raise NotUnderstood("、".join(f"“{each}”" for each in spec.offered) + "之一" + _two_choices(value, spec))


def _two_choices(value: Any, spec: FieldSpec) -> str:
    """Say that a cell has several choices where one belongs; empty when it has not."""
    parts = [plain(each) for each in _LISTED.split(str(value)) if each]
    known = {plain(word) for word in spec.words}
    return "（写了几个，这里只能选一个）" if len(parts) > 1 and known.issuperset(parts) else ""
