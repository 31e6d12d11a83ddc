"""What an OFD of anybody says of itself: its metadata, its pages, the files that go with it.

    said = told_by(data, "通知.ofd")
    said.metadata["发文字号"], [each.name for each in said.attachments]

Places of parts are followed as GB/T 33190-2016 (5.2 and 7) gives them, so that OFDs of other programs are read too.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.ofd.faults import NotOfd
from docgen.ofd.origin import SOURCE

_MOST: Final = 64 * 2**20
"""Bytes of a part that lists others."""
_BROKEN: Final = (
    zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError,
    EOFError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class AttachedFile:
    """A file that goes with a document: its name, how many bytes it has; None where its part is missing."""

    name: str
    size: int | None


@dataclass(frozen=True)
class Told:
    """What an OFD says of itself.

    Args:
        title: of the document; likewise its author and the program that made it.
        day: when it was made, as YYYY-MM-DD.
        metadata: further data by name.
        source: the SHA-256 of the document it was made of, where docgen made it.
        pages: how many.
        attachments: the files that go with it.
    """

    title: str
    author: str
    day: str
    creator: str
    metadata: Mapping[str, str]
    source: str
    pages: int
    attachments: tuple[AttachedFile, ...]


def told_by(ofd: bytes, file: str = "OFD") -> Told:
    """Return what an OFD says of itself.

    Args:
        ofd: the file.
        file: how messages name it.

    Raises:
        NotOfd: it is none, or a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(ofd)) as package:
            return _told(package)
    except _BROKEN as fault:
        raise NotOfd(file) from fault


def _told(package: zipfile.ZipFile) -> Told:
    start = _root(package, "OFD.xml")
    info = start.find(".//{*}DocInfo")
    said = {
        each.get("Name", ""): each.text or ""
        for each in (info.iterfind(".//{*}CustomData") if info is not None else ())
    }
    place = _place("", _text(start, "DocRoot"))
    document = _root(package, place)
    attachments = _text(document, "Attachments")
    files = _attached(package, _place(place, attachments)) if attachments else ()
    return Told(
        _text(info, "Title"), _text(info, "Author"), _text(info, "CreationDate"), _text(info, "Creator"),
        {name: words for name, words in said.items() if name != SOURCE}, said.get(SOURCE, ""),
        len(document.findall("{*}Pages/{*}Page")), files,
    )  # fmt: skip


def _attached(package: zipfile.ZipFile, place: str) -> tuple[AttachedFile, ...]:
    """Return the files that the part at a place lists."""
    found = []
    names = set(package.namelist())
    for each in _root(package, place).iterfind("{*}Attachment"):
        part = _place(place, _text(each, "FileLoc"))
        size = package.getinfo(part).file_size if part in names else None
        found.append(AttachedFile(each.get("Name", ""), size))
    return tuple(found)


def _root(package: zipfile.ZipFile, name: str) -> etree._Element:
    if package.getinfo(name).file_size > _MOST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(package.read(name), parser)


def _text(above: etree._Element | None, name: str) -> str:
    """Return the text of the first element of a name; empty when there is none."""
    found = above.find(f".//{{*}}{name}") if above is not None else None
    return (found.text or "").strip() if found is not None else ""


def _place(part: str, said: str) -> str:
    """Return where a part lies that another names: from the package's root, or from beside the other."""
    joined = said if said.startswith("/") else posixpath.join(posixpath.dirname(part), said)
    return posixpath.normpath(joined).lstrip("/")
