"""Starting: a new workspace, and blank sheets to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import staged
from docgen.model.kind_row import KindRow
from docgen.model.mechanism import Mechanism
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN
from docgen.model.unit import Unit
from docgen.office.kinds import kind_rows
from docgen.sheets.exports.catalogue import TITLES
from docgen.sheets.opening.workbook import open_read
from docgen.sheets.reading.folder import opened
from docgen.sheets.reading.reader import read_folder
from docgen.sheets.writing.books import called_in, files_of, needed_by, offered_by, refuse_existing
from docgen.sheets.writing.designs import FILE as DESIGNS_FILE
from docgen.sheets.writing.designs import NAME as DESIGNS
from docgen.sheets.writing.designs import designs_workbook
from docgen.sheets.writing.sourced import sourced_workbooks
from docgen.workspace import Workspace, create, examples


class UnknownExample(DocgenError):
    """No example has the asked letter."""

    code = "example-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”这个示例"
    advises = "可以用的示例：{known:；}。"

    asked: str
    known: tuple[str, ...]


class SheetThere(DocgenError):
    """A blank sheet was to be written into the data folder, where a workbook of another name holds that sheet."""

    code = "sheet-there"
    exit_code = WRONG_USE
    says = "“{sheet}”表在 {path} 里已经有了，没有另建；数据文件夹里一张表只能有一处"
    advises = "请打开那个工作簿填写；要一份空白表的，用 --to 写到数据文件夹以外。"

    sheet: str
    path: str


def new_workspace(folder: Path, example: str | None = None) -> Path:
    """Make a workspace with an example's data, or with blank sheets, and return its folder.

    Raises:
        UnknownExample: no example has that letter.
        FolderNotEmpty: there is something in the folder.
        CannotWrite: the operating system refuses.
    """
    if example is not None and example.lower() not in examples():
        raise UnknownExample(example, tuple(f"{letter}（{name}）" for letter, name in names_of_examples()))
    blank = (
        {} if example else sourced_workbooks({}, {KindRow.sheet: [(each, "") for each in kind_rows()]}, {})
    )
    return create(folder, example and example.lower(), blank)


def names_of_examples() -> Iterator[tuple[str, str]]:
    """Yield letter and full name of the mechanism of each example."""
    for letter, folder in examples().items():
        records = read_folder(folder / "data", "data", (Unit, Mechanism)).records
        yield letter, records.mechanism.name if records else "数据表有问题"


def new_sheets(kinds: Sequence[str], folder: Path, around: Path) -> list[Path]:
    """Write blank sheets and return them.

    Args:
        kinds: names of sheets, or 全部; 台账样式 for the workbook in which ledgers are restyled.
        folder: where they go.
        around: drop-downs offer what the sheets of the workspace around this folder name, where there is one.

    Raises:
        DocgenError: a sheet nobody knows.
        Problems: files of those names, or other workbooks of the data folder with those sheets, are there already.
        CannotWrite: the operating system refuses.
    """
    workspace, records = _around(around)
    schema = workspace.schema if workspace else BUILT_IN
    offered, called = (offered_by(records), called_in(records.mechanism)) if records else ({}, {})
    needed = needed_by(records) if records else ()
    made = files_of([each for each in kinds if each != DESIGNS], offered, schema, called, needed)
    if DESIGNS in kinds:
        made[DESIGNS_FILE] = designs_workbook(TITLES)
    files = {folder / name: data for name, data in made.items()}
    refuse_existing(list(files))
    if workspace and folder.resolve() == workspace.data.resolve():
        Problems.raise_any(_already_there(files, workspace))
    with staged() as staging:
        for path, data in files.items():
            staging.add(path, data)
    return list(files)


def _around(around: Path) -> tuple[Workspace | None, Records | None]:
    """Return the workspace around a folder, and its records where its sheets are sound.

    Raises:
        Problems: what is wrong with the sheets that the workspace declares.
    """
    try:
        workspace = Workspace.find(around)
    except DocgenError:
        return None, None
    return workspace, workspace.read().records


def _already_there(files: Mapping[Path, bytes], workspace: Workspace) -> Iterator[SheetThere]:
    """Yield the sheets of new workbooks that workbooks of the data folder hold."""
    places = {
        name.strip(): workspace.shown(each.path)
        for each in opened(workspace.data, [])
        for name in each.sheet_names
    }
    for path, data in files.items():
        names = open_read(path, data).sheet_names
        known = [each for each in names if each in places and workspace.schema.sheet(each)]
        yield from (SheetThere(each, places[each]) for each in known)
