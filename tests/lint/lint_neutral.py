"""Changes that break no rule: other accepted habits, and other ways to make the same page."""

from __future__ import annotations

import copy
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lint_changes import (
    Change,
    add_after,
    align,
    at,
    both,
    color,
    date_by_tab,
    every,
    field_without_result,
    footer,
    indent,
    looks,
    put,
    put_words,
    remove,
    text,
)
from lint_whole_seeds import cell_margins, drawn_double

_SONG = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:hint="eastAsia"/><w:sz w:val="28"/></w:rPr>'


def complex_field(paragraph: Any) -> None:
    """Write the page number as Word does: a content control around a field of four runs."""
    for each in list(paragraph):
        if each.tag != qn("w:pPr"):
            paragraph.remove(each)
    said = f'<w:r>{_SONG}<w:t xml:space="preserve">— </w:t></w:r>'
    kinds = ["begin", "separate", "end"]
    begin, separate, end = (f'<w:r>{_SONG}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    instruction = f'<w:r>{_SONG}<w:instrText xml:space="preserve"> PAGE  \\* MERGEFORMAT </w:instrText></w:r>'
    content = (
        f"{said}{begin}{instruction}{separate}<w:r>{_SONG}<w:t>1</w:t></w:r>{end}{said.replace('— ', ' —')}"
    )
    paragraph.append(
        parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    )


def framed_number(paragraph: Any) -> None:
    """Put the page number into a frame at the outer side, as WPS and Word's gallery do."""
    put(
        paragraph,
        "w:framePr",
        '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>',
    )


def one_paragraph_title(document: Document) -> None:
    second = at(document, "优化重大项目审批服务的通知")
    run = second.find(qn("w:r"))
    run.insert(1, parse_xml(f"<w:br {nsdecls('w')}/>"))
    at(document, "澄湖县人民政府关于进一步").append(run)
    second.getparent().remove(second)


def broken_by_paragraph(document: Document) -> None:
    head = at(document, "附件2")
    put(head, "w:pageBreakBefore", '<w:pageBreakBefore w:val="0"/>')
    head.addprevious(parse_xml(f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>'))


def numbered_by_word(document: Document) -> None:
    """Let Word number the headings of the first level."""
    numbering = document.part.numbering_part.element
    kind = '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
    level = f'<w:lvl w:ilvl="0">{kind}<w:lvlText w:val="%1、"/></w:lvl>'
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{level}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for number in "一二三":
        paragraph = at(document, f"{number}、")
        said = next(paragraph.iter(qn("w:t")))
        said.text = said.text[2:]
        paragraph.pPr.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )


def split_runs(document: Document) -> None:
    """Split every run of the text in two, with a bookmark and a spelling mark between."""
    for run in list(document.element.body.iter(qn("w:r"))):
        said = run.find(qn("w:t"))
        if said is None or len(said.text or "") < 4:
            continue
        twin = copy.deepcopy(run)
        half = len(said.text) // 2
        twin.find(qn("w:t")).text, said.text = said.text[half:], said.text[:half]
        run.addnext(twin)
        run.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
        run.addnext(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="5" w:name="b"/>'))


def table_of_small_type(document: Document) -> None:
    table = document.add_table(2, 3)
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].add_run("12.5")
    at(document, "各镇、各有关单位").addnext(table._tbl)


def landscape_annex(document: Document) -> None:
    """Turn the pages of the annexes."""
    upright = copy.deepcopy(document.sections[-1]._sectPr)
    turned = copy.deepcopy(upright)
    turned.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
    for name, value in (("w", "16838"), ("h", "11906")):
        turned.find(qn("w:pgSz")).set(qn(f"w:{name}"), value)
    for name, value in (("top", "1588"), ("right", "2098"), ("bottom", "1474"), ("left", "1984")):
        turned.find(qn("w:pgMar")).set(qn(f"w:{name}"), value)
    for head, section in (("附件1", upright), ("附件2", turned)):
        paragraph = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
        )
        paragraph.pPr.append(section)
        at(document, head).addprevious(paragraph)


def blank_stamp_room(document: Document) -> None:
    at(document, "2026年11月26日").addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))


_LATIN = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/>'

_WORDS = """
根据《条例》（以下简称《条例》）和“十四五”“十五五”规划，
对一、二年级和第三、四名，
要求：1）按时；2）按量，
于2026年1—3月、上午9:00—11:30，
按1:3的比例、GB/T 9704-2012和110kV标准，
投资3.5亿元、增长0.5%、±2%，
由张某、李某等3人，用X射线和5G，
发邮件至abc_d@x.gov.cn，
于12月31日24:00前拨打12345热线，
——这是要求，
按第1～3条、20%—30%和近3—5年的做法，
联系人：张三　　电话：123，
自二〇二六年起，
请填写附件2并反馈我办，
登录平台后请输入用户名，
PM2.5浓度<35微克、增幅>5%的单位，
三、四级公路和一、二级公路，
运行docgen verify --entry核对，
身高1.7米（±2厘米）、面积12㎡、温度25℃，
每年1月、按月、当月底前，
以第4号（2026年第2批）清单为准，
按国办发〔2020〕24号文件，
""".strip().splitlines()

LONG = "各镇、各有关单位"


def date_of_apart(document: Document) -> None:
    put_words(at(document, "2026年11月26日"), "2026年3月6日")


def copies_in_text(document: Document) -> None:
    """Explain in the text what 主送 and 抄送 mean, above a heading and the real 版记."""
    add_after(LONG, "主送：公文的主要受理机关。")(document)
    add_after("主送：", "抄送：除主送机关外需要执行或者知晓公文内容的其他机关。")(document)


NEUTRAL: dict[str, tuple[str, Change]] = {
    "a date without year, of next year": ("general", text("2026年4月1日起", "1月5日（星期二）起")),
    "a date without year, of this year": ("general", text("2026年4月1日起", "4月1日（周三）起")),
    "a character's room by the margins of a table": (
        "general",
        both(indent("抄送", left=0, firstLine=0), cell_margins(280)),
    ),
    "a double rule that is drawn": ("letter in twips", drawn_double),
    "contacts laid out with spaces": (
        "letter",
        text("（联系人：陶映雪，联系电话：0990-7000216）", "（联系人：陶映雪　　联系电话：0990-7000216）"),
    ),
    "a letter's degree of urgency below its rule": (
        "letter",
        both(
            add_after("澄发改函", "特急"),
            align("特急", "left"),
            looks(
                "特急",
                "w:rFonts",
                '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/>',
            ),
        ),
    ),
    "a letter without number": ("letter", remove("澄发改函")),
    "paper with a printed head": ("general", remove("澄湖县人民政府文件")),
    "no head at all": ("apart", remove("澄湖县人民政府文件", "澄政函发")),
    "page numbers as Word writes them": ("general", footer(complex_field)),
    "page numbers in a frame outside": ("letter", footer(framed_number)),
    "digits in Times New Roman": ("general", looks("各镇、各有关单位", "w:rFonts", _LATIN)),
    "no signature above the date": ("apart", remove("澄湖县人民政府文件", "澄政函发", "此复")),
    "a title with a soft break": ("general", one_paragraph_title),
    "text at the left": ("general", every("w:jc", '<w:jc w:val="left"/>', "各镇、各有关单位")),
    "a page break in its own paragraph": ("general", broken_by_paragraph),
    "automatic numbering": ("general", numbered_by_word),
    "runs in pieces": ("general", split_runs),
    "runs in pieces, by styles": ("letter", split_runs),
    "a table in small type": ("general", table_of_small_type),
    "an annex across": ("general", landscape_annex),
    "black by name": ("general", color("为进一步优化", "000000")),
    "red of another shade": ("general", color("澄湖县人民政府文件", "C00000")),
    "room for a stamp": ("apart", blank_stamp_room),
    "no note": ("upward", remove("（联系人")),
    "no level": (
        "general",
        remove(
            "一、总体要求",
            "二、重点任务",
            "（一）压减",
            "（二）强化",
            "三、组织实施",
            "1.公布",
            "2.推行",
            "（1）",
            "（2）",
        ),
    ),
    "a public notice": ("general", both(text("审批服务的通知", "审批服务的公告"), remove("各镇人民政府"))),
    "a phone number and a code": (
        "general",
        text("为进一步优化营商环境，", "咨询电话0990-7001234、项目代码2511-990124-04-01-618273，"),
    ),
    "ordinals of months": ("general", text("为进一步优化营商环境，", "第一、二季度，三、四级医院，")),
    "a range of years": ("general", text("为进一步优化营商环境，", "2026—2030年，")),
    "a date with its weekday": ("general", text("为进一步优化营商环境，", "2026年4月1日（星期三）起，")),
    "a file named with a dot": (
        "general",
        text("为进一步优化营商环境，", "登录www.example.gov.cn，用V2.0版，10:30前，"),
    ),
    "quotes within quotes": (
        "general",
        text("为进一步优化营商环境，", "为进一步落实“关于‘一件事’改革”要求，"),
    ),
    "a decree cited within titles": (
        "letter",
        text("《重大项目联审联批工作机制》", "《〈重大项目联审联批工作机制〉实施细则》"),
    ),
    **{f"words: {said}": ("general", text("为进一步优化营商环境，", said)) for said in _WORDS},
    "a public notice whose text ends with a colon": (
        "general",
        both(
            text("审批服务的通知", "审批服务的公告"),
            remove("各镇人民政府"),
            text("现就有关事项通知如下。", "现公告："),
        ),
    ),
    "a date at its place by a right tab": ("general", date_by_tab(7586)),
    "a date at its place by tabs": ("apart", both(date_of_apart, date_by_tab())),
    "a page number that Word has still to count": ("general", footer(field_without_result)),
    "a title whose quotation goes over two lines": (
        "general",
        both(
            text("澄湖县人民政府关于进一步", "澄湖县人民政府关于《重大项目"),
            text("优化重大项目审批服务的通知", "审批服务管理规程（试行）》的通知"),
        ),
    ),
    "a sentence that begins with two neighbouring numbers": (
        "general",
        add_after(LONG, "三、四级公路纳入管理，二、三产业一并统计。"),
    ),
    "paragraphs of the text about those who get copies": ("general", copies_in_text),
    "minutes numbered by sittings": ("minutes", text("第3期", "〔2026〕第5次")),
    "minutes with a number in brackets": ("minutes", text("第3期", "（12）")),
    "minutes with the year in words": ("minutes", text("第3期", "2026年第3次")),
    "one more paragraph": ("minutes", add_after("会议指出", "会议强调，各单位要抓紧落实。")),
    "addressees centred no more": ("wps", align("各镇人民政府", "both")),
}
