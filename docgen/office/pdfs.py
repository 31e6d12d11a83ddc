"""PDFs and pictures of documents, and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import Protocol

from docgen.digests import sha256
from docgen.errors import Advice
from docgen.files import read_regular
from docgen.pdf.convert import Pdfs, first_page_png, make_pdfs, need_preview
from docgen.pdf.faults import GET_FONTS, without_glyphs
from docgen.pdf.libreoffice import FILE_SECONDS, find_soffice
from docgen.pdf.origin import origin_of

__all__ = [
    "Pdfs",
    "Progress",
    "advices",
    "beside",
    "converted",
    "first_pages",
    "need_tools",
    "printed",
    "set_up",
]

Progress = Callable[[int, int], None]


class Lacking(Protocol):
    """What became of documents, and what of them is not shown."""

    @property
    def left_out(self) -> Mapping[Path, Sequence[str]]:
        """Return what each refers to outside itself."""

    @property
    def unshown(self) -> Mapping[Path, str]:
        """Return the hanzi of each that no font has."""


def need_tools(*, preview: bool = False) -> None:
    """Find what PDFs, and pictures too, need before anything is written.

    Raises:
        DocgenError: LibreOffice, or what draws pictures, is missing.
    """
    find_soffice()
    if preview:
        need_preview()


def beside(files: Sequence[Path], progress: Progress | None = None) -> Pdfs:
    """Make a PDF beside each file that has none of its own yet; return the PDFs of all, and the faults.

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
    """Convert documents, one named twice only once; different ones of one name get PDFs that are told apart.

    Args:
        files: the documents.
        folder: where the PDFs go; beside each document when None.
        seconds: how long one may take at most.
        progress: is told how many are done, of how many.
    """
    different: dict[Path, Path] = {}
    for each in files:
        different.setdefault(each.resolve(), each)
    targets = _targets(different.values(), folder)
    return make_pdfs(targets, seconds=seconds or FILE_SECONDS, progress=progress)


def _targets(files: Iterable[Path], folder: Path | None) -> dict[Path, Path]:
    """Return where the PDF of each file goes; no two go to one place, on a disk that ignores capitals either."""
    alike: dict[str, list[Path]] = {}
    for each in files:
        alike.setdefault(str((folder or each.parent) / each.stem).casefold(), []).append(each)
    taken: set[str] = set()
    targets: dict[Path, Path] = {}
    for paths in alike.values():
        for path, name in _told_apart(paths).items():
            tried = (folder or path.parent) / name
            wished = chain([tried], (tried.with_name(f"{name}-{number}") for number in count(2)))
            free = next(each for each in wished if str(each).casefold() not in taken)
            taken.add(str(free).casefold())
            targets[path] = free.with_name(f"{free.name}.pdf")
    return targets


def _told_apart(paths: Sequence[Path]) -> dict[Path, str]:
    """Return names for files of one name, told apart by their folders or endings; alike where neither does."""
    ways: tuple[Callable[[Path], str], ...] = (
        lambda path: path.stem,
        lambda path: f"{path.resolve().parent.name}-{path.stem}",
        lambda path: f"{'-'.join(path.resolve().parts[-3:-1])}-{path.stem}",
        lambda path: f"{path.stem}-{path.suffix.removeprefix('.')}",
    )
    named = ([way(each) for each in paths] for way in ways)
    apart = (names for names in named if len({each.casefold() for each in names}) == len(names))
    return dict(zip(paths, next(apart, [each.stem for each in paths]), strict=True))


def advices(found: Lacking, near: Callable[[Path], str]) -> list[Advice]:
    """Say of each document what its PDF does not show: what lies outside of it, and hanzi that no font has."""
    outside = [
        Advice("pdf-outside", f"{near(document)} 以外的内容没有取，PDF 中不显示：{'；'.join(each)}")
        for document, each in found.left_out.items()
    ]
    boxes = [
        Advice("pdf-unshown", f"{near(document)} 的 PDF 里有空框：{without_glyphs(each)}；{GET_FONTS}")
        for document, each in found.unshown.items()
    ]
    return [*outside, *boxes]


def printed(
    files: Sequence[Path], place: Path | None, progress: Progress | None = None
) -> tuple[dict[Path, Path], Pdfs]:
    """Make a PDF of each document, once for all that is made of it; return the PDF of each, and what came.

    Args:
        files: the documents.
        place: a folder for the PDFs, under names of their own; None for a PDF beside each, as `beside`.
        progress: is told how many are done, of how many.

    Raises:
        DocgenError: LibreOffice does not work, or the operating system refuses.
    """
    if place is None:
        pdfs, targets = beside(files, progress), {each: each.with_suffix(".pdf") for each in files}
    else:
        targets = {each: place / f"{number:06}.pdf" for number, each in enumerate(files)}
        pdfs = make_pdfs(targets, progress=progress)
    made = set(pdfs.made)
    return {each: pdf for each, pdf in targets.items() if pdf in made}, pdfs


def first_pages(pdf_of: Mapping[Path, Path]) -> list[Path]:
    """Draw the first page of the PDF of each document as a PNG beside the document and return the PNGs.

    Raises:
        DocgenError: what draws the PNG is missing or failed.
    """
    return [first_page_png(pdf, each.with_suffix(".png")) for each, pdf in pdf_of.items()]


def set_up() -> list[str]:
    """Install what conversion needs and return what was done, in Chinese."""
    from docgen.pdf import fonts

    return fonts.install()


def _is_fresh(made: Path, source: Path) -> bool:
    """Whether a PDF is no older than its document, and says that it was made of it."""
    if not made.is_file() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
        return False
    return origin_of(read_regular(made)) == sha256(read_regular(source))
