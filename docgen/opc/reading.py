"""A .docx or .xlsx opened with suspicion: its parts by name, each unpacked and parsed when asked for."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.faults import DamagedFile, FileFault, HasMacros, IsWorkbook, NoDocument, NoWorkbook
from docgen.opc.guard import DAMAGE, bytes_of, refuse_odd, refuse_strangers
from docgen.opc.parsing import Element, parse

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_WORKBOOK: Final = "spreadsheetml.sheet.main"
_HEADER: Final = b"PK\3\4"
_LENGTHS: Final = struct.Struct("<HH")
_UTF8: Final = 0x800
_FEW: Final = 64  # of types and relations, of a few kilobytes
_SMALL: Final = 2**16  # bytes of a member, unpacked
_CHUNK: Final = 2**16  # bounds what a member of a false size can unpack to before zipfile notices


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the kind (`footer`, `styles` …) and the target part."""

    kind: str
    target: str


class Parts:
    """The parts of one open package. `path` is what messages call the file."""

    def __init__(self, package: zipfile.ZipFile, data: bytes, path: str) -> None:
        self.path = path
        self._package, self._data = package, data
        self._members = {each.filename: each for each in package.infolist() if not each.is_dir()}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._members)

    def members(self) -> list[zipfile.ZipInfo]:
        """Return what the package's directory says of each part."""
        return list(self._members.values())

    def content(self, part: str) -> bytes:
        """Unpack a part.

        Raises:
            DamagedFile: it is not there, or not as its checksum and size say.
        """
        try:
            return content_of(self._package, self._data, self._members[part])
        except DAMAGE:
            raise DamagedFile(self.path) from None

    def contents(self) -> dict[str, bytes]:
        """Unpack all parts. Raises DamagedFile."""
        return {part: self.content(part) for part in self._members}

    def xml(self, part: str) -> Element:
        """Return the root of a part, without comments.

        Raises:
            FileFault: it is not there, too large, not well formed or has a DOCTYPE.
        """
        return parse(self.content(part), self.path, part)

    def types(self) -> dict[str, str]:
        """Return the content type of every part that has one of its own.

        Raises:
            DamagedFile: there are none.
            HasMacros: one of them is of a document with macros.
        """
        if CONTENT_TYPES not in self:
            raise DamagedFile(self.path)
        found = self._attributes(CONTENT_TYPES, _OVERRIDE)
        types = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in found}
        if any("macroEnabled" in kind for kind in types.values()):
            raise HasMacros(self.path)
        return types

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return what a part (the package: an empty name) refers to, by identifier; nothing outside the package."""
        folder, file = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        if place not in self:
            return {}
        found = self._attributes(place, _RELATIONSHIP)
        return dict(_relation(each, folder) for each in found if each.get("TargetMode") != "External")

    def _attributes(self, part: str, tag: str) -> Sequence[Mapping[str, str]]:
        """Return the attributes of each element of a name in a part; documents of one template share such parts."""
        content = self.content(part)
        try:
            return _attributes_in(content, tag)
        except FileFault:
            parse(content, self.path, part)  # raises with its name
            raise

    def main(self) -> str:
        """Return the name of the main document.

        Raises:
            NoDocument, IsWorkbook: there is none.
            DamagedFile, HasMacros: as `types` says.
        """
        name = self._main("word/document.xml")
        if name not in self:
            raise NoDocument(self.path)
        if _WORKBOOK in self.types().get(name, ""):
            raise IsWorkbook(self.path)
        return name

    def workbook(self) -> str:
        """Return the name of the main part of a workbook.

        Raises:
            NoWorkbook: there is none.
            DamagedFile, HasMacros: as `types` says.
        """
        name = self._main("xl/workbook.xml")
        if name not in self or _WORKBOOK not in self.types().get(name, ""):
            raise NoWorkbook(self.path)
        return name

    def _main(self, usual: str) -> str:
        found = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        return next((each for each in found if each in self), usual)


@contextmanager
def opened(source: bytes | Path, path: str) -> Iterator[Parts]:
    """Give the parts of a file, which is closed at the end of the block.

    Args:
        source: the file, or its bytes.
        path: what messages call it.

    Raises:
        FileFault: it is no sound, unencrypted package without macros within the limits.
    """
    data = bytes_of(source, path) if isinstance(source, Path) else source
    refuse_strangers(data, path)
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except DAMAGE:
        raise DamagedFile(path) from None
    with package:
        refuse_odd(package.infolist(), path)
        yield Parts(package, data, path)


def read(data: bytes, path: str) -> dict[str, bytes]:
    """Return the content of every part by name. Raises FileFault, as `opened` does."""
    with opened(data, path) as parts:
        return parts.contents()


def content_of(package: zipfile.ZipFile, data: bytes, member: zipfile.ZipInfo) -> bytes:
    """Unpack a member of a package of which all bytes are `data`. Raises what `DAMAGE` lists."""
    plain = _unpacked(data, member)
    if plain is not None:
        return plain
    with package.open(member) as stream:
        return b"".join(iter(lambda: stream.read(_CHUNK), b""))


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> bytes | None:
    """Return a member's content; None for one that is not as usual, of which zipfile says what is wrong.

    That is five times as fast as zipfile's own way, through a file that may be read in pieces.
    """
    start = member.header_offset
    if (
        member.flag_bits & ~_UTF8
        or member.compress_type != zipfile.ZIP_DEFLATED
        or data[start : start + 4] != _HEADER
    ):
        return None
    name, extra = _LENGTHS.unpack_from(data, start + 26)
    first = start + 30 + name
    if data[start + 30 : first] != member.orig_filename.encode("utf-8" if member.flag_bits else "cp437"):
        return None
    packed = data[first + extra : first + extra + member.compress_size]
    inflate = _inflated_once if member.file_size <= _SMALL else _inflated
    return inflate(packed, member.file_size, member.CRC)


def _inflated(packed: bytes, size: int, checksum: int) -> bytes | None:
    """Return what is packed; None where size or checksum are not those of it."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    content = unpacking.decompress(packed, size + 1)
    is_whole = unpacking.eof and not unpacking.unused_data and len(content) == size
    return content if is_whole and zlib.crc32(content) == checksum else None


_inflated_once: Final = lru_cache(maxsize=_FEW)(_inflated)
"""For small members: documents of one template share all but one or two, to the byte."""


@lru_cache(maxsize=_FEW)
def _attributes_in(content: bytes, tag: str) -> Sequence[Mapping[str, str]]:
    """Return the attributes of each element of a name. Raises FileFault."""
    return [
        {str(name): str(value) for name, value in each.items()} for each in parse(content, "", "").iter(tag)
    ]


def _relation(found: Mapping[str, str], folder: str) -> tuple[str, Relation]:
    target = found.get("Target") or ""
    place = (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )
    return found.get("Id") or "", Relation((found.get("Type") or "").rpartition("/")[2], place)
