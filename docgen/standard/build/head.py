"""The 版头 of a document: 份号, 密级, 紧急程度, the mark, the number, the signatories, the red rule (7.2).

Its geometry depends on its words, so it is made as a block when the document is made (`{{p 版头 }}`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build import elements
from docgen.standard.build.blocks import Block, mark_looks, number_place, parted_runs
from docgen.standard.build.elements import MARK, Element
from docgen.standard.build.ooxml import paragraph, properties, run, w
from docgen.standard.build.styles import exact, size_of
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length, Pt, Twip
from docgen.standard.measures.look import STANDARD, Look
from docgen.standard.measures.widths import ems, width

FILE: Final = "文件"
_SIGNATORIES_IN_LINE: Final = 2
_NAME: Final = w("rStyle", val="FaceName")


@dataclass(frozen=True)
class Corner:
    """What stands at the top left of page 1, each on a line of its own; what is empty takes no line (7.2.1 to 7.2.3).

    Args:
        copy_number: The 份号, six digits.
        secrecy: 密级和保密期限, as `秘密★1年`.
        urgency: 紧急程度, as `特急`.
    """

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""

    @property
    def lines(self) -> tuple[tuple[Element, str], ...]:
        """Return the lines that are not empty."""
        declared = (elements.COPY_NUMBER, elements.SECRECY, elements.URGENCY)
        said = zip(declared, (self.copy_number, self.secrecy, self.urgency), strict=True)
        return tuple((element, words) for element, words in said if words)


NO_CORNER: Final = Corner()


def file_head(organs: Sequence[str], number: str, corner: Corner = NO_CORNER, look: Look = STANDARD) -> Block:
    """Return the head of a document that goes downward or sideways: corner, mark, number, red rule.

    Args:
        organs: The issuing organ, its full name or standard short name; of a joint issue all, the main organ first.
        number: The 发文字号 as `某发〔2026〕3号`; a draft's reads `某发〔2026〕　号`. It stands in a bookmark.
        corner: What stands at the top left.
        look: The settings.

    Raises:
        ValueError: if there is no organ.
    """
    return Block(_above(organs, corner, look) + _blank(2) + _line(elements.FILE_NUMBER, number_place(number)))


def upward_head(
    organs: Sequence[str],
    number: str,
    signatories: Sequence[str],
    corner: Corner = NO_CORNER,
    look: Look = STANDARD,
) -> Block:
    """Return the head of a document that goes upward: the number at the left, 签发人 at the right (7.2.6).

    Several signatories stand two a line, aligned; the number and the red rule are on the line of the last.

    Args:
        organs: As for `file_head`.
        number: As for `file_head`.
        signatories: The names of those who sign, in the order of the organs.
        corner: What stands at the top left.
        look: The settings.

    Raises:
        ValueError: if there is no organ or no signatory.
    """
    if not signatories:
        raise ValueError("an upward document names its signatory")
    return Block(_above(organs, corner, look) + _blank(2) + _signatory_lines(number, signatories))


def signed_by(names: Sequence[str]) -> str:
    """Return the words of a line of 签发人 by itself: the label, and each name in its face (7.2.6)."""
    return run("签发人：") + run("　").join(map(_name, names))


def mark_line(words: str, top: Length, corner: Corner, look: Look) -> str:
    """Return the corner and a mark, its ink so far below the text area's top."""
    size, looks, lines = mark_looks(words, look.mark_size)
    line = size * page.MARK_LINE
    mark = paragraph(MARK.id, *parted_runs(lines, looks), layout=(exact(line),))
    return _corner(corner) + _space(top, len(corner.lines), page.ink_top(size, line), look) + mark


def _above(organs: Sequence[str], corner: Corner, look: Look) -> str:
    if not organs:
        raise ValueError("a mark names an organ")
    if len(organs) == 1:
        return mark_line(organs[0] + FILE, page.MARK_TOP, corner, look)
    return _joint_mark(organs, corner, look)


def _corner(corner: Corner) -> str:
    return "".join(_line(element, run(words)) for element, words in corner.lines)


def _space(top: Length, lines: int, ink: Length, look: Look) -> str:
    """Return the room between the corner's lines and the box of the mark's line."""
    room = page.TOP + top - look.top - look.line * lines - ink
    return paragraph(elements.MARK_SPACE.id, layout=(exact(room),))


def _joint_mark(organs: Sequence[str], corner: Corner, look: Look) -> str:
    """Return the names of a joint issue, spread to the same width, 文件 at their right in the middle (7.2.4)."""
    widest = max(map(ems, organs))
    highest = page.JOINT_MARK_HEIGHT * (1 / (page.MARK_LINE * len(organs)))
    size = _joint_size(widest + ems(FILE) + _JOINT_GAP * 2, min(look.mark_size, highest))
    line = size * page.MARK_LINE
    names, word = size * widest + _SPARE, size * (ems(FILE) + _JOINT_GAP)
    rows = (
        w(
            "tr",
            properties("trPr", w("cantSplit")),
            _joint_name(name, names, size),
            _joint_word(word, size, place),
        )
        for place, name in enumerate(organs)
    )
    grid = w("tblGrid", w("gridCol", w=names.twips), w("gridCol", w=word.twips))
    table = w("tbl", _joint_looks(names + word), grid, *rows)
    return _corner(corner) + _space(page.MARK_TOP, len(corner.lines), page.ink_top(size, line), look) + table


_JOINT_GAP: Final = 0.5
# A cell as wide as its words breaks them where an advance is rounded up.
_SPARE: Final = Pt(4)


def _joint_size(characters: float, largest: Length) -> Length:
    """Return the largest size, in whole half-points, in which so many characters fit a line."""
    widest = min(largest.pt, page.TEXT_WIDTH.pt / characters)
    return Twip(math.floor(widest * 2) * 10)


def _joint_looks(whole: Length) -> str:
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    width_ = w("tblW", w=whole.twips, type="dxa")
    return properties("tblPr", width_, w("jc", val="center"), w("tblLayout", type="fixed"), margins)


def _joint_name(name: str, room: Length, size: Length) -> str:
    """Return the cell of a name, its characters spread over the room but for the last."""
    spread = (room - _SPARE - size * ems(name)) * (1 / max(1, len(name) - 1))
    looks = (*size_of(size), w("rFonts", hint="eastAsia"))
    spaced = run(name[:-1], *looks, w("spacing", val=math.floor(spread.pt * 20)))
    content = paragraph(MARK.id, spaced, run(name[-1], *looks), layout=_joint_layout(size, "left"))
    return w("tc", properties("tcPr", w("tcW", w=room.twips, type="dxa")), content)


def _joint_word(room: Length, size: Length, place: int) -> str:
    merged = w("vMerge") if place else w("vMerge", val="restart")
    looks = (w("tcW", w=room.twips, type="dxa"), merged, w("vAlign", val="center"))
    words = "" if place else run(FILE, *size_of(size), w("rFonts", hint="eastAsia"))
    return w("tc", properties("tcPr", *looks), paragraph(MARK.id, words, layout=_joint_layout(size, "right")))


def _joint_layout(size: Length, side: str) -> tuple[str, ...]:
    return exact(size * page.MARK_LINE), w("jc", val=side)


def _signatory_lines(number: str, names: Sequence[str]) -> str:
    rows = [names[at : at + _SIGNATORIES_IN_LINE] for at in range(0, len(names), _SIGNATORIES_IN_LINE)]
    stops = _signatory_stops(names)
    lines = [_signatories(row, label=not place) for place, row in enumerate(rows)]
    above = [paragraph(elements.SIGNATORY.id, line, layout=(stops,)) for line in lines[:-1]]
    last = paragraph(elements.UPWARD_NUMBER.id, number_place(number), lines[-1], layout=(stops,))
    return "".join(above) + last


def _signatories(names: Sequence[str], *, label: bool) -> str:
    intro = run("\t签发人：" if label else "\t\t")
    return intro + run("\t").join(map(_name, names))


def _name(name: str) -> str:
    return run(name, _NAME, w("rFonts", hint="eastAsia"))


def _signatory_stops(names: Sequence[str]) -> str:
    """Return tab stops for the label and for each column of names, the last name ending 1 zi from the edge."""
    widest = max(map(width, names))
    columns = min(len(names), _SIGNATORIES_IN_LINE)
    first = page.TEXT_WIDTH - page.ZI - widest * columns - page.ZI * (columns - 1)
    stops = [first - page.ZI * 4, *(first + (widest + page.ZI) * place for place in range(columns))]
    return w("tabs", *(w("tab", val="left", pos=stop.twips) for stop in stops))


def _line(element: Element, content: str) -> str:
    return paragraph(element.id, content)


def _blank(count: int) -> str:
    return paragraph(elements.BLANK.id) * count
