"""Finding the tags in a paragraph's text: `{{ value }}`, `{% statement %}`, `{# comment #}` and docxtpl's forms.

docxtpl's forms name what a tag replaces: `{%p`, `{%tr`, `{%tc`, `{%r` and likewise with `{{` and `{#`.
"""

from __future__ import annotations

import re
from typing import Final

from docgen.dataclass import dataclass
from docgen.patterns import late
from docgen.template.faults import FullWidthBraces, StrayCloser, TagFault, UnclosedTag

_OPENER: Final = late(r"\{[{%#]|\}\}|(?<!\d)%\}|｛[｛{%％]|\{[｛％]")
CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRING: Final = r"\"[^\"]*\"|'[^']*'|[“”\"][^“”\"]*[“”\"]|[‘’'][^‘’']*[‘’']"
_STEP: Final = {closer: re.compile(rf"{_STRING}|{re.escape(closer)}") for closer in ("}}", "%}")}
_QUOTED: Final = late(f"({_STRING})")
_STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")
_LEVEL: Final = late(r"(tr|tc|p|r)(?=\s)")
_CELL: Final = late(r"(colspan|cellbg|vm|hm)(?:\s+(.*))?\Z", re.DOTALL)
_SHOWN: Final = 20  # characters shown of a tag without an end
_SPACES: Final = late(r"[\s\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as found in `text[start:end]`.

    `opener` is `{{`, `{%` or `{#`; `level` the element it replaces (p, tr, tc, r) or empty; `body` what Jinja
    reads, quotes straightened; `merge_before` and `merge_after` are the `-` of `{%- -%}`; `order` and `operand`
    are set for docxtpl's cell orders (colspan, cellbg, vm, hm).
    """

    start: int
    end: int
    opener: str
    level: str
    body: str
    merge_before: bool = False
    merge_after: bool = False
    order: str = ""
    operand: str = ""

    @property
    def keyword(self) -> str:
        """Return a statement's first word."""
        return self.body.split(maxsplit=1)[0] if self.opener == "{%" and self.body else ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Braces that make no tag: the kind of fault and where in the text."""

    kind: type[TagFault]
    start: int
    end: int


def find(text: str) -> tuple[list[Tag], list[Slip]]:
    """Return the tags of a paragraph's text in order, and the braces that make none.

    After an opening without an end nothing more is looked for.
    """
    tags: list[Tag] = []
    slips: list[Slip] = []
    position = 0
    while found := _OPENER.search(text, position):
        start, position = found.span()
        closer = CLOSERS.get(found[0])
        if closer is None:
            slips.append(_slip(text, start, position))
            position = slips[-1].end
            continue
        end = _end(text, position, closer)
        if end < 0:
            return tags, [*slips, Slip(UnclosedTag, start, min(len(text), start + _SHOWN))]
        tags.append(_tag(text, start, end))
        position = end
    return tags, slips


def _slip(text: str, start: int, end: int) -> Slip:
    if text[start:end] in {"}}", "%}"}:
        return Slip(StrayCloser, start, end)
    closer = re.compile(r"[｝}%％][｝}]").search(text, end)
    return Slip(FullWidthBraces, start, closer.end() if closer else end)


def _end(text: str, position: int, closer: str) -> int:
    """Return where the tag ends, skipping closers inside quotes; -1 if it does not."""
    step, start = _STEP.get(closer), position
    while step and (found := step.search(text, start)):
        if found[0] == closer:
            return found.end()
        start = found.end()
    end = text.find(closer, position)
    return end + len(closer) if end >= 0 else -1


def _tag(text: str, start: int, end: int) -> Tag:
    opener = text[start : start + 2]
    inner = text[start + 2 : end - 2]
    level = _LEVEL.match(inner.replace("\u00a0", " "))
    if level:
        inner = inner[level.end() :]
    before, after = inner.startswith("-"), inner.endswith("-") and len(inner) > 1
    inner = inner[1:] if before or inner.startswith("+") else inner
    inner = inner[:-1] if after or inner.endswith("+") else inner
    body = straightened(inner)
    cell = _CELL.match(body) if opener == "{%" else None
    return Tag(
        start, end, opener, level[1] if level else "", body, before, after,
        cell[1] if cell else "", (cell[2] or "") if cell else "",
    )  # fmt: skip


def without_strings(text: str) -> str:
    """Return a text with every quoted string in it made empty."""
    return _QUOTED.sub('""', text)


def straightened(inner: str) -> str:
    """Straighten the quotes around strings; outside strings make every kind of space a plain one."""
    pieces = _QUOTED.split(inner)
    return "".join(
        _string(piece) if index % 2 else _SPACES.sub(" ", piece.translate(_STRAIGHT))
        for index, piece in enumerate(pieces)
    ).strip()


def _string(written: str) -> str:
    """Return a string with straight quotes around it; quotes within it stay as they are."""
    first, last = written[0].translate(_STRAIGHT), written[-1].translate(_STRAIGHT)
    return first + re.sub(r"[\r\n]", " ", written[1:-1]) + last
