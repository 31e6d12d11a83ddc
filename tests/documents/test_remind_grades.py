"""The grade of a 催办函: blue before the day, yellow when late, the next one only when the last went unanswered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Earlier, Living
from docgen.documents.identity import Component, MadeFor, component_of
from docgen.documents.issued import Issued, Paper
from docgen.model.approval import Approval
from docgen.rules.workdays import WorkCalendar
from tests.documents.conftest import Asking, sample

TODAY = date(2026, 3, 16)
CALENDAR = WorkCalendar()
GRADES = ("蓝色", "黄色", "红色")
Asks = type[Asking]


def of(name: str) -> Approval:
    project, item = name.split("/")
    return next(
        each
        for each in sample().of(Approval)
        if (str(each.project.number), each.item.name) == (project, item)
    )


LATE, SOON = "8/水土保持方案", "15/施工许可"
"""Late since 31 January; due on 20 March."""


def letter(approval: Approval, grade: str, day: date, replied: date | None = None, title: str = "") -> Paper:
    mark = (Component("类别", (("名称", grade),)),) if grade else ()
    thing = (*component_of(approval), *mark)
    return Paper(9, "催办函", title, "澄联审办函〔2026〕9号", day, things=(thing,), replied=replied)


def graded(approval: Approval, *papers: Paper, today: date = TODAY) -> list[str]:
    """Return the grades of the letters that an approval would be in."""
    ask = Asking("remind", None, today)
    facts = Facts(ask.records, today, issued=Issued(lambda: papers))
    made = drafts(ask.kind, facts, Asked(projects=(approval.project,))).drafts
    wanted = component_of(approval)
    read = [MadeFor.read(each.made_for) for each in made]
    return [thing[-1].keys[0][1] for each in read if each for thing in each.things if thing[:2] == wanted]


def test_what_is_not_late_is_reminded_in_blue_and_what_is_late_urged_in_yellow() -> None:
    assert graded(of(SOON)) == ["蓝色"]
    assert graded(of(LATE)) == ["黄色"]


@given(
    st.sampled_from([LATE, SOON]),
    st.sampled_from(["", *GRADES]),
    st.integers(1, 40),
    st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_the_grade_follows_the_last_letter_and_its_answer(
    name: str, last: str, ago: int, answered: bool
) -> None:
    """Counted anew: never below what the day asks for, one up when unanswered past its day of reply, red only late."""
    approval, day = of(name), date.fromordinal(TODAY.toordinal() - ago)
    replied = date.fromordinal(day.toordinal() + 1) if answered else None
    papers = (letter(approval, last, day, replied),) if last else ()
    late = name == LATE
    step = GRADES.index(last) if last else 0
    if last and not answered and CALENDAR.between(day, TODAY) > 3:
        step += 1
    grade = max(min(step, 2 if late else 1), 1 if late else 0)
    if grade == 2 and not (last == "红色" or (last == "黄色" and step == 2)):
        grade = 1
    assert graded(approval, *papers) == [GRADES[grade]]


def test_letters_from_before_there_were_grades_count_by_their_title() -> None:
    day = date(2026, 3, 2)
    assert graded(of(LATE), letter(of(LATE), "", day, title="关于催办1项前期手续的函")) == ["红色"]
    assert graded(of(SOON), letter(of(SOON), "", day, title="关于提醒办理1项前期手续的函")) == ["黄色"]


def test_a_reply_to_another_document_about_the_matter_and_one_in_the_ledger_are_answers(asking: Asks) -> None:
    day = date(2026, 3, 2)
    urged = letter(of(LATE), "黄色", day)
    slip = replace(letter(of(LATE), "", date(2026, 2, 10)), id=3, kind="任务交办单")
    assert graded(of(LATE), urged, slip) == ["红色"]
    assert graded(of(LATE), urged, replace(slip, replied=date(2026, 3, 4))) == ["黄色"]
    assert graded(of(LATE), urged, replace(slip, replied=date(2026, 2, 12))) == [
        "红色"
    ]  # before it was urged
    supervised = of("19/环境影响报告表审批")  # 督办〔2026〕009号 is about it, without a reply
    assert graded(supervised, letter(supervised, "黄色", day)) == ["红色"]
    other = of("8/洪水影响评价")  # 督办〔2026〕003号 was replied to on 27 February
    assert graded(other, letter(other, "黄色", date(2026, 2, 25))) == ["黄色"]
    assert graded(other, letter(other, "黄色", day)) == ["红色"]


def test_where_red_begins_is_a_setting(workspace: Path, set_setting, asking: Asks) -> None:
    from docgen.model.schema import BUILT_IN
    from docgen.sheets.reading.reader import read_folder

    set_setting("催办函", "红色起点", "40")
    records = read_folder(workspace / "data", "data", (), BUILT_IN).records
    ask = asking("remind", records)
    urged = letter(of(LATE), "黄色", date(2026, 3, 2))
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: (urged,)))
    titles = {each.title[-5:] for each in drafts(ask.kind, facts, Asked(everything=True)).drafts}
    assert "红色催办函" not in titles


@pytest.mark.parametrize("living", [Living.DRAFT, Living.SIGNED])
def test_letters_of_earlier_versions_without_a_grade_are_found_again(asking: Asks, living: Living) -> None:
    ask = asking("remind")
    now = next(each for each in ask.all().drafts if each.addressee == "县自然资源局")
    said = json.loads(now.made_for)
    bare = {"way": "按单位", "group": said["group"][:1], "things": [each[:2] for each in said["things"]]}
    old = Earlier(7, "催办函/审批单位 澄湖县自然资源局/按单位", living, TODAY, MadeFor.read(json.dumps(bare)))
    drafting = ask.all((old,))
    mine = [each for each in drafting.drafts if each.addressee == "县自然资源局"]
    if living is Living.DRAFT:
        assert [(each.earlier, each.key) for each in mine] == [(7, old.key)]
    else:
        assert (mine, drafting.covered) == ([], [old])


def test_an_unanswered_letter_is_followed_by_a_red_one_and_a_recorded_reply_keeps_it_yellow(
    workspace: Path, docgen
) -> None:
    """The whole way: draft, sign, wait, attach a reply to one of two letters, draft again."""
    import docx

    assert docgen("remind", "--unit", "县自然资源局", "--unit", "县行政审批局").code == 0
    for by, *step in (("方知远", "doc", "review", "--all"), ("万里舟", "doc", "sign", "--all")):
        ran = docgen("--date", "2026-03-16", "--by", by, *step)
        assert ran.code == 0, ran.err
    listed = json.loads(docgen("--json", "doc", "list").out)["documents"]
    yellow = {each["addressee"]: each["number"] for each in listed if "黄色" in each["title"]}
    reply = workspace / "复函.txt"
    reply.write_text("已收悉", "utf-8")
    ran = docgen("--date", "2026-03-18", "--by", "陶映雪", "doc", "attach", yellow["县行政审批局"], reply,
                 "--role", "复函")  # fmt: skip
    assert ran.code == 0, ran.err
    early = docgen("--json", "--date", "2026-03-19", "remind", "--overdue")  # the day of reply itself
    assert [each["addressee"] for each in json.loads(early.out)["documents"] if "红色" in each["title"]] == []
    later = json.loads(docgen("--json", "--date", "2026-03-20", "remind", "--overdue").out)["documents"]
    mine = {each["addressee"]: each for each in later if each["addressee"] in yellow}
    assert [(unit, each["title"][-5:]) for unit, each in mine.items()] == [("县自然资源局", "红色催办函")]
    words = "\n".join(each.text for each in docx.Document(mine["县自然资源局"]["path"]).paragraphs)
    assert f"我办已于2026年3月16日以催办函（{yellow['县自然资源局']}）催办。至今没有收到书面答复。" in words
    linted = docgen("lint", mine["县自然资源局"]["path"])
    assert (linted.code, "错误" in linted.out, "警告" in linted.out) == (0, False, False)


def test_the_rest_of_a_paragraph_parted_before_the_signature_begins_flush_and_no_other_does(
    workspace: Path, docgen, edit
) -> None:
    """A letter about a late reply that fits no page has its last paragraph parted in the middle of a sentence."""
    import docx
    from docx.shared import Pt

    assert workspace.is_dir()
    matter = (
        "可降解包装制品生产线项目环评现场核查意见反馈，并逐项说明公众参与、总量指标、排污口设置、环境风险防范和应急预案五个方面的"
        "办理情况，附现场核查记录、监测报告和整改照片，由主要负责人签字"
    )
    edit("督办", "督办〔2026〕009号", "督办事项", matter)
    made = json.loads(docgen("--json", "remind", "--unit", "县生态环境分局").out)["documents"]
    path = next(each["path"] for each in made if "督办事项答复" in each["title"])
    document = docx.Document(path)
    texts = [each for each in document.paragraphs if each.style.name == "公文正文"]
    rest = next(place for place, each in enumerate(texts) if each.paragraph_format.first_line_indent == 0)
    assert not texts[rest - 1].text.endswith("。")
    judged = docgen("lint", path)
    assert (judged.code, "错误" in judged.out, "警告" in judged.out) == (0, False, False)
    texts[1].paragraph_format.first_line_indent = Pt(0)  # behind a whole sentence
    document.save(path)
    assert "首行缩进 0 字，应为2 字" in docgen("lint", path).out
