"""A tag's slot: where it is, what stands for it in the XML meanwhile, and what Jinja will read there.

In text and attributes a slot is a mark between two noncharacters that no text uses; between elements it is a
processing instruction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, Literal, TypeVar

from lxml import etree

from docgen.dataclass import dataclass
from docgen.template.faults import TagFault
from docgen.template.ooxml import TC, Element, declared, nearest

PI_TARGET: Final = "docgen"
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK: Final = re.compile(rf"{_OPEN}(\d{{1,7}}){_CLOSE}")
_ANY: Final = re.compile(rf"{_OPEN}(\d{{1,7}}){_CLOSE}|<\?{PI_TARGET} (\d{{1,7}})\?>")
_ESCAPES: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

_WIDTH: Final = 20  # characters of the paragraph shown on either side of the tag
F = TypeVar("F", bound=TagFault)

Printer = Literal["text", "plain", "attribute", "paragraph", "run", "element", "line"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place: template file, Chinese name of the part, paragraph from 1 (0: none), its words, the tag."""

    template: str
    part: str
    paragraph: int
    words: str
    tag: str

    def fault(self, kind: type[F], /, **values: Any) -> F:
        """Make a fault of that kind at this place."""
        return kind(self.template, self.part, self.paragraph, self.words, self.tag, **values)

    def at(self, text: str, start: int, end: int) -> Place:
        """Return the place of `text[start:end]` in this place's paragraph."""
        return replace(self, words=excerpt(text, start, end), tag=text[start:end])


@dataclass(slots=True)
class Slot:
    """What a tag becomes.

    `opener` is `{{` or `{%`, or empty when nothing is to be left; `printer` says how a value is written there;
    `before` and `after` are the XML that a plain text needs around it where elements are expected.
    """

    place: Place
    opener: str
    body: str
    printer: Printer = "text"
    before: str = ""
    after: str = ""
    merge_before: bool = False
    merge_after: bool = False

    @property
    def keyword(self) -> str:
        """Return a statement's first word."""
        return self.body.split(maxsplit=1)[0] if self.opener == "{%" and self.body else ""

    @property
    def jinja(self) -> str:
        """Return the tag as the sandbox's lexer knows it, its body on a line of its own."""
        kind = self.opener[1:]
        closer = "}" if kind == "{" else "%"
        left, right = "-" * self.merge_before, "-" * self.merge_after
        return f"\x01{kind}{left}\n{self.body} {right}{closer}\x02"


def mark(index: int) -> str:
    """Return what stands for slot `index` in text."""
    return f"{_OPEN}{index}{_CLOSE}"


def marker(index: int) -> Element:
    """Return what stands for slot `index` between elements."""
    return etree.ProcessingInstruction(PI_TARGET, str(index))


def marks_in(text: str) -> list[int]:
    """Return the slots whose marks stand in a text, in order."""
    return [int(found) for found in _MARK.findall(text)]


def has_mark(text: str) -> bool:
    """Whether a slot stands in a text."""
    return _OPEN in text


def split_at_marks(text: str, wanted: Callable[[int], bool]) -> list[str | int]:
    """Split a text at the marks of the wanted slots: texts and slot numbers in turn, empty texts left out."""
    pieces: list[str | int] = []
    position = 0
    for found in _MARK.finditer(text):
        if wanted(int(found[1])):
            pieces += [text[position : found.start()], int(found[1])]
            position = found.end()
    return [piece for piece in (*pieces, text[position:]) if piece != ""]


def jinja_source(root: Element, slots: list[Slot], around: tuple[str, str]) -> tuple[str, list[Slot]]:
    """Return the part as a Jinja template and its slots in order.

    `around` is what stands before and behind each loop over whole elements.

    The body of the slot with index i begins on line i + 2, for no other line breaks are left.
    """
    order: list[Slot] = []

    def fill(found: re.Match[str]) -> str:
        index = int(found[1] or found[2])
        if index >= len(slots) or not slots[index].opener:
            return ""
        order.append(slots[index])
        whole = found[2] is not None
        before = around[0] if whole and slots[index].keyword == "for" else ""
        behind = around[1] if whole and slots[index].keyword == "endfor" else ""
        return f"{before}{slots[index].jinja}{behind}"

    return _ANY.sub(fill, unescaped(declared(root).replace("\n", "&#10;"))), order


def unescaped(text: str) -> str:
    """Return a text with the braces that docxtpl's escapes stand for."""
    for written, meant in _ESCAPES:
        text = text.replace(written, meant)
    return text


def has_escapes(root: Element) -> bool:
    """Whether a part writes braces as docxtpl escapes them."""
    return any(written in text for text in map(str, root.itertext()) for written, _ in _ESCAPES)


def stacks(root: Element) -> dict[int, tuple[str, ...]]:
    """Return for each slot the names of the elements it stands in, outermost first."""
    return {
        index: (*_stack(element), f"@{name}") if name else _stack(element)
        for index, element, name in _places(root)
    }


def cells(root: Element) -> dict[int, Element | None]:
    """Return for each slot the table cell it stands in."""
    return {index: None if element is None else nearest(element, TC) for index, element, _ in _places(root)}


def _places(root: Element) -> Iterator[tuple[int, Element | None, str]]:
    """Yield each slot, the element it stands in, and the name of the attribute if it stands in one."""
    for element in root.iter():
        if _is_marker(element):
            if (element.text or "").isdecimal():
                yield int(element.text or "0"), element.getparent(), ""
            continue
        for index in marks_in(element.text or "") if has_mark(element.text or "") else ():
            yield index, element, ""
        for name, value in element.attrib.items():
            for index in marks_in(str(value)):
                yield index, element, str(name)


def _is_marker(element: Element) -> bool:
    return not isinstance(element.tag, str)  # instructions and comments have a function there


def _stack(element: Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    return (*(str(each.tag) for each in reversed(list(element.iterancestors()))), str(element.tag))


def excerpt(text: str, start: int, end: int) -> str:
    """Return the words around `text[start:end]`, with … where they were cut."""
    first, last = max(0, start - _WIDTH), min(len(text), end + _WIDTH)
    words = text[first:last].replace("\n", " ").replace("\t", " ").strip()
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
