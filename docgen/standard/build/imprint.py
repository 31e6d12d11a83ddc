"""The 版记 of a document: moved addressees, copies, printing organ and date, between rules (7.4).

It is a text box whose last rule is the foot of the text area, on the page of a paragraph that is as high as the 版记
and keeps its room (docs/decisions/0003). On which page it belongs `ending.py` says.
"""

from __future__ import annotations

from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.blocks import Block, date_place, document_end, labelled, listed
from docgen.standard.build.drawing import Box, text_box
from docgen.standard.build.elements import Element
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import exact, indents
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Pt
from docgen.standard.measures.lines import count_lines
from docgen.standard.measures.widths import width

_BOX: Final = 5
_ISSUED: Final = "印发"
_LONGEST_DATE: Final = "2026年12月31日"


@dataclass(frozen=True)
class Imprint:
    """What a 版记 says.

    Args:
        organ: The printing organ.
        date: The date of printing, as `2026年3月6日`; 印发 is added.
        copies: The receivers of copies, in order.
        addressees: The addressees when they are too many for page 1 (7.3.2), in order.
        place: Which of the document's dates this one is, see `blocks.date_place`.
        serial: Whether it is that of a serial: 报, 送 and 发 in the place of 抄送 and 主送.
        reported: The persons to whom a serial reports, in order.
    """

    organ: str
    date: str
    copies: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    place: int = 2
    serial: bool = False
    reported: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the paragraphs above the printing organ: 主送 and 抄送, or 报, 送 and 发, each ending with 。."""
        if not self.serial:
            return listed(self.addressees, self.copies)
        return labelled((("报", self.reported), ("送", self.copies), ("发", self.addressees)))


def imprint(said: Imprint) -> Block:
    """Return the 版记 at the foot of the page's text area. It must be the last block of a document."""
    height = imprint_height(said)
    foot = page.TOP + page.TEXT_HEIGHT
    spare = height + page.LINE
    box = Box(page.LEFT, foot - spare, page.TEXT_WIDTH, spare)
    drawn = text_box(_BOX, "版记", box, _content(said))
    return Block(document_end() + paragraph(elements.COPIES_ROOM.id, drawn, layout=(exact(height),)))


def imprint_height(said: Imprint) -> Length:
    """Return how much room the 版记 takes, rules included."""
    rules = (page.RULE_LINE + Pt(page.OUTER_RULE_EIGHTHS / 8)) * (3 if said.listed else 2)
    return page.LINE * (1 + _is_parted(said) + sum(map(_lines, said.listed))) + rules


def _content(said: Imprint) -> str:
    copies = "".join(paragraph(elements.COPIES.id, run(words), layout=_hung(words)) for words in said.listed)
    inner = _rule(elements.IMPRINT_INNER) if said.listed else ""
    return _rule(elements.IMPRINT_TOP) + copies + inner + _issue(said) + _rule(elements.IMPRINT_FOOT)


_LINE: Final = (exact(page.LINE),)


def _label(words: str) -> Length:
    """Return how wide the label is, 抄送： or 报：, 送：, 发：; no line may begin under it (7.4.2)."""
    return page.ZI_4 * (words.find("：") + 1 or 3)


def _hung(words: str) -> tuple[str, ...]:
    label = _label(words)
    if label == -elements.COPIES.first:
        return _LINE  # as the style has it
    return (*_LINE, indents(page.ZI_4 + label, elements.COPIES.right, -label))


def _issue(said: Imprint) -> str:
    """Return the line of the printing organ at the left and the date at the right (7.4.3).

    The date stands on a line of its own below an organ whose name leaves it no room (docs/decisions/0070).
    """
    right = w("tabs", w("tab", val="right", pos=(page.TEXT_WIDTH - page.ZI_4).twips))
    organ = (run(said.organ), w("r", w("br")), run("\t")) if _is_parted(said) else (run(f"{said.organ}\t"),)
    words = *organ, date_place(said.date, said.place), run(_ISSUED)
    return paragraph(elements.IMPRINT_ISSUE.id, *words, layout=(right, *_LINE))


def _is_parted(said: Imprint) -> bool:
    """Whether the organ's name leaves no room for any date beside it; which one signing fills in is not known yet."""
    room = page.TEXT_WIDTH - page.ZI_4 * 3
    return width(f"{said.organ}{_LONGEST_DATE}{_ISSUED}", page.SIZE_4, NONE) > room


def _rule(element: Element) -> str:
    return paragraph(element.id)


def _lines(words: str) -> int:
    element = elements.COPIES
    room = page.TEXT_WIDTH - page.ZI_4 - _label(words) - element.right
    return count_lines(words, room, room + _label(words), element.size, NONE)
