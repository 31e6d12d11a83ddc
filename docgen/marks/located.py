"""A part's XML with the place of each element in its bytes, so that a change leaves all other bytes as they lie.

lxml would write the whole part anew: other quotes, other spaces, empty elements in another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.parsers import expat

_START_TAG: Final = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")


class NotUtf8(Exception):
    """The part is in another encoding than UTF-8, which no word processor writes."""


class Located:
    """An element: name with its prefix, attributes, text, kin, and where its tags stand in the part's bytes."""

    __slots__ = ("_close", "_source", "_tag_end", "attributes", "children", "name", "parent", "start", "text")

    def __init__(
        self, name: str, attributes: Mapping[str, str], parent: Located | None, start: int, source: bytes
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Located] = []
        self.text = ""
        self.start = start
        self._source = source
        self._tag_end = self._close = 0

    @property
    def inner(self) -> int:
        """Return where the start tag ends."""
        if not self._tag_end:
            found = _START_TAG.match(self._source, self.start)
            assert found is not None  # noqa: S101  # expat has read a tag here
            self._tag_end = found.end()
        return self._tag_end

    @property
    def end(self) -> int:
        """Return where the element ends."""
        return self.inner if self.is_closed else self._source.index(b">", self._close) + 1

    @property
    def is_closed(self) -> bool:
        """Whether its start tag is all of it: `<w:t/>`."""
        return self._source[self.inner - 2 : self.inner] == b"/>"

    @property
    def source(self) -> bytes:
        """Return the element's bytes."""
        return self._source[self.start : self.end]

    def close_at(self, place: int) -> None:
        """Take where the end tag begins."""
        self._close = place

    def find(self, name: str) -> Located | None:
        """Return the first child of a name."""
        return next((each for each in self.children if each.name == name), None)

    def iter(self, name: str) -> Iterator[Located]:
        """Yield the elements of a name within it, in the document's order."""
        waiting = self.children[::-1]
        while waiting:
            found = waiting.pop()
            if found.name == name:
                yield found
            waiting += found.children[::-1]

    def holders(self) -> Iterator[Located]:
        """Yield the elements it stands in, the innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def with_text(self, text: str) -> Edit:
        """Return the change that gives the element this text and nothing else."""
        said = escape(text, quote=False).encode()
        if not self.is_closed:
            return Edit(self.inner, self._close, said)
        head = self._source[self.start : self.inner - 2].rstrip()
        return Edit(self.start, self.inner, head + b">" + said + f"</{self.name}>".encode())


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Bytes that take the place of those from `start` to `end`."""

    start: int
    end: int
    content: bytes


def located(source: bytes) -> Located:
    """Return the root of a part.

    Raises:
        NotUtf8: if it is in another encoding.
        expat.ExpatError: if it is not well formed, or has a DOCTYPE.
    """
    return _Reader(source).root()


def edited(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes with the changes made; changes do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [source[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, source[at:]])


class _Reader:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._open: list[Located] = []
        self._root: Located | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._say

    def root(self) -> Located:
        if self._source[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise NotUtf8
        self._parser.Parse(self._source, True)
        assert self._root is not None  # noqa: S101  # expat wants a root
        return self._root

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            raise NotUtf8

    def _refuse(self, *_: object) -> None:
        raise expat.ExpatError("DOCTYPE")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        above = self._open[-1] if self._open else None
        made = Located(name, attributes, above, self._parser.CurrentByteIndex, self._source)
        if above is None:
            self._root = made
        else:
            above.children.append(made)
        self._open.append(made)

    def _finish(self, _name: str) -> None:
        self._open.pop().close_at(self._parser.CurrentByteIndex)

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
