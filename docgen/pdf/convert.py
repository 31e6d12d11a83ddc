"""PDFs of documents, and a picture of a PDF's first page."""

from __future__ import annotations

import errno
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import CannotWrite, cannot_write, set_aside, staged, write_whole
from docgen.pdf.faults import HanziUnshown, NoPreview, SamePdfName, UnreadablePdf, without_glyphs
from docgen.pdf.libreoffice import FILE_SECONDS, Converted, conversions, raise_all
from docgen.pdf.origin import with_origin

Progress = Callable[[int, int], None]
"""Is told after each document how many are done, of how many."""
_HOPELESS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""What a disk says to one file and would say to all others."""
_DOTS: Final = 150  # an inch
_POINTS: Final = 72  # an inch


@dataclass(frozen=True)
class Pdfs:
    """What became of documents: the PDFs made, in the documents' order, where former PDFs are now, and the faults.

    `left_out` names for a document what it refers to outside itself, which was not fetched; `unshown` its hanzi that no
    font has, in place of which the PDF shows boxes.
    """

    made: list[Path]
    kept: dict[Path, Path]
    faults: list[DocgenError]
    left_out: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    unshown: dict[Path, str] = field(default_factory=dict)


def to_pdf(paths: Sequence[Path], to_dir: Path) -> list[Path]:
    """Convert .docx files to PDFs of the same names in a folder; return the PDFs in the files' order.

    Raises:
        DocgenError: some files gave no PDF, or one with boxes in place of hanzi (`Problems` if several); the others
            are there. Or as `make_pdfs` says.
    """
    targets = [to_dir / f"{path.stem}.pdf" for path in paths]
    _refuse_same_names(list(zip(paths, targets, strict=True)))
    pdfs = make_pdfs(dict(zip(paths, targets, strict=True)))
    boxes = (HanziUnshown(str(path), without_glyphs(hanzi)) for path, hanzi in pdfs.unshown.items())
    raise_all(iter((*pdfs.faults, *boxes)))
    return targets


def make_pdfs(
    targets: Mapping[Path, Path],
    *,
    workers: int | None = None,
    seconds: int = FILE_SECONDS,
    progress: Progress | None = None,
    archival: bool = False,
) -> Pdfs:
    """Convert .docx files to PDFs; each is put in its place as soon as it is whole.

    A PDF already there is moved to `留存` beside it. A file that cannot be converted does not keep the others from
    being so; a fault that ends the work (no LibreOffice or one that does not work at all, a full disk) is the last one.
    When broken off (Ctrl-C), no LibreOffice is left running, and no half PDF.

    Args:
        targets: the PDF of each document.
        workers: how many LibreOffices at most; None for one a core.
        seconds: how long a file may take, not counting what a large one has more.
        progress: is told how far it is, in the calling thread.
        archival: as PDF/A-2b.

    Raises:
        SamePdfName: two files would become one PDF.
        CannotWrite: a folder cannot be written; found before the work.
    """
    _refuse_same_names(list(targets.items()))
    for folder in dict.fromkeys(each.parent for each in targets.values()):
        _refuse_unwritable(folder)
    making = _Making(targets)
    try:
        with (
            _workplace() as place,
            closing(
                conversions(list(targets), place, workers=workers, seconds=seconds, archival=archival)
            ) as found,
        ):
            making.all(found, progress)
    except DocgenError as fault:
        making.end(fault)
    return making.pdfs()


def first_page_png(pdf: Path, png: Path) -> Path:
    """Draw a PDF's first page as a PNG of 150 dots an inch; return the PNG's path.

    Raises:
        NoPreview: if pypdfium2 or Pillow is not installed (extra `preview`).
        UnreadablePdf: if the PDF cannot be opened.
        CannotWrite: if the operating system refuses.
    """
    document = _open(pdf)
    try:
        picture = document[0].render(scale=_DOTS / _POINTS).to_pil()
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


class _Making:
    """The PDFs of one run, as far as it is."""

    def __init__(self, targets: Mapping[Path, Path]) -> None:
        self._targets = targets
        self._made: set[Path] = set()
        self._kept: dict[Path, Path] = {}
        self._faults: dict[Path, DocgenError] = {}
        self._end: list[DocgenError] = []
        self._left_out: dict[Path, tuple[str, ...]] = {}
        self._unshown: dict[Path, str] = {}

    def all(self, found: Iterable[Converted], progress: Progress | None) -> None:
        """Take what became of each document, as it comes. Raises as `take`."""
        documents = list(self._targets)
        for done, each in enumerate(found, start=1):
            self.take(documents[each.place], each)
            if progress:
                progress(done, len(documents))

    def take(self, document: Path, converted: Converted) -> None:
        """Put a PDF in its place, or note the fault. Raises CannotWrite if the disk would refuse the others too."""
        if converted.left_out:
            self._left_out[document] = converted.left_out
        if converted.unshown:
            self._unshown[document] = converted.unshown
        if isinstance(converted.result, DocgenError):
            self._faults[document] = converted.result
            return
        try:
            self._put(converted.result, self._targets[document], converted.sha256)
        except CannotWrite as fault:
            if getattr(fault.__cause__, "errno", None) in _HOPELESS:
                raise
            self._faults[document] = fault

    def end(self, fault: DocgenError) -> None:
        """Note the fault that ends the work."""
        self._end.append(fault)

    def _put(self, pdf: Path, target: Path, source: str) -> None:
        with staged() as staging:
            staging.add(target, with_origin(pdf.read_bytes(), source))
            staging.take_over(staging.hand_over())  # on the disk before the former PDF leaves its place
            if target.is_file():
                self._kept[target] = set_aside(target)
        self._made.add(target)
        pdf.unlink()

    def pdfs(self) -> Pdfs:
        """Return it all in the documents' order."""
        made = [each for each in self._targets.values() if each in self._made]
        faults = [self._faults[each] for each in self._targets if each in self._faults]
        return Pdfs(made, self._kept, faults + self._end, self._left_out, self._unshown)


@contextmanager
def _workplace() -> Iterator[Path]:
    try:
        place = tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True)
    except OSError as fault:
        raise cannot_write(Path("临时文件夹"), fault) from fault
    with place as name:
        yield Path(name)


def _refuse_unwritable(folder: Path) -> None:
    """Find out before the work whether a folder can be written; it is not made yet."""
    present = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        tempfile.TemporaryFile(dir=present).close()
    except OSError as fault:
        raise cannot_write(folder, fault) from fault


def _refuse_same_names(pairs: Sequence[tuple[Path, Path]]) -> None:
    documents: dict[Path, list[str]] = {}
    for document, target in pairs:
        documents.setdefault(target, []).append(str(document))
    for target, same in documents.items():
        if len(same) > 1:
            raise SamePdfName(target.name, tuple(same))
