"""Signatures other than that of one sealed organ: unsealed, by several organs, with a stamp, a date alone (7.3.5).

That of one sealed organ, also with a seal on behalf (代章), is `blocks.signature`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from docgen.standard.build import elements
from docgen.standard.build.blocks import Block, date_place
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import indents, size_of
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length
from docgen.standard.measures.widths import width

_STAMP_NAME: Final = (
    w("rStyle", val="FaceName"),
    w("rFonts", hint="eastAsia"),
    w("color", val=page.RED),
    *size_of(page.SIZE_2),
)


def unsealed(names: Sequence[str], date: str) -> Block:
    """Return the signature of a document without a seal: one blank line, the organs, the date (7.3.5.2).

    An organ stands 2 zi from the right edge and the date begins 2 zi right of the (last) organ's beginning; if the
    date is longer, it stands 2 zi from the edge and the organ begins 2 zi left of it.

    Args:
        names: The organ, or all of a joint issue, the main organ first.
        date: The date in words, as `2026年3月6日`.
    """
    *above, last = names
    organs = "".join(paragraph(elements.UNSEALED_ORGAN.id, run(name)) for name in above)
    longer = width(date) > width(last)
    return Block(_blank(1) + organs + (_below_short if longer else _below_long)(last, date))


def dated(date: str) -> Block:
    """Return the end of a document that nobody signs: one blank line and its date, 4 zi from the right edge (7.3.5.4).

    Args:
        date: The date in words.
    """
    return Block(_blank(1) + paragraph(elements.DATE.id, date_place(date)))


def joint_seals(names: Sequence[str], date: str, seal: Length = page.SEAL_DIAMETER) -> Block:
    """Return the signature of a joint document that several organs seal (7.3.5.1).

    The organs stand in their order, at most three a row, so far apart that seals on them do not touch and no name
    meets another; rows are a seal apart. The last organ is centred on the date, whose seal covers both.

    Args:
        names: The organs, the main organ first.
        date: The date in words.
        seal: The diameter of the seals.
    """
    widest = max(map(width, names))
    centre = max(page.DATE_RIGHT + width(date) * 0.5, widest * 0.5, seal * 0.5)
    pitch = max(seal + page.SEAL_GAP, widest + page.ZI)
    rows = _rows(names, _capacity(centre, pitch, max(widest, seal)))
    apart = _blank(math.ceil((seal + page.SEAL_GAP) / page.LINE) - 1)
    lines = apart.join(_joint_row(row, _spread(centre, pitch, max(widest, seal), len(row))) for row in rows)
    above = seal * 0.5 - page.LINE * (0.5 if len(rows) > 1 else 1)
    at_edge = indents(NONE, centre - width(date) * 0.5, NONE)
    dated = paragraph(elements.DATE.id, date_place(date), layout=(at_edge,))
    return Block(_blank(max(1, math.ceil(above / page.LINE))) + lines + dated)


def stamped(signers: Sequence[tuple[str, str]], date: str) -> Block:
    """Return the signature of a document with signatories' stamps (签名章), as orders have it (7.3.5.3).

    Two blank lines; the stamp's room, 30 mm, 4 zi from the right edge; the post 2 zi left of it; a blank line; the
    date 4 zi from the edge. A name is printed in red where its stamp goes; without a name the room is left empty.

    Args:
        signers: Post (in full) and name of each signatory, that of the main organ first.
        date: The date in words.
    """
    lines = _blank(1).join(_stamp_line(post, name) for post, name in signers)
    return Block(_blank(2) + lines + _blank(1) + paragraph(elements.DATE.id, date_place(date)))


def _below_long(name: str, date: str) -> str:
    """Return an organ at the right, and the date that begins 2 zi right of its beginning."""
    left = page.TEXT_WIDTH - page.ORGAN_RIGHT - width(name) + page.UNSEALED_DATE_STEP
    dated = paragraph(elements.UNSEALED_DATE.id, date_place(date), layout=(indents(left, NONE, NONE),))
    return paragraph(elements.UNSEALED_ORGAN.id, run(name)) + dated


def _below_short(name: str, date: str) -> str:
    """Return the date at the right, and an organ that begins 2 zi left of its beginning."""
    start = page.TEXT_WIDTH - page.ORGAN_RIGHT - width(date)
    organ = (indents(start - page.UNSEALED_DATE_STEP, NONE, NONE), w("jc", val="left"))
    dated = (indents(NONE, page.ORGAN_RIGHT, NONE), w("jc", val="right"))
    return paragraph(elements.UNSEALED_ORGAN.id, run(name), layout=organ) + paragraph(
        elements.UNSEALED_DATE.id, date_place(date), layout=dated
    )


def _capacity(centre: Length, pitch: Length, broad: Length) -> int:
    """Return how many organs go in a row: as many as keep the first inside the text area, at most three."""
    room = page.TEXT_WIDTH - centre - broad * 0.5
    return min(page.SEALS_IN_ROW, 1 + max(0, math.floor(room / pitch)))


def _rows(names: Sequence[str], capacity: int) -> list[Sequence[str]]:
    return [names[at : at + capacity] for at in range(0, len(names), capacity)]


def _spread(centre: Length, pitch: Length, broad: Length, count: int) -> list[Length]:
    """Return the centres of a row's organs from the left; with two or more the first may move out to the edge."""
    last = page.TEXT_WIDTH - centre
    free = (last - broad * 0.5) * (1 / max(1, count - 1))
    step = min(max(pitch, page.TEXT_WIDTH * (1 / page.SEALS_IN_ROW)), free)
    return [last - step * back for back in range(count - 1, -1, -1)]


def _joint_row(names: Sequence[str], centres: Sequence[Length]) -> str:
    stops = w("tabs", *(w("tab", val="center", pos=centre.twips) for centre in centres))
    words = run("".join(f"\t{name}" for name in names))
    return paragraph(elements.JOINT_ORGANS.id, words, layout=(stops,))


def _stamp_line(post: str, name: str) -> str:
    left = page.TEXT_WIDTH - page.STAMP_RIGHT - page.STAMP_WIDTH
    stops = (("right", left - page.STAMP_GAP), ("center", left + page.STAMP_WIDTH * 0.5))
    tabs = w("tabs", *(w("tab", val=kind, pos=at.twips) for kind, at in stops))
    return paragraph(
        elements.STAMP.id, run(f"\t{post}\t"), run(name, *_STAMP_NAME) if name else "", layout=(tabs,)
    )


def _blank(count: int) -> str:
    return paragraph(elements.BLANK.id) * count
