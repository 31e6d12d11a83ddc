"""Tables whose columns are as wide as what they say: asked for in a template, worked out when a document is made.

A template asks by the table's description (Word: table properties, alternative text), which stays when somebody edits
the template in Word and is gone from the document. Widths are those of `columns.py`; in a column that has no alignment
of its own numbers stand right, short words and 序号 centred, others left.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from docgen.opc.changing import Changing
from docgen.patterns import late
from docgen.standard.build.columns import fit
from docgen.standard.build.elements import CELL, Align
from docgen.standard.build.table import FITTED, SIDE_MARGIN
from docgen.standard.measures.lengths import Length, Pt, Twip

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT: Final = "word/document.xml"
_NUMBER: Final = late(r"[-+−]?\d[\d,]*(?:\.\d+)?[%％‰]?|[-—/]?")
_SHORT: Final = 10
_COUNTED: Final = "序号"
_LATER: Final = frozenset(
    f"{_W}{each}" for each in ("textDirection", "textAlignment", "outlineLvl", "rPr", "sectPr")
)

# lxml's stubs leave elements untyped here and there.
_Node = Any


def is_asked(template: bytes) -> bool:
    """Whether a template has a table that is to fit its contents."""
    return bool(_asking(_content(template))[1])


def fit_tables(parts: Changing) -> None:
    """Make the tables of a rendered document fit their contents where the template asks for it."""
    root, asking = _asking(parts[_DOCUMENT])
    if not asking:
        return
    for about in asking:
        looks = about.getparent()
        looks.remove(about)
        _fit(looks.getparent())
    parts[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _asking(content: bytes) -> tuple[_Node, list[_Node]]:
    """Return a document's root, and the descriptions of its tables that ask to be fitted."""
    if b"tblDescription" not in content:
        return None, []
    root = etree.fromstring(content)
    return root, [each for each in root.iter(f"{_W}tblDescription") if each.get(f"{_W}val") == FITTED]


def _content(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(_DOCUMENT)


def _fit(table: _Node) -> None:
    """Set the widths of a table's columns, and the alignment of its cells."""
    grid = table.findall(f"{_W}tblGrid/{_W}gridCol")
    rows = [row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")]
    whole = [row for row in rows if len(row) == len(grid) and not any(_span(cell) > 1 for cell in row)]
    if not grid:
        return
    heads, *data = [[_words(cell) for cell in row] for row in whole] or [[]]
    total = _total(table, grid)
    widths = fit(heads, data, total, _size(table)) if whole else _shared(grid, total)
    for each, width in zip(grid, widths, strict=True):
        each.set(f"{_W}w", str(width.twips))
    for row in rows:
        _widen(row, widths)
    aligns = [_align(head, [row[at] for row in data]) for at, head in enumerate(heads)]
    for row in whole[1:]:
        for cell, align in zip(row, aligns, strict=True):
            _stand(cell, align)


def _total(table: _Node, grid: Sequence[_Node]) -> Length:
    """Return how wide a table is: as its columns are, within a cell as that has room, which is fitted before."""
    cell = table.getparent()
    room = cell.find(f"{_W}tcPr/{_W}tcW") if cell.tag == f"{_W}tc" else None
    whole = table.find(f"{_W}tblPr/{_W}tblW")
    if room is None or whole is None:
        return sum((Twip(int(each.get(f"{_W}w"))) for each in grid), Twip(0) + 0)
    total = Twip(int(room.get(f"{_W}w"))) - SIDE_MARGIN * 2
    whole.set(f"{_W}w", str(total.twips))
    return total


def _shared(grid: Sequence[_Node], total: Length) -> list[Length]:
    """Return the widths of columns made so wide together, each with its share."""
    held = [int(each.get(f"{_W}w")) for each in grid]
    return [Twip(each * total.twips // max(1, sum(held))) for each in held]


def _widen(row: Sequence[_Node], widths: Sequence[Length]) -> None:
    at = 0
    for cell in row:
        span = _span(cell)
        width = cell.find(f"{_W}tcPr/{_W}tcW")
        if width is not None:
            width.set(f"{_W}w", str(sum(each.twips for each in widths[at : at + span])))
        at += span


def _span(cell: _Node) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if found is None else int(found.get(f"{_W}val"))


def _words(cell: _Node) -> str:
    return "\n".join("".join(map(_said, line.iter())) for line in cell.iter(f"{_W}p"))


def _said(node: _Node) -> str:
    return (node.text or "") if node.tag == f"{_W}t" else "\n" if node.tag == f"{_W}br" else ""


def _size(table: _Node) -> Length:
    found = table.find(f".//{_W}r/{_W}rPr/{_W}sz")
    return CELL.size if found is None else Pt(int(found.get(f"{_W}val")) / 2)


def _align(head: str, cells: Sequence[str]) -> Align:
    if head == _COUNTED:
        return Align.CENTER
    if any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells):
        return Align.RIGHT
    return Align.CENTER if all(len(cell) <= _SHORT for cell in cells) else Align.LEFT


def _stand(cell: _Node, align: Align) -> None:
    """Align the paragraphs of a cell that have no alignment of their own."""
    for looks in cell.iterfind(f"{_W}p/{_W}pPr"):
        if looks.find(f"{_W}jc") is None:
            stands = looks.makeelement(f"{_W}jc", {f"{_W}val": align.value})
            behind = next((each for each in looks if each.tag in _LATER), None)
            looks.append(stands) if behind is None else behind.addprevious(stands)
