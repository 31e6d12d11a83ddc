"""Workbooks of Excel 97 to 2003 (.xls), of which the values alone are read.

Formulas, error values, hidden and struck rows cannot be told from values here: enough for a list that is looked over
cell by cell before it counts, not for a return.
"""

from __future__ import annotations

import io
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.opening.grid import fill_merged
from docgen.sheets.opening.marked import Struck
from docgen.sheets.opening.special import Special
from docgen.sheets.opening.workbook import MOST_CELLS, OLE, Sheet, broken, too_wide, unreadable

_STREAM: Final = "Workbook".encode("utf-16-le")
_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_SAVE_AGAIN: Final = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后再试。"


def is_xls(data: bytes) -> bool:
    """Whether a file is a workbook of that time."""
    return data.startswith(OLE) and _STREAM in data


@dataclass(frozen=True)
class XlsBook:
    """A readable .xls: its file name and content."""

    path: Path
    data: bytes

    def checked(self) -> Self:
        """Return it, when it can be read. Raises UnreadableWorkbook."""
        if _MACROS in self.data:
            raise unreadable(self.path, "工作簿带有宏", "为安全起见不读取带宏的文件。" + _SAVE_AGAIN)
        assert self._calamine is not None  # noqa: S101  # opening refuses what is damaged
        return self

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets, hidden ones too."""
        return tuple(self._calamine.sheet_names)

    def sheet(self, name: str) -> Sheet:
        """Read the values of one sheet. Raises UnreadableWorkbook."""
        from python_calamine import CalamineError

        try:
            sheet = self._calamine.get_sheet_by_name(name)
            if sheet.height * sheet.width > MOST_CELLS:
                raise too_wide(self.path, name, sheet.height, sheet.width)
            rows = sheet.to_python(skip_empty_area=False)
        except (CalamineError, ValueError, OSError) as fault:
            raise broken(self.path) from fault
        merged = tuple(sheet.merged_cell_ranges or ())
        fill_merged(rows, merged)
        return Sheet(name, rows, b"", Special({}, {}), DAY_ZERO, Struck(), merged)

    @cached_property
    def _calamine(self) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except PasswordError:
            raise unreadable(
                self.path, "工作簿有打开密码", "请在 Excel 或 WPS 中打开，取消打开密码后保存。"
            ) from None
        except (CalamineError, ValueError, OSError) as fault:
            raise broken(self.path) from fault

    @property
    def advice(self) -> Advice:
        """Return what is to be said of such a file."""
        words = "是旧版 .xls 文件，只读了数值：公式、错误值、隐藏和划去的行看不出来，请对照原表核对"
        return Advice("workbook-old", f"{self.path.name}：{words}；另存为 .xlsx 再导入的可以看出")
