"""Judging what stands above the title: 份号, 密级, 紧急程度, mark, number, signatories, the red rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from docgen.lint import faces, measures, words
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Form, Role
from docgen.lint.model import Border, Para, Shape, is_red
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_SECRECY: Final = re.compile(r"^(绝密|机密|秘密)(★(长期|\d{1,2}(年|个月|月)))?$")
_LABELS: Final = (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)
_RULED: Final = (Form.GENERAL, Form.UPWARD)
_MM: Final = 25.4 / 72
_MARK_PLACES: Final = {Form.GENERAL: 35.0, Form.UPWARD: 35.0, Form.MINUTES: 35.0, Form.ORDER: 20.0}


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the head."""
    yield from _labels(seen)
    yield from _mark(seen)
    yield from _number(seen)
    for para in seen.of(Role.STRAY):
        yield seen.found("head-stray", para, "不是标准规定的要素")
    yield from _signers(seen)
    if seen.of(Role.MARK):
        yield from _rule(seen)


def _labels(seen: Seen) -> Iterator[Finding]:
    found = seen.of(*_LABELS)
    order = [_LABELS.index(seen.role(para)) for para in found]
    if order != sorted(order):
        yield seen.found("label-order", found[0], "次序不对", "份号、密级和保密期限、紧急程度")
    for para in found:
        yield from measures.flush(seen, "label-position", para)
        yield from _label(seen, para)


def _label(seen: Seen, para: Para) -> Iterator[Finding]:
    role = seen.role(para)
    if role is Role.COPY_NUMBER and not re.fullmatch(r"\d{6}", para.bare):
        yield seen.found("copy-number", para, f"份号为“{para.bare}”", "6 位数字")
    if role is Role.SECRECY and not _SECRECY.match(para.bare):
        yield seen.found("secrecy-words", para, f"写作“{para.bare}”", "“秘密★1年”的样子")
    if role is not Role.COPY_NUMBER:
        yield from measures.face(seen, "label-face", para, faces.LABEL)
        yield from _label_size(seen, para)


def _label_size(seen: Seen, para: Para) -> Iterator[Finding]:
    piece = measures.wrong_size(para, _SIZE, 0.3)
    if piece:
        yield seen.found("label-face", para, f"字号为 {shown(piece.look.size)} 磅", "16 磅", piece.text)


def _mark(seen: Seen) -> Iterator[Finding]:
    marks = seen.of(Role.MARK)
    if not marks:
        yield seen.found("mark-missing", None, "没有找到发文机关标志")
        return
    if seen.layout.form is Form.LETTER and seen.layout.mark.endswith("文件"):
        yield seen.found("mark-words", marks[0], "信函格式的标志带“文件”二字", "只写发文机关名称")
    for para in marks:
        yield from _mark_look(seen, para)
    yield from _mark_place(seen, marks[0])


def _mark_look(seen: Seen, para: Para) -> Iterator[Finding]:
    if not para.look.is_red:
        yield seen.found(
            "mark-colour",
            para,
            "颜色" + (f"为 {para.look.color}" if para.look.color else "为自动（黑色）"),
            "红色",
        )
    yield from measures.face(seen, "mark-face", para, faces.TITLE)
    if para.look.size < page.SIZE_2.pt:
        yield seen.found("mark-size", para, f"字号为 {shown(para.look.size)} 磅", "大于 22 磅")
    if not para.table and not para.box and not para.setting.framed and para.setting.align != "center":
        full = para.width > seen.section(para).room - para.look.size or para.setting.align == "distribute"
        if not full:
            yield seen.found("mark-align", para, "没有居中", "居中")


def _mark_place(seen: Seen, mark: Para) -> Iterator[Finding]:
    wanted = _MARK_PLACES.get(seen.layout.form)
    above = seen.doc.paras[: mark.number - 1]
    if wanted is None or mark.table or mark.box or mark.setting.framed or any(para.box for para in above):
        return
    pitch = seen.section(mark).pitch
    points = sum(para.line_height(pitch) + para.setting.before + para.setting.after for para in above)
    line = mark.line_height(pitch)
    top = (points + mark.setting.before + max(0.0, 0.8 * line - 0.8 * mark.look.size)) * _MM
    if abs(top - wanted) > seen.tolerance("mark-position"):
        yield seen.found(
            "mark-position", mark, f"上边缘约在版心上边缘下 {shown(top)} mm", f"{shown(wanted)} mm"
        )


def number_end(para: Para) -> int:
    """Return the place behind the number in the words of its line, before signatories on the same line."""
    end = para.text.find("号") + 1
    signer = words.SIGNER.search(para.text)
    stop = signer.start() if signer else len(para.text)
    return end if 0 < end <= stop else stop


def _number(seen: Seen) -> Iterator[Finding]:
    numbers, marked = seen.of(Role.NUMBER), bool(seen.of(Role.MARK))
    dated = seen.layout.first(Role.DATE)
    signed = words.day(dated.bare) if dated else None
    if not numbers and marked:
        yield seen.found("number-missing", None, "没有找到发文字号")
    for para in numbers:
        written = para.text[: number_end(para)].strip(" \t\u3000\n")
        yield from _number_words(seen, para, written)
        yield from _year(seen, para, written, signed)
        if not para.table and not para.box and marked:
            yield from _number_place(seen, para, written)


def _number_words(seen: Seen, para: Para, written: str) -> Iterator[Finding]:
    bare = "".join(written.split())
    found = words.NUMBER.match(bare)
    if words.PLAIN_NUMBER.match(bare):
        if re.search(r"第0\d", bare):
            yield seen.found("number-zero", para, f"写作“{written}”", "序号前不加 0")
        return
    if found is None or not (found["serial"] or found["end"]):
        yield seen.found("number-brackets", para, f"写作“{written}”", "“某政发〔2026〕12号”的样子")
        return
    serial = found["serial"]
    if (found["open"], found["close"]) != ("〔", "〕"):
        yield seen.found("number-brackets", para, f"年份用{found['open']}{found['close']}", "〔〕")
    if not re.fullmatch(r"\d{4}", found["year"]):
        yield seen.found("number-year", para, f"年份为“{found['year']}”", "四位阿拉伯数字")
    if not found["end"]:
        yield seen.found("number-hao", para, f"写作“{written}”", "序号后加“号”")
    yield from _serial(seen, para, serial, written)


def _serial(seen: Seen, para: Para, serial: str, written: str) -> Iterator[Finding]:
    if serial.startswith("第"):
        yield seen.found("number-di", para, f"写作“{written}”", "序号不加“第”")
        serial = serial[1:]
    if not serial.strip("×xX_"):
        yield seen.found("number-blank", para, "还没有序号")
    elif serial.startswith("0"):
        yield seen.found("number-zero", para, f"序号为“{serial}”", f"“{serial.lstrip('0')}”")
    if serial and re.search(r"[\s\u3000]", written):
        yield seen.found("number-spaces", para, f"写作“{written}”", "不加空格")


def _year(seen: Seen, para: Para, written: str, signed: date | None) -> Iterator[Finding]:
    found = words.NUMBER.match("".join(written.split()))
    year = found["year"] if found else ""
    if signed and re.fullmatch(r"\d{4}", year) and signed.year != int(year):
        yield seen.found("number-year-differs", para, f"字号年份 {year}，成文日期 {signed.year} 年", "一致")


def _number_place(seen: Seen, para: Para, written: str) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    start, end = para.place(room)
    away = seen.tolerance("number-position")
    form = seen.layout.form
    if form is Form.LETTER and room - end > away * zi:
        yield seen.found(
            "number-position", para, f"右边空 {shown((room - end) / zi)} 字", "顶格居版心右边缘", written
        )
    elif form is Form.UPWARD and abs(start / zi - 1) > away:
        yield seen.found("number-position", para, f"左边空 {shown(start / zi)} 字", "居左空一字", written)
    elif form in (Form.GENERAL, Form.ORDER) and abs(start + end - room) > 2 * away * zi:
        yield seen.found("number-position", para, "没有居中", "居中", written)


def _signers(seen: Seen) -> Iterator[Finding]:
    lines = [para for para in seen.of(Role.NUMBER, Role.SIGNER) if words.SIGNER.search(para.text)]
    kind = seen.layout.kind
    if not lines and seen.layout.form is Form.UPWARD and seen.of(Role.MARK):
        yield seen.found("signer-missing", None, "上行文没有签发人", "“签发人：姓名”")
    if lines and kind and kind not in words.UPWARD and kind not in ("意见", "函"):
        yield seen.found("signer-unneeded", lines[0], f"{kind}标注了签发人", "不标注")
    for para in lines:
        yield from _signer(seen, para)
    known = {para.number for para in lines}
    for para in seen.of(Role.SIGNER, Role.NUMBER) if lines else ():
        if para.number not in known:
            yield from _signer_name(seen, para, number_end(para) if seen.role(para) is Role.NUMBER else 0)


def _signer(seen: Seen, para: Para) -> Iterator[Finding]:
    found = words.SIGNER.search(para.text)
    if found is None:
        return
    rest = para.text[found.end() :].lstrip()
    if not rest.startswith("：") and rest:
        yield seen.found(
            "signer-colon", para, f"“签发人”后为“{rest[:1]}”", "“：”", para.text[found.start() :]
        )
    yield from measures.face(seen, "signer-face", para, faces.BODY, start=found.start(), end=found.end())
    yield from _signer_name(seen, para, found.end())


def _signer_name(seen: Seen, para: Para, start: int) -> Iterator[Finding]:
    end = words.SIGNER.search(para.text, start + 1)
    yield from measures.face(
        seen, "signer-face", para, faces.NAME, start=start, end=end.start() if end else None
    )


def _rule(seen: Seen) -> Iterator[Finding]:
    form = seen.layout.form
    lines, bars = _head_lines(seen), _head_bars(seen)
    if form in (*_RULED, Form.LETTER) and not lines and not bars:
        yield seen.found("rule-missing", None, "没有找到红色分隔线", "与版心等宽的红线")
        return
    colours = [border.color for border, _ in lines] + [bar.color for bar in bars if bar.kind == "bar"]
    pictured = any(bar.kind == "picture" for bar in bars)
    if colours and not pictured and not any(map(is_red, colours)):
        yield seen.found("rule-colour", None, f"线条颜色为 {colours[0] or '自动（黑色）'}", "红色")
    yield from _rule_width(seen, lines, bars)
    if form is Form.LETTER and not _has_lower(seen, bars):
        yield seen.found("letter-lower-rule", None, "首页下方没有红色双线", "距下页边 20 mm 的红色双线")


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
    room = seen.tolerance("rule-width")
    near = min(lengths, key=lambda length: abs(length - wanted), default=wanted)
    if abs(near - wanted) > room and not (letter and lines and not bars):
        yield seen.found("rule-width", None, f"红线长 {shown(near)} mm", f"{shown(wanted)} mm")


def _has_lower(seen: Seen, bars: list[Shape]) -> bool:
    section = seen.doc.sections[0]
    drawn = [shape for shape in section.footer_shapes if shape.width > 60]
    ruled = any(b.seen for p in section.footers.get("first", ()) for b in p.setting.borders.values())
    low = [shape for shape in bars if (shape.top or 0) > 200]
    return bool(drawn or low or ruled)
