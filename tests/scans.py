"""The smallest PDF of one page that opens, for tests that need a scan."""

from __future__ import annotations

import io

SCAN = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n166\n%%EOF\n"
)


def locked(data: bytes, *, to_open: str) -> bytes:
    """A PDF encrypted with a password that one needs to open it; with none it opens all the same."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer, written = copy_into_new_writer(PdfFileReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt("owner", to_open)
    writer.write(written)
    return written.getvalue()
