"""A folder on disk: `docgen.toml`, `data/`, `templates/`, `out/`, the register, and `sheets/` of its own if it has any.

It is found from where one stands, upward, as git does. What docgen ships (templates, examples) lies in the
package when installed and in the repository when not.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError, Problems
from docgen.files import cannot_write, reason_of
from docgen.settings import VERSION, Settings, read_settings

if TYPE_CHECKING:
    from docgen.documents.declared.catalogue import Catalogue
    from docgen.model.fields import Record
    from docgen.model.records import Records
    from docgen.model.schema import Schema
    from docgen.sheets.reading.reader import Reading
    from docgen.standard.measures.look import Look

CONFIG: Final = "docgen.toml"
OWN_SHEETS: Final = "sheets"
BAGS: Final = "归档"
"""The folder of the bags of years, where no other is given."""
OWN_KINDS: Final = "kinds"
FILLING_PAGE: Final = "填报说明.docx"
MOST_TEMPLATE_BYTES: Final = 50 * 2**20


class NoWorkspace(DocgenError):
    """There is no workspace here nor above."""

    code = "workspace-missing"
    exit_code = WRONG_USE
    says = f"{{start}} 及其上级文件夹中没有 {CONFIG}，这里不是 docgen 工作区"
    advises = "请进入工作区文件夹，或用 -C 指明；新建工作区用 docgen init 文件夹名。"

    start: str


class NoSuchFolder(DocgenError):
    """The folder in which a workspace is to be found does not exist."""

    code = "folder-unknown"
    exit_code = WRONG_USE
    says = "没有 {path} 这个文件夹"
    advises = "请核对 -C 后面的路径。"

    path: str


class FolderNotEmpty(DocgenError):
    """A new workspace was asked for where something already is."""

    code = "folder-not-empty"
    exit_code = WRONG_USE
    says = "{path} 已存在且不是空文件夹"
    advises = "请换一个新的文件夹名；没有改动任何文件。"

    path: str


class MissingFolder(DocgenError):
    """A folder of the workspace is not there."""

    code = "folder-missing"
    says = "缺少文件夹 {path}"
    advises = f"请恢复该文件夹，或在 {CONFIG} 的 [folders] 中改正。"

    path: str


class TemplateMissing(DocgenError):
    """A template file is not in the workspace."""

    code = "template-missing"
    exit_code = OUTSIDE_FAILED
    says = "读不到模板 {path}（{reason}）"
    advises = "可用 docgen template rebuild 恢复随附的模板。"

    path: str
    reason: str


@dataclass(frozen=True)
class Workspace:
    """A workspace that has been found and whose settings hold.

    Args:
        root: its folder, absolute.
        settings: the contents of its `docgen.toml`.
    """

    root: Path
    settings: Settings

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Open the nearest workspace from a folder upward.

        Raises:
            NoSuchFolder: the folder itself is not there.
            NoWorkspace: there is none.
            WorkspaceTooNew, BadConfig, Problems: its settings do not hold.
        """
        start = start.absolute()
        if not start.is_dir():
            raise NoSuchFolder(str(start))
        for folder in (start, *start.parents):
            if (folder / CONFIG).is_file():
                return cls(folder, read_settings(folder / CONFIG))
        raise NoWorkspace(str(start))

    @property
    def look(self) -> Look:
        """Return how documents of this workspace look."""
        return self.settings.layout.look

    @property
    def data(self) -> Path:
        """Return the folder of data sheets."""
        return self.root / self.settings.folders.data

    @property
    def out(self) -> Path:
        """Return the folder of generated documents."""
        return self.root / self.settings.folders.out

    @property
    def register_path(self) -> Path:
        """Return the register's file."""
        return self.root / self.settings.folders.register_file

    @property
    def witness_folders(self) -> tuple[Path, ...]:
        """Return the folders in which the register's head is witnessed: beside it, and the one that settings name."""
        at = self.settings.register_at
        beside = self.root if at.url else self.register_path.parent
        return (beside, self.root / at.witness) if at.witness else (beside,)

    @property
    def docx_templates(self) -> Path:
        """Return the folder of document templates."""
        return self.root / self.settings.folders.templates / "docx"

    @property
    def xlsx_templates(self) -> Path:
        """Return the folder of blank sheets and of the designs of ledgers."""
        return self.root / self.settings.folders.templates / "xlsx"

    @property
    def filling_page(self) -> Path:
        """Return the page that is handed out with sheets to be filled in; it need not be there."""
        return self.root / self.settings.folders.templates / FILLING_PAGE

    @property
    def kinds(self) -> Path:
        """Return the folder of declarations of the office's own kinds; it need not be there."""
        return self.root / OWN_KINDS

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the kinds of documents of this workspace."""
        from docgen.documents.declared.catalogue import read_catalogue

        return read_catalogue(self.kinds, self.shown(self.kinds), self.schema)

    @property
    def own_sheets(self) -> Path:
        """Return the folder in which the workspace declares sheets of its own; it need not be there."""
        return self.root / OWN_SHEETS

    @cached_property
    def schema(self) -> Schema:
        """Return the record types of this workspace: those of docgen and those that it declares itself.

        Raises:
            Problems: what is wrong with its declarations.
        """
        from docgen.model.schema import BUILT_IN

        if not self.own_sheets.exists():
            return BUILT_IN
        from docgen.sheets.declaring.declarations import read_declarations
        from docgen.sheets.declaring.declared import types_of
        from docgen.sheets.writing.arrangement import TAKEN

        linkable = tuple(BUILT_IN.linkable())
        declared = read_declarations(self.own_sheets, self.shown(self.own_sheets), TAKEN, linkable)
        return BUILT_IN.with_own(types_of(declared))

    def shown(self, path: Path) -> str:
        """Return a path below the workspace as messages write it, with / between folders."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def read(self, *wanted: type[Record]) -> Reading:
        """Read the data sheets of the record types wanted, of all when none is named."""
        from docgen.model.schema import BUILT_IN
        from docgen.sheets.reading.reader import Reading, read_folder

        folder = self.data
        if not folder.is_dir():
            return Reading(None, (MissingFolder(self.shown(folder)),), ())
        if wanted and BUILT_IN.includes(wanted):  # whatever is wrong with declarations does not matter
            return read_folder(folder, self.shown(folder), wanted)
        try:
            schema = self.schema
        except Problems as problems:
            return Reading(None, problems.faults, ())
        return read_folder(folder, self.shown(folder), wanted, schema)

    def records(self) -> Records:
        """Return the records of all sheets. Raises Problems, with every fault of them."""
        reading = self.read()
        if reading.records is None:
            raise Problems(reading.faults)
        return reading.records

    def template_bytes(self, name: str) -> bytes:
        """Return a document template. Raises TemplateMissing when it cannot be read."""
        path = self.docx_templates / name
        try:
            if not path.exists():
                raise TemplateMissing(self.shown(path), "文件不存在")
            if not path.is_file() or path.stat().st_size > MOST_TEMPLATE_BYTES:
                raise TemplateMissing(self.shown(path), "不是普通文件，或过大")
            return path.read_bytes()
        except OSError as fault:
            raise TemplateMissing(self.shown(path), reason_of(fault)) from fault


def shipped(*parts: str) -> Path:
    """Return a path of what docgen ships: in the installed package, else in the repository it runs from."""
    package = Path(__file__).parent
    packed = package / "_shipped"
    if packed.is_dir():
        return packed.joinpath(*parts)
    root = package.parent
    return root.joinpath(*parts[2:]) if parts[:2] == ("examples", "a") else root.joinpath(*parts)


def examples() -> dict[str, Path]:
    """Return the folders of the examples that docgen ships, by their letters: a folder of one letter is one."""
    found = (each for each in shipped("examples").iterdir() if len(each.name) == 1)
    letters = sorted({"a", *(each.name for each in found if (each / CONFIG).is_file())})
    return {letter: shipped("examples", letter) for letter in letters}


def _laid(example: str) -> tuple[Path, ...]:
    """Return the folders that make an example: of a, in the repository, the root and what lies over its sheets."""
    return tuple(dict.fromkeys((shipped("examples", example), shipped("examples") / example)))


def create(
    folder: Path,
    example: str | None,
    blank_sheets: dict[str, bytes],
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> Path:
    """Make a new workspace and return its folder.

    Everything is made beside the folder first, so that the workspace is there whole or not at all.

    Args:
        folder: where; must not exist or be empty.
        example: letter of the example whose data it gets; None for empty sheets.
        blank_sheets: file names and contents of the data sheets it begins with.
        beside: other files by their paths in the workspace.

    Raises:
        FolderNotEmpty: there is something in the folder.
        CannotWrite: the operating system refuses.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".docgen-") as temporary:
            made = Path(temporary) / "workspace"
            _fill(made, example, blank_sheets)
            for name, data in beside.items():
                (made / name).parent.mkdir(exist_ok=True)
                (made / name).write_bytes(data)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
    except shutil.Error as fault:  # several files at once; the first says why
        raise cannot_write(folder, OSError(errno.ENOSPC if "28" in str(fault) else 0, "")) from fault
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    return folder


def _fill(made: Path, example: str | None, blank_sheets: dict[str, bytes]) -> None:
    made.mkdir()
    shutil.copytree(shipped("templates"), made / "templates")
    (made / "out").mkdir()
    if example:
        for source in _laid(example):
            for name in ("data", OWN_SHEETS, OWN_KINDS):
                if (source / name).is_dir():
                    ignored = shutil.ignore_patterns("~$*", ".*")
                    shutil.copytree(source / name, made / name, ignore=ignored, dirs_exist_ok=True)
        shutil.copyfile(shipped("examples", example) / CONFIG, made / CONFIG)
        return
    (made / "data").mkdir()
    for name, data in blank_sheets.items():
        (made / "data" / name).write_bytes(data)
    (made / CONFIG).write_text(_NEW_CONFIG, encoding="utf-8")


_NEW_CONFIG: Final = f"""# docgen 工作区设置
version = {VERSION}

[defaults]
# by = "办理人姓名"     # 不写 --by 时记作谁办理

# 公文版式。以下都是默认值，符合 GB/T 9704-2012；改过后运行 docgen template rebuild
# [layout]
# fonts = "GB2312"        # 或 "普通"：用“仿宋”“楷体”，适合没有 GB2312 字体或有生僻字的电脑
# margins = "版心"        # 或 "墨迹"：天头 37 毫米从字的上沿量起
# even_last_page = true   # 版记放在偶数页（双面打印）
# mark_size = 42          # 发文机关标志的最大字号，磅
# page_number = "一字线"  # 或 "无"：页码两边不加一字线
# keep_together = ["源网荷储一体化"]  # 标题分行时不拆开的词
"""
