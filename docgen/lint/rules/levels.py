"""Rules of the four levels of headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Family,
    Look,
    family,
)
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Heading
from docgen.lint.rule import PRACTICE, Rule, Severity
from docgen.lint.rules import measures
from docgen.lint.rules.text import (
    first_piece,
    is_bold,
    is_in_heading,
    is_italic,
    is_underlined,
)

_MARKS: Final = ("、", "", ".", "")
_HEADING_FACES: Final = (Family.LABEL, Family.NAME, Family.BODY, Family.BODY)


LEVEL_1_FACE: Final = Rule(
    "level-1-face", "7.3.3", Severity.ERROR, "一级标题",
    checks="黑体", mend="字体改为黑体", reason="字体分出层次", wrong="一、总体要求（仿宋）",
    right="一、总体要求（黑体）",
)  # fmt: skip
LEVEL_2_FACE: Final = Rule(
    "level-2-face", "7.3.3", Severity.ERROR, "二级标题",
    checks="楷体", mend="字体改为楷体或楷体_GB2312", reason="字体分出层次", wrong="（一）明确责任（仿宋）",
    right="（一）明确责任（楷体）",
)  # fmt: skip
LEVEL_3_FACE: Final = Rule(
    "level-3-face", "7.3.3", Severity.ERROR, "三、四级标题",
    checks="仿宋", mend="字体改为仿宋", reason="三、四级与正文同字体", wrong="1.公布清单（黑体）",
    right="1.公布清单（仿宋）",
)  # fmt: skip
_FACES: Final = (LEVEL_1_FACE, LEVEL_2_FACE, LEVEL_3_FACE, LEVEL_3_FACE)


@judges(LEVEL_1_FACE, LEVEL_2_FACE, LEVEL_3_FACE)
def level_faces(seen: Seen) -> Iterator[Finding]:
    """Find headings in another face than their level's; items of a list may be set as text."""
    for heading in seen.layout.headings.values():
        wanted = _HEADING_FACES[heading.level - 1]
        allowed = (wanted, Family.BODY) if heading.item else (wanted,)
        rule = _FACES[heading.level - 1]
        yield from measures.face(seen, rule, heading.para, *allowed, end=heading.length)


LEVEL_1_MARK: Final = Rule(
    "level-1-mark", "7.3.3", Severity.ERROR, "一级标题",
    checks="“一”后用顿号", mend="序号后改用“、”", reason="“一”是汉字数字，后面用顿号", wrong="一.总体要求",
    right="一、总体要求",
)  # fmt: skip
LEVEL_2_MARK: Final = Rule(
    "level-2-mark", "7.3.3", Severity.ERROR, "二级标题",
    checks="“（一）”后不用标点", mend="删去括号后的标点", reason="括号已把序号隔开", wrong="（一）、明确责任",
    right="（一）明确责任",
)  # fmt: skip
LEVEL_3_MARK: Final = Rule(
    "level-3-mark", "7.3.3", Severity.ERROR, "三级标题",
    checks="“1”后用下脚点", mend="序号后改用“.”", reason="阿拉伯数字后用下脚点", wrong="1、公布清单",
    right="1.公布清单",
)  # fmt: skip
LEVEL_4_MARK: Final = Rule(
    "level-4-mark", "7.3.3", Severity.ERROR, "四级标题",
    checks="“（1）”后不用标点", mend="删去括号后的标点", reason="括号已把序号隔开", wrong="（1）、适用范围",
    right="（1）适用范围",
)  # fmt: skip
LEVEL_BRACKETS: Final = Rule(
    "level-brackets", "7.3.3", Severity.WARNING, "各级标题",
    checks="（一）（1）用全角圆括号", mend="把括号改为全角（）", reason="中文用全角标点", wrong="(一)明确责任",
    right="（一）明确责任",
)  # fmt: skip
_MARKED: Final = (LEVEL_1_MARK, LEVEL_2_MARK, LEVEL_3_MARK, LEVEL_4_MARK)


@judges(LEVEL_1_MARK, LEVEL_2_MARK, LEVEL_3_MARK, LEVEL_4_MARK, LEVEL_BRACKETS)
def level_marks(seen: Seen) -> Iterator[Finding]:
    """Judge what stands around and behind the number of a heading."""
    for heading in seen.layout.headings.values():
        yield from _mark(seen, heading)


def _mark(seen: Seen, heading: Heading) -> Iterator[Finding]:
    found = words.LEVELS[heading.level - 1].match(heading.para.words)
    if found is None:
        return
    mark = found["mark"].strip(" \u3000") if heading.level > 1 else found["mark"]
    wanted = _MARKS[heading.level - 1]
    if mark.replace("．", ".") != wanted:
        written = found[0].strip()
        yield seen.found(
            _MARKED[heading.level - 1], heading.para, f"写作“{written}”", f"序号后{_said(wanted)}"
        )
    elif heading.level in (2, 4) and (found["open"], found["close"]) != ("（", "）"):
        yield seen.found(LEVEL_BRACKETS, heading.para, f"写作“{found[0]}”", "全角（）")


def _said(mark: str) -> str:
    return f"用“{mark}”" if mark else "不用标点"


LEVEL_ORDER: Final = Rule(
    "level-order", "7.3.3", Severity.ERROR, "各级标题",
    checks="同级序号连续，不重复、不跳号", mend="核对并改正序号", reason="引用“第几项”时要能对上",
    wrong="一、总体要求¶……¶三、重点任务", right="一、总体要求¶……¶二、重点任务",
)  # fmt: skip
LEVEL_SKIP: Final = Rule(
    "level-skip", "7.3.3", Severity.WARNING, "各级标题",
    checks="层次依次为一、（一）1.（1），不越级", mend="改用下一级序号", reason="越级后看不出从属关系",
    wrong="（一）压减时限¶（1）公布清单", right="（一）压减时限¶1.公布清单",
    follows=("level-order",),
)  # fmt: skip
LEVEL_SKIP_HINT: Final = Rule(
    "level-skip-hint", "7.3.3", Severity.HINT, "各级标题",
    checks="一、之下直接用 1. 时请确认只有两个层次", mend="确认层次，必要时改为（一）",
    reason="只有两个层次时可以用一、和 1.", wrong="二、重点任务¶1.公布清单", right="二、重点任务¶（一）公布清单",
    follows=("level-order",),
)  # fmt: skip


@judges(LEVEL_ORDER, LEVEL_SKIP, LEVEL_SKIP_HINT)
def level_order(seen: Seen) -> Iterator[Finding]:
    """Judge the numbers of headings one after the other; one that is out of its row does not count for the others."""
    counts = [0, 0, 0, 0]
    above = 0
    headings = [seen.layout.headings[number] for number in sorted(seen.layout.headings)]
    uses_second = any(each.level == 2 for each in headings)
    running = [level for level in (2, 3) if _runs_through(headings, level)]
    for at, heading in enumerate(headings):
        place = heading.level - 1
        if heading.count > counts[place] + 1:
            above_it = headings[at - 1].para.number if at else 0
            counts[place] += _in_tables(seen, above_it, heading, counts[place])
        anew = heading.count == 1 and heading.level > 2
        if heading.count != counts[place] + 1 and not anew and heading.level not in running:
            said = f"同级序号到第 {counts[place]} 项后为第 {heading.count} 项"
            yield seen.found(LEVEL_ORDER, heading.para, said, f"第 {counts[place] + 1} 项")
            if counts[place] and _goes_on(headings[at + 1 :], heading.level, counts[place] + 1):
                continue
        yield from _skip(seen, heading, above, uses_second)
        counts[place] = heading.count
        counts[place + 1 :] = [0] * (3 - place)
        above = heading.level


def _runs_through(headings: Sequence[Heading], level: int) -> bool:
    """Whether a level is counted from 1 on through all chapters, as 意见 are often numbered."""
    counts = [each.count for each in headings if each.level == level]
    return counts == [*range(1, len(counts) + 1)]


def _in_tables(seen: Seen, above: int, heading: Heading, count: int) -> int:
    """Return how many numbers follow a count in tables between the heading above and this: a list goes on in a cell."""
    pattern, found = words.LEVELS[heading.level - 1], 0
    for para in seen.doc.paras[above : heading.para.number - 1]:
        label = pattern.match(para.words) if para.table else None
        found += label is not None and words.counted(label["number"]) == count + found + 1
    return found


def _goes_on(headings: Sequence[Heading], level: int, count: int) -> bool:
    """Whether the next heading of a level, below no higher one, has a number."""
    following = next((each for each in headings if each.level <= level), None)
    return following is not None and (following.level, following.count) == (level, count)


def _skip(seen: Seen, heading: Heading, above: int, uses_second: bool) -> Iterator[Finding]:
    leap = heading.level - above
    if above and (leap > 2 or (leap == 2 and above == 2)):
        yield seen.found(
            LEVEL_SKIP, heading.para, f"第 {above} 级下直接用第 {heading.level} 级", f"第 {above + 1} 级"
        )
    elif above == 1 and leap == 2 and uses_second:
        yield seen.found(LEVEL_SKIP_HINT, heading.para, "一级之下直接用三级序号")


LEVEL_BOLD: Final = Rule(
    "level-bold", "7.3.3", Severity.WARNING, "各级标题",
    checks="各级标题不加粗", mend="取消加粗", reason="黑体、楷体已经醒目", wrong="一、总体要求（加粗）",
    right="一、总体要求（不加粗）",
)  # fmt: skip


@judges(LEVEL_BOLD)
def level_bold(seen: Seen) -> Iterator[Finding]:
    """Find bold headings."""
    yield from _looks(seen, LEVEL_BOLD, (is_bold, "文字加粗"))


def _looks(seen: Seen, rule: Rule, *wrong: tuple[Callable[[Look], bool], str]) -> Iterator[Finding]:
    for heading in seen.layout.headings.values():
        for is_wrong, said in wrong:
            piece = first_piece(heading.para, is_wrong)
            if piece and is_in_heading(seen, heading.para, piece):
                yield seen.found(rule, heading.para, said, "", piece.text)


LEVEL_END: Final = Rule(
    "level-end", PRACTICE, Severity.WARNING, "各级标题",
    checks="独立成行的一、二级标题末尾不用标点", mend="删去标题末尾的标点", reason="标题不是句子",
    wrong="一、总体要求。", right="一、总体要求",
)  # fmt: skip


@judges(LEVEL_END)
def level_end(seen: Seen) -> Iterator[Finding]:
    """Find a mark at the end of a heading that stands alone; sentences in a row are items of a list."""
    headings = [*seen.layout.headings.values()]
    listed: set[int] = set()
    for heading, after in zip_longest(headings, headings[1:]):
        if after is not None and _follows_at_once(heading, after):
            listed |= (
                {heading.para.number, after.para.number}
                if after.level == heading.level
                else {heading.para.number}
            )
        end = heading.para.words[-1]
        marked = heading.level < 3 and heading.alone and end in "。；："
        if marked and heading.para.number not in listed and _is_set_as_heading(heading):
            yield seen.found(LEVEL_END, heading.para, f"末尾有“{end}”", "不加标点")


def _follows_at_once(heading: Heading, after: Heading) -> bool:
    """Whether the next heading of its own level or a higher one stands in the paragraph below."""
    return after.level <= heading.level and after.para.number == heading.para.number + 1


def _is_set_as_heading(heading: Heading) -> bool:
    words_of = heading.para.words
    return len(words_of) <= 26 and family(heading.para.look.east) == _HEADING_FACES[heading.level - 1]


LEVEL_LOOK: Final = Rule(
    "level-look", "7.3.3", Severity.WARNING, "各级标题",
    checks="各级标题不倾斜、不加下划线", mend="取消倾斜、下划线", reason="层次用字体区分",
    wrong="一、总体要求（倾斜）", right="一、总体要求（不倾斜）",
)  # fmt: skip


@judges(LEVEL_LOOK)
def level_look(seen: Seen) -> Iterator[Finding]:
    """Find headings in italics or underlined."""
    yield from _looks(seen, LEVEL_LOOK, (is_italic, "文字倾斜"), (is_underlined, "文字加了下划线"))
