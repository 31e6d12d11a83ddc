"""The parts a template is declared in: paragraphs of the standard's elements, tables, repetition, conditions, slots.

Texts may hold tags of the template engine (`{{ 项目.项目名称 }}`). Tags that govern whole paragraphs (`{%p … %}`,
`{{p … }}`) and table rows (`{%tr … %}`) are written by the parts themselves.
"""

from __future__ import annotations

from typing import Protocol

from docgen.dataclass import dataclass
from docgen.standard.build.blocks import number_line
from docgen.standard.build.elements import (
    ADDRESSEE,
    ANNEX_LABEL,
    ANNEX_TITLE,
    BLANK,
    BODY,
    HEADING_1,
    HEADING_2,
    HEADING_3,
    HEADING_4,
    NOTE,
    TITLE,
    Element,
)
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import run_style
from docgen.standard.measures.fonts import Face


class Part(Protocol):
    """Something a template is made of."""

    def xml(self) -> str:
        """Return the part's paragraphs and tables."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in the face of a style other than the paragraph's, such as a heading run into a text."""

    text: str
    face: Face


Text = str | tuple[str | Run, ...]


@dataclass(frozen=True)
class Line:
    """A paragraph of an element, with its own words; `keep_next` holds it on the page of what follows."""

    element: Element
    text: Text
    keep_next: bool = False

    def xml(self) -> str:
        """Return the paragraph."""
        layout = (w("keepNext"),) if self.keep_next else ()
        return paragraph(self.element.id, _runs(self.text), layout=layout)


@dataclass(frozen=True)
class Body:
    """A paragraph of text (7.3.3). The last before a signature must be kept with it (`keep_next`)."""

    text: Text
    keep_next: bool = False

    def xml(self) -> str:
        """Return the paragraph."""
        return Line(BODY, self.text, self.keep_next).xml()


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, on a line of its own (7.3.3); its number 一、（一）1.（1） is part of the text.

    Those of level 1 and 2 are kept on the page of what follows always, the others when they must be (`keep_next`).
    """

    level: int
    text: Text
    keep_next: bool = False

    def xml(self) -> str:
        """Return the paragraph."""
        element = (HEADING_1, HEADING_2, HEADING_3, HEADING_4)[self.level - 1]
        return Line(element, self.text, self.keep_next and not element.keep_next).xml()


@dataclass(frozen=True)
class NumberLine:
    """The number of a letter in its bookmark (10.1). It must follow the mark's slot."""

    text: str

    def xml(self) -> str:
        """Return the paragraph."""
        return number_line(self.text)


@dataclass(frozen=True)
class TitleLines:
    """The title, two blank lines below what is above it, one paragraph a line (7.3.1, 10.1).

    `lines` is the name of a list of lines in the context, as `break_title` makes it.
    """

    lines: str

    def xml(self) -> str:
        """Return the blank lines and the repeated paragraph."""
        return _blank() * 2 + _each_line(TITLE, self.lines)


@dataclass(frozen=True)
class Addressee:
    """The addressee one blank line below the title, flush left (7.3.2); the text ends with ：."""

    text: str

    def xml(self) -> str:
        """Return the blank line and the paragraph."""
        return _blank() + Line(ADDRESSEE, self.text).xml()


@dataclass(frozen=True)
class BlankLine:
    """A blank line, as between the title and the text of a document without addressees."""

    def xml(self) -> str:
        """Return the paragraph; it lets go of what follows."""
        return paragraph(BLANK.id, layout=(w("keepNext", val=0),))


@dataclass(frozen=True)
class Note:
    """The 附注 on the line after the date, in （ ） (7.3.6)."""

    text: str

    def xml(self) -> str:
        """Return the paragraph."""
        return Line(NOTE, self.text).xml()


@dataclass(frozen=True)
class AnnexHead:
    """The head of an annex: a new page, 附件N on its line 1, the title from line 3 (7.3.7), a blank line.

    `lines` is the name of a list of lines in the context, as for the document's title; `label` is text.
    """

    label: str
    lines: str

    def xml(self) -> str:
        """Return the label, a blank line, the repeated title paragraph and a blank line."""
        return Line(ANNEX_LABEL, self.label).xml() + _blank() + _each_line(ANNEX_TITLE, self.lines) + _blank()


@dataclass(frozen=True)
class Slot:
    """The place of a block: a paragraph `{{p 名称 }}` that the template engine replaces by the block of that name."""

    name: str

    def xml(self) -> str:
        """Return the paragraph."""
        return Line(BODY, f"{{{{p {self.name} }}}}").xml()


@dataclass(frozen=True)
class Xml:
    """Paragraphs and tables as they are."""

    content: str

    def xml(self) -> str:
        """Return the paragraphs and tables as they were given."""
        return self.content


@dataclass(frozen=True)
class Tag:
    """A statement of the template engine that governs the paragraphs up to its end: `for 项 in 手续列表`."""

    words: str

    def xml(self) -> str:
        """Return the paragraph, which the template engine takes away."""
        return Line(BODY, f"{{%p {self.words} %}}").xml()


@dataclass(frozen=True)
class ForEach:
    """Parts repeated for each item: `ForEach("手续 in 手续列表", parts)`."""

    what: str
    parts: tuple[Part, ...]

    def xml(self) -> str:
        """Return the parts between the paragraphs of a loop."""
        return Tag(f"for {self.what}").xml() + join(self.parts) + Tag("endfor").xml()


@dataclass(frozen=True)
class When:
    """Parts that appear on a condition, and others that appear without it."""

    condition: str
    parts: tuple[Part, ...]
    otherwise: tuple[Part, ...] = ()

    def xml(self) -> str:
        """Return the parts between the paragraphs of a condition."""
        other = Tag("else").xml() + join(self.otherwise) if self.otherwise else ""
        return Tag(f"if {self.condition}").xml() + join(self.parts) + other + Tag("endif").xml()


def join(parts: tuple[Part, ...]) -> str:
    """Return the XML of parts, one after the other."""
    return "".join(part.xml() for part in parts)


def _blank() -> str:
    return paragraph(BLANK.id)


def _each_line(element: Element, lines: str) -> str:
    return ForEach(f"行 in {lines}", (Line(element, "{{ 行 }}"),)).xml()


def _runs(text: Text) -> str:
    pieces = (text,) if isinstance(text, str) else text
    return "".join(run(piece) if isinstance(piece, str) else _styled(piece) for piece in pieces)


def _styled(piece: Run) -> str:
    return run(piece.text, w("rStyle", val=run_style(piece.face)), w("rFonts", hint="eastAsia"))
