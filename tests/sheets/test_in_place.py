"""Cells written in place: the cells named hold the values, and every other part is what it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.sheets.writing.in_place import CellUnchanged, Edit, edited


def book_with(change: Callable[[Any], object] = lambda _: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in (("甲", "乙", "丙"), (1, "旧", date(2026, 1, 2)), (2, None, None)):
        sheet.append(row)
    sheet["C2"].number_format = "yyyy-mm-dd"
    book.create_sheet("别的")["A1"] = "=表!A2*2"
    change(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def values(data: bytes) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表"]
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


TEXTS = st.text(r"""甲乙a1 =+<&>'"—😀""", max_size=12)
ADDRESSES = st.sampled_from(["A2", "B2", "B3", "C3", "E2", "B9", "AA3"])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(ADDRESSES, st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.none()), min_size=1))
def test_the_cells_named_hold_what_was_written_and_no_other_changes(written: dict[str, Any]) -> None:
    """Any texts and numbers in any cells, new ones too, read back as they are; the rest is as before."""
    before = book_with()
    after = edited(before, {"表": {at: Edit(value) for at, value in written.items()}}, "表.xlsx")
    expected = {**values(before), **{at: None if value == "" else value for at, value in written.items()}}
    found = values(after)
    assert {at: found.get(at) for at in expected} == expected
    changed = {name for name, data in parts(after).items() if parts(before)[name] != data}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_a_date_is_a_date_where_the_cell_shows_dates_and_text_elsewhere() -> None:
    """A cell formatted as a date gets a day number, another the day in words."""
    after = values(
        edited(book_with(), {"表": {"C2": Edit(date(2026, 3, 18)), "B3": Edit(date(2026, 3, 18))}}, "表")
    )
    assert (f"{after['C2']:%Y-%m-%d}", after["B3"]) == ("2026-03-18", "2026-03-18")


def test_a_new_cell_looks_like_the_one_it_is_to_be_like() -> None:
    """A date in a cell that was not there takes the format of the cell above it."""
    after = edited(book_with(), {"表": {"C9": Edit(date(2026, 3, 18), like="C2")}}, "表")
    cell = openpyxl.load_workbook(io.BytesIO(after))["表"]["C9"]
    assert (cell.number_format, f"{cell.value:%Y-%m-%d}") == ("yyyy-mm-dd", "2026-03-18")


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    """In a workbook of the 1904 date system the day number is counted from 1904."""

    def old(sheet: Any) -> None:
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    after = values(edited(book_with(old), {"表": {"C2": Edit(date(2026, 3, 18))}}, "表"))
    assert f"{after['C2']:%Y-%m-%d}" == "2026-03-18"


def test_amounts_keep_all_their_digits() -> None:
    """A decimal is written as it is, not as a binary fraction."""
    xml = parts(edited(book_with(), {"表": {"B2": Edit(Decimal("0.1"))}}, "表"))["xl/worksheets/sheet1.xml"]
    assert b"<v>0.1</v>" in xml


@pytest.mark.parametrize(("cell", "why"), [("B2", "是公式"), ("C2", "与别的单元格合并在一起")])
def test_formulas_and_merged_cells_are_not_written(cell: str, why: str) -> None:
    """A cell that holds a formula, or is one with others, is refused with its place."""

    def hinder(sheet: Any) -> None:
        sheet["B2"] = "=A2"
        sheet.merge_cells("C2:C3")

    with pytest.raises(CellUnchanged) as fault:
        edited(book_with(hinder), {"表": {cell: Edit("新", header="丙")}}, "表.xlsx")
    assert str(fault.value).startswith(f"表!{cell}「丙」：{why}，不能只改这一格")


def test_formulas_are_worked_out_anew_when_the_workbook_is_opened() -> None:
    """The workbook asks for it, because what formulas came to is stale now."""
    after = edited(book_with(), {"表": {"A2": Edit(5)}}, "表")
    assert b'fullCalcOnLoad="1"' in parts(after)["xl/workbook.xml"]
