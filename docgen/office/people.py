"""Who does things in the office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """Who acts and who records: on paper one person acts, another types it in."""

    actor: str
    recorder: str
