"""Of which form a document is, by the elements found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint import words
from docgen.lint.layout import Form, Layout, Role

_DOWNWARD: Final = frozenset(("决议", "决定", "命令", "公报", "公告", "通告", "通知", "通报", "批复"))


def form_of(layout: Layout) -> Form:
    """Return the form of a document whose elements are known."""
    mark, kind = layout.mark, layout.kind
    if mark.endswith("令"):
        return Form.ORDER
    if mark.endswith("纪要"):
        return Form.MINUTES
    if mark and sum(_letter_signs(layout)) >= 2:
        return Form.LETTER
    signed = layout.of(Role.SIGNER) or any(words.SIGNER.search(each.words) for each in layout.of(Role.NUMBER))
    number = layout.first(Role.NUMBER)
    aside = number is not None and number.setting.align != "center"
    if signed and (aside or kind not in _DOWNWARD):
        return Form.UPWARD
    return Form.UPWARD if kind in words.UPWARD and mark else Form.GENERAL


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
