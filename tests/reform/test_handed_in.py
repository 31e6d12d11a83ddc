"""Drafts as they are handed in: with forms, mails, telegrams, covers and signs of special faces; one test a shape."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from typed import CENTER, RIGHT, add, made, opened, told, word

from docgen.lint.rule import Severity
from docgen.reform.changes import Kind
from docgen.reform.draft import Table
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.paper import Names, Text

END = "云河县水利局\n2026年5月8日\n"
HEAD = "关于做好防汛工作的通知\n各镇人民政府：\n"


def body(found: Formatted) -> list[str]:
    """Return the paragraphs of the text."""
    return [each.line.text for each in found.paper.body if isinstance(each, Text)]


def found_in(found: Formatted) -> list[str]:
    """Return what the checker finds in a result, hints left out."""
    return [each.rule.id for each in found.report.findings if each.rule.severity is not Severity.HINT]


def left_out(found: Formatted) -> list[str]:
    """Return what was left out and told."""
    return [each.before for each in found.changes if each.kind is Kind.ASIDE]


def of_word(fill: Any) -> Formatted:
    """Return the document of a draft in Word."""
    return formatted(read_draft(word(fill), "稿.docx"))


def notice(document: Any, *lines: str) -> None:
    """Add a notice of some lines."""
    add(document, "关于做好防汛工作的通知", size=22, align=CENTER)
    for each in ("各镇人民政府：", *lines):
        add(document, each)
    for each in END.split():
        add(document, each, align=RIGHT)


def test_a_form_on_which_a_draft_is_handed_in_is_left_out_and_told() -> None:
    """Its name and its table; the document below it begins with its own title."""

    def handed_in(document: Any) -> None:
        add(document, "云河县水利局发文稿纸", size=26, align=CENTER)
        document.add_table(1, 2).rows[0].cells[0].text = "签发："
        notice(document, "请落实。")

    found = of_word(handed_in)
    assert (found.paper.title, body(found)) == (("关于做好防汛工作的通知",), ["请落实。"])
    assert left_out(found) == ["“云河县水利局发文稿纸”和下面的表"]
    assert found_in(found) == []


def test_a_mail_around_a_draft_is_left_out_and_told() -> None:
    """Its head, and what the writer says above the title; lines of a text that look so are its own."""
    mail = "发件人: 周敏 <zm@a.cn>\n收件人: 李明\n主题: 通知稿\n李局：稿子如下，请审阅。\n"
    found = made(f"{mail}{HEAD}主题：人人讲安全。\n请落实。\n{END}")
    assert (found.paper.title, found.paper.addressees) == (("关于做好防汛工作的通知",), "各镇人民政府")
    assert len(left_out(found)) == 4
    assert body(found) == ["主题：人人讲安全。", "请落实。"]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("收文编号：〔2026〕0356    收文日期：2026.4.20", "above"),
        ("（此页无正文）", "in"),
        ("@所有人 收到请回复", "below"),
    ],
)
def test_a_line_that_belongs_to_no_document_is_left_out_and_told(line: str, where: str) -> None:
    """A number of receipt above the mark; that a page has no text, which the standard of 2012 knows no more; a chat."""
    parts = {
        "above": f"{line}\n{HEAD}请落实。\n{END}",
        "in": f"{HEAD}请落实。\n{line}\n{END}",
        "below": f"{HEAD}请落实。\n{END}{line}",
    }
    found = made(parts[where])
    assert (found.paper.title, found.paper.signature) == (("关于做好防汛工作的通知",), ("云河县水利局",))
    assert body(found) == ["请落实。"]
    assert [line[:12] in each for each in left_out(found)] == [True]


def test_lines_with_labels_below_the_mark_of_a_telegram_are_its_table() -> None:
    """They are no title; laid out again they stay."""

    def telegram(document: Any) -> None:
        mark = add(document, "明 传 电 报", size=42, align=CENTER)
        mark.runs[0].font.color.rgb = RGBColor(255, 0, 0)
        add(document, "发电单位：云河县防汛抗旱指挥部　　签批盖章：李明")
        add(document, "等级：特提·明电　　云汛明电〔2026〕7号　　共2页")
        add(document, "发往：各镇人民政府")
        notice(document, "请落实。")

    found = of_word(telegram)
    (table,) = found.paper.below_head
    assert isinstance(table, Table)
    assert table.rows[0][1].words == "签批盖章：李明"
    assert (found.paper.title, found_in(found)) == (("关于做好防汛工作的通知",), [])
    assert formatted(read_draft(found.document, "果.docx")).document == found.document


def test_a_long_title_of_organs_that_issue_together_is_one() -> None:
    """Of 88 characters, on one line as it was typed."""
    title = (
        "云河县水利局、云河县发展和改革委员会、云河县财政局、云河县自然资源局关于转发《青岚市水利局等四部门"
        "关于进一步加强和规范中小型水库建设管理工作的指导意见（试行）》的通知"
    )
    found = made(f"{title}\n各镇人民政府：\n请落实。\n{END}")
    assert (found.paper.title, found.paper.addressees) == ((title,), "各镇人民政府")
    assert found_in(found) == []


def test_a_cover_has_organ_and_month_below_the_title_and_its_stage() -> None:
    """With the month in hanzi; a table of contents below it is no text, whose dots nobody judges."""
    found = made(
        "云河县水安全保障规划\n（送审稿）\n云河县水利局\n二〇二六年五月\n目录\n一、现状………………1\n一、现状\n投资12亿元。\n"
    )
    assert found.paper.below_title == ("（送审稿）", "云河县水利局", "二〇二六年五月")
    assert "ellipsis" not in found_in(found)


def test_two_lines_of_a_public_title_above_its_issue_are_no_mark() -> None:
    """The organ stands on the first of them."""

    def public(document: Any) -> None:
        for each in ("云河县水利局", "关于禁止在库区垂钓的通告"):
            add(document, each, size=22, align=CENTER)
        add(document, "2026年第2号", align=CENTER)
        add(document, "禁止垂钓。")
        for each in END.split():
            add(document, each, align=RIGHT)

    found = of_word(public)
    assert found.paper.below_title == ("2026年第2号",)
    assert found_in(found) == []


SIGNS = {"l": "●", "Ø": "➢", "n": "■", "\uf06c": "●"}


@pytest.mark.parametrize("letter", SIGNS)
def test_letters_of_a_face_of_symbols_are_signs(letter: str) -> None:
    """As bullets they go, and are told; the same holds of a sign that Word writes by its place in the face."""

    def typed(document: Any) -> None:
        notice(document, "检查内容：", "办理情况；", "请准备。")
        bullet = parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
            f"<w:t>{letter}</w:t></w:r>"
        )
        document.paragraphs[3]._p.insert(0, bullet)
        sign = parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')
        document.paragraphs[4]._p.append(sign)

    found = of_word(typed)
    assert body(found) == ["检查内容：", "办理情况；", "请准备。☑"]
    assert f"项目符号“{SIGNS[letter]}”已去掉" in told(found)


def test_characters_that_nobody_sees_go_and_are_told() -> None:
    """Marks of direction, spaces without width, soft hyphens: an addressee among them is one."""
    typed = "关于做好防\u200b汛工作的通知\n\u202b各镇人民政府：\u202c\n请落\u00ad实。\n"
    for found in (
        made(typed + END),
        of_word(lambda document: [add(document, each) for each in (typed + END).split("\n")]),
    ):
        assert (found.paper.title, found.paper.addressees) == (("关于做好防汛工作的通知",), "各镇人民政府")
        assert body(found) == ["请落实。"]
        assert "看不见的控制字符4个已去掉" in told(found)


def test_lines_that_tabs_part_into_columns_are_a_table() -> None:
    """In Word as in a text; one tab parts names."""
    rows = ("序号\t镇名\t金额（万元）", "1\t柏木镇\t120", "2\t清溪镇\t85")
    found = of_word(lambda document: notice(document, "分配如下：", *rows, "联系人：李明\t电话：1234567"))
    (table,) = [each for each in found.paper.body if isinstance(each, Table)]
    assert [[cell.words for cell in row] for row in table.rows] == [each.split("\t") for each in rows]
    assert len(body(found)) == 2


def test_a_head_of_two_rows_is_repeated_whole() -> None:
    """Cells beside a wide one reach down over both; where a first column alone does, the head is one row."""

    def tables(document: Any) -> None:
        headed, grouped = document.add_table(4, 3), document.add_table(4, 3)
        headed.cell(0, 0).merge(headed.cell(1, 0)).text = "取水户"
        headed.cell(0, 1).merge(headed.cell(0, 2)).text = "取水量"
        grouped.cell(0, 0).merge(grouped.cell(2, 0)).text = "甲类"
        for table in (headed, grouped):
            for row in table.rows[2:]:
                row.cells[2].text = "12.5"
        add(document, "特此公告。")

    found = of_word(tables)
    assert [each.heads for each in found.paper.body if isinstance(each, Table)] == [2, 1]
    repeated = [each._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for each in opened(found).tables[0].rows]
    assert [each is not None for each in repeated] == [True, True, False, False]


def test_who_takes_part_is_a_line_among_others_but_a_list_below_a_text() -> None:
    """Between time and place of a meeting no line is left blank."""
    among = made(f"{HEAD}时间：5月20日。\n参会人员：各镇分管负责同志\n地点：三楼。\n{END}")
    assert body(among) == ["时间：5月20日。", "参会人员：各镇分管负责同志", "地点：三楼。"]
    below = made("青山水库建设推进会会议纪要\n会议强调，要抓好落实。\n出席：李明\n列席：陈刚\n")
    assert [each.label for each in below.paper.body if isinstance(each, Names)] == ["出席：", "列席："]


def test_annexes_on_one_line_above_who_may_be_asked_are_a_list() -> None:
    """Parted by semicolons, with any mark behind the numbers; who may be asked goes below the date (7.3.6)."""
    found = made(f"{HEAD}请落实。\n附件:1,需求清单;2,承诺书.\n联系人：周敏，13800138000\n{END}")
    assert found.paper.annexes == ("需求清单", "承诺书")
    assert [each.words for each in found.paper.notes] == ["（联系人：周敏，13800138000）"]
    assert found_in(found) == []


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("会议时间为14：30-16：00，会期半天。", "会议时间为14:30—16:00，会期半天。"),
        ("坡比为1：2～1：3。", "坡比为1：2～1：3。"),
        ("见二○二六年、二○○六年来文。", "见二〇二六年、二〇〇六年来文。"),
        ("库容8万m³;水温25℃,正常。", "库容8万m³；水温25℃，正常。"),
        ("各镇\xa0，请于5月8日 、9日报送。", "各镇，请于5月8日、9日报送。"),
    ],
)
def test_signs_of_times_years_and_units_are_put_right(typed: str, mended: str) -> None:
    """Where the rule is certain."""
    assert body(made(f"{HEAD}{typed}\n{END}")) == [mended]


def test_a_formula_alone_on_a_line_is_no_empty_one() -> None:
    """Nor a remark below a table at the left edge an indent that is missing."""
    formula = f"<m:oMathPara {nsdecls('m')}><m:oMath><m:r><m:t>S=ab</m:t></m:r></m:oMath></m:oMathPara>"

    def computed(document: Any) -> None:
        notice(document, "按下式计算。", "", "请落实。")
        document.paragraphs[3]._p.append(parse_xml(formula))

    assert found_in(of_word(computed)) == []
    table = "| 序号 | 任务 |\n|--|--|\n| 1 | 模型 |\n"
    assert (
        found_in(made(f"{HEAD}\n见下表。\n\n{table}\n说明：由水利局牵头。\n\n请落实。\n\n{END}", "稿.md"))
        == []
    )


def test_numbers_within_numbers_of_a_markdown_text_are_the_next_level() -> None:
    """Both begin with digits there."""
    found = made(
        "# 关于建设的通知\n\n各镇：\n\n1. 底板\n2. 模型\n   1. 水文\n   2. 调度\n3. 应用\n\n" + END, "稿.md"
    )
    assert body(found) == ["1.底板", "2.模型", "（1）水文", "（2）调度", "3.应用"]


def test_columns_become_one_and_are_told() -> None:
    """As newsletters have them."""

    def parted(document: Any) -> None:
        notice(document, "请落实。")
        document.sections[0]._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")

    assert "分栏的文字排成通栏" in told(of_word(parted))


def test_minutes_whose_mark_names_the_meeting_need_no_title() -> None:
    """And a numbered pair of words is nobody's signature."""
    mark = "云河县水利局局长办公会议纪要\n〔2026〕第5次\n云河县水利局办公室　2026年5月8日\n"
    found = made(f"{mark}5月6日，李明主持召开会议。\n一、通过预案。\n二、通过计划。\n")
    assert "title-missing" not in found_in(found)
    plan = made(f"关于节水的实施方案\n一、目标\n节水。\n1．1 加强领导\n1．2 加大投入\n{END}")
    assert "signature-position" not in found_in(plan)


def test_a_title_of_digits_is_no_number_of_a_copy_when_it_is_read_again() -> None:
    """Whoever set it as a title has said what it is."""
    found = made("11 11\n（1）11，11\n11，11\n")
    assert formatted(read_draft(found.document, "果.docx")).paper.title == found.paper.title == ("11 11",)


def test_who_signed_a_document_that_is_forwarded_stands_aside_below_it() -> None:
    """In an annex, where it is no signature of the document itself; laid out again it stays."""
    annex = "附件\n青岚市水利局关于安全生产的通知\n各县水利局：\n请排查隐患。\n青岚市水利局\n2026年4月2日\n"
    found = made(
        f"关于转发安全生产通知的通知\n各镇：\n请落实。\n附件：青岚市水利局关于安全生产的通知\n{END}{annex}"
    )
    aligned = {each.text: each.paragraph_format.alignment for each in opened(found).paragraphs}
    assert (aligned["青岚市水利局"], aligned["2026年4月2日"], aligned["请排查隐患。"]) == (2, 2, None)
    assert (found.paper.signature, found_in(found)) == (("云河县水利局",), [])
    assert formatted(read_draft(found.document, "果.docx")).document == found.document
