"""What the rules derive for bottlenecks, meetings, decisions, supervised matters and returns, by Chinese label."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.model.bottleneck import Bottleneck
from docgen.model.meeting import Decision, Meeting
from docgen.model.returned import Return
from docgen.model.supervision import Supervision
from docgen.model.values import ApprovalState
from docgen.rules.deadlines import Light, light_on
from docgen.rules.matters import reply_owed, term_of
from docgen.rules.supervised import is_listed
from docgen.rules.workdays import weekday

NOTHING_OWED: Final = "不再办理"
"""In the place of a light where nothing is owed any more."""


def _light(record: Any, facts: Facts) -> str:
    owed, day = term_of(record)
    if not owed:
        return NOTHING_OWED
    return light_on(day, facts.today, facts.mechanism.warning_days, facts.calendar).value


def _left(record: Any, facts: Facts) -> int | None:
    """Return the working days left of what is owed, negative when it is late."""
    owed, day = term_of(record)
    return facts.calendar.between(facts.today, day) if owed and day else None


def _days_left(record: Any, facts: Facts) -> int | None:
    left = _left(record, facts)
    return left if left is not None and left >= 0 else None


def _days_late(record: Any, facts: Facts) -> int | None:
    return -(_left(record, facts) or 0) if _light(record, facts) == Light.RED else None


def _settled(question: Bottleneck, facts: Facts) -> bool:
    """Whether the approval that a question holds up is done; a question of no single approval is never settled so."""
    approvals = facts.records.approvals_of(question.project) if question.project and question.item else ()
    states = [each.state for each in approvals if each.item is question.item]
    return bool(states) and all(each is ApprovalState.DONE for each in states)


def _due(supervision: Supervision, _facts: Facts) -> date:
    return supervision.due


def _unanswered(supervision: Supervision, facts: Facts) -> bool:
    """Whether a reply is due by a day that has passed, and has not come."""
    by = supervision.reply_by
    return by is not None and by < facts.today and reply_owed(supervision, facts.records)


def _reply_late(supervision: Supervision, facts: Facts) -> int | None:
    by = supervision.reply_by
    return facts.calendar.between(by, facts.today) if by and _unanswered(supervision, facts) else None


def _weekday(meeting: Meeting, _facts: Facts) -> str | None:
    return weekday(meeting.day) if meeting.day else None


def _decided(meeting: Meeting, facts: Facts) -> tuple[Decision, ...] | None:
    return facts.records.linking(Decision, "meeting", meeting) or None


def _late(each: Return, _facts: Facts) -> bool:
    return each.returned is not None and each.returned > each.due


def _missing(each: Return, facts: Facts) -> bool:
    return each.returned is None and each.due < facts.today


MATTER_FIELDS: Final = (
    Field("亮灯", _light, str, help="绿灯、黄灯、红灯、无时限；已办完的为“不再办理”"),
    Field("剩余工作日", _days_left, int, help="到期限还有几个工作日；已超期的、已办完的为空"),
    Field("超期工作日", _days_late, int, help="超过期限几个工作日；没有超期的为空"),
)
"""Of every matter with a term."""
LISTED_FIELD: Final = Field(
    "挂牌督办中",
    lambda record, facts: is_listed(record, facts.records),
    bool,
    help="督办台账中正在挂牌督办、没有解除",
)
"""Of approvals and bottlenecks."""
BOTTLENECK_FIELDS: Final = (
    Field("手续已办结", _settled, bool, help="卡住的那项手续已经办结，问题还没有销号的要核实"),
)
SUPERVISION_FIELDS: Final = (
    Field("到期日", _due, date, help="办理时限；同意延期的是延到的那天"),
    Field("逾期未答复", _unanswered, bool, help="过了答复期限还没有答复"),
    Field("答复超期工作日", _reply_late, int, help="过了答复期限几个工作日还没有答复；没有逾期的为空"),
)
MEETING_FIELDS: Final = (
    Field("星期", _weekday, str, help="会议那天是星期几"),
    Field("议定事项", _decided, Decision, many=True, help="这次会议的议定事项；一项没有的只作记录，不发纪要"),
)
RETURN_FIELDS: Final = (
    Field("是否迟报", _late, bool, help="报送日期晚于应报日期"),
    Field("逾期未报", _missing, bool, help="过了应报日期还没有报"),
)
