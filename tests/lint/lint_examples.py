"""Examples of rules drawn: the words of one in a conforming document, and how they look, as the example says it.

In an example ¶ ends a paragraph, ↓ is a soft break, and …… stands for what lies between; how a paragraph looks stands
behind it in brackets.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lint_changes import put, put_words, words_of

BETWEEN = "¶……¶"
_FACES = {"仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "小标宋": "方正小标宋简体"}
_OWN_NAMES = ("宋体", "黑体", "华文行楷", "Times New Roman")
_COLORS = {"红色": "FF0000", "黑色": "000000", "蓝色": "1F4E79"}
_ALIGNS = {"居中": "center", "居左": "left", "居右": "right", "两端对齐": "both"}
_INDENTS = {"顶格": {}, "不缩进": {}, "首行缩进 2 字": {"firstLineChars": 200}, "左空二字": {"firstLine": 640},
            "左空一字": {"left": 280, "right": 280}, "右空四字": {"right": 1260}, "右空二字": {"right": 630},
            "顶到边": {}, "空一字": {"left": 280, "right": 280}}  # fmt: skip
_BORDERS = {"下面没有线": 'w:val="nil"', "下面一条黑线": 'w:val="single" w:sz="12" w:color="000000"',
            "下面一条红线": 'w:val="single" w:sz="12" w:space="7" w:color="FF0000"'}  # fmt: skip
_BREAKS = {"不另起一页": "0", "另起一页": "1"}
_LINES_IN = 225  # millimetres: the height of the text area
_WAYS = {
    "加下划线": ("w:u", "single"), "不加下划线": ("w:u", "none"), "加删除线": ("w:strike", "1"),
    "不加删除线": ("w:strike", "0"), "加着重号": ("w:em", "dot"), "不加着重号": ("w:em", "none"),
    "加底色": ("w:highlight", "yellow"), "不加底色": ("w:highlight", "none"),
    "加粗": ("w:b", "1"), "不加粗": ("w:b", "0"),
    "倾斜": ("w:i", "1"), "不倾斜": ("w:i", "0"), "隐藏": ("w:vanish", "1"), "不隐藏": ("w:vanish", "0"),
    "字距加宽 3 磅": ("w:spacing", "60"), "字距不变": ("w:spacing", "-5"),
}  # fmt: skip
_SPACINGS = {
    "1.5 倍行距": 'w:line="360" w:lineRule="auto"', "行距 28.95 磅": 'w:line="579" w:lineRule="exact"',
    "段后 12 磅": 'w:after="240" w:line="579" w:lineRule="exact"',
    "段后 0 磅": 'w:after="0" w:line="579" w:lineRule="exact"',
}  # fmt: skip
_LOOKS = re.compile("（([^（）]*)）$")


def draw(document: Document, example: str, stretches: Sequence[str]) -> None:
    """Put an example into a document.

    Args:
        document: It.
        example: The example.
        stretches: For each of its stretches the paragraphs whose place it takes, by how the first begins, or the first
            and the last with — between; ^ before words means the first paragraph that begins so, else it is the last
            one that says just that, if there is one. 页面 and 页脚 are the pages and the footers of all sections.
    """
    for words, stretch in zip(example.split(BETWEEN), stretches, strict=True):
        if stretch in ("页面", "页脚"):
            (_draw_page if stretch == "页面" else _draw_footers)(document, words)
            continue
        first, _, last = stretch.partition("—")
        paragraphs = list(document.element.body.iter(qn("w:p")))
        behind = paragraphs[paragraphs.index(_found(paragraphs, first)) :]
        models = behind[: behind.index(_found(behind, last or first)) + 1]
        for line in words.split("¶"):
            models[0].addprevious(_drawn(line, models))
        for each in models:
            each.getparent().remove(each)


def _draw_page(document: Document, measures: str) -> None:
    """Set the page of all sections to measures: 纸 216×279 mm, 上 37、左 28 mm, 每面 22 行."""
    paper = re.search(r"纸 (\d+)×(\d+) mm", measures)
    sides = re.search(r"上 ([\d.]+)、左 ([\d.]+) mm", measures)
    lines = re.search(r"每面 (\d+) 行", measures)
    for section in document.sections:
        if paper:
            section.page_width, section.page_height = Mm(int(paper[1])), Mm(int(paper[2]))
        if sides:
            section.top_margin, section.left_margin = Mm(float(sides[1])), Mm(float(sides[2]))
        if lines:
            pitch = Mm(_LINES_IN / int(lines[1])).twips
            section._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), str(round(pitch)))


def _draw_footers(document: Document, example: str) -> None:
    """Set what stands around the number of the page, and how it looks, in all footers."""
    words, asked = _parted(example)
    before, _, after = words.partition("1")
    for section in document.sections:
        for footer in (section.footer, section.even_page_footer):
            for paragraph in footer._element.iter(qn("w:p")):
                texts = list(paragraph.iter(qn("w:t")))
                texts[0].text, texts[-1].text = before, after
                for each in asked:
                    _look(paragraph, each)


def _parted(line: str) -> tuple[str, list[str]]:
    """Return a line's words, and how it looks."""
    looks = _LOOKS.search(line)
    asked = looks[1].split("、") if looks else []
    return (line[: looks.start()], asked) if looks and all(map(_is_known, asked)) else (line, [])


def _found(paragraphs: Sequence[Any], start: str) -> Any:
    said = [
        (each, words_of(each).strip())
        for each in paragraphs
        if each.find(f".//{qn('w:txbxContent')}") is None
    ]
    exact = [each for each, words in said if words == start]
    return (
        exact[-1]
        if exact
        else next(each for each, words in said if words.startswith(start.removeprefix("^")))
    )


def _drawn(line: str, models: Sequence[Any]) -> Any:
    """Return a paragraph like the one of some that says most of the same."""
    words, asked = _parted(line)
    if not words:
        return parse_xml(f"<w:p {nsdecls('w')}/>")
    paragraph = copy.deepcopy(
        max(models, key=lambda each: SequenceMatcher(None, words_of(each), words).ratio())
    )
    put_words(paragraph, words)
    _break(paragraph)
    for each in asked:
        _look(paragraph, each)
    return paragraph


def _is_known(look: str) -> bool:
    known = (_FACES, _OWN_NAMES, _COLORS, _ALIGNS, _INDENTS, _WAYS, _SPACINGS, _BORDERS, _BREAKS)
    return look.endswith("磅") or any(look in each for each in known)


def _break(paragraph: Any) -> None:
    """Make each ↓ a soft break."""
    text = next(paragraph.iter(qn("w:t")))
    pieces = (text.text or "").split("↓")
    text.text = pieces[0]
    for piece in reversed(pieces[1:]):
        text.addnext(parse_xml(f"<w:t {nsdecls('w')}>{piece}</w:t>"))
        text.addnext(parse_xml(f"<w:br {nsdecls('w')}/>"))


def _look(paragraph: Any, look: str) -> None:
    if look in _ALIGNS or look.startswith("右空"):
        put(paragraph, "w:jc", f'<w:jc w:val="{_ALIGNS.get(look, "right")}"/>')
    elif look in _BORDERS:
        put(paragraph, "w:pBdr", f"<w:pBdr {nsdecls('w')}><w:bottom {_BORDERS[look]}/></w:pBdr>")
    elif look in _BREAKS:
        put(paragraph, "w:pageBreakBefore", f'<w:pageBreakBefore w:val="{_BREAKS[look]}"/>')
    elif look == "顶格":
        put(paragraph, "w:jc", '<w:jc w:val="left"/>')
    if look in _INDENTS:
        given = (
            dict.fromkeys(("left", "right", "firstLine", "leftChars", "firstLineChars"), 0) | _INDENTS[look]
        )
        put(
            paragraph,
            "w:ind",
            "<w:ind " + " ".join(f'w:{name}="{value}"' for name, value in given.items()) + "/>",
        )
    elif look in _SPACINGS:
        put(paragraph, "w:spacing", f"<w:spacing {_SPACINGS[look]}/>")
    for name, value in _run_look(look):
        for run in paragraph.iter(qn("w:r")):
            put(run, name, f"<{name} {value}/>", "w:rPr")


def _run_look(look: str) -> Sequence[tuple[str, str]]:
    if look in _WAYS:
        return [(_WAYS[look][0], f'w:val="{_WAYS[look][1]}"')]
    if look in _COLORS:
        return [("w:color", f'w:val="{_COLORS[look]}"')]
    if look in _FACES or look in _OWN_NAMES:
        face = _FACES.get(look, look)
        slots = ("ascii", "hAnsi") if face.isascii() else ("ascii", "hAnsi", "eastAsia", "hint")
        given = " ".join(f'w:{slot}="{"eastAsia" if slot == "hint" else face}"' for slot in slots)
        return [("w:rFonts", given)]
    points = re.fullmatch(r"([\d.]+) 磅", look)
    return [("w:sz", f'w:val="{round(float(points[1]) * 2)}"')] if points else []
