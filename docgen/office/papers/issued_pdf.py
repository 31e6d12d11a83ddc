"""A PDF of an issued document, signed with a certificate and attached to it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.files import on_one_line, read_regular, reason_of
from docgen.model.names import file_name_of
from docgen.office.life.registry import Attached, Registry
from docgen.pdf.signature import BadCertificate, Certificate
from docgen.register.document import Document
from docgen.workspace import Workspace

SIGNED_PDF: Final = "签名PDF"
"""The role of such a PDF among a document's files."""
_MOST_BYTES: Final = 2**20


def certificate_at(path: Path, password: str) -> Certificate:
    """Return the certificate in a PKCS#12 file. Raises SignerMissing, BadCertificate."""
    try:
        data = read_regular(path)
    except OSError as fault:
        raise BadCertificate(on_one_line(path), reason_of(fault)) from fault
    if len(data) > _MOST_BYTES:
        raise BadCertificate(on_one_line(path), "文件过大，不是证书")
    return Certificate(data, password, on_one_line(path))


def attach_signed_pdfs(
    workspace: Workspace, registry: Registry, documents: Sequence[Document], certificate: Certificate
) -> list[Attached]:
    """Convert documents to PDF, sign each, and attach it to its document.

    Raises:
        DocgenError: LibreOffice cannot, the PDF cannot be signed, or the document takes no attachments now.
    """
    from docgen.pdf.convert import to_pdf

    attached: list[Attached] = []
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        for document in documents:
            folder = Path(place) / str(document.id)
            folder.mkdir()
            (made,) = to_pdf([workspace.root / document.path], folder)
            named = folder / f"{file_name_of(document.number)}.pdf"
            named.write_bytes(certificate.sign(made.read_bytes(), f"印发{document.number}", document.path))
            remark = f"证书：{certificate.holder}，指纹 {certificate.fingerprint}"
            attached += registry.attach(str(document.id), [named], SIGNED_PDF, remark)
    return attached
