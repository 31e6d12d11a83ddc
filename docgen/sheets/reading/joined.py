"""Heads of two or three rows in a data sheet, joined into one text a column.

Where one row says all, it is the header. Where several say more, a column is known by its whole head (建设起 over
止年限), else by the lowest part of it (总投资 under 投资情况), which is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import FieldSpec
from docgen.model.names import plain
from docgen.sheets.opening.grid import Grid
from docgen.sheets.reading.extra import BRACKETS
from docgen.sheets.reading.heads import Block, Head, blocks

_NEAR: Final = 2
_NAMED: Final = 8


@dataclass(frozen=True)
class Joined:
    """Heads of several rows.

    Args:
        block: the rows, with the heads.
        whole: by column, the fields that are known by their whole head.
        partly: those that are known by the lowest part of it.
        width: how many columns there are.
    """

    block: Block
    whole: Mapping[int, FieldSpec]
    partly: Mapping[int, FieldSpec]
    width: int

    @property
    def names(self) -> set[str]:
        """Return the English names of the fields that are known."""
        return {each.name for each in (*self.whole.values(), *self.partly.values())}

    @property
    def header(self) -> list[str]:
        """Return one text for each column, as a header of one row would have it."""
        texts = [""] * self.width
        for head in self.block.heads:
            texts[head.column] = _lowest(head) if head.column in self.partly else "".join(head.parts)
        return texts

    def told(self, shown: str) -> Iterator[Advice]:
        """Yield what is to be looked at: columns known by a part of their head, and those that are not known."""
        where = f"{shown}：表头占第{self.block.top + 1}至{self.block.bottom + 1}行"
        several = [each for each in self.block.heads if len(each.words) > 1]
        partly = [
            f"「{each.shown}」读作“{self.partly[each.column].label}”"
            for each in several
            if each.column in self.partly and _is_doubtful(each, self.partly[each.column])
        ]
        if partly:
            yield Advice("header-joined", f"{where}，{_few(partly)}，请核对")
        strange = [f"「{each.shown}」" for each in several if each.column not in {*self.whole, *self.partly}]
        if strange:
            words = "没有认出来，不是数据表的栏；要逐列确认的，移出数据文件夹后用 docgen sheets import 导入"
            yield Advice("header-parts", f"{where}，{_few(strange)}{words}")


def joined(grid: Grid, row: int, labels: Mapping[str, FieldSpec]) -> Joined | None:
    """Return the heads of a sheet where they take several rows; None where one row says as much.

    Args:
        grid: the sheet.
        row: the one that has most of the headers, from 0.
        labels: the fields by their plain labels.
    """
    if not _may_be_joined(grid, row, labels):
        return None
    across = set(_parents(grid))
    found = (_known(each, labels, len(grid.rows[0])) for each in blocks(grid))
    best = max(
        found,
        key=lambda each: (
            len(each.names),
            each.block.bottom not in across,
            each.block.top - each.block.bottom,
            -each.block.top,
        ),
        default=None,
    )
    return best if best and best.block.bottom > best.block.top and len(best.names) > 1 else None


def _may_be_joined(grid: Grid, row: int, labels: Mapping[str, FieldSpec]) -> bool:
    """Whether areas merged across lie near the header, or fields that must be there are not in it."""
    if any(abs(each - row) <= _NEAR for each in _parents(grid)):
        return True
    known = {head.words[-1] for head in _heads_of(grid, row) if head.words}
    return any(
        spec.required and not any(labels[each].name == spec.name for each in known if each in labels)
        for spec in labels.values()
    )


def _parents(grid: Grid) -> Iterator[int]:
    """Yield the rows with areas merged across, which head the columns below; those of titles aside."""
    width = len(grid.rows[0])
    for (_, left), (bottom, right) in grid.merged:
        if 0 < right - left < width - 1:
            yield bottom


def _heads_of(grid: Grid, row: int) -> Iterator[Head]:
    for column, value in enumerate(grid.rows[row]):
        if isinstance(value, str) and value:
            yield Head(column, ("".join(value.split()),))


def _known(block: Block, labels: Mapping[str, FieldSpec], width: int) -> Joined:
    """Return heads with the fields that they name; by a part of a head only where no whole head names it."""
    words = {each.column: each.words for each in block.heads}
    meant = {column: labels.get("".join(each)) for column, each in words.items()}
    whole = {column: spec for column, spec in meant.items() if spec}
    taken = {spec.name for spec in whole.values()}
    lowest = ((column, labels.get(each[-1])) for column, each in words.items() if each)
    partly = {
        column: spec for column, spec in lowest if spec and column not in whole and spec.name not in taken
    }
    return Joined(block, whole, partly, width)


def _is_doubtful(head: Head, spec: FieldSpec) -> bool:
    """Whether what stands above the name of a field may give it another meaning: a year, or a name that is like it."""
    *above, lowest = head.words
    return lowest != plain(spec.label) or any(each.isdigit() for each in "".join(above))


def _lowest(head: Head) -> str:
    """Return the part of a head by which it is known, with the units of measure of those above."""
    *above, lowest = head.parts
    return "".join((*(mark for each in above for mark in BRACKETS.findall(each)), lowest))


def _few(words: list[str]) -> str:
    more = f"等{len(words)}列" if len(words) > _NAMED else ""
    return "、".join(words[:_NAMED]) + more
