"""What is pasted with a text and is none of it: words of a page of the net, of a program that writes, typed rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.patterns import late
from docgen.reform.draft import Draft, Line

_NEAR: Final = 8
_NEXT: Final = 3
_SURE: Final = 2
_SHOWN: Final = 24
_DRAWN: Final = late(r"(?:[━─—=＝~～*＊┄┅\-－][ \u3000]*){6,}")
_ABOVE: Final = late(
    r"(?:首页|(?:您)?(?:当前|现在|所在)的?位置)\s*[:：>＞›»/].*"
    r"|.*(?:浏览|阅读|点击|访问)(?:次数|数|量)\s*[:：].*|(?:(?:信息)?来源\s*[:：].*)?(?:发布|更新)(?:日期|时间)\s*[:：].*"
    r"|.*字[体号]\s*[:：]?\s*[\[【（(]?\s*大\W*中\W*小.*"
)
"""What a page of the net says above a text: where one is, when it came, how large its letters shall be."""
_SOURCE: Final = late(
    r"(?:信息|文章)?来源\s*[:：].{1,30}|点击.{0,4}(?:蓝字|蓝色).{0,20}|.{0,10}(?:关注|订阅)我们.{0,6}"
)
"""More of it, but only beside others: a text may name its source."""
_BELOW: Final = late(
    r"扫一扫.*|(?:长按|识别).{0,12}二维码.*|(?:点赞|在看|转发|收藏|分享)(?:[ 、，]+(?:点赞|在看|转发|收藏|分享))+"
    r"|(?:责任)?编辑\s*[:：].*"
    r"|(?:[\[【（(]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|返回顶部|分享到?)[\]】）):： ]*)+"
    r"|(?:上|下)一[篇条]\s*[:：].*|相关(?:文件|链接|解读|阅读)\s*[:：].*"
)


_CHAT_ABOVE: Final = late(
    r"(?:好的|当然|没问题)[，,。！!].*|(?:以下|下面|这)是(?:我)?(?:为您|为你|根据|按照|一份|一篇).*[：:。]"
)
_CHAT_BELOW: Final = late(
    r"希望.{0,12}(?:对您|对你|能够?帮).{0,16}|(?:如果|如|若).{0,40}(?:告诉我|跟我说)(?:[。！!，,].*)?"
    r"|.{0,12}(?:需要|要不要)我.*[？?]|.*内容由\s*AI\s*生成.*"
)
"""What programs that write drafts say above and below them."""


def without_pasted(draft: Draft) -> Draft:
    """Return a draft without them; what is left out is told of."""
    lines = [each for each in draft.blocks if isinstance(each, Line) and not each.blank and not each.things]
    of_page = _of_page(lines)
    chat = [*_matching(lines[:_NEXT], _CHAT_ABOVE), *_matching(lines[-_NEXT:], _CHAT_BELOW)]
    drawn = [each for each in lines if _DRAWN.fullmatch(each.words)]
    if not of_page and not chat and not drawn:
        return draft
    gone = {id(each) for each in (*of_page, *chat, *drawn)}
    aside = [f"网页上的“{each.words[:_SHOWN]}”" for each in of_page]
    aside += [f"写稿程序说的“{each.words[:_SHOWN]}”" for each in chat]
    aside += [f"用符号画的横线{len(drawn)}条"] if drawn else []
    kept = tuple(each for each in draft.blocks if id(each) not in gone)
    return replace(draft, blocks=kept, aside=(*draft.aside, *aside))


def _of_page(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page's own; below a text they are such where others stand above it."""
    near, last = lines[:_NEAR], lines[-_NEAR:]
    above = [*_matching(near, _ABOVE)]
    weak = [each for each in _matching(near, _SOURCE) if each not in above]
    return [*above, *weak, *_matching(last, _BELOW)] if above or len(weak) >= _SURE else []


def _matching(lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[Line]:
    return (each for each in lines if pattern.fullmatch(each.words))
