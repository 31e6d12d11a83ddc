"""Whether a file opens, in a format that lasts, and holds nothing that runs or fetches: judged from the file alone.

What is built into a bag and what is judged in one is decided here, once: `TAKEN` as it is, `WITH_PDF` with a PDF/A
beside it, nothing else (docs/decisions/0093-what-a-bag-takes.md). PDFs are opened by pypdfium2 (extra `preview`); what
only a validator of PDF/A could say is not said.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from docgen.archive import pdfs
from docgen.archive.inventory import FileIn
from docgen.errors import OUTSIDE_FAILED, DocgenError
from docgen.files import read_regular
from docgen.opc.faults import FileFault
from docgen.opc.guard import DAMAGE, MOST_BYTES
from docgen.opc.reading import Parts
from docgen.opc.unsafe import unsafe_in

PICTURES: Final = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
}
"""Formats of scans by their first bytes; JPEG 2000 and others are none that DA/T 70 names for documents."""
SCANS: Final = ("PDF", "JPEG", "PNG", "TIFF")
ENDINGS: Final = {
    "PDF": (".pdf",), "JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "TIFF": (".tif", ".tiff"), "DOCX": (".docx",),
    "XLSX": (".xlsx",), "OFD": (".ofd",), "DOC": (".doc", ".wps"), "ODT": (".odt",), "RTF": (".rtf", ".doc"),
}  # fmt: skip
"""How the name of a file of each format ends."""
_SCANNED: Final = ("扫描件", "签名PDF")
TAKEN: Final = (*SCANS, "DOCX", "XLSX", "OFD")
WITH_PDF: Final = ("DOC", "ODT", "RTF")
"""Formats of word processors that do not last: the file is kept, and read from the PDF/A beside it."""
_PACKAGE: Final = b"PK\x03\x04"
_RTF: Final = b"{\\rtf"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
_OLE_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_RTF_OBJECT: Final = re.compile(rb"\\obj(?:data|emb|link|autlink)\b")
_PACKAGES: Final = {"DOCX": "word/document.xml", "XLSX": "xl/workbook.xml", "OFD": "OFD.xml"}
"""Formats of packages by the part that each has."""
_OPEN_TEXT: Final = "application/vnd.oasis.opendocument.text"
_STARTS: Final = PICTURES | {_PACKAGE: "ZIP", _OLE: "OLE", _RTF: "RTF"}
_OTHER: Final = "不是归档接受的格式"
_HEAD: Final = 1024
_TAIL: Final = 2048


class PdfReaderMissing(DocgenError):
    """What reads PDFs is not installed (extra `preview`)."""

    code = "archive-no-pdf-reader"
    exit_code = OUTSIDE_FAILED
    says = "归档要用 pypdfium2 读 PDF 的页数，没有安装"
    advises = "请运行 pip install 'docgen[preview]'。"


@dataclass
class Judged:
    """What was found of a file.

    Args:
        format: one of `TAKEN` or `WITH_PDF`, or empty for none of these.
        pages: of a PDF; 1 of a picture; None where it does not open.
        unusable: why it does not open, or not everywhere.
        unsafe: what runs, or fetches something.
        bare: names of fonts that a PDF shows text in and does not hold.
        claim: the level of PDF/A it claims, as 2B; empty for none.
        parts: of a package, by name; whoever keeps what was found takes them out.
    """

    format: str = ""
    pages: int | None = None
    unusable: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    claim: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Return why no bag takes it; fonts that are not in it are told only of PDFs that docgen made."""
        return tuple(dict.fromkeys((*self.unusable, *self.unsafe)))


def as_packed(file: FileIn) -> Judged:
    """Return what was found of a file when it was packed, as the bag's list says: it was neither refused nor unsafe."""
    return Judged(file.format, file.pages, bare=list(file.bare), claim=file.claim)


def need_reader() -> None:
    """Raise PdfReaderMissing if PDFs cannot be read here."""
    try:
        import pypdfium2  # noqa: F401
    except ImportError as fault:
        raise PdfReaderMissing from fault


def format_of(path: Path) -> str:
    """Return a file's format by its first bytes; empty for one that is not known. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head:
        return "PDF"
    return next((name for start, name in _STARTS.items() if head.startswith(start)), "")


def judge_as(role: str, path: Path, *, fonts: bool = True) -> Judged:
    """Judge a file by its content, and whether it is of a format that its role has.

    Args:
        role: what the file is to its document, as the register writes it.
        path: of the file.
        fonts: whether the fonts of a PDF are looked at too.

    Raises:
        OSError: the operating system refuses.
    """
    found = judge(path, fonts=fonts)
    if found.format in ENDINGS and path.suffix.lower() not in ENDINGS[found.format]:
        found.unusable.append(f"是 {found.format}，文件名却以 {path.suffix or '别的字'} 结尾")
    if role in _SCANNED and found.format not in SCANS:
        found.unusable.insert(0, "不是 PDF 或图片（PDF、JPEG、PNG、TIFF）")
    return found


def judge(path: Path, *, fonts: bool = True) -> Judged:
    """Judge a file by its content.

    Args:
        path: of the file.
        fonts: whether the fonts of a PDF are looked at too.

    Raises:
        OSError: the operating system refuses.
    """
    name = format_of(path)
    found = Judged(name)
    if name == "PDF":
        pdf = pdfs.judge(path, fonts=fonts)
        found.pages, found.claim = pdf.pages, pdf.claim
        found.unusable, found.unsafe, found.bare = pdf.unusable, pdf.unsafe, pdf.bare
    elif name in SCANS:
        _judge_picture(path, found)
    elif name == "ZIP":
        _judge_package(path, found)
    elif name in ("OLE", "RTF"):
        _judge_old(path, found)
    else:
        found.unusable.append(_OTHER if path.stat().st_size else "是空文件")
    return found


def _judge_old(path: Path, found: Judged) -> None:
    """Judge a file of Word 97 or RTF by the names in it; nothing is interpreted."""
    if path.stat().st_size > MOST_BYTES:
        found.unusable.append(f"超过 {MOST_BYTES // 2**20} MB，没有打开")
        return
    data = path.read_bytes()
    if found.format == "RTF":
        found.unsafe += ["里面有嵌入或链接的对象"] if _RTF_OBJECT.search(data) else []
        return
    found.format = "DOC" if _WORD_STREAM in data else ""
    if _LOCKED in data:
        found.unusable.append("设了打开密码，打不开")
    elif not found.format:
        found.unusable.append(_OTHER)
    if _OLE_MACROS in data:
        found.unsafe.append("里面有宏")


def _judge_picture(path: Path, found: Judged) -> None:
    """Look for the end that a whole picture has; nothing is decoded."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    cut = (found.format == "PNG" and b"IEND" not in tail) or (
        found.format == "JPEG" and b"\xff\xd9" not in tail
    )
    found.pages = 1
    if cut:
        found.unusable.append("图片不完整，末尾缺了一段")


def _judge_package(path: Path, found: Judged) -> None:
    too_much = f"超过 {MOST_BYTES // 2**20} MB，没有打开"
    if path.stat().st_size > MOST_BYTES:
        found.unusable.append(too_much)
        return
    data = read_regular(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) > MOST_BYTES:
                found.unusable.append(f"解压后{too_much}")
                return
            parts = Parts(package, data, str(path))
            contents = parts.contents()  # whole, or DamagedFile
        found.format = _format_of_package(list(contents), contents.__getitem__)
        found.unsafe += unsafe_in(list(contents), contents.__getitem__, str(path))
    except (FileFault, *DAMAGE):
        found.unusable.append("打不开，文件损坏")
        return
    if found.format:
        found.parts = contents
    else:
        found.unusable.append(_OTHER)


def _format_of_package(names: list[str], content: Any) -> str:
    if "mimetype" in names and content("mimetype").decode("ascii", "replace").strip() == _OPEN_TEXT:
        return "ODT"
    return next((name for name, part in _PACKAGES.items() if part in names), "")
