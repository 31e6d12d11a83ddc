"""Document numbers: 机关代字〔year〕serial号, from 1 each year for each code (DOMAIN 5, Number)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from docgen.dataclass import dataclass
from docgen.register.record import Change


class NumberState(StrEnum):
    """What became of a number."""

    USED = "已用"
    VOID = "作废"
    RESERVED = "预留"
    ON_PAPER = "纸质"
    GIVEN_BACK = "收回"
    """Reserved, or thought to be given on paper, and taken back before any later one was used: it is given again."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that has been given, and never is again."""

    id: str
    code: str
    year: int
    serial: int
    state: NumberState
    day: date
    entry: int
    document: int | None = None
    remark: str = ""

    @property
    def text(self) -> str:
        """Return it as documents show it."""
        return text_of(self.code, self.year, self.serial)


def text_of(code: str, year: int, serial: int) -> str:
    """Return a number as documents show it; the serial has no leading zeros (GB/T 9704, 7.2.5)."""
    return f"{code}〔{year}〕{serial}号"


def id_of(code: str, year: int, serial: int) -> str:
    """Return the key of a number in the register."""
    return f"{code}〔{year}〕{serial}"


def given(series: tuple[str, int, int], state: NumberState, day: date, **more: Any) -> Change:
    """Return the row that follows from giving a number.

    Args:
        series: code, year and serial.
        state: what becomes of it.
        day: when it is given.
        more: the document, a remark.
    """
    code, year, serial = series
    values = {"code": code, "year": year, "serial": serial, "state": state, "day": day.isoformat()}
    return "number", id_of(*series), {"document": None, "remark": ""} | values | more
