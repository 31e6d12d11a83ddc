"""命令: the order format 命令（令）格式 (clause 10.2), which a person signs."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from docgen.standard.build import elements
from docgen.standard.build.blocks import Block, number_place
from docgen.standard.build.closing import stamped
from docgen.standard.build.head import NO_CORNER, Corner, mark_line
from docgen.standard.build.ooxml import paragraph
from docgen.standard.forms.form import Head, PagedForm, imprint_of, no_imprint, slots_of
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
    numbered = paragraph(elements.ORDER_NUMBER.id, number_place(number))
    blank = paragraph(elements.BLANK.id) * 2
    return Block(mark_line(mark, page.ORDER_MARK_TOP, corner, look) + blank + numbered + blank)


_BLOCKS: Final = ("版头", "落款", "版记")
_MARK: Final = "令"


class OrderForm(PagedForm):
    """An order: mark, number, text, the signatory's stamp, the date; a 版记 if it says who prints it or has copies."""

    def head(self, head: Head, look: Look) -> Block:
        """Return mark and number."""
        return _head(self.mark(head), head.number, look)

    def mark(self, head: Head) -> str:
        """Return the mark: the organ's name with 令, unless it ends so."""
        return head.mark or (head.organ if head.organ.endswith(_MARK) else head.organ + _MARK)

    def closing(self, head: Head) -> Block:
        """Return the post, the room for the stamp of its holder, and the date."""
        return _stamped(head.signature, head.date)

    def imprint(self, head: Head, addressees: tuple[str, ...]) -> Block:
        """Return the 版记, or what ends a document without one."""
        if not (head.printer or head.copies):
            return no_imprint()
        place = 2 if head.signature else 1
        return imprint_of(head.printer or head.organ, head.date, head.copies, addressees, place)


@lru_cache(maxsize=64)
def _head(mark: str, number: str, look: Look) -> Block:
    return order_head(mark, number, NO_CORNER, look)


@lru_cache(maxsize=512)
def _stamped(names: tuple[str, ...], date: str) -> Block:
    return stamped([_signer(each) for each in names], date) if names else Block()


def _signer(line: str) -> tuple[str, str]:
    """Return post and name of a line `县长　王某`; without a name its room stays empty."""
    post, *name = line.split(maxsplit=1)
    return post, "".join(name)


ORDER: Final = OrderForm(
    "命令", slots_of(*_BLOCKS, "附件说明"), _BLOCKS, addressed=False, titled=False, annexed=False
)
