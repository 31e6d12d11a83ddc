"""单: slips of one page (任务交办单, 督办单, 告知书): title, number and date, a table, and what is written by hand.

The standard has no clause for them; they have its page and its faces. The template is an ordinary one that a clerk may
edit. After rendering the type is made smaller until the slip fits its page, and the room that is left goes to the
rows that are written in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.opc.changing import Changing
from docgen.patterns import late
from docgen.standard.build import elements, estimate
from docgen.standard.build.blocks import date_place, number_place
from docgen.standard.build.elements import Element
from docgen.standard.build.flowing import Flowing
from docgen.standard.build.form_table import SIZES
from docgen.standard.build.looks import Styles, known_looks, looks_of, whole
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.parts import ForEach, Line, Part, Slot, Xml
from docgen.standard.build.reading import Known
from docgen.standard.forms.compose import SheetPart, annex_parts, label_width, row_cells, text_parts
from docgen.standard.forms.document import Document, build
from docgen.standard.forms.form import Form, Head, annexes_of, slots_of, title_lines
from docgen.standard.forms.nodes import Node, Note, Sheet, Text, Wording
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt, Twip
from docgen.standard.measures.look import Look
from docgen.standard.wording.text import receivers

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_SIZED: Final = frozenset(
    each.name for each in (elements.FORM_CELL, elements.FORM_LABEL, elements.CELL, elements.CELL_HEAD)
)
_READABLE: Final = Pt(10.5)
_LEADING: Final = 1.5
_SIGNED: Final = "署名行"
_COPIES: Final = "抄送"
_SIGNING: Final = "交办单位"
# A seal goes onto the cell of who signs and touches no other.
_SEALED_ROW: Final = page.SEAL_DIAMETER + Mm(2)
_SEALED: Final = ("盖章", "公章")
_CELL: Final = b"<w:tc>"
_WHOLE: Final = b"<w:cantSplit"  # said of a row that does not break over pages
_WORDS: Final = late(rb"<w:t(?: [^>]*)?>([^<]*)<")
_HEIGHT: Final = late(rb'(<w:trHeight(?: [^>]*?)? w:val=)"(\d+)"')
_LEAST_ROW: Final = Mm(9)
_ROOMY: Final = Mm(9)
_HEADING: Final = Mm(8)
_MOST_KNOWN: Final = 5_000  # paragraphs, rows and cells, kept of one size of type
# What the rows' heights may be off by in a word processor, and the paragraph that ends a document.
_SPARE: Final = Mm(3)

# lxml's stubs leave elements untyped here and there.
_Node = Any


class SlipForm(Form):
    """A slip: title, number and date over a table of labels and values, a place to sign, a part to be sent back.

    One that nobody in the office signs has no date of the office's: whoever fills it in dates it.
    """

    def template(self, wording: Wording, look: Look) -> bytes:
        """Return the template of a wording."""
        sheets = (each for each in (*wording.body, *wording.closing) if isinstance(each, Sheet))
        size = next((each.size for each in sheets if each.size), elements.FORM_CELL.size)
        parts: tuple[Part, ...] = (
            ForEach("行 in 标题行", (Line(elements.FORM_TITLE, "{{ 行 }}"),)),
            Xml(_above()),
            *_parts(wording.body, size),
            *_parts(wording.closing, size),
            *((Slot("附件说明"), *annex_parts(wording.annexes, look)) if wording.annexes else ()),
        )
        looks = tuple(_sized(each, size) for each in elements.FORM_ELEMENTS)
        return build(Document(parts, "{{ 标题 }}", "{{ 发文机关 }}"), look, looks)

    def filled(self, head: Head, look: Look) -> dict[str, object]:
        """Return the values of the form's names."""
        return {
            "发文机关": head.organ,
            "发文字号": head.number,
            "成文日期": head.date if head.signature else "",
            "标题行": title_lines(head, look),
            "主送机关": receivers(head.addressees),
            "附件说明": annexes_of(head.annexes),
            _COPIES: "，".join(head.copies),
            _SIGNED: list(head.signature),
        }

    def finish(self, parts: Changing, look: Look) -> None:  # noqa: ARG002  as every form
        """Set the slip in the template's type, or one that lets it fit one page; give spare room to what is written in.

        So slips of one run look alike; one that fits in no type goes on to further pages in type that can be read, and
        what is written in there has room on the last.
        """
        content = parts[_DOCUMENT]
        slip = Flowing(content)
        lacking = {each: _lacks(slip.xml[each]) for each in slip.rows if _is_written_in(slip.xml[each])}
        scaled, left = _fitting(slip, parts[_STYLES], Twip(sum(lacking.values())))
        if left:
            parts[_DOCUMENT] = _raised(content, slip, _shared(slip, lacking, left))
        if scaled.data != parts[_STYLES]:
            parts[_STYLES] = scaled.data


def _sized(element: Element, size: Length) -> Element:
    """Return the element of a slip's tables in a size, any other as it is."""
    ours = element in (elements.FORM_CELL, elements.FORM_LABEL)
    return replace(element, size=size, line=size * _LEADING) if ours else element


def _above() -> str:
    """Return the line over the table: the number at the left, the date at the right."""
    places = number_place("{{ 发文字号 }}"), run("\t"), date_place("{{ 成文日期 }}")
    stop = w("tabs", w("tab", val="right", pos=page.TEXT_WIDTH.twips))
    return paragraph(elements.FORM_LINE.id, *places, layout=(stop,))


def _parts(lines: Sequence[Node], size: Length) -> Iterator[Part]:
    """Yield the parts of a text; the first table that is not sent back ends with the place to sign.

    Above it stands who gets copies, where the text does not say so itself. A table that ends with a row
    `| 组织单位 | {{ 署名行 }} |` says what this place is called.
    """
    signs = not any(_SIGNED in repr(each) for each in lines if not _named_place(each))
    copied = any(f"{{{{ {_COPIES} }}}}" in repr(each) for each in lines)
    rows = [row for each in lines if isinstance(each, Sheet) for row in each.rows]
    labels = label_width(rows, _sized(elements.FORM_LABEL, size))
    for place, each in enumerate(lines):
        if isinstance(each, Sheet):
            named = _named_place(each)
            first = signs and not each.returned
            copies = _copies_row(labels) if first and not copied else ()
            more = (*copies, *_signing_row(labels, named or _SIGNING)) if first else ()
            signs = signs and each.returned
            yield _table(
                replace(each, rows=each.rows[:-1]) if named else each, labels, more, parted=place > 0
            )
        elif isinstance(each, Text | Note):
            yield Line(elements.FORM_CELL, each.words)
        else:
            yield from text_parts((each,))


def _named_place(node: Node) -> str:
    """Return what the last row of a table calls the place to sign; empty where it is none."""
    cells = node.rows[-1].cells if isinstance(node, Sheet) and node.rows else ()
    return "".join(map(str, cells[0])) if cells[1:] == ((f"{{{{ {_SIGNED} }}}}",),) else ""


def _table(sheet: Sheet, labels: Length, more: tuple[str, ...], *, parted: bool) -> Part:
    label, value = elements.FORM_LABEL, elements.FORM_CELL
    made = SheetPart(sheet.rows, sheet.heading, label, value, _LEAST_ROW, _ROOMY, labels, _HEADING)
    return Xml(made.opening(parted=parted) + made.table(*more))


def _signing_row(labels: Length, place: str) -> tuple[str, ...]:
    """Return the row that names who issues the slip, with room for a seal; it falls away where nobody signs."""
    layout = (w("jc", val="center"),)
    names = "".join(
        paragraph(elements.FORM_CELL.id, run(words), layout=layout)
        for words in (f"{{%p for 行 in {_SIGNED} %}}", "{{ 行 }}", "{%p endfor %}")
    )
    looks = properties("trPr", w("cantSplit"), w("trHeight", val=_SEALED_ROW.twips, hRule="atLeast"))
    label = paragraph(elements.FORM_LABEL.id, run(place))
    named = w("tr", looks, *row_cells((label, names), labels))
    return _tag_row(f"if {_SIGNED}", labels), named, _tag_row("endif", labels)


def _copies_row(labels: Length) -> tuple[str, ...]:
    """Return the row that names who gets copies; it falls away where nobody does."""
    said = (
        paragraph(elements.FORM_LABEL.id, run(_COPIES)),
        paragraph(elements.FORM_CELL.id, run(f"{{{{ {_COPIES} }}}}")),
    )
    row = w("tr", properties("trPr", w("cantSplit")), *row_cells(said, labels))
    return _tag_row(f"if {_COPIES}", labels), row, _tag_row("endif", labels)


def _tag_row(words: str, labels: Length) -> str:
    """Return a row that holds a tag and nothing else; the template engine takes it away."""
    tag = paragraph(elements.FORM_CELL.id, run(f"{{%tr {words} %}}"))
    return w("tr", *row_cells((tag, paragraph(elements.FORM_CELL.id)), labels))


@dataclass(frozen=True, eq=False)
class _Scaled:
    """Styles whose tables have type of some size: as they are written, their looks, what was measured in them."""

    data: bytes
    looks: Styles
    known: Known

    def height(self, slip: Flowing) -> tuple[Length, Length]:
        """Return how high a slip is in these styles, and how high its page is."""
        if len(self.known.pieces) > _MOST_KNOWN:
            self.known.pieces.clear()
        return estimate.height(slip, self.looks, self.known)


@lru_cache(maxsize=128)
def _scaled(styles: bytes, size: Length | None) -> _Scaled:
    """Return styles with the words of tables in a size, their own for None; the slips of one template share them."""
    root = etree.fromstring(styles)
    if size is not None:
        _set(root, size)
    return _Scaled(styles if size is None else _written(root), looks_of(root), Known())


def _fitting(slip: Flowing, styles: bytes, sealed: Length) -> tuple[_Scaled, Length]:
    """Return the styles in the largest type that lets a slip fit its page, and the room that is left.

    Type that can be read leaves room for the seal of who sends it back as well (`sealed`), where that is possible.
    """

    @cache
    def left(size: Length | None) -> Length:
        used, room = _scaled(styles, size).height(slip)
        return room - used - _SPARE

    own, smaller = _own_size(styles), [each for each in SIZES if each < _own_size(styles)]
    readable = [each for each in smaller if each >= _READABLE]
    for sizes, more in (((None, *readable), sealed), ((None, *smaller), NONE)):
        for size in sizes:
            if left(size) >= more:
                return _scaled(styles, size), left(size)
    scaled = _scaled(styles, _READABLE if own > _READABLE else None)
    return scaled, _left_on_last(*scaled.height(slip))


def _left_on_last(used: Length, room: Length) -> Length:
    """Return how much of the last page of several is for what is written in: half of what is left there.

    Rows that do not break leave room at the foot of pages before it, which is not counted.
    """
    return Twip((room.twips - used.twips % room.twips) // 2)


@lru_cache(maxsize=128)
def _own_size(styles: bytes) -> Length:
    """Return the size of the words of a template's tables."""
    return Pt(known_looks(styles)[elements.FORM_CELL.id].size / 2)


def _set(styles: _Node, largest: Length) -> None:
    """Give the words of tables a size, or their own if that is smaller; lines are half as high again."""
    for style in styles.findall(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is None or name.get(f"{_W}val") not in _SIZED:
            continue
        sizes = (*style.findall(f"{_W}rPr/{_W}sz"), *style.findall(f"{_W}rPr/{_W}szCs"))
        own = min((Pt(whole(each, "val") / 2) for each in sizes), default=largest)
        size = min(own, largest)
        for each in sizes:
            each.set(f"{_W}val", str(size.half_points))
        for each in style.findall(f"{_W}pPr/{_W}spacing"):
            each.set(f"{_W}line", str((size * _LEADING).twips))


def _shared(slip: Flowing, rows: Mapping[_Node, int], left: Length) -> Mapping[_Node, int]:
    """Return by how many twips each row written by hand grows: first those that are sealed, as much as a seal takes.

    What is left goes to those that take spare room (they may break over pages), else to all.

    Args:
        slip: Where they stand.
        rows: Those written by hand, with what each lacks for a seal.
        left: The room.
    """
    spare, more = left.twips, dict[_Node, int]()
    for row, lacks in rows.items():
        more[row] = min(spare, lacks)
        spare -= more[row]
    roomy = [each for each in rows if _WHOLE not in _own_looks(slip.xml[each])] or rows
    return more | {row: more[row] + spare // len(roomy) for row in roomy}


def _raised(content: bytes, slip: Flowing, more: Mapping[_Node, int]) -> bytes:
    """Return a slip in which rows with a height of their own are higher by so many twips."""
    pieces, at = list[bytes](), 0
    for row, (begin, _end) in slip.rows.items():
        own = _own_looks(slip.xml[row]) if row in more else b""
        found = _HEIGHT.search(content, begin, begin + len(own))
        if found:
            pieces += (content[at : found.start()], b'%b"%d"' % (found[1], int(found[2]) + more[row]))
            at = found.end()
    return b"".join((*pieces, content[at:]))


def _lacks(row: bytes) -> int:
    """Return how many twips a row written by hand lacks to hold the seal it asks for; 0 if it asks for none."""
    words = _words_in(row)
    if not any(each in words for each in _SEALED):
        return 0
    height = _HEIGHT.search(_own_looks(row))
    return max(0, _SEALED_ROW.twips - int(height[2])) if height else 0


def _own_looks(row: bytes) -> bytes:
    """Return what a row says before its first cell: of itself."""
    return row[: row.find(_CELL)]


def _is_written_in(row: bytes) -> bool:
    """Whether a row has a place to write in, or says nothing behind its label."""
    if b"<w:sdt>" in row:
        return True
    return row.count(_CELL) > 1 and not _words_in(row[row.rindex(_CELL) :]).strip()


def _words_in(xml: bytes) -> str:
    return b"".join(_WORDS.findall(xml)).decode()


def _written(root: _Node) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_SHOWN: Final = ("标题行", "发文字号", "成文日期", _SIGNED)
SLIP: Final = SlipForm(
    "单", slots_of("发文字号", "成文日期", "主送机关", "附件说明", _COPIES, lists=("标题行", _SIGNED)), _SHOWN
)
