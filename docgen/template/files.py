"""The pictures and embedded files of a template, found by name, so that others can be put in their place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from docgen.template.attach import relations_of
from docgen.template.ooxml import Element, parse

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_FOLDERS: Final = ("word/media/", "word/embeddings/")
_NAMES: Final = ("name", "title", "descr")


def named(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return members: pictures by file name, title and description, these and embedded files by their own names."""
    found = {posixpath.basename(member): member for member in contents if member.startswith(_FOLDERS)}
    for part in sorted(contents):
        if part.startswith("word/") and part.endswith(".xml") and relations_of(part) in contents:
            targets = _targets(part, contents)
            found.update(_pictures(parse(contents[part]), targets))
    return {name: member for name, member in found.items() if member in contents}


def _targets(part: str, contents: Mapping[str, bytes]) -> dict[str, str]:
    folder = posixpath.dirname(part)
    return {
        str(each.get("Id")): posixpath.normpath(posixpath.join(folder, str(each.get("Target")))).lstrip("/")
        for each in parse(contents[relations_of(part)])
        if each.get("TargetMode") != "External"
    }


def _pictures(root: Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for picture in root.iter(f"{_PIC}pic"):
        blip, about = picture.find(f".//{_A}blip"), picture.find(f".//{_PIC}cNvPr")
        member = targets.get(str(blip.get(_EMBED))) if blip is not None else None
        if member and about is not None:
            yield from ((str(about.get(key)), member) for key in _NAMES if about.get(key))
