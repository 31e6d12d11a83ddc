"""OFDs of documents and of PDFs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen import __version__
from docgen.errors import WRONG_USE, DocgenError
from docgen.files import cannot_write, read_regular, reason_of, set_aside, write_whole
from docgen.ofd.making import need_packages, ofd_of
from docgen.ofd.origin import SOURCE
from docgen.ofd.package import About
from docgen.office.lying import Unreadable
from docgen.office.pdfs import Pdfs, Progress
from docgen.pdf.convert import make_pdfs
from docgen.pdf.libreoffice import FILE_SECONDS
from docgen.pdf.origin import origin_of

PDF: Final = ".pdf"


class SameOfdName(DocgenError):
    """Two files would become one OFD."""

    code = "ofd-same-name"
    exit_code = WRONG_USE
    says = "{files} 转换后都叫 {name}"
    advises = "请分次转换，或转换到不同的文件夹。"

    name: str
    files: tuple[str, ...]


def need_tools() -> None:
    """Find what OFDs need before anything is written. Raises NoOfdPackages (extra `ofd`)."""
    need_packages()


def converted(
    files: Sequence[Path],
    folder: Path | None = None,
    seconds: int | None = None,
    progress: Progress | None = None,
) -> Pdfs:
    """Make OFDs of PDFs, and of documents by way of a PDF that is not kept; one that fails stops no other.

    An OFD already there is moved to `留存` beside it.

    Args:
        files: PDFs and documents; one named twice is made once.
        folder: where the OFDs go; beside each file when None.
        seconds: how long LibreOffice may take for one document at most.
        progress: is told how many are done, of how many.

    Returns:
        The OFDs made in the place of the PDFs.

    Raises:
        NoOfdPackages: the extra `ofd` is not installed.
        SameOfdName: two files would become one OFD.
    """
    need_packages()
    different = list({each.resolve(): each for each in reversed(files)}.values())[::-1]
    targets = {each: (folder or each.parent) / f"{each.stem}.ofd" for each in different}
    _refuse_same_names(targets)
    with tempfile.TemporaryDirectory(prefix="docgen-ofd-", ignore_cleanup_errors=True) as place:
        others = [each for each in different if each.suffix.lower() != PDF]
        wanted = {each: Path(place) / f"{number:06}.pdf" for number, each in enumerate(others)}
        pdfs = make_pdfs(wanted, seconds=seconds or FILE_SECONDS) if wanted else Pdfs([], {}, [])
        sources = {each: wanted.get(each, each) for each in different}
        there = {each: pdf for each, pdf in sources.items() if each not in wanted or pdf in set(pdfs.made)}
        found = _made({each: (pdf, targets[each]) for each, pdf in there.items()}, progress)
    return replace(found, faults=[*pdfs.faults, *found.faults], left_out=pdfs.left_out)


def beside(pdfs: Sequence[Path], progress: Progress | None = None) -> Pdfs:
    """Make an OFD beside each PDF. Raises NoOfdPackages (extra `ofd`)."""
    return converted(pdfs, progress=progress)


def _refuse_same_names(targets: Mapping[Path, Path]) -> None:
    files: dict[Path, list[str]] = {}
    for each, target in targets.items():
        files.setdefault(target, []).append(str(each))
    for target, same in files.items():
        if len(same) > 1:
            raise SameOfdName(target.name, tuple(same))


def _made(ways: Mapping[Path, tuple[Path, Path]], progress: Progress | None) -> Pdfs:
    """Make an OFD of each PDF: by the file the user knows, the PDF and the OFD's place."""
    made: list[Path] = []
    kept: dict[Path, Path] = {}
    faults: list[DocgenError] = []
    for done, (named, (pdf, target)) in enumerate(ways.items(), start=1):
        try:
            data = _ofd(named, pdf)
            if target.is_file():
                kept[target] = set_aside(target)
            write_whole(target, data)
            made.append(target)
        except DocgenError as fault:
            faults.append(fault)
        if progress:
            progress(done, len(ways))
    return Pdfs(made, kept, faults)


def _ofd(named: Path, pdf: Path) -> bytes:
    """Return a PDF's OFD, which says of which document it is."""
    try:
        data = read_regular(pdf)
    except OSError as fault:
        if pdf != named:
            raise cannot_write(pdf, fault) from fault
        raise Unreadable(str(named), reason_of(fault)) from fault
    source = origin_of(data)
    about = About(creator="docgen", creator_version=__version__, metadata={SOURCE: source} if source else {})
    return ofd_of(data, about, str(named))
