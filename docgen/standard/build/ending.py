"""On which page the 版记 lies: how a finished document is changed when it belongs on a page of its own (7.4).

The 版记 is laid where the text ends. When that page is odd although the last page shall be even, it goes to the next
page; when it stands alone on an odd page, a blank page comes before it, and neither carries a number (7.5).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from docgen.opc.writing import with_changed
from docgen.standard.build import estimate, holding, section
from docgen.standard.build.elements import COPIES_ROOM, END

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_LYING: Final = b'w:orient="landscape"'

# lxml's stubs leave elements untyped here and there.
_Node = Any


def finished(document: bytes, *, even_last_page: bool = True) -> bytes:
    """Return a rendered document with its last page as it should be.

    The last text stands beside the signature, the 版记 on the last page, an even one unless that is not asked for. Two
    estimates decide: of the pages with the 版记 where the text ends, and of the pages of the text alone
    (docs/decisions/0005).
    """
    document = mended(document)
    if not even_last_page or not has_imprint(document):
        return document
    whole = estimate.pages(document)
    if whole % 2 == 0:
        return document
    if estimate.pages(without_imprint(document)) < whole or begins_its_page(document):
        return after_blank_page(document)
    return on_next_page(document)


def mended(document: bytes) -> bytes:
    """Return a rendered document with its signature beside text, and its sections right for what was rendered.

    A page 1 of its own (the letter format) has the first section alone; where nothing follows pages that lie across,
    no empty upright page does.
    """
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        content = package.read(_DOCUMENT)
        if holding.is_plainly_held(content) and _LYING not in content:
            return document
        body: _Node = etree.fromstring(content).find(f"{_W}body")
        changed = holding.hold(body, etree.fromstring(package.read(_STYLES)))
    if _LYING in content:
        changed = _mend_sections(body) or changed
    return _written(document, body) if changed else document


def _mend_sections(body: _Node) -> bool:
    found = [
        each
        for section_ in list(body.iter(f"{_W}sectPr"))[1:]
        for each in (*section_.findall(f"{_W}titlePg"), *_first_footers(section_))
    ]
    for each in found:
        each.getparent().remove(each)
    return _drop_empty_page(body) or bool(found)


def has_imprint(document: bytes) -> bool:
    """Whether a .docx ends with a 版记 in a box, as `imprint` makes it."""
    return _room(_body(document)) is not None


def begins_its_page(document: bytes) -> bool:
    """Whether the 版记 follows the end of a section and so stands alone, as after pages that lie across."""
    room = _room(_body(document))
    return room is not None and _ends_section(_before(room))


def without_imprint(document: bytes) -> bytes:
    """Return the document without its 版记, to count the pages of its text."""
    return _changed(document, _take_away)


def on_next_page(document: bytes) -> bytes:
    """Return the document with its 版记 on a page of its own."""
    return _changed(document, _break_page)


def after_blank_page(document: bytes) -> bytes:
    """Return the document with its 版记 on the next even page; a blank page before it and its own have no number."""
    return _changed(document, _break_to_even_page)


def _take_away(body: _Node, room: _Node) -> None:
    _drop_end(room)
    body.remove(room)


def _break_page(_: _Node, room: _Node) -> None:
    broken = etree.Element(f"{_W}pageBreakBefore")
    room.find(f"{_W}pPr/{_W}pStyle").addnext(broken)


def _break_to_even_page(_: _Node, room: _Node) -> None:
    last = room.getparent().find(f"{_W}sectPr")
    parting = _parting(room)
    if not _ends_section(parting):
        parting.find(f"{_W}pPr").append(etree.fromstring(etree.tostring(last)))
    for reference in last.findall(f"{_W}footerReference"):
        reference.set(_R_ID, section.BARE)
    kind = etree.Element(f"{_W}type")
    kind.set(f"{_W}val", "evenPage")
    last.find(f"{_W}pgSz").addprevious(kind)


def _parting(room: _Node) -> _Node:
    """Return the paragraph without room before the 版记; a person may have deleted it, then it is put there again."""
    before = _before(room)
    if before is not None and (_style(before) == END.id or _ends_section(before)):
        return before
    room.addprevious(
        etree.fromstring(f'<w:p xmlns:w="{_W[1:-1]}"><w:pPr><w:pStyle w:val="{END.id}"/></w:pPr></w:p>')
    )
    return _before(room)


def _drop_end(room: _Node) -> None:
    """Take away the paragraph without room that parts the 版记 from the signature."""
    before = _before(room)
    if before is not None and _style(before) == END.id and not _ends_section(before):
        before.getparent().remove(before)


def _changed(document: bytes, change: Callable[[_Node, _Node], None]) -> bytes:
    body = _body(document)
    room = _room(body)
    if room is None:
        return document
    change(body, room)
    return _written(document, body)


def _written(document: bytes, body: _Node) -> bytes:
    whole = etree.tostring(body.getparent(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_changed(document, {_DOCUMENT: whole}, "公文")


def _first_footers(section_: _Node) -> list[_Node]:
    return [each for each in section_.findall(f"{_W}footerReference") if each.get(f"{_W}type") == "first"]


def _drop_empty_page(body: _Node) -> bool:
    """Let the section of pages that lie across be the last where only an empty paragraph follows it."""
    last, end = body.find(f"{_W}sectPr"), body.findall(f"{_W}p")[-1]
    before = end.getprevious()
    if _style(end) != END.id or _ends_section(end) or not _ends_section(before):
        return False
    body.remove(end)
    body.replace(last, before.find(f"{_W}pPr/{_W}sectPr"))
    return True


def _body(document: bytes) -> _Node:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return etree.fromstring(package.read(_DOCUMENT)).find(f"{_W}body")


def _room(body: _Node) -> _Node | None:
    """Return the last paragraph of the body if it holds a 版记's room."""
    paragraphs = body.findall(f"{_W}p")
    found = bool(paragraphs) and _style(paragraphs[-1]) == COPIES_ROOM.id
    return paragraphs[-1] if found else None


def _before(room: _Node) -> _Node:
    return room.getprevious()


def _style(paragraph: _Node) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))


def _ends_section(paragraph: _Node) -> bool:
    return paragraph is not None and paragraph.find(f"{_W}pPr/{_W}sectPr") is not None
