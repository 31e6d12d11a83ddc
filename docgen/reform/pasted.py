"""What is pasted with a text and is none of it: words of a page of the net, of a program that writes, typed rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from docgen.patterns import late
from docgen.reform import signs
from docgen.reform.draft import Block, Draft, Line, Table

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


_RECEIVED: Final = late(r"收文(?:编号|字号|号|日期|时间)\s*[:：].*")
"""What who receives a document writes or stamps above it."""
_EMPTY_PAGE: Final = late("[（(]?此页无正文[）)]?。?")
_MAIL: Final = late(
    r"(?:发件人|寄件人|收件人|抄送人?|发送时间|发送日期|日期|时间|主题|附件|From|To|Cc|Sent|Date|Subject)\s*[:：].*"
)
_OF_MAIL: Final = late(r"(?:发件人|寄件人|收件人|From|To)\s*[:：].*")
_TO_ALL: Final = late(r"@\S.*")
_MANUSCRIPT: Final = late(r".{0,20}(?:发文|拟文|公文)?(?:稿纸|拟稿纸|处理单|处理笺|呈批[单表]|审批[单笺])")
_LEAST_TEXT: Final = 3


def without_pasted(draft: Draft) -> Draft:
    """Return a draft without them; what is left out is told of."""
    lines = [each for each in draft.blocks if isinstance(each, Line) and not each.blank and not each.things]
    found: list[tuple[str, Sequence[Block]]] = [
        ("网页上的“{}”", _of_page(lines)),
        (
            "写稿程序说的“{}”",
            [*_matching(lines[:_NEXT], _CHAT_ABOVE), *_matching(lines[-_NEXT:], _CHAT_BELOW)],
        ),
        ("邮件里的“{}”", _of_mail(lines)),
        ("收文登记“{}”", [*_matching(lines[:_NEXT], _RECEIVED)]),
        ("聊天里的“{}”", [*_matching(lines[-_NEXT:], _TO_ALL)]),
        ("每页都有的“{}”", _repeated(lines)),
        ("“{}”（2012年国标已不用）", [*_matching(lines, _EMPTY_PAGE)]),
    ]
    form = _manuscript(draft.blocks)
    drawn = [each for each in lines if _DRAWN.fullmatch(each.words)]
    gone = {id(each) for _, group in found for each in group} | {id(each) for each in (*form, *drawn)}
    if not gone:
        return draft
    aside = [
        said.format(each.words[:_SHOWN]) for said, group in found for each in group if isinstance(each, Line)
    ]
    aside += [f"“{each.words}”和下面的表" for each in form if isinstance(each, Line)]
    aside += [f"用符号画的横线{len(drawn)}条"] if drawn else []
    kept = tuple(each for each in draft.blocks if id(each) not in gone)
    return replace(draft, blocks=kept, aside=(*draft.aside, *aside))


def _repeated(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that say a document's number again and nothing else, as the heads of its pages do."""
    numbers = [each for each in lines if each.words.endswith("号") and signs.is_number(each)]
    return [each for each in numbers[1:] if each.bare == numbers[0].bare]


def _of_mail(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the head of a mail, and what its writer says between it and the title of the document in it."""
    head = [*takewhile(lambda each: _MAIL.fullmatch(each.words), lines[:_NEAR])]
    if len(head) < _SURE or not any(_OF_MAIL.fullmatch(each.words) for each in head):
        return ()
    below = lines[len(head) : len(head) + _NEXT + 1]
    said = [*takewhile(lambda each: not signs.is_kind_title(each.bare), below)]
    return [*head, *said] if len(said) < len(below) else head


def _manuscript(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the name and the table of a form on which a draft was handed in, above the document itself."""
    live = [each for each in blocks if isinstance(each, Table) or not each.blank]
    if len(live) < _LEAST_TEXT + 2 or not isinstance(live[1], Table) or not isinstance(live[0], Line):
        return ()
    title = live[2]
    titled = isinstance(title, Line) and (signs.is_kind_title(title.bare) or signs.looks_titled(title) > 1)
    return live[:2] if titled and _MANUSCRIPT.fullmatch(live[0].bare) else ()


def _of_page(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page's own; below a text they are such where others stand above it."""
    near, last = lines[:_NEAR], lines[-_NEAR:]
    above = [*_matching(near, _ABOVE)]
    weak = [each for each in _matching(near, _SOURCE) if each not in above]
    return [*above, *weak, *_matching(last, _BELOW)] if above or len(weak) >= _SURE else []


def _matching(lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[Line]:
    return (each for each in lines if pattern.fullmatch(each.words))
