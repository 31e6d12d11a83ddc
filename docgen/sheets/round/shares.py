"""Which rows of which sheets units are handed, what tells the rows apart, and which columns a unit fills in.

A unit fills what it answers for: the lead unit how far the papers are, the approving unit how far the approval is.
Only the office strikes off, numbers and confirms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import FieldSpec, Record, fields_of
from docgen.model.mechanism import DeadlineRule
from docgen.model.meeting import Decision
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.supervision import Supervision
from docgen.model.unit import Unit
from docgen.model.values import DecisionState, ListStage
from docgen.rules.deadlines import deadline_of
from docgen.rules.workdays import WorkCalendar


@dataclass(frozen=True)
class Terms:
    """What the deadlines of approvals are worked out from."""

    rules: tuple[DeadlineRule, ...]
    calendar: WorkCalendar


@dataclass(frozen=True)
class Part:
    """What a unit fills in of the rows that name it.

    Args:
        way: from a record to the unit or units.
        fields: English names of the columns.
    """

    way: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """A column that is no field of the record, shown beside it.

    Args:
        header: above the column.
        width: in characters.
        value: what it shows of a record.
    """

    header: str
    width: int
    value: Callable[[Any, Terms], str | date | None]


@dataclass(frozen=True)
class Share:
    """How the records of a type are handed out.

    Args:
        record: the type.
        key: the fields that tell the rows apart.
        shown: further fields that are shown and not filled in.
        parts: who fills in what.
        is_open: whether a record is handed out.
        beside: columns behind the key.
        raised: what a unit fills in of rows that it adds; empty where it adds none.
    """

    record: type[Record]
    key: tuple[str, ...]
    shown: tuple[str, ...]
    parts: tuple[Part, ...]
    is_open: Callable[[Any], bool]
    beside: tuple[Beside, ...] = ()
    raised: tuple[str, ...] = ()

    def specs(self, filled: frozenset[str]) -> list[FieldSpec]:
        """Return the fields that have a column when some are filled in, in the order of the sheet."""
        wanted = {*self.key, *self.shown, *filled, *self.raised}
        return [each for each in fields_of(self.record) if each.name in wanted]


_PROJECT_NAME: Final = Beside("项目名称", 24, lambda each, _: each.project.name if each.project else None)
LIMIT_HEAD: Final = "时限要求"
_LIMIT: Final = Beside(LIMIT_HEAD, 12, lambda each, terms: deadline_of(each, terms.rules, terms.calendar).day)

SHARES: Final = (
    Share(
        Approval,
        ("project", "item"),
        ("level", "unit"),
        (
            Part(
                "unit",
                ("responsible", "missing", "deferred", "deferred_until", "accepted", "progress", "promised",
                 "done", "state", "reason", "permit", "remark"),
            ),
            Part("project.lead_units", ("dossier", "submitted", "blocked_by")),
        ),
        lambda each: each.project.stage is not ListStage.REMOVED,
        (_PROJECT_NAME, _LIMIT),
    ),
    Share(
        Bottleneck,
        ("number",),
        ("project", "item", "question", "kind", "raised", "deadline"),
        (Part("unit", ("responsible", "measure", "progress", "state")),),
        lambda each: each.state.is_open,
        raised=("project", "item", "question", "kind", "level", "departments"),
    ),
    Share(
        Decision,
        ("meeting", "serial"),
        ("decided", "deadline"),
        (Part("unit", ("responsible", "state", "progress", "done")),),
        lambda each: each.state is not DecisionState.DONE,
    ),
    Share(
        Supervision,
        ("number",),
        ("matter", "demand", "issued", "deadline", "reply_by"),
        (
            Part(
                "unit",
                ("replied", "reply_measure", "reply_unit", "reply_leader", "reply_person", "reply_deadline",
                 "extension_reason", "progress", "state"),
            ),
        ),
        lambda each: each.state.is_open,
    ),
    Share(
        Project,
        ("number",),
        ("name", "total_investment", "year_investment"),
        (
            Part(
                "lead_units",
                ("invested_this_year", "invested", "progress", "owner_contact", "owner_phone", "planned_start",
                 "planned_finish", "state", "in_statistics", "remark"),
            ),
        ),
        lambda each: each.stage is not ListStage.REMOVED,
    ),
)  # fmt: skip
"""In the order in which a unit's workbook has its sheets."""


def share_of(sheet: str) -> Share | None:
    """Return how the records of a sheet are handed out; None where they are not."""
    return next((each for each in SHARES if each.record.sheet == sheet), None)


def rows_of(share: Share, records: Records, unit: Unit) -> list[tuple[Record, frozenset[str]]]:
    """Return the records that a unit is handed, each with the fields that it fills in of it."""
    known = {each.name for each in fields_of(share.record)}
    found = ((each, _filled(share, each, unit) & known) for each in records.of(share.record))
    return [(each, names) for each, names in found if names and share.is_open(each)]


def _filled(share: Share, record: Record, unit: Unit) -> frozenset[str]:
    return frozenset(name for part in share.parts if unit in _units(record, part.way) for name in part.fields)


def _units(record: Record, way: str) -> tuple[Unit, ...]:
    try:
        found = attrgetter(way)(record)
    except AttributeError:  # a link on the way is open
        return ()
    return found if isinstance(found, tuple) else (found,) if found else ()


def titles() -> Mapping[str, str]:
    """Return by sheet what its return is called in the sheet of returns."""
    return {each.record.sheet: each.record.title for each in SHARES}
