"""The language of wordings: plain lines with tags, levels and a few marks, read into a `Wording`.

A line is a paragraph. One that begins with 一、（一）1. or （1） is a heading or an item of that level; one that is
only `{% … %}` governs the lines up to its end. Marks stand at the beginning of a line:

    [表 10.5 高11] 项 in 列表      a table: type size and least row height may be left out
    | 序号 12 中 | 事项 60 |       its heads: words, width in mm, 左 中 右
    | {{ 项.序号 }} | {{ 项.事项 }} |
    | 合计 | {{ 各项|length }} | 合计    a row that stands once, below those that are repeated
                                   where no head gives a width, columns fit what they say
    [表单 12]                      rows of one or two pairs of label and value; the largest type of a slip
    | 承办单位 | {{ 单位 }} | 时限 | {{ 时限 }} |
    [填写] 办理情况反馈            the same to be filled in and sent back, with a line over it if wanted
    | 办理结果 | [办理结果] | 留空  a place to write; the row takes spare room (or `高20`: at least 20 mm)
    [图 柱 %] 列表 单位 办结率 | 图题     a chart of a list (`charts.py`)
    [附件] 名称  [横附件] 名称     an annex, upright or on pages that lie across
    [正文]                         a text that is issued: behind the 附注, without the mark of an annex
    [名单] 出席：{{ 出席 }}        a list of names
    [附注] （联系人：…）           below the date

All faults of a text are raised at once, each with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise
from typing import Final

from docgen.errors import Problems
from docgen.model.names import nearest
from docgen.standard.build.elements import Align
from docgen.standard.build.levels import LEVELS, level_of, stands_alone
from docgen.standard.forms import faults
from docgen.standard.forms.cells import cell_of
from docgen.standard.forms.charts import CHART_LIKE, chart_tag
from docgen.standard.forms.nodes import (
    Annex,
    Grid,
    Head,
    Inserted,
    Names,
    Node,
    Note,
    Row,
    Sheet,
    Tag,
    Text,
    Wording,
)
from docgen.standard.forms.tags import Blocks, all_closed, is_statement, masked, statements
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Mm, Pt
from docgen.texts import unseen_in

__all__ = ["Wording", "parse"]

MARKS: Final = ("表", "图", "填写", "表单", "附件", "横附件", "名单", "附注", "正文")
_APART: Final = frozenset(("附件", "横附件", "正文"))
_ISSUED: Final = "正文"
LANDSCAPE_WIDTH: Final = page.TEXT_HEIGHT
_LINE_END: Final = re.compile("\r\n|\r|\n")
_MARK: Final = re.compile(r"[\[［](?P<mark>[^\]］\s]*)(?P<options>[^\]］]*)[\]］](?P<rest>.*)")
_BLOCK: Final = re.compile(r"\{\{-?p\s.*\}\}")
_OPTION: Final = re.compile(r"(?P<size>\d+(?:\.\d+)?)|高(?P<height>\d+(?:\.\d+)?)")
_LOOP: Final = re.compile(r"\S.*\sin\s+\S.*")
_HEAD: Final = re.compile(r"(?P<words>.*?)\s+(?P<width>[1-9]\d{0,2}(?:\.\d+)?)(?:\s+(?P<align>[左中右]))?")
_FREE_HEAD: Final = re.compile(r"(?P<words>[^\s{}](?:[^{}]*?[^\s{}])?)(?:\s+(?P<align>[左中右]))?")
_TAIL: Final = re.compile(r"(?P<roomy>留空)?|高\s*(?P<height>\d{1,3}(?:\.\d+)?)|(?P<foot>合计)")
_NAMED: Final = re.compile(r"(?P<label>[^：:{}]{1,8})[：:](?P<names>.*)")
_ALIGNS: Final = {"左": Align.LEFT, "中": Align.CENTER, "右": Align.RIGHT, None: Align.LEFT}
_NUMBERS: Final = ("一、", "（一）", "1.", "（1）")
_PAIRS: Final = (2, 4)
_ROW_LIKE: Final = "| 承办单位 | {{ 承办单位 }} |"
_LARGEST: Final = 72
_HIGHEST: Final = 200
_SHOWN: Final = 24

_Lines = Sequence[tuple[int, str]]


def parse(text: str, name: str) -> Wording:
    """Return a text as a form's `template` takes it.

    Args:
        text: The wording.
        name: Its file's name, for messages.

    Raises:
        Problems: holds a `WordingFault` for each line that is wrong.
    """
    reader = _Reader(name)
    wording = reader.read(text)
    Problems.raise_any(reader.ordered())
    return wording


class _Reader:
    """Reads the lines of one wording and gathers what is wrong with them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.faults: list[faults.WordingFault] = []

    def read(self, text: str) -> Wording:
        """Return the wording, as far as it can be read."""
        plain = _LINE_END.split(text.removeprefix("\ufeff"))
        for number, line in enumerate(plain, 1):
            place, code_point = unseen_in(line)
            if place:
                self._fault(faults.CharacterUnseen, number, place, code_point)
        lines = [(place, line.strip()) for place, line in enumerate(plain, 1) if line.strip()]
        text_lines, parts = self._parts(lines)
        body, closing = self._parted(self._levelled(self._nodes(text_lines, page.TEXT_WIDTH)))
        annexes = [self._annex(*each) for each in parts]
        for place, annex in enumerate(annexes):
            if annex.name and annex.name in [each.name for each in annexes[:place]]:
                self._fault(faults.AnnexTwice, parts[place][0], annex.name)
        if not lines:
            self.faults.append(faults.NoWording(self._name, 1))
        return Wording(self._name, body, closing, tuple(annexes))

    def ordered(self) -> list[faults.WordingFault]:
        """Return the faults in the order of the lines."""
        return sorted(self.faults, key=lambda each: each.line)

    def _parts(self, lines: _Lines) -> tuple[_Lines, Sequence[tuple[int, re.Match[str], _Lines]]]:
        """Return the lines of the text, and for each annex the line and the mark it begins with, and its lines."""
        parts: list[tuple[int, re.Match[str], list[tuple[int, str]]]] = []
        text: list[tuple[int, str]] = []
        depth = 0
        for place, line in lines:
            found = _MARK.fullmatch(line)
            if is_statement(line):
                depth = max(0, depth + sum(Blocks.step(Tag(words)) for words in statements(line)))
            if not found or found["mark"] not in _APART:
                (parts[-1][2] if parts else text).append((place, line))
            elif depth:
                self._fault(faults.AnnexMisplaced, place, found["mark"])
            else:
                parts.append((place, found, []))
        return text, parts

    def _annex(self, place: int, mark: re.Match[str], lines: _Lines) -> Annex:
        name, across = mark["rest"].strip(), mark["mark"] == "横附件"
        if mark["mark"] == _ISSUED:
            if name:
                self._fault(faults.MarkUnclear, place, mark[0][:_SHOWN], f"[{_ISSUED}]（后面不写名称）")
        elif not name or not name.replace("_", "").isalnum() or mark["options"].strip():
            self._fault(faults.MarkUnclear, place, mark[0][:_SHOWN], f"[{mark['mark']}] 复函（附件的名称）")
        nodes = self._nodes(lines, LANDSCAPE_WIDTH if across else page.TEXT_WIDTH)
        for each in nodes:
            if isinstance(each, Note):
                self._fault(faults.MarkUnclear, each.line, "[附注]", "正文里的 [附注]，不能写在附件里")
        return Annex(name, self._levelled(nodes), across)

    def _nodes(self, lines: _Lines, width: Length) -> list[Node]:
        """Return the nodes of a text; loops and conditions begin and end within it."""
        nodes: list[Node] = []
        blocks = Blocks(self._name)
        waiting = list(lines)[::-1]
        while waiting:
            place, line = waiting.pop()
            if is_statement(line):
                tags = [Tag(words, place) for words in statements(line)]
                for tag in tags:
                    blocks.see(tag)
                nodes += tags
                continue
            self.faults += all_closed(line, place, self._name)
            mark = _MARK.fullmatch(line)
            rows: list[tuple[int, str]] = []
            while mark and waiting and waiting[-1][1][0] in "|｜":
                rows.append(waiting.pop())
            nodes += self._marked(place, mark, rows, width) if mark else self._line(place, line)
        self.faults += blocks.finish()
        return nodes

    def _line(self, place: int, line: str) -> Iterator[Node]:
        if line[0] in "|｜":
            self._fault(faults.StrayRow, place)
        elif _BLOCK.fullmatch(line):
            yield Inserted(line)
        else:
            hidden = masked(line)
            level = level_of(line)
            number = LEVELS.index(level) + 1 if level else 0
            yield Text(line, number, bool(number) and stands_alone(hidden), line=place)

    def _marked(self, place: int, mark: re.Match[str], rows: _Lines, width: Length) -> Iterator[Node]:
        name, rest = mark["mark"], mark["rest"].strip()
        for row_place, row in rows:
            self.faults += all_closed(row, row_place, self._name)
        if name not in MARKS:
            self._fault(faults.UnknownMark, place, name, nearest(name, MARKS, 1), MARKS)
        elif name == "表":
            yield from self._grid(place, mark, rows, width)
        elif name == "图":
            yield from self._chart(place, mark)
        elif name in {"表单", "填写"}:
            size, _ = self._options(place, mark)
            yield from self._sheet(place, name, rest, rows, size)
        else:
            for row_place, _ in rows:
                self._fault(faults.StrayRow, row_place)
            yield from self._worded(place, name, rest)

    def _worded(self, place: int, name: str, rest: str) -> Iterator[Node]:
        if name == "附注":
            if rest:
                yield Note(rest, place)
            else:
                self._fault(faults.MarkUnclear, place, "[附注]", "[附注] （联系人：…，联系电话：…）")
            return
        found = _NAMED.fullmatch(rest)
        if found:
            yield Names(f"{found['label']}：", found["names"].strip())
        elif rest.startswith("{{") and "：" in masked(rest):
            at = masked(rest).index("：")
            yield Names(rest[: at + 1], rest[at + 1 :].strip())
        else:
            self._fault(faults.MarkUnclear, place, rest[:_SHOWN] or "[名单]", "[名单] 出席：{{ 本项.出席 }}")

    def _grid(self, place: int, mark: re.Match[str], rows: _Lines, width: Length) -> Iterator[Grid]:
        size, height = self._options(place, mark)
        each = mark["rest"].strip()
        if each and not _LOOP.fullmatch(each):
            self._fault(faults.MarkUnclear, place, each[:_SHOWN], "[表] 项 in 列表")
        made = [(at, cells, tail) for at, row in rows for cells, tail in (self._cells(at, row),) if tail]
        heads = self._heads(place, [(at, cells) for at, cells, _ in made[:1]], width)
        above = list(dropwhile(lambda each: each[2]["foot"], reversed(made[1:])))[::-1]
        if rows and not above:
            self._fault(faults.RowsMissing, place, "表", "| {{ 项.序号 }} | {{ 项.事项 }} |")
        for at, cells, _ in made[1:]:
            if heads and len(cells) != len(heads):
                self._fault(faults.CellsDiffer, at, len(cells), len(heads))
        for at, _, tail in (*made[:1], *above):
            if tail["foot"]:
                self._fault(faults.FootMisplaced, at)
        if heads:
            named = tuple(
                tuple(cell_of(cell, head.words) for cell, head in zip(cells, heads, strict=False))
                for _, cells, _ in made[1:]
            )
            yield Grid(each, heads, named[: len(above)], size, height, named[len(above) :])

    def _chart(self, place: int, mark: re.Match[str]) -> Iterator[Inserted]:
        """Yield the tag that draws a chart."""
        tag = chart_tag(mark["options"], mark["rest"])
        if tag:
            yield Inserted(tag)
        else:
            self._fault(faults.MarkUnclear, place, mark[0][:_SHOWN], CHART_LIKE)

    def _options(self, place: int, mark: re.Match[str]) -> tuple[Length | None, Length | None]:
        size = height = None
        for option in mark["options"].split():
            found = _OPTION.fullmatch(option)
            if found and found["size"] and 5 <= float(found["size"]) <= _LARGEST:
                size = Pt(float(found["size"]))
            elif found and found["height"] and float(found["height"]) <= _HIGHEST:
                height = Mm(float(found["height"]))
            else:
                self._fault(
                    faults.MarkUnclear, place, option[:_SHOWN], "[表 10.5 高11]：字号（磅）、行高（毫米）"
                )
        return size, height

    def _heads(self, place: int, row: Sequence[tuple[int, list[str]]], width: Length) -> tuple[Head, ...]:
        """Return the heads of a table: all with a width, or all without, so that they fit their contents."""
        at, cells = row[0] if row else (place, [])
        found = [(each, _HEAD.fullmatch(each)) for each in cells]
        if cells and not any(match for _, match in found):
            return self._free_heads(place, at, cells)
        if not cells:
            self._fault(faults.HeadsMissing, place)
        for each, match in found:
            if match is None:
                self._fault(faults.HeadUnclear, at, each[:_SHOWN])
        widths = [Mm(float(match["width"])) for _, match in found if match]
        whole = sum(widths, NONE)
        if whole > width:
            self._fault(faults.TableTooWide, at, f"{whole.mm:g}", round(width.mm))
        if len(widths) < len(found):
            return ()
        made = zip((match for _, match in found if match), widths, strict=True)
        return tuple(Head(match["words"], each, _ALIGNS[match["align"]]) for match, each in made)

    def _free_heads(self, place: int, at: int, cells: Sequence[str]) -> tuple[Head, ...]:
        found = [_FREE_HEAD.fullmatch(each) for each in cells]
        if not all(found):
            self._fault(faults.HeadsMissing, place)
        for each in cells:
            if re.search(r"\s\d", each):  # a width, but not as it is to be written
                self._fault(faults.HeadUnclear, at, each[:_SHOWN])
        return tuple(Head(each["words"], None, _ALIGNS[each["align"]] if each["align"] else None)
                     for each in found if each)  # fmt: skip

    def _sheet(
        self, place: int, name: str, heading: str, rows: _Lines, size: Length | None
    ) -> Iterator[Sheet]:
        if not rows:
            self._fault(faults.RowsMissing, place, name, _ROW_LIKE)
        made = [row for at, line in rows for row in self._pairs(at, line)]
        yield Sheet(tuple(made), heading, name == "填写", size)

    def _pairs(self, place: int, line: str) -> Iterator[Row]:
        cells, tail = self._cells(place, line)
        if tail is None:
            return
        if tail["foot"]:
            self._fault(faults.FootMisplaced, place)
        if len(cells) not in _PAIRS:
            self._fault(faults.CellsDiffer, place, len(cells), 2 if len(cells) < 4 else 4)
            return
        labels = [cells[at - at % 2] for at in range(len(cells))]
        height = Mm(float(tail["height"])) if tail["height"] else None
        if height is not None and height.mm > _HIGHEST:
            self._fault(faults.RowOpen, place, tail[0])
        yield Row(
            tuple(cell_of(cell, label) for cell, label in zip(cells, labels, strict=True)),
            height,
            bool(tail["roomy"]),
        )

    def _cells(self, place: int, line: str) -> tuple[list[str], re.Match[str] | None]:
        """Return the cells of a row, and what is said behind it."""
        line = line.replace("｜", "|")
        hidden = masked(line)
        edges = [at for at, each in enumerate(hidden) if each == "|"]
        behind = line[edges[-1] + 1 :].strip()
        tail = _TAIL.fullmatch(behind)
        if tail is None or len(edges) == 1:
            self._fault(faults.RowOpen, place, (behind or line)[:_SHOWN])
        cells = [line[start + 1 : end].strip() for start, end in pairwise(edges)]
        return cells, tail

    def _levelled(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Return a text whose headings are counted down to the deepest level that stands in a loop or condition.

        Those of higher levels are counted as well, because a counter begins anew under each.
        """
        depth = deepest = above = 0
        for each in nodes:
            if isinstance(each, Tag):
                depth += Blocks.step(each)
            elif isinstance(each, Text) and each.level:
                deepest = max(deepest, each.level if depth else 0)
                above = self._below(each, above)
        return tuple(_counted(each, deepest) for each in nodes)

    def _below(self, heading: Text, above: int) -> int:
        """Return the level of a heading; 1. may stand below any, as an item of a list."""
        if heading.level > above + 1 and heading.level != 3:
            self._fault(
                faults.LevelSkipped, heading.line, heading.words[:_SHOWN], _NUMBERS[heading.level - 2]
            )
        return heading.level

    def _parted(self, nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Return the text, and the 附注 with the conditions around them."""
        body: list[Node] = []
        closing: list[Node] = []
        for group in _groups(nodes):
            notes = [each for each in group if isinstance(each, Note)]
            others = [each for each in group if not isinstance(each, Note | Tag)]
            if notes and others:
                self._fault(faults.NoteInside, notes[0].line)
            (closing if notes else body).extend(group)
        return tuple(body), tuple(closing)

    def _fault(self, fault: type[faults.WordingFault], place: int, *values: object) -> None:
        self.faults.append(fault(self._name, place, *values))


def _counted(node: Node, deepest: int) -> Node:
    if not isinstance(node, Text) or not 0 < node.level <= deepest:
        return node
    number = LEVELS[node.level - 1].begins.match(node.words)
    words = node.words[number.end() :] if number else node.words
    return replace(node, words=words.strip(), counted=True)


def _groups(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield each node that stands in no loop or condition, and each loop or condition whole."""
    group: list[Node] = []
    depth = 0
    for each in nodes:
        depth += Blocks.step(each) if isinstance(each, Tag) else 0
        group.append(each)
        if depth <= 0:
            yield group
            group, depth = [], 0
    if group:
        yield group
