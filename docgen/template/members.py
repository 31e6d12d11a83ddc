"""The template's package around the parts that are rendered: laid out once, and once more for each way it grows."""

from __future__ import annotations

import posixpath
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.changing import Change, Changing
from docgen.opc.reading import CONTENT_TYPES, opened, read
from docgen.opc.writing import Member, Package, deflated, static_members
from docgen.template.attach import Attachments, relations_of, with_relations, with_types
from docgen.template.ooxml import Element, parse

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_FOLDERS: Final = ("word/media/", "word/embeddings/")
_NAMES: Final = ("name", "title", "descr")
_NOT_LARGE: Final = 65536  # bytes of a member that is kept packed
_LAYOUTS: Final = 8  # layouts kept besides the usual one


@dataclass(frozen=True, slots=True)
class _Layout:
    """A package that lacks some members, and what those were."""

    package: Package
    lacking: Mapping[str, bytes]


class Members:
    """Puts rendered parts into the package of a template.

    `data` are its bytes, `contents` its members, `rendered` the names of those that rendering makes, `amended`
    those that are other than in the template in every document.
    """

    __slots__ = (
        "_contents",
        "_data",
        "_layouts",
        "_lock",
        "_name",
        "_names",
        "_rendered",
        "_replaceable",
        "_usual",
        "amended",
    )

    def __init__(
        self,
        data: bytes,
        contents: Mapping[str, bytes],
        rendered: Iterable[str],
        amended: Mapping[str, bytes],
        name: str,
    ) -> None:
        self._data, self._name, self.amended = data, name, amended
        self._names, self._rendered = frozenset(contents), frozenset(rendered)
        self._usual = self._around(contents, {})
        self._layouts: OrderedDict[tuple[object, ...], _Layout] = OrderedDict()
        self._replaceable: Mapping[str, str] | None = None
        self._contents: dict[str, bytes] = {}
        self._lock = Lock()

    def document(
        self, changed: Mapping[str, bytes], gathered: Attachments, files: Mapping[str, bytes]
    ) -> bytes:
        """Return the .docx of rendered parts, of what values have brought along, and of other files."""
        if not gathered.relations and not files:
            return self._usual.with_changed(changed)
        relations = {relations_of(part): added for part, added in gathered.relations.items()}
        added = {**gathered.members, **files}
        layout = self._layout(frozenset({*relations, *added}) & self._names, gathered.types)
        grown = {name: with_relations(layout.lacking.get(name), more) for name, more in relations.items()}
        packed = [_packed(name, content) for name, content in files.items()]
        return layout.package.with_changed({**changed, **grown, **gathered.members}, packed)

    def finished(
        self, rendered: Mapping[str, bytes], finish: Change
    ) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """Return the rendered parts as a change leaves them, and other parts that it has changed."""
        parts = Changing(self.content, rendered)
        finish(parts)
        others = parts.changed.keys() - self._rendered
        if not others:
            return parts.changed, {}
        return {name: parts[name] for name in rendered}, {name: parts[name] for name in others}

    def of_type(self, kind: str) -> str | None:
        """Return the first member of a content type; None for none."""
        with opened(self._data, self._name) as parts:
            return next((name for name, each in parts.types().items() if each == kind), None)

    def content(self, name: str) -> bytes:
        """Return a member that is not rendered; the last ones asked for are kept."""
        with self._lock:
            if name not in self._contents:
                self._contents[name] = self.amended.get(name) or read(self._data, self._name)[name]
            return self._contents[name]

    def replaceable(self) -> Mapping[str, str]:
        """Return what may be replaced: a picture by file name, title or description, an embedded file by its name."""
        with self._lock:
            if self._replaceable is None:
                self._replaceable = _named(read(self._data, self._name))
            return self._replaceable

    def _layout(self, lacking: frozenset[str], types: Mapping[str, str]) -> _Layout:
        key = (lacking, frozenset(types.items()))
        with self._lock:
            if key not in self._layouts:
                self._layouts[key] = self._laid_out(lacking, types)
                if len(self._layouts) > _LAYOUTS:
                    self._layouts.popitem(last=False)
            self._layouts.move_to_end(key)
            return self._layouts[key]

    def _laid_out(self, lacking: frozenset[str], types: Mapping[str, str]) -> _Layout:
        contents = read(self._data, self._name)
        declared = {CONTENT_TYPES: with_types(contents[CONTENT_TYPES], types)}
        package = self._around(contents, declared, lacking)
        return _Layout(package, {name: self.amended.get(name) or contents[name] for name in lacking})

    def _around(
        self,
        contents: Mapping[str, bytes],
        declared: Mapping[str, bytes],
        lacking: frozenset[str] = frozenset(),
    ) -> Package:
        """Lay out what is neither rendered nor lacking."""
        others = {name: content for name, content in self.amended.items() if name not in lacking}
        amended = {**others, **declared}
        kept = static_members(self._data, contents, {*self._rendered, *lacking, *amended})
        return Package([*kept, *(deflated(name, content) for name, content in amended.items())])


def _packed(name: str, content: bytes) -> Member:
    """Return a member that is no rendered part; what is not large is often that of the document before."""
    return _packed_before(name, content) if len(content) <= _NOT_LARGE else deflated(name, content)


_packed_before = lru_cache(maxsize=8)(deflated)


def _named(contents: Mapping[str, bytes]) -> dict[str, str]:
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
