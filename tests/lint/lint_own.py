"""Conforming documents made by docgen's own builder, one or more of each form."""

from __future__ import annotations

from functools import cache

from docgen.standard.build import blocks
from docgen.standard.build.blocks import Block, document_end
from docgen.standard.build.closing import joint_seals, stamped, unsealed
from docgen.standard.build.form_table import Cell, Row
from docgen.standard.build.form_table import Form as SlipForm
from docgen.standard.build.form_table import form as slip_form
from docgen.standard.build.head import Corner, file_head, upward_head
from docgen.standard.build.imprint import Imprint, imprint
from docgen.standard.build.levels import body
from docgen.standard.build.parts import (
    Addressee,
    AnnexHead,
    BlankLine,
    Body,
    Heading,
    Note,
    NumberLine,
    Run,
    Slot,
    TitleLines,
)
from docgen.standard.forms import document
from docgen.standard.forms.letter import Letter
from docgen.standard.forms.letter import build as build_letter
from docgen.standard.forms.minutes import attendance, minutes_head
from docgen.standard.forms.order import order_head
from docgen.standard.measures.fonts import PLAIN, Face
from docgen.standard.measures.look import STANDARD, Look, Margins
from docgen.template import template

OFFICE = "澄湖县人民政府办公室"
DATE = "2026年3月6日"
LEVELS = """为加快推进重大项目前期工作，现就有关事项通知如下。
一、总体要求
坚持“要素跟着项目走”，对2026年清单内的38个项目实行联审联批。
二、重点任务
（一）明确责任。请于2026年3月20日前逐项明确责任人和计划办结日期。
（二）倒排工期
1.用地预审
自然资源部门牵头。
2.环评审批。生态环境部门牵头，按季度通报。
（1）登记表项目
（2）报告表项目即来即办。
特此通知。"""
_PARTS = (
    Slot("版头"),
    TitleLines("标题行"),
    Addressee("{{ 主送 }}："),
    Slot("正文"),
    Slot("附件说明"),
    Slot("署名"),
)
_ANNEXES = (
    AnnexHead("附件1", "附件一"),
    Body("各单位职责另行通知。"),
    AnnexHead("附件2", "附件二"),
    Body("各项目清单另行通知。"),
)
_USUAL = {
    "标题行": ("关于印发全县重大项目联审联批", "工作机制的通知"),
    "主送": "各苏木镇人民政府，县直各部门",
    "正文": body(LEVELS),
    "附件说明": Block(),
    "署名": blocks.signature((OFFICE,), DATE),
    "版记": imprint(Imprint(OFFICE, DATE, ("县委办公室", "县人大常委会办公室"))),
    "附件一": ("成员单位职责",),
    "附件二": ("重大项目清单",),
}


@cache
def general() -> bytes:
    """A notice with two annexes."""
    parts = document.Document((*_PARTS, *_ANNEXES, Slot("版记")))
    head = file_head([OFFICE], "澄政办发〔2026〕12号", Corner("000123", "秘密★1年", "特急"))
    return _made(parts, STANDARD, 版头=head, 附件说明=blocks.annex_list(("成员单位职责", "重大项目清单")))


@cache
def joint() -> bytes:
    """A notice of three organs, in ink margins."""
    look = Look(margins=Margins.INK, faces=PLAIN)
    organs = ("澄湖县发展和改革委员会", "澄湖县财政局", "澄湖县自然资源局")
    parts = document.Document((*_PARTS, Slot("版记")))
    return _made(
        parts, look, 版头=file_head(organs, "澄发改发〔2026〕2号", look=look), 署名=joint_seals(organs, DATE)
    )


@cache
def upward() -> bytes:
    """A request with four signatories."""
    head = upward_head([OFFICE], "澄政办请〔2026〕2号", ["张三丰", "李大四", "王小明", "赵小六"])
    said = {
        "标题行": ("关于调整建设用地指标的请示",),
        "主送": "临江市人民政府办公室",
        "正文": body(
            "现将有关事项请示如下。\n一、基本情况\n县级指标已经用完。\n二、请示事项\n请予安排。\n妥否，请批示。"
        ),
        "署名": unsealed([OFFICE], DATE),
    }
    parts = document.Document((*_PARTS, Note("（联系人：张三，电话：0990-7001234）"), Slot("版记")))
    return _made(parts, STANDARD, 版头=head, **said)


@cache
def minutes() -> bytes:
    """Minutes of a meeting."""
    parts = (Slot("版头"), TitleLines("标题行"), BlankLine(), Slot("正文"), Slot("名单"), Slot("版记"))
    said = {
        "版头": minutes_head("澄湖县联审联批会议纪要", "第3期", (OFFICE, DATE)),
        "标题行": ("重大项目联审联批专题会议纪要",),
        "正文": body(
            "会议指出，要加快推进。\n会议议定：\n一、关于用地问题\n由县自然资源局负责。", keep_last=False
        ),
        "名单": attendance(["张三", "李四", "王五"] * 8, ["赵六"], ["钱七", "孙八"]),
    }
    return _made(document.Document(parts), STANDARD, **said)


@cache
def order() -> bytes:
    """An order."""
    text = "《澄湖县重大项目管理办法》已经县人民政府第3次常务会议通过，现予公布，自2026年4月1日起施行。"
    said = {
        "版头": order_head("澄湖县人民政府令", "第3号"),
        "正文": body(text),
        "署名": stamped([("县长", "王小明")], DATE),
    }
    parts = (Slot("版头"), Slot("正文"), Slot("署名"), Slot("文末"))
    return _made(document.Document(parts), STANDARD, **said, 文末=document_end())


@cache
def letter() -> bytes:
    """A letter with one annex and copies."""
    letter = Letter((
        Slot("版头"), NumberLine("澄联审办函〔2026〕12号"), TitleLines("标题行"), Addressee("澄湖县自然资源局："),
        Body("现将有关事项函告如下。"), Heading(1, "一、项目概况"), Body("项目位于澄湖县工业园区，总投资3.2亿元。"),
        Heading(1, "二、有关要求"), Body((Run("（一）明确责任。", Face.NAME), "请于2026年3月20日前反馈。")),
        Body((Run("（二）按时办结。", Face.NAME), "请于2026年6月30日前办结。")), Body("特此函告，请予支持为盼。"),
        Slot("附件说明"), Slot("署名"), Note("（联系人：张三，联系电话：0990-7001234）"),
        AnnexHead("附件", "附件一"), Body("各单位职责另行通知。"), Slot("版记"),
    ))  # fmt: skip
    said = {
        "版头": blocks.letter_mark("澄湖县重大项目联审联批工作机制办公室"),
        "标题行": ("关于项目前期手续办理", "有关事项的告知函"),
        "附件说明": blocks.annex_list(("成员单位职责",)),
        "署名": blocks.signature(
            ("澄湖县重大项目联审联批工作机制办公室", "澄湖县发展和改革委员会（代章）"), DATE
        ),
        "版记": blocks.letter_copies(("县政府办公室", "县审计局")),
    }
    return template.compile(build_letter(letter), "函").render(_USUAL | said)


@cache
def slip() -> bytes:
    """A slip with number and date over its table, a place to sign, and a note."""
    rows = (
        Row((Cell("承办单位", 2, label=True), Cell("县自然资源局", 4), Cell("协办单位", 2, label=True), Cell("", 4))),
        Row((Cell("交办事项", 2, label=True), Cell("澄湖县工业园区污水处理厂项目用地预审", 10)), room=1),
        Row((Cell("反馈", 2, label=True), Cell("□已办结", 10, foot="签字：　　　　　年　　月　　日")), room=2),
    )  # fmt: skip
    made = SlipForm(("任务交办单",), rows, ("交办〔2026〕3号", DATE), ("注：一事一单。",))
    return _made(document.Document((Slot("单"),)), STANDARD, 单=slip_form(made))


@cache
def serial() -> bytes:
    """An issue of a bulletin, its head as that of minutes."""
    parts = (Slot("版头"), TitleLines("标题行"), BlankLine(), Slot("正文"), Slot("版记"))
    said = {
        "版头": minutes_head("联审联批工作简报", "第3期", (OFFICE, DATE)),
        "标题行": ("全县重大项目前期手续办理情况",),
        "正文": body("截至2026年2月底，有关情况如下。\n一、总体情况\n应办手续38项，已办结21项。"),
    }
    return _made(document.Document(parts), STANDARD, **said)


def _made(parts: document.Document, look: Look, **said: object) -> bytes:
    return template.compile(document.build(parts, look), "公文").render(_USUAL | said)


OWN = {
    "docgen general": general,
    "docgen joint": joint,
    "docgen upward": upward,
    "docgen minutes": minutes,
    "docgen order": order,
    "docgen letter": letter,
    "docgen slip": slip,
    "docgen serial": serial,
}
