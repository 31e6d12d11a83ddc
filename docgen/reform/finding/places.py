"""Where the parts of a draft's head and end stand: the paragraphs that hold their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from docgen.reform.draft import Line
from docgen.reform.signs import folded

Places = Mapping[str, tuple[int, ...]]
_MARKS: Final = str.maketrans("", "", "。；，、：:；,;（）()")


def places_in(lines: Iterable[Line], said: Mapping[str, Iterable[str]]) -> Places:
    """Return the places of the lines that hold the words of some parts, or a piece of them, by the parts' names.

    Args:
        lines: Those of the stretch where the parts stand.
        said: The words of each part.
    """
    wanted = {name: [*filter(None, map(_bare, words))] for name, words in said.items()}
    found: dict[str, list[int]] = {}
    for line in lines:
        bare = _bare(line.text)
        for name, words in wanted.items():
            if bare and any(each in bare or bare in each for each in words):
                found.setdefault(name, []).append(line.place)
    return {name: tuple(dict.fromkeys(each)) for name, each in found.items()}


def _bare(text: str) -> str:
    return folded(text).translate(_MARKS)
