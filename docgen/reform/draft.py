"""A draft as it was typed, whatever file it came in: paragraphs with their looks, tables, pictures, notes.

What makes no difference to a reader (faces, sizes, spaces) is kept only as a hint of what a paragraph is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.standard.measures.widths import ems

BLANK: Final = " \t\u3000\xa0\n\u200b\ufeff"
_WITHOUT_BLANKS: Final = str.maketrans("", "", BLANK)
OBJECT: Final = "\ufffc"
"""What stands in a line's words for a picture, a note or a formula."""
_HALF_ROOM: Final = {"\u3000": 2, "\t": 4}


@dataclass(frozen=True)
class Picture:
    """A picture: the name of its part in `Draft.media`, its size in points, its words for those who cannot see it."""

    media: str
    width: float
    height: float
    said: str = ""


@dataclass(frozen=True)
class Note:
    """A footnote or endnote: its paragraphs."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Raw:
    """WordprocessingML that is carried as it is: a formula, a symbol of a special face. `words` are those in it."""

    xml: str
    words: str = ""


Thing: TypeAlias = Picture | Note | Raw


@dataclass(frozen=True)
class Piece:
    """A stretch of a line.

    Args:
        text: Its words; a soft break is a line feed. `OBJECT` alone for a thing.
        emphasis: Letters for what it is besides plain: b(old), i(talic), u(nderlined), s(truck).
        raised: `superscript` or `subscript`; empty for neither.
        link: Where a link leads; empty for none.
        thing: What stands here instead of words.
    """

    text: str
    emphasis: str = ""
    raised: str = ""
    link: str = ""
    thing: Thing | None = None

    @property
    def manner(self) -> tuple[str, str, str]:
        """Return what tells it from its neighbours."""
        return self.emphasis, self.raised, self.link


@dataclass(frozen=True)
class Looks:
    """How a paragraph looks, as far as that says what it is.

    Args:
        align: `left`, `center`, `right`, `both` or `distribute`.
        size: Points; 0 where the file does not say.
        face: The family of its face; empty where the file does not say.
        bold: Whether all of it is.
        red: Whether it is printed in red.
        indent: How far it begins from the left edge, in characters.
        style: The name of its style.
        outline: Its level among headings, 1 the highest; 0 for none, or where the file does not say.
        label: The label that the word processor counts before it (`一、`), which is in its words too.
        new_page: Whether it begins a page.
        box: The number of the text box it stands in; 0 for none.
    """

    align: str = "left"
    size: float = 0.0
    face: str = ""
    bold: bool = False
    red: bool = False
    indent: float = 0.0
    style: str = ""
    outline: int = 0
    label: str = ""
    new_page: bool = False
    box: int = 0


PLAIN: Final = Looks()


@dataclass(frozen=True)
class Line:
    """A paragraph of a draft. `place` is which one it is, from 1."""

    pieces: tuple[Piece, ...]
    looks: Looks = PLAIN
    place: int = 0

    @cached_property
    def text(self) -> str:
        """Return its words, `OBJECT` for each thing."""
        pieces = self.pieces
        return pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])

    @cached_property
    def words(self) -> str:
        """Return its words without white space at both ends."""
        return self.text.strip(BLANK)

    @cached_property
    def bare(self) -> str:
        """Return its words without any white space."""
        return self.text.translate(_WITHOUT_BLANKS)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read or see."""
        return not self.words

    @property
    def things(self) -> tuple[Thing, ...]:
        """Return its pictures, notes and formulas."""
        return tuple(piece.thing for piece in self.pieces if piece.thing is not None)

    @property
    def lead(self) -> int:
        """Return how many half characters of white space stand before its words."""
        room = self.text[: len(self.text) - len(self.text.lstrip(BLANK))]
        return sum(_HALF_ROOM.get(each, 1) for each in room)

    @property
    def width(self) -> float:
        """Return how many characters wide its words are."""
        return ems(self.words)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its paragraphs and inner tables, how many columns it spans, `restart` or `continue`."""

    blocks: tuple[Line | Table, ...]
    span: int = 1
    merge: str = ""

    @property
    def words(self) -> str:
        """Return its words, a line feed between paragraphs."""
        return "\n".join(each.words for each in self.blocks if isinstance(each, Line))


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        rows: Its rows of cells.
        heads: How many of them are its head.
        widths: How wide its columns were, in twips; empty where that is not known.
        heights: How high each row was at least, in twips; 0 for as high as its words.
        place: Which paragraph of the draft its first is.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 1
    widths: tuple[int, ...] = ()
    heights: tuple[int, ...] = ()
    place: int = 0

    @property
    def columns(self) -> int:
        """Return how many columns it has."""
        return max((sum(cell.span for cell in row) for row in self.rows), default=0)


Block: TypeAlias = Line | Table


@dataclass(frozen=True)
class Draft:
    """A draft.

    Args:
        path: What messages call it.
        blocks: Its paragraphs and tables in reading order.
        media: The bytes of its pictures by name.
        aside: What the file holds beside the text (headers, comments), in words: no part of what is laid out.
        lists: How many paragraphs had a bullet instead of a number.
        dropped: Characters that no document may hold, which its text had, each in words with its line.
        hidden: Words that nobody sees on the page, each with its paragraph; they are carried as words that are seen.
        clocks: The paragraphs that have a date which changes by itself; it is carried as the words it shows.
        drawn: Shapes without words that are not carried, and text boxes whose words are, in words.
        sheet: The file itself where it is a form to be filled in (任务交办单), which is not laid out anew.
    """

    path: str
    blocks: tuple[Block, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
    lists: int = 0
    sheet: bytes = b""
    dropped: tuple[str, ...] = ()
    clocks: tuple[int, ...] = ()
    hidden: tuple[tuple[int, str], ...] = ()
    drawn: tuple[str, ...] = ()


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield all paragraphs, those in tables and notes too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
            for thing in block.things:
                if isinstance(thing, Note):
                    yield from lines_of(thing.lines)
        else:
            for row in block.rows:
                for cell in row:
                    yield from lines_of(cell.blocks)


def broken(line: Line) -> list[Line]:
    """Return the lines that soft breaks part a paragraph into, each without them."""
    text = line.text
    ends = [*(at for at, each in enumerate(text) if each == "\n"), len(text)]
    starts = [0, *(at + 1 for at in ends)]
    return [
        replace(line, pieces=cut(line.pieces, start, end)) for start, end in zip(starts, ends, strict=False)
    ]


def line_of(text: str, looks: Looks = PLAIN, place: int = 0) -> Line:
    """Return a line of plain words."""
    return Line((Piece(text),) if text else (), looks, place)


def joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return pieces with neighbours of one manner made one; empty ones are left out."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        last = found[-1] if found else None
        if last and piece.thing is None and last.thing is None and last.manner == piece.manner:
            found[-1] = Piece(last.text + piece.text, *last.manner)
        else:
            found.append(piece)
    return tuple(found)


def cut(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces between two places of their words."""
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        low, high = max(start - at, 0), min(end - at, len(piece.text))
        at += len(piece.text)
        if low < high:
            whole = high - low == len(piece.text)
            found.append(piece if whole else Piece(piece.text[low:high], *piece.manner))
    return tuple(found)
