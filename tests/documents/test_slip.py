"""The 任务交办单: due approvals and deferred prerequisites, one page, filled in and returned."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.documents.identity import MadeFor
from docgen.model.approval import Approval
from tests.documents.conftest import records_in


def kinds_of(draft) -> str:
    return MadeFor.read(draft.made_for).group[-1].keys[0][1]


def test_due_approvals_and_deferred_prerequisites_each_get_a_slip(asking) -> None:
    ask = asking("slip")
    drafting = ask.all()
    found = {kinds_of(each) for each in drafting.drafts}
    assert found >= {"手续", "容缺要件"}
    deferred = [
        each
        for each in ask.records.of(Approval)
        if each.deferred and each.missing and each.state.pending and each.project.stage.value == "终稿"
    ]
    own = [each for each in deferred if each.unit.level is ask.records.mechanism.level]
    assert sum(kinds_of(each) == "容缺要件" for each in drafting.drafts) == len(own)


def test_a_slip_says_who_takes_charge_who_helps_what_and_by_when(asking) -> None:
    ask = asking("slip")
    draft = next(each for each in ask.all().drafts if kinds_of(each) == "手续")
    shown = ask.show(draft, "承办", "协办", "任务", "要求", "时限")
    assert shown["承办"] == draft.receivers
    assert "尚未申报" in shown["任务"] or "正在补正" in shown["任务"] or "已受理" in shown["任务"]
    assert "个工作日" in shown["时限"]


def test_a_deferred_prerequisite_names_the_papers_that_are_missing(asking) -> None:
    ask = asking("slip")
    draft = next(each for each in ask.all().drafts if kinds_of(each) == "容缺要件")
    project, item, _ = (part.keys[-1][1] for part in MadeFor.read(draft.made_for).things[0])
    approval = next(
        each for each in ask.records.of(Approval) if (each.project.name, each.item.name) == (project, item)
    )
    shown = ask.show(draft, "任务")["任务"]
    assert "、".join(approval.missing) in shown
    assert draft.file_name.endswith("-容缺")


def test_who_gets_a_copy_of_a_slip_stands_on_it_above_the_place_to_sign(
    workspace: Path, set_kind, docgen
) -> None:
    from tests.documents.papers import drafted

    set_kind("任务交办单", "抄送", "县政府督查室")
    refused = docgen("slip", "--all")
    assert refused.code
    assert refused.err.count("“县政府督查室”不是单位") == 1  # for all that slips are made for
    set_kind("任务交办单", "抄送", "'县政府督查室'、县水利局")
    for unit, copies in (("县林草局", "县水利局"), ("县水利局", None)):
        made = drafted(docgen, "slip", "--all", "--unit", unit)
        for each in made:
            rows = [[cell.text for cell in row.cells] for row in docx.Document(each["path"]).tables[0].rows]
            labels = [row[0] for row in rows]
            assert labels[-2:] == ["抄送", "交办单位"]
            assert "督查室" in rows[-2][1]
            assert (copies is not None) == ("澄湖县水利局" in rows[-2][1])


def test_a_template_that_does_not_name_who_gets_copies_is_said_to(workspace: Path, docgen) -> None:
    path = workspace / "templates" / "docx" / "任务交办单.docx"
    document = docx.Document(str(path))
    rows = list(document.tables[0]._tbl.tr_lst)
    at = next(place for place, row in enumerate(rows) if "if 抄送" in "".join(row.itertext()))
    for row in rows[at : at + 3]:  # the condition, the row, its end
        row.getparent().remove(row)
    document.save(str(path))
    ran = docgen("slip", "--all", "--unit", "县水利局")
    assert ran.code == 0, ran.err
    assert ran.err.count("模板中没有“抄送”这个字段") == 1
    assert "模板中没有“抄送”" not in docgen("minutes", "--all").err


def test_one_slip_for_each_unit_lists_its_matters_by_number(workspace: Path, set_kind, asking) -> None:
    from docgen.model.schema import BUILT_IN
    from docgen.sheets.reading.reader import read_folder

    set_kind("任务交办单", "合并方式", "按单位")
    records = read_folder(workspace / "data", "data", (), BUILT_IN).records
    ask = asking("slip", records)
    drafting = ask.all()
    keys = [(each.addressee, kinds_of(each)) for each in drafting.drafts]
    assert len(keys) == len(set(keys))
    many = next(each for each in drafting.drafts if len(MadeFor.read(each.made_for).things) > 1)
    shown = ask.show(many, "任务", "时限")
    lines = shown["任务"].split("\n")
    assert [line.partition(".")[0] for line in lines] == [str(place) for place in range(1, len(lines) + 1)]
    assert len(lines) == len(MadeFor.read(many.made_for).things)


def test_many_slips_are_told_how_few_another_way_makes_until_a_way_is_chosen(
    workspace: Path, set_kind, asking
) -> None:
    def told(records: Any) -> tuple[int, list[str]]:
        found = asking("slip", records).all()
        return len(found.drafts), [each.text for each in found.advices if each.code == "fewer-by-another-way"]

    many, (words,) = told(records_in(workspace))
    set_kind("任务交办单", "合并方式", "按单位")
    few, silent = told(records_in(workspace))
    assert words == f"任务交办单共{many}件；“文种”表的“合并方式”选“按单位”，合成{few}件"
    set_kind("任务交办单", "合并方式", "逐项")
    assert (silent, told(records_in(workspace))) == ([], (many, []))


def test_matters_with_days_of_their_own_are_named_by_their_numbers() -> None:
    from docgen.documents.more.slip import _limits

    early, late = "2026年1月31日前（已超期27个工作日，请即办理）", "2026年3月20日前（剩余4个工作日）"
    assert _limits([early, late, early]) == f"第1、3项：{early}；\n第2项：{late}"
    assert _limits([early, early]) == early


def test_late_matters_say_by_how_many_working_days(asking) -> None:
    ask = asking("slip")
    late = [
        each
        for each in ask.all().drafts
        if kinds_of(each) == "手续" and "已超期" in ask.show(each, "时限")["时限"]
    ]
    assert late
    assert all("请即办理" in ask.show(each, "时限")["时限"] for each in late)


@pytest.mark.parametrize("way", ["逐项", "按单位"])
def test_a_rendered_slip_has_one_page_and_room_to_return_it(
    workspace: Path, docgen, set_kind, way: str
) -> None:
    import json

    import docx

    from docgen.standard.build.estimate import pages

    set_kind("任务交办单", "合并方式", way)
    ran = docgen("--json", "slip", "--all", "--unit", "县水利局", "--unit", "县自然资源局")
    assert ran.code == 0, ran.err
    documents = json.loads(ran.out)["documents"]
    assert documents
    for each in documents:
        data = Path(each["path"]).read_bytes()
        assert pages(data) == 1, each["path"]
        cells = [
            cell.text
            for table in docx.Document(each["path"]).tables
            for row in table.rows
            for cell in row.cells
        ]
        assert {"办理结果", "经办人", "联系电话"} <= {text.strip() for text in cells}
        assert "澄联审办交〔2026〕　号" in "".join(
            part.text for part in docx.Document(each["path"]).paragraphs
        )


def test_a_slip_may_come_again_after_the_days_that_are_set(asking) -> None:
    from tests.documents.test_identity import signed

    first = asking("slip").all().drafts
    earlier = tuple(signed(each, id=place) for place, each in enumerate(first))
    assert asking("slip").all(earlier).drafts == []
    later = asking("slip", None, date(2026, 4, 20)).all(earlier).drafts
    assert len(later) >= len(first) - 1
