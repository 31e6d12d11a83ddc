"""Where in a template something stands, in a reader's terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from docgen.template.faults import TagFault

_WIDTH: Final = 20  # characters of the paragraph shown on either side of the tag
F = TypeVar("F", bound=TagFault)


@dataclass(frozen=True, slots=True)
class Place:
    """A place: template file, Chinese name of the part, paragraph from 1 (0: none), its words, the tag."""

    template: str
    part: str
    paragraph: int
    words: str
    tag: str

    def fault(self, kind: type[F], /, **values: Any) -> F:
        """Make a fault of that kind at this place."""
        return kind(self.template, self.part, self.paragraph, self.words, self.tag, **values)

    def at(self, text: str, start: int, end: int) -> Place:
        """Return the place of `text[start:end]` in this place's paragraph."""
        return replace(self, words=excerpt(text, start, end), tag=text[start:end])


def excerpt(text: str, start: int, end: int) -> str:
    """Return the words around `text[start:end]`, with … where they were cut."""
    first, last = max(0, start - _WIDTH), min(len(text), end + _WIDTH)
    words = text[first:last].replace("\n", " ").replace("\t", " ").strip()
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
