"""Rules of the red rules: under the head, and at the foot of a letter's first page."""

from __future__ import annotations

from collections.abc import Iterator
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


RULE_MISSING: Final = Rule(
    "rule-missing", "7.2.7, 10.1", Severity.ERROR, "红色分隔线",
    checks="发文字号下有红色分隔线（信函为标志下红色双线）", mend="加红色分隔线", reason="红线分开版头与主体",
    wrong="发文字号下没有线", right="发文字号下 4 mm 处有一条红线",
)  # fmt: skip
RULE_COLOUR: Final = Rule(
    "rule-colour", "7.2.7", Severity.ERROR, "红色分隔线",
    checks="红色", mend="线条颜色改为红色（FF0000）", reason="红线与标志同色", wrong="黑线", right="红线",
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
    if form in (*_RULED, Form.LETTER) and not lines and not bars:
        yield seen.found(RULE_MISSING, None, "没有找到红色分隔线", "与版心等宽的红线")
        return
    colours = [border.color for border, _ in lines] + [bar.color for bar in bars if bar.kind == "bar"]
    pictured = any(bar.kind == "picture" for bar in bars)
    if colours and not pictured and not any(map(is_red, colours)):
        yield seen.found(RULE_COLOUR, None, f"线条颜色为 {colours[0] or '自动（黑色）'}", "红色")
    yield from _rule_width(seen, lines, bars)
    if form is Form.LETTER and not _has_lower(seen, bars):
        yield seen.found(LETTER_LOWER_RULE, None, "首页下方没有红色双线", "距下页边 20 mm 的红色双线")


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
    return found + [(line, page.TEXT_WIDTH.mm) for line in _head_table_lines(seen)]


def _head_table_lines(seen: Seen) -> list[Border]:
    tables = {para.table for para in seen.doc.paras[: _head_end(seen)] if para.table}
    return [line for each in tables for line in seen.doc.tables[each - 1].lines if line]


def _head_bars(seen: Seen) -> list[Shape]:
    end = _head_end(seen)
    everywhere = seen.layout.form is Form.LETTER
    return [
        shape for shape in seen.doc.shapes
        if shape.kind != "box" and shape.width > 60 and shape.height < 8 and (everywhere or shape.paragraph <= end)
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


def _has_lower(seen: Seen, bars: list[Shape]) -> bool:
    section = seen.doc.sections[0]
    drawn = [shape for shape in section.footer_shapes if shape.width > 60]
    ruled = any(b.seen for p in section.footers.get("first", ()) for b in p.setting.borders.values())
    low = [shape for shape in bars if (shape.top or 0) > 200]
    return bool(drawn or low or ruled)


RULE_DOUBLE: Final = Rule(
    "rule-double", "10.1", Severity.WARNING, "红色双线",
    checks="信函标志下为红色双线（上粗下细）", mend="把单线改为上粗下细的双线", reason="双线是信函格式的标志",
    wrong="标志下一条单线", right="标志下一粗一细两条线",
)  # fmt: skip


@judges(RULE_DOUBLE)
def rule_double(seen: Seen) -> Iterator[Finding]:
    """Find a letter with a single line under its mark; what is drawn as a shape or a picture is not judged."""
    if seen.layout.form is not Form.LETTER or not seen.of(Role.MARK) or _head_bars(seen):
        return
    red = [border for border, _ in _head_lines(seen) if is_red(border.color)]
    if len(red) == 1 and red[0].style in _SINGLE:
        yield seen.found(RULE_DOUBLE, None, "标志下为单线", "上粗下细的双线")


_SINGLE: Final = frozenset(("single", "thick", "dotted", "dashed"))
