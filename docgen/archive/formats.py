"""Whether a file opens, in a format that lasts, and holds nothing that runs or fetches: judged from the file alone.

PDFs are opened by pypdfium2 (extra `preview`); what only a validator of PDF/A could say is not said.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from docgen.archive import pdfs
from docgen.errors import OUTSIDE_FAILED, DocgenError
from docgen.opc.external import externals
from docgen.opc.faults import FileFault
from docgen.opc.guard import MOST_BYTES

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
ENDINGS: Final = {"PDF": (".pdf",), "JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "TIFF": (".tif", ".tiff")}
_WORD: Final = b"PK\x03\x04"
_PACKAGES: Final = {"DOCX": "word/document.xml", "XLSX": "xl/workbook.xml", "OFD": "OFD.xml"}
"""Formats of packages by the part that each has."""
_HEAD: Final = 1024
_TAIL: Final = 2048
_MACROS: Final = re.compile(r"(?i)vbaproject\.bin|vbadata\.xml|/macrosheets/")
_ACTIVE: Final = re.compile(r"(?i)/activex/|/embeddings/ole|\.exe$|\.dll$|/ctrlProps/")
_FIELDS: Final = re.compile(rb"(?i)instrText[^>]*>\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON)\b")


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
        format: PDF, JPEG …, DOCX, or empty for none of these.
        pages: of a PDF; 1 of a picture; None where it does not open.
        unusable: why it does not open, or not everywhere.
        unsafe: what runs, or fetches something.
        claim: the level of PDF/A it claims, as 2B; empty for none.
    """

    format: str = ""
    pages: int | None = None
    unusable: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    claim: str = ""


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
    found = next((name for start, name in PICTURES.items() if head.startswith(start)), "")
    return found or ("ZIP" if head.startswith(_WORD) else "")


def pages_of(path: Path) -> int | None:
    """Return how many pages a PDF has, 1 for a picture; None for what is neither or does not open. Raises OSError."""
    name = format_of(path)
    if name != "PDF":
        return 1 if name in SCANS else None
    return pdfs.pages_of(path)


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
        found.unusable, found.unsafe = pdf.unusable, pdf.unsafe
    elif name in SCANS:
        _judge_picture(path, found)
    elif name == "ZIP":
        _judge_package(path, found)
    else:
        found.unusable.append("不是 PDF、图片或 Word 文件" if path.stat().st_size else "是空文件")
    return found


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
    try:
        with zipfile.ZipFile(path) as package:
            if sum(each.file_size for each in package.infolist()) > MOST_BYTES:
                found.unusable.append(f"解压后超过 {MOST_BYTES // 2**20} MB，没有打开")
                return
            names = package.namelist()
            broken = package.testzip()
            content = package.read
            _judge_parts(names, content, str(path), found)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        KeyError,
        FileFault,
    ):
        found.unusable.append("打不开，文件损坏")
        return
    if broken:
        found.unusable.append(f"里面的 {broken} 损坏")
    found.format = next((name for name, part in _PACKAGES.items() if part in names), "")
    if not found.format:
        found.unusable.append("不是 Word、Excel 或 OFD 文件")


def _judge_parts(names: list[str], content: Any, path: str, found: Judged) -> None:
    found.unsafe += [f"里面有宏（{each}）" for each in names if _MACROS.search(each)]
    found.unsafe += [f"里面有控件或嵌入的对象（{each}）" for each in names if _ACTIVE.search(each)]
    found.unsafe += [f"引用外部的{each}" for each in externals(content, names, path)]
    for each in names:
        if each.startswith("word/") and each.endswith(".xml") and (field_of := _FIELDS.search(content(each))):
            found.unsafe.append(f"里面有会取外部内容的域（{field_of[1].decode()}）")
