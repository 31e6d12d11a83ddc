"""挂牌督办通知书 and 解除挂牌督办通知书: one matter each, its facts, real dates, the reply form; when it is lifted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked
from docgen.documents.identity import MadeFor, component_of
from docgen.documents.issued import Issued, Paper
from docgen.documents.labels.views import tree_of
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.schema import BUILT_IN
from docgen.model.supervision import Supervision
from docgen.model.values import ListStage, SupervisionKind
from docgen.sheets.reading.reader import read_folder
from tests.conftest import set_row
from tests.documents.papers import assert_whole_life, drafted

TODAY = date(2026, 3, 16)
SAID = ("事项", "情况", "目标", "证明", "答复期限", "办结期限", "延期期限")
DAYS = {"答复期限": "2026年3月19日", "延期期限": "2026年4月7日", "办结期限": "2026年4月14日"}


def late_by(ask, day: date) -> int:
    return sum(ask.facts.calendar.is_working(date.fromordinal(each))
               for each in range(day.toordinal() + 1, TODAY.toordinal() + 1))  # fmt: skip


def listed(ask, approval: Approval) -> bool:
    return any(
        each.project is approval.project and each.item is approval.item
        and each.kind is SupervisionKind.LISTED and each.state.value not in ("已确认", "已解除")
        for each in ask.records.of(Supervision)
    )  # fmt: skip


def test_each_approval_that_is_late_by_the_setting_and_not_yet_listed_gets_a_notice_with_its_facts(
    asking,
) -> None:
    ask = asking("supervise")
    mechanism = ask.records.mechanism
    wanted = {}
    for each in ask.records.of(Approval):
        day = ask.facts.standing(each).deadline.day
        own = each.unit.level is mechanism.level and each.unit is not mechanism.host_unit
        owed = each.project.stage is ListStage.FINAL and each.state.pending and own
        if owed and day and day < TODAY and late_by(ask, day) >= 10 and not listed(ask, each):
            wanted[f"{each.project.number:03}-{each.unit.short_name}-{each.item.name}"] = (each, day)
    made = {each.file_name: each for each in ask.all().drafts}
    assert sorted(made) == sorted(wanted)
    assert len(wanted) > 5
    for name, (each, day) in wanted.items():
        shown = ask.show(made[name], *SAID)
        assert shown["事项"] == each.project.name + each.item.name
        assert f"（重大项目清单第{each.project.number}号）的{each.item.name}由你单位办理" in shown["情况"]
        assert f"办理时限为{day.year}年{day.month}月{day.day}日" in shown["情况"]
        assert f"已超期{late_by(ask, day)}个工作日" in shown["情况"]
        assert {label: shown[label] for label in DAYS} == DAYS


@pytest.mark.parametrize(
    ("start", "state", "said"),
    [
        ("2026年5月", "未开工", "；项目计划2026年5月开工，该手续不办结将影响按期开工。"),
        ("2026年2月", "未开工", "；项目原计划2026年2月开工，该手续没有办结，已经影响开工。"),
        ("2026年2月", "已开工", "个工作日。"),
    ],
)
def test_what_a_late_approval_does_to_the_start_is_said_as_it_stands(
    workspace: Path, asking, start: str, state: str, said: str
) -> None:
    """A start that is still ahead will be held up, one that is past has been; nothing of it once work has begun."""
    first = asking("supervise").all().drafts[0].file_name
    book = workspace / "data" / "项目.xlsx"
    for header, value in (("计划开工", start), ("项目状态", state)):
        set_row(book, "项目", {"序号": int(first[:3])}, header, value)
    ask = asking("supervise", read_folder(workspace / "data", "data", (), BUILT_IN).records)
    (draft,) = (each for each in ask.all().drafts if each.file_name == first)
    assert ask.show(draft, "情况")["情况"].endswith(said)


def test_a_stuck_bottleneck_is_supervised_too_unless_it_is_listed_already(workspace: Path, asking) -> None:
    book = workspace / "data" / "问题.xlsx"
    set_row(book, "问题", {"编号": "问2026-010"}, "完成时限", date(2026, 2, 27))
    ask = asking("supervise", read_folder(workspace / "data", "data", (), BUILT_IN).records)
    made = [each for each in ask.all().drafts if each.file_name.startswith("问")]
    assert [each.file_name for each in made] == [
        "问2026-010-县生态环境分局"
    ]  # 问2026-009 stands under 督办〔2026〕003号
    stuck = ask.records.find_named(Bottleneck, "问2026-010")
    shown = ask.show(made[0], *SAID)
    late = late_by(ask, date(2026, 2, 27))
    assert (
        f"由你单位负责解决：{stuck.question}。解决时限为2026年2月27日，截至2026年3月16日已超期{late}个工作日"
        in shown["情况"]
    )
    assert f"个工作日，进展：{stuck.progress}。" in shown["情况"]
    assert made[0].addressee == "县生态环境分局"


def test_documents_that_told_the_unit_before_are_named_with_day_and_number(asking) -> None:
    ask = asking("supervise")
    approval = next(each for each in ask.records.of(Approval)
                    if (each.project.number, each.item.name) == (8, "水土保持方案"))  # fmt: skip
    things = (component_of(approval),)
    papers = (
        Paper(1, "任务交办单", "任务交办单", "澄联审办交〔2026〕4号", date(2026, 2, 3), things=things),
        Paper(2, "催办函", "催办", "澄联审办函〔2026〕9号", date(2026, 2, 24), things=things),
    )
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: papers))
    (draft,) = [each for each in drafts(ask.kind, facts, Asked(projects=(approval.project,))).drafts
                if "水土保持方案" in each.file_name]  # fmt: skip
    said = draft.compute(TODAY, tree_of(f"前函[].{label}" for label in ("日期", "文种", "文号", "方式")))[
        "前函"
    ]
    assert [tuple(each[name] for name in ("日期", "文种", "文号", "方式")) for each in said] == [
        ("2026年2月3日", "任务交办单", "澄联审办交〔2026〕4号", "交办"),
        ("2026年2月24日", "催办函", "澄联审办函〔2026〕9号", "催办"),
    ]


@pytest.mark.parametrize(("kind", "closing"), [("复函", "特此函复。"), ("报告", "特此报告。")])
def test_the_reply_is_a_form_with_a_control_for_each_of_the_five_points(
    workspace: Path, docgen, set_setting, kind: str, closing: str
) -> None:
    import docx
    from docx.oxml.ns import qn

    set_setting("挂牌督办通知书", "答复文种", kind)
    (made,) = json.loads(docgen("--json", "supervise", "--project", "8").out)["documents"]
    document = docx.Document(made["path"])
    words = [each.text for each in document.paragraphs]
    assert f"挂牌督办事项办理情况{kind}" in words
    assert closing in words
    names = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:alias"))]
    assert {"办理措施", "责任单位", "责任领导", "责任人", "完成时限"} <= set(names)
    text = "".join(words)
    assert "请于收到本通知书后3个工作日内（2026年3月19日前）书面答复我办" in text
    linted = docgen("lint", made["path"])
    assert (linted.code, "错误" in linted.out, "警告" in linted.out) == (0, False, False)


def test_a_notice_is_made_once_and_not_signed_when_its_day_of_reply_has_come(workspace: Path, docgen) -> None:
    assert workspace.is_dir()
    assert docgen("supervise", "--project", "8").code == 0
    assert docgen("--date", "2026-03-16", "--by", "方知远", "doc", "review", "1").code == 0
    late = docgen("--date", "2026-03-19", "--by", "万里舟", "doc", "sign", "1")
    assert (late.code, "答复期限" in late.err) == (3, True)
    assert docgen("--date", "2026-03-17", "--by", "万里舟", "doc", "sign", "1").code == 0
    again = docgen("--date", "2026-05-15", "supervise", "--project", "8", "--unit", "县水利局")
    assert "不再改动" in again.err
    assert "012" not in again.out


def lifted(docgen, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(docgen("--json", "draft", "解除挂牌督办通知书", *words).out)[
        "documents"
    ]
    return found


def test_what_the_office_confirmed_or_lifted_gets_a_notice_that_lifts_it(
    workspace: Path, docgen, asking
) -> None:
    import docx

    assert workspace.is_dir()
    wanted = [each for each in asking("supervise").records.of(Supervision)
              if each.kind is SupervisionKind.LISTED and each.state.value in ("已确认", "已解除")]  # fmt: skip
    (row,) = wanted
    (made,) = lifted(docgen, "--all")
    assert made["addressee"] == row.unit.short_name
    text = "".join(each.text for each in docx.Document(made["path"]).paragraphs)
    day, due, done = row.issued, row.due, row.confirmed
    assert f"{day.year}年{day.month}月{day.day}日，我办对{row.matter}挂牌督办，" in text
    assert f"要求你单位于{due.year}年{due.month}月{due.day}日前办结。" in text
    assert f"已于{done.year}年{done.month}月{done.day}日确认办结，现解除挂牌督办。" in text
    refused = docgen("draft", "解除挂牌督办通知书", "--item", "督办〔2026〕003号")
    assert (refused.code, "状态" in refused.err) == (3, True)


def test_the_lifting_notice_names_the_notice_that_it_lifts(asking) -> None:
    ask = asking("解除挂牌督办通知书")
    (draft,) = ask.all().drafts
    row = ask.records.find_named(Supervision, "督办〔2026〕006号")
    matter = next(each for each in ask.records.of(Approval)
                  if each.project is row.project and each.item is row.item)  # fmt: skip
    notice = Paper(3, "挂牌督办通知书", "挂牌督办通知书", "澄联审办督〔2026〕2号", date(2026, 2, 27),
                   things=(component_of(matter),))  # fmt: skip
    facts = Facts(ask.records, TODAY, issued=Issued(lambda: (notice,)))
    (draft,) = drafts(ask.kind, facts, Asked(everything=True)).drafts
    assert draft.compute(TODAY, {"督办文号": {}}) == {"督办文号": "澄联审办督〔2026〕2号"}
    assert MadeFor.read(draft.made_for).things[0][0].name == "督办〔2026〕006号"


def test_whoever_issues_a_notice_is_told_of_the_row_that_the_ledger_lacks(workspace: Path, docgen) -> None:
    """Replies and lifting are kept in that row; where it stands already, nothing is said."""
    drafted(docgen, "supervise", "--project", "4")
    assert_whole_life(docgen)
    words = "督办台账里还没有这件事，请在督办表加一行"
    assert words in docgen("doc", "issue", "1").err
    (about,) = [
        each["about"]
        for each in json.loads(docgen("--json", "doc", "list").out)["documents"]
        if each["id"] == 2
    ]
    project, item, _ = about.split(" ")
    row = {"督办方式": "挂牌督办", "督办事项": "加快办理", "项目": project, "审批事项": item, "状态": "待处理",
           "承办单位": "县自然资源局", "下发日期": "2026-03-16", "办理时限": "2026-04-14"}  # fmt: skip
    for header, value in row.items():
        set_row(workspace / "data" / "督办.xlsx", "督办", {"编号": "督办〔2026〕099号"}, header, value)
    issued = docgen("doc", "issue", "2")
    assert (issued.code, words in issued.err) == (0, False)
