"""Which text on the pages is which part of an official document (GB/T 33476.1-2016; GB/T 33190-2016, 16)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from docgen.dataclass import dataclass
from docgen.ofd.writing import below, element, xml

ROOT: Final = "公文"


class Part(NamedTuple):
    """A part of a document: the section it stands in (版头, 主体, 版记), its name, and its words."""

    section: str
    name: str
    words: str


@dataclass(frozen=True)
class Tagged:
    """A part, and the text objects it stands in: the number of the page and that of the object."""

    part: Part
    objects: tuple[tuple[int, int], ...]


Texts = Sequence[tuple[int, Sequence[tuple[int, str]]]]
"""The text objects of each page: the page's number, and of each object the number and the words."""


def tagged(parts: Sequence[Part], texts: Texts) -> list[Tagged]:
    """Find the parts on the pages, each behind the one before; a part not found there is left out.

    Blanks do not count, and forms of the same character are the same: what a line was broken into does not matter.
    """
    owners: list[tuple[int, int]] = []
    said: list[str] = []
    for page, objects in texts:
        for own, words in objects:
            plain = _plain(words)
            owners += [(page, own)] * len(plain)
            said.append(plain)
    whole = "".join(said)
    found, start = [], 0
    for part in parts:
        sought = _plain(part.words)
        place = whole.find(sought, start) if sought else -1
        if place < 0:
            place = whole.find(sought) if sought else -1
        if place < 0:
            continue
        start = place + len(sought)
        found.append(Tagged(part, tuple(dict.fromkeys(owners[place:start]))))
    return found


def _plain(words: str) -> str:
    return "".join(_inked(words))


def _inked(words: str) -> Iterator[str]:
    for each in words:
        for char in unicodedata.normalize("NFKC", each):
            if unicodedata.category(char)[0] not in {"Z", "C"}:
                yield char


def tag_file(marks: Sequence[Tagged]) -> bytes:
    """Return the part that names the text objects of each part of the document."""
    root = element(ROOT)
    for section in dict.fromkeys(each.part.section for each in marks):
        head = below(root, section)
        for mark in (each for each in marks if each.part.section == section):
            made = below(head, mark.part.name)
            for page, own in mark.objects:
                below(made, "ObjectRef", str(own), PageRef=str(page))
    return xml(root)
