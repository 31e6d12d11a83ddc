"""Collecting 200 returned workbooks of 100 rows, beside calamine that only reads them, and the ratio.

    python bench/collect_ratio.py [--units 200] [--rounds 3] [--json]

Each unit has changed five cells. Collecting reads every workbook, compares it with what was handed out and with the
office's sheets, and finds changes and conflicts; the office's own sheets are read before, as any command reads them,
and are not part of it. Processor time counts, for other programs may be at work.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
from finding import AT_MOST, Finding, parser, tell, versions_of
from letters import ROOT
from python_calamine import CalamineWorkbook
from read_ratio import SHEETS
from timing import interleaved, ratio_of, spread, timed

from docgen.office.desk import Desk, People
from docgen.office.round.collecting import collect
from docgen.office.round.handing_out import hand_out
from docgen.sheets.writing.in_place import Edit, edited
from docgen.workspace import Workspace

_MOST: Final = 1.5
_DAY: Final = date(2026, 3, 16)
_PROJECTS, _ITEMS = 5, 20
_CHANGED: Final = 5
_APPROVALS: Final = ("项目", "审批事项", "层级", "审批单位", "责任人", "申报日期", "受理日期", "状态", "备注")


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--units", type=int, default=200)
    command.add_argument("--rounds", type=int, default=3)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        desk = office_of(Path(place), options.units)
        paths = _returned(desk, Path(place) / "returned")
        records = desk.workspace.records()
        found = collect(desk, records, paths)
        if len(found.merged.changes) != _CHANGED * options.units or found.faults:
            raise SystemExit(f"not collected: {found.faults[:3]}")
        works = {
            "docgen": timed(lambda: collect(desk, records, paths), time.process_time),
            "calamine": timed(lambda: _by_calamine(paths), time.process_time),
            "office": timed(desk.workspace.read, time.process_time),
        }
        taken = interleaved(works, options.rounds)
    told = Finding(
        "collect", f"{len(paths)} returned workbooks of {_PROJECTS * _ITEMS} rows collected",
        "calamine reading them alone", ratio_of(taken["docgen"], taken["calamine"]), AT_MOST, _MOST,
        {
            "docgen": spread(taken["docgen"]),
            "calamine": spread(taken["calamine"]),
            "the office's sheets, read before": spread(taken["office"]),
        },
        "Processor time.",
    )  # fmt: skip
    tell([told], versions_of("python-calamine", "openpyxl"), as_json=options.json)


def _by_calamine(paths: list[Path]) -> int:
    cells = 0
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
    return cells


def _returned(desk: Desk, folder: Path) -> list[Path]:
    """Hand workbooks out and change cells of each."""
    made = hand_out(desk, "2026-03中旬", folder)
    for path in made.files:
        sheet = openpyxl.load_workbook(path, read_only=True)["手续"]
        heads = [str(each.value) for each in next(sheet.iter_rows(min_row=3, max_row=3))]
        letter = chr(65 + heads.index("备注"))
        cells = {f"{letter}{row}": Edit(f"已电话催办{row}次") for row in range(4, 4 + _CHANGED)}
        path.write_bytes(edited(path.read_bytes(), {"手续": cells}, path.name))
    return list(made.files)


def office_of(root: Path, units: int) -> Desk:
    """Make a workspace in which each unit leads five projects and decides all their approvals; return its desk."""
    data = root / "data"
    data.mkdir()
    shutil.copy(ROOT / "docgen.toml", root)
    projects = range(1, units * _PROJECTS + 1)
    tables: dict[str, list[Any]] = {name: list(rows) for name, rows in SHEETS.items()}
    tables["单位"] = [
        tables["单位"][0],
        *((n, f"澄湖县第{n}局", f"县{n}局", "县级", "审批单位") for n in range(1, units + 1)),
    ]
    tables["事项"] = [
        tables["事项"][0],
        *((n, f"第{n}项审查", "县1局", "县级", 20) for n in range(1, _ITEMS + 1)),
    ]
    head = ("序号", "项目名称", "项目类型", "清单阶段", "计划开工", "牵头单位")
    listed = ((n, _name(n), "企业投资", "终稿", "2026年9月", _unit(n)) for n in projects)
    tables |= {"项目": [head, *listed], "手续": [_APPROVALS, *_approvals(projects)]}
    for name, rows in tables.items():
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = name
        for row in rows:
            sheet.append(row)
        book.save(data / f"{name}.xlsx")
    workspace = Workspace.find(root)
    return Desk.at(workspace, People("陶映雪", "bench"), _DAY, lambda: datetime.now().astimezone())


def _name(project: int) -> str:
    return f"澄湖县第{project}号建设项目"


def _unit(project: int) -> str:
    return f"县{(project - 1) // _PROJECTS + 1}局"


def _approvals(projects: range) -> Iterator[tuple[Any, ...]]:
    for n in projects:
        for item in range(1, _ITEMS + 1):
            day = date(2026, 1, 1 + (n + item) % 28)
            yield (_name(n), f"第{item}项审查", "县级", _unit(n), f"办理人{n % 97}", day, day, "已受理", None)


if __name__ == "__main__":
    main()
