"""A draft as a text that a document issues (印发): its title, its paragraphs with their numbers, its tables.

Nothing of its words may be lost: what cannot be taken over (pictures, notes, formulas) is refused, and what was read
is compared with what the draft says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from docgen.errors import DocgenError
from docgen.reform.counting import essence
from docgen.reform.draft import BLANK, OBJECT, Draft, Line, Note, Picture, Table, lines_of
from docgen.reform.formatting import ENDINGS, read_draft
from docgen.reform.items import relabelled
from docgen.reform.paper import Annex, Item, Paper, Text
from docgen.reform.recognise import recognise
from docgen.standard.build.manuscript import Cell, Grid, Manuscript, Passage

_LONGEST_TITLE: Final = 60


class ManuscriptFault(DocgenError):
    """A text cannot be issued as it is."""

    path: str


class UnknownManuscript(ManuscriptFault):
    """The file is of no type that is read."""

    code = "manuscript-unknown"
    says = "{path}：正文要是 .docx、.md 或 .txt 文件"
    advises = "其他格式的请先另存为 .docx。"


class ManuscriptHolds(ManuscriptFault):
    """The text holds something that cannot be taken over without loss."""

    code = "manuscript-holds"
    says = "{path}：里面有{held}，排进公文会丢失，没有采用"
    advises = "请先处理掉或改成文字、表格再试。"

    held: str


class ManuscriptFinished(ManuscriptFault):
    """The file is a finished document with head or signature, not the text that is to be issued."""

    code = "manuscript-finished"
    says = "{path}：是一份有版头、落款或版记的公文（{found}），不是要印发的正文"
    advises = "请只留下标题和正文另存一份。"

    found: str


class ManuscriptUntitled(ManuscriptFault):
    """The text does not begin with a title."""

    code = "manuscript-untitled"
    says = "{path}：没有标题，第一段是“{first}”"
    advises = "请把标题写在第一段，不超过60个字，末尾不加句号。"

    first: str


class WordsLost(ManuscriptFault):
    """Words of the file would be missing in the document."""

    code = "manuscript-words-lost"
    says = "{path}：排进公文会少字，从“{where}”起，没有采用"
    advises = "请把这一处改得简单些再试。"

    where: str


def read_manuscript(data: bytes, path: str) -> Manuscript:
    """Return the text of a file.

    Args:
        data: the file.
        path: its name in messages; its ending says what it is.

    Raises:
        FileFault, DraftFault: it cannot be read.
        ManuscriptFault: it cannot be issued as it is.
    """
    if PurePath(path).suffix.lower() not in ENDINGS:
        raise UnknownManuscript(path)
    draft = read_draft(data, path, lambda _: b"")
    _refuse_things(draft)
    paper = recognise(draft)
    _refuse_finished(paper, path)
    text = Manuscript(_title(paper, path), tuple(_passages(paper)))
    refuse_lost(_said(draft), "".join(map(essence, _kept(text))), path)
    return text


def refuse_lost(said: str, kept: str, path: str) -> None:
    """Refuse a text of which words would be missing.

    Args:
        said: what the file says.
        kept: what the document says.
        path: the file's name in messages.

    Raises:
        WordsLost: a letter, hanzi or digit of the file does not follow those before it in the document.
    """
    left = iter(kept)
    for place, each in enumerate(said):
        if each.isalnum() and each not in left:
            raise WordsLost(path, said[place : place + 12])


def _said(draft: Draft) -> str:
    return "".join(essence(piece) for line in lines_of(draft.blocks) for piece in line.text.split("\n"))


def _kept(text: Manuscript) -> Iterator[str]:
    yield text.title
    for each in text.passages:
        if isinstance(each, str):
            yield each
        else:
            yield from (line for row in each.rows for cell in row for line in cell.lines)


def _refuse_things(draft: Draft) -> None:
    for line in lines_of(draft.blocks):
        for thing in line.things:
            held = (
                "图片"
                if isinstance(thing, Picture)
                else "脚注"
                if isinstance(thing, Note)
                else "公式或特殊符号"
            )
            raise ManuscriptHolds(draft.path, held)
    inner = (block for each in draft.blocks if isinstance(each, Table) for row in each.rows for cell in row
             for block in cell.blocks)  # fmt: skip
    if any(isinstance(block, Table) for block in inner):
        raise ManuscriptHolds(draft.path, "表格里的表格")


def _refuse_finished(paper: Paper, path: str) -> None:
    signed = bool(paper.signature and paper.date)
    parts = (
        ("发文机关标志", paper.organs),
        ("发文字号", paper.number),
        ("署名", signed),
        ("版记", paper.imprinted),
    )
    if found := [name for name, each in parts if each]:
        raise ManuscriptFinished(path, "、".join(found))


def _title(paper: Paper, path: str) -> str:
    words = "".join("".join(paper.title).split())
    if not words or len(words) > _LONGEST_TITLE or words[-1] in "。；，：":
        first = next((item.line.words for item in paper.body if not isinstance(item, Table)), "")
        raise ManuscriptUntitled(path, (words or first)[:20] or "空的")
    return words


def _passages(paper: Paper) -> Iterator[Passage]:
    """Yield what follows the title, in the order of the draft."""
    yield from paper.below_title
    if paper.addressees:
        yield f"{paper.addressees}："
    yield from _of_items(paper.body)
    yield from _listed(paper)
    yield from paper.signature
    if paper.date:
        yield paper.date
    yield from (note.words for note in paper.notes)
    yield from _of_items(paper.after)
    for annex in paper.attached:
        yield from _of_annex(annex)


def _listed(paper: Paper) -> Iterator[str]:
    if len(paper.annexes) == 1:
        yield f"附件：{paper.annexes[0]}"
    else:
        yield from (
            f"{'附件：' if place == 1 else ''}{place}.{each}" for place, each in enumerate(paper.annexes, 1)
        )


def _of_annex(annex: Annex) -> Iterator[Passage]:
    if annex.label:
        yield annex.label
    if annex.title:
        yield "".join(annex.title)
    yield from _of_items(annex.items)


def _of_items(items: Sequence[Item]) -> Iterator[Passage]:
    for item in items:
        if isinstance(item, Table):
            yield _grid(item)
            continue
        line = relabelled(item).line if isinstance(item, Text) else item.line
        label = getattr(item, "label", "")
        yield (label if isinstance(label, str) else "") + _linked(line)


def _linked(line: Line) -> str:
    """Return a line's words; where a link leads stands behind its words."""
    pieces = (f"{piece.text}（{piece.link}）" if piece.link and piece.link not in line.text else piece.text
              for piece in line.pieces)  # fmt: skip
    return "".join(pieces).replace(OBJECT, "").strip(BLANK)


def _grid(table: Table) -> Grid:
    most = table.columns
    rows = []
    for row in table.rows:
        cells = [Cell(_cell_lines(cell.blocks), cell.span, cell.merge) for cell in row]
        rows.append((*cells, *[Cell(())] * (most - sum(cell.span for cell in row))))
    return Grid(tuple(rows))


def _cell_lines(blocks: Sequence[Line | Table]) -> tuple[str, ...]:
    lines = (piece for block in blocks if isinstance(block, Line) for piece in _linked(block).split("\n"))
    return tuple(line.strip(BLANK) for line in lines if line.strip(BLANK))
