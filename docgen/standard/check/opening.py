"""Opening a .docx with suspicion: only the XML parts the checker reads, each within a limit, none with a DOCTYPE."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.standard.check import faults
from docgen.standard.check.names import WML, Element

MOST_FILE: Final = 64 * 1024 * 1024
MOST_PART: Final = 16 * 1024 * 1024
MOST_TOTAL: Final = 48 * 1024 * 1024
MOST_MEMBERS: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, OSError,
    OverflowError, LookupError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the kind (`footer`, `styles` …) and the target part."""

    kind: str
    target: str


class Parts:
    """The parts of one file, parsed when asked for."""

    def __init__(self, package: zipfile.ZipFile, path: str) -> None:
        self._package = package
        self._path = path
        self._read = 0
        self._names = set(package.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parsed(self, name: str) -> Element:
        """Return the root of a part.

        Raises:
            UnreadableFile: it is not there, too large, not well formed or has a DOCTYPE.
        """
        try:
            root = etree.fromstring(self._content(name), _parser())
        except etree.XMLSyntaxError as fault:
            raise faults.MalformedXml(self._path, name, fault.msg.split("\n")[0][:80]) from None
        if getattr(root.getroottree().docinfo, "doctype", ""):
            raise faults.DeclaresDoctype(self._path, name)
        return root

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return what a part refers to, by identifier; nothing outside the package."""
        folder, file = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        if place not in self:
            return {}
        found = self.parsed(place).iter(_RELATIONS)
        return dict(_relation(each, folder) for each in found if each.get("TargetMode") != "External")

    def main(self) -> str:
        """Return the name of the main document."""
        found = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        name = next((each for each in found if each in self), "word/document.xml")
        if name not in self:
            raise faults.NoMainPart(self._path)
        self._refuse_kinds(name)
        return name

    def body(self, name: str) -> Element:
        """Return the main document's root, which must be of the usual variant."""
        root = self.parsed(name)
        if root.tag != f"{{{WML}}}document":
            raise faults.Strict(self._path) if _STRICT in str(root.tag) else faults.NoMainPart(self._path)
        return root

    def _refuse_kinds(self, main: str) -> None:
        if "[Content_Types].xml" not in self:
            raise faults.Damaged(self._path)
        types = {each.get("PartName"): each.get("ContentType") or "" for each in
                 self.parsed("[Content_Types].xml").iter(_TYPES)}  # fmt: skip
        if "macroEnabled" in types.get(f"/{main}", ""):
            raise faults.Macros(self._path)

    def _content(self, name: str) -> bytes:
        try:
            with self._package.open(name) as stream:
                content = stream.read(MOST_PART + 1)
        except _DAMAGE:
            raise faults.Damaged(self._path) from None
        self._read += len(content)
        if len(content) > MOST_PART or self._read > MOST_TOTAL:
            raise faults.TooMuch(self._path, f"{name} 解压后超过 {MOST_PART // 1024 // 1024} MB")
        return content


def opened(data: bytes | Path, path: str) -> Iterator[Parts]:
    """Yield the parts of a file once, the file being closed afterwards.

    Args:
        data: The file, or its bytes.
        path: Its name in messages.

    Raises:
        UnreadableFile: it is not a sound package without macros within the limits.
    """
    source = data if isinstance(data, Path) else BytesIO(data)
    _refuse_strangers(data, path)
    try:
        package = zipfile.ZipFile(source)
    except _DAMAGE:
        raise faults.Damaged(path) from None
    with package:
        _refuse_odd(package.infolist(), path)
        yield Parts(package, path)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip


def _relation(found: Element, folder: str) -> tuple[str, Relation]:
    target = found.get("Target") or ""
    place = (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )
    return found.get("Id") or "", Relation((found.get("Type") or "").rpartition("/")[2], place)


def _refuse_strangers(data: bytes | Path, path: str) -> None:
    size, start = _size_and_start(data, path)
    if not size:
        raise faults.NothingInside(path)
    if start.startswith(_OLE):
        raise (faults.Encrypted if _is_encrypted(data) else faults.OldBinary)(path)
    if not start.startswith(b"PK"):
        raise faults.NoPackage(path)
    if size > MOST_FILE:
        raise faults.TooMuch(path, f"{size / 1024 / 1024:.0f} MB，最多 {MOST_FILE // 1024 // 1024} MB")


def _size_and_start(data: bytes | Path, path: str) -> tuple[int, bytes]:
    if isinstance(data, bytes):
        return len(data), data[:8]
    try:
        with data.open("rb") as stream:
            return data.stat().st_size, stream.read(8)
    except OSError as fault:
        reason = "文件不存在" if isinstance(fault, FileNotFoundError) else (fault.strerror or "读取失败")
        raise faults.CannotOpen(path, reason) from None


def _is_encrypted(data: bytes | Path) -> bool:
    if isinstance(data, bytes):
        return _ENCRYPTED in data
    with data.open("rb") as stream:
        return _ENCRYPTED in stream.read(MOST_PART)


def _refuse_odd(members: list[zipfile.ZipInfo], path: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise faults.TooMuch(path, f"含 {len(members)} 个成员，最多 {MOST_MEMBERS} 个")
    if any(each.flag_bits & 1 for each in members):
        raise faults.Encrypted(path)
    if any(each.filename.lower().endswith("vbaproject.bin") for each in members):
        raise faults.Macros(path)
    if any(each.file_size > MOST_PART for each in members if each.filename.endswith((".xml", ".rels"))):
        raise faults.TooMuch(path, f"有的部件解压后超过 {MOST_PART // 1024 // 1024} MB")
