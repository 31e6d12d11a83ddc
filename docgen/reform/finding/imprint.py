"""The 版记 at the end of a draft: who gets copies, the printing organ and its date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from docgen.lint.recognition import words
from docgen.reform import signs
from docgen.reform.draft import BLANK, Line
from docgen.reform.finding.live import Live

_FEW: Final = 12
_BROKEN: Final = 24.0
"""Characters of a line that an editor may have broken."""
_OUTDATED: Final = re.compile(
    r"主\s*题\s*词\s*[:：]|[（(]?\s*共?印\s*\d{1,6}\s*份\s*[）)]?$|(?:校\s*对|打\s*字|印\s*数)\s*[:：]"
)
_COPIES: Final = "抄送"
"""The one label of receivers of copies (7.4.3): 抄报, 分送 and others become it."""
_EDITED: Final = re.compile(r"(?:责任编辑|编辑|主编|审核|核稿)\s*[:：]")
"""Who edited a serial; the 版记 has no place for that."""
_MOVED: Final = ("主送：", "主送:")


@dataclass
class Imprint:
    """A 版记; `start` is where it begins, the end of the draft where there is none; `edited` says who edited it."""

    start: int
    found: bool = False
    copies: str = ""
    receivers: dict[str, str] = field(default_factory=dict)
    moved: str = ""
    printer: str = ""
    printed: str = ""
    others: list[str] = field(default_factory=list)
    edited: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Take one of its lines: 抄送, 印发 with organ and date, or what the standard has no more, to be told."""
        text = line.words.rstrip("。")
        copies = words.COPIES.match(text)
        if _EDITED.match(text):
            self.edited.append(line)
        elif is_outdated(line):
            self.others.append(line.words)
        elif copies and copies["colon"]:
            label = "".join(copies[1].split())
            if label != _COPIES:
                self.others.append(f"{label}：")
            said = text[copies.end() :].strip(BLANK)
            self.receivers[label] = said.rstrip("；，。")
            self.copies = self.copies.rstrip("；，")
            self.copies = f"{self.copies}，{said}" if self.copies else said
        elif text.startswith(_MOVED):
            self.moved = text[len(_MOVED[0]) :].strip(BLANK)
        else:
            said = text.removesuffix("印发").rstrip(BLANK)
            date = signs.date_in(said)
            self.printer = (said[: date.start()] if date else said).strip(BLANK) or self.printer
            self.printed = date["date"] if date else self.printed


def is_outdated(line: Line) -> bool:
    """Whether a line is what a 版记 had before 2012: words of its subject, how many copies were printed, by whom."""
    return bool(_OUTDATED.match(line.words))


def _is_printer(live: Live, place: int, line: Line) -> bool:
    """Whether a line is the printing organ beside its date, each in a cell of its own."""
    after = live.line(place + 1)
    dated = after is not None and after.words.endswith("印发") and signs.date_in(after.words[:-2])
    return bool(dated) and signs.is_organ(line.words)


def _goes_on(live: Live, place: int) -> bool:
    """Whether a line goes on with the receivers of copies above it, as an editor broke them."""
    above, line = live.line(place - 1), live.line(place)
    if above is None or line is None or _is_taken(live, place, line):
        return False
    copies = words.COPIES.match(above.words)
    return bool(copies and copies["colon"]) and (above.words[-1] in "，、；,;" or above.width > _BROKEN)


def _is_taken(live: Live, place: int, line: Line) -> bool:
    """Whether a line is one of the 版记 by its own words."""
    own = signs.is_imprint(line) or is_outdated(line) or _EDITED.match(line.words)
    return bool(own) or _is_printer(live, place, line)


def take_imprint(live: Live) -> Imprint:
    """Return the 版记 at the end of a draft; an empty one behind its last line where there is none."""
    found = Imprint(len(live))
    for place in range(len(live) - 1, max(-1, len(live) - _FEW), -1):
        line = live.line(place)
        if line is None or not (_is_taken(live, place, line) or _goes_on(live, place)):
            break
        found.start, found.found = place, found.found or signs.is_imprint(line)
    if not found.found:
        return Imprint(len(live))
    while (above := live.line(found.start - 1)) is not None and (
        above.words.startswith(_MOVED) or is_outdated(above)
    ):
        found.start -= 1
    for place, line in live.lines(found.start, len(live)):
        if _goes_on(live, place):
            found.copies += line.words.rstrip("。")
        else:
            found.take(line)
    found.copies = found.copies.rstrip("；，")
    return found
