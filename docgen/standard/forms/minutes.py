"""纪要: the minutes format (clause 10.3), its mark, and the lists of those present, excused and observing.

Minutes have neither signature nor seal. What stands between mark and title is left to local practice: a number, and
a line with the issuing office and the date over a red rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.blocks import Block, date_place, number_place
from docgen.standard.build.head import NO_CORNER, Corner, mark_line
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import run_style
from docgen.standard.forms.form import Head, PagedForm, imprint_of, no_imprint, slots_of
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.look import STANDARD, Look
from docgen.standard.measures.widths import width


def minutes_head(
    name: str,
    number: str = "",
    issued: tuple[str, str] = ("", ""),
    corner: Corner = NO_CORNER,
    look: Look = STANDARD,
) -> Block:
    """Return the head of minutes: the mark, its ink 35 mm below the text area's top; number; office and date.

    Minutes are not signed at their end: the date of this line is the document's own.

    Args:
        name: The mark in full, as `某县政府常务会议纪要`.
        number: As `第3期` or `〔2026〕3号`; it stands in a bookmark. Empty for none.
        issued: The office that issues the minutes, and the date; on a line with a red rule under it.
        corner: What stands at the top left.
        look: The settings.
    """
    numbers = (number_place(number),) if number else ()
    return Block(mark_line(name, page.MARK_TOP, corner, look) + _below_mark(numbers, issued))


def _below_mark(numbers: Sequence[str], issued: tuple[str, str]) -> str:
    """Return the lines of numbers in the middle, and that of office and date."""
    lines = "".join(paragraph(elements.MINUTES_NUMBER.id, each) for each in numbers)
    line = _blank(1 if numbers else 2) + _issue(*issued) if any(issued) else ""
    return (_blank(2) + lines if lines else "") + line


def attendance(present: Sequence[str], excused: Sequence[str] = (), observing: Sequence[str] = ()) -> Block:
    """Return the lists of names, one blank line below the text: 出席, 请假, 列席 (10.3).

    Labels are in 黑体, 2 zi from the left; names turn over under the first character after the colon. An empty list
    has no line.
    """
    lists = (("出席：", present), ("请假：", excused), ("列席：", observing))
    lines = (_names(label, names) for label, names in lists if names)
    return Block(paragraph(elements.BLANK.id) + "".join(lines))


def _issue(organ: str, date: str) -> str:
    """Return the line of the issuing office and the date; the date stands a line lower below a long name."""
    right = w("tabs", w("tab", val="right", pos=(page.TEXT_WIDTH - page.ZI).twips))
    parted = w("r", w("br")) if width(organ) + width(_LONGEST_DATE) > _ROOM else ""
    return paragraph(
        elements.MINUTES_LINE.id, run(organ), parted, run("\t"), date_place(date), layout=(right,)
    )


def _names(label: str, names: Sequence[str]) -> str:
    face = w("rStyle", val=run_style(Face.LABEL))
    labelled = run(label, face, w("rFonts", hint="eastAsia"))
    return paragraph(elements.ATTENDANCE.id, labelled, run("、".join(names)))


def _blank(count: int) -> str:
    return paragraph(elements.BLANK.id) * count


_MARK_ENDS: Final = 2
_LONGEST_DATE: Final = "2026年12月31日"
_ROOM: Final = page.TEXT_WIDTH - page.ZI * 4
"""Office and date stand one character inside the text area each, and at least two apart."""


@dataclass(frozen=True)
class IssuedForm(PagedForm):
    """Minutes, and serials: a red mark, the issue, the issuing office and the date over a red rule; nobody signs.

    Args:
        word: What is added to the organ's name in the mark.
        imprinted: Whether it has a 版记 always; else only where it says who prints it or has copies.
    """

    word: str = "会议纪要"
    imprinted: bool = True

    def head(self, head: Head, look: Look) -> Block:
        """Return mark, number, office and date."""
        issued = (head.printer or head.organ, head.date)
        return _head(self.mark(head), head.number, issued, head.serial, look)

    def mark(self, head: Head) -> str:
        """Return the mark: the organ's name with the form's word, unless it ends so."""
        whole = head.organ if head.organ.endswith(self.word[-_MARK_ENDS:]) else head.organ + self.word
        return head.mark or whole

    def imprint(self, head: Head, addressees: tuple[str, ...]) -> Block:
        """Return the 版记, or what ends a document without one."""
        if not (self.imprinted or head.printer or head.copies):
            return no_imprint()
        return imprint_of(head.printer or head.organ, head.date, head.copies, addressees, 2)


@lru_cache(maxsize=64)
def _head(mark: str, number: str, issued: tuple[str, str], serial: str, look: Look) -> Block:
    numbers = [run(each) if each is serial else number_place(each) for each in (serial, number) if each]
    return Block(mark_line(mark, page.MARK_TOP, NO_CORNER, look) + _below_mark(numbers, issued))


BLOCKS: Final = ("版头", "版记")
SLOTS: Final = slots_of(*BLOCKS, "附件说明", lists=("标题行",))
MINUTES: Final = IssuedForm("纪要", SLOTS, (*BLOCKS, "标题行"), signed=False, addressed=False, annexed=False)
