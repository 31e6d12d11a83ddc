"""Values that a record can have but that are hardly meant: the office is asked, nothing is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Final, TypeVar

from docgen.dataclass import dataclass
from docgen.patterns import late

T = TypeVar("T")

HUGE: Final = Decimal(1000)
"""亿元. An amount this large was probably written in 万元; as 亿元 hardly any project of a county reaches it."""
_FEWEST: Final = 5
"""With fewer amounts in a column nothing can be said of what is usual there."""
_BEYOND: Final = 1000
_BELOW: Final = 10_000
_SCIENTIFIC: Final = late(r"\d(?:\.\d+)?[eE][+]?\d+")
_NOT_OF_NUMBERS: Final = late(r"[^\d\s、，,;；/()（）+\-—－.]")
_LETTER: Final = late(r"\d[lIoO]|[lIoO]\d")
"""A letter that looks like a digit, beside one."""
_SEPARATORS: Final = late(r"[、，,;；/\s]+")
_PLAIN: Final = str.maketrans("—－（）", "--()")
_LONG_NUMBER: Final = late(r"\d[\d\-—－ ]{5,}\d")
_NUMBER: Final = late(
    r"(?:\+?86-?)?1[3-9]\d{9}"  # mobile
    r"|(?:0\d{2,3}-?|\(0\d{2,3}\))?[1-9]\d{6,7}(?:-\d{1,6})?"  # fixed line, with an extension
    r"|[48]00-?\d{3}-?\d{4}"
    r"|\d{3,6}"  # hot line, inner line
)


@dataclass(frozen=True)
class Doubt:
    """What is asked about one value: the English name of its field, and the words."""

    name: str
    words: str


def doubts_on_contact(name: str, given: str | None, phone: str) -> Iterator[Doubt]:
    """Yield a doubt when a telephone number stands in a person's cell; `phone` is the header of the column for it."""
    if given is not None and _LONG_NUMBER.search(given):
        yield Doubt(name, f"写的是“{given}”，里面有电话号码，请移到“{phone}”一列")


def doubts_on_phone(name: str, given: str | None) -> Iterator[Doubt]:
    """Yield a doubt when a telephone number looks as spreadsheets damage it, or is none of any kind.

    A text with other words in it (内线 8012) is left alone unless it has a number like 1.38E+10.
    """
    if given is None:
        return
    if _SCIENTIFIC.search(given):
        yield Doubt(name, f"写的是“{given}”，表格软件改写过这个号码，请把单元格格式设为“文本”后重新填写")
    elif _LETTER.search(given):
        yield Doubt(name, f"写的是“{given}”，不像电话号码，是不是把数字写成了字母？")
    elif not _NOT_OF_NUMBERS.search(given):
        parts = [each.translate(_PLAIN).strip("-.") for each in _SEPARATORS.split(given)]
        wrong = [each for each in parts if each and not _NUMBER.fullmatch(each)]
        if wrong:
            zero = "，是不是少了开头的0" if re.fullmatch(r"[1-9]\d{8,10}", wrong[0]) else ""
            yield Doubt(name, f"写的是“{given}”，不像电话号码{zero}？")


def doubts_on_amount(name: str, given: Decimal | None) -> Iterator[Doubt]:
    """Yield a doubt when an amount in 亿元 was probably written in 万元."""
    if given is not None and given >= HUGE:
        meant = (given / 10_000).normalize()
        yield Doubt(name, f"写的是{given:f}亿元，是不是{given:f}万元（{meant:f}亿元）？")


def doubts_far_from_others(name: str, given: Sequence[tuple[T, Decimal | None]]) -> Iterator[tuple[T, Doubt]]:
    """Yield a doubt for each amount of a column that is a thousand times the usual one, or a ten-thousandth of it.

    An amount that `doubts_on_amount` asks about is not asked about again.

    Args:
        name: the English name of the column.
        given: whose amount it is, and the amount in 亿元; None where the cell is blank.
    """
    filled = [amount for _, amount in given if amount]
    if len(filled) < _FEWEST:
        return
    usual = median(filled)
    for whose, amount in given:
        if not amount or amount >= HUGE:
            continue
        if amount >= usual * _BEYOND:
            meant = (amount / 10_000).normalize()
            often = f"是其他项目（中位数{usual.normalize():f}亿元）的{int(amount / usual)}倍"
            yield (
                whose,
                Doubt(name, f"写的是{amount:f}亿元，{often}，是不是{amount:f}万元（{meant:f}亿元）？"),
            )
        elif amount * _BELOW <= usual:
            often = f"不到其他项目（中位数{usual.normalize():f}亿元）的万分之一"
            yield whose, Doubt(name, f"写的是{amount:f}亿元，{often}，单位对吗？")
