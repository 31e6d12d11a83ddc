"""Rules of the text: faces, sizes, colours, indents, line spacing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Look,
    Para,
    Span,
)
from docgen.lint.recognition.layout import Form, Role, goes_on
from docgen.lint.recognition.signs import is_signed_by_hand
from docgen.lint.rule import LEFT_OVER, Rule, Severity
from docgen.lint.rules import measures
from docgen.lint.rules.number import number_end
from docgen.lint.rules.page import LEAST_LINE, MOST_LINE, gridded_line, keeps_to_grid
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_PLAIN: Final = (Role.ADDRESSEE, Role.ANNEX_LIST, Role.SIGNATURE, Role.DATE, Role.NOTE)
_SET_IN_3: Final = (*_PLAIN, Role.BODY, Role.LIST, Role.NUMBER, Role.SIGNER, Role.COPY_NUMBER)
_CAPTION: Final = re.compile(
    r"^[（(]?[表图]\s*[0-9一二三四五六七八九十]|^(单位|注|备注|资料来源|来源|说明)[:：]"
)


BODY_FACE: Final = Rule(
    "body-face", "5.2.2, 7.3.3", Severity.ERROR, "正文等",
    checks="3 号仿宋（仿宋、仿宋_GB2312 均可）", mend="中文字体改为仿宋或仿宋_GB2312", reason="仿宋清晰，各地通用",
    wrong="现通知如下。（宋体）", right="现通知如下。（仿宋）",
)  # fmt: skip


@judges(BODY_FACE, never=(Form.SLIP,))
def body_face(seen: Seen) -> Iterator[Finding]:
    """Find text, and short elements set like it, in another face; a heading's own words have their rules."""
    for para in seen.of(*_PLAIN, Role.BODY):
        if not _is_stamp(seen, para):
            heading = seen.layout.headings.get(para.number)
            yield from measures.face(
                seen, BODY_FACE, para, Family.BODY, start=heading.length if heading else 0
            )
    for para in seen.of(Role.NUMBER):
        yield from measures.face(seen, BODY_FACE, para, Family.BODY, end=number_end(para))


def _is_stamp(seen: Seen, para: Para) -> bool:
    """Whether a line is a post with its holder's stamped name, which is red and of its own size (7.3.5.3)."""
    return seen.role(para) is Role.SIGNATURE and is_signed_by_hand(para)


BODY_SIZE: Final = Rule(
    "body-size", "5.2.2", Severity.ERROR, "正文等",
    checks="3 号字（16 磅）", mend="字号改为 3 号（16 磅）", reason="3 号字才能每面 22 行、每行 28 字",
    wrong="现通知如下。（15 磅）", right="现通知如下。（16 磅）", tolerance=0.3, unit="磅",
)  # fmt: skip


@judges(BODY_SIZE, never=(Form.SLIP,))
def body_size(seen: Seen) -> Iterator[Finding]:
    """Find text, and short elements set like it, of another size."""
    for para in set_in_3(seen):
        yield from measures.size(seen, BODY_SIZE, para, _SIZE)


def set_in_3(seen: Seen) -> list[Para]:
    """Return the paragraphs that are set in 3号 type."""
    return [para for para in seen.of(*_SET_IN_3) if not _is_stamp(seen, para)]


BODY_COLOUR: Final = Rule(
    "body-colour", "5.2.4", Severity.ERROR, "正文等",
    checks="黑色", mend="颜色改为黑色或自动", reason="只有标志和分隔线用红色", wrong="现通知如下。（蓝色）",
    right="现通知如下。（黑色）",
)  # fmt: skip
BODY_BOLD: Final = Rule(
    "body-bold", "7.3.3", Severity.WARNING, "正文等",
    checks="不加粗", mend="取消加粗", reason="层次用字体区分，不用加粗",
    wrong="现通知如下。（加粗）", right="现通知如下。（不加粗）",
)  # fmt: skip
BODY_ITALIC: Final = Rule(
    "body-italic", "7.3.3", Severity.WARNING, "正文等",
    checks="不倾斜", mend="取消倾斜", reason="仿宋没有斜体，倾斜是硬拉出来的", wrong="现通知如下。（倾斜）",
    right="现通知如下。（不倾斜）",
)  # fmt: skip
BODY_UNDERLINE: Final = Rule(
    "body-underline", "7.3.3", Severity.WARNING, "正文等",
    checks="不加下划线", mend="取消下划线", reason="下划线像是手工批注", wrong="现通知如下。（加下划线）",
    right="现通知如下。（不加下划线）",
)  # fmt: skip
BODY_STRIKE: Final = Rule(
    "body-strike", LEFT_OVER, Severity.WARNING, "正文等",
    checks="没有删除线", mend="删去划掉的文字或取消删除线", reason="删除线是修改时留下的",
    wrong="现通知如下。（加删除线）", right="现通知如下。（不加删除线）",
)  # fmt: skip


@judges(BODY_COLOUR, BODY_BOLD, BODY_ITALIC, BODY_UNDERLINE, BODY_STRIKE, never=(Form.SLIP,))
def body_looks(seen: Seen) -> Iterator[Finding]:
    """Find text that is not plain."""
    for para in set_in_3(seen):
        for rule, said, piece in _wrong_looks(para):
            if rule not in OF_HEADINGS or not is_in_heading(seen, para, piece):
                yield seen.found(rule, para, said, "", piece.text)


def _wrong_looks(para: Para) -> Iterator[tuple[Rule, str, Span]]:
    for rule, wrong, said in _LOOKS:
        piece = first_piece(para, wrong)
        if piece:
            yield rule, said, piece


def first_piece(para: Para, wrong: Callable[[Look], bool]) -> Span | None:
    """Return the first stretch with words that looks wrong."""
    return next((each for each in para.spans if wrong(each.look) and each.text.strip()), None)


def is_in_heading(seen: Seen, para: Para, piece: Span) -> bool:
    """Whether a stretch begins within the paragraph's heading."""
    heading = seen.layout.headings.get(para.number)
    return heading is not None and para.text.find(piece.text) < heading.length


def _is_coloured(look: Look) -> bool:
    return not look.is_black


def is_bold(look: Look) -> bool:
    """Whether words with this look are bold."""
    return look.bold


def is_italic(look: Look) -> bool:
    """Whether words with this look are italic."""
    return look.italic


def is_underlined(look: Look) -> bool:
    """Whether words with this look are underlined."""
    return look.underline


def _is_struck(look: Look) -> bool:
    return look.strike


_LOOKS: Final = (
    (BODY_COLOUR, _is_coloured, "文字不是黑色"),
    (BODY_BOLD, is_bold, "文字加粗"),
    (BODY_ITALIC, is_italic, "文字倾斜"),
    (BODY_UNDERLINE, is_underlined, "文字加了下划线"),
    (BODY_STRIKE, _is_struck, "文字有删除线"),
)
OF_HEADINGS: Final = (BODY_BOLD, BODY_ITALIC, BODY_UNDERLINE)
"""Rules that have others of their own in headings."""


BODY_EFFECTS: Final = Rule(
    "body-effects", "7.3.3", Severity.WARNING, "正文等",
    checks="没有着重号、边框、阴影、缩放等效果", mend="在字体、边框设置中取消", reason="强调靠文字，不靠花样",
    wrong="现通知如下。（加着重号）", right="现通知如下。（不加着重号）",
)  # fmt: skip


@judges(BODY_EFFECTS, never=(Form.SLIP,))
def body_effects(seen: Seen) -> Iterator[Finding]:
    """Find text with effects, or in a frame of lines."""
    for para in (*set_in_3(seen), *seen.of(*_ALSO_PLAIN)):
        piece = next((each for each in para.spans if each.look.effect and each.text.strip()), None)
        sides = [side for side, line in para.setting.borders.items() if line.seen]
        if piece:
            yield seen.found(BODY_EFFECTS, para, f"文字有{piece.look.effect}", "没有", piece.text)
        elif len(sides) > 1 and seen.role(para) is Role.BODY:
            yield seen.found(BODY_EFFECTS, para, "段落有边框", "没有")


_ALSO_PLAIN: Final = (Role.TITLE, Role.ANNEX_HEAD, Role.ANNEX_TITLE, Role.IMPRINT, Role.SECRECY, Role.URGENCY)
"""Elements of other sizes; a mark is scaled to fit its line."""


SOFT_BREAKS: Final = Rule(
    "soft-breaks", "7.3.3", Severity.WARNING, "正文",
    checks="各项各为一段，不用换行符（Shift+Enter）隔开", mend="把换行符改为回车，每项一段，设首行缩进",
    reason="一段里的换行没有首行缩进，两端对齐时还会把一行拉散", wrong="1.核对清单；↓2.报送结果。",
    right="1.核对清单；¶2.报送结果。",
)  # fmt: skip
_FAKED: Final = re.compile(
    r"\n[ \u3000\xa0\t]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|[①-⑳]|[\-—·●•■◆])|\n(?:\u3000| {2})"
)


@judges(SOFT_BREAKS)
def soft_breaks(seen: Seen) -> Iterator[Finding]:
    """Find items, or paragraphs with an indent of spaces, that only a soft break parts."""
    for para in seen.of(Role.BODY):
        found = _FAKED.search(para.words)
        if found:
            yield seen.found(
                SOFT_BREAKS, para, "一段里用换行符分了几项", "每项一段", para.words[found.start() + 1 :]
            )


BODY_INDENT: Final = Rule(
    "body-indent", "7.3.3", Severity.ERROR, "正文",
    checks="每个自然段左空二字，回行顶格", mend="首行缩进改为 2 字符，左右缩进改为 0",
    reason="左空二字，分出自然段",
    wrong="现通知如下。（顶格）", right="现通知如下。（首行缩进 2 字）", tolerance=0.35, unit="字",
)  # fmt: skip
BODY_SPACES: Final = Rule(
    "body-spaces", "7.3.3", Severity.WARNING, "正文",
    checks="左空二字用首行缩进，不用空格", mend="删去段首空格，设首行缩进 2 字符",
    reason="空格随字体变宽变窄，改版后对不齐", wrong="　　各镇要……（空格）", right="首行缩进 2 字符",
)  # fmt: skip
BODY_ALIGN: Final = Rule(
    "body-align", "7.3.3", Severity.ERROR, "正文",
    checks="两端对齐或左对齐", mend="改为两端对齐", reason="左右两边都要齐", wrong="现通知如下。（居中）",
    right="现通知如下。（两端对齐）",
)  # fmt: skip


@judges(BODY_INDENT, BODY_SPACES, BODY_ALIGN)
def body_place(seen: Seen) -> Iterator[Finding]:
    """Judge where paragraphs of the text begin and end."""
    before: Para | None = None
    for para in _flowing(seen):
        if before is None or not goes_on(before, para):
            yield from _place(seen, para)
        before = para


def _flowing(seen: Seen) -> list[Para]:
    return [para for para in seen.of(Role.BODY) if not para.box and not _CAPTION.match(para.words)]


def _place(seen: Seen, para: Para) -> Iterator[Finding]:
    setting, zi = para.setting, para.zi
    if setting.align in ("center", "right", "distribute"):
        yield seen.found(BODY_ALIGN, para, "居中、右对齐或分散对齐", "两端对齐")
        return
    if para.lead:
        yield seen.found(BODY_SPACES, para, f"段首用空格空了 {shown(para.lead / 2)} 字", "首行缩进 2 字符")
    away = setting.first / zi + para.lead / 2
    usual = setting.first / _SIZE + para.lead / 2  # what it would be, were the type of the right size
    room = seen.tolerance(BODY_INDENT)
    if min(abs(away - 2), abs(usual - 2)) > room:
        yield seen.found(BODY_INDENT, para, f"首行缩进 {shown(away)} 字", "2 字")
    elif abs(setting.left) > room * zi or abs(setting.right) > room * zi:
        said = f"左缩进 {shown(setting.left / zi)} 字、右缩进 {shown(setting.right / zi)} 字"
        yield seen.found(BODY_INDENT, para, said, "左右不缩进")


LINE_SPACING: Final = Rule(
    "line-spacing", "5.2.3", Severity.ERROR, "正文",
    checks="行距约 28～29 磅，使每面排 22 行", mend="行距改为固定值 28.95 磅（28～29 磅均可）",
    reason="行距决定每面行数",
    wrong="现通知如下。（1.5 倍行距）", right="现通知如下。（行距 28.95 磅）", tolerance=0.6, unit="磅",
)  # fmt: skip
PARAGRAPH_SPACING: Final = Rule(
    "paragraph-spacing", "5.2.3", Severity.WARNING, "正文",
    checks="段前段后不加间距", mend="段前、段后间距改为 0", reason="段间加距后每面排不满 22 行",
    wrong="现通知如下。（段后 12 磅）", right="现通知如下。（段后 0 磅）", tolerance=1.0, unit="磅",
)  # fmt: skip


@judges(LINE_SPACING, PARAGRAPH_SPACING)
def body_room(seen: Seen) -> Iterator[Finding]:
    """Judge the lines of the text and the room between paragraphs."""
    line = gridded_line(seen)
    for para in _flowing(seen):
        yield from _room(seen, para, line)


def _room(seen: Seen, para: Para, usual: int | None) -> Iterator[Finding]:
    setting, pitch = para.setting, seen.section(para).pitch
    gridded = keeps_to_grid(seen, para) and setting.line == usual
    line, room = para.line_height(pitch), seen.tolerance(LINE_SPACING)
    right_size = abs(para.look.size - _SIZE) <= 1 or setting.rule == "exact"
    if not gridded and right_size and not LEAST_LINE - room <= line <= MOST_LINE + room:
        yield seen.found(LINE_SPACING, para, f"行距约 {shown(line)} 磅", "固定值 28～29 磅")
    if max(abs(setting.before), abs(setting.after)) > seen.tolerance(PARAGRAPH_SPACING):
        said = f"段前 {shown(setting.before)} 磅、段后 {shown(setting.after)} 磅"
        yield seen.found(PARAGRAPH_SPACING, para, said, "0")
