"""What is to be done with an approval that is owed: approved in time, sent back with a one-time notice, or removed."""

from __future__ import annotations

from typing import Final

from docgen.model.approval import Approval
from docgen.model.changes import ListChange
from docgen.model.records import Records
from docgen.model.values import ApprovalState, ListChangeKind

_IN_TIME: Final = "及时审批"
_BACK: Final = "一次性告知后退回"
_REMOVED: Final = "移出清单"


def disposal_of(approval: Approval, records: Records) -> str | None:
    """Return what is to be done with an owed approval; None where nothing is owed, or nothing was applied for.

    A project that is to leave the list (清单调整) says so with its reason, whatever its approvals are like. Missing
    papers that are not deferred go back with a one-time notice, all else is approved in time.
    """
    if not approval.state.pending:
        return None
    changes = records.linking(ListChange, "project", approval.project)
    reason = next((each.reason for each in changes if each.kind is ListChangeKind.OUT), None)
    if reason:
        return f"{_REMOVED}：{reason}"
    if approval.submitted is None and approval.accepted is None:
        return None
    lacks = approval.missing and not approval.deferred
    return _BACK if approval.state is ApprovalState.SUPPLEMENT or lacks else _IN_TIME
