"""Workbooks as they are saved: the same bytes for the same cells, in the order of elements that Open XML asks for.

openpyxl writes when it saved a workbook, and the parts of a font in an order of its own; both are put right here, for
every workbook that docgen makes (ISO/IEC 29500-1, 18.8.22).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from lxml import etree
from openpyxl import Workbook

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the earliest that a zip file can say."""
STYLES: Final = "xl/styles.xml"
SAVED_AT: Final = re.compile(rb"<dcterms:(?:created|modified).*?</dcterms:\w+>")
_SHEETS: Final = "xl/worksheets/"
_FORMULA: Final = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')
_FONT_PARTS: Final = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
    "family", "charset", "scheme",
)  # fmt: skip


def saved(book: Workbook, values: Mapping[str, int | Decimal] | None = None) -> bytes:
    """Return a workbook's bytes.

    Args:
        book: what to save.
        values: of formulas by their cells' addresses, for programs that do not reckon; where given, the workbook has
            formulas in one sheet only.
    """
    written, stable = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(stable, "w") as target:
        for entry in package.infolist():
            content = SAVED_AT.sub(b"", package.read(entry))
            if entry.filename == STYLES:
                content = _in_order(content)
            if values and entry.filename.startswith(_SHEETS):
                content = _reckoned(content, values)
            target.writestr(zipfile.ZipInfo(entry.filename, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def _in_order(styles: bytes) -> bytes:
    """Return the styles with the parts of each font in order."""
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False))
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda each: _FONT_PARTS.index(etree.QName(each).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _reckoned(sheet: bytes, values: Mapping[str, int | Decimal]) -> bytes:
    """Return a sheet whose formulas have their values beside them."""

    def known(found: re.Match[bytes]) -> bytes:
        value = format(Decimal(values[found[2].decode()]), "f")
        return b"%b<v>%b</v>" % (found[1], value.encode())

    return _FORMULA.sub(known, sheet)
