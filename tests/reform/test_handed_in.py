"""Drafts as they are handed in: with forms, mails, telegrams, covers and signs of special faces; one test a shape."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from typed import CENTER, RIGHT, add, made, opened, texts, told, word

from docgen.lint.rule import Severity
from docgen.reform.changes import Kind
from docgen.reform.draft import Table
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.paper import Names, Roster, Text

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


def test_a_roster_with_tabs_is_one_and_no_table() -> None:
    """Its lines begin with labels."""
    people = ("组长：\t李明\t旗长", "副组长：\t王强\t副旗长", "成员：\t赵丽\t旗水利局局长")
    found = of_word(lambda document: notice(document, "成员如下：", *people, "请落实。"))
    assert [type(each) for each in found.paper.body] == [Text, Roster, Text]


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


def test_annexes_called_by_one_hanzi_are_annexes() -> None:
    """附1 over each of them, as 附 begins their list."""
    annexes = "附1：\n统计表\n面积。\n附 2\n填报说明\n按亩。\n"
    found = made(f"{HEAD}请报送。\n附：1、统计表\n2、填报说明\n{END}{annexes}")
    assert found.paper.annexes == ("统计表", "填报说明")
    assert [(each.label, each.title) for each in found.paper.attached] == [
        ("附件1", ("统计表",)),
        ("附件2", ("填报说明",)),
    ]
    assert found_in(found) == []


def test_numbers_typed_before_headings_of_a_style_stay_theirs() -> None:
    """1 总则, 1.1 目的: none is counted anew before them, for texts refer to them."""

    def plan(document: Any) -> None:
        add(document, "云河县防汛应急预案", size=22, align=CENTER)
        for level, words in ((1, "1 总则"), (2, "1.1 编制目的"), (3, "1.1.1 依据")):
            document.add_heading(words, level)
        add(document, "为做好工作，制定本预案。")

    assert body(of_word(plan))[:3] == ["1 总则", "1.1 编制目的", "1.1.1 依据"]


def test_signs_below_a_first_level_become_the_third_though_others_have_the_fourth() -> None:
    """Each list by the level above it."""
    typed = "一、范围\n1.文书\n2.会计\n二、要求\n①装订整齐\n②编号连续\n"
    assert body(made(f"{HEAD}{typed}{END}"))[-2:] == ["1.装订整齐", "2.编号连续"]


def test_a_title_that_a_pdf_broke_is_broken_between_words() -> None:
    """As one is whose line begins with 的; where its lines are right they stay."""
    found = made(f"关于做好水利工程安全生产工作\n的通知\n各镇人民政府：\n请落实。\n{END}")
    assert found_in(found) == []
    lines = ("云河县水利局", "关于做好水利工程安全生产工作的通知")
    typed = "\n".join(lines)
    assert set(lines) <= set(texts(made(f"{typed}\n各镇人民政府：\n请落实。\n{END}")))


def test_a_line_that_announces_what_follows_ends_no_title() -> None:
    """达成如下意见： ends as titles do."""
    found = made(f"关于共建水源地的合作备忘录\n甲方：云河县水利局\n经协商，达成如下意见：\n共同管护。\n{END}")
    assert found.paper.title == ("关于共建水源地的合作备忘录",)
    assert found_in(found) == ["addressee-missing"]


def test_a_number_at_the_top_of_each_page_is_one() -> None:
    """As lines are copied out of a PDF."""
    found = made(f"云水发〔2026〕5号\n{HEAD}一、压实责任。\n— 1 —\n云水发〔2026〕5号\n二、排查。\n{END}")
    assert (found.paper.number, body(found)) == ("云水发〔2026〕5号", ["一、压实责任。", "二、排查。"])
    assert "每页都有的“云水发〔2026〕5号”" in left_out(found)


def test_an_imprint_of_former_times_is_read_whole() -> None:
    """主题词 above 主送, which says again who the addressees are."""
    imprint = "主题词：水利 通知\n主送：各镇人民政府\n抄送：县财政局\n云河县水利局办公室　2026年5月8日印发\n"
    found = made(f"{HEAD}请落实。\n{END}{imprint}")
    assert (found.paper.copies, found.paper.printer) == ("县财政局", "云河县水利局办公室")
    assert left_out(found) == ["主送：各镇人民政府", "主题词：水利 通知"]
    assert formatted(read_draft(found.document, "果.docx")).document == found.document


@pytest.mark.parametrize(("typed", "date"), [("二〇二六年五月", "2026年5月"), ("____年____月____日",) * 2])
def test_a_date_may_lack_its_day_or_all_of_it(typed: str, date: str) -> None:
    """It is the date all the same, below its signature; that it is not whole is the checker's word."""
    found = made(f"{HEAD}请落实。\n云河县水利局\n{typed}\n")
    assert (found.paper.signature, found.paper.date) == (("云河县水利局",), date)
    assert found_in(found) in (["date-form"], ["placeholder"])


def test_the_name_of_a_table_stands_over_what_it_counts_in() -> None:
    """In the middle, and no paragraph of the text."""

    def counted(document: Any) -> None:
        notice(document, "见下表。", "2025年决算表", "单位：万元", "特此通报。")
        for each, align in zip(document.paragraphs[3:5], (CENTER, RIGHT), strict=True):
            each.alignment = align
        document.paragraphs[4]._p.addnext(document.add_table(2, 2)._tbl)
        document.tables[0].cell(0, 0).text = "科目"

    assert found_in(of_word(counted)) == []


def test_a_watermark_in_a_header_is_told() -> None:
    """It is drawn, and in no words of the header."""

    def marked(document: Any) -> None:
        notice(document, "请落实。")
        shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="征求意见稿"/></v:shape>'
        run = parse_xml(f"<w:r {nsdecls('w')}><w:pict>{shape}</w:pict></w:r>")
        document.sections[0].header.paragraphs[0]._p.append(run)

    assert "水印“征求意见稿”" in left_out(of_word(marked))


def test_no_empty_page_lies_between_wide_annexes() -> None:
    """The pages of both lie across, one section behind the other."""
    rows = "\n".join("\t".join(f"第{column}列名称较长" for column in range(12)) for _ in range(3))
    annexes = f"附件1\n计划表\n{rows}\n附件2\n任务表\n{rows}\n"
    found = made(f"{HEAD}请落实。\n附件：1.计划表\n2.任务表\n{END}{annexes}")
    across = [each.page_width > each.page_height for each in opened(found).sections]
    assert across == [False, True, True]
    assert formatted(read_draft(found.document, "果.docx")).document == found.document
