"""What the folder of printed forms and the files in it are called; they are no part of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docgen.model.names import file_name_of

PAPERS: Final = "单据"
"""The folder of printed forms."""
ROUTING: Final = "发文稿纸"
SEALING: Final = "用印审批单"


def form_name(mark: str, addressee: str, form: str) -> str:
    """Return the name of the file of a printed form.

    Args:
        mark: the number of the document, or what `draft_mark` gives.
        addressee: of the document.
        form: ROUTING or SEALING.
    """
    return f"{file_name_of(f'{mark}-{addressee}-{form}')}.docx"


def draft_mark(document: int) -> str:
    """Return what a document without a number is called in the name of a form."""
    return f"{document}号草稿"


def printed_forms(documents: Mapping[Any, Mapping[str, Any]]) -> frozenset[str]:
    """Return the names of the forms that docgen prints of documents on record, whose rows stand by their ids."""
    return frozenset(
        form_name(str(mark), str(row.get("addressee")), form)
        for document, row in documents.items()
        for mark in (row.get("number"), draft_mark(document))
        for form in (ROUTING, SEALING)
        if mark
    )
