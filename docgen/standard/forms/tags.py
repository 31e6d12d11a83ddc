"""The tags of the template engine as a wording has them: found, hidden from the reader of lines, and balanced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.standard.forms.faults import TagStray, TagUnclosed, WordingFault
from docgen.standard.forms.nodes import Tag

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_STATEMENTS: Final = re.compile(r"(?:\s*(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\}))+")
_STATEMENT: Final = re.compile(r"\{%-?(?:p\s)?\s*(.*?)\s*-?%\}")
_OPEN: Final = re.compile(r"\{[{%#]")
_CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLOCKS: Final = frozenset({"for", "if", "with", "filter", "macro", "call"})
_BETWEEN: Final = {"else": frozenset({"for", "if"}), "elif": frozenset({"if"})}
_SHOWN: Final = 24


def masked(line: str) -> str:
    """Return a line with a plain character for each of its tags', so that what they say is not read as text."""
    return _TAG.sub(lambda found: "字" * len(found[0]), line)


def is_statement(line: str) -> bool:
    """Whether a line is only statements and remarks."""
    return bool(_STATEMENTS.fullmatch(line))


def statements(line: str) -> Iterator[str]:
    """Yield the statements of a line without their braces; remarks and empty ones are left out."""
    return (found[1] for found in _STATEMENT.finditer(line) if found[1])


def all_closed(line: str, place: int, name: str) -> Iterator[WordingFault]:
    """Yield a fault for each tag, loop and condition in a line of text that does not end there."""
    rest = _TAG.sub("", line)
    for found in _OPEN.finditer(rest):
        yield TagUnclosed(name, place, rest[found.start() :][:_SHOWN], _CLOSERS[found[0]])
    blocks = Blocks(name, inline=True)
    for words in statements(line):
        blocks.see(Tag(words, place))
    yield from blocks.finish()


class Blocks:
    """Follows loops and conditions and gathers those that do not begin or end.

    Args:
        name: of the wording, for messages.
        inline: whether they are those of one line of text, in which each has to end.
    """

    def __init__(self, name: str, *, inline: bool = False) -> None:
        self._name, self._inline = name, inline
        self._open: list[Tag] = []
        self._faults: list[WordingFault] = []

    @staticmethod
    def step(tag: Tag) -> int:
        """Return 1 where a loop or condition begins, -1 where one ends, else 0."""
        keyword = _keyword(tag)
        return 1 if _opens(tag) else -1 if keyword.startswith("end") else 0

    def see(self, tag: Tag) -> None:
        """Take the next tag."""
        keyword = _keyword(tag)
        if _opens(tag):
            self._open.append(tag)
        elif keyword in _BETWEEN:
            if not self._open or _keyword(self._open[-1]) not in _BETWEEN[keyword]:
                self._stray(tag)
        elif keyword.startswith("end"):
            self._close(tag, keyword.removeprefix("end"))

    def finish(self) -> list[WordingFault]:
        """Return the faults, with those of what is still open."""
        for each in self._open:
            self._unclosed(each)
        self._open.clear()
        return self._faults

    def _close(self, tag: Tag, keyword: str) -> None:
        if not any(_keyword(each) == keyword for each in self._open):
            self._stray(tag)
            return
        while _keyword(opened := self._open.pop()) != keyword:
            self._unclosed(opened)

    def _stray(self, tag: Tag) -> None:
        self._faults.append(TagStray(self._name, tag.line, f"{{% {tag.words[:_SHOWN]} %}}"))

    def _unclosed(self, tag: Tag) -> None:
        closer = f"{{% end{_keyword(tag)} %}}"
        if self._inline:
            closer += "，并写在同一行；要管几行的，开头和结束各占一行"
        self._faults.append(TagUnclosed(self._name, tag.line, f"{{% {tag.words[:_SHOWN]} %}}", closer))


def _keyword(tag: Tag) -> str:
    return tag.words.split(maxsplit=1)[0]


def _opens(tag: Tag) -> bool:
    keyword = _keyword(tag)
    return keyword in _BLOCKS or (keyword == "set" and "=" not in tag.words)
