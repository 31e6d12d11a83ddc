"""What is put right in a rendered part, when its template or a value gives cause.

Most parts need nothing of this; `Needs` says at compile time what a part may need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final, cast

from lxml import etree

from docgen.dataclass import dataclass
from docgen.template.ooxml import (
    BR,
    GRID_SPAN,
    PPR,
    RPR,
    TBL,
    TCPR,
    WML,
    Element,
    P,
    R,
    declared,
    namespaces,
    nearest,
    parse_output,
    w,
)  # fmt: skip
from docgen.template.rendering import spend

_BARE_END: Final = ("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "<w:tc></w:tc>", "</w:tbl></w:tc>",
                    "<w:txbxContent></w:txbxContent>", "</w:tbl></w:txbxContent>", '"></w:footnote>',
                    '"></w:endnote>')  # fmt: skip
_NO_ROWS: Final = "</w:tblGrid></w:tbl>"
_DRAWING_ID: Final = re.compile(r'(<wp:docPr [^>]*?\bid=")[^"]*(")')
_ROWS: Final = "./w:tr | ./w:sdt/w:sdtContent/w:tr"
_CELLS: Final = "./w:tc | ./w:sdt/w:sdtContent/w:tc"
_W: Final = w("w")
_FACES: Final = {P: PPR, R: RPR}
_BROKEN: Final = 200  # units for an order to begin a new paragraph, and for an element that is copied for it


@dataclass(frozen=True, slots=True)
class Needs:
    """What rendering may do to a part.

    `columns`: change a table's number of columns; `blocks`: leave out the last paragraph of a cell; `rows`: leave
    out all rows of a table; `drawings`: repeat drawings.
    """

    columns: bool = False
    blocks: bool = False
    rows: bool = False
    drawings: bool = False


def revise(xml: str, needs: Needs, numbers: Iterator[int]) -> str:
    """Return the part put right; `numbers` are the ids for drawings.

    Raises:
        etree.XMLSyntaxError: if values have broken the part.
    """
    if needs.columns or "<?docgen" in xml:
        spend(_BROKEN * xml.count("<?docgen"))
        root = parse_output(xml)
        _break_paragraphs(root)
        if needs.columns:
            _fit_grids(root)
        xml = declared(root)
    if needs.rows and _NO_ROWS in xml:
        xml = _without_empty_tables(xml)
    if needs.blocks:
        xml = _with_last_paragraphs(xml)
    return with_own_ids(xml, numbers) if needs.drawings else xml


def _with_last_paragraphs(xml: str) -> str:
    """Give an empty paragraph to cells, text boxes, notes, headers and footers that would end without one.

    The format demands it; Word calls the file damaged otherwise.
    """
    for end in _BARE_END:
        head, tail = end.rsplit("</", 1)
        xml = xml.replace(end, f"{head}<w:p/></{tail}")
    if xml.endswith(("</w:hdr>", "</w:ftr>")) and "<w:p>" not in xml and "<w:p " not in xml:
        return f"{xml[:-8]}<w:p/>{xml[-8:]}"
    return xml


def _without_empty_tables(xml: str) -> str:
    """Replace tables that have lost all rows, which Word refuses to open, by an empty paragraph."""
    pieces: list[str] = []
    position = 0
    while (end := xml.find(_NO_ROWS, position)) >= 0 and (start := xml.rfind("<w:tbl>", position, end)) >= 0:
        pieces += [xml[position:start], "<w:p/>"]
        position = end + len(_NO_ROWS)
    return "".join([*pieces, xml[position:]])


def with_own_ids(xml: str, numbers: Iterator[int]) -> str:
    """Number all drawings, for ids have to differ."""
    return _DRAWING_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)


def _break_paragraphs(root: Element) -> None:
    """Carry out the paragraph and page breaks that values have asked for.

    From the last to the first, so that each moves only what stands before the next.
    """
    for order in reversed(list(root.iter(etree.ProcessingInstruction))):
        instruction = cast("etree._ProcessingInstruction", order)  # noqa: SLF001
        if instruction.target != "docgen":
            continue
        paragraph = nearest(order, P)
        if paragraph is None or order.text == "raw":
            _fold(order)
        else:
            _break(paragraph, order)


def _fold(order: Element) -> None:
    """Remove an instruction, its tail joined to the text before it."""
    parent = order.getparent()
    if parent is None:
        return
    before = order.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (order.tail or "")
    else:
        before.tail = (before.tail or "") + (order.tail or "")
    order.tail = None
    parent.remove(order)


def _break(paragraph: Element, order: Element) -> None:
    second = _second_half(paragraph, order)
    paragraph.addnext(second)
    if order.text == "page":
        second.addprevious(_page_break(paragraph))
    section = paragraph.find(f"{PPR}/{w('sectPr')}")
    if section is not None and (holder := section.getparent()) is not None:
        holder.remove(section)
    order.tail = None
    if (parent := order.getparent()) is not None:
        parent.remove(order)


def _second_half(paragraph: Element, order: Element) -> Element:
    """Return a paragraph like this one with all that follows the instruction."""
    current, half = order, None
    while current is not paragraph:
        parent = current.getparent()
        if parent is None:
            break
        shell = _shell(parent)
        if half is None:
            shell.text = order.tail
        else:
            shell.append(half)
        shell.extend(list(current.itersiblings()))
        current, half = parent, shell
    return paragraph if half is None else half


def _shell(element: Element) -> Element:
    made = etree.Element(element.tag, nsmap=namespaces(element))
    for name, value in element.attrib.items():
        if not str(name).endswith(("}paraId", "}textId")):
            made.set(name, value)
    face = element.find(_FACES[str(element.tag)]) if element.tag in _FACES else None
    spend(_BROKEN)
    if face is not None:
        spend(_BROKEN * sum(1 for _ in face.iter()))
        made.append(deepcopy(face))
    return made


def _page_break(like: Element) -> Element:
    made = etree.Element(P, nsmap=namespaces(like))
    etree.SubElement(etree.SubElement(made, R), BR).set(w("type"), "page")
    return made


def _fit_grids(root: Element) -> None:
    """Let every table's grid have as many columns as its widest row, the whole width kept."""
    for table in root.iter(TBL):
        grid = table.find(w("tblGrid"))
        if grid is None:
            continue
        wanted = max((_width(row) for row in _select(table, _ROWS)), default=0)
        columns = grid.findall(w("gridCol"))
        if wanted > len(columns):
            _widen(grid, columns, wanted)
        elif 0 < wanted < len(columns):
            _narrow(grid, columns, wanted)


def _select(element: Element, path: str) -> list[Element]:
    return cast("list[Element]", element.xpath(path, namespaces={"w": WML}))


def _width(row: Element) -> int:
    beside = sum(_number(row.find(f"{w('trPr')}/{w(name)}"), 0) for name in ("gridBefore", "gridAfter"))
    return beside + sum(_number(cell.find(f"{TCPR}/{GRID_SPAN}"), 1) for cell in _select(row, _CELLS))


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(w("val"), "")
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise


def _twips(column: Element) -> float:
    try:
        return float(column.get(_W, "0"))
    except ValueError:
        return 0.0


def _widen(grid: Element, columns: list[Element], wanted: int) -> None:
    total = sum(_twips(column) for column in columns)
    share = total / wanted
    for column in columns:
        column.set(_W, str(int(_twips(column) * len(columns) / wanted)))
    for _ in range(min(wanted, 1000) - len(columns)):
        etree.SubElement(grid, w("gridCol")).set(_W, str(int(share)))


def _narrow(grid: Element, columns: list[Element], wanted: int) -> None:
    removed = sum(_twips(column) for column in columns[wanted:])
    for column in columns[wanted:]:
        grid.remove(column)
    for column in columns[:wanted]:
        column.set(_W, str(int(_twips(column) + int(removed / wanted))))
