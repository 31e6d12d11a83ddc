"""How long docgen takes to read and check 20,000 approvals, beside openpyxl that only reads them, and the ratio.

    python bench/read_ratio.py [--rows 20000] [--rounds 5] [--json]

docgen links each row to its project, item and unit and checks every value; openpyxl (read-only mode) just gives
the cells. A small workspace is made in a temporary folder; the least time of the rounds counts for each. It is
measured with texts in the cells, as openpyxl saves them, and with shared texts, as spreadsheet programs do.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.model.approval import Approval
from docgen.sheets.reading.reader import Reading, read_folder

MOST = 0.25
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHEET, TYPES, RELATIONS = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
UNITS, ITEMS = 20, 20
APPROVALS = (
    "项目",
    "审批事项",
    "层级",
    "审批单位",
    "责任人",
    "申报日期",
    "受理日期",
    "办结日期",
    "状态",
    "证照编号",
)
SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "单位": [
        ("序号", "单位全称", "规范化简称", "层级", "角色"),
        *((n, f"澄湖县第{n}局", f"县{n}局", "县级", "审批单位") for n in range(1, UNITS + 1)),
    ],
    "人员": [("序号", "姓名", "单位", "职务"), (1, "周景明", "县1局", "局长")],
    "工作机制": [
        ("全称", "澄湖县重大项目联审联批工作机制"),
        ("简称", "联审联批工作机制"),
        ("层级", "县级"),
        ("所在地", "安澜市澄湖县"),
        ("年度", 2026),
        ("办公室全称", "澄湖县重大项目联审联批工作机制办公室"),
        ("办公室简称", "县联审联批办"),
        ("承办单位", "县1局"),
        ("署名方式", "办公室自有印章"),
        ("设立文件名称", "关于建立工作机制的通知"),
        ("设立文件文号", "澄政办发〔2025〕47号"),
        ("设立文件日期", date(2025, 9, 12)),
        ("联系人", "周景明"),
        ("联系电话", "0990-7000000"),
    ],
    "文种": [("文种", "机关代字"), ("告知函", "澄联审办函")],
    "事项": [
        ("序号", "事项名称", "通常审批单位", "层级", "法定工作日"),
        *((n, f"第{n}项审查", f"县{n}局", "县级", 20) for n in range(1, ITEMS + 1)),
    ],
}


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rows", type=int, default=20_000)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = _workspace(Path(folder), options.rows)
        found = [_finding("read-inline", "texts in the cells", data, options.rows, options.rounds)]
        for path in data.iterdir():
            _share_texts(path)
        found.append(_finding("read-shared", "shared texts", data, options.rows, options.rounds))
    tell(found, versions_of("openpyxl", "python-calamine", "pydantic"), as_json=options.json)


def _finding(name: str, kind: str, data: Path, rows: int, rounds: int) -> Finding:
    if not _complete(read_folder(data, "data"), rows):
        raise SystemExit("docgen did not read everything")
    cells = _by_openpyxl(data / "手续.xlsx")
    if cells != (rows + 1) * len(APPROVALS):
        raise SystemExit("openpyxl did not read everything")
    taken = interleaved(
        {
            "docgen": timed(lambda: read_folder(data, "data")),
            "openpyxl": timed(lambda: _by_openpyxl(data / "手续.xlsx")),
        },
        rounds,
    )
    return Finding(
        name,
        f"{rows:,} rows read, linked and checked ({kind})",
        "openpyxl read-only reading alone",
        ratio_of(taken["docgen"], taken["openpyxl"]),
        AT_MOST,
        MOST,
        {
            "docgen, all sheets": spread(taken["docgen"], digits=3),
            f"openpyxl, {cells:,} cells": spread(taken["openpyxl"], digits=3),
        },
    )


def _complete(reading: Reading, rows: int) -> bool:
    for fault in reading.faults[:5]:
        print(fault)
    return reading.records is not None and len(reading.records.of(Approval)) == rows


def _by_openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    book.close()
    return cells


def _workspace(folder: Path, rows: int) -> Path:
    projects = -(-rows // ITEMS)
    head = ("序号", "项目名称", "项目类型", "清单阶段", "计划开工", "牵头单位")
    listed = (
        (n, f"澄湖县第{n}号建设项目", "企业投资", "终稿", "2026年9月", "县1局")
        for n in range(1, projects + 1)
    )
    for name, table in {**SHEETS, "项目": [head, *listed], "手续": [APPROVALS, *_approvals(rows)]}.items():
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = name
        for row in table:
            sheet.append(list(row))
        book.save(folder / f"{name}.xlsx")
    return folder


def _share_texts(path: Path) -> None:
    """Move the texts of a workbook into its table of shared strings, where spreadsheet programs put them."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    numbers: dict[bytes, int] = {}
    parts[SHEET] = re.sub(
        rb't="inlineStr"><is><t>([^<]*)</t></is>',
        lambda found: b't="s"><v>%d</v>' % numbers.setdefault(found[1], len(numbers)),
        parts[SHEET],
    )
    texts = b"".join(b"<si><t>%s</t></si>" % each for each in numbers)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (MAIN.encode(), texts)
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdTexts" Type="{RELATION}" Target="sharedStrings.xml"/></Relationships>'
    for name, end, more in ((TYPES, b"</Types>", part), (RELATIONS, b"</Relationships>", relation)):
        parts[name] = parts[name].replace(end, more.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _approvals(rows: int) -> Iterator[tuple[Any, ...]]:
    for n in range(rows):
        submitted = date(2025, 9, 1) + timedelta(days=n % 200)
        days = (submitted, submitted + timedelta(days=2), submitted + timedelta(days=20))
        item = n % ITEMS + 1
        where = (
            f"澄湖县第{n // ITEMS + 1}号建设项目",
            f"第{item}项审查",
            "县级",
            f"县{item}局",
            f"办理人{n % 97}",
        )
        yield (*where, *days, "办结", f"澄审〔2025〕{n}号")


if __name__ == "__main__":
    main()
