"""A wording's lines made into the parts of a template, with the blocks of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from docgen.standard.build import elements
from docgen.standard.build.controls import words_of
from docgen.standard.build.elements import CELL, CELL_HEAD, Element
from docgen.standard.build.levels import LEVELS, parted
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.parts import AnnexHead, Body, Heading, Line, Part, Run, Tag, When
from docgen.standard.build.parts import Text as Pieces
from docgen.standard.build.section import Landscape
from docgen.standard.build.styles import exact, indents, run_style
from docgen.standard.build.table import Column, Table, cell_of, even, table_looks
from docgen.standard.forms import nodes
from docgen.standard.forms.nodes import Annex, Grid, Inserted, Names, Node, Note, Sheet, Text, is_counting
from docgen.standard.forms.tags import Blocks, masked
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import NONE, Length, Mm
from docgen.standard.measures.look import Look
from docgen.standard.measures.widths import width

_COUNTERS: Final = ("一", "二", "三", "四")
_ANEW: Final = "{{ 层次.重新编号 }}"
_RICH: Final = re.compile(r"(\{\{-?r\s.*?\}\})")
_ADDRESSED: Final = re.compile(
    r"(?:\{\{[^{}]*\}\}|[^：。，；{}]*(?:[局委办厅部院社会队]|办公室|政府|中心|公司|单位))："
)
_ROOMY: Final = Mm(30)
_LEAST: Final = Mm(11)
_TWELFTHS: Final = 12
_PAIR: Final = (2, 10)
_TWO_PAIRS: Final = (2, 4, 2, 4)


def listed_apart(lines: Sequence[Node]) -> tuple[Node, ...]:
    """Return a text with a blank line before its first list of names (10.3)."""
    first = next((place for place, each in enumerate(lines) if isinstance(each, Names)), None)
    return tuple(lines) if first is None else (*lines[:first], nodes.BlankLine(), *lines[first:])


def text_parts(
    lines: Sequence[Node], *, closes: bool = False, most: Length = page.TEXT_WIDTH
) -> tuple[Part, ...]:
    """Return the parts of a text.

    Args:
        lines: What the text is made of.
        closes: Whether a signature follows, with which the last paragraph is kept on a page.
        most: The width of the text area.
    """
    kept = _before_tables(lines) | (_last(lines) if closes else set())
    return tuple(_part(each, keep=place in kept, most=most) for place, each in enumerate(lines))


def annex_parts(annexes: Sequence[Annex], look: Look, *, letter: bool = False) -> Iterator[Part]:
    """Yield the annexes, each on the condition that it appears (`附件.名称`)."""
    before: Annex | None = None
    for annex in annexes:
        shown = f"附件.{annex.name}"
        anew = _ANEW if is_counting(annex.nodes) else ""
        most = page.TEXT_HEIGHT if annex.across else page.TEXT_WIDTH
        head = AnnexHead(f"{{{{ {shown}.标识 }}}}{anew}", f"{shown}.标题行")
        parts: tuple[Part, ...] = (head, *text_parts(_addressed(annex.nodes), most=most))
        if annex.across:
            unless = f"附件.{before.name}" if before is not None and before.across else ""
            parts = (Landscape(parts, look, letter, unless),)
        yield When(shown, parts)
        before = annex


def note_parts(closing: Sequence[Node]) -> tuple[Part, ...]:
    """Return the 附注 below the date."""
    return tuple(_part(each, keep=False, most=page.TEXT_WIDTH) for each in closing)


@dataclass(frozen=True)
class SheetPart:
    """A table of labels and values, for annexes that are sent back and for slips.

    Args:
        rows: Its rows.
        heading: A line over it.
        label, value: The elements that its cells are set as.
        least: The least height of a row.
        roomy: That of a row with room to write.
    """

    rows: tuple[nodes.Row, ...]
    heading: str = ""
    label: Element = CELL_HEAD
    value: Element = CELL
    least: Length = _LEAST
    roomy: Length = _ROOMY

    def xml(self) -> str:
        """Return the heading and the table."""
        return self.opening() + self.table()

    def opening(self, *, parted: bool = True) -> str:
        """Return the heading, or the room above a table that something stands over (`parted`)."""
        if self.heading:
            layout = (w("keepNext"), exact(page.LINE))
            return paragraph(self.label.id, run(self.heading), layout=layout)
        return paragraph(elements.TABLE_GAP.id) if parted else ""

    def table(self, *more: str) -> str:
        """Return the table alone, with more rows at its end."""
        edges = tuple(accumulate(_TWO_PAIRS, initial=0))
        grid = w("tblGrid", *(w("gridCol", w=_span(b - a).twips) for a, b in pairwise(edges)))
        rows = (self._row(row, edges) for row in self.rows)
        return w("tbl", table_looks(page.TEXT_WIDTH), grid, *rows, *more)

    def _row(self, row: nodes.Row, edges: Sequence[int]) -> str:
        height = row.height or (self.roomy if row.roomy else self.least)
        # What is written by hand may go over to another page: by this a slip knows the rows that take its spare room.
        whole = "" if row.roomy else w("cantSplit")
        looks = properties("trPr", whole, w("trHeight", val=height.twips, hRule="atLeast"))
        spans = _PAIR if len(row.cells) == len(_PAIR) else _TWO_PAIRS
        starts = accumulate(spans, initial=0)
        cells = (
            self._cell(cell, span, sum(start < edge <= start + span for edge in edges), label=not place % 2)
            for place, (cell, span, start) in enumerate(zip(row.cells, spans, starts, strict=False))
        )
        return w("tr", looks, *cells)

    def _cell(self, words: nodes.Cell, span: int, columns: int, *, label: bool) -> str:
        element = self.label if label else self.value
        merged = (w("gridSpan", val=columns),) if columns > 1 else ()
        return cell_of(_span(span), paragraph(element.id, words_of(words)), *merged)


@dataclass(frozen=True)
class NamesPart:
    """A list of names, turned over under the first character behind its label, which is in 黑体 (10.3)."""

    label: str
    names: str

    def xml(self) -> str:
        """Return the paragraph."""
        face = w("rStyle", val=run_style(Face.LABEL))
        hanging = elements.ATTENDANCE.first if "{" in self.label else -width(self.label)
        usual = hanging == elements.ATTENDANCE.first
        layout = () if usual else (indents(page.ZI * 2 - hanging, NONE, hanging),)
        labelled = run(self.label, face, w("rFonts", hint="eastAsia"))
        return paragraph(elements.ATTENDANCE.id, labelled, run(self.names), layout=layout)


def _addressed(lines: Sequence[Node]) -> Sequence[Node]:
    """Return a text whose first line, if it names an organ, is set as its addressee."""
    first = lines[0] if lines else None
    if isinstance(first, Text) and not first.level and _ADDRESSED.fullmatch(first.words):
        return (nodes.Salutation(first.words), *lines[1:])
    return lines


def _part(node: Node, *, keep: bool, most: Length) -> Part:
    match node:
        case nodes.Tag():
            return Tag(node.words)
        case Text():
            return _paragraph(node, keep=keep)
        case Grid():
            return _table(node, most)
        case Sheet():
            return SheetPart(node.rows, node.heading)
        case Names():
            return NamesPart(node.label, node.names)
        case nodes.Salutation() | Inserted() | Note() | nodes.BlankLine():
            return Line(_LINES[type(node)], node.words)


_LINES: Final[Mapping[type, Element]] = {
    nodes.BlankLine: elements.BLANK,
    nodes.Salutation: elements.ADDRESSEE,
    Inserted: elements.BODY,
    Note: elements.NOTE,
}


def _paragraph(text: Text, *, keep: bool) -> Part:
    number = f"{{{{ 层次.{_COUNTERS[text.level - 1]} }}}}" if text.counted else ""
    if text.alone:
        return Heading(text.level, _pieces(number + text.words))
    face = LEVELS[text.level - 1].face if text.level else None
    if face is None:
        return Body(_pieces(number + text.words), keep)
    heading = parted(masked(text.words))[0]
    ahead, rest = text.words[: len(heading)], text.words[len(heading) :]
    return Body((Run(number + ahead, face), *_split(rest)), keep)


def _pieces(words: str) -> Pieces:
    pieces = _split(words)
    return pieces if len(pieces) > 1 else words


def _split(words: str) -> tuple[str, ...]:
    """Return words parted where the template engine puts whole runs (`{{r 名称 }}`)."""
    return tuple(piece for piece in _RICH.split(words) if piece)


def _table(grid: Grid, most: Length) -> Table:
    first, *more = grid.rows or (((),) * len(grid.heads),)
    columns = tuple(
        Column(head.words, head.width or width_, cell, head.align)
        for head, width_, cell in zip(grid.heads, even(len(grid.heads), most), first, strict=True)
    )
    size = grid.size or CELL.size
    return Table(columns, grid.each, size, grid.height, tuple(more), most, grid.foot, grid.fits)


def _before_tables(lines: Sequence[Node]) -> set[int]:
    """Return the places of paragraphs that a table follows."""
    return {
        place
        for place, (one, two) in enumerate(pairwise(lines))
        if isinstance(one, Text) and isinstance(two, Grid | Sheet)
    }


def _last(lines: Sequence[Node]) -> set[int]:
    """Return the places of the paragraphs that may be the last: in each branch, and before what may fall away.

    Those in loops are left out: kept with what follows, all of them would hold together.
    """
    found: set[int] = set()
    waits, whole = [True], [False]
    loops = 0
    for place in range(len(lines) - 1, -1, -1):
        each = lines[place]
        if isinstance(each, nodes.Tag):
            step = Blocks.step(each)
            loops -= each.words.startswith("for ")
            loops += each.words.startswith("endfor")
            if step < 0:
                waits.append(waits[-1])
                whole.append(False)
            elif step > 0:
                waits.pop()
                waits[-1] = waits[-1] and not (whole.pop() and each.words.startswith("if "))
            elif each.words.startswith(("else", "elif")):
                waits[-1] = waits[-2]
                whole[-1] = whole[-1] or each.words.startswith("else")
            continue
        if waits[-1] and isinstance(each, Text) and not loops:
            found.add(place)
        waits[-1] = False
        if len(waits) == 1:
            break
    return found


def pair_cells(label: str, value: str) -> tuple[str, str]:
    """Return the cells of a row with one label and one value, from their paragraphs, in a grid of four columns."""
    return cell_of(_span(2), label), cell_of(_span(10), value, w("gridSpan", val=3))


def _span(twelfths: int) -> Length:
    return page.TEXT_WIDTH * (twelfths / _TWELFTHS)
