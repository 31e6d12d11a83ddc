"""Whether anything of a draft is missing in its result: words, table cells, pictures, notes, links, formulas counted.

The result is read anew from its bytes. Punctuation, white space and the way a number or date is written may differ, as
`changes` tells; every letter, hanzi and digit must be there, as often as in the draft, and each paragraph in one piece.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from docgen.lint.recognition import words
from docgen.reform.draft import BLANK, OBJECT, Block, Draft, Note, Picture, Table, lines_of
from docgen.reform.frames import opened
from docgen.reform.labels import label_of
from docgen.reform.lists import stops_apart
from docgen.reform.mending import annex_label, official_day, set_apart
from docgen.reform.signs import date_in

_SHOWN: Final = 24
_OTHER_FORMS: Final = re.compile("[！-～①-⒛㈠-㈩⼀-⿕]")
"""Characters that are other forms of usual ones."""
_NO_WORD: Final = re.compile(r"[^\w%‰℃°+=<>×÷±√≤≥≠∑§#&@/\\$￥€£*^~|→←↑↓]")
_SAME: Final = str.maketrans({"％": "%", "＋": "+", "＝": "=", "＜": "<", "＞": ">", "／": "/", "＃": "#", "＆": "&",
                              "＠": "@", "＄": "$", "＊": "*", "～": "~", "｜": "|", "＿": "_", "¥": "￥",
                              "○": "〇", "Ο": "〇"})  # fmt: skip
_HANZI_YEAR: Final = re.compile(
    r"[〇○零ΟＯ一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_ITEM_NUMBER: Final = re.compile(r"^\d{1,2}\s*[.．、,，]\s*")


def missing(draft: Draft, result: Draft, exempt: Sequence[str] = ()) -> tuple[str, ...]:
    """Return in words what a draft has and its result has not.

    Args:
        draft: The draft.
        result: Its result, read from the bytes that would be written.
        exempt: Words that have been left out on purpose and are told as such.
    """
    found = [*_missing_words(draft, result, exempt), *_missing_things(draft, result)]
    return tuple(dict.fromkeys(found))


def _missing_words(draft: Draft, result: Draft, exempt: Sequence[str]) -> Iterator[str]:
    of = cache(essence)  # draft and result mostly say the same
    whole = "".join(of(line.text) for line in lines_of(opened(result.blocks)))
    spared = "".join(map(of, exempt))
    texts = _with_lists([line.text for line in lines_of(opened(draft.blocks))], whole)
    told = False
    for text in texts:
        for piece in text.split("\n"):
            said = of(piece)
            if said and said not in whole and said not in spared and not _in_pieces(piece, whole, spared):
                told = True
                yield f"“{_short(piece)}”"
    lost = Counter("".join(map(of, texts))) - Counter(whole) - Counter(spared)
    if lost and not told:
        yield f"文字“{''.join(sorted(lost.elements()))[:_SHOWN]}”"


def _with_lists(texts: list[str], whole: str) -> list[str]:
    """Return lines with 附件： and the first name below it made one, where the result has them so."""
    found: list[str] = []
    for text in texts:
        head = words.ANNEX_HEAD.match(found[-1].strip(BLANK)) if found else None
        named = _ITEM_NUMBER.sub("", text.strip(BLANK))
        if head and head["colon"] and f"附件{essence(named)}" in whole:
            found[-1] = f"附件：{named}"
        else:
            found.append(text)
    return found


def _in_pieces(text: str, whole: str, spared: str) -> bool:
    """Whether a line that was parted (names and date, a list of annexes, organs and 文件) is there in its parts."""
    pieces = [
        essence(each)
        for each in re.split(r"[\s\u3000；;：:，,、。（）()]+|(?=\d{4}年)|(?<=号)|(?=文件$)", text.strip())
    ]
    return all(each in whole or each in spared for each in pieces if each)


def essence(text: str) -> str:
    """Return what of a text must not be lost, written in one way."""
    dated = _HANZI_YEAR.sub(lambda found: official_day(found[0]), stops_apart(set_apart(text.strip(BLANK))))
    found = date_in(dated)
    if found and found.start() > 0:
        dated = dated[: found.start()] + official_day(found["date"])
    elif found:
        dated = official_day(dated)
    dated = _annexed(dated)
    label = label_of(dated)
    if label and label.level > 2:
        dated = f"{label.count}{dated[len(label.typed) :]}"
    copies = words.COPIES.match(dated)
    if copies and copies["colon"]:
        dated = dated[copies.end() :]  # whatever they call it, it becomes 抄送
    dated = re.sub(r"第\s*0*(?=\d+\s*号)", "", dated)
    dated = re.sub(r"(?<=[〕\])）】］])\s*0+(?=[1-9]\d*\s*号)", "", dated)
    plain = _OTHER_FORMS.sub(lambda each: unicodedata.normalize("NFKC", each[0]), dated)
    return _NO_WORD.sub("", plain.translate(_SAME))


def _annexed(text: str) -> str:
    """Return a line of annexes as the standard numbers them: 附件1 over an annex, its name alone in the list."""
    head = words.ANNEX_HEAD.match(text)
    if head:
        return annex_label(text)
    own = words.ANNEX_BY_NAME.match(text)
    if own:
        return own["name"]
    listed = words.ANNEX_LIST.match(text)
    return f"附件{_ITEM_NUMBER.sub('', listed['rest'])}" if listed and listed["colon"] else text


def _short(text: str) -> str:
    bare = text.replace(OBJECT, "").strip(BLANK)
    return bare if len(bare) <= _SHOWN else f"{bare[:_SHOWN]}……"


def _missing_things(draft: Draft, result: Draft) -> Iterator[str]:
    wanted, given = _counts(draft), _counts(result)
    for name, count in wanted.items():
        if given[name] < count:
            yield f"{name}{count - given[name]}处（原有{count}处）"


def _counts(draft: Draft) -> Counter[str]:
    """Return how many pictures, notes, formulas, links, tables, and cells with words there are."""
    found = Counter[str]()
    for line in lines_of(opened(draft.blocks)):
        for thing in line.things:
            found[
                "图片" if isinstance(thing, Picture) else "脚注" if isinstance(thing, Note) else "公式或符号"
            ] += 1
        for link in {piece.link for piece in line.pieces} - {""}:
            found[f"链接（{link}）"] += 1
    for table in _tables(opened(draft.blocks)):
        found["表格"] += 1
        cells = [cell for row in table.rows for cell in row]
        found["有字的单元格"] += sum(bool(cell.words.strip(BLANK)) for cell in cells)
    return found


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row:
                    yield from _tables(cell.blocks)
