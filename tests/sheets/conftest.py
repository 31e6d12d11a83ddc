"""A data folder written from small tables, so that each test shows the sheet it is about."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.sheets.reading.reader import Reading, read_folder

Table = Sequence[Sequence[Any]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED_STRINGS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

GOOD: Mapping[str, Table] = {
    "单位": (
        ("序号", "单位全称", "规范化简称", "其他称呼", "层级", "角色"),
        (1, "澄湖县发展和改革委员会", "县发改委", "县发改局", "县级", "成员单位、审批单位"),
        (2, "澄湖县自然资源局", "县自然资源局", "县国土局", "县级", "成员单位、审批单位"),
        (3, "安澜市自然资源局", "市自然资源局", None, "市级", "审批单位"),
    ),
    "人员": (
        ("序号", "姓名", "单位", "职务", "机制职务"),
        (1, "周景明", "县发改委", "主任", "成员"),
        (2, "郝喆", "县自然资源局", "局长", "项目管家"),
    ),
    "工作机制": (
        ("全称", "澄湖县重大项目联审联批工作机制"),
        ("简称", "联审联批工作机制"),
        ("层级", "县级"),
        ("所在地", "安澜市澄湖县"),
        ("年度", 2026),
        ("办公室全称", "澄湖县重大项目联审联批工作机制办公室"),
        ("办公室简称", "县联审联批办"),
        ("承办单位", "县发改委"),
        ("署名方式", "办公室、代章单位分行"),
        ("设立文件名称", "关于建立工作机制的通知"),
        ("设立文件文号", "澄政办发〔2025〕47号"),
        ("设立文件日期", "2025-09-12"),
        ("联系人", "周景明"),
        ("联系电话", "0990-7000000"),
    ),
    "文种": (("文种", "机关代字"), ("告知函", "澄联审办函")),
    "事项": (
        ("序号", "事项名称", "其他称呼", "通常审批单位", "层级", "法定工作日"),
        (1, "节能审查", "能评", "县发改委", "县级", 20),
        (2, "用地预审与选址意见书", "用地预审", "县自然资源局", "县级", 20),
    ),
    "项目": (
        ("序号", "项目名称", "项目类型", "清单阶段", "计划开工"),
        (1, "澄湖县供水管网改造工程", "政府投资", "终稿", "2026年3月"),
        (3, "绿色建材生产线项目", "企业投资", "终稿", "2026年9月"),
    ),
    "手续": (
        ("项目", "审批事项", "责任人", "计划办结", "状态"),
        (3, "节能审查", "周景明", "2026-01-31", "未申报"),
    ),
}  # fmt: skip
"""The smallest workspace that can be read."""


@dataclass
class DataFolder:
    """A folder of workbooks."""

    path: Path

    def write(self, sheet: str, *rows: Sequence[Any], book: str | None = None) -> Path:
        """Write a workbook of one sheet, in place of the good one when it has the same name."""
        place = self.path / f"{book or sheet}.xlsx"
        place.write_bytes(book_of({sheet: rows}))
        return place

    def change(self, sheet: str, **cells: Any) -> Path:
        """Change cells of a good sheet: `change("手续", A2=1)`."""
        return self.edit(sheet, lambda worksheet: [worksheet.__setitem__(*each) for each in cells.items()])

    def edit(self, sheet: str, how: Callable[[Worksheet], object]) -> Path:
        """Change a good sheet with openpyxl."""
        place = self.path / f"{sheet}.xlsx"
        book = openpyxl.load_workbook(place)
        how(book[sheet])
        book.save(place)
        return place

    def rewrite(self, sheet: str, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> Path:
        """Replace the first match of a pattern in the XML of a good workbook's part."""
        place = self.path / f"{sheet}.xlsx"
        with zipfile.ZipFile(place) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        text, times = re.subn(old, new, parts[part].decode(), count=1)
        assert times == 1, parts[part].decode()
        place.write_bytes(zipped({**parts, part: text.encode()}))
        return place

    def share_texts(self, sheet: str) -> Path:
        """Move the texts of a good sheet into the table of shared strings, where Excel and WPS put them."""
        place = self.path / f"{sheet}.xlsx"
        with zipfile.ZipFile(place) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        texts: list[bytes] = []

        def share(found: re.Match[bytes]) -> bytes:
            texts.append(b"<si><t>%s</t></si>" % found[1])
            return b't="s"><v>%d</v>' % (len(texts) - 1)

        inline = rb't="inlineStr"><is><t>([^<]*)</t></is>'
        parts["xl/worksheets/sheet1.xml"] = re.sub(inline, share, parts["xl/worksheets/sheet1.xml"])
        parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (MAIN.encode(), b"".join(texts))
        relation = (
            f'<Relationship Id="texts" Type="{SHARED_STRINGS}" Target="sharedStrings.xml"/></Relationships>'
        )
        relations = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", relation.encode())
        place.write_bytes(zipped({**parts, "xl/_rels/workbook.xml.rels": relations}))
        return place

    def read(self) -> Reading:
        """Read the folder."""
        return read_folder(self.path, "data")

    def faults(self) -> list[str]:
        """Return what is wrong, as the clerk is told."""
        return [str(each) for each in self.read().faults]

    def records(self) -> Records:
        """Return the records of a folder without faults."""
        reading = self.read()
        assert reading.faults == ()
        assert reading.records is not None
        return reading.records

    def approval(self) -> Approval:
        """Return the first approval of a folder without faults."""
        return self.records().of(Approval)[0]

    def project(self) -> Project:
        """Return the last project of a folder without faults."""
        return self.records().of(Project)[-1]


def book_of(sheets: Mapping[str, Table]) -> bytes:
    """Return a workbook of plain tables."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return saved.getvalue()


@cache
def _good_books() -> Mapping[str, bytes]:
    return {name: book_of({name: rows}) for name, rows in GOOD.items()}


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder in good order, one workbook a sheet."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, book in _good_books().items():
        (folder / f"{name}.xlsx").write_bytes(book)
    return DataFolder(folder)


@pytest.fixture
def good() -> Mapping[str, Table]:
    """The tables of the good folder."""
    return GOOD


@pytest.fixture
def make_book() -> Callable[[Mapping[str, Table]], bytes]:
    """Make a workbook of plain tables."""
    return book_of


@pytest.fixture
def make_zip() -> Callable[[Mapping[str, bytes]], bytes]:
    """Make a zip file of parts."""
    return zipped
