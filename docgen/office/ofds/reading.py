"""What an OFD of anybody says of itself, as plain values."""

from __future__ import annotations

from dataclasses import asdict, field
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import read_regular, reason_of
from docgen.ofd.telling import told_by
from docgen.opc.faults import CannotOpen

OFD: Final = ".ofd"


@dataclass(frozen=True)
class Reading:
    """What an OFD says, or why it could not be read."""

    path: Path
    elements: dict[str, Any] = field(default_factory=dict)
    fault: DocgenError | None = None


def reading(path: Path) -> Reading:
    """Return what an OFD says of itself: title, author, day, metadata, pages, attachments."""
    try:
        told = asdict(told_by(read_regular(path), str(path)))
    except OSError as fault:
        return Reading(path, fault=CannotOpen(str(path), reason_of(fault)))
    except DocgenError as fault:
        return Reading(path, fault=fault)
    told["attached"] = list(told.pop("attachments"))
    return Reading(path, {"form": "ofd", **told})
