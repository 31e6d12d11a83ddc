"""What changed since the end of a period, beside its snapshot: for the status, bulletins and list changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.fields import label_of
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.office.desk import Desk
from docgen.office.snapshots import last_of, records_of, taken_on
from docgen.rules.changes import Changes, changes_between
from docgen.rules.matters import is_listed
from docgen.rules.periods import read_period
from docgen.rules.rates import Rate, rate_of


@dataclass(frozen=True)
class Changed:
    """The changes since a day.

    Args:
        since: the last day of the period.
        taken: the day on which the sheets were kept that it is compared with.
        changes: what changed.
        figures: of each changed figure its label, and what it was and is, as people write it.
        before, now: the rate by approval of the final list.
    """

    since: date
    changes: Changes
    figures: tuple[tuple[str, str, str], ...]
    before: Rate
    now: Rate
    taken: date


def changed_since(desk: Desk, period: str) -> Changed:
    """Return what changed in the sheets since the end of a period.

    Raises:
        PeriodUnreadable: the words mean none.
        SnapshotMissing, SnapshotDamaged: there is no snapshot of it, or it is not as it was kept.
        Problems: the sheets have faults.
    """
    asked = read_period(period)
    snapshot = last_of(desk.workspace, asked)
    former = records_of(desk.workspace, snapshot)
    now = desk.workspace.records()
    changes = changes_between(former, now)
    figures = tuple(
        (label_of(Project, each.field), _words(each.before), _words(each.now)) for each in changes.figures
    )
    return Changed(asked.end, changes, figures, _rate(former), _rate(now), taken_on(desk.workspace, snapshot))


def _rate(records: Records) -> Rate:
    return rate_of(each for each in records.of(Approval) if is_listed(each.project))


def _words(value: Any) -> str:
    if value is None:
        return "—"
    return str(getattr(value, "handle", value))
