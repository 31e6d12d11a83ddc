"""Bottlenecks, meetings, decisions, supervision, returns, bodies, charges and changes, as sheets have them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from docgen.model.body import StandingBody
from docgen.model.bottleneck import Bottleneck
from docgen.model.changes import ListChange, RosterChange
from docgen.model.charge import Charge
from docgen.model.meeting import Decision, Meeting
from docgen.model.returned import Return
from docgen.model.rule_event import RuleEvent
from docgen.model.supervision import Supervision
from docgen.model.values import BottleneckState, SupervisionKind, SupervisionState

QUESTIONS = (
    "编号",
    "项目",
    "审批事项",
    "问题",
    "来源",
    "类别",
    "提出日期",
    "责任单位",
    "状态",
    "销号日期",
    "销号人",
)
QUESTION = ("问2026-001", 3, "能评", "指标从哪里来。", "12345热线", "用地", "2026.1.12", "县国土局", "办理中")
MEETINGS = ("编号", "会议名称", "类型", "状态", "日期", "时间", "地点", "主持人", "议题", "出席")
MEETING = (
    "会2026-01", "第1次会商研判会议", "会商研判会议", "已召开", "2026-01-14", "14:30", "301会议室", "郝喆",
    "1.研究甲、乙两项目用地\n2.研究10.5亿元以上项目；听取汇报", "县发改委周景明、县水利局史长河",
)  # fmt: skip
DECISIONS = ("会议", "序号", "议定事项", "责任单位", "完成时限", "状态", "落实日期")
DECISION = ("会2026-01", 2, "完成组卷并上报。", "县自然资源局", "2026-02-10", "完成", "2026-02-10")
SUPERVISED = (
    "编号", "督办事项", "项目", "审批事项", "问题", "议定事项", "承办单位", "下发日期", "办理时限", "状态", "确认日期",
    "延期至", "延期理由",
)  # fmt: skip
SUPERVISION = (
    "督办[2026]001号", "用地组卷", 3, "用地预审", "问2026-001", "会2026-01-2", "县自然资源局", "2026-01-19",
    "2026-02-10", "处理中",
)  # fmt: skip


@pytest.fixture
def full(data: Any) -> Any:
    """The good folder with a bottleneck, a meeting with a decision, and a supervised matter about all of them."""
    data.write("问题", QUESTIONS, QUESTION)
    data.write("会议", MEETINGS, MEETING)
    data.write("议定事项", DECISIONS, DECISION)
    data.write("督办", SUPERVISED, SUPERVISION)
    return data


def changed(row: tuple[Any, ...], headers: tuple[str, ...], **values: Any) -> tuple[Any, ...]:
    """Return a row with other values under some headers."""
    padded = dict(zip(headers, (*row, *[None] * len(headers)), strict=False))
    return tuple({**padded, **values}[each] for each in headers)


def test_rows_are_read_and_linked_to_each_other(full: Any) -> None:
    records = full.records()
    (question,), (meeting,) = records.of(Bottleneck), records.of(Meeting)
    (decision,), (matter,) = records.of(Decision), records.of(Supervision)
    assert (question.project.number, question.item.name) == (3, "节能审查")
    assert (question.question, question.state) == ("指标从哪里来", BottleneckState.IN_HAND)
    assert (meeting.time, meeting.kind.value) == ("下午2:30", "会商研判")
    assert (decision.meeting, decision.link_names) == (meeting, ("会2026-01-2",))
    assert (matter.bottleneck, matter.decision, matter.number) == (question, decision, "督办〔2026〕001号")
    assert matter.kind is SupervisionKind.PLAIN
    assert records.find_named(Decision, "会2026-01-2") is decision


def test_topics_stand_on_lines_and_keep_their_commas_and_amounts(full: Any) -> None:
    (meeting,) = full.records().of(Meeting)
    assert meeting.topics == ("研究甲、乙两项目用地", "研究10.5亿元以上项目", "听取汇报")
    assert meeting.present == ("县发改委周景明", "县水利局史长河")


def test_a_workspace_without_these_sheets_reads_as_before(data: Any) -> None:
    reading = data.read()
    assert (reading.faults, reading.advices) == ((), ())
    assert reading.records.of(Bottleneck) == reading.records.of(Decision) == ()


def test_a_link_to_a_sheet_that_is_absent_or_empty_is_a_fault_and_loses_no_row(data: Any) -> None:
    data.write("督办", SUPERVISED, SUPERVISION)
    data.write("议定事项", DECISIONS)
    assert data.faults() == [
        "督办!E2「问题」：写的是“问2026-001”，问题表中没有。请核对名称，或先在问题表中添加。",
        "督办!F2「议定事项」：写的是“会2026-01-2”，议定事项表中没有。请核对名称，或先在议定事项表中添加。",
    ]


def test_a_link_to_a_faulty_row_is_no_second_fault(full: Any) -> None:
    full.write("议定事项", DECISIONS, changed(DECISION, DECISIONS, 状态="好"))
    assert len(full.faults()) == 1
    assert full.faults()[0].startswith("议定事项!F2「状态」")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"状态": "已销号"}, "问题!J2「销号日期」：没有填，这一项必填，请填状态为“已销号”的问题的销号日期"),
        (
            {"状态": "已销号", "销号日期": "2026-02-01"},
            "问题!K2「销号人」：没有填，这一项必填，请填状态为“已销号”的问题的销号人",
        ),
        (
            {"状态": "已销号", "销号日期": "2026-01-11", "销号人": "周景明"},
            "问题!J2「销号日期」：写的是“2026-01-11”，要填不早于“提出日期”的日期",
        ),
        (
            {"销号日期": "2026-02-01"},
            "问题!I2「状态」：写的是“推进中”，要填“已销号”（已经填了销号日期）",
        ),
        ({"责任单位": None}, "问题!H2「责任单位」：没有填，这一项必填，请填状态为“推进中”的问题的责任单位"),
        ({"类别": "别的"}, "问题!F2「类别」：写的是“别的”，要填“政策”、“流程”、"),
    ],
)  # fmt: skip
def test_a_bottleneck_holds_together(full: Any, values: dict[str, Any], fault: str) -> None:
    full.write("问题", QUESTIONS, changed(QUESTION, QUESTIONS, **values))
    (found,) = full.faults()
    assert found.startswith(fault)


def test_who_strikes_a_bottleneck_off_is_asked_about_unless_of_the_office(full: Any) -> None:
    closed = {"状态": "已销号", "销号日期": "2026-02-01"}
    full.write("人员", ("序号", "姓名", "单位", "职务", "机制职务"), (1, "周景明", "县发改委", "主任", "办公室主任"),
               (2, "郝喆", "县自然资源局", "局长", "成员"))  # fmt: skip
    full.write(
        "问题",
        QUESTIONS,
        changed(QUESTION, QUESTIONS, **closed, 销号人="周景明"),
        changed(QUESTION, QUESTIONS, **closed, 编号="问2026-002", 销号人="郝喆"),
    )
    doubts = [each.text for each in full.read().advices if each.text.startswith("问题!")]
    assert doubts == ["问题!K3「销号人」：郝喆当天不是办公室的人，只有办公室可以销号，请核对"]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"地点": None}, "会议!G2「地点」：没有填，这一项必填，请填状态为“已召开”的会议的地点"),
        ({"时间": "早上"}, "会议!F2「时间」：写的是“早上”，要填写明上午或下午的时间，例如 上午9:00"),
        ({"时间": "3:00"}, "会议!F2「时间」：写的是“3:00”，要填写明上午或下午的时间，例如 上午9:00"),
    ],
)
def test_a_meeting_holds_together(full: Any, values: dict[str, Any], fault: str) -> None:
    full.write("会议", MEETINGS, changed(MEETING, MEETINGS, **values))
    assert full.faults() == [fault]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("上午9点", "上午9:00"),
        ("下午3点半", "下午3:30"),
        ("15时05分", "下午3:05"),
        ("9点整", "上午9:00"),
        ("12:30", "中午12:30"),
        (time(15, 0), "下午3:00"),  # what a spreadsheet makes of 15:00
    ],
)
def test_hours_are_read_as_people_say_them(full: Any, written: str | time, read: str) -> None:
    full.write("会议", MEETINGS, changed(MEETING, MEETINGS, 时间=written))
    (meeting,) = full.read().records.of(Meeting)
    assert meeting.time == read


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"完成时限": "2026-01-13"}, "议定事项!E2「完成时限」：写的是“2026-01-13”，要填不早于会议日期的日期"),
        (
            {"落实日期": None},
            "议定事项!G2「落实日期」：没有填，这一项必填，请填状态为“已落实”的议定事项的落实日期",
        ),
    ],
)
def test_a_decision_holds_together(full: Any, values: dict[str, Any], fault: str) -> None:
    full.write("议定事项", DECISIONS, changed(DECISION, DECISIONS, **values))
    assert full.faults() == [fault]


def test_a_day_in_the_words_of_a_decision_is_asked_about(full: Any) -> None:
    """The column of days is for it: minutes would say it twice."""
    full.write("议定事项", DECISIONS, changed(DECISION, DECISIONS, 议定事项="2月28日前报送方案"))
    asked = [each.text for each in full.read().advices if "两遍" in each.text]
    assert asked == [
        "议定事项!C2「议定事项」：写了“2月28日前”，完成时限另有一列，公文会写两遍，请只留在完成时限"
    ]


def test_only_a_meeting_that_was_held_decides(full: Any) -> None:
    full.write("会议", MEETINGS, changed(MEETING, MEETINGS, 状态="取消"))
    (found,) = full.faults()
    assert found.startswith("议定事项!A2「会议」：写的是“会2026-01”，要填")
    assert "没有开过的会没有议定事项" in found


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"办理时限": "2026-01-18"}, "督办!I2「办理时限」：写的是“2026-01-18”，要填不早于“下发日期”的日期"),
        ({"延期至": "2026-03-01"}, "督办!M2「延期理由」：没有填，这一项必填，请填有延期日期的督办的延期理由"),
        ({"状态": "解除"}, "督办!K2「确认日期」：没有填，这一项必填，请填状态为“已解除”的督办的确认日期"),
        ({"项目": None, "问题": None}, "督办!C2「项目」：没有填，这一项必填，请填有审批事项的督办的项目"),
    ],
)
def test_a_supervised_matter_holds_together(full: Any, values: dict[str, Any], fault: str) -> None:
    full.write("督办", SUPERVISED, changed(SUPERVISION, SUPERVISED, **values))
    assert full.faults() == [fault]


def test_a_matter_is_due_when_it_was_extended_to_and_open_until_the_office_confirms(full: Any) -> None:
    full.write("督办", SUPERVISED, changed(SUPERVISION, SUPERVISED, 延期至="2026-03-01", 延期理由="工作量大"))
    (matter,) = full.records().of(Supervision)
    assert matter.due == date(2026, 3, 1)
    assert [each.value for each in SupervisionState if not each.is_open] == ["已确认", "已解除"]


@pytest.mark.parametrize("written", ["2026年3月上旬", "2026-03上旬", "２０２６年３月上旬", "2026年3月 上旬"])
def test_the_period_of_a_return_reads_as_official_writing_names_it(data: Any, written: str) -> None:
    data.write("报送", ("单位", "期", "报送事项", "应报日期"), ("县发改委", written, "台账", "2026-03-10"))
    (found,) = data.records().of(Return)
    assert (found.period, found.name) == ("2026年3月上旬", "县发改委2026年3月上旬台账")


def test_what_is_no_period_is_a_fault_and_one_return_stands_once(data: Any) -> None:
    headers = ("单位", "期", "报送事项", "应报日期")
    data.write("报送", headers, ("县发改委", "三月份头几天", "台账", "2026-03-10"))
    (found,) = data.faults()
    assert found.startswith("报送!B2「期」：写的是“三月份头几天”，要填一个时段，例如 2026年3月上旬")
    data.write(
        "报送",
        headers,
        ("县发改委", "2026年3月上旬", "台账", "2026-03-10"),
        ("县发改委", "2026-03上旬", "台账", "2026-03-10"),
    )
    (found,) = data.faults()
    assert found.startswith("报送!A3「单位、期、报送事项」")


def test_a_charge_says_of_what_and_until_when(data: Any) -> None:
    headers = ("领导", "行业", "审批事项", "分管单位", "起", "止")
    data.write("分管", headers, ("郝喆", None, None, None, None, None))
    assert data.faults() == [
        "分管!D2「分管单位」：没有填，这一项必填，请填行业、审批事项、分管单位中的至少一种"
    ]
    data.write("分管", headers, ("郝喆", "建材、化工", "能评", "县国土局", "2026-01-16", "2026-03-01"))
    (charge,) = data.records().of(Charge)
    assert ([each.name for each in charge.items], charge.name) == (["节能审查"], "郝喆")
    assert [charge.held_on(date(2026, *day)) for day in ((1, 15), (1, 16), (3, 1), (3, 2))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_body_has_its_units_people_and_items(data: Any) -> None:
    headers = ("序号", "名称", "类别", "成员单位", "负责人", "成员", "跟进事项", "设立日期", "撤销日期")
    row = (1, "市级跟进组", "审批事项跟进组", "县发改委、县国土局", "郝喆", "周景明", "能评", "2026-01-01")
    data.write("机构", headers, row)
    (body,) = data.records().of(StandingBody)
    assert [each.short_name for each in body.units] == ["县发改委", "县自然资源局"]
    assert ([each.name for each in body.heads], body.items[0].name) == (["郝喆"], "节能审查")
    data.write("机构", headers, (*row, "2025-12-31"))
    assert data.faults() == ["机构!I2「撤销日期」：写的是“2025-12-31”，要填不早于“设立日期”的日期"]


def test_a_change_of_the_roster_names_the_people_and_agrees_with_the_sheet_of_people(data: Any) -> None:
    headers = ("编号", "变动类型", "单位", "机制职务", "原人员", "新人员", "生效日期")
    data.write("人员变动", headers, ("变2026-01", "接替", "县发改委", "联络员", "周景明", None, "2026-02-11"))
    assert data.faults() == ["人员变动!F2「新人员」：没有填，这一项必填，请填变动类型为“接替”的新人员"]
    data.write(
        "人员变动", headers, ("变2026-01", "接替", "县发改委", "联络员", "周景明", "郝喆", "2026-02-11")
    )
    assert [each.text for each in data.read().advices] == [
        "人员变动!F2「新人员」：人员表中没有郝喆从2026年2月11日起任职的行，请核对",
        "人员变动!E2「原人员」：人员表中没有周景明到2026年2月10日止的行，请核对",
        "以上问到的数据核对无误的，在该行的“核对说明”列写明情况（没有这一列的加上），就不再问；不影响起草",
    ]
    data.write(
        "人员",
        ("序号", "姓名", "单位", "职务", "机制职务", "任职起", "任职止"),
        (1, "周景明", "县发改委", "主任", "成员", None, "2026-02-10"),
        (2, "郝喆", "县自然资源局", "局长", "项目管家", "2026-02-11", None),
    )
    reading = data.read()
    assert [each.text for each in reading.advices if "人员变动" in each.text] == []
    assert len(reading.records.of(RosterChange)) == 1


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (
            {"批准日期": "2026-02-20"},
            "清单调整!G2「批准日期」：写的是“2026-02-20”，要填不早于“分管领导同意日期”的日期",
        ),
        (
            {"生效日期": "2026-02-27"},
            "清单调整!H2「生效日期」：写的是“2026-02-27”，要填不早于“批准日期”的日期",
        ),
        ({"批准日期": None}, "清单调整!G2「批准日期」：没有填，这一项必填，请填有生效日期的调整的批准日期"),
        (
            {"分管领导": None},
            "清单调整!E2「分管领导」：没有填，这一项必填，请填有同意或批准日期的调整的分管领导",
        ),
        (
            {"调整类型": "要素调整"},
            "清单调整!第2行「调整前」：没有填，这一项必填，请填调整类型为“要素调整”的调整前",
        ),
    ],
)
def test_a_change_of_the_list_goes_from_consent_to_effect(
    data: Any, values: dict[str, Any], fault: str
) -> None:
    headers = (
        "编号",
        "项目",
        "调整类型",
        "理由",
        "分管领导",
        "分管领导同意日期",
        "批准日期",
        "生效日期",
        "申请单位",
    )
    row = ("调2026-01", 3, "调入", "已经落地", "郝喆", "2026-02-25", "2026-02-28", "2026-02-28", "县发改委")
    data.write("清单调整", headers, row)
    (change,) = data.records().of(ListChange)
    assert change.name == "绿色建材生产线项目"
    data.write("清单调整", headers, changed(row, headers, **values))
    assert data.faults() == [fault]


def test_a_project_that_left_the_list_is_to_be_marked_in_it(data: Any) -> None:
    headers = ("编号", "项目", "调整类型", "申请单位", "理由", "分管领导", "批准日期", "生效日期")
    data.write(
        "清单调整", headers, ("调1", 3, "退出", "县发改委", "暂缓", "郝喆", "2026-02-28", "2026-02-28")
    )
    assert [each.text for each in data.read().advices] == [
        "清单调整!B2「项目」：已经调出，项目表中的清单阶段还是“终稿”，请核对",
        "以上问到的数据核对无误的，在该行的“核对说明”列写明情况（没有这一列的加上），就不再问；不影响起草",
    ]


def test_a_rule_says_a_day_or_days_from_an_event(data: Any) -> None:
    headers = ("序号", "事项", "起算", "月日", "天数", "天数种类")
    data.write(
        "规则事项", headers, (1, "清单初稿", "日期", None, None, None), (2, "答复", "收文", None, None, None)
    )
    assert data.faults() == [
        "规则事项!D2「月日」：没有填，这一项必填，请填起算为“固定日期”的事项的月日",
        "规则事项!E3「天数」：没有填，这一项必填，请填起算为“收到通知”的事项的天数",
    ]
    data.write(
        "规则事项", headers, (1, "清单初稿", "日期", "10月底", None, None), (2, "答复", "收文", None, 3, "日")
    )
    first, second = data.records().of(RuleEvent)
    assert (str(first.day), first.days.value) == ("10月31日", "工作日")
    assert (second.term, second.days.value) == (3, "日")
