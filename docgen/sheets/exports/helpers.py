"""Who helps which project through its approvals: the list of helpers (代办、帮办), unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.unit import Unit
from docgen.model.values import ListStage
from docgen.sheets.exports.frame import Col, Facts, Ledger
from docgen.sheets.writing.tables import Value

_NOBODY: Final = "尚未明确代办单位"


@dataclass(frozen=True)
class Helped:
    """A project with one of the units that help it; None where none is named."""

    project: Project
    helper: Unit | None


def _helped(facts: Facts) -> Iterable[Helped]:
    """Return the projects of the final list under each of their helpers, in the units' order, the unhelped last."""
    projects = [each for each in facts.records.of(Project) if each.stage is ListStage.FINAL]
    found = [Helped(each, helper) for each in projects for helper in (each.agents or (None,))]
    return sorted(
        found,
        key=lambda each: (each.helper is None, each.helper.order if each.helper else 0, each.project.number),
    )


def _pending(helped: Helped, facts: Facts) -> list[Approval]:
    return [each for each in facts.records.approvals_of(helped.project) if each.state.pending]


def _left(helped: Helped, facts: Facts) -> Value:
    if not facts.records.approvals_of(helped.project):
        return "没有登记手续"
    return "、".join(each.item.name for each in _pending(helped, facts)) or "已全部办结"


def _nearest(helped: Helped, facts: Facts) -> Value:
    days = filter(None, (facts.deadline(each) for each in _pending(helped, facts)))
    return min(days, default=None)


def _of_project(name: str) -> Any:
    return lambda each, _: getattr(each.project, name)


HELPERS: Final = Ledger(
    "{year}年{projects}代办帮办一览表",
    _helped,
    (
        Col("项目名称", 16, _of_project("name")),
        Col("项目业主", 12, _of_project("owner")),
        Col("业主联系人", 4, _of_project("owner_contact"), centred=True),
        Col("联系电话", 6, _of_project("owner_phone"), centred=True),
        Col("包联领导", 4, lambda each, _: each.project.steward and each.project.steward.name, centred=True),
        Col("还要办的手续", 24, _left),
        Col("最近的办理时限", 6, _nearest, centred=True, format="yyyy-mm-dd"),
        Col("代办人及进展", 12, lambda *_: None),
    ),
    lambda each, _: each.helper.name if each.helper else _NOBODY,
    counted="个", empty="没有终稿项目",
)  # fmt: skip
