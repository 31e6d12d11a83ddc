"""A part's XML with the place of each element in its bytes, so that a change leaves all other bytes as they lie.

lxml would write the whole part anew: other quotes, other spaces, empty elements in another form. Of a part of thousands
of elements a few paragraphs matter. So its paragraphs and tables are found by their tags, and what stands in one of
them is read when somebody looks into it. Tags can be found so because no `<` of well-formed XML is anything else, but
in comments, CDATA, processing instructions and document types: a part that has one is read whole, and so is one in
another encoding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from operator import attrgetter
from typing import Final
from xml.parsers import expat

from docgen.dataclass import dataclass
from docgen.opc.parsing import holds_pair

_START_TAG: Final = re.compile(rb"<([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
"""A start tag; group 1 is the name, group 2 the slash of an element that is closed at once."""
_PLAIN: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s+version=[\"']1\.0[\"'](?:\s+encoding=[\"'](?i:utf-8)[\"'])?"
    rb"(?:\s+standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*<([^\s/>!?]+)"
)
"""How a part in UTF-8 begins; group 1 is the name of its root."""
_SPREAD: Final = frozenset(("w:document", "w:body", "w:hdr", "w:ftr"))
"""Elements that are not read whole: what stands in them is found by its tags."""


class NotUtf8(Exception):
    """The part is in another encoding than UTF-8, which no word processor writes."""


_start: Final[Callable[[Located], int]] = attrgetter("start")


class Located:
    """An element: name with its prefix, attributes, text, kin, and where its tags stand in the part's bytes.

    It is made knowing its name and tags alone; the rest is read when it is asked for.
    """

    __slots__ = (
        "_attributes",
        "_children",
        "_close",
        "_end",
        "_source",
        "_tag_end",
        "_text",
        "name",
        "parent",
        "start",
    )

    def __init__(self, name: str, parent: Located | None, start: int, source: bytes) -> None:
        self.name = name
        self.parent = parent
        self.start = start
        self._attributes: Mapping[str, str] | None = None
        self._children: list[Located] = []
        self._text = ""
        self._source = source
        self._tag_end = self._close = self._end = 0

    @property
    def attributes(self) -> Mapping[str, str]:
        """Return its attributes by name with the prefix."""
        if self._attributes is None:
            self._read()
        return self._attributes or {}

    @property
    def children(self) -> list[Located]:
        """Return the elements directly in it."""
        if self._attributes is None:
            self._read()
        return self._children

    @property
    def text(self) -> str:
        """Return the text directly in it; none of what holds paragraphs only."""
        if self._attributes is None:
            self._read()
        return self._text

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
        if not self._end:
            self._end = self.inner if self.is_closed else self._source.index(b">", self._close) + 1
        return self._end

    @property
    def is_closed(self) -> bool:
        """Whether its start tag is all of it: `<w:t/>`."""
        return self._source[self.inner - 2 : self.inner] == b"/>"

    @property
    def source(self) -> bytes:
        """Return the element's bytes."""
        return self._source[self.start : self.end]

    def take(self, attributes: Mapping[str, str]) -> None:
        """Take its attributes as the start tag gives them, by qualified name."""
        self._attributes = attributes

    def add(self, name: str, start: int) -> Located:
        """Return a new element in it, behind those that are there."""
        self._children.append(Located(name, self, start, self._source))
        return self._children[-1]

    def say(self, text: str) -> None:
        """Take a piece of its text."""
        self._text += text

    def close_at(self, place: int) -> None:
        """Take where the end tag begins, unless it is known."""
        self._close = self._close or place

    def close(self) -> None:
        """Find where its end tag begins: the first that is not that of an element of the same name within it."""
        name = self.name.encode()
        if self.name in _SPREAD and self._source.count(b"<" + name) == 1 and not self.is_closed:
            self._close = self._source.rindex(b"</" + name)  # there is but one
            return
        depth = 0 if self.is_closed else 1
        tags = _tags(self.name).finditer(self._source, self.inner)
        while depth:
            found = next(tags)
            self._close = found.start()
            if found[1]:
                depth -= 1
            elif not Located(self.name, self, self._close, self._source).is_closed:
                depth += 1

    def _read(self) -> None:
        """Read what is not known yet: attributes, and all that stands in it or, of a spread one, its direct kin."""
        if self.name not in _SPREAD:
            _Reader(self._source, self).read(self.source)
            return
        _Reader(self._source, self).read(self._source[self.start : self.inner].rstrip(b"/>") + b"/>")
        at = self.inner
        while not self.is_closed and (found := _START_TAG.search(self._source, at, self._close)):
            at = self.add(_decoded(found[1]), found.start()).stand(found.end(), closed=bool(found[2]))

    def stand(self, inner: int, *, closed: bool) -> int:
        """Take where its start tag ends and whether that is all of it; find and return where it ends."""
        self._tag_end = self._end = inner
        if not closed and self.name in _SPREAD:
            self.close()
            self._end = self._source.index(b">", self._close) + 1
        elif not closed:
            first = _tags(self.name).search(self._source, inner)
            if first is not None and first[1]:  # none of its name stands within it
                self._close = first.start()
            else:
                self.close()
            self._end = self._source.index(b">", self._close) + 1
        return self._end

    def find(self, name: str) -> Located | None:
        """Return the first child of a name."""
        for each in self.children:
            if each.name == name:
                return each
        return None

    def iter(self, name: str) -> Iterator[Located]:
        """Yield the elements of a name within it, in the document's order; what holds none of them is not read."""
        tag, end = f"<{name}".encode(), self.end
        at = self._source.find(tag, self.start + 1, end)
        while at >= 0:
            place = bisect_right(self.children, at, key=_start) - 1
            child = self.children[place] if place >= 0 else None
            if child is None or child.end <= at:  # it stands in a comment
                at = self._source.find(tag, at + 1, end)
                continue
            if child.name == name:
                yield child
            yield from child.iter(name)
            at = self._source.find(tag, child.end, end)

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
    """Return the root of a part that is well formed.

    Raises:
        NotUtf8: if it is in another encoding.
        expat.ExpatError: if it has a DOCTYPE.
    """
    if source[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotUtf8
    start = _PLAIN.match(source)
    if start is None or holds_pair(source, b"<!") or holds_pair(source, b"<?", start.end()):
        return _Reader(source).read(source)
    root = Located(start[1].decode(), None, start.start(1) - 1, source)
    root.close()
    return root


def edited(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes with the changes made; changes do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [source[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, source[at:]])


@lru_cache(maxsize=64)
def _decoded(name: bytes) -> str:
    """Return a name as text; there are a handful, and thousands of elements."""
    return name.decode()


@cache
def _tags(name: str) -> re.Pattern[bytes]:
    """Return what finds the start and end tags of a name; group 1 is the slash of an end tag."""
    return re.compile(rb"<(/?)" + re.escape(name.encode()) + rb"(?=[\s/>])")


class _Reader:
    """Reads an element with all that stands in it.

    Args:
        source: the part.
        element: where in it; None for the whole.
    """

    def __init__(self, source: bytes, element: Located | None = None) -> None:
        self._source, self._element = source, element
        self._base = element.start if element else 0
        self._open: list[Located] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._say

    def read(self, source: bytes) -> Located:
        """Read the element's bytes and return it."""
        self._parser.Parse(source, True)
        assert self._element is not None  # noqa: S101  # expat wants a root
        return self._element

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            raise NotUtf8

    def _refuse(self, *_: object) -> None:
        raise expat.ExpatError("DOCTYPE")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        start = self._base + self._parser.CurrentByteIndex
        if self._open:
            element = self._open[-1].add(name, start)
        else:
            element = self._element = self._element or Located(name, None, start, self._source)
        element.take(attributes)
        self._open.append(element)

    def _finish(self, _name: str) -> None:
        self._open.pop().close_at(self._base + self._parser.CurrentByteIndex)

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].say(text)
