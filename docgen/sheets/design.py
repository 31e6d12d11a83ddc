"""How a printed table looks: the font, colour, lines and place of each of its parts, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill

from docgen.sheets.looks import BOX, HEAD_FILL, LINE


class Part(StrEnum):
    """A part of a printed table, as a clerk calls it."""

    TITLE = "标题"
    ABOVE = "表上一行"
    HEAD = "表头"
    PLAIN = "数据"
    VOID = "作废的数据"
    GROUP = "分组"
    TOTAL = "合计"
    NOTE = "表下的话"


@dataclass(frozen=True)
class Look:
    """How a part looks; `align` is how its words stand, empty for as the column says."""

    font: Font
    fill: PatternFill | None = None
    border: Border | None = None
    align: str = ""

    def give(self, cell: Any, align: str) -> None:
        """Give a cell this look."""
        cell.font = self.font
        cell.alignment = Alignment(horizontal=self.align or align, vertical="center", wrap_text=True)
        if self.border:
            cell.border = self.border
        if self.fill:
            cell.fill = self.fill


BODY: Final = Font(name="宋体", size=10)
HEADING: Final = Font(name="黑体", size=10)
USUAL: Final[Mapping[Part, Look]] = {
    Part.TITLE: Look(Font(name="黑体", size=16)),
    Part.ABOVE: Look(BODY),
    Part.HEAD: Look(HEADING, HEAD_FILL, BOX),
    Part.PLAIN: Look(BODY, None, BOX),
    Part.VOID: Look(Font(name="宋体", size=10, strike=True), PatternFill("solid", fgColor="EDEDED"), BOX),
    Part.GROUP: Look(HEADING, PatternFill("solid", fgColor="F2F2F2"), BOX),
    Part.TOTAL: Look(HEADING, None, BOX),
    Part.NOTE: Look(BODY),
}
"""How tables look where nobody has restyled them."""


@dataclass(frozen=True)
class Design:
    """How a table looks.

    Args:
        looks: of its parts.
        widths: of columns, in hanzi on a line, by their heads; others are as they usually are.
        title: of the table, with places to be filled; empty for the usual one.
        paper: A3 or A4; empty for the usual one.
    """

    looks: Mapping[Part, Look] = field(default_factory=lambda: USUAL)
    widths: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    paper: str = ""


PLAIN_DESIGN: Final = Design()
OPEN_BORDER: Final = (
    Border(left=LINE, top=LINE, bottom=LINE), Border(top=LINE, bottom=LINE), Border(right=LINE, top=LINE, bottom=LINE),
)  # fmt: skip
"""The lines around the first cell of a group's row, those between, and the last, so that its words run over them."""
