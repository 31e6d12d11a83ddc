"""Of which form a document is, by the elements found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Layout, Role

_LONGEST_ITEM: Final = 60
_SIGNED_BELOW: Final = frozenset(("议案",))
"""What a government's head signs below the text, for the congress beside it: it needs no 签发人 in its head."""
_DOWNWARD: Final = frozenset(("决议", "决定", "命令", "公报", "公告", "通告", "通知", "通报", "批复"))


def form_of(layout: Layout) -> Form:
    """Return the form of a document whose elements are known."""
    mark, kind = layout.mark, layout.kind
    if mark.endswith("令"):
        return Form.ORDER
    if mark.endswith("纪要"):
        return Form.MINUTES
    if _is_serial(layout):
        return Form.SERIAL
    if mark and sum(_letter_signs(layout)) >= 2:
        return Form.LETTER
    signed = layout.of(Role.SIGNER) or any(words.SIGNER.search(each.words) for each in layout.of(Role.NUMBER))
    number = layout.first(Role.NUMBER)
    aside = number is not None and number.setting.align != "center"
    if signed and (aside or kind not in _DOWNWARD):
        return Form.UPWARD
    upward = kind in words.UPWARD and kind not in _SIGNED_BELOW
    return Form.UPWARD if upward and mark else Form.GENERAL


def _letter_signs(layout: Layout) -> Iterator[bool]:
    section = layout.doc.sections[0]
    number = layout.first(Role.NUMBER)
    wide = [shape for shape in layout.doc.shapes if shape.kind != "box" and shape.width > 162]
    yield section.first_differs and not any(
        "PAGE" in each.fields for each in section.footers.get("first", ())
    )
    yield number is not None and number.setting.align == "right" and not words.SIGNER.search(number.words)
    yield layout.kind == "函" and not layout.mark.endswith("文件")
    yield len(wide) >= 2 or any(
        "Thick" in b.style for p in layout.doc.paras[:8] for b in p.setting.borders.values()
    )


def _is_serial(layout: Layout) -> bool:
    """Whether the mark names a serial, or an issue is counted (第3期) below a mark that is no organ's 文件."""
    mark = layout.mark
    if not mark or mark.endswith("文件"):
        return False
    numbers = [para.bare for para in layout.of(Role.NUMBER)]
    counted = any(words.PLAIN_NUMBER.match(bare) and "期" in bare for bare in numbers)
    return counted or (bool(words.SERIAL_MARK.search(mark)) and not any("号" in bare for bare in numbers))


def name_items(layout: Layout) -> None:
    """Note the names of items within a serial: short centred lines of its text."""
    for para in layout.of(Role.BODY):
        if (
            para.setting.align == "center"
            and len(para.bare) <= _LONGEST_ITEM
            and para.words[-1] not in "。；："
        ):
            layout.roles[para.number] = Role.ITEM
