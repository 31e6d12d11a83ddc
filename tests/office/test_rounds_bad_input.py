"""Returned files as they should not be: each is read or refused with a reason, in bounded time, and nothing is lost."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from docgen.cli.main import run
from docgen.errors import DocgenError
from docgen.sheets.faults import UnreadableWorkbook
from docgen.sheets.opening.workbook import Workbook
from docgen.sheets.round.returned import Returned
from tests.office.test_rounds import PERIOD, Said, fill, handed, returned, said
from tests.office.test_rounds_unchanged import Trial, trial

__all__ = ["said", "trial"]

SHEET = "xl/worksheets/sheet2.xml"
ROW = 10
"""The row of 手续 that the water bureau decides: project 6."""


@cache
def opened(book: bytes) -> openpyxl.Workbook:
    """Return a workbook that is only looked at, or put back as it was after each change."""
    return openpyxl.load_workbook(io.BytesIO(book))


def in_openpyxl(trial: Trial, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> bytes:
    """Change the approvals as a spreadsheet program does, and save."""
    book = openpyxl.load_workbook(io.BytesIO(trial.book))
    change(book["手续"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def in_xml(trial: Trial, change: Callable[[str], str], part: str = SHEET) -> bytes:
    """Change a part of the workbook as text."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(trial.book)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in source.namelist():
            content = source.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return target.getvalue()


def read(trial: Trial, data: bytes) -> Returned:
    known, unknown = trial.read(data)
    assert [str(each) for each in known.faults] == [str(each) for each in unknown.faults]
    return known


def column(trial: Trial, label: str) -> str:
    head = opened(trial.book)["手续"][3]
    return next(each.column_letter for each in head if str(each.value).startswith(label))


def written(trial: Trial, label: str, value: object) -> Returned:
    """Return what is read when one cell of the bureau's row is written."""
    book, saved = opened(trial.book), io.BytesIO()
    cell = book["手续"][f"{column(trial, label)}{ROW}"]
    was, looked = cell.value, copy(cell._style)
    cell.value = value
    book.save(saved)
    cell.value, cell._style = was, looked
    return read(trial, saved.getvalue())


@pytest.mark.parametrize(
    "value",
    [
        "2026-3-2", "2026.3.2", "2026/3/2", "2026年3月2日", "20260302", "２０２６．３．２", "2026年3月2号", "26.3.2",
        "二〇二六年三月二日", "2026-03-02 09:30", date(2026, 3, 2), 46083,
    ],
)  # fmt: skip
def test_dates_are_read_in_a_dozen_ways(trial: Trial, value: object) -> None:
    """A date written as text of any usual kind, as a date or as its number is that date."""
    found = written(trial, "承诺办结日期", value)
    assert ([each.now for each in found.cells], found.faults) == (["2026-03-02"], [])


@pytest.mark.parametrize("value", ["上周", "3月", "2026-13-02", "办了", "2026-02-30", 3.1])
def test_what_is_no_date_is_told_at_its_cell(trial: Trial, value: object) -> None:
    """No date is guessed; the cell is named, and no change of it is counted."""
    found = written(trial, "承诺办结日期", value)
    assert [each.place for each in found.faults] == [  # type: ignore[attr-defined]
        f"水利.xlsx 手续!{column(trial, '承诺办结日期')}{ROW}「承诺办结日期」"
    ]
    assert found.cells == []


@pytest.mark.parametrize(
    "value", ["锟斤拷锟斤拷", "办_x0007_结", '=HYPERLINK("http://x","y")', "已办😀", "@SUM(1)"]
)
def test_damaged_characters_formulas_and_signs_are_told(trial: Trial, value: str) -> None:
    """Text that no document can carry is refused at its cell."""
    found = written(trial, "备注", value)
    assert (len(found.faults), found.cells) == (1, [])


def test_cells_merged_over_rows_count_for_each_of_them(trial: Trial) -> None:
    """A remark merged over three rows is said of all three, and told as three changes."""
    letter = column(trial, "备注")

    def merge(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet[f"{letter}4"] = "一并推进"
        sheet.merge_cells(f"{letter}4:{letter}6")

    found = read(trial, in_openpyxl(trial, merge))
    assert ({each.now for each in found.cells}, len(found.cells), found.faults) == ({"一并推进"}, 3, [])


def test_rows_sorted_hidden_and_struck_through_are_all_read(trial: Trial) -> None:
    """A row that is hidden or struck through says what it says, and is asked about."""
    letter = column(trial, "备注")

    def mark(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.row_dimensions[5].hidden = True
        sheet[f"{letter}{ROW}"] = "已取消"
        sheet[f"{letter}{ROW}"].font = openpyxl.styles.Font(strike=True)

    found = read(trial, in_openpyxl(trial, mark))
    told = " ".join(each.text for each in found.advices)
    assert [each.now for each in found.cells] == ["已取消"]
    assert "第5行是隐藏的" in told
    assert f"第{ROW}行有删除线" in told


def test_comments_and_pictures_do_not_disturb(trial: Trial) -> None:
    """Notes and drawings that a unit leaves in its file are no data, and change nothing."""
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)

    def leave(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["B5"].comment = Comment("请核对", "水利局")
        sheet.add_image(Image(picture), "D6")

    found = read(trial, in_openpyxl(trial, leave))
    assert (found.cells, found.faults, found.raised) == ([], [], [])


def test_a_million_formatted_blank_rows_are_read_or_refused_in_bounded_time(trial: Trial) -> None:
    """A sheet formatted down to its last row is refused with what to do, before memory is asked for it."""
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(200, 1_048_577, 1))
    started = time.process_time()
    data = in_xml(trial, lambda text: text.replace("</sheetData>", rows + "</sheetData>"))
    found = trial.read(data, known_only=True)[0]
    assert (found.cells, found.faults) == ([], [])
    assert time.process_time() - started < 30
    cell = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    far = in_xml(trial, lambda text: text.replace("</sheetData>", cell))
    with pytest.raises(UnreadableWorkbook, match="范围过大"):
        trial.read(far)


def test_entities_and_bombs_are_refused(trial: Trial) -> None:
    """Entities are not expanded, and what unpacks to hundreds of megabytes is not unpacked."""
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = in_xml(
        trial,
        lambda text: re.sub("<worksheet", f"{entities}<worksheet", text, count=1).replace("县水利局", "&b;"),
    )
    with pytest.raises(UnreadableWorkbook):
        trial.read(data)
    bomb = io.BytesIO(trial.book)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(420 * 2**20))
    with pytest.raises(UnreadableWorkbook, match="解压后过大"):
        Workbook(Path("水利.xlsx"), bomb.getvalue()).checked()


def test_external_links_are_not_followed(trial: Trial) -> None:
    """A formula that reads another file is told as a formula; what it last showed is not taken."""
    found = written(trial, "备注", "='[别处.xlsx]表'!A1")
    assert [each.code for each in found.faults] == ["cell-formula"]


def test_returns_of_two_periods_are_not_mixed(workspace: Path, said: Said) -> None:
    """An old period's file among this one's is named for its period, and nothing is collected by mistake."""
    said("sheets", "hand-out", "--period", "2026-03上旬", "--to", "上旬", "--unit", "县水利局")
    old = workspace / "上旬" / "县水利局-2026年3月上旬.xlsx"
    both = said("sheets", "collect", old, handed(workspace, "县水利局"), "--apply")
    assert ([each["code"] for each in both["problems"]], both["exit_code"]) == (["return-periods"], 2)
    alone = said("sheets", "collect", old)
    assert (alone["period"], PERIOD) == ("2026-03上旬", "2026-03中旬")


def test_a_file_with_its_protection_broken_takes_what_the_unit_fills_in_alone(
    workspace: Path, said: Said
) -> None:
    """With the lock taken off, deadlines and units of others are not taken, and that is said."""
    path = returned(workspace, 备注="已催", 审批单位="县发改委", 时限要求="2027-01-01")
    found = said("sheets", "collect", path)
    assert [each["field"] for each in found["changes"]] == ["备注"]
    told = [each["text"] for each in found["advices"] if each["code"] == "return-not-taken"]
    assert [each.partition("「")[2].partition("」")[0] for each in told] == ["时限要求", "审批单位"]


def test_any_damage_of_the_bytes_is_a_reason_and_no_crash(trial: Trial) -> None:
    """A file cut at any point is refused in words."""
    for part in (10, 1000, len(trial.book) // 2, len(trial.book) - 30):
        with pytest.raises(DocgenError):
            trial.read(trial.book[:part])


def test_a_column_that_a_unit_adds_is_said_and_the_others_are_read(trial: Trial) -> None:
    """What stands in a column of the unit's own is not taken, with a word; changes beside it are."""

    def add(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["Z3"], sheet[f"Z{ROW}"] = "本局意见", "同意"
        sheet[f"{column(trial, '备注')}{ROW}"] = "已催"

    found = read(trial, in_openpyxl(trial, add))
    assert [each.now for each in found.cells] == ["已催"]
    assert "加了「本局意见」列，没有收" in " ".join(each.text for each in found.advices)


def test_a_column_that_a_unit_takes_out_is_said(trial: Trial) -> None:
    """What a column said stays, and the office hears that it is not there."""

    def take_out(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.delete_cols(sheet[f"{column(trial, '备注')}1"].column)

    found = read(trial, in_openpyxl(trial, take_out))
    assert found.cells == []
    assert "水利.xlsx 手续：没有了「备注」列，按没有变化处理" in [each.text for each in found.advices]


def test_a_file_named_for_another_unit_is_asked_about(workspace: Path, said: Said) -> None:
    """Renaming is every unit's right; the name of another unit is a sign of the wrong workbook."""
    own, other = returned(workspace, 备注="已催"), "县林草局-改.xlsx"
    codes = [
        {each["code"] for each in said("sheets", "collect", path)["advices"]}
        for path in (own, own.rename(own.with_name(other)))
    ]
    assert ["return-named-for-other" in each for each in codes] == [False, True]


def test_an_amount_in_another_measure_is_asked_about_before_it_is_written(
    workspace: Path, said: Said
) -> None:
    """A unit writes 万元 in a column of 亿元: the question stands at its own cell, and nothing is refused."""
    path = fill(
        handed(workspace, "县水利局"), "项目", ("9",), {"本年累计完成投资": 12000}, workspace / "水利.xlsx"
    )
    found = said("sheets", "collect", path)
    asked = [each["text"] for each in found["advices"] if each["code"] == "value-doubtful"]
    assert any("水利.xlsx 项目!" in each and "是不是12000万元（1.2亿元）" in each for each in asked), asked
    assert ([each["said"] for each in found["changes"]], found["problems"]) == (["12000"], [])


def test_a_text_far_too_long_does_not_fill_the_screen(
    workspace: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of thousands of characters in a cell the beginning is shown, and how many there are."""
    run(["sheets", "collect", str(returned(workspace, 备注="催" * 5000))])
    line = next(each for each in capsys.readouterr().out.splitlines() if each.startswith("变动"))
    assert "……（共5000字）" in line
    assert len(line) < 500


def test_a_day_that_has_not_come_is_asked_about_at_its_cell(workspace: Path, said: Said) -> None:
    """A unit writes the day it hopes for where the day stands on which it was done; sheets check asks the same."""
    path = returned(workspace, 办结日期="2026-12-30", 状态="办结")
    words = "写的是2026-12-30，还没有到（今天是2026-03-16）；计划的日期填在“计划办结”列，请核对"
    told = [each["text"] for each in said("sheets", "collect", path, "--apply")["advices"]]
    assert [each for each in told if each.startswith("水利.xlsx 手续!") and each.endswith(words)]
    assert [each for each in said("sheets", "check")["advices"] if each["text"].endswith(words)]
    assert said("sheets", "check", day="2026-12-30")["advices"] == []


def test_less_than_was_done_before_is_asked_about(
    workspace: Path, said: Said, edit: Callable[..., None]
) -> None:
    """What has been invested in all does not shrink; a unit that says so is asked, and more is not."""
    edit("项目", 9, "开工以来累计完成投资（亿元）", 0.5)
    edit("项目", 9, "本年累计完成投资（亿元）", 0.1)
    said("sheets", "hand-out", "--period", "2026-03下旬", "--to", "下旬", "--unit", "县水利局")
    cells = {"开工以来累计完成投资": 0.4, "本年累计完成投资": 0.2}
    (out,) = (workspace / "下旬").glob("*.xlsx")
    path = fill(out, "项目", ("9",), cells, workspace / "水利.xlsx")
    told = [each for each in said("sheets", "collect", path)["advices"] if each["code"] == "return-less"]
    assert [
        "「开工以来累计完成投资（亿元）」：写的是0.4，比原来的0.5少" in each["text"] for each in told
    ] == [True]
