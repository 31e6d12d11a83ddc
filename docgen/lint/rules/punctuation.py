"""Rules of punctuation (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import MARKS, Rule, Severity
from docgen.lint.rules.patterns import HANZI, Pattern, judged, masked, spotting

_PAIRS: Final = {"）": "（", "》": "《", "”": "“", "〕": "〔", "】": "【", "〉": "〈"}
_HALVES: Final = re.compile(f"[{''.join((*_PAIRS, *_PAIRS.values()))}]")


HALF_PUNCTUATION: Final = Rule(
    "half-punctuation", MARKS, Severity.WARNING, "标点",
    checks="中文里用全角标点", mend="改为全角标点", reason="半角标点只占半个字，中文里看不清",
    wrong="请各镇,各单位报送.", right="请各镇、各单位报送。",
)  # fmt: skip
_HALF: Final = Pattern(
    HALF_PUNCTUATION,
    re.compile(rf"(?<=[{HANZI}”》）%])[,;:!?]|[,;!?](?=[{HANZI}“《（])|(?<=[{HANZI}”》）])\.(?![\w.])"),
    "用了半角", "全角标点", needs=",;:!?.",
)  # fmt: skip


HALF_BRACKETS: Final = Rule(
    "half-brackets", MARKS, Severity.WARNING, "标点",
    checks="中文里用全角圆括号", mend="改为（）", reason="中文用全角标点", wrong="县政府(办公室)",
    right="县政府（办公室）",
)  # fmt: skip
_BRACKETS: Final = Pattern(
    HALF_BRACKETS,
    re.compile(rf"\((?=[^()（）]*[{HANZI}])|(?<=[{HANZI}])\)"),
    "用了半角", "（）", needs="()",
)  # fmt: skip


STRAIGHT_QUOTES: Final = Rule(
    "straight-quotes", MARKS, Severity.WARNING, "标点",
    checks="引号用“ ”‘ ’", mend="改为弯引号", reason="中文的引号分前后", wrong="\"一项目一台账\"",
    right="“一项目一台账”",
)  # fmt: skip
_QUOTES: Final = Pattern(
    STRAIGHT_QUOTES,
    re.compile(rf"[\"'](?=[{HANZI}《])|(?<=[{HANZI}》。])[\"']"),
    "用了直引号", "“ ”", needs="\"'",
)  # fmt: skip

_FOREIGN_QUOTES: Final = Pattern(
    STRAIGHT_QUOTES,
    re.compile("[＂＇「」『』〝〞〟]"),
    "引号写作", "“ ”", needs="＂＇「」『』〝〞〟",
)  # fmt: skip


LIST_COMMA: Final = Rule(
    "list-comma", MARKS, Severity.WARNING, "标点",
    checks="并列的书名号、引号之间不用顿号", mend="删去顿号", reason="书名号、引号本身已把各项隔开",
    wrong="《甲》、《乙》", right="《甲》《乙》",
)  # fmt: skip
_LIST_COMMA: Final = Pattern(
    LIST_COMMA,
    re.compile("》、《|”、“"),
    "写作", "不用顿号", needs="、",
)  # fmt: skip


ELLIPSIS: Final = Rule(
    "ellipsis", MARKS, Severity.WARNING, "标点",
    checks="省略号为六点（……）", mend="改为“……”", reason="省略号占两个字", wrong="等等...", right="等等……",
)  # fmt: skip
_ELLIPSIS: Final = Pattern(
    ELLIPSIS,
    re.compile(r"\.{3,}|。{3,}|(?<!…)…(?!…)|…{3,}|·{3,}"),
    "写作", "“……”", needs=".。…·",
)  # fmt: skip


DASH: Final = Rule(
    "dash", MARKS, Severity.WARNING, "标点",
    checks="破折号为两字长（——）", mend="改为“——”", reason="破折号占两个字", wrong="重点--审批",
    right="重点——审批",
)  # fmt: skip
_DASH: Final = Pattern(
    DASH,
    re.compile(r"(?<! )--+|--+(?![A-Za-z])|－{2,}|─{1,}|–{1,}"),
    "写作", "“——”", needs="-－─–",
)  # fmt: skip


DOUBLE_PUNCTUATION: Final = Rule(
    "double-punctuation", MARKS, Severity.WARNING, "标点",
    checks="标点不重复", mend="删去多余的标点", reason="标点重复是改稿时留下的", wrong="报送。，", right="报送。",
)  # fmt: skip
_DOUBLE: Final = Pattern(
    DOUBLE_PUNCTUATION,
    re.compile("[，、；：！？]{2,}|[，、；：]。|。[，、；：]|(?<!。)。。(?!。)"),
    "写作", "一个标点", (Role.TITLE,), needs="，、；：！？。",
)  # fmt: skip


UNBALANCED: Final = Rule(
    "unbalanced", MARKS, Severity.WARNING, "标点",
    checks="括号、引号、书名号成对", mend="补上或删去一半", reason="少了一半，读不出引到哪里", wrong="《办法规定",
    right="《办法》规定",
)  # fmt: skip


@judges(UNBALANCED)
def unbalanced(seen: Seen) -> Iterator[Finding]:
    """Find half a pair of brackets or quotation marks in a paragraph; a title, or a cell, is read as a whole."""
    for _, paras in groupby(judged(seen), partial(_whole, seen)):
        yield from _pairs(seen, list(paras))


_IN_LINES: Final = (Role.TITLE, Role.ANNEX_TITLE)


def _whole(seen: Seen, para: Para) -> tuple[str, int]:
    """Return of which whole a paragraph is part: a title, a cell, or itself."""
    role = seen.role(para)
    if role in _IN_LINES:
        return role.value, 0
    return ("格", para.cell) if para.cell else ("段", para.number)


def _pairs(seen: Seen, paras: Sequence[Para]) -> Iterator[Finding]:
    waiting: list[tuple[str, Para]] = []
    for para in paras:
        text = masked(seen, para)
        for found in _HALVES.finditer(text):
            character = found[0]
            if character not in _PAIRS:
                waiting.append((character, para))
            elif waiting and waiting[-1][0] == _PAIRS[character]:
                waiting.pop()
            elif not _is_item(text, found.start()):
                yield seen.found(UNBALANCED, para, f"“{character}”没有成对", "成对")
                return
    # A quotation of several paragraphs opens in each and closes in the last.
    goes_on = [each for each, _ in waiting] == ["“"] and masked(seen, paras[0]).startswith("“")
    if waiting and not goes_on:
        character, para = waiting[-1]
        yield seen.found(UNBALANCED, para, f"“{character}”没有成对", "成对")


def _is_item(text: str, place: int) -> bool:
    """Whether a bracket closes the number of an item, as in 1）."""
    return text[place] == "）" and text[max(0, place - 1)].isdigit()


NESTED_TITLES: Final = Rule(
    "nested-titles", MARKS, Severity.WARNING, "标点",
    checks="书名号里再用书名号时用〈〉", mend="里层改为〈〉", reason="里外同号，分不清层次",
    wrong="《关于《办法》的通知》", right="《关于〈办法〉的通知》",
)  # fmt: skip
_NESTED: Final = Pattern(
    NESTED_TITLES,
    re.compile("《[^》]*《"),
    "书名号里又用书名号", "里层用〈〉", needs="《",
)  # fmt: skip

spotted: Final = spotting(
    _HALF, _BRACKETS, _QUOTES, _FOREIGN_QUOTES, _LIST_COMMA, _ELLIPSIS, _DASH, _DOUBLE, _NESTED
)  # fmt: skip
