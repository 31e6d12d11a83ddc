"""The documents of a year in shares, each of which one process packs or judges at a time."""

from __future__ import annotations

from typing import Final

SHARE: Final = 50
"""Documents of a share at the most."""


def shares(count: int) -> list[range]:
    """Return which of so many documents, counted from 0, make up each share, in their order."""
    return [range(start, min(start + SHARE, count)) for start in range(0, count, SHARE)]
