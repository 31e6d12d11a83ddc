"""Conforming notices laid out in less usual ways: heads in tables and boxes, a document issued by a notice."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lint_builders import head, title, write_text
from lint_writer import RED_LINE, Writer

_MARK_LINE = 'w:line="1000" w:lineRule="exact"'


def issuing() -> bytes:
    """A notice that issues a document, which follows on a new page without the word 附件."""
    out = Writer()
    out.blank()
    head(out)
    title(out, "关于印发《澄湖县重大项目管理办法》的通知")
    out.blank()
    out.add("各镇人民政府：", align="left")
    out.add("现将《澄湖县重大项目管理办法》印发给你们，请认真贯彻执行。", first=2)
    out.blank(2)
    out.add("澄湖县人民政府", align="right", right=3.8)
    out.add("2026年3月6日", align="right", right=4)
    looks = {"face": out.ways.song, "size": 22, "align": "center", "line": 'w:line="640" w:lineRule="exact"'}
    out.add("澄湖县重大项目管理办法", new_page=True, **looks)
    out.blank()
    out.add("第一章　总则", face="黑体", align="center")
    out.add([("第一条", "黑体"), ("　为了规范重大项目管理，制定本办法。", out.ways.fangsong)], first=2)
    out.add([("第二条", "黑体"), ("　本办法自2026年5月1日起施行。", out.ways.fangsong)], first=2)
    out.imprint("抄送：县委办公室。", ("澄湖县人民政府办公室", "2026年3月9日印发"))
    out.page_numbers()
    return out.bytes()


def headed_by_table() -> bytes:
    """A notice whose head is a table with a red line below, as many offices keep it."""
    out = Writer()
    table = out.document.add_table(2, 1)
    looks = {"face": out.ways.song, "size": 42, "align": "center", "color": "FF0000"}
    out.fill(
        table.cell(0, 0).paragraphs[0], "澄湖县人民政府文件", line='w:line="1000" w:lineRule="exact"', **looks
    )
    out.fill(table.cell(1, 0).paragraphs[0], "澄政发〔2026〕12号", align="center")
    line = (
        f'<w:tblBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:tblBorders>'
    )
    table._tbl.tblPr.append(parse_xml(line))
    return _rest(out)


def boxed_mark() -> bytes:
    """A notice whose mark stands in a text box of VML."""
    out = Writer()
    mark = out.add(
        "澄湖县人民政府文件", face=out.ways.song, size=42, align="center", color="FF0000", line=_MARK_LINE
    )._p
    shape = '<v:shape style="width:440pt;height:60pt"><v:textbox><w:txbxContent/></v:textbox></v:shape>'
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    run = parse_xml(f"<w:r {spaces}><w:pict>{shape}</w:pict></w:r>")
    out.add("")._p.append(run)
    next(run.iter(qn("w:txbxContent"))).append(mark)
    out.blank(8)
    out.add("澄政发〔2026〕12号", align="center", border=RED_LINE)
    return _rest(out)


def _rest(out: Writer) -> bytes:
    """Write what stands below a head."""
    out.blank(2)
    title(out, "澄湖县人民政府关于进一步", "优化重大项目审批服务的通知")
    out.blank()
    out.add("各镇人民政府，县政府各部门：", align="left")
    write_text(out)
    out.blank(2)
    out.add("澄湖县人民政府", align="right", right=3.8)
    out.add("2026年3月6日", align="right", right=4)
    out.imprint("抄送：县委办公室。", ("澄湖县人民政府办公室", "2026年3月9日印发"))
    out.page_numbers()
    return out.bytes()


UNUSUAL = {
    "issuing, general": issuing,
    "headed by a table, general": headed_by_table,
    "mark in a box, general": boxed_mark,
}
