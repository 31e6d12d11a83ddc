"""A .docx or .xlsx opened with suspicion: its parts by name, each unpacked and parsed when asked for."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from docgen.opc.faults import DamagedFile, HasMacros, IsWorkbook, NoDocument, NoWorkbook
from docgen.opc.guard import DAMAGE, bytes_of, refuse_odd, refuse_strangers
from docgen.opc.parsing import Element, parse

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_WORKBOOK: Final = "spreadsheetml.sheet.main"
_CHUNK: Final = 2**16  # bounds what a member of a false size can unpack to before zipfile notices


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the kind (`footer`, `styles` …) and the target part."""

    kind: str
    target: str


class Parts:
    """The parts of one open package. `path` is what messages call the file."""

    def __init__(self, package: zipfile.ZipFile, path: str) -> None:
        self.path = path
        self._package = package
        self._members = {each.filename: each for each in package.infolist() if not each.is_dir()}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._members)

    def content(self, part: str) -> bytes:
        """Unpack a part.

        Raises:
            DamagedFile: it is not there, or not as its checksum and size say.
        """
        try:
            with self._package.open(self._members[part]) as stream:
                return b"".join(iter(lambda: stream.read(_CHUNK), b""))
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
        found = self.xml(CONTENT_TYPES).iter(_OVERRIDE)
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
        found = self.xml(place).iter(_RELATIONSHIP)
        return dict(_relation(each, folder) for each in found if each.get("TargetMode") != "External")

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
        yield Parts(package, path)


def read(data: bytes, path: str) -> dict[str, bytes]:
    """Return the content of every part by name. Raises FileFault, as `opened` does."""
    with opened(data, path) as parts:
        return parts.contents()


def _relation(found: Element, folder: str) -> tuple[str, Relation]:
    target = found.get("Target") or ""
    place = (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )
    return found.get("Id") or "", Relation((found.get("Type") or "").rpartition("/")[2], place)
