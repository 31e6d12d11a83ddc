"""Judging the text: faces, sizes, colours, indents, line spacing, and the four levels of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint import faces, measures, words
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.judge_head import number_end
from docgen.lint.judge_page import LEAST_LINE, MOST_LINE, gridded_line, keeps_to_grid
from docgen.lint.layout import Heading, Role
from docgen.lint.model import Look, Para
from docgen.lint.signs import is_signed_by_hand
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_PLAIN: Final = (Role.ADDRESSEE, Role.ANNEX_LIST, Role.SIGNATURE, Role.DATE, Role.NOTE)
_SET_IN_3: Final = (*_PLAIN, Role.BODY, Role.LIST, Role.NUMBER, Role.SIGNER, Role.COPY_NUMBER)
_CAPTION: Final = re.compile(r"^[（(]?[表图]\s*[0-9一二三四五六七八九十]|^(单位|注|备注|来源)[:：]")
_MARKS: Final = ("、", "", ".", "")
_HEADING_FACES: Final = (faces.LABEL, faces.NAME, faces.BODY, faces.BODY)


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the text and the short elements set like it."""
    for para in seen.of(*_SET_IN_3):
        if _is_stamp(seen, para):
            continue
        yield from measures.size(seen, "body-size", para, _SIZE)
        yield from _plain_looks(seen, para)
    for para in seen.of(*_PLAIN):
        if not _is_stamp(seen, para):
            yield from measures.face(seen, "body-face", para, faces.BODY)
    for para in seen.of(Role.NUMBER):
        yield from measures.face(seen, "body-face", para, faces.BODY, end=number_end(para))
    line = gridded_line(seen)
    for para in seen.of(Role.BODY):
        yield from _body(seen, para, line)
    yield from _order(seen)


def _is_stamp(seen: Seen, para: Para) -> bool:
    """Whether a line is a post with its holder's stamped name, which is red and of its own size (7.3.5.3)."""
    return seen.role(para) is Role.SIGNATURE and is_signed_by_hand(para)


def _plain_looks(seen: Seen, para: Para) -> Iterator[Finding]:
    heading = para.number in seen.layout.headings
    level = seen.layout.headings[para.number].length if heading else 0
    for rule, wrong, said in _LOOKS:
        piece = next((each for each in para.pieces() if each.text.strip() and wrong(each.look)), None)
        if piece:
            start = para.text.find(piece.text)
            yield seen.found(_rule_of(rule, start < level), para, said, "", piece.text)


def _rule_of(rule: str, in_heading: bool) -> str:
    if not in_heading:
        return rule
    return {"body-bold": "level-bold", "body-italic": "level-look", "body-underline": "level-look"}.get(
        rule, rule
    )


def _is_coloured(look: Look) -> bool:
    return not look.is_black


def _is_bold(look: Look) -> bool:
    return look.bold


def _is_italic(look: Look) -> bool:
    return look.italic


def _is_underlined(look: Look) -> bool:
    return look.underline


def _is_struck(look: Look) -> bool:
    return look.strike


_LOOKS: Final = (
    ("body-colour", _is_coloured, "文字不是黑色"),
    ("body-bold", _is_bold, "文字加粗"),
    ("body-italic", _is_italic, "文字倾斜"),
    ("body-underline", _is_underlined, "文字加了下划线"),
    ("body-strike", _is_struck, "文字有删除线"),
)


def _body(seen: Seen, para: Para, line: int | None) -> Iterator[Finding]:
    heading = seen.layout.headings.get(para.number)
    if heading is None:
        yield from measures.face(seen, "body-face", para, faces.BODY)
    else:
        yield from _heading(seen, heading)
    if not para.box and not _CAPTION.match(para.words):
        yield from _place(seen, para)
        yield from _room(seen, para, line)


def _place(seen: Seen, para: Para) -> Iterator[Finding]:
    setting, zi = para.setting, para.zi
    if setting.align in ("center", "right", "distribute"):
        yield seen.found("body-align", para, "居中、右对齐或分散对齐", "两端对齐")
        return
    if para.lead:
        yield seen.found("body-spaces", para, f"段首用空格空了 {shown(para.lead / 2)} 字", "首行缩进 2 字符")
    away = setting.first / zi + para.lead / 2
    usual = setting.first / _SIZE + para.lead / 2  # what it would be, were the type of the right size
    room = seen.tolerance("body-indent")
    if min(abs(away - 2), abs(usual - 2)) > room:
        yield seen.found("body-indent", para, f"首行缩进 {shown(away)} 字", "2 字")
    elif abs(setting.left) > room * zi or abs(setting.right) > room * zi:
        said = f"左缩进 {shown(setting.left / zi)} 字、右缩进 {shown(setting.right / zi)} 字"
        yield seen.found("body-indent", para, said, "左右不缩进")


def _room(seen: Seen, para: Para, usual: int | None) -> Iterator[Finding]:
    setting, pitch = para.setting, seen.section(para).pitch
    gridded = keeps_to_grid(seen, para) and setting.line == usual
    line, room = para.line_height(pitch), seen.tolerance("line-spacing")
    right_size = abs(para.look.size - _SIZE) <= 1 or setting.rule == "exact"
    if not gridded and right_size and not LEAST_LINE - room <= line <= MOST_LINE + room:
        yield seen.found("line-spacing", para, f"行距约 {shown(line)} 磅", "固定值 28～29 磅")
    if max(abs(setting.before), abs(setting.after)) > seen.tolerance("paragraph-spacing"):
        said = f"段前 {shown(setting.before)} 磅、段后 {shown(setting.after)} 磅"
        yield seen.found("paragraph-spacing", para, said, "0")


def _heading(seen: Seen, heading: Heading) -> Iterator[Finding]:
    para, wanted = heading.para, _HEADING_FACES[heading.level - 1]
    rule = f"level-{min(heading.level, 3)}-face"
    allowed = (wanted, faces.BODY) if heading.item else (wanted,)
    yield from measures.face(seen, rule, para, *allowed, end=heading.length)
    yield from measures.face(seen, "body-face", para, faces.BODY, start=heading.length)
    yield from _mark(seen, heading)
    if heading.level < 3 and heading.alone and para.words[-1] in "。；：" and _is_set_as_heading(heading):
        yield seen.found("level-end", para, f"末尾有“{para.words[-1]}”", "不加标点")


def _is_set_as_heading(heading: Heading) -> bool:
    words_of = heading.para.words
    return len(words_of) <= 26 and faces.family(heading.para.look.east) == _HEADING_FACES[heading.level - 1]


def _mark(seen: Seen, heading: Heading) -> Iterator[Finding]:
    found = words.LEVELS[heading.level - 1].match(heading.para.words)
    if found is None:
        return
    mark = found["mark"].strip(" \u3000") if heading.level > 1 else found["mark"]
    wanted = _MARKS[heading.level - 1]
    if mark.replace("．", ".") != wanted:
        written = found[0].strip()
        yield seen.found(
            f"level-{heading.level}-mark", heading.para, f"写作“{written}”", f"序号后{_said(wanted)}"
        )
    elif heading.level in (2, 4) and (found["open"], found["close"]) != ("（", "）"):
        yield seen.found("level-brackets", heading.para, f"写作“{found[0]}”", "全角（）")


def _said(mark: str) -> str:
    return f"用“{mark}”" if mark else "不用标点"


def _order(seen: Seen) -> Iterator[Finding]:
    counts = [0, 0, 0, 0]
    above = 0
    uses_second = any(each.level == 2 for each in seen.layout.headings.values())
    for number in sorted(seen.layout.headings):
        heading = seen.layout.headings[number]
        place = heading.level - 1
        if heading.count != counts[place] + 1 and not (heading.count == 1 and heading.level > 2):
            expected = f"第 {counts[place] + 1} 项"
            yield seen.found(
                "level-order",
                heading.para,
                f"同级序号到第 {counts[place]} 项后为第 {heading.count} 项",
                expected,
            )
        yield from _skip(seen, heading, above, uses_second)
        counts[place] = heading.count
        counts[place + 1 :] = [0] * (3 - place)
        above = heading.level


def _skip(seen: Seen, heading: Heading, above: int, uses_second: bool) -> Iterator[Finding]:
    leap = heading.level - above
    if above and (leap > 2 or (leap == 2 and above == 2)):
        yield seen.found(
            "level-skip", heading.para, f"第 {above} 级下直接用第 {heading.level} 级", f"第 {above + 1} 级"
        )
    elif above == 1 and leap == 2 and uses_second:
        yield seen.found("level-skip-hint", heading.para, "一级之下直接用三级序号")
