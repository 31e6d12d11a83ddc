"""Writing documents by plain python-docx in the ways offices make them.

Indents in twips or in characters, formatting direct or by styles, faces named or by the theme.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

Words = str | Sequence[tuple[str, str]]
RED_LINE = '<w:bottom w:val="single" w:sz="12" w:space="7" w:color="FF0000"/>'
_THEMED = " ".join(f'w:{slot}Theme="minorEastAsia"' for slot in ("ascii", "hAnsi", "eastAsia"))


@dataclass
class Ways:
    """How a document is made."""

    fangsong: str = "仿宋_GB2312"
    kaiti: str = "楷体_GB2312"
    song: str = "方正小标宋简体"
    chars: bool = False
    styles: bool = False
    themed: bool = False
    line: str = 'w:line="579" w:lineRule="exact"'
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)
    spacing: int = 0
    grid: str = ""


@dataclass
class Writer:
    """Writes paragraphs in one of the ways."""

    ways: Ways = field(default_factory=Ways)
    document: Document = field(default_factory=docx.Document)
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, right, bottom, left = self.ways.margins
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
        section.footer_distance = Mm(24.8)
        normal = self.document.styles["Normal"].element
        for each in normal.findall(qn("w:rPr")):
            normal.remove(each)
        defaults = self.document.styles.element.find(f".//{qn('w:pPrDefault')}")
        for each in list(defaults):
            defaults.remove(each)
        if self.ways.grid:
            grid = section._sectPr.find(qn("w:docGrid"))
            if grid is not None:
                section._sectPr.remove(grid)
            section._sectPr.append(parse_xml(f"<w:docGrid {nsdecls('w')} {self.ways.grid}/>"))

    def add(self, words: Words, where: Any = None, **looks: Any) -> Any:
        """Add a paragraph to the body, or to a cell or footer."""
        paragraph = (self.document if where is None else where).add_paragraph()
        return self.fill(paragraph, words, **looks)

    def fill(self, paragraph: Any, words: Words, **looks: Any) -> Any:
        size, face = looks.get("size", 16), looks.get("face", self.ways.fangsong)
        layout = self._layout(size, looks)
        run = self._run(face, size, looks)
        element = paragraph._p
        for each in element.findall(qn("w:pPr")):
            element.remove(each)
        if self.ways.styles:
            style = self._style(layout, run)
            element.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:pStyle w:val="{style}"/></w:pPr>'))
        else:
            element.insert(0, parse_xml(f"<w:pPr {nsdecls('w')}>{layout}</w:pPr>"))
        for text, own in [(words, face)] if isinstance(words, str) else words:
            self._say(element, text, own, face, size, looks, run)
        return paragraph

    def blank(self, count: int = 1) -> None:
        for _ in range(count):
            self.add("")

    def _say(  # noqa: PLR0917  # all it needs is at hand where it is called
        self, element: Any, text: str, own: str, face: str, size: float, looks: dict[str, Any], run: str
    ) -> None:
        if not text:
            return
        direct = run if not self.ways.styles else "" if own == face else _fonts(own)
        if own != face and not self.ways.styles:
            direct = self._run(own, size, looks)
        if self.ways.styles and not direct:
            direct = '<w:rFonts w:hint="eastAsia"/>'
        inner = "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' if piece else ""
            for piece in text.split("\t")
        )
        element.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{direct}</w:rPr>{inner}</w:r>"))

    def _layout(self, size: float, looks: dict[str, Any]) -> str:
        border = f"<w:pBdr>{looks['border']}</w:pBdr>" if "border" in looks else ""
        breaks = "<w:pageBreakBefore/>" if looks.get("new_page") else ""
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{looks["tab"]}"/></w:tabs>' if "tab" in looks else ""
        line = looks.get("line", self.ways.line)
        before = f'w:before="{looks.get("before", 0)}" w:after="0" '
        align = f'<w:jc w:val="{looks.get("align", "both")}"/>'
        return f"{breaks}{border}{tabs}<w:spacing {before}{line}/>{self._indent(size, looks)}{align}"

    def _indent(self, size: float, looks: dict[str, Any]) -> str:
        left, right, first = (looks.get(side, 0) for side in ("left", "right", "first"))
        if self.ways.chars and size == looks.get("size", 16):
            names = {
                "leftChars": left,
                "rightChars": right,
                "firstLineChars" if first >= 0 else "hangingChars": abs(first),
            }
            given = " ".join(f'w:{name}="{round(value * 100)}"' for name, value in names.items() if value)
            return f"<w:ind {given}/>" if given else ""
        zi = size * 20
        name = "firstLine" if first >= 0 else "hanging"
        return f'<w:ind w:left="{round(left * zi)}" w:right="{round(right * zi)}" w:{name}="{round(abs(first) * zi)}"/>'

    def _run(self, face: str, size: float, looks: dict[str, Any]) -> str:
        color = f'<w:color w:val="{looks["color"]}"/>' if "color" in looks else ""
        themed = self.ways.themed and face == self.ways.fangsong
        fonts = f'<w:rFonts w:hint="eastAsia" {_THEMED}/>'
        spacing = f'<w:spacing w:val="{self.ways.spacing}"/>' if self.ways.spacing and size == 16 else ""
        return f'{fonts if themed else _fonts(face)}{color}{spacing}<w:sz w:val="{round(size * 2)}"/>'

    def _style(self, layout: str, run: str) -> str:
        key = layout + run
        if key not in self.known:
            name = self.known[key] = f"own{len(self.known)}"
            self.document.styles.element.append(
                parse_xml(
                    f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
                    f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
                    f"<w:pPr>{layout}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
                )
            )
        return self.known[key]

    def page_numbers(self, first: Callable[[Any], None] | None = None) -> None:
        """Write odd and even footers with the PAGE field; `first` fills that of page 1."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, align, side in (
            (section.footer, "right", "right"),
            (section.even_page_footer, "left", "left"),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            own = Writer.fill(
                self._plain(),
                paragraph,
                "— ",
                face="宋体",
                size=14,
                align=align,
                line='w:line="400" w:lineRule="exact"',
                **{side: 1},
            )
            looks = f'<w:rPr>{_fonts("宋体")}<w:sz w:val="28"/></w:rPr>'
            field = f'w:instr=" PAGE "><w:r>{looks}<w:t>1</w:t></w:r></w:fldSimple>'
            own._p.append(parse_xml(f"<w:fldSimple {nsdecls('w')} {field}"))
            dash = f'{looks}<w:t xml:space="preserve"> —</w:t></w:r>'
            own._p.append(parse_xml(f"<w:r {nsdecls('w')}>{dash}"))
        if first:
            section.different_first_page_header_footer = True
            section.first_page_footer.is_linked_to_previous = False
            first(section.first_page_footer)

    def _plain(self) -> Writer:
        plain = object.__new__(Writer)
        plain.ways, plain.document, plain.known = Ways(fangsong=self.ways.fangsong), self.document, {}
        return plain

    def imprint(self, copies: str, printed: tuple[str, str]) -> None:
        """Write the 版记 as a table with the lines of the standard."""
        table = self.document.add_table(2, 1)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:color="000000"/>'
            for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
        self.fill(table.cell(0, 0).paragraphs[0], copies, size=14, left=4, first=-3, right=1, align="left")
        self.fill(
            table.cell(1, 0).paragraphs[0],
            "\t".join(printed),
            size=14,
            left=1,
            right=1,
            align="left",
            tab=8560,
        )

    def table(self, rows: Sequence[Sequence[str]], title: dict[str, Any] | None = None) -> None:
        """Write a plain table of labels and values; a row of one cell takes the whole width."""
        table = self.document.add_table(len(rows), max(map(len, rows)))
        table.style = self.document.styles["Table Grid"]
        for row, texts in zip(table.rows, rows, strict=True):
            cells = [row.cells[0].merge(row.cells[-1])] if len(texts) == 1 else row.cells
            looks = (title or {},) if len(texts) == 1 else ({"face": "黑体", "align": "center"}, {})
            for cell, text, look in zip(cells, texts, looks, strict=True):
                for place, line in enumerate(text.split("\n")):
                    paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
                    self.fill(paragraph, line, **({"size": 14, "align": "left"} | look))

    def bytes(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def _fonts(face: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/>'
