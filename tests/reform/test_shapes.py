"""Drafts in shapes that offices, the net and programs give them: out of a PDF, with data at the head, in chapters."""

from __future__ import annotations

import pytest
from typed import lines, made, opened, texts, told

from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.reform.draft import Table, lines_of
from docgen.reform.formatting import Given, formatted, read_draft

ENDED = "\n云河县水利局\n2026年5月8日\n"
NOTICE = "关于做好防汛工作的通知\n\n各镇人民政府：\n{}" + ENDED


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
    assert "页码3处（“— 1 —”等）" in told(result)
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
    whole = [each.text for each in opened(result).paragraphs]
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
        ('问题一:"未招标".经核实。', "问题一：“未招标”。经核实。"),
        ("联 系 人：吴刚。", "联系人：吴刚。"),
        ("执法力量不足 (缺口5人)。", "执法力量不足（缺口5人）。"),
        ("● 加强领导。", "加强领导。"),
        ("➢　加强领导。", "加强领导。"),
        ("加强\u2028领导。", "领导。"),
    ],
)
def test_what_is_certain_is_put_right(before: str, after: str) -> None:
    """Points behind quotes, spans of years, spaces before brackets, typed bullets, ends of lines of Unicode."""
    assert after in texts(made(NOTICE.format(before)))


def test_an_old_end_of_a_draft_is_known() -> None:
    """抄：, who read proofs, how many were printed; annexes counted with ⒈; the printing organ has no seal."""
    ended = "云河县水利局（章）\n2026年5月8日\n抄：县审计局\n校对：王五　　印数：50份\n"
    result = made(f"关于做好防汛工作的通知\n各镇：\n请落实。\n附件：⒈责任表；⒉填报说明\n{ended}")
    assert result.paper.annexes == ("责任表", "填报说明")
    assert (result.paper.copies, result.paper.printer) == ("县审计局", "云河县水利局")
    assert {"抄：", "校对：王五　　印数：50份"} <= set(told(result))


def test_who_moves_a_bill_signs_with_post_and_name() -> None:
    """A colon may stand between them."""
    text = "云河县人民政府关于提请审议规划的议案\n县人大常委会：\n现提请审议。\n县长：周　明\n2026年4月20日\n"
    assert made(text).paper.signature == ("县长：周　明",)


def test_who_issued_a_text_and_when_may_stand_below_its_title() -> None:
    """As with statistics: in the middle, and no date is missing."""
    result = made(
        "云河县2025年统计公报\n云河县统计局\n2026年3月18日\n2025年，全县经济平稳运行。\n一、综合\n增长6%。\n"
    )
    assert result.paper.below_title == ("云河县统计局", "2026年3月18日")
    assert result.report.count(Severity.ERROR) == 0


def test_units_stand_at_the_right_of_tables_and_remarks_at_the_left() -> None:
    """Their names stand in the middle."""
    table = "表1　投资情况\n单位：万元\n镇\t投资\n柏木\t12\n注：快报数。"
    document = opened(made(NOTICE.format(f"见下表。\n{table}")))
    aligned = {each.text: each.paragraph_format.alignment for each in document.paragraphs if each.text}
    assert (aligned["单位：万元"], aligned["注：快报数。"], aligned["表1　投资情况"]) == (2, 0, None)


def test_html_in_markdown_is_no_text() -> None:
    """Tags of looks go, tables become tables, characters by name are characters; boxes of tasks are boxes."""
    text = (
        '关于考核的通报\n\n各镇：\n\n<p align="center">结果如下：</p>\n\n<table>\n<tr><th>镇</th><th>得分</th></tr>\n'
        "<tr><td>柏木</td><td>95</td></tr>\n</table>\n\n- [x] 已公示\n- [ ] 待整改\n\n甲&lt;乙&gt;。\n"
    )
    result = made(text + ENDED, "稿.md")
    rows = [
        [cell.words for cell in row]
        for each in result.paper.body
        if isinstance(each, Table)
        for row in each.rows
    ]
    assert rows == [["镇", "得分"], ["柏木", "95"]]
    piece = "<a href='http://a.cn/'>公示</a>须<u>三日</u>、<b>五日</b>内看。"
    marked = made(f"关于考核的通报\n\n各镇：\n\n{piece}\n{ENDED}", "稿.md", Given(emphasis=True))
    pieces = [
        each for line in lines_of(read_draft(marked.document, "果.docx").blocks) for each in line.pieces
    ]
    assert {each.text: each.link or each.emphasis for each in pieces if each.link or each.emphasis} == {
        "公示": "http://a.cn/", "三日": "u", "五日": "b",
    }  # fmt: skip
    assert {"结果如下：", "☑ 已公示", "☐ 待整改", "甲<乙>。"} <= set(texts(result))


def test_a_serial_out_of_words_alone_has_its_whole_issue_and_its_editor() -> None:
    """The issue of all stands on a line of its own; 目录 is no title; who edited it comes before the 版记."""
    result = made(
        "重点项目工作简报\n第12期\n（总第86期）\n云河县重点办    2026年4月18日\n目  录\n产业园三期开工\n"
        "4月16日，产业园三期项目开工。\n报：县委书记\n送：县委常委\n责任编辑：李想\n"
    )
    paper = result.paper
    assert (paper.serial, paper.title, paper.copies) == ("第12期（总第86期）", (), "")
    assert paper.receivers == {"报": "县委书记", "送": "县委常委"}
    assert texts(result)[-1] == "责任编辑：李想"


def test_a_speech_has_its_speaker_and_its_day_below_the_title() -> None:
    result = made(
        "# 在全县工作会议上的讲话\n\n县长　周明\n\n（2026年4月15日）\n\n同志们：\n\n讲三点意见。\n", "稿.md"
    )
    assert result.paper.below_title == ("县长　周明", "（2026年4月15日）")
    assert result.report.count(Severity.ERROR) == 0


def test_a_text_that_a_notice_issues_begins_at_its_name() -> None:
    """Without a new page or a look; its annexes are its own."""
    text = "关于印发云河县防汛预案的通知\n各镇：\n现印发给你们。" + ENDED
    result = made(text + "云河县防汛预案\n1 总则\n制定本预案。\n附件：1.机构图\n2.流程表\n")
    assert [(each.label, each.title) for each in result.paper.attached] == [("", ("云河县防汛预案",))]
    assert result.paper.annexes == ()


def test_an_organ_above_the_title_is_no_mark_for_a_number_below_it() -> None:
    result = made("云河县人民政府\n关于王磊同志任职的通知\n云政人〔2026〕6号\n各镇：\n任命王磊。" + ENDED)
    assert result.paper.organs == ()
    assert "".join(result.paper.title) == "云河县人民政府关于王磊同志任职的通知"


def test_organs_in_a_title_are_not_cut() -> None:
    """Three on one line are too long for it."""
    organs = "云河县公安局  云河县教育局  云河县市场监督管理局"
    result = made(f"{organs}\n关于开展校园周边环境整治的通告\n决定开展整治。" + ENDED)
    titles = [words for style, words in lines(result.document) if style == "公文标题"]
    assert [line for line in titles if "市场监督管理局" in line.replace(" ", "")] != []
    assert all(line == line.strip() for line in titles)
    assert formatted(read_draft(result.document, "果.docx")).document == result.document


def test_a_title_loses_the_mark_at_its_end() -> None:
    """It is told; the checker finds nothing any more."""
    result = made("关于做好防汛工作的通知。\n各镇人民政府：\n请落实。" + ENDED)
    assert result.paper.title == ("关于做好防汛工作的通知",)
    assert "关于做好防汛工作的通知。" in told(result)
    assert result.report.count(Severity.ERROR) == 0


def test_a_long_title_of_an_annex_is_broken_between_words() -> None:
    """As that of a document is."""
    name = "云河县“十四五”生态环境保护规划中期评估报告"
    result = made(
        f"关于印发报告的通知\n各镇：\n现印发给你们。\n附件：{name}"
        + ENDED
        + f"附件\n{name}\n一、总体情况\n良好。\n"
    )
    titles = [words for style, words in lines(result.document) if style == "附件标题"]
    assert len(titles) == 2
    assert "".join(titles) == name
    assert min(map(len, titles)) > 5


def test_names_side_by_side_stay_several_whatever_they_are_called() -> None:
    """The second time a tab parts them."""
    result = made("关于做好防汛工作的通知\n各镇：\n请落实。\n局乙进 局推\n云河县水利局　2026年5月8日")
    again = formatted(read_draft(result.document, "果.docx"))
    assert again.paper.signature == result.paper.signature == ("局乙进 局推", "云河县水利局")


def test_a_numbered_paragraph_that_is_parted_for_the_signature_is_whole_again() -> None:
    """Its end stands beside the signature; read again it is one paragraph."""
    item = "2.项目推进：" + "各镇要对照清单逐项落实重点项目" * 5
    head = "云河县水利局文件\n云水发〔2026〕8号\n关于防汛的报告\n县政府：\n"
    result = made(f"{head}{item}\n附件：1.甲表\n2.乙表" + ENDED)
    assert formatted(read_draft(result.document, "果.docx")).document == result.document
