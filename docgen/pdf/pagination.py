"""How many pages documents have, and the 版记 laid on the page where it belongs (GB/T 9704 clause 7.4).

LibreOffice counts when it is there; else the standard's own estimate does, and the result says which.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.libreoffice import convert, find_soffice
from docgen.standard.build import ending, estimate

_PAGE: Final = re.compile(rb"/Type\s*/Page\b(?!s)")


class How(StrEnum):
    """Who counted."""

    LIBREOFFICE = "LibreOffice"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class PageCount:
    """A number of pages, and who counted them."""

    pages: int
    how: How


@dataclass(frozen=True)
class Settled:
    """A document whose 版记 lies where it belongs, and how many pages it has, blank ones included."""

    document: bytes
    count: PageCount


def count(documents: Sequence[bytes], how: How | None = None) -> list[PageCount]:
    """Return the number of pages of .docx files, in as few calls of LibreOffice as may be.

    Args:
        documents: The files' contents.
        how: Who shall count; None for LibreOffice when it is there.

    Raises:
        NoLibreOffice: if it shall count and is not there.
        ConversionTimedOut, ConversionFailed, Problems: as `libreoffice.convert` says.
    """
    who = how or _available()
    if who is How.ESTIMATE:
        return [PageCount(estimate.pages(each), who) for each in documents]
    return [PageCount(pages, who) for pages in _counted(documents)]


def settle(document: bytes, *, even_last_page: bool = True, how: How | None = None) -> Settled:
    """Return a document with its 版记 on the last page, an even one unless that is not asked for.

    Args and faults: as for `settle_all`.
    """
    return settle_all([document], even_last_page=even_last_page, how=how)[0]


def settle_all(
    documents: Sequence[bytes], *, even_last_page: bool = True, how: How | None = None
) -> list[Settled]:
    """Return documents with their 版记 where it belongs; each is counted twice, with its 版记 and without.

    A document without a 版记 in a box (a letter, a form) is returned as it is.

    Args:
        documents: Rendered documents whose last block is `imprint`.
        even_last_page: Whether the 版记 lies on an even page (`Look.even_last_page`).
        how: Who shall count; None for LibreOffice when it is there.

    Raises:
        The faults of `count`.
    """
    asked = [even_last_page and ending.has_imprint(each) for each in documents]
    texts = [ending.without_imprint(each) for each, even in zip(documents, asked, strict=True) if even]
    counts = count([*documents, *texts], how)
    of_texts = iter(counts[len(documents) :])
    return [
        _settled(document, whole, next(of_texts).pages) if even else Settled(document, whole)
        for document, whole, even in zip(documents, counts, asked, strict=False)
    ]


def _settled(document: bytes, whole: PageCount, text: int) -> Settled:
    """Lay the 版记 of a document that has so many pages as a whole, and of its text alone."""
    if whole.pages % 2 == 0:
        return Settled(document, whole)
    changed = PageCount(whole.pages + 1, whole.how)
    if text < whole.pages or ending.begins_its_page(document):
        return Settled(ending.after_blank_page(document), changed)
    return Settled(ending.on_next_page(document), changed)


def _available() -> How:
    try:
        find_soffice()
    except NoLibreOffice:
        return How.ESTIMATE
    return How.LIBREOFFICE


def _counted(documents: Sequence[bytes]) -> list[int]:
    if not documents:
        return []
    with tempfile.TemporaryDirectory(prefix="docgen-pages-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        paths = [folder / f"{number:05}.docx" for number in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.write_bytes(document)
        return [len(_PAGE.findall(pdf.read_bytes())) for pdf in convert(paths, folder)]
