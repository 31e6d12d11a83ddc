"""The source 正文: a text of an office, given on the command line, that a document issues (印发).

It is known by the mechanism with its year, and by its title; where the file lay is kept, so that a successor finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from docgen.dataclass import dataclass
from docgen.documents.identity import NAME, Component, Derived, Thing, component_of
from docgen.model.mechanism import Mechanism
from docgen.standard.build.manuscript import Manuscript

GIVEN: Final = "正文"
_FILE: Final = "文件"


@dataclass(frozen=True, eq=False)
class Given(Derived):
    """A text that is to be issued.

    Args:
        mechanism: whose it is.
        text: what it says.
        file: where it lay, as the workspace shows it.
    """

    sheet: ClassVar[str] = GIVEN

    mechanism: Mechanism
    text: Manuscript
    file: str

    @property
    def name(self) -> str:
        """Return its title."""
        return self.text.title

    @property
    def components(self) -> Thing:
        """Return the mechanism with its year, and the text."""
        return (*component_of(self.mechanism), Component(GIVEN, ((NAME, self.name), (_FILE, self.file))))


def files_of(things: Iterable[Thing]) -> Iterator[str]:
    """Yield where the texts lay that stored documents issued."""
    for component in (each for thing in things for each in thing if each.source == GIVEN):
        yield from (file for label, file in component.keys if label == _FILE)
