"""Working on a part's tree: each tag becomes a slot in the place where its value or its effect belongs.

A tag that Word has split over runs is gathered in the run where it starts, whose formatting it keeps; the other
runs keep the rest of their text. Tags with a level (`{%p`, `{%tr`, `{%tc`, `{%r`) replace that element.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from lxml import etree

from docgen.dataclass import dataclass
from docgen.template import cells
from docgen.template.faults import CrowdedTag, TagFault, TagOutside
from docgen.template.merge import merge
from docgen.template.ooxml import (
    BR,
    CR,
    DEL_TEXT,
    FALLBACK,
    PPR,
    RPR,
    SPACE,
    TAB,
    TC,
    TR,
    Element,
    P,
    R,
    T,
    namespaces,
    nearest,
    properties,
    remove,
    w,
)  # fmt: skip
from docgen.template.slots import Place, Printer, Slot, has_mark, mark, marker, split_at_marks
from docgen.template.spans import close_over_paragraphs, gather_pieces
from docgen.template.tags import Tag, find

_HOLDERS: Final = {"p": "段", "tr": "行", "tc": "格"}
_ELEMENTS: Final = {"p": P, "tr": TR, "tc": TC}
_PRINTERS: Final[dict[str, Printer]] = {
    "": "text",
    "p": "paragraph",
    "tr": "element",
    "tc": "element",
    "r": "run",
}
_BREAKS: Final = {BR: "\n", CR: "\n", TAB: "\t"}
_TAGGED: Final = (
    '//*[@*[contains(., "{{") or contains(., "{%")] or text()[contains(., "{{") or contains(., "{%")]]'
)
_LOST: Final = (w("drawing"), w("pict"), w("object"), w("sectPr"))


@dataclass(slots=True)
class Segment:
    """A piece of a paragraph's text: the element that holds it and where it starts."""

    node: Element
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Replaced:
    """An element to be replaced by a slot."""

    element: Element
    index: int
    tag: Tag
    place: Place


class Weaver:
    """The work on one part: `slots` and `faults` grow as its tags are found.

    `columns` becomes true when a tag may change a table's number of columns.
    """

    def __init__(self, root: Element, template: str, part: str) -> None:
        self.root = root
        self.slots: list[Slot] = []
        self.faults: list[TagFault] = []
        self.columns = False
        self._place = Place(template, part, 0, "", "")
        self._replaced: list[_Replaced] = []
        self._raw = False

    def weave(self) -> None:
        """Turn every tag of the part into a slot."""
        numbered = list(self._paragraphs())
        close_over_paragraphs(self.root)
        gather_pieces(self.root)
        for place, paragraph in numbered:
            self._paragraph(paragraph, place)
        for element in cast("list[Element]", self.root.xpath(_TAGGED)):
            self._other(element)
        self._replace_elements()
        self._split_runs()
        merge(self.root, self.slots)

    def _paragraphs(self) -> Iterator[tuple[Place, Element]]:
        number = 0
        for paragraph in self.root.iter(P):
            number += nearest(paragraph, FALLBACK) is None
            yield replace(self._place, paragraph=number), paragraph

    def _paragraph(self, paragraph: Element, place: Place) -> None:
        segments = _segments(paragraph)
        text = "".join(each.text for each in segments)
        if not any(brace in text for brace in "{}｛｝"):
            return
        tags = self._found(text, place)
        for tag in reversed(tags):
            self._settle(tag, segments, paragraph, place.at(text, tag.start, tag.end))
        if tags:
            _prune(segments)

    def _found(self, text: str, place: Place) -> list[Tag]:
        """Return the tags to be settled: between raw and endraw none are, and those two leave nothing."""
        tags, slips = find(text)
        self.faults += [
            place.at(text, each.start, each.end).fault(each.kind) for each in slips if not self._raw
        ]
        kept: list[Tag] = []
        for tag in tags:
            if tag.keyword == ("endraw" if self._raw else "raw"):
                self._raw = not self._raw
                kept.append(replace(tag, opener="{#", level=""))
            elif not self._raw:
                kept.append(tag)
        return kept

    def _settle(self, tag: Tag, segments: list[Segment], paragraph: Element, place: Place) -> None:
        index = self._slot(tag, place, _PRINTERS[tag.level])
        self.columns = self.columns or tag.level == "tc" or tag.order in {"colspan", "hm"}
        inline = tag.level in {"", "r"} and not tag.order and tag.opener != "{#"
        holder = _cut(segments, tag, mark(index) if inline else "")
        if tag.order:
            self._order(tag, holder, place)
        elif tag.level:
            self._level(tag, index, holder, paragraph, place)

    def _slot(self, tag: Tag, place: Place, printer: Printer) -> int:
        opener = "" if tag.opener == "{#" else tag.opener
        dashes = (False, False) if tag.level else (tag.merge_before, tag.merge_after)
        self.slots.append(Slot(place, opener, tag.body, printer, "", "", *dashes))
        return len(self.slots) - 1

    def _order(self, tag: Tag, holder: Element, place: Place) -> None:
        cell = nearest(holder, TC)
        if cell is None:
            self.faults.append(place.fault(TagOutside, holder="表格"))
            return
        for added in cells.obey(tag, cell, len(self.slots), place):
            self.slots.append(added)

    def _level(self, tag: Tag, index: int, holder: Element, paragraph: Element, place: Place) -> None:
        run = nearest(holder, R)
        face = f'<w:r>{properties(run, RPR)}<w:t xml:space="preserve">'
        slot = self.slots[index]
        slot.before, slot.after = face, "</w:t></w:r>"
        if tag.level == "p":
            slot.before, slot.after = f"<w:p>{properties(paragraph, PPR)}{face}", "</w:t></w:r></w:p>"
        if tag.level == "r":
            return
        element = nearest(holder, _ELEMENTS[tag.level])
        if element is None:
            self.faults.append(place.fault(TagOutside, holder="表格"))
        else:
            self._replaced.append(_Replaced(element, index, tag, place))

    def _replace_elements(self) -> None:
        taken: dict[Element, int] = {}
        for each in self._replaced:
            for element in (each.element, *each.element.iterancestors()):
                taken[element] = taken.get(element, 0) + 1
        for each in self._replaced:
            if taken[each.element] > 1 or _would_lose(each.element):
                self.faults.append(each.place.fault(CrowdedTag, holder=_HOLDERS[each.tag.level]))
            elif (parent := each.element.getparent()) is not None:
                left = marker(each.index)
                left.tail = each.element.tail
                parent.replace(each.element, left)

    def _split_runs(self) -> None:
        """Let each run tag stand between runs, the rest of its run before and behind it."""
        for node in list(self.root.iter(T)):
            pieces = split_at_marks(node.text or "", self._is_run_slot)
            if not any(isinstance(piece, int) for piece in pieces):
                continue
            if (run := node.getparent()) is not None and run.tag == R:
                _split_run(run, node, pieces)

    def _is_run_slot(self, index: int) -> bool:
        return index < len(self.slots) and self.slots[index].printer == "run"

    def _other(self, element: Element) -> None:
        """Find the tags in attributes and in texts other than w:t (titles, field codes, formulas)."""
        place = self._place
        if element.tag not in {T, DEL_TEXT}:
            element.text = self._inline(element.text or "", place, "plain") or None
        for name, value in element.attrib.items():
            element.set(name, self._inline(str(value), place, "attribute"))

    def _inline(self, text: str, place: Place, printer: Printer) -> str:
        if "{{" not in text and "{%" not in text:
            return text
        result = text
        for tag in reversed(self._found(text, place)):
            index = self._slot(tag, place.at(text, tag.start, tag.end), printer)
            result = result[: tag.start] + mark(index) + result[tag.end :]
        return result


def _segments(paragraph: Element) -> list[Segment]:
    """Return the pieces of a paragraph's own text, not those of text boxes anchored in it."""
    segments: list[Segment] = []
    position = 0
    for node in paragraph.iter(T, BR, CR, TAB):
        text = _text_of(node)
        if text and nearest(node, P) is paragraph:
            segments.append(Segment(node, position, text))
            position += len(text)
    return segments


def _text_of(node: Element) -> str:
    if node.tag == T:
        return node.text or ""
    parent = node.getparent()
    return _BREAKS[str(node.tag)] if parent is not None and parent.tag == R else ""


def _cut(segments: list[Segment], tag: Tag, instead: str) -> Element:
    """Take a tag out of the text, put `instead` where it starts, and return the element it starts in."""
    first = bisect_right(segments, tag.start, key=lambda each: each.start) - 1
    last = bisect_right(segments, tag.end - 1, key=lambda each: each.start)
    for each in segments[first:last]:
        if each.node.tag != T:
            remove(each.node)
            continue
        begin, end = max(tag.start - each.start, 0), tag.end - each.start
        each.text = each.text[:begin] + (instead if each is segments[first] else "") + each.text[end:]
        each.node.text = each.text
        each.node.set(SPACE, "preserve")
    return segments[first].node


def _prune(segments: list[Segment]) -> None:
    """Remove the texts, and then the runs, that tags have left empty."""
    for node in (each.node for each in segments if not each.text):
        run = node.getparent()
        remove(node)
        if run is not None and run.tag == R and all(child.tag == RPR for child in run):
            remove(run)


def _would_lose(element: Element) -> bool:
    """Whether replacing the element would lose words, other tags, a picture or a section's end."""
    words = "".join(node.text or "" for node in element.iter(T)).strip()
    return bool(words) or has_mark(words) or next(element.iter(*_LOST), None) is not None


def _split_run(run: Element, node: Element, pieces: list[str | int]) -> None:
    behind = list(node.itersiblings())
    position = run
    for piece in pieces:
        added = marker(piece) if isinstance(piece, int) else _run_like(run, piece)
        position.addnext(added)
        position = added
    remove(node)
    if behind:
        rest = _run_like(run, "")
        rest.extend(behind)
        position.addnext(rest)
    if all(child.tag == RPR for child in run):
        remove(run)


def _run_like(run: Element, text: str) -> Element:
    """Make a run of the same formatting with that text."""
    made = etree.Element(R, nsmap=namespaces(run))
    face = run.find(RPR)
    if face is not None:
        made.append(etree.fromstring(etree.tostring(face, with_tail=False)))
    if text:
        node = etree.SubElement(made, T)
        node.text = text
        node.set(SPACE, "preserve")
    return made
