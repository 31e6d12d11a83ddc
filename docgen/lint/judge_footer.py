"""Judging the page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint import faces, measures
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Form
from docgen.lint.model import Para, Section
from docgen.standard.measures import page

_DASHED: Final = re.compile(r"^—\d+—$")
_SIDES: Final = {"default": ("right", "单页码", "居右"), "even": ("left", "双页码", "居左")}
_MM: Final = 25.4 / 72


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the footers that carry page numbers."""
    section = next((each for each in seen.doc.sections if _numbered(each, "default")), None)
    if section is None:
        yield seen.found("page-number-missing", None, "页脚没有页码域", "“— 1 —”")
        return
    if seen.doc.even_and_odd and not _numbered(section, "even"):
        yield seen.found("page-number-missing", None, "双数页页脚没有页码域", "“— 2 —”")
    if seen.layout.form is Form.LETTER and _first_is_numbered(section):
        yield seen.found("letter-first-number", None, "首页显示页码", "首页不显示页码")
    kinds = ("default", "even") if seen.doc.even_and_odd else ("default",)
    found = [(kind, para) for kind in kinds for para in _numbered(section, kind)]
    yield from _once(finding for kind, para in found for finding in _number(seen, section, kind, para))


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    return iter({each.rule.id: each for each in findings}.values())


def _numbered(section: Section, kind: str) -> list[Para]:
    return [para for para in section.footers.get(kind, ()) if "PAGE" in para.fields]


def _first_is_numbered(section: Section) -> bool:
    return not section.first_differs or bool(_numbered(section, "first"))


def _number(seen: Seen, section: Section, kind: str, para: Para) -> Iterator[Finding]:
    piece = measures.wrong_size(para, page.SIZE_4.pt, seen.tolerance("page-number-size"))
    if piece:
        yield seen.found("page-number-size", None, f"字号为 {shown(piece.look.size)} 磅", "14 磅", para.words)
    odd = next(
        (each for each in para.spans if re.search(r"\d", each.text) and _is_odd(each.look.latin)), None
    )
    if odd:
        yield seen.found(
            "page-number-face", None, f"数字的字体为{odd.look.latin or '（未指定）'}", "宋体", para.words
        )
    if not _DASHED.match(para.bare):
        yield seen.found("page-number-dashes", None, f"写作“{para.words}”", "“— 1 —”")
    yield from _side(seen, kind, para)
    yield from _distance(seen, section, para)


def _is_odd(face: str | None) -> bool:
    return faces.family(face) != faces.DIGITS


def _side(seen: Seen, kind: str, para: Para) -> Iterator[Finding]:
    side, name, said = _SIDES[kind]
    if para.box or para.setting.frame_align == "outside":
        return
    align = "left" if para.setting.align == "both" else para.setting.align
    if not seen.doc.even_and_odd:
        yield seen.found(
            "page-number-side", None, "没有区分单双页", "单页居右、双页居左，各空一字", para.words
        )
    elif align != side:
        yield seen.found("page-number-side", None, f"{name}没有{said}", f"{said}空一字", para.words)
    else:
        yield from _indent(seen, side, para)


def _indent(seen: Seen, side: str, para: Para) -> Iterator[Finding]:
    setting = para.setting
    away = setting.right if side == "right" else setting.left + setting.first
    spaces = para.trail if side == "right" else para.lead
    characters = away / para.zi + spaces / 2
    if abs(characters - 1) > seen.tolerance("page-number-indent"):
        yield seen.found("page-number-indent", None, f"距版心边缘 {shown(characters)} 字", "一字", para.words)


def _distance(seen: Seen, section: Section, para: Para) -> Iterator[Finding]:
    line, size = para.line_height(0), para.look.size
    below = section.bottom - section.footer - (line * (1 - page.BASELINE) + size * 0.36) * _MM
    if abs(below - page.PAGE_NUMBER_GAP.mm) > seen.tolerance("page-number-distance"):
        yield seen.found(
            "page-number-distance", None, f"一字线约在版心下 {shown(below)} mm", "7 mm", para.words
        )
