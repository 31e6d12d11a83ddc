"""Conforming documents made without docgen, of every form and in the ways offices make them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from docx.oxml import parse_xml
from lint_writer import RED_LINE, Ways, Writer

LONG = (
    "各镇、各有关单位要坚持问题导向，逐项梳理堵点难点，建立“一项目一台账”，"
    "按月更新进展情况，并将办理结果报县重大项目办公室汇总。"
)


def write_text(out: Writer) -> None:
    """Write a text with all four levels, alone and run in."""
    ways = out.ways
    out.add(
        "为进一步优化营商环境，根据《优化营商环境条例》（国令〔2019〕722号）要求，现就有关事项通知如下。",
        first=2,
    )
    out.add("一、总体要求", face="黑体", first=2)
    out.add(LONG, first=2)
    out.add("二、重点任务", face="黑体", first=2)
    out.add("（一）压减办理时限", face=ways.kaiti, first=2)
    out.add("1.公布事项清单。审批事项压减63%～68%，办理时间控制在5～10个工作日。", first=2)
    out.add("2.推行告知承诺。", first=2)
    out.add("（1）明确适用范围。" + LONG, first=2)
    out.add("（2）加强事后监管。" + LONG, first=2)
    out.add(
        [
            ("（二）强化要素保障。", ways.kaiti),
            ("用地、用能、用水指标优先保障重大项目……" + LONG, ways.fangsong),
        ],
        first=2,
    )
    out.add([("三、组织实施。", "黑体"), ("自2026年4月1日起实施。" + LONG, ways.fangsong)], first=2)


def head(out: Writer, number: str = "澄政发〔2026〕12号", mark: str = "澄湖县人民政府文件") -> None:
    out.add(
        mark,
        face=out.ways.song,
        size=42,
        align="center",
        color="FF0000",
        before=720,
        line='w:line="1000" w:lineRule="exact"',
    )
    out.blank(2)
    out.add(number, align="center", border=RED_LINE)
    out.blank(2)


def title(out: Writer, *lines: str) -> None:
    for line in lines:
        out.add(line, face=out.ways.song, size=22, align="center", line='w:line="640" w:lineRule="exact"')


def _annex(out: Writer, number: str, name: str) -> None:
    out.add(f"附件{number}", face="黑体", align="left", new_page=True)
    out.blank()
    title(out, name)
    out.blank()
    out.add(LONG, first=2)


def general(ways: Ways | None = None) -> bytes:
    """A notice with everything a downward document may have."""
    out = Writer(ways or Ways())
    out.add("000123", align="left")
    out.add("机密★5年", face="黑体", align="left")
    out.add("特急", face="黑体", align="left")
    head(out)
    title(out, "澄湖县人民政府关于进一步", "优化重大项目审批服务的通知")
    out.blank()
    out.add("各镇人民政府，县政府各部门：", align="left")
    write_text(out)
    out.blank()
    out.add("附件：1.审批事项清单", left=5, first=-3)
    out.add("2.责任分工表", left=6, first=-1)
    out.blank(2)
    out.add("澄湖县人民政府", align="right", right=3.8)
    out.add("2026年3月6日", align="right", right=4)
    out.add("（此件公开发布）", left=2)
    _annex(out, "1", "审批事项清单")
    _annex(out, "2", "责任分工表")
    out.imprint(
        "抄送：县委办公室，县人大常委会办公室，县政协办公室。", ("澄湖县人民政府办公室", "2026年3月9日印发")
    )
    out.page_numbers()
    return out.bytes()


def apart(ways: Ways | None = None) -> bytes:
    """A reply without seal whose annex is bound apart, in plain faces, characters and styles, 28 pt lines."""
    ways = ways or Ways(
        "仿宋", "楷体", "方正小标宋_GBK", chars=True, styles=True, line='w:line="560" w:lineRule="exact"'
    )
    out = Writer(ways)
    out.add("")
    head(out, "澄政函发〔2026〕3号")
    title(out, "澄湖县人民政府关于同意设立", "联审联批工作专班的批复")
    out.blank()
    out.add("县发展和改革委员会：", align="left")
    out.add("你单位《关于设立联审联批工作专班的请示》（澄发改〔2026〕8号）收悉。现批复如下：", first=2)
    out.add([("一、同意设立联审联批工作专班。", "黑体"), (LONG, ways.fangsong)], first=2)
    out.add(
        "二、专班办公室设在你单位，负责统筹协调、督促落实、情况通报和考核评价等日常工作，遇有重要情况及时报告县政府。",
        first=2,
    )
    out.add("此复。", first=2)
    out.blank()
    out.add("附件：工作专班成员名单", left=5, first=-3)
    out.blank()
    out.add("澄湖县人民政府", align="right", right=2)
    out.add("2026年11月26日", align="right", right=2)
    out.page_numbers()
    return out.bytes()


def letter(ways: Ways | None = None) -> bytes:
    """A letter with double rules made of paragraph borders, in characters and styles."""
    out = Writer(ways or Ways(chars=True, styles=True))
    wide = -19.84 / 16
    double = '<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="4" w:color="FF0000"/>'
    out.add(
        "澄湖县发展和改革委员会",
        face=out.ways.song,
        size=42,
        align="center",
        color="FF0000",
        line='w:line="1000" w:lineRule="exact"',
    )
    out.add("", left=wide, right=wide, border=double, line='w:line="20" w:lineRule="exact"')
    out.add("澄发改函〔2026〕25号", align="right")
    out.blank(2)
    title(out, "澄湖县发展和改革委员会关于", "商请提供项目审批进展情况的函")
    out.blank()
    out.add("县自然资源局：", align="left")
    out.add("根据《重大项目联审联批工作机制》，现商请贵局提供以下材料：", first=2)
    out.add("一、项目用地情况", face="黑体", first=2)
    out.add("（一）用地预审", face=out.ways.kaiti, first=2)
    out.add(LONG, first=2)
    out.add("（二）规划许可", face=out.ways.kaiti, first=2)
    out.add(LONG, first=2)
    out.add("二、反馈要求", face="黑体", first=2)
    out.add("请于2026年3月20日前函复我委，请予支持为盼。", first=2)
    out.blank()
    out.add("附件：项目清单", left=5, first=-3)
    out.blank(2)
    out.add("澄湖县发展和改革委员会", align="right", right=1.8)
    out.add("2026年3月6日", align="right", right=4)
    out.add("（联系人：陶映雪，联系电话：0990-7000216）", left=2)
    out.add("附件", face="黑体", align="left", new_page=True)
    out.blank()
    title(out, "项目清单")
    out.blank()
    out.add(LONG, first=2)
    out.add("抄送：县政府办公室，县审计局。", size=14, left=4, first=-3, right=1, align="left")
    low = '<w:top w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="FF0000"/>'
    out.page_numbers(lambda footer: out.fill(footer.paragraphs[0], "", left=wide, right=wide, border=low))
    return out.bytes()


def upward(ways: Ways | None = None) -> bytes:
    """A request with two signatories, in twips and direct formatting."""
    out = Writer(ways or Ways(line='w:line="570" w:lineRule="exact"', spacing=-5))
    kaiti, fang = out.ways.kaiti, out.ways.fangsong
    out.add(
        "澄湖县人民政府文件",
        face=out.ways.song,
        size=42,
        align="center",
        color="FF0000",
        before=2000,
        line='w:line="1000" w:lineRule="exact"',
    )
    out.blank()
    out.add([("\t签发人：", fang), ("张晓明", kaiti)], first=1, tab=8500)
    out.add([("澄政请〔2026〕4号\t", fang), ("李建国", kaiti)], first=1, tab=8500, border=RED_LINE)
    out.blank(2)
    title(out, "澄湖县人民政府", "关于调整建设用地规划指标的请示")
    out.blank()
    out.add("临江市人民政府：", align="left")
    out.add("为保障重大项目落地，现将有关事项请示如下。", first=2)
    out.add("一、基本情况", face="黑体", first=2)
    out.add(LONG, first=2)
    out.add("二、请示事项", face="黑体", first=2)
    out.add(LONG, first=2)
    out.add("妥否，请批示。", first=2)
    out.blank(2)
    out.add("澄湖县人民政府", align="right", right=3.8)
    out.add("2026年3月6日", align="right", right=4)
    out.add("（联系人：陶映雪，联系电话：0990-7000216）", left=2)
    out.imprint(
        "抄送：临江市发展和改革委员会，临江市自然资源局。", ("澄湖县人民政府办公室", "2026年3月6日印发")
    )
    out.page_numbers()
    return out.bytes()


def minutes(ways: Ways | None = None) -> bytes:
    """Minutes with lists of those present, in twips and direct formatting."""
    out = Writer(ways or Ways())
    out.add(
        "澄湖县人民政府专题会议纪要",
        face=out.ways.song,
        size=30,
        align="center",
        color="FF0000",
        before=1800,
        line='w:line="900" w:lineRule="exact"',
    )
    out.add("第3期", align="center")
    out.add("澄湖县人民政府办公室\t2026年3月6日", border=RED_LINE, tab=8500, first=1)
    out.blank(2)
    title(out, "重大项目联审联批工作专题会议纪要")
    out.blank()
    out.add("2026年3月5日，县长张晓明主持召开专题会议，研究重大项目联审联批工作。现纪要如下。", first=2)
    out.add("会议指出，" + LONG, first=2)
    out.add("一、关于用地保障", face="黑体", first=2)
    out.add(LONG, first=2)
    out.add("二、关于资金筹措", face="黑体", first=2)
    out.add(LONG, first=2)
    out.blank()
    for label, names in (
        ("出席：", "张晓明、李建国、王立新"),
        ("请假：", "赵海"),
        ("列席：", "钱小云、孙德海"),
    ):
        out.add([(label, "黑体"), (names, out.ways.fangsong)], left=5, first=-3)
    out.imprint("发送：县政府各部门。".replace("发送", "抄送"), ("澄湖县人民政府办公室", "2026年3月6日印发"))
    out.page_numbers()
    return out.bytes()


def order(ways: Ways | None = None) -> bytes:
    """An order."""
    out = Writer(ways or Ways("仿宋", "楷体"))
    out.add(
        "澄湖县人民政府令",
        face=out.ways.song,
        size=42,
        align="center",
        color="FF0000",
        before=900,
        line='w:line="1000" w:lineRule="exact"',
    )
    out.blank(2)
    out.add("第3号", align="center")
    out.blank(2)
    out.add(
        "《澄湖县重大项目管理办法》已经2026年3月2日县政府第8次常务会议审议通过，现予公布，自2026年5月1日起施行。",
        first=2,
    )
    out.blank(2)
    out.add("县　长　张晓明", align="right", right=4)
    out.add("2026年3月6日", align="right", right=4)
    out.imprint("抄送：县委办公室，县人大常委会办公室。", ("澄湖县人民政府办公室", "2026年3月6日印发"))
    out.page_numbers()
    return out.bytes()


SLIP_ROWS = (
    ("承办单位", "县自然资源局"),
    ("协办单位", "县水务局、县林业和草原局"),
    ("交办事项", "澄湖县工业园区污水处理厂项目用地预审（〈规划〉调整）"),
    ("办理要求", "请于2026年3月20日前办结，并将结果报县重大项目办公室。"),
    ("办理情况", "□已办结　□未办结\n负责人签字：　　　　　　　　年　　月　　日"),
)


def slip(
    name: str = "任务交办单",
    above: str = "交办〔2026〕3号\t2026年3月6日",
    ways: Ways | None = None,
    **looks: Any,
) -> bytes:
    """A form of one page as people make it: a title, a line with number and date, a plain table, a note."""
    out = Writer(ways or Ways())
    look = {"face": out.ways.song, "size": 22, "align": "center", **looks}
    out.add(name, **look)
    if above:
        out.add(above, size=14, tab=8800)
    out.table(SLIP_ROWS)
    out.add("注：本单一式两份，承办单位、交办单位各存一份。", size=12)
    return out.bytes()


def slip_in_one_table() -> bytes:
    """A form whose title is the first cell, in the faces Word begins with, narrow margins, no note."""
    out = Writer(Ways("宋体", margins=(25.4, 31.8, 25.4, 31.8), line='w:line="360" w:lineRule="auto"'))
    out.table((("督查事项督办单",), *SLIP_ROWS), title={"face": "黑体", "size": 20, "align": "center"})
    return out.bytes()


def serial(
    mark: str = "重大项目联审联批工作简报", number: str = "第3期", issuer: str = "澄湖县重大项目办公室\t2026年3月6日",
    ways: Ways | None = None,
) -> bytes:  # fmt: skip
    """An issue of a serial: red masthead, number, issuer and date over a red rule, items, copies."""
    out = Writer(ways or Ways())
    out.add(
        mark,
        face="华文中宋",
        size=48,
        align="center",
        color="FF0000",
        line='w:line="1100" w:lineRule="exact"',
    )
    out.add(number, align="center")
    out.add(issuer, border=RED_LINE, tab=8500, first=1)
    out.blank()
    title(out, "全县重大项目前期手续办理提速")
    out.blank()
    out.add("2026年2月，全县重大项目前期手续办理情况如下。", first=2)
    out.add("一、总体情况", face="黑体", first=2)
    out.add(LONG, first=2)
    out.add("经验交流", face="黑体", align="center")
    out.add(LONG, first=2)
    out.imprint("抄送：县委办公室，县政府办公室。", ("澄湖县重大项目办公室", "2026年3月6日印发"))
    out.page_numbers()
    return out.bytes()


_LINE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:line id="rule" from="0,0" to="442.2pt,0" '
    'strokecolor="red" strokeweight="1.5pt" style="position:absolute"/></w:pict></w:r>'
)


def wps() -> bytes:
    """A notice as WPS leaves it: theme faces, a grid, empty paragraphs, a drawn rule, spaces at the end."""
    out = Writer(
        Ways(
            "仿宋",
            "楷体",
            themed=True,
            line='w:line="240" w:lineRule="auto"',
            grid='w:type="lines" w:linePitch="579"',
        )
    )
    out.blank(3)
    out.add("澄湖县人民政府办公室文件", face=out.ways.song, size=36, align="center", color="FF0000")
    out.blank(2)
    out.add("澄政办发〔2026〕7号", align="center")
    out.add("")._p.append(parse_xml(_LINE))
    out.blank()
    title(out, "澄湖县人民政府办公室关于开展", "重大项目审批提速行动的通知")
    out.blank()
    out.add("各镇人民政府，县政府各部门：", align="left")
    write_text(out)
    out.blank(3)
    out.add("澄湖县人民政府办公室　　", align="right")
    out.add("2026年3月6日　　　　", align="right")
    out.blank(4)
    lines = {"top": 8, "bottom": 6}
    border = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="auto"/>' for side, size in lines.items()
    )
    out.add("　抄送：县委办公室，县人大常委会办公室。", size=14, border=border, align="left")
    foot = '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
    out.add("　澄湖县人民政府办公室　　　　　　　　2026年3月6日印发　", size=14, border=foot, align="left")
    out.page_numbers()
    data = out.bytes()
    return _with_theme(data)


def _with_theme(data: bytes) -> bytes:
    """Put 仿宋 into the theme as the East Asian face of texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename == "word/theme/theme1.xml":
                text = content.decode()
                head, tail = text.split("<a:minorFont>")
                tail = re.sub(r'<a:ea typeface="[^"]*"', '<a:ea typeface="仿宋"', tail, count=1)
                content = f"{head}<a:minorFont>{tail}".encode()
            new.writestr(each.filename, content)
    return buffer.getvalue()


PLAIN: dict[str, Callable[[], bytes]] = {
    "general": general,
    "apart": apart,
    "letter": letter,
    "upward": upward,
    "minutes": minutes,
    "order": order,
    "wps": wps,
    "general in characters and styles": lambda: general(Ways("仿宋", "楷体", chars=True, styles=True)),
    "general with ink margins": lambda: general(
        Ways(margins=(33.16, 26, 34.1, 28), line='w:line="592" w:lineRule="exact"')
    ),
    "letter in twips": lambda: letter(Ways("仿宋", "楷体", line='w:line="580" w:lineRule="exact"')),
    "upward in characters": lambda: upward(Ways(chars=True, styles=True)),
    "slip": slip,
    "slip of an organ": lambda: slip("澄湖县人民政府督查室\n督办通知单", "编号：2026-003", color="FF0000"),
    "slip without a line above": lambda: slip(
        "一次性告知书（存根）", "", Ways("宋体"), face="宋体", bold=True
    ),
    "slip in one table": slip_in_one_table,
    "slip in Word's own look": lambda: slip(
        "公文处理笺",
        "收文编号：12",
        Ways("等线", line='w:line="240" w:lineRule="auto"'),
        face="等线",
        size=11,
        align="left",
    ),
    "serial": serial,
    "serial of supervision": lambda: serial("澄湖县督查通报", "2026年第12期（总第48期）"),
    "serial counted in hanzi": lambda: serial(
        "澄湖情况反映", "（第十二期）", ways=Ways(chars=True, styles=True)
    ),
    "minutes in styles": lambda: minutes(Ways("FangSong", "KaiTi", "FZXiaoBiaoSong-B05S", styles=True)),
}
