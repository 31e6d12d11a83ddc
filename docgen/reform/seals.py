"""Pictures of seals that somebody put over the signature of a draft: a seal is pressed on the paper that is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from docgen.reform import signs
from docgen.reform.draft import Block, Draft, Line, Picture, joined

_SAID: Final = "署名处的图片{count}幅（像是印章，用印请另外办理）"


def without_seals(draft: Draft) -> Draft:
    """Return a draft without the pictures over organ and date, which are told of as left out."""
    blocks = list(draft.blocks)
    seen = [at for at, each in enumerate(blocks) if not isinstance(each, Line) or not each.blank]
    count = 0
    for at in _stamped([blocks[each] for each in seen]):
        line = blocks[seen[at]]
        if isinstance(line, Line) and line.things:
            blocks[seen[at]] = _worded(line)
            count += len(line.things)
    if not count:
        return draft
    return replace(draft, blocks=tuple(blocks), aside=(*draft.aside, _SAID.format(count=count)))


def _stamped(blocks: Sequence[Block]) -> set[int]:
    """Return the places of signatures: an organ's line, the date below it, and what pictures stand between."""
    found: set[int] = set()
    worded = [
        (at, _worded(each))
        for at, each in enumerate(blocks)
        if isinstance(each, Line) and not _is_picture(each)
    ]
    for (at, line), (below, after) in pairwise(worded):
        between = blocks[at + 1 : below]
        if signs.is_organ(line.words) and signs.is_date(after) and all(map(_is_picture, between)):
            found.update(range(at, below + 1))
    return found


def _is_picture(block: Block) -> bool:
    return isinstance(block, Line) and bool(block.things) and _worded(block).blank


def _worded(line: Line) -> Line:
    """Return a line without its pictures, if these are all it has beside words."""
    if not line.things or not all(isinstance(each, Picture) for each in line.things):
        return line
    return replace(line, pieces=joined([each for each in line.pieces if each.thing is None]))
