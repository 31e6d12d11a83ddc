"""Returns put together: a cell that one unit changed and nobody else is a change; where several differ, a conflict.

The order of the files does not matter. What the office has changed meanwhile counts like a return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from docgen.dataclass import dataclass
from docgen.sheets.round.returned import Cell
from docgen.sheets.round.said import Key

OFFICE: Final = "办公室"
Place = tuple[str, Key, str]
"""A cell of the office: sheet, key of the row, English name of the field."""


@dataclass(frozen=True)
class Change:
    """A cell to be changed: what it says at the office now, and who says what instead."""

    now: str
    cell: Cell


@dataclass(frozen=True)
class Conflict:
    """A cell for which several said different things: what the office has now, and what each unit said."""

    now: str
    cells: tuple[Cell, ...]

    @property
    def place(self) -> Place:
        """Return which cell it is."""
        return self.cells[0].place

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return who said each of the cells; of a unit that said several things, with the file."""
        return speakers(self.cells)


@dataclass(frozen=True)
class Merged:
    """What the returns come to; `settled` cells say already what was returned."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    settled: tuple[Cell, ...]


def speakers(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return who said each of some cells: the unit, with the file where the unit said several things."""
    said: dict[str, set[str]] = {}
    for each in cells:
        said.setdefault(each.unit, set()).add(each.now)
    return tuple(f"{each.unit}（{each.file}）" if len(said[each.unit]) > 1 else each.unit for each in cells)


def merge(
    cells: Iterable[Cell], present: Mapping[Place, str], decided: Mapping[Place, str] | None = None
) -> Merged:
    """Put returned cells together.

    Args:
        cells: those that units have changed.
        present: what the office's cells say now.
        decided: who is right where a conflict was decided: one of the speakers, or the office.
    """
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    settled: list[Cell] = []
    ordered = sorted(cells, key=lambda each: (each.place, each.unit, each.file))
    for place, found in groupby(ordered, key=lambda each: each.place):
        group, now = tuple(found), present.get(place, "")
        settled += [each for each in group if each.now == now]
        others = [each for each in group if each.now != now]
        if not others:
            continue
        chosen = (decided or {}).get(place)
        if chosen == OFFICE:
            continue
        agreed = len({each.now for each in group}) == 1 and all(each.before == now for each in others)
        by_speaker = dict(zip(speakers(group), group, strict=True))
        mine = by_speaker.get(chosen or "", others[0] if agreed else None)
        if mine is None:
            conflicts.append(Conflict(now, group))
        elif mine.now != now:
            changes.append(Change(now, mine))
    return Merged(tuple(changes), tuple(conflicts), tuple(settled))
