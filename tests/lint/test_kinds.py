"""Documents of the fifteen kinds as governments issue them, each in its own habits: the checker has nothing to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lint_builders import head, title
from lint_writer import RED_LINE, Writer

from docgen.lint.checker import check
from docgen.lint.rule import Severity

COPIES = "抄送：县委办公室，县人大常委会办公室。"
OFFICE = "澄湖县人民政府办公室"
ORGAN = "澄湖县人民政府"


def say(out: Writer, *lines: str) -> None:
    """Write a text; # and ## begin a line of the first and the second level, whose heading ends with its 。."""
    for line in lines:
        words = line.lstrip("#")
        face = (out.ways.fangsong, "黑体", out.ways.kaiti)[len(line) - len(words)]
        heading, stop, rest = words.partition("。")
        pieces = [(heading + stop, face), (rest, out.ways.fangsong)] if rest else [(words, face)]
        out.add(pieces, first=2)


def close(out: Writer, organ: str = ORGAN, note: str = "") -> Writer:
    """Write signature and date, a note, and the numbers of pages."""
    out.blank(2)
    out.add(organ, align="right", right=3.8)
    out.add("2026年3月6日", align="right", right=4)
    if note:
        out.add(note, left=2)
    return numbered(out)


def numbered(out: Writer) -> Writer:
    """Write the 版记 and the numbers of pages."""
    out.imprint(COPIES, (OFFICE, "2026年3月6日印发"))
    out.page_numbers()
    return out


def titled(*lines: str, to: str = "", number: str = "") -> Writer:
    """Return a document with its head, if it has a number, its title and its addressee."""
    out = Writer()
    if number:
        head(out, number)
    else:
        out.blank()
    title(out, *lines)
    out.blank()
    if to:
        out.add(to, align="left")
    return out


def resolution() -> Writer:
    """By a congress, which says below the title when it resolved; unsigned."""
    out = Writer()
    out.blank()
    title(out, "澄湖县第十七届人民代表大会第五次会议", "关于澄湖县人民政府工作报告的决议")
    out.add("（2026年1月18日澄湖县第十七届人民代表大会第五次会议通过）", align="center", face=out.ways.kaiti)
    out.blank()
    say(out, "会议听取和审议了县长张晓明所作的政府工作报告，决定批准这个报告。")
    out.page_numbers()
    return out


def commendation() -> Writer:
    """An order whose mark is a 嘉奖令 and whose number is a document's."""
    out = Writer()
    looks = {"face": out.ways.song, "size": 42, "align": "center", "color": "FF0000", "before": 900}
    out.add("澄湖县人民政府嘉奖令", line='w:line="1000" w:lineRule="exact"', **looks)
    out.blank(2)
    out.add("澄政令〔2026〕1号", align="center")
    out.blank(2)
    say(out, "县消防救援大队连续奋战，圆满完成抗洪抢险任务，县人民政府决定予以通令嘉奖。")
    out.blank(2)
    out.add("县　长　张晓明", align="right", right=4)
    out.add("2026年3月6日", align="right", right=4)
    return numbered(out)


def statistics() -> Writer:
    """A 公报 with who issued it and when below its title."""
    out = Writer()
    out.blank()
    title(out, "澄湖县2025年国民经济和社会发展统计公报")
    for each in ("澄湖县统计局", "2026年3月6日"):
        out.add(each, align="center", face=out.ways.kaiti)
    out.blank()
    say(out, "#一、综合", "初步核算，全年地区生产总值126.5亿元，比上年增长5.8%。")
    out.page_numbers()
    return out


def headed_announcement() -> Writer:
    """A 公告 whose mark says what it is: below the number stands its text."""
    out = Writer()
    head(out, "2026年第1号", "澄湖县人民政府公告")
    say(out, "《澄湖县国土空间总体规划（2021—2035年）》已经省人民政府批准，现予公告。", "请登录网站查询。")
    return close(out)


def announcement() -> Writer:
    """Without a head, its issue below a title whose first line ends with 文件."""
    out = Writer()
    out.blank()
    title(out, "澄湖县人民政府关于公布行政规范性文件", "清理结果的公告")
    out.add("第3号", align="center")
    out.blank()
    say(out, "#一、继续有效的文件", "《澄湖县重大项目管理办法》（澄政发〔2023〕5号）等12件。", "特此公告。")
    return close(out)


def public_notice() -> Writer:
    """A 通告 with telephones, fines and how long it holds; to nobody by name."""
    out = titled("澄湖县人民政府关于", "在中心城区禁止燃放烟花爆竹的通告", number="澄政通〔2026〕2号")
    say(out, "为减少污染，现通告如下：", "一、滨河路以东为禁放区。", "二、举报电话：110、0990-7000110。")
    say(out, "三、本通告自2026年4月1日起施行，有效期5年。")
    return close(out)


def opinions() -> Writer:
    """The second level is counted through all chapters, as the State Council's 意见 have it."""
    out = titled("关于推动民营经济高质量发展的实施意见", to="各镇人民政府：", number="澄政发〔2026〕12号")
    say(out, "现提出如下意见。", "#一、总体要求", "##（一）指导思想。坚持“两个毫不动摇”。")
    say(out, "##（二）主要目标。到2028年新增“专精特新”企业20家。", "#二、重点任务")
    say(out, "##（三）优化营商环境。企业开办时间压缩至0.5个工作日。", "#三、保障措施")
    say(out, "##（四）加强组织领导。县政府成立领导小组。")
    return close(out, note="（此件公开发布）")


def appointments() -> Writer:
    """A 通知 of people, without numbers."""
    out = titled("关于李明等同志任免职的通知", to="各镇人民政府：", number="澄政干字〔2026〕3号")
    say(out, "县人民政府2026年3月6日研究决定：", "任命李明同志为澄湖县水利局副局长（试用期一年）；")
    say(out, "免去赵海同志的澄湖县水利局副局长职务。")
    return close(out)


def meeting() -> Writer:
    """A 通知 with times, telephones and an address of the net."""
    out = titled("关于召开全县重大项目推进会的通知", to="各镇人民政府：", number="澄政办发电〔2026〕8号")
    say(out, "一、会议时间：2026年3月10日（星期二）上午9:00，会期半天。", "二、参会人员：各镇镇长。")
    say(out, "三、请于3月9日12:00前报名，电话：0990-7000216，邮箱：zfb@chenghu.gov.cn。")
    return close(out)


def circular() -> Writer:
    """A 通报 with rates and 一是, 二是."""
    out = titled("关于一季度重大项目进展情况的通报", to="各镇人民政府：", number="澄政发〔2026〕13号")
    say(out, "36个重大项目已开工28个，开工率77.8%，完成投资12.35亿元。", "#一、存在的问题")
    say(
        out,
        "一是部分项目前期手续滞后。",
        "二是个别单位重视程度不够。",
        "#二、下一步要求",
        "##（一）倒排工期。各镇按月报送。",
    )
    return close(out)


def reply() -> Writer:
    """A 批复 that cites what it replies to."""
    out = titled("关于青山水库初步设计的批复", to="县水利局：", number="澄政复〔2026〕8号")
    say(out, "你局《关于审批青山水库初步设计的请示》（澄水请〔2026〕3号）收悉。经研究，批复如下：")
    say(out, "一、原则同意该设计。", "二、核定概算总投资2860.35万元。", "此复。")
    return close(out)


def bill() -> Writer:
    """A 议案, signed by the head of the government below its text; its head names nobody."""
    out = titled("关于提请审议预算调整方案（草案）的议案", to="县人大常委会：", number="澄政案〔2026〕1号")
    say(out, "《澄湖县2026年预算调整方案（草案）》已经县政府第13次常务会议讨论通过，现提请审议。")
    return close(out, "县　长　张晓明")


def minutes() -> Writer:
    """Whose mark names the meeting, with decisions as sentences in 楷体."""
    out = Writer()
    looks = {"face": out.ways.song, "size": 30, "align": "center", "color": "FF0000", "before": 1800}
    out.add("澄湖县人民政府常务会议纪要", line='w:line="900" w:lineRule="exact"', **looks)
    out.add("〔2026〕第8次", align="center")
    out.add(f"{OFFICE}\t2026年3月6日", border=RED_LINE, tab=8500, first=1)
    out.blank(2)
    say(out, "县长张晓明主持召开县政府第8次常务会议。现纪要如下：", "#一、审议管理办法", "会议议定：")
    say(out, "##（一）原则通过该办法，按程序印发。", "##（二）由县发展改革委出台配套细则。")
    out.blank()
    out.add([("出席：", "黑体"), ("张晓明、李建国", out.ways.fangsong)], left=5, first=-3)
    return numbered(out)


KINDS: tuple[Callable[[], Writer], ...] = (
    resolution, commendation, statistics, headed_announcement, announcement, public_notice, opinions, appointments,
    meeting, circular, reply, bill, minutes,
)  # fmt: skip


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_a_document_of_its_kind_is_right(make: Callable[[], Writer]) -> None:
    """Hints are no findings: where a mark stands is told within the room that offices have."""
    report = check(make().bytes(), "公文.docx")
    assert [
        (each.rule.id, each.place) for each in report.findings if each.rule.severity is not Severity.HINT
    ] == []


def test_a_level_that_is_counted_through_all_chapters_may_not_skip() -> None:
    """Then each chapter is judged for itself, and both are wrong that do not begin with one."""
    out = titled("关于推动民营经济发展的意见", to="各镇人民政府：", number="澄政发〔2026〕12号")
    say(out, "#一、总体要求", "##（一）指导思想。坚持。", "#二、重点任务", "##（三）优化环境。压缩。")
    found = check(close(out).bytes(), "公文.docx").findings
    assert [each.rule.id for each in found if each.rule.severity is Severity.ERROR] == ["level-order"]
