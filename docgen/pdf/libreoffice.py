"""LibreOffice as the maker of PDFs: many documents, several LibreOffices at once, each called for many files.

Each has a profile of its own (`profiles.py`) and a fontconfig file that names substitute fonts, so that it neither
meets a LibreOffice the user has open nor depends on his settings. Files are converted from temporary copies. Why not
one that is kept running: docs/decisions/0009-pdf-by-libreoffice.md.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Final

from docgen.errors import DocgenError, Problems
from docgen.files import cannot_write
from docgen.pdf.pool import Converted, Pool
from docgen.pdf.soffice import PDF, PDF_A, WORD, find_soffice
from docgen.pdf.watch import FILE_SECONDS

__all__ = ["FILE_SECONDS", "Converted", "conversions", "convert", "find_soffice", "to_word"]

FEW: Final = 4
"""Files for which another LibreOffice is not worth its start."""


def convert(documents: Sequence[Path], workplace: Path) -> list[Path]:
    """Convert .docx files; return the PDFs, in a temporary folder, in the same order.

    Raises:
        DocgenError: a file gives no PDF (`Problems` if several), or what `conversions` raises.
    """
    results = {each.place: each.result for each in conversions(documents, workplace)}
    ordered = [results[place] for place in range(len(documents))]
    raise_all(each for each in ordered if isinstance(each, DocgenError))
    return [each for each in ordered if isinstance(each, Path)]


def conversions(
    documents: Sequence[Path],
    workplace: Path,
    *,
    workers: int | None = None,
    seconds: int = FILE_SECONDS,
    archival: bool = False,
) -> Generator[Converted, None, None]:
    """Convert .docx files and yield what became of each as soon as it is known, in any order.

    Whoever breaks off closes the iterator (`contextlib.closing`): then no LibreOffice runs any more. A document's
    fault is a FileFault (no sound .docx), ConversionTimedOut, ConversionCrashed or ConversionFailed.

    Args:
        documents: the files, which are only read.
        workplace: an empty folder; the PDFs lie in it until the caller removes them.
        workers: how many LibreOffices at most; None for one a core.
        seconds: how long a file may take, not counting what a large one has more.
        archival: as PDF/A-2b.

    Raises:
        NoLibreOffice, LibreOfficeFails: it is not installed, or does not work at all.
        CannotWrite: the workplace is full or cannot be written.
    """
    if not documents:
        return
    try:
        pool = Pool(find_soffice(), documents, workplace, seconds, PDF_A if archival else PDF)
    except OSError as fault:
        raise cannot_write(workplace, fault) from fault
    yield from pool.run(max(1, min(workers or _cores(), ceil(len(documents) / FEW))))


def to_word(documents: Sequence[Path], workplace: Path) -> Generator[Converted, None, None]:
    """Convert files of any word processor to .docx, as `conversions` makes PDFs; nothing they link to is fetched.

    Raises:
        NoLibreOffice, LibreOfficeFails, CannotWrite: as `conversions` says.
    """
    if not documents:
        return
    try:
        pool = Pool(find_soffice(), documents, workplace, FILE_SECONDS, WORD)
    except OSError as fault:
        raise cannot_write(workplace, fault) from fault
    yield from pool.run(max(1, min(_cores(), ceil(len(documents) / FEW))))


def raise_all(faults: Iterator[DocgenError]) -> None:
    """Raise a single fault as it is, several together, and none not at all."""
    gathered = list(faults)
    if len(gathered) == 1:
        raise gathered[0]
    Problems.raise_any(gathered)


def _cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
