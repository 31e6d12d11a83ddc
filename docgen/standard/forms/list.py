"""清单: a list that people work with in a workbook, with a title, heads, rows and totals; nobody signs it.

It has no template: its columns are declared. What paper it is printed on, how its cells may stand and which formats
of dates and numbers it knows stand here; the workbook itself is made where workbooks are (`sheets/writing/printed.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.opc.changing import Changing
from docgen.standard.build.elements import Align
from docgen.standard.forms.form import Form, Head
from docgen.standard.measures.look import Look

if TYPE_CHECKING:
    from docgen.standard.forms.nodes import Wording

AS_TEXT: Final = "文字"
TEXT_FORMAT: Final = "@"
DATE_FORMAT: Final = "yyyy-mm-dd"
DATE_FORMATS: Final[Mapping[str, str]] = {
    DATE_FORMAT: DATE_FORMAT,
    "yyyy.m.d": "yyyy.m.d",
    "yyyy年m月d日": 'yyyy"年"m"月"d"日"',
    "yyyy年m月": 'yyyy"年"m"月"',
    "m月d日": 'm"月"d"日"',
}
"""How a declaration writes a format of dates, and how a workbook has it."""
NUMBER_FORMATS: Final = ("0", "0.0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%")
"""Formats of numbers for messages; `is_number_format` knows more decimals."""
ALIGNS: Final[Mapping[str, Align]] = {"左": Align.LEFT, "中": Align.CENTER, "右": Align.RIGHT}
A4: Final = "A4"
PAPERS: Final[Mapping[str, int]] = {A4: 150, "A3": 220}
"""The papers, and how many hanzi the columns may hold together before their print is too small to read."""
_NUMBER: Final = re.compile(r"(?:#,##)?0(?:\.0{1,6})?%?")


def is_number_format(written: str) -> bool:
    """Whether a number format of a declaration writes numbers (`0`, `0.00`, `#,##0`, `0.0%`)."""
    return _NUMBER.fullmatch(written) is not None


@dataclass(frozen=True)
class ListForm(Form):
    """A list: nothing of it depends on words, so that there is nothing to fill and nothing to finish."""

    def template(self, _wording: Wording, _look: Look) -> bytes:
        """Raise TypeError: a declaration of a list has no wording, and so nobody asks for a template."""
        raise TypeError("a list has no template")

    def filled(self, _head: Head, _look: Look) -> dict[str, object]:
        """Return nothing: a list offers no names of its form."""
        return {}

    def finish(self, _parts: Changing, _look: Look) -> None:
        """Leave the workbook as it is."""


LISTING: Final = ListForm(
    "清单", {}, (), numbered=False, signed=False, addressed=False, suffix=".xlsx", columned=True
)
