"""A document changed as the program changes those it makes: part by part, before they are packed."""

from __future__ import annotations

import io
import zipfile

from docgen.opc.changing import Change, Changing
from docgen.opc.writing import with_changed


def in_document(document: bytes, change: Change) -> bytes:
    """Return a document with what a change makes of its parts; the document itself where it changes none."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = Changing(package.read)
        change(parts)
    return with_changed(document, parts.changed, "公文") if parts.changed else document
