"""Amounts of a document in 亿元, written with equally many decimals, those that a clerk wrote out among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.changes import ListChange, amounts_said
from docgen.rules.list_changes import Sums

NONE: Final = "—"
_YI: Final = re.compile(r"(\d+(?:\.\d+)?)(?=亿元)")


@dataclass(frozen=True)
class Amounts:
    """Writes amounts with so many decimals; none where there are only whole ones."""

    places: int

    @classmethod
    def for_all(cls, sums: Iterable[Sums], changes: Iterable[ListChange]) -> Amounts:
        """Return what writes the amounts of a document with as many decimals as the finest of them needs."""
        texts = (text for each in changes for text in (each.before, each.after))
        said = (amount for text in texts for amount in amounts_said(text).values())
        shown = (amount for each in sums for amount in (each.amounts.total, each.amounts.year))
        decimals = (-int(each.normalize().as_tuple().exponent) for each in (*said, *shown))
        return cls(max(decimals, default=0))

    def amount(self, amount: Decimal | None) -> str:
        """Return an amount in words of a table; a dash for none."""
        return NONE if amount is None else f"{amount:.{max(self.places, 0)}f}"

    def sums(self, sums: Sums) -> dict[str, Any]:
        """Return how many projects there are and their amounts, by their names in templates."""
        amounts = sums.amounts
        return {
            "个数": sums.count,
            "总投资": self.amount(amounts.total),
            "年度计划": self.amount(amounts.year),
        }

    def text(self, text: str | None) -> str:
        """Return a clerk's text with its amounts written as the others are."""
        return _YI.sub(lambda found: self.amount(Decimal(found[1])), text or "")

    def row(self, change: ListChange) -> dict[str, Any]:
        """Return a change by the names of its parts in templates."""
        project = change.project
        return {
            "项目": project,
            "单位": change.unit,
            "总投资": self.amount(project.total_investment),
            "年度计划": self.amount(project.year_investment),
            "前": self.text(change.before),
            "后": self.text(change.after),
        }
