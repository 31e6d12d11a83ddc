"""Rules of annexes: the 附件说明 below the text, and the annexes themselves."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Para,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_ENDS: Final = "。；，、：;,.:"
_SEVERAL: Final = re.compile(r"(?<=\S)[ \u3000\t]+(?=\d{1,2}\s*[.．、]\s*\D)")
_QUOTED: Final = str.maketrans("", "", '《》〈〉“”"、，。；：.．　 ')


ANNEX_LIST_INDENT: Final = Rule(
    "annex-list-indent", "7.3.4", Severity.ERROR, "附件说明",
    checks="左空二字", mend="左缩进改为 2 字符", reason="与正文段首对齐", wrong="附件：成员名单（顶格）",
    right="附件：成员名单（左空二字）", tolerance=0.5, unit="字",
    follows=("annex-list-place",),
)  # fmt: skip
ANNEX_LIST_COLON: Final = Rule(
    "annex-list-colon", "7.3.4", Severity.ERROR, "附件说明",
    checks="“附件”后用全角冒号", mend="写作“附件：”", reason="冒号引出名称", wrong="附件:清单",
    right="附件：清单",
)  # fmt: skip
ANNEX_LIST_END: Final = Rule(
    "annex-list-end", "7.3.4", Severity.ERROR, "附件说明",
    checks="附件名称后不加标点", mend="删去名称末尾的标点", reason="名称后加标点，会被当成名称的一部分",
    wrong="附件：1.审批事项清单；", right="附件：1.审批事项清单",
    follows=("annex-list-place",),
)  # fmt: skip


@judges(ANNEX_LIST_INDENT, ANNEX_LIST_COLON, ANNEX_LIST_END)
def annex_list(seen: Seen) -> Iterator[Finding]:
    """Judge place and marks of the 附件说明."""
    items = _items(seen)
    if not items:
        return
    first = items[0].para
    yield from measures.begins_at(seen, ANNEX_LIST_INDENT, first, 2)
    label = words.ANNEX_LIST.match(first.words)
    if label and label["colon"] != "：" and not items[0].by_name:
        said = f"“附件”后{'为半角冒号' if label['colon'] else '没有冒号'}"
        yield seen.found(ANNEX_LIST_COLON, first, said, "“：”")
    for each in items:
        if each.line[-1] in _ENDS:
            yield seen.found(ANNEX_LIST_END, each.para, f"末尾有“{each.line[-1]}”", "不加标点", each.line)


class _Item(NamedTuple):
    """A line of the 附件说明, its label taken off: number, mark behind it, name."""

    para: Para
    line: str
    number: int
    mark: str
    name: str
    by_name: bool = False
    """Whether it is written 附件一：…"""


def _items(seen: Seen) -> list[_Item]:
    """Return the lines of the 附件说明; several annexes on one line are parted."""
    found: list[_Item] = []
    for para in seen.of(Role.ANNEX_LIST):
        for line in para.words.split("\n"):
            for piece in _SEVERAL.split(line.strip()):
                if piece:
                    found.append(_item(para, piece, first=not found))
    return found


def _item(para: Para, line: str, *, first: bool) -> _Item:
    named = words.ANNEX_BY_NAME.match(line)
    if named:
        return _Item(para, line, words.counted(named["number"]), "", named["name"].strip(), by_name=True)
    label = words.ANNEX_LIST.match(line) if first else None
    rest = label["rest"].strip() if label else line
    numbered = words.ANNEX_ITEM.match(rest)
    if numbered and numbered["mark"]:
        return _Item(para, rest, int(numbered["number"]), numbered["mark"], numbered["name"])
    return _Item(para, rest, 0, "", rest)


def annex_names(seen: Seen) -> list[str]:
    """Return the names the 附件说明 gives."""
    return [each.name for each in _items(seen)]


ANNEX_LIST_NUMBER: Final = Rule(
    "annex-list-number", "7.3.4", Severity.ERROR, "附件说明",
    checks="多个附件用“1.”“2.”依次编号，单个附件不编号", mend="按 1. 2. 依次编号；只有一个附件时不编号",
    reason="编号与附件标识逐个对应", wrong="附件：一、清单", right="附件：1.清单",
)  # fmt: skip


@judges(ANNEX_LIST_NUMBER)
def annex_list_numbers(seen: Seen) -> Iterator[Finding]:
    """Judge the numbers of the 附件说明."""
    items = _items(seen)
    if len(items) == 1:
        if items[0].number:
            yield seen.found(
                ANNEX_LIST_NUMBER, items[0].para, "只有一个附件却编了号", "不编号", items[0].line
            )
        return
    for place, each in enumerate(items, start=1):
        if each.number != place or not each.mark or each.mark not in ".．":
            wanted = f"“附件：{place}.”" if each.by_name and place == 1 else f"“{place}.”"
            yield seen.found(ANNEX_LIST_NUMBER, each.para, f"写作“{each.line[:6]}”", wanted, each.line)
            return


ANNEX_LIST_GAP: Final = Rule(
    "annex-list-gap", "7.3.4", Severity.WARNING, "附件说明",
    checks="在正文下空一行", mend="在附件说明前空一行", reason="空一行，与正文分开",
    wrong="此复。¶附件：成员名单", right="此复。¶¶附件：成员名单",
    follows=("annex-list-place",),
)  # fmt: skip


@judges(ANNEX_LIST_GAP)
def annex_list_gap(seen: Seen) -> Iterator[Finding]:
    """Find a 附件说明 right below the text."""
    for each in _items(seen)[:1]:
        yield from _gap(seen, each.para)


def _gap(seen: Seen, para: Para) -> Iterator[Finding]:
    before = seen.doc.paras[para.number - 2] if para.number > 1 else None
    room = para.setting.before + (before.setting.after if before else 0)
    if before and not before.blank and room < 8 and seen.layout.roles[before.number] is Role.BODY:
        yield seen.found(ANNEX_LIST_GAP, para, "与正文之间没有空行", "空一行")


ANNEX_LIST_LINES: Final = Rule(
    "annex-list-lines", "7.3.4", Severity.ERROR, "附件说明",
    checks="每个附件各占一行", mend="每个附件另起一行，序号对齐", reason="一行写几个，附件有多少个看不清",
    wrong="附件：1.清单 2.分工表", right="附件：1.清单／2.分工表（两行）",
)  # fmt: skip
ANNEX_LIST_PLACE: Final = Rule(
    "annex-list-place", "7.3.4", Severity.ERROR, "附件说明",
    checks="在正文之下、署名之上", mend="移到正文下、署名之前", reason="署名、日期之后的内容不算正文的部分",
    wrong="某县人民政府¶2026年3月6日¶附件：成员名单", right="附件：成员名单¶某县人民政府¶2026年3月6日",
)  # fmt: skip


@judges(ANNEX_LIST_LINES, ANNEX_LIST_PLACE)
def annex_list_place(seen: Seen) -> Iterator[Finding]:
    """Find several annexes on a line, and a 附件说明 below the date."""
    items, date = _items(seen), seen.layout.first(Role.DATE)
    lines = [(each.para.number, line) for each in items for line in each.para.words.split("\n")]
    if len(items) > len(set(lines)):
        para = next(each.para for each in items if _SEVERAL.search(each.para.words))
        yield seen.found(ANNEX_LIST_LINES, para, "一行写了几个附件", "各占一行")
    if items and date and items[0].para.number > date.number:
        yield seen.found(ANNEX_LIST_PLACE, items[0].para, "在成文日期之后", "在正文之下、署名之上")


ANNEX_LIST_MISSING: Final = Rule(
    "annex-list-missing", "7.3.4", Severity.ERROR, "附件说明",
    checks="有附件的，正文下有附件说明", mend="在正文下加附件说明", reason="正文下不列，附件丢了也看不出",
    wrong="请予支持为盼。¶某县发展和改革委员会¶……¶附件",
    right="请予支持为盼。¶附件：项目清单¶某县发展和改革委员会¶……¶附件",
    of_whole=True,
)  # fmt: skip
ANNEX_HEAD_FACE: Final = Rule(
    "annex-head-face", "7.3.7", Severity.ERROR, "附件标识",
    checks="“附件”二字和序号用 3 号黑体", mend="改为 3 号黑体", reason="黑体标出附件从这里开始",
    wrong="附件1（仿宋）", right="附件1（黑体）",
    follows=("annex-head-page", "annex-place"),
)  # fmt: skip
ANNEX_HEAD_POSITION: Final = Rule(
    "annex-head-position", "7.3.7", Severity.ERROR, "附件标识",
    checks="顶格编排在版心左上角第一行", mend="改为左对齐、不缩进", reason="在左上角第一行，翻到就能看到",
    wrong="附件1（居中）", right="附件1（顶格）", tolerance=0.3, unit="字",
    follows=("annex-head-page", "annex-place"),
)  # fmt: skip
ANNEX_HEAD_PAGE: Final = Rule(
    "annex-head-page", "7.3.7", Severity.ERROR, "附件标识",
    checks="附件另面编排", mend="在“附件”前加分页", reason="附件可以单独取用", wrong="附件2（不另起一页）",
    right="附件2（另起一页）",
    follows=("annex-place",),
)  # fmt: skip
ANNEX_HEAD_WORDS: Final = Rule(
    "annex-head-words", "7.3.7", Severity.ERROR, "附件标识",
    checks="写作“附件”或“附件1”，数字用阿拉伯数字，后面不加冒号",
    mend="单个附件写“附件”，多个从“附件1”起连续编号，后面不加冒号", reason="与附件说明的写法一致",
    wrong="附件一：", right="附件1",
    follows=("annex-head-page", "annex-place"),
)  # fmt: skip


@judges(ANNEX_LIST_MISSING)
def annex_list_missing(seen: Seen) -> Iterator[Finding]:
    """Find annexes that the text does not name."""
    heads = _own_heads(seen)
    if heads and not annex_names(seen):
        yield seen.found(ANNEX_LIST_MISSING, heads[0], "有附件却没有附件说明", "正文下加附件说明")


def _own_heads(seen: Seen) -> list[Para]:
    """Return the heads of a document's annexes; none where they are bound apart, or of one this issues."""
    heads, titles = seen.of(Role.ANNEX_HEAD), seen.of(Role.ANNEX_TITLE)
    if not heads or heads[0].number == 1 or (titles and titles[0].number < heads[0].number):
        return []
    return heads


@judges(ANNEX_HEAD_FACE, ANNEX_HEAD_POSITION, ANNEX_HEAD_PAGE, ANNEX_HEAD_WORDS)
def annex_heads(seen: Seen) -> Iterator[Finding]:
    """Judge the line 附件 at the top of an annex."""
    for para in seen.of(Role.ANNEX_HEAD):
        yield from measures.face(seen, ANNEX_HEAD_FACE, para, Family.LABEL)
        piece = measures.wrong_size(para, _SIZE, 0.3)
        if piece:
            yield seen.found(ANNEX_HEAD_FACE, para, f"字号为 {shown(piece.look.size)} 磅", "16 磅")
        yield from measures.flush(seen, ANNEX_HEAD_POSITION, para)
        if not para.starts_page and para is not seen.live()[0]:
            yield seen.found(ANNEX_HEAD_PAGE, para, "没有另起一页", "另面编排")
        found = words.ANNEX_HEAD.match(para.words)
        if found and (found["colon"] or not (found["number"] or "1").isascii()):
            count = words.counted(found["number"]) if found["number"] else 0
            yield seen.found(ANNEX_HEAD_WORDS, para, f"写作“{para.words}”", f"“附件{count or ''}”")


ANNEX_AGREEMENT: Final = Rule(
    "annex-agreement", "7.3.7", Severity.ERROR, "附件",
    checks="附件的序号、个数与附件说明一致", mend="核对附件说明与附件",
    reason="说明与附件对不上，收文机关无法清点", wrong="附件：1.审批事项清单¶2.责任分工表¶……¶附件1¶……¶附件3",
    right="附件：1.审批事项清单¶2.责任分工表¶……¶附件1¶……¶附件2",
    of_whole=True,
)  # fmt: skip


@judges(ANNEX_AGREEMENT)
def annex_agreement(seen: Seen) -> Iterator[Finding]:
    """Find annexes other than the 附件说明 counts."""
    heads, names = _own_heads(seen), annex_names(seen)
    if not heads or not names:
        return
    if len(heads) != len(names):
        said = f"附件说明列 {len(names)} 个，后面有 {len(heads)} 个"
        yield seen.found(ANNEX_AGREEMENT, heads[0], said, "个数一致")
        return
    for place, para in enumerate(heads, start=1):
        yield from _number(seen, para, place if len(heads) > 1 else 0)


def _number(seen: Seen, para: Para, place: int) -> Iterator[Finding]:
    found = words.ANNEX_HEAD.match(para.words)
    given = words.counted(found["number"]) if found and found["number"] else 0
    if given != place:
        yield seen.found(ANNEX_AGREEMENT, para, f"写作“{para.words}”", f"“附件{place or ''}”")


ANNEX_NAMES: Final = Rule(
    "annex-names", "7.3.7", Severity.WARNING, "附件标题",
    checks="附件标题与附件说明一致", mend="把两处名称改成一样", reason="两处名称不同，会被当成两份附件",
    wrong="附件：审批事项清单¶……¶附件¶审批事项明细表", right="附件：审批事项清单¶……¶附件¶审批事项清单",
)  # fmt: skip


@judges(ANNEX_NAMES)
def annex_titles_agree(seen: Seen) -> Iterator[Finding]:
    """Find annexes under another title than the 附件说明 gives."""
    heads, names = _own_heads(seen), annex_names(seen)
    if heads and len(heads) == len(names):
        yield from _titles(seen, heads, names)


def _titles(seen: Seen, heads: Sequence[Para], names: Sequence[str]) -> Iterator[Finding]:
    titles = seen.of(Role.ANNEX_TITLE)
    ends = [*(para.number for para in heads[1:]), len(seen.doc.paras) + 1]
    numbers = [para.number for para in titles]
    for head, end, name in zip(heads, ends, names, strict=True):
        own = titles[bisect(numbers, head.number) : bisect_left(numbers, end)]
        title = "".join(para.bare for para in own)
        if own and title.translate(_QUOTED) != name.translate(_QUOTED):
            yield seen.found(ANNEX_NAMES, own[0], f"标题为“{title}”", f"附件说明里的“{name}”")


ANNEX_TITLE_LOOK: Final = Rule(
    "annex-title-look", "7.3.7", Severity.WARNING, "附件标题",
    checks="居中，2 号小标宋", mend="附件标题改为 2 号小标宋、居中", reason="附件的格式同正文，标题也一样",
    wrong="责任分工表（16 磅、黑体）", right="责任分工表（22 磅、小标宋）",
)  # fmt: skip
ANNEX_FACE: Final = Rule(
    "annex-face", "7.3.7", Severity.HINT, "附件正文",
    checks="附件格式要求同正文", mend="字体、字号改为 3 号仿宋", reason="附件的格式同正文",
    wrong="项目清单¶各单位按月报送进展情况。（宋体）",
    right="项目清单¶各单位按月报送进展情况。（仿宋）",
)  # fmt: skip


@judges(ANNEX_TITLE_LOOK, ANNEX_FACE)
def annex_looks(seen: Seen) -> Iterator[Finding]:
    """Judge how annexes look."""
    for para in seen.of(Role.ANNEX_TITLE):
        look = para.look
        if (
            para.setting.align != "center"
            or abs(look.size - page.SIZE_2.pt) > 0.4
            or measures.wrong_face(para, Family.TITLE)
        ):
            said = (
                f"{look.east} {shown(look.size)} 磅{'' if para.setting.align == 'center' else '，没有居中'}"
            )
            yield seen.found(ANNEX_TITLE_LOOK, para, said, "2 号小标宋、居中")
    for para in seen.of(Role.ANNEX):
        if measures.wrong_face(para, Family.BODY, Family.LABEL, Family.NAME) or measures.wrong_size(
            para, _SIZE, 2.5
        ):
            yield seen.found(ANNEX_FACE, para, f"{para.look.east} {shown(para.look.size)} 磅", "3 号仿宋")


ANNEX_PLACE: Final = Rule(
    "annex-place", "7.3.7", Severity.ERROR, "附件",
    checks="附件在版记之前", mend="把附件移到版记之前", reason="版记之后的内容不算公文的部分",
    wrong="版记后面才是附件1", right="附件1在版记之前",
)  # fmt: skip


@judges(ANNEX_PLACE)
def annex_place(seen: Seen) -> Iterator[Finding]:
    """Find annexes behind the 版记."""
    imprint = seen.of(Role.IMPRINT)
    for para in seen.of(Role.ANNEX_HEAD) if imprint else ():
        if para.number > imprint[-1].number:
            yield seen.found(ANNEX_PLACE, para, "附件在版记之后", "在版记之前")
