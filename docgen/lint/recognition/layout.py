"""What recognising a document gives: its form, the element each paragraph is, its numbered headings."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading.model import Doc, Family, Para, family
from docgen.lint.recognition import words
from docgen.standard.wording.text import SENTENCE_ENDS


class Form(StrEnum):
    """The forms of a document; the values are those of `--form`."""

    GENERAL = "general"
    UPWARD = "upward"
    LETTER = "letter"
    MINUTES = "minutes"
    ORDER = "order"
    SLIP = "slip"
    SERIAL = "serial"


_ITEM_LENGTH: Final = 40
_LINE: Final = 20
"""A numbered paragraph that is parted has as many characters at least, or a comma at its end."""
FORM_NAMES: Final = {
    Form.GENERAL: "普通公文（下行、平行）",
    Form.UPWARD: "上行文",
    Form.LETTER: "信函格式",
    Form.MINUTES: "纪要格式",
    Form.ORDER: "命令（令）格式",
    Form.SLIP: "表单",
    Form.SERIAL: "期刊（简报）",
}


class Role(StrEnum):
    """The elements; the values are the standard's words."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNER = "签发人"
    ISSUER = "制发机关和日期"
    STRAY = "版头里的其他文字"
    TITLE = "标题"
    ADDRESSEE = "主送机关"
    BODY = "正文"
    TABLE = "表格"
    ABOVE_TABLE = "表上文字"
    BELOW_TABLE = "表下文字"
    ITEM = "篇名"
    LIST = "出席名单"
    ANNEX_LIST = "附件说明"
    SIGNATURE = "发文机关署名"
    DATE = "成文日期"
    SIGNED_DATE = "署名和成文日期"
    NOTE = "附注"
    ANNEX_HEAD = "附件标识"
    ANNEX_TITLE = "附件标题"
    ANNEX = "附件正文"
    IMPRINT = "版记"
    AFTER = "版记之后"
    ROSTER = "人员名单"
    BLANK = "空行"


@dataclass(frozen=True, eq=False)
class Heading:
    """A numbered heading of the text: its level (1 to 4), its number, how many characters belong to it."""

    para: Para
    level: int
    count: int
    length: int
    alone: bool
    item: bool


@dataclass
class Layout:
    """A document's form, and the role of each paragraph by its number; `alone` says that it is an annex by itself."""

    doc: Doc
    form: Form = Form.GENERAL
    alone: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    headings: dict[int, Heading] = field(default_factory=dict)

    def of(self, *roles: Role) -> list[Para]:
        """Return the paragraphs of some roles, in order."""
        return [para for para in self.doc.paras if self.roles.get(para.number) in roles]

    def first(self, role: Role) -> Para | None:
        """Return the first paragraph of a role; None where the document has none."""
        return next(iter(self.of(role)), None)

    @property
    def title(self) -> str:
        """Return the title's words without white space."""
        return "".join(para.bare for para in self.of(Role.TITLE))

    @property
    def kind(self) -> str:
        """Return the 文种 that the title ends with (通知, 请示 …); empty for none that is known."""
        return words.kind_of(self.title)

    @property
    def mark(self) -> str:
        """Return the mark's words."""
        return "".join(para.bare for para in self.of(Role.MARK))


def number_headings(layout: Layout) -> None:
    """Note the numbered headings of the text."""
    first = 0
    text = layout.of(Role.BODY)
    rests = {after.number: after.text for para, after in pairwise(text) if goes_on(para, after)}
    for para in text:
        level, count = _numbered(para)
        if para.number in rests or not level or (level == 1 and _is_approximate(para, count, first + 1)):
            continue
        rest = rests.get(para.number + 1, "")
        layout.headings[para.number] = _heading(para, level, count, rest)
        first = count if level == 1 else first


def goes_on(before: Para, para: Para) -> bool:
    """Whether a paragraph is the rest of the one above, parted in a sentence so that a page shows text."""
    if before.words[-1] in SENTENCE_ENDS or para.number != before.number + 1:
        return False
    return not (para.setting.first or para.lead) and (not _numbered(before)[0] or _is_parted(before))


def _is_parted(para: Para) -> bool:
    """Whether a numbered paragraph that ends within a sentence is no heading: long, or with text of its own face."""
    text = para.words
    long = text[-1] in "，、" or para.width > _LINE * para.zi
    return long and ("。" in text or family(para.spans[0].look.east) == Family.BODY)


def _numbered(para: Para) -> tuple[int, int]:
    """Return the level and the number a paragraph begins with; 0 for none."""
    if words.is_of_contents(para.words):
        return 0, 0
    for level, pattern in enumerate(words.LEVELS, start=1):
        found = pattern.match(para.words)
        if found and words.counted(found["number"]):
            return level, words.counted(found["number"])
    return 0, 0


def _is_approximate(para: Para, count: int, expected: int) -> bool:
    """Whether two neighbouring numbers begin a sentence (`三、四级公路`), not a number and a heading."""
    following = words.counted(para.words[2:3]) if len(para.words) > 2 and para.words[1] == "、" else 0
    labelled = bool(para.spans) and family(para.spans[0].look.east) == Family.LABEL
    return following == count + 1 and not (count == expected and labelled)


def _heading(para: Para, level: int, count: int, rest: str) -> Heading:
    """Return the heading of a paragraph, which goes on with the `rest` where it was parted."""
    text = (para.text + rest).rstrip()
    stop = text.find("。")
    alone = stop < 0 or stop == len(text) - 1
    length = len(text) if stop < 0 else stop + 1
    item = len(text[:length].strip()) > _ITEM_LENGTH or (alone and text[-1] in "。；：:;")
    return Heading(para, level, count, length, alone, item)
