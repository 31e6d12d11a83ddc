"""Workbooks by programs that write cells otherwise than the usual ones: what they hold is read all the same."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.sheets.opening.special import special_cells

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


@pytest.mark.parametrize(
    "broken",
    [
        '<c r="A9" r="B9"/>',
        '<c r="A"/>',
        '<c r="A9"',
    ],
    ids=["an attribute twice", "half a reference", "half a tag"],
)
def test_a_sheet_that_hides_a_formula_behind_broken_xml_is_refused(
    data: Any, make_zip: Any, broken: str
) -> None:
    path = data.write("手续", HEAD, ROW)
    change(path, SHEET, lambda xml: formula(xml).replace("<sheetData>", f"<sheetData>{broken}"), make_zip)
    (fault,) = data.faults()
    assert fault.startswith("手续.xlsx：文件已损坏或不完整")


def test_a_type_spelt_by_number_is_an_error_value_all_the_same(data: Any, make_zip: Any) -> None:
    path = data.write("手续", HEAD, ROW)
    change(path, SHEET, lambda xml: error(xml).replace('t="e"', 't="&#101;"'), make_zip)
    assert len(data.faults()) == 1


def test_what_is_no_value_is_gone_through_once(data: Any) -> None:
    """Errors without a value, one attribute full of references: each is looked at once, however many there are."""
    errors = b"".join(b'<row r="%d"><c r="C%d" t="e"/></row>' % (n, n) for n in range(1, 40_001))
    attribute = b'<c r="C1" x="%s"><f>A1</f></c>' % (b" r='A1'" * 400_000)
    found = special_cells(b"<worksheet><sheetData>%s</sheetData></worksheet>" % errors)
    assert (len(found.errors), set(found.errors.values())) == (40_000, {""})
    found = special_cells(b"<worksheet><row>%s</row></worksheet>" % attribute)
    assert found.formulas == {"C1": "A1"}


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
