"""The time in which documents are dated: Beijing's, by which all of China lives, whatever the computer is set to.

A server or a container is often set to UTC, where it is yesterday until eight in the morning (decision 0154).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))


def now() -> datetime:
    """Return the time in Beijing."""
    return datetime.now(BEIJING)
