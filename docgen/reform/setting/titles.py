"""The lines of a title, of a document or an annex: as somebody broke it, or broken anew between words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docgen.reform import signs
from docgen.reform.draft import BLANK
from docgen.standard.measures.widths import ems
from docgen.standard.wording.titles import LINE_EMS, break_title, words_cut


def title_lines(title: Sequence[str], keep: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the lines of a title: as they were, where they fit and have a shape; else broken anew between words.

    `keep` are words that are not parted.
    """
    widths = [ems(line) for line in title]
    if len(title) > 1 and max(widths) <= LINE_EMS and _has_shape(widths) and not _is_cut(title):
        return tuple(title)
    organs = [name for line in title for name in signs.GAP.split(line) if signs.is_organ(name)]
    return tuple(line.strip(BLANK) for line in break_title("".join(title), [*keep, *organs]))


def _is_cut(title: Sequence[str]) -> bool:
    """Whether lines end in a word, or before 的, as those of a PDF do."""
    return any(line.startswith("的") for line in title[1:]) or any(words_cut(title))


def _has_shape(widths: Sequence[float]) -> bool:
    """Whether lines grow, shrink, or grow and then shrink (7.3.1)."""
    peak = widths.index(max(widths))
    rises = all(one < two for one, two in pairwise(widths[: peak + 1]))
    falls = all(one > two for one, two in pairwise(widths[peak:]))
    return rises and falls
