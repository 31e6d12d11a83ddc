"""Workbooks as they are saved: the same bytes for the same cells, in the order of elements that Open XML asks for.

openpyxl writes when it saved a workbook, and the parts of a font in an order of its own; both are put right here, for
every workbook that docgen makes (ISO/IEC 29500-1, 18.8.22).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree
from openpyxl import Workbook

from docgen.dataclass import dataclass

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the earliest that a zip file can say."""
STYLES: Final = "xl/styles.xml"
SAVED_AT: Final = re.compile(rb"<dcterms:(?:created|modified).*?</dcterms:\w+>")
_SHEETS: Final = "xl/worksheets/"
_AREA: Final = re.compile(rb'<dimension ref="[^"]*"')
_FONT_PARTS: Final = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
    "family", "charset", "scheme",
)  # fmt: skip


@dataclass(frozen=True)
class Streamed:
    """Rows that go into the only sheet of a workbook below one of its own, written one after the other.

    Args:
        below: the number of the row after which they stand.
        area: how far the cells of the whole sheet reach, as A1:L20.
        rows: the elements of the rows.
    """

    below: int
    area: str
    rows: Iterable[bytes]


def saved(book: Workbook, streamed: Streamed | None = None) -> bytes:
    """Return a workbook's bytes; streamed rows are packed as they come and never stand in memory together."""
    written, stable = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(stable, "w") as target:
        for entry in package.infolist():
            content = SAVED_AT.sub(b"", package.read(entry))
            if entry.filename == STYLES:
                content = _in_order(content)
            made = zipfile.ZipInfo(entry.filename, EARLIEST)
            made.compress_type = zipfile.ZIP_DEFLATED
            if streamed and entry.filename.startswith(_SHEETS):
                with target.open(made, "w", force_zip64=True) as part:
                    part.writelines(_with_rows(content, streamed))
            else:
                target.writestr(made, content)
    return stable.getvalue()


def _with_rows(sheet: bytes, streamed: Streamed) -> Iterator[bytes]:
    """Yield a sheet in pieces, the streamed rows in their place."""
    begin = sheet.index(b'<row r="%d"' % streamed.below)
    place = sheet.index(b"</row>", begin) + len(b"</row>")
    yield _AREA.sub(b'<dimension ref="%b"' % streamed.area.encode(), sheet[:place], count=1)
    yield from streamed.rows
    yield sheet[place:]


def _in_order(styles: bytes) -> bytes:
    """Return the styles with the parts of each font in order."""
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False))
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda each: _FONT_PARTS.index(etree.QName(each).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
