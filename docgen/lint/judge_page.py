"""Judging the page: paper, margins, lines and characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Role
from docgen.lint.model import Para, Section
from docgen.standard.measures import page

_NOMINAL: Final = (page.TOP.mm, page.BOTTOM.mm)
# The ink reading of the 37 mm: 1880 and 1933 twips.
_INK: Final = (33.16, 34.1)
_SIDES: Final = (page.LEFT.mm, page.RIGHT.mm)
_SHORT: Final = 20
LEAST_LINE: Final = 28.0
MOST_LINE: Final = page.LINE.pt + 0.1


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge every section's page, and the grid of the text."""
    for sides in dict.fromkeys(_Sides.of(each) for each in seen.doc.sections):
        yield from _paper(seen, sides)
    yield from _grid(seen)


class _Sides(NamedTuple):
    """A section's page and margins in millimetres, to hundredths."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @classmethod
    def of(cls, section: Section) -> _Sides:
        sides = (section.width, section.height, section.top, section.right, section.bottom, section.left)
        return cls(*(round(side, 2) for side in sides))


def _paper(seen: Seen, sides: _Sides) -> Iterator[Finding]:
    room = seen.tolerance("paper")
    short, long = sorted(sides[:2])
    if abs(short - page.PAGE_WIDTH.mm) > room or abs(long - page.PAGE_HEIGHT.mm) > room:
        said = f"用纸为 {shown(sides.width)}×{shown(sides.height)} mm"
        yield seen.found("paper", None, said, "210×297 mm")
    elif sides.width > sides.height:
        yield from _landscape(seen, sides[2:])
    elif not _is_margin(seen.tolerance("margins"), sides):
        said = "页边距" + "、".join(
            f"{name} {shown(side)}" for name, side in zip("上右下左", sides[2:], strict=True)
        )
        yield seen.found("margins", None, f"{said} mm", "上 37、右 26、下 35、左 28 mm")


def _is_margin(room: float, sides: _Sides) -> bool:
    wanted = ((up, _SIDES[1], down, _SIDES[0]) for up, down in (_NOMINAL, _INK))
    return any(all(abs(a - b) <= room for a, b in zip(sides[2:], each, strict=True)) for each in wanted)


def _landscape(seen: Seen, sides: Sequence[float]) -> Iterator[Finding]:
    room = seen.tolerance("margins-landscape")
    wanted = (sorted((*_NOMINAL, *_SIDES)), sorted((*_INK, *_SIDES)))
    if not any(all(abs(a - b) <= room for a, b in zip(sorted(sides), each, strict=True)) for each in wanted):
        said = f"横排页上、右、下、左边距为 {'、'.join(map(shown, sides))} mm"
        yield seen.found("margins-landscape", None, said, "28、37、26、35 mm 的转向")


def _grid(seen: Seen) -> Iterator[Finding]:
    body = [para for para in seen.of(Role.BODY) if len(para.words) > _SHORT]
    if not body:
        return
    line = gridded_line(seen)
    gridded = (para for para in body if keeps_to_grid(seen, para) and para.setting.line == line)
    for para in islice(gridded, 1):
        yield from _lines(seen, para)
    yield from _characters(seen, max(body, key=lambda para: len(para.words)))


def keeps_to_grid(seen: Seen, para: Para) -> bool:
    """Whether a paragraph's lines keep to the document's grid."""
    return bool(seen.section(para).pitch) and para.setting.rule == "auto" and para.setting.snap


def gridded_line(seen: Seen) -> int | None:
    """Return the line spacing of the text when it keeps to the grid, None when most of it has lines of its own."""
    body = [para for para in seen.of(Role.BODY) if len(para.words) > _SHORT]
    lines = Counter(para.setting.line for para in body if keeps_to_grid(seen, para))
    usual = lines.most_common(1)
    return usual[0][0] if usual and 2 * lines.total() > len(body) else None


def _lines(seen: Seen, para: Para) -> Iterator[Finding]:
    section = seen.section(para)
    lines = page.TEXT_HEIGHT.pt / para.line_height(section.pitch)
    room = seen.tolerance("grid-lines")
    if not page.LINES - room <= lines < page.LINES + 1 + room:
        said = f"文档网格 {shown(section.pitch)} 磅，每面约 {shown(lines)} 行"
        yield seen.found("grid-lines", None, said, "每面 22 行")


def _characters(seen: Seen, para: Para) -> Iterator[Finding]:
    if abs(para.look.size - page.SIZE_3.pt) > 1:
        return
    held = page.TEXT_WIDTH.pt / (para.zi + seen.section(para).extra)
    if abs(held - page.CHARACTERS) > seen.tolerance("grid-characters"):
        yield seen.found("grid-characters", para, f"每行约 {shown(held)} 字", "每行 28 字")
