"""Blocks: elements whose geometry depends on what they say, made at the moment a document is made.

A template holds `{{p 名称 }}` in a paragraph of its own; the template engine puts the block's paragraphs in its
place. All functions are pure: the same words give the same XML.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from docgen.standard.build import elements
from docgen.standard.build.drawing import Box, text_box, upper_rule
from docgen.standard.build.elements import Element
from docgen.standard.build.ooxml import bookmarked, paragraph, run, w
from docgen.standard.build.styles import exact, indents, size_of
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Twip
from docgen.standard.measures.look import STANDARD, Look
from docgen.standard.measures.widths import ems, width
from docgen.standard.wording.text import receivers
from docgen.standard.wording.titles import break_title

NUMBER_MARK: Final = "docgen_number"
DATE_MARK: Final = "docgen_date"
_NUMBER_ID: Final = 1001
_DATE_ID: Final = 1002
_ADDRESSED: Final = ("主送", "发")
"""The labels of those whom a document is addressed to."""
_KEPT_LINES: Final = 5
_NARROWEST: Final = 65
"""Per cent of their width: characters of a mark that is set narrower than this are no 小标宋 any more."""


class Block(str):
    """WordprocessingML paragraphs and tables, ready to stand in a document's body."""

    __slots__ = ()

    def __add__(self, other: str) -> Block:
        """Return both, one after the other; what is added is XML as well."""
        return Block(f"{self}{other}")

    def __html__(self) -> str:
        """Return the XML itself: a template engine must not escape it."""
        return str(self)


def letter_mark(name: str, look: Look = STANDARD) -> Block:
    """Return the mark of a letter with the red double rule under it (clause 10.1).

    The mark's ink begins 30 mm below the page's top whatever its size, and the rule follows 4 mm below the ink.
    The frame reaches down to the line of the document's number, which must come next.

    Args:
        name: The organ's name, without 文件. It is set in 42 pt, or in what one line holds, or in two lines.
        look: The settings: the mark's size, the lines.
    """
    size, looks, lines = mark_looks(name, look.mark_size)
    line = size * page.MARK_LINE
    top = page.LETTER_MARK_TOP - page.ink_top(size, line)
    ink = line * (len(lines) - 1) + size * (page.ASCENT + page.DESCENT)
    rule = page.LETTER_MARK_TOP + ink + page.LETTER_RULE_GAP
    number = rule + page.RULE_HEIGHT + page.LETTER_NUMBER_GAP - page.ink_top(page.SIZE_3, look.line)
    frame = _frame(top, number - elements.RULE.line - top)
    mark = paragraph("Mark", *parted_runs(lines, looks), layout=(frame, exact(line)))
    return Block(mark + paragraph("Rule", upper_rule(rule)))


def mark_size(name: str, largest: Length = page.MARK_SIZE) -> Length:
    """Return the type size of a mark: the largest, or less so that the name fits one line (whole half-points)."""
    widest = page.TEXT_WIDTH.pt / max(1.0, ems(name))
    return min(largest, Twip(math.floor(widest * 2) * 10))


@lru_cache(maxsize=64)
def mark_looks(
    name: str, largest: Length = page.MARK_SIZE
) -> tuple[Length, tuple[str, ...], tuple[str, ...]]:
    """Return the type size of a mark, its run properties, and its lines.

    A name of more characters than fit a line in 22 pt, the title's size, which the mark must surpass, is set narrower
    instead of smaller; one that would become too narrow is parted between words, as titles are.
    """
    east = w("rFonts", hint="eastAsia")
    size = mark_size(name, largest)
    if size >= min(page.SIZE_2, largest):  # an office may ask for a smaller one
        return size, (*size_of(size), east), (name,)
    size = page.NARROW_MARK_SIZE
    percent = math.floor(100 * page.TEXT_WIDTH.pt / (size.pt * ems(name)))
    if percent >= _NARROWEST:
        return size, (*size_of(size), east, w("w", val=percent)), (name,)
    lines = break_title(name)
    size = min(mark_size(each, largest) for each in lines)
    return size, (*size_of(size), east), lines


def parted_runs(lines: Sequence[str], looks: Sequence[str] = ()) -> Iterator[str]:
    """Yield the runs of a name's lines, with breaks between them."""
    for place, line in enumerate(lines):
        if place:
            yield w("r", w("br"))
        yield run(line, *looks)


def number_line(number: str) -> Block:
    """Return the line of a letter's number, right-aligned to the text area (clause 10.1).

    The number stands in a bookmark named `docgen_number`; a draft's reads `某函〔2026〕　号`.
    """
    return Block(paragraph("Number", number_place(number)))


def number_place(number: str) -> str:
    """Return the run of a document's number in its bookmark; nothing for a document without number."""
    return bookmarked(NUMBER_MARK, _NUMBER_ID, run(number)) if number else ""


def date_place(date: str, place: int = 1) -> str:
    """Return the run of a date that signing fills, in its bookmark.

    Args:
        date: The date in words.
        place: 1 for the date of the signature, or of the head where nobody signs; others are counted from 2.
    """
    name = DATE_MARK if place == 1 else f"{DATE_MARK}_{place}"
    return bookmarked(name, _DATE_ID + place - 1, run(date)) if date else ""


def annex_list(names: Sequence[str]) -> Block:
    """Return the 附件说明 after one blank line: numbered when there are several annexes; empty for none.

    Turn-over lines stand under the name's first character; punctuation at a name's end is dropped (7.3.4).
    """
    if not names:
        return Block()
    bare = [_bare(name) for name in names]
    lines = _numbered(bare) if len(bare) > 1 else _annex_line(f"附件：{bare[0]}", page.ZI * 5, page.ZI * 3)
    return Block(_blank() + lines)


def signature(names: Sequence[str], date: str, seal: Length = page.SEAL_DIAMETER) -> Block:
    """Return the signature of a document that will be sealed: blank lines, the names, the date (7.3.5.1).

    The date stands 4 characters from the right edge and the names are centred on it; when a name is too wide for
    that, all move left until the widest ends at the edge. As many lines stay blank as let a seal, pressed
    centred on names and date, keep clear of the text above with its top less than two lines from it.

    A name wider than the text area is parted between words.

    Args:
        names: One line or two: the organ, and the organ whose seal is pressed, as `某县某局（代章）`.
        date: The date in words, as `2026年3月6日`; it stands in a bookmark named `docgen_date`.
        seal: The seal's diameter.
    """
    half_date = width(date) * 0.5
    parted = [(name,) if width(name) <= page.TEXT_WIDTH else break_title(name) for name in names]
    widest = max(width(line) for lines in parted for line in lines)
    centre = max(page.DATE_RIGHT + half_date, widest * 0.5)
    lines = [_signature_line(each, centre) for each in parted]
    at_edge = indents(NONE, centre - half_date, NONE)
    control = date_place(date)
    return Block(
        _blank() * _blank_lines(sum(map(len, parted)) + 1, seal)
        + "".join(lines)
        + _line(elements.DATE, control, at_edge)
    )


def letter_copies(copies: Sequence[str], addressees: Sequence[str] = ()) -> Block:
    """Return the 版记 of a letter, at the foot of the last page's text area (7.4.2, 10.1).

    For no copies it is an invisible last paragraph. A letter's 版记 has no rules, and neither printing organ nor date.
    It is a box at a fixed place of the page on which an empty paragraph stands that is as high as the 版记 itself:
    where there is no room for it, both go to the next page. The signature goes with them, unless the 版记 is so long
    that this would leave much of a page empty. (A floating table, the other way, drives a table that ends beside
    it to the next page as a whole, in LibreOffice 7.4.)

    Args:
        copies: The receivers of copies, in order.
        addressees: The addressees when they are too many for page 1 (7.3.2), in order.
    """
    said = listed(addressees, copies)
    return _letter_copies(said) if said else document_end()


def listed(addressees: Sequence[str], copies: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs of a 版记 that name receivers: 主送 and 抄送, each ending with 。."""
    return labelled((("主送", addressees), ("抄送", copies)))


def labelled(named: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """Return a paragraph for each label that has names, ending with 。."""
    return tuple(
        f"{label}：{(receivers if label in _ADDRESSED else '，'.join)(list(map(_bare, names)))}。"
        for label, names in named
        if names
    )


def copies_height(copies: Sequence[str], addressees: Sequence[str]) -> Length:
    """Return how much room the 版记 of a letter takes."""
    return elements.COPIES.line * sum(map(_copies_lines, listed(addressees, copies)))


@lru_cache(maxsize=256)
def _letter_copies(said: tuple[str, ...]) -> Block:
    lines = sum(map(_copies_lines, said))
    height = elements.COPIES.line * lines
    foot = page.TOP + page.TEXT_HEIGHT
    spare = height + elements.COPIES.line
    box = Box(page.LEFT, foot - spare, page.TEXT_WIDTH, spare)
    drawn = text_box(5, "版记", box, "".join(paragraph("Copies", run(words)) for words in said))
    parted = document_end() if lines > _KEPT_LINES else ""
    return Block(parted + paragraph("CopiesRoom", drawn, layout=(exact(height),)))


def document_end() -> Block:
    """Return a last paragraph that takes no room: Word wants one after a table."""
    return Block(paragraph("End"))


def _frame(top: Length, height: Length) -> str:
    places = {"wrap": "notBeside", "hAnchor": "margin", "vAnchor": "page", "xAlign": "center"}
    size = {"w": page.LETTER_RULE_LENGTH.twips, "h": height.twips, "hRule": "exact"}
    return w("framePr", **size, **places, y=top.twips)


def _bare(name: str) -> str:
    return name.rstrip("。；，、;,. ")


def _blank() -> str:
    return paragraph("Blank")


def _line(element: Element, content: str, *layout: str) -> str:
    return paragraph(element.id, content, layout=layout)


def _numbered(names: Sequence[str]) -> str:
    number = page.ZI * (1 if len(names) < 10 else 1.5)
    head, *tail = (f"{place}.\t{name}" for place, name in enumerate(names, start=1))
    left = page.ZI * 5 + number
    first = _annex_line(f"附件：{head}", left, page.ZI * 3 + number)
    return first + "".join(_annex_line(line, left, number) for line in tail)


def _annex_line(text: str, left: Length, hanging: Length) -> str:
    return paragraph("AnnexList", run(text), layout=(indents(left, NONE, -hanging),))


def _signature_line(lines: Sequence[str], centre: Length) -> str:
    # The box is half a character wider on both sides: an estimate of width must not break the line.
    spare = page.ZI * 0.5
    left = page.TEXT_WIDTH - centre * 2 - spare
    return _line(elements.SIGNATURE, "".join(parted_runs(lines)), indents(left, -spare, NONE))


def _blank_lines(lines: int, seal: Length) -> int:
    above = seal * 0.5 - page.LINE * (lines / 2)
    return max(1, math.ceil(above / page.LINE))


def _copies_lines(words: str) -> int:
    """Return how many lines the copies take; of several, one character each may be lost to line breaking rules."""
    size = elements.COPIES.size
    named, room = (
        width(words, size, NONE) - size * 3,
        page.TEXT_WIDTH - elements.COPIES.left - elements.COPIES.right,
    )
    return 1 if named <= room else math.ceil(named / (room - size))
