"""Heads, ends and pages as real documents draw them: each change leaves a conforming document as it reads and looks."""

from __future__ import annotations

import copy
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lint_changes import Change, at, both, footer, put, remove

_SPACES: Final = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_WPS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_LINE: Final = '<w:spacing w:line="579" w:lineRule="exact"/>'


def xml(text: str) -> Any:
    """Return an element written without its namespaces."""
    return parse_xml(f"<w:body {_SPACES}>{text}</w:body>")[0]


def anchored(shape: str, width: int, height: int, top: int = 0) -> Any:
    """Return a run with a shape beside the text, and what old programs show instead; sizes in EMU."""
    place = "".join(
        f'<wp:position{axis} relativeFrom="{of}"><wp:posOffset>{offset}</wp:posOffset></wp:position{axis}>'
        for axis, of, offset in (("H", "column", 0), ("V", "paragraph", top))
    )
    drawn = (
        f'<w:drawing><wp:anchor simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" '
        f'allowOverlap="1"><wp:simplePos x="0" y="0"/>{place}<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/>'
        f'<wp:docPr id="3" name="形状 3"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_WPS}">{shape}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    fallback = "<mc:Fallback><w:pict/></mc:Fallback>"
    return xml(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice>{fallback}</mc:AlternateContent></w:r>'
    )


def boxed(*paragraphs: Any) -> Any:
    """Return a run with a text box of Word 2010 around paragraphs, which are taken from where they are."""
    run = anchored(
        "<wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr/><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp>",
        5616000, 900000,
    )  # fmt: skip
    next(run.iter(qn("w:txbxContent"))).extend(paragraphs)
    return run


def blank() -> Any:
    return xml(f"<w:p><w:pPr>{_LINE}</w:pPr></w:p>")


def mark_in_a_box(document: Document) -> None:
    """Put the mark into a text box, and room for it below."""
    mark = at(document, "澄湖县人民政府文件")
    holder = blank()
    mark.addprevious(holder)
    holder.append(boxed(mark))


def drawn_mark(document: Document) -> None:
    """Draw the mark as 艺术字."""
    mark = at(document, "澄湖县人民政府文件")
    shape = (
        '<w:r><w:pict><v:shape type="#_x0000_t136" style="width:400pt;height:48pt" fillcolor="red" strokecolor="red">'
        '<v:textpath style="font-family:方正小标宋简体" string="澄湖县人民政府文件"/></v:shape></w:pict></w:r>'
    )
    for run in mark.findall(qn("w:r")):
        mark.remove(run)
    mark.append(xml(shape))


def ruled_by_a_line(document: Document) -> None:
    """Draw the red rule as a line below the number."""
    number = at(document, "澄政发")
    for each in number.pPr.findall(qn("w:pBdr")):
        number.pPr.remove(each)
    line = '<a:ln w="19050"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    size = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="5616000" cy="0"/></a:xfrm><a:prstGeom prst="line"/>'
    number.append(
        anchored(
            f"<wps:wsp><wps:cNvCnPr/><wps:spPr>{size}{line}</wps:spPr><wps:bodyPr/></wps:wsp>",
            5616000,
            0,
            400000,
        )
    )


def signed_in_a_table(document: Document) -> None:
    """Lay signature and date out in a table without lines."""
    date = at(document, "2026年3月6日")
    name = date.getprevious()
    table = xml(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4400"/><w:gridCol w:w="4400"/></w:tblGrid></w:tbl>'
    )
    date.addnext(table)
    for each in (name, date):
        row = xml("<w:tr><w:tc><w:tcPr/><w:p/></w:tc><w:tc><w:tcPr/></w:tc></w:tr>")
        row[-1].append(each)
        table.append(row)


def imprint_in_a_box(document: Document) -> None:
    """Put the table of the 版记 into a text box, as it is drawn at the foot of the last page."""
    table = document.tables[-1]._tbl
    holder = blank()
    table.addnext(holder)
    holder.append(boxed(table, blank()))


def imprint_lines_of_cells(document: Document) -> None:
    """Draw the lines of the 版记 as those of its cells."""
    table = document.tables[-1]._tbl
    for each in table.tblPr.findall(qn("w:tblBorders")):
        table.tblPr.remove(each)
    lines = (("top", 8, "bottom", 6), ("top", 6, "bottom", 8))
    for row, (one, first, two, second) in zip(table.iter(qn("w:tc")), lines, strict=True):
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:color="auto"/>'
            for side, size in ((one, first), (two, second))
        )
        row.get_or_add_tcPr().append(xml(f"<w:tcBorders>{sides}</w:tcBorders>"))


def number_in_a_box(paragraph: Any) -> None:
    """Put the page number into a text box of the footer, as WPS does."""
    inner = copy.deepcopy(paragraph)
    for each in list(paragraph):
        if each.tag != qn("w:pPr"):
            paragraph.remove(each)
    paragraph.append(boxed(inner))


def dated_in_a_control(document: Document) -> None:
    """Pick the date in a content control, and the addressee in another."""
    for start in ("2026年3月6日", "各镇人民政府"):
        paragraph = at(document, start)
        control = xml(
            '<w:sdt><w:sdtPr><w:date w:fullDate="2026-03-06T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/></w:date>'
            "</w:sdtPr><w:sdtContent/></w:sdt>"
        )
        for run in paragraph.findall(qn("w:r")):
            control[-1].append(run)
        paragraph.append(control)


def footnoted(document: Document) -> None:
    """Refer to a note, and count by a formula."""
    paragraph = at(document, "各镇、各有关单位")
    paragraph.append(
        xml('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>')
    )
    paragraph.append(xml("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"))


def styled_by_chains(document: Document) -> None:
    """Give the text its look by a style that is based on five others, each of which says something else."""
    styles = document.styles.element
    paragraph = at(document, "为进一步优化")
    says = (
        '<w:jc w:val="center"/>',
        '<w:ind w:firstLine="100"/>',
        '<w:spacing w:before="200" w:line="400" w:lineRule="exact"/>',
        "",
        "",
    )
    for place, each in enumerate(says):
        base = f"链{place - 1}" if place else "Normal"
        styles.append(
            xml(
                f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="链{place}"><w:name w:val="某样式{place}"/>'
                f'<w:basedOn w:val="{base}"/><w:pPr>{each}</w:pPr></w:style>'
            )
        )
    own = copy.deepcopy(paragraph.pPr)
    last = xml(
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="链末"><w:name w:val="正文首行"/>'
        '<w:basedOn w:val="链4"/></w:style>'
    )
    last.append(own)
    styles.append(last)
    for each in list(paragraph.pPr):
        paragraph.pPr.remove(each)
    put(paragraph, "w:pStyle", '<w:pStyle w:val="链末"/>')


def counted_by_levels(document: Document) -> None:
    """Let one list of levels number all headings, each level begun anew below the one above."""
    forms = (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{at_}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at_, (form, text) in enumerate(forms)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        xml(
            f'<w:abstractNum w:abstractNumId="88"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    numbering.append(xml('<w:num w:numId="88"><w:abstractNumId w:val="88"/></w:num>'))
    heads = (
        ("一、", 0),
        ("二、", 0),
        ("（一）", 1),
        ("1.公布", 2),
        ("2.推行", 2),
        ("（1）", 3),
        ("（2）", 3),
        ("（二）", 1),
        ("三、", 0),
    )
    for start, level in heads:
        paragraph = at(document, start)
        text = next(paragraph.iter(qn("w:t")))
        text.text = text.text[2 if level in (0, 2) else 3 :]
        paragraph.pPr.append(xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="88"/></w:numPr>'))


SHAPED: Final[dict[str, tuple[str, Change]]] = {
    "a mark in a text box of Word 2010": ("general", mark_in_a_box),
    "a mark drawn as a picture": ("general", drawn_mark),
    "a red rule drawn as a line": ("general", ruled_by_a_line),
    "a signature in a table without lines": ("general", signed_in_a_table),
    "a 版记 in a text box": ("general", imprint_in_a_box),
    "lines of the 版记 at its cells": ("general", imprint_lines_of_cells),
    "page numbers in a text box": ("general", footer(number_in_a_box)),
    "a date and addressees in content controls": ("general", dated_in_a_control),
    "a note and a formula": ("general", footnoted),
    "looks from a chain of styles": ("general", styled_by_chains),
    "one list for all levels": ("general", counted_by_levels),
    "a 版记 of the printing organ alone": ("general", remove("抄送")),
    "boxes and drawn lines together": ("general", both(mark_in_a_box, ruled_by_a_line, imprint_in_a_box)),
}
