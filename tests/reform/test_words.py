"""Drafts without any looks, plain text and Markdown: all is known from words."""

from __future__ import annotations

import pytest
from typed import lines, made, of_text

from docgen.errors import DocgenError
from docgen.lint.recognition.layout import Form
from docgen.lint.rule import Severity
from docgen.reform.draft import Table
from docgen.reform.formatting import Given, formatted, read_draft
from docgen.reform.labels import label_of
from docgen.reform.mending import certain, official_day
from docgen.reform.recognise import recognise

NOTICE = """关于开展2026年重大项目
集中开工活动的通知

各镇人民政府,县直各有关部门:
    现将有关事项通知如下:
    一.总体要求
    坚持以项目为王,全力推进开工。
    (一)时间安排。活动定于2026 年 3 月 6 日举行。
    1、会前准备
    2、会中保障
    (1)车辆
    (2)医疗
    二.工作要求
    请于3月1日前报送材料.
    附件：1.活动方案  2.项目清单

                    云河县发展和改革局
                    二〇二六年二月三日
    （联系人：李某，联系电话：87654321）

附件1
活动方案
按计划进行。
附件2
项目清单
序号	名称	金额
1	道路	1000
2	学校	2000
"""


def test_a_notice_typed_without_looks_is_laid_out_whole() -> None:
    """Title over two lines, levels, list of annexes on one line, names and date, note, annexes with a table."""
    document = made(NOTICE)
    paper = document.paper
    assert paper.title == ("关于开展2026年重大项目", "集中开工活动的通知")
    assert paper.addressees == "各镇人民政府，县直各有关部门"
    assert paper.annexes == ("活动方案", "项目清单")
    assert (paper.signature, paper.date) == (("云河县发展和改革局",), "2026年2月3日")
    assert [each.label for each in paper.attached] == ["附件1", "附件2"]
    assert isinstance(paper.attached[1].items[0], Table)
    assert [words for style, words in lines(document.document) if style.endswith("级标题")] == [
        "一、总体要求", "1.会前准备", "2.会中保障", "（1）车辆", "（2）医疗", "二、工作要求",
    ]  # fmt: skip
    assert document.report.count(Severity.ERROR) == document.report.count(Severity.WARNING) == 0


@pytest.mark.parametrize(
    ("typed", "level", "count"),
    [
        ("一、总体要求", 1, 1), ("二.要求", 1, 2), ("三．要求", 1, 3), ("十一，要求", 1, 11), ("四 要求", 0, 0),
        ("（一）要求", 2, 1), ("(二)要求", 2, 2), ("（ 三 ）、要求", 2, 3), ("㈣要求", 2, 4),
        ("1.要求", 3, 1), ("2、要求", 3, 2), ("３．要求", 3, 3), ("4 、要求", 3, 4), ("⒌要求", 3, 5),
        ("（1）要求", 4, 1), ("(2)要求", 4, 2), ("⑶要求", 4, 3), ("1)要求", 5, 1), ("2）要求", 5, 2), ("③要求", 6, 3),
        ("三、四级公路", 0, 0), ("一、二〇二六年工作", 1, 1), ("1.5万亩", 0, 0), ("2026.3.6", 0, 0), ("1、2月份", 0, 0),
    ],
)  # fmt: skip
def test_numbers_are_known_in_the_ways_people_type_them(typed: str, level: int, count: int) -> None:
    """Each way of writing a level; what only looks like one begins a sentence."""
    label = label_of(typed)
    assert (label.level, label.count) == (level, count) if label else level == 0


def test_a_number_in_hanzi_with_a_space_counts_where_it_is_next() -> None:
    """`二 要求` is a heading after the first one, and `一 个` begins a sentence elsewhere."""
    assert label_of("二 要求", 2) is not None
    assert label_of("二 要求", 3) is None


REQUEST = """云河县水利局关于申请防洪工程
建设资金的请示

县人民政府：
　　总投资1.2亿元。
　　妥否,请批示。
　　附件:投资估算表
　　　　　　　　　　　　　　云河县水利局
　　　　　　　　　　　　　　2026年3月6日
"""
LETTER = """云河县发展和改革局
云发改函[2026]03号
关于商请提供项目资料的函
县自然资源局:
请予支持为盼。
云河县发展和改革局
2026.3.6
"""
ANNOUNCEMENT = """关于城区部分道路封闭施工的公告
因施工需要，实行封闭。
特此公告。
云河县公安局交通警察大队　云河县住房和城乡建设局
2026年3月20日
"""
CIRCULAR = """关于2025年度重大项目推进情况的通报
各镇人民政府、县直各单位：
现将情况通报如下。
一、总体情况
良好。
云河县重大项目建设指挥部
2026年1月15日
"""
PLAN = """重大项目集中开工仪式工作方案
为做好各项工作,制定本方案,并按计划抓好落实。
一、时间地点
3月18日。
"""
ONE_LINE = """关于报送项目计划的通知
各镇:
请填报。
云河县发展和改革局　2026年3月1日
"""
KINDS = [
    (REQUEST, "云河县水利局关于申请防洪工程建设资金的请示", "县人民政府", ("云河县水利局",), "2026年3月6日"),
    (LETTER, "关于商请提供项目资料的函", "县自然资源局", ("云河县发展和改革局",), "2026年3月6日"),
    (
        ANNOUNCEMENT,
        "关于城区部分道路封闭施工的公告",
        "",
        ("云河县公安局交通警察大队", "云河县住房和城乡建设局"),
        "2026年3月20日",
    ),
    (
        CIRCULAR,
        "关于2025年度重大项目推进情况的通报",
        "各镇人民政府、县直各单位",
        ("云河县重大项目建设指挥部",),
        "2026年1月15日",
    ),
    (PLAN, "重大项目集中开工仪式工作方案", "", (), ""),
    (ONE_LINE, "关于报送项目计划的通知", "各镇", ("云河县发展和改革局",), "2026年3月1日"),
]


@pytest.mark.parametrize(("text", "title", "addressees", "names", "date"), KINDS)
def test_title_addressees_names_and_date_are_known_from_words_alone(
    text: str, title: str, addressees: str, names: tuple[str, ...], date: str
) -> None:
    """Of each kind as bare text."""
    paper = made(text).paper
    assert ("".join(paper.title), paper.addressees) == (title, addressees)
    assert (paper.signature, paper.date) == (names, date)


def test_a_degree_of_urgency_below_the_number_is_no_line_of_the_title() -> None:
    """It goes to the top left, where the standard has it; nothing of the title is taken for one."""
    paper = made(
        "云河县人民政府文件\n云政发〔2026〕12号\n加急\n机密★1年\n关于绝密文件管理的通知\n各镇：\n请执行。"
    ).paper
    assert paper.title == ("关于绝密文件管理的通知",)
    assert (paper.corner.secrecy, paper.corner.urgency) == ("机密★1年", "加急")


def test_the_head_of_a_letter_is_known_and_its_number_mended() -> None:
    """A letter's organ and number above the title make the letter format."""
    document = made(LETTER)
    assert document.paper.form is Form.LETTER
    assert document.paper.number == "云发改函〔2026〕3号"


def test_minutes_have_their_lists_and_no_signature() -> None:
    """Mark, issue, and the names of those present."""
    text = (
        "云河县人民政府专题会议纪要\n〔2026〕12号\n关于研究用地保障问题的会议纪要\n会议指出，用地保障是前提。\n会议议定：\n"
        "一、由县自然资源局牵头，于3月底前完成。\n二、由县财政局落实资金。\n出席：李某、王某\n列席：赵某\n"
    )
    document = made(text)
    assert document.paper.form is Form.MINUTES
    assert [words for style, words in lines(document.document) if style == "出席请假列席"] == [
        "出席：李某、王某",
        "列席：赵某",
    ]
    assert document.report.count(Severity.ERROR) == 0


def test_numbered_sentences_are_items_and_only_what_heads_a_text_loses_its_end() -> None:
    """`一、…。` over text of its own is a heading; one after the other they are a list."""
    text = "工作要点\n{}\n一、抓好统筹。\n要统一安排。\n二、抓好落实。\n要按期完成。\n"
    listed = "会议议定：\n一、由甲局牵头。\n二、由乙局落实。\n"
    headed = [words for style, words in lines(made(text.format("")).document) if style == "一级标题"]
    assert headed == ["一、抓好统筹", "二、抓好落实"]
    assert [words for _, words in lines(made("工作要点\n" + listed).document)][2:] == [
        "一、由甲局牵头。",
        "二、由乙局落实。",
    ]


def test_a_document_that_a_notice_issues_begins_a_page_of_its_own() -> None:
    """What follows the date on a new page is issued with the notice; the 版记 stays the last."""
    text = (
        "云河县人民政府办公室文件\n云政办发〔2026〕7号\n关于印发《重大项目管理办法》的通知\n各镇人民政府：\n现印发给你们。\n"
        "云河县人民政府办公室\n2026年3月6日\n（此件公开发布）\n\f重大项目管理办法\n第一条 为加强管理，制定本办法。\n"
        "抄送：县委办公室。\n云河县人民政府办公室　　2026年3月6日印发\n"
    )
    paper = made(text).paper
    assert [(each.label, each.title) for each in paper.attached] == [("", ("重大项目管理办法",))]
    assert (paper.copies, paper.printer, paper.printed) == (
        "县委办公室",
        "云河县人民政府办公室",
        "2026年3月6日",
    )
    assert [each.words for each in paper.notes] == ["（此件公开发布）"]


def test_lines_that_an_editor_broke_are_joined_and_others_are_not() -> None:
    """Nearly all of one width and without an end: one paragraph."""
    text = """关于优化审批服务的通知
各镇人民政府：
    为深入贯彻落实党中央、国务院关于优化营商环境的决策部
署，进一步提高审批服务效能，经县政府研究同意，现就有
关事项通知如下：
    一、推行并联审批。各部门要按照能并则并的原则，将用
地、规划等手续同步办结。
"""
    body = made(text).paper.body
    assert len(body) == 2


def test_markdown_headings_are_numbered_lists_counted_notes_and_links_kept() -> None:
    """`##` and `###` become 一、 and （一）; a list that counts 1. 1. 1. counts on; a footnote stays one."""
    text = """# 关于开展攻坚行动的通知

各镇人民政府：

为加快**重大项目**建设，现通知如下。

## 总体要求

抓落实[^1]。

## 主要任务

### 前期手续

1. 用地
1. 规划

- 倒排工期

| 序号 | 项目 |
|---|---|
| 1 | 道路 |

详见[县政府网站](https://www.yunhe.gov.cn/a)。

云河县人民政府
2026年3月6日

[^1]: 指全会部署。
"""
    document = made(text, "稿.md")
    words = [words for _, words in lines(document.document)]
    assert words[3:7] == ["一、总体要求", "抓落实。", "二、主要任务", "（一）前期手续"]
    assert words[7:10] == ["1.用地", "2.规划", "倒排工期"]
    assert document.report.count(Severity.ERROR) == 0


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("各镇,县直各部门:", "各镇，县直各部门："),
        ("于上午9:30,在经济开发区", "于上午9:30，在经济开发区"),
        ("坚持＂一项目一台账”", "坚持“一项目一台账”"),
        ("推进「一件事」", "推进“一件事”"),
        ("高度重视⼯作", "高度重视工作"),
        ("２０２６年Ａ类", "2026年A类"),
        ("见http://oa.yunhe.gov.cn/a,b，谢谢", "见http://oa.yunhe.gov.cn/a,b，谢谢"),
        ("云政发[2026]003号", "云政发〔2026〕3号"),
        ("3.5万元，比例1:2", "3.5万元，比例1:2"),
    ],
)
def test_only_what_is_surely_wrong_is_put_right(typed: str, mended: str) -> None:
    """Half-width marks beside hanzi, other quotes, radicals, full-width digits; never numbers and addresses."""
    assert certain(typed) == mended


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("二〇二六年三月六日", "2026年3月6日"), ("2026.03.06", "2026年3月6日"), ("2026-3-6", "2026年3月6日"),
        ("２０２６年０３月０６日", "2026年3月6日"), ("2026年2月30日", "2026年2月30日"),
        ("2026年  月  日", "2026年  月  日"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_the_standard_does_and_no_day_stays(typed: str, mended: str) -> None:
    """Hanzi, stops and zeros are mended; what is no day is left for a person."""
    assert official_day(typed) == mended


def test_what_is_said_beside_the_draft_takes_its_place_in_the_document() -> None:
    """Mark, number, signature and copies of the command stand in the document, and that is told."""
    given = Given(
        mark="云河县人民政府文件", number="云政发〔2026〕　号", copies="县委办公室", date="2026年3月6日"
    )
    document = made("关于做好防汛工作的通知\n各镇：\n请做好准备。\n云河县人民政府\n", given=given)
    words = [words for _, words in lines(document.document)]
    assert words[:2] == ["云河县人民政府文件", "云政发〔2026〕　号"]
    assert document.paper.copies == "县委办公室"
    assert any(change.kind.value == "补写" for change in document.changes)
    assert document.report.count(Severity.ERROR) == 0


def test_an_empty_draft_and_an_unknown_type_are_refused() -> None:
    """With a sentence that says what is wrong."""
    with pytest.raises(DocgenError, match="没有文字"):
        formatted(of_text("　\n\n"))
    with pytest.raises(DocgenError, match="不认识这种文件"):
        read_draft(b"", "稿.pages")


def test_text_in_the_encodings_of_notepad_is_read() -> None:
    """GBK and UTF-16 as older programs save them."""
    text = "关于做好防汛工作的通知\n各镇：\n请做好准备。\n"
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        assert recognise(read_draft(text.encode(encoding), "稿.txt")).addressees == "各镇"


def test_parts_of_head_and_end_say_where_they_stand() -> None:
    """A title over two lines in both, names and dates of one line in one; what is not there has no place."""
    text = """特急
云河县水利局文件
云水发〔2026〕3号
关于进一步做好防汛
抗旱工作的通知
各镇人民政府：
请认真落实。
附件：1.甲表
2.乙表
云河县水利局
2026年5月8日
（联系人：张某）
附件1
甲表
一行。
附件2
乙表
一行。
抄送：县委办公室。
云河县水利局 2026年5月8日印发"""
    paper = recognise(of_text(text))
    assert dict(paper.places) == {
        "urgency": (1,),
        "mark": (2,),
        "number": (3,),
        "title": (4, 5),
        "addressees": (6,),
        "annexes": (8, 9),
        "signature": (10,),
        "date": (11,),
        "notes": (12,),
        "copies": (19,),
        "printer": (20,),
        "printed": (20,),
        "attached": (13, 16),
    }


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("（甲)", "（甲）"),
        ("(甲）", "（甲）"),
        ("资金（120万元),请批准", "资金（120万元)，请批准".replace(")", "）")),
        ("甲)", "甲)"),
        ("(abc)", "(abc)"),
        ("（甲（乙))", "（甲（乙）)"),
    ],
)
def test_brackets_of_two_widths_are_one_pair(typed: str, mended: str) -> None:
    """A half that has no other half is left for a person."""
    assert certain(typed) == mended


def test_circled_numbers_are_the_level_below_those_that_are_used() -> None:
    """Below 1. they are (1), and what only cites them stays."""
    body = made(
        "关于做好工作的通知\n各镇：\n一、要求\n1.准备\n①人员；\n②物资。\n云河县水利局\n2026年5月8日"
    ).document
    words = [text for _, text in lines(body)]
    assert words[4:6] == ["（1）人员；", "（2）物资。"]


@pytest.mark.parametrize("mark", ["", "云河县水利局文件"])
def test_a_signatory_that_is_given_makes_the_document_an_upward_one(mark: str) -> None:
    """With a head of its own or on paper that has one already; without error either way."""
    text = "关于申请防汛资金的请示\n县人民政府：\n因防汛需要，现申请资金。\n妥否，请批示。\n云河县水利局\n2026年3月6日"
    found = made(
        text, given=Given(mark=mark, number="云水发〔2026〕3号" if mark else "", signatories=("张明远",))
    )
    assert found.paper.form is Form.UPWARD
    assert [each for each in found.report.findings if each.rule.severity is Severity.ERROR] == []
    again = formatted(read_draft(found.document, "果.docx"))
    assert (again.document, again.changes) == (found.document, ())
