"""The 一次性告知书: every paper that an application lacks at once, issued by the approving unit, and not twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docgen.model.approval import Approval
from docgen.model.values import ListStage
from docgen.standard.build.estimate import pages
from docgen.standard.wording.text import official_date
from tests.documents.conftest import TODAY, Asking, sample
from tests.documents.papers import assert_clean, drafted, words_of


def lacking() -> list[Approval]:
    """Return the applications of the own level that lack papers."""
    return [
        each
        for each in sample().of(Approval)
        if each.submitted
        and each.missing
        and each.state.pending
        and each.project.stage is not ListStage.REMOVED
        and each.unit.level is sample().mechanism.level
    ]


def test_each_application_gets_one_sheet_with_all_papers_where_how_and_by_when(
    workspace: Path, docgen
) -> None:
    made = drafted(docgen, "one-time", "--all")
    wanted = {(each.project.number, each.item.name): each for each in lacking()}
    assert len(made) == len(wanted) > 5
    by_day = official_date(Asking("one-time").facts.calendar.after(TODAY, 10))
    for document in made:
        words = words_of(document["path"])
        number, item = int(Path(document["path"]).stem.split("-")[0]), document["path"].rsplit("-")[-1][:-5]
        approval = wanted.pop((number, item))
        assert f"缺少下列{len(approval.missing)}项材料" in words
        for said in (
            f"{approval.unit.name}一次性告知书",
            approval.project.owner,
            approval.project.name,
            approval.project.code or "尚未赋予",
            approval.item.basis,
            approval.unit.address,
            official_date(approval.submitted),
            approval.responsible,
            "申请人签收",
            *approval.missing,
        ):
            assert str(said) in words
        assert ("行政许可法" in words) == ("行政许可专用章" in words) == bool(approval.item.permits)
        assert ("容缺承诺" in words) == bool(approval.deferred)
        assert (f"请于{by_day}前（10个工作日内）" in words) == (not approval.deferred)
        if approval.deferred_until:
            assert f"请于{official_date(approval.deferred_until)}前报送" in words
        assert "代章" not in words
        assert pages(Path(document["path"]).read_bytes()) == 1
    assert not wanted
    assert_clean(docgen, *(each["path"] for each in made))


def test_the_host_unit_is_served_as_any_other_and_superior_units_are_not(asking) -> None:
    addressees = {each.addressee for each in asking("one-time").all().drafts}
    host = sample().mechanism.host_unit
    assert any(each.unit is host for each in lacking())
    assert addressees == {each.unit.short_name for each in lacking()}


def test_a_second_notice_that_adds_papers_names_only_them_and_warns(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    drafted(docgen, "one-time", "--project", "12")
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    rows = [row for row in lacking() if row.project.number == 12]
    assert [each.missing for each in rows] == [("洪水影响评价报告",)]
    row = rows[0].origin.row if rows[0].origin else 0

    import openpyxl

    path = workspace / "data" / "手续.xlsx"
    workbook = openpyxl.load_workbook(path)
    cells = workbook["手续"]
    column = next(each.column for each in cells[2] if each.value == "缺少要件")
    cells.cell(row, column).value = "洪水影响评价报告、专家评审意见"
    workbook.save(path)
    ran = docgen("one-time", "--all", "--unit", "县水利局")
    assert ran.code == 0
    assert "2026年3月16日已有一次性告知书（1号），这次又增加了材料" in ran.err
    (second,) = (workspace / "out/2026/一次性告知书/草稿").glob("012-县水利局-洪水影响评价-*.docx")
    words = words_of(second)
    assert "专家评审意见" in words
    assert "洪水影响评价报告" not in words


def test_an_item_without_article_is_named_with_its_cell(
    workspace: Path, docgen, edit: Callable[..., None]
) -> None:
    edit("事项", 22, "依据", None)
    ran = docgen("one-time", "--all")
    assert ran.code == 1
    assert "「依据」" in ran.err
    assert "取水许可" not in "".join(each.name for each in (workspace / "out").rglob("*.docx"))


def test_papers_that_say_nothing_are_asked_about(workspace: Path, docgen, edit: Callable[..., None]) -> None:
    import openpyxl

    path = workspace / "data" / "手续.xlsx"
    workbook = openpyxl.load_workbook(path)
    for row in workbook["手续"].iter_rows(min_row=3):
        for cell in row:
            if cell.value == "专家评审意见、弃渣场选址意见":
                cell.value = "专家评审意见、其他相关材料"
    workbook.save(path)
    assert "写了“其他相关材料”，看不出是什么材料，请写明名称" in docgen("check").err


def test_without_applications_that_lack_papers_there_is_none_and_it_says_so(workspace: Path, docgen) -> None:
    ran = docgen("one-time", "--all", "--unit", "县文旅局")
    assert ran.code == 0
    assert "按所选的单位（县文旅局），没有已经申报、缺少要件而没有告知的手续，不用一次性告知" in ran.err
