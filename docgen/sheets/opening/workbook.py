"""A workbook opened with care: what cannot be read is refused with its reason, the rest becomes grids.

Nothing is written. Memory is bounded before the sheet reader sees a file, because a cell at XFD1048576 makes
any dense reader ask for terabytes.
"""

from __future__ import annotations

import errno
import io
import posixpath
import zipfile
import zlib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from docgen.dataclass import dataclass
from docgen.files import read_regular, reason_of
from docgen.opc.reading import content_of
from docgen.sheets.dates import DAY_ZERO, DAY_ZERO_1904
from docgen.sheets.faults import LockedWorkbook, NoWorkbook, UnreadableWorkbook
from docgen.sheets.opening.grid import (
    BETWEEN,
    LONGEST_TEXT,
    Grid,
    Merged,
    Rows,
    counted_areas,
    fill_merged,
    lengthen,
    take_out_long,
)
from docgen.sheets.opening.marked import UNMARKED, Marked, Struck, marked_rows, struck_styles, struck_texts
from docgen.sheets.opening.special import Special, may_be_long, special_cells

OPTIONS: Final = "选项"
"""The hidden sheet of drop-down lists in the workbooks that docgen hands out; never data."""
MOST_BYTES: Final = 64 * 2**20
MOST_UNPACKED: Final = 400 * 2**20
MOST_CELLS: Final = 8_000_000

OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of the time before .xlsx begin."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SHEETS: Final = "xl/worksheets/"
_SHARED: Final = "xl/sharedstrings.xml"
_STYLES: Final = "xl/styles.xml"
_CELL, _TEXT = b"<c r=", b"<si"
"""How each cell begins, and each text of those shared."""
_LOOKS: Final = ("xl/theme/", "xl/drawings/", "xl/comments", "docProps/", "_rels/", "[")
"""How the names of parts begin that say how a workbook looks and what it is; nothing is read from them."""
_CHUNK: Final = 2**20
ZIP_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What zipfile raises for damaged, encrypted or exotically packed parts."""

__all__ = [
    "OLE",
    "OPTIONS",
    "Sheet",
    "Workbook",
    "open_workbook",
]


@dataclass(frozen=True)
class Sheet:
    """A worksheet of which so far only the values are known, cells merged downward filled with theirs.

    `seen` are the marked rows where the sheet has no `xml` to look for them in; `may_be_long` is False where the file
    shows that no text is too long.
    """

    name: str
    rows: Rows
    xml: bytes
    special: Special
    day_zero: date
    struck: Struck
    merged: tuple[Merged, ...] = ()
    seen: Marked = UNMARKED
    may_be_long: bool = True

    @cached_property
    def lines(self) -> list[str]:
        """Return each row as one text, by which equal rows are known; blank cells at its end count for nothing."""
        return [BETWEEN.join(map(str, row)).rstrip(BETWEEN) for row in self.rows]

    @cached_property
    def marked(self) -> Marked:
        """Return the rows that are hidden or struck through, and cells that are in part."""
        return marked_rows(self.xml, self.struck) if self.xml else self.seen

    def grid(self) -> Grid:
        """Return the sheet with all that it holds; texts too long and rows that only formulas reach are put right."""
        special = self.special
        is_short = "lines" in vars(self) and all(len(each) <= LONGEST_TEXT for each in self.lines)
        long = {} if is_short or not self.may_be_long else take_out_long(self.rows)
        lengthen(self.rows, (*special.formulas, *special.errors))
        merged = counted_areas(self.merged, self.rows)
        told = (special.formulas, special.errors, long, self.day_zero, self.marked, merged)
        return Grid(self.name, self.rows, *told)


@dataclass(frozen=True)
class Workbook:
    """A readable workbook: its file name and the names of its worksheets in order."""

    path: Path
    data: bytes

    @cached_property
    def _calamine(self) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except PasswordError:
            raise unreadable(self.path, "工作簿有打开密码", _DECRYPT) from None
        except (CalamineError, OSError) as fault:
            raise broken(self.path) from fault

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets, hidden ones too."""
        from python_calamine import SheetTypeEnum

        return tuple(
            each.name for each in self._calamine.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet
        )

    @property
    def shown_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets, without that of the lists of drop-downs."""
        return tuple(each for each in self.sheet_names if each != OPTIONS)

    def grid(self, name: str) -> Grid:
        """Read one worksheet. Raises UnreadableWorkbook as of `sheet`."""
        return self.sheet(name).grid()

    def sheet(self, name: str) -> Sheet:
        """Read the values of one worksheet; what else it holds is found when its grid is asked for.

        Raises:
            UnreadableWorkbook: the sheet is broken or far too large.
        """
        from python_calamine import CalamineError

        xml = self._sheet_xml(name)
        special = _special(self.path, name, xml)
        try:
            sheet = self._calamine.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        except (CalamineError, ValueError, OSError) as fault:
            raise broken(self.path) from fault
        merged = tuple(sheet.merged_cell_ranges or ())
        fill_merged(rows, merged)
        told = (special, self._day_zero, self._struck, merged)
        is_long = self._shares_long or may_be_long(xml, _CELL, LONGEST_TEXT)
        return Sheet(name, rows, xml, *told, may_be_long=is_long)

    @cached_property
    def _shares_long(self) -> bool:
        """Whether a shared text may be longer than a cell can be."""
        return may_be_long(self._shared, _TEXT, LONGEST_TEXT)

    @cached_property
    def _shared(self) -> bytes:
        """Return the part of the shared texts; nothing where there is none."""
        return self._if_there(
            next((each for each in self._package.namelist() if each.lower() == _SHARED), "")
        )

    @cached_property
    def _package(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    def _part(self, name: str) -> bytes:
        """Unpack a part. Raises KeyError where there is none, else what `ZIP_FAULTS` lists."""
        return content_of(self._package, self.data, self._package.getinfo(name))

    def _sheet_xml(self, name: str) -> bytes:
        try:
            return self._part(self._part_of[name])
        except (KeyError, *ZIP_FAULTS) as fault:
            raise broken(self.path) from fault

    def checked(self) -> Self:
        """Return it, when the package is what a workbook is. Raises UnreadableWorkbook."""
        try:
            _refuse_package(self.path, self._package, self.data)
        except ZIP_FAULTS as fault:
            raise broken(self.path) from fault
        return self

    @cached_property
    def _parts(self) -> tuple[Any, Any]:
        """Return the part that lists the sheets, and its relations."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            book = etree.fromstring(self._part("xl/workbook.xml"), parser)
            return book, etree.fromstring(self._part("xl/_rels/workbook.xml.rels"), parser)
        except (KeyError, etree.XMLSyntaxError, *ZIP_FAULTS) as fault:
            raise broken(self.path) from fault

    @cached_property
    def _day_zero(self) -> date:
        said = [each.get("date1904", "") for each in self._parts[0].iter("{*}workbookPr")]
        return DAY_ZERO_1904 if "1" in said or "true" in said else DAY_ZERO

    @cached_property
    def _struck(self) -> Struck:
        return Struck(struck_styles(self._if_there(_STYLES)), struck_texts(self._shared))

    def _if_there(self, name: str) -> bytes:
        """Unpack a part; nothing where there is none, or it cannot be."""
        try:
            return self._part(name)
        except (KeyError, *ZIP_FAULTS):
            return b""

    @cached_property
    def _part_of(self) -> dict[str, str]:
        book, relations = self._parts
        targets = {each.get("Id"): posixpath.join("/xl", each.get("Target", "")) for each in relations}
        sheets = book.iter("{*}sheet")
        return {each.get("name", ""): targets.get(_relation_of(each), "").lstrip("/") for each in sheets}


def _relation_of(sheet: Any) -> str:
    """Return the relation of a sheet, whose namespace differs between transitional and strict files."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


_SAVE_AGAIN: Final = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
_MISPLACED: Final = "数据表不会这样大，请检查是否放错了文件。"
_DECRYPT: Final = "请在 Excel 或 WPS 中打开，取消打开密码后保存。"


def open_workbook(path: Path) -> Workbook:
    """Open a workbook after checking that it is one.

    Raises:
        UnreadableWorkbook: not xlsx, encrypted, truncated, empty, with macros, or too large.
        LockedWorkbook: the operating system does not let us read it.
    """
    return open_read(path, bytes_of(path))


def open_read(path: Path, data: bytes) -> Workbook:
    """Return a workbook of which the bytes are read. Raises UnreadableWorkbook as of `open_workbook`."""
    _refuse_foreign(path, data)
    return Workbook(path, data).checked()


def bytes_of(path: Path) -> bytes:
    """Return a file that is no larger than a workbook may be. Raises as `open_workbook`, or NoWorkbook."""
    if path.is_dir():
        raise unreadable(path, "是文件夹，不是工作簿", "请移出或改名后再试。")
    try:
        return read_regular(path, MOST_BYTES)
    except PermissionError:
        raise LockedWorkbook(
            path.name,
            "打不开，可能正被其他程序占用或没有读取权限",
            "请关闭正在使用它的程序，或检查文件权限后再试。",
        ) from None
    except OSError as fault:
        if fault.errno == errno.ENOENT and not path.is_symlink():
            raise NoWorkbook(path.name, "没有这个文件或文件夹", "请核对路径和名称。") from None
        if fault.errno == errno.EFBIG:
            raise unreadable(path, f"文件超过{MOST_BYTES // 2**20} MB", _MISPLACED) from None
        if fault.errno == errno.ENXIO:
            raise unreadable(path, "不是普通文件（是管道、设备或套接字）", "请移出或改名后再试。") from None
        raise LockedWorkbook(
            path.name, f"读取失败（{reason_of(fault)}）", "请检查路径、文件和磁盘后再试。"
        ) from fault


def _refuse_foreign(path: Path, data: bytes) -> None:
    """Refuse what is not a zip file at all, saying what it is."""
    if not data:
        raise unreadable(path, "是空文件（0 字节）", "请用备份替换，或用 docgen sheets new 重新生成空白表。")
    if data.startswith(OLE) and _ENCRYPTED in data:
        raise unreadable(path, "工作簿有打开密码", _DECRYPT)
    if data.startswith(OLE):
        renamed = "" if path.suffix.lower() == ".xls" else "，只是改了扩展名"
        raise unreadable(path, f"是旧版 .xls 文件{renamed}", _SAVE_AGAIN)
    if not data.startswith(b"PK"):
        raise unreadable(path, "不是 xlsx 工作簿", _SAVE_AGAIN)


def _refuse_package(path: Path, package: zipfile.ZipFile, data: bytes) -> None:
    names = {each.filename for each in package.infolist()}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise unreadable(path, "工作簿带有宏", "为安全起见不读取带宏的文件。" + _SAVE_AGAIN)
    if "xl/workbook.xml" not in names:
        raise unreadable(path, "不是 xlsx 工作簿", _SAVE_AGAIN)
    if sum(each.file_size for each in package.infolist()) > MOST_UNPACKED:
        raise unreadable(path, "解压后过大", _MISPLACED)
    if len(names) < len(package.infolist()):
        raise broken(path)
    for each in package.infolist():
        if each.filename.endswith((".xml", ".rels")) and not each.filename.startswith((_SHEETS, *_LOOKS)):
            _prove_sound(package, data, each)


def _prove_sound(package: zipfile.ZipFile, data: bytes, part: zipfile.ZipInfo) -> None:
    """Raise what `ZIP_FAULTS` lists unless a part unpacks to the size and checksum it declares.

    Worksheets are looked at when they are read; parts that nothing is read from are not looked at.
    """
    if part.file_size <= _CHUNK:
        content_of(package, data, part)
        return
    with package.open(part) as stream:
        while stream.read(_CHUNK):
            pass


def _special(path: Path, name: str, xml: bytes) -> Special:
    """Return what a sheet holds beside values; one whose cells span more than memory should hold is refused."""
    try:
        special = special_cells(xml)
    except ValueError as fault:
        raise broken(path) from fault
    if special.rows * special.columns > MOST_CELLS:
        raise too_wide(path, name, special.rows, special.columns)
    return special


def too_wide(path: Path, name: str, rows: int, columns: int) -> UnreadableWorkbook:
    """Return the fault of a sheet whose cells span more than memory should hold."""
    where = f"工作表“{name}”用到了第{rows}行、第{columns}列，范围过大"
    return unreadable(path, where, "请删去数据以外的行和列后保存。")


def unreadable(path: Path, why: str, mend: str) -> UnreadableWorkbook:
    """Return a file as one that cannot be read, with the reason and what to do."""
    return UnreadableWorkbook(path.name, why, mend)


def broken(path: Path) -> UnreadableWorkbook:
    """Return a file as damaged."""
    return unreadable(
        path, "文件已损坏或不完整", "请用备份替换；若能在 Excel 或 WPS 中打开，请另存一份再试。"
    )
