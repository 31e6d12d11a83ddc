"""The title, which typists wrap over lines, and the addressees below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.reform import signs
from docgen.reform.draft import BLANK, Line
from docgen.reform.finding.live import Live
from docgen.reform.labels import label_of

_NEAR: Final = 4
_MOST_LINES: Final = 6
_OTHER_SIZE: Final = 6
_LOOKS: Final = 2
_SPOKEN: Final = re.compile("(?:讲话|致辞|发言|主持词|汇报|述职报告|动员词)(?:提纲|稿|材料)?$")


def take_title(live: Live, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the lines of the title, those below it in brackets, and where what follows begins."""
    finder = _Title(live, end)
    lines: list[Line] = []
    while len(lines) < _MOST_LINES and (line := live.line(start + len(lines), end)) is not None:
        if not finder.goes_on(lines, line, start + len(lines)):
            break
        lines.append(line)
    place = start + len(lines)
    below: list[str] = []
    whole = "".join(each.bare for each in lines)
    while lines and (line := live.line(place, end)) is not None and _is_below(whole, line):
        below.append(line.words)
        place += 1
    if lines and (_is_issued(live, place, end) or (not below and _is_spoken(live, place, end))):
        below, place = [*below, *(each.words for _, each in live.lines(place, place + 2))], place + 2
    if below and _SPOKEN.search(whole) and _is_speaker(live, place, end):
        below, place = [*below, *(each.words for _, each in live.lines(place, place + 1))], place + 1
    pieces = (piece.strip(BLANK) for line in lines for piece in line.words.split("\n"))
    return tuple(piece for piece in pieces if piece), tuple(below), place


def _is_below(title: str, line: Line) -> bool:
    """Whether a line belongs below a title: a date or number in brackets, the issue of a 公告."""
    issued = words.kind_of(title) in words.PUBLIC and bool(words.PLAIN_NUMBER.match(line.bare))
    return signs.is_subtitle(line) or issued


def _is_issued(live: Live, place: int, end: int) -> bool:
    """Whether below a title stand who issued it and when, and then its text, as with statistics and speeches."""
    organ, day, text = (live.line(place + at, end) for at in range(3))
    if organ is None or day is None or text is None:
        return False
    return signs.is_organ(organ.words) and signs.is_date(day) and not signs.is_addressee(text)


def _is_spoken(live: Live, place: int, end: int) -> bool:
    """Whether below a title stand who spoke and, in brackets, when."""
    day = live.line(place + 1, end)
    return day is not None and signs.is_subtitle(day) and _is_speaker(live, place, end)


def _is_speaker(live: Live, place: int, end: int) -> bool:
    """Whether a line is the name of who spoke, with a post."""
    speaker = live.line(place, end)
    if speaker is None:
        return False
    short = len(speaker.words) <= signs.LONGEST_NAME and speaker.words[-1] not in "：:。，；"
    return short and not label_of(speaker.words) and not signs.is_sentence(speaker)


def number_below(live: Live, place: int, end: int) -> str:
    """Return the number of the document that stands below its title, as where it was published; empty for none."""
    line = live.line(place, end)
    return line.words if place and line is not None and signs.is_number(line) else ""


class _Title:
    """Judges whether lines are of the title."""

    def __init__(self, live: Live, end: int) -> None:
        self._live, self._end = live, end

    def goes_on(self, above: Sequence[Line], line: Line, place: int) -> bool:
        """Whether a line is of the title, below other lines of it."""
        role = signs.styled(line)
        if role is not None:
            return role is Role.TITLE
        if not _may_be(line):
            continued = bool(above) and line.words[-1] in "、，" and not signs.is_sentence(line)
            return continued and not line.things and _alike(above[0], line)
        if signs.is_addressee(line) and signs.looks_titled(line) < _LOOKS:
            return False
        return self._continues(above, line, place) if above else self._begins(line, place)

    def _continues(self, above: Sequence[Line], line: Line, place: int) -> bool:
        whole = "".join(each.bare for each in above)
        if signs.is_subtitle(line):
            return False
        if _alike(above[0], line):
            plainer = signs.looks_titled(line) < signs.looks_titled(above[0])
            return not (signs.is_kind_title(whole) and plainer)
        if not signs.is_kind_title(whole) and _centred_alike(above[0], line):
            return True
        return not signs.is_kind_title(whole) and self._ends_soon(whole, place)

    def _begins(self, line: Line, place: int) -> bool:
        if label_of(line.words):
            return False
        if signs.looks_titled(line):
            return True
        if line.words[-1] in "：:":
            return False
        if signs.is_kind_title(line.bare) or line.bare.startswith("关于") or self._ends_soon("", place):
            return True
        if _SPOKEN.search(line.bare):
            return True
        after = self._live.line(place + 1, self._end)
        longer = after is not None and (
            signs.is_addressee(after) or signs.is_subtitle(after) or len(after.bare) > len(line.bare)
        )
        return longer and len(line.bare) <= signs.LONGEST_NAME

    def _ends_soon(self, whole: str, place: int) -> bool:
        """Whether a title that goes on at a line ends there, or soon below it."""
        for at in range(place, place + _NEAR):
            line = self._live.line(at, self._end)
            if line is None or line.things or len(line.bare) > signs.LONGEST_NAME or "。" in line.words:
                return False
            if at > place and (signs.is_addressee(line) or label_of(line.words)):
                return False
            if line.words[-1] in "：:":
                return False
            whole += line.bare
            named = "关于" in whole or (whole != line.bare and whole.endswith("会议纪要"))
            if named and signs.is_kind_title(whole):
                return True
        return False


def _may_be(line: Line) -> bool:
    if (
        line.things
        or len(line.bare) > _longest(line)
        or signs.is_sentence(line)
        or (line.words[-1] in "。；，、" and not _is_ended(line))
    ):
        return False
    if line.bare == "目录":
        return False
    return not (signs.is_date(line) or words.LIST.match(line.words) or signs.is_annex_head(line))


def _longest(line: Line) -> int:
    """Return how long a line of a title may be: organs that issue together, and what they forward, fill four lines."""
    sure = signs.looks_titled(line) >= _LOOKS or ("关于" in line.bare and signs.is_kind_title(line.bare))
    return signs.LONGEST_OF_ALL if sure else signs.LONGEST_TITLE


def _is_ended(line: Line) -> bool:
    """Whether a line is a whole title with a full stop behind it, which no title should have."""
    return line.words.endswith("。") and "关于" in line.words and signs.is_kind_title(line.bare[:-1])


def _alike(first: Line, line: Line) -> bool:
    """Whether a line looks as the title above it does."""
    same = abs(line.looks.size - first.looks.size) < _OTHER_SIZE and line.looks.box == first.looks.box
    return same and min(signs.looks_titled(line), signs.looks_titled(first)) >= _LOOKS


def _centred_alike(first: Line, line: Line) -> bool:
    """Whether two lines stand in the middle, of one size: a title set no larger than the text."""
    same = first.looks.align == line.looks.align == "center" and first.looks.box == line.looks.box
    return same and abs(first.looks.size - line.looks.size) < 1


def take_addressees(live: Live, start: int, end: int) -> tuple[str, int]:
    """Return the addressees without their colon, who may stand on several lines, and where the text begins."""
    taken: list[Line] = []
    while len(taken) < _NEAR and (line := live.line(start + len(taken), end)) is not None:
        taken.append(line)
        if signs.is_addressee(line):
            return "".join(each.words for each in taken).rstrip("：: "), start + len(taken)
        if line.words[-1] not in "，、,；;" or signs.is_sentence(line):
            break
    return "", start
