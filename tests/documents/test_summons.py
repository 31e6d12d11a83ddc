"""约谈: who is called by the ranking rules, with figures, place and target, and when, where and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
from docx.shared import Mm

from docgen.documents.labels.called import called_in
from docgen.model.approval import Approval
from docgen.model.meeting import Decision, Meeting
from docgen.model.rank_rule import RankedBy, RankRule
from docgen.model.values import ApprovalState, ListStage, MeetingKind, MeetingState
from docgen.standard.wording.text import official_date
from tests.documents.conftest import TODAY, Asking, sample
from tests.documents.papers import assert_clean, assert_whole_life, drafted, words_of

PAST = date(2026, 3, 25)
"""A day after the talk."""


def standings(rule: RankRule) -> dict[str, tuple[int, int]]:
    """Return what is done and needed for each unit that a rule ranks."""
    found: dict[str, tuple[int, int]] = {}
    level = sample().mechanism.level
    for each in sample().of(Approval):
        unit = each.unit if rule.ranked is RankedBy.APPROVING else each.project.lead_unit
        counts = each.project.stage is ListStage.FINAL and each.item.counted
        if unit and unit.level is level and counts and each.state is not ApprovalState.NOT_NEEDED:
            done, needed = found.get(unit.short_name, (0, 0))
            found[unit.short_name] = done + (each.state is ApprovalState.DONE), needed + 1
    return found


def called() -> dict[str, tuple[RankRule, int, int, int, int]]:
    """Return who is called: the rule, done, needed, the place and how many have one."""
    found = {}
    for rule in sample().of(RankRule):
        rows = standings(rule)
        rates = {name: Decimal(done) / needed * 100 for name, (done, needed) in rows.items()}
        limit = sorted(rates.values())[(rule.last or 0) - 1]
        for name, rate in rates.items():
            if rate <= limit and rate < (rule.target or 100) and name not in rule.exempt:
                place = 1 + sum(other > rate for other in rates.values())
                found[name] = (rule, *rows[name], place, len(rates))
    return found


def talk(state: MeetingState) -> Meeting:
    (found,) = [
        each for each in sample().of(Meeting) if each.kind is MeetingKind.TALK and each.state is state
    ]
    return found


def test_each_unit_that_is_called_is_told_why_when_where_and_by_whom(workspace: Path, docgen) -> None:
    made = {each["addressee"]: each for each in drafted(docgen, "summons", "--all")}
    wanted, meeting = called(), talk(MeetingState.PLANNED)
    assert set(made) == set(wanted)
    assert {rule.ranked for rule, *_ in wanted.values()} == {RankedBy.APPROVING, RankedBy.LEAD}
    assert meeting.chair is not None
    assert meeting.day is not None
    assert meeting.feedback_by is not None
    report = official_date(Asking("summons").facts.calendar.after(meeting.day, 5))
    for name, (rule, done, needed, place, count) in wanted.items():
        words = words_of(made[name]["path"])
        rate = f"{Decimal(done) / needed * 100:.1f}".removesuffix(".0")
        missed = f"{(rule.target or Decimal(100)) - Decimal(rate)}".removesuffix(".0")
        assert (
            f"你单位应办手续{needed}项，已办结{done}项，办结率{rate}%，共{count}个单位参加排名，排第{place}位；"
            f"目标为{rule.target}%，低{missed}个百分点"
        ) in words
        for said in (
            f"{official_date(meeting.day)}（星期二）{meeting.time}，{meeting.place}。",
            f"{meeting.chair.name}同志。",
            "主要负责同志，不得委托他人参加",
            f"所列{needed - done}项没有办结的手续",
            f"于{official_date(meeting.feedback_by)}前报我办",
            f"于{report}前书面报告整改情况",
            *meeting.topics,
        ):
            assert said in words
    assert_clean(docgen, *(each["path"] for each in made.values()))


def test_notices_and_minutes_of_talks_are_signed_and_sealed(workspace: Path, docgen) -> None:
    drafted(docgen, "summons", "--unit", "县住建局", "--all")
    assert_whole_life(docgen)
    again = docgen("summons", "--unit", "县住建局", "--all", "--dry-run")
    assert "没有要起草的文件" in again.out


def test_a_unit_that_two_rules_call_gets_one_notice_with_both(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("考核规则", "牵头单位", "目标办结率（%）", 50)
    edit("考核规则", "牵头单位", "约谈末位", 4)
    (made,) = drafted(docgen, "summons", "--all", "--unit", "县住建局")
    words = words_of(made["path"])
    assert "你单位下列2项排名没有达到目标" in words
    assert "（一）审批单位（以手续计）。应办手续16项，已办结3项" in words
    assert "（二）牵头单位（以手续计）。应办手续29项，已办结12项" in words


def test_units_that_share_the_last_place_are_told_so_and_not_that_they_are_first(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    """Of units that have no project done each stands in the last place, whatever its number."""
    edit("考核规则", "牵头单位", "口径", "以项目计")
    edit("会议", talk(MeetingState.PLANNED).number, "参会单位", "县水利局")
    (made,) = drafted(docgen, "summons", "--all", "--unit", "县水利局")
    words = words_of(made["path"])
    assert "手续全部办结的0个，办结率0%，共8个单位参加排名，与另外4个单位并列末位；" in words


def test_a_unit_that_is_exempt_is_called_when_it_is_so_no_more(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    assert "县文旅局" not in called()
    edit("考核规则", "牵头单位", "免约谈", None)
    ran = docgen("summons", "--all")
    assert ran.code == 1
    assert "按考核规则要约谈县文旅局，“会议”表中没有这次约谈" in ran.err


def test_units_with_which_no_talk_is_planned_are_named_in_one_message(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("会议", "约2026-02", "状态", "取消")
    ran = docgen("summons", "--all")
    names = "、".join(called())
    assert ran.code == 1
    assert sorted(ran.err.partition("要约谈")[2].partition("，")[0].split("、")) == sorted(names.split("、"))
    assert ran.err.count("不知道时间、地点和约谈人") == 1


def test_a_talk_that_is_not_planned_with_one_unit_keeps_no_other_from_being_called(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("会议", "约2026-02", "参会单位", "县住建局")
    assert [each["addressee"] for each in drafted(docgen, "summons", "--unit", "县住建局")] == ["县住建局"]
    missing = docgen("--json", "summons", "--all")
    assert (missing.code, "县住建局" in missing.out, "要约谈县自然资源局、县工信局，" in missing.err) == (
        1,
        True,
        True,
    )


def test_a_summons_is_not_signed_after_the_talk(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "summons", "--unit", "县住建局")
    assert docgen("--by", "方知远", "doc", "review", str(made["id"])).code == 0
    signed = docgen("--date", PAST.isoformat(), "--by", "万里舟", "doc", "sign", str(made["id"]))
    assert (signed.code, "不知道时间、地点和约谈人" in signed.err) == (1, True)


def test_nobody_is_called_where_all_reached_the_target(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("考核规则", "审批单位", "目标办结率（%）", 10)
    edit("考核规则", "牵头单位", "目标办结率（%）", 10)
    for command in ("summons", "约谈方案"):
        ran = docgen("draft", command, "--all")
        assert (ran.code, "没有要约谈的单位，不用约谈" in ran.err) == (0, True)


def test_a_talk_of_a_day_that_has_passed_is_none(asking) -> None:
    talks = {
        day: [each.talk for each in called_in(asking("summons", None, day).facts)] for day in (TODAY, PAST)
    }
    assert all(talks[TODAY])
    assert not any(talks[PAST])


def test_the_plan_lists_who_is_called_by_which_rule_and_how_it_is_arranged(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "draft", "约谈方案", "--all")
    words, meeting = words_of(made["path"]), talk(MeetingState.PLANNED)
    for name, (rule, done, needed, place, count) in called().items():
        assert name in words
        assert f"应办手续{needed}项，已办结{done}项" in words
        assert f"{place}/{count}" in words
        assert rule.name in words
    assert meeting.day is not None
    assert f"{official_date(meeting.day)}{meeting.time}，{meeting.place}" in words
    assert "代章" not in words
    assert_clean(docgen, made["path"])


def test_the_minutes_of_a_talk_say_what_is_to_be_put_right_by_whom_and_when(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "draft", "约谈纪要", "--all")
    words, meeting = words_of(made["path"]), talk(MeetingState.HELD)
    assert meeting.day is not None
    for said in (official_date(meeting.day), meeting.place, *meeting.present, meeting.points):
        assert str(said) in words
    decisions = sample().linking(Decision, "meeting", meeting)
    assert len(decisions) == 2
    for each in decisions:
        assert each.deadline is not None
        assert f"{each.decided}。由{each.unit.short_name}负责" in words
        assert f"于{official_date(each.deadline)}前完成" in words
    report = Asking("summons").facts.calendar.after(meeting.day, 5)
    assert f"于{official_date(report)}前向县联审联批办书面报告整改情况" in words
    assert_clean(docgen, made["path"])
    assert_whole_life(docgen, sealed=False)


def test_talks_are_no_meetings_of_other_kinds(workspace: Path, docgen) -> None:
    for command in ("minutes", "meeting-notice"):
        made = drafted(docgen, command, "--all", "--dry-run")
        assert not [each for each in made if "约谈" in each["title"]]


def test_who_only_took_part_in_a_talk_is_not_minuted_as_called(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    """Notices of the talk say who was called; where none were made, all units but the office's own host were."""
    drafted(docgen, "summons", "--unit", "县住建局")
    assert_whole_life(docgen)
    number = talk(MeetingState.PLANNED).number
    edit("会议", number, "状态", "已召开")
    edit("会议", number, "参会单位", "县水利局、县发改委、县住建局")
    edit("会议", number, "出席", "县住建局鲁正华、县水利局史长河")
    held = talk(MeetingState.HELD).number
    edit("会议", held, "参会单位", "县住建局、县水利局、县发改委")
    made = {
        each["path"]: words_of(each["path"])
        for each in drafted(docgen, "--date", "2026-03-25", "draft", "约谈纪要", "--all")
    }
    (now,) = [words for path, words in made.items() if number in path]
    (before,) = [words for path, words in made.items() if held in path]
    assert "约谈县住建局。县发改委、县水利局参加。" in now
    assert "听取了县住建局关于原因" in now
    assert "约谈县住建局、县水利局。县发改委参加。" in before


def test_a_plan_of_two_pages_leaves_those_who_decide_room_on_the_last(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    """Where the table fills a page the boxes of opinions and instructions are not left a line high on the next."""
    for rule in ("审批单位", "牵头单位"):
        edit("考核规则", rule, "约谈末位", 20)
        edit("考核规则", rule, "目标办结率（%）", 100)
    (made,) = drafted(docgen, "draft", "约谈方案", "--all")
    opened = docx.Document(str(made["path"]))
    assert len(opened.tables[1].rows) > 12
    heights = {row.cells[0].text: row.height for row in opened.tables[-1].rows}
    assert all(heights[label] >= Mm(30) for label in ("办公室意见", "领导批示"))
