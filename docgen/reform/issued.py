"""A draft as the text that a document issues (印发): title, paragraphs, tables; no word of it may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docgen.errors import DocgenError
from docgen.reform.draft import Block, Draft, Line, Note, Picture, Table, lines_of
from docgen.reform.draft import Cell as Drafted
from docgen.reform.faults import PictureGone, TooMuchText
from docgen.reform.formatting import read_whole
from docgen.reform.frames import opened
from docgen.reform.paper import Paper
from docgen.reform.recognise import recognise
from docgen.standard.build import manuscript
from docgen.standard.build.manuscript import Cell, Grid, Manuscript, Passage

_LONGEST_TITLE: Final = 60
_SHOWN: Final = 12
_MOST_PLACES: Final = 5
_LONGEST: Final = 20_000
"""Characters of a paragraph, some forty pages."""


class ManuscriptFault(DocgenError):
    """A text cannot be issued as it is."""

    path: str


class ManuscriptHolds(ManuscriptFault):
    """The text holds something that cannot be taken over without loss."""

    code = "manuscript-holds"
    says = "{path}：里面有{held}，排进公文会丢失，没有采用"
    advises = "请先处理掉或改成文字、表格再试。"

    held: str


class ManuscriptFinished(ManuscriptFault):
    """The file is a finished document with head or signature, not the text that is to be issued."""

    code = "manuscript-finished"
    says = "{path}：是一份有{found}的公文，不是要印发的正文"
    advises = "请只留下标题和正文另存一份。"

    found: str


class ManuscriptUntitled(ManuscriptFault):
    """The text does not begin with a title."""

    code = "manuscript-untitled"
    says = "{path}：没有标题，第一段是“{first}”"
    advises = "请把标题写在第一段，不超过60个字，末尾不加句号。"

    first: str


class ManuscriptUnseen(ManuscriptFault):
    """The text holds characters that no document may hold. `places` says which, and in which lines."""

    code = "manuscript-unseen"
    says = "{path}：有看不见、公文里也不能有的字符：{shown}"
    advises = "请打开这个文件，在这些行里删去后再试。"

    places: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Return the first of them as words."""
        more = f"等{len(self.places)}处" if len(self.places) > _MOST_PLACES else ""
        return "、".join(self.places[:_MOST_PLACES]) + more


class WordsLost(ManuscriptFault):
    """Words of the file would be missing in the document."""

    code = "manuscript-words-lost"
    says = "{path}：排进公文会少字，从“{where}”起，没有采用"
    advises = "请把这一处改得简单些再试。"

    where: str


def read_manuscript(data: bytes, path: str) -> Manuscript:
    """Return the text of a file.

    Args:
        data: The file.
        path: Its name in messages; its ending says what it is.

    Raises:
        FileFault, DraftFault: it cannot be read, or is of no known type.
        ManuscriptFault: it cannot be issued as it is.
    """
    try:
        draft = read_whole(data, path)
    except PictureGone as gone:
        raise ManuscriptHolds(path, "图片") from gone
    if draft.dropped:
        raise ManuscriptUnseen(path, draft.dropped)
    paper = recognise(draft)
    _refuse_finished(paper, path)
    _refuse_things(draft)
    blocks = [each for each in opened(draft.blocks) if isinstance(each, Table) or not each.blank]
    title, rest = _title(blocks, paper, path)
    _refuse_endless(draft)
    text = replace(_parted(title, rest, paper, path), notes=tuple(_notes(draft)))
    refuse_lost("".join(line.text for line in lines_of(draft.blocks)), text.words, path)
    refuse_lost(text.words, manuscript.words_of(manuscript.set_text(text)), path)
    return text


def _notes(draft: Draft) -> Iterator[str]:
    """Yield what of the file is not in the text, and what nobody saw who looked at the file and is in it."""
    if draft.aside:
        yield f"{'、'.join(draft.aside)}没有排进公文"
    for _, words in draft.hidden:
        yield f"隐藏的文字“{words}”也排进了公文"


def _parted(title: str, blocks: list[Block], paper: Paper, path: str) -> Manuscript:
    """Return a text with the parts that it has as a document of its own."""
    begins = min(paper.places.get("attached", ()), default=None)
    apart = {place for part in ("addressees", "annexes", "notes") for place in paper.places.get(part, ())}
    whole, said, attached = list[Passage](), list[Passage](), list[Passage]()
    is_attached = False
    for block in blocks:
        place = block.place if isinstance(block, Line) else None
        is_attached |= begins is not None and place is not None and place >= begins
        found = list(_passages(block, path))
        whole += found
        if is_attached:
            attached += found
        elif place not in apart:
            said += found
    note = "".join(each.words for each in paper.notes)
    text = Manuscript(
        title, tuple(whole), paper.addressees, tuple(said), paper.annexes, note, tuple(attached)
    )
    return text if paper.annexes else replace(text, listed=text.annexes)


def _refuse_endless(draft: Draft) -> None:
    for line in lines_of(draft.blocks):
        if len(line.text) > _LONGEST:
            reason = f"从“{line.words[:_SHOWN]}”起的一段有{len(line.text)}个字，最多{_LONGEST}个"
            raise TooMuchText(draft.path, reason)


def refuse_lost(said: str, kept: str, path: str) -> None:
    """Refuse a text of which words would be missing.

    Args:
        said: What the file says.
        kept: What the document says.
        path: The file's name in messages.

    Raises:
        WordsLost: a letter, hanzi or digit of the file does not follow those before it in the document.
    """
    left = iter(kept)
    for place, each in enumerate(said):
        if each.isalnum() and each not in left:
            raise WordsLost(path, said[place : place + _SHOWN])


def _refuse_finished(paper: Paper, path: str) -> None:
    found = {
        "版头": paper.organs or paper.number,
        "落款": paper.signature,
        "版记": paper.imprinted,
    }
    parts = [name for name, there in found.items() if there]
    if parts:
        raise ManuscriptFinished(path, "、".join(parts))


def _refuse_things(draft: Draft) -> None:
    for line in lines_of(draft.blocks):
        for thing in line.things:
            held = (
                "图片" if isinstance(thing, Picture) else "脚注或尾注" if isinstance(thing, Note) else "公式"
            )
            raise ManuscriptHolds(draft.path, held)


def _title(blocks: list[Block], paper: Paper, path: str) -> tuple[str, list[Block]]:
    """Return the title on one line, and what follows it."""
    wanted = "".join("".join(paper.title).split())
    said, place = "", 0
    while place < len(blocks) and (not said or (len(said) < len(wanted) and wanted.startswith(said))):
        block = blocks[place]
        if isinstance(block, Table):
            break
        said += block.bare
        place += 1
    if not said or len(said) > _LONGEST_TITLE or said[-1] in "。；，：":
        raise ManuscriptUntitled(path, said[:_SHOWN] or "表格")
    return said, blocks[place:]


def _passages(block: Block, path: str) -> Iterator[Passage]:
    """Yield a paragraph, parted at soft breaks, or a table."""
    if isinstance(block, Line):
        yield from filter(None, (each.strip() for each in block.words.split("\n")))
    else:
        yield Grid(tuple(tuple(_cells(row, path)) for row in block.rows))


def _cells(row: tuple[Drafted, ...], path: str) -> Iterator[Cell]:
    for cell in row:
        lines: list[str] = []
        for each in cell.blocks:
            if isinstance(each, Table):
                raise ManuscriptHolds(path, "表格里的表格")
            lines += filter(None, (line.strip() for line in each.words.split("\n")))
        yield Cell(tuple(lines), cell.span, cell.merge)
