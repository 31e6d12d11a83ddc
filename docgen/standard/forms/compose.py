"""A wording's lines made into the parts of a template, with the blocks of the standard."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, combinations, pairwise
from typing import Final, TypeGuard

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.controls import words_of
from docgen.standard.build.elements import CELL, CELL_HEAD, Element
from docgen.standard.build.levels import LEVELS, parted
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.parts import AnnexHead, Body, Heading, Line, Part, Run, Tag, When
from docgen.standard.build.parts import Text as Pieces
from docgen.standard.build.section import Landscape
from docgen.standard.build.styles import exact, indents, run_style
from docgen.standard.build.table import SIDE_MARGIN, Column, Table, cell_of, even, table_looks
from docgen.standard.forms import nodes
from docgen.standard.forms.nodes import Annex, Grid, Inserted, Names, Node, Note, Sheet, Text, is_counting
from docgen.standard.forms.tags import Blocks, masked
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import NONE, Length, Mm
from docgen.standard.measures.look import Look
from docgen.standard.measures.widths import ems, width
from docgen.standard.wording.words import words_of as words_in

_COUNTERS: Final = ("一", "二", "三", "四")
_ANEW: Final = "{{ 层次.重新编号 }}"
_RICH: Final = re.compile(r"(\{\{-?r\s.*?\}\})")
_ADDRESSED: Final = re.compile(
    r"(?:\{\{[^{}]*\}\}|[^：。，；{}]*(?:[局委办厅部院社会队]|办公室|政府|中心|公司|单位))："
)
_ROOMY: Final = Mm(30)
_LEAST: Final = Mm(11)
# A label stands on one line of at most so many characters, a longer one on even lines; its column is as wide.
_LABEL_EMS: Final = 6
_SHORT_LABEL_EMS: Final = 4.0
_MOST_LINES: Final = 4
_SLACK: Final = Mm(1)
_PAIR: Final = 2
_FORMULA: Final = 20


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
    kept = _before_tables(lines) | (_closing(lines) if closes else set())
    return tuple(_part(each, keep=place in kept, most=most) for place, each in enumerate(lines))


def annex_parts(annexes: Sequence[Annex], look: Look, *, letter: bool = False) -> Iterator[Part]:
    """Yield the annexes, each on the condition that it appears (`附件.名称`)."""
    before: Annex | None = None
    for annex in annexes:
        if not annex.name:
            yield from text_parts(annex.nodes)
            continue
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
        labels: The width of the columns of labels; None for what its own ask for.
        above: The height of the heading's line.
    """

    rows: tuple[nodes.Row, ...]
    heading: str = ""
    label: Element = CELL_HEAD
    value: Element = CELL
    least: Length = _LEAST
    roomy: Length = _ROOMY
    labels: Length | None = None
    above: Length = page.LINE

    def xml(self) -> str:
        """Return the heading and the table."""
        return self.opening() + self.table()

    def opening(self, *, parted: bool = True) -> str:
        """Return the heading, or the room above a table that something stands over (`parted`)."""
        if self.heading:
            layout = (w("keepNext"), exact(self.above))
            return paragraph(self.label.id, run(self.heading), layout=layout)
        return paragraph(elements.TABLE_GAP.id) if parted else ""

    def table(self, *more: str) -> str:
        """Return the table alone, with more rows at its end."""
        grid = w("tblGrid", *(w("gridCol", w=each.twips) for each in _columns(self._label_width)))
        return w("tbl", table_looks(page.TEXT_WIDTH), grid, *map(self._row, self.rows), *more)

    @property
    def _label_width(self) -> Length:
        return label_width(self.rows, self.label) if self.labels is None else self.labels

    def _row(self, row: nodes.Row) -> str:
        height = row.height or (self.roomy if row.roomy else self.least)
        # What is written by hand may go over to another page: by this a slip knows the rows that take its spare room.
        whole = "" if row.roomy else w("cantSplit")
        looks = properties("trPr", whole, w("trHeight", val=height.twips, hRule="atLeast"))
        made = [
            paragraph(self.value.id, words_of(cell)) if place % 2 else self._label(cell)
            for place, cell in enumerate(row.cells)
        ]
        return w("tr", looks, *row_cells(made, self._label_width))

    def _label(self, cell: nodes.Cell) -> str:
        lines = [(line,) for line in label_lines(cell[0])] if _is_plain(cell) else [cell]
        return "".join(paragraph(self.label.id, words_of(line)) for line in lines)


def row_cells(content: Sequence[str], labels: Length) -> tuple[str, ...]:
    """Return the cells of a row of one pair or two, from their paragraphs and the width of the columns of labels."""
    label, half, *_ = _columns(labels)
    if len(content) > _PAIR:
        return tuple(map(cell_of, (label, half, label, half), content))
    return cell_of(label, content[0]), cell_of(page.TEXT_WIDTH - label, content[1], w("gridSpan", val=3))


def label_width(rows: Sequence[nodes.Row], element: Element) -> Length:
    """Return how wide the columns of labels must be for the labels of some rows."""
    labels = [cell[0] for row in rows for cell in row.cells[::2] if _is_plain(cell)]
    widest = max((ems(line) for label in labels for line in label_lines(label)), default=0)
    return element.size * max(widest, _SHORT_LABEL_EMS) + SIDE_MARGIN * 2 + _SLACK


def label_lines(label: str) -> tuple[str, ...]:
    """Return the lines of a label: one of up to 6 characters, or as few as hold it, as even as its words allow."""
    count = math.ceil(ems(label) / _LABEL_EMS)
    if not 1 < count <= _MOST_LINES or "{" in label:
        return (label,)
    words = words_in(label)
    starts = accumulate((len(word) for word, _ in words), initial=0)
    edges = [
        start + inside
        for start, (_, partings) in zip(starts, words, strict=False)
        for inside in (0, *partings)
        if start + inside
    ]
    divisions = (
        tuple(label[start:end] for start, end in pairwise((0, *cuts, len(label))))
        for cuts in combinations(edges, count - 1)
    )
    return min(divisions, key=lambda lines: max(map(ems, lines)), default=(label,))


def _is_plain(cell: nodes.Cell) -> TypeGuard[tuple[str]]:
    return len(cell) == 1 and isinstance(cell[0], str)


def _columns(labels: Length) -> tuple[Length, Length, Length, Length]:
    half = page.TEXT_WIDTH * 0.5 - labels
    return labels, half, labels, half


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
        return Heading(text.level, _pieces(number + text.words), keep)
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
    """Return the places of paragraphs that a table follows, those of each branch of a condition before it too."""
    found: set[int] = set()
    for place, (one, two) in enumerate(pairwise(lines)):
        if isinstance(two, Grid | Sheet):
            start = _start_of(lines[: place + 1]) if isinstance(one, nodes.Tag) else place
            found.update(start + each for each in _last(lines[start : place + 1]))
    return found


def _start_of(lines: Sequence[Node]) -> int:
    """Return where the condition begins that lines end with; behind them where they end otherwise."""
    depth = 0
    for place in range(len(lines) - 1, -1, -1):
        each = lines[place]
        step = Blocks.step(each) if isinstance(each, nodes.Tag) else 0
        depth += step
        if depth >= 0:
            return place if step and not depth else len(lines)
    return len(lines)


def _closing(lines: Sequence[Node]) -> set[int]:
    """Return the places of what is kept with the signature: the last paragraph, before a formula one more.

    A page with nothing but 特此函告 and the signature shows no text.
    """
    kept = _last(lines)
    formulas = [place for place in kept if _is_formula(lines[place]) and not _depth(lines[:place])]
    return kept.union(*(_last(lines[:place]) for place in formulas))


def _is_formula(node: Node) -> bool:
    return isinstance(node, Text) and "{" not in node.words and len(node.words) <= _FORMULA


def _depth(lines: Sequence[Node]) -> int:
    return sum(Blocks.step(each) for each in lines if isinstance(each, nodes.Tag))


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
