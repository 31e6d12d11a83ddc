"""What the checker cannot check, beside files that are no .docx (`docgen.opc.faults`)."""

from __future__ import annotations

from docgen.errors import DocgenError


class NoDocuments(DocgenError):
    """A folder given to the checker holds no .docx."""

    code = "lint-no-files"
    says = "{path} 里没有 .docx 文件"

    path: str
