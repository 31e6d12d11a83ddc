"""The backward schedule of a project (倒排工期): each approval with the day by which it must begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from docgen.model.approval import Approval
from docgen.model.mechanism import DeadlineRule
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState
from docgen.rules.deadlines import Deadline, Light, deadline_of, latest_submission, light_of
from docgen.rules.workdays import WorkCalendar
from docgen.standard.wording.text import official_date

UNDECIDED: Final = "待定"
NONE: Final = "—"

FIELDS: Final = {
    "次序": None,
    "编号": None,
    "审批事项": None,
    "层级": None,
    "审批单位": None,
    "审批单位简称": None,
    "责任人": None,
    "法定工作日": None,
    "最迟申报": None,
    "办理时限": None,
    "最迟申报简写": None,
    "办理时限简写": None,
    "状态": None,
    "缺少要件": None,
    "办理情况": None,
    "时限要求": None,
    "句末": None,
    "亮灯": None,
}
"""What a row of the schedule offers to a template."""


@dataclass(frozen=True)
class Step:
    """An approval with all that the rules say of it on a day."""

    approval: Approval
    deadline: Deadline
    light: Light
    latest_submission: date | None

    @property
    def pending(self) -> bool:
        """Whether it is still owed."""
        return self.approval.state.pending

    @property
    def overdue(self) -> bool:
        """Whether it is owed and late."""
        return self.light is Light.RED


def steps_of(records: Records, project: Project, today: date, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return a project's approvals with deadline, light and latest submission, in the order of the catalogue."""
    rules, warning = records.of(DeadlineRule), records.mechanism.warning_days
    return tuple(_step(each, rules, today, warning, calendar) for each in records.approvals_of(project))


def _step(
    approval: Approval, rules: Sequence[DeadlineRule], today: date, warning: int, calendar: WorkCalendar
) -> Step:
    deadline = deadline_of(approval, rules, calendar)
    light = light_of(approval, deadline, today, warning, calendar)
    return Step(approval, deadline, light, latest_submission(approval, deadline, calendar))


def owed_to(steps: Sequence[Step], unit: Unit) -> tuple[Step, ...]:
    """Return the steps that a unit still owes."""
    return tuple(each for each in steps if each.pending and each.approval.unit == unit)


def rows(steps: Sequence[Step], records: Records) -> list[dict[str, Any]]:
    """Return the steps as rows for a template, numbered from 1."""
    return [_row(number, each, len(steps), records) for number, each in enumerate(steps, start=1)]


def _row(number: int, step: Step, count: int, records: Records) -> dict[str, Any]:
    approval, year = step.approval, records.mechanism.year
    return {
        "次序": number,
        "编号": f"{number}." if count > 1 else "",
        "审批事项": approval.item.name,
        "层级": records.mechanism.level_word(approval.level),
        "审批单位": approval.unit.name,
        "审批单位简称": approval.unit.short_name,
        "责任人": approval.responsible or "",
        "法定工作日": approval.item.working_days or NONE,
        "最迟申报": official_date(step.latest_submission) if step.latest_submission else NONE,
        "办理时限": _deadline_words(step),
        "最迟申报简写": _short(step.latest_submission, year) if step.latest_submission else NONE,
        "办理时限简写": _short(step.deadline.day, year) if _has_deadline(step) else _deadline_words(step),
        "状态": approval.state.value,
        "缺少要件": "、".join(approval.missing),
        "办理情况": _progress(approval),
        "时限要求": _demand(step),
        "句末": "。" if number == count else "；",
        "亮灯": step.light.value,
    }


def _has_deadline(step: Step) -> bool:
    return step.deadline.day is not None and step.approval.state is not ApprovalState.NOT_NEEDED


def _deadline_words(step: Step) -> str:
    if step.approval.state is ApprovalState.NOT_NEEDED:
        return NONE
    return official_date(step.deadline.day) if step.deadline.day else UNDECIDED


def _short(day: date | None, year: int) -> str:
    """Return a day for a narrow column, without the year when it is the mechanism's."""
    if day is None:
        return UNDECIDED
    return f"{day.month}月{day.day}日" if day.year == year else official_date(day)


def _progress(approval: Approval) -> str:
    """Return how far an owed approval is, as it stands in a sentence."""
    words = {
        ApprovalState.NOT_SUBMITTED: "尚未申报",
        ApprovalState.SUPPLEMENT: "正在补正",
        ApprovalState.SENT_UP: "已上报上级",
    }
    lacking = f"，缺少{'、'.join(approval.missing)}" if approval.missing else ""
    return words.get(approval.state, approval.state.value) + lacking


def _demand(step: Step) -> str:
    """Return what is asked for an owed approval, as the end of a sentence."""
    if step.deadline.day is None:
        return "办理时限另行告知"
    day = official_date(step.deadline.day)
    if step.overdue:
        return f"已超过{day}的办理时限，请即组织办理"
    if step.approval.state is ApprovalState.SENT_UP:
        return f"请跟踪上级审批进度，于{day}前取得批复"
    return f"请于{day}前办结"
