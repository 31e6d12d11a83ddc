"""The copy of a document that LibreOffice is given, so that the document itself is only read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import sha256
from docgen.files import cannot_write
from docgen.opc.external import without_externals
from docgen.opc.faults import DamagedFile, EmptyFile
from docgen.opc.guard import bytes_of, is_xml
from docgen.opc.reading import opened
from docgen.pdf.coverage import hanzi_in

_OVERFLOW: Final = re.compile(rb'<w:overflowPunct(?:\s+w:val="([^"]*)")?\s*/>')
_HYPHEN: Final = re.compile(rb"<w:noBreakHyphen\s*/>")
_JOINED: Final = "<w:t>\u2060-\u2060</w:t>".encode()
WORKBOOK: Final = ".xlsx"
# WPS writes the binary format of Word 97 under its own name, by which LibreOffice would take it for Microsoft Works.
_OF_WPS: Final = {".wps": ".doc"}
_WRITTEN: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rt", b"<", b"\xef\xbb\xbf<")
"""How files of word processors begin, by whatever ending: Word 97 and WPS, packages, rich text, pages of the web."""
_OFF: Final = frozenset({b"0", b"false", b"off"})


@dataclass(frozen=True)
class Source:
    """A document on its way: the path the user knows, its copy, the bytes of XML in it, its SHA-256.

    `left_out` names what the document refers to outside itself, which its copy does not; `hanzi` are those in it.
    """

    document: Path
    copy: Path
    size: int
    left_out: tuple[str, ...] = ()
    sha256: str = ""
    hanzi: frozenset[str] = frozenset()


def foreign(document: Path, copy: Path) -> Source:
    """Copy a file of another word processor as it is.

    What no word processor wrote LibreOffice would take for plain text, and make a document of its bytes.

    Raises:
        FileFault: the operating system refuses to read it, it is too large, empty, or none of a word processor.
        CannotWrite: the operating system refuses the copy.
    """
    data = bytes_of(document, str(document))
    if not data:
        raise EmptyFile(str(document))
    if not data.lstrip().startswith(_WRITTEN):
        raise DamagedFile(str(document))
    try:
        copy.write_bytes(data)
    except OSError as fault:
        raise cannot_write(copy, fault) from fault
    return Source(document, copy, len(data), (), sha256(data))


def is_workbook(file: Path) -> bool:
    """Whether a file is a workbook by its name, which another part of LibreOffice converts."""
    return file.suffix.lower() == WORKBOOK


def copy_of(document: Path, folder: Path, place: int, *, as_it_is: bool = False) -> Path:
    """Return where the copy of the document at a place in a list lies in a folder; `as_it_is` with its own ending."""
    own = document.suffix.lower()
    if as_it_is:
        return folder / f"{place:06}{_OF_WPS.get(own, own)}"
    ending = WORKBOOK if is_workbook(document) else ".docx"
    return folder / f"{place:06}{ending}"


def source(document: Path, copy: Path) -> Source:
    """Copy a document so that LibreOffice shows it as it is.

    In a .docx `overflowPunct` is turned round, which LibreOffice 7.4 reads inverted, and codes are held together:
    it ends lines at `noBreakHyphen`, but not at a hyphen between word joiners (docs/decisions/0008).

    What lies outside the document is not fetched: LibreOffice would ask the network for linked pictures, and show files
    of this computer.

    What is no document would be converted as plain text: it is refused.

    Raises:
        FileFault: the file is no sound .docx, or no sound .xlsx if its name says so.
        CannotWrite: the operating system refuses the copy.
    """
    data = bytes_of(document, str(document))
    with opened(data, str(document)) as parts:
        parts.xml(parts.workbook() if is_workbook(document) else parts.main())
        contents, left_out = without_externals(parts.contents(), str(document))
    try:
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            for name, content in contents.items():
                target.writestr(name, _suited(content) if name.endswith(".xml") else content)
    except OSError as fault:
        raise cannot_write(copy, fault) from fault
    xml = [each for name, each in contents.items() if is_xml(name)]
    size = sum(map(len, xml))
    return Source(document, copy, size, tuple(map(str, left_out)), sha256(data), hanzi_in(xml))


def _suited(content: bytes) -> bytes:
    """Return XML as LibreOffice is to read it."""
    return _HYPHEN.sub(_JOINED, _OVERFLOW.sub(_flip, content))


def _flip(found: re.Match[bytes]) -> bytes:
    return b'<w:overflowPunct w:val="%d"/>' % ((found[1] or b"1") in _OFF)
