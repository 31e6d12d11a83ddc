"""Single defects of pages, fields and links, and of whom a document names; as those of `lint_seeds`."""

from __future__ import annotations

import copy
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lint_changes import (
    at,
    both,
    indent,
    last_at,
    looks,
    move_after,
    put_words,
    remove,
    section_setting,
    signed,
    text,
)
from lint_seeds import LONG, OG, OL, OU, A, G, L, Seed, U


def _first_long(document: Any) -> Any:
    return next(each for each in document.paragraphs if len(each.text) > 20)


def _across(document: Any) -> None:
    """Lay the pages of a document across, with the sides of the standard turned."""
    for section in document.sections:
        section.page_width, section.page_height = section.page_height, section.page_width
        section.top_margin, section.right_margin = docx.shared.Mm(28), docx.shared.Mm(37)
        section.bottom_margin, section.left_margin = docx.shared.Mm(26), docx.shared.Mm(35)


def _unsigned(document: Any) -> None:
    paragraph = signed(document, "澄湖县人民政府")
    paragraph.getparent().remove(paragraph)


def _clock(document: Any) -> None:
    """Let the date of the document be that of the day it is opened on."""
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" DATE \\@ &quot;yyyy年M月d日&quot; "/>')
    run = at(document, "2026年3月6日").find(qn("w:r"))
    run.addprevious(field)
    field.append(run)


def _linked(target: str) -> Any:
    def change(document: Any) -> None:
        paragraph = _first_long(document)
        relation = paragraph.part.relate_to(target, RT.HYPERLINK, is_external=True)
        link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"/>')
        run = paragraph.runs[-1]._r
        run.addprevious(link)
        link.append(run)

    return change


def _picture_field(document: Any) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" INCLUDETEXT &quot;D:\\\\稿.docx&quot; "/>')
    run = _first_long(document).runs[-1]._r
    run.addprevious(field)
    field.append(run)


def _soft(document: Any) -> None:
    """Part two items by a soft break in one paragraph."""
    run = _first_long(document).runs[-1]._r
    for words in ("（1）公布清单；", "（2）落实责任。"):
        new = copy.deepcopy(run)
        for each in (*new.findall(qn("w:t")), *new.findall(qn("w:br"))):
            new.remove(each)
        new.append(parse_xml(f"<w:br {nsdecls('w')}/>"))
        new.append(parse_xml(f"<w:t {nsdecls('w')}>{words}</w:t>"))
        run.addnext(new)
        run = new


def _parted(document: Any) -> None:
    """Leave an empty line between two lines of one paragraph."""
    run = _first_long(document).runs[-1]._r
    for _ in range(2):
        run.append(parse_xml(f"<w:br {nsdecls('w')}/>"))
    run.append(parse_xml(f"<w:t {nsdecls('w')}>请认真落实。</w:t>"))


def _lower_rule(**values: str) -> Any:
    """Change the line at the foot of a letter's first page."""

    def change(document: Any) -> None:
        for section in document.sections:
            for each in section.first_page_footer._element.iter(qn("w:top")):
                for name, value in values.items():
                    each.set(qn(f"w:{name}"), value)

    return change


def _drawn_rule(*, compound: str, color: str = "FF0000") -> Any:
    """Draw the rule under a letter's mark as one line of VML."""

    def change(document: Any) -> None:
        ruled = document.paragraphs[1]._p
        for each in list(ruled.iter(qn("w:pBdr"))):
            each.getparent().remove(each)
        stroke = f'<v:stroke linestyle="{compound}"/>'
        line = f'<v:line from="0,0" to="482pt,0" strokecolor="#{color}">{stroke}</v:line>'
        spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ruled.append(parse_xml(f"<w:r {spaces}><w:pict>{line}</w:pict></w:r>"))

    return change


def drawn_double(document: Any) -> None:
    """Draw the rule under a letter's mark as one line of VML that is two."""
    _drawn_rule(compound="thickThin")(document)


def _turned_over(top: float) -> Any:
    """Let the two bars of a double rule change places; `top` tells the rule at the foot (200) from the upper one."""

    def change(document: Any) -> None:
        stories = [document.element.body] if top < 100 else [document.sections[0].first_page_footer._element]
        offsets = [
            each.find(f"{qn('wp:positionV')}/{qn('wp:posOffset')}")
            for story in stories
            for each in story.iter(qn("wp:anchor"))
        ]
        first, second = sorted(offsets, key=lambda each: int(each.text))[:2]
        first.text, second.text = second.text, first.text

    return change


def _second_rule(document: Any) -> None:
    """Draw a black line below the red one."""
    ruled = at(document, "澄政发〔2026〕12号")
    blank = ruled.getnext()
    looks_ = blank.get_or_add_pPr()
    line = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
    looks_.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def cell_margins(twips: int) -> Any:
    """Set how much room stands beside the words in the cells of the 版记."""

    def change(document: Any) -> None:
        looks_ = document.tables[-1]._tbl.tblPr
        sides = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side in ("left", "right"))
        looks_.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))

    return change


WHOLE_SEEDS = (
    Seed("imprint-indent", G, indent("抄送", left=0, firstLine=0), "in a table"),
    Seed("imprint-indent", G, cell_margins(600), "by a table's margins"),
    Seed("rule-colour", G, _second_rule, "a second line"),
    Seed("rule-colour", "letter in twips", _lower_rule(color="000000"), "lower"),
    Seed("rule-double", "letter in twips", _lower_rule(val="single"), "lower"),
    Seed("rule-double", "letter in twips", _drawn_rule(compound="single"), "drawn"),
    Seed("rule-order", "letter in twips", _lower_rule(val="thickThinSmallGap"), "lower"),
    Seed("rule-order", "letter in twips", _lower_rule(val="double"), "of two equal lines"),
    Seed("rule-order", "letter in twips", _drawn_rule(compound="thinThick"), "drawn"),
    Seed("rule-order", OL, _turned_over(12), "under the mark, of two bars"),
    Seed("rule-order", OL, _turned_over(200), "at the foot, of two bars"),
    Seed("rule-colour", "letter in twips", _drawn_rule(compound="thickThin", color="0000FF"), "drawn"),
    Seed(
        "title-break",
        G,
        both(text("关于进一步", "关于进一步优"), text("优化重大项目", "化重大项目")),
        "a word",
    ),
    Seed("title-break", L, both(text("关于", "关于商"), text("商请提供", "请提供")), "a word"),
    Seed("date-invalid", G, text("2026年4月1日起", "4月31日起"), "without year"),
    Seed("date-weekday", L, text("2026年3月20日前", "3月20日（星期四）前"), "without year"),
    Seed("text-spaces", G, text("按月更新进展", "按月　　更新进展"), "several"),
    Seed("page-orientation", A, _across),
    Seed("character-spacing", U, looks(LONG, "w:spacing", '<w:spacing w:val="40"/>')),
    Seed("character-spacing", G, looks(LONG, "w:spacing", '<w:spacing w:val="-30"/>'), "closer"),
    Seed(
        "grid-characters",
        U,
        section_setting("w:docGrid", '<w:docGrid w:type="linesAndChars" w:charSpace="8192"/>'),
    ),
    Seed("page-number-count", G, section_setting("w:pgNumType", '<w:pgNumType w:start="5"/>')),
    Seed("urgency-words", G, text("特急", "紧急")),
    Seed("label-position", G, move_after("特急", "澄政发"), "below the number"),
    Seed("urgency-words", OG, text("特急", "急件")),
    Seed("addressee-missing", G, remove("各镇人民政府")),
    Seed("signature-missing", A, _unsigned),
    Seed("updating-date", G, _clock),
    Seed("file-link", G, _linked("file:///D:/inner/list.xlsx")),
    Seed("file-link", L, _linked("\\\\server\\share\\list.xlsx"), "share"),
    Seed("outside-content", G, _picture_field, "field"),
    Seed("soft-breaks", G, _soft),
    Seed("blank-paragraphs", G, _parted, "by breaks"),
    Seed("signature-mark", G, lambda document: put_words(signed(document, "澄湖县人民政府"), "澄湖县财政局")),
    Seed(
        "signature-mark",
        L,
        lambda document: put_words(signed(document, "澄湖县发展和改革委员会"), "澄湖县水利局"),
    ),
    Seed("addressee-person", U, text("临江市人民政府：", "赵市长：")),
    Seed("addressee-person", OU, lambda document: put_words(at(document, "临江市"), "尊敬的赵市长：")),
    Seed("copies-person", U, text("临江市自然资源局。", "赵副市长。")),
    Seed("copies-words", G, text("抄送：", "抄报：")),
    Seed(
        "imprint-organ",
        G,
        lambda document: put_words(last_at(document, "澄湖县人民政府办公室"), "2026年3月9日印发"),
    ),
)
