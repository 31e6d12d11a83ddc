"""Changing one thing of a document, as people do: a face, an indent, a word, an empty paragraph."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

Change = Callable[[Document], None]
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def words_of(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def at(document: Document, start: str) -> Any:
    """Return the first paragraph with words that begin so; those with boxes in them do not count."""
    for paragraph in document.element.body.iter(qn("w:p")):
        inside = next(paragraph.iter(qn("w:txbxContent")), None)
        if inside is None and words_of(paragraph).strip().startswith(start):
            return paragraph
    raise AssertionError(start)


def put(paragraph: Any, name: str, xml: str, holder: str = "w:pPr") -> None:
    """Set a property, put where the schema wants it loosely."""
    properties = paragraph.find(qn(holder))
    if properties is None:
        properties = parse_xml(f"<{holder} {nsdecls('w')}/>")
        paragraph.insert(0, properties)
    for each in properties.findall(qn(name)):
        properties.remove(each)
    properties.append(parse_xml(xml.replace("/>", f" {nsdecls('w')}/>", 1)))


def layout(start: str, name: str, xml: str) -> Change:
    return lambda document: put(at(document, start), name, xml)


def looks(start: str, name: str, xml: str, run: int | None = None) -> Change:
    def change(document: Document) -> None:
        runs = list(at(document, start).iter(qn("w:r")))
        for each in runs if run is None else [runs[run]]:
            put(each, name, xml, "w:rPr")

    return change


def face(start: str, name: str, run: int | None = None) -> Change:
    return looks(
        start,
        "w:rFonts",
        f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}"/>',
        run,
    )


def size(start: str, points: float) -> Change:
    return looks(start, "w:sz", f'<w:sz w:val="{round(points * 2)}"/>')


def color(start: str, rgb: str) -> Change:
    return looks(start, "w:color", f'<w:color w:val="{rgb}"/>')


def align(start: str, value: str) -> Change:
    return layout(start, "w:jc", f'<w:jc w:val="{value}"/>')


def indent(start: str, **values: int) -> Change:
    given = " ".join(f'w:{name}="{value}"' for name, value in values.items())
    return layout(start, "w:ind", f"<w:ind {given}/>")


def text(old: str, new: str) -> Change:
    """Replace words in the first stretch of text that holds them."""

    def change(document: Document) -> None:
        for each in document.element.body.iter(qn("w:t")):
            if old in (each.text or ""):
                each.text = each.text.replace(old, new, 1)
                return
        raise AssertionError(old)

    return change


def both(*changes: Change) -> Change:
    def change(document: Document) -> None:
        for each in changes:
            each(document)

    return change


def remove(*starts: str) -> Change:
    def change(document: Document) -> None:
        for start in starts:
            paragraph = at(document, start)
            paragraph.getparent().remove(paragraph)

    return change


def blank_after(start: str, count: int = 1) -> Change:
    def change(document: Document) -> None:
        for _ in range(count):
            at(document, start).addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))

    return change


def add_after(start: str, words: str) -> Change:
    def change(document: Document) -> None:
        twin = copy.deepcopy(at(document, start))
        texts = list(twin.iter(qn("w:t")))
        texts[0].text = words
        for each in texts[1:]:
            each.text = ""
        at(document, start).addnext(twin)

    return change


def move_after(start: str, after: str) -> Change:
    def change(document: Document) -> None:
        moved = at(document, start)
        at(document, after).addnext(moved)

    return change


def page(**sides: float) -> Change:
    def change(document: Document) -> None:
        for section in document.sections:
            for name, millimetres in sides.items():
                setattr(section, name, Mm(millimetres))

    return change


def footer(change_one: Callable[[Any], None], *kinds: str) -> Change:
    def change(document: Document) -> None:
        for section in document.sections:
            for kind in kinds or ("footer", "even_page_footer"):
                for paragraph in getattr(section, kind)._element.iter(qn("w:p")):
                    change_one(paragraph)

    return change


def footer_looks(name: str, xml: str) -> Change:
    def one(paragraph: Any) -> None:
        for run in paragraph.iter(qn("w:r")):
            put(run, name, xml, "w:rPr")

    return footer(one)


def footer_text(old: str, new: str) -> Change:
    def one(paragraph: Any) -> None:
        for each in paragraph.iter(qn("w:t")):
            each.text = (each.text or "").replace(old, new)

    return footer(one)


def no_field(paragraph: Any) -> None:
    for each in list(paragraph.iter(qn("w:fldSimple"))):
        each.getparent().remove(each)


def every(name: str, xml: str, start: str = "") -> Change:
    """Set a property of all paragraphs of the text that begin so."""

    def change(document: Document) -> None:
        for each in document.element.body.iter(qn("w:p")):
            if words_of(each).startswith(start) and len(words_of(each)) > 1:
                put(each, name, xml)

    return change


def borders(**lines: str) -> Change:
    """Set the lines of the first table."""

    def change(document: Document) -> None:
        given = "".join(f"<w:{side} {what}/>" for side, what in lines.items())
        properties = document.tables[-1]._tbl.tblPr
        for each in properties.findall(qn("w:tblBorders")):
            properties.remove(each)
        properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{given}</w:tblBorders>"))

    return change


def border_color(rgb: str) -> Change:
    def change(document: Document) -> None:
        for each in list(document.element.iter(qn("w:bottom"))) + list(
            document.styles.element.iter(qn("w:bottom"))
        ):
            if each.get(qn("w:color")) == "FF0000":
                each.set(qn("w:color"), rgb)

    return change


def no_borders(document: Document) -> None:
    for root in (document.element, document.styles.element):
        for each in list(root.iter(qn("w:pBdr"))):
            each.getparent().remove(each)


def commented(document: Document) -> None:
    paragraph = next(each for each in document.paragraphs if len(each.text) > 20)
    document.add_comment(paragraph.runs, "请核对", author="审核")


def outside(kind: str, target: str) -> Change:
    """Refer to something outside the document."""

    def change(document: Document) -> None:
        document.part.relate_to(target, f"{RELATIONSHIPS}/{kind}", is_external=True)

    return change


def tracked(document: Document) -> None:
    run = next(each for each in document.paragraphs if len(each.text) > 20).runs[0]._r
    change = parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="审核" w:date="2026-03-06T00:00:00Z"/>')
    run.addprevious(change)
    change.append(run)


def tracked_in_cell(document: Document) -> None:
    run = next(document.tables[0]._tbl.iter(qn("w:r")))
    change = parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="审核" w:date="2026-03-06T00:00:00Z"/>')
    run.addprevious(change)
    change.append(run)


def imprint_first(document: Document) -> None:
    """Move the first annex behind the 版记."""
    body = document.element.body
    place = list(body).index(at(document, "附件1"))
    table = document.tables[-1]._tbl
    moved = list(body)[place : list(body).index(table)]
    for each in reversed(moved):
        table.addnext(each)


def words_after_table(document: Document) -> None:
    document.tables[-1]._tbl.addnext(copy.deepcopy(at(document, "各镇、各有关单位")))


def add_before(start: str, *pieces: tuple[str, str]) -> Change:
    """Add a plain paragraph of 3号 type, at the left, of words in faces."""

    def change(document: Document) -> None:
        runs = "".join(
            f'<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/>'
            f'<w:sz w:val="32"/></w:rPr><w:t>{words}</w:t></w:r>'
            for words, face in pieces
        )
        target = at(document, start)
        table = next(target.iterancestors(qn("w:tbl")), None)
        (target if table is None else table).addprevious(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))

    return change


def put_words(paragraph: Any, words: str) -> None:
    texts = list(paragraph.iter(qn("w:t")))
    texts[0].text = words
    for each in texts[1:]:
        each.text = ""


def signed(document: Document, name: str) -> Any:
    return [each for each in document.element.body.iter(qn("w:p")) if words_of(each) == name][-1]


def last_at(document: Document, start: str) -> Any:
    found = [
        each for each in document.element.body.iter(qn("w:p")) if words_of(each).strip().startswith(start)
    ]
    return [each for each in found if len(words_of(each).strip()) < 30][-1]


def section_setting(name: str, xml: str) -> Change:
    """Set a property of every section's page."""

    def change(document: Document) -> None:
        for section in document.sections:
            for each in section._sectPr.findall(qn(name)):
                section._sectPr.remove(each)
            section._sectPr.append(parse_xml(xml.replace("/>", f" {nsdecls('w')}/>", 1)))

    return change


def gutter(document: Document) -> None:
    """Add 20 mm for binding to the left margin."""
    for section in document.sections:
        section.gutter = Mm(20)


def number_format(paragraph: Any) -> None:
    """Let the field of the page number write Roman numerals."""
    for each in paragraph.iter(qn("w:fldSimple")):
        each.set(qn("w:instr"), " PAGE \\* ROMAN ")


def boxed(start: str) -> Change:
    sides = "".join(
        f'<w:{side} {nsdecls("w")} w:val="single" w:sz="4" w:space="1"/>'
        for side in ("top", "left", "bottom", "right")
    )

    def change(document: Document) -> None:
        at(document, start).pPr.insert(0, parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))

    return change


def single_rule(document: Document) -> None:
    """Make the double rule under a letter's mark a single one."""
    for root in (document.element, document.styles.element):
        for each in root.iter(qn("w:bottom")):
            if "Thin" in (each.get(qn("w:val")) or ""):
                each.set(qn("w:val"), "single")


def note_above_date(document: Document) -> None:
    signed(document, "澄湖县人民政府").addnext(at(document, "（此件公开发布）"))


def joined_signature(document: Document) -> None:
    """Put signature and date into one paragraph, parted by a soft break."""
    name, date = signed(document, "澄湖县人民政府"), at(document, "2026年3月6日")
    run = date.find(qn("w:r"))
    run.insert(list(run).index(run.find(qn("w:t"))), parse_xml(f"<w:br {nsdecls('w')}/>"))
    name.append(run)
    date.getparent().remove(date)


def prompt_left(document: Document) -> None:
    """Leave a content control as Word first shows it."""
    show = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    looks = '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'
    run = f"<w:r>{looks}<w:t>某处</w:t></w:r>"
    control = f"<w:sdt {nsdecls('w')}>{show}<w:sdtContent>{run}</w:sdtContent></w:sdt>"
    next(each for each in document.paragraphs if len(each.text) > 20)._p.append(parse_xml(control))


def merge_field(document: Document) -> None:
    """Leave a field of a mail merge."""
    run = next(each for each in document.paragraphs if len(each.text) > 20).runs[-1]._r
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD 单位 "/>')
    run.addprevious(field)
    field.append(run)


def date_by_tab(*stops: int) -> Change:
    """Put the date at its place by tabs instead of an alignment."""

    def change(document: Document) -> None:
        date = at(document, "2026年3月6日")
        given = "".join(f'<w:tab {nsdecls("w")} w:val="right" w:pos="{stop}"/>' for stop in stops)
        put(date, "w:jc", '<w:jc w:val="left"/>')
        put(date, "w:ind", "<w:ind/>")
        if stops:
            date.pPr.insert(0, parse_xml(f"<w:tabs {nsdecls('w')}>{given}</w:tabs>"))
        run = date.find(qn("w:r"))
        for _ in range(1 if stops else 12):
            run.insert(list(run).index(run.find(qn("w:t"))), parse_xml(f"<w:tab {nsdecls('w')}/>"))

    return change


def field_without_result(paragraph: Any) -> None:
    """Write the field of the page number as libraries do that leave the counting to Word."""
    for field in list(paragraph.iter(qn("w:fldSimple"))):
        looks = field.find(qn("w:r")).find(qn("w:rPr"))
        run = parse_xml(
            f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
            '<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>'
        )
        run.insert(0, looks)
        field.addprevious(run)
        paragraph.remove(field)
