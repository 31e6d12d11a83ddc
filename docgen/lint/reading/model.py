"""A document as the checker sees it: paragraphs with their effective formatting, sections, tables, shapes, footers.

Indents and heights are points; `zi` is the width of a character of the paragraph's own size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.measures.widths import ems

_FIRST_CJK: Final = "⺀"
_EITHER: Final = frozenset("“”‘’—…·×÷±°§№")
_NATURAL_LINE: Final = 1.3
_BLANK: Final = " \t\u3000\xa0\n\u200b\ufeff"
_WITHOUT_BLANKS: Final = str.maketrans("", "", _BLANK)


class Family(StrEnum):
    """Families of faces, each installed under many names."""

    TITLE = "小标宋"
    BODY = "仿宋"
    NAME = "楷体"
    SCREEN = "雅黑"
    LABEL = "黑体"
    DIGITS = "宋体"


# Read in this order: 仿宋 before 宋, 小标宋 before 宋.
_FAMILIES: Final = (
    (Family.TITLE, ("小标宋", "xiaobiaosong", "fzxbs", "xbs")),
    (Family.BODY, ("仿宋", "fangsong", "fzfs", "simfang")),
    (Family.NAME, ("楷", "kaiti", "simkai", "fzkt")),
    (Family.SCREEN, ("雅黑", "yahei")),
    (Family.LABEL, ("黑体", "simhei", "heiti", "fzht")),
    (Family.DIGITS, ("宋", "simsun", "song", "mingliu")),
)
_CHINESE: Final = frozenset(Family)


@lru_cache(maxsize=512)
def family(face: str | None) -> str:
    """Return the family of a face; its own name when it belongs to none."""
    plain = (face or "").lower().replace(" ", "")
    for name, marks in _FAMILIES:
        if any(mark in plain for mark in marks):
            return name
    return face or "（未指定）"


def is_chinese(face: str | None) -> bool:
    """Whether a face draws Chinese punctuation at full width."""
    return family(face) in _CHINESE


@dataclass(frozen=True)
class Look:
    """The effective formatting of a run.

    `color` is RRGGBB, None for automatic; sizes are points; `effect` names in Chinese what else is done to the words.
    """

    east: str | None = None
    latin: str | None = None
    east_hint: bool = False
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    hidden: bool = False
    color: str | None = None
    highlight: str | None = None
    spacing: float = 0.0
    effect: str = ""

    def face_of(self, character: str) -> str | None:
        """Return the face a character is set in, as Word chooses it."""
        if character in _EITHER:
            return self.east if self.east_hint else self.latin
        return self.east if character >= _FIRST_CJK else self.latin

    @property
    def is_red(self) -> bool:
        """Whether the colour is a red."""
        return is_red(self.color)

    @property
    def is_black(self) -> bool:
        """Whether the colour is automatic or so dark that it prints as black."""
        return self.color is None or all(int(self.color[at : at + 2], 16) <= 0x26 for at in (0, 2, 4))


def is_red(color: str | None) -> bool:
    """Whether RRGGBB is a red."""
    if color is None:
        return False
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0xB0 and green <= 0x50 and blue <= 0x50


@dataclass(frozen=True)
class Span:
    """A stretch of text of one look."""

    text: str
    look: Look


@dataclass(frozen=True)
class Border:
    """A line beside a paragraph or a table; `size` is in eighths of a point."""

    style: str
    size: int
    color: str | None

    @property
    def seen(self) -> bool:
        """Whether it is drawn at all."""
        return self.style not in ("nil", "none", "")


@dataclass(frozen=True)
class Setting:
    """The effective formatting of a paragraph.

    Args:
        align: `left`, `center`, `right`, `both` or `distribute`.
        left, right, first: Indents in points; `first` is relative to `left`.
        before, after: Room above and below in points.
        line: `w:line`, in twips, or in 240ths of a line where `rule` is `auto`.
        rule: `auto`, `exact` or `atLeast`.
        snap: Whether the lines keep to the document's grid.
        new_page: Whether the paragraph begins a page of itself.
        framed: Whether it stands in a frame.
        frame_align: Where the frame stands, `outside` or nothing among others.
        borders: The lines beside it.
        style: The name of its style.
        shaded: Whether it stands on a coloured ground.
    """

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: int = 240
    rule: str = "auto"
    snap: bool = True
    new_page: bool = False
    framed: bool = False
    frame_align: str = ""
    borders: Mapping[str, Border] = field(default_factory=dict)
    style: str = ""
    shaded: bool = False


@dataclass(frozen=True)
class Shape:
    """A drawn line, bar or picture, in millimetres.

    `kind` is `bar`, `picture` or `box`. `compound` names how the line itself is several beside each other, from the
    top down (`thickThin`, `thinThick`, `double`, or another name); it is empty for a single line. `thick` is how
    thick the line or the bar is.
    """

    kind: str
    width: float
    height: float
    color: str | None
    paragraph: int
    top: float | None = None
    compound: str = ""
    thick: float = 0.0


@dataclass(frozen=True, eq=False)
class Para:
    """A paragraph.

    Args:
        number: Which paragraph of the document it is, from 1, those in tables and boxes counted.
        spans: Its words; the label of automatic numbering comes first, a soft break is a line feed.
        table: The number of the table it stands in, from 1; 0 for none.
        box: The number of the text box it stands in, from 1; 0 for none.
        section: The place of its section.
        starts_page: Whether a page break comes before its text.
        fields: The names of the fields in it (`PAGE`); one with a format of its own has that too (`PAGE ROMAN`).
        cell: The number of the table cell it stands in, from 1; 0 for none.
        unfilled: Whether it stands in a content control, or has one, that still shows what to fill in.
        label: The label of automatic numbering, with which its words begin.
        bulleted: Whether the word processor sets a bullet before it, which is none of its words.
    """

    number: int
    spans: tuple[Span, ...]
    setting: Setting
    mark_look: Look
    table: int = 0
    box: int = 0
    section: int = 0
    starts_page: bool = False
    has_drawing: bool = False
    fields: tuple[str, ...] = ()
    cell: int = 0
    unfilled: bool = False
    label: str = ""
    bulleted: bool = False

    @cached_property
    def text(self) -> str:
        """Return the words."""
        return "".join(span.text for span in self.spans)

    @cached_property
    def words(self) -> str:
        """Return the words without white space at both ends."""
        return self.text.strip(_BLANK)

    @cached_property
    def bare(self) -> str:
        """Return the words without any white space."""
        return self.text.translate(_WITHOUT_BLANKS)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read."""
        return not self.words

    @cached_property
    def look(self) -> Look:
        """Return the look that most characters have."""
        if len(self.spans) == 1:
            return self.spans[0].look
        counts: dict[Look, int] = {}
        for span in self.spans:
            counts[span.look] = counts.get(span.look, 0) + sum(
                2 if each >= _FIRST_CJK else 1 for each in span.text.strip()
            )
        return max(counts, key=lambda each: counts[each]) if counts else self.mark_look

    @property
    def zi(self) -> float:
        """Return the width of one character in points."""
        return max(1.0, self.look.size + self.look.spacing)

    @cached_property
    def lead(self) -> int:
        """Return how many half characters of white space stand before the words."""
        room = self.text[: len(self.text) - len(self.text.lstrip(_BLANK))]
        return sum(2 if each == "\u3000" else 1 for each in room if each in " \u3000\xa0")

    @cached_property
    def trail(self) -> int:
        """Return how many half characters of white space stand after the words."""
        room = self.text[len(self.text.rstrip(_BLANK)) :]
        return sum(2 if each == "\u3000" else 1 for each in room if each in " \u3000\xa0")

    @property
    def width(self) -> float:
        """Return how wide the words set on one line, in points."""
        return ems(self.words) * self.look.size + len(self.words) * self.look.spacing

    def place(self, room: float) -> tuple[float, float]:
        """Return where the words begin and end on a line of so many points, white space and indents counted."""
        start, end = self.setting.left + self.setting.first, room - self.setting.right
        lead, trail = self.lead * self.zi / 2, self.trail * self.zi / 2
        full = self.width + lead + trail
        if self.setting.align == "right":
            start = end - full
        elif self.setting.align == "center":
            start = (start + end - full) / 2
        return start + lead, start + lead + self.width

    def line_height(self, pitch: float) -> float:
        """Return the height of its lines in points, on a grid of `pitch` points (0 for none)."""
        natural = self.look.size * _NATURAL_LINE
        if self.setting.rule == "exact":
            return self.setting.line / 20
        if self.setting.rule == "atLeast":
            return max(natural, self.setting.line / 20)
        factor = self.setting.line / 240
        if pitch and self.setting.snap:
            return -(-natural // pitch) * pitch * factor
        return natural * factor

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the spans between two places of the text, cut to them."""
        end = len(self.text) if end is None else end
        at = 0
        for span in self.spans:
            low, high = max(start - at, 0), min(end - at, len(span.text))
            at += len(span.text)
            if low < high:
                yield Span(span.text[low:high], span.look)


@dataclass(frozen=True)
class Table:
    """A table: its horizontal lines from top to bottom, None where there is none.

    `inset` is how far from the left edge the words of its first column begin, in points; None for one set aside.
    """

    lines: tuple[Border | None, ...]
    inset: float | None = None


@dataclass(frozen=True)
class Section:
    """A section's page; lengths in millimetres, `pitch` and `extra` (added to each character) in points.

    `left` has the gutter in it; `numbers` is the format of its page numbers, `numbered_from` the
    first of them where they do not go on; `continuous` says that it begins on the page of the section before;
    `unusual` names in Chinese what else the page is set to (columns, borders).
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float
    grid: str = ""
    pitch: float = 0.0
    extra: float = 0.0
    first_differs: bool = False
    numbers: str = ""
    numbered_from: int | None = None
    continuous: bool = False
    unusual: tuple[str, ...] = ()
    footers: Mapping[str, tuple[Para, ...]] = field(default_factory=dict)
    footer_shapes: tuple[Shape, ...] = ()

    @property
    def room(self) -> float:
        """Return the width of the text area in points."""
        return (self.width - self.left - self.right) / 25.4 * 72


@dataclass(frozen=True)
class Traces:
    """What editing left behind: how many tracked changes and comments, and the paragraphs of the first ones."""

    changes: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()


@dataclass(frozen=True)
class Doc:
    """A document that has been read."""

    paras: tuple[Para, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    shapes: tuple[Shape, ...]
    traces: Traces
    even_and_odd: bool
    outside: tuple[str, ...] = ()
    """What would be fetched from outside the file when it is opened, each in words."""
    links: tuple[str, ...] = ()
    """Where hyperlinks of the text lead."""

    def section(self, para: Para) -> Section:
        """Return the section of a paragraph."""
        return self.sections[min(para.section, len(self.sections) - 1)]
