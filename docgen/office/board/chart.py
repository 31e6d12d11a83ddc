"""The wall chart as plain values: projects by list stage, how each approval stands, rates, lights, schedules.

Totals, lights and rates are of the projects on the final list; projects of the other stages stand below, uncounted.
Rates count the approvals of items that the catalogue counts (计入办结率).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from docgen.dataclass import dataclass
from docgen.model.values import ListStage
from docgen.office.board.schedule import Axis
from docgen.rules.rates import Rate


class Mark(Enum):
    """How an approval stands: the letter that styles know it by, its sign in a cell, its words, what more they mean."""

    RED = "r", "红", "红灯", "已过办理时限"
    YELLOW = "y", "黄", "黄灯", "临近办理时限"
    GREEN = "g", "绿", "绿灯", "时限内"
    GREY = "n", "无时限", "无时限", ""
    DONE = "d", "办结", "已办结", ""
    NOT_NEEDED = "x", "无需", "无需办理", ""
    REFUSED = "f", "不予", "不予许可", ""

    def __init__(self, letter: str, sign: str, words: str, more: str) -> None:
        self.letter, self.sign, self.words, self.more = letter, sign, words, more


@dataclass(frozen=True, slots=True)
class Cell:
    """One approval of a project.

    Args:
        mark: how it stands.
        day: its deadline, short; empty when it is decided or has none.
        note: how far it is, or the last day to submit it, or when it was done if this year; short.
        other_year: whether the deadline is not of this year, and so is written with its year.
        unit: the place of its approving unit in the chart's units; None where it is the column's.
        level: the place of its level; None where it is the column's.
    """

    mark: Mark
    day: str
    note: str
    other_year: bool
    unit: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One project.

    Args:
        number, name, about: as the row's head says it; `about` names lead units and planned start.
        leads, industry, place: places in the chart's lists; None for a blank cell of the sheet.
        rate: of its approvals.
        cells: one a column; None where the project has no such approval.
        bars: its schedule as an SVG path for each mark.
        lanes: how many bars lie below each other.
    """

    number: int
    name: str
    about: str
    leads: tuple[int, ...]
    industry: int | None
    place: int | None
    rate: Rate
    cells: tuple[Cell | None, ...]
    bars: tuple[tuple[Mark, str], ...]
    lanes: int


@dataclass(frozen=True, slots=True)
class Column:
    """One item of the catalogue: its usual unit and level on this chart, and the rate over the final list."""

    name: str
    unit: int
    level: int
    counted: bool
    rate: Rate


@dataclass(frozen=True, slots=True)
class UnitRate:
    """How far an approving unit is with the final list."""

    name: str
    rate: Rate
    late: int


@dataclass(frozen=True)
class Chart:
    """The wall chart of a day.

    Args:
        title: whose chart it is.
        today: the day.
        stages: the list stages that have projects, with these.
        columns: the items that some project needs, in the order of the catalogue.
        units, levels, industries, places: what rows and cells point into; `place_label` is what places are.
        by_approval, by_project: the rates of the final list.
        lights: how many approvals of the final list stand so.
        unit_rates: the approving units of the final list in the order of the unit list.
        axis: the time that the schedules span.
    """

    title: str
    today: date
    stages: tuple[tuple[ListStage, tuple[Row, ...]], ...]
    columns: tuple[Column, ...]
    units: tuple[str, ...]
    levels: tuple[str, ...]
    industries: tuple[str, ...]
    places: tuple[str, ...]
    place_label: str
    by_approval: Rate
    by_project: Rate
    lights: Mapping[Mark, int]
    unit_rates: tuple[UnitRate, ...]
    axis: Axis

    @property
    def final(self) -> int:
        """Return how many projects are on the final list."""
        return sum(len(rows) for stage, rows in self.stages if stage is ListStage.FINAL)
