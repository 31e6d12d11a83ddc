"""What was read from a founding text: values for the sheets of a new workspace, each with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass


@dataclass(frozen=True)
class Source:
    """Where something was read.

    Args:
        place: Which paragraph of the text, from 1; 0 for what stands in none.
        words: The sentence, or the row of a roster.
        remark: What was concluded beyond the words, for the clerk to look over; empty for nothing.
    """

    place: int
    words: str
    remark: str = ""

    def __str__(self) -> str:
        said = f"第{self.place}段：{self.words}" if self.place else ""
        return f"{said}（{self.remark}）" if said and self.remark else said or self.remark


@dataclass(frozen=True)
class Value:
    """A value of the sheet 工作机制, and where it was read."""

    value: Any
    source: Source


@dataclass(frozen=True)
class Row:
    """A row of another sheet: values by field name, and where they were read."""

    values: Mapping[str, Any]
    source: Source


@dataclass(frozen=True)
class Open:
    """Something to be settled by the clerk.

    Args:
        what: What of: the name of a sheet, or of a line of it.
        why: What was not found, or what does not agree.
        source: Where the text speaks of it, if it does.
    """

    what: str
    why: str
    source: Source | None = None


@dataclass
class Proposal:
    """Everything that was read from one text.

    Args:
        mechanism: Values of the sheet 工作机制 by field name.
        rows: Rows by sheet: 单位, 人员, 机构, 时限规则.
        open: What is left to the clerk.
    """

    mechanism: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)

    def state(self, name: str, value: Any, source: Source) -> None:
        """Take a value of the mechanism, unless there is one already."""
        if value not in (None, "", ()):
            self.mechanism.setdefault(name, Value(value, source))

    def said(self, name: str) -> Any:
        """Return a value of the mechanism; an empty text for none."""
        return self.mechanism[name].value if name in self.mechanism else ""

    def of(self, sheet: str) -> list[Row]:
        """Return the rows of a sheet."""
        return self.rows.setdefault(sheet, [])

    def add(self, sheet: str, rows: Iterable[Row]) -> None:
        """Add rows to a sheet."""
        self.of(sheet).extend(rows)


UNITS: Final = "单位"
PEOPLE: Final = "人员"
BODIES: Final = "机构"
DEADLINES: Final = "时限规则"
MECHANISM: Final = "工作机制"
