"""What is wrong with a tag, in Chinese: Jinja's messages translated, and Chinese words and signs set right."""

from __future__ import annotations

import re
from typing import Final

from docgen.patterns import late
from docgen.template.tags import without_strings

_TRANSLATIONS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (late(pattern), meaning)
    for pattern, meaning in (
        (r"Encountered unknown tag '(.*?)'", "不认识的指令“{0}”"),
        (r"unexpected char (.*) at \d+", "不能有字符 {0}"),
        (r"expected token 'end of (?:print statement|statement block)', got '(.*)'", "“{0}”写在这里不对"),
        (r"expected token '(.*)', got '(.*)'", "该写“{0}”的地方写了“{1}”"),
        (r"unexpected (?:'.*'|end of template), expected '(.*)'", "少了“{0}”"),
        (r"unexpected 'end of template'", "没有写完"),
        (r"unexpected '(.*)'", "“{0}”写在这里不对"),
        (r"[Ee]xpected an expression, got|unexpected end of", "标签里缺少内容"),
    )
)
_JOINED: Final = {"并且": "and", "而且": "and", "且": "and", "或者": "or", "或": "or"}
_WORDS: Final = {
    "和": "and", "与": "and", "不": "not", "非": "not", "不是": "!=", "是": "==", "等于": "==", "不等于": "!=",
    "大于": ">", "小于": "<", "大于等于": ">=", "不小于": ">=", "不少于": ">=", "不低于": ">=", "小于等于": "<=",
    "不大于": "<=", "不超过": "<=", "不多于": "<=", "属于": "in", "在": "in", "不属于": "not in", "不在": "not in",
    "如果": "if", "否则": "else", "为空": "is none", "不为空": "is not none",
}  # fmt: skip
_SIGNS: Final = {
    "＝": "==", "≠": "!=", "<>": "!=", "≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "（": "(", "）": ")", "【": "[",
    "】": "]", "，": ",", "、": ",", "：": ":", "。": ".", "．": ".", "｜": "|", "＋": "+", "－": "-", "×": "*",
    "＊": "*", "÷": "/", "／": "/", "％": "%", "&&": "and", "&": "and", "||": "or", "！": "not", "!": "not",
}  # fmt: skip
_RIGHT: Final = _JOINED | _WORDS | _SIGNS
# A word stands alone or, as 且 and 或 may, before a name; `!=`, `|` and `&` in `&&` are no signs by themselves.
_WRONG: Final = late(
    "|".join(
        (
            *(rf"(?<!\w){word}" for word in _JOINED),
            *(rf"(?<!\w){word}(?!\w)" for word in sorted(_WORDS, key=len, reverse=True)),
            *(re.escape(sign) + ("(?!=)" if sign == "!" else "") for sign in _SIGNS),
        )
    )
)


def detail_of(message: str, tag: str) -> str:
    """Say what is wrong with a tag of which Jinja says `message`."""
    if message.endswith(("got '='", "unexpected '='")):
        return "判断相等要写两个等号 =="
    wrong = _WRONG.search(without_strings(tag))
    return f"“{wrong[0]}”要写成 {_RIGHT[wrong[0]]}" if wrong else _translated(message)


def _translated(message: str) -> str:
    for pattern, meaning in _TRANSLATIONS:
        if found := pattern.search(message):
            return meaning.format(*(_readable(group) for group in found.groups()))
    return _readable(message)


def _readable(words: str) -> str:
    return {"%\x02": "标签结尾", "}\x02": "标签结尾", "end of statement block": "标签结尾"}.get(
        words, re.sub(r"[\x00-\x1f]", "", words)
    )
