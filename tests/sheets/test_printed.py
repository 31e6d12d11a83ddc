"""Tables printed from a workbook: registers and lists."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from docgen.sheets.writing.printed import workbook_of
from docgen.sheets.writing.tables import Column, Row, Sum, Table, width_of_hanzi
from docgen.standard.measures.legible import legible

COLUMNS = (
    Column("序号", width_of_hanzi(3), "center", ""),
    Column("事项", width_of_hanzi(10)),
    Column("金额", width_of_hanzi(6), "right", "0.00"),
    Column("日期", width_of_hanzi(6), "center", "yyyy-mm-dd"),
)


def table(*rows, **said) -> Table:
    return Table("台账", ("左", "右"), said.pop("columns", COLUMNS), rows, **said)


def plain(*values):
    return Row.PLAIN, values


def opened(made: Table, *, values: bool = False):
    return openpyxl.load_workbook(io.BytesIO(workbook_of(made)), data_only=values).active


HOSTILE = (
    "=1+1", "+86 990", "-1", "@SUM(A1)", '=HYPERLINK("x")', "=cmd|'/c calc'!A0", "<b>&amp;</b>", "{{ 标题 }}",
    "甲\x0b乙", "\ud800", "付款100元\u202e元001款付", "\t=1+1",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_text_says_it_stays_text_in_every_column(words: str) -> None:
    read = opened(table(plain(words, words, words, words)))
    for cell in read[4]:
        assert (cell.data_type, cell.value, cell.number_format) == ("s", legible(words), "@")
        assert cell.quotePrefix == legible(words).startswith(("=", "+", "-", "@"))


def test_values_are_what_they_are_and_an_empty_cell_is_blank_and_bordered() -> None:
    read = opened(table(plain(1, "甲", Decimal("3.50"), date(2026, 3, 16)), plain(None, None, None, None)))
    assert [cell.data_type for cell in read[4]] == ["n", "s", "n", "d"]
    assert [cell.number_format for cell in read[4]] == ["General", "@", "0.00", "yyyy-mm-dd"]
    assert [cell.value for cell in read[5]] == [None] * 4
    assert all(cell.border.left.style == cell.border.bottom.style == "thin" for cell in read[5])


def test_a_number_or_date_in_a_column_of_texts_is_no_text() -> None:
    read = opened(table(plain(1, 7, None, None), plain(2, date(2026, 3, 16), None, None)))
    assert (read["B4"].data_type, read["B4"].number_format) == ("n", "General")
    assert (read["B5"].data_type, read["B5"].number_format) == ("d", "yyyy-mm-dd")


def test_a_row_is_as_high_as_its_longest_text_wants() -> None:
    read = opened(table(*(plain(1, each, None, None) for each in ("十个字的事项名称长度", "字" * 35))))
    one, four = (read.row_dimensions[each].height for each in (4, 5))
    assert four == pytest.approx(one + 3 * 13.5)


@pytest.mark.parametrize("count", [400, 900, 2000])
def test_a_text_that_no_row_is_high_enough_for_makes_its_column_wider(count: int) -> None:
    """Excel makes no row higher than 409 points and cuts the rest in print; other columns stay as they are."""
    read = opened(table(plain(1, "短", None, None), plain(2, "字" * count, None, None)))
    usual = opened(table(plain(1, "短", None, None)))
    assert read.column_dimensions["B"].width > usual.column_dimensions["B"].width
    assert read.column_dimensions["C"].width == usual.column_dimensions["C"].width
    assert read.row_dimensions[5].height < 409
    a_line = (
        read.column_dimensions["B"].width / 1.9
    )  # hanzi of 10 points, where a character of the width has 7 pixels
    assert read.row_dimensions[5].height >= count / (a_line + 1) * 13.5


SUMS = table(
    (Row.GROUP, ("一、甲（2项）", None, Sum(Decimal("3.5"), 1, 3), None)),
    plain(1, "甲", Decimal("1.5"), None),
    plain(2, "乙", Decimal(2), None),
    (Row.TOTAL, ("合计", None, Sum(Decimal("3.5"), 0, 3), None)),
)


def test_a_sum_is_a_formula_with_its_value_and_the_filter_leaves_the_total_out() -> None:
    read, values = opened(SUMS), opened(SUMS, values=True)
    assert [read[each].value for each in ("C4", "C7")] == ["=SUBTOTAL(9,C5:C6)", "=SUBTOTAL(9,C4:C6)"]
    assert [values[each].value for each in ("C4", "C7")] == [3.5, 3.5]
    assert read.auto_filter.ref == "A3:D6"
    assert read["C7"].number_format == "0.00"


def test_no_cell_inside_the_table_is_merged_so_that_it_can_be_sorted_and_filtered() -> None:
    assert [str(each) for each in opened(SUMS).merged_cells.ranges if each.min_row > 2] == []


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_table_of_few_columns_says_all_that_stands_above_it(count: int) -> None:
    made = table((Row.PLAIN, ("甲", "乙", 1, None)[:count]), columns=COLUMNS[:count])
    words = "".join(str(cell.value) for cell in opened(made)[2] if cell.value)
    assert "左" in words
    assert "右" in words


def test_paper_may_be_larger_and_columns_move_with_the_rest() -> None:
    read = opened(table(plain(1, "甲", None, None), paper="A3", frozen=0))
    assert (int(read.page_setup.paperSize), read.page_setup.orientation) == (8, "landscape")
    assert read.freeze_panes == "A4"


def test_equal_tables_give_equal_bytes_that_do_not_say_when_they_were_saved() -> None:
    made = [workbook_of(SUMS) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        assert b"dcterms:modified" not in package.read("docProps/core.xml")
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_memory_does_not_grow_with_the_rows() -> None:
    """A row is packed when it has been written: each takes some hundred bytes, not the thousands of its cells."""
    peaks = []
    for count in (300, 3000):
        rows = [
            plain(number, "某项工作正在办理", Decimal("1.5"), date(2026, 3, 16)) for number in range(count)
        ]
        made = table(*rows)
        tracemalloc.start()
        workbook_of(made)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2700 * 1000
