"""Where the links of a PDF's page lead (ISO 32000-1, 12.6.4.7): addresses on the web and of mail, nothing that runs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

from docgen.ofd.drawn import Box, Link, Matrix

_SCHEMES: Final = ("http://", "https://", "mailto:")
_MOST: Final = 2000
"""On one page."""
_LONGEST: Final = 2000
"""Bytes of an address."""


def links_of(document: Any, page: Any, to: Matrix) -> tuple[Link, ...]:
    """Return the links of a page that lead out of the document, by their places on it.

    Args:
        document: of the page.
        page: before its notes are made part of it.
        to: from the page's points to millimetres.
    """
    place, link, found = ctypes.c_int(0), pdfium.FPDF_LINK(), list[Link]()
    while len(found) < _MOST and pdfium.FPDFLink_Enumerate(page, place, link):
        found += _links(document, link, to)
    return tuple(found)


def _links(document: Any, link: Any, to: Matrix) -> Iterator[Link]:
    action, edges = pdfium.FPDFLink_GetAction(link), pdfium.FS_RECTF()
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return
    room = ctypes.create_string_buffer(_LONGEST)
    size = pdfium.FPDFAction_GetURIPath(document, action, room, _LONGEST)
    address = room.value.decode("utf-8", "replace") if size <= _LONGEST else ""
    if not address.isprintable() or not address.lower().startswith(_SCHEMES):
        return
    if pdfium.FPDFLink_GetAnnotRect(link, edges):
        corners = [to.at(edges.left, edges.bottom), to.at(edges.right, edges.top)]
        yield Link(Box.around(corners), address)
