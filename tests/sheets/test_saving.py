"""Workbooks as docgen saves them: the same bytes for the same cells, in the order that Open XML asks for."""

from __future__ import annotations

import io
import json
import subprocess
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Font

from docgen.sheets.exports.catalogue import LEDGERS
from docgen.sheets.exports.frame import Facts
from docgen.sheets.writing.books import files_of
from docgen.sheets.writing.saving import saved
from docgen.workspace import Workspace
from tests.conftest import REPOSITORY

VALIDATOR: Final = sorted(
    map(str, (REPOSITORY / ".venv" / "validator").glob("node_modules/@xarsh/*/ooxml-validator"))
)[:1]
ORDER: Final = ["b", "strike", "u", "sz", "color", "name", "family", "scheme"]
SHEETS: Final[dict[str, Callable[[], bytes]]] = {
    "项目清单终稿": lambda: LEDGERS["项目清单终稿"](Facts.of(Workspace.find(REPOSITORY).records(), date(2026, 3, 16))),
    "倒排工期调度表": lambda: LEDGERS["倒排工期调度表"](
        Facts.of(Workspace.find(REPOSITORY).records(), date(2026, 3, 16))
    ),
    "问题": lambda: files_of(["问题"], {})["问题.xlsx"],
}  # fmt: skip
"""A ledger that is a table, one with a calendar, and a blank sheet with notes and drop-downs."""


def a_book() -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"].value = "甲"
    sheet["A1"].font = Font(name="宋体", size=11, color="FF0000", bold=True, strike=True, underline="single")
    return book


def fonts_in(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("xl/styles.xml"))
    return [[etree.QName(part).localname for part in font] for font in root.iter("{*}font")]


def test_the_parts_of_every_font_stand_in_the_order_of_the_schema() -> None:
    """openpyxl writes a font's name before its size and its boldness after both, which Open XML does not allow."""
    fonts = fonts_in(saved(a_book()))
    assert ["b", "strike", "u", "sz", "color", "name"] in fonts
    assert all(parts == sorted(parts, key=ORDER.index) for parts in fonts)


def test_the_same_cells_saved_later_give_the_same_bytes() -> None:
    """Neither the parts of the package nor its properties say when it was saved."""
    first = saved(a_book())
    now = int(time.time())
    while int(time.time()) == now:
        time.sleep(0.05)
    assert saved(a_book()) == first


@pytest.mark.skipif(not VALIDATOR, reason="needs the Open XML validator, which make tools installs")
@pytest.mark.parametrize("name", SHEETS)
def test_a_workbook_is_valid_by_the_open_xml_schema(name: str, tmp_path: Path) -> None:
    """The validator of the Open XML SDK finds nothing in it."""
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(SHEETS[name]())
    ran = subprocess.run([*VALIDATOR, str(path)], capture_output=True, text=True, check=False)
    assert json.loads(ran.stdout)["errors"] == []
