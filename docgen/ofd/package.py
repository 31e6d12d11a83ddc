"""The parts of an OFD and the file they make (GB/T 33190-2016, 6 and 7)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from hashlib import sha256
from typing import Final

from docgen.dataclass import dataclass
from docgen.ofd.drawn import Box, Page
from docgen.ofd.fonts import Face, font_file
from docgen.ofd.tags import Part, Tagged, tag_file, tagged
from docgen.ofd.writing import NAMESPACE, Numbers, Resources, Written, below, box_of, element, page_xml, xml

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_TAGS: Final = "Tags"
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a document: its name as shown, its bytes, what it is for."""

    name: str
    data: bytes
    usage: str = "none"


@dataclass(frozen=True)
class About:
    """What an OFD says of itself.

    Args:
        title: of the document; likewise its author, subject and keywords.
        day: when it was made, as YYYY-MM-DD; empty when that is not known.
        creator: the program that made it.
        metadata: further data by name, in the order in which they are to stand.
        parts: which words are which part of the document, in their order on the pages.
        attachments: the files that go with it.
    """

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    day: str = ""
    creator: str = ""
    creator_version: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class Package:
    """An OFD in the making: pages are added one after the other, then it is closed."""

    def __init__(self) -> None:
        self._resources = Resources(Numbers())
        self._pages: list[tuple[int, Written]] = []
        self._first: Page | None = None

    def add(self, page: Page) -> None:
        """Add a page behind those that are there; its pictures and fonts are kept once for all pages."""
        self._first = self._first or page
        self._pages.append((self._resources.numbers.new(), page_xml(page, self._resources)))

    @property
    def has_text(self) -> bool:
        """Whether a page has text."""
        return any(written.texts for _, written in self._pages)

    def file(self, faces: Sequence[Face], about: About, seed: bytes) -> bytes:
        """Return the whole file; the same pages, fonts, words and seed always give the same bytes.

        Args:
            faces: the fonts by number, with all characters that occur.
            about: what the document says of itself.
            seed: what the document's own mark is made of.
        """
        parts: dict[str, bytes] = {}
        parts["Doc_0/PublicRes.xml"] = self._fonts(faces, parts)
        parts["Doc_0/DocumentRes.xml"] = self._pictures(parts)
        for place, (_, written) in enumerate(self._pages):
            parts[f"Doc_0/Pages/Page_{place}/Content.xml"] = written.content
        marks = tagged(about.parts, [(page, written.texts) for page, written in self._pages])
        if marks:
            parts |= _tag_parts(marks)
        if about.attachments:
            parts |= _attachment_parts(about.attachments)
        parts["Doc_0/Document.xml"] = self._document(parts)
        return _zipped({"OFD.xml": _ofd(about, seed)} | parts)

    def _document(self, parts: Mapping[str, bytes]) -> bytes:
        root = element("Document")
        common = below(root, "CommonData")
        below(common, "MaxUnitID", str(self._resources.numbers.last))
        first = self._first or Page(210.0, 297.0, ())
        below(below(common, "PageArea"), "PhysicalBox", box_of(Box(0, 0, first.width, first.height)))
        below(common, "PublicRes", "PublicRes.xml")
        below(common, "DocumentRes", "DocumentRes.xml")
        pages = below(root, "Pages")
        for place, (own, _) in enumerate(self._pages):
            below(pages, "Page", ID=str(own), BaseLoc=f"Pages/Page_{place}/Content.xml")
        for name, part in (
            ("CustomTags", f"{_TAGS}/CustomTags.xml"),
            ("Attachments", "Attachs/Attachments.xml"),
        ):
            if f"Doc_0/{part}" in parts:
                below(root, name, part)
        return xml(root)

    def _fonts(self, faces: Sequence[Face], parts: dict[str, bytes]) -> bytes:
        """Add the fonts' files, and return the part that lists them."""
        root = element("Res", BaseLoc="Res")
        fonts = below(root, "Fonts") if self._resources.fonts else root
        for face, own in self._resources.fonts.items():
            made = faces[face]
            name = f"font_{own}.ttf"
            said = {"FontName": made.name, "FamilyName": made.name, "Charset": "unicode"}
            flags = {"Italic": made.italic, "Bold": made.bold, "Serif": made.serif, "FixedWidth": made.fixed}
            said |= {flag: "true" for flag, holds in flags.items() if holds}
            below(below(fonts, "Font", ID=str(own), **said), "FontFile", name)
            parts[f"Doc_0/Res/{name}"] = font_file(made)
        return xml(root)

    def _pictures(self, parts: dict[str, bytes]) -> bytes:
        """Add the pictures' files, and return the part that lists them."""
        root = element("Res", BaseLoc="Res")
        listed = below(root, "MultiMedias") if self._resources.pictures else root
        for (data, kind), own in self._resources.pictures.items():
            name = f"image_{own}.{'jpg' if kind == 'JPEG' else 'png'}"
            below(below(listed, "MultiMedia", ID=str(own), Type="Image", Format=kind), "MediaFile", name)
            parts[f"Doc_0/Res/{name}"] = data
        return xml(root)


def _ofd(about: About, seed: bytes) -> bytes:
    """Return the part a reader begins with."""
    root = element("OFD", Version="1.0", DocType="OFD")
    body = below(root, "DocBody")
    info = below(body, "DocInfo")
    below(info, "DocID", sha256(seed).hexdigest()[:32])
    days = (("CreationDate", about.day), ("ModDate", about.day))
    for name, words in (("Title", about.title), ("Author", about.author), ("Subject", about.subject), *days):
        if words:
            below(info, name, fit(words))
    if about.keywords:
        keywords = below(info, "Keywords")
        for each in about.keywords:
            below(keywords, "Keyword", fit(each))
    for name, words in (("Creator", about.creator), ("CreatorVersion", about.creator_version)):
        if words:
            below(info, name, fit(words))
    if about.metadata:
        data = below(info, "CustomDatas")
        for name, words in about.metadata.items():
            below(data, "CustomData", fit(words), Name=name)
    below(body, "DocRoot", "Doc_0/Document.xml")
    return xml(root)


def fit(words: str) -> str:
    """Return words without what XML cannot hold."""
    return _UNFIT.sub("", words)


def _tag_parts(marks: Sequence[Tagged]) -> dict[str, bytes]:
    root = element("CustomTags")
    own = below(root, "CustomTag", NameSpace=NAMESPACE)
    below(own, "FileLoc", "CustomTag.xml")
    return {f"Doc_0/{_TAGS}/CustomTags.xml": xml(root), f"Doc_0/{_TAGS}/CustomTag.xml": tag_file(marks)}


def _attachment_parts(attachments: Sequence[Attachment]) -> dict[str, bytes]:
    """Return the list of the files that go with a document, and the files, under names that any system can have."""
    root = element("Attachments")
    parts: dict[str, bytes] = {}
    for place, each in enumerate(attachments, start=1):
        ending = each.name.rpartition(".")[2].lower() if "." in each.name else ""
        ending = ending if ending.isascii() and ending.isalnum() else "bin"
        name = f"attach_{place}.{ending}"
        made = below(
            root, "Attachment", ID=f"A{place}", Name=fit(each.name), Format=ending.upper(),
            Size=f"{len(each.data) / 1024:.3f}", Usage=each.usage,
        )  # fmt: skip
        below(made, "FileLoc", name)
        parts[f"Doc_0/Attachs/{name}"] = each.data
    return {"Doc_0/Attachs/Attachments.xml": xml(root)} | parts


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, data in parts.items():
            packed = name.endswith((".png", ".jpg"))
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()
