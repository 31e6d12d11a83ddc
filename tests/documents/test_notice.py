"""The 告知函: who gets one, what it says, and what keeps it from being drafted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from docgen.documents.faults import NothingAsked
from docgen.documents.kind import Asked, Draft, data_digest
from docgen.documents.notice import FIELDS, KIND, drafts
from docgen.model.records import Records
from docgen.sheets.reader import read_folder
from docgen.standard.measures.look import STANDARD

TODAY = date(2026, 3, 16)
DATA = Path(__file__).parents[2] / "data"
Edit = Callable[..., None]


@cache
def sample() -> Records:
    records = read_folder(DATA, "data").records
    assert records is not None
    return records


def records_in(workspace: Path) -> Records:
    reading = read_folder(workspace / "data", "data")
    assert reading.records is not None, [str(each) for each in reading.faults]
    return reading.records


def notices(records: Records, number: int, today: date = TODAY) -> dict[str, Draft]:
    drafting = drafts(records, Asked(today, (records.find_project(str(number)),)))
    assert drafting.faults == []
    return {each.addressee: each for each in drafting.drafts}


def faults_of(records: Records, number: int, today: date = TODAY) -> list[str]:
    drafting = drafts(records, Asked(today, (records.find_project(str(number)),)))
    assert drafting.drafts == []
    return [str(each) for each in drafting.faults]


def test_the_lead_unit_and_each_unit_that_owes_an_approval_get_a_notice_in_list_order() -> None:
    """Those of the mechanism's own level and below: superior bodies get letters only where the kind's row says so."""
    assert list(notices(sample(), 3)) == ["县工信局", "县自然资源局", "县住建局", "县水利局"]


def test_a_unit_sees_only_its_own_owed_approvals() -> None:
    context = notices(sample(), 3)["县自然资源局"].context
    assert [each["审批事项"] for each in context["手续"]] == [
        "用地预审与选址意见书", "压覆矿产资源查询", "建设用地规划许可", "建设工程规划许可",
    ]  # fmt: skip
    assert {each["审批单位"] for each in context["手续"]} == {"澄湖县自然资源局"}


def test_deadlines_follow_half_year_and_level() -> None:
    rows = notices(sample(), 3)["县工信局"].context["全部手续"]
    assert {(each["层级"], each["办理时限"]) for each in rows if each["状态"] != "无需办理"} == {
        ("县级", "2026年6月30日"), ("市级", "2026年7月31日"), ("省级", "2026年8月31日"),
    }  # fmt: skip


def test_the_backward_schedule_counts_statutory_working_days_back_from_the_deadline() -> None:
    rows = notices(sample(), 3)["县工信局"].context["全部手续"]
    permit = next(each for each in rows if each["审批事项"] == "施工许可")
    # 7 working days before 30 June 2026, which has 19 June (端午节) off: 22–26 and 29–30 June.
    assert (permit["法定工作日"], permit["最迟申报"]) == (7, "2026年6月18日")


def test_four_approvals_are_a_table_and_three_stand_in_the_text() -> None:
    units = notices(sample(), 3)
    assert units["县自然资源局"].context["手续较多"]
    assert not units["县住建局"].context["手续较多"]


def test_the_lead_unit_without_approvals_is_asked_to_name_a_person_for_leading() -> None:
    context = notices(sample(), 3)["县工信局"].context
    assert context["是牵头单位"]
    assert [each["事项"] for each in context["反馈事项"]] == ["牵头统筹"]


def test_approvals_past_their_deadline_are_named_as_overdue() -> None:
    late = [each for each in notices(sample(), 19).values() if each.context["超期事项"]]
    assert late
    for draft in late:
        for row in draft.context["手续"]:
            overdue = row["审批事项"] in str(draft.context["超期事项"]).split("、")
            assert overdue == (row["亮灯"] == "红灯") == row["时限要求"].startswith("已超过")


def test_the_number_waits_for_signing() -> None:
    assert notices(sample(), 3)["县工信局"].context["发文字号"] == "澄联审办函〔2026〕　号"


def test_feedback_is_due_after_the_mechanism_s_working_days() -> None:
    # Friday 13 February 2026 + 3 working days: Saturday 14 is worked, 15 to 23 is the Spring Festival.
    context = notices(sample(), 3, date(2026, 2, 13))["县工信局"].context
    assert context["反馈期限"] == "2026年2月25日"


def test_the_steward_is_shown_with_the_post_held_on_the_date_of_the_document() -> None:
    records = sample()
    project = records.find_project("3")
    assert project.steward is not None
    post = project.steward.on(TODAY)
    assert post is not None
    assert notices(records, 3)["县工信局"].context["项目管家"]["职务"] == post.post


def test_a_steward_without_a_post_on_the_date_is_a_fault() -> None:
    (fault,) = faults_of(sample(), 3, date(2025, 9, 1))  # the mechanism began on 12 September
    assert fault.startswith("项目!M5「项目管家」：郝喆在2025年9月1日没有在任职务")


def test_copies_go_by_the_rules_and_not_to_the_addressee() -> None:
    copies = notices(sample(), 3)["县自然资源局"].context["抄送"]
    assert "副县长郝喆同志" in copies
    assert "云塘岚筑绿色建材有限公司" in copies


def test_every_missing_value_is_listed_with_its_cell(workspace: Path, edit: Edit) -> None:
    for header in ("建设地点", "总投资（亿元）", "项目业主", "计划开工"):
        edit("项目", 3, header, None)
    listed = faults_of(records_in(workspace), 3)
    assert listed == [
        "项目!F5「建设地点」：没有填，第3号项目的告知函要用到它",
        "项目!G5「总投资」：没有填，第3号项目的告知函要用到它",
        "项目!J5「项目业主」：没有填，第3号项目的告知函要用到它",
        "项目!O5「计划开工」：没有填，第3号项目的告知函要用到它",
    ]


def test_a_project_that_is_not_in_the_final_list_is_refused() -> None:
    records = sample()
    other = next(each for each in records.of(type(records.find_project("3"))) if each.stage.value == "初稿")
    (fault,) = faults_of(records, other.number)
    assert "清单阶段是“初稿”，列入终稿的项目才发告知函" in fault


def test_a_unit_that_is_not_concerned_is_refused_with_those_that_are() -> None:
    records = sample()
    asked = Asked(TODAY, (records.find_project("3"),), (records.find_unit("县教体局"),))
    (fault,) = drafts(records, asked).faults
    assert "澄湖县教育体育局不是第3号项目" in str(fault)
    assert "县工信局、县自然资源局" in str(fault)


def test_asking_for_nothing_is_wrong_use() -> None:
    with pytest.raises(NothingAsked):
        drafts(sample(), Asked(TODAY))


def test_all_covers_every_final_project_and_says_what_it_leaves_out() -> None:
    drafting = drafts(sample(), Asked(TODAY, everything=True))
    assert drafting.faults == []
    assert len(drafting.drafts) > 70
    assert len({each.key for each in drafting.drafts}) == len(drafting.drafts)
    assert len({each.file_name for each in drafting.drafts}) == len(drafting.drafts)
    assert any("没有待办手续" in each.text for each in drafting.skipped)
    assert any("不在终稿" in each.text for each in drafting.skipped)


def test_one_unit_gets_all_its_notices() -> None:
    records = sample()
    drafting = drafts(records, Asked(TODAY, units=(records.find_unit("县水利局"),)))
    assert drafting.drafts
    assert {each.addressee for each in drafting.drafts} == {"县水利局"}


def test_units_above_the_mechanism_get_notices_where_the_kind_reaches_all(
    workspace: Path, edit: Edit
) -> None:
    edit("文种", "告知函", "主送范围", "全部", book="工作机制")
    assert list(notices(records_in(workspace), 3)) == [
        "县工信局", "县自然资源局", "县住建局", "县水利局", "市发改委", "市生态环境局", "省自然资源厅",
    ]  # fmt: skip


def test_the_days_for_feedback_are_a_setting_of_the_kind(workspace: Path, edit: Edit) -> None:
    edit("文种设置", "告知函", "值", 5, book="工作机制")
    context = notices(records_in(workspace), 3)["县工信局"].context
    assert context["反馈期限"] == "2026年3月23日"


@pytest.mark.parametrize(
    ("wording", "lines"),
    [
        ("办公室、代章单位分行", ["澄湖县重大项目联审联批工作机制办公室", "澄湖县发展和改革委员会（代章）"]),
        (
            "办公室（代章单位代章）",
            ["澄湖县重大项目联审联批工作机制办公室", "（澄湖县发展和改革委员会代章）"],
        ),
        ("仅代章单位（代章）", ["澄湖县发展和改革委员会（代章）"]),
        ("办公室自有印章", ["澄湖县重大项目联审联批工作机制办公室"]),
    ],
)
def test_the_signature_is_worded_as_the_mechanism_sets_it(
    workspace: Path, settle: Callable[..., None], wording: str, lines: list[str]
) -> None:
    settle("署名方式", wording)
    signature = str(notices(records_in(workspace), 3)["县工信局"].context["落款"])
    for line in lines:
        assert line in signature
    assert signature.count("澄湖县") == len(lines)


def test_without_a_number_code_nothing_is_drafted(workspace: Path, edit: Edit) -> None:
    edit("文种", "告知函", "文种", "别的函", book="工作机制")
    assert faults_of(records_in(workspace), 3) == ["文种「告知函」：没有填，办公室的告知函要用到它"]


def test_a_year_without_a_published_schedule_is_said() -> None:
    drafting = drafts(sample(), Asked(date(2027, 3, 1), (sample().find_project("3"),)))
    assert any("2027年的放假安排尚未公布" in each.text for each in drafting.advices)


def test_a_deadline_on_a_day_off_stays_and_is_said() -> None:
    drafting = drafts(sample(), Asked(TODAY, (sample().find_project("19"),)))
    assert any("2026年1月31日（星期六）不是工作日" in each.text for each in drafting.advices)


def test_the_context_holds_exactly_the_declared_fields() -> None:
    for draft in drafts(sample(), Asked(TODAY, everything=True)).drafts:
        _same_shape(draft.context, FIELDS, draft.key)


def _same_shape(value: object, spec: object, where: str) -> None:
    if isinstance(spec, dict):
        assert isinstance(value, dict), where
        assert value.keys() == spec.keys(), where
        for name in spec:
            _same_shape(value[name], spec[name], f"{where}.{name}")
    elif isinstance(spec, list):
        assert isinstance(value, list), where
        for each in value:
            _same_shape(each, spec[0], f"{where}[]")
    else:
        assert value is None or isinstance(value, str | int), where


def test_equal_data_give_equal_digests_and_other_data_others() -> None:
    draft = notices(sample(), 3)["县工信局"]
    again = notices(sample(), 3)["县工信局"]
    assert data_digest(draft.context) == data_digest(again.context)
    changed = {**draft.context, "反馈期限": "2026年3月20日"}
    assert data_digest(changed) != data_digest(draft.context)


def test_the_shipped_template_is_what_the_declaration_builds() -> None:
    shipped = Path(__file__).parents[2] / "templates" / "docx" / KIND.template_name
    assert shipped.read_bytes() == KIND.template(STANDARD)
