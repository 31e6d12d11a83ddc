"""Mandates: which document lets which unit seal on whose behalf (代章), for which kinds, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from docgen.dataclass import dataclass
from docgen.model.linked import Linked


@dataclass(frozen=True, slots=True)
class Mandate(Linked):
    """The authority to seal on behalf.

    Args:
        id: its number in the register.
        title, number, clause: of the document that grants it.
        principal: on whose behalf; full name.
        stamping_unit: whose seal; full name.
        kinds: the kinds of documents covered; empty for all.
        start, end: first and last day, both included; no end for one that runs on.
        ended_by: who ended it, empty while it runs.
    """

    noun: ClassVar[str] = "代章授权"

    id: int
    title: str
    number: str
    clause: str
    principal: str
    stamping_unit: str
    start: date
    entry: int
    kinds: tuple[str, ...] = ()
    end: date | None = None
    ended_by: str = ""
    remark: str = ""

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Self:
        """Return the mandate that a row holds. Raises ValueError, KeyError, TypeError: docgen wrote no such row."""
        end = row.get("end") or ""
        return cls(
            **{name: value for name, value in row.items() if name not in ("start", "end", "kinds")},
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(end) if end else None,
            kinds=tuple(each for each in row["kinds"].split("、") if each),
        )

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return its number in the register, and the granting document's number and title."""
        return (str(self.id), self.number, self.title)

    @property
    def basis(self) -> str:
        """Return the granting document as registers show it."""
        return f"《{self.title}》（{self.number}）"

    def in_force(self, day: date) -> bool:
        """Whether it runs on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def covers(self, kind: str) -> bool:
        """Whether it is given for a kind of document."""
        return not self.kinds or kind in self.kinds
