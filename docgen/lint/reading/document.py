"""Reading a document: every paragraph with its effective formatting, in reading order, and every section's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen.lint.reading.bounds import Bounds
from docgen.lint.reading.model import Doc, Para, Section, Shape, Traces
from docgen.lint.reading.names import RELATIONS, Element, value, w
from docgen.lint.reading.numbering import Numbering
from docgen.lint.reading.pages import page_of
from docgen.lint.reading.story import Place, Shared, Story
from docgen.lint.reading.styles import MOST_SHARED, Styles, setting_is_on, styles_in, theme_faces
from docgen.opc.external import externals, hyperlinks
from docgen.opc.faults import FileFault, NoDocument, StrictFormat
from docgen.opc.reading import Parts, Relation, opened

_STRICT: Final = "http://purl.oclc.org/ooxml/"


def read(data: bytes | Path, path: str) -> Doc:
    """Read a document.

    Args:
        data: The file, or its bytes.
        path: Its name in messages.

    Raises:
        FileFault: it is no .docx that can be read within the limits.
    """
    with opened(data, path) as parts:
        return _Reader(parts, Bounds(path)).doc()


def traced(parts: Parts) -> tuple[Doc, dict[Element, Para]]:
    """Read an open document; return with it which paragraph was made of which element.

    Raises:
        FileFault: it is no .docx that can be read within the limits.
    """
    reader = _Reader(parts, Bounds(parts.path))
    doc = reader.doc()
    return doc, dict(zip(reader.elements, doc.paras, strict=True))


class _Reader:
    """Reads one file."""

    def __init__(self, parts: Parts, bounds: Bounds) -> None:
        self._parts = parts
        self._bounds = bounds
        main = parts.main()
        self._root = _of_the_usual_variant(parts.xml(main), path=parts.path)
        bounds.count(self._root)
        self.elements: list[Element] = []
        self._relations = parts.relations(main)
        self._settings = self._part("settings")
        themes = theme_faces(self._part("theme"), self._settings)
        styles = self._styles(themes)
        self._shared = Shared(styles, Numbering(self._part("numbering")), themes)

    def doc(self) -> Doc:
        """Return the document."""
        body = self._root.find(w("body"))
        elements = [] if body is None else list(body.iter(w("sectPr")))
        sections = self._sections(elements)
        story = Story(self._shared, sections)
        if body is not None:
            story.walk(body, Place())
        self.elements = story.elements
        return Doc(
            tuple(story.paras),
            tuple(sections),
            tuple(story.tables),
            tuple(story.shapes),
            Traces(tuple(story.changes), tuple(story.comments)),
            setting_is_on(self._settings, "evenAndOddHeaders"),
            tuple(map(str, externals(self._parts.content, self._parts.names(), self._parts.path))),
            hyperlinks(self._parts.content, self._parts.names(), self._parts.main(), self._parts.path),
        )

    def _part(self, kind: str) -> Element | None:
        name = self._name(kind)
        return self._parts.xml(name) if name else None

    def _styles(self, themes: Mapping[str, str]) -> Styles:
        """Return the styles; the documents of one template or one program share them."""
        part = self._name("styles")
        content = self._parts.content(part) if part else b""
        if not part or len(content) > MOST_SHARED:
            return Styles(self._parts.xml(part) if part else None, themes)
        try:
            return styles_in(content, frozenset(themes.items()))
        except FileFault:
            self._parts.xml(part)  # raises with its name
            raise

    def _name(self, kind: str) -> str:
        found = (each.target for each in self._relations.values() if each.kind == kind)
        return next((each for each in found if each in self._parts), "")

    def _sections(self, elements: Sequence[Element]) -> list[Section]:
        sections: list[Section] = []
        footers: dict[str, tuple[Para, ...]] = {}
        known: dict[str, tuple[tuple[Para, ...], tuple[Shape, ...]]] = {}
        for each in elements:
            section = page_of(each)
            drawn: list[Shape] = []
            for reference in each.iter(w("footerReference")):
                relation = self._relations.get(reference.get(f"{{{RELATIONS}}}id") or "")
                if relation and relation.target in self._parts:
                    if relation.target not in known:
                        known[relation.target] = self._footer(relation, section)
                    paras, found = known[relation.target]
                    footers[value(reference, "type") or "default"] = paras
                    drawn += found
            sections.append(replace(section, footers=dict(footers), footer_shapes=tuple(drawn)))
        return sections or [page_of(None)]

    def _footer(self, relation: Relation, section: Section) -> tuple[tuple[Para, ...], tuple[Shape, ...]]:
        story = Story(self._shared, [section])
        root = self._parts.xml(relation.target)
        self._bounds.count(root)
        story.walk(root, Place())
        return tuple(story.paras), tuple(story.shapes)


def _of_the_usual_variant(root: Element, path: str) -> Element:
    if root.tag == w("document"):
        return root
    raise StrictFormat(path) if _STRICT in str(root.tag) else NoDocument(path)
