"""The first sheet of a workbook that clerks fill in: what is wanted, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.fields import Record, fields_of
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_on_a4, put, style

BODY: Final = Font(name="宋体", size=11)
TITLE: Final = Font(name="黑体", size=16)
HEADING: Final = Font(name="黑体", size=11)
_WIDTHS: Final = (16, 74)


def write_guide(sheet: Worksheet, title: str, lines: Iterable[tuple[str, str]]) -> None:
    """Write a guide: a title, and lines of a word with what it means."""
    style(put(sheet, 1, 1, title), TITLE, "center", box=False)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 34
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row, (label, words) in enumerate(lines, 2):
        style(put(sheet, row, 1, label), HEADING, "left", HEAD_FILL)
        style(put(sheet, row, 2, words), BODY, "left")
        fit_height(sheet, row, [(label, _WIDTHS[0]), (words, _WIDTHS[1])])
    print_on_a4(sheet, landscape=False)


def lines_of(records: Sequence[type[Record]]) -> list[tuple[str, str]]:
    """Return what the guide of a blank workbook says of its sheets and of filling in."""
    required = {each: [spec.label for spec in fields_of(each) if spec.required] for each in records}
    return [
        *(
            (f"“{each.sheet}”表", f"{each.title}。必填：{'、'.join(names) or '无'}")
            for each, names in required.items()
        ),
        ("橙色的表头", "必填的列；其他列没有的空着。"),
        ("每列填什么", "鼠标停在表头上有说明；有下拉列表的从列表中选，几个并列的用顿号隔开。"),
        ("日期", "写成 2026-01-31 或 2026年1月31日；年月写成 2026年5月。"),
        ("可以改的", "可以调整列的次序、隐藏列、另加列；表头的名称和工作表的名称请不要改。"),
        (
            "请不要",
            "在数据列里写公式，在一格里写两件事，把几行合并成一格。合计行写在数据下面，不会当作数据。",
        ),
        ("填好以后", "放进数据文件夹，运行 docgen check；有问题的格会逐一指出。"),
    ]
