"""Which rows of the sheet 督办 are about a matter."""

from __future__ import annotations

from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import Record
from docgen.model.meeting import Decision
from docgen.model.records import Records
from docgen.model.supervision import Supervision
from docgen.model.values import SupervisionKind


def supervisions_of(record: Record, records: Records) -> tuple[Supervision, ...]:
    """Return the supervised matters about an approval, a bottleneck or a decision; none about anything else."""
    if isinstance(record, Approval):
        rows = records.linking(Supervision, "project", record.project)
        return tuple(each for each in rows if each.item is record.item)
    if isinstance(record, Bottleneck | Decision):
        link = "bottleneck" if isinstance(record, Bottleneck) else "decision"
        return records.linking(Supervision, link, record)
    return ()


def is_listed(record: Record, records: Records) -> bool:
    """Whether a matter stands under listed supervision (挂牌督办) that is not lifted."""
    return any(
        each.kind is SupervisionKind.LISTED and each.state.is_open
        for each in supervisions_of(record, records)
    )


def matters_under(supervision: Supervision, records: Records) -> tuple[Record, ...]:
    """Return the matters that a row of the sheet 督办 is about: its approval, bottleneck and decision."""
    project, item = supervision.project, supervision.item
    approvals = records.approvals_of(project) if project and item else ()
    linked = (supervision.bottleneck, supervision.decision)
    return (*(each for each in approvals if each.item is item), *(each for each in linked if each))
