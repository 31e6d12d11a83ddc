"""How a printed table looks: the font, colour, lines and place of each of its parts, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, Final

from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.sheets.writing.looks import BOX, HEAD_FILL, LINE


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


_SIDES: Final = ("left", "right", "top", "bottom")
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


def restyle(sheet: Worksheet, design: Design, heads: range, last: int) -> None:
    """Give a sheet that is laid out by itself the looks of a design; colours that mean something stay.

    Args:
        sheet: its title stands in the first cell.
        design: the looks.
        heads: the numbers of the rows of heads.
        last: the number of the last row of data.
    """
    changed = {part: _changed(part, look) for part, look in design.looks.items()}
    for number, row in enumerate(sheet.iter_rows(), 1):
        for cell in row:
            if not isinstance(cell, MergedCell) and (cell.value is not None or _is_lined(cell)):
                _give(cell, changed[_part_of(number, heads, last)])
    _measure(sheet, design, heads, last)
    if design.paper:
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if design.paper == "A3" else sheet.PAPERSIZE_A4


def restyle_cell(cell: Any, design: Design) -> None:
    """Give a cell of the data of such a sheet the looks of a design."""
    _give(cell, _changed(Part.PLAIN, design.looks[Part.PLAIN]))


def _give(cell: Any, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        if name != "border" or _is_lined(cell):
            setattr(cell, name, value)


def _is_lined(cell: Any) -> bool:
    return bool(cell.border.left and cell.border.left.style)


def taller(height: float, design: Design) -> float:
    """Return how high a row of a sheet that is laid out by itself has to be for the words of a design."""
    look = design.looks[Part.PLAIN]
    scale = float(look.font.size or 11) / 11  # the size of the words of such sheets
    return min(height * scale, 409) if scale > 1 and "font" in _changed(Part.PLAIN, look) else height


def _measure(sheet: Worksheet, design: Design, heads: range, last: int) -> None:
    """Make rows as high as larger words need, and columns as wide as the design says."""
    for number in range(heads.start, last + 1):
        if height := sheet.row_dimensions[number].height:
            sheet.row_dimensions[number].height = taller(height, design)
    for head in heads:
        for number, cell in enumerate(sheet[head], 1):
            if isinstance(cell.value, str) and cell.value in design.widths:
                sheet.column_dimensions[get_column_letter(number)].width = 2 * design.widths[cell.value] + 1


def _part_of(row: int, heads: range, last: int) -> Part:
    if row in heads:
        return Part.HEAD
    if row < heads.start:
        return Part.TITLE if row == 1 else Part.ABOVE
    return Part.PLAIN if row <= last else Part.NOTE


def _changed(part: Part, look: Look) -> dict[str, Any]:
    """Return font, fill and border of a look where they are not the usual ones."""
    usual = USUAL[part]
    font = _said(look.font, ("name", "size", "b", "i", "u", "strike", "color")) != _said(
        usual.font, ("name", "size", "b", "i", "u", "strike", "color")
    )
    fill = _said(look.fill, ("fgColor",)) != _said(usual.fill, ("fgColor",))
    border = _said(look.border, _SIDES) != _said(usual.border, _SIDES)
    made = {"font": look.font if font else None, "fill": look.fill if fill else None}
    return {name: each for name, each in {**made, "border": look.border if border else None}.items() if each}


def _said(styled: Any, names: tuple[str, ...]) -> list[str]:
    return [_one(getattr(styled, each, None)) for each in names]


def _one(value: Any) -> str:
    """Return what a part of a style says, whichever way it is written down."""
    side = getattr(value, "style", None)
    colour = getattr(value, "color", value)
    rgb = getattr(colour, "rgb", colour) or ""
    return f"{side or ''} {str(rgb)[-6:] if not isinstance(rgb, bool | float | int) else float(rgb) or ''}"


OPEN_BORDER: Final = (
    Border(left=LINE, top=LINE, bottom=LINE), Border(top=LINE, bottom=LINE), Border(right=LINE, top=LINE, bottom=LINE),
)  # fmt: skip
"""The lines around the first cell of a group's row, those between, and the last, so that its words run over them."""
