"""Places that people fill in: content controls, whose names survive Word, WPS and LibreOffice as `w:alias`.

(LibreOffice 7.4 drops `w:tag` and the id, and parts a control where runs part: replies are read by the alias.)
"""

from __future__ import annotations

from typing import Final, TypeAlias

from docgen.dataclass import dataclass
from docgen.standard.build.ooxml import run, w
from docgen.standard.build.runs import runs

_ROOM: Final = "　" * 4


@dataclass(frozen=True)
class Blank:
    """A place to write in, and the name by which what was written is found again."""

    name: str

    def xml(self, *looks: str) -> str:
        """Return the content control: blank to the eye, its words taken away by what is typed."""
        about = w("sdtPr", w("alias", val=self.name), w("tag", val=self.name), w("showingPlcHdr"), w("text"))
        return w("sdt", about, w("sdtContent", run(_ROOM, *looks)))


Words: TypeAlias = str | tuple[str | Blank, ...]
"""The words of a cell, with places to write in among them."""


def words_of(words: Words, *looks: str) -> str:
    """Return the runs of a cell's words, with run properties."""
    pieces = (words,) if isinstance(words, str) else words
    return "".join(_said(each, *looks) if isinstance(each, str) else each.xml(*looks) for each in pieces)


def _said(words: str, *looks: str) -> str:
    """Return the runs of words; in tags a hyphen stays what it is."""
    return run(words, *looks) if "{" in words else runs(words, *looks)
