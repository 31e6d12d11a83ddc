"""Dates, months and amounts as documents write them, which templates compare by what they are and not by their signs.

As texts 2026年10月1日 would come before 2026年3月16日, and 9 after 120 (docs/decisions/0129).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self


class Ordered(str):
    """A text that stands for a value with an order; in all else it is the text."""

    __slots__ = ("meant",)

    meant: Any

    def __new__(cls, words: str, meant: Any) -> Self:
        """Make the words that a document writes for a value."""
        made = super().__new__(cls, words)
        made.meant = meant
        return made

    def lower(self) -> Self:
        """Return it as it is: what sorts without regard to capitals asks for it, and is to sort by the value."""
        return self

    def __lt__(self, other: object) -> Any:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> Any:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> Any:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> Any:
        return self._compared(other, operator.ge)

    def __reduce__(self) -> tuple[Any, ...]:
        return Ordered, (str(self), self.meant)

    def _compared(self, other: object, how: Callable[[Any, Any], Any]) -> Any:
        """Compare with another such value, with a number, or with a day as a template writes it.

        Raises:
            TypeError: it is of another sort; says so in Chinese.
        """
        if type(other) is Ordered:
            theirs = other.meant
        elif isinstance(other, str):
            theirs = _day_in(other) if isinstance(self.meant, date) else None
        elif isinstance(other, int | float | Decimal):
            theirs = Decimal(str(other))
        else:
            return NotImplemented
        if type(theirs) is not type(self.meant):
            raise TypeError(f"不是同一类的值，不能比先后大小：“{self}”与“{other}”")
        return how(self.meant, theirs)


def _day_in(words: str) -> date | None:
    """Return the day that a text names; None for none."""
    for form in ("%Y-%m-%d", "%Y年%m月%d日"):
        with suppress(ValueError):
            return datetime.strptime(words, form).date()  # noqa: DTZ007  # a day has no zone
    return None
