"""A clerk restyles ledgers in a workbook: fonts, colours, titles, paper, widths; what is wrong in it is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from docgen.errors import DocgenError, Problems
from docgen.model.records import Records
from docgen.sheets.exports.catalogue import COMPARED, LEDGERS, TITLES
from docgen.sheets.exports.frame import Facts
from docgen.sheets.writing.designs import FILE, designs_workbook, read_designs

NAMES = tuple(LEDGERS)
FINAL = "项目清单终稿"


@pytest.fixture(scope="module")
def facts(records: Records) -> Facts:
    return Facts.of(records, date(2026, 3, 16))


Restyle = Callable[[Any], None]


@pytest.fixture
def restyled(tmp_path: Path) -> Callable[[Restyle], Path]:
    """Return the workbook of designs, changed."""

    def change(how: Restyle) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(designs_workbook(TITLES)))
        how(book)
        path = tmp_path / FILE
        book.save(path)
        return path

    return change


def opened(name: str, facts: Facts, path: Path) -> Any:
    made = LEDGERS[name](facts, read_designs(path, NAMES).of(name))
    return openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]


def lined(cell: Any) -> bool:
    return bool(cell.border.left and cell.border.left.style)


def row_of(sheet: Any, words: str) -> int:
    return next(row for row in range(1, 60) if str(sheet.cell(row, 1).value).startswith(words))


@pytest.mark.parametrize("name", [each for each in NAMES if each not in COMPARED])
def test_the_designs_as_they_are_shipped_change_nothing(
    name: str, facts: Facts, restyled: Callable[[Restyle], Path]
) -> None:
    """With the workbook that docgen writes each ledger has the cells, looks and widths that it has without."""
    shipped, usual = (
        opened(name, facts, path) for path in (restyled(lambda _: None), Path("nowhere") / FILE)
    )
    for one, other in zip(shipped.iter_rows(max_row=12), usual.iter_rows(max_row=12), strict=True):
        for cell, like in zip(one, other, strict=True):
            assert (cell.value, cell.font.name, cell.font.size, cell.fill.fgColor.rgb) == (
                like.value, like.font.name, like.font.size, like.fill.fgColor.rgb
            )  # fmt: skip
            assert (cell.alignment.horizontal, lined(cell), cell.number_format) == (
                like.alignment.horizontal, lined(like), like.number_format
            )  # fmt: skip
    widths = [
        {key: each.width for key, each in sheet.column_dimensions.items()} for sheet in (shipped, usual)
    ]
    assert widths[0] == widths[1]


def test_samples_titles_paper_and_widths_are_taken(facts: Facts, restyled: Callable[[Restyle], Path]) -> None:
    """A larger font makes higher rows; places in a title are filled; a column is as wide as it is told."""

    def change(book: Any) -> None:
        samples = book["样式"]
        samples.cell(row_of(samples, "标题"), 2).font = Font(name="华文中宋", size=22, color="C00000")
        samples.cell(row_of(samples, "数据"), 2).font = Font(name="楷体", size=12)
        samples.cell(row_of(samples, "表头"), 2).fill = PatternFill("solid", fgColor="FFE699")
        row = row_of(book["台账"], FINAL)
        book["台账"].cell(row, 2).value, book["台账"].cell(row, 3).value = (
            "{机制}{年度}年清单（{项目}）",
            "a4",
        )
        for column, value in enumerate((None, "项目名称", 30), 1):
            book["列宽"].cell(3, column).value = value

    usual, sheet = (opened(FINAL, facts, path) for path in (Path("nowhere"), restyled(change)))
    mechanism = facts.records.mechanism
    assert sheet["A1"].value == f"{mechanism.name}2026年清单（{mechanism.projects}）"
    assert (sheet["A1"].font.name, sheet["A1"].font.size, sheet["B5"].font.name) == ("华文中宋", 22, "楷体")
    assert sheet["B3"].fill.fgColor.rgb == "00FFE699"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.column_dimensions["B"].width > usual.column_dimensions["B"].width
    assert sheet.row_dimensions[1].height > usual.row_dimensions[1].height
    schedule = opened("倒排工期调度表", facts, restyled(change))
    assert (schedule["A1"].font.size, schedule["B5"].font.name) == (22, "楷体")


def test_what_is_wrong_in_the_designs_is_told_at_once(restyled: Callable[[Restyle], Path]) -> None:
    """A ledger nobody knows, a place that no title has, a paper and a width that are none, each with its cell."""

    def change(book: Any) -> None:
        book["台账"]["A3"], book["台账"]["B4"], book["台账"]["C5"] = "花名册", "{年}度清单", "B5"
        for row, values in enumerate((("花名册", "项目", 3), (None, "项目", "宽"), (None, "项目", 500)), 3):
            for column, value in enumerate(values, 1):
                book["列宽"].cell(row, column).value = value

    with pytest.raises(Problems) as caught:
        read_designs(restyled(change), NAMES)
    places = [str(each).split("「")[0] for each in caught.value.faults]
    assert places == [
        f"{FILE} {each}" for each in ("台账!A3", "台账!B4", "台账!C5", "列宽!A3", "列宽!C4", "列宽!C5")
    ]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no workbook")
    with pytest.raises(DocgenError, match="不是 xlsx 工作簿"):
        read_designs(tmp_path / FILE, NAMES)


@pytest.mark.parametrize(
    "name", [each for each in NAMES if each not in ("手续一览", "倒排工期调度表", *COMPARED)]
)
def test_every_ledger_counts_its_rows_by_a_formula_that_agrees(name: str, facts: Facts) -> None:
    """The total row counts the serials that a filter shows; its value is how many rows there are."""
    made = io.BytesIO(LEDGERS[name](facts))
    formulas, values = (openpyxl.load_workbook(made, data_only=each).worksheets[0] for each in (False, True))
    serials = [cell.value for cell in formulas["A"] if isinstance(cell.value, int)]
    total = next((cell.row for cell in formulas["A"] if cell.value == "合计"), None)
    assert serials
    assert total is not None
    counts = [
        (str(formulas.cell(total, at).value), values.cell(total, at).value)
        for at in range(2, formulas.max_column + 1)
    ]
    counted = [value for formula, value in counts if formula.startswith("=SUBTOTAL(102,")]
    sums = [value for formula, value in counts if formula.startswith("=SUBTOTAL(9,")]
    assert counted or sums
    assert all(str(each).startswith(str(len(serials))) for each in counted)
