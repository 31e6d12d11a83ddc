"""Answers about archives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.office.answers.answer import Answer, Near
from docgen.settings import OPENNESS_MARKS

__all__ = [
    "OPENNESS_MARKS",
    "of_built",
    "of_catalogue",
    "of_handover",
    "of_judged",
    "of_openness",
    "of_tidied",
]

if TYPE_CHECKING:
    from docgen.archive.inventory import Inventory
    from docgen.archive.judging import Judgement
    from docgen.office.archive.building import Built
    from docgen.office.archive.judged import Handover
    from docgen.office.archive.listing import Catalogue
    from docgen.office.archive.tidying import Tidied
    from docgen.register.document import Document


def of_built(built: Built, near: Near) -> Answer:
    """Answer `archive build`."""
    return Answer(
        {
            "folder": near(built.folder),
            "digest": built.digest,
            "new": built.new,
            "same": built.same,
            "size": built.size,
            "aside": near(built.aside) if built.aside else None,
            **_inventory(built.inventory),
        },
        next_step="下一步：docgen archive verify 核对档案包，再复制到归档的存储设备",
    )


def _inventory(inventory: Inventory) -> dict[str, Any]:
    return {
        "version": inventory.version,
        "documents": [
            {"code": each.code, "number": each.number, "title": each.title} for each in inventory.filed
        ],
        "numbers": [asdict(each) for each in inventory.counted],
        "changes": list(inventory.changes),
    }


def of_judged(judgement: Judgement, report: Path | None, near: Near) -> Answer:
    """Answer `archive verify`."""
    checks = [
        {"quality": each.quality.value, "what": each.what, "count": each.count, "faults": len(each.faults),
         "notes": list(each.notes)}
        for each in judgement.checks
    ]  # fmt: skip
    return Answer(
        {
            "folder": near(judgement.folder),
            "digest": judgement.digest,
            "files": judgement.files,
            "size": judgement.size,
            "checks": checks,
            "report": near(report) if report else None,
        },
        judgement.faults,
        judgement.advices,
    )


def of_handover(found: Handover, near: Near) -> Answer:
    """Answer `archive handover`."""
    return Answer({"files": [near(each) for each in found.files], "digest": found.judgement.digest})


def of_catalogue(found: Catalogue, near: Near) -> Answer:
    """Answer `archive catalogue`."""
    return Answer({"files": [near(each) for each in found.files], **_inventory(found.inventory)})


def of_openness(documents: Sequence[Document], mark: str) -> Answer:
    """Answer `archive openness`."""
    return Answer(
        {"openness": mark, "documents": [{"id": each.id, "number": each.number} for each in documents]}
    )


def of_tidied(found: Tidied) -> Answer:
    """Answer `archive tidy`."""
    documents = [
        {"id": each.id, "title": each.title, "day": each.day.isoformat()} for each in found.documents
    ]
    return Answer({"documents": documents, "done": found.stepped is not None})
