"""Rosters in a draft: a label, a name, a post, one person a line (组　长：巴特尔　旗长), however they are spaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.patterns import late
from docgen.reform.draft import BLANK, Block, Line
from docgen.reform.paper import Person, Roster

_FEWEST: Final = 3
_ASKED: Final = "联系人"
_WIDE: Final = "\u3000"
_STOPS: Final = "。；：:，"
_ENDS: Final = frozenset("长员任人问挥")
"""How what people are in a body ends: whatever a mechanism calls its heads, they are heads, members, convenors."""
_LABEL: Final = late(r"(?P<label>[\u3400-\u9fff](?:[\u3400-\u9fff \u3000\xa0]{0,12}[\u3400-\u9fff]))[:：]")
_NAME: Final = late(r"[\u3400-\u9fff·]{2,12}|（待定）")
_POST: Final = late("[\u3400-\u9fff]")


def roster_at(blocks: Sequence[Block], start: int) -> tuple[Roster | None, int]:
    """Return the roster that begins at a line, and where it ends; None for no roster, or one of too few people."""
    groups: list[tuple[str, tuple[Person, ...]]] = []
    place = start
    while place < len(blocks) and (found := _person(blocks[place])) is not None:
        label, person = found
        if label:
            groups.append((label, ()))
        if not groups:
            break
        groups[-1] = groups[-1][0], (*groups[-1][1], person)
        place += 1
    if sum(len(people) for _, people in groups) < _FEWEST:
        return None, start
    line = blocks[start]
    return Roster(tuple(groups), line.place if isinstance(line, Line) else 0), place


def _person(block: Block) -> tuple[str, Person] | None:
    """Return the label, empty for that above, and the person of a line of a roster."""
    if (
        not isinstance(block, Line)
        or block.things
        or "\n" in block.words
        or any(each.link for each in block.pieces)
    ):
        return None
    found = _LABEL.match(block.words)
    label = "".join(found["label"].split()) if found else ""
    if found and (label[-1] not in _ENDS or label == _ASKED):
        return None
    pieces = block.words[found.end() if found else 0 :].strip(BLANK).split()
    if len(pieces) > 2 and len(pieces[0]) == len(pieces[1]) == 1:  # a name of two that is spread: 李　明
        pieces = [pieces[0] + pieces[1], *pieces[2:]]
    if (
        len(pieces) < 2
        or not _NAME.fullmatch(pieces[0])
        or not _POST.match(pieces[1])
        or pieces[-1][-1] in _STOPS
    ):
        return None
    return label, Person(pieces[0], _WIDE.join(pieces[1:]))
