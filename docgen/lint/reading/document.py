"""Reading a document: every paragraph with its effective formatting, in reading order, and every section's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading import properties
from docgen.lint.reading.bounds import Bounds
from docgen.lint.reading.drawings import boxes, shapes, shown
from docgen.lint.reading.inline import Content, is_changed, is_changed_table, is_commented, is_unfilled
from docgen.lint.reading.model import Border, Doc, Look, Para, Section, Shape, Span, Table, Traces
from docgen.lint.reading.names import RELATIONS, Element, is_on, local, number, value, w
from docgen.lint.reading.numbering import Numbering
from docgen.lint.reading.properties import NOTHING, Values
from docgen.lint.reading.styles import MOST_SHARED, Style, Styles, setting_is_on, styles_in, theme_faces
from docgen.opc.external import externals, hyperlinks
from docgen.opc.faults import FileFault, NoDocument, StrictFormat
from docgen.opc.reading import Parts, Relation, opened

DEEPEST: Final = 12  # tables and text boxes within each other; what stands deeper is not read
_MM_PER_TWIP: Final = 25.4 / 1440
_BLOCKS: Final = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SAME_PAGE: Final = ("continuous", "nextColumn")
_GRIDS: Final = frozenset(("lines", "linesAndChars", "snapToChars"))
_UPRIGHT_TEXT: Final = frozenset(("lrTb", "lr", "tb", "lrTbV"))
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_ROW: Final = w("tr")
_LOOKS: Final = w("pPr")
_RUN_LOOKS: Final = w("rPr")
_STYLE: Final = w("pStyle")
_SECTION: Final = w("sectPr")
_NO_STYLE: Final = Style("", "", NOTHING, NOTHING)


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


@dataclass(frozen=True)
class _Place:
    """Where paragraphs stand: the table, its style and the cell, the text box, how deep; an unfilled control."""

    table: int = 0
    box: int = 0
    style: Style = _NO_STYLE
    depth: int = 0
    cell: int = 0
    unfilled: bool = False


@dataclass
class _Shared:
    """What all stories of a document (text, footers) share."""

    styles: Styles
    numbering: Numbering
    themes: Mapping[str, str]


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
        self._shared = _Shared(styles, Numbering(self._part("numbering")), themes)

    def doc(self) -> Doc:
        """Return the document."""
        body = self._root.find(w("body"))
        elements = [] if body is None else list(body.iter(w("sectPr")))
        sections = self._sections(elements)
        story = Story(self._shared, sections)
        if body is not None:
            story.walk(body, _Place())
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
            section = _page(each)
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
        return sections or [_page(None)]

    def _footer(self, relation: Relation, section: Section) -> tuple[tuple[Para, ...], tuple[Shape, ...]]:
        story = Story(self._shared, [section])
        root = self._parts.xml(relation.target)
        self._bounds.count(root)
        story.walk(root, _Place())
        return tuple(story.paras), tuple(story.shapes)


def _of_the_usual_variant(root: Element, path: str) -> Element:
    if root.tag == w("document"):
        return root
    raise StrictFormat(path) if _STRICT in str(root.tag) else NoDocument(path)


def _page(element: Element | None) -> Section:
    size, margins, grid = (
        None if element is None else element.find(w(name)) for name in ("pgSz", "pgMar", "docGrid")
    )

    def mm(holder: Element | None, name: str, usual: int) -> float:
        given = number(value(holder, name))
        return (usual if given is None else abs(given)) * _MM_PER_TWIP

    kind = value(grid, "type") or ""
    pitch = (number(value(grid, "linePitch")) or 0) / 20 if kind in _GRIDS else 0.0
    extra = (
        (number(value(grid, "charSpace")) or 0) / 4096 if kind in ("linesAndChars", "snapToChars") else 0.0
    )
    gutter = 0.0 if margins is None else mm(margins, "gutter", 0)
    return Section(
        mm(size, "w", 12240),
        mm(size, "h", 15840),
        mm(margins, "top", 1440),
        mm(margins, "right", 1440),
        mm(margins, "bottom", 1440),
        mm(margins, "left", 1440) + gutter,
        mm(margins, "footer", 720),
        grid=kind,
        pitch=pitch,
        extra=extra,
        first_differs=element is not None and is_on(element.find(w("titlePg"))),
        numbers="" if element is None else value(element.find(w("pgNumType")), "fmt") or "",
        numbered_from=None if element is None else number(value(element.find(w("pgNumType")), "start")),
        continuous=_kind_of(element) in _SAME_PAGE,
        unusual=() if element is None else tuple(_unusual(element)),
    )


def _kind_of(section: Element | None) -> str:
    """Return how a section begins."""
    return "" if section is None else value(section.find(w("type"))) or ""


def _unusual(element: Element) -> Iterator[str]:
    """Yield what a section's page is set to that no official document has."""
    columns = element.find(w("cols"))
    if (number(value(columns, "num")) or len(() if columns is None else columns.findall(w("col"))) or 1) > 1:
        yield "分栏"
    if next(element.iterchildren(w("pgBorders")), None) is not None:
        yield "页面边框"
    if element.find(w("lnNumType")) is not None:
        yield "行号"
    if (value(element.find(w("textDirection"))) or "lrTb") not in _UPRIGHT_TEXT:
        yield "文字竖排"
    if (value(element.find(w("vAlign"))) or "top") not in ("top", "both"):
        yield "页面垂直对齐"


class Story:
    """A flow of paragraphs and tables, read in order."""

    def __init__(self, shared: _Shared, sections: Sequence[Section]) -> None:
        self._shared = shared
        self._sections = sections
        self._section = 0
        self._boxes = self._cells = 0
        self._break = False
        self.paras: list[Para] = []
        self.elements: list[Element] = []
        self.tables: list[Table] = []
        self.shapes: list[Shape] = []
        self.changes: list[int] = []
        self.comments: list[int] = []

    def walk(self, container: Element, place: _Place) -> None:
        """Read what stands in a body, a cell, a text box or a footer."""
        if place.depth > DEEPEST:
            return
        for child in container:
            name = local(child)
            if name == "p":
                self._paragraph(child, place)
            elif name == "tbl":
                self._table(child, place)
            elif name == "sdt" and is_unfilled(child):
                self.walk(child, replace(place, unfilled=True))
            elif name in _BLOCKS:
                self.walk(child, place)
            elif name == "AlternateContent" and (seen := shown(child)) is not None:
                self.walk(seen, place)

    def _table(self, element: Element, place: _Place) -> None:
        looks = element.find(w("tblPr"))
        named = None if looks is None else value(looks.find(w("tblStyle")))
        style = self._shared.styles.of(named, "table")
        self.tables.append(_table(element, style))
        first = len(self.paras)
        inner = _Place(len(self.tables), place.box, style, place.depth + 1)
        for cell in element.iter(w("tc")):
            if _owner(cell, w("tbl")) is element:
                self._cells += 1
                self.walk(cell, replace(inner, cell=self._cells, unfilled=_is_in_unfilled(cell, element)))
        if self.paras and not place.table and is_changed_table(element):
            worded = (para.number for para in self.paras[first:] if para.words)
            self.changes.append(next(worded, min(first + 1, len(self.paras))))

    def _paragraph(self, element: Element, place: _Place) -> None:
        own = element.find(_LOOKS)
        style = self._shared.styles.of(None if own is None else value(own.find(_STYLE)), "paragraph")
        base = {**self._shared.styles.run, **place.style.run, **style.run}
        values = self._paragraph_values(own, style, place)
        content = Content(lambda direct, name: self._look(base, direct, name), self._shared.themes).read(
            element
        )
        mark = self._look(
            base,
            properties.run_values(None if own is None else own.find(_RUN_LOOKS), self._shared.themes),
            None,
        )
        label = self._shared.numbering.label(values)
        spans = content.spans
        if label:
            spans = [Span(label, spans[0].look if spans else mark), *spans]
        section = self._sections[min(self._section, len(self._sections) - 1)]
        first = spans[0].look if spans else mark
        setting = properties.setting(
            values, first.size + first.spacing + section.extra, section.pitch, style.name
        )
        para = Para(
            len(self.paras) + 1, tuple(spans), setting, mark, place.table, place.box, self._section,
            starts_page=self._break or content.break_first or setting.new_page,
            has_drawing=bool(content.drawn) or content.formula, fields=tuple(content.fields),
            cell=place.cell, unfilled=place.unfilled or content.unfilled, label=label,
            bulleted=self._shared.numbering.is_bulleted(values),
        )  # fmt: skip
        self.paras.append(para)
        self.elements.append(element)
        self._trace(element, para.number)
        self._after(own, content, place)
        self._drawings(content.drawn, para, place)

    def _paragraph_values(self, own: Element | None, style: Style, place: _Place) -> Values:
        direct = properties.paragraph_values(own)
        above = {**style.paragraph, **direct}
        level = self._shared.numbering.level(above)
        listed = level.paragraph if level else NOTHING
        below = {**self._shared.styles.paragraph, **place.style.paragraph}
        if "numId" in direct:
            return {**below, **style.paragraph, **listed, **direct}
        return {**below, **listed, **style.paragraph, **direct}

    def _look(self, base: Values, direct: Values, style: str | None) -> Look:
        middle = self._shared.styles.of(style, "character").run if style else NOTHING
        return properties.look({**base, **middle, **direct})

    def _trace(self, element: Element, place: int) -> None:
        if is_changed(element):
            self.changes.append(place)
        if is_commented(element):
            self.comments.append(place)

    def _after(self, own: Element | None, content: Content, place: _Place) -> None:
        """Note what the paragraph means for the next one: a page break, a new section."""
        if self.paras[-1].words or content.break_last:
            self._break = content.break_last
        elif self.paras[-1].setting.new_page:
            self._break = True
        if own is not None and own.find(_SECTION) is not None and not place.table and not place.box:
            self._section += 1
            after = self._sections[min(self._section, len(self._sections) - 1)]
            self._break = self._break or not after.continuous

    def _drawings(self, drawn: Sequence[Element], para: Para, place: _Place) -> None:
        for element in drawn:
            seen = shown(element)
            if seen is None:
                continue
            holder = [seen] if local(seen) in ("drawing", "pict", "object") else list(seen)
            for each in holder:
                self.shapes += shapes(each, para.number)
                for box in boxes(each):
                    self._boxes += 1
                    self.walk(box, _Place(0, self._boxes, _NO_STYLE, place.depth + 1))


def _is_in_unfilled(cell: Element, table: Element) -> bool:
    """Whether a cell is in a content control that still shows what to fill in."""
    row = cell.getparent()
    if row is not None and row.tag == _ROW and row.getparent() is table:
        return False
    return any(map(is_unfilled, cell.iterancestors(w("sdt"))))


def _owner(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _table(element: Element, style: Style) -> Table:
    rows = [row for row in element.iter(w("tr")) if _owner(row, w("tbl")) is element]
    looks = element.find(w("tblPr"))
    return Table(_lines(rows, _table_borders(looks, style)), properties.inset(style.table, looks))


def _table_borders(looks: Element | None, style: Style) -> dict[str, Border]:
    found: dict[str, Border] = {}
    for holder in (style.table, looks):
        given = None if holder is None else holder.find(w("tblBorders"))
        if given is not None:
            found |= properties.borders(given)
    return found


def _lines(rows: Sequence[Element], usual: Mapping[str, Border]) -> tuple[Border | None, ...]:
    cells = [_cell_borders(row) for row in rows]
    lines: list[Border | None] = []
    for place in range(len(rows) + 1):
        outer = "top" if place == 0 else "bottom" if place == len(rows) else "insideH"
        above = cells[place - 1].get("bottom") if place else None
        below = cells[place].get("top") if place < len(rows) else None
        lines.append(below or above or usual.get(outer))
    return tuple(line if line and line.seen else None for line in lines)


def _cell_borders(row: Element) -> dict[str, Border]:
    given = row.find(f".//{w('tcPr')}/{w('tcBorders')}")
    return {} if given is None else properties.borders(given)
