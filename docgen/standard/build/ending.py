"""On which page the 版记 lies: how a finished document is changed when it belongs on a page of its own (7.4).

The 版记 is laid where the text ends. When that page is odd although the last page shall be even, it goes to the next
page; when it stands alone on an odd page, a blank page comes before it, and neither carries a number (7.5).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from lxml import etree

from docgen.opc.changing import Changing
from docgen.standard.build import estimate, holding
from docgen.standard.build.elements import COPIES_ROOM, END
from docgen.standard.build.long_tables import shortened, whole
from docgen.standard.build.looks import known_looks

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_LYING: Final = b'w:orient="landscape"'
_TABLE: Final = b"<w:tblHeader/>"
_SIGNED: Final = b'<w:pStyle w:val="Signature"/>'
_ANNEX: Final = b'<w:pStyle w:val="AnnexLabel"/>'

# lxml's stubs leave elements untyped here and there.
_Node = Any


def finish(parts: Changing, *, even_last_page: bool = True) -> None:
    """Make the last page of a rendered document as it should be.

    The last text stands beside the signature, the 版记 on the last page, an even one unless that is not asked for. Two
    estimates decide: of the pages with the 版记 where the text ends, and of the pages of the text alone
    (docs/decisions/0005).
    """
    ending = _Ending(parts)
    changed = ending.is_doubtful and ending.mend()
    room = _room(ending.body) if even_last_page else None
    if room is not None:
        dropped = _LYING in parts[_DOCUMENT] and _drop_parting(room)
        change = _laying(ending, room)
        if change is not None:
            change(ending.body, room)
        begun = _ends_section(_before(room)) and _begin_on_even_page(ending.body.find(f"{_W}sectPr"))
        changed = changed or dropped or begun or change is not None
    if changed:
        ending.write()


def _laying(ending: _Ending, room: _Node) -> Callable[[_Node, _Node], None] | None:
    """Return the change that lays a 版记 on an even page; None if it is on one."""
    items = list(ending.pages.flow())
    whole = estimate.pages_of(items)
    if whole % 2 == 0:
        return None
    before = _before(room)
    parted = before is not None and _style(before) == END.id and not _ends_section(before)
    text = estimate.pages_of(
        [each for each in items if each.node not in ((room, before) if parted else (room,))]
    )
    return _break_to_even_page if text < whole or _ends_section(before) else _break_page


def _drop_parting(room: _Node) -> bool:
    """Drop the paragraph without room between pages that lie across and a 版记: it takes the page of the 版记."""
    before = _before(room)
    if before is None or _style(before) != END.id or not _ends_section(before.getprevious()):
        return False
    before.getparent().remove(before)
    return True


def mend(parts: Changing) -> None:
    """Set the signature of a rendered document beside text, and its sections right for what was rendered.

    A page 1 of its own (the letter format) has the first section alone; where nothing follows pages that lie across,
    no empty upright page does.
    """
    ending = _Ending(parts)
    if ending.is_doubtful and ending.mend():
        ending.write()


class _Ending:
    """A document and its styles, parsed when they are looked at, very long tables by their first rows."""

    def __init__(self, parts: Changing) -> None:
        self._parts = parts
        self._content, self._left_out = shortened(parts[_DOCUMENT])

    @property
    def is_doubtful(self) -> bool:
        """Whether the bytes alone do not show that nothing is to be mended."""
        return _LYING in self._content or self._may_be_torn or not holding.is_plainly_held(self._content)

    @cached_property
    def _may_be_torn(self) -> bool:
        """Whether a table may begin far down a page: one in the text, or several in an annex."""
        first = self._content.find(_TABLE)
        return first >= 0 and (first < self._content.find(_SIGNED) or self._has_many_tables)

    @cached_property
    def _has_many_tables(self) -> bool:
        """Whether an annex, which begins a page, has more than one table."""
        behind = self._content.find(_SIGNED)
        return self._content.count(_TABLE, max(0, behind)) > self._content.count(_ANNEX)

    @cached_property
    def body(self) -> _Node:
        """Return the element `w:body`."""
        return etree.fromstring(self._content).find(f"{_W}body")

    @cached_property
    def pages(self) -> estimate.Pages:
        """Return an estimate of the pages that its body takes, by the widths of its characters."""
        return estimate.Pages(self.body, known_looks(self._parts[_STYLES]))

    def mend(self) -> bool:
        """Set signature and sections right; return whether that changed anything."""
        changed = holding.hold(self.pages)
        if self._may_be_torn:
            many = self._has_many_tables
            changed = holding.hold_tables(self.pages, annexes=many) or changed
        return (_LYING in self._content and _mend_sections(self.body)) or changed

    def write(self) -> None:
        """Make the document one with the body as it is now."""
        self._parts[_DOCUMENT] = whole(_written(self.body), self._left_out)


def _mend_sections(body: _Node) -> bool:
    found = [
        each
        for section_ in list(body.iter(f"{_W}sectPr"))[1:]
        for each in (*section_.findall(f"{_W}titlePg"), *_first_footers(section_))
    ]
    for each in found:
        each.getparent().remove(each)
    between = _drop_pages_between(body)
    return _drop_empty_page(body) or between or bool(found)


def _break_page(_: _Node, room: _Node) -> None:
    broken = etree.Element(f"{_W}pageBreakBefore")
    room.find(f"{_W}pPr/{_W}pStyle").addnext(broken)


def _break_to_even_page(_: _Node, room: _Node) -> None:
    from docgen.standard.build.section import BARE

    last = room.getparent().find(f"{_W}sectPr")
    parting = _parting(room)
    if not _ends_section(parting):
        parting.find(f"{_W}pPr").append(etree.fromstring(etree.tostring(last)))
    for reference in last.findall(f"{_W}footerReference"):
        reference.set(_R_ID, BARE)
    _begin_on_even_page(last)


def _begin_on_even_page(section_: _Node) -> bool:
    """Let a section begin on an even page, whatever an estimate says; return whether it did not."""
    if section_.find(f"{_W}type") is not None:
        return False
    kind = etree.Element(f"{_W}type")
    kind.set(f"{_W}val", "evenPage")
    section_.find(f"{_W}pgSz").addprevious(kind)
    return True


def _parting(room: _Node) -> _Node:
    """Return the paragraph without room before the 版记; a person may have deleted it, then it is put there again."""
    before = _before(room)
    if before is not None and (_style(before) == END.id or _ends_section(before)):
        return before
    room.addprevious(
        etree.fromstring(f'<w:p xmlns:w="{_W[1:-1]}"><w:pPr><w:pStyle w:val="{END.id}"/></w:pPr></w:p>')
    )
    return _before(room)


def _written(body: _Node) -> bytes:
    return etree.tostring(body.getparent(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _first_footers(section_: _Node) -> list[_Node]:
    return [each for each in section_.findall(f"{_W}footerReference") if each.get(f"{_W}type") == "first"]


def _drop_pages_between(body: _Node) -> bool:
    """Drop the upright sections that hold nothing, between pages that lie across and others that do."""
    empty = [
        each
        for each in body.findall(f"{_W}p")
        if _style(each) == END.id and _is_upright(each) and _lies(each.getprevious())
    ]
    for each in empty:
        body.remove(each)
    return bool(empty)


def _is_upright(paragraph: _Node) -> bool:
    return _ends_section(paragraph) and not _lies(paragraph)


def _lies(paragraph: _Node) -> bool:
    """Whether a paragraph ends a section of pages that lie across."""
    size = None if paragraph is None else paragraph.find(f"{_W}pPr/{_W}sectPr/{_W}pgSz")
    return size is not None and size.get(f"{_W}orient") == "landscape"


def _drop_empty_page(body: _Node) -> bool:
    """Let the section of pages that lie across be the last where only an empty paragraph follows it."""
    last, end = body.find(f"{_W}sectPr"), body.findall(f"{_W}p")[-1]
    before = end.getprevious()
    if _style(end) != END.id or _ends_section(end) or not _ends_section(before):
        return False
    body.remove(end)
    body.replace(last, before.find(f"{_W}pPr/{_W}sectPr"))
    return True


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
