"""清单调整: the changes by kind, their amounts, and the list before and after; whether the right leader consented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.faults import ConsentMissing, ConsentNotInCharge, EmptyCell
from docgen.documents.frame.group import Group
from docgen.documents.labels.amounts import Amounts
from docgen.documents.labels.fields import fields_of
from docgen.errors import DocgenError, Problems
from docgen.model.changes import ListChange
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ListChangeKind
from docgen.rules.list_changes import sums_around, sums_of, without_total
from docgen.standard.wording.text import official_date

_SUMS: Final = dict.fromkeys(("个数", "总投资", "年度计划"))
_ROW: Final = {"项目": Project, "单位": Unit, **dict.fromkeys(("总投资", "年度计划", "前", "后"))}
FIELDS: Final = {
    **{each.value: [_ROW] for each in ListChangeKind},
    "小计": {each.value: _SUMS for each in ListChangeKind},
    "原清单": _SUMS,
    "新清单": _SUMS,
    "类数": None,
    "执行": None,
}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return the rows and 小计 of each kind of change, 原清单 and 新清单, 类数: how many kinds, 执行: since when.

    Raises:
        Problems: changes that must not be told (a successor of a notice is asked for its own), projects of the list,
            or of the changes, without total investment.
    """
    changes: tuple[ListChange, ...] = group.things
    unfit = (fault for each in changes for fault in hindered(each, group.kind.settings, facts))
    Problems.raise_any((*unfit, *_gaps(changes, facts)))
    before, after = sums_around(facts.records, changes)
    by_kind = {kind: [each for each in changes if each.kind is kind] for kind in ListChangeKind}
    sums = {kind: sums_of(each.project for each in found) for kind, found in by_kind.items()}
    write = Amounts.for_all((before, after, *sums.values()), changes)
    return {
        **{kind.value: [write.row(each) for each in found] for kind, found in by_kind.items()},
        "小计": {kind.value: write.sums(found) for kind, found in sums.items()},
        "原清单": write.sums(before),
        "新清单": write.sums(after),
        "类数": len({each.kind for each in changes}),
        "执行": _begins(changes),
    }


def hindered(change: ListChange, settings: Mapping[str, Any], facts: Facts) -> Iterator[DocgenError]:
    """Yield why a change must not be told where the kind asks for consent: nobody consented, or nobody in charge."""
    if not settings.get("须经同意"):
        return
    if change.consented is None or change.leader is None:
        yield ConsentMissing(change.cell_of("consented"), change.number, change.project.name)
        return
    fields = fields_of(ListChange)
    if fields["分管相符"].value(change, facts) is False:
        leaders = tuple(each.name for each in fields["在管领导"].value(change, facts))
        day = official_date(change.consented)
        yield ConsentNotInCharge(change.cell_of("leader"), change.number, change.leader.name, day, leaders)


def _gaps(changes: Iterable[ListChange], facts: Facts) -> Iterator[EmptyCell]:
    """Yield the projects without total investment, which the sums would leave out in silence."""
    for each in without_total(facts.records, changes):
        yield EmptyCell(each.cell_of("total_investment"), "总投资")


def _begins(changes: Sequence[ListChange]) -> str:
    """Return from when the changes hold: a day where all have the same, else the day each was approved."""
    days = {each.effective for each in changes}
    day = days.pop() if len(days) == 1 else None
    return f"自{official_date(day)}起执行" if day else "自批准之日起执行"
