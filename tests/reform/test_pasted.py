"""Drafts as clerks paste them: out of pages of the net, PDFs, telephones, old files; one test a shape."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx.shared import RGBColor
from typed import CENTER, RIGHT, add, made, picture, texts, word

from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.reform.changes import Kind
from docgen.reform.draft import Table
from docgen.reform.formatting import Formatted, formatted, read_draft
from docgen.reform.paper import Caption, Figure, Roster, Text

END = "云河县水利局\n2026年5月8日\n"
HEAD = "关于做好防汛工作的通知\n各镇人民政府：\n"


def body(found: Formatted) -> list[str]:
    """Return the paragraphs of the text."""
    return [each.line.text for each in found.paper.body if isinstance(each, Text)]


def of_word(fill: Any) -> Formatted:
    """Return the document of a draft in Word."""
    return formatted(read_draft(word(fill), "稿.docx"))


def errors(found: Formatted) -> list[str]:
    """Return what is wrong in a result."""
    return [each.rule.id for each in found.report.findings if each.rule.severity is Severity.ERROR]


def test_a_page_of_the_net_leaves_its_own_words_out_and_tells_them() -> None:
    """Above the title and below the text; the same words in a text that is no page stay."""
    page = (
        "首页 > 政务公开 > 政策文件\n"
        + HEAD.replace("各镇", "来源：县政府办  发布日期：2026-03-18  浏览次数：3\n各镇", 1)
        + "请落实。\n"
        + END
        + "扫一扫在手机打开当前页\n责任编辑：县政府办公室\n"
    )
    found = made(page)
    assert (found.paper.title, found.paper.addressees) == (("关于做好防汛工作的通知",), "各镇人民政府")
    assert (body(found), found.paper.date) == (["请落实。"], "2026年5月8日")
    aside = [each.before for each in found.changes if each.kind is Kind.ASIDE]
    assert [each[:8] for each in aside] == [
        "网页上的“首页 ",
        "网页上的“来源：",
        "网页上的“扫一扫",
        "网页上的“责任编",
    ]
    assert "扫一扫报名。" in body(made(f"{HEAD}扫一扫报名。\n{END}"))


def test_rules_that_were_typed_are_left_out_and_told() -> None:
    """A line of strokes below a mark is none of the title."""

    def letter(document: Any) -> None:
        add(document, "云河县水利局", size=40, align=CENTER)
        add(document, "━" * 28, align=CENTER)
        add(document, "云水函〔2026〕19号", align=RIGHT)
        add(document, "关于征求意见的函", size=22, align=CENTER)
        add(document, "县财政局：")
        add(document, "请函复。")
        for each in END.split():
            add(document, each, align=RIGHT)

    found = of_word(letter)
    assert (found.paper.form, found.paper.number) == (Form.LETTER, "云水函〔2026〕19号")
    assert found.paper.title == ("关于征求意见的函",)
    assert "用符号画的横线1条" in [each.before for each in found.changes]


def test_what_telephones_put_among_letters_goes() -> None:
    """Emoji are left out, cries become marks, numbers on keys become numbers; ticks and boxes stay."""
    found = made(f"📢{HEAD}通知如下❗\n1️⃣时间：5月12日。⚠️请准时。\n2️⃣地点：三楼，☑已定。\n{END}")
    assert found.paper.title == ("关于做好防汛工作的通知",)
    assert body(found) == ["通知如下！", "1.时间：5月12日。请准时。", "2.地点：三楼，☑已定。"]


def test_full_width_numbers_become_plain_with_the_signs_in_them() -> None:
    """Thousands, decimals, addresses, telephones; the marks of sentences stay wide."""
    found = made(f"{HEAD}计划１，２３０人，增长５．６％，见ｗｗｗ．ａ．ｃｎ，电话０４７１－５５６。\n{END}")
    assert body(found) == ["计划1230人，增长5.6%，见www.a.cn，电话0471-556。"]


def test_a_number_that_is_one_character_with_its_stop_becomes_two_within_a_line() -> None:
    """Print crowds it."""
    assert body(made(f"{HEAD}措施：⒈值守；⒉报告。\n{END}")) == ["措施：1.值守；2.报告。"]


def test_the_last_item_of_a_list_keeps_its_stop() -> None:
    """A plain paragraph or a chapter below it makes no heading of it; where all are headings, each loses it."""
    items = f"{HEAD}一、同意该设计。\n二、工期12个月。\n请抓好落实。\n{END}"
    assert body(made(items)) == ["一、同意该设计。", "二、工期12个月。", "请抓好落实。"]
    chapters = "某某办法\n第一条 包括：\n（一）建筑物。\n（二）车辆。\n第二章 附则\n第二条 施行。\n"
    assert "（二）车辆。" in body(made(chapters))
    headings = f"{HEAD}一、总体要求。\n要做好。\n二、有关事项。\n请落实。\n{END}"
    assert body(made(headings))[::2] == ["一、总体要求", "二、有关事项"]


def test_a_number_that_a_space_parts_from_its_words_gets_its_mark() -> None:
    """一 as it is pasted out of tables."""
    assert body(made(f"{HEAD}一 同意该设计。\n二 抓好落实。\n{END}")) == [
        "一、同意该设计。",
        "二、抓好落实。",
    ]


def test_copies_that_an_editor_broke_are_one_list() -> None:
    """As they come out of a PDF."""
    copies = "抄送：县委办公室，县人大常委会办公室，\n县纪委监委。\n云河县水利局办公室　2026年5月8日印发\n"
    found = made(f"{HEAD}请落实。\n{END}{copies}")
    assert found.paper.copies == "县委办公室，县人大常委会办公室，县纪委监委"
    assert (found.paper.printer, found.paper.printed) == ("云河县水利局办公室", "2026年5月8日")


def test_organs_in_cells_above_a_date_are_the_signature() -> None:
    """Three that issue together."""
    organs = ("云河县发展和改革委员会", "云河县财政局", "云河县水利局")

    def joint(document: Any) -> None:
        add(document, "关于下达投资计划的通知", size=22, align=CENTER)
        add(document, "各镇：")
        add(document, "请落实。")
        for cell, organ in zip(document.add_table(1, 3).rows[0].cells, organs, strict=True):
            cell.text = organ
        add(document, "2026年5月8日", align=RIGHT)

    found = of_word(joint)
    assert (found.paper.signature, found.paper.date) == (organs, "2026年5月8日")


def test_labels_in_a_table_above_the_mark_are_the_corner() -> None:
    """份号, 密级, 紧急程度, each in a cell."""

    def labelled(document: Any) -> None:
        table = document.add_table(3, 1)
        for row, words in zip(table.rows, ("000012", "机密★5年", "特 急"), strict=True):
            row.cells[0].text = words
        add(document, "云河县水利局文件", size=42, align=CENTER)
        add(document, "云水发〔2026〕5号", align=CENTER)
        add(document, "关于做好防汛工作的通知", size=22, align=CENTER)
        add(document, "各镇：")
        add(document, "请落实。")
        for each in END.split():
            add(document, each, align=RIGHT)

    found = of_word(labelled)
    corner = found.paper.corner
    assert (corner.copy_number, corner.secrecy, corner.urgency) == ("000012", "机密★5年", "特 急")
    assert errors(found) == []


def test_who_signs_may_stand_below_the_title() -> None:
    """Above the addressee, as drafts have it that are no files yet."""
    found = made(f"云河县水利局\n关于申请资金的请示\n签发人：韩志远\n县人民政府：\n妥否，请批示。\n{END}")
    assert (found.paper.form, found.paper.signatories) == (Form.UPWARD, ("韩志远",))
    assert found.paper.addressees == "县人民政府"


def test_two_organs_of_a_mark_with_the_file_behind_the_last_are_both_there() -> None:
    """The word stands beside both in the result, which is read so again."""
    head = "云河县发展和改革委员会\n云河县财政局文件\n云发改报〔2026〕6号　签发人：罗振华　周向东\n"
    found = made(f"{head}关于解决前期费的请示\n县人民政府：\n妥否，请批示。\n{END}")
    assert (found.paper.organs, found.paper.joint) == (("云河县发展和改革委员会", "云河县财政局"), True)
    assert formatted(read_draft(found.document, "果.docx")).paper.organs == found.paper.organs


def test_a_table_drawn_with_strokes_is_one() -> None:
    """Its rules are no rows."""
    drawn = "┌──┬───┐\n│排名│ 单位 │\n├──┼───┤\n│ 1 │县水利局│\n└──┴───┘\n"
    (table,) = [
        each
        for each in made(f"{HEAD}情况如下：\n{drawn}请落实。\n{END}").paper.body
        if isinstance(each, Table)
    ]
    assert [[cell.words for cell in row] for row in table.rows] == [["排名", "单位"], ["1", "县水利局"]]


@pytest.mark.parametrize("below", [("（2026年3月8日）", "县长 王立新"), ("县长 王立新", "（2026年3月8日）")])
def test_a_speech_has_a_title_and_who_spoke_below_it(below: tuple[str, str]) -> None:
    """In either order; nothing is wrong with it."""
    found = made("在全县推进会上的讲话\n" + "\n".join(below) + "\n同志们：\n我讲三点意见。\n")
    assert (found.paper.title, found.paper.below_title) == (("在全县推进会上的讲话",), below)
    assert (found.paper.addressees, errors(found)) == ("同志们", [])


def test_a_long_organ_of_a_joint_issue_moves_the_date_and_nothing_is_wrong() -> None:
    """The date stands below the middle of the last organ, which a long one pushes from the edge (7.3.5.1)."""
    found = made(f"{HEAD}请落实。\n云河县重大项目联审联批工作机制办公室\n{END}")
    assert len(found.paper.signature) == 2
    assert errors(found) == []


def test_an_order_is_signed_by_a_spread_post_and_issues_what_its_text_names() -> None:
    """On a page of its own, as what a notice issues."""
    text = "云河县人民政府令\n第 3 号\n《云河县广告管理办法》已经通过，现予公布。\n县  长  王立新\n2026年3月10日\n"
    found = made(f"{text}云河县广告管理办法\n第一条 为规范管理，制定本办法。\n")
    assert (found.paper.form, found.paper.signature) == (Form.ORDER, ("县  长  王立新",))
    assert [(each.label, each.title) for each in found.paper.attached] == [("", ("云河县广告管理办法",))]


def test_months_from_to_have_a_dash() -> None:
    """Not days, nor numbers of documents."""
    text = f"{HEAD}1-3月完成投资，见1-2号表和3-5日安排。\n{END}"
    assert body(made(text)) == ["1—3月完成投资，见1-2号表和3-5日安排。"]


def test_the_table_of_a_telegram_stands_between_head_and_title() -> None:
    """The title below it is one, and its mark is no organ."""

    def telegram(document: Any) -> None:
        add(document, "内部明电", size=42, align=CENTER).runs[0].font.color.rgb = RGBColor(255, 0, 0)
        table = document.add_table(2, 4)
        words = ["发往", "见报头", "签批", "王立新", "等级", "特急", "页数", "2"]
        for cell, each in zip((cell for row in table.rows for cell in row.cells), words, strict=True):
            cell.text = each
        add(document, "关于做好强降雨防范工作的紧急通知", size=22, align=CENTER)
        add(document, "各镇人民政府：")
        add(document, "请落实。")
        for each in END.split():
            add(document, each, align=RIGHT)

    found = of_word(telegram)
    assert found.paper.title == ("关于做好强降雨防范工作的紧急通知",)
    assert [type(each) for each in found.paper.below_head] == [Table]
    assert [each.rule.id for each in found.report.findings if each.rule.severity is not Severity.HINT] == []
    assert formatted(read_draft(found.document, "果.docx")).document == found.document


def test_a_name_in_the_middle_below_a_picture_stays_there() -> None:
    """What to do with it, in brackets."""

    def scanned(document: Any) -> None:
        for words in ("关于征集问题的公告", "请扫码填写。"):
            add(
                document, words, size=22 if "公告" in words else 12, align=CENTER if "公告" in words else None
            )
        document.add_paragraph().add_run().add_picture(io.BytesIO(picture(60, 60)))
        add(document, "（扫码填写）", align=CENTER)
        add(document, "特此公告。")
        for each in END.split():
            add(document, each, align=RIGHT)

    found = of_word(scanned)
    assert [type(each) for each in found.paper.body] == [Text, Figure, Caption, Text]
    assert errors(found) == []


def test_addressees_that_fill_page_one_are_moved_and_the_printing_organ_is_named() -> None:
    """The 版记 that they make has all its parts."""
    many = "、".join(
        f"{each}镇人民政府"
        for each in ["柏木", "清溪", "石门", "双桥", "青山", "红旗", "永安", "太平", "新民", "长岭"] * 5
    )
    found = made(f"云河县水利局文件\n云水发〔2026〕8号\n关于防汛的通知\n{many}：\n请落实。\n{END}")
    assert "主送机关太多，移到版记" in [each.before for each in found.changes]
    assert (found.paper.printer, found.paper.printed) == ("云河县水利局", "2026年5月8日")


ROSTER = (
    "组　长：巴特尔　　　　旗长\n副组长：乌云其木格　　旗委常委、副旗长\n　　　　李  明　　　　副旗长\n"
    "成　员：阿拉坦·巴雅尔　旗发改委主任\n　　　　（待定）　　　旗水利局局长\n"
)


def test_a_roster_is_set_as_one_however_it_is_spaced() -> None:
    """Labels of one width, names of three, posts below each other; read again it is the same."""
    found = made(f"{HEAD}成员如下：\n{ROSTER}请落实。\n{END}")
    (roster,) = [each for each in found.paper.body if isinstance(each, Roster)]
    assert [(label, [each.name for each in people]) for label, people in roster.groups] == [
        ("组长", ["巴特尔"]),
        ("副组长", ["乌云其木格", "李明"]),
        ("成员", ["阿拉坦·巴雅尔", "（待定）"]),
    ]
    assert {"组　长：巴特尔　旗长", "李　明　副旗长"} <= set(texts(found))
    assert formatted(read_draft(found.document, "果.docx")).document == found.document
    assert errors(found) == []


def test_two_lines_with_names_are_no_roster() -> None:
    """They are text: who is asked, and by which telephone."""
    found = made(f"{HEAD}联络员：李明　13800000000\n请落实。\n{END}")
    assert body(found) == ["联络员：李明　13800000000", "请落实。"]


def test_a_serial_keeps_to_whom_it_reports_and_is_sent() -> None:
    """Where any other document has copies alone (7.4.3)."""
    head = "重大项目工作简报\n第15期\n云河县重大项目办公室　2026年4月10日\n"
    found = made(
        f"{head}县水利局压减许可时限\n今年以来，压减10个工作日。\n报：县委、县政府领导\n送：各成员单位\n"
    )
    assert found.paper.receivers == {"报": "县委、县政府领导", "送": "各成员单位"}
    assert formatted(read_draft(found.document, "果.docx")).document == found.document
    other = made(f"{HEAD}请落实。\n{END}报：县政府\n送：县应急局\n")
    assert other.paper.copies == "县政府，县应急局"


def test_what_a_program_that_writes_drafts_says_around_one_is_left_out_and_told() -> None:
    """The first and the last lines alone: within a text such words are its own."""
    draft = f"# {HEAD}\n以下是根据要求列出的事项：\n\n请落实。\n\n{END}"
    found = made(f"好的，以下是为您起草的通知：\n\n{draft}\n希望对您有所帮助！\n", "稿.md")
    assert (found.paper.title, found.paper.addressees) == (("关于做好防汛工作的通知",), "各镇人民政府")
    assert (body(found), found.paper.date) == (["以下是根据要求列出的事项：", "请落实。"], "2026年5月8日")
    aside = [each.before for each in found.changes if each.kind is Kind.ASIDE]
    assert aside == ["写稿程序说的“好的，以下是为您起草的通知：”", "写稿程序说的“希望对您有所帮助！”"]


def test_lines_broken_at_a_narrow_margin_are_one_paragraph_though_the_imprint_is_wider() -> None:
    """Twenty-three characters, and 抄送 in smaller type."""
    text = (
        f"{HEAD}　　为加快推进全县重大项目前期手续办理，确保列\n入2026年清单的项目按期开工，经县政府同意，决定\n"
        "在全县开展为期三个月的集中攻坚行动。现将有关事\n项通知如下，请落实。\n"
        f"{END}抄送：县委办公室，县人大常委会办公室，县政协办公室，\n县纪委监委。\n"
        "云河县水利局办公室　　　2026年5月8日印发\n"
    )
    (paragraph,) = body(made(text))
    assert paragraph.startswith("为加快推进全县重大项目前期手续办理，确保列入2026年清单")
    assert paragraph.endswith("有关事项通知如下，请落实。")


def test_a_signature_behind_the_last_sentence_is_one() -> None:
    """Spaces set it aside, and the date stands below."""
    found = made(f"{HEAD}请落实，特此通知。          云河县水利局\n2026年5月8日\n")
    assert (body(found), found.paper.signature) == (["请落实，特此通知。"], ("云河县水利局",))


def test_organs_side_by_side_in_a_mark_are_several() -> None:
    """Two a line, 文件 behind the last; a name whose characters are spread is one."""
    head = "云河县住房和城乡建设局　云河县自然资源局\n云河县财政局　云河县水利局　文件\n云建联〔2026〕2号\n"
    organs = ("云河县住房和城乡建设局", "云河县自然资源局", "云河县财政局", "云河县水利局")
    assert made(f"{head}{HEAD}请落实。\n{END}").paper.organs == organs
    spread = made(f"云 河 县 水 利 局 文 件\n云水发〔2026〕2号\n{HEAD}请落实。\n{END}")
    assert spread.paper.organs == ("云河县水利局文件",)


def test_minutes_have_a_title_of_two_lines_and_drafts_their_stage_below_it() -> None:
    """Neither says 关于 or has a digit."""
    minutes = made(
        "云河县联审联批工作机制办公室\n第3次会商会议纪要\n2026年4月9日，罗振华主持召开会议。\n一、用地。\n"
    )
    assert "".join(minutes.paper.title) == "云河县联审联批工作机制办公室第3次会商会议纪要"
    stage = made("云河县水利发展规划\n（征求意见稿）\n一、现状\n完成投资12亿元。\n")
    assert (stage.paper.below_title, errors(stage)) == (("（征求意见稿）",), ["date-missing"])


def test_a_time_has_a_narrow_colon_a_ratio_keeps_its_own() -> None:
    """上午9:00, but 1：20."""
    assert body(made(f"{HEAD}于6月3日上午9：00开会，坡比1：20。\n{END}")) == [
        "于6月3日上午9:00开会，坡比1：20。"
    ]


def test_a_page_of_a_telephone_leaves_its_own_words_out() -> None:
    """Two of them make it sure; a source alone is the text's."""
    page = f"{HEAD}来源：云河发布\n点击上方蓝字关注我们\n▌要求\n✅ 请落实。\n请报告。\n{END}点赞 在看 分享\n"
    found = made(page)
    assert body(found) == ["要求", "请落实。", "请报告。"]
    assert len([each for each in found.changes if each.kind is Kind.ASIDE]) == 3
    assert "来源：县统计局" in body(made(f"{HEAD}来源：县统计局\n请落实。\n{END}"))


def test_organs_side_by_side_are_names_however_long_they_are_together() -> None:
    """Each of 23 characters, most of them narrow: the date below is not at a wrong place."""
    name = "ABCDEFGHIJKLMNOPQRSTUV局"
    found = made(f"{HEAD}请落实。\n{name}\n{name}\n{END}")
    assert any(text.count(name) > 1 for text in texts(found))
    assert errors(found) == []


def test_an_item_of_the_fourth_level_is_no_number_of_a_document() -> None:
    """Digits behind its number are its words."""
    found = made(f"{HEAD}（1）12 200\n（2）15 300\n{END}")
    assert (found.paper.number, found.paper.title) == ("", ("关于做好防汛工作的通知",))
    assert errors(found) == []
