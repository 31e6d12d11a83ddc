"""Finding out what each line of a draft is, by words and looks together, from the ends of the draft to its middle."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from docgen.lint.recognition.layout import Form, Role
from docgen.reform import signs
from docgen.reform.draft import BLANK, Block, Cell, Draft, Line, Table, broken, cut, line_of
from docgen.reform.faults import NoWords
from docgen.reform.finding.closing import annex_heads, main_date, take_closing
from docgen.reform.finding.head import Head, mark_of, signed_below, take_head
from docgen.reform.finding.imprint import take_imprint
from docgen.reform.finding.live import Live
from docgen.reform.finding.places import Places, places_in
from docgen.reform.finding.title import number_below, take_addressees, take_title
from docgen.reform.frames import opened
from docgen.reform.items import items_of, without_lists
from docgen.reform.labels import label_of
from docgen.reform.paper import Annex, Paper
from docgen.reform.shape import form_of

_MOST_TITLE_LINES: Final = 4
_LOOKS: Final = 2
_FEW_BREAKS: Final = 3
_SIGNED: Final = re.compile(r"(?<=[。！])[ \u3000\t\xa0]{3,}(?P<organ>[^\s。]{2,28})\s*$")
_TELEGRAM: Final = re.compile("(?:电报|明电|密电|传真)$")
_TELEGRAM_LABEL: Final = re.compile(
    r"(?:发电|发报|签批|签发|等级|紧急程度|密级|发往|发至|主送|页数|编号|报头|电话|拟稿)\S{0,4}[:：]"
)
_LABELS: Final = frozenset(("报", "送", "发"))


def recognise(draft: Draft, form: Form | None = None) -> Paper:
    """Return the parts of a draft.

    Args:
        draft: The draft.
        form: Its form; found from the draft when None.

    Raises:
        NoWords: it says nothing.
    """
    blocks = _signed_apart([each for block in opened(draft.blocks) for each in _apart(block)])
    seen = [each for each in blocks if isinstance(each, Table) or not each.blank]
    drawn = [*takewhile(_is_drawn, seen)]
    live = Live(seen[len(drawn) :] or seen)
    if not len(live):
        raise NoWords(draft.path)
    paper = replace(_paper(live), above=items_of(drawn) if len(drawn) < len(seen) else ())
    return _as_in_form(replace(paper, form=form or form_of(paper, live.blocks)))


def _as_in_form(paper: Paper) -> Paper:
    """Return a document with those parts that only some forms have as its own form has them.

    A serial has receivers by label, for any other they are those of copies (7.4.3). Lists of who took part stand in
    the text of minutes (10.3), in any other below it; among its lines 参会人员：… is one of them.
    """
    if paper.form is not Form.MINUTES:
        paper = replace(paper, body=without_lists(paper.body))
    if paper.form is not Form.SERIAL or not paper.receivers.keys() <= _LABELS:
        return replace(paper, receivers={})
    labels = {f"{each}：" for each in paper.receivers}
    return replace(paper, copies="", outdated=tuple(each for each in paper.outdated if each not in labels))


def _is_drawn(block: Block) -> bool:
    """Whether a paragraph is pictures alone."""
    return isinstance(block, Line) and bool(block.things) and not any(map(str.isalnum, block.words))


def _signed_apart(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with an organ parted from the sentence before it, where spaces set it aside above the date."""
    found: list[Block] = []
    lines = [each for each in blocks if isinstance(each, Line) and not each.blank]
    above = next((line for line, after in pairwise(lines) if signs.is_date(after)), None)
    for block in blocks:
        signed = _SIGNED.search(block.text) if isinstance(block, Line) and block is above else None
        if signed and isinstance(block, Line) and signs.is_organ(signed["organ"]):
            found.append(replace(block, pieces=cut(block.pieces, 0, signed.start())))
            found.append(replace(block, pieces=cut(block.pieces, signed.start("organ"), len(block.text))))
        else:
            found.append(block)
    return found


def _apart(block: Block) -> Sequence[Block]:
    """Return a paragraph as its lines where somebody typed a document's parts into one, with soft breaks."""
    if isinstance(block, Table) or block.text.count("\n") < _FEW_BREAKS or signs.styled(block) is not None:
        return [block]
    lines = broken(block)
    if not any(signs.is_addressee(each) or signs.is_date(each) for each in lines if not each.blank):
        return [block]
    return [
        replace(each, looks=replace(each.looks, indent=each.looks.indent + each.lead / 2)) for each in lines
    ]


def _paper(live: Live) -> Paper:
    imprint = take_imprint(live)
    end = imprint.start
    head = take_head(live)
    above, top = _telegram(live, head, end)
    title, below, below_title = take_title(live, top, end)
    numbered = "" if head.number else number_below(live, below_title, end)
    below_title += bool(numbered)
    below_title += signed_below(live, below_title, end, head)
    addressees, start = take_addressees(live, below_title, end)
    date = main_date(live, start, end)
    heads = annex_heads(live, start, end, date, "".join(title))
    stop = min([end, *heads])
    closing = take_closing(live, start, stop, date)
    organs, joint = mark_of(head.marks)
    paper = Paper(
        corner=head.corner, organs=organs, joint=joint, number=head.number or numbered, serial=head.serial,
        signatories=tuple(head.signatories), issued=head.issued, below_head=items_of(above),
        title=title, below_title=below, addressees=addressees,
        body=items_of(live.blocks[start : closing.end]),
        annexes=closing.annexes, signature=closing.names, date=closing.date,
        notes=tuple(closing.notes), after=items_of([*closing.after, *imprint.edited]),
        attached=_attached(live, heads, end, closing.annexes),
        copies=imprint.copies, receivers=imprint.receivers, moved=imprint.moved, printer=imprint.printer,
        printed=imprint.printed, imprinted=imprint.found, outdated=tuple(imprint.others),
    )  # fmt: skip
    places = _places(live, paper, (0, top, below_title, start), (closing.end, stop, end))
    annexes = {"attached": tuple(live.blocks[each].place for each in heads)} if heads else {}
    return replace(paper, places={**places, **annexes})


def _telegram(live: Live, head: Head, end: int) -> tuple[Sequence[Block], int]:
    """Return what telegrams have between head and title, and where it ends: how urgent, how many pages, who signed.

    It is a table, or lines with labels, which become one.
    """
    if not head.marks or head.end >= end:
        return (), head.end
    if isinstance(live.blocks[head.end], Table):
        title = live.line(head.end + 1, end)
        told = title is not None and signs.is_kind_title(title.bare)
        return (live.blocks[head.end : head.end + 1], head.end + 1) if told else ((), head.end)
    lines = [*takewhile(_is_of_telegram, (line for _, line in live.lines(head.end, end)))]
    if len(lines) < _LOOKS or not _TELEGRAM.search(head.marks[-1].bare):
        return (), head.end
    return [_as_table(lines)], head.end + len(lines)


def _is_of_telegram(line: Line) -> bool:
    return bool(_TELEGRAM_LABEL.match(line.words)) and not signs.is_sentence(line)


def _as_table(lines: Sequence[Line]) -> Table:
    """Return lines as the rows of a table, their parts in cells."""
    rows = [
        [each.strip(BLANK) for each in signs.GAP.split(line.words) if each.strip(BLANK)] for line in lines
    ]
    most = max(map(len, rows))
    cells = (tuple(Cell((line_of(each),)) for each in (*row, *[""] * (most - len(row)))) for row in rows)
    return Table(tuple(cells), place=lines[0].place)


def _places(live: Live, paper: Paper, opening: Sequence[int], closing: Sequence[int]) -> Places:
    """Return where the parts of head and end stand.

    Args:
        live: The draft.
        paper: Its parts.
        opening: Where head, title and addressees begin, and the text.
        closing: Where what closes the text begins, what follows that, and the 版记.
    """
    corner, (top, titled, addressed, start), (closed, stop, end) = paper.corner, opening, closing
    stretches: tuple[tuple[int, int, Mapping[str, Iterable[str]]], ...] = (
        (top, titled, {
            "copy_number": (corner.copy_number,), "secrecy": (corner.secrecy,), "urgency": (corner.urgency,),
            "mark": paper.organs, "number": (paper.number,), "serial": (paper.serial,),
            "signatories": paper.signatories, "issued": paper.issued,
        }),
        (titled, addressed, {
            "title": paper.title, "below_title": paper.below_title, "number": (paper.number,),
        }),
        (addressed, start, {"addressees": (paper.addressees,)}),
        (closed, stop, {
            "annexes": paper.annexes, "signature": paper.signature, "date": (paper.date,),
            "notes": tuple(each.words for each in paper.notes),
        }),
        (end, len(live), {
            "addressees": (paper.moved,), "copies": (paper.copies,), "printer": (paper.printer,),
            "printed": (paper.printed,),
        }),
    )  # fmt: skip
    found: dict[str, tuple[int, ...]] = {}
    for first, last, said in stretches:
        found |= places_in((line for _, line in live.lines(first, last)), said)
    return found


def _attached(live: Live, heads: Sequence[int], end: int, listed: Sequence[str]) -> tuple[Annex, ...]:
    """Return the annexes; `listed` are their names in the list of annexes."""
    stops = [*heads[1:], end] if heads else []
    names = {"".join(each.split()) for each in listed}
    return tuple(_annex(live, head, stop, names) for head, stop in zip(heads, stops, strict=True))


def _annex(live: Live, head: int, end: int, names: Collection[str]) -> Annex:
    first = live.line(head)
    label = first.words if first is not None and signs.is_annex_head(first) else ""
    place = head + bool(label)
    lines: list[Line] = []
    while len(lines) < _MOST_TITLE_LINES and (line := live.line(place, end)) is not None:
        named = "".join(each.bare for each in (*lines, line)) in names
        if not named and not _is_annex_title(line, first=not lines, last=place + 1 == end):
            break
        lines.append(line)
        place += 1
    pieces = (piece.strip(BLANK) for line in lines for piece in line.words.split("\n"))
    title = tuple(piece for piece in pieces if piece)
    return Annex(label, title, items_of(live.blocks[place:end], annexed=True))


def _is_annex_title(line: Line, *, first: bool, last: bool) -> bool:
    role = signs.styled(line)
    if role is not None:
        return role is Role.ANNEX_TITLE
    if line.things or len(line.bare) > signs.LONGEST_TITLE or signs.is_sentence(line):
        return False
    if line.words[-1] in "。；：:" or label_of(line.words):
        return False
    return signs.looks_titled(line) >= (1 if first else _LOOKS) or (first and not last)
