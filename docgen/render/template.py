"""Compile once, render many: a .docx with docxtpl's tags becomes a program that writes documents.

    template = compile(path.read_bytes(), "告知函.docx")
    document = template.render({"项目": {"项目名称": "…"}})

Tags are docxtpl's. What differs: values are always escaped; an unknown field and a missing value are faults with
their place; nothing is lost silently; the same input gives the same bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from lxml import etree

from docgen.errors import DocgenError, Problems
from docgen.render import fields
from docgen.render.faults import HasDoctype, HasMacros, MalformedPart, NoDocument, StrictFormat, WrongKind
from docgen.render.fields import Spec
from docgen.render.ooxml import WML, Element, Unsafe, parse, w
from docgen.render.package import CONTENT_TYPES, Package, read, static_members
from docgen.render.part import Part, compile_part
from docgen.render.printers import BoundToDocxtpl

__all__ = ["Spec", "Template", "compile"]

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN: Final = f"{_WORD}document.main+xml"
_TITLES: Final[Mapping[str, str]] = {
    _MAIN: "正文",
    f"{_WORD}header+xml": "页眉",
    f"{_WORD}footer+xml": "页脚",
    f"{_WORD}footnotes+xml": "脚注",
    f"{_WORD}endnotes+xml": "尾注",
    "application/vnd.openxmlformats-package.core-properties+xml": "文档属性",
}
_CACHED: Final = 64  # templates kept


class Template:
    """A compiled template. Immutable; may be shared between threads; pickles as its bytes and name."""

    __slots__ = ("_data", "_package", "_parts", "digest", "name")

    _data: bytes
    _package: Package
    _parts: tuple[Part, ...]
    digest: str
    """SHA-256 of the template's bytes, in hexadecimal."""
    name: str
    """The name that faults give."""

    def __init__(self, data: bytes, name: str, package: Package, parts: tuple[Part, ...]) -> None:
        for attribute, value in (
            ("_data", data), ("name", name), ("_package", package), ("_parts", parts),
            ("digest", sha256(data).hexdigest()),
        ):  # fmt: skip
            object.__setattr__(self, attribute, value)

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"Template is immutable: {attribute}")

    def __repr__(self) -> str:
        return f"Template({self.name!r}, {self.digest[:12]})"

    def __reduce__(self) -> tuple[Any, ...]:
        return compile, (self._data, self.name)

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the .docx for a context of nested mappings, lists, strings and numbers.

        Values with `__html__` are inserted as the OOXML it returns. Values bound to a docxtpl DocxTemplate
        (InlineImage, Subdoc) make docxtpl render the document.

        Raises:
            TagFault: if a field is unknown, missing or unfit; one of the classes of `faults`, with the place.
            CannotFallBack: if docxtpl was needed and failed.
        """
        try:
            changed = {part.name: part.render(context) for part in self._parts}
        except BoundToDocxtpl as bound:
            from docgen.render import classic

            return classic.render(bound.template, context, self.name, self._data)
        return self._package.with_changed(changed)

    def fields(self) -> tuple[str, ...]:
        """Return the dotted paths of the fields used, sorted; an item of a list as `单位[].名称`."""
        return fields.names_of(use for part in self._parts for use in part.uses)

    def check(self, spec: Mapping[str, Spec]) -> tuple[DocgenError, ...]:
        """Return a fault for every use of a field that is not in `spec`, without rendering.

        In a spec None stands for a scalar, a mapping for a group of fields, a list of one spec for a list.
        """
        return tuple(fault for part in self._parts for fault in fields.unknown_in(part.uses, spec))


def compile(data: bytes, name: str) -> Template:  # noqa: A001  the verb of `re.compile`
    """Return the template of a .docx; `name` is what faults call it. The last 64 are kept, by digest and name.

    Raises:
        FileFault: if the file is not a sound .docx.
        Problems: if tags are wrong; holds every fault that can be found without data.
    """
    key = (sha256(data).digest(), name)
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            return _KNOWN[key]
    made = _compiled(bytes(data), name)
    with _LOCK:
        _KNOWN[key] = made
        if len(_KNOWN) > _CACHED:
            _KNOWN.popitem(last=False)
    return made


_KNOWN: Final[OrderedDict[tuple[bytes, str], Template]] = OrderedDict()
_LOCK: Final = Lock()


def _compiled(data: bytes, name: str) -> Template:
    contents = read(data, name)
    kinds = _kinds(contents, name)
    for member, content in contents.items():
        if member.endswith((".xml", ".rels")) and member not in kinds:
            _parsed(content, name, member)
    parts = _parts(contents, kinds, name)
    static = static_members(data, contents, [part.name for part in parts])
    return Template(data, name, Package(static), parts)


def _parts(contents: Mapping[str, bytes], kinds: Mapping[str, str], name: str) -> tuple[Part, ...]:
    """Compile the parts that have tags.

    Raises:
        Problems: with the faults of all of them.
    """
    made: list[Part] = []
    faults: list[DocgenError] = []
    for member in sorted(kinds, key=lambda each: (list(_TITLES).index(kinds[each]), each)):
        root = _parsed(contents[member], name, member)
        _refuse_strict(root, kinds[member], name)
        part, wrong = compile_part(member, root, name, _TITLES[kinds[member]])
        faults += wrong
        made += [part] if part else []
    Problems.raise_any(faults)
    return tuple(made)


def _kinds(contents: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return the content types, by member, of the parts that may hold tags.

    Raises:
        NoDocument, WrongKind, HasMacros: if the main part is missing or not a document's.
    """
    if CONTENT_TYPES not in contents:
        raise NoDocument(name)
    declared = _declared(_parsed(contents[CONTENT_TYPES], name, CONTENT_TYPES))
    if any("macroEnabled" in kind for kind in declared.values()):
        raise HasMacros(name)
    if f"{_WORD}template.main+xml" in declared.values():
        raise WrongKind(name)
    kinds = {member: kind for member, kind in declared.items() if kind in _TITLES and member in contents}
    if _MAIN not in kinds.values():
        raise NoDocument(name)
    return kinds


def _declared(root: Element) -> dict[str, str]:
    return {
        str(each.get("PartName", "")).lstrip("/"): str(each.get("ContentType", ""))
        for each in root.iter("{*}Override")
    }


def _parsed(content: bytes, name: str, member: str) -> Element:
    try:
        return parse(content)
    except Unsafe:
        raise HasDoctype(name, member) from None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedPart(name, member, str(error)) from None


def _refuse_strict(root: Element, kind: str, name: str) -> None:
    if kind == _MAIN and root.tag != w("document"):
        raise StrictFormat(name)
    if kind.startswith(_WORD) and root.nsmap.get("w") != WML:
        raise StrictFormat(name)
