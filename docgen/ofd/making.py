"""A PDF as an OFD, with its text as text, its fonts in it, and what is known about the document.

    ofd = ofd_of(pdf, About(title="关于……的通知", metadata={"文号": "……〔2026〕3号"}), "通知.pdf")

The work of `reading`, `fonts`, `writing` and `package`, which know nothing of offices: the room can be used by itself.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.ofd.faults import NoOfdPackages
from docgen.ofd.package import About, Package

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["About", "Made", "made_of", "need_packages", "ofd_of"]

_DAY: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_BETWEEN: Final = re.compile(r"[,;，；、]\s*")


def need_packages() -> None:
    """Raise NoOfdPackages if what reads a PDF or builds fonts is not installed (extra `ofd`)."""
    try:
        import fontTools.fontBuilder  # noqa: F401
        import pypdfium2  # noqa: F401
    except ImportError as fault:
        raise NoOfdPackages((fault.name or "pypdfium2").partition(".")[0]) from fault


@dataclass(frozen=True)
class Made:
    """An OFD: its bytes, how many pages it has, and whether any of them has text that can be searched."""

    data: bytes
    pages: int
    has_text: bool


def ofd_of(pdf: bytes, about: About | None = None, file: str = "PDF") -> bytes:
    """Return a PDF as an OFD. The same PDF and the same words always give the same bytes.

    Args:
        pdf: the file.
        about: what the OFD says of itself; what is empty in it is taken from what the PDF says of itself.
        file: how messages name the PDF.

    Raises:
        NoOfdPackages: the extra `ofd` is not installed.
        NotPdf: it is no PDF, or a damaged one, or one without pages.
        PdfLocked: it has a password.
        PageUnreadable: a page cannot be read.
        PdfTooLarge: it has too many pages, or too much on one.
    """
    return made_of(pdf, about or About(), file).data


def made_of(pdf: bytes, about: About, file: str) -> Made:
    """Return a PDF as an OFD, and what is to be known of it; arguments and faults are those of `ofd_of`."""
    need_packages()
    from docgen.ofd.reading import Reader

    package = Package()
    with closing(Reader(pdf, file)) as reader:
        said = reader.information()
        for page in reader.pages():
            package.add(page)
        data = package.file(reader.faces.faces, _completed(about, said), pdf)
        return Made(data, reader.count, package.has_text)


def _completed(about: About, said: Mapping[str, str]) -> About:
    """Return what is known of a document, with what its PDF says where nothing else is known."""
    keywords = tuple(filter(None, _BETWEEN.split(said.get("Keywords", ""))))
    return replace(
        about,
        title=about.title or said.get("Title", ""),
        author=about.author or said.get("Author", ""),
        subject=about.subject or said.get("Subject", ""),
        keywords=about.keywords or keywords,
        day=about.day or _day(said.get("CreationDate", "")),
        creator=about.creator or said.get("Creator", ""),
    )


def _day(said: str) -> str:
    """Return the day of a PDF's date (ISO 32000-1, 7.9.4); empty when it is none."""
    from datetime import date

    found = _DAY.match(said)
    if not found:
        return ""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""
