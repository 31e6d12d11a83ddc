"""Rules of the page: paper, margins, lines and characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Para,
    Section,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.standard.measures import page

_NOMINAL: Final = (page.TOP.mm, page.BOTTOM.mm)
_INK: Final = (33.16, 34.1)
_SIDES: Final = (page.LEFT.mm, page.RIGHT.mm)
_SHORT: Final = 20
_OTHER_SIZE: Final = 0.3
"""Type of another size is judged by its own rule; what it makes of the lines follows from it."""
LEAST_LINE: Final = 28.0
MOST_LINE: Final = page.LINE.pt + 0.1


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


PAPER: Final = Rule(
    "paper", "5.1", Severity.ERROR, "页面",
    checks="用纸为 A4（210×297 mm）", mend="页面设置改为 A4", reason="装订、归档、复印都按 A4 备齐",
    wrong="纸 216×279 mm", right="纸 210×297 mm", tolerance=1.0, unit="mm",
)  # fmt: skip


@judges(PAPER)
def paper(seen: Seen) -> Iterator[Finding]:
    """Find pages that are no A4."""
    for sides in _pages(seen):
        if not _is_a4(seen, sides):
            said = f"用纸为 {shown(sides.width)}×{shown(sides.height)} mm"
            yield seen.found(PAPER, None, said, "210×297 mm")


def _pages(seen: Seen) -> list[_Sides]:
    return list(dict.fromkeys(_Sides.of(each) for each in seen.doc.sections))


def _is_a4(seen: Seen, sides: _Sides) -> bool:
    room, (short, long) = seen.tolerance(PAPER), sorted(sides[:2])
    return abs(short - page.PAGE_WIDTH.mm) <= room and abs(long - page.PAGE_HEIGHT.mm) <= room


MARGINS: Final = Rule(
    "margins", "5.2.1", Severity.ERROR, "页面",
    checks="上白边 37、订口 28、版心 156×225（或按字面量取的天头 37）",
    mend="页边距改为上 37、下 35、左 28、右 26 mm", reason="版心固定，各机关的公文才能对齐装订，左边留足订口",
    wrong="上 25.4、左 31.8 mm", right="上 37、左 28 mm", tolerance=1.0, unit="mm",
)  # fmt: skip


@judges(MARGINS, never=(Form.SLIP,))
def margins(seen: Seen) -> Iterator[Finding]:
    """Find upright pages with other margins."""
    for sides in _pages(seen):
        upright = _is_a4(seen, sides) and sides.width <= sides.height
        if upright and not _is_margin(seen.tolerance(MARGINS), sides):
            said = "页边距" + "、".join(
                f"{name} {shown(side)}" for name, side in zip("上右下左", sides[2:], strict=True)
            )
            yield seen.found(MARGINS, None, f"{said} mm", "上 37、右 26、下 35、左 28 mm")


def _is_margin(room: float, sides: _Sides) -> bool:
    wanted = ((up, _SIDES[1], down, _SIDES[0]) for up, down in (_NOMINAL, _INK))
    return any(all(abs(a - b) <= room for a, b in zip(sides[2:], each, strict=True)) for each in wanted)


MARGINS_LANDSCAPE: Final = Rule(
    "margins-landscape", "7.3.7", Severity.HINT, "页面",
    checks="横排页的页边距与竖排页相同，只是转向", mend="横排节的页边距按转向后的版心设置",
    reason="横排的表格装订后与竖排页同向翻看，订口要在同一边", wrong="横排页四边都是 25.4 mm",
    right="横排页上 28、右 37、下 26、左 35 mm", tolerance=1.5, unit="mm",
)  # fmt: skip


@judges(MARGINS_LANDSCAPE, never=(Form.SLIP,))
def margins_landscape(seen: Seen) -> Iterator[Finding]:
    """Find pages that lie across whose margins are not those of an upright one, turned."""
    for sides in _pages(seen):
        if _is_a4(seen, sides) and sides.width > sides.height:
            yield from _landscape(seen, sides[2:])


def _landscape(seen: Seen, sides: Sequence[float]) -> Iterator[Finding]:
    room = seen.tolerance(MARGINS_LANDSCAPE)
    wanted = (sorted((*_NOMINAL, *_SIDES)), sorted((*_INK, *_SIDES)))
    if not any(all(abs(a - b) <= room for a, b in zip(sorted(sides), each, strict=True)) for each in wanted):
        said = f"横排页上、右、下、左边距为 {'、'.join(map(shown, sides))} mm"
        yield seen.found(MARGINS_LANDSCAPE, None, said, "28、37、26、35 mm 的转向")


PAGE_ORIENTATION: Final = Rule(
    "page-orientation", "5.1, 7.3.7", Severity.ERROR, "页面",
    checks="正文排在竖排页上，只有表格可以横排", mend="正文所在节的纸张方向改为纵向", reason="公文左侧装订，竖着翻看",
    wrong="正文用横向 A4", right="正文用纵向 A4，附表用横向",
)  # fmt: skip
_UPRIGHT: Final = (Role.MARK, Role.TITLE, Role.ADDRESSEE, Role.BODY, Role.SIGNATURE, Role.DATE)


@judges(PAGE_ORIENTATION, never=(Form.SLIP,))
def orientation(seen: Seen) -> Iterator[Finding]:
    """Find the text of a document on a page that lies across."""
    for para in seen.of(*_UPRIGHT):
        section = seen.section(para)
        if section.width > section.height:
            yield seen.found(PAGE_ORIENTATION, para, "排在横向的页上", "竖排页")
            return


GRID_LINES: Final = Rule(
    "grid-lines", "5.2.3", Severity.ERROR, "页面",
    checks="每面 22 行", mend="文档网格设为每页 22 行，或正文行距设为固定值 28～29 磅",
    reason="22 行撑满版心，行距随之确定", wrong="每面 29 行", right="每面 22 行", tolerance=0.5, unit="行",
    follows=("paper", "margins"),
)  # fmt: skip


@judges(GRID_LINES, never=(Form.SLIP,))
def grid_lines(seen: Seen) -> Iterator[Finding]:
    """Find a text on a grid of another pitch."""
    line = gridded_line(seen)
    gridded = (para for para in _long(seen) if keeps_to_grid(seen, para) and para.setting.line == line)
    for para in islice(gridded, 1):
        yield from _lines(seen, para)


def _long(seen: Seen) -> list[Para]:
    return [para for para in seen.of(Role.BODY) if len(para.words) > _SHORT]


def keeps_to_grid(seen: Seen, para: Para) -> bool:
    """Whether a paragraph's lines keep to the document's grid."""
    return bool(seen.section(para).pitch) and para.setting.rule == "auto" and para.setting.snap


def gridded_line(seen: Seen) -> int | None:
    """Return the line spacing of the text when it keeps to the grid, None when most of it has lines of its own."""
    body = _long(seen)
    lines = Counter(para.setting.line for para in body if keeps_to_grid(seen, para))
    usual = lines.most_common(1)
    return usual[0][0] if usual and 2 * lines.total() > len(body) else None


def _lines(seen: Seen, para: Para) -> Iterator[Finding]:
    section = seen.section(para)
    lines = page.TEXT_HEIGHT.pt / para.line_height(section.pitch)
    room = seen.tolerance(GRID_LINES)
    if not page.LINES - room <= lines < page.LINES + 1 + room:
        said = f"文档网格 {shown(section.pitch)} 磅，每面约 {shown(lines)} 行"
        yield seen.found(GRID_LINES, None, said, "每面 22 行")


GRID_CHARACTERS: Final = Rule(
    "grid-characters", "5.2.3", Severity.WARNING, "页面",
    checks="每行 28 字", mend="字符间距改回标准（或紧缩 0.25 磅）", reason="28 字撑满版心，3 号字才不挤不散",
    wrong="字符间距加宽 2 磅，每行 25 字", right="每行 28 字", tolerance=1.2, unit="字",
    follows=("paper", "margins"),
)  # fmt: skip


@judges(GRID_CHARACTERS, never=(Form.SLIP,))
def grid_characters(seen: Seen) -> Iterator[Finding]:
    """Find a text of more or fewer than 28 characters a line."""
    usual = usual_spacing(seen)
    alike = (para for para in _long(seen) if para.look.spacing == usual)
    para = max(alike, key=lambda para: len(para.words), default=None)
    if para is None or abs(para.look.size - page.SIZE_3.pt) > _OTHER_SIZE:
        return
    held = page.TEXT_WIDTH.pt / (para.zi + seen.section(para).extra)
    if abs(held - page.CHARACTERS) > seen.tolerance(GRID_CHARACTERS):
        yield seen.found(GRID_CHARACTERS, para, f"每行约 {shown(held)} 字", "每行 28 字")


def usual_spacing(seen: Seen) -> float:
    """Return the room between characters that most of the text has, in points."""
    counts: Counter[float] = Counter()
    for para in _long(seen):
        counts[para.look.spacing] += len(para.words)
    return max(counts, key=lambda each: counts[each], default=0.0)


CHARACTER_SPACING: Final = Rule(
    "character-spacing", "5.2.3", Severity.WARNING, "正文",
    checks="正文各处的字符间距一致", mend="把字符间距改成与其他段落一样", reason="一处挤、一处松，每行就不是 28 字",
    wrong="现通知如下，请各镇按月报送进展情况。（字距加宽 3 磅）",
    right="现通知如下，请各镇按月报送进展情况。（字距不变）", tolerance=1.0, unit="磅",
)  # fmt: skip


@judges(CHARACTER_SPACING, never=(Form.SLIP,))
def character_spacing(seen: Seen) -> Iterator[Finding]:
    """Find text set wider or closer than the rest of it."""
    usual, room = usual_spacing(seen), seen.tolerance(CHARACTER_SPACING)
    for para in seen.of(Role.BODY, Role.ADDRESSEE):
        odd = (
            each
            for each in para.spans
            if abs(each.look.spacing - usual) > room and len(each.text.strip()) > 1
        )
        for piece in islice(odd, 1):
            said = f"字符间距为 {shown(piece.look.spacing)} 磅"
            yield seen.found(CHARACTER_SPACING, para, said, f"{shown(usual)} 磅", piece.text)


PAGE_SETUP: Final = Rule(
    "page-setup", "5.2", Severity.WARNING, "页面",
    checks="不分栏，没有页面边框、行号，文字横排", mend="在页面设置中取消",
    reason="版心之外没有别的线和数字，文字从左到右一栏", wrong="正文分两栏", right="正文一栏",
)  # fmt: skip


@judges(PAGE_SETUP, never=(Form.SLIP,))
def page_setup(seen: Seen) -> Iterator[Finding]:
    """Find columns, borders, line numbers and the like."""
    for each in dict.fromkeys(name for section in seen.doc.sections for name in section.unusual):
        yield seen.found(PAGE_SETUP, None, f"页面设置里有{each}", "没有")
