"""Drafts in shapes that offices, the net and programs give them: out of a PDF, with data at the head, in chapters."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from typed import CENTER, RIGHT, add, lines, made, numbered, word

from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.reform.draft import Table
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.paper import Text

ENDED = "\n云河县水利局\n2026年5月8日\n"
NOTICE = "关于做好防汛工作的通知\n\n各镇人民政府：\n{}" + ENDED


def texts(result: Formatted) -> list[str]:
    """Return the words of each paragraph of a document."""
    return [words for _, words in lines(result.document)]


def told(result: Formatted) -> list[str]:
    return [each.before for each in result.changes]


def docx_of(result: Formatted) -> Any:
    return docx.Document(io.BytesIO(result.document))


def typed(fill: Any) -> Formatted:
    return formatted(read_draft(word(fill), "稿.docx"))


def test_lines_broken_at_a_margin_are_joined_between_headings() -> None:
    """A heading has no end mark either, and says nothing against it; an item begins anew."""
    result = made(
        NOTICE.format(
            "一、工作目标\n确保全县大中型水库安全度汛，重要堤防不决口，城镇不受淹，\n人民群众生命财产安全。\n二、工作要求\n"
            "各单位要加强汛期值班值守，发现险情立即报告县防汛抗旱指挥\n部办公室。\n"
            "（一）巡查频次由各镇人民政府根据水情确定并报县水利局备案\n（二）险情随时报告。"
        )
    )
    assert texts(result)[2:8] == [
        "一、工作目标",
        "确保全县大中型水库安全度汛，重要堤防不决口，城镇不受淹，人民群众生命财产安全。",
        "二、工作要求",
        "各单位要加强汛期值班值守，发现险情立即报告县防汛抗旱指挥部办公室。",
        "（一）巡查频次由各镇人民政府根据水情确定并报县水利局备案",
        "（二）险情随时报告。",
    ]


def test_numbers_of_pages_among_copied_lines_are_left_out_and_told() -> None:
    """A sentence goes on behind them; the 版记 is the end of the draft although one stands below it."""
    body = (
        "各单位要加强汛期值班值守，发现险情立即报告县防汛抗旱指挥\n— 1 —\n部办公室，"
        "并按照职责分工组织做好群众转移安置工作，不得\n- 2 -\n瞒报。"
    )
    foot = "抄送：县委办公室。\n云河县水利局办公室 2026年5月8日印发\n第 3 页 共 3 页\n"
    result = made(NOTICE.format(body) + foot)
    assert "瞒报。" in texts(result)[2]
    assert [each for each in told(result) if "页" in each] == [
        "页码“— 1 —”",
        "页码“- 2 -”",
        "页码“第 3 页 共 3 页”",
    ]
    assert (result.paper.copies, result.report.count(Severity.ERROR)) == ("县委办公室", 0)


def test_data_at_the_head_of_a_markdown_text_are_no_text() -> None:
    """The title among them is the title; the others are told."""
    result = made(
        "---\ntitle: 关于做好防汛工作的通知\nauthor: 某科\n---\n\n各镇人民政府：\n\n请落实。\n" + ENDED,
        "稿.md",
    )
    assert result.paper.title == ("关于做好防汛工作的通知",)
    assert result.paper.addressees == "各镇人民政府"
    assert "文件头信息“author: 某科”" in told(result)


def test_underlined_titles_addresses_and_breaks_at_the_ends_of_cells_are_marks_of_markdown() -> None:
    """They are not words."""
    text = "关于做好防汛工作的通知\n===\n\n各镇：\n\n请报至<fx@yunhe.gov.cn>。\n"
    result = made(f"{text}\n| 镇 | 人 |\n|---|---|\n| <br>甲<br> | 乙 |\n{ENDED}", "稿.md")
    assert result.paper.title == ("关于做好防汛工作的通知",)
    assert "请报至fx@yunhe.gov.cn。" in texts(result)
    cells = [cell.words for each in result.paper.body if isinstance(each, Table) for cell in each.rows[1]]
    assert cells == ["甲", "乙"]


def test_a_number_below_the_title_is_the_number() -> None:
    """As documents stand on the net; that it stands above now is told."""
    result = made("关于做好防汛工作的通知\n云水发〔2026〕7号\n各镇人民政府：\n请落实。" + ENDED)
    assert (result.paper.number, result.paper.addressees) == ("云水发〔2026〕7号", "各镇人民政府")
    assert "云水发〔2026〕7号" in [each.before for each in result.changes if each.after == "移到标题上方"]


def test_a_public_notice_has_its_issue_below_its_title() -> None:
    """It is no mark without red, and gives no error."""
    result = made("云河县人民政府公告\n2026年第3号\n现将有关事项公告如下。\n特此公告。" + ENDED)
    assert (result.paper.title, result.paper.below_title) == (("云河县人民政府公告",), ("2026年第3号",))
    assert result.report.count(Severity.ERROR) == 0


def test_minutes_are_known_by_their_mark_and_an_issue_of_any_writing() -> None:
    """分送 is 抄送; names go on in a line that is set far in; the text does not touch the red line."""
    text = (
        "云河县人民政府常务会议纪要\n（2026）第7次\n云河县人民政府办公室　　2026年4月15日\n"
        "4月14日召开会议。现纪要如下：\n列席：县发改局陈静，县财政局吴磊\n　　　县应急局何勇\n"
        "分送：县委常委。\n云河县人民政府办公室　　2026年4月16日印发\n"
    )
    result = made(text)
    assert (
        (result.form, result.paper.form) == (Form.MINUTES, Form.MINUTES) if hasattr(result, "form") else True
    )
    assert (result.paper.number, result.paper.copies) == ("（2026）第7次", "县委常委")
    assert "分送：" in told(result)
    assert "列席：县发改局陈静，县财政局吴磊　县应急局何勇" in texts(result)
    whole = [each.text for each in docx_of(result).paragraphs]
    assert whole[whole.index("4月14日召开会议。现纪要如下：") - 1] == ""


def test_chapters_and_articles_keep_their_own_numbers() -> None:
    """A full-width space parts them from their words, and the checker says nothing of it."""
    result = made("# 云河县养犬管理办法\n\n## 第一章 总则\n\n第一条 为加强管理，制定本办法。\n", "稿.md")
    assert texts(result)[1:] == ["第一章　总则", "第一条　为加强管理，制定本办法。"]
    assert "text-spaces" not in {each.rule.id for each in result.report.findings}


def test_circled_numbers_within_a_line_keep_their_sign() -> None:
    """Nor does the first of them become another level, though its line begins with it."""
    result = made(NOTICE.format("1.建设商贸中心。\n①生鲜区；②快递点；③公共厕所。"))
    assert "①生鲜区；②快递点；③公共厕所。" in texts(result)


def test_a_title_of_an_annex_is_as_the_list_has_it() -> None:
    """What stands in brackets on a line of its own belongs to it."""
    annexes = "附件：1.先进集体名单（10个）\n2.先进个人名单（15名）\n" + ENDED.lstrip()
    attached = "附件1\n先进集体名单\n（10个）\n县税务局\n附件2\n先进个人名单\n（15名）\n张某\n"
    result = made("关于表彰先进的决定\n县委、县政府决定表彰下列集体和个人。\n" + annexes + attached)
    assert [each.title for each in result.paper.attached] == [
        ("先进集体名单", "（10个）"),
        ("先进个人名单", "（15名）"),
    ]
    assert "annex-names" not in {each.rule.id for each in result.report.findings}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('行政复议"零纠错".', "行政复议“零纠错”。"),
        ("汇总2021-2025年的数据。", "汇总2021—2025年的数据。"),
        ("执法力量不足 (缺口5人)。", "执法力量不足（缺口5人）。"),
        ("● 加强领导。", "加强领导。"),
        ("➢　加强领导。", "加强领导。"),
        ("加强\u2028领导。", "领导。"),
    ],
)
def test_what_is_certain_is_put_right(before: str, after: str) -> None:
    """Points behind quotes, spans of years, spaces before brackets, typed bullets, ends of lines of Unicode."""
    assert after in texts(made(NOTICE.format(before)))


def test_who_signs_an_order_may_be_spread() -> None:
    """县　长 is the post."""

    def fill(document: Any) -> None:
        mark = add(document, "云河县人民政府令", size=36, align=CENTER)
        mark.runs[0].font.color.rgb = docx.shared.RGBColor(0xFF, 0, 0)
        add(document, "第12号", align=CENTER)
        add(document, "《云河县养犬管理办法》现予公布，自2026年6月1日起施行。")
        add(document, "县  长   李　明", align=RIGHT)
        add(document, "2026年4月5日", align=RIGHT)

    result = typed(fill)
    runs = [run for each in docx_of(result).paragraphs if "县长" in each.text for run in each.runs]
    assert [run.text.strip() for run in runs if run.text.strip()] == ["县长", "李明"]
    assert result.report.count(Severity.ERROR) == 0


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    """They count nothing; that their pages are those of the draft is told."""

    def fill(document: Any) -> None:
        add(document, "云河县防汛工作方案", size=22, align=CENTER)
        add(document, "目录", align=CENTER)
        for words in ("一、组织领导\t1", "二、工作安排………………3", "一、组织领导", "二、工作安排"):
            add(document, words)
        add(document, "按计划落实。")
        add(document, "云河县水利局", align=RIGHT)
        add(document, "2026年5月8日", align=RIGHT)

    result = typed(fill)
    assert [each.level for each in result.paper.body if isinstance(each, Text)] == [0, 0, 0, 1, 1, 0]
    assert "目录里的页码仍是原稿的，请按排好的页面核对" in told(result)
    assert "level-order" not in {each.rule.id for each in result.report.findings}


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("decimalEnclosedCircleChinese", "%1", ["①", "②"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵"]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("decimalFullWidth", "（%1）", ["（１）", "（２）"]),
        ("decimalZero", "%1.", ["01.", "02."]),
    ],
)
def test_automatic_numbers_are_read_as_they_are_shown(form: str, pattern: str, shown: list[str]) -> None:
    """Not as digits where they are others."""
    draft = read_draft(
        word(lambda document: numbered(document, ["加强领导", "落实责任"], form, pattern)), "稿.docx"
    )
    assert [line.looks.label for line in draft.blocks if line.looks.label] == shown  # type: ignore[union-attr]


def test_a_list_that_begins_anew_is_read_so() -> None:
    """Word writes another number for it, with the count to begin with."""

    def fill(document: Any) -> None:
        numbered(document, ["甲", "乙"], "decimal", "%1.")
        numbering = document.part.numbering_part.element
        anew = OxmlElement("w:num")
        anew.set(qn("w:numId"), "78")
        for name, holder, value in (("w:abstractNumId", anew, "77"), ("w:lvlOverride", anew, None)):
            child = OxmlElement(name)
            child.set(qn("w:val" if value else "w:ilvl"), value or "0")
            holder.append(child)
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), "1")
        anew[-1].append(start)
        numbering.append(anew)
        for words in ("丙", "丁"):
            paragraph = add(document, words)
            listed = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", "0"), ("w:numId", "78")):
                child = OxmlElement(name)
                child.set(qn("w:val"), value)
                listed.append(child)
            paragraph._p.get_or_add_pPr().append(listed)

    draft = read_draft(word(fill), "稿.docx")
    assert [line.text for line in draft.blocks if not line.blank] == ["1.甲", "2.乙", "1.丙", "2.丁"]  # type: ignore[union-attr]
