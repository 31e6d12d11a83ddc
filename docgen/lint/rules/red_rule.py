"""Rules of the red rules: under the head, and at the foot of a letter's first page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Border,
    Shape,
    is_red,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.standard.measures import page

_RULED: Final = (Form.GENERAL, Form.UPWARD)
_MM: Final = 25.4 / 72
_SHORTEST: Final = 60
_LOWER_HALF: Final = 200
"""Millimetres: how long a rule is at least; from where down a line is that at the foot of the page."""


RULE_MISSING: Final = Rule(
    "rule-missing", "7.2.7, 10.1", Severity.ERROR, "红色分隔线",
    checks="发文字号下有红色分隔线（信函为标志下红色双线）", mend="加红色分隔线", reason="红线分开版头与主体",
    wrong="某政发〔2026〕12号（下面没有线）", right="某政发〔2026〕12号（下面一条红线）",
    of_whole=True,
)  # fmt: skip
RULE_COLOUR: Final = Rule(
    "rule-colour", "7.2.7", Severity.ERROR, "红色分隔线",
    checks="红色", mend="线条颜色改为红色（FF0000）", reason="红线与标志同色",
    wrong="某政发〔2026〕12号（下面一条黑线）", right="某政发〔2026〕12号（下面一条红线）",
)  # fmt: skip
RULE_WIDTH: Final = Rule(
    "rule-width", "7.2.7, 10.1", Severity.WARNING, "红色分隔线",
    checks="与版心等宽（信函双线长 170 mm）", mend="去掉该段缩进，或把线长改为与版心等宽",
    reason="线与版心等宽，左右才齐", wrong="线长 100 mm", right="线长 156 mm", tolerance=3.0, unit="mm",
)  # fmt: skip
LETTER_LOWER_RULE: Final = Rule(
    "letter-lower-rule", "10.1", Severity.WARNING, "红色双线",
    checks="信函首页下边缘以上 20 mm 处有红色双线", mend="在首页页脚加红色双线（上细下粗）",
    reason="上下两条红色双线合成信函的版式", wrong="首页下方没有线", right="距下页边 20 mm 处有红色双线",
)  # fmt: skip


@judges(RULE_MISSING, RULE_COLOUR, RULE_WIDTH, LETTER_LOWER_RULE, never=(Form.SLIP,))
def red_rules(seen: Seen) -> Iterator[Finding]:
    """Judge the red rules of a document with a mark."""
    if seen.of(Role.MARK):
        yield from _rule(seen)


def _rule(seen: Seen) -> Iterator[Finding]:
    form = seen.layout.form
    lines, bars = _head_lines(seen), _head_bars(seen)
    tabled = _head_table_lines(seen)
    if form in (*_RULED, Form.LETTER) and not (lines or bars or tabled):
        yield seen.found(RULE_MISSING, None, "没有找到红色分隔线", "与版心等宽的红线")
        return
    high = [bar for bar in bars if not _is_low(bar)]
    yield from _colour(seen, "", [border for border, _ in lines], high, tabled)
    yield from _rule_width(seen, [*lines, *((line, page.TEXT_WIDTH.mm) for line in tabled)], bars)
    if form is Form.LETTER:
        yield from _lower(seen, bars)


def _lower(seen: Seen, bars: Sequence[Shape]) -> Iterator[Finding]:
    """Judge the rule at the foot of a letter's first page."""
    borders, shapes = _low_borders(seen), _low_shapes(seen, bars)
    if not borders and not shapes:
        yield seen.found(LETTER_LOWER_RULE, None, "首页下方没有红色双线", "距下页边 20 mm 的红色双线")
    yield from _colour(seen, "首页下方的", borders, shapes)


def _colour(
    seen: Seen, where: str, borders: Sequence[Border], bars: Sequence[Shape], tabled: Sequence[Border] = ()
) -> Iterator[Finding]:
    """Find the first line of a rule that is not red; a table of the head may have lines besides its red one."""
    if any(bar.kind == "picture" for bar in bars):
        return
    colours = [border.color for border in borders] + [bar.color for bar in bars if bar.kind == "bar"]
    own = [each.color for each in tabled]
    wrong = [each for each in colours if not is_red(each)]
    wrong = wrong or ([] if colours or any(map(is_red, own)) else own)
    if wrong:
        yield seen.found(RULE_COLOUR, None, f"{where}线条颜色为 {wrong[0] or '自动（黑色）'}", "红色")


def _head_end(seen: Seen) -> int:
    title = seen.layout.first(Role.TITLE) or seen.layout.first(Role.BODY)
    return title.number if title else 12


def _head_lines(seen: Seen) -> list[tuple[Border, float]]:
    """Return the paragraph borders above the title with their lengths in millimetres."""
    found = []
    for para in seen.doc.paras[: _head_end(seen)]:
        if para.setting.framed and seen.layout.form is not Form.LETTER:
            continue
        length = page.TEXT_WIDTH.mm - (para.setting.left + para.setting.right) * _MM
        drawn = [
            each for side, each in para.setting.borders.items() if side in ("top", "bottom") and each.seen
        ]
        found += [(border, length) for border in drawn]
    return found


def _head_table_lines(seen: Seen) -> list[Border]:
    tables = {para.table for para in seen.doc.paras[: _head_end(seen)] if para.table}
    return [line for each in tables for line in seen.doc.tables[each - 1].lines if line]


def _head_bars(seen: Seen) -> list[Shape]:
    end = _head_end(seen)
    everywhere = seen.layout.form is Form.LETTER
    return [
        shape for shape in seen.doc.shapes
        if shape.kind != "box" and shape.width > _SHORTEST and shape.height < 8
        and (everywhere or shape.paragraph <= end)
    ]  # fmt: skip


def _rule_width(seen: Seen, lines: list[tuple[Border, float]], bars: list[Shape]) -> Iterator[Finding]:
    lengths = [length for border, length in lines if is_red(border.color)]
    lengths += [bar.width for bar in bars if is_red(bar.color) or bar.kind == "picture"]
    letter = seen.layout.form is Form.LETTER
    wanted = page.LETTER_RULE_LENGTH.mm if letter else page.TEXT_WIDTH.mm
    room = seen.tolerance(RULE_WIDTH)
    near = min(lengths, key=lambda length: abs(length - wanted), default=wanted)
    if abs(near - wanted) > room and not (letter and lines and not bars):
        yield seen.found(RULE_WIDTH, None, f"红线长 {shown(near)} mm", f"{shown(wanted)} mm")


def _is_low(bar: Shape) -> bool:
    return (bar.top or 0) > _LOWER_HALF


def _low_shapes(seen: Seen, bars: Sequence[Shape]) -> list[Shape]:
    footer = [shape for shape in seen.doc.sections[0].footer_shapes if shape.width > _SHORTEST]
    return footer + [bar for bar in bars if _is_low(bar)]


def _low_borders(seen: Seen) -> list[Border]:
    footer = seen.doc.sections[0].footers.get("first", ())
    return [border for para in footer for border in para.setting.borders.values() if border.seen]


RULE_DOUBLE: Final = Rule(
    "rule-double", "10.1", Severity.WARNING, "红色双线",
    checks="信函标志下（上粗下细）和首页下方（上细下粗）为红色双线", mend="把单线改为双线",
    reason="双线是信函格式的标志",
    wrong="标志下一条单线", right="标志下一粗一细两条线",
)  # fmt: skip


_PLACES: Final = (("标志下", "上粗下细"), ("首页下方", "上细下粗"))
"""Where a letter's two double rules are, from the top down, and how their lines follow each other."""


def _letter_rules(seen: Seen) -> Iterator[tuple[str, str, list[Border], list[Shape]]]:
    """Yield of each rule of a letter where it is, how it must be, and what it is drawn of."""
    if seen.layout.form is not Form.LETTER or not seen.of(Role.MARK):
        return
    bars = _head_bars(seen)
    high = [border for border, _ in _head_lines(seen)], [bar for bar in bars if not _is_low(bar)]
    low = _low_borders(seen), _low_shapes(seen, bars)
    for (where, order), drawn in zip(_PLACES, (high, low), strict=True):
        yield where, order, *drawn


@judges(RULE_DOUBLE)
def rule_double(seen: Seen) -> Iterator[Finding]:
    """Find a letter with a single line under its mark, or at the foot of its first page, whatever it is drawn as."""
    for where, order, borders, bars in _letter_rules(seen):
        if _is_single(borders, bars):
            yield seen.found(RULE_DOUBLE, None, f"{where}为单线", f"{order}的双线")


def _is_single(borders: Sequence[Border], bars: Sequence[Shape]) -> bool:
    """Whether one line is drawn, and no double one; what a picture shows is not known."""
    if any(bar.kind == "picture" for bar in bars):
        return False
    drawn = [border.style in _SINGLE for border in borders] + [not bar.compound for bar in bars]
    return drawn == [True]


_SINGLE: Final = frozenset(("single", "thick", "dotted", "dashed"))


RULE_ORDER: Final = Rule(
    "rule-order", "10.1", Severity.WARNING, "红色双线",
    checks="信函标志下的双线上粗下细，首页下方的上细下粗", mend="换成一粗一细的双线，粗线朝版心外",
    reason="两条双线的粗线都在外侧，上下相对",
    wrong="标志下的双线上细下粗", right="标志下的双线上粗下细",
)  # fmt: skip


@judges(RULE_ORDER)
def rule_order(seen: Seen) -> Iterator[Finding]:
    """Find double rules of a letter whose thick line is not the outer one, or that are of two equal lines."""
    for where, order, borders, bars in _letter_rules(seen):
        found = _ORDERS.get(_order(borders, bars), order)
        if found != order:
            yield seen.found(RULE_ORDER, None, f"{where}的双线{found}", order)


_THICK_THIN: Final = "thickThin"
_THIN_THICK: Final = "thinThick"
_EVEN: Final = "double"
_ORDERS: Final = {_THICK_THIN: "上粗下细", _THIN_THICK: "上细下粗", _EVEN: "两条一样粗"}
_GAP: Final = re.compile("(?:Small|Medium|Large)Gap$")


def _order(borders: Sequence[Border], bars: Sequence[Shape]) -> str:
    """Return the order of a double rule from the top down; empty where it is none, or not to be told."""
    named = [_GAP.sub("", each.style) for each in borders] + [each.compound for each in bars if each.compound]
    if any(bar.kind == "picture" for bar in bars):
        return ""
    if len(named) == 1 and len(borders) + len(bars) == 1:
        return named[0] if named[0] in _ORDERS else ""
    thick = [float(each.size) for each in borders if each.style == "single"]
    placed = sorted((each.top, each.thick) for each in bars if each.top is not None and not each.compound)
    thick += [each for _, each in placed]
    if len(thick) != 2 or len(borders) + len(bars) != 2 or (borders and bars):
        return ""
    first, second = thick
    return _EVEN if first == second else _THICK_THIN if first > second else _THIN_THICK
