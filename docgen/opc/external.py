"""What a package would fetch from outside itself when it is shown: found, and taken out of a copy.

Pictures that are only linked, linked objects, attached templates, subdocuments and the sources of sheets are external
relations (ISO/IEC 29500-2, clause 8.3): whoever opens the file fetches them, from the network or from the disk. A
hyperlink is fetched only when somebody clicks on it; one that an element other than a hyperlink refers to is none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.opc.parsing import Element, parse

_RELATIONSHIP: Final = "{*}Relationship"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_LINKS: Final = frozenset(("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"))
"""The elements whose relations nobody follows unasked."""
_HYPERLINK: Final = "/hyperlink"
_CHUNK: Final = "aFChunk"
"""A whole document in another format within the package, which may refer to anything in turn."""
_KINDS: Final = {
    "image": "图片",
    "oleObject": "链接的对象",
    "attachedTemplate": "附加的模板",
    "subDocument": "子文档",
    "externalLinkPath": "链接的工作簿",
    "xlPathMissing": "链接的工作簿",
    _CHUNK: "插入的其他文件",
    "video": "视频",
    "audio": "音频",
    "frame": "框架",
    "mailMergeSource": "邮件合并的数据源",
}
_OTHER: Final = "链接的内容"
_SVG_START: Final = 4096
_SVG_LINK: Final = re.compile(rb"""(href\s*=\s*)(?:"(?!#|data:)([^"]*)"|'(?!#|data:)([^']*)')""")
_LONGEST: Final = 80


@dataclass(frozen=True, order=True)
class External:
    """Something that a package refers to outside itself: what it is, in Chinese, and where it would be fetched."""

    kind: str
    target: str

    def __str__(self) -> str:
        """Return it as messages name it, on one line."""
        shown = "".join(each if each.isprintable() else "?" for each in self.target)
        return f"{self.kind} {shown[:_LONGEST]}{'…' if len(shown) > _LONGEST else ''}"


def externals(content: Callable[[str], bytes], names: list[str], path: str) -> tuple[External, ...]:
    """Return what a package would fetch from outside.

    Args:
        content: gives a part by its name.
        names: of all parts.
        path: what messages call the file.

    Raises:
        FileFault: a part cannot be read.
    """
    found: set[External] = set()
    for name in names:
        if _is_relations(name):
            root = parse(content(name), path, name)
            found.update(_external(each) for each in _outward(root, name, content, names, path))
    return tuple(sorted(found))


def hyperlinks(
    content: Callable[[str], bytes], names: Collection[str], part: str, path: str
) -> tuple[str, ...]:
    """Return where the hyperlinks of a part lead outside the package, each once.

    Args:
        content: gives a part by its name.
        names: of all parts.
        part: whose hyperlinks are asked for.
        path: what messages call the file.

    Raises:
        FileFault: the relations of the part cannot be read.
    """
    folder, file = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{file}.rels")
    if place not in names or _HYPERLINK.encode() not in content(place):
        return ()
    found = (
        each for each in parse(content(place), path, place) if (each.get("Type") or "").endswith(_HYPERLINK)
    )
    return tuple(
        dict.fromkeys(each.get("Target") or "" for each in found if each.get("TargetMode") == "External")
    )


def without_externals(
    contents: Mapping[str, bytes], path: str
) -> tuple[dict[str, bytes], tuple[External, ...]]:
    """Return the parts of a package without what would be fetched from outside, and what that was.

    Raises:
        FileFault: the relations of a part cannot be read.
    """
    kept = dict(contents)
    found: set[External] = set()
    for name, data in contents.items():
        if _is_relations(name):
            root = parse(data, path, name)
            outward = list(_outward(root, name, contents.__getitem__, list(contents), path))
            if outward:
                found.update(map(_external, outward))
                kept[name] = _without(root, outward)
        elif b"<svg" in data[:_SVG_START]:
            links = [each for pair in _SVG_LINK.findall(data) for each in pair[1:] if each]
            if links:
                found.update(External(_KINDS["image"], each.decode("utf-8", "replace")) for each in links)
                kept[name] = _SVG_LINK.sub(rb'\1"#"', data)
    return kept, tuple(sorted(found))


def _is_relations(name: str) -> bool:
    return name.lower().endswith(".rels")


def _outward(
    root: Element, name: str, content: Callable[[str], bytes], names: list[str], path: str
) -> Iterator[Element]:
    """Yield the relations among those of a part that lead outside without being asked."""
    linked: frozenset[str] | None = None
    for each in root.iter(_RELATIONSHIP):
        kind = _kind(each)
        outside = each.get("TargetMode") == "External" or bool(_SCHEME.match(each.get("Target") or ""))
        if kind == "hyperlink" and outside:
            if linked is None:
                linked = _used_otherwise(name, content, names, path)
            outside = each.get("Id") in linked
        if outside or kind == _CHUNK:
            yield each


def _used_otherwise(
    name: str, content: Callable[[str], bytes], names: list[str], path: str
) -> frozenset[str]:
    """Return the values of all attributes in the part of some relations that are not those of hyperlinks."""
    folder, file = posixpath.split(name)
    part = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
    if part not in names:
        return frozenset()
    elements = parse(content(part), path, part).iter("{*}*")
    others = (each for each in elements if etree.QName(each).localname not in _LINKS)
    return frozenset(str(value) for each in others for value in each.attrib.values())


def _kind(relation: Element) -> str:
    return (relation.get("Type") or "").rpartition("/")[2]


def _external(relation: Element) -> External:
    return External(_KINDS.get(_kind(relation), _OTHER), relation.get("Target") or "")


def _without(root: Element, relations: list[Element]) -> bytes:
    for each in relations:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
