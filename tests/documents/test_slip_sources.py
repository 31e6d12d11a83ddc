"""任务交办单 for bottlenecks and decisions beside approvals; drafts of earlier versions are found again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Earlier, Living
from docgen.documents.identity import MadeFor, component_of
from docgen.documents.issued import Issued, Paper
from docgen.model.bottleneck import Bottleneck
from docgen.model.meeting import Decision, Meeting
from docgen.model.schema import BUILT_IN
from docgen.model.values import BottleneckState, DecisionState
from docgen.sheets.reading.reader import read_folder

TODAY = date(2026, 3, 16)
PATHS = ("承办", "协办", "任务", "来源", "要求", "时限", "反馈期限")


def marked(draft) -> str:
    return MadeFor.read(draft.made_for).group[-1].keys[0][1]


def by_file(drafting, mark: str) -> dict[str, object]:
    return {each.file_name: each for each in drafting.drafts if marked(each) == mark}


def days_to(ask, day: date) -> str:
    left = sum(ask.facts.calendar.is_working(date.fromordinal(each)) for each in
               range(min(day, TODAY).toordinal() + 1, max(day, TODAY).toordinal() + 1))  # fmt: skip
    words = f"{day.year}年{day.month}月{day.day}日前"
    return f"{words}（已超期{left}个工作日，请即办理）" if day < TODAY else f"{words}（剩余{left}个工作日）"


def test_each_open_question_with_a_unit_of_its_level_is_handed_over_with_measure_and_day(asking) -> None:
    ask = asking("slip")
    host = ask.records.mechanism.host_unit
    open_ones = [
        each
        for each in ask.records.of(Bottleneck)
        if each.state in (BottleneckState.NEW, BottleneckState.IN_HAND)
        and each.unit
        and each.unit is not host
    ]
    made = by_file(ask.all(), "问题")
    assert sorted(made) == sorted(f"{each.number}-{each.unit.short_name}" for each in open_ones)
    for each in open_ones:
        shown = ask.show(made[f"{each.number}-{each.unit.short_name}"], *PATHS)
        assert shown["承办"] == each.unit.name
        assert shown["协办"] == ("、".join(one.short_name for one in each.supporting_units) or "无")
        assert f"{each.question}。" in shown["任务"]
        assert ("措施：" in shown["任务"]) is bool(each.measure)
        assert str(each.measure or "") in shown["任务"]
        assert not each.project or shown["任务"].startswith(
            f"{each.project.name}（第{each.project.number}号）"
        )
        assert shown["来源"] == f"堵点难点问题台账（{each.number}）"
        assert shown["时限"] == (
            days_to(ask, each.deadline) if each.deadline else "2026年3月30日前（10个工作日内）"
        )
        assert shown["反馈期限"] == "2026年3月23日"


def test_each_decision_that_is_not_carried_out_is_handed_over_and_names_its_meeting(asking) -> None:
    ask = asking("slip")
    host = ask.records.mechanism.host_unit
    open_ones = [
        each
        for each in ask.records.of(Decision)
        if each.state is not DecisionState.DONE and each.unit is not host
    ]
    made = by_file(ask.all(), "议定事项")
    names = {id(each): f"{each.meeting.number}-{each.serial:02}-{each.unit.short_name}" for each in open_ones}
    assert sorted(made) == sorted(names.values())
    for each in open_ones:
        shown, meeting = ask.show(made[names[id(each)]], *PATHS), each.meeting
        assert shown["任务"].startswith(each.decided)
        assert shown["协办"] == ("、".join(one.short_name for one in each.supporting_units) or "无")
        day = f"{meeting.day.year}年{meeting.day.month}月{meeting.day.day}日"
        assert shown["来源"] == f"{day}{meeting.name}议定事项（台账{meeting.number}第{each.serial}项）"
        assert shown["时限"] == (
            days_to(ask, each.deadline) if each.deadline else "长期坚持，2026年3月30日前先报告落实情况"
        )


def test_a_decision_names_the_minutes_once_they_are_signed(asking) -> None:
    ask = asking("slip")
    meeting = ask.records.find_named(Meeting, "会2026-02")
    minutes = Paper(4, "会议纪要", "纪要", "澄联审办纪〔2026〕2号", TODAY, things=(component_of(meeting),))
    notice = Paper(5, "会议通知", "通知", "澄联审办函〔2026〕9号", TODAY, things=(component_of(meeting),))
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: (minutes, notice)))
    made = drafts(ask.kind, facts, Asked(meetings=(meeting,))).drafts
    assert [each.addressee for each in made] == ["县水利局", "县水利局", "县应急局"]
    for each in made:
        assert (
            dict(each.compute(TODAY, {"来源": {}}))["来源"]
            .partition("（")[2]
            .startswith("会议纪要澄联审办纪〔2026〕2号，")
        )


def test_what_was_handed_over_comes_again_only_when_its_day_is_near(asking) -> None:
    ask = asking("slip", None, date(2026, 4, 20))
    told = tuple(
        Paper(
            place,
            "任务交办单",
            "任务交办单",
            f"澄联审办交〔2026〕{place}号",
            TODAY,
            things=(component_of(each),),
        )
        for place, each in enumerate(ask.records.of(Bottleneck), 1)
    )
    facts = Facts(ask.records, date(2026, 4, 20), issued=Issued(lambda: told))
    again = {each.file_name[:9] for each in drafts(ask.kind, facts, Asked(everything=True)).drafts
             if marked(each) == "问题"}  # fmt: skip
    assert "问2026-007" not in again  # due on 30 June
    assert "问2026-009" in again  # late since February


def test_units_get_one_slip_for_each_source_and_meetings_are_named_once(
    workspace: Path, set_kind, asking
) -> None:
    set_kind("任务交办单", "合并方式", "按单位")
    ask = asking("slip", read_folder(workspace / "data", "data", (), BUILT_IN).records)
    made = ask.all().drafts
    assert len({(each.addressee, marked(each)) for each in made}) == len(made)
    (water,) = [each for each in made if each.addressee == "县水利局" and marked(each) == "议定事项"]
    shown = ask.show(water, *PATHS)
    assert (
        shown["来源"]
        == "2026年1月29日澄湖水库和柳堰河防洪工程前期手续专题协调会议定事项（台账会2026-02第1、2项）"
    )
    assert shown["任务"].count("\n") == 1
    assert water.file_name.startswith("县水利局-议定事项-")


def test_drafts_and_signed_slips_of_earlier_versions_are_found_again(
    workspace: Path, set_kind, asking
) -> None:
    """What the register stored before bottlenecks and decisions were handed over names 审批单位 and stays the same."""
    set_kind("任务交办单", "合并方式", "按单位")
    ask = asking("slip", read_folder(workspace / "data", "data", (), BUILT_IN).records)
    (now,) = [each for each in ask.all().drafts if each.addressee == "县水利局" and marked(each) == "手续"]
    group = [["审批单位", {"名称": "澄湖县水利局"}], ["类别", {"名称": "手续"}]]
    things = json.loads(now.made_for)["things"]
    assert [[part for part, _ in each] for each in things] == [["项目", "事项", "类别"]] * len(things)
    stored = MadeFor.read(json.dumps({"way": "按单位", "group": group, "things": things}))
    key = "任务交办单/审批单位 澄湖县水利局/类别 手续/按单位"
    assert (now.made_for, now.key) == (stored.written, key)
    draft = Earlier(7, "任务交办单/旧键", Living.DRAFT, TODAY, stored)
    found = [each for each in ask.all((draft,)).drafts if each.addressee == "县水利局"]
    assert [(each.earlier, each.key) for each in found if marked(each) == "手续"] == [(7, "任务交办单/旧键")]
    signed = Earlier(7, key, Living.SIGNED, TODAY, stored)
    left = [each for each in ask.all((signed,)).drafts if each.addressee == "县水利局"]
    assert "手续" not in map(marked, left)


def test_a_meeting_gives_its_slips_by_one_command_and_one_goes_its_whole_way(workspace: Path, docgen) -> None:
    assert workspace.is_dir()
    ran = docgen("--json", "slip", "--meeting", "会2026-02")
    made = json.loads(ran.out)["documents"]
    assert [each["addressee"] for each in made] == ["县水利局", "县水利局", "县应急局"]
    linted = docgen("lint", *(each["path"] for each in made))
    assert (linted.code, "错误" in linted.out, "警告" in linted.out) == (0, False, False)
    for by, *words in (
        ("方知远", "doc", "review", "1"),
        ("万里舟", "doc", "sign", "1"),
        ("陶映雪", "verify"),
    ):
        step = docgen("--date", "2026-03-16", "--by", by, *words)
        assert step.code == 0, step.err
    docgen("--date", "2026-03-23", "--by", "方知远", "doc", "review", "2")
    late = docgen("--date", "2026-03-23", "--by", "万里舟", "doc", "sign", "2")
    assert (late.code, "反馈期限" in late.err) == (3, True)


def test_a_number_that_nothing_has_is_said_of_all_that_a_slip_can_be_about(workspace: Path, docgen) -> None:
    """Questions and decisions alike; a part of several numbers is told by those it may mean."""
    assert "没有找到问题、议定事项“督2026-1”" in docgen("slip", "--item", "督2026-1").err
    assert "问题“问2026-00”对应9个" in docgen("slip", "--item", "问2026-00").err
