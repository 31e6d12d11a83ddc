"""Compile once, render many: a .docx with docxtpl's tags becomes a program that writes documents.

    template = compile(path.read_bytes(), "告知函.docx")
    document = template.render({"项目": {"项目名称": "…"}})

Tags are docxtpl's. What differs: values are always escaped; an unknown field and a missing value are faults with
their place; nothing is lost silently; the same input gives the same bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from docgen.errors import DocgenError, Problems
from docgen.opc.changing import Change
from docgen.opc.faults import NoDocument, StrictFormat
from docgen.opc.guard import is_xml
from docgen.opc.parsing import Element, parse
from docgen.opc.reading import opened, read
from docgen.template import attach, fields, repeated
from docgen.template.attach import Again, Attachments
from docgen.template.borrowed import BoundToDocxtpl
from docgen.template.faults import CannotFallBack, UnknownFile, WrongKind
from docgen.template.fields import Spec, Tree, closest
from docgen.template.members import Members
from docgen.template.ooxml import WML, w
from docgen.template.part import Part, compile_part
from docgen.template.rendering import Rendering
from docgen.template.sandbox import Sandbox, with_filters
from docgen.template.totals import updating

__all__ = ["Spec", "Template", "compile"]

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_WORD: Final = f"{_OFFICE}wordprocessingml."
_MAIN: Final = f"{_WORD}document.main+xml"
TITLES: Final[Mapping[str, str]] = {  # of the parts that may hold tags, by content type
    _MAIN: "正文",
    f"{_WORD}header+xml": "页眉",
    f"{_WORD}footer+xml": "页脚",
    f"{_WORD}footnotes+xml": "脚注",
    f"{_WORD}endnotes+xml": "尾注",
    f"{_WORD}comments+xml": "批注",
    f"{_OFFICE}drawingml.chart+xml": "图表",
    f"{_OFFICE}drawingml.diagramData+xml": "图示",
    "application/vnd.ms-office.drawingml.diagramDrawing+xml": "图示",
    "application/vnd.openxmlformats-package.core-properties+xml": "文档属性",
    f"{_OFFICE}extended-properties+xml": "文档属性",
    f"{_OFFICE}custom-properties+xml": "文档属性",
}
_SETTINGS: Final = f"{_WORD}settings+xml"
_STYLES: Final = "word/styles.xml"
_NUMBERING: Final = f"{_WORD}numbering+xml"
_COMMENTS: Final = f"{_WORD}comments+xml"
_ADDED_TO: Final = frozenset({"脚注", "尾注", "批注"})  # parts that a sub-document may add to
_CACHED: Final = 64  # templates kept
Filters: TypeAlias = Mapping[str, Callable[..., Any]]
_NO_FILTERS: Final[Filters] = MappingProxyType({})
_NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})


class Template:
    """A compiled template. Immutable; may be shared between threads; pickles as its bytes, name and filters."""

    __slots__ = ("_data", "_filters", "_members", "_parts", "digest", "name")

    _data: bytes
    _filters: Filters
    _members: Members
    _parts: tuple[Part, ...]
    digest: str
    """SHA-256 of the template's bytes, in hexadecimal."""
    name: str
    """The name that faults give."""

    def __init__(
        self, data: bytes, name: str, filters: Filters, members: Members, parts: tuple[Part, ...]
    ) -> None:
        for attribute, value in (
            ("_data", data), ("name", name), ("_filters", filters), ("_members", members), ("_parts", parts),
            ("digest", sha256(data).hexdigest()),
        ):  # fmt: skip
            object.__setattr__(self, attribute, value)

    @property
    def data(self) -> bytes:
        """Return the template's bytes."""
        return self._data

    @property
    def filters(self) -> Filters:
        """Return the filters of the caller's own, by name."""
        return self._filters

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"Template is immutable: {attribute}")

    def __repr__(self) -> str:
        return f"Template({self.name!r}, {self.digest[:12]})"

    def __reduce__(self) -> tuple[Any, ...]:
        return compile, (self._data, self.name, dict(self._filters))

    def render(
        self,
        context: Mapping[str, object],
        bound_to: Any = None,
        *,
        files: Mapping[str, bytes] = _NO_FILES,
        finish: Change | None = None,
    ) -> bytes:
        """Return the .docx for a context of nested mappings, lists, strings and numbers.

        Values with `__html__` are inserted as the OOXML it returns; docxtpl's RichText, Listing and InlineImage as
        docxtpl does. `bound_to` is the DocxTemplate, opened from the same file, whose `new_subdoc` and
        `build_url_id` have made values; it may be left out when a sub-document comes before such links. `files`
        are put in the place of the template's pictures and embedded files, each under the name (of a picture also the
        title or description) of the one that goes. `finish` changes the rendered parts before they are packed.

        Raises:
            TagFault: if a field is unknown, missing or unfit; one of the classes of `faults`, with the place.
            Problems: with the faults of all gaps that would be printed, in order.
            UnknownFile: if the template has no picture or embedded file of that name.
            CannotFallBack: if a value's DocxTemplate does not belong to this template.
        """
        if bound_to is not None:
            return self._rendered_bound(context, bound_to, files, finish)
        try:
            return self._rendered(context, attach.begin(self.digest, None), files, finish)
        except BoundToDocxtpl as bound:
            return self._rendered_bound(context, bound.template, files, finish)

    def build_url_id(self, url: str) -> str:
        """Return the id for a link in a docxtpl RichText: `RichText("…", url_id=template.build_url_id(url))`."""
        return attach.id_of(url)

    def _rendered(
        self,
        context: Mapping[str, object],
        gathered: Attachments,
        files: Mapping[str, bytes],
        finish: Change | None,
    ) -> bytes:
        with Rendering():
            changed: Mapping[str, bytes] = {part.name: part.render(context, gathered) for part in self._parts}
        others = {self._member(name): blob for name, blob in files.items()} if files else files
        if finish:
            changed, more = self._members.finished(changed, finish)
            others = {**others, **more} if more else others
        for name, content in self._again(changed, gathered.again).items():
            changed, others = (
                ({**changed, name: content}, others)
                if name in changed
                else (changed, {**others, name: content})
            )
        return self._members.document(changed, gathered, others)

    def _again(self, changed: Mapping[str, bytes], again: Again) -> Mapping[str, bytes]:
        """Return the numberings and comments with what loops have repeated."""
        made: dict[str, bytes] = {}
        if again.lists and (name := self._members.of_type(_NUMBERING)):
            made[name] = repeated.with_lists(self._members.content(name), again.lists)
        if again.comments and (name := self._members.of_type(_COMMENTS)):
            content = changed.get(name) or self._members.content(name)
            made[name] = repeated.with_comments(content, again.comments)
        return made

    def _rendered_bound(
        self,
        context: Mapping[str, object],
        bound_to: Any,
        files: Mapping[str, bytes],
        finish: Change | None,
    ) -> bytes:
        """Render with the package of a DocxTemplate as the template."""
        from docgen.template.borrowed import package_of

        template = self._within(package_of(bound_to, _file(self.name), self._data))
        try:
            return template._rendered(context, attach.begin(self.digest, bound_to), files, finish)  # noqa: SLF001  of the same class
        except BoundToDocxtpl as other:
            raise CannotFallBack(_file(self.name), "子文档属于不同的 DocxTemplate") from other

    def _within(self, data: bytes) -> Template:
        """Return this template in another package, made of its own by adding members and notes."""
        if any(part.title in _ADDED_TO for part in self._parts):
            return _compiled(data, self.name, self._filters)
        contents = read(data, _file(self.name))
        amended = {name: _amended(name, contents[name]) for name in self._members.amended}
        members = Members(data, contents, [part.name for part in self._parts], amended, _file(self.name))
        return Template(data, self.name, self._filters, members, self._parts)

    def _member(self, name: str) -> str:
        known = self._members.replaceable()
        if name not in known:
            raise UnknownFile(self.name, name, closest(name, known))
        return known[name]

    def fields(self) -> tuple[str, ...]:
        """Return the dotted paths of the fields used, sorted; an item of a list as `单位[].名称`."""
        return fields.names_of(use for part in self._parts for use in part.code.uses)

    def shown(self) -> Tree:
        """Return what is used of a context as a tree, so that no more need be computed.

        For instance `{"项目": {"": False, "项目名称": {"": True}}, "各项": {"": False, "[]": {…}}}`: at "" stands
        whether the value itself is printed, compared or asked for, at `[]` what is used of its items; "*": True
        stands where any field may be used.
        """
        return fields.tree_of(use for part in self._parts for use in part.code.uses)

    def check(self, spec: Mapping[str, Spec]) -> tuple[DocgenError, ...]:
        """Return a fault for every use of a field that is not in `spec`, without rendering.

        In a spec None stands for a scalar, a mapping for a group of fields, a list of one spec for a list.
        """
        return tuple(fault for part in self._parts for fault in fields.faults_in(part.code.uses, spec))


def compile(data: bytes, name: str, filters: Filters = _NO_FILTERS) -> Template:  # noqa: A001  as `re.compile`
    """Return the template of a .docx; `name` is what faults call it. The last 64 are kept, by digest and name.

    `filters` are Jinja filters of one's own, by name. They get values as they are; what they return is escaped.

    Raises:
        FileFault: if the file is not a sound .docx.
        Problems: if tags are wrong; holds every fault that can be found without data.
    """
    key = (sha256(data).digest(), name, frozenset((each, id(function)) for each, function in filters.items()))
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            return _KNOWN[key]
    made = _compiled(bytes(data), name, MappingProxyType(dict(filters)))
    with _LOCK:
        _KNOWN[key] = made
        if len(_KNOWN) > _CACHED:
            _KNOWN.popitem(last=False)
    return made


_KNOWN: Final[OrderedDict[tuple[object, ...], Template]] = OrderedDict()
_LOCK: Final = Lock()


def _file(name: str) -> str:
    return f"模板 {name}"


def _compiled(data: bytes, name: str, filters: Filters) -> Template:
    file = _file(name)
    with opened(data, file) as package:
        contents, types = package.contents(), package.types()
    kinds = _kinds(types, contents, file)
    for member, content in contents.items():
        if is_xml(member) and member not in kinds:
            parse(content, file, member)
    parts = _parts(contents, kinds, name, with_filters(filters))
    stale = [
        member
        for member, kind in types.items()
        if kind == _SETTINGS and member in contents and any(part.stale for part in parts)
    ]
    linked = repeated.tagged_relations([part.name for part in parts], contents)
    amended = {member: _amended(member, contents[member]) for member in (*stale, *linked)}
    members = Members(data, contents, [part.name for part in parts], amended, file)
    return Template(data, name, filters, members, parts)


def _parts(
    contents: Mapping[str, bytes], kinds: Mapping[str, str], name: str, environment: Sandbox
) -> tuple[Part, ...]:
    """Compile the parts that have tags.

    Raises:
        Problems: with the faults of all of them.
    """
    made: list[Part] = []
    faults: list[DocgenError] = []
    styles = contents.get(_STYLES)
    for member in sorted(kinds, key=lambda each: (list(TITLES).index(kinds[each]), each)):
        root = parse(contents[member], _file(name), member, blanks=False, remarks=True)
        _refuse_strict(root, kinds[member], _file(name))
        repeated.tag_links(root, contents.get(attach.relations_of(member)))
        repeated.number_directly(root, styles)
        part, wrong = compile_part(member, root, name, TITLES[kinds[member]], environment)
        faults += wrong
        made += [part] if part else []
    Problems.raise_any(faults)
    return tuple(made)


def _kinds(declared: Mapping[str, str], contents: Mapping[str, bytes], file: str) -> dict[str, str]:
    """Return the content types, by member, of the parts that may hold tags.

    Raises:
        NoDocument, WrongKind: if the main part is missing or not a document's.
    """
    if f"{_WORD}template.main+xml" in declared.values():
        raise WrongKind(file)
    kinds = {member: kind for member, kind in declared.items() if kind in TITLES and member in contents}
    if _MAIN not in kinds.values():
        raise NoDocument(file)
    return kinds


def _amended(member: str, content: bytes) -> bytes:
    """Return a member as every document has it: the settings that update fields, relationships without tags."""
    return repeated.without_tagged(content) if member.endswith(".rels") else updating(content)


def _refuse_strict(root: Element, kind: str, file: str) -> None:
    if kind == _MAIN and root.tag != w("document"):
        raise StrictFormat(file)
    if kind.startswith(_WORD) and root.nsmap.get("w") != WML:
        raise StrictFormat(file)
