"""The pages of a PDF as plain values: its text, lines, areas and pictures, read by pypdfium2.

What cannot be said so (a shading, a pattern, a character whose font does not say which it is) becomes a picture of
itself; the rest of its page stays text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from docgen.ofd.characters import Characters, Faces
from docgen.ofd.drawn import Box, Clip, Item, Link, Matrix, Page, Picture, Text
from docgen.ofd.faults import NotPdf, PageUnreadable, PdfLocked, PdfTooLarge
from docgen.ofd.links import links_of
from docgen.ofd.outlines import bounds_of, clip_of, fill_of, matrix_of, pen_of, shape_of
from docgen.ofd.pictures import picture_of, png_of

POINT: Final = 25.4 / 72
"""Millimetres to a point."""
MOST_PAGES: Final = 3000
MOST_OBJECTS: Final = 200_000
"""On one page."""
_MOST_REDRAWN: Final = 200
"""So many objects of a page become pictures of themselves; a page with more becomes one picture."""
_DEEPEST: Final = 24
_DOTS: Final = 300 / 72
"""Dots to a point of what is drawn as a picture."""
_MOST_DOTS: Final = 6000
"""Along a side."""
_SMALLEST: Final = POINT / 4
"""What is narrower is not drawn as a picture."""
_OPAQUE: Final = 255
_INVISIBLE: Final = 3
_STROKED: Final = frozenset({1, 2, 5, 6})
_FILLED: Final = frozenset({0, 2, 4, 6})


class Reader:
    """A PDF in the reading; `faces` are the fonts of the pages read so far."""

    def __init__(self, pdf: bytes, file: str) -> None:
        """Open a PDF; `file` is how messages name it.

        Raises:
            NotPdf: it is none, or a damaged one, or one without pages.
            PdfLocked: it has a password.
            PdfTooLarge: it has too many pages.
        """
        self.file = file
        self.faces = Faces()
        self._document = _opened(pdf, file)
        self.count = len(self._document)
        if not self.count or self.count > MOST_PAGES:
            self.close()
            if not self.count:
                raise NotPdf(file)
            raise PdfTooLarge(file, f"有{self.count}页", MOST_PAGES)

    def close(self) -> None:
        """Let go of the PDF."""
        self._document.close()

    def information(self) -> dict[str, str]:
        """Return what the PDF says of itself (Title, Author, Subject, Keywords, CreationDate …)."""
        return {str(name): str(words) for name, words in self._document.get_metadata_dict().items() if words}

    def pages(self) -> Iterator[Page]:
        """Yield the pages.

        Raises:
            PageUnreadable: a page cannot be read.
            PdfTooLarge: there is too much on a page.
        """
        for place in range(self.count):
            self.faces.turn_page()
            try:
                page, links = _flat(self._document, place)
            except pypdfium2.PdfiumError as fault:
                raise PageUnreadable(self.file, place + 1) from fault
            with closing(page):
                if pdfium.FPDFPage_CountObjects(page) > MOST_OBJECTS:
                    raise PdfTooLarge(self.file, f"第{place + 1}页的内容过多", MOST_OBJECTS)
                yield replace(_OnePage(self._document, page, self.faces).read(), links=links)


def _opened(pdf: bytes, file: str) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise PdfLocked(file) from fault
        raise NotPdf(file) from fault


def _flat(document: Any, place: int) -> tuple[Any, tuple[Link, ...]]:
    """Return a page whose notes and filled fields are part of it, as they are printed, and the links that it had."""
    page = document[place]
    if not pdfium.FPDFPage_GetAnnotCount(page):
        return page, ()
    links = links_of(document, page, _view(page))
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
    page.close()
    return document[place], links


class _NotSaid(Exception):
    """An object cannot be said in OFD's own terms; `texts` is what it says, to be searched though not drawn."""

    def __init__(self, texts: list[Text]) -> None:
        super().__init__()
        self.texts = texts


class _OnePage:
    """One page in the reading."""

    def __init__(self, document: Any, page: Any, faces: Faces) -> None:
        self._document, self._page, self._faces = document, page, faces
        width, height = page.get_size()
        self.width, self.height = width * POINT, height * POINT
        self._view = _view(page)
        self._characters = Characters(page, self._view)

    def read(self) -> Page:
        """Return the page, its objects from the lowest to the uppermost.

        What OFD cannot say is drawn as a picture with its text unseen beside it; where that is much, the whole page is.
        """
        items: list[Item] = []
        count = pdfium.FPDFPage_CountObjects(self._page)
        redrawn = 0
        for place in range(count):
            try:
                items += self._items(pdfium.FPDFPage_GetObject(self._page, place), self._view, 0)
            except _NotSaid as drawn:
                redrawn += 1
                items += (
                    [*self._alone(place, count), *drawn.texts] if redrawn <= _MOST_REDRAWN else drawn.texts
                )
        if redrawn > _MOST_REDRAWN:
            items = [self._as_picture(), *_hidden(items)]
        return Page(self.width, self.height, tuple(items))

    def _items(self, thing: Any, to: Matrix, depth: int) -> list[Item]:
        """Return what an object draws. Raises _NotSaid."""
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            return self._text(thing, to)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            return self._form(thing, to, depth)
        reads = {pdfium.FPDF_PAGEOBJ_PATH: shape_of, pdfium.FPDF_PAGEOBJ_IMAGE: self._picture}.get(kind)
        if reads is None:
            raise _NotSaid([])
        try:
            found = reads(thing, to)
        except LookupError as fault:
            raise _NotSaid([]) from fault
        return [found] if found else []

    def _form(self, thing: Any, to: Matrix, depth: int) -> list[Item]:
        """Return what a group of objects draws."""
        fill = fill_of(thing)
        can_be_said = depth < _DEEPEST and not (fill and fill.alpha < _OPAQUE)
        inner = matrix_of(thing).then(to)
        items: list[Item] = []
        for place in range(max(0, pdfium.FPDFFormObj_CountObjects(thing))) if depth < _DEEPEST else ():
            try:
                items += self._items(pdfium.FPDFFormObj_GetObject(thing, place), inner, depth + 1)
            except _NotSaid as drawn:
                can_be_said = False
                items += drawn.texts
        if not can_be_said:
            raise _NotSaid(_hidden(items))
        return items

    def _text(self, thing: Any, to: Matrix) -> list[Item]:
        font, chars, box = pdfium.FPDFTextObj_GetFont(thing), self._characters.of(thing), bounds_of(thing, to)
        clip = clip_of(thing, to, box) if box else None
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(thing, size)
        own = matrix_of(thing).then(to).linear()
        turn = Matrix(d=-1.0).then(own)
        if not font or box is None or clip is None or not size.value or not turn.determinant:
            return []
        scale = turn.height
        found = Text(
            self._faces.number(font), abs(size.value) * scale, Matrix(*(each / scale for each in turn)), chars, box
        )  # fmt: skip
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        is_known = self._faces.draws(font, chars) and self._characters.knows(thing)
        if mode == _INVISIBLE:
            return [found] if chars else []
        fill = fill_of(thing) if mode in _FILLED else None
        pen = pen_of(thing, own) if mode in _STROKED else None
        if not is_known or (fill is None and pen is None):
            raise _NotSaid([found] if chars else [])
        return [replace(found, fill=fill, pen=pen, clip=clip)] if chars else []

    def _picture(self, thing: Any, to: Matrix) -> Picture | None:
        """Return a picture object. Raises LookupError where it cannot be read by itself."""
        box = bounds_of(thing, to)
        clip = clip_of(thing, to, box) if box else None
        if box is None or clip is None:
            return None
        found = picture_of(self._document, self._page, thing)
        if found is None:
            raise LookupError("no picture by itself")
        return Picture(*found, Matrix(d=-1.0, f=1.0).then(matrix_of(thing)).then(to), box, clip)

    def _alone(self, place: int, count: int) -> list[Item]:
        """Return a picture of one object of the page, drawn without the others."""
        things = [pdfium.FPDFPage_GetObject(self._page, each) for each in range(count)]
        box = bounds_of(things[place], self._view)
        box = box.met(self._paper()) if box else None
        if box is None or min(box.right - box.left, box.bottom - box.top) < _SMALLEST:
            return []
        others = [each for at, each in enumerate(things) if at != place]
        for each in others:
            pdfium.FPDFPageObj_SetIsActive(each, 0)
        try:
            return [_upright(self._rendered(box, (0, 0, 0, 0)), box)]
        finally:
            for each in others:
                pdfium.FPDFPageObj_SetIsActive(each, 1)

    def _as_picture(self) -> Picture:
        """Return the page as one picture."""
        return _upright(self._rendered(self._paper(), (255, 255, 255, 255)), self._paper())

    def _paper(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def _rendered(self, box: Box, paper: tuple[int, int, int, int]) -> bytes:
        """Return a part of the page as a PNG."""
        scale = min(_DOTS, _MOST_DOTS * POINT / max(box.right - box.left, box.bottom - box.top))
        margins = (box.left, self.height - box.bottom, self.width - box.right, box.top)
        bitmap = self._page.render(
            scale=scale, crop=tuple(max(each, 0.0) / POINT for each in margins), fill_color=paper,
            force_bitmap_format=pdfium.FPDFBitmap_BGRA,
        )  # fmt: skip
        with closing(bitmap):
            return png_of(bitmap.raw)


def _hidden(items: list[Item]) -> list[Text]:
    """Return the texts among some items as texts that are not drawn."""
    return [replace(each, fill=None, pen=None, clip=Clip()) for each in items if isinstance(each, Text)]


def _upright(data: bytes, box: Box) -> Picture:
    """Return a PNG as a picture that fills a box."""
    place = Matrix(box.right - box.left, 0.0, 0.0, box.bottom - box.top, box.left, box.top)
    return Picture(data, "PNG", place, box)


def _view(page: Any) -> Matrix:
    """Return the map of a page's own coordinates to millimetres on the page as it is seen."""
    left, bottom, right, top = page.get_bbox()
    turned = {
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }.get(page.get_rotation(), Matrix(1, 0, 0, -1, -left, top))
    return turned.then(Matrix(POINT, 0, 0, POINT))
