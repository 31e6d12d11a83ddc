"""Ledgers of approvals: the task table of a campaign, the pending ledger of a sweep, the overdue list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docgen.model.approval import Approval
from docgen.model.values import ApprovalState, ListStage
from docgen.rules.deadlines import Deadline, Light, Source, latest_submission
from docgen.rules.disposals import disposal_of
from docgen.sheets.exports.frame import SIGNED_BY_BOTH, Col, Facts, Ledger, day, short, words
from docgen.sheets.writing.tables import Value

_DATE: Final = "yyyy-mm-dd"
_DISPOSAL: Final = "处置意见"
"""What is to be done; an office that decides it by hand adds a column of this name to the sheet of approvals."""


def pending(facts: Facts) -> Iterable[Approval]:
    """Return the approvals that are still owed for projects of the final list, project by project."""
    found = (each for each in facts.records.of(Approval) if each.state.pending)
    listed = [each for each in found if each.project.stage is ListStage.FINAL]
    return sorted(listed, key=lambda each: (each.project.number, each.item.order))


def overdue(facts: Facts) -> Iterable[Approval]:
    """Return those of them that are late, those of a unit together, the latest first."""
    late = [each for each in pending(facts) if facts.light(each) is Light.RED]
    return sorted(late, key=lambda each: (each.unit.order, facts.deadline(each) or facts.today))


def _by_unit(facts: Facts) -> Iterable[Approval]:
    """Return those that are still owed, those of a unit together, the units in the order of their sheet."""
    return sorted(pending(facts), key=lambda each: each.unit.order)


def _is_accepted(approval: Approval) -> bool:
    """Whether a unit has accepted an application: by its date, or by a state that comes only after acceptance."""
    return approval.accepted is not None or approval.state in (ApprovalState.ACCEPTED, ApprovalState.SENT_UP)


def _latest(approval: Approval, facts: Facts) -> Value:
    until = facts.deadline(approval)
    deadline = Deadline(until, Source.RULE)
    return latest_submission(approval, deadline, facts.records.mechanism.term_basis, facts.calendar)


def _progress(approval: Approval, _: Facts) -> str:
    """Return how far an approval is: its state, and where it stands in it."""
    more = "；".join(filter(None, (approval.progress, approval.dossier, approval.blocked_by)))
    return f"{approval.state.value}：{more}" if more else approval.state.value


def _project(approval: Approval, _: Facts) -> str:
    project = approval.project
    total = f"，总投资{project.total_investment:f}亿元" if project.total_investment is not None else ""
    lead = f"，牵头单位{project.lead_unit.short_name}" if project.lead_unit else ""
    return f"{project.name}{total}{lead}"


_ITEM: Final = Col("审批事项", 12, lambda each, _: each.item.name)
_LEVEL: Final = Col("办理层级", 5, lambda each, facts: facts.level(each.level), centred=True)
_UNIT: Final = Col("审批单位", 8, lambda each, _: short(each.unit))
_UNTIL: Final = Col("办结时限", 6, lambda each, facts: facts.deadline(each), centred=True, format=_DATE)
_PROJECT: Final = Col("项目名称", 16, lambda each, _: each.project.name)

TASKS: Final = Ledger(
    "{year}年{projects}前期手续办理任务表",
    pending,
    (
        _ITEM,
        _LEVEL,
        _UNIT,
        words("responsible", "责任人", 4, centred=True),
        Col("最迟申报", 6, _latest, centred=True, format=_DATE),
        _UNTIL,
        Col("办理进展", 16, _progress),
        words("missing", "缺少要件", 12),
        Col("亮灯", 4, lambda each, facts: facts.light(each).value, centred=True),
    ),
    _project,
    empty="终稿项目没有待办的手续",
)


PENDING: Final = Ledger(
    "{year}年待批项目台账",
    _by_unit,
    (
        _PROJECT,
        Col("立项部门", 8, lambda each, _: short(each.project.registering_unit)),
        _ITEM,
        Col("审批单位核实情况", 14, _progress),
        words("responsible", "责任人", 4, centred=True),
        Col("是否受理", 4, lambda each, _: "是" if _is_accepted(each) else "否", centred=True),
        Col("办结期限", 6, lambda each, facts: facts.deadline(each), centred=True, format=_DATE),
        Col("未开工（未建）原因", 10, lambda each, _: each.blocked_by),
        Col(_DISPOSAL, 9, lambda each, facts: each.extra.get(_DISPOSAL) or disposal_of(each, facts.records)),
    ),
    lambda each, _: short(each.unit) or "",
    below=("注：处置意见分及时审批、一次性告知后退回、移出清单（写明理由）。", SIGNED_BY_BOTH),
    empty="没有待批的手续",
)


def _days_late(approval: Approval, facts: Facts) -> int | None:
    until = facts.deadline(approval)
    return -facts.calendar.between(facts.today, until) if until else None


OVERDUE: Final = Ledger(
    "{year}年前期手续超期清单",
    overdue,
    (
        _PROJECT,
        _ITEM,
        _LEVEL,
        _UNTIL,
        Col("超期工作日", 4, _days_late, centred=True),
        Col("办理进展", 14, _progress),
        words("responsible", "责任人", 4, centred=True),
        Col("牵头单位", 8, lambda each, _: short(each.project.lead_unit)),
        day("promised", "承诺办结日期"),
    ),
    lambda each, _: short(each.unit) or "",
    below=(),
    paper="A4",
    empty="没有超期的手续",
    sealed=False,
)
