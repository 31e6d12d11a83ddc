"""The workbook in which a clerk restyles ledgers: sample cells, titles, paper, and widths of columns.

A sample's font, fill, lines and place are those of its part in every ledger. What is not said there is as usual.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.sheets.faults import WrongValue, as_written
from docgen.sheets.opening.workbook import open_workbook
from docgen.sheets.writing.design import USUAL, Design, Look, Part
from docgen.sheets.writing.guide import BODY, HEADING
from docgen.sheets.writing.looks import HEAD_FILL, put, style
from docgen.sheets.writing.plain_table import HEAD, lay_table
from docgen.sheets.writing.saving import saved

NAME: Final = "台账样式"
FILE: Final = f"{NAME}.xlsx"
_SAMPLES: Final = "样式"
_LEDGERS: Final = "台账"
_WIDTHS: Final = "列宽"
_PAPERS: Final = ("A3", "A4")
PLACES: Final = {"{年度}": "{year}", "{机制}": "{name}", "{项目}": "{projects}"}
"""What a title may have in it, as clerks write it, and as ledgers do."""
_PLACE: Final = re.compile(r"\{[^}]*\}?|\}")
_NARROWEST, _WIDEST = 1, 60
_ALIGNED: Final = {Part.TITLE: "center", Part.HEAD: "center"}
_SAID: Final = {
    Part.TITLE: "台账的标题",
    Part.ABOVE: "标题下面的单位和统计截止日期",
    Part.HEAD: "列的名称",
    Part.PLAIN: "一行一行的内容；数字和日期的格式由列决定",
    Part.VOID: "作废的行",
    Part.GROUP: "分组的一行",
    Part.TOTAL: "合计的一行",
    Part.NOTE: "表下的说明和签字处",
}


@dataclass(frozen=True)
class Designs:
    """Designs of all ledgers: looks that they share, and what single ones have of their own.

    Args:
        looks: of the parts.
        titles: by the name of the ledger.
        papers: by the name of the ledger.
        widths: by the name of the ledger, empty for all, and the head of the column.
    """

    looks: Mapping[Part, Look] = field(default_factory=lambda: USUAL)
    titles: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, ledger: str) -> Design:
        """Return the design of a ledger."""
        widths = {
            head: width for name in ("", ledger) for (of, head), width in self.widths.items() if of == name
        }
        return Design(self.looks, widths, self.titles.get(ledger, ""), self.papers.get(ledger, ""))


def read_designs(path: Path, ledgers: Sequence[str]) -> Designs:
    """Return the designs of a workbook; the usual ones where there is no such file.

    Args:
        path: the workbook.
        ledgers: the names that there are.

    Raises:
        UnreadableWorkbook: it cannot be read.
        Problems: what is wrong in its cells.
    """
    if not path.exists():
        return Designs()
    data = open_workbook(path).data
    reading = _Reading(load_workbook(io.BytesIO(data)), ledgers)
    made = Designs(reading.looks(), dict(reading.titles()), dict(reading.papers()), dict(reading.widths()))
    Problems.raise_any(reading.faults)
    return made


class _Reading:
    """A workbook of designs, read; what is wrong with it is gathered."""

    def __init__(self, book: Workbook, ledgers: Sequence[str]) -> None:
        self.book, self.ledgers = book, ledgers
        self.faults: list[DocgenError] = []

    def looks(self) -> Mapping[Part, Look]:
        """Return the looks of the samples that are there."""
        found = dict(USUAL)
        for row in self._rows(_SAMPLES):
            part = next((each for each in Part if each.value == as_written(row[0].value or "")), None)
            if part is not None:
                found[part] = _look_of(row[1])
        return found

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield the titles that are not the usual ones, by ledger, with the places that ledgers fill."""
        for name, row in self._named():
            title = as_written(row[1].value or "")
            wrong = [each for each in _PLACE.findall(title) if each not in PLACES]
            if wrong:
                wanted = f"标题，要填的地方写{'、'.join(PLACES)}"
                self._fault(_LEDGERS, row[1], "标题", wanted)
            elif title:
                for said, filled in PLACES.items():
                    title = title.replace(said, filled)
                yield name, title

    def papers(self) -> Iterator[tuple[str, str]]:
        """Yield the paper of ledgers for which one is named."""
        for name, row in self._named():
            paper = as_written(row[2].value or "").upper()
            if paper and paper not in _PAPERS:
                self._fault(_LEDGERS, row[2], "纸张", "A3 或 A4")
            elif paper:
                yield name, paper

    def widths(self) -> Iterator[tuple[tuple[str, str], float]]:
        """Yield the widths of columns, in hanzi."""
        for row in self._rows(_WIDTHS):
            name, head, width = (each.value for each in row[:3])
            if name and as_written(name) not in self.ledgers:
                self._fault(_WIDTHS, row[0], "台账", f"台账的名称（{'、'.join(self.ledgers)}），都用的空着")
            elif head and width is not None:
                if isinstance(width, int | float) and _NARROWEST <= width <= _WIDEST:
                    yield (as_written(name or ""), as_written(head)), float(width)
                else:
                    self._fault(_WIDTHS, row[2], "每行字数", f"{_NARROWEST}至{_WIDEST}的数")

    def _named(self) -> Iterator[tuple[str, Sequence[Any]]]:
        for row in self._rows(_LEDGERS):
            name = as_written(row[0].value or "")
            if name in self.ledgers:
                yield name, row
            elif name:
                self._fault(_LEDGERS, row[0], "台账", f"台账的名称（{'、'.join(self.ledgers)}）")

    def _rows(self, name: str) -> Iterator[Sequence[Any]]:
        if name in self.book.sheetnames:
            sheet = self.book[name]
            yield from sheet.iter_rows(min_row=HEAD + 1, max_row=min(sheet.max_row, 1000), max_col=3)

    def _fault(self, sheet: str, cell: Any, header: str, expected: str) -> None:
        shown = f"{FILE} {sheet}"
        found = WrongValue(shown, cell.coordinate, header, as_written(cell.value or ""), expected)
        if all(str(each) != str(found) for each in self.faults):
            self.faults.append(found)


def _look_of(cell: Any) -> Look:
    filled = cell.fill.fill_type == "solid"
    lined = any(getattr(cell.border, side).style for side in ("left", "right", "top", "bottom"))
    place = cell.alignment.horizontal
    align = place if place in ("left", "center", "right", "justify") else ""
    border = copy(cell.border) if lined else Border()
    return Look(copy(cell.font), copy(cell.fill) if filled else None, border, align)


def designs_workbook(titles: Mapping[str, str]) -> bytes:
    """Return the workbook of the usual designs, to be restyled; `titles` are the usual ones by ledger."""
    book = Workbook()
    _samples(book.worksheets[0])
    rows: list[tuple[str, ...]] = []
    for name, title in titles.items():
        for said, filled in PLACES.items():
            title = title.replace(filled, said)  # noqa: PLW2901  # place by place
        rows.append((name, title, ""))
    heads = (("台账", 20), ("标题", 52), ("纸张", 10))
    lay_table(book.create_sheet(_LEDGERS), "每种台账的标题和纸张（A3 或 A4，不写的照旧）", heads, rows)
    heads = (("台账", 20), ("列", 30), ("每行字数", 12))
    words = "列宽：这一列一行写几个字；“台账”空着的，对所有台账都起作用"
    lay_table(book.create_sheet(_WIDTHS), words, heads, [("",) * 3] * 20)
    return saved(book)


def _samples(sheet: Worksheet) -> None:
    sheet.title = _SAMPLES
    words = "改“样子”这一列的字体、字号、颜色、边框和对齐，台账都照它做"
    lay_table(sheet, words, (("部分", 16), ("样子", 40), ("用在哪里", 46)), ())
    for row, (part, look) in enumerate(USUAL.items(), HEAD + 1):
        style(put(sheet, row, 1, part.value), HEADING, "left", HEAD_FILL)
        look.give(put(sheet, row, 2, f"{part.value}的样子"), _ALIGNED.get(part, "general"))
        style(put(sheet, row, 3, _SAID[part]), BODY, "left")
        sheet.row_dimensions[row].height = 26
