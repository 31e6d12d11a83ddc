"""A workspace as big as a province's: the sample workspace's projects that owe something, many times over.

    python bench/big_workspace.py DIR [--count 10000] [--superior]

Every copy of a project has its own number, name and national code, and its own copy of all its approvals; units,
members, items and the mechanism are the sample's; ledgers that name its projects are left out. With `--superior`
superior units get notices too (主送范围 全部), so that fewer projects give as many.
`docgen -C DIR notice --all` makes at least so many notices of it.
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from letters import ROOT, drafts_of, records_of

_PROJECTS: Final = "项目"
_APPROVALS: Final = "手续"
_OF_PROJECTS: Final = ("问题.xlsx", "会议.xlsx", "督办.xlsx", "调整.xlsx")
_TITLE_ROWS: Final = 2
_APART: Final = 100  # numbers between a project and its next copy; more than the sample has projects
Rows = list[tuple[Any, ...]]


def main() -> None:
    command = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("--count", type=int, default=10_000, help="notices wanted")
    command.add_argument("--superior", action="store_true", help="notices to superior units too")
    options = command.parse_args()
    projects, approvals = build(options.folder, options.count, superior=options.superior)
    print(f"{projects:,} projects, {approvals:,} approvals in {options.folder}")


def build(folder: Path, count: int, *, superior: bool = False) -> tuple[int, int]:
    """Make the workspace in a new folder; return how many projects and approvals it has."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("~$*", *_OF_PROJECTS))
    (folder / "out").mkdir()
    shutil.copy(ROOT / "docgen.toml", folder)
    data = folder / "data"
    if superior:
        _reach_all(data / "工作机制.xlsx")
    notices = _notices_by_project(data)
    copies = -(-count // sum(notices.values()))
    projects = _copied(data / f"{_PROJECTS}.xlsx", notices.keys(), copies, _project)
    approvals = _copied(data / f"{_APPROVALS}.xlsx", notices.keys(), copies, _approval)
    return projects, approvals


def _reach_all(path: Path) -> None:
    """Let notices go to units of every level."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row for row in book["文种"].iter_rows(min_row=_TITLE_ROWS)}
    titles = [cell.value for cell in rows["文种"]]
    rows["告知函"][titles.index("主送范围")].value = "全部"
    book.save(path)


def _notices_by_project(data: Path) -> dict[int, int]:
    """Return the projects that owe something, by number, with the notices each gives."""
    subjects = (each.subject for each in drafts_of(records_of(data)))
    return dict(Counter(int(each.removeprefix("第").partition("号")[0]) for each in subjects))


def _copied(
    path: Path,
    numbers: Iterable[int],
    copies: int,
    copy_of: Callable[[tuple[Any, ...], int], tuple[Any, ...]],
) -> int:
    """Write the rows of some projects over and over into a sheet in place of its rows; return how many."""
    titles, rows = _read(path)
    wanted = set(numbers)
    kept = [row for row in rows if row[0] in wanted]
    _write(path, [*titles, *(copy_of(row, turn) for turn in range(copies) for row in kept)])
    return copies * len(kept)


def _project(row: tuple[Any, ...], turn: int) -> tuple[Any, ...]:
    number, name, code, *others = row
    return (number + turn * _APART, f"{name}（第{turn + 1}批）" if turn else name, _code(code, turn), *others)


def _approval(row: tuple[Any, ...], turn: int) -> tuple[Any, ...]:
    number, *others = row
    return (number + turn * _APART, *others)


def _code(code: str | None, turn: int) -> str | None:
    if code is None:
        return None
    start, _, last = code.rpartition("-")
    return f"{start}-{(int(last) + turn * 7919) % 1_000_000:06d}"


def _read(path: Path) -> tuple[Rows, Rows]:
    """Return the title and header rows, and the others that are not blank."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows[:_TITLE_ROWS], [row for row in rows[_TITLE_ROWS:] if any(cell is not None for cell in row)]


def _write(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    for row in rows:
        sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    main()
