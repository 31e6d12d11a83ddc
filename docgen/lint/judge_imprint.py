"""Judging the 版记."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint import faces, measures, words
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Form, Role
from docgen.lint.model import Border, Para
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_4.pt
_OUTER: Final = 0.35
_INNER: Final = 0.25
_MM_PER_EIGHTH: Final = 25.4 / 72 / 8


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the 版记, if there is one."""
    paras = [para for para in seen.of(Role.IMPRINT) if not para.words.startswith("主题词")]
    after = seen.of(Role.AFTER)
    if after:
        yield seen.found("imprint-last", after[0], "版记之后还有内容", "版记在最后")
    if not paras:
        if seen.layout.form is not Form.LETTER and seen.of(Role.MARK):
            yield seen.found("imprint-missing", None, "没有找到版记")
        return
    for para in paras:
        yield from measures.size(seen, "imprint-size", para, _SIZE)
        yield from measures.face(seen, "imprint-face", para, faces.BODY)
        yield from _indent(seen, para)
    yield from _copies(seen, paras)
    yield from _printed(seen, paras)
    yield from _rules(seen, paras)


def _indent(seen: Seen, para: Para) -> Iterator[Finding]:
    if para.table or para.setting.align in ("right", "center") or not words.COPIES.match(para.words):
        return
    away = (para.setting.left + para.setting.first) / para.zi + para.lead / 2
    if abs(away - 1) > seen.tolerance("imprint-indent"):
        yield seen.found("imprint-indent", para, f"左空 {shown(away)} 字", "左空一字")


def _copies(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    start = next((place for place, para in enumerate(paras) if words.COPIES.match(para.words)), None)
    if start is None:
        return
    found = words.COPIES.match(paras[start].words)
    if found and found["colon"] != "：":
        yield seen.found("imprint-colon", paras[start], "“抄送”后不是全角冒号", "“抄送：”")
    last = start
    while last + 1 < len(paras) and not _is_issue(paras, last + 1):
        last += 1
    if not paras[last].words.endswith("。"):
        yield seen.found(
            "imprint-end", paras[last], f"末尾为“{paras[last].words[-1]}”", "“。”", paras[last].words[-12:]
        )


def _is_issue(paras: Sequence[Para], place: int) -> bool:
    """Whether a line is that of the printing organ and date, which two cells may share."""
    para = paras[place]
    if words.PRINTED.match(para.words) or para.words.endswith(("印发", "印")):
        return True
    follows = place + 1 < len(paras) and para.table and words.PRINTED.match(paras[place + 1].words)
    return bool(follows) and not para.words.endswith("。")


def _printed(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    date = seen.layout.first(Role.DATE)
    signed = words.day(date.bare) if date else None
    for para in paras:
        found = words.PRINTED.match(para.words)
        if found is None:
            continue
        day = words.day(found["date"])
        if found["word"] != "印发":
            yield seen.found("imprint-printed", para, "印发日期后没有“印发”二字", f"“{found['date']}印发”")
        elif day is None or "年0" in found["date"] or "月0" in found["date"]:
            yield seen.found("imprint-printed", para, f"日期写作“{found['date']}”", "“…年…月…日”的样子")
        if day and signed and day < signed:
            yield seen.found(
                "imprint-early", para, f"印发日期早于成文日期 {date.bare if date else ''}", "同日或以后"
            )


def _rules(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    lines = _lines(seen, paras)
    drawn = [shape for shape in seen.doc.shapes
             if shape.kind == "bar" and shape.width > 100 and paras[0].number - 3 <= shape.paragraph]  # fmt: skip
    if seen.layout.form is Form.LETTER:
        printed = any(words.PRINTED.match(para.words) for para in paras)
        if lines or printed:
            yield seen.found("imprint-rules-unneeded", paras[0], "信函的版记有分隔线或印发行", "只有抄送机关")
    elif not lines and not drawn:
        yield seen.found("imprint-rules", paras[0], "版记没有分隔线", "与版心等宽的分隔线")
    elif lines:
        yield from _weights(seen, paras[0], lines)


def _weights(seen: Seen, para: Para, lines: Sequence[Border]) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        outer = place in (0, len(lines) - 1)
        wanted, weight = _OUTER if outer else _INNER, line.size * _MM_PER_EIGHTH
        if abs(weight - wanted) > seen.tolerance("imprint-rule-weight"):
            said = f"{'首末条' if outer else '中间'}分隔线粗 {weight:.2f} mm"
            yield seen.found("imprint-rule-weight", para, said, f"{wanted} mm")
            return


def _lines(seen: Seen, paras: Sequence[Para]) -> list[Border]:
    """Return the lines of the 版记 from top to bottom: of tables, and of paragraphs in and beside it."""
    lines: list[Border] = []
    known: set[int] = set()
    inside = {para.number for para in paras}
    beside = seen.doc.paras[max(0, paras[0].number - 4) : paras[-1].number + 3]
    for para in beside:
        near = para.blank or para.number in inside
        if para.table and para.table not in known and para.number in inside:
            known.add(para.table)
            lines += [line for line in seen.doc.tables[para.table - 1].lines if line]
        elif near and not para.table:
            sides = (para.setting.borders.get(side) for side in ("top", "bottom"))
            lines += [line for line in sides if line and line.seen]
    return lines
