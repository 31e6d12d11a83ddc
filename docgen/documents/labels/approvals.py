"""What the rules derive of an approval: light, deadline, latest submission, days left and late, how it stands."""

from __future__ import annotations

from datetime import date
from typing import Final

from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.values import ApprovalState
from docgen.rules.deadlines import Light
from docgen.rules.disposals import disposal_of
from docgen.standard.wording.text import official_date

UNDECIDED: Final = "待定"
LATE: Final = "已逾期"


def _light(approval: Approval, facts: Facts) -> str:
    return facts.standing(approval).light.value


def _deadline(approval: Approval, facts: Facts) -> date | None:
    return None if approval.state.without_permit else facts.standing(approval).deadline.day


def _latest(approval: Approval, facts: Facts) -> date | None:
    return facts.standing(approval).latest


def _days_left(approval: Approval, facts: Facts) -> int | None:
    left = facts.standing(approval).left
    return left if left is not None and left >= 0 else None


def _days_late(approval: Approval, facts: Facts) -> int | None:
    standing = facts.standing(approval)
    return -standing.left if standing.light is Light.RED and standing.left is not None else None


def _supplement_late(approval: Approval, facts: Facts) -> int | None:
    """Return by how many working days papers that were promised are late."""
    until = approval.deferred_until if approval.missing and approval.state.pending else None
    return facts.calendar.between(until, facts.today) if until and until < facts.today else None


def _short_deadline(approval: Approval, facts: Facts) -> str:
    day = _deadline(approval, facts)
    if approval.state.without_permit:
        return "—"
    return short_date(day, facts) if day else UNDECIDED


def _short_latest(approval: Approval, facts: Facts) -> str:
    day = facts.standing(approval).latest
    if day is None:
        return "—"
    return LATE if day < facts.today else short_date(day, facts)


def short_date(day: date, facts: Facts) -> str:
    """Return a day for a narrow column; the year, on a line of its own, when it is not that of the document."""
    within = f"{day.month}月{day.day}日"
    return within if day.year == facts.today.year else f"{day.year}年\n{within}"


_PROGRESS: Final = {
    ApprovalState.NOT_SUBMITTED: "尚未申报",
    ApprovalState.PREPARING: "正在组卷",
    ApprovalState.SUPPLEMENT: "正在补正",
    ApprovalState.SENT_UP: "已上报上级",
}


def _progress(approval: Approval, facts: Facts) -> str:
    """Return how far an owed approval is, what it lacks, and what must be done before, as it stands in a sentence."""
    wanted = approval.missing if approval.state.pending else ()
    lacking = f"，缺少{'、'.join(wanted)}" if wanted else ""
    before = (_waits_for(approval, facts) or ()) if approval.state.before_submission else ()
    waiting = f"，前置的{'、'.join(each.item.name for each in before)}尚未办结" if before else ""
    return _PROGRESS.get(approval.state, approval.state.value) + lacking + waiting


def _demand(approval: Approval, facts: Facts) -> str:
    """Return what is asked for an owed approval, as the end of a sentence."""
    standing = facts.standing(approval)
    if standing.deadline.day is None:
        return "办理时限另行告知"
    day = official_date(standing.deadline.day)
    if standing.light is Light.RED:
        return f"已超过{day}的办理时限，请即组织办理"
    if approval.state is ApprovalState.SENT_UP:
        return f"请跟踪上级审批进度，于{day}前取得批复"
    if standing.latest is None:
        return f"请于{day}前办结"
    if standing.latest < facts.today:
        basis = approval.item.basis_used(facts.mechanism.term_basis)
        return f"按{basis.value}倒排已逾最迟申报日期，请督促申报单位即行申报，于{day}前办结"
    return f"请督促申报单位最迟于{official_date(standing.latest)}申报，于{day}前办结"


def owed_by(project: Project, facts: Facts) -> tuple[Approval, ...]:
    """Return a project's approvals that are needed and not done; those of the project asked of last are kept."""
    kept = facts.kept.get("owed")
    if kept is None or kept[0] is not project:
        found = tuple(each for each in facts.records.approvals_of(project) if each.state.pending)
        kept = facts.kept["owed"] = (project, found)
    owed: tuple[Approval, ...] = kept[1]
    return owed


def _waits_for(approval: Approval, facts: Facts) -> tuple[Approval, ...] | None:
    """Return the approvals of the same project that come before one and are not done."""
    before = facts.records.predecessors_of(approval.item)
    owed = owed_by(approval.project, facts) if before else ()
    return tuple(each for each in owed if each.item in before) or None


def _disposal(approval: Approval, facts: Facts) -> str | None:
    return disposal_of(approval, facts.records)


def _pending(approval: Approval, _facts: Facts) -> bool:
    return approval.state.pending


APPROVAL_FIELDS: Final = (
    Field("亮灯", _light, str, help="绿灯、黄灯、红灯、无时限或不予许可"),
    Field("办理时限", _deadline, date, help="表中单独定的，或按时限规则算的"),
    Field("办理时限简写", _short_deadline, str, help="窄栏用，公文当年的不写年份"),
    Field("最迟申报", _latest, date, help="按办理时限和事项的时限倒推"),
    Field("最迟申报简写", _short_latest, str, help="窄栏用；已经过了的写“已逾期”"),
    Field("剩余工作日", _days_left, int, help="到办理时限还有几个工作日；已超期的为空"),
    Field("超期工作日", _days_late, int, help="超过办理时限几个工作日；没有超期的为空"),
    Field("办理情况", _progress, str, help="句中用：尚未申报、正在补正，缺少……"),
    Field("时限要求", _demand, str, help="句中用：请于……前办结"),
    Field("待办", _pending, bool, help="需要办且没有办结，也没有不予许可"),
    Field("容缺超期工作日", _supplement_late, int, help="缺件过了容缺补齐日期几个工作日；没有过的为空"),
    Field("前置未办结", _waits_for, Approval, many=True, help="这个项目中要先办结、还没有办结的手续"),
    Field("建议处置", _disposal, str, help="及时审批、一次性告知后退回，或移出清单和理由；没有申报的为空"),
)
