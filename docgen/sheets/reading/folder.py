"""The files of a data folder: workbooks are opened; of others that may hold a table it is said that they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from docgen.errors import Advice, DocgenError
from docgen.model.names import nearest
from docgen.sheets.faults import MissingSheet, SheetElsewhere, UnreadableWorkbook
from docgen.sheets.opening.workbook import Workbook, open_workbook

_WORKBOOKS: Final = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb"))
_PASSED_OVER: Final = ("~$", ".")
_TABLES: Final = frozenset((".ods", ".csv", ".tsv", ".et", ".ett"))
_OTHERS: Final = {
    "是 Word 文档": (".docx", ".doc", ".wps", ".rtf", ".odt"),
    "是 PDF": (".pdf", ".ofd"),
    "是图片": (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic"),
}


def opened(folder: Path, faults: list[DocgenError]) -> list[Workbook]:
    """Return the workbooks of a folder; those that cannot be read are told of in `faults`."""
    found = []
    for path in _files(folder):
        if path.suffix.lower() not in _WORKBOOKS:
            continue
        try:
            workbook = open_workbook(path)
            workbook.sheet_names  # noqa: B018  # opens the book, so that a broken one is found here
            found.append(workbook)
        except UnreadableWorkbook as fault:
            faults.append(fault)
    return found


def unread(folder: Path, sheets: Collection[str]) -> Iterator[Advice]:
    """Yield which files are not read although they hold a table, or have the name of one of the sheets."""
    for path in _files(folder):
        suffix = path.suffix.lower()
        named = any(each in path.stem for each in sheets)
        what = next((what for what, suffixes in _OTHERS.items() if suffix in suffixes), "")
        if suffix in _TABLES:
            words = "数据文件夹中只读 .xlsx，没有读；请另存为 .xlsx，或移出后用 docgen sheets import 导入"
        elif what and named:
            words = f"{what}，里面的表没有读；请要来表格的原件，或把表抄到工作簿里"
        else:
            continue
        yield Advice("sheet-file-unread", f"{path.name}：{words}")


def missing(
    sheet: str, shown: str, others: Collection[str], unnamed: Mapping[str, Workbook]
) -> MissingSheet | SheetElsewhere:
    """Return the fault of a sheet that no workbook has.

    Args:
        sheet: its name.
        shown: the folder as messages write it.
        others: the sheets that are none of the workspace's, of which one may be meant.
        unnamed: the workbooks that have no sheet of the workspace, by their names.
    """
    near = nearest(sheet, others, 1)
    book = None if near else unnamed.get(sheet)
    return (
        SheetElsewhere(sheet, book.path.name, book.shown_names) if book else MissingSheet(sheet, shown, near)
    )


def absent(sheet: str) -> Advice:
    """Return what is said of a sheet that the workspace declares and nobody has made yet."""
    how = f"用 docgen sheets new {sheet} 生成空白表，填好后放进数据文件夹"
    return Advice("sheet-absent", f"工作区声明了“{sheet}”表，数据文件夹中还没有；可{how}")


def _files(folder: Path) -> Iterator[Path]:
    yield from (each for each in sorted(folder.glob("*")) if not each.name.startswith(_PASSED_OVER))
