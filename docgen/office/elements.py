"""The elements of documents of anybody, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.lint.recognition.layout import FORM_NAMES, Form
from docgen.office.formatting import as_drafts, form_named
from docgen.reform.recognise import recognise
from docgen.reform.telling import told

__all__ = ["FORM_NAMES", "Form", "Read", "read"]


@dataclass(frozen=True)
class Read:
    """What a file says, or why it could not be read."""

    path: Path
    elements: dict[str, Any] = field(default_factory=dict)
    fault: DocgenError | None = None


def read(paths: Sequence[Path], form: str) -> Iterator[Read]:
    """Yield the elements of each file, and of every draft below folders; one that fails stops no other.

    Args:
        paths: files and folders.
        form: one of `formatting.FORMS`.
    """
    for path, draft in as_drafts(paths):
        if isinstance(draft, DocgenError):
            yield Read(path, fault=draft)
            continue
        try:
            yield Read(path, told(recognise(draft, form_named(form))))
        except DocgenError as fault:
            yield Read(path, fault=fault)
