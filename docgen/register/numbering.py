"""Giving numbers: consecutive for each code and year, never twice, never with a silent gap (DOMAIN 5, Number).

All of it happens under the register's lock, so that two clerks never get the same number. A serial is given at
signing, or in a block reserved for a batch; what is reserved and not used is voided with a reason, or given back while
no later number is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Final

from docgen.dataclass import dataclass
from docgen.register.books import Books
from docgen.register.duties import Doing
from docgen.register.life import GIVE_BACK, RESERVE, START_AT, UNDO_START, VOID_NUMBER
from docgen.register.number import Number, NumberState, given, id_of, text_of
from docgen.register.number_refusals import NoneReserved, NumberNotReserved, NumberTaken, WrongCount
from docgen.register.record import Change
from docgen.register.refusals import (
    NoReason,
    NotLeading,
    NumberTooEarly,
)

_LIVING: Final = tuple(each for each in NumberState if each is not NumberState.GIVEN_BACK)
_UNUSED: Final = (NumberState.RESERVED, NumberState.ON_PAPER)
MOST_AT_ONCE: Final = 100_000
"""No office gives more numbers in a year; more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one code (机关代字) in one year."""

    code: str
    year: int

    @property
    def name(self) -> str:
        """Return how messages speak of it."""
        return f"{self.code}〔{self.year}〕"

    def text(self, serial: int) -> str:
        """Return the number of a serial as documents show it."""
        return text_of(self.code, self.year, serial)

    def has_passed(self, serial: int, number: str) -> bool:
        """Whether a number that somebody else gave is one of these, and a serial comes before it."""
        head, _, last = number.removesuffix("号").rpartition("〕")
        return f"{head}〕" == self.name and last.isdecimal() and serial < int(last)


class Numberer:
    """Gives the next numbers within one transaction.

    Args:
        books: to read from and add to.
        day: the day on which the numbers are given.
        reserved: take those reserved earlier, the lowest first, instead of new ones.
    """

    def __init__(self, books: Books, day: date, *, reserved: bool = False) -> None:
        self._books, self._day, self._reserved = books, day, reserved
        self._last: dict[Series, int] = {}
        self._kept: dict[Series, list[Number]] = {}

    def next(self, series: Series) -> int:
        """Return the next serial; each call gives another.

        Raises:
            NumberTooEarly: the last number of the series, or the reserved one, was given on a later day.
            NoneReserved: reserved ones were asked for and none is left.
        """
        if self._reserved:
            return self._next_reserved(series)
        if series not in self._last:
            last = self._books.last_number(series.code, series.year)
            if last and last.day > self._day:
                raise NumberTooEarly(last.text, last.day.isoformat(), self._day.isoformat())
            self._last[series] = last.serial if last else 0
        self._last[series] += 1
        return self._last[series]

    def use(self, series: Series, document: int) -> tuple[int, Change]:
        """Return the next serial and the row that follows from giving it to a document. Raises as `next`."""
        serial = self.next(series)
        if self._reserved:
            row = {"state": NumberState.USED.value, "document": document}
            return serial, ("number", id_of(series.code, series.year, serial), row)
        return serial, given(
            (series.code, series.year, serial), NumberState.USED, self._day, document=document
        )

    def _next_reserved(self, series: Series) -> int:
        if series not in self._kept:
            known = self._books.numbers(series.code, series.year)
            self._kept[series] = [each for each in known if each.state is NumberState.RESERVED]
        if not self._kept[series]:
            raise NoneReserved(series.name)
        first = self._kept[series].pop(0)
        if first.day > self._day:
            raise NumberTooEarly(first.text, first.day.isoformat(), self._day.isoformat())
        return first.serial


def start_at(books: Books, series: Series, serial: int, doing: Doing) -> None:
    """Let a series go on from a paper register: serials below `serial` were given there.

    Raises:
        NoReason: no remark says where the paper register is.
        NumberTaken: docgen itself has given numbers of the series, or would leave it as it is.
        WrongCount: there would be too many.
    """
    if not doing.remark:
        raise NoReason(START_AT.name)
    last = books.last_number(series.code, series.year)
    if last is not None or serial <= 1:
        raise NumberTaken(series.name, last.serial if last else 0, "从", serial)
    _refuse_count(series, START_AT.name, serial - 1)
    rows = _rows(series, range(1, serial), NumberState.ON_PAPER, doing)
    said = f"{series.name}1号至{serial - 1}号由纸质登记簿给出：{doing.remark}"
    books.add(doing.deed(START_AT, said, *rows))


def reserve(books: Books, series: Series, count: int, doing: Doing) -> range:
    """Reserve the next numbers of a series for a batch in one entry, and return their serials.

    Raises:
        NoReason: no remark says what for.
        WrongCount: none are asked for, or too many.
        NumberTooEarly: as `Numberer.next`.
    """
    if not doing.remark:
        raise NoReason(RESERVE.name)
    _refuse_count(series, RESERVE.name, count)
    first = Numberer(books, doing.day).next(series)
    block = range(first, first + count)
    rows = _rows(series, block, NumberState.RESERVED, doing)
    said = f"{series.text(block[0])}至{series.text(block[-1])}：{doing.remark}"
    books.add(doing.deed(RESERVE, said, *rows))
    return block


def void(books: Books, numbers: Sequence[Number], doing: Doing) -> None:
    """Void reserved numbers that will not be used; they stay in the register with the reason.

    Raises:
        NoReason: there is none.
        NumberNotReserved: one of them is not reserved.
    """
    if not doing.remark:
        raise NoReason(VOID_NUMBER.name)
    for each in numbers:
        if each.state is not NumberState.RESERVED:
            raise NumberNotReserved(each.text, each.state.value, "登记作废")
    rows = tuple(voided(each.id, doing.remark) for each in numbers)
    said = f"{'、'.join(each.text for each in numbers)}：{doing.remark}"
    books.add(doing.deed(VOID_NUMBER, said, *rows))


def give_back(books: Books, series: Series, first: int | None, doing: Doing) -> range:
    """Take back the numbers of a series that were reserved, or left to a paper register, and not used.

    They are given again. Only the end of a series is taken back: after none of it was anything used or voided.

    Args:
        books: to read from and add to.
        series: whose.
        first: the first serial to take back; None for all reserved ones at the end.
        doing: who, when, why.

    Returns:
        the serials taken back.

    Raises:
        NoReason: there is none.
        NoneReserved: none is left, or the end of the series was used.
        NumberNotReserved: one of those asked for was used or voided.
        NumberTooEarly: the day is before that on which they were given.
        NotLeading: they were left to a paper register, which only a head decides, and a head undoes.
    """
    if not doing.remark:
        raise NoReason(GIVE_BACK.name)
    chosen = _unused_end(books.numbers(series.code, series.year), first)
    if not chosen:
        raise NoneReserved(series.name)
    if chosen[-1].day > doing.day:
        raise NumberTooEarly(chosen[-1].text, chosen[-1].day.isoformat(), doing.day.isoformat())
    if chosen[0].state is NumberState.ON_PAPER and chosen[0].serial != 1:
        raise NumberNotReserved(
            chosen[0].text, chosen[0].state.value, "单独收回（纸质登记簿的号码从1号起一并收回）"
        )
    step = UNDO_START if any(each.state is NumberState.ON_PAPER for each in chosen) else GIVE_BACK
    if not doing.actor.may(step):
        raise NotLeading(step.name, doing.actor.name, doing.actor.roles or ("无",))
    block = range(chosen[0].serial, chosen[-1].serial + 1)
    said = f"{series.text(block[0])}至{series.text(block[-1])}：{doing.remark}"
    row = {"state": NumberState.GIVEN_BACK.value, "remark": doing.remark}
    books.add(doing.deed(step, said, *(("number", each.id, row) for each in chosen)))
    return block


def _unused_end(numbers: Iterable[Number], first: int | None) -> list[Number]:
    """Return the numbers at the end of a series that nothing used, from a serial on, or all reserved ones for None.

    Raises:
        NumberNotReserved: one from there on was used or voided.
    """
    given = [each for each in numbers if each.state in _LIVING]
    free = list(takewhile(lambda each: each.state in _UNUSED, reversed(given)))
    if first is None:
        return list(takewhile(lambda each: each.state is NumberState.RESERVED, free))[::-1]
    if free and free[-1].serial > first:
        raise NumberNotReserved(*_last_used(given, free), "收回")
    return [each for each in reversed(free) if each.serial >= first]


def _last_used(given: Sequence[Number], free: Sequence[Number]) -> tuple[str, str]:
    """Return number and state of the last number that is not free."""
    used = given[len(given) - len(free) - 1]
    return used.text, used.state.value


def voided(number: str, reason: str) -> Change:
    """Return the row that follows from voiding a number, with the reason beside it."""
    return "number", number, {"state": NumberState.VOID.value, "remark": reason}


def _refuse_count(series: Series, deed: str, count: int) -> None:
    if not 1 <= count <= MOST_AT_ONCE:
        raise WrongCount(series.name, deed, count, MOST_AT_ONCE)


def _rows(series: Series, serials: range, state: NumberState, doing: Doing) -> Iterator[Change]:
    for serial in serials:
        yield given((series.code, series.year, serial), state, doing.day, remark=doing.remark)
