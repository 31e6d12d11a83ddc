"""Forms of one page (任务交办单, 督办单, 发文稿纸, 登记簿): a title and a table, without addressee, text or signature.

The standard has no clause for them. They are known by their title's last words and by the table that follows, or,
as docgen makes them, by the style of the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.lint.reading.model import Doc, Para
from docgen.lint.recognition import signs, words
from docgen.lint.recognition.layout import Layout, Role

_NAMED: Final = re.compile(
    r"(?<!清)(?<!名)(单|稿纸|笺|批件|回执|回证|表|簿|台账|告知书|通知书|承诺书|意见书|卡)(?:[（(][^（）()]{1,12}[）)])?$"
)
_STYLE: Final = "表单标题"
_MOST_ABOVE: Final = 6
_LEAST_TABLED: Final = 0.5


def is_slip(doc: Doc) -> bool:
    """Whether a document is a form of one page."""
    live = [para for para in doc.paras if not para.blank]
    first = next((place for place, para in enumerate(live) if para.table), None)
    if first is None or first > _MOST_ABOVE:
        return False
    if any(para.setting.style == _STYLE for para in live[:first]):
        return True
    titles = _titles(live)
    below = [para for para in live[first:] if not para.table]
    return (
        bool(titles)
        and _is_named(titles[-1])
        and not _is_document(live, first)
        and len(below) <= _LEAST_TABLED * len(live)
        and sum(len(para.bare) for para in below) <= _LEAST_TABLED * sum(len(para.bare) for para in live)
    )


def _is_document(live: Sequence[Para], first: int) -> bool:
    """Whether an official document begins: an annex's head, an addressee, a red mark with 文件, text."""
    above = live[:first]
    return any(
        words.ANNEX_HEAD.match(para.words)
        or "。" in para.words[:-1]
        or (words.ADDRESSEE_END.search(para.words) and len(para.bare) > 1)
        or (para.look.is_red and para.bare.endswith(("文件", "令")))
        for para in above
    )


def _titles(live: Sequence[Para]) -> list[Para]:
    """Return the title's lines: the prominent ones over the table, or the first cell when it holds the title."""
    titles: list[Para] = []
    for para in live[:_MOST_ABOVE]:
        if para.table:
            break
        if (_is_prominent(para) or _is_named(para)) and (not titles or not _is_named(titles[-1])):
            titles.append(para)
    if not titles and live and live[0].table and _is_named(live[0]) and _is_prominent(live[0]):
        titles.append(live[0])
    return titles


def _is_named(para: Para) -> bool:
    bare = para.bare.rstrip("。，；：！、,.;:")
    return len(bare) <= signs.LONGEST_NAME and "：" not in bare and bool(_NAMED.search(bare))


def _is_prominent(para: Para) -> bool:
    if len(para.bare) > signs.LONGEST_NAME or signs.is_number(para.bare) or signs.is_date(para):
        return False
    if para.setting.style == _STYLE:
        return True
    return para.setting.align == "center" or para.look.size >= signs.TITLE_SIZE


def assign_slip(layout: Layout) -> None:
    """Give every paragraph of a form its role."""
    live = [para for para in layout.doc.paras if not para.blank]
    titles = {para.number for para in _titles(live)}
    tabled = False
    for para in layout.doc.paras:
        tabled = tabled or bool(para.table)
        layout.roles[para.number] = _role(para, titles, tabled)


def _role(para: Para, titles: set[int], tabled: bool) -> Role:
    if para.blank:
        return Role.BLANK
    if para.number in titles:
        return Role.TITLE
    if para.table:
        return Role.TABLE
    if tabled:
        return Role.BELOW_TABLE
    numbered = words.NUMBER.match(para.bare)
    return Role.NUMBER if numbered and signs.is_number(numbered[0]) else Role.ABOVE_TABLE
