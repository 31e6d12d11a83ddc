"""Rules of the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import MARKS, REGULATION, Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page
from docgen.standard.measures.widths import ems
from docgen.standard.wording.titles import LINE_EMS, words_cut

_END: Final = "。，；：！？、,.;:!?"
_INSIDE: Final = re.compile(r"[。，；！？,;!?]")
_NOT_FIRST: Final = frozenset("的、，。；：）》”〕")
_NOT_LAST: Final = frozenset("（《“〔、")
_TITLED_BY_KIND: Final = (Form.GENERAL, Form.UPWARD, Form.LETTER)


TITLE_MISSING: Final = Rule(
    "title-missing", "7.3.1", Severity.ERROR, "标题",
    checks="有标题", mend="加标题：发文机关、事由和文种", reason="没有标题看不出是什么公文",
    wrong="某政发〔2026〕12号¶各镇人民政府：", right="某政发〔2026〕12号¶某县人民政府关于防汛工作的通知¶各镇人民政府：",
    of_whole=True,
)  # fmt: skip


@judges(TITLE_MISSING, never=(Form.ORDER, Form.SERIAL))
def title_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document without title; the mark of minutes says which meeting they are of, that of a 公告 what it is."""
    told = seen.layout.mark.endswith(("会议纪要", *words.PUBLIC))
    if not told and not seen.of(Role.TITLE):
        yield seen.found(TITLE_MISSING, None, "没有找到标题", "2 号小标宋、居中的标题")


TITLE_FACE: Final = Rule(
    "title-face", "7.3.1", Severity.ERROR, "标题",
    checks="小标宋体", mend="字体改为方正小标宋简体", reason="标题用小标宋，与正文分开",
    wrong="某县人民政府关于防汛工作的通知（宋体）",
    right="某县人民政府关于防汛工作的通知（小标宋）",
)  # fmt: skip
TITLE_SIZE: Final = Rule(
    "title-size", "7.3.1", Severity.ERROR, "标题",
    checks="2 号字（22 磅）", mend="字号改为 2 号（22 磅）", reason="标题的字号大于正文、小于标志",
    wrong="某县人民政府关于防汛工作的通知（18 磅）",
    right="某县人民政府关于防汛工作的通知（22 磅）", tolerance=0.4, unit="磅",
)  # fmt: skip
TITLE_ALIGN: Final = Rule(
    "title-align", "7.3.1", Severity.ERROR, "标题",
    checks="居中", mend="改为居中", reason="标题居中，多行时排成梯形或菱形",
    wrong="某县人民政府关于防汛工作的通知（居左）", right="某县人民政府关于防汛工作的通知（居中）",
)  # fmt: skip
TITLE_INDENT: Final = Rule(
    "title-indent", "7.3.1", Severity.WARNING, "标题",
    checks="居中且没有缩进", mend="去掉标题段落的缩进和多余空格", reason="居中又缩进，标题会偏离中线",
    wrong="某县人民政府关于防汛工作的通知（居中、首行缩进 2 字）",
    right="某县人民政府关于防汛工作的通知（居中、不缩进）", tolerance=0.3, unit="字",
)  # fmt: skip
TITLE_BOLD: Final = Rule(
    "title-bold", "7.3.1", Severity.WARNING, "标题",
    checks="小标宋不再加粗，不倾斜、不加下划线", mend="取消加粗、倾斜、下划线",
    reason="小标宋本身已够粗，加粗后笔画糊在一起",
    wrong="某县人民政府关于防汛工作的通知（加粗）", right="某县人民政府关于防汛工作的通知（不加粗）",
)  # fmt: skip
TITLE_COLOUR: Final = Rule(
    "title-colour", "7.3.1", Severity.ERROR, "标题",
    checks="黑色", mend="颜色改为黑色或自动", reason="只有标志和分隔线用红色",
    wrong="某县人民政府关于防汛工作的通知（红色）",
    right="某县人民政府关于防汛工作的通知（黑色）",
)  # fmt: skip


@judges(TITLE_FACE, TITLE_SIZE, TITLE_ALIGN, TITLE_INDENT, TITLE_BOLD, TITLE_COLOUR, never=(Form.SLIP,))
def title_look(seen: Seen) -> Iterator[Finding]:
    """Judge how the title looks."""
    for para in seen.of(Role.TITLE):
        yield from measures.face(seen, TITLE_FACE, para, Family.TITLE)
        yield from measures.size(seen, TITLE_SIZE, para, page.SIZE_2.pt)
        yield from _title_look(seen, para)


def _title_look(seen: Seen, para: Para) -> Iterator[Finding]:
    setting, look = para.setting, para.look
    if setting.align != "center":
        yield seen.found(TITLE_ALIGN, para, "没有居中", "居中")
    elif _lean(para) > seen.tolerance(TITLE_INDENT):
        yield seen.found(TITLE_INDENT, para, f"居中又缩进，偏了 {shown(_lean(para))} 字", "缩进为 0")
    if any(
        span.look.bold or span.look.italic or span.look.underline for span in para.spans if span.text.strip()
    ):
        yield seen.found(TITLE_BOLD, para, "加粗、倾斜或加了下划线", "小标宋常规体")
    if not look.is_black:
        yield seen.found(TITLE_COLOUR, para, f"颜色为 {look.color}", "黑色")


def _lean(para: Para) -> float:
    """Return by how many characters a centred line is off the middle."""
    setting = para.setting
    return abs(setting.left + setting.first - setting.right) / 2 / para.zi + abs(para.lead - para.trail) / 4


TITLE_END: Final = Rule(
    "title-end", "7.3.1", Severity.ERROR, "标题",
    checks="末尾不加标点", mend="删去标题末尾的标点", reason="标题不是句子", wrong="某县人民政府关于防汛工作的通知。",
    right="某县人民政府关于防汛工作的通知",
)  # fmt: skip
TITLE_LONE: Final = Rule(
    "title-lone", "7.3.1", Severity.WARNING, "标题",
    checks="不出现单字行", mend="重新断行，使各行长短相称", reason="一行只有一个字，难看也容易漏读",
    wrong="某县人民政府关于调整建设用地规划指标的请¶示", right="某县人民政府¶关于调整建设用地规划指标的请示",
)  # fmt: skip
TITLE_SHAPE: Final = Rule(
    "title-shape", "7.3.1", Severity.HINT, "标题",
    checks="多行时排成梯形或菱形", mend="重新断行", reason="长短相称，醒目好读",
    wrong="某县人民政府关于¶做好防汛抗旱工作¶有关事项的通知",
    right="某县人民政府¶关于做好防汛抗旱工作¶有关事项的通知",
)  # fmt: skip
TITLE_BREAK: Final = Rule(
    "title-break", "7.3.1", Severity.WARNING, "标题",
    checks="断行时词意完整，行首不出现标点和“的”字", mend="在词与词之间断行", reason="词拆在两行会误读",
    wrong="某县人民政府关于优化审批服务¶的通知", right="某县人民政府关于优化¶审批服务的通知",
)  # fmt: skip


@judges(TITLE_END)
def title_end(seen: Seen) -> Iterator[Finding]:
    """Find a mark at the title's end."""
    whole = seen.layout.title
    if whole and whole[-1] in _END:
        yield seen.found(TITLE_END, seen.of(Role.TITLE)[-1], f"末尾有“{whole[-1]}”", "不加标点")


@judges(TITLE_LONE, TITLE_BREAK, TITLE_SHAPE, never=(Form.SLIP,))
def title_lines(seen: Seen) -> Iterator[Finding]:
    """Judge where the title's lines end."""
    titles = seen.of(Role.TITLE)
    lines = [(para, line.strip()) for para in titles for line in para.words.split("\n") if line.strip()]
    for place, (para, line) in enumerate(lines):
        if _is_lone(line, several=len(lines) > 1):
            yield seen.found(TITLE_LONE, para, "有一行只有一个字", "重新断行", line)
        if place and line[0] in _NOT_FIRST:
            yield seen.found(TITLE_BREAK, para, f"行首为“{line[0]}”", "移到上一行", line)
        elif place + 1 < len(lines) and line[-1] in _NOT_LAST:
            yield seen.found(TITLE_BREAK, para, f"行末为“{line[-1]}”", "移到下一行", line)
    for place, word in words_cut([line for _, line in lines]) if len(lines) > 1 else ():
        para, line = lines[place]
        if min(len(line), len(lines[place + 1][1])) > 1:  # a line of one character is told as such
            yield seen.found(TITLE_BREAK, para, f"“{word}”拆在两行", "在词与词之间断行", line)
    if len(lines) > 1 and not _is_shaped([ems(line) for _, line in lines]):
        yield seen.found(TITLE_SHAPE, lines[0][0], "各行长短不成梯形或菱形", "上短下长、上长下短或中间长")


def _is_lone(line: str, *, several: bool) -> bool:
    width = ems(line)
    return (several and len(line) == 1) or (width > LINE_EMS and 0 < width % LINE_EMS <= 1)


def _is_shaped(widths: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(widths)]
    falling = False
    for step in steps:
        if step == 0 or (falling and step > 0):
            return False
        falling = falling or step < 0
    return True


TITLE_KIND: Final = Rule(
    "title-kind", REGULATION, Severity.HINT, "标题",
    checks="标题末尾是 15 种法定文种之一", mend="写明文种", reason="文种决定办理方式",
    wrong="某县人民政府关于防汛工作的安排",
    right="某县人民政府关于防汛工作的通知",
)  # fmt: skip


@judges(TITLE_KIND)
def title_kind(seen: Seen) -> Iterator[Finding]:
    """Find a title that ends with none of the kinds."""
    titles = seen.of(Role.TITLE)
    if titles and not seen.layout.kind and seen.layout.form in _TITLED_BY_KIND:
        yield seen.found(
            TITLE_KIND, titles[-1], "标题末尾不是法定文种", "通知、请示、函等", seen.layout.title
        )


TITLE_MARK: Final = Rule(
    "title-mark", MARKS, Severity.WARNING, "标题",
    checks="标题中除书名号、引号、括号、顿号等外不用标点", mend="改写标题", reason="标题里用句读标点会像一句话",
    wrong="关于开会，请参加的通知", right="关于召开会议的通知",
)  # fmt: skip


@judges(TITLE_MARK)
def title_mark(seen: Seen) -> Iterator[Finding]:
    """Find marks of a sentence within the title."""
    whole = seen.layout.title
    if _INSIDE.search(whole[:-1]):
        yield seen.found(TITLE_MARK, seen.of(Role.TITLE)[0], "标题中有句读标点", "不用", whole)
