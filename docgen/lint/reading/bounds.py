"""How much a file may hold: paragraphs, runs and characters of its parts together."""

from __future__ import annotations

from typing import Final

from docgen.lint.reading.names import Element, w
from docgen.opc.faults import TooLarge

MOST_PARAGRAPHS: Final = 20_000
MOST_RUNS: Final = 100_000
MOST_CHARACTERS: Final = 1_000_000
_PARAGRAPH: Final = w("p")
_RUN: Final = w("r")
_TEXT: Final = w("t")


class Bounds:
    """What the parts of one file hold together, counted before a paragraph of them is read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._paragraphs = self._runs = self._characters = 0

    def count(self, root: Element) -> None:
        """Count what a part holds.

        Raises:
            TooLarge: with this part the document is above a limit.
        """
        for each in root.iter(_PARAGRAPH, _RUN, _TEXT):
            if each.tag == _TEXT:
                self._characters += len(each.text or "")
            elif each.tag == _RUN:
                self._runs += 1
            else:
                self._paragraphs += 1
        self._refuse(self._paragraphs, MOST_PARAGRAPHS, "个段落")
        self._refuse(self._runs, MOST_RUNS, "个文本块")
        self._refuse(self._characters, MOST_CHARACTERS, "个字符")

    def _refuse(self, held: int, most: int, of: str) -> None:
        if held > most:
            raise TooLarge(self._path, f"含 {held} {of}，最多 {most} 个")
