"""Reading a text of an office, as it lies in a docx, md or txt: its title, its paragraphs, its tables.

Nothing of its words may be lost: what cannot be taken over (pictures, notes, tracked changes) is refused, and what was
read is compared with what the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from pathlib import PurePath
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.lint.reading.document import read
from docgen.lint.reading.model import Doc, Para
from docgen.lint.reading.names import w
from docgen.lint.recognition.layout import Role
from docgen.lint.recognition.recognise import recognise
from docgen.opc.reading import opened
from docgen.standard.build.manuscript import Cell, Grid, Manuscript, Passage
from docgen.texts import MOST_TEXT, UnreadableText, text_of

ENDINGS: Final = (".docx", ".md", ".txt")
_FINISHED: Final = (Role.MARK, Role.NUMBER, Role.SIGNATURE, Role.IMPRINT)
_LONGEST_TITLE: Final = 60
_RULE: Final = re.compile(r"\|?(?:\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*")
_HEADING: Final = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_ITEM: Final = re.compile(r"[-*+]\s+(?=\S)")
_NUMBERED: Final = re.compile(r"(\d{1,3}\.)\s+(?=\S)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(")
_NOTES: Final = {"footnoteReference": "脚注", "endnoteReference": "尾注", "commentReference": "批注"}
_OBJECTS: Final = {"drawing": "图片或文本框", "pict": "图片或文本框", "object": "嵌入的对象", "oMath": "公式"}


class ManuscriptFault(DocgenError):
    """A text cannot be issued as it is."""

    path: str


class UnknownManuscript(ManuscriptFault):
    """The file is of no type that is read."""

    code = "manuscript-unknown"
    says = "{path}：正文要是 .docx、.md 或 .txt 文件"
    advises = "其他格式的请先另存为 .docx。"


class ManuscriptUnreadable(ManuscriptFault):
    """The file cannot be read as a text."""

    code = "manuscript-unreadable"
    says = "{path}：{why}"

    why: str


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
        FileFault: it is no .docx that can be read.
        ManuscriptFault: it cannot be issued as it is.
    """
    ending = PurePath(path).suffix.lower()
    if ending not in ENDINGS:
        raise UnknownManuscript(path)
    if ending == ".docx":
        title, passages, said = _of_word(data, path)
    else:
        title, passages, said = _of_text(data, path, marked=ending == ".md")
    text = Manuscript(title, tuple(passages))
    refuse_lost(said, text.words, path)
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


def _of_word(data: bytes, path: str) -> tuple[str, list[Passage], str]:
    doc = read(data, path)
    with opened(data, path) as parts:
        body: Any = parts.xml(parts.main()).find(w("body"))
    layout = recognise(doc)
    finished = [role for role in _FINISHED if layout.of(role)]
    if finished:
        raise ManuscriptFinished(path, "、".join(role.value for role in finished))
    _refuse_things(doc, body, path)
    titled = layout.of(Role.TITLE)
    ahead = titled or [each for each in doc.paras if not each.blank][:1]
    title = _title("".join(each.bare for each in ahead), path)
    numbers = {each.number for each in ahead}
    passages = list(_word_passages([each for each in doc.paras if each.number not in numbers], body))
    said = "".join(each.text or "" for each in body.iter(w("t")))
    return title, passages, said


def _refuse_things(doc: Doc, body: Any, path: str) -> None:
    if doc.traces.changes:
        raise ManuscriptHolds(path, "没有处理的修订")
    for names in (_NOTES, _OBJECTS):
        for name, what in names.items():
            if next((each for each in body.iter() if str(each.tag).endswith(f"}}{name}")), None) is not None:
                raise ManuscriptHolds(path, what)
    if any(cell.find(f".//{w('tbl')}") is not None for cell in body.iter(w("tc"))):
        raise ManuscriptHolds(path, "表格里的表格")


def _word_passages(paras: Sequence[Para], body: Any) -> Iterator[Passage]:
    """Yield paragraphs and tables in order; a soft break parts a paragraph."""
    cells: dict[int, list[Para]] = {}
    for para in paras:
        if para.table:
            cells.setdefault(para.cell, []).append(para)
    tables, first = list(body.iter(w("tbl"))), {}
    at = 0
    for number, table in enumerate(tables, start=1):
        first[number] = at
        at += sum(1 for _ in table.iter(w("tc")))
    done: set[int] = set()
    for para in paras:
        if not para.table:
            yield from (line.strip() for line in para.text.split("\n") if line.strip())
        elif para.table not in done:
            done.add(para.table)
            yield _grid(tables[para.table - 1], first[para.table], cells)


def _grid(table: Any, before: int, cells: dict[int, list[Para]]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    number = before
    for row in table.iter(w("tr")):
        made: list[Cell] = []
        for cell in row.iter(w("tc")):
            number += 1
            lines = [line.strip() for para in cells.get(number, ()) for line in para.text.split("\n")]
            made.append(Cell(tuple(filter(None, lines)), _span(cell), _merge(cell)))
        rows.append(tuple(made))
    return Grid(tuple(rows))


def _span(cell: Any) -> int:
    found = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if found is None else max(1, int(found.get(w("val")) or 1))


def _merge(cell: Any) -> str:
    found = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return "" if found is None else found.get(w("val")) or "continue"


def _of_text(data: bytes, path: str, *, marked: bool) -> tuple[str, list[Passage], str]:
    try:
        text = text_of(data)
    except UnreadableText as fault:
        raise ManuscriptUnreadable(path, str(fault)) from fault
    if len(data) > MOST_TEXT:
        raise ManuscriptUnreadable(path, f"超过 {MOST_TEXT // 1024} KiB")
    if marked and _PICTURE.search(text):
        raise ManuscriptHolds(path, "图片")
    lines = [_plain(line) if marked else line.strip() for line in text.splitlines()]
    first, *rest = list(dropwhile(lambda line: not line, lines)) or [""]
    said = "".join(text.split())
    return _title("".join(first.split()), path), list(_text_passages(rest)), said


def _plain(line: str) -> str:
    """Return a line of Markdown without its marks; where a link leads stands behind its words."""
    line = line.strip().removeprefix(">").strip()
    found = _HEADING.fullmatch(line)
    line = found[1] if found else line
    line = _NUMBERED.sub(r"\1", _ITEM.sub("", line, count=1), count=1)
    return _LINK.sub(r"\1（\2）", _EMPHASIS.sub(r"\2", line))


def _text_passages(lines: Iterable[str]) -> Iterator[Passage]:
    rows: list[tuple[Cell, ...]] = []
    for line in (*lines, ""):
        if line.startswith("|") and line.count("|") > 1:
            if not _RULE.fullmatch(line):
                rows.append(tuple(_cell(each) for each in line.strip("|").split("|")))
            continue
        if rows:
            yield Grid(_filled(rows))
            rows = []
        if line:
            yield line


def _filled(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    most = max(map(len, rows))
    return tuple((*row, *[Cell(())] * (most - len(row))) for row in rows)


def _cell(words: str) -> Cell:
    return Cell((words.strip(),) if words.strip() else ())


def _title(words: str, path: str) -> str:
    if not words or len(words) > _LONGEST_TITLE or words[-1] in "。；，：":
        raise ManuscriptUntitled(path, words[:20] or "空的")
    return words
