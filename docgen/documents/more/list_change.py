"""清单调整: the changes by kind, their amounts, and the list before and after; whether the right leader consented.

All amounts of a document are written with equally many decimals, those that a clerk wrote out among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import ConsentMissing, ConsentNotInCharge, EmptyCell
from docgen.documents.group import Group
from docgen.documents.labels import fields_of
from docgen.errors import DocgenError, Problems
from docgen.model.changes import ListChange
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ListChangeKind
from docgen.rules.list_changes import Sums, amounts_said, sums_around, sums_of
from docgen.rules.matters import is_listed
from docgen.standard.wording.text import official_date

NONE: Final = "—"
_YI: Final = re.compile(r"(\d+(?:\.\d+)?)(?=亿元)")
_SUMS: Final = dict.fromkeys(("个数", "总投资", "年度计划"))
_ROW: Final = {"项目": Project, "单位": Unit, **dict.fromkeys(("总投资", "年度计划", "前", "后"))}
FIELDS: Final = {
    **{each.value: [_ROW] for each in ListChangeKind},
    "小计": {each.value: _SUMS for each in ListChangeKind},
    "原清单": _SUMS,
    "新清单": _SUMS,
    "执行": None,
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return the rows of each kind of change, 小计 of each, 原清单 and 新清单, and 执行: from when the changes hold.

    Raises:
        Problems: changes that the leader in charge did not consent to, where the kind asks for it; projects of the
            list, or of the changes, without total investment.
    """
    changes: tuple[ListChange, ...] = group.things
    asks = bool(group.kind.settings.get("须经同意"))
    Problems.raise_any((*(_unfit(changes, facts) if asks else ()), *_gaps(changes, facts)))
    before, after = sums_around(facts.records, changes)
    by_kind = {kind: [each for each in changes if each.kind is kind] for kind in ListChangeKind}
    sums = {kind: sums_of(each.project for each in found) for kind, found in by_kind.items()}
    write = _Writer(_places((before, after, *sums.values()), changes))
    return {
        **{kind.value: [write.row(each) for each in found] for kind, found in by_kind.items()},
        "小计": {kind.value: write.sums(found) for kind, found in sums.items()},
        "原清单": write.sums(before),
        "新清单": write.sums(after),
        "执行": _begins(changes),
    }


def _unfit(changes: Iterable[ListChange], facts: Facts) -> Iterator[DocgenError]:
    """Yield the changes without consent, and those that somebody consented to who was not in charge."""
    fields = fields_of(ListChange)
    for each in changes:
        if each.consented is None or each.leader is None:
            yield ConsentMissing(each.cell_of("consented"), each.number, each.project.name)
        elif fields["分管相符"].value(each, facts) is False:
            leaders = tuple(one.name for one in fields["在管领导"].value(each, facts))
            yield ConsentNotInCharge(
                each.cell_of("leader"), each.number, each.leader.name, official_date(each.consented), leaders
            )


def _gaps(changes: Iterable[ListChange], facts: Facts) -> Iterator[EmptyCell]:
    """Yield the projects without total investment, which the sums would leave out in silence."""
    listed = [each for each in facts.records.of(Project) if is_listed(each)]
    projects = {each.number: each for each in (*listed, *(one.project for one in changes))}
    for each in projects.values():
        if each.total_investment is None:
            yield EmptyCell(each.cell_of("total_investment"), "总投资")


def _places(sums: Iterable[Sums], changes: Iterable[ListChange]) -> int:
    """Return how many decimals the amounts of a document need."""
    said = (
        amount
        for each in changes
        for text in (each.before, each.after)
        for amount in amounts_said(text).values()
    )
    shown = (amount for each in sums for amount in (each.amounts.total, each.amounts.year))
    return max((-int(each.normalize().as_tuple().exponent) for each in (*said, *shown)), default=0)


@dataclass(frozen=True)
class _Writer:
    """Writes amounts with so many decimals; none where there are only whole ones."""

    places: int

    def amount(self, amount: Decimal | None) -> str:
        return NONE if amount is None else f"{amount:.{max(self.places, 0)}f}"

    def sums(self, sums: Sums) -> dict[str, Any]:
        amounts = sums.amounts
        return {
            "个数": sums.count,
            "总投资": self.amount(amounts.total),
            "年度计划": self.amount(amounts.year),
        }

    def text(self, text: str | None) -> str:
        return _YI.sub(lambda found: self.amount(Decimal(found[1])), text or "")

    def row(self, change: ListChange) -> dict[str, Any]:
        project = change.project
        return {
            "项目": project,
            "单位": change.unit,
            "总投资": self.amount(project.total_investment),
            "年度计划": self.amount(project.year_investment),
            "前": self.text(change.before),
            "后": self.text(change.after),
        }


def _begins(changes: Sequence[ListChange]) -> str:
    """Return from when the changes hold: a day where all have the same, else the day each was approved."""
    days = {each.effective for each in changes}
    day = days.pop() if len(days) == 1 else None
    return f"自{official_date(day)}起执行" if day else "自批准之日起执行"
