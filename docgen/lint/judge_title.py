"""Judging title and addressees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from docgen.lint import faces, measures
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Form, Role
from docgen.lint.model import Para
from docgen.standard.measures import page
from docgen.standard.measures.widths import ems
from docgen.standard.wording.titles import LINE_EMS

_END: Final = "。，；：！？、,.;:!?"
_INSIDE: Final = re.compile(r"[。，；！？,;!?]")
_NOT_FIRST: Final = frozenset("的、，。；：）》”〕")
_NOT_LAST: Final = frozenset("（《“〔、")
_WITHOUT_ADDRESSEE: Final = frozenset(
    ("公告", "通告", "公报", "决议", "决定", "令", "命令", "纪要", "意见", "通报")
)


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge title and addressees."""
    titles = seen.of(Role.TITLE)
    if titles:
        yield from _title(seen, titles)
    elif seen.layout.form is not Form.ORDER:
        yield seen.found("title-missing", None, "没有找到标题", "2 号小标宋、居中的标题")
    yield from _addressees(seen)


def _title(seen: Seen, titles: Sequence[Para]) -> Iterator[Finding]:
    for para in titles:
        yield from measures.face(seen, "title-face", para, faces.TITLE)
        yield from measures.size(seen, "title-size", para, page.SIZE_2.pt)
        yield from _title_look(seen, para)
    yield from _title_words(seen, titles)
    yield from _lines(seen, titles)


def _title_look(seen: Seen, para: Para) -> Iterator[Finding]:
    setting, look = para.setting, para.look
    if setting.align != "center":
        yield seen.found("title-align", para, "没有居中", "居中")
    elif _lean(para) > seen.tolerance("title-indent"):
        yield seen.found("title-indent", para, f"居中又缩进，偏了 {shown(_lean(para))} 字", "缩进为 0")
    if any(
        span.look.bold or span.look.italic or span.look.underline for span in para.spans if span.text.strip()
    ):
        yield seen.found("title-bold", para, "加粗、倾斜或加了下划线", "小标宋常规体")
    if not look.is_black:
        yield seen.found("title-colour", para, f"颜色为 {look.color}", "黑色")


def _lean(para: Para) -> float:
    """Return by how many characters a centred line is off the middle."""
    setting = para.setting
    return abs(setting.left + setting.first - setting.right) / 2 / para.zi + abs(para.lead - para.trail) / 4


def _title_words(seen: Seen, titles: Sequence[Para]) -> Iterator[Finding]:
    whole = seen.layout.title
    if whole[-1] in _END:
        yield seen.found("title-end", titles[-1], f"末尾有“{whole[-1]}”", "不加标点")
    if _INSIDE.search(whole[:-1]):
        yield seen.found("title-mark", titles[0], "标题中有句读标点", "不用", whole)
    if not seen.layout.kind and seen.layout.form in (Form.GENERAL, Form.UPWARD, Form.LETTER):
        yield seen.found("title-kind", titles[-1], "标题末尾不是法定文种", "通知、请示、函等", whole)


def _lines(seen: Seen, titles: Sequence[Para]) -> Iterator[Finding]:
    lines = [(para, line.strip()) for para in titles for line in para.words.split("\n") if line.strip()]
    for place, (para, line) in enumerate(lines):
        if _is_lone(line, several=len(lines) > 1):
            yield seen.found("title-lone", para, "有一行只有一个字", "重新断行", line)
        if place and line[0] in _NOT_FIRST:
            yield seen.found("title-break", para, f"行首为“{line[0]}”", "移到上一行", line)
        elif place + 1 < len(lines) and line[-1] in _NOT_LAST:
            yield seen.found("title-break", para, f"行末为“{line[-1]}”", "移到下一行", line)
    if len(lines) > 1 and not _is_shaped([ems(line) for _, line in lines]):
        yield seen.found("title-shape", lines[0][0], "各行长短不成梯形或菱形", "上短下长、上长下短或中间长")


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


def _addressees(seen: Seen) -> Iterator[Finding]:
    para = seen.layout.first(Role.ADDRESSEE)
    if para is None:
        moved = any(each.words.startswith("主送") for each in seen.of(Role.IMPRINT))
        expected = (
            seen.layout.form not in (Form.MINUTES, Form.ORDER) and seen.layout.kind not in _WITHOUT_ADDRESSEE
        )
        if expected and not moved and seen.of(Role.TITLE):
            yield seen.found("addressee-missing", None, "没有找到主送机关")
        return
    yield from measures.flush(seen, "addressee-indent", para)
    if not para.words.endswith("："):
        end = para.words[-1]
        yield seen.found("addressee-colon", para, f"末尾为“{end}”", "全角冒号“：”")
    names = [name for name in re.split("[、，,]", para.words.rstrip("：:")) if name]
    if seen.layout.form is Form.UPWARD and len(names) > 1:
        yield seen.found("addressee-one", para, f"主送 {len(names)} 个机关", "一个上级机关")
