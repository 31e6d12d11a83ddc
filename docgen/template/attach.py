"""What values bring along besides words: links and pictures, and the relationships that a part gains by them.

A part names its links and pictures by relationships that stand in a member of their own; pictures are members too.
While a document is rendered they are gathered here; most documents gather none.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from itertools import count
from typing import Any, Final

from lxml import etree

from docgen.template.ooxml import parse

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
LINK: Final = f"{_OFFICE}/hyperlink"
PICTURE: Final = f"{_OFFICE}/image"
ADDRESS: Final = "docgen-address:"
"""How an id begins that is an address, until the part is rendered."""
_HEADER: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_URL: Final = "docgen:"  # how an id begins that stands for an address and not for a relationship
_EMPTY: Final = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()


@dataclass(slots=True)
class Again:
    """What loops repeat: numbered lists by their new ids with those they are like, comments likewise."""

    lists: dict[int, int] = field(default_factory=dict)
    comments: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Attachments:
    """What the document being rendered has gathered.

    `relations`: for each part the ids by kind, target and whether the target lies outside; `members`: pictures and
    charts by name; `types`: content types by file extension, or by `/` and the name of a member; `part`: the part
    being rendered; `bound`: the DocxTemplate whose package is the template, if one is; `charts`: how many were
    drawn; `drawn`: whether values brought drawings, all of which take their ids from `numbers`; `again`: what
    loops repeat. Ids begin with `prefix`, which has to differ from template to template: a document may serve as one.
    """

    prefix: str
    bound: Any = None
    part: str = ""
    relations: dict[str, dict[tuple[str, str, bool], str]] = field(default_factory=dict)
    members: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    drawn: bool = False
    charts: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    again: Again = field(default_factory=Again)

    def link(self, url: str) -> str:
        """Return the id of a relationship of the current part to an address."""
        return self.relation(LINK, url, outside=True)

    def picture(self, blob: bytes, extension: str, kind: str) -> str:
        """Return the id of a relationship to a picture of content type `kind`; the same picture is kept once."""
        name = f"word/media/{sha256(blob).hexdigest()[:32]}.{extension}"
        self.members[name] = blob
        self.types[extension] = kind
        return self.relation(PICTURE, posixpath.relpath(name, posixpath.dirname(self.part)))

    def chart(self, part: str, workbook: bytes) -> tuple[str, int]:
        """Return the id of a relationship of the current part to a chart, and which chart of the document it is.

        Each has a part and a workbook of its own, so that changing one in Word leaves the others as they are.
        """
        self.charts += 1
        self.drawn = True
        name = f"word/charts/{self.prefix}-{self.charts}.xml"
        book = f"word/embeddings/{self.prefix}-{self.charts}.xlsx"
        self.members |= {name: _HEADER + part.encode(), book: workbook}
        self.types |= {"xlsx": _WORKBOOK, f"/{name}": _CHART}
        self.relations[name] = {
            (f"{_OFFICE}/package", f"../embeddings/{posixpath.basename(book)}", False): "rId1"
        }
        return self.relation(
            f"{_OFFICE}/chart", posixpath.relpath(name, posixpath.dirname(self.part))
        ), self.charts

    def relation(self, kind: str, target: str, *, outside: bool = False) -> str:
        """Return the id of a relationship of the current part."""
        known = self.relations.setdefault(self.part, {})
        return known.setdefault((kind, target, outside), f"{self.prefix}-{len(known) + 1}")


_NOW: Final[ContextVar[Attachments]] = ContextVar("what the document being rendered has gathered")


def begin(digest: str, bound: Any) -> Attachments:
    """Start gathering for a document of the template with that digest."""
    made = Attachments(f"docgen-{digest[:12]}", bound)
    _NOW.set(made)
    return made


def now() -> Attachments:
    """Return what the document being rendered has gathered."""
    return _NOW.get()


def id_of(url: str) -> str:
    """Return an id that stands for an address, to be written as `r:id`; it needs no document."""
    return _URL + escape(url)


def url_of(identifier: str) -> str | None:
    """Return the address that an id of `id_of` stands for, else None."""
    return unescape(identifier.removeprefix(_URL)) if identifier.startswith(_URL) else None


def relations_of(part: str) -> str:
    """Return the name of the member that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def with_relations(content: bytes | None, added: Mapping[tuple[str, str, bool], str]) -> bytes:
    """Return a part's relationships, those gathered added to those it had."""
    root = parse(content or _EMPTY)
    for (kind, target, outside), identifier in added.items():
        made = etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship")
        made.set("Id", identifier)
        made.set("Type", kind)
        made.set("Target", target)
        if outside:
            made.set("TargetMode", "External")
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def with_types(content: bytes, added: Mapping[str, str]) -> bytes:
    """Return the package's content types, those of added file extensions included."""
    root = parse(content)
    known = {str(each.get("Extension", "")).lower() for each in root.iter("{*}Default")}
    for name in sorted(each for each in added if each.startswith("/")):
        one = etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override")
        one.set("PartName", name)
        one.set("ContentType", added[name])
    for extension in sorted(each for each in set(added) - known if not each.startswith("/")):
        made = etree.Element(f"{{{_PACKAGE}/content-types}}Default")
        made.set("Extension", extension)
        made.set("ContentType", added[extension])
        root.insert(0, made)
    return etree.tostring(root, encoding="UTF-8", standalone=True)
