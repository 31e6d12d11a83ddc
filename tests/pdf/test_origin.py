"""A PDF says in its own metadata of which document it was made, and is still the same PDF to every reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from docgen.pdf.convert import make_pdfs
from docgen.pdf.origin import origin_of, with_origin

SOURCE = "0123456789abcdef" * 4
PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"3 0 obj\n<</Creator(Writer)>>\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"
    b"0000000056 00000 n \n0000000103 00000 n \ntrailer\n<</Size 4/Root 1 0 R\n/Info 3 0 R\n/ID [ <AA>\n<BB> ]\n"
    b"/DocChecksum /CC\n>>\nstartxref\n141\n%%EOF\n"
)


def test_a_pdf_says_of_what_it_was_made_and_the_same_always() -> None:
    marked = with_origin(PDF, SOURCE)
    assert marked.startswith(PDF)
    assert origin_of(marked) == SOURCE
    assert with_origin(PDF, SOURCE) == marked
    tail = marked[len(PDF) :].decode()
    assert f"3 0 obj\n<</Creator(Writer)/DocgenSource({SOURCE})>>\nendobj\n" in tail
    assert f"xref\n3 1\n{len(PDF):010} 00000 n \n" in tail
    assert "<</Size 4/Root 1 0 R/Info 3 0 R/ID [ <AA>\n<BB> ]/Prev 141>>" in tail
    assert int(tail.split("startxref\n")[1].split()[0]) == marked.rindex(b"xref\n3 1")


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.4 words %%EOF",
        PDF.replace(b"/Info 3 0 R", b""),
        PDF.replace(b"/Info 3 0 R", b"/Info 9 0 R"),
        PDF + b"more",
        b"%PDF-1.7 trailer" + b"<<" * 5000,
    ],
)
def test_what_is_not_built_as_libreoffice_does_stays_as_it_is(pdf: bytes) -> None:
    assert with_origin(pdf, SOURCE) == pdf
    assert origin_of(pdf) == ""


@pytest.mark.parametrize("said", [b"", b"(0123)", SOURCE.encode()])
def test_only_a_whole_digest_in_a_pdf_counts(said: bytes) -> None:
    assert origin_of(b"%PDF-1.7 /DocgenSource" + said) == ""
    assert origin_of(b"/DocgenSource(" + SOURCE.encode() + b")") == ""


@pytest.mark.libreoffice
@pytest.mark.usefixtures("libreoffice")
def test_what_libreoffice_made_says_of_which_document_and_opens(document: Path, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    (made,) = make_pdfs({document: tmp_path / "一.pdf"}).made
    assert origin_of(made.read_bytes()) == hashlib.sha256(document.read_bytes()).hexdigest()
    opened = pdfium.PdfDocument(made)
    try:
        assert len(opened) == 1
        assert opened.get_metadata_value("DocgenSource") == origin_of(made.read_bytes())
        assert opened.get_metadata_value("Creator")
    finally:
        opened.close()
