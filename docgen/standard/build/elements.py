"""The elements of an official document, one declaration each: its name, its clause, how it is set.

The builder makes a paragraph style of each, under the Chinese name by which a clerk finds it in Word or WPS.
Tests measure pages against the same declarations.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.measures import page
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import NONE, Length, Pt, Twip


class Align(StrEnum):
    """How a line stands between its indents; the values are those of `w:jc`."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "both"


@dataclass(frozen=True)
class Rule:
    """A rule under a paragraph: its strength in eighths of a point, its distance in points, its colour."""

    eighths: int
    space: int = 0
    colour: str = "000000"


@dataclass(frozen=True)
class Element:
    """An element of the standard, and the paragraph style that realises it.

    Args:
        id: The style's identifier in the file.
        name: The style's name as Word shows it, the standard's own word where it has one.
        clause: The clause of GB/T 9704-2012, or why the element exists when the standard has none.
        face: The role of its face.
        size: The size of its type.
        line: The exact height of its lines.
        align: How its lines stand.
        left, right: Indents from the text area's edges.
        first: How far the first line stands right of the others; negative when it hangs.
        tightening: What is added to each character's advance.
        keep_next: Whether it stays on the page of what follows.
        new_page: Whether it begins a page.
        red: Whether it is printed in red.
        outline: Its level in the document's outline, 0 the highest; None when it is no heading.
        rule: The rule under its last line, as wide as the text area; None when there is none.
    """

    id: str
    name: str
    clause: str
    face: Face = Face.BODY
    size: Length = page.SIZE_3
    line: Length = page.LINE
    align: Align = Align.JUSTIFY
    left: Length = NONE
    right: Length = NONE
    first: Length = NONE
    tightening: Length = page.TIGHTENING
    keep_next: bool = False
    new_page: bool = False
    red: bool = False
    outline: int | None = None
    rule: Rule | None = None


_TWO_ZI: Final = page.ZI * 2

MARK: Final = Element(
    "Mark",
    "发文机关标志",
    "7.2.4, 10.1",
    Face.TITLE,
    page.MARK_SIZE,
    page.MARK_SIZE * page.MARK_LINE,
    Align.CENTER,
    tightening=NONE,
    red=True,
)
RULE: Final = Element("Rule", "红色双线", "10.1: anchors the rule of page 1", size=Pt(1), line=Twip(20))
NUMBER: Final = Element("Number", "发文字号", "10.1", align=Align.RIGHT)
BLANK: Final = Element("Blank", "空行", "7.3: blank lines between elements", keep_next=True)
TITLE: Final = Element(
    "Title",
    "公文标题",
    "7.3.1",
    Face.TITLE,
    page.SIZE_2,
    page.TITLE_LINE,
    Align.CENTER,
    tightening=NONE,
    keep_next=True,
    outline=0,
)
ADDRESSEE: Final = Element("Addressee", "主送机关", "7.3.2", align=Align.LEFT, keep_next=True)
BODY: Final = Element("Body", "公文正文", "7.3.3", first=_TWO_ZI)
HEADING_1: Final = Element(
    "Heading1", "一级标题", "7.3.3", Face.LABEL, first=_TWO_ZI, keep_next=True, outline=1
)
HEADING_2: Final = Element(
    "Heading2", "二级标题", "7.3.3", Face.NAME, first=_TWO_ZI, keep_next=True, outline=2
)
HEADING_3: Final = Element("Heading3", "三级标题", "7.3.3", first=_TWO_ZI, outline=3)
HEADING_4: Final = Element("Heading4", "四级标题", "7.3.3", first=_TWO_ZI, outline=4)
ANNEX_LIST: Final = Element("AnnexList", "附件说明", "7.3.4", left=_TWO_ZI, keep_next=True)
SIGNATURE: Final = Element("Signature", "发文机关署名", "7.3.5.1", align=Align.CENTER, keep_next=True)
DATE: Final = Element("Date", "成文日期", "7.3.5.1", align=Align.RIGHT, right=page.DATE_RIGHT, keep_next=True)
NOTE: Final = Element("Note", "附注", "7.3.6", left=_TWO_ZI, keep_next=True)
ANNEX_LABEL: Final = Element(
    "AnnexLabel", "附件标识", "7.3.7", Face.LABEL, align=Align.LEFT, keep_next=True, new_page=True, outline=0
)
ANNEX_TITLE: Final = Element(
    "AnnexTitle",
    "附件标题",
    "7.3.7",
    Face.TITLE,
    page.SIZE_2,
    page.TITLE_LINE,
    Align.CENTER,
    tightening=NONE,
    keep_next=True,
)
# The standard does not speak of the type in tables.
CELL: Final = Element("Cell", "表格文字", "none", size=Pt(12), line=Pt(18), align=Align.LEFT, tightening=NONE)
CELL_HEAD: Final = Element(
    "CellHead", "表头文字", "none", Face.LABEL, Pt(12), Pt(18), Align.CENTER, tightening=NONE
)
TABLE_GAP: Final = Element(
    "TableGap", "表前空", "none: room above a table", size=Pt(1), line=Pt(6), keep_next=True
)
COPIES: Final = Element(
    "Copies",
    "抄送机关",
    "7.4.2",
    size=page.SIZE_4,
    line=page.LINE,
    align=Align.LEFT,
    left=page.ZI_4 * 4,
    right=page.ZI_4,
    first=-page.ZI_4 * 3,
    tightening=NONE,
)
PAGE_NUMBER: Final = Element(
    "PageNumber", "页码", "7.5", Face.DIGITS, page.SIZE_4, page.PAGE_NUMBER_LINE, Align.RIGHT, tightening=NONE
)
COPIES_ROOM: Final = Element("CopiesRoom", "版记占位", "7.4: the room of the copies' box", size=Pt(1))
END: Final = Element("End", "文末", "none: Word wants a paragraph after a table", size=Pt(1), line=Twip(14))

ELEMENTS: Final = (
    MARK, RULE, NUMBER, BLANK, TITLE, ADDRESSEE, BODY, HEADING_1, HEADING_2, HEADING_3, HEADING_4, ANNEX_LIST,
    SIGNATURE, DATE, NOTE, ANNEX_LABEL, ANNEX_TITLE, CELL, CELL_HEAD, TABLE_GAP, COPIES, COPIES_ROOM, PAGE_NUMBER, END,
)  # fmt: skip
"""Those of the letter format, which every form has."""

_RED_RULE: Final = Rule(page.RED_RULE_EIGHTHS, page.RED_RULE_SPACE, page.RED)

COPY_NUMBER: Final = Element("CopyNumber", "份号", "7.2.1", align=Align.LEFT)
SECRECY: Final = Element("Secrecy", "密级和保密期限", "7.2.2", Face.LABEL, align=Align.LEFT)
URGENCY: Final = Element("Urgency", "紧急程度", "7.2.3", Face.LABEL, align=Align.LEFT)
MARK_SPACE: Final = Element("MarkSpace", "标志上空", "7.2.4: 35 mm above the mark's ink", size=Pt(1))
FILE_NUMBER: Final = Element("FileNumber", "文件发文字号", "7.2.5", align=Align.CENTER, rule=_RED_RULE)
SIGNATORY: Final = Element("Signatory", "签发人", "7.2.6", align=Align.LEFT)
UPWARD_NUMBER: Final = Element(
    "UpwardNumber", "上行文发文字号", "7.2.5, 7.2.6", align=Align.LEFT, first=page.ZI, rule=_RED_RULE
)
ORDER_NUMBER: Final = Element("OrderNumber", "令号", "10.2", align=Align.CENTER)
MINUTES_NUMBER: Final = Element("MinutesNumber", "纪要编号", "10.3", align=Align.CENTER)
MINUTES_LINE: Final = Element(
    "MinutesLine", "纪要编发机关和日期", "10.3: by local practice", align=Align.LEFT, first=page.ZI,
    rule=_RED_RULE,
)  # fmt: skip
ATTENDANCE: Final = Element(
    "Attendance", "出席请假列席", "10.3", align=Align.JUSTIFY, left=page.ZI * 5, first=-page.ZI * 3
)
UNSEALED_ORGAN: Final = Element(
    "UnsealedOrgan", "不盖章署名", "7.3.5.2", align=Align.RIGHT, right=page.ORGAN_RIGHT, keep_next=True
)
UNSEALED_DATE: Final = Element("UnsealedDate", "不盖章日期", "7.3.5.2", align=Align.LEFT, keep_next=True)
STAMP: Final = Element("Stamp", "签名章", "7.3.5.3", align=Align.LEFT, keep_next=True)
JOINT_ORGANS: Final = Element("JointOrgans", "联合署名", "7.3.5.1", align=Align.LEFT, keep_next=True)
IMPRINT_TOP: Final = Element(
    "ImprintTop",
    "版记首条分隔线",
    "7.4.1",
    size=Pt(1),
    line=page.RULE_LINE,
    rule=Rule(page.OUTER_RULE_EIGHTHS),
)
IMPRINT_INNER: Final = replace(
    IMPRINT_TOP, id="ImprintInner", name="版记中间分隔线", rule=Rule(page.INNER_RULE_EIGHTHS)
)
IMPRINT_FOOT: Final = replace(IMPRINT_TOP, id="ImprintFoot", name="版记末条分隔线")
IMPRINT_ISSUE: Final = Element(
    "ImprintIssue", "印发机关和印发日期", "7.4.3", size=page.SIZE_4, align=Align.LEFT, left=page.ZI_4, right=page.ZI_4,
    tightening=NONE,
)  # fmt: skip
FORM_TITLE: Final = replace(TITLE, id="FormTitle", name="表单标题", clause="7.3.1")
FORM_CELL: Final = replace(CELL, id="FormCell", name="表单文字", size=Pt(14), line=Pt(21))
FORM_LABEL: Final = replace(CELL_HEAD, id="FormLabel", name="表单栏目", size=Pt(14), line=Pt(21))
FORM_LINE: Final = replace(
    FORM_CELL, id="FormLine", name="表单编号和日期", size=page.SIZE_4, line=page.LINE, align=Align.LEFT
)

FORM_ELEMENTS: Final = (
    *(replace(each, keep_next=each.keep_next and each is not ADDRESSEE) for each in ELEMENTS),
    COPY_NUMBER, SECRECY, URGENCY, MARK_SPACE, FILE_NUMBER, SIGNATORY, UPWARD_NUMBER, ORDER_NUMBER,
    MINUTES_NUMBER, MINUTES_LINE, ATTENDANCE, UNSEALED_ORGAN, UNSEALED_DATE, STAMP, JOINT_ORGANS, IMPRINT_TOP,
    IMPRINT_INNER, IMPRINT_FOOT, IMPRINT_ISSUE, FORM_TITLE, FORM_CELL, FORM_LABEL, FORM_LINE,
)  # fmt: skip
"""Those of every other form as well.

There the addressee lets go of the text: what is kept together from the title to many seals would not fit a page.
"""
