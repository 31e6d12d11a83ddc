"""The order format 命令（令）格式 (clause 10.2): its mark and number. It ends with `closing.stamped`."""

from __future__ import annotations

from docgen.standard.build import elements
from docgen.standard.build.blocks import Block
from docgen.standard.build.head import NO_CORNER, Corner, mark_line, number_control
from docgen.standard.build.ooxml import paragraph
from docgen.standard.measures import page
from docgen.standard.measures.look import STANDARD, Look

_LINES_ABOVE_MARK = 1


def order_head(mark: str, number: str, corner: Corner = NO_CORNER, look: Look = STANDARD) -> Block:
    """Return the head of an order: the mark, two blank lines, the number, two blank lines; the text follows.

    Args:
        mark: The organ's full name with 令 or 命令, as `某县人民政府令`; its ink is 20 mm below the text area's top.
        number: The number, as `第3号`.
        corner: What stands at the top left; one line at most, for the mark follows close.
        look: The settings.

    Raises:
        ValueError: if the corner has more than one line.
    """
    if len(corner.lines) > _LINES_ABOVE_MARK:
        raise ValueError("an order's mark leaves room for one line above it")
    numbered = paragraph(elements.ORDER_NUMBER.id, number_control(number))
    blank = paragraph(elements.BLANK.id) * 2
    return Block(mark_line(mark, page.ORDER_MARK_TOP, corner, look) + blank + numbered + blank)
