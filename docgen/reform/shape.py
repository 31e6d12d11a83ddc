"""Of which form a draft is: by its mark, its 文种, its signatories, and where its number stands; the forms' names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form
from docgen.reform import signs
from docgen.reform.draft import Block, Line
from docgen.reform.paper import Paper

NAMES: Final = {
    Form.GENERAL: "文件", Form.UPWARD: "上行文", Form.LETTER: "信函", Form.MINUTES: "纪要", Form.ORDER: "命令",
    Form.SERIAL: "期刊", Form.SLIP: "单",
}  # fmt: skip
"""What declarations of kinds call the forms."""
_ORDERS: Final = ("令",)
_DOWNWARD: Final = frozenset(("决议", "决定", "命令", "公报", "公告", "通告", "通知", "通报", "批复"))


def form_of(paper: Paper, live: Sequence[Block]) -> Form:
    """Return the form of a draft whose parts are known."""
    mark = "".join(paper.organs)
    title = "".join(paper.title)
    kind = words.kind_of(title)
    if mark.endswith(_ORDERS):
        return Form.ORDER
    if mark.endswith("纪要"):
        return Form.MINUTES
    if mark and not mark.endswith("文件") and (words.SERIAL_MARK.search(mark) or "期" in paper.serial):
        return Form.SERIAL
    if mark and not mark.endswith("文件") and not paper.joint and (kind == "函" or _is_aside(live)):
        return Form.LETTER
    if paper.signatories and kind not in _DOWNWARD:
        return Form.UPWARD
    return Form.UPWARD if kind in words.UPWARD and mark and paper.signatories else Form.GENERAL


def _is_aside(live: Sequence[Block]) -> bool:
    """Whether the number stands at the right, as a letter's does."""
    number = next((each for each in live[:8] if isinstance(each, Line) and signs.is_number(each)), None)
    return number is not None and number.looks.align == "right" and "签发人" not in number.bare
