"""Rules of the 版记."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Border,
    Family,
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import REGULATION, Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_4.pt
_OUTER: Final = 0.35
_INNER: Final = 0.25
_MM_PER_EIGHTH: Final = 25.4 / 72 / 8


IMPRINT_MISSING: Final = Rule(
    "imprint-missing", "7.4", Severity.HINT, "版记",
    checks="有版记", mend="在末页加版记", reason="版记写明抄送和印发，公文到此结束", wrong="末页没有版记",
    right="抄送和印发两行",
    of_whole=True,
)  # fmt: skip


@judges(IMPRINT_MISSING, never=(Form.LETTER, Form.SLIP, Form.SERIAL))
def imprint_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document with a mark and no 版记."""
    if not _lines_of(seen) and seen.of(Role.MARK):
        yield seen.found(IMPRINT_MISSING, None, "没有找到版记")


def _lines_of(seen: Seen) -> list[Para]:
    return [para for para in seen.of(Role.IMPRINT) if not para.words.startswith("主题词")]


IMPRINT_SIZE: Final = Rule(
    "imprint-size", "7.4.2, 7.4.3", Severity.ERROR, "版记",
    checks="4 号字（14 磅）", mend="字号改为 4 号（14 磅）", reason="版记小于正文，不与正文相混",
    wrong="抄送：县委办公室。（16 磅）", right="抄送：县委办公室。（14 磅）", tolerance=0.3, unit="磅",
)  # fmt: skip
IMPRINT_FACE: Final = Rule(
    "imprint-face", "7.4.2, 7.4.3", Severity.ERROR, "版记",
    checks="仿宋", mend="字体改为仿宋", reason="版记与正文同字体",
    wrong="抄送：县委办公室。（宋体）", right="抄送：县委办公室。（仿宋）",
)  # fmt: skip


@judges(IMPRINT_SIZE, IMPRINT_FACE)
def imprint_looks(seen: Seen) -> Iterator[Finding]:
    """Judge the type of the 版记."""
    for para in _lines_of(seen):
        yield from measures.size(seen, IMPRINT_SIZE, para, _SIZE)
        yield from measures.face(seen, IMPRINT_FACE, para, Family.BODY)


IMPRINT_END: Final = Rule(
    "imprint-end", "7.4.2", Severity.ERROR, "版记",
    checks="抄送机关末尾用句号", mend="末尾加“。”", reason="句号标明抄送机关到此为止", wrong="抄送：县委办公室",
    right="抄送：县委办公室。",
)  # fmt: skip
IMPRINT_COLON: Final = Rule(
    "imprint-colon", "7.4.2", Severity.ERROR, "版记",
    checks="“抄送”后用全角冒号", mend="写作“抄送：”", reason="中文用全角标点", wrong="抄送:县委办公室。",
    right="抄送：县委办公室。",
)  # fmt: skip


@judges(IMPRINT_END, IMPRINT_COLON)
def copies(seen: Seen) -> Iterator[Finding]:
    """Judge how those who get copies are listed."""
    yield from _copies(seen, _lines_of(seen))


def _copies(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    start = next((place for place, para in enumerate(paras) if words.COPIES.match(para.words)), None)
    if start is None:
        return
    found = words.COPIES.match(paras[start].words)
    if found and found["colon"] != "：":
        yield seen.found(IMPRINT_COLON, paras[start], "“抄送”后不是全角冒号", "“抄送：”")
    last = start
    while last + 1 < len(paras) and not _is_issue(paras, last + 1):
        last += 1
    if not paras[last].words.endswith("。"):
        yield seen.found(
            IMPRINT_END, paras[last], f"末尾为“{paras[last].words[-1]}”", "“。”", paras[last].words[-12:]
        )


def _is_issue(paras: Sequence[Para], place: int) -> bool:
    """Whether a line is that of the printing organ and date, which two cells may share."""
    para = paras[place]
    if words.PRINTED.match(para.words) or para.words.endswith(("印发", "印")):
        return True
    follows = place + 1 < len(paras) and para.table and words.PRINTED.match(paras[place + 1].words)
    return bool(follows) and not para.words.endswith("。")


IMPRINT_RULES: Final = Rule(
    "imprint-rules", "7.4.1", Severity.ERROR, "版记",
    checks="版记有分隔线（信函格式没有）", mend="首条、末条用 0.35 mm 粗线，中间用 0.25 mm 细线",
    reason="分隔线把版记与正文分开", wrong="版记没有线", right="版记上下有线",
)  # fmt: skip
IMPRINT_RULE_WEIGHT: Final = Rule(
    "imprint-rule-weight", "7.4.1", Severity.WARNING, "版记",
    checks="首末条线 0.35 mm（1 磅）、中间线 0.25 mm（0.75 磅）", mend="改线宽",
    reason="首末两条粗，中间的细，层次才清楚", wrong="三条线一样粗", right="首末 0.35 mm、中间 0.25 mm",
    tolerance=0.1, unit="mm",
)  # fmt: skip
IMPRINT_RULES_UNNEEDED: Final = Rule(
    "imprint-rules-unneeded", "10.1", Severity.WARNING, "版记",
    checks="信函格式的版记不加分隔线和印发机关、日期", mend="删去分隔线、印发机关和印发日期",
    reason="信函的版记只有抄送机关",
    wrong="抄送：县审计局。¶某县发展和改革委员会办公室　2026年3月6日印发", right="抄送：县审计局。",
)  # fmt: skip


@judges(IMPRINT_RULES, IMPRINT_RULE_WEIGHT, IMPRINT_RULES_UNNEEDED)
def imprint_rules(seen: Seen) -> Iterator[Finding]:
    """Judge the lines of the 版记."""
    paras = _lines_of(seen)
    if paras:
        yield from _rules(seen, paras)


def _rules(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    lines = _lines(seen, paras)
    drawn = [shape for shape in seen.doc.shapes
             if shape.kind == "bar" and shape.width > 100 and paras[0].number - 3 <= shape.paragraph]  # fmt: skip
    if seen.layout.form is Form.LETTER:
        printed = any(words.PRINTED.match(para.words) for para in paras)
        if lines or printed:
            yield seen.found(IMPRINT_RULES_UNNEEDED, paras[0], "信函的版记有分隔线或印发行", "只有抄送机关")
    elif not lines and not drawn:
        yield seen.found(IMPRINT_RULES, paras[0], "版记没有分隔线", "与版心等宽的分隔线")
    elif lines:
        yield from _weights(seen, paras[0], lines)


def _weights(seen: Seen, para: Para, lines: Sequence[Border]) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        outer = place in (0, len(lines) - 1)
        wanted, weight = _OUTER if outer else _INNER, line.size * _MM_PER_EIGHTH
        if abs(weight - wanted) > seen.tolerance(IMPRINT_RULE_WEIGHT):
            said = f"{'首末条' if outer else '中间'}分隔线粗 {weight:.2f} mm"
            yield seen.found(IMPRINT_RULE_WEIGHT, para, said, f"{wanted} mm")
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


IMPRINT_LAST: Final = Rule(
    "imprint-last", "7.4", Severity.ERROR, "版记",
    checks="版记在公文最后", mend="把版记之后的内容移到版记之前", reason="版记是公文的结尾",
    wrong="版记后还有一段话", right="版记在最后",
)  # fmt: skip


@judges(IMPRINT_LAST)
def imprint_last(seen: Seen) -> Iterator[Finding]:
    """Find words behind the 版记."""
    for para in seen.of(Role.AFTER)[:1]:
        yield seen.found(IMPRINT_LAST, para, "版记之后还有内容", "版记在最后")


IMPRINT_PRINTED: Final = Rule(
    "imprint-printed", "7.4.3", Severity.ERROR, "版记",
    checks="印发日期后加“印发”二字，日期写全、用阿拉伯数字、不编虚位", mend="写作“…年…月…日印发”，年份四位",
    reason="“印发”说明这是送印的日期，不是成文日期",
    wrong="某县人民政府办公室　2026年3月9日", right="某县人民政府办公室　2026年3月9日印发",
)  # fmt: skip
IMPRINT_INDENT: Final = Rule(
    "imprint-indent", "7.4.2, 7.4.3", Severity.WARNING, "版记",
    checks="左右各空一字", mend="左右缩进改为 1 字符", reason="左右各空一字，与线端错开",
    wrong="抄送：县审计局。（顶格）", right="抄送：县审计局。（左空一字）", tolerance=0.6, unit="字",
)  # fmt: skip
IMPRINT_EARLY: Final = Rule(
    "imprint-early", "7.4.3", Severity.WARNING, "版记",
    checks="印发日期不早于成文日期", mend="核对两个日期", reason="先成文后印发",
    wrong="2026年3月6日¶……¶某县人民政府办公室　2026年3月5日印发",
    right="2026年3月6日¶……¶某县人民政府办公室　2026年3月9日印发",
)  # fmt: skip


@judges(IMPRINT_PRINTED, IMPRINT_EARLY)
def printed(seen: Seen) -> Iterator[Finding]:
    """Judge the date of printing."""
    yield from _printed(seen, _lines_of(seen))


def _printed(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    date = seen.layout.first(Role.DATE)
    signed = words.day(date.bare) if date else None
    for para in paras:
        found = words.PRINTED.match(para.words)
        if found is None:
            continue
        day = words.day(found["date"])
        if found["word"] != "印发":
            yield seen.found(IMPRINT_PRINTED, para, "印发日期后没有“印发”二字", f"“{found['date']}印发”")
        elif day is None or "年0" in found["date"] or "月0" in found["date"]:
            yield seen.found(IMPRINT_PRINTED, para, f"日期写作“{found['date']}”", "“…年…月…日”的样子")
        if day and signed and day < signed:
            yield seen.found(
                IMPRINT_EARLY, para, f"印发日期早于成文日期 {date.bare if date else ''}", "同日或以后"
            )


@judges(IMPRINT_INDENT)
def imprint_indent(seen: Seen) -> Iterator[Finding]:
    """Find lines that do not begin one character from the left."""
    for para in _lines_of(seen):
        yield from _indent(seen, para)


def _indent(seen: Seen, para: Para) -> Iterator[Finding]:
    if para.setting.align in ("right", "center") or not words.COPIES.match(para.words):
        return
    inset = seen.doc.tables[para.table - 1].inset if para.table else 0.0
    if inset is None:
        return
    away = (inset + para.setting.left + para.setting.first) / para.zi + para.lead / 2
    if abs(away - 1) > seen.tolerance(IMPRINT_INDENT):
        yield seen.found(IMPRINT_INDENT, para, f"左空 {shown(away)} 字", "左空一字")


REQUEST_COPIES: Final = Rule(
    "request-copies", REGULATION, Severity.WARNING, "版记",
    checks="请示不抄送下级机关", mend="删去下级机关", reason="请示没有批准，下级先知道会误当决定",
    wrong="抄送：各乡镇。", right="抄送：市财政局。",
)  # fmt: skip

_BELOW: Final = re.compile(
    "^(各(?!位)|所属|下属|全[县市区州旗])|(乡|镇|苏木|街道|街道办事处|村委会|社区|水利站|工作站|中心校|卫生院|派出所)$"
)


@judges(REQUEST_COPIES)
def request_copies(seen: Seen) -> Iterator[Finding]:
    """Find a request that lower organs get a copy of."""
    if seen.layout.kind != "请示":
        return
    for para in _lines_of(seen):
        found = words.COPIES.match(para.words)
        names = re.split("[，,、；;。]", para.words[found.end() :]) if found else ()
        lower = next((name for name in names if _BELOW.search(name.strip())), "")
        if lower:
            yield seen.found(REQUEST_COPIES, para, f"抄送下级“{lower}”", "不抄送下级机关")
