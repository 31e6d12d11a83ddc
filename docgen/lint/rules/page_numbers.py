"""Rules of the page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Para,
    Section,
    family,
)
from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page

_DASHED: Final = re.compile(r"^—\d+—$")
_SIDES: Final = {"default": ("right", "单页码", "居右"), "even": ("left", "双页码", "居左")}
_ARABIC: Final = frozenset(("", "decimal", "numberInDash"))
_KEEPS_DIGITS: Final = frozenset(("MERGEFORMAT", "ARABIC", "ARABICDASH", "CHARFORMAT"))
_MM: Final = 25.4 / 72


PAGE_NUMBER_MISSING: Final = Rule(
    "page-number-missing", "7.5", Severity.ERROR, "页码",
    checks="有页码（PAGE 域）", mend="在页脚插入页码", reason="没有页码，少了一页也看不出", wrong="页脚是空的",
    right="— 1 —",
)  # fmt: skip


@judges(PAGE_NUMBER_MISSING, never=(Form.SLIP,))
def page_number_missing(seen: Seen) -> Iterator[Finding]:
    """Find pages without number."""
    section = _numbered_section(seen)
    if section is None:
        yield seen.found(PAGE_NUMBER_MISSING, None, "页脚没有页码域", "“— 1 —”")
    elif seen.doc.even_and_odd and not _numbered(section, "even"):
        yield seen.found(PAGE_NUMBER_MISSING, None, "双数页页脚没有页码域", "“— 2 —”")


def _numbered_section(seen: Seen) -> Section | None:
    return next((each for each in seen.doc.sections if _numbered(each, "default")), None)


def _numbered(section: Section, kind: str) -> list[Para]:
    return [para for para in section.footers.get(kind, ()) if "PAGE" in para.fields]


PAGE_NUMBER_SIZE: Final = Rule(
    "page-number-size", "7.5", Severity.ERROR, "页码",
    checks="4 号字（14 磅）", mend="字号改为 4 号（14 磅）", reason="4 号字，不与正文相混", wrong="— 1 —（10.5 磅）",
    right="— 1 —（14 磅）", tolerance=0.3, unit="磅",
)  # fmt: skip
PAGE_NUMBER_FACE: Final = Rule(
    "page-number-face", "7.5", Severity.ERROR, "页码",
    checks="宋体半角阿拉伯数字", mend="西文字体和中文字体都改为宋体", reason="数字用半角宋体",
    wrong="— 1 —（Times New Roman）", right="— 1 —（宋体）",
)  # fmt: skip
PAGE_NUMBER_DASHES: Final = Rule(
    "page-number-dashes", "7.5", Severity.ERROR, "页码",
    checks="数字左右各放一条一字线（— 1 —）", mend="改为“— 1 —”", reason="一字线把页码与正文分开",
    wrong="- 1 -", right="— 1 —",
)  # fmt: skip
PAGE_NUMBER_SIDE: Final = Rule(
    "page-number-side", "7.5", Severity.ERROR, "页码",
    checks="单页码居右空一字，双页码居左空一字", mend="设奇偶页不同，奇数页靠右、偶数页靠左",
    reason="双面印刷后页码在翻页的外侧", wrong="页码都居中", right="单页居右、双页居左",
)  # fmt: skip
PAGE_NUMBER_INDENT: Final = Rule(
    "page-number-indent", "7.5", Severity.WARNING, "页码",
    checks="距版心边缘空一字", mend="左（右）缩进改为 1 字符", reason="距版心边缘空一字，不贴边",
    wrong="— 1 —（顶到边）",
    right="— 1 —（空一字）", tolerance=0.6, unit="字",
)  # fmt: skip
PAGE_NUMBER_DISTANCE: Final = Rule(
    "page-number-distance", "7.5", Severity.HINT, "页码",
    checks="一字线上距版心下边缘 7 mm", mend="调整页脚距边界", reason="页码离版心有固定的距离",
    wrong="页码贴着版心", right="一字线在版心下 7 mm", tolerance=3.0, unit="mm",
    follows=("paper", "margins"),
)  # fmt: skip


@judges(
    PAGE_NUMBER_SIZE, PAGE_NUMBER_FACE, PAGE_NUMBER_DASHES, PAGE_NUMBER_SIDE, PAGE_NUMBER_INDENT,
    PAGE_NUMBER_DISTANCE, never=(Form.SLIP,),
)  # fmt: skip
def page_number_look(seen: Seen) -> Iterator[Finding]:
    """Judge the page numbers; the same breach on odd and even pages is told once."""
    kinds = ("default", "even") if seen.doc.even_and_odd else ("default",)
    found = [
        (section, kind, para)
        for section in _footed(seen)
        for kind in kinds
        for para in _numbered(section, kind)
    ]
    yield from _once(
        finding for section, kind, para in found for finding in _number(seen, section, kind, para)
    )


def _footed(seen: Seen) -> list[Section]:
    """Return the upright sections with page numbers, those alike once; numbers of pages across stand at a side."""
    upright = (each for each in seen.doc.sections if each.width <= each.height and _numbered(each, "default"))
    return list({(each.numbers, *map(id, _numbered(each, "default"))): each for each in upright}.values())


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    return iter({each.rule.id: each for each in findings}.values())


def _number(seen: Seen, section: Section, kind: str, para: Para) -> Iterator[Finding]:
    piece = measures.wrong_size(para, page.SIZE_4.pt, seen.tolerance(PAGE_NUMBER_SIZE))
    if piece:
        yield seen.found(PAGE_NUMBER_SIZE, None, f"字号为 {shown(piece.look.size)} 磅", "14 磅", para.words)
    odd = next(
        (each for each in para.spans if re.search(r"\d", each.text) and _is_odd(each.look.latin)), None
    )
    if odd:
        yield seen.found(
            PAGE_NUMBER_FACE, None, f"数字的字体为{odd.look.latin or '（未指定）'}", "宋体", para.words
        )
    written = _other_digits(section, para)
    if written:
        yield seen.found(PAGE_NUMBER_FACE, None, f"页码的数字格式为 {written}", "阿拉伯数字", para.words)
    if not _DASHED.match(para.bare):
        yield seen.found(PAGE_NUMBER_DASHES, None, f"写作“{para.words}”", "“— 1 —”")
    yield from _side(seen, kind, para)
    yield from _distance(seen, section, para)


def _other_digits(section: Section, para: Para) -> str:
    """Return the format of page numbers that are no Arabic digits; empty for Arabic ones."""
    own = [each.partition(" ")[2] for each in para.fields if each.startswith("PAGE ")]
    given = next((each for each in own if each not in _KEEPS_DIGITS), "")
    return given or ("" if section.numbers in _ARABIC else section.numbers)


def _is_odd(face: str | None) -> bool:
    return family(face) != Family.DIGITS


def _side(seen: Seen, kind: str, para: Para) -> Iterator[Finding]:
    side, name, said = _SIDES[kind]
    if para.box or para.setting.frame_align == "outside":
        return
    align = "left" if para.setting.align == "both" else para.setting.align
    if not seen.doc.even_and_odd:
        yield seen.found(PAGE_NUMBER_SIDE, None, "没有区分单双页", "单页居右、双页居左，各空一字", para.words)
    elif align != side:
        yield seen.found(PAGE_NUMBER_SIDE, None, f"{name}没有{said}", f"{said}空一字", para.words)
    else:
        yield from _indent(seen, side, para)


def _indent(seen: Seen, side: str, para: Para) -> Iterator[Finding]:
    setting = para.setting
    away = setting.right if side == "right" else setting.left + setting.first
    spaces = para.trail if side == "right" else para.lead
    characters = away / para.zi + spaces / 2
    if abs(characters - 1) > seen.tolerance(PAGE_NUMBER_INDENT):
        yield seen.found(PAGE_NUMBER_INDENT, None, f"距版心边缘 {shown(characters)} 字", "一字", para.words)


def _distance(seen: Seen, section: Section, para: Para) -> Iterator[Finding]:
    line, size = para.line_height(0), para.look.size
    below = section.bottom - section.footer - (line * (1 - page.BASELINE) + size * 0.36) * _MM
    if abs(below - page.PAGE_NUMBER_GAP.mm) > seen.tolerance(PAGE_NUMBER_DISTANCE):
        yield seen.found(
            PAGE_NUMBER_DISTANCE, None, f"一字线约在版心下 {shown(below)} mm", "7 mm", para.words
        )


PAGE_NUMBER_COUNT: Final = Rule(
    "page-number-count", "7.5", Severity.ERROR, "页码",
    checks="页码从 1 起连续编排，附件与正文一起装订时也连续", mend="页码格式改为“续前节”，第一节从 1 开始",
    reason="中间重新起算，看不出缺没缺页", wrong="附件的页码又从 1 开始", right="正文 1—3，附件 4—6",
)  # fmt: skip


@judges(PAGE_NUMBER_COUNT, never=(Form.SLIP,))
def page_number_count(seen: Seen) -> Iterator[Finding]:
    """Find pages that are not counted on from 1."""
    for place, section in enumerate(seen.doc.sections):
        if section.numbered_from is None or (not place and section.numbered_from == 1):
            continue
        said = (
            f"第 {place + 1} 节的页码从 {section.numbered_from} 起"
            if place
            else f"页码从 {section.numbered_from} 起"
        )
        yield seen.found(PAGE_NUMBER_COUNT, None, said, "从 1 起连续编排")
        return


LETTER_FIRST_NUMBER: Final = Rule(
    "letter-first-number", "10.1", Severity.ERROR, "页码",
    checks="信函首页不显示页码", mend="设首页不同，首页页脚不放页码", reason="信函首页下方是红色双线",
    wrong="首页写“— 1 —”", right="首页没有页码",
)  # fmt: skip


@judges(LETTER_FIRST_NUMBER)
def letter_first_number(seen: Seen) -> Iterator[Finding]:
    """Find a letter with a number on its first page."""
    section = _numbered_section(seen)
    if section and seen.layout.form is Form.LETTER and _first_is_numbered(section):
        yield seen.found(LETTER_FIRST_NUMBER, None, "首页显示页码", "首页不显示页码")


def _first_is_numbered(section: Section) -> bool:
    return not section.first_differs or bool(_numbered(section, "first"))
