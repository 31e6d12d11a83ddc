"""What the register holds, as `--json` gives it (docs/json.md)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.office.papers.printing import Printout
    from docgen.register.document import Document
    from docgen.register.mandate import Mandate
    from docgen.register.number import Number
    from docgen.register.record import Entry


def document_json(document: Document) -> dict[str, Any]:
    """Return a document with all its columns."""
    return asdict(document)


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry of the record with the files it saw; the rows that follow from it are left out."""
    deed = asdict(entry.deed)
    del deed["changes"]
    return {
        "seq": entry.seq,
        "at": entry.at,
        "recorder": entry.recorder,
        **deed,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def mandate_json(mandate: Mandate) -> dict[str, Any]:
    """Return a mandate with all its columns."""
    return asdict(mandate)


def number_json(number: Number) -> dict[str, Any]:
    """Return a number with all its columns, and as documents show it."""
    return asdict(number) | {"text": number.text}


def head_json(head: tuple[int, str] | None) -> dict[str, Any] | None:
    """Return the end of the record: number and digest of its last entry."""
    return {"entry": head[0], "digest": head[1]} if head and head[0] else None


def ledger_json(printed: Printout) -> dict[str, Any]:
    """Return a ledger's rows and the end of the record."""
    head = printed.head
    return {
        "rows": [asdict(each) for each in printed.rows],
        "head": head_json((head.entry, head.digest)) if head else None,
    }
