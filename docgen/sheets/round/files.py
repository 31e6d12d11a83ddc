"""Files that units send back: .xlsx, .ods and .csv are read; of everything else it is said what it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Protocol

from docgen.dataclass import dataclass
from docgen.encodings import foreign_encoding, gbk_of, hidden_in_ascii
from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.opening.marked import Struck
from docgen.sheets.opening.ods import OdsWorkbook, is_ods
from docgen.sheets.opening.special import Special
from docgen.sheets.opening.workbook import MOST_CELLS, Sheet, bytes_of, open_read, too_wide, unreadable
from docgen.sheets.opening.xls import XlsBook, is_xls
from docgen.sheets.round.faults import NoSheet
from docgen.sheets.writing.looks import put
from docgen.sheets.writing.saving import saved

CSV: Final = "csv"
"""The name that the only sheet of a .csv has."""
_TEXTS: Final = (".csv", ".tsv", ".txt")
_FILL_IN: Final = "请退回，请单位在下发的工作簿中填写后发回；扫描件可以留作附件，但不能代替工作簿。"
_PICTURE: Final = ("是图片，里面的字不能读取", _FILL_IN)
_WORD: Final = (
    "是 Word 文档，不是工作簿",
    "是回执、反馈表的，用 docgen replies 读取；是填报表的，请单位用下发的工作簿填写。",
)
_PACKED: Final = ("是压缩包", "请先解压，再汇总里面的文件。")
_BEGINNINGS: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"%PDF": ("是 PDF，里面的表不能读取", _FILL_IN),
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
}
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")


class Book(Protocol):
    """A workbook of any program, opened."""

    @property
    def path(self) -> Path:
        """Return where it lies."""

    @property
    def data(self) -> bytes:
        """Return the bytes of the file as it came."""

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of its sheets."""

    def sheet(self, name: str) -> Sheet:
        """Read one sheet."""


@dataclass(frozen=True)
class CsvBook:
    """A .csv: a single sheet, of texts alone."""

    path: Path
    data: bytes
    rows: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...] = (CSV,)

    def sheet(self, name: str) -> Sheet:
        """Return its sheet, under any name."""
        rows = [list(each) for each in self.rows]
        return Sheet(name, rows, b"", Special({}, {}), DAY_ZERO, Struck())


def open_returned(path: Path, *, old: bool = False) -> Book:
    """Open a file that a unit has sent.

    Args:
        path: where it lies.
        old: whether the values of an .xls are enough.

    Raises:
        NoSheet: it is a picture, a text document, an archive.
        UnreadableWorkbook: it is damaged, protected by a password, too large, or no workbook.
        LockedWorkbook: the operating system does not let us read it.
    """
    data = bytes_of(path)
    found = _what(data)
    if found:
        raise NoSheet(path.name, *found)
    if old and is_xls(data):
        return XlsBook(path, data).checked()
    if is_ods(data):
        return OdsWorkbook(path, data).checked()
    if path.suffix.lower() in _TEXTS and not data.startswith(b"PK"):
        return _csv(path, data)
    return open_read(path, data)


def _what(data: bytes) -> tuple[str, str] | None:
    """Say what a file is that holds no sheet, and what to do; None for one that may hold some."""
    for beginning, said in _BEGINNINGS.items():
        if data.startswith(beginning):
            return said
    if data[4:12] in (b"ftypheic", b"ftypmif1") or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return _PICTURE
    is_word = b"word/document.xml" in data or b"opendocument.text" in data[:128]
    if (data.startswith(b"PK") and is_word) or (
        data.startswith(b"\xd0\xcf\x11\xe0") and _WORD_STREAM in data
    ):
        return _WORD
    return None


def _csv(path: Path, data: bytes) -> CsvBook:
    text = _decoded(data)
    if text is None:
        foreign = hidden_in_ascii(data) or foreign_encoding(data)
        why = f"像是 {foreign}编码的文字" if foreign else "文字编码认不出来"
        raise unreadable(path, why, "请另存为“CSV UTF-8”或“Excel 工作簿（*.xlsx）”后再试。")
    head = text[:4096]
    parting = max(",\t;", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parting))
    except csv.Error as fault:
        raise unreadable(path, "不是完整的 csv 文件", "请另存为“Excel 工作簿（*.xlsx）”后再试。") from fault
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise too_wide(path, path.stem, len(rows), width)
    return CsvBook(path, data, tuple(_wide(rows, width)))


def _decoded(data: bytes) -> str | None:
    if hidden_in_ascii(data):
        return None
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None if wide or foreign_encoding(data) else gbk_of(data)


def _wide(rows: Iterable[list[str]], width: int) -> Iterable[tuple[str, ...]]:
    for row in rows:
        yield (*row, *[""] * (width - len(row)))


def as_xlsx(book: Book, names: Iterable[str]) -> bytes:
    """Return the values of sheets of a file as a workbook, in which faults can be marked."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name in names:
        sheet = made.create_sheet(name)
        for row, values in enumerate(book.sheet(name).rows, 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    put(sheet, row, column, value)
    return saved(made)
