"""How much memory printed tables take that are written row by row, and those that are made as cells.

    python bench/export_memory.py [--rows N] [--json]

Each is written in a process of its own; what counts is how far the peak of the resident memory lies above that before
the writing. The rows of the table are there before and are the same few values again, so that what grows is the
writer's: ten times the rows may add what the file itself is larger by, for the file is made in memory. The schedule
and the sheet with a column an item are made as cells, from a workspace of 10,000 approvals.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from collect_ratio import office_of
from finding import AT_MOST, Finding, parser, tell, versions_of

from docgen.office.exporting import export
from docgen.sheets.writing.printed import workbook_of
from docgen.sheets.writing.tables import Column, Row, Sum, Table, Value, width_of_hanzi

_MOST: Final = 1.5
_AS_CELLS: Final = ("倒排工期调度表", "手续一览")
_UNITS: Final = 100
_APPROVALS_A_UNIT: Final = 100
_COLUMNS: Final = (
    Column("序号", width_of_hanzi(3), "center", ""),
    *(Column(f"事项{number}", width_of_hanzi(10)) for number in range(6)),
    *(Column(f"金额{number}", width_of_hanzi(6), "right", "0.00") for number in range(3)),
    *(Column(f"日期{number}", width_of_hanzi(6), "center", "yyyy-mm-dd") for number in range(2)),
)
_LINE: Final[tuple[Value, ...]] = (
    *["县发改委正在组织专家评审"] * 6,
    *[Decimal("12.5")] * 3,
    *[date(2026, 3, 16)] * 2,
)


def main() -> None:
    """Write each in a process of its own and tell what it took."""
    command = parser(__doc__)
    command.add_argument("--rows", type=int, default=200_000)
    command.add_argument("--alone", default="", help="used by the script itself")
    options = command.parse_args()
    if options.alone:
        print(json.dumps(_alone(options.alone, options.rows)))
        return
    few, many = _taken("table", options.rows // 10), _taken("table", options.rows)
    cells = {name: _taken(name, _UNITS * _APPROVALS_A_UNIT) for name in _AS_CELLS}
    larger = many["file"] - few["file"]
    told = Finding(
        "export_memory", f"memory that {options.rows} rows take more than a tenth of them, written row by row",
        "what the file is larger by", (many["peak"] - few["peak"]) / larger, AT_MOST, _MOST,
        {f"{each['rows']} rows": _words(each) for each in (few, many)}
        | {f"{name}, made as cells, {each['rows']} rows": _words(each) for name, each in cells.items()},
        "Peak of the resident memory above that before the writing; processor time.",
    )  # fmt: skip
    tell([told], versions_of("openpyxl"), as_json=options.json)


def _words(taken: dict[str, Any]) -> str:
    return f"{taken['peak']:.0f} MB, {taken['seconds']:.1f} s, file {taken['file']:.1f} MB"


def _taken(what: str, rows: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--alone", what, "--rows", str(rows)]  # itself
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _alone(what: str, rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        if what == "table":
            table = _table(rows)
            before, begun = _peak(), time.process_time()
            size = len(workbook_of(table))
        else:
            desk = office_of(Path(place), rows // _APPROVALS_A_UNIT)
            desk.workspace.records()
            before, begun = _peak(), time.process_time()
            size = export(desk, what, Path("made.xlsx"), Path(place)).stat().st_size
        seconds = time.process_time() - begun
        return {"rows": rows, "peak": _peak() - before, "seconds": seconds, "file": size / 2**20}


def _table(rows: int) -> Table:
    plain = ((Row.PLAIN, (number, *_LINE)) for number in range(1, rows + 1))
    total = (Row.TOTAL, ("合计", *[None] * 6, *[Sum(Decimal("12.5") * rows, 0, rows)] * 3, None, None))
    return Table("台账", ("左", "右"), _COLUMNS, (*plain, total))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
