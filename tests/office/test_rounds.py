"""A round of a period: workbooks go out to units, come back changed, are put together, applied and taken back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from docgen.cli.main import run
from tests.conftest import set_row

PERIOD = "2026-03中旬"
NAME = "2026年3月中旬"
DAY = "2026-03-16"
Said = Callable[..., Any]
Begin = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], begin: Begin) -> Said:
    """Run a command in a workspace whose sheets were handed out, and return its JSON value."""

    def call(*arguments: str | Path, day: str = DAY) -> Any:
        capsys.readouterr()
        run(["--json", "--date", day, "--by", "陶映雪", *map(str, arguments)])
        return json.loads(capsys.readouterr().out)

    units = ("--unit", "县水利局", "--unit", "县林草局")
    begin("handed", lambda: call("sheets", "hand-out", "--period", PERIOD, "--to", "下发件", *units))
    return call


def fill(path: Path, sheet: str, key: tuple[str, ...], cells: Mapping[str, object], to: Path) -> Path:
    """Write cells of one row of a handed-out workbook, found by its first cells, into a new file."""
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    columns = {str(each.value).split("（")[0]: each.column for each in rows[3]}
    row = next(
        number
        for number in range(4, rows.max_row + 1)
        if tuple(str(rows.cell(number, at).value) for at in range(1, len(key) + 1)) == key
    )
    for label, value in cells.items():
        rows.cell(row, columns[label]).value = value
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return to


def handed(workspace: Path, unit: str) -> Path:
    return workspace / "下发件" / f"{unit}-{NAME}.xlsx"


def returned(workspace: Path, name: str = "水利.xlsx", **cells: object) -> Path:
    """The water bureau's return of an approval that it has accepted."""
    path = handed(workspace, "县水利局")
    return fill(path, "手续", ("7", "水土保持方案"), cells, workspace / "报回" / name)


def row_of(path: Path, sheet: str, key: tuple[object, ...]) -> dict[str, Any]:
    book = openpyxl.load_workbook(path)
    head = [str(each.value).split("（")[0] for each in book[sheet][2]]
    values = (
        dict(zip(head, row, strict=False)) for row in book[sheet].iter_rows(min_row=3, values_only=True)
    )
    return next(each for each in values if tuple(each.values())[: len(key)] == key)


def sheets(workspace: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace / "data").glob("*.xlsx")}


def test_each_unit_is_handed_its_own_rows_only(workspace: Path, said: Said) -> None:
    """A unit finds the approvals that it decides or whose project it leads, and no others."""
    book = openpyxl.load_workbook(handed(workspace, "县林草局"))
    assert book.sheetnames[0] == "填表说明"
    head = [each.value for each in book["手续"][3]]
    units, projects = (
        {row[head.index(label)] for row in book["手续"].iter_rows(min_row=4, values_only=True)}
        for label in ("审批单位", "项目名称")
    )
    assert "县林草局" in units
    leads = {row_of(workspace / "data/项目.xlsx", "项目", (n,))["项目名称"] for n in (1, 2)}
    assert not leads & projects


def test_the_list_of_projects_is_handed_out_without_a_word_of_one_mechanism(
    workspace: Path, said: Said
) -> None:
    """Which projects they are, 重大 or 重点, each mechanism calls by its own word."""
    book = openpyxl.load_workbook(handed(workspace, "县水利局"))
    assert book["项目"]["A1"].value == f"{NAME}项目清单"


def test_the_page_on_filling_in_lies_beside_the_workbooks(workspace: Path, said: Said) -> None:
    """It is the office's own, stays where somebody has put another, and is left out where there is none."""
    page = workspace / "下发件" / "填报说明.docx"
    assert page.read_bytes() == (workspace / "templates" / "填报说明.docx").read_bytes()
    page.write_bytes(b"other")
    assert said("sheets", "hand-out", "--period", "2026-03下旬", "--to", "下发件")["page"] is None
    assert page.read_bytes() == b"other"
    (workspace / "templates" / "填报说明.docx").unlink()
    assert (
        said("sheets", "hand-out", "--period", "2026-04上旬", "--to", "四月", "--unit", "县水利局")["page"]
        is None
    )
    assert not (workspace / "四月" / "填报说明.docx").exists()


def test_a_day_of_return_that_is_over_is_told_when_it_is_handed_out(said: Said) -> None:
    """A year or a month typed wrongly would make all of them late; a day to come needs no word."""
    words = ("sheets", "hand-out", "--period", "2026-03中旬", "--unit", "县水利局", "--due")
    past = said(*words, "2025-03-20", "--to", "旧")
    assert [each["code"] for each in past["advices"]] == ["due-past"]
    assert "2025年3月20日已经过了" in past["advices"][0]["text"]
    assert said(*words, "2026-03-20", "--to", "新")["advices"] == []


def test_only_what_a_unit_fills_in_is_unlocked(workspace: Path, said: Said) -> None:
    """Key columns and those of other units are locked in a protected sheet; the unit's own are free."""
    sheet = openpyxl.load_workbook(handed(workspace, "县水利局"))["手续"]
    columns = {each.value: each.column for each in sheet[3]}
    row = next(n for n in range(4, 60) if sheet.cell(n, 1).value == 7)
    locked = {label: sheet.cell(row, at).protection.locked for label, at in columns.items()}
    assert sheet.protection.sheet
    assert [locked[each] for each in ("项目", "审批事项", "审批单位")] == [True, True, True]
    assert [locked[each] for each in ("状态", "办结日期")] == [False, False]


def test_workbooks_returned_as_they_were_change_nothing(workspace: Path, said: Said) -> None:
    """Collecting what nobody has edited finds returns and neither changes nor problems."""
    found = said("sheets", "collect", "下发件")
    assert (found["changes"], found["conflicts"], found["problems"], found["missing"]) == ([], [], [], [])
    assert [each["unit"] for each in found["returned"]] == ["县林草局", "县水利局"]


def test_collecting_alone_writes_nothing(workspace: Path, said: Said) -> None:
    """Without --apply the office's sheets stay as they are, byte for byte."""
    before = sheets(workspace)
    found = said("sheets", "collect", returned(workspace, 状态="办结", 办结日期="2026年3月18日"))
    changes = {each["field"]: (each["now"], each["said"]) for each in found["changes"]}
    assert changes == {"状态": ("已受理", "办结"), "办结日期": ("", "2026-03-18")}
    assert sheets(workspace) == before


def test_applied_changes_stand_in_the_sheets_and_the_return_is_entered(workspace: Path, said: Said) -> None:
    """With --apply the cells hold what was returned, the sheet 报送 the day, and the rest is what it was."""
    path = returned(workspace, 状态="办结", 办结日期="2026年3月18日")
    found = said("sheets", "collect", path, "--apply", day="2026-03-19")
    assert found["applied"]["books"] == ["手续.xlsx", "报送.xlsx"]
    row = row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))
    assert (row["状态"], f"{row['办结日期']:%Y-%m-%d}") == ("办结", "2026-03-18")
    entered = row_of(workspace / "data/报送.xlsx", "报送", ("县水利局", NAME))
    assert [f"{entered[each]:%m-%d}" for each in ("应报日期", "报送日期")] == ["03-20", "03-19"]
    assert said("check")["problems"] == []


def test_what_stands_beside_in_the_offices_workbook_survives(workspace: Path, said: Said) -> None:
    """Formulas, notes, colours, widths and other sheets of the office's workbook are kept when cells are written."""
    place = workspace / "data" / "手续.xlsx"
    book = openpyxl.load_workbook(place)
    book["手续"]["X1"] = "=COUNTA(A3:A400)"
    book["手续"]["Q80"].comment = Comment("电话核过", "陶映雪")
    book["手续"].column_dimensions["C"].width = 33
    book.create_sheet("附注")["A1"] = "=手续!X1"
    book.save(place)
    said("sheets", "collect", returned(workspace, 备注="已电话催办"), "--apply")
    kept = openpyxl.load_workbook(place)
    assert (kept["手续"]["X1"].value, kept["附注"]["A1"].value) == ("=COUNTA(A3:A400)", "=手续!X1")
    assert (kept["手续"]["Q80"].comment.text, kept["手续"].column_dimensions["C"].width) == ("电话核过", 33)


def test_undo_gives_the_same_bytes_back(workspace: Path, said: Said) -> None:
    """Taking an applied collection back leaves the sheets as they were before it; a second time there is nothing."""
    before = sheets(workspace)
    said("sheets", "collect", returned(workspace, 状态="办结", 办结日期="2026-3-18"), "--apply")
    assert sheets(workspace) != before
    assert said("sheets", "undo")["cells"] == 12
    assert sheets(workspace) == before
    assert [each["code"] for each in said("sheets", "undo")["problems"]] == ["undo-none"]


def test_undo_keeps_what_the_office_wrote_since(
    workspace: Path, said: Said, edit: Callable[..., None]
) -> None:
    """In a workbook saved since, only the cells that were written go back; one changed again is not touched."""
    unit = fill(
        handed(workspace, "县水利局"),
        "手续",
        ("7", "水土保持方案"),
        {"备注": "甲"},
        workspace / "报回" / "水.xlsx",
    )
    shutil.rmtree(workspace / "下发件")
    (workspace / "data" / "报送.xlsx").unlink()
    said("sheets", "collect", unit, "--apply")
    edit("手续", 7, "责任人", "范雨桐")
    assert said("sheets", "undo")["exit_code"] == 0
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["备注"] is None
    first = next(
        row for row in openpyxl.load_workbook(workspace / "data/手续.xlsx")["手续"].iter_rows(values_only=True)
        if row[0] == 7
    )  # fmt: skip
    assert "范雨桐" in first


def test_two_returns_that_differ_are_a_conflict_and_nothing_is_applied(workspace: Path, said: Said) -> None:
    """Two files with different words for one cell are listed for decision, and --apply is refused."""
    paths = (returned(workspace, "甲.xlsx", 状态="补正"), returned(workspace, "乙.xlsx", 状态="上报上级"))
    before = sheets(workspace)
    found = said("sheets", "collect", *paths, "--apply")
    assert [[each["said"] for each in one["said"]] for one in found["conflicts"]] == [["上报上级", "补正"]]
    assert [each["code"] for each in found["problems"]] == ["return-conflicts"]
    assert (found["exit_code"], sheets(workspace)) == (1, before)


def test_a_conflict_is_decided_in_the_sheet_that_lists_it(workspace: Path, said: Said) -> None:
    """Who is chosen in the column 采用 is right."""
    paths = (returned(workspace, "甲.xlsx", 状态="补正"), returned(workspace, "乙.xlsx", 状态="上报上级"))
    said("sheets", "collect", *paths, "--to", "核对")
    overview = workspace / "核对" / "变动和冲突.xlsx"
    book = openpyxl.load_workbook(overview)
    book["冲突"]["G3"] = "县水利局（甲.xlsx）"
    book.save(overview)
    found = said("sheets", "collect", *paths, "--decisions", overview, "--apply")
    assert found["problems"] == []
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["状态"] == "补正"


def test_what_was_decided_once_is_not_asked_again(workspace: Path, said: Said) -> None:
    """Collected again with those of other units, files that were overruled say nothing, whoever was right."""
    paths = (returned(workspace, "甲.xlsx", 状态="补正"), returned(workspace, "乙.xlsx", 状态="上报上级"))
    for chosen in ("县水利局（甲.xlsx）", "办公室"):
        said("sheets", "collect", *paths, "--to", f"核对{chosen}")
        overview = workspace / f"核对{chosen}" / "变动和冲突.xlsx"
        book = openpyxl.load_workbook(overview)
        book["冲突"]["G3"] = chosen
        book.save(overview)
        assert said("sheets", "collect", *paths, "--decisions", overview, "--apply")["applied"]["cells"] > 0
        again = said("sheets", "collect", *paths, handed(workspace, "县林草局"))
        assert (again["changes"], again["conflicts"]) == ([], [])
        said("sheets", "undo")
    assert len(said("sheets", "collect", *paths)["conflicts"]) == 1


def test_what_the_office_changed_meanwhile_is_a_conflict(workspace: Path, said: Said) -> None:
    """A cell that office and unit have both changed is decided by nobody; where they agree there is nothing to do."""
    set_row(workspace / "data/手续.xlsx", "手续", {"项目": 7, "审批事项": "水土保持方案"}, "备注", "已核")
    differs = said("sheets", "collect", returned(workspace, 备注="待核"))
    assert [(each["now"], each["said"][0]["said"]) for each in differs["conflicts"]] == [("已核", "待核")]
    agrees = said("sheets", "collect", returned(workspace, 备注="已核"))
    assert (agrees["conflicts"], agrees["changes"], agrees["settled"]) == ([], [], 1)


def test_the_same_file_twice_changes_nothing_the_second_time(workspace: Path, said: Said) -> None:
    """After applying, the same return is settled, and giving it twice at once counts it once."""
    path = returned(workspace, 备注="已电话催办")
    copy = Path(shutil.copy(path, workspace / "报回" / "副本.xlsx"))
    assert len(said("sheets", "collect", path, copy)["changes"]) == 1
    said("sheets", "collect", path, "--apply")
    before = sheets(workspace)
    again = said("sheets", "collect", path, "--apply")
    assert (again["changes"], again["settled"], sheets(workspace)) == ([], 0, before)


def test_a_second_return_of_a_unit_goes_on_from_its_first(workspace: Path, said: Said) -> None:
    """What a unit said in an applied return is no conflict when the unit itself says something else later."""
    said("sheets", "collect", returned(workspace, 备注="催过一次"), "--apply")
    found = said("sheets", "collect", returned(workspace, "二.xlsx", 备注="催过两次"), "--apply")
    assert (found["conflicts"], [each["said"] for each in found["changes"]]) == ([], ["催过两次"])


def test_problems_are_told_at_the_units_cell_and_sent_back_marked(workspace: Path, said: Said) -> None:
    """What cannot be read, and what the office's sheet would not take, is said at the returned cell, all at once."""
    path = returned(workspace, 状态="办结", 办结日期="上周", 责任人="=1+1")
    found = said("sheets", "collect", path, "--to", "核对", "--apply")
    places = sorted(each["message"].split("：")[0] for each in found["problems"] if "values" in each)
    assert places[0].startswith("水利.xlsx 手续!G")
    assert any(each.startswith("水利.xlsx 手续!Q") for each in places)
    assert (workspace / "核对" / "退回-县水利局-水利.xlsx").is_file()
    assert found["applied"] is None


def test_of_a_cell_that_cannot_be_read_it_is_not_said_too_that_it_is_blank(
    workspace: Path, said: Said
) -> None:
    """办结 with a day 力争11月底 is one problem of that cell, not a day that is none and a day that is missing."""
    found = said("sheets", "collect", returned(workspace, 状态="办结", 办结日期="力争11月底"))
    assert [each["code"] for each in found["problems"]] == ["cell-value"]


def test_a_rule_of_the_office_broken_by_a_return_is_told_there(workspace: Path, said: Said) -> None:
    """Done without a date passes in the unit's file alone but not in the office's sheet; the blank cell is named."""
    path = returned(workspace, 状态="办结")
    heads = openpyxl.load_workbook(path)["手续"][3]
    letter = next(each.column_letter for each in heads if each.value == "办结日期")
    found = said("sheets", "collect", path)
    assert [each["message"].split("：")[0] for each in found["problems"]] == [
        f"水利.xlsx 手续!{letter}11「办结日期」"
    ]


def test_the_good_part_is_applied_when_asked_for(workspace: Path, said: Said) -> None:
    """--partial leaves out what is at fault and writes the rest."""
    path = returned(workspace, 备注="已催", 办结日期="上周")
    found = said("sheets", "collect", path, "--apply", "--partial")
    assert found["applied"]["books"] == ["手续.xlsx", "报送.xlsx"]
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["备注"] == "已催"


def test_a_unit_raises_a_bottleneck_which_the_office_numbers(workspace: Path, said: Said) -> None:
    """A question in a blank row becomes a new row of 问题, with the next number, the unit and the day."""
    path = handed(workspace, "县水利局")
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    columns = {each.value: each.column for each in sheet[3]}
    row = next(n for n in range(4, 60) if sheet.cell(n, 1).value is None)
    for label, value in {"项目": 3, "问题": "取水口能否调整到坝下", "类别": "政策"}.items():
        sheet.cell(row, columns[label]).value = value
    book.save(path)
    found = said("sheets", "collect", path, "--apply")
    assert [each["question"] for each in found["raised"]] == ["取水口能否调整到坝下"]
    new = row_of(workspace / "data/问题.xlsx", "问题", ("问2026-026",))
    assert (new["提出单位"], new["来源"], new["状态"]) == ("县水利局", "单位报送", "新增")
    before = sheets(workspace)
    said("sheets", "collect", path, "--apply")
    assert sheets(workspace) == before


def test_a_total_below_the_sheet_keeps_a_new_row_out_and_nothing_else(workspace: Path, said: Said) -> None:
    """Rows are not pushed down: what a unit changed is written without the question that it raised."""
    table = workspace / "data" / "问题.xlsx"
    book = openpyxl.load_workbook(table)
    sheet = book["问题"]
    below = next(n for n in range(3, 200) if sheet.cell(n, 1).value is None)
    sheet.cell(below, 2).value = "合计"
    book.save(table)
    path = returned(workspace, 状态="已受理", 受理日期="2026-03-12")
    book = openpyxl.load_workbook(path)
    columns = {each.value: each.column for each in book["问题"][3]}
    row = next(n for n in range(4, 60) if book["问题"].cell(n, 1).value is None)
    for label, value in {"项目": 3, "问题": "取水口能否调整到坝下", "类别": "政策"}.items():
        book["问题"].cell(row, columns[label]).value = value
    book.save(path)
    found = said("sheets", "collect", path, "--apply", "--partial")
    assert [each["code"] for each in found["problems"]] == ["write-no-room"]
    assert row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))["状态"] == "已受理"
    assert openpyxl.load_workbook(table)["问题"].cell(below, 2).value == "合计"


def test_the_first_rows_go_into_sheets_that_are_still_blank(workspace: Path, said: Said) -> None:
    """An office that begins has no bottleneck and no return yet: both are written into the blank sheets, and undone."""
    blank = ("问题", "报送", "督办")
    for name in blank:
        (workspace / "data" / f"{name}.xlsx").unlink()
    said("sheets", "new", *blank, "--to", "data")
    before = sheets(workspace)
    words = ("--period", "2026-03下旬", "--to", "下旬", "--unit", "县水利局")
    assert said("sheets", "hand-out", *words, "--enter")["entered"] == "收发/2026年3月下旬/收回-1"
    path = workspace / "下旬" / "县水利局-2026年3月下旬.xlsx"
    book = openpyxl.load_workbook(path)
    columns = {each.value: each.column for each in book["问题"][3]}
    for label, value in {"项目": 3, "问题": "取水口能否调整到坝下", "类别": "政策"}.items():
        book["问题"].cell(4, columns[label]).value = value
    book.save(path)
    assert said("sheets", "collect", path, "--apply")["exit_code"] == 0
    new = row_of(workspace / "data/问题.xlsx", "问题", ("问2026-001",))
    assert (new["问题"], new["状态"]) == ("取水口能否调整到坝下", "新增")
    assert row_of(workspace / "data/报送.xlsx", "报送", ("县水利局",))["报送日期"]
    assert said("check")["exit_code"] == 0
    for _ in range(2):
        assert said("sheets", "undo")["exit_code"] == 0
    assert sheets(workspace) == before


def test_a_unit_cannot_strike_off(workspace: Path, said: Said) -> None:
    """Only the office strikes a bottleneck off; a unit that writes so is told what to write instead."""
    path = handed(workspace, "县水利局")
    number = str(openpyxl.load_workbook(path)["问题"]["A4"].value)
    given = fill(path, "问题", (number,), {"状态": "已销号"}, workspace / "报回" / "水.xlsx")
    assert [each["code"] for each in said("sheets", "collect", given)["problems"]] == ["return-only-office"]


def test_rows_of_others_doubled_rows_and_columns_of_others_are_told(workspace: Path, said: Said) -> None:
    """A key that was changed, a row that stands twice, and a locked cell that was changed all the same are said."""
    path = handed(workspace, "县水利局")
    book = openpyxl.load_workbook(path)
    sheet = book["手续"]
    sheet["B4"] = "节能审查"
    sheet["A6"], sheet["B6"] = sheet["A5"].value, sheet["B5"].value
    sheet["F8"] = "县发改委"
    book.save(path)
    found = said("sheets", "collect", path)
    told = {(each["code"], each["message"].split("：")[0].split("!")[1]) for each in found["problems"]}
    assert told == {
        ("return-row-strange", "A4「项目、审批事项」"),
        ("return-row-twice", "A6「项目、审批事项」"),
    }
    taken = next(each["text"] for each in found["advices"] if each["code"] == "return-not-taken")
    assert "F8「审批单位」：这一格不由县水利局填写" in taken
    assert any("下发的2行没有了" in each["text"] for each in found["advices"])


def test_files_that_were_not_handed_out_are_named(workspace: Path, said: Said) -> None:
    """A workbook of another origin, an old .xls, a picture: each is named, and the rest is collected."""
    folder = workspace / "报回"
    good = returned(workspace, 备注="已催")
    shutil.copy(workspace / "data" / "手续.xlsx", folder / "自己的表.xlsx")
    (folder / "扫描.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    found = said("sheets", "collect", folder)
    assert sorted(each["code"] for each in found["problems"]) == ["return-no-sheet", "return-unknown"]
    assert [each["file"] for each in found["changes"]] == [good.name]


def test_renamed_reordered_and_saved_by_another_program(workspace: Path, said: Said) -> None:
    """A return is known by what it carries inside, whatever its name, with its sheets and columns in another order."""
    path = returned(workspace, "新建 工作表(1).xlsx", 备注="已催")
    book = openpyxl.load_workbook(path)
    book.move_sheet("手续", offset=3)
    sheet = book["手续"]
    at = next(each.column for each in sheet[3] if each.value == "备注")
    book["手续"].move_range(f"{sheet.cell(3, at).column_letter}3:{sheet.cell(3, at).column_letter}60", cols=3)
    book.create_sheet("我的草稿")["A1"] = "随手记"
    book.save(path)
    found = said("sheets", "collect", path)
    assert ([each["said"] for each in found["changes"]], found["problems"]) == (["已催"], [])


def test_who_changed_what_is_found_later(workspace: Path, said: Said) -> None:
    """find names the change, the unit and the file it came from."""
    said("sheets", "collect", returned(workspace, 备注="已电话催办三次"), "--apply")
    found = [each for each in said("find", "催办三次")["found"] if each["kind"] == "报回"]
    assert [each["cell"] for each in found] != []
    assert "县水利局，水利.xlsx" in found[0]["name"]


def test_an_office_that_keeps_the_wide_sheet_alone_is_told_that_it_has_no_such_cell(
    workspace: Path, said: Said
) -> None:
    """Where one cell holds all of an approval, a single field cannot be written into it, and nothing is."""
    said("sheets", "export", "手续一览", "--to", "data/手续一览.xlsx")
    (workspace / "data" / "手续.xlsx").unlink()
    before = sheets(workspace)
    found = said("sheets", "collect", returned(workspace, 备注="已催"), "--apply")
    assert [each["code"] for each in found["problems"]] == ["return-column-gone", "return-not-good"]
    assert sheets(workspace) == before


def test_each_ledger_that_a_workbook_holds_is_entered_as_returned(workspace: Path, said: Said) -> None:
    """A unit that returns approvals and bottlenecks in one workbook has returned both."""
    said("sheets", "collect", returned(workspace, 备注="甲"), "--apply")
    for matter in ("前期手续台账", "堵点难点问题台账"):
        assert row_of(workspace / "data/报送.xlsx", "报送", ("县水利局", NAME, matter))["报送日期"]


def test_what_waits_for_a_decision_is_not_called_blank(workspace: Path, said: Said) -> None:
    """Two days of completion are a conflict; that the state stands without a day meanwhile is no second problem."""
    paths = [
        returned(workspace, f"{day}.xlsx", 状态="办结", 办结日期=f"2026-3-{day}", 备注="已取件")
        for day in (11, 12)
    ]
    found = said("sheets", "collect", *paths)
    assert ([len(each["said"]) for each in found["conflicts"]], found["problems"]) == ([2], [])
    partial = said("sheets", "collect", *paths, "--apply", "--partial")
    told = [each["text"] for each in partial["advices"] if each["code"] == "return-left-out"]
    assert [each.split("」")[0].split("「")[1] for each in told] == ["备注", "状态"]
    row = row_of(workspace / "data/手续.xlsx", "手续", (7, "水土保持方案"))
    assert (row["状态"], row["备注"]) == ("已受理", None)


def test_late_and_missing_units_are_named(workspace: Path, said: Said) -> None:
    """A return after its day is late; who was handed a workbook and returned none is missing, until it does."""
    found = said("sheets", "collect", returned(workspace, 备注="甲"), "--apply", day="2026-03-23")
    assert (found["late"], "县林草局" in found["missing"], len(found["missing"])) == (["县水利局"], True, 1)
    later = said("sheets", "collect", handed(workspace, "县林草局"), day="2026-03-23")
    assert "县水利局" not in later["missing"]


def test_a_late_return_is_told_each_time_by_how_much(workspace: Path, said: Said) -> None:
    """The day counts on which it came first: collected again later, it is as late as it was, and one in time is not."""
    path = returned(workspace, 备注="甲")
    said("sheets", "collect", path, "--apply", day="2026-03-23")
    for day in ("2026-03-23", "2026-03-27"):
        told = [each["text"] for each in said("sheets", "collect", path, day=day)["advices"]]
        assert "县水利局应于3月20日前报回，3月23日才报，迟了3天" in " ".join(told)
    other = handed(workspace, "县林草局")
    said("sheets", "collect", other, "--apply", day="2026-03-19")
    assert said("sheets", "collect", other, day="2026-03-25")["late"] == []


def test_what_was_handed_out_and_entered_is_owed_until_it_comes_back(workspace: Path, said: Said) -> None:
    """With --enter status names the units that have not returned by their day; undo takes the rows away again."""
    before = sheets(workspace)
    words = (
        "--period",
        "2026-03下旬",
        "--to",
        "下旬",
        "--unit",
        "县水利局",
        "--enter",
        "--due",
        "2026-03-27",
    )
    made = said("sheets", "hand-out", *words)
    assert made["entered"] == "收发/2026年3月下旬/收回-1"
    late = said("status", "--unit", "县水利局", day="2026-03-30")["late"]
    owed = [each["name"] for each in late if each["kind"] == "报送" and "3月下旬" in each["name"]]
    assert len(owed) == 2
    path = workspace / "下旬" / "县水利局-2026年3月下旬.xlsx"
    said("sheets", "collect", path, "--apply", day="2026-03-27")
    late = said("status", "--unit", "县水利局", day="2026-03-30")["late"]
    assert [each for each in late if "3月下旬" in each["name"]] == []
    for _ in range(2):
        assert said("sheets", "undo")["exit_code"] == 0
    assert sheets(workspace) == before


@pytest.mark.libreoffice
def test_a_return_saved_by_libreoffice_is_taken(workspace: Path, said: Said) -> None:
    """Another spreadsheet program that saves the file keeps the identity and what every cell says."""
    path = returned(workspace, "水利.xlsx", 备注="已催")
    saved = workspace / "另存"
    command = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    found = said("sheets", "collect", saved)
    assert [(each["field"], each["said"]) for each in found["changes"]] == [("备注", "已催")]
    assert (found["problems"], found["conflicts"]) == ([], [])


@pytest.mark.libreoffice
def test_what_is_written_opens_in_libreoffice(workspace: Path, said: Said) -> None:
    """A workbook with cells written in place opens elsewhere, with the values that were written."""
    said("sheets", "collect", returned(workspace, 备注="已催办=三次"), "--apply")
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        "另存",
    ]
    subprocess.run([*command, "data/手续.xlsx"], check=True, capture_output=True, timeout=120, cwd=workspace)
    assert "已催办=三次" in (workspace / "另存" / "手续.csv").read_text("utf-8")


def test_what_is_promised_is_what_is_written_where_the_rest_is_left_out(
    workspace: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row in which one cell is at fault is held back whole."""
    path = returned(workspace, 状态="办结", 备注="送审稿已收到")
    run(["--date", DAY, "--by", "陶映雪", "sheets", "collect", str(path)])
    promised = capsys.readouterr().out
    written = said("sheets", "collect", path, "--apply", "--partial")["applied"]["cells"]
    assert f"--partial（{written}格" in promised
