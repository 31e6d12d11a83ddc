"""A Word document as a draft: the paragraphs that the checker sees, with what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from docgen.lint.reading.document import traced
from docgen.lint.reading.drawings import boxes, drawn_words, shown
from docgen.lint.reading.model import Doc, Para, Span, family, is_red
from docgen.lint.reading.names import Element, is_on, local, number, value, w
from docgen.lint.reading.properties import rgb
from docgen.lint.reading.story import DEEPEST
from docgen.lint.recognition.slip import is_slip
from docgen.lint.rules.leftovers import CLOCKS
from docgen.opc.reading import Parts, opened
from docgen.reform.draft import Block, Cell, Draft, Line, Looks, Piece, Table, joined
from docgen.reform.faults import NestedTooDeep, OpenChanges, SubDocument
from docgen.reform.reading.carried import Carried
from docgen.reform.reading.decoding import ended
from docgen.reform.reading.inline import Atom, Inline, is_more_than_words
from docgen.reform.reading.symbols import as_seen, seen_only, unseen_in
from docgen.reform.seals import without_seals
from docgen.reform.signs import STYLES

_THROUGH: Final = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_HEADERS: Final = ("header", "footer")
_MOST_COLUMNS: Final = 63
"""Word makes no table of more columns; a cell that says it spans more spans these."""
_DRAWN_SIZE: Final = 26.0
"""Points: larger than any title's type, as words are that somebody drew."""
_MARK_SIZE: Final = 20.0
_MOST_HEADS: Final = 4
_THIN: Final = 3.0
"""Millimetres: what is no higher or wider is a rule."""
_OUTLINED: Final = f"{w('pPr')}/{w('outlineLvl')}"
_FRAMED: Final = f"{w('pPr')}/{w('framePr')}"
_NO_ATOM: Final = Atom("", "")
_W_P, _W_TBL, _W_TR, _W_TC = w("p"), w("tbl"), w("tr"), w("tc")


def read_word(data: bytes, path: str) -> Draft:
    """Return the draft in a .docx.

    Args:
        data: Its bytes.
        path: What messages call it.

    Raises:
        FileFault: it is no .docx that can be read within the limits.
        DraftFault: it holds what cannot be decided or carried.
    """
    return read_both(data, path)[0]


def read_both(data: bytes, path: str) -> tuple[Draft, Doc]:
    """Return the draft in a .docx, and the same as the checker sees it. Raises as `read_word`."""
    with opened(data, path) as parts:
        doc, paras = traced(parts)
        if doc.traces.changes:
            raise OpenChanges(path, doc.traces.changes)
        body = next((each.getroottree().getroot().find(w("body")) for each in paras), None)
        carried = Carried(parts)
        walk = _Walk(paras, carried)
        blocks = tuple(_with_initials(walk.blocks(body), walk.initials))
        headed = () if any(_is_marked(each) for each in doc.paras) else _head_in_header(parts)
        sheet = data if is_slip(doc) else b""
        clocks = tuple(para.number for para in doc.paras if not CLOCKS.isdisjoint(para.fields))
        aside = _aside(doc, parts, {"".join(each.text for each in headed)})
        draft = Draft(
            path, (*headed, *blocks), carried.media, aside, walk.bullets, sheet, _unseen(doc), clocks, _hidden(doc),
            tuple(_drawn(doc, carried.endnotes)),
        )  # fmt: skip
        return without_seals(draft), doc


@dataclass
class _Walk:
    """Goes through a body in reading order."""

    paras: Mapping[Element, Para]
    carried: Carried
    bullets: int = 0
    initials: set[int] = field(default_factory=set)

    def blocks(self, container: Element | None) -> Iterator[Block]:
        """Yield the paragraphs and tables of a body, a cell or a text box."""
        for child in () if container is None else container:
            name = local(child)
            if child.tag == _W_P:
                yield from self._paragraph(child)
            elif child.tag == _W_TBL:
                yield self._table(child)
            elif name in _THROUGH:
                yield from self.blocks(child)
            elif name == "AlternateContent":
                yield from self.blocks(shown(child))
            elif name == "altChunk":
                raise SubDocument(self.carried.path)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        para = self.paras.get(element)
        if para is None:
            raise NestedTooDeep(self.carried.path, DEEPEST)
        own = para.text[len(para.label) :]
        label = para.label if own else ""
        if para.bulleted and own.strip():
            self.bullets += 1
        if para.setting.framed and value(element.find(_FRAMED), "dropCap") not in (None, "none"):
            self.initials.add(para.number)
        pieces, drawings = self._content(element, para, label)
        line = Line(pieces, _looks(element, para, label), para.number)
        yield Line((), line.looks, line.place) if line.blank and not line.things else line
        for drawn in drawings:
            seen = shown(drawn)
            if seen is not None:
                yield from _drawn_lines(seen, para.number)
                for box in boxes(seen):
                    yield from self.blocks(box)

    def _content(
        self, element: Element, para: Para, label: str
    ) -> tuple[tuple[Piece, ...], Sequence[Element]]:
        """Return the pieces and the drawings of a paragraph; of one that has words alone the checker has read them."""
        if not is_more_than_words(element):
            spans = list(para.pieces(len(label)))
            if len(spans) == 1:  # of one look: nothing in it is emphasised
                return (Piece(label + _plain(_atom(spans[0]).text)),), ()
            return _pieces([(_atom(each), _emphasis(each)) for each in spans], label), ()
        inline = Inline(self.carried).read(element)
        return _pieces(list(_cut_up(inline.atoms, para, len(label))), label), inline.drawn

    def _table(self, element: Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        heights: list[int] = []
        heads = 0
        for row in _own(element, _W_TR, _W_TBL):
            if is_on(row.find(f"{w('trPr')}/{w('tblHeader')}")) and heads == len(rows):
                heads += 1
            heights.append(number(value(row.find(f"{w('trPr')}/{w('trHeight')}"))) or 0)
            rows.append(tuple(self._cell(cell) for cell in _own(row, _W_TC, _W_TR)))
        grid = [number(value(each, "w")) or 0 for each in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        first = next(element.iter(_W_P), None)
        place = self.paras[first].number if first is not None and first in self.paras else 0
        return Table(tuple(rows), heads or _heads(rows), tuple(grid), tuple(heights), place)

    def _cell(self, element: Element) -> Cell:
        looks = element.find(w("tcPr"))
        span = 1 if looks is None else number(value(looks.find(w("gridSpan")))) or 1
        merge = None if looks is None else looks.find(w("vMerge"))
        merged = "" if merge is None else value(merge) or "continue"
        return Cell(tuple(self.blocks(element)), min(max(1, span), _MOST_COLUMNS), merged)


def _heads(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows the head of a table has: more than one where cells beside a wide one reach down as far."""
    first = rows[0] if rows else ()
    if not any(cell.span > 1 for cell in first) or not any(cell.merge == "restart" for cell in first):
        return 1
    below = [*takewhile(lambda row: any(cell.merge == "continue" for cell in row), rows[1:_MOST_HEADS])]
    return 1 + len(below) if len(below) < len(rows) - 1 else 1


def _with_initials(blocks: Iterator[Block], initials: Collection[int]) -> Iterator[Block]:
    """Yield blocks with each large initial, which Word sets as a paragraph, made one with the words behind it."""
    initial: Line | None = None
    for block in blocks:
        if initial and isinstance(block, Line):
            yield replace(block, pieces=joined([*initial.pieces, *block.pieces]))
            initial = None
        elif isinstance(block, Line) and block.place in initials:
            initial = block
        else:
            yield from (initial, block) if initial else (block,)
            initial = None
    if initial:
        yield initial


def _own(element: Element, tag: str, holder: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too, none of inner tables."""
    for each in element.iter(tag):
        if next(each.iterancestors(holder), None) is element:
            yield each


def _pieces(cut_up: Sequence[tuple[Atom, str]], label: str) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph, their emphasis as the eye sees it: what all have tells nothing."""
    shown_ones = [frozenset(emphasis) for atom, emphasis in cut_up if atom.said.strip()]
    common = frozenset.intersection(*shown_ones) if shown_ones else frozenset[str]()
    pieces = [Piece(label)] if label else []
    for atom, emphasis in cut_up:
        kept = "".join(each for each in emphasis if each not in common)
        pieces.append(Piece(_plain(atom.text), kept, atom.raised, atom.link, atom.thing))
    return joined(pieces)


def _cut_up(atoms: Sequence[Atom], para: Para, start: int) -> Iterator[tuple[Atom, str]]:
    """Yield atoms cut where the looks change, each with its emphasis; `start` is where they begin in the paragraph."""
    at = start
    for atom in atoms:
        if atom.thing is not None or atom.text != atom.said:
            yield atom, ""
        else:
            for span in para.pieces(at, at + len(atom.said)):
                yield _atom(span, atom), _emphasis(span, linked=bool(atom.link))
        at += len(atom.said)


def _plain(text: str) -> str:
    return seen_only(ended(text))


def _atom(span: Span, whole: Atom = _NO_ATOM) -> Atom:
    """Return a stretch of words, which may be a part of a whole, as it is seen."""
    return Atom(as_seen(span.text, span.look.latin), span.text, whole.raised, whole.link)


def _emphasis(span: Span, *, linked: bool = False) -> str:
    look = span.look
    flags = (("b", look.bold), ("i", look.italic), ("u", look.underline and not linked), ("s", look.strike))
    return "".join(letter for letter, given in flags if given)


def _looks(element: Element, para: Para, label: str) -> Looks:
    setting, look = para.setting, para.look
    outline = number(value(element.find(_OUTLINED)))
    return Looks(
        align=setting.align,
        size=look.size,
        face=str(family(look.east)) if look.east else "",
        bold=look.bold,
        red=look.is_red,
        indent=(setting.left + setting.first) / para.zi + para.lead / 2,
        style=setting.style,
        outline=_outline(setting.style) or (outline + 1 if outline is not None and outline < 9 else 0),
        label=label,
        new_page=para.starts_page,
        box=para.box,
    )


@lru_cache(maxsize=256)
def _outline(style: str) -> int:
    """Return the level of a heading style of Word or WPS by its name; 0 for any other."""
    name = style.lower().replace(" ", "")
    for prefix in ("heading", "标题"):
        rest = name.removeprefix(prefix)
        if rest != name and rest.isdigit() and 0 < int(rest) < 10:
            return int(rest)
    return 0


def _drawn_lines(drawn: Element, place: int) -> Iterator[Line]:
    """Yield the lines that are drawn as a picture: the heads of old files are."""
    for words, color in drawn_words(drawn):
        looks = Looks(align="center", size=_DRAWN_SIZE, red=is_red(color))
        yield Line((Piece(words),), looks, place)


def _hidden(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return the words that are set not to be seen, with their paragraphs."""
    return tuple(
        (para.number, words)
        for para in doc.paras
        if (words := "".join(each.text for each in para.spans if each.look.hidden).strip())
    )


def _unseen(doc: Doc) -> tuple[str, ...]:
    """Return in words how many characters are left out that nobody sees."""
    count = sum(unseen_in(para.text) for para in doc.paras)
    return (f"看不见的控制字符{count}个",) if count else ()


def _drawn(doc: Doc, endnotes: int) -> Iterator[str]:
    """Yield what becomes of text boxes and of shapes without words; thin ones and red ones are rules of a head."""
    boxes_ = {para.box for para in doc.paras if para.box and para.words and para.setting.style not in STYLES}
    if boxes_:
        yield f"{len(boxes_)}个文本框里的文字排成自然段"
    shapes = [
        each
        for each in doc.shapes
        if each.kind == "bar" and min(each.width, each.height) > _THIN and not is_red(each.color)
    ]
    if shapes:
        yield f"{len(shapes)}个没有文字的图形没有排入"
    if endnotes:
        yield f"{endnotes}处尾注改为脚注"
    if any("分栏" in each for section in doc.sections for each in section.unusual):
        yield "分栏的文字排成通栏"


def _is_marked(para: Para) -> bool:
    return para.look.is_red and para.look.size >= _MARK_SIZE


def _head_in_header(parts: Parts) -> tuple[Line, ...]:
    """Return the lines of the first header that has a mark: large and red, as somebody put a head there."""
    for name in sorted(parts.names()):
        if not name.rpartition("/")[2].startswith("header") or not name.endswith(".xml"):
            continue
        lines = [_header_line(each) for each in parts.xml(name).iter(_W_P)]
        if any(line.looks.red and line.looks.size >= _MARK_SIZE for line in lines):
            return tuple(line for line in lines if not line.blank)
    return ()


def _header_line(paragraph: Element) -> Line:
    """Return the words of a paragraph of a header with the largest size and the red that its runs have themselves."""
    sizes = [number(value(each)) or 0 for each in paragraph.iter(w("sz"))]
    red = any(is_red(rgb(value(each))) for each in paragraph.iter(w("color")))
    words = "".join(each.text or "" for each in paragraph.iter(w("t")))
    return Line(joined([Piece(words)]), Looks(size=max(sizes, default=0) / 2, red=red))


def _aside(doc: Doc, parts: Parts, taken: Collection[str] = ()) -> tuple[str, ...]:
    """Return what stands beside the text: headers, footers that say more than a page's number, comments.

    Args:
        doc: The document as the checker sees it.
        parts: Its file.
        taken: The words of headers that are no more beside it.
    """
    found = []
    for name in sorted(parts.names()):
        file = name.rpartition("/")[2]
        if file.startswith(_HEADERS) and name.endswith(".xml") and not name.startswith("word/_rels"):
            root, where = parts.xml(name), "页眉" if file.startswith("header") else "页脚"
            words = "".join(each.text or "" for each in root.iter(w("t"))).strip()
            said = "".join(each for each in words if each.isalnum() and not each.isdigit())
            if said and words not in taken and said not in ("第页", "第页共页", "共页第页", "PAGE", "IV"):
                found.append(f"{where}“{words[:30]}”")
            marks = {value(each, "string") or each.get("string") or "" for each in root.iter("{*}textpath")}
            found += [f"水印“{each[:30]}”" for each in sorted(marks - {""})]
            if pictures := len(list(root.iter("{*}blip", "{*}imagedata"))):
                found.append(f"{where}里的图片{pictures}幅")
    if doc.traces.comments:
        found.append(f"批注{len(doc.traces.comments)}处")
    return tuple(dict.fromkeys(found))
