"""PDFs of documents, and a picture of a PDF's first page."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen.files import set_aside, staged, write_whole
from docgen.render.libreoffice import convert
from docgen.render.pdf_faults import NoPreview, SamePdfName, UnreadablePdf


def to_pdf(paths: Sequence[Path], to_dir: Path) -> list[Path]:
    """Convert .docx files to PDFs of the same names in a folder; return the PDFs in the files' order.

    Nothing appears in the folder before all are converted, and none half written. A PDF already there is moved to
    `留存` beside it.

    Raises:
        SamePdfName: if two files would become one PDF.
        CannotWrite: if the operating system refuses.
        NoLibreOffice, ConversionTimedOut, ConversionFailed, Problems: as `libreoffice.convert` says.
    """
    targets = [to_dir / f"{path.stem}.pdf" for path in paths]
    _refuse_same_names(paths, targets)
    if not paths:
        return []
    with tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as place:
        pdfs = convert(paths, Path(place))
        with staged() as staging:
            for pdf, target in zip(pdfs, targets, strict=True):
                staging.add(target, pdf.read_bytes())
            for target in targets:
                if target.is_file():
                    set_aside(target)
    return targets


def first_page_png(pdf: Path, png: Path, dpi: int = 150) -> Path:
    """Draw a PDF's first page as a PNG of so many dots an inch; return the PNG's path.

    Raises:
        NoPreview: if pypdfium2 or Pillow is not installed (extra `preview`).
        UnreadablePdf: if the PDF cannot be opened.
        CannotWrite: if the operating system refuses.
    """
    document = _open(pdf)
    try:
        picture = document[0].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
    drawn = io.BytesIO()
    picture.save(drawn, format="PNG")
    write_whole(png, drawn.getvalue())
    return png


def need_preview() -> None:
    """Raise NoPreview if what draws a PDF's first page is not installed (extra `preview`)."""
    try:
        import PIL  # noqa: F401 (to_pil needs it)
        import pypdfium2  # noqa: F401
    except ImportError as fault:
        raise NoPreview(fault.name or "pypdfium2") from fault


def _open(pdf: Path) -> Any:
    need_preview()
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as fault:
        raise UnreadablePdf(str(pdf)) from fault


def _refuse_same_names(paths: Sequence[Path], targets: Sequence[Path]) -> None:
    for target in targets:
        same = tuple(str(path) for path, other in zip(paths, targets, strict=True) if other == target)
        if len(same) > 1:
            raise SamePdfName(target.name, same)
