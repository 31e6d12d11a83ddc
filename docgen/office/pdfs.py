"""PDFs and pictures of documents, and what makes them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.errors import Advice
from docgen.pdf.convert import Pdfs, first_page_png, make_pdfs, need_preview, to_pdf
from docgen.pdf.libreoffice import FILE_SECONDS, find_soffice

__all__ = ["Pdfs", "Progress", "advices", "beside", "converted", "first_pages", "need_tools", "set_up"]

Progress = Callable[[int, int], None]


def need_tools(*, preview: bool = False) -> None:
    """Find what PDFs, and pictures too, need before anything is written.

    Raises:
        DocgenError: LibreOffice, or what draws pictures, is missing.
    """
    find_soffice()
    if preview:
        need_preview()


def beside(files: Sequence[Path], progress: Progress | None = None) -> Pdfs:
    """Make a PDF beside each file that has none younger than itself, and return the PDFs of all, and the faults.

    Args:
        files: the documents.
        progress: is told how many are done, of how many.

    Raises:
        DocgenError: LibreOffice does not work, or the operating system refuses.
    """
    targets = {each: each.with_suffix(".pdf") for each in files}
    stale = {path: pdf for path, pdf in targets.items() if not _is_fresh(pdf, path)}
    pdfs = make_pdfs(stale, progress=progress)
    lacking = set(stale.values()).difference(pdfs.made)
    return replace(pdfs, made=[each for each in targets.values() if each not in lacking])


def converted(
    files: Iterable[Path],
    folder: Path | None = None,
    seconds: int | None = None,
    progress: Progress | None = None,
) -> Pdfs:
    """Convert documents, one named twice only once.

    Args:
        files: the documents.
        folder: where the PDFs go; beside each document when None.
        seconds: how long one may take at most.
        progress: is told how many are done, of how many.
    """
    different: dict[Path, Path] = {}
    for each in files:
        different.setdefault(each.resolve(), each)
    targets = {each: (folder or each.parent) / f"{each.stem}.pdf" for each in different.values()}
    return make_pdfs(targets, seconds=seconds or FILE_SECONDS, progress=progress)


def advices(pdfs: Pdfs, near: Callable[[Path], str]) -> list[Advice]:
    """Say of each document what it refers to outside itself and its PDF does not show."""
    return [
        Advice("pdf-outside", f"{near(document)}：没有取文件以外的内容，PDF 中不显示：{'；'.join(left_out)}")
        for document, left_out in pdfs.left_out.items()
    ]


def first_pages(files: Sequence[Path]) -> list[Path]:
    """Draw the first page of each document as a PNG beside it and return the PNGs.

    Raises:
        DocgenError: LibreOffice, or what draws the PNG, is missing or failed.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        pdfs = to_pdf(list(files), Path(place))
        return [first_page_png(pdf, each.with_suffix(".png")) for pdf, each in zip(pdfs, files, strict=True)]


def set_up() -> list[str]:
    """Install what conversion needs and return what was done, in Chinese."""
    from docgen.pdf import fonts

    return fonts.install()


def _is_fresh(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns
