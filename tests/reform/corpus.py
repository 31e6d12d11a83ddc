"""Sixty messy drafts of every sort that offices type, made from a seed, each with what it says.

Levels are written in ten ways, punctuation is mixed, layout is typed with spaces; there are tables, pictures, notes,
links, lists that Word numbers, heads that were typed or left out, and what Word and WPS save (`specimens.py`). The
words are the same from run to run.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from specimens import COUNTED, empty, saved, specimens
from typed import CENTER, RIGHT, add, numbered, picture

LONG_ONES, TEXTS, MARKDOWNS, WPS, WORDS = 5, 10, 10, 10, 25
"""How many drafts there are of each sort: of twenty pages, plain texts, Markdown, WPS's styles, Word's own look."""
ORGANS: Final = ("云河县水利局", "云河县发展和改革委员会", "青岚市重大项目建设办公室", "云河县人民政府办公室")
MATTERS: Final = ("防汛抗旱", "重大项目前期手续", "农村供水保障", "年度投资计划", "行政审批事项清理")
DOINGS: Final = ("进一步做好", "加强", "规范", "加快推进")
TO: Final = ("各镇人民政府，县直各有关单位", "县财政局、县自然资源局", "各县（区）水利局", "各有关单位")
CLAUSES: Final = (
    "各单位要明确专人负责",
    "对照清单逐项梳理",
    "按月报送进展情况",
    "全年完成投资120亿元",
    "开展第二轮排查整治",
    "落实“一项目一台账”",
    "及时协调解决用地问题",
    "确保6月底前全部办结",
    "严格执行《防洪法》有关规定",
    "压减办理时限63%",
    "建立联审联批机制",
    "完成率达到95.5%",
    "不得推诿扯皮",
    "做到早发现早处置",
    "统筹安排资金3000万元",
    "对逾期事项实行红灯督办",
    "结合实际制定细则",
    "坚持问题导向",
)
HEADINGS: Final = (
    "总体要求",
    "重点任务",
    "保障措施",
    "进度安排",
    "组织领导",
    "有关要求",
    "工作步骤",
    "监督检查",
)
_HANZI: Final = "一二三四五六七八九"
WAYS: Final[tuple[tuple[Callable[[int], str], ...], ...]] = (
    tuple(lambda n, mark=mark: f"{_HANZI[n - 1]}{mark}" for mark in ("、", ".", "．", " 、")),  # type: ignore[misc]
    (lambda n: f"（{_HANZI[n - 1]}）", lambda n: f"({_HANZI[n - 1]})", lambda n: f"（{_HANZI[n - 1]}）、"),
    (lambda n: f"{n}.", lambda n: f"{n}、", lambda n: f"{n}．", lambda n: f"{n})"),
    (lambda n: f"（{n}）", lambda n: f"({n})", lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1]),
)
"""How the number of each level is typed."""
DATES: Final = (
    "2026年3月6日",
    "2026.3.6",
    "2026-03-06",
    "二〇二六年三月六日",
    "2026年03月06日",
    "2026 年 3 月 6 日",
)
_NUMBERED: Final = ("list_by_style", "list_of_levels", "lists_of_many_definitions")
"""Specimens with numbers of levels, which would stand among those of a draft."""
SPECIMENS: Final = [each for each in specimens() if each.name not in _NUMBERED]
_SPECIMENS: Final = 3
"""How many of them each Word document has."""
COMMA: Final = ("，", ",", "， ", "，")


@dataclass
class Draft:
    """A draft: its file's name and bytes, and what it says.

    Args:
        name: Of the file.
        data: Its bytes.
        said: Its paragraphs and cells, without the numbers that are written anew.
        held: How many pictures, tables, formulas and notes there are.
    """

    name: str
    data: bytes = b""
    said: list[str] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)


@dataclass
class Page:
    """What is typed: a role, its words and, of a table, its rows."""

    role: str
    words: str = ""
    rows: list[list[str]] = field(default_factory=list)


def drafts(seed: int = 13) -> Iterator[Draft]:
    """Yield the sixty drafts."""
    dice = Random(seed)  # noqa: S311  # the same drafts each time
    sorts = (
        (LONG_ONES, "长稿", ".docx", _in_word, 24),
        (TEXTS, "纯文本", ".txt", _in_text, 2),
        (MARKDOWNS, "标记", ".md", _in_markdown, 2),
        (WPS, "WPS", ".docx", _in_wps, 3),
        (WORDS, "文稿", ".docx", _in_word, 2),
    )
    for count, name, ending, make, pages in sorts:
        for place in range(1, count + 1):
            draft = Draft(f"{name}{place}{ending}")
            make(dice, list(_pages(dice, pages, tables=ending != ".txt")), draft)
            yield draft


def sentence(dice: Random) -> str:
    """Return a sentence of two to five clauses, with commas as people type them."""
    clauses = dice.sample(CLAUSES, dice.randint(2, 5))
    return dice.choice(COMMA).join(clauses) + dice.choice(("。", "。", "。", "；"))[:1].replace("；", "。")


def _pages(dice: Random, pages: int, *, tables: bool) -> Iterator[Page]:
    organ, kind = dice.choice(ORGANS), dice.choice(("通知", "意见", "通报", "方案"))
    annexes = dice.choice((0, 0, 1, 2))
    if dice.random() < 0.4:
        yield Page("mark", f"{organ}文件")
        yield Page("number", dice.choice(("云水发〔2026〕12号", "云水发[2026]12号", "云水发（2026）012号")))
    yield Page("title", f"关于{dice.choice(DOINGS)}{dice.choice(MATTERS)}工作的{kind}")
    yield Page("addressees", dice.choice(TO) + dice.choice(("：", ":")))
    yield Page("text", f"为做好{dice.choice(MATTERS)}工作{dice.choice(COMMA)}现将有关事项通知如下。")
    yield from _levels(dice, pages)
    if tables:
        yield Page("table", rows=_rows(dice))
        yield Page("text", sentence(dice))
    names = [f"{name}表" for name in dice.sample(HEADINGS, annexes)]
    for place, name in enumerate(names, 1):
        label = ("附件：" if place == 1 else "　　　") + (f"{place}.{name}" if annexes > 1 else name)
        yield Page("annex-list", label)
    yield Page("signature", organ)
    yield Page("date", dice.choice(DATES))
    for place, name in enumerate(names, 1):
        yield Page("annex-head", f"附件{place if annexes > 1 else ''}")
        yield Page("annex-title", name)
        yield Page("text", sentence(dice))
    if dice.random() < 0.4:
        yield Page("copies", "抄送：县委办公室，县人大常委会办公室。")
        yield Page("printed", f"{organ}　　2026年3月6日印发")


def _levels(dice: Random, pages: int) -> Iterator[Page]:
    """Yield headings and text of four levels, their numbers typed in one way of each level."""
    one, two, three, four = (dice.choice(each) for each in WAYS)
    for first in range(1, min(9, max(3, pages)) + 1):
        yield Page("level", f"{one(first)}\t{dice.choice(HEADINGS)}")
        yield Page("text", sentence(dice))
        for second in range(1, dice.randint(2, 3) + pages // 8):
            yield Page("level", f"{two(second)}\t{dice.choice(HEADINGS)}")
            for third in range(1, dice.randint(2, 4) + pages // 6):
                yield Page("level", f"{three(third)}\t{sentence(dice)}")
            for fourth in range(1, dice.choice((1, 1, 3))):
                yield Page("level", f"{four(fourth)}\t{sentence(dice)}")


def _rows(dice: Random) -> list[list[str]]:
    columns = dice.choice((3, 4, 5, 9))
    heads = ["序号", "项目名称", "责任单位", "完成时限", "投资（万元）", "进度", "联系人", "电话", "备注"][
        :columns
    ]
    return [
        heads,
        *([str(row), *dice.choices(CLAUSES[:9], k=columns - 1)] for row in range(1, dice.randint(3, 7))),
    ]


def _told(draft: Draft, page: Page) -> str:
    """Note what a page says, and return it as it is typed."""
    number, _, words = page.words.rpartition("\t")
    if page.rows:
        draft.said += [cell for row in page.rows for cell in row]
        draft.held["tables"] += 1
    elif page.role not in {"date", "number", "annex-head", "annex-list"}:
        draft.said.append(words)
    return number + words


def _in_text(dice: Random, pages: list[Page], draft: Draft) -> None:
    """Write a text: indents typed as spaces, blank lines, ends of lines of two kinds, two encodings."""
    lead, gap = dice.choice(("", "    ", "　　")), dice.choice(("\n", "\n\n", "\r\n"))
    lines = []
    for page in pages:
        words = _told(draft, page)
        far = page.role in {"signature", "date"} and dice.random() < 0.5
        lines.append((" " * 30 if far else lead if page.role in {"text", "level"} else "") + words)
    draft.data = gap.join(lines).encode(dice.choice(("utf-8", "utf-8-sig", "gb18030")))


def _in_markdown(dice: Random, pages: list[Page], draft: Draft) -> None:
    """Write Markdown: headings by signs, tables, bold words and links."""
    lines = []
    for page in pages:
        words = _told(draft, page)
        if page.role == "title":
            words = f"# {words}"
        elif page.role == "level" and words[0] in _HANZI:
            words = f"## {words}"
        elif page.rows:
            cells = ["| " + " | ".join(row) + " |" for row in page.rows]
            words = "\n".join((cells[0], "|" + " --- |" * len(page.rows[0]), *cells[1:]))
        elif page.role == "text" and dice.random() < 0.3:
            words = words.replace("要", "**要**", 1)
        lines.append(words)
    draft.data = "\n\n".join(lines).encode()


def _in_word(dice: Random, pages: list[Page], draft: Draft) -> None:
    """Write a document in Word's own look: sizes and alignments as they came, pictures, numbers made by Word."""
    document = empty()
    _type(dice, document, pages, draft, lambda page: _looks(dice, page))
    if dice.random() < 0.5:
        place = next(each for each in document.paragraphs if "现将有关事项" in each.text)
        place.insert_paragraph_before().add_run().add_picture(io.BytesIO(picture()))
        draft.held["pictures"] += 1
    _put_specimens(dice, document, draft)
    draft.data = saved(document)


def _in_wps(dice: Random, pages: list[Page], draft: Draft) -> None:
    """Write a document as WPS does: styles of its own names, indents in characters, no snapping to the grid."""
    document = empty()
    for name, size in (("公文大标题", 18), ("正文首行缩进1", 14), ("标题1级", 15)):
        style = document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = docx.shared.Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    styles = {"title": "公文大标题", "level": "标题1级", "text": "正文首行缩进1"}
    _type(dice, document, pages, draft, lambda page: {"align": CENTER if page.role == "title" else None})
    for paragraph, page in zip(document.paragraphs, [each for each in pages if not each.rows], strict=False):
        if page.role in styles:
            paragraph.style = document.styles[styles[page.role]]
        properties = paragraph._p.get_or_add_pPr()
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        properties.insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")
        if page.role == "text":
            indent = OxmlElement("w:ind")
            indent.set(qn("w:firstLineChars"), "200")
            properties.insert_element_before(indent, "w:jc", "w:rPr")
    _put_specimens(dice, document, draft)
    draft.data = saved(document)


def _put_specimens(dice: Random, document: Any, draft: Draft) -> None:
    """Put in what word processors leave in drafts, each behind some paragraph that ends a sentence."""
    places = [each for each in document.paragraphs[:-6] if each.text.endswith("。")]
    for specimen in dice.sample(SPECIMENS, _SPECIMENS):
        specimen.put(document, dice.choice(places))
        draft.said += specimen.says
        draft.held += Counter({each: specimen.count(each) for each in COUNTED})


def _looks(dice: Random, page: Page) -> dict[str, Any]:
    """Return the look of a paragraph as somebody left it."""
    if page.role in {"title", "mark", "annex-title"}:
        return {"size": dice.choice((16, 18, 22)), "align": dice.choice((CENTER, CENTER, None)), "bold": True}
    if page.role in {"signature", "date"}:
        return {"size": 14, "align": dice.choice((RIGHT, CENTER, None))}
    return {"size": dice.choice((12, 14, 16)), "face": dice.choice(("宋体", "仿宋", "微软雅黑", "楷体"))}


def _type(
    dice: Random, document: Any, pages: list[Page], draft: Draft, looks: Callable[[Page], dict[str, Any]]
) -> None:
    """Type what is said into a document; of some the lowest level is numbered by Word."""
    listed: list[str] = []
    by_word = dice.random() < 0.4
    for page, after in zip(pages, [*pages[1:], None], strict=True):
        words = _told(draft, page)
        if page.rows:
            _table(document, page.rows)
        elif by_word and page.role == "level" and words[0].isdigit():
            listed.append(words.lstrip("0123456789.．、)"))
            if after is None or after.role != "level" or not after.words[0].isdigit():
                _numbered(document, listed)
                listed = []
        else:
            spaced = "　　" if page.role in {"text", "level"} and dice.random() < 0.5 else ""
            add(document, spaced + words, **looks(page))


def _numbered(document: Any, lines: list[str]) -> None:
    """Add a list that Word numbers from 1, as a list of its own."""
    part = document.part.numbering_part.element
    count = 100 + len(part.findall(qn("w:num")))
    numbered(document, lines, "decimal", "%1.", count)


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
