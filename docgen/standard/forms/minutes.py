"""The minutes format 纪要格式 (clause 10.3): its mark, and the lists of those present, excused and observing.

Minutes have neither signature nor seal. What stands between mark and title is left to local practice: a number, and
a line with the issuing office and the date over a red rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.standard.build import elements
from docgen.standard.build.blocks import Block
from docgen.standard.build.head import NO_CORNER, Corner, mark_line, number_control
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import run_style
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.look import STANDARD, Look


def minutes_head(
    name: str,
    number: str = "",
    issued: tuple[str, str] = ("", ""),
    corner: Corner = NO_CORNER,
    look: Look = STANDARD,
) -> Block:
    """Return the head of minutes: the mark, its ink 35 mm below the text area's top; number; office and date.

    Args:
        name: The mark in full, as `某县政府常务会议纪要`.
        number: As `第3期` or `〔2026〕3号`; it stands in a bookmark. Empty for none.
        issued: The office that issues the minutes, and the date; on a line with a red rule under it.
        corner: What stands at the top left.
        look: The settings.
    """
    numbered = _blank(2) + paragraph(elements.MINUTES_NUMBER.id, number_control(number)) if number else ""
    above = 1 if number else 2
    line = _blank(above) + _issue(*issued) if any(issued) else ""
    return Block(mark_line(name, page.MARK_TOP, corner, look) + numbered + line)


def attendance(present: Sequence[str], excused: Sequence[str] = (), observing: Sequence[str] = ()) -> Block:
    """Return the lists of names, one blank line below the text: 出席, 请假, 列席 (10.3).

    Labels are in 黑体, 2 zi from the left; names turn over under the first character after the colon. An empty list
    has no line.
    """
    lists = (("出席：", present), ("请假：", excused), ("列席：", observing))
    lines = (_names(label, names) for label, names in lists if names)
    return Block(paragraph(elements.BLANK.id) + "".join(lines))


def _issue(organ: str, date: str) -> str:
    right = w("tabs", w("tab", val="right", pos=(page.TEXT_WIDTH - page.ZI).twips))
    return paragraph(elements.MINUTES_LINE.id, run(f"{organ}\t{date}"), layout=(right,))


def _names(label: str, names: Sequence[str]) -> str:
    face = w("rStyle", val=run_style(Face.LABEL))
    labelled = run(label, face, w("rFonts", hint="eastAsia"))
    return paragraph(elements.ATTENDANCE.id, labelled, run("、".join(names)))


def _blank(count: int) -> str:
    return paragraph(elements.BLANK.id) * count
