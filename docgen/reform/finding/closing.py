"""What closes a draft's text: the list of annexes, names, date, 附注; and where its annexes begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.lint.recognition.layout import Role
from docgen.reform import signs
from docgen.reform.draft import BLANK, Block, Line
from docgen.reform.finding.live import Live
from docgen.reform.lists import annex_names
from docgen.standard.build import elements

_FEW: Final = 12
_MOST_NAMES: Final = 8
_LOOKS: Final = 2
_SHORTEST_NAME: Final = 5
_FAR: Final = 4.0
_FULL_LINE: Final = 22.0


@dataclass
class Closing:
    """What closes a text; `end` is where the text above it ends."""

    end: int = 0
    annexes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    date: str = ""
    notes: list[Line] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


def main_date(live: Live, start: int, end: int) -> int | None:
    """Return the place of the date below the text: the first with a signature, else one near the end."""
    dates = []
    for place, line in live.lines(start, end):
        if signs.signed_and_dated(line):
            return place
        if signs.is_date(line):
            above = live.line(place - 1) if place > start else None
            if above is not None and signs.is_name(above, above_date=True):
                return place
            dates.append(place)
    return next((each for each in dates if end - each <= _FEW), None)


def annex_heads(live: Live, start: int, end: int, date: int | None, title: str) -> list[int]:
    """Return where annexes begin, and the document that a notice of this title issues."""
    found: list[int] = []
    for place, line in live.lines(start + 1, end):
        if not signs.is_annex_head(line):
            continue
        after = live.line(place + 1, end)
        plain = not line.looks.new_page
        listed = plain and after is not None and signs.is_annex_item(after) and signs.styled(line) is None
        if not (plain and date is not None and place < date) and not (listed and not found):
            found.append(place)
    titled = re.findall("《([^《》]+)》", "".join(line.bare for _, line in live.lines(start, date or start)))
    return sorted({*found, *_issued(live, date, min([end, *found]), ["".join(title.split()), *titled])})


def _issued(live: Live, date: int | None, stop: int, titles: Sequence[str]) -> list[int]:
    """Return where the document begins that a notice or an order issues: a title below the date, or its name.

    Args:
        live: The draft.
        date: The place of the date, if there is one.
        stop: Where no document can begin any more.
        titles: The title, and what the text puts in 《》.
    """
    for place in range(stop if date is None else date + 1, stop):
        line = live.line(place)
        if line is None or signs.is_note(line) or _is_bracketed(line) or signs.starts_annex_list(line):
            continue
        named = len(line.bare) >= _SHORTEST_NAME and (line.bare in titles[0] or line.bare in titles[1:])
        return [place] if named or line.looks.new_page or signs.looks_titled(line) >= _LOOKS else []
    return []


def take_closing(live: Live, start: int, end: int, date: int | None) -> Closing:
    """Return what closes the text between two places.

    Args:
        live: The draft.
        start: Where the text begins.
        end: Where the annexes begin.
        date: The place of the date, if there is one.
    """
    closing = Closing(end)
    if date is None or date >= end:
        _undated(live, start, closing)
    else:
        _below_date(live, date + 1, end, closing)
        _dated(live, start, date, closing)
    _above(live, start, closing)
    return closing


def _undated(live: Live, start: int, closing: Closing) -> None:
    while (line := live.line(closing.end - 1)) is not None and closing.end > start + 1:
        if not (signs.is_note(line) and _is_bracketed(line)):
            break
        closing.notes.insert(0, line)
        closing.end -= 1
    line = live.line(closing.end - 1)
    if line is None or closing.end - 1 <= start or not signs.is_name(line, above_date=False):
        return
    if signs.is_aside(line) or signs.styled(line) is Role.SIGNATURE:
        _names(live, start, closing)


def _dated(live: Live, start: int, date: int, closing: Closing) -> None:
    line = live.line(date)
    both = signs.signed_and_dated(line) if line is not None else None
    closing.end = date
    if both:
        closing.names, closing.date = names_in([both[0]]), both[1]
    elif line is not None:
        closing.date = line.words
    while (above := live.line(closing.end - 1)) is not None and closing.end > start + 1:
        if not (signs.is_note(above) and _is_bracketed(above)):
            break
        closing.notes.insert(0, above)
        closing.end -= 1
    _names(live, start, closing)


def _names(live: Live, start: int, closing: Closing) -> None:
    """Take the lines of names that stand above."""
    found: list[str] = []
    while closing.end > start and len(found) < _MOST_NAMES:
        line = live.line(closing.end - 1)
        if (
            line is None
            or not signs.is_name(line, above_date=not found)
            or _is_listed(live, closing.end - 1, start)
        ):
            break
        joint = (
            line.looks.style == elements.JOINT_ORGANS.name
        )  # there a tab parts the organs, whatever they are called
        found.insert(0, line.words.replace("\t", "\n") if joint else line.words)
        closing.end -= 1
    closing.names = (*names_in(found), *closing.names)


def _is_listed(live: Live, place: int, start: int) -> bool:
    """Whether a line is an item of the list of annexes."""
    line = live.line(place)
    if line is None or line.looks.align in ("right", "center") or signs.styled(line) is Role.SIGNATURE:
        return False
    begun = any(signs.starts_annex_list(each) for _, each in live.lines(max(start, place - _FEW), place + 1))
    return begun and (signs.is_annex_item(line) or signs.starts_annex_list(line))


def _below_date(live: Live, first: int, end: int, closing: Closing) -> None:
    place = first
    while place < end:
        line = live.line(place)
        if line is not None and (signs.is_note(line) or _is_bracketed(line)):
            closing.notes.append(line)
        elif line is not None and signs.starts_annex_list(line) and not closing.annexes:
            place = _take_list(live, place, end, closing)
            continue
        else:
            closing.after.append(live.blocks[place])
        place += 1


def _above(live: Live, start: int, closing: Closing) -> None:
    """Take the list of annexes at the end of the text."""
    end = closing.end
    if closing.annexes:
        return
    for place, line in live.lines(max(start + 1, end - 2 * _FEW), end):
        after = live.line(place + 1, end)
        alone = signs.is_annex_head(line) and after is not None and signs.is_annex_item(after)
        if signs.starts_annex_list(line, above=True) or alone:
            below = _take_list(live, place, end, closing)
            notes = [each for _, each in live.lines(below, end) if signs.is_note(each)]
            if below + len(notes) == end:
                closing.notes[:0] = notes
                closing.end = place
                return
        closing.annexes = ()


def _take_list(live: Live, place: int, end: int, closing: Closing) -> int:
    lines: list[Line] = []
    while (line := live.line(place, end)) is not None:
        if lines and not (signs.is_annex_item(line) or _is_turned_over(line, lines[-1])):
            break
        lines.append(line)
        place += 1
    closing.annexes = annex_names(lines)
    return place


def _is_turned_over(line: Line, above: Line) -> bool:
    """Whether a line goes on with an annex's name that an editor broke."""
    if signs.styled(line) is not None or line.looks.indent <= _FAR or above.width <= _FULL_LINE:
        return False
    return line.words[-1] not in "。；：" and not signs.is_name(line, above_date=True)


def _is_bracketed(line: Line) -> bool:
    return line.words[0] in "（(" and line.words[-1] in "）)"


def names_in(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a signature; several organs on one line are several names."""
    found: list[str] = []
    for line in lines:
        pieces = [each.strip(BLANK) for each in signs.GAP.split(line) if each.strip(BLANK)]
        several = len(pieces) > 1 and all(map(signs.is_organ, pieces))
        found += pieces if several or "\n" in line else [line.strip(BLANK)]
    return tuple(found)
