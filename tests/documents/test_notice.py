"""The 告知函: who gets one, what it says, and what keeps it from being drafted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.documents.faults import NothingAsked
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Draft
from docgen.documents.labels.views import canonical, tree_of
from docgen.errors import Problems
from docgen.template.gaps import Gap
from tests.documents.papers import drafted, words_of

TODAY = date(2026, 3, 16)
Edit = Callable[..., None]


def notices(ask, number: int) -> dict[str, Draft]:
    """Return the drafts of a project by addressee."""
    drafting = ask.of(number)
    assert drafting.faults == []
    return {each.addressee: each for each in drafting.drafts}


def of_workspace(asking, workspace: Path, today: date = TODAY):
    """Ask from the sheets of a workspace."""
    from docgen.model.schema import BUILT_IN
    from docgen.sheets.reading.reader import read_folder

    records = read_folder(workspace / "data", "data", (), BUILT_IN)
    assert records.records is not None, [str(each) for each in records.faults]
    return asking("notice", records.records, today)


def test_the_lead_unit_and_each_unit_of_its_level_that_owes_an_approval_get_a_notice_in_list_order(
    asking,
) -> None:
    assert list(notices(asking("notice"), 3)) == ["县工信局", "县自然资源局", "县住建局", "县水利局"]


def test_units_above_the_mechanism_get_one_when_the_kind_is_set_so(workspace: Path, set_kind, asking) -> None:
    set_kind("告知函", "主送范围", "全部")
    assert list(notices(of_workspace(asking, workspace), 3)) == [
        "县工信局", "县自然资源局", "县住建局", "县水利局", "市发改委", "市生态环境局", "省自然资源厅",
    ]  # fmt: skip


def test_who_was_left_out_by_the_settings_is_said(asking) -> None:
    (said,) = [each.text for each in asking("notice").of(3).advices if each.code == "left-out"]
    assert said.startswith("告知函不发上级单位（市发改委、市生态环境局、省自然资源厅）")


def test_the_host_unit_gets_one_only_when_the_kind_is_set_so(workspace: Path, set_kind, asking) -> None:
    host = asking("notice").records.mechanism.host_unit.short_name
    concerned = {each.addressee for each in asking("notice").all().drafts}
    assert host not in concerned
    assert any(host in each.text for each in asking("notice").all().advices if each.code == "left-out")
    set_kind("告知函", "是否发承办单位", "是")
    assert host in {each.addressee for each in of_workspace(asking, workspace).all().drafts}


def test_a_unit_sees_only_its_own_owed_approvals(asking) -> None:
    ask = asking("notice")
    shown = ask.show(notices(ask, 3)["县自然资源局"], "各项[].手续[].审批单位")["各项"][0].手续
    assert [str(each) for each in shown] == [
        "用地预审与选址意见书", "压覆矿产资源查询", "建设用地规划许可", "建设工程规划许可",
    ]  # fmt: skip
    assert {str(each.审批单位) for each in shown} == {"澄湖县自然资源局"}


def test_deadlines_follow_half_year_and_level(asking) -> None:
    ask = asking("notice")
    (project,) = ask.show(
        notices(ask, 3)["县工信局"], "工期[].手续[].层级", "工期[].手续[].办理时限", "工期[].手续[].状态"
    )["工期"]
    rows = [each for each in project["手续"] if each.状态 != "无需办理"]
    assert {(each.层级, each.办理时限) for each in rows} == {
        ("县级", "2026年6月30日"), ("市级", "2026年7月31日"), ("省级", "2026年8月31日"),
    }  # fmt: skip


def test_the_backward_schedule_counts_the_statutory_term_back_from_the_deadline(asking) -> None:
    ask = asking("notice")
    (project,) = ask.show(
        notices(ask, 3)["县工信局"], "工期[].手续[].最迟申报", "工期[].手续[].审批事项.法定时限简写"
    )["工期"]
    found = {str(each): (each.审批事项.法定时限简写, each.最迟申报) for each in project["手续"]}
    # 20 working days before 30 June 2026, which has 19 June (端午节) off; 7 days of the calendar before it.
    assert found["建设工程规划许可"] == ("20", "2026年6月1日")
    assert found["施工许可"] == ("7日", "2026年6月23日")


def test_a_latest_submission_before_the_letter_s_own_date_is_said_to_be_late(asking) -> None:
    ask = asking("notice", None, date(2026, 6, 24))
    (project,) = ask.show(
        notices(ask, 3)["县工信局"], "工期[].手续[].最迟申报简写", "工期[].手续[].时限要求"
    )["工期"]
    permit = next(each for each in project["手续"] if each == "施工许可")
    assert permit.最迟申报简写 == "已逾期"
    assert permit.时限要求 == "按法定时限倒排已逾最迟申报日期，请督促申报单位即行申报，于2026年6月30日前办结"


def test_what_fits_in_the_text_is_no_annex(asking) -> None:
    found = {each.addressee: each.annexes for each in asking("notice").of(3).drafts}
    assert found["县自然资源局"] == "前期手续倒排工期表、责任人和计划办结日期反馈表"  # four approvals
    assert found["县水利局"] == ""
    assert found["县工信局"] == "前期手续倒排工期表"  # the lead unit sees the whole schedule


def test_how_many_matters_go_into_the_text_is_a_setting(workspace: Path, set_setting, asking) -> None:
    set_setting("告知函", "附表起点", "9")
    found = {each.addressee: each.annexes for each in of_workspace(asking, workspace).of(3).drafts}
    assert found["县自然资源局"] == ""


def test_approvals_past_their_deadline_are_named_as_overdue(asking) -> None:
    ask = asking("notice")
    late = 0
    for draft in notices(ask, 19).values():
        (pair,) = ask.show(draft, "各项[].超期事项", "各项[].手续[].亮灯", "各项[].手续[].时限要求")["各项"]
        for row in pair.手续:
            overdue = str(row) in str(pair.超期事项 or "").split("、")
            assert overdue == (row.亮灯 == "红灯") == row.时限要求.startswith("已超过")
            late += overdue
    assert late


def test_the_number_waits_for_signing(asking) -> None:
    assert notices(asking("notice"), 3)["县工信局"].number_place == "澄联审办函〔2026〕　号"


def test_feedback_is_due_after_the_kind_s_working_days(workspace: Path, set_setting, asking) -> None:
    # Friday 13 February 2026 + 3 working days: Saturday 14 is worked, 15 to 23 is the Spring Festival.
    ask = asking("notice", None, date(2026, 2, 13))
    assert ask.show(notices(ask, 3)["县工信局"], "反馈期限") == {"反馈期限": "2026年2月25日"}
    set_setting("告知函", "反馈工作日", "1")
    ask = of_workspace(asking, workspace, date(2026, 2, 13))
    assert ask.show(notices(ask, 3)["县工信局"], "反馈期限") == {"反馈期限": "2026年2月14日"}


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("反馈工作日", "三天", "文种设置!C3「反馈工作日」：告知函的这一项写的是“三天”，要填整数"),
        ("反馈工作天", "3", "文种设置!B9「设置」：告知函没有“反馈工作天”这项设置。是不是“反馈工作日”？"),
    ],
)
def test_a_setting_that_the_kind_does_not_understand_is_a_fault(
    workspace: Path, set_setting, asking, setting, value, words
) -> None:
    set_setting("告知函", setting, value)
    with pytest.raises(Problems) as found:
        of_workspace(asking, workspace)
    assert words in str(found.value)


def test_the_steward_is_shown_with_the_post_held_on_the_date_of_the_document(asking) -> None:
    ask = asking("notice")
    project = ask.records.find_project("3")
    post = project.steward.on(TODAY)
    shown = ask.show(notices(ask, 3)["县工信局"], "各项[].项目.项目管家.职务")["各项"][0].项目.项目管家
    assert (str(shown), shown.职务) == (project.steward.name, post.post)


def test_a_steward_without_a_post_on_the_date_is_a_gap(asking) -> None:
    ask = asking("notice", None, date(2025, 9, 1))  # the mechanism began on 12 September
    shown = ask.show(notices(ask, 3)["县工信局"], "各项[].项目.项目管家.职务")["各项"][0].项目.项目管家.职务
    assert isinstance(shown, Gap)
    assert str(shown.fault).startswith("项目!AJ5「项目管家」：郝喆在2025年9月1日没有在任职务")


def test_copies_go_by_the_rules_and_not_to_the_addressee(asking) -> None:
    copies = notices(asking("notice"), 3)["县自然资源局"].copies_to.split("、")
    assert copies == ["副县长郝喆同志", "云塘岚筑绿色建材有限公司"]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        (
            "县自然资源据",
            "文种!C3「抄送」：“县自然资源据”不是单位、机制职务或字段。是不是“县自然资源局”？",
        ),
        ("第一书记", "文种!C3「抄送」：“第一书记”不是单位、机制职务或字段。"),
    ],
)
def test_a_word_of_the_copy_rule_that_means_nobody_is_a_fault(
    workspace, set_kind, asking, word, words
) -> None:
    set_kind("告知函", "抄送", word)
    with pytest.raises(Problems) as found:
        of_workspace(asking, workspace)
    assert words in str(found.value)


@pytest.mark.parametrize(
    "written", ["‘县政府督查室’、项目业主", "'县政府督查室'、项目业主", "县政府督查室'、项目业主"]
)
def test_an_organ_outside_the_sheets_gets_copies_when_it_is_quoted(
    workspace: Path, set_kind, asking, written: str
) -> None:
    """Excel takes an apostrophe at the beginning of a cell for its own, so that the closing one alone is stored."""
    set_kind("告知函", "抄送", written)
    assert (
        notices(of_workspace(asking, workspace), 3)["县水利局"].copies_to
        == "县政府督查室、云塘岚筑绿色建材有限公司"
    )


def test_a_role_that_nobody_holds_is_said_before_anything_is_written(
    workspace: Path, set_kind, asking
) -> None:
    set_kind("告知函", "抄送", "总召集人")
    ask = of_workspace(asking, workspace, date(2025, 9, 1))
    assert any("2025年9月1日没有人担任“总召集人”" in str(each) for each in ask.of(3).faults)


def test_a_project_that_is_not_in_the_final_list_is_refused(asking) -> None:
    ask = asking("notice")
    other = next(each for each in ask.records.named("项目") if each.stage.value == "初稿")
    (fault,) = ask.of(other.number).faults
    assert str(fault).startswith(
        f"第{other.number}号项目“{other.name}”的清单阶段是“初稿”，清单阶段是“终稿”的才制发告知函"
    )


def test_a_unit_that_is_not_concerned_is_refused_with_those_that_are(asking) -> None:
    (fault,) = asking("notice").of(3, units=("县教体局",)).faults
    assert "没有要致澄湖县教育体育局的告知函" in str(fault)
    assert "县工信局、县自然资源局" in str(fault)


def test_asking_for_nothing_is_wrong_use(asking) -> None:
    ask = asking("notice")
    with pytest.raises(NothingAsked, match="--project 项目、--unit 单位，或 --all"):
        drafts(ask.kind, ask.facts, Asked())


def test_all_covers_every_final_project_and_says_what_it_leaves_out(asking) -> None:
    drafting = asking("notice").all()
    assert drafting.faults == []
    assert len(drafting.drafts) > 60
    assert len({each.key for each in drafting.drafts}) == len(drafting.drafts)
    assert len({each.file_name for each in drafting.drafts}) == len(drafting.drafts)
    assert any("清单阶段不是“终稿”，未起草" in each.text for each in drafting.skipped)


def test_a_project_without_owed_approvals_needs_no_notice(asking) -> None:
    ask = asking("notice")
    done = next(
        each
        for each in ask.records.named("项目")
        if each.stage.value == "终稿" and not any(a.state.pending for a in ask.records.approvals_of(each))
    )
    drafting = ask.of(done.number)
    assert (drafting.drafts, drafting.faults) == ([], [])
    assert [each.text for each in drafting.skipped] == [
        f"第{done.number}号项目“{done.name}”没有需要制发告知函的事项"
    ]


def test_one_unit_gets_all_its_notices(asking) -> None:
    ask = asking("notice")
    drafting = drafts(ask.kind, ask.facts, Asked(units=(ask.records.find_unit("县水利局"),)))
    assert drafting.drafts
    assert {each.addressee for each in drafting.drafts} == {"县水利局"}


def test_one_letter_combines_all_projects_of_a_unit_when_the_kind_is_set_so(
    workspace, set_kind, asking
) -> None:
    set_kind("告知函", "合并方式", "合并")
    ask = of_workspace(asking, workspace)
    drafting = drafts(ask.kind, ask.facts, Asked(units=(ask.records.find_unit("县水利局"),)))
    (draft,) = drafting.drafts
    count = sum(each.addressee == "县水利局" for each in asking("notice").all().drafts)
    assert count > 1
    assert draft.title == f"关于{count}个重大项目前期手续办理事项的告知函"
    assert len(ask.show(draft, "各项[].项目")["各项"]) == count
    units = [each.addressee for each in ask.all().drafts]
    order = {each.short_name: each.order for each in ask.records.named("单位")}
    assert units == sorted(units, key=lambda each: order[each])


def test_a_combined_letter_shows_of_projects_that_others_lead_what_concerns_the_unit(
    workspace, set_kind, asking
) -> None:
    """Its own approvals and those that come before them; of a project it leads, the whole schedule."""
    set_kind("告知函", "合并方式", "合并")
    ask = of_workspace(asking, workspace)
    for name in ("县住建局", "县水利局"):
        unit = ask.records.find_unit(name)
        drafting = drafts(ask.kind, ask.facts, Asked(units=(unit,)))
        shown = ask.show(drafting.drafts[0], "工期[].手续", "工期[].项目")["工期"]
        others = 0
        for each in shown:
            project = ask.records.find_project(each["项目"])
            whole = ask.records.approvals_of(project)
            pending = [one for one in whole if one.state.pending]
            own = [one.item for one in pending if one.unit is unit]
            before = {id(item) for one in own for item in ask.records.predecessors_of(one)} | set(
                map(id, own)
            )
            wanted = (
                whole if project.lead_unit is unit else [one for one in pending if id(one.item) in before]
            )
            assert each["手续"] == [one.item.name for one in wanted]
            others += project.lead_unit is not unit
        assert others


def test_a_way_of_combining_that_the_kind_does_not_have_is_a_fault(workspace: Path, set_kind, asking) -> None:
    set_kind("告知函", "合并方式", "合在一起")
    with pytest.raises(Problems) as found:
        of_workspace(asking, workspace)
    assert "合并方式有：逐项、合并" in str(found.value)


def test_without_a_number_code_nothing_is_drafted(workspace: Path, set_kind, asking) -> None:
    set_kind("告知函", "机关代字", None)
    drafting = of_workspace(asking, workspace).of(3)
    assert drafting.drafts == []
    assert [str(each) for each in drafting.faults] == [
        "文种表没有“告知函”的机关代字，编不了文号。请在“文种”表“告知函”这一行填写机关代字；没有这一行的，加一行。"
    ]


def test_a_year_without_a_published_schedule_is_said_in_output_and_letter(asking) -> None:
    ask = asking("notice", None, date(2027, 3, 1))
    drafting = ask.of(3)
    assert any("2027年的放假安排尚未公布" in each.text for each in drafting.advices)


def test_a_deadline_on_a_day_off_stays_and_is_said(asking) -> None:
    assert any("2026年1月31日（星期六）不是工作日" in each.text for each in asking("notice").of(19).advices)


PATHS = (
    "标题",
    "份数",
    "反馈期限",
    "各项[].项目.项目名称",
    "各项[].手续[].办理时限",
    "各项[].手续[].责任人",
    "机制.联系人",
)


def test_equal_data_give_equal_contexts_and_other_data_others(asking) -> None:
    one = notices(asking("notice"), 3)["县工信局"]
    other = notices(asking("notice"), 3)["县工信局"]
    shown = canonical(one.compute(TODAY, tree_of(PATHS)))
    assert shown == canonical(other.compute(TODAY, tree_of(PATHS)))
    assert shown != canonical(one.compute(date(2026, 3, 17), tree_of(PATHS)))


def test_files_of_one_name_are_told_apart(asking) -> None:
    ask = asking("notice")
    heading = ask.kind.way.heading
    ask.kind = replace(ask.kind, way=replace(ask.kind.way, file_name=heading))
    names = [each.file_name for each in ask.of(3).drafts]
    assert len(set(names)) == len(names) > 1


def test_a_combined_letter_says_its_note_once_and_begins_no_table_with_one_row(
    workspace: Path, docgen, set_kind
) -> None:
    import json
    import zipfile

    import docx
    from lxml import etree

    from docgen.standard.build import estimate
    from docgen.standard.build.looks import W, known_looks

    set_kind("告知函", "合并方式", "合并")
    ran = docgen("--json", "notice", "--unit", "县水利局")
    assert ran.code == 0, ran.err
    (made,) = json.loads(ran.out)["documents"]
    opened = docx.Document(made["path"])
    assert len(opened.tables) > 4
    assert sum(each.text.startswith("注：") for each in opened.paragraphs) == 1
    with zipfile.ZipFile(made["path"]) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        assert estimate.Pages(body, known_looks(package.read("word/styles.xml"))).torn() == []
    assert any(each.paragraph_format.page_break_before for each in opened.paragraphs)


def test_copies_are_listed_as_official_writing_does(workspace: Path, set_kind, asking) -> None:
    from docgen.model.member import Member

    written = "‘望泽镇人民政府’、项目业主、县住建局、‘县政府督查室’、县发改委、副召集人、总召集人"
    written += "、市发改委、‘省重大项目办’、项目管家"
    set_kind("告知函", "抄送", written)
    ask = of_workspace(asking, workspace)
    draft = next(
        each for each in ask.all().drafts if "绿色建材" in each.title and each.addressee == "县水利局"
    )
    copies = draft.copies_to
    leaders = sorted(
        {(copies.index(found), each.order) for each in ask.records.of(Member)
         if (found := f"{each.post}{each.name}同志") in copies and each.held_on(date(2026, 3, 16))}
    )  # fmt: skip
    assert len(leaders) > 2
    assert [order for _, order in leaders] == sorted(order for _, order in leaders)
    superior = ("省重大项目办", "安澜市发展和改革委员会")
    level = ("县政府督查室", "澄湖县发展和改革委员会", "澄湖县住房和城乡建设局")
    below = ("望泽镇人民政府", "云塘岚筑绿色建材有限公司")
    places = [
        *map(copies.index, superior),
        *(place for place, _ in leaders),
        *map(copies.index, (*level, *below)),
    ]
    assert places == sorted(places)


def test_the_levels_of_a_notice_follow_one_another(workspace: Path, docgen, set_kind) -> None:
    import json

    set_kind("告知函", "合并方式", "合并")
    made = json.loads(docgen("--json", "notice", "--unit", "县行政审批局", "--unit", "县文旅局").out)[
        "documents"
    ]
    files = json.loads(docgen("--json", "lint", *(each["path"] for each in made)).out)["files"]
    assert len(files) == 2
    assert {each["rule"] for file in files for each in file["findings"]} == {"number-blank"}


def test_the_lead_unit_is_told_how_many_of_the_approvals_are_late(workspace: Path, docgen, asking) -> None:
    """The table shows days; that some have passed must be seen before it."""
    ask = asking("notice")
    for number, has_late in ((19, True), (3, False)):
        project = ask.records.find_project(str(number))
        owed = [each for each in ask.records.approvals_of(project) if each.state.pending]
        late = sum(ask.facts.standing(each).is_late for each in owed)
        assert bool(late) is has_late
        (made,) = drafted(docgen, "notice", "--project", str(number), "--unit", project.lead_unit.short_name)
        said = (
            f"所列{len(owed)}项待办手续" + (f"（其中{late}项已超过办理时限）" if late else "") + "，及时协调"
        )
        assert said in words_of(made["path"])
