"""OFDs of documents and of PDFs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from docgen import __version__
from docgen.errors import WRONG_USE, DocgenError
from docgen.files import cannot_write, read_regular, reason_of, set_aside, write_whole
from docgen.ofd.making import need_packages, ofd_of
from docgen.ofd.origin import SOURCE
from docgen.ofd.package import About
from docgen.ofd.tags import Part
from docgen.office import elements
from docgen.office.formatting import AUTOMATIC
from docgen.office.lying import Unreadable
from docgen.office.pdfs import Pdfs, Progress
from docgen.pdf.convert import make_pdfs
from docgen.pdf.libreoffice import FILE_SECONDS
from docgen.pdf.origin import origin_of

PDF: Final = ".pdf"
DOCX: Final = ".docx"
_PARTS: Final = (
    ("版头", "份号", "copy_number"),
    ("版头", "密级和保密期限", "secrecy"),
    ("版头", "紧急程度", "urgency"),
    ("版头", "发文机关标志", "mark"),
    ("版头", "发文字号", "number"),
    ("版头", "签发人", "signatories"),
    ("主体", "标题", "title"),
    ("主体", "主送机关", "addressees"),
    ("主体", "正文", "body"),
    ("主体", "发文机关署名", "signature"),
    ("主体", "成文日期", "date"),
    ("主体", "附注", "notes"),
    ("版记", "抄送机关", "copies"),
    ("版记", "印发机关", "printer"),
    ("版记", "印发日期", "printed"),
)
"""The parts of an official document (GB/T 9704-2012, 7) and where `docgen read` says them."""


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
    parts = parts_of(named) if named.suffix.lower() == DOCX else ()
    about = About(
        title=next((each.words for each in parts if each.name == "标题"), ""),
        creator="docgen", creator_version=__version__,
        metadata={SOURCE: source} if source else {}, parts=parts,
    )  # fmt: skip
    return ofd_of(data, about, str(named))


def parts_of(document: Path) -> tuple[Part, ...]:
    """Return the parts of an official document with their words; none of what cannot be recognised."""
    read = next(elements.read([document], AUTOMATIC), None)
    if read is None or read.fault:
        return ()
    return tuple(
        Part(section, name, words)
        for section, name, key in _PARTS
        for words in _words(read.elements.get(key, ""))
        if words
    )


def _words(said: Any) -> list[str]:
    """Return the words of an element: one text, several, or lines with their words."""
    if isinstance(said, str):
        return [said]
    return [each if isinstance(each, str) else each.get("words", "") for each in said]
