"""Days as people type them on a command line: read as in the sheets, but with nothing to take the year from."""

from __future__ import annotations

from datetime import date

from docgen.sheets.dates import NoSuchDate, read_typed


class NoDay(ValueError):
    """Words are no day; the argument says so in Chinese."""


def day_of(words: str) -> date:
    """Return the day that somebody typed: 2026-03-16, 2026.3.16, 2026年3月16日, 26.3.16.

    Raises:
        NoDay: it is none, it may mean several days, its year is not written or not one that docgen serves.
    """
    try:
        return read_typed(words)
    except NoSuchDate:
        raise NoDay(
            f"“{words}”不是日期，要写明2000到2100年之间的年月日，年份写四位，如 2026-03-16、2026.3.16"
        ) from None
