"""Words of official documents that follow from values: the date of a document."""

from __future__ import annotations

from datetime import date


def official_date(day: date) -> str:
    """Return a date in Arabic digits without leading zeros, as `2026年3月6日` (clause 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
