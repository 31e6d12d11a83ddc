"""`docgen report` from the sample: to an organ above, to the heads as persons, of projects and of matters."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.cli.main import run
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.rules.matters import is_listed
from docgen.sheets.reading.reader import read_folder
from docgen.workspace import Workspace
from tests.conftest import set_row

PERIOD = "2026-03上半月"
MANY, BEGIN, END = "2025-12上半月", date(2025, 12, 1), date(2025, 12, 15)


@pytest.fixture
def records(workspace: Path) -> Records:
    reading = read_folder(workspace / "data", "data")
    assert reading.records is not None
    return reading.records


def said(capsys: pytest.CaptureFixture[str], *arguments: str, by: str = "陶映雪") -> Any:
    capsys.readouterr()
    code = run(["--json", "--date", "2026-03-16", "--by", by, *arguments])
    return json.loads(capsys.readouterr().out) | {"code": code}


def drafted(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Path]:
    found = said(capsys, *arguments)
    assert found["code"] == 0
    return [Path(each["path"]) for each in found["documents"]]


def words_of(path: Path) -> str:
    """Return the words of a document, those of its boxes once."""
    body = docx.Document(str(path)).element.body
    return "\n".join(
        "".join(each.xpath("./w:r/w:t/text()"))
        for each in body.iter("{*}p")
        if not any(one.tag.endswith("}Fallback") for one in each.iterancestors())
    )


def figures_in(words: str) -> list[str]:
    shapes = r"应办手续\d+项，已办结\d+项|手续办结率[\d.]+%|项目办结率[\d.]+%|\d+项手续超过办理时限"
    return re.findall(shapes, words)


def test_report_and_bulletin_of_a_period_show_the_same_figures_to_an_organ_and_to_persons(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    report, brief = (words_of(each) for each in drafted(capsys, "report", "--period", PERIOD))
    (bulletin,) = drafted(capsys, "bulletin", "--period", PERIOD)
    assert figures_in(report) == figures_in(brief) == figures_in(words_of(bulletin))
    assert len(figures_in(report)) == 4
    assert "签发人：万里舟" in report
    assert "\n澄湖县人民政府：\n" in report
    assert report.count("特此报告。") == 1
    assert "特此报告" not in brief
    assert not re.search("请示|请予|恳请|批准", report + brief)
    day = date(2026, 3, 16)
    heads = [each for each in records.people if {"总召集人", "副召集人"} & set(records.roles_of(each, day))]
    reported = next(each for each in brief.splitlines() if each.startswith("报："))
    assert len(heads) > 3
    assert all(f"{each.name}同志" in reported for each in heads)
    assert "：" not in brief.partition("一、")[0]  # no addressee


def test_the_host_unit_reports_where_the_office_may_not(
    workspace: Path, set_setting: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.is_dir()
    set_setting("报告", "行文名义", "承办单位")
    (path,) = drafted(capsys, "draft", "报告", "--period", PERIOD)
    words = words_of(path)
    assert "澄湖县发展和改革委员会文件" in words[:60]
    assert "代章" not in words
    assert "澄湖县重大项目联审联批工作机制办公室" not in words


def test_a_project_has_its_own_brief_with_every_approval_and_open_matter(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = drafted(capsys, "report", "--project", "8")
    project = records.find_project("8")
    words = words_of(path)
    needed = [each for each in records.approvals_of(project) if each.state.value != "无需办理"]
    counted = [each for each in needed if each.item.counted]
    done, others = sum(each.state.value == "办结" for each in counted), len(needed) - len(counted)
    assert others
    beside = sum(each.state.value == "办结" for each in needed if not each.item.counted)
    assert beside
    assert (
        f"应办手续{len(counted)}项，已办结{done}项，另有{others}项不计入办结率（已办结{beside}项）" in words
    )
    standing = said(capsys, "status", "--project", "8")["by_approval"]
    assert (standing["done"], standing["needed"]) == (done, len(counted))
    assert all(each.item.name in words for each in needed)
    for each in records.linking(Bottleneck, "project", project):
        assert (each.question in words) is each.state.is_open


def test_of_a_project_with_all_approvals_done_nobody_is_reminded(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    def is_done(project: Project) -> bool:
        return all(each.state.value in ("办结", "无需办理") for each in records.approvals_of(project))

    listed = [each for each in records.of(Project) if each.stage.value == "终稿"]
    done, open_ = next(filter(is_done, listed)), next(each for each in listed if not is_done(each))
    for project, words in ((done, "已全部办结，县联审联批办将会同"), (open_, "已全部办结")):
        (path,) = drafted(capsys, "report", "--project", str(project.number))
        assert (words in words_of(path)) is (project is done)


def test_a_question_whose_approval_is_done_is_left_to_be_struck_off_and_asked_of_nobody(
    workspace: Path, records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    question = next(
        each
        for each in records.of(Bottleneck)
        if each.project and each.item and each.unit and each.state.value == "推进中" and each.deadline
    )
    done = {
        "状态": "办结",
        "办结日期": date(2026, 3, 12),
        "申报日期": date(2026, 2, 2),
        "受理日期": date(2026, 2, 3),
    }
    assert question.project is not None
    assert question.item is not None
    where = {"项目": question.project.number, "审批事项": question.item.name}
    for header, value in done.items():
        set_row(workspace / "data" / "手续.xlsx", "手续", where, header, value)
    (path,) = drafted(capsys, "report", "--project", str(question.project.number))
    trouble, _, next_steps = words_of(path).partition("二、存在问题\n")[2].partition("三、下一步工作\n")
    assert question.question not in trouble
    assert f"“{question.question}”涉及的手续已经办结，由" in next_steps
    (path,) = drafted(capsys, "report", "--item", question.number)
    assert f"涉及的{question.item.name}已经办结，该问题待核实销号。" in words_of(path)
    slips = drafted(capsys, "slip", "--all")
    assert slips
    assert not [each for each in slips if each.name.startswith(question.number)]


def test_a_matter_has_a_brief_that_is_signed_as_an_issue(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = drafted(capsys, "report", "--item", "问2026-009")
    matter = next(each for each in records.of(Bottleneck) if each.number == "问2026-009")
    words = words_of(path)
    assert matter.unit is not None
    assert all(str(each) in words for each in (matter.question, matter.measure, matter.unit.short_name))
    for by, step in (("方知远", "review"), ("万里舟", "sign")):
        assert said(capsys, "doc", step, "1", by=by)["code"] == 0
    (final,) = (each for each in Path("out/2026/问题专报").glob("*1号/*.docx") if each.stem != "送签稿")
    assert "第1期" in words_of(final)
    assert said(capsys, "lint", str(final))["code"] == 0
    assert said(capsys, "verify")["code"] == 0


def test_many_approvals_that_were_done_are_told_by_item_and_few_one_by_one(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    """A leader reads how many of what, not a page of names."""
    (many, _), (few, _) = (drafted(capsys, "report", "--period", each) for each in (MANY, PERIOD))
    done = [each for each in records.of(Approval) if each.done and BEGIN <= each.done <= END]
    counted = [each.item for each in done if each.item.counted and is_listed(each.project)]
    items = Counter(sorted(counted, key=lambda each: each.order))
    listed = "、".join(f"{each.name}{count}项" for each, count in items.items())
    assert f"一是办结手续{len(counted)}项：{listed}。" in words_of(many)
    assert re.search("一是办结手续[1-5]项：.*项目.*、.*项目", words_of(few))


def test_serials_of_one_office_have_mastheads_of_their_own(
    workspace: Path,
) -> None:
    """Each has issues from 1; under one masthead a reader would find three of the first."""
    kinds = Workspace.find(workspace).catalogue
    marks = [
        next(each.default for each in kinds.titled(name).settings if each.name == "刊名")
        for name in ("专报", "项目专报", "问题专报", "工作通报")
    ]
    assert len(set(marks)) == len(marks)


def test_what_is_the_only_thing_told_of_a_project_has_no_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """（一） stands where （二） follows, in each report of a project and part by part."""
    seen = set()
    for path in drafted(capsys, "draft", "项目专报", "--all"):
        trouble = words_of(path).partition("二、存在问题\n")[2].partition("三、")[0]
        assert ("（一）" in trouble) is ("（二）" in trouble), path.name
        seen.add("（一）" in trouble)
    assert seen == {True, False}
