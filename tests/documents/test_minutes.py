"""会议纪要 and 签到表: topics, what earlier meetings left open, annexes, lists in order, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN
from docgen.model.values import DecisionState, MeetingKind, MeetingState
from docgen.rules.meetings import attendees_of, carried_over, topics_of
from docgen.sheets.reading.reader import read_folder
from tests.conftest import set_row

TODAY = date(2026, 3, 16)
LISTS = ("出席名单", "请假名单", "列席名单")


def records_of(workspace: Path) -> Records:
    reading = read_folder(workspace / "data", "data", (), BUILT_IN)
    assert reading.records is not None, [str(each) for each in reading.faults]
    return reading.records


def minutes_of(ask, number: str, *paths: str) -> dict:
    (draft,) = [each for each in ask.all().drafts if each.file_name == number]
    return ask.show(draft, *paths)


def working_days(ask, one: date, other: date) -> int:
    return sum(ask.facts.calendar.is_working(date.fromordinal(day)) for day in
               range(one.toordinal() + 1, other.toordinal() + 1))  # fmt: skip


def test_decisions_stand_under_the_topics_of_the_agenda_in_its_order(asking) -> None:
    ask = asking("minutes")
    for meeting in ask.records.of(Meeting):
        if meeting.state is not MeetingState.HELD or meeting.kind is MeetingKind.TALK:
            continue
        shown = minutes_of(ask, meeting.number, "议题组[].名称", "议题组[].各项[].序号", "其他议题")
        decided = [each for each in ask.records.of(Decision) if each.meeting is meeting]
        topics = [each["名称"] for each in shown["议题组"]]
        assert topics == [each for each in meeting.topics if each in {one.topic for one in decided}]
        assert len(shown["其他议题"]) == len(meeting.topics) - len(topics)
        for topic in shown["议题组"]:
            wanted = sorted(each.serial for each in decided if each.topic == topic["名称"])
            assert [each.序号 for each in topic["各项"]] == wanted


def test_what_meetings_of_its_kind_left_open_is_carried_over_with_how_it_stands(asking) -> None:
    ask = asking("minutes")
    shown = minutes_of(ask, "会2026-06", "以往事项[].项.议定事项", "以往事项[].情况", "以往情况")
    wanted = {}
    for each in ask.records.of(Decision):  # 会2026-04 met last, on 12 February
        done = each.state is DecisionState.DONE
        if each.meeting.number not in ("会2026-01", "会2026-04") or (done and each.done < date(2026, 2, 12)):
            continue
        if done:
            wanted[each.decided] = f"{each.done.month}月{each.done.day}日落实"
        else:
            wanted[each.decided] = f"推进中，超期{working_days(ask, each.deadline, TODAY)}个工作日"
    assert {each["项"].议定事项: each["情况"] for each in shown["以往事项"]} == wanted
    late = sum("超期" in each for each in wanted.values())
    assert shown["以往情况"] == f"已落实{len(wanted) - late}项，超期{late}项"
    assert (len(wanted), late) == (6, 2)


def test_a_meeting_outside_a_series_carries_over_what_was_decided_on_its_projects(asking) -> None:
    records = asking("minutes").records
    special = records.find_named(Meeting, "会2026-02")
    carried = carried_over(special, records, of_all=False)
    assert [each.link_names[0] for each in carried] == ["会2026-01-3"]  # on project 9 as well
    everything = carried_over(records.find_named(Meeting, "会2026-05"), records, of_all=True)
    assert {each.meeting.number for each in everything} >= {"会2026-01", "会2026-02", "会2026-04"}
    assert all(each.meeting.day < date(2026, 2, 27) for each in everything)


def test_nothing_is_carried_over_where_the_office_sets_so(workspace: Path, set_setting, asking) -> None:
    set_setting("会议纪要", "列以往事项", "否")
    ask = asking("minutes", records_of(workspace))
    assert minutes_of(ask, "会2026-06", "以往事项[].情况", "以往情况") == {"以往事项": [], "以往情况": ""}


def test_many_decisions_are_shared_out_in_an_annex(workspace: Path, set_setting, docgen) -> None:
    import json

    import docx

    set_setting("会议纪要", "附表起点", "5")
    (made,) = json.loads(docgen("--json", "minutes", "--meeting", "会2026-02").out)["documents"]
    document = docx.Document(made["path"])
    words = "\n".join(each.text for each in document.paragraphs)
    assert "责任单位、配合单位和完成时限见附件。" in words
    assert "议定事项分工表" in words
    assert "由县水利局负责" not in words
    (table,) = document.tables
    records = records_of(workspace)
    decided = [each for topic in topics_of(records.find_named(Meeting, "会2026-02"), records)
               for each in topic.decisions]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        [
            str(place), each.decided, each.unit.short_name,
            "、".join(unit.short_name for unit in each.supporting_units) or "—",
            f"{each.deadline.month}月{each.deadline.day}日",
        ]
        for place, each in enumerate(decided, start=1)
    ]  # fmt: skip


def test_a_topic_without_a_decision_is_named_as_spoken_of_and_one_without_a_topic_comes_last(
    workspace: Path, asking
) -> None:
    book = workspace / "data" / "会议.xlsx"
    set_row(book, "会议", {"编号": "会2026-02"}, "议题", "研究甲事项\n听取乙情况汇报")
    for serial in range(1, 6):
        topic = "研究甲事项" if serial < 5 else None
        set_row(book, "议定事项", {"会议": "会2026-02", "序号": serial}, "议题", topic)
    ask = asking("minutes", records_of(workspace))
    shown = minutes_of(ask, "会2026-02", "议题组[].名称", "议题组[].各项[].序号", "其他议题")
    assert shown["其他议题"] == ["听取了乙情况汇报"]
    assert [(each["名称"], len(each["各项"])) for each in shown["议题组"]] == [("研究甲事项", 4), ("", 1)]


def test_a_meeting_that_decided_nothing_gets_no_minutes_and_it_is_said_why(workspace: Path, docgen) -> None:
    book = workspace / "data" / "会议.xlsx"
    set_row(book, "会议", {"编号": "会2026-07"}, "状态", "已召开")
    set_row(book, "会议", {"编号": "会2026-07"}, "出席", "县林草局邱岭")
    one = docgen("minutes", "--meeting", "会2026-07")
    assert one.code == 3
    assert "会议“抽水蓄能、风电和公路项目林地草地手续专题协调会”没有“议定事项”，不制发会议纪要" in one.err
    every = docgen("--json", "minutes", "--all")
    assert every.code == 0
    assert "会2026-07" not in every.out


def test_lists_of_attendance_stand_in_the_order_of_the_units(asking) -> None:
    records = asking("minutes").records
    listed = ("县政府常某", "县水利局史长河", "外单位人员", "县发改委万里舟", "澄湖县自然资源局高岩松")
    found = attendees_of(listed, records)
    assert [each.words for each in found] == [
        "县政府常某", "县发改委万里舟", "澄湖县自然资源局高岩松", "县水利局史长河", "外单位人员"
    ]  # fmt: skip
    assert [each.name for each in found] == ["县政府常某", "万里舟", "高岩松", "史长河", "外单位人员"]


def test_a_leader_with_several_posts_is_one_who_attended(asking) -> None:
    """Clerks write leaders with their posts; the 、 between two posts parts no two people."""
    records = asking("minutes").records
    leader = next(each for each in records.of(Member) if each.name and "、" in each.post)
    listed = (*f"{leader.post}{leader.name}".split("、"), "县水利局史长河")
    found = attendees_of(listed, records)
    assert [each.words for each in found] == [f"{leader.post}{leader.name}", "县水利局史长河"]
    assert (found[0].member, found[1].member) == (leader, None)


def test_the_sign_in_sheet_has_a_leader_under_unit_name_and_post(workspace: Path, asking) -> None:
    leader = next(each for each in asking("签到表").records.of(Member) if each.name and "、" in each.post)
    attended = f"{leader.post}{leader.name}、县水利局史长河"
    set_row(workspace / "data" / "会议.xlsx", "会议", {"编号": "会2026-04"}, "出席", attended)
    ask = asking("签到表", records_of(workspace))
    draft = next(each for each in ask.all().drafts if each.file_name == "会2026-04-签到表")
    rows = ask.show(draft, *(f"签到行[].{label}" for label in ("单位", "姓名", "职务")))["签到行"]
    known = (leader.unit.short_name, leader.name, leader.post)
    assert tuple(rows[0][label] for label in ("单位", "姓名", "职务")) == known
    assert rows[1]["姓名"] == "史长河"


def test_the_sign_in_sheet_prints_who_is_expected_and_counts_them(asking) -> None:
    ask = asking("签到表")
    assert all(
        not ask.show(each, "成文日期")["成文日期"] for each in ask.all().drafts
    )  # the meeting has its own
    drafts = {each.file_name: each for each in ask.all().drafts}
    assert "会2026-03-签到表" not in drafts  # called off
    rows = [f"签到行[].{label}" for label in ("次序", "单位", "姓名", "职务")]
    held = ask.show(drafts["会2026-04-签到表"], *rows, "应到", "量词", "请假数", "请假名单")
    meeting = ask.records.find_named(Meeting, "会2026-04")
    named = [each for each in held["签到行"] if each["姓名"]]
    assert sorted(each["单位"] + each["姓名"] for each in named) == sorted(meeting.present)
    order = [ask.records.find_unit(each["单位"]).order for each in named]
    assert order == sorted(order)
    assert (held["应到"], held["量词"], held["请假数"]) == (15, "人", 2)
    assert (
        next(each["职务"] for each in named if each["姓名"] == "梁叙") == "党组书记、局长"
    )  # since the day before
    assert [each["单位"] for each in held["签到行"][-4:]] == [""] * 4
    planned = ask.show(drafts["会2026-07-签到表"], *rows, "应到", "量词")
    assert [each["单位"] for each in planned["签到行"][:4]] == [
        "县发改委",
        "县自然资源局",
        "县林草局",
        "县交通运输局",
    ]
    assert (planned["应到"], planned["量词"]) == (4, "个单位")


def test_who_only_listens_stands_in_the_sign_in_sheet_with_the_post(asking) -> None:
    """A person of 人员 keeps the post beside 列席; an organ that the sheets do not know is 列席 alone."""
    sample = asking("签到表").records
    meetings = tuple(
        each.model_copy(update={"observers": ("县水利局史长河", "澄湖县第三中学")})
        for each in sample.of(Meeting)
    )
    ask = asking("签到表", Records({**sample.tables, Meeting: meetings}))
    draft = next(each for each in ask.all().drafts if each.file_name == "会2026-04-签到表")
    rows = ask.show(draft, "签到行[].单位", "签到行[].职务")["签到行"]
    listening = [(each["单位"], each["职务"]) for each in rows if "列席" in each["职务"]]
    assert listening == [("县水利局", "党组书记、局长（列席）"), ("澄湖县第三中学", "列席")]


@pytest.mark.parametrize("number", ["会2026-06", "会2026-07"])
def test_a_sign_in_sheet_takes_one_page_and_is_not_signed(workspace: Path, docgen, number: str) -> None:
    import json

    from docgen.standard.build.estimate import pages

    assert workspace.is_dir()
    (made,) = json.loads(docgen("--json", "draft", "签到表", "--meeting", number).out)["documents"]
    assert pages(Path(made["path"]).read_bytes()) == 1
    linted = docgen("lint", made["path"])
    assert (linted.code, "没有问题" in linted.out) == (0, True)
