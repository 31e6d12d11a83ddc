"""How much memory and processor time a printed table takes: python bench/export_memory.py [--rows N].

The rows are made one by one and are the same few values again, so that what grows is the writer's. What it says is how
far the peak of the resident memory lies above that before the writing, for the rows asked for and for a tenth of them.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

from docgen.sheets.printed import workbook_of
from docgen.sheets.tables import Column, Row, Sum, Table, width_of_hanzi

_COLUMNS = (
    Column("序号", width_of_hanzi(3), "center", ""),
    *(Column(f"事项{number}", width_of_hanzi(10)) for number in range(6)),
    *(Column(f"金额{number}", width_of_hanzi(6), "right", "0.00") for number in range(3)),
    *(Column(f"日期{number}", width_of_hanzi(6), "center", "yyyy-mm-dd") for number in range(2)),
)
_LINE = (*["县发改委正在组织专家评审"] * 6, *[Decimal("12.5")] * 3, *[date(2026, 3, 16)] * 2)


def write(rows: int) -> None:
    """Write a table of so many rows and tell what it took."""
    plain = ((Row.PLAIN, (number, *_LINE)) for number in range(1, rows + 1))
    total = (Row.TOTAL, ("合计", *[None] * 6, *[Sum(Decimal("12.5") * rows, 0, rows)] * 3, None, None))
    table = Table("台账", ("左", "右"), _COLUMNS, (*plain, total))
    before, begun = _peak(), time.process_time()
    size = len(workbook_of(table))
    took = time.process_time() - begun
    print(
        f"{rows} 行：峰值增加 {(_peak() - before) / 1024:.0f} MB，处理器 {took:.1f} 秒，文件 {size / 2**20:.1f} MB"
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Write a tenth of the rows and all of them, each in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--alone", action="store_true")
    asked = parser.parse_args()
    if asked.alone:
        write(asked.rows)
        return
    for rows in (asked.rows // 10, asked.rows):
        subprocess.run([sys.executable, __file__, "--rows", str(rows), "--alone"], check=True)  # itself


if __name__ == "__main__":
    main()
