"""A flow of paragraphs and tables, as the text or a footer, each paragraph with its effective formatting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading import properties
from docgen.lint.reading.drawings import boxes, shapes, shown
from docgen.lint.reading.inline import Content, is_changed, is_changed_table, is_commented, is_unfilled
from docgen.lint.reading.model import Look, Para, Section, Shape, Span, Table
from docgen.lint.reading.names import Element, local, value, w
from docgen.lint.reading.numbering import Numbering
from docgen.lint.reading.properties import NOTHING, Values
from docgen.lint.reading.styles import Style, Styles
from docgen.lint.reading.tables import owner, table_of

DEEPEST: Final = 12  # tables and text boxes within each other; what stands deeper is not read
_BLOCKS: Final = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_ROW: Final = w("tr")
_LOOKS: Final = w("pPr")
_RUN_LOOKS: Final = w("rPr")
_STYLE: Final = w("pStyle")
_SECTION: Final = w("sectPr")
_NO_STYLE: Final = Style("", "", NOTHING, NOTHING)


@dataclass(frozen=True)
class Place:
    """Where paragraphs stand: the table, its style and the cell, the text box, how deep; an unfilled control."""

    table: int = 0
    box: int = 0
    style: Style = _NO_STYLE
    depth: int = 0
    cell: int = 0
    unfilled: bool = False


@dataclass
class Shared:
    """What all stories of a document (text, footers) share."""

    styles: Styles
    numbering: Numbering
    themes: Mapping[str, str]


class Story:
    """A flow of paragraphs and tables, read in order."""

    def __init__(self, shared: Shared, sections: Sequence[Section]) -> None:
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

    def walk(self, container: Element, place: Place) -> None:
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

    def _table(self, element: Element, place: Place) -> None:
        looks = element.find(w("tblPr"))
        named = None if looks is None else value(looks.find(w("tblStyle")))
        style = self._shared.styles.of(named, "table")
        self.tables.append(table_of(element, style))
        first = len(self.paras)
        inner = Place(len(self.tables), place.box, style, place.depth + 1)
        for cell in element.iter(w("tc")):
            if owner(cell, w("tbl")) is element:
                self._cells += 1
                self.walk(cell, replace(inner, cell=self._cells, unfilled=_is_in_unfilled(cell, element)))
        if self.paras and not place.table and is_changed_table(element):
            worded = (para.number for para in self.paras[first:] if para.words)
            self.changes.append(next(worded, min(first + 1, len(self.paras))))

    def _paragraph(self, element: Element, place: Place) -> None:
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

    def _paragraph_values(self, own: Element | None, style: Style, place: Place) -> Values:
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

    def _after(self, own: Element | None, content: Content, place: Place) -> None:
        """Note what the paragraph means for the next one: a page break, a new section."""
        if self.paras[-1].words or content.break_last:
            self._break = content.break_last
        elif self.paras[-1].setting.new_page:
            self._break = True
        if own is not None and own.find(_SECTION) is not None and not place.table and not place.box:
            self._section += 1
            after = self._sections[min(self._section, len(self._sections) - 1)]
            self._break = self._break or not after.continuous

    def _drawings(self, drawn: Sequence[Element], para: Para, place: Place) -> None:
        for element in drawn:
            seen = shown(element)
            if seen is None:
                continue
            holder = [seen] if local(seen) in ("drawing", "pict", "object") else list(seen)
            for each in holder:
                self.shapes += shapes(each, para.number)
                for box in boxes(each):
                    self._boxes += 1
                    self.walk(box, Place(0, self._boxes, _NO_STYLE, place.depth + 1))


def _is_in_unfilled(cell: Element, table: Element) -> bool:
    """Whether a cell is in a content control that still shows what to fill in."""
    row = cell.getparent()
    if row is not None and row.tag == _ROW and row.getparent() is table:
        return False
    return any(map(is_unfilled, cell.iterancestors(w("sdt"))))
