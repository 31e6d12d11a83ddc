"""The 版记 at the end of a draft: who gets copies, the printing organ and its date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docgen.lint.recognition import words
from docgen.reform import signs
from docgen.reform.draft import BLANK, Line
from docgen.reform.finding.live import Live

_FEW: Final = 12
_MOVED: Final = ("主送：", "主送:")


@dataclass
class Imprint:
    """A 版记; `start` is where it begins, the end of the draft where there is none."""

    start: int
    found: bool = False
    copies: str = ""
    moved: str = ""
    printer: str = ""
    printed: str = ""

    def take(self, line: Line) -> None:
        """Take a line of it."""
        text = line.words.rstrip("。")
        copies = words.COPIES.match(text)
        if copies and copies["colon"]:
            said = text[copies.end() :].strip(BLANK).rstrip("；，")
            self.copies = f"{self.copies}，{said}" if self.copies else said
        elif text.startswith(_MOVED):
            self.moved = text[len(_MOVED[0]) :].strip(BLANK)
        else:
            said = text.removesuffix("印发").rstrip(BLANK)
            date = signs.date_in(said)
            self.printer = (said[: date.start()] if date else said).strip(BLANK)
            self.printed = date["date"] if date else ""


def take_imprint(live: Live) -> Imprint:
    """Return the 版记 of a draft."""
    found = Imprint(len(live))
    for place in range(len(live) - 1, max(-1, len(live) - _FEW), -1):
        line = live.line(place)
        if line is None or not signs.is_imprint(line):
            break
        found.start, found.found = place, True
    while (
        found.found and (above := live.line(found.start - 1)) is not None and above.words.startswith(_MOVED)
    ):
        found.start -= 1
    for _, line in live.lines(found.start, len(live)):
        found.take(line)
    return found
