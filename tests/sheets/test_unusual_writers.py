"""Workbooks by programs that write cells otherwise than the usual ones: what they hold is read all the same."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ("项目", "审批事项", "责任人", "计划办结", "状态")
ROW = (3, "节能审查", "周景明", 46053, "未申报")
FAULT = "手续!C2「责任人」：是公式“=A1”，要填数据本身。请复制该列，再用“选择性粘贴—数值”粘贴回原处。"


def change(path: Path, part: str, how: Callable[[str], str], make_zip: Any) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = how(parts[part].decode()).encode()
    path.write_bytes(make_zip(parts))


def formula(xml: str) -> str:
    return re.sub(r'<c r="C2"[^>]*>.*?</c>', '<c r="C2" t="str"><f>A1</f><v>周景明</v></c>', xml)


def error(xml: str) -> str:
    return re.sub(r'<c r="C2"[^>]*>.*?</c>', '<c r="C2" t="e"><v>#N/A</v></c>', xml)


def in_single_quotes(xml: str) -> str:
    return re.sub(r"<c [^>]*>", lambda found: found[0].replace('"', "'"), xml)


def without_references(xml: str) -> str:
    return re.sub(r'(<(?:c|row)) r="[^"]*"', r"\1", xml)


def with_breaks(xml: str) -> str:
    return xml.replace("<c ", "<c\n\t").replace("<f>", "\n<f\n>")


def prefixed(xml: str) -> str:
    xml = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml)
    return xml.replace("xmlns=", "xmlns:x=")


WRITERS = [
    lambda xml: xml,
    in_single_quotes,
    without_references,
    with_breaks,
    prefixed,
    lambda xml: prefixed(in_single_quotes(xml)),
    lambda xml: prefixed(without_references(xml)),
]
names = [
    "usual",
    "single quotes",
    "no references",
    "breaks",
    "prefix",
    "prefix, quotes",
    "prefix, no references",
]


@pytest.mark.parametrize("writer", WRITERS, ids=names)
def test_a_formula_is_seen_however_it_is_written(data: Any, make_zip: Any, writer: Any) -> None:
    path = data.write("手续", HEAD, ROW)
    change(path, SHEET, lambda xml: writer(formula(xml)), make_zip)
    assert data.faults() == [FAULT]


@pytest.mark.parametrize("writer", WRITERS, ids=names)
def test_an_error_value_is_seen_however_it_is_written(data: Any, make_zip: Any, writer: Any) -> None:
    path = data.write("手续", HEAD, ROW)
    change(path, SHEET, lambda xml: writer(error(xml)), make_zip)
    assert data.faults() == ["手续!C2「责任人」：是错误值“#N/A”，请改填数据本身"]


def test_cells_and_rows_left_out_keep_the_place_of_those_after_them(data: Any, make_zip: Any) -> None:
    path = data.write("手续", HEAD, ROW)

    def rows(xml: str) -> str:
        odd = '<c r="C7" t=\'str\'><f>A1</f><v>x</v></c><c t="e"><v>#REF!</v></c>'
        return xml.replace("</sheetData>", f'<row r="7">{odd}</row></sheetData>')

    change(path, SHEET, rows, make_zip)
    faults = data.faults()
    assert any(each.startswith("手续!C7「责任人」：是公式“=A1”") for each in faults)
    assert "手续!D7「计划办结」：是错误值“#REF!”，请改填数据本身" in faults


@pytest.mark.parametrize(
    ("setting", "day"),
    [
        ("", date(2026, 1, 31)),
        ('date1904="0"', date(2026, 1, 31)),
        ('date1904="1"', date(2030, 2, 1)),
        ('date1904="true"', date(2030, 2, 1)),
    ],
)
def test_a_plain_number_in_a_date_column_counts_from_the_day_zero_of_its_workbook(
    data: Any, make_zip: Any, setting: str, day: date
) -> None:
    path = data.write("手续", HEAD, ROW)
    change(
        path,
        "xl/workbook.xml",
        lambda xml: xml.replace("<workbookPr/>", f"<workbookPr {setting}/>"),
        make_zip,
    )
    assert data.approval().planned == day


def test_a_date_of_either_system_is_the_same_day(data: Any, make_zip: Any) -> None:
    path = data.write("手续", HEAD, (*ROW[:3], 46053 - 1462, ROW[4]), (1, "节能审查", None, None, "未申报"))
    change(
        path,
        "xl/workbook.xml",
        lambda xml: xml.replace("<workbookPr/>", '<workbookPr date1904="1"/>'),
        make_zip,
    )
    assert data.approval().planned == date(2026, 1, 31)
