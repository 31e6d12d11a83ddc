"""Answers about how things stand: the picture of a day, the page of a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docgen.office.answers.answer import Answer, Near
from docgen.office.answers.register import document_json

if TYPE_CHECKING:
    from docgen.model.project import Project
    from docgen.office.searching import Found
    from docgen.office.since import Changed
    from docgen.office.snapshots import Kept, Snapshot
    from docgen.office.status import Assessed, Overview, ProjectPage, UnitRow
    from docgen.rules.matters import Matter
    from docgen.rules.rates import Rate


def of_overview(found: Overview) -> Answer:
    """Answer `status`."""
    fields = {
        "day": found.day.isoformat(),
        "by_approval": rate_json(found.by_approval),
        "by_project": rate_json(found.by_project),
        "lights": {light.value: count for light, count in found.lights.items()},
        "done": found.done,
        "late": [matter_json(each) for each in found.late],
        "soon": [matter_json(each) for each in found.soon],
        "undated": found.undated,
        "unassigned": [matter_json(each) for each in found.unassigned],
        "returned_late": [
            {"unit": each.unit.name, "period": str(each.period), "matter": each.matter, "due": each.due.isoformat(),
             "returned": each.returned.isoformat() if each.returned else None}
            for each in found.returned_late
        ],
        "units": [_unit_json(each) for each in found.units],
        "groups": [
            {"by": each.grouped_by, "name": each.name, "by_approval": rate_json(each.by_approval),
             "by_project": rate_json(each.by_project)}
            for each in found.groups
        ],
        "assessed": [_assessed_json(each) for each in found.assessed],
        "waiting": {name: [document_json(each) for each in documents] for name, documents in found.waiting.items()},
        "unanswered": [
            document_json(each.document) | {"asked_by": each.day.isoformat(), "late": each.late}
            for each in found.unanswered
        ],
    }  # fmt: skip
    return Answer(fields, advices=found.advices)


def of_project(page: ProjectPage) -> Answer:
    """Answer `status --project`."""
    project = page.project
    fields = {
        "day": page.day.isoformat(),
        "project": {"number": project.number, "name": project.name, "code": project.code, "stage": project.stage.value},
        "by_approval": rate_json(page.rate),
        "approvals": [
            {"item": each.item.name, "unit": each.unit.name, "state": each.state.value,
             "light": standing.light.value if standing else None,
             "deadline": _day(standing.deadline.day if standing else None),
             "left": standing.left if standing else None, "done": _day(each.done)}
            for each, standing in page.approvals
        ],
        "matters": [matter_json(each) for each in page.matters],
        "bottlenecks": _named(page.bottlenecks),
        "decisions": _named(page.decisions),
        "supervision": _named(page.supervision),
        "list_changes": [each.number for each in page.list_changes],
        "documents": [document_json(each) for each in page.documents],
    }  # fmt: skip
    return Answer(fields)


def of_snapshot(kept: Kept, near: Near) -> Answer:
    """Answer `snapshot`."""
    former = near(kept.former) if kept.former else None
    return Answer({**_snapshot_json(kept.snapshot, near), "new": kept.new, "late": kept.late, "kept": former})


def of_snapshots(found: Iterable[Snapshot], near: Near) -> Answer:
    """Answer `snapshot --list`."""
    return Answer({"snapshots": [_snapshot_json(each, near) for each in found]})


def of_changes(found: Changed) -> Answer:
    """Answer `status --since`."""
    changes = found.changes
    return Answer({
        "since": found.since.isoformat(),
        "taken": found.taken.isoformat(),
        "came": [_project_json(each) for each in changes.came],
        "went": [_project_json(each) for each in changes.went],
        "figures": [
            {"project": each.project.number, "field": label, "before": before, "now": now}
            for each, (label, before, now) in zip(changes.figures, found.figures, strict=True)
        ],
        "moved": [
            {"project": each.approval.project.number, "item": each.approval.item.name,
             "unit": each.approval.unit.name, "before": each.before.value if each.before else None,
             "now": each.approval.state.value}
            for each in changes.moved
        ],
        "by_approval": {"before": rate_json(found.before), "now": rate_json(found.now)},
    })  # fmt: skip


def of_found(found: Sequence[Found]) -> Answer:
    """Answer `find`."""
    return Answer({"found": [asdict(each) for each in found]})


def _project_json(project: Project) -> dict[str, Any]:
    return {"number": project.number, "name": project.name}


def _snapshot_json(snapshot: Snapshot, near: Near) -> dict[str, Any]:
    return {"day": snapshot.day.isoformat(), "path": near(snapshot.path)}


def matter_json(matter: Matter) -> dict[str, Any]:
    """Return something owed."""
    return {
        "kind": matter.kind.value,
        "name": matter.name,
        "unit": matter.unit.name if matter.unit else None,
        "project": matter.project.number if matter.project else None,
        "day": _day(matter.day),
        "light": matter.light.value,
        "left": matter.left,
    }


def rate_json(rate: Rate) -> dict[str, Any]:
    """Return a rate with how it is written."""
    return {"done": rate.done, "needed": rate.needed, "rate": rate.words}


def _assessed_json(found: Assessed) -> dict[str, Any]:
    rule, foot = found.rule, {each.key for each in found.foot}
    return {
        "ranked": rule.ranked.value,
        "basis": rule.basis.value,
        "nature": rule.nature.value if rule.nature else None,
        "level": found.level or None,
        "target": str(rule.target) if rule.target is not None else None,
        "ranking": [
            {"name": each.key, **rate_json(each.rate), "rank": each.rank, "at_foot": each.key in foot}
            for each in found.ranking
        ],
    }


def _unit_json(row: UnitRow) -> dict[str, Any]:
    return {
        "unit": row.unit.name, **rate_json(row.rate), "rank": row.rank, "late": row.late, "soon": row.soon,
        "open": row.open_, "not_returned": row.not_returned,
    }  # fmt: skip


def _named(records: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"key": each.link_names[0], "name": each.name, "state": each.state.value} for each in records]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
