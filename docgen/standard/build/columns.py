"""Columns sized to what their cells say."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from docgen.standard.build.elements import CELL
from docgen.standard.build.table import SIDE_MARGIN
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length, Twip
from docgen.standard.measures.widths import width

_WHOLE: Final = re.compile(r"[!-~]+|[^!-~]")
_LEAST_CHARACTERS: Final = 2
# An advance rounded up must not break a line that was measured to fit.
_SPARE: Final = 0.35


def fit(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: Length = page.TEXT_WIDTH,
    size: Length = CELL.size,
) -> tuple[Length, ...]:
    """Return the widths of columns, together the total width, so that long cells get what short ones leave.

    Where all fit on one line, what is left over is shared out. Else short columns stay as wide as their words and the
    longer ones share the rest by the square roots of theirs, which keeps rows low; heads then turn over.
    No column is narrower than its longest number or Latin word, nor than two characters, as long as all fit the total.

    Args:
        heads: The columns' heads.
        rows: The cells of each row.
        total: The width of the table.
        size: The type size.
    """
    columns = list(zip(heads, *rows, strict=True))
    on_one_line = [_room(_widest(column, size), size) for column in columns]
    if sum(on_one_line) <= total:
        return _filled(on_one_line, total)
    wanted = [_room(_turned_over(column, size), size) for column in columns]
    least = [
        min(full, _room(_longest(column, size), size)) for full, column in zip(wanted, columns, strict=True)
    ]
    return _filled(_shared(wanted, least, total), total)


def _room(text: Length, size: Length) -> Length:
    return text + SIDE_MARGIN * 2 + size * _SPARE


def _widest(cells: Sequence[str], size: Length) -> Length:
    return max(
        (width(line, size, NONE) for cell in cells for line in cell.split("\n")), default=NONE, key=int
    )


def _turned_over(column: Sequence[str], size: Length) -> Length:
    """Return the width a column asks for when its head may stand on two lines."""
    return max(_widest(column[1:], size), _widest(column[:1], size) * 0.5, size * _LEAST_CHARACTERS, key=int)


def _longest(column: Sequence[str], size: Length) -> Length:
    """Return the width of the longest stretch that must not be broken."""
    words = (width(found, size, NONE) for cell in column for found in _WHOLE.findall(cell))
    return max((size * _LEAST_CHARACTERS, *words), key=int)


def _shared(wanted: Sequence[Length], least: Sequence[Length], total: Length) -> list[Length]:
    """Return widths: what is wanted where it is within an even share of the rest, else a share by its square root."""
    widths = dict.fromkeys(range(len(wanted)), NONE)
    open_, rest = set(widths), total
    while settled := {place for place in open_ if wanted[place] * len(open_) <= rest}:
        place = min(settled, key=lambda each: (wanted[each], each))
        widths[place], rest = wanted[place], rest - wanted[place]
        open_.remove(place)
    return list((widths | _by_roots({place: wanted[place] for place in open_}, least, rest)).values())


def _by_roots(wanted: Mapping[int, Length], least: Sequence[Length], rest: Length) -> dict[int, Length]:
    """Return the columns' shares of the rest by the square roots of what they want, none below its least."""
    asked = sum(math.sqrt(each) for each in wanted.values())
    shares = {place: rest * (math.sqrt(each) / asked) for place, each in wanted.items()}
    narrow = {place: least[place] for place in shares if shares[place] < least[place]}
    if not narrow:
        return shares
    others = {place: each for place, each in wanted.items() if place not in narrow}
    return narrow | _by_roots(others, least, max(NONE, rest - sum(narrow.values())))


def _filled(widths: Sequence[Length], total: Length) -> tuple[Length, ...]:
    """Return widths scaled to the total, in whole twips; the widest takes what rounding leaves."""
    factor = int(total) / sum(widths)
    scaled = [int(each * factor / Twip(1)) for each in widths]
    scaled[scaled.index(max(scaled))] += total.twips - sum(scaled)
    return tuple(Twip(each) for each in scaled)
